"""The list of answers as it is asked: which of them meets this claim or question, and how sure is that?

`confirm` is said only where the chance was measured and reaches what was stated; `suggest` asks a person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from answerable.understand.claims.combiner import SUGGESTED, Combiner, Matrix, built_in
from answerable.understand.claims.likeness import NAMES, Asked, joined, likeness, rarity
from answerable.understand.claims.reading import Read, bucket, read, to_embed
from answerable.understand.claims.shelf import Wordings
from answerable.understand.claims.tongues import measured_as
from answerable.understand.embed import Embedder, Vectors

Verdict = Literal["confirm", "suggest", "none"]
WIDE = 50  # rows each way of looking brings to be weighed
COMMON = 2000  # rows that hold a word from which it finds nobody …
COMMON_SHARE = 0.1  # … and the share of all rows, whichever is more
MOST_SHARED = 8  # words in common that are named


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why an answer was matched, as data: pages word it."""

    shared: tuple[str, ...]  # words both have, the most telling first
    words: float  # share of the answer's words that the text has, 0..1, weighed by how telling they are
    pieces: float  # the same of pieces of words: other endings, other spellings
    meaning: float  # cosine of the meanings
    wording: str  # the wording of the answer that is nearest
    unsure: str = ""  # why it is not confirmed: "", "language" (none measured), "languages" (two) or "chance"


@dataclass(frozen=True, slots=True)
class Match:
    """One answer that may meet the text."""

    id: int
    score: float  # orders the matches of one text; any number
    chance: float | None  # that it is the right one, measured; None where this language was never measured
    verdict: Verdict
    reasons: Reasons
    likely: float = 0.0  # the same as if the language were measured: by it people's decisions teach


@dataclass(frozen=True, slots=True)
class Weighed:
    """Answers that were compared with a text, a row each."""

    answers: NDArray[np.int64]
    found: Matrix  # their likenesses, the best wording of each
    said: NDArray[np.int64]  # equal where their claims have the same words


