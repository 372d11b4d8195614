"""Local servers that take notices as the real ones do: chat rooms over HTTP that check the shape, and SMTP."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

from answerable.publish.notify.message import Message
from tests.collect.servers import HOST
from tests.ports import free_port

Answer = tuple[int, bytes]
FEISHU_SECRET = "feishu signing secret"
STANDARD_SECRET = "whsec_" + base64.b64encode(b"a signing key of thirty-two bytes").decode()
TOKEN = "tk_topic_token"


def message(**changes: Any) -> Message:
    """A notice with signs that every shape must carry or escape."""
    facts: dict[str, Any] = {
        "key": "call-7-2-3",
        "sender": "Brackwater Council",
        "title": "Alert 12: 34 items in 10 min <b>&",
        "lines": ("Usual in that time: 0 to 2.", "水 «agua» *stars* <script>alert(1)</script> & more"),
        "link": "https://answers.example/desk/stories/5",
        "link_words": "Open the page",
        "answer": "https://answers.example/call/abc:def",
        "answer_words": "Say that you have it",
        "foot": "A machine sent this for Brackwater Council. Nobody reads replies to it.",
        "language": "en",
        "urgent": True,
    }
    return Message(**(facts | changes))


@dataclass
class Room:
    """What came in, and what is answered: by the checks of the path, or by `answers` when a test says so."""

    port: int = 0
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    hooks: list[Callable[[], None]] = field(default_factory=list)  # run before answering

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    @property
    def allowed(self) -> list[str]:
        return [f"{HOST}:{self.port}"]

    def payloads(self) -> list[Any]:
        return [json.loads(body) for _, _, body in self.asked]

    def payloads_of(self, path: str) -> list[Any]:
        return [json.loads(body) for asked, _, body in self.asked if asked == path]


def _slack(_: dict[str, str], body: Any) -> Answer:
    """https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: text, answered by `ok`."""
    fit = isinstance(body.get("text"), str) and set(body) <= {
        "text",
        "blocks",
        "unfurl_links",
        "unfurl_media",
    }
    loose = "<script" in body.get("text", "") or "& " in body.get("text", "")
    return (200, b"ok") if fit and not loose else (400, b"invalid_payload")


def _wecom(_: dict[str, str], body: Any) -> Answer:
    """https://developer.work.weixin.qq.com/document/path/91770: text.content, at most 2048 bytes."""
    content = body.get("text", {}).get("content", "")
    if set(body) != {"msgtype", "text"} or body["msgtype"] != "text" or not content:
        return 200, b'{"errcode":40008,"errmsg":"invalid message type"}'
    if len(content.encode()) > 2048:
        return 200, b'{"errcode":40058,"errmsg":"text.content exceed max length 2048"}'
    return 200, b'{"errcode":0,"errmsg":"ok"}'


def _feishu(_: dict[str, str], body: Any) -> Answer:
    """https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: text, signed."""
    signed = hmac.new(f"{body.get('timestamp')}\n{FEISHU_SECRET}".encode(), b"", hashlib.sha256).digest()
    if body.get("sign") != base64.b64encode(signed).decode():
        return 200, b'{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}'
    fit = body.get("msg_type") == "text" and isinstance(body.get("content", {}).get("text"), str)
    return (
        200,
        b'{"StatusCode":0,"code":0,"data":{},"msg":"success"}'
        if fit
        else b'{"code":9499,"msg":"Bad Request"}',
    )


def _matrix(_: dict[str, str], body: Any) -> Answer:
    """https://matrix-org.github.io/matrix-hookshot/latest/setup/webhooks: text, html, username."""
    fit = all(isinstance(body.get(name), str) for name in ("text", "html", "username"))
    return (200, b'{"ok":true}') if fit and "<script" not in body["html"] else (400, b'{"ok":false}')


def _ntfy(headers: dict[str, str], body: Any) -> Answer:
    """https://docs.ntfy.sh/publish/#publish-as-json: topic, title, message, priority 1-5, tags, click."""
    if headers.get("authorization") != f"Bearer {TOKEN}":
        return 403, b'{"code":40301,"http":403,"error":"forbidden"}'
    known = {"topic", "title", "message", "priority", "tags", "click", "actions"}
    fit = set(body) <= known and body["topic"] == "desk-alerts" and 1 <= body["priority"] <= 5
    return (200, b'{"id":"xE73Iyuabi","event":"message"}') if fit else (400, b'{"error":"bad request"}')


def _standard(headers: dict[str, str], body: bytes) -> Answer:
    """https://www.standardwebhooks.com: three headers, HMAC-SHA256 over id.timestamp.body."""
    key = base64.b64decode(STANDARD_SECRET.removeprefix("whsec_"))
    content = f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return (
        (204, b"")
        if hmac.compare_digest(headers.get("webhook-signature", ""), wanted)
        else (401, b"signature")
    )


_CHECKS: dict[str, Callable[[dict[str, str], Any], Answer]] = {
    "/slack": _slack,
    "/wecom": _wecom,
    "/feishu": _feishu,
    "/matrix": _matrix,
    "/ntfy/": _ntfy,
}


@contextlib.contextmanager
def room() -> Iterator[Room]:
    """A server on a loopback address of its own with a path for each shape."""
    state = Room()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            path = self.path.partition("?")[0]
            state.asked.append((self.path, headers, body))
            for hook in state.hooks:
                hook()
            if path in state.answers:
                status, said = state.answers[path]
            elif path == "/json":
                status, said = _standard(headers, body)
            else:
                status, said = _CHECKS[path](headers, json.loads(body))
            self.send_response(status)
            if status in (301, 302, 307, 308):
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class PostOffice:
    """A real SMTP server's state: what was delivered, and whom it refuses."""

    port: int = 0
    letters: list[Envelope] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)  # address → answer
    data_answer: str = "250 queued"
    signed_in: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd calls it so
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_answer.startswith("250"):
            self.letters.append(envelope)
        return self.data_answer


@contextlib.contextmanager
def post_office(
    tls: ssl.SSLContext | None = None, *, user: str = "", password: str = "", at_once: bool = False
) -> Iterator[PostOffice]:
    """An SMTP server (aiosmtpd): plain, with STARTTLS, or with TLS from the start; with or without sign-in."""
    office = PostOffice()

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        fine = (data.login.decode(), data.password.decode()) == (user, password)
        office.signed_in.append(data.login.decode())
        return AuthResult(success=fine, handled=False) if not fine else AuthResult(success=True)

    extra: dict[str, Any] = {"auth_required": True, "authenticator": authenticate} if user else {}
    if at_once:
        extra["auth_require_tls"] = False  # it is encrypted from the start, which aiosmtpd does not see
    elif tls is not None:
        extra |= {"tls_context": tls, "require_starttls": True}
    controller = Controller(
        office, hostname="127.0.0.1", port=free_port(), ssl_context=tls if at_once else None, **extra
    )
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        controller.stop()
