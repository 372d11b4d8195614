"""Notices over HTTP: each shape is what its receiver takes, and a refusal says whether it will last."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.collect.fetch import Fetcher
from answerable.errors import ChannelTrouble
from answerable.publish.notify.message import Target
from answerable.publish.notify.ntfy import Ntfy, split
from answerable.publish.notify.webhook import SHAPES, WECOM_BYTES, Webhook
from tests.publish.rooms import FEISHU_SECRET, STANDARD_SECRET, TOKEN, message, room

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRETS = {"feishu": FEISHU_SECRET, "json": STANDARD_SECRET}


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_each_shape_is_taken(shape: str) -> None:
    """A server that checks the documented shape takes the notice: body, foot, link and hostile signs included.

    Sabotage: leave `&` unescaped for Slack, or sign another body than the one that is sent.
    """
    with room() as server:
        hook = Webhook(shape, Fetcher(server.allowed).post)
        receipt = hook.send(message(), Target(server.url(f"/{shape}"), SECRETS.get(shape, "")), AT)
        assert receipt
        said = json.dumps(server.payloads()[0], ensure_ascii=False)
        for words in (
            "Brackwater Council",
            "https://answers.example/desk/stories/5",
            "A machine sent this",
            "水",
        ):
            assert words in said, words


def test_a_changed_body_fails_the_signature() -> None:
    """The plain shape is signed over the very bytes that are sent, under the notice's own key as its id."""
    with room() as server:
        hook = Webhook("json", Fetcher(server.allowed).post)
        hook.send(message(), Target(server.url("/json"), STANDARD_SECRET), AT)
        _, headers, body = server.asked[0]
        assert headers["webhook-id"] == "call-7-2-3"
        assert headers["webhook-timestamp"] == str(int(AT.timestamp()))
        assert json.loads(body)["data"]["key"] == "call-7-2-3"
        with pytest.raises(ChannelTrouble, match="401"):
            hook.send(message(), Target(server.url("/json"), "another secret"), AT)


def test_ntfy_gets_topic_priority_and_the_link_to_click() -> None:
    """Published as JSON to the server: urgent is 5, a click opens the page that asks, a token goes along."""
    with room() as server:
        way = Ntfy(Fetcher(server.allowed).post)
        assert way.send(message(), Target(server.url("/ntfy/desk-alerts"), TOKEN), AT) == "id xE73Iyuabi"
        sent = server.payloads()[0]
        assert (sent["topic"], sent["priority"]) == ("desk-alerts", 5)
        assert sent["click"] == "https://answers.example/call/abc:def"
        way.send(message(urgent=False, answer=""), Target(server.url("/ntfy/desk-alerts"), TOKEN), AT)
        assert (server.payloads()[1]["priority"], server.payloads()[1]["click"]) == (
            3,
            "https://answers.example/desk/stories/5",
        )
        way.send(message(exercise=True), Target(server.url("/ntfy/desk-alerts"), TOKEN), AT)
        assert server.payloads()[2]["priority"] == 3, "nobody's phone screams over an exercise"
        with pytest.raises(ChannelTrouble) as trouble:
            way.send(message(), Target(server.url("/ntfy/desk-alerts"), "tk_wrong"), AT)
        assert trouble.value.permanent


def test_the_topic_is_split_from_its_address() -> None:
    """A topic below a path stays below it; an address without one is refused for good."""
    assert split("https://ntfy.example/push/my%20topic") == ("https://ntfy.example/push/", "my topic")
    for wrong in ("https://ntfy.example/", "https://ntfy.example", "https://ntfy.example/a?x=1"):
        with pytest.raises(ChannelTrouble) as trouble:
            split(wrong)
        assert trouble.value.permanent


@pytest.mark.parametrize(
    ("shape", "status", "body", "permanent"),
    [
        ("slack", 404, b"no_service", True),
        ("slack", 429, b"", False),
        ("slack", 503, b"", False),
        ("slack", 302, b"", True),
        ("wecom", 200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', True),
        ("wecom", 200, b'{"errcode":45009,"errmsg":"api freq out of limit"}', False),
        ("wecom", 200, b"<html>", False),
        ("feishu", 200, b'{"code":19024,"msg":"Key Words Not Found"}', True),
        ("feishu", 200, b'{"code":11232,"msg":"frequency limited"}', False),
    ],
)
def test_a_refusal_says_whether_it_lasts(shape: str, status: int, body: bytes, permanent: bool) -> None:
    """Also a refusal inside a 200 is one. Redirects are not followed: the secret goes nowhere else.

    Sabotage: take every 200 for a success.
    """
    with room() as server:
        server.answers[f"/{shape}"] = (status, body)
        with pytest.raises(ChannelTrouble) as trouble:
            Webhook(shape, Fetcher(server.allowed).post).send(message(), Target(server.url(f"/{shape}")), AT)
        assert trouble.value.permanent is permanent
        assert len(server.asked) == 1


def test_a_private_address_is_refused_before_any_connection() -> None:
    """A webhook into the operator's own network goes nowhere unless the settings allow that address."""
    with room() as server:
        for target in (
            server.url("/slack"),
            "http://169.254.169.254/latest",
            "http://[::1]/x",
            "http://localhost/x",
        ):
            with pytest.raises(ChannelTrouble) as trouble:
                Webhook("slack", Fetcher().post).send(message(), Target(target), AT)
            assert trouble.value.permanent
        assert server.asked == []


def test_no_trouble_or_receipt_repeats_a_secret() -> None:
    """What is stored of an answer names neither the address nor the secret, even when the server echoes it."""
    with room() as server:
        target = Target(server.url("/slack?token=hidden"), "sesame")
        server.answers["/slack"] = (200, b"thanks, sesame")
        receipt = Webhook("slack", Fetcher(server.allowed).post).send(message(), target, AT)
        assert "sesame" not in receipt
        server.answers["/slack"] = (400, b"bad sesame hidden")
        with pytest.raises(ChannelTrouble) as trouble:
            Webhook("slack", Fetcher(server.allowed).post).send(message(), target, AT)
        assert not {"sesame", "hidden"} & set(str(trouble.value).split())
        assert "hidden" not in repr(target)
        assert "sesame" not in repr(target)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=400), max_size=12), st.text(max_size=300))
def test_wecom_never_passes_its_limit(lines: list[str], title: str) -> None:
    """However long the sentences are, the content fits, is whole UTF-8, and keeps the link and the foot."""
    shaped = SHAPES["wecom"](message(lines=tuple(lines), title=title), "", AT)
    content = json.loads(shaped.body)["text"]["content"]
    assert len(content.encode()) <= WECOM_BYTES
    assert "https://answers.example/desk/stories/5" in content
    assert content.endswith("Nobody reads replies to it.")
