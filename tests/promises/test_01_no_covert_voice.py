"""Promise 1: no covert voice. Nothing goes out without a registered voice, its body and the help of a machine.

Sabotage: let `speaking_voice` find retired voices too; a voice that nobody stands for any more speaks.
"""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import answerable
from answerable.errors import BadInput, NotAllowed
from answerable.publish import feeds
from answerable.publish.channels import BUILT_IN
from answerable.records import Outgoing
from answerable.run.cli import parser
from answerable.store import case_answers, case_public, statements, voices
from answerable.store.models import Case, CaseAnswer, CaseContest, Publication, Statement, Unit, Voice
from answerable.store.reading import public_statements
from answerable.web.api import routes as api_routes
from tests.cast import Desk
from tests.store import casework
from tests.store.scene import draft, publish

SABOTAGE = (
    (
        "answerable/store/statements.py",
        "filter(pk=voice_id, retired_at=None)",
        "filter(pk=voice_id)",
    ),
    (
        "answerable/store/fresh.sql",
        "CREATE TRIGGER voice_of_publications BEFORE INSERT ON publications WHEN NOT",
        "CREATE TRIGGER voice_of_publications BEFORE INSERT ON publications WHEN 0 AND NOT",
    ),
    (
        "answerable/store/case_answers.py",
        '"voice": voices.speaking(actor, case.unit)}',
        '"voice": voices.registered().first()}',
    ),
    (
        "answerable/store/fresh.sql",
        "CREATE TRIGGER voice_of_case_answers_again BEFORE UPDATE OF sent_at, voice_id ON case_answers WHEN (",
        "CREATE TRIGGER voice_of_case_answers_again BEFORE UPDATE OF sent_at, voice_id ON case_answers WHEN 0 AND (",
    ),
)

PACKAGE = Path(answerable.__file__).parent
blank = st.text(alphabet=" \t\n\u00a0", max_size=3)


def _outgoing(**changes: object) -> Outgoing:
    facts: dict[str, object] = {
        "key": "k",
        "title": "T",
        "text": "X",
        "language": "en",
        "voice": "Bob Saltmarsh, Spokesperson",
        "voice_id": 1,
        "unit": "Brackwater Council",
        "machine_help": "",
        "exercise": False,
    }
    return Outgoing(**{**facts, **changes})  # type: ignore[arg-type]


@given(name=blank, number=st.integers(max_value=0))
def test_no_text_for_a_channel_can_be_made_without_a_voice(name: str, number: int) -> None:
    """Without a voice's name, its number or the body's name there is no Outgoing, so nothing to send."""
    for wrong in ({"voice": name}, {"unit": name}, {"voice_id": number}):
        with pytest.raises(ValueError, match="registered voice"):
            _outgoing(**wrong)


@pytest.mark.store
def test_a_retired_or_unknown_voice_says_nothing(desk: Desk) -> None:
    """At every step, writing, approving and publishing, the voice must be registered and not retired."""
    approved = draft(desk)
    statements.submit(desk.carol, approved.pk, now=desk.now)
    waiting = draft(desk)
    statements.submit(desk.carol, waiting.pk, now=desk.now)
    statements.approve(desk.bob, approved.pk, approved.text_hash, now=desk.now)
    voices.retire(desk.alice, desk.voice, now=desk.now)
    with pytest.raises(NotAllowed, match="registered voice"):
        statements.publish(desk.bob, approved.pk, now=desk.now)
    with pytest.raises(NotAllowed, match="registered voice"):
        statements.approve(desk.bob, waiting.pk, waiting.text_hash, now=desk.now)
    for voice in (desk.voice.pk, 0, -1, 10**9):
        with pytest.raises(NotAllowed, match="registered voice"):
            draft(desk, voice_id=voice)
    assert Publication.objects.count() == 0


