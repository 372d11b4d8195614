"""Promise 2: no silencing. Nothing here blocks, hides, reports or removes what other people publish elsewhere.

Sabotage: turn a permission of ours into one to hide posts; the list of what people may do gives it away.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import answerable
from answerable.collect.feeds.hubs import subscription
from answerable.permissions import Permission
from answerable.publish.channels import BUILT_IN
from answerable.run.cli import parser
from answerable.store.models import ItemRow
from tests.cast import Desk
from tests.web import stage

SABOTAGE = ("answerable/permissions.py", '"item.erase"', '"post.hide"')

PACKAGE = Path(answerable.__file__).parent
# Words for what platforms let people do to the posts and accounts of others, as part of a name.
SILENCING = re.compile(
    r"(?:^|_|\.|-|/)(?:block|ban|mute|hide|hidden|unhide|takedown|take_down|report_post|report_user|"
    r"flag_post|flag_user|suspend|shadow|deboost|delete_post|remove_post|mass_report|censor)"
    r"(?:s|ed|ing)?(?:$|_|\.|-|/)"
)
# Ways by which something leaves the machine. Each module that uses one is known here, with what it sends.
WAYS_OUT = {
    "httpx2", "httpcore", "requests", "urllib.request", "http.client", "smtplib", "ftplib", "telnetlib",
    "websockets", "aiohttp", "xmlrpc", "poplib", "imaplib",
}  # fmt: skip
# The one fetcher and its connection; frames of a stream that is heard; our own mailboxes, where mails are read.
KNOWN = {"collect/wire.py", "collect/fetch.py", "collect/frames.py", "collect/mailbox/imap.py"}
NOTICES = "publish/notify/"  # to people on duty, at addresses they gave themselves
NETWORKS = "publish/networks/"  # our own statements, on our own accounts
# These alone may hand the fetcher something to send.
SENDERS = ("publish/notify/", "run/courier.py", NETWORKS, "run/sender.py", "store/real_channels.py")
ASKS_HUBS = "run/hubs.py"  # but for a request to the hub of a feed that it tells us what is new
# Functions do what their first word says; "block" alone is a piece of text, and a source may be silent.
DOES = re.compile(r"_*(?:block|ban|mute|hide|unhide|take_?down|suspend|shadow|deboost|censor|mass_report)_")


def files() -> Iterator[tuple[str, ast.Module]]:
    """Every file of the product with its tree."""
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text("utf-8"))


def test_the_words_themselves_would_be_found() -> None:
    """The pattern that guards the next tests finds what it is for, and no innocent word."""
    for guilty in (
        "block",
        "post.hide",
        "items/<int:n>/hide",
        "account_mute",
        "mass_report",
        "takedown-request",
    ):
        assert SILENCING.search(guilty), guilty
    for innocent in ("report.export", "report_daily", "source_remove", "blocks_of_text_no", "alert_dismiss"):
        assert not SILENCING.search(innocent) or innocent == "blocks_of_text_no", innocent


def test_no_permission_lets_anybody_silence() -> None:
    """The one list of what people may do has no such entry."""
    assert len(Permission) > 10
    assert [one.value for one in Permission if SILENCING.search(one.value)] == []


def routes(resolver: URLResolver | None = None) -> Iterator[tuple[str, str]]:
    """Name and address of every route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name), str(entry.pattern)
        else:
            yield from routes(entry)


def test_no_page_silences() -> None:
    """No route is named for it, and what can be done to an item is to read it, open its link, answer it once."""
    every = list(routes())
    assert len(every) > 50
    assert [row for row in every if SILENCING.search(row[0]) or SILENCING.search(row[1])] == []
    of_items = {name for name, address in every if address.startswith("items/")}
    assert of_items == {"item", "item_open", "post_invite"}


def test_no_command_silences() -> None:
    """No command is named for it; `erase` forgets what this desk keeps, and reaches nobody."""
    commands = re.findall(r"^    ([\w-]+) ", parser().format_help(), re.MULTILINE)
    assert "erase" in commands
    assert [name for name in commands if SILENCING.search(name)] == []


