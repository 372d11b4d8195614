"""A desk where every page has something to show, and the addresses of all its pages.

Everything is written by the store's own functions; the time stands still at `stage.LATER`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from answerable.run.forecasting import Forecasting
from answerable.store import (
    alerts,
    answer_disputes,
    answer_documents,
    answer_matching,
    answer_notices,
    calls,
    clocks,
    departures,
    drills,
    duty,
    duty_notes,
    emergencies,
    file_imports,
    form_links,
    incidents,
    people,
    press,
    questions,
    rooms,
    sources,
    statements,
    supervision,
    tasks,
    voice_replies,
    ways,
)
from answerable.store.drafts import Wording
from answerable.store.keyring import Keyring
from answerable.store.models import (
    Alert,
    Case,
    Clock,
    Delivery,
    Incident,
    ItemRow,
    Person,
    Source,
    StatementVersion,
    Submission,
    UnitTold,
)
from answerable.web.answer_text import CONFIRM
from answerable.web.answer_text import token as letter_token
from answerable.web.call_text import token
from answerable.web.subscription_text import token as subscription_token
from tests.browser.furnished_cases import furnish_cases
from tests.browser.furnished_channels import ways_out
from tests.browser.furnished_voices import reported, said_alike, sealed, told_alike
from tests.cast import Desk
from tests.store import answering, scene
from tests.store.casework import tell
from tests.store.test_heard_claims import describe
from tests.web import stage
from tests.web.access_matrix import MATRIX, Row
from tests.web.forms import Writer
from tests.web.stage import LATER
from tests.web.test_access import actors
from tests.web.test_matter_pages import matter
from tests.web.test_oversight_pages import flagged_question
from tests.web.test_story_mood import fact
from tests.web.test_story_told import described

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TITLE = "The water is brown from iron in an old pipe, not from sewage"
TEXT = (
    "A main under Mill Lane broke at 06:40. What colours the water is rust from the pipe; eleven taps were tested "
    "and hold no germs. Until Monday evening let the tap run until it is clear, and use the tankers at Hollin Bridge "
    "for babies and the sick."
)


@dataclass(frozen=True)
class Page:
    """One page: its route, who opens it ("" nobody), and its address."""

    route: str
    who: str
    path: str


@dataclass
class Furnished:
    """What stands on the desk."""

    sessions: dict[str, str]  # login -> session cookie
    pages: list[Page]


# Parts of pages, files and what only programs ask for.
PARTS = ("_export", ":sealed_file", ":now_live", ":notes_worker", ":form_code", ":roster_calendar", ":report_markdown", ":emergency_file", ":static",
         ":doing_data", ":doing_signature", ":doing_script", ":atom", ":rss", ":json_feed", ":cap", ":cap_message", ":cap_certificate",
         ":rumours_feed", ":claim_review", ":document", ":health", ":robots", ":security_txt", ":version_body", ":version_signature", ":signing_key", "_card", ":card", "printed")  # fmt: skip
# Who opens a page, the first of these who may.
READERS = ("hana", "carol", "alice", "otto")


def furnish(desk: Desk) -> Furnished:
    """Fill an empty desk."""
    browsers = actors(desk)
    where: dict[str, dict[str, Any]] = {}
    with stage.clock():
        _heard(desk)
        _duty(desk)
        _worked(desk, where)
        _told(desk, where)
        furnish_cases(desk, where)
        _asked(desk)
        _answered(desk, where)
        _drilled(desk, where)
        where["desk:report_evidence"] = reported()
    where["desk:inbox_group"] = {"number": told_alike(desk)}
    where["desk:sealed_one"] = {"number": sealed(desk)}
    where["entry:once"] = {"token": people.new_link(desk.alice, desk.charlie, now=LATER)}
    sessions = {
        name: browser.cookies["sessionid"].value
        for name, browser in browsers.items()
        if "sessionid" in browser.cookies
    }
    return Furnished(sessions, list(_pages(where)))


def _heard(desk: Desk) -> None:
    """Stories with everything a story can say, one of them forecast hour by hour; deaf sources."""
    about = described(desk, 36)
    ids = list(ItemRow.objects.filter(thread__story=about).order_by("pk").values_list("pk", flat=True))
    fact(about, 36, negative=ids[:6], neutral=ids[6:16], positive=ids[16:18])
    stage.alert(about)
    paper = stage.source(desk, name="Estuary Post", kind="outlet")
    other = stage.story(
        desk,
        paper,
        count=9,
        words={
            "en": "Bus stops on Saltgate Road have been moved without a word and the number 12 runs past the school"
        },
    )
    stage.alert(other)
    describe(desk, other.pk)
    third = stage.story(desk, paper, count=3, words={"zh": "老码头的路灯从周一起一直不亮，晚上很危险"})
    matter(about, third)
    gone = stage.source(desk, name="Saltgate residents")
    trouble = {"trouble": "not_a_feed", "trouble_params": {}, "fails": 4, "last_answer_at": LATER - 9 * HOUR}
    Source.objects.filter(pk=gone.pk).update(**trouble)
    engine = Forecasting()
    first = about.first_seen // 3_600_000
    for hour in range(first + 1, stage.to_ms(LATER) // 3_600_000 + 1):
        engine._round(False, hour, LATER - HOUR)


def _duty(desk: Desk) -> None:
    """Rosters with a swap, an absence and a gap; the order of calls; ways to be reached."""
    for person in (desk.carol, desk.bob):
        ways.add(
            person, kind="mail", address=f"{person.login}@brackwater.example",
            keyring=Keyring.open(desk.home), now=desk.now,
        )  # fmt: skip
    calls.set_order(desk.alice, desk.top, [desk.carol.pk, desk.bob.pk], 10 * MINUTE, now=desk.now)
    for team, order, seats in (
        ("information_officers", [desk.carol.pk], 2),
        ("spokespersons", [desk.bob.pk], 1),
    ):
        roster = duty.create_roster(desk.alice, desk.top, team, seats, now=desk.now)
        duty.set_rotation(
            desk.alice, roster, order, first=desk.now.date(), hand_over=time(8), days=7, now=desk.now - HOUR
        )
        duty.set_holidays(desk.alice, roster, [date(2026, 4, 3), date(2026, 4, 6)], now=desk.now)
        duty_notes.write(
            Person.objects.get(pk=order[0]), roster, text="The tanker at Hollin Bridge leaves at six. Ring "
            "the driver before five.", now=desk.now,
        )  # fmt: skip
    duty.absent(desk.bob, desk.bob, desk.now + DAY, desk.now + 2 * DAY, now=desk.now)


def _worked(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """An incident from its alert to a corrected statement, with a missed clock and an emergency report."""
    Alert.objects.filter(pk=1).update(raised_at=desk.now - 100 * MINUTE)
    room = rooms.open_room(desk.carol, 1, now=desk.now - 90 * MINUTE)
    rooms.assess(
        desk.carol,
        room.pk,
        level=2,
        text="Three districts call, and nobody knows whether to drink it.",
        now=desk.now - 80 * MINUTE,
    )
    rooms.assess(
        desk.bob, room.pk, level=1, text="The hospital is on the same main.", now=desk.now - 75 * MINUTE
    )
    decision = rooms.Decision(
        "Brown tap water in Fenmoor and Saltgate", 2, desk.top, desk.bob, told=(desk.water,)
    )
    made = rooms.decide_incident(
        desk.carol, room.pk, decision, note="Safety is in doubt.", now=desk.now - 70 * MINUTE
    )
    clocks.mark_missed(desk.now)
    missed = Clock.objects.filter(incident=made, missed_at__isnull=False).order_by("pk")[0]
    where["desk:clock_explain"] = {"number": made.pk, "clock": missed.pk}
    where["desk:finding"] = {"kind": "clock", "number": missed.pk}
    _spoken(desk, made, where)
    tasks.add(
        desk.carol,
        made.pk,
        text="Ring the care homes on Eelgate",
        phase="hour",
        person=desk.bob,
        now=desk.now,
    )
    emergencies.send(
        desk.carol,
        made.pk,
        conclusion="The water is brown from rust, not from sewage; tankers stand at Hollin Bridge.",
        units=[desk.water],
        now=desk.now,
    )
    said_alike(desk, made)
    _late(desk, where)
    other = incidents.open_incident(
        desk.carol, title="Bus stops moved on Saltgate Road", level=3, unit=desk.top, story_ids=[2], now=desk.now
    )  # fmt: skip
    assert other.pk == 2
    _waiting(desk, where)


def _late(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """Water Services owes a receipt since an hour and says why."""
    told = UnitTold.objects.order_by("pk")[0]
    UnitTold.objects.filter(pk=told.pk).update(due_at=desk.now - HOUR)
    where["desk:told_explain"] = {"number": told.pk}
    told.refresh_from_db()
    supervision.explain(
        desk.charlie, told.pk, text="The night shift had no access to the desk.", now=desk.now
    )


def _waiting(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """A dismissed alert, one that a room judges, one that somebody is called about."""
    of = Source.objects.order_by("pk")[0]
    second = stage.alert(
        stage.story(desk, of, count=2, words={"en": "Lovely spring festival on the bridge today"})
    )
    alerts.dismiss(desk.bob, second.pk, reason="false_alarm", now=desk.now)
    third = stage.alert(
        stage.story(desk, of, count=4, words={"es": "No hay luz en la escuela de Hollin desde esta mañana"})
    )
    rooms.open_room(desk.carol, third.pk, now=desk.now)
    where["desk:room_decide"] = {"number": 2}
    calls_made = calls.begin_for_alert(Alert.objects.get(pk=2), [ItemRow.objects.get(pk=37).pk], desk.now)
    if calls_made is not None:
        where["entry:call"] = {"token": token(calls_made.pk, desk.carol.pk)}


def _spoken(desk: Desk, made: Incident, where: dict[str, dict[str, Any]]) -> None:
    """Three statements: one corrected, one that waits for a second person, one draft."""
    ways_out(desk)
    first = scene.draft(desk, made, title=TITLE, text=TEXT)
    scene.publish(desk, first)
    again = statements.revise(
        desk.carol,
        first.statement_id,
        title=TITLE,
        text=TEXT.replace("eleven", "twelve"),
        evidence=[(None, "Laboratory record", "https://brackwater.example/record")],
        change_note="One more tap was tested.",
        wordings=_wordings(),
        now=desk.now,
    )
    scene.publish(desk, again)
    voice_replies.note(
        desk.carol, first.statement_id, link="https://gazette.example/r/7", said_at=desk.now, now=desk.now
    )
    _asked_by_outlets(desk, first.statement_id)
    _alone(desk)
    waiting = scene.draft(
        desk, made, kind="holding", title="We know of the brown water in Fenmoor", text=TEXT
    )
    statements.submit(desk.carol, waiting.pk, now=desk.now)
    open_one = scene.draft(desk, made, title="Where the tankers stand", text=TEXT)
    where["desk:delivery"] = {
        "number": Delivery.objects.filter(state="asked").values_list("pk", flat=True)[0]
    }
    where["desk:travel"] = {"number": first.statement_id}
    where["desk:statement_correct"] = {"number": first.statement_id}
    where["desk:version_alone"] = {"number": open_one.statement_id, "version": open_one.number}
    where["desk:version_edit"] = {"number": open_one.statement_id, "version": open_one.number}


def _wordings() -> list[Wording]:
    """Easy words, and Spanish by a machine's help."""
    return [
        Wording("easy", "en", TITLE, "The pipe is old. Rust came off. The rust makes the water brown."),
        Wording(
            "full", "es", "El agua está marrón por el hierro", "Se rompió una tubería principal.",
            machine_help="Traducido por una máquina, leído por una persona",
        ),
    ]  # fmt: skip


