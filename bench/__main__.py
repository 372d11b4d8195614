"""`python -m bench [NAME] [FILE|ITEMS|SECONDS]`: JSON lines, a table on stderr. NAME is one of ALL."""

from __future__ import annotations

import sys

from bench import burst, cases, claims, feeds, imports, incidents, pages, stories, stream

ALL = ("pages", "incidents", "cases", "imports", "stories", "stream", "feeds", "burst", "claims")

if __name__ == "__main__":
    words = sys.argv[1:]
    chosen = words[:1] if words[:1] and words[0] in ALL else ALL
    more = words[1:] if len(chosen) == 1 else words
    if "pages" in chosen:
        pages.main()
    if "incidents" in chosen:
        incidents.main()
    if "cases" in chosen:
        cases.main()
    if "imports" in chosen:
        imports.main(more[0] if more else "")
    if "stories" in chosen:
        stories.main(more[0] if more else "")
    if "stream" in chosen:
        if more[1:2] == ["hear"]:
            stream.hear(int(more[0]), int(more[2]))
        elif more[1:2] == ["ready"]:
            stream.ready()
        else:
            stream.main(int(more[0]) if more else stream.ITEMS)
    if "feeds" in chosen:
        feeds.main(int(more[0]) if more and len(chosen) == 1 else feeds.SECONDS)
    if "burst" in chosen:
        burst.main(int(more[0]) if more and len(chosen) == 1 else burst.SECONDS)
    if "claims" in chosen:
        claims.main(int(more[0]) if more and len(chosen) == 1 else claims.ANSWERS)
