"""What a second reader should look at before a text goes out: hard words, no evidence, unsourced claims.

Every finding names its place and says why; none stops anybody. Limits of sentences follow style guides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answerable.publish.forms.sheet import sentences, unmarked, width, words
from answerable.publish.forms.stiff_words import STIFF

LONG_WORDS = 25
LONG_WIDE = 50  # full characters of a sentence without spaces
TITLE_WIDTH = 20
MOST = 40  # findings shown of one text
_POINTS_AT = re.compile(r"\[(\d{1,2})\]")
_NUMBER = re.compile(
    r"\d[\d.,]*\s?(?:%|percent|per cent|por ciento|km|m\b|bar|mg|µg|l\b|°|€|\$|元|万|亿|人|名)|\d{2,}"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b|\d+\s?(?:h|hours?|horas?|点|时|分|月|日|号|年)")
_ABSOLUTE = re.compile(
    r"\b(?:all|none|never|always|every|no (?:danger|risk|evidence)|harmless|safe|proven|todos?|todas?|"
    r"ningun[oa]?|nunca|siempre|sin (?:peligro|riesgo)|seguro|inofensiv[oa]|demostrado)\b|"
    r"全部|所有|绝不|从未|没有任何|无害|安全|证明",
    re.IGNORECASE,
)
_SHORTHAND = re.compile(r"\b[A-Z]{2,6}s?\b")
_KNOWN = frozenset({"OK", "UTC", "EU", "UN", "USA", "UK", "SMS", "TV", "II", "III", "IV", "VI"})
_LOUD = re.compile(r"!{2,}|！{2,}|\b[A-Z]{7,}\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `code` names the sentence that explains it."""

    code: str
    where: str  # title, text, what_to_do, not_known, claim, wording
    words: str = ""  # the place, in the text's own words
    advice: str = ""  # a plainer word, or the number that matters


@dataclass(frozen=True, slots=True)
class Checked:
    """The texts of a draft as far as the checks need them."""

    kind: str
    language: str
    texts: Mapping[str, str]  # by field
    evidence: int  # how many pieces
    verdict: str
    promised: bool  # a next word
    easy: bool  # somebody wrote it in easy words


def findings(draft: Checked, private: Iterable[tuple[str, str]] = ()) -> tuple[Finding, ...]:
    """Everything found, the gravest kinds first. `private`: (field, words) that identify a person."""
    found = [
        *(Finding("private", where, said) for where, said in private),
        *_missing(draft),
        *_evidence(draft),
        *_unsourced(draft),
        *_language(draft),
    ]
    return tuple(found[:MOST])


def _missing(draft: Checked) -> list[Finding]:
    found = []
    if draft.kind == "warning" and not draft.texts["what_to_do"]:
        found.append(Finding("no_advice", "what_to_do"))
    if draft.kind == "warning" and not draft.easy:
        found.append(Finding("no_easy", "text"))
    if (draft.kind == "holding" or draft.verdict == "not_known") and not draft.promised:
        found.append(Finding("no_next_word", "not_known"))
    if draft.kind == "holding" and not draft.texts["not_known"]:
        found.append(Finding("nothing_open", "not_known"))
    if width(draft.texts["title"]) > TITLE_WIDTH:
        found.append(Finding("title_too_wide", "title", draft.texts["title"], str(TITLE_WIDTH)))
    return found


def _evidence(draft: Checked) -> list[Finding]:
    found = []
    if not draft.evidence and draft.kind != "holding":
        found.append(Finding("no_evidence", "text"))
    for where, text in draft.texts.items():
        wrong = sorted({int(one) for one in _POINTS_AT.findall(text) if not 1 <= int(one) <= draft.evidence})
        found += [Finding("no_such_evidence", where, f"[{one}]", str(draft.evidence)) for one in wrong]
    return found


def _unsourced(draft: Checked) -> list[Finding]:
    """Sentences with a number or an absolute word that point to no evidence."""
    found = []
    for where in ("text", "not_known"):
        for sentence in sentences(draft.texts[where]):
            if _POINTS_AT.search(sentence):
                continue
            if _NUMBER.search(_CLOCK.sub(" ", sentence)):
                found.append(Finding("number_without_source", where, sentence))
            elif absolute := _ABSOLUTE.search(sentence):
                found.append(Finding("absolute_without_source", where, sentence, absolute[0]))
    return found


def _language(draft: Checked) -> list[Finding]:
    found = []
    stiff = STIFF.get(draft.language.partition("-")[0], {})
    spoken = [(where, text) for where, text in draft.texts.items() if where != "claim"]
    for where, text in spoken:
        found += [
            Finding("long_sentence", where, sentence, str(words(sentence)))
            for sentence in sentences(unmarked(text))
            if _is_long(sentence)
        ]
        found += [
            Finding("stiff_word", where, hit[0], plainer)
            for word, plainer in stiff.items()
            if (hit := _as_word(word).search(text))
        ]
        found += [Finding("shorthand", where, one) for one in _unexplained(text)]
        found += [Finding("loud", where, one) for one in dict.fromkeys(_LOUD.findall(text))]
    return found


def _is_long(sentence: str) -> bool:
    spaced = len(sentence.split()) > width(sentence) / 12
    return words(sentence) > LONG_WORDS if spaced else width(sentence) > LONG_WIDE


def _unexplained(text: str) -> Sequence[str]:
    """Shorthand that nothing in brackets explains, each once."""
    said = dict.fromkeys(one for one in _SHORTHAND.findall(text) if one not in _KNOWN)
    return [one for one in said if f"({one})" not in text and f"{one} (" not in text]


def _as_word(word: str) -> re.Pattern[str]:
    ends = r"\b" if width(word[0]) < 1 else ""
    return re.compile(f"{ends}{re.escape(word)}{ends}", re.IGNORECASE)
