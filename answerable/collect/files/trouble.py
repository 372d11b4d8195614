"""What is wrong with a file, as a code that pages translate and a sentence that a terminal shows."""

from __future__ import annotations

from answerable.collect.troubles import sentence
from answerable.errors import BadInput


class FileTrouble(BadInput):
    """A file cannot be read. `code` and `params` name the sentence."""

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(sentence(code, params))
        self.code = code
        self.params = params