class Answered:
    """Answers by their claims, matched by words, pieces of words and meaning. One at a time; no threads."""

    def __init__(self, embedder: Embedder, combiner: Combiner | None = None) -> None:
        """`combiner`: weights and thresholds of one's own; the built-in ones without it."""
        self._embedder, self._combiner = embedder, combiner or built_in()
        self._held = Wordings(embedder.size)
        self._rows: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, answer: object) -> bool:
        return answer in self._rows

    def use(self, combiner: Combiner) -> None:
        """Judge with other weights and thresholds from now on."""
        self._combiner = combiner

    def measured_as(self, text: str, lang: str, answer: int) -> str:
        """Code of the language whose measurement holds for both; "" where they are of two languages."""
        row = self._rows[answer][0]
        return measured_as(lang, text, self._held.languages[row], self._held.texts[row])

    def hear(self, text: str) -> None:
        """Something that people say, whatever it is about: words that a town says every day tell little."""
        self._held.hear(read(text))

    def said(self, answer: int) -> int:
        """Equal for answers whose first wording has the same words. KeyError when it is not on the list."""
        return self._held.said[self._rows[answer][0]]

    def add(
        self,
        answer: int,
        text: str,
        lang: str,
        *,
        also: Sequence[str] = (),
        meanings: Vectors | None = None,
    ) -> None:
        """Put an answer on the list, or anew. `text` is the claim it meets, `also` other wordings of it.

        `meanings` are the rows of `meanings(text, also)` where somebody kept them; else they are made now.
        """
        self.drop(answer)
        wordings = _different([text, *also])
        vectors = self.meanings(text, also) if meanings is None else meanings
        if len(vectors) != len(wordings):
            raise ValueError(f"{len(vectors)} meanings for {len(wordings)} wordings")
        rows = zip(wordings, vectors, strict=True)
        self._rows[answer] = [
            self._held.add(answer, lang, words_of, read(words_of), row) for words_of, row in rows
        ]

    def meanings(self, text: str, also: Sequence[str] = ()) -> Vectors:
        """What `add` would embed, a row for each different wording: worth keeping, it takes 3 ms a row."""
        return self._embedder.embed([to_embed(one)[0] for one in _different([text, *also])])

    def drop(self, answer: int) -> None:
        """Take an answer off the list, if it is there."""
        for row in self._rows.pop(answer, ()):
            self._held.drop(row)
        if self._held.worn:
            self._held = self._held.moved()
            self._rows = {}
            for row, owner in enumerate(self._held.owners):
                self._rows.setdefault(owner, []).append(row)

    def match(self, text: str, lang: str, *, most: int = 5, without: Collection[int] = ()) -> list[Match]:
        """The answers that may meet a text, best first; ties by id. Empty when nothing is alike at all.

        `without` are answers that a person said do not meet it.
        """
        asked = self.ask(text)
        weighed = self.weigh(asked, without=without)
        if not len(weighed.answers):
            return []
        answers, scores = weighed.answers, self._combiner.scores(weighed.found)
        chances = self._combiner.chances(weighed.found, scores, weighed.said)
        order = np.lexsort((answers, -scores))[:most]
        found = zip(answers[order].tolist(), scores[order].tolist(), chances[order].tolist(), strict=True)
        return [
            self._match(answer, score, chance, asked, lang, best=not place)
            for place, (answer, score, chance) in enumerate(found)
        ]

    def _match(
        self, answer: int, score: float, chance: float, asked: Asked, lang: str, *, best: bool
    ) -> Match:
        held, rows = self._held, np.array(self._rows[answer], dtype=np.int64)
        found = likeness(asked, rows, held)
        near = int(self._combiner.scores(found).argmax())
        row = int(rows[near])
        text = held.texts[row]
        # Across two languages nothing was measured, however well each is known.
        of = measured_as(lang, asked.text, held.languages[row], text)
        known = self._combiner.languages.get(of)
        verdict: Verdict = "suggest" if chance >= (known.suggest if known else SUGGESTED) else "none"
        if best and known is not None and chance >= known.confirm:
            verdict = "confirm"
        unmeasured = "language" if of else "languages"
        reasons = Reasons(
            shared=self._shared(asked.read, text),
            words=float(found[near, NAMES.index("words_of_answer")]),
            pieces=float(found[near, NAMES.index("pieces_of_answer")]),
            meaning=float(found[near, NAMES.index("sentence")]),
            wording=text,
            unsure="" if verdict == "confirm" else "chance" if known else unmeasured,
        )
        return Match(answer, score, None if known is None else chance, verdict, reasons, chance)

    def _shared(self, mine: Read, text: str) -> tuple[str, ...]:
        both = sorted(set(mine.words) & set(read(text).words))
        ids = np.array([bucket(word) for word in both], dtype=np.int32)
        told = rarity(self._held.word_counts[ids], self._held.word_prior[ids], self._held.texts_known)
        return tuple(both[at] for at in np.argsort(-told, kind="stable")[:MOST_SHARED].tolist())

    def ask(self, text: str) -> Asked:
        """A text as it is compared."""
        asked = Asked(text, read(text), self._embedder.embed(to_embed(text)))
        self._held.learn(asked.read)
        return asked

    def weigh(self, asked: Asked, *, without: Collection[int] = ()) -> Weighed:
        """The answers worth weighing, by id: those that share telling words with a text or are near it."""
        owners = self._held.owners
        answers = sorted({owners[row] for row in self._near(asked)}.difference(without)) if self._rows else []
        rows = [row for answer in answers for row in self._rows[answer]]
        starts = np.cumsum([0, *(len(self._rows[answer]) for answer in answers)])[:-1]
        if not answers:
            return Weighed(
                np.zeros(0, dtype=np.int64), np.zeros((0, len(NAMES))), np.zeros(0, dtype=np.int64)
            )
        found = likeness(asked, np.array(rows, dtype=np.int64), self._held)
        said = np.array([self._held.said[row] for row in rows], dtype=np.int64)[starts]
        return Weighed(np.array(answers, dtype=np.int64), joined(found, starts), said)

    def _near(self, asked: Asked) -> set[int]:
        """Rows that share telling words with the text, and rows near it in meaning."""
        held = self._held
        spoken = np.zeros(len(held), dtype=np.float32)
        widest = max(COMMON, COMMON_SHARE * held.live)
        ids = asked.read.word_ids
        told = rarity(held.word_counts[ids], held.word_prior[ids], held.texts_known)
        for word, weight in zip(ids.tolist(), told.tolist(), strict=True):
            if 0 < held.word_counts[word] <= widest:
                spoken[held.holders(word)] += weight
        spoken /= np.sqrt(held.lengths)
        meant = held.vectors @ asked.meanings[0]
        found: set[int] = set()
        for scores in (spoken, meant):
            scores[~held.here] = 0.0
            wide = min(WIDE, len(scores))
            best = np.argpartition(-scores, wide - 1)[:wide]
            found.update(best[scores[best] > 0].tolist())
        return found


def _different(wordings: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(one for one in wordings if one.strip())) or [""]
