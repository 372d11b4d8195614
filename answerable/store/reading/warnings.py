"""Warnings as CAP messages: each published version is one, and refers to those before it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from answerable.publish.cap import Before, Warned
from answerable.store.models import Statement, StatementVersion

KIND = "warning"


def warnings(*, exercise: bool) -> QuerySet[Statement]:
    """Warnings that stand and those that a last version cancelled, the last change first."""
    told = Q(withdrawn_at=None) | Q(published__change="cancel")
    found = Statement.objects.filter(told, kind=KIND, exercise=exercise, published__isnull=False)
    return found.select_related("published", "unit", "voice__unit", "incident").order_by(
        "-published__published_at", "-id"
    )


def warned(number: int, version: int, base: str, *, exercise: bool) -> Warned | None:
    """One version of a warning; None when there is no such message."""
    statement = (
        Statement.objects.filter(pk=number, kind=KIND, exercise=exercise)
        .select_related("unit", "voice__unit", "incident")
        .first()
    )
    if statement is None:
        return None
    out = list(statement.versions.filter(published_at__isnull=False, number__lte=version).order_by("number"))
    if not out or out[-1].number != version:
        return None
    return _message(statement, out, base)


def identifier(statement: int, version: int) -> str:
    """The same for ever; unique under our sender."""
    return f"statement-{statement}-{version}"


def _message(statement: Statement, versions: list[StatementVersion], base: str) -> Warned:
    version = versions[-1]
    if version.published_at is None:
        raise ValueError("only a published version is a message")
    notes = [version.change_note, version.machine_help]
    incident = statement.incident
    return Warned(
        identifier=identifier(statement.pk, version.number),
        sent=version.published_at,
        language=statement.language,
        event=version.title[:120],
        headline=version.title,
        description="\n\n".join(part for part in (version.text, version.not_known) if part),
        instruction=version.what_to_do,
        area=statement.unit.name,
        sender_name=f"{statement.voice.name}, {statement.voice.role}, {statement.voice.unit.name}",
        web=f"{base}/statements/{statement.pk}/",
        contact=statement.unit.duty_number,
        note=" ".join(note for note in notes if note),
        level=incident.level if incident is not None else None,
        expires=version.next_word_at,
        before=tuple(
            Before(identifier(statement.pk, one.number), one.published_at)
            for one in versions[:-1]
            if one.published_at is not None
        ),
        cancelled=version.change == "cancel",
        exercise=statement.exercise,
    )
