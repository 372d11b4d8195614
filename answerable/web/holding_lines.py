"""Lines to begin with, one for each state: whole sentences, true as they stand, in the reader's language.

They hold what the desk knows of an incident and nothing else; a person adds the rest, another approves it.
"""

from __future__ import annotations

from datetime import datetime

from answerable.respond.levels import next_word_within
from answerable.store.models import Incident
from answerable.web.moments import written
from answerable.web.texts import Texts


def line(incident: Incident, state: str, now: datetime, t: Texts) -> dict[str, str]:
    """The fields of a statement for this state of an incident; no field for a state there is none of."""
    named = {"title": incident.title}
    unit, heard = incident.unit.name, t.promise(incident.heard_at)
    fields = {"kind": "holding", "next_word_at": written(now + next_word_within(incident.level), t)}
    if incident.unit.duty_number:
        asked = {"number": incident.unit.duty_number, "unit": unit}
        fields["what_to_do"] = t.gettext("Questions: call %(number)s, %(unit)s.", **asked)
    if state == "investigating":
        fields["title"] = t.gettext("We are looking into this: %(title)s", **named)
        fields["text"] = t.gettext(
            "We have known of it since %(heard)s. %(unit)s is finding out what happened.",
            heard=heard,
            unit=unit,
        )
        fields["not_known"] = t.gettext("The cause, how far it reaches and how long it will last.")
    elif state == "identified":
        fields["title"] = t.gettext("We know the cause: %(title)s", **named)
        fields["text"] = t.gettext(
            "We have known of it since %(heard)s. The cause is found, and %(unit)s is working on it.",
            heard=heard,
            unit=unit,
        )
        fields["not_known"] = t.gettext("When it will be over.")
    elif state == "monitoring":
        fields["title"] = t.gettext("It is mended, and we are watching it: %(title)s", **named)
        fields["text"] = t.gettext(
            "It is mended, and %(unit)s is watching whether it holds. Tell us if you still notice anything.",
            unit=unit,
        )
    elif state == "resolved":
        fields["title"] = t.gettext("It is over: %(title)s", **named)
        fields["text"] = t.gettext(
            "We had known of it since %(heard)s, and it is over. %(unit)s thanks everybody who told us.",
            heard=heard,
            unit=unit,
        )
        fields |= {"kind": "announcement", "next_word_at": ""}
    else:
        return {}
    return fields
