"""The shape of the code: how long files and functions may be, which names say nothing, no circle of imports.

`python -m tests.shape` prints what is wrong and the ratio of tests to source.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
LONGEST_DOCSTRING = 4  # lines at the head of a module
# import-linter cannot name submodules of the standard library, so these two are looked for here.
NETWORK = {"urllib.request", "http.client"}
MAY_REACH_OUT = ("answerable/collect/", "answerable/publish/", "answerable/run/", "tests/", "bench/")
FORBIDDEN = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "base2", "stuff"}


def files(*folders: str) -> list[Path]:
    """Python files below these folders, without migrations."""
    found = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return sorted(file for file in found if "migrations" not in file.parts)


def troubles() -> Iterator[str]:
    """One line for each breach."""
    for file in files("answerable", "tests", "bench"):
        name = file.relative_to(ROOT)
        text = file.read_text("utf-8")
        lines = text.count("\n")
        if lines > LONGEST_FILE:
            yield f"{name}: {lines} lines, at most {LONGEST_FILE}"
        if file.stem in FORBIDDEN or set(name.parts[:-1]) & FORBIDDEN:
            yield f"{name}: a name that says nothing"
        yield from _in_tree(str(name), ast.parse(text), text)
    yield from (f"circle of imports: {' -> '.join(circle)}" for circle in circles(imports()))


def _in_tree(name: str, tree: ast.Module, text: str) -> Iterator[str]:
    docstring = ast.get_docstring(tree)
    if text.strip() and docstring is None:
        yield f"{name}: opens without saying what it decides"
    elif docstring and len([line for line in docstring.splitlines() if line.strip()]) > LONGEST_DOCSTRING:
        yield f"{name}: opens with more than {LONGEST_DOCSTRING} lines"
    if NETWORK & set(_named(tree)) and not name.startswith(MAY_REACH_OUT):
        yield f"{name}: reaches for the network, which only collect, publish and run may"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, at most {LONGEST_FUNCTION}"
            if name.startswith("tests") and node.name.startswith("test_") and not ast.get_docstring(node):
                yield f"{name}:{node.lineno}: {node.name} does not state its promise"


def _named(tree: ast.Module) -> Iterator[str]:
    """Every module an import statement names, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports() -> dict[str, set[str]]:
    """Module -> modules of ours it imports when it is loaded (not inside functions or for types only)."""
    names = {_module(file): file for file in files("answerable")}
    graph: dict[str, set[str]] = {}
    for name, file in names.items():
        package = name if file.stem == "__init__" else name.rpartition(".")[0]
        found = set()
        for node in _top(ast.parse(file.read_text("utf-8")).body):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                start = package if node.level else ""
                base = f"{start}.{node.module}" if start else node.module
                found |= {
                    f"{base}.{alias.name}" if f"{base}.{alias.name}" in names else base
                    for alias in node.names
                }
        graph[name] = {module for module in found if module in names and module != name}
    return graph


def _top(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If):
            if "TYPE_CHECKING" not in ast.dump(node.test):
                yield from _top(node.body + node.orelse)
        elif isinstance(node, ast.Try):
            yield from _top(node.body)
        else:
            yield node


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Circles of imports, each as the path that closes it (depth-first search)."""
    state: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        state[name] = 1
        path.append(name)
        for other in sorted(graph.get(name, ())):
            if state.get(other) == 1:
                found.append([*path[path.index(other) :], other])
            elif other not in state:
                visit(other)
        path.pop()
        state[name] = 2

    for name in sorted(graph):
        if name not in state:
            visit(name)
    return found


def ratio() -> tuple[int, int]:
    """Lines of tests and of source that are neither empty nor comments."""

    def count(folder: str) -> int:
        lines = (line.strip() for file in files(folder) for line in file.read_text("utf-8").splitlines())
        return sum(bool(line) and not line.startswith("#") for line in lines)

    return count("tests"), count("answerable")


def main() -> int:
    """Print everything; 1 when there is a breach."""
    found = list(troubles())
    for line in found:
        print(line)
    tests, source = ratio()
    print(f"tests {tests} lines, source {source} lines, ratio {tests / source:.2f}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
