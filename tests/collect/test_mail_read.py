"""One mail as bytes: charsets, HTML, parts, who wrote it; hostile ones are read or refused, never more."""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.mailbox import mail as parser
from answerable.collect.mailbox.charset import decoded
from answerable.collect.troubles import TROUBLES
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from tests.collect.mails import mail, parts

WATER = "停水三天了,什麼時候恢復?水務局沒有回答。"
SIMPLE = "停水三天了,什么时候恢复?水务局没有回答。"


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """One pool for all tests here."""
    with ParsePool(1) as running:
        yield running


def one(raw: bytes) -> parser.Mail:
    """The mail as the worker hands it out."""
    (found,) = parser.read(raw)
    return found


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (SIMPLE, "gb18030", "gb18030"), (SIMPLE, "gb18030", "GB2312"), (SIMPLE, "gbk", "gbk"), (SIMPLE, "gb18030", ""),
        (SIMPLE, "gb18030", "us-ascii"), (WATER, "big5", "big5"), (WATER, "big5", "x-unknown"), (WATER, "cp950", ""),
        ("水が三日も止まっています。いつ直りますか?", "iso2022_jp", "ISO-2022-JP"), ("水が止まっています", "iso2022_jp", ""),
        ("水が止まっています", "cp932", "Shift_JIS"), ("Вода не идёт", "koi8-r", "koi8-r"), ("El agua está marrón", "latin-1", "iso-8859-1"),
        ("L’eau coûte 3 €", "cp1252", "iso-8859-1"), ("Das Wasser ist trüb", "utf-8", "iso-8859-1"), ("Größe €", "utf-8", ""),
        ("Größe", "latin-1", "utf-8"), ("Größe", "latin-1", "no-such-charset"), ("물이 안 나와요", "euc-kr", "ks_c_5601-1987"),
        ("عاجل: انقطاع المياه", "cp1256", "windows-1256"), ("Größe", "utf-16", "utf-16"), (SIMPLE, "hz", "hz-gb-2312"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("coding", ["8bit", "base64"])
def test_charsets_are_read_whatever_the_label_says(text: str, codec: str, label: str, coding: str) -> None:
    """Chinese, Japanese, Korean, Russian, Arabic and Western mail, rightly, wrongly and not labelled."""
    raw = text.encode(codec)
    if codec == "utf-16" and coding == "8bit":
        return  # holds NULs and line ends of its own: no program sends it so
    kind = f"text/plain; charset={label}" if label else "text/plain"
    body = base64.encodebytes(raw) if coding == "base64" else raw
    assert one(mail(body, kind=kind, Content_Transfer_Encoding=coding))["text"] == text


def test_broken_bytes_cost_only_themselves() -> None:
    """A text cut in the middle of a character keeps all the others; a label of a codec for no text is ignored."""
    assert one(mail(SIMPLE.encode("gb18030")[:-1], kind="text/plain; charset=gbk"))["text"].startswith(
        SIMPLE[:-1]
    )
    for label in (
        "rot13",
        "zip",
        "idna",
        "punycode",
        "unicode_escape",
        "undefined",
        "base64",
        "\x00",
        "x" * 5_000,
    ):
        assert decoded("Größe".encode(), label) == "Größe"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?gb2312?B?zaPLrsj9zOw=?=", "停水三天"),
        ("=?utf-8?Q?Caf=C3=A9?= =?utf-8?Q?_am_See?=", "Café am See"),
        ("=?UTF-8?B?5YGc?=\r\n =?UTF-8?B?5rC0?=", "停水"),
        ("=?iso-2022-jp?B?GyRCP2UbKEI=?=", "水"),
        ("=?utf-8?B?5YGc5r?= =?utf-8?B?C0?=", None),  # a character cut between two words: no error is enough
        ("Größe", "Größe"),
        ("=?no-such?Q?water?=", "water"),
        ("=?utf-8?B?%%%?=", None),
        ("AW: Re: WG: Wasser", "Wasser"),
        ("回复:回复: 停水", "停水"),
        ("Research: water", "Research: water"),
        ("a\tb\r\n c", "a b c"),
    ],
)
def test_subjects_are_decoded(written: str, read: str | None) -> None:
    """Encoded words, naked bytes, several in a row, broken ones; "Re:" in the languages of mail programs goes."""
    title = one(mail(subject=written))["title"]
    assert read is None or title == read


