"""The shape of the code stays what it was meant to be."""

from __future__ import annotations

import re
import subprocess

from tests import shape

# Where packages come from is the business of the machine that installs, not of this project.
HOSTS = re.compile(
    r"pypi\.org|pythonhosted|npmjs|registry\.npm|debian\.org/debian|unpkg|jsdelivr|cdnjs", re.I
)


def test_files_functions_and_names_keep_their_limits() -> None:
    """No file over 500 lines, no function over 60, no empty names, no circle of imports, promises stated."""
    assert list(shape.troubles()) == []


def test_a_breach_is_seen() -> None:
    """The search for circles finds one where there is one."""
    assert shape.circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c", "a"]]
    assert shape.circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_no_file_names_a_package_host() -> None:
    """Only the lock file says where packages come from."""
    listed = subprocess.run(["git", "ls-files"], cwd=shape.ROOT, capture_output=True, text=True, check=True)
    found = []
    for name in listed.stdout.split("\n"):
        file = shape.ROOT / name
        if name in {"", "uv.lock", "tests/test_shape.py"} or not file.is_file():
            continue
        if HOSTS.search(file.read_text("utf-8", "ignore")):
            found.append(name)
    assert found == []