def _asked_by_outlets(desk: Desk, statement: int) -> None:
    """Two questions that wait, one that is answered, and an outlet we pointed to a story."""
    for outlet, hours in (("Fenmoor Gazette", 2), ("Estuary Post", 5), ("Saltgate FM", 1)):
        press.ask(
            desk.carol, unit=desk.top, outlet=outlet, text="How many homes have brown water?",
            due_at=desk.now + hours * HOUR, reply_to="newsroom@gazette.example", now=desk.now,
        )  # fmt: skip
    press.answer_all(desk.bob, [3], statement, now=desk.now)
    press.point_to(desk.carol, 1, outlet="Estuary Post", now=desk.now)


def _alone(desk: Desk) -> None:
    """A warning that went out on one person's word; the second one owes an answer."""
    version = statements.write(
        desk.bob, kind="warning", voice_id=desk.voice.pk, language="en", title="Do not drink the tap water",
        text="The laboratory found germs in 3 of 12 samples.", what_to_do="Boil it for three minutes.", now=desk.now,
    )  # fmt: skip
    departures.invoke(desk.bob, version.pk, version.text_hash, ground="health", now=desk.now - 6 * MINUTE)
    departures.tick(desk.now)


def _told(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """What people told us, a form for a place, a mailbox, a file that was brought in."""
    code = Writer().tell("The street lamp at the bus stop is dark since Monday.", place="12 Mill Lane",
                         contact="maren@example.org")  # fmt: skip
    where["public:follow"] = {"code": code}
    where["desk:told_one"] = {"number": Submission.objects.get().pk}
    where["desk:case"] = {"number": Case.objects.get().pk}
    Writer().tell("When does the water come back on Mill Lane?")
    form = form_links.create(desk.carol, unit=desk.top, place="Hollin Bridge bus stop", now=desk.now)
    where["public:place_form"] = {"slug": form.slug}
    where["desk:form"] = where["desk:form_code"] = {"number": form.pk}
    mailbox = sources.add(
        desk.carol,
        kind="mailbox",
        address="imaps://desk@mail.brackwater.example/INBOX",
        name="Town mailbox",
        source_class="public",
        purpose="To hear what people write to us",
        unit=desk.top,
        now=desk.now,
    )
    where["desk:mailbox_password"] = {"number": mailbox.pk}
    upload = file_imports.Upload("none", "microblogs.xlsx", "0" * 64)
    told = file_imports.Told(
        name="Microblogs of March",
        source_class="public",
        purpose="To hear of faults",
        licence="",
        method="Search",
        gaps="",
        keep_days=90,
        unit=desk.top,
    )
    brought = file_imports.begin(desk.carol, upload, told, {"text": "1"}, "UTC", now=desk.now)
    file_imports.counted(
        brought, new=1204, edited=0, known=12, refused=3, rejected=2, examples=[["row 7", "no_text"]]
    )
    where["desk:import_show"] = {"number": brought.pk}


def _answered(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """A claim that is answered, corrected, disputed and proposed for a case; another that waits for its answer."""
    made = answering.opened(desk, story=1, due_at=desk.now + 5 * HOUR, harm=3)
    body = b"%PDF-1.7 chlorine at eleven taps"
    stored = answer_documents.store(
        desk.carol, made.pk, title="Chlorine at the taps", name="taps.pdf", body=body, now=desk.now
    )
    where["desk:claim_evidence"] = {"number": made.pk, "sha256": stored.sha256}
    cited = (None, stored.title, f"http://localhost:8000/documents/{stored.sha256}")
    post = (ItemRow.objects.order_by("pk")[0].pk, "", "")
    answering.out(desk, answering.drafted(desk, made, evidence=[cited, post]))
    answering.asked(desk, made, "Is there sewage in the water of Mill Lane?", "01632 960 100")
    answer_notices.spread(Keyring.open(desk.home), desk.now)
    answering.corrected(desk, made, desk.now + MINUTE, evidence=[cited, post])
    answer_notices.spread(Keyring.open(desk.home), desk.now)
    tell(desk, "Is the brown water sewage?", kind="question")
    (said, *_) = [one for one in answer_matching.said(False, desk.now) if one.case and "sewage" in one.text]
    reasons = (("shared", ["water", "sewage"]), ("words", 0.83), ("meaning", 0.91), ("unsure", "chance"))
    found = answer_matching.Found(made.pk, 0.62, False, False, reasons)
    answer_matching.note(said, found, answer_matching.claims(False)[0], desk.now)
    waits = answering.opened(desk, "Can we give the tap water to babies?", kind="question", owner=desk.bob)
    where["desk:claim_write"] = {"number": waits.pk}
    for n in range(4):
        raised = answer_disputes.dispute(
            made.pk, 1, text="Two taps held germs, says the record.", form=f"form {n}", language="en",
            ring=Keyring.open(desk.home), now=desk.now + n * MINUTE,
        )  # fmt: skip
        where["public:dispute"] = {"number": raised.pk}
        if raised.reviewer is not None and raised.reviewer.login == "hana":
            where["desk:dispute_decide"] = {"number": raised.pk}
    watching = StatementVersion.objects.get(statement=made.statement_id, number=2)
    way: dict[str, Any] = {"language": "en", "days": 90, "ring": Keyring.open(desk.home), "now": desk.now}
    asker = answer_notices.watch(made.pk, watching, "ines@example.org", **way)
    where |= {"public:rumour_letter": {"token": letter_token(CONFIRM, asker.pk)}, "public:subscription": {"token": subscription_token("leave", 1)}}  # fmt: skip


def _asked(desk: Desk) -> None:
    """Two standing questions, one of them flagged and with a sample to look at."""
    flagged_question(desk)
    wanted = questions.Wanted("Brown water", "safety", "brown water tap")
    questions.create(desk.carol, wanted, unit=desk.top, now=desk.now)


def _drilled(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """A drill with a story, an alert, an incident and a draft."""
    drills.start(actor=desk.carol, now=desk.now)
    of = stage.source(desk, name="Talk of Brackwater", exercise=True)
    played = stage.story(desk, of, count=14, exercise=True)
    raised = stage.alert(played)
    rooms.open_room(desk.carol, raised.pk, now=desk.now)
    of_it = stage.story(
        desk, of, count=5, exercise=True, words={"en": "Is the lantern walk called off tonight?"}
    )
    made = incidents.open_incident(
        desk.carol, title="Lantern festival called off", level=2, unit=desk.top, story_ids=[of_it.pk], now=desk.now
    )  # fmt: skip
    version = scene.draft(desk, made)
    claim = answering.opened(desk, "The lantern walk is called off", story=of_it.pk, exercise=True)
    numbers = {"claim": claim.pk, "story": played.pk, "incident": made.pk, "statement": version.statement_id}
    for route in MATRIX:
        space, _, name = route.partition(":")
        kind = name.partition("_")[0]
        if space == "exercise" and kind in numbers and "number" in MATRIX[route].fill:
            where[route] = {**MATRIX[route].fill, "number": numbers[kind]}
    where["exercise:item"] = {"number": played.heading_item}
    for name in (
        "task_list",
        "timeline",
        "level_change",
        "state_change",
        "conference_record",
        "emergency_form",
        "conference",
        "shared_lines",
    ):
        where[f"exercise:{name}"] = {"number": made.pk}


def _pages(where: dict[str, dict[str, Any]]) -> Iterator[Page]:
    """Every route that answers a GET, filled and with somebody who may."""
    queries = {
        "desk:incident_open": "?story=3",
        "exercise:incident_open": "?story=6",
        "desk:statement_write": "?incident=1",
        "desk:claim_open": "?story=2",
        "desk:search": "?q=water",
        "desk:told_write": "",
    }
    for route, row in MATRIX.items():
        if "GET" not in row.methods or route.startswith("api:") or route.endswith(PARTS):
            continue
        fill = row.fill | where.get(route, {})
        yield Page(route, _reader(row), reverse(route, kwargs=fill) + queries.get(route, ""))


def _reader(row: Row) -> str:
    if row.who is None:
        return ""
    return next(name for name in READERS if name in row.who)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Tests say enough."""


@contextmanager
def served() -> Iterator[str]:
    """The desk of this process over HTTP, at the moment `stage.LATER`."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with stage.clock():
            yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
