"""Open311 GeoReport v2: schema-true in both formats, its errors, and nothing listed that was not meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.http import HttpResponse
from lxml import etree  # type: ignore[import-untyped]

from answerable.store import submission_work
from answerable.store.keyring import Keyring
from answerable.store.models import Evidence, ItemRow, Source, Submission, SubmissionContact
from tests.cast import Desk
from tests.store.scene import draft, publish
from tests.store.test_submissions import hand_on
from tests.web import stage
from tests.web.forms import Writer, fresh_counts

V2 = "/open311/v2"
SENT = {
    "service_code": "report",
    "lat": "51.4545",
    "long": "-2.5879",
    "address_string": "12 Mill Lane",
    "description": "The lamp is dark, call 01632 960 123",
    "email": "maren@example.org",
    "first_name": "Maren",
    "device_id": "device-of-maren",
    "media_url": "https://pictures.example/maren.jpg",
}
# Every element the standard names for a request, in its order.
REQUEST = (
    "service_request_id status status_notes service_name service_code description agency_responsible service_notice "
    "requested_datetime updated_datetime expected_datetime address address_id zipcode lat long media_url"
).split()


@pytest.fixture(autouse=True)
def counts() -> Iterator[None]:
    with fresh_counts():
        yield


def ask(path: str, **query: str) -> HttpResponse:
    with stage.clock():
        return stage.client().get(V2 + path, query)


def send(form: str = "json", **changes: str) -> HttpResponse:
    with stage.clock():
        return stage.client(enforce_csrf_checks=True).post(f"{V2}/requests.{form}", SENT | changes)


def tree(page: HttpResponse) -> Any:
    assert page.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert page.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    return etree.fromstring(page.content)


def test_services_are_the_same_in_xml_and_json(desk: Desk) -> None:
    """Four services, each with all elements of the standard; a definition for each, 404 for others."""
    listed = ask("/services.json").json()  # type: ignore[attr-defined]
    assert [one["service_code"] for one in listed] == ["question", "complaint", "suggestion", "report"]
    root = tree(ask("/services.xml"))
    assert root.tag == "services"
    assert [[part.tag for part in one] for one in root] == [list(one) for one in listed]
    assert root.findtext("service/metadata") == "false"
    assert tree(ask("/services/report.xml")).findtext("service_code") == "report"
    assert ask("/services/nothing.xml").status_code == 404
    assert ask("/services.yaml").status_code == 404
    with stage.clock():
        found = stage.client().get("/open311/discovery.json").json()
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    assert found["endpoints"][0]["url"].endswith("/open311/v2")


def test_a_request_comes_in_and_is_listed_without_its_words(desk: Desk) -> None:
    """An id at once, a code to follow it; contact and picture sealed, the device forgotten, words not yet shown."""
    got = send()
    assert got.status_code == 201
    (one,) = got.json()  # type: ignore[attr-defined]
    row = Submission.objects.get(pk=int(one["service_request_id"]))
    assert (row.came_by, row.kind, row.lat, row.long) == ("open311", "report", 51.4545, -2.5879)
    assert "01632" not in row.text
    assert SubmissionContact.objects.filter(pk=row.pk).exists()
    ring = Keyring.open(desk.home)
    opened = submission_work.open_contact(desk.carol, row, ring=ring, now=desk.now)
    assert opened == ("Maren, maren@example.org", "12 Mill Lane\nhttps://pictures.example/maren.jpg")
    code = one["service_notice"].split("code ")[1][:19]
    assert Writer().get(f"/follow/{code}").status_code == 200
    for form in ("xml", "json"):
        page = ask(f"/requests.{form}")
        for word in ("maren", "Maren", "960 123", "lamp", "12 Mill", "device-of"):
            assert word.encode() not in page.content
    submission_work.show(desk.carol, row, now=desk.now)
    (shown,) = ask(f"/requests/{row.pk}.json").json()  # type: ignore[attr-defined]
    assert list(shown) == REQUEST
    assert (shown["description"], shown["status"]) == ("The lamp is dark, call ☎…", "open")
    assert datetime.fromisoformat(shown["requested_datetime"]) == row.received_at
    root = tree(ask(f"/requests/{row.pk}.xml"))
    assert (root.tag, [part.tag for part in root[0]]) == ("service_requests", REQUEST)
    assert tree(ask(f"/tokens/{row.pk}.xml")).findtext("request/service_request_id") == str(row.pk)


def test_what_came_by_the_form_is_listed_only_when_shown(desk: Desk) -> None:
    """A message of the web form is nobody's business until an officer shows it, and again after hiding or taking back."""
    writer = Writer()
    code = writer.tell("The lamp is dark")
    row = Submission.objects.select_related("unit").get()
    assert ask("/requests.json").json() == []  # type: ignore[attr-defined]
    assert ask(f"/requests/{row.pk}.json").status_code == 404
    submission_work.show(desk.carol, row, now=desk.now)
    assert len(ask("/requests.json", end_date="2026-03-03T00:00:00Z").json()) == 1  # type: ignore[attr-defined]
    submission_work.unshow(desk.carol, row, now=desk.now)
    assert ask(f"/requests/{row.pk}.json").status_code == 404
    submission_work.show(desk.carol, row, now=desk.now)
    writer.get(f"/follow/{code}")
    writer.post(f"/follow/{code}/take-back")
    assert ask(f"/requests/{row.pk}.json").status_code == 404


