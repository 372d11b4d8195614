"""How headers of our letters are written: links and ids of mails as they are, whatever their length.

The standard library turns a long one into an encoded word, which no mail program reads there (RFC 2047, 5).
"""

from __future__ import annotations

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy


class _AsItIs(UnstructuredHeader, BaseHeader):
    """Folded between words alone."""

    def fold(self, *, policy: Policy) -> str:
        """The header's lines with their end."""
        words = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {words}{policy.linesep}"


def _registry() -> HeaderRegistry:
    made = HeaderRegistry()
    for name in ("list-unsubscribe", "in-reply-to", "references"):
        made.map_to_type(name, _AsItIs)
    return made


LETTER = SMTP.clone(header_factory=_registry())