@pytest.mark.store
def test_the_database_knows_no_statement_without_a_voice(desk: Desk) -> None:
    """Also past our functions: a statement's voice and unit cannot be empty."""
    version = draft(desk)
    for column in ("voice", "unit"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Statement.objects.filter(pk=version.statement_id).update(**{column: None})


def _refused(change: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def _sql(statement: str, *values: object) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


@pytest.mark.store
def test_the_database_refuses_a_voice_that_does_not_speak(desk: Desk) -> None:
    """By ORM and by raw SQL: nothing is begun, moved to, published or answered in a retired or nameless voice."""
    version = publish(desk, draft(desk))
    statement = version.statement_id
    retired = voices.register(desk.alice, unit=desk.top, name="N", role="R", now=desk.now)
    voices.retire(desk.alice, retired, now=desk.now)
    nameless = Voice.objects.create(unit=desk.top, name=" ", role="R", registered_at=desk.now)
    columns = "kind, unit_id, voice_id, language, exercise, created_at"
    begin = f"INSERT INTO statements ({columns}) VALUES (%s, %s, %s, %s, %s, %s)"
    reply = (
        "INSERT INTO voice_replies (voice_id, statement_id, link, said_at, by_id, noted_at) "
        "VALUES (%s, %s, %s, %s, %s, %s)"
    )
    for number in (retired.pk, nameless.pk, None, 0, 10**9):
        assert _refused(_sql(begin, "warning", desk.top.pk, number, "en", False, desk.now)), number
        assert _refused(_sql("UPDATE statements SET voice_id = %s WHERE id = %s", number, statement)), number
        assert _refused(_sql(reply, number, statement, f"https://x.example/{number}", desk.now, 1, desk.now))
        orm = {"kind": "warning", "unit": desk.top, "language": "en", "created_at": desk.now}
        assert _refused(partial(Statement.objects.create, voice_id=number, **orm)), number
    voices.retire(desk.alice, desk.voice, now=desk.now)
    receipt = "INSERT INTO publications (version_id, channel, key, at, address, exercise) VALUES (%s, %s, %s, %s, '', %s)"
    assert _refused(_sql(receipt, version.pk, "website", "again", desk.now, False))
    assert _refused(
        lambda: Publication.objects.create(version=version, channel="feed", key="more", at=desk.now)
    )
    assert Publication.objects.count() == 2
    assert Statement.objects.count() == 1


@pytest.mark.store
def test_no_answer_to_a_person_goes_out_without_a_voice(desk: Desk) -> None:
    """The sender's own voice or the nearest of the unit; without one nothing is sent, shown or settled, also by SQL."""
    told = casework.tell(desk, "The lamp is dark")
    number, at = told.case_id, desk.now
    own = voices.register(
        desk.alice, unit=desk.top, name="4711", role="Head", person=casework.hana(desk), now=at
    )
    casework.answer(desk, number, at=at)
    assert CaseAnswer.objects.get().voice == own
    case_answers.contest(told, text="Still dark", now=at)
    case_answers.settle(desk.bob, CaseContest.objects.get().pk, upheld=True, text="You are right.", now=at)
    assert CaseContest.objects.get().voice == desk.voice
    elsewhere = Unit.objects.create(name="Estuary Council", timezone="UTC")
    Unit.objects.filter(pk=elsewhere.pk).update(path=f"/{elsewhere.pk}/")
    for voice in (own, desk.voice):
        voices.retire(desk.alice, voice, now=at)
    Voice.objects.create(unit=elsewhere, name="Nan Estuary", role="Head", registered_at=at)
    refused = pytest.raises(BadInput, match="registered voice")
    with refused:
        casework.answer(desk, number, at=at)
    with refused:
        version = Case.objects.get(pk=number).version
        case_public.show(desk.bob, number, title="When is it lit?", version=version, now=at)
    draft_ = CaseAnswer.objects.get(sent_at=None)
    for voice_id in (None, own.pk, 10**9):
        send = "UPDATE case_answers SET sent_at = %s, voice_id = %s WHERE id = %s"
        assert _refused(_sql(send, at, voice_id, draft_.pk)), voice_id
        show = "UPDATE cases SET public_at = %s, public_voice_id = %s WHERE id = %s"
        assert _refused(_sql(show, at, voice_id, number)), voice_id
    assert CaseAnswer.objects.filter(sent_at__isnull=False).count() == 1


@pytest.mark.store
def test_no_page_api_or_command_speaks_without_a_voice(desk: Desk) -> None:
    """Pages refuse an empty, unknown or retired voice; no address for programs and no command takes statements."""
    retired = voices.register(desk.alice, unit=desk.top, name="N", role="R", now=desk.now)
    voices.retire(desk.alice, retired, now=desk.now)
    client = Client()
    client.force_login(desk.bob)
    words = {"kind": "warning", "language": "en", "title": "T", "text": "X", "published": "1"}
    for number in ("", "0", "999999", str(retired.pk), "x"):
        for address in ("/desk/statements/new", "/exercise/statements/new"):
            assert client.post(address, {**words, "voice": number}).status_code == 400
    for route in api_routes.ROUTES:
        address = "/" + re.sub(r"<[^>]+>", "json", str(route.pattern))
        client.post(address, {**words, "voice": "", "voice_id": ""})
        client.post(address, json.dumps(words), content_type="application/json")
    commands = set(re.findall(r"^    ([\w-]+)(?: |$)", parser().format_help(), re.MULTILINE))
    assert {"publish", "say", "post", "statement", "queue"} & commands == set()
    assert Statement.objects.count() == Publication.objects.count() == 0


@pytest.mark.store
def test_the_public_reads_who_speaks_and_that_a_machine_helped(desk: Desk) -> None:
    """In both feeds each statement names body, voice and title, and the machine's part."""
    publish(desk, draft(desk, machine_help="Translated by machine, read by a person"))
    line = public_statements.lines(public_statements.current())[0]
    entry = feeds.statement_entry(line, f"{line.voice.name}, {line.voice.role}", "https://brackwater.example")
    head = feeds.Head("Brackwater Council answers", "https://brackwater.example", "/feed.atom")
    item = json.loads(feeds.json_feed([entry], head))["items"][0]
    atom = "{http://www.w3.org/2005/Atom}"
    read = ElementTree.fromstring(feeds.atom([entry], head)).find(f"{atom}entry")
    assert read is not None
    signature = "Bob Saltmarsh, Spokesperson, Brackwater Council"
    assert read.findtext(f"{atom}author/{atom}name") == item["authors"][0]["name"] == signature
    for content in (read.findtext(f"{atom}content"), item["content_html"], item["content_text"]):
        assert "Machine help: Translated by machine, read by a person" in str(content)


def _calls(name: str) -> list[str]:
    """Files of the product in which something of this name is called or constructed."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            said = (
                called.attr
                if isinstance(called, ast.Attribute)
                else called.id
                if isinstance(called, ast.Name)
                else ""
            )
            if said == name:
                found.append(file.relative_to(PACKAGE).as_posix())
    return found


def test_there_is_one_way_out() -> None:
    """Texts for channels are made in one place, beside the check of the voice (and in the conformance sample)."""
    assert set(_calls("Outgoing")) == {"store/statements.py", "publish/conformance.py"}


def test_real_channels_and_the_exercise_channel_are_apart() -> None:
    """No built-in channel carries both, so nobody mistakes a drill for the body's word."""
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    from answerable.errors import ChannelTrouble

    for channel, exercise in itertools.product(BUILT_IN, (False, True)):
        if channel.exercise == exercise:
            assert channel.send(_outgoing(exercise=exercise), at).channel == channel.name
        else:
            with pytest.raises(ChannelTrouble):
                channel.send(_outgoing(exercise=exercise), at)
