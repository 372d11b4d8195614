"""`python -m bench [pages|imports] [FILE]`: one line of JSON for each measure, and a table on stderr."""

from __future__ import annotations

import sys

from bench import imports, pages

if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] != ["imports"]:
        pages.main()
    if words[:1] != ["pages"]:
        imports.main(words[1] if len(words) > 1 else "")