def test_the_plain_part_is_preferred_unless_it_says_nothing() -> None:
    """Of two alternatives the plain one is read; "your program shows no HTML" is not what somebody said."""
    html = (
        "Content-Type: text/html; charset=utf-8",
        "<p>The <b>lamp</b> at the school is broken since Monday night.</p>",
    )
    kind, body = parts(
        ("Content-Type: text/plain", "The lamp is broken, says the plain part of this mail."),
        html,
        kind="alternative",
    )
    assert one(mail(body, kind=kind))["text"] == "The lamp is broken, says the plain part of this mail."
    kind, body = parts(("Content-Type: text/plain", "This mail needs HTML."), html, kind="alternative")
    assert one(mail(body, kind=kind))["text"] == "The lamp at the school is broken since Monday night."


def test_html_alone_is_read_without_quotes_scripts_and_hidden_words() -> None:
    """Words and line breaks of an HTML mail stay; quoted mails, signatures, scripts, what is hidden and pictures
    that spy do not."""
    markup = (
        "<html><head><style>p{}</style></head><body><div style='display:none'>preview of it</div>"
        "<p>No&nbsp;water<br>since Monday.</p><ul><li>Mill Lane</li><li>Tower Street</li></ul><script>alert(1)</script>"
        "<img src='https://spy.example/1.gif'><div class='gmail_signature'>Ann Reader</div>"
        "<div class='gmail_quote'><div class='gmail_attr'>On Tue, 3 Mar 2026 at 9:14, Office &lt;w@t.example&gt; wrote:</div>"
        "<blockquote>Dear Ann</blockquote></div></body></html>"
    )
    assert (
        one(mail(markup, kind="text/html; charset=utf-8"))["text"]
        == "No water\nsince Monday.\n\n- Mill Lane\n- Tower Street"
    )


def test_outlook_and_apple_quotes_in_html_go() -> None:
    """Outlook quotes without a mark of its own but a block of headers, Apple in a blockquote below "wrote:"."""
    outlook = (
        "<p>Still no water.</p><div id='divRplyFwdMsg'><b>From:</b> Office &lt;w@t.example&gt;<br><b>Sent:</b> Tuesday<br>"
        "<b>To:</b> Ann<br><b>Subject:</b> Water</div><p>Dear Ann, we look at it.</p>"
    )
    plain_outlook = outlook.replace(" id='divRplyFwdMsg'", "")
    apple = "<div>Still no water.</div><br><div><blockquote type='cite'><div>On 3 Mar 2026, at 09:14, Office wrote:</div>Dear Ann</blockquote></div>"
    for markup in (outlook, plain_outlook, apple):
        assert one(mail(markup, kind="text/html"))["text"] == "Still no water."


def test_attachments_are_no_words() -> None:
    """What is attached is not read as if it had been said, whatever its type claims."""
    kind, body = parts(
        ("Content-Type: text/plain", "See the photo."),
        ("Content-Type: text/plain\nContent-Disposition: attachment; filename=list.txt", "Ann, Bob, Carol"),
        (
            "Content-Type: application/pdf\nContent-Transfer-Encoding: base64",
            base64.b64encode(b"%PDF").decode(),
        ),
    )
    assert one(mail(body, kind=kind))["text"] == "See the photo."


def test_a_header_of_endless_parameters_is_cut() -> None:
    """Of a header some thousand characters are kept, in the mail and in its parts: their number costs no square."""
    endless = "text/plain; charset=utf-8" + "; a=b" * 50_000
    found = parser.message_of(mail(b"The pump is broken.", kind=endless))
    assert len(found["Content-Type"]) <= 20_000
    assert one(mail(b"The pump is broken.", kind=endless))["text"] == "The pump is broken."
    kind, body = parts((f"Content-Type: {endless}", "Words"))
    (part,) = parser.leaves(parser.message_of(mail(body, kind=kind)))
    assert len(part["Content-Type"]) <= 20_000


