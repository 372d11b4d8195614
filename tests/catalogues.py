"""The translations held against the pages: every message there, nothing fuzzy, placeholders the same.

`python -m tests.catalogues` checks; `--update` writes new messages into the catalogues and drops those gone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from answerable.collect.troubles import TROUBLES
from answerable.publish.notify.troubles import NOTICE_TROUBLES

PACKAGE = Path(__file__).resolve().parent.parent / "answerable"
LANGUAGES = ("es", "zh")
METHODS = [
    ("alert/concerns/file.py", "python"),
    ("collect/bluesky/place.py", "python"),
    ("collect/mastodon/place.py", "python"),
    ("store/**.py", "python"),
    ("understand/questions/**.py", "python"),
    ("web/**.py", "python"),
    ("web/templates/**.html", "jinja2"),
]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "marked": None,
    # Refusals of the store are whole sentences, translated when a page shows them.
    "BadInput": None,
    "Unheard": (2,),
    "Conflict": None,
    "NotAllowed": None,
    "_filled": (2,),
    "_short": (2,),
}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%%")


def extracted() -> Catalog:
    """Every message of the product, with its plural."""
    found = Catalog()
    options = {"web/templates/**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
    for file, line, message, comments, _ in extract_from_dir(
        PACKAGE, METHODS, options, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        if message and message != ("", ""):
            found.add(message, locations=[(file, line)], auto_comments=comments)
    for code, sentence in TROUBLES.items():
        found.add(sentence, locations=[("collect/troubles.py", 0)], auto_comments=[code])
    for code, sentence in NOTICE_TROUBLES.items():
        found.add(sentence, locations=[("publish/notify/troubles.py", 0)], auto_comments=[code])
    return found


def file_of(language: str) -> Path:
    return PACKAGE / "web" / "locale" / language / "LC_MESSAGES" / "answerable.po"


def loaded(language: str) -> Catalog:
    file = file_of(language)
    if not file.exists():
        return Catalog(
            locale=language, project="Answerable", version="0.1", last_translator="", language_team=""
        )
    with file.open("rb") as handle:
        return read_po(handle, locale=language)


def update(language: str) -> int:
    """Write the catalogue with all messages of today; returns how many wait for a translation."""
    catalogue = loaded(language)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = f"# Answerable in {catalogue.locale.english_name}."
    file = file_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as handle:
        write_po(handle, catalogue, width=110, omit_header=False, no_location=True, sort_output=True)
    return sum(1 for message in catalogue if message.id and not all(_strings(message)))


def troubles(language: str) -> Iterator[str]:
    """One line for each message that a reader of this language would miss or see broken."""
    catalogue = loaded(language)
    for wanted in extracted():
        if not wanted.id:
            continue
        found = catalogue.get(wanted.id if isinstance(wanted.id, str) else wanted.id[0])
        name = f"{language}: {wanted.id!r}"
        if found is None:
            yield f"{name} is not in the catalogue"
        elif found.fuzzy:
            yield f"{name} is only a guess (fuzzy)"
        elif not all(_strings(found)):
            yield f"{name} has no translation"
        elif isinstance(wanted.id, str) != isinstance(found.string, str):
            yield f"{name} has its plurals wrong"
        else:
            yield from (f"{name} loses or invents {what}" for what in _placeholders(wanted, found))


def _strings(message: Message) -> tuple[str, ...]:
    """The translations of all plural forms; "" where one is missing."""
    if not message.string or isinstance(message.string, str):
        return (message.string or "",)
    return tuple(text or "" for text in message.string)


def _placeholders(wanted: Message, found: Message) -> list[str]:
    ids = (wanted.id,) if isinstance(wanted.id, str) else tuple(wanted.id)
    allowed = {mark for text in ids for mark in PLACEHOLDER.findall(text)}
    needed = set(PLACEHOLDER.findall(ids[-1]))
    wrong: set[str] = set()
    for text in _strings(found)[-1:]:
        wrong |= needed - set(PLACEHOLDER.findall(text)) - {"%(num)s"}
    for text in _strings(found):
        wrong |= set(PLACEHOLDER.findall(text)) - allowed
    return sorted(wrong)


def main(words: list[str]) -> int:
    if words == ["--update"]:
        for language in LANGUAGES:
            print(f"{language}: {update(language)} messages wait for a translation")
        return 0
    wrong = [line for language in LANGUAGES for line in troubles(language)]
    print("\n".join(wrong[:40]))
    print(f"translations: {len(wrong)} troubles")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