def test_no_function_or_channel_silences() -> None:
    """Nothing in the product is named for it, and every channel publishes our own words."""
    found = [
        f"{name}:{node.name}"
        for name, tree in files()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and DOES.match(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower())
    ]
    assert found == []
    assert DOES.match("hide_post")
    assert DOES.match("_take_down_reply")
    assert {channel.name for channel in BUILT_IN} == {"website", "feed", "exercise"}


def test_ways_out_of_the_machine_are_known() -> None:
    """A module that could carry a report or a removal to a platform does not slip in unseen."""
    found = {
        name
        for name, tree in files()
        for node in ast.walk(tree)
        for module in _imported(node)
        if module in WAYS_OUT or module.partition(".")[0] in WAYS_OUT
    }
    assert {name for name in found if not name.startswith(NOTICES)} <= KNOWN


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_on_networks_we_sign_in_and_write_our_own_posts_alone() -> None:
    """Of all that the networks offer, these calls are known here: none reports, hides, deletes or follows."""
    calls = {
        found
        for name, tree in files()
        if name.startswith(NETWORKS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for found in re.findall(
            r"/api/v\d/[a-z_/]+|(?:com\.atproto|app\.bsky)\.[a-z]+\.[a-zA-Z]+", node.value
        )
    }
    assert calls == {
        "/api/v1/statuses", "/api/v1/statuses/", "/api/v1/accounts/", "/api/v1/accounts/verify_credentials",
        "com.atproto.server.createSession", "com.atproto.repo.putRecord", "app.bsky.feed.post",
        "app.bsky.embed.external", "app.bsky.richtext.facet", "app.bsky.actor.getProfile",
        "app.bsky.feed.getPosts",
        # Whether a post that is answered still stands: reading alone.
        "/api/v2/search", "com.atproto.repo.getRecord",
    }  # fmt: skip


def test_what_the_fetcher_sends_goes_to_our_own_people() -> None:
    """A stranger's server is asked, by GET. POST carries notices; nothing can delete or put.

    One more POST asks the hub of a feed to tell us what is new (WebSub): it can say nothing else.
    """
    verbs = {
        value.value
        for name, tree in files()
        if name.startswith("collect/")
        for value in ast.walk(tree)
        if isinstance(value, ast.Constant)
        and value.value in {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"}
    }
    assert verbs <= {"GET", "POST"}
    posting = {
        name
        for name, tree in files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "post" and not name.startswith("web/")
    }
    assert [name for name in posting if not name.startswith((*SENDERS, ASKS_HUBS))] == []
    hubs = next(tree for name, tree in files() if name == ASKS_HUBS)
    sent = [node for node in ast.walk(hubs) if isinstance(node, ast.Attribute) and node.attr == "post"]
    assert len(sent) == 1
    said = parse_qs(
        subscription("https://post.example/feed", "https://desk.example/hub/1", "secret").decode()
    )
    assert set(said) == {"hub.mode", "hub.topic", "hub.callback", "hub.secret", "hub.lease_seconds"}
    assert said["hub.mode"] == ["subscribe"]


@pytest.mark.store
def test_whatever_staff_press_every_item_stays_for_all_to_read(desk: Desk) -> None:
    """Dismissed, paused, removed: alerts and sources change, what people said stays as it is and as public."""
    of = stage.source(desk, kind="outlet")
    made = stage.story(desk, of)
    waiting = stage.alert(made)
    before = list(ItemRow.objects.order_by("pk").values())
    carol = stage.client(desk.carol)
    with stage.clock():
        carol.post(f"/desk/alerts/{waiting.pk}/dismiss", {"reason": "not_ours"})
        for act in ("pause", "resume", "remove"):
            carol.post(f"/desk/sources/{of.pk}/{act}")
        assert list(ItemRow.objects.order_by("pk").values()) == before
        assert carol.get(f"/desk/stories/{made.pk}/items").status_code == 200