def test_wrapped_lines_are_joined() -> None:
    """format=flowed: lines that a program broke are one line again; quotes and signatures are still known."""
    text = "The water in Mill Lane \nhas been brown \nsince Tuesday.\n\nWhen?\n-- \nAnn"
    assert (
        one(mail(text, kind="text/plain; format=flowed"))["text"]
        == "The water in Mill Lane has been brown since Tuesday.\n\nWhen?"
    )


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("auto_reply", {"Auto_Submitted": "auto-replied"}), ("auto_reply", {"X_Autoreply": "yes"}),
        ("auto_reply", {"Precedence": "auto_reply"}), ("auto_reply", {"subject": "Automatic reply: Water"}),
        ("auto_reply", {"subject": "Abwesenheitsnotiz: Urlaub"}), ("auto_reply", {"subject": "Respuesta automática: Agua"}),
        ("auto_reply", {"subject": "Réponse automatique : Eau"}), ("auto_reply", {"subject": "自动回复: 停水"}),
        ("auto_reply", {"subject": "=?utf-8?B?6Ieq5YuV5Zue6KaGOiDlgZzmsLQ=?="}),
        ("bounce", {"kind": "multipart/report; report-type=delivery-status; boundary=b"}),
        ("bounce", {"sender": "Mail Delivery <MAILER-DAEMON@t.example>", "Return_Path": "<>"}),
        ("bounce", {"X_Failed_Recipients": "x@y.example"}),
        ("bounce", {"kind": "multipart/report; report-type=disposition-notification; boundary=b"}),
        ("loop", {"X_Loop": "answerable"}),
        ("", {}), ("", {"Auto_Submitted": "no"}), ("", {"Auto_Submitted": "auto-generated"}), ("", {"X_Loop": "list@lists.example"}),
        ("", {"subject": "Re: Automatic reply: Water"}), ("", {"subject": "Automatic replies of your office do not help"}),
        ("", {"List_Id": "<fenmoor.lists.example>", "Precedence": "list"}), ("", {"sender": "postmaster@school.example"}),
        ("", {"Precedence": "bulk"}),
    ],
)  # fmt: skip
def test_what_no_person_wrote_is_known(reason: str, change: dict[str, str]) -> None:
    """Automatic replies, failed deliveries and our own notices; web forms, lists and newsletters are read."""
    found = one(mail(**change))  # type: ignore[arg-type]
    assert found["left_out"] == reason
    assert bool(found["text"]) is not bool(reason)


def test_mails_in_circles_are_known() -> None:
    """Delivered three times to one address, or over more servers than any way has: it goes in a circle."""
    circle = "Delivered-To: desk@town.example\r\n" * 3
    hops = "".join(f"Received: from a{n} by b{n}\r\n" for n in range(50))
    for extra in (circle, hops):
        assert one(extra.encode() + mail())["left_out"] == "loop"
    assert one(b"Delivered-To: desk@town.example\r\nReceived: from a by b\r\n" + mail())["left_out"] == ""


def test_a_mail_is_the_same_wherever_it_lies_and_none_can_pass_for_another() -> None:
    """Lines that servers add on the way change no id; the same Message-ID with other words is another mail."""
    raw = mail("The lamp is broken.")
    assert one(b"Received: from x\r\nX-Spam: no\r\n" + raw)["id"] == one(raw)["id"]
    others = (mail("The lamp is fine."), mail("The lamp is broken.", sender="Eve <eve@post.example>"))
    assert len({one(other)["id"] for other in (raw, *others)}) == 3
    assert "post.example" not in one(raw)["id"]


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("Ann <ann@post.example>", "ann@post.example"), ("ann@post.example", "ann@post.example"),
        ('"ann@bank.example" <eve@post.example>', "eve@post.example"), ("=?utf-8?Q?Ann?= <ann@post.example>", "ann@post.example"),
        ("Ann Reader", "Ann Reader"), ("", ""), ("<" * 5_000, None), ("a@" * 3_000, None),
    ],
)  # fmt: skip
def test_author_is_the_address(sender: str, author: str | None) -> None:
    """A pseudonym is made from the address, never from a name that claims to be one."""
    found = one(mail(sender=sender))["author"]
    assert author is None or found == author
    assert len(found) <= 500