def test_an_answer_closes_a_request(desk: Desk) -> None:
    """A published statement that cites its item: closed, and updated when that happened."""
    number = int(send().json()[0]["service_request_id"])  # type: ignore[attr-defined]
    hand_on(desk, Source.objects.get(kind="form"))
    version = publish(desk, draft(desk))
    Evidence.objects.create(version=version, item=ItemRow.objects.get().pk)
    (one,) = ask(f"/requests/{number}.json").json()  # type: ignore[attr-defined]
    assert (one["status"], one["status_notes"]) == ("closed", "Answered in public")
    assert ask("/requests.json", status="open").json() == []  # type: ignore[attr-defined]
    assert len(ask("/requests.json", status="closed,open").json()) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"service_code": ""}, "service_code is missing"),
        ({"service_code": "pothole"}, "service_code is not known"),
        ({"lat": "", "address_string": ""}, "Where is it?"),
        ({"lat": "north"}, "degrees"),
        ({"lat": "nan"}, "degrees"),
        ({"long": "181"}, "degrees"),
        ({"description": " "}, "description is missing"),
        ({"description": "x" * 5001}, "longer"),
    ],
)
def test_a_wrong_request_gets_the_standard_s_error(desk: Desk, changes: dict[str, str], said: str) -> None:
    """400 with code and description, in the format that was asked for; nothing is stored."""
    page = send("json", **changes)
    assert page.status_code == 400
    (error,) = page.json()  # type: ignore[attr-defined]
    assert error["code"] == 400
    assert said in error["description"]
    root = tree(send("xml", **changes))
    assert (root.tag, root.findtext("error/code")) == ("errors", "400")
    assert Submission.objects.count() == 0


def test_queries_are_read_as_the_standard_says(desk: Desk) -> None:
    """By ids, kinds, times and states; 90 days at most; what cannot be read is a 400."""
    numbers = [send(service_code=code).json()[0]["service_request_id"] for code in ("report", "question")]  # type: ignore[attr-defined]
    assert len(ask("/requests.json", service_request_id=",".join(numbers)).json()) == 2  # type: ignore[attr-defined]
    assert len(ask("/requests.json", service_code="question").json()) == 1  # type: ignore[attr-defined]
    assert ask("/requests.json", end_date="2026-03-01T00:00:00Z").json() == []  # type: ignore[attr-defined]
    Submission.objects.update(received_at=desk.now - timedelta(days=91))
    assert ask("/requests.json", start_date="2025-01-01T00:00:00Z").json() == []  # type: ignore[attr-defined]
    for query in ({"start_date": "yesterday"}, {"end_date": "2026-03-01T00:00:00"}, {"status": "lost"}):
        assert ask("/requests.json", **query).status_code == 400
    for path in ("/requests/none.json", "/tokens/none.xml", "/requests/99.xml"):
        assert ask(path).status_code == 404


def test_keys_are_asked_for_where_the_setting_names_them(desk: Desk) -> None:
    """With keys in the setting a request without one is a 403; with one it comes in, without a limit."""
    table = settings.ANSWERABLE
    with patch.object(settings, "ANSWERABLE", replace(table, open311_keys=("k1", "k2"))):
        assert send().status_code == 403
        assert send(api_key="k3").status_code == 403
        assert send(api_key="k2").status_code == 201
    for _ in range(60):
        assert send().status_code == 201
    assert send().status_code == 429, "without a key one connection is asked to wait"
