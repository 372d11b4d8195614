"""Notices into chat rooms: the JSON that Matrix, Slack, WeCom and Feishu take, and a signed one for the rest.

Written from their public documents: matrix-hookshot inbound webhooks; Slack incoming webhooks; WeCom group
robots; Feishu custom bots; Standard Webhooks 1.0 (the plain shape, signed by HMAC-SHA256).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from answerable.errors import ChannelTrouble
from answerable.publish.notify.http import cut, encoded, field_of, post_bytes, said
from answerable.publish.notify.message import Message, Post, Target
from answerable.records import Json

WECOM_BYTES = 2048  # of a text's content, UTF-8
# What WeCom and Feishu answer when they ask for patience rather than a change.
_LATER = frozenset({-1, 45009, 45033, 9499, 11232, 11233, 99991400})
_PREFIX = "whsec_"


@dataclass(frozen=True, slots=True)
class Shaped:
    """A request that is ready to go."""

    body: bytes
    headers: Mapping[str, str]


def standard(message: Message, secret: str, now: datetime) -> Shaped:
    """Plain JSON. With a secret, signed as Standard Webhooks say: HMAC-SHA256 over `id.timestamp.body`."""
    body = encoded(
        {
            "type": "notice.exercise" if message.exercise else "notice",
            "timestamp": now.isoformat(timespec="seconds"),
            "data": {
                "key": message.key,
                "from": message.sender,
                "title": message.title,
                "lines": list(message.lines),
                "link": message.link,
                "answer": message.answer,
                "note": message.foot,
                "language": message.language,
                "urgent": message.urgent,
                "exercise": message.exercise,
            },
        }
    )
    return Shaped(body, signed_headers(message.key, body, secret, now))


def signed_headers(key: str, body: bytes, secret: str, now: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks for this body; without a secret, without a signature."""
    at = int(now.timestamp())
    headers = {"webhook-id": key, "webhook-timestamp": str(at)}
    if secret:
        mac = hmac.digest(_key(secret), f"{key}.{at}.".encode() + body, "sha256")
        headers["webhook-signature"] = "v1," + base64.b64encode(mac).decode()
    return headers


def matrix(message: Message, _secret: str, _now: datetime) -> Shaped:
    """matrix-hookshot: `text` (Markdown would be read in it, so `html` says how it looks) and a name."""
    rows = "".join(f"<p>{html.escape(line)}</p>" for line in message.lines)
    links = _html_link(message.answer, message.answer_words) + _html_link(message.link, message.link_words)
    shown = f"<p><strong>{html.escape(message.title)}</strong></p>{rows}{links}"
    foot = f"<p><small>{html.escape(message.foot)}</small></p>"
    text = f"{message.title}\n\n{message.text}"
    return _unsigned({"text": text, "html": shown + foot, "username": message.sender})


def slack(message: Message, _secret: str, _now: datetime) -> Shaped:
    """Slack: `text` in its own markup, where & < > are escaped and a link is <address|words>."""
    links = [
        f"<{address}|{_slack(words)}>"
        for address, words in ((message.answer, message.answer_words), (message.link, message.link_words))
        if address
    ]
    parts = [f"*{_slack(message.title)}*", *map(_slack, message.lines), " · ".join(links)]
    text = "\n".join(part for part in [*parts, f"_{_slack(message.foot)}_"] if part)
    return _unsigned({"text": text, "unfurl_links": False, "unfurl_media": False})


def wecom(message: Message, _secret: str, _now: datetime) -> Shaped:
    """WeCom: a text of at most 2048 bytes; sentences in the middle give way, links and the foot stay."""
    whole = f"{message.title}\n{message.text}"
    if len(whole.encode()) > WECOM_BYTES:
        tail = f"\n\n{message.link}\n\n{message.foot}"
        said_so_far = "\n".join([message.title, *message.lines])
        whole = cut(said_so_far, WECOM_BYTES - len(tail.encode())) + tail
    return _unsigned({"msgtype": "text", "text": {"content": whole}})


def feishu(message: Message, secret: str, now: datetime) -> Shaped:
    """Feishu: a text; with a secret, the base64 HMAC-SHA256 of nothing under the key `timestamp\\nsecret`."""
    payload: dict[str, Json] = {"msg_type": "text", "content": {"text": f"{message.title}\n{message.text}"}}
    if secret:
        at = int(now.timestamp())
        mac = hmac.new(f"{at}\n{secret}".encode(), b"", hashlib.sha256).digest()
        payload = {"timestamp": str(at), "sign": base64.b64encode(mac).decode(), **payload}
    return _unsigned(payload)


SHAPES: Mapping[str, Callable[[Message, str, datetime], Shaped]] = {
    "json": standard,
    "matrix": matrix,
    "slack": slack,
    "wecom": wecom,
    "feishu": feishu,
}


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook of one shape."""

    shape: str
    post: Post

    def send(self, message: Message, to: Target, now: datetime) -> str:
        """The room's own answer as the receipt; a refusal inside a 200 is a refusal."""
        shaped = SHAPES[self.shape](message, to.secret, now)
        body = post_bytes(self.post, to.address, shaped.body, shaped.headers)
        code = {"wecom": ("errcode",), "feishu": ("code", "StatusCode")}.get(self.shape)
        if code:
            answered = field_of(body, *code)
            if answered != 0:
                why = said(body, to.secret) or "an answer without a result"
                raise ChannelTrouble(why, permanent=isinstance(answered, int) and answered not in _LATER)
        return said(body, to.secret) or "2xx"


def _unsigned(payload: Mapping[str, Json]) -> Shaped:
    return Shaped(encoded(payload), {})


def _html_link(address: str, words: str) -> str:
    return f'<p><a href="{html.escape(address)}">{html.escape(words)}</a></p>' if address else ""


def _slack(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _key(secret: str) -> bytes:
    """The signing key: base64 after `whsec_`, as the specification writes it, else the words themselves."""
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except (binascii.Error, ValueError):
            return secret.encode()
    return secret.encode()