# Each makes a hostile mail of a size.
HOSTILE: dict[str, Callable[[int], bytes]] = {
    "nested": lambda n: mail("".join(f"--b{k}\nContent-Type: multipart/mixed; boundary=b{k + 1}\n\n" for k in range(n // 60)), kind="multipart/mixed; boundary=b0"),
    "rfc822 in rfc822": lambda n: b"Content-Type: message/rfc822\n\n" * (n // 30),
    "many parts": lambda n: mail("--b\nContent-Type: text/plain\n\nx\n" * (n // 35), kind="multipart/mixed; boundary=b"),
    "many headers": lambda n: b"X-A: b\n" * (n // 7) + b"\nx",
    "one header": lambda n: b"Subject: " + b"a" * n + b"\n\nx",
    "folded header": lambda n: b"Subject: a\n" + b" b\n" * (n // 3) + b"\nx",
    "encoded words": lambda n: b"Subject: " + b"=?utf-8?q?a?= " * (n // 14) + b"\n\nx",
    "half encoded words": lambda n: b"Subject: " + b"=?utf-8?q?" * (n // 10) + b"\n\nx",
    "parameters": lambda n: b"Content-Type: text/plain; " + b"a*0*=b; " * (n // 8) + b"\n\nx",
    "quotes in parameters": lambda n: b'Content-Type: multipart/mixed; boundary="' + b'\\"' * (n // 2) + b"\n\nx",
    "dates": lambda n: b"Date: " + b"1 " * (n // 2) + b"\n\nx",
    "comments": lambda n: b"From: " + b"(" * n + b"\n\nx",
    "at signs": lambda n: b"From: " + b"a@" * (n // 2) + b"\n\nx",
    "html depth": lambda n: mail("<div>" * (n // 5), kind="text/html"),
    "html attributes": lambda n: mail("<p " + "a='b' " * (n // 6) + ">x", kind="text/html"),
    "html quotes": lambda n: mail("<blockquote>x" * (n // 13), kind="text/html"),
    "html entities": lambda n: mail("&amp;" * (n // 5), kind="text/html"),
    "html open tags": lambda n: mail("<a" * (n // 2), kind="text/html"),
    "html styles": lambda n: mail("<b style='display:'>" * (n // 20), kind="text/html"),
    "base64 dust": lambda n: mail("=" * n, Content_Transfer_Encoding="base64"),
    "quoted printable": lambda n: mail("=\n" * (n // 2), Content_Transfer_Encoding="quoted-printable"),
    "uuencode": lambda n: mail("begin 644 a\n" + "M" * n, Content_Transfer_Encoding="x-uuencode"),
    "boundary lines": lambda n: mail("--b\n" * (n // 4), kind="multipart/mixed; boundary=b"),
    "utf-7": lambda n: mail("+AAA-" * (n // 5), kind="text/plain; charset=utf-7"),
    "escapes": lambda n: mail(b"\x1b$B" * (n // 3), kind="text/plain; charset=iso-2022-jp"),
    "NULs": lambda n: mail(b"\x00" * n),
    "flowed": lambda n: mail("a \n" * (n // 3), kind="text/plain; format=flowed"),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_mail_is_read_or_refused_by_a_limit(pool: ParsePool, kind: str) -> None:
    """A megabyte of each trick is read within a worker's two seconds and 256 MB, or refused by a named limit."""
    assert _outcome(pool, HOSTILE[kind](1_000_000)) in ("read", "mail_nested", "mail_headers")


def _mutated(luck: random.Random, raw: bytes) -> bytes:
    """The mail with a few things wrong: bytes changed, removed, doubled, swapped with another place."""
    out = bytearray(raw)
    for _ in range(luck.randint(1, 12)):
        at, size = luck.randrange(len(out) + 1), luck.choice((1, 1, 1, 4, 30, 200))
        what = luck.randrange(5)
        if what == 0:
            out[at : at + size] = bytes(luck.randrange(256) for _ in range(size))
        elif what == 1:
            del out[at : at + size]
        elif what == 2:
            out[at:at] = out[at : at + size] * luck.randint(1, 20)
        elif what == 3:
            out[at:at] = luck.choice(
                (
                    b"\r\n",
                    b"\n\n",
                    b"\x00",
                    b"--b1",
                    b"--b1--",
                    b"=?",
                    b"?=",
                    b"Content-Type: ",
                    b'"',
                    b";",
                    b"\xff",
                )
            )
        else:
            other = luck.randrange(len(out) + 1)
            out[at : at + size], out[other : other + size] = out[other : other + size], out[at : at + size]
    return bytes(out)


def _seeds() -> list[bytes]:
    html = (
        "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: quoted-printable",
        "<p>=CD=A3=CB=AE</p><blockquote>x</blockquote>",
    )
    plain = ("Content-Type: text/plain; charset=iso-2022-jp", "水".encode("iso2022_jp"))
    inner = parts(plain, html, kind="alternative", boundary="b2")
    kind, body = parts(
        (f"Content-Type: {inner[0]}", inner[1]),
        ("Content-Type: image/png; name==?utf-8?q?a?=\nContent-Transfer-Encoding: base64", "iVBORw0KGgo="),
    )
    return [
        mail(body, kind=kind), mail("On Tue, 3 Mar 2026, Bob wrote:\n> x\n\nyes\n-- \nAnn", kind="text/plain; format=flowed; charset*=utf-8''utf-8"),
        mail(b"=E5=81=9C=\r\n=E6=B0=B4", Content_Transfer_Encoding="quoted-printable", subject="=?utf-8?B?5YGc5rC0?="),
        mail(parts(plain, ("Content-Type: message/rfc822", mail("inner")))[1], kind="multipart/digest; boundary=b1"),
    ]  # fmt: skip


def _outcome(pool: ParsePool, raw: bytes) -> str:
    try:
        (found,) = pool.run("mail", raw)
    except SourceTrouble as trouble:
        return trouble.code
    assert isinstance(found, dict)
    assert str(found["id"]).startswith("mail:")
    return "read"


def test_mutated_mails_are_read_or_set_apart(pool: ParsePool, seed: int) -> None:
    """Every damaged mail is read, or refused by a limit with a sentence: none makes the parser stop."""
    luck, seeds = random.Random(seed), _seeds()
    outcomes = [_outcome(pool, _mutated(luck, luck.choice(seeds))) for _ in range(400)]
    assert set(outcomes) <= {"read", "mail_nested", "mail_headers"}
    assert outcomes.count("read") > 350


@pytest.mark.deep
def test_ten_thousand_mutated_mails_and_two_minutes_of_fuzz(seed: int) -> None:
    """B6 and B1: ten thousand damaged mails, then two minutes more; each read or refused, no worker dies."""
    luck, seeds = random.Random(seed), _seeds()
    counts: dict[str, int] = {}
    ends = time.monotonic() + 120
    done = 0
    with ParsePool(1) as pool:
        pids = pool.pids()
        while done < 10_000 or time.monotonic() < ends:
            raw = _mutated(luck, luck.choice(seeds))
            code = _outcome(pool, raw)
            if code == "too_slow":  # on a busy machine anything may be, once
                code, pids = _outcome(pool, raw), pool.pids()
            counts[code] = counts.get(code, 0) + 1
            done += 1
            if code == "read" and len(raw) < 20_000 and luck.random() < 0.05:
                seeds.append(raw)  # damage adds up
        assert pool.pids() == pids
    print(counts)
    assert set(counts) <= {"read", "mail_nested", "mail_headers"}
    assert set(counts) - {"read"} <= set(TROUBLES)


def _read_or_named(raw: bytes) -> dict[str, Any]:
    """The mail, or the trouble's code under "trouble"; anything else that is raised fails the test."""
    try:
        return dict(one(raw))
    except SourceTrouble as trouble:
        return {"trouble": trouble.code}


@given(st.binary(max_size=600))
def test_any_bytes_are_a_mail_or_refused(raw: bytes) -> None:
    """Whatever comes: one mail with an id, or a trouble that has a sentence."""
    found = _read_or_named(raw)
    assert found.get("id") or found["trouble"] in TROUBLES
    assert isinstance(found.pop("bulk", False), bool)
    assert found.pop("returned", None) is None, "no bytes by chance hold a letter of ours"
    assert isinstance(found.pop("pictures", False), bool)
    assert isinstance(found.pop("files", False), bool)
    assert all(isinstance(value, str) for value in [*found.pop("refers", []), *found.values()])


@given(st.lists(st.sampled_from(["Content-Type: multipart/mixed; boundary=b", "--b", "--b--", "", "Subject: =?x?q?a?=", "Content-Transfer-Encoding: base64", "QQ==", "> x", "On a wrote:", "Content-Type: text/html", "<p>x", "From: a@b"]), max_size=30))  # fmt: skip
def test_any_order_of_lines_is_a_mail_or_refused(lines: list[str]) -> None:
    """Pieces of mails in any order never raise anything but a named trouble."""
    found = _read_or_named("\r\n".join(lines).encode())
    assert found.get("id") or found["trouble"] in TROUBLES


def test_a_line_may_be_as_long_as_it_likes() -> None:
    """B4: every word is whole and none is lost, wherever the reader ends a line that is longer than mail allows.

    Sabotage: end it anywhere.
    """
    longest = 1 << 18  # bytes, as in the reader
    for before in range(longest - 20, longest + 5, 4):
        said = f"<p>{' ' * (before - 3)}watermark {' ' * longest}is<b> off</b>"
        assert one(mail(said, kind="text/html"))["text"] == "watermark is off"
