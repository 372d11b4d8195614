"""What holds for every page: strict headers, nothing inline, exercise marks, three languages, kept files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from answerable.web import pages
from answerable.web.middleware import CSP
from tests.cast import Desk
from tests.web import stage
from tests.web.access_matrix import MATRIX
from tests.web.test_access import setting

WEB = Path(pages.__file__).parent
# `report_alone` is a file that people save and send: it is never served, and brings its looks with it.
ALONE = {"report_alone.html"}
TEMPLATES = [path for path in sorted((WEB / "templates").rglob("*.html")) if path.name not in ALONE]
# style attributes, event handlers, inline scripts and styles, addresses that run
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|<script(?![^>]*\b(?:src=|type="application/ld\+json"))|javascript:|hx-on""",
    re.I,
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_style_or_script(template: Path) -> None:
    """`style-src 'self'` and `script-src 'self'` hold because nothing is inline.

    Sabotage: write style="..." into any template.
    """
    assert not INLINE.search(template.read_text("utf-8"))
    assert "| safe" not in re.sub(
        r"""(['"])[ \w="-]*\1 \| safe( ~ lang ~ '"' \| safe)?""", "", template.read_text("utf-8")
    )


@pytest.mark.parametrize("route", sorted(name for name, row in MATRIX.items() if "GET" in row.methods))
def test_every_page_carries_the_policy(desk: Desk, route: str) -> None:
    """Also a page that refuses or is not there: the policy, nosniff, no frames, no foreign referrer.

    Sabotage: send one page without the middleware's headers.
    """
    setting(desk, exercise=route.startswith("exercise:"))
    for browser in (stage.client(), stage.client(desk.alice), stage.client(desk.charlie)):
        with stage.clock():
            headers = browser.get(reverse(route, kwargs=MATRIX[route].fill)).headers
        picture = headers["Content-Type"].startswith("image/svg")  # opened by itself it is a document
        assert headers["Content-Security-Policy"] == ("default-src 'none'; sandbox" if picture else CSP)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
        if route.startswith(("desk:", "exercise:")):
            assert headers["X-Robots-Tag"] == "noindex, nofollow"
            assert "no-store" in headers["Cache-Control"]


def test_the_policy_allows_nothing_foreign() -> None:
    """Everything that is allowed is allowed from ourselves alone, and inline code is not."""
    assert CSP.startswith("default-src 'none'")
    assert set(re.findall(r"'[\w-]+'|https?:|data:|\*", CSP)) == {"'none'", "'self'"}


@pytest.mark.parametrize(
    "path", ["", "stories", "stories/1", "stories/1/items", "sources", "search?q=water", "incidents"]
)
def test_exercise_pages_say_so(desk: Desk, path: str) -> None:
    """The band, the violet body, EXERCISE first in the title, noindex, and a mark on each row.

    Sabotage: drop the class `exercise` from the body.
    """
    stage.alert(stage.story(desk, stage.source(desk, exercise=True), exercise=True))
    with stage.clock():
        page = stage.client(desk.carol).get(f"/exercise/{path}").content.decode()
    assert "<title>EXERCISE · " in page
    assert '<body class="staff exercise">' in page
    assert 'class="exercise-band"' in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    if path not in {"incidents"}:
        assert 'class="tag tag-exercise"' in page


def test_real_pages_have_no_exercise_mark(desk: Desk) -> None:
    """Violet means exercise, and nothing else does."""
    stage.story(desk, stage.source(desk))
    with stage.clock():
        for path in ("/desk/", "/desk/stories/1", "/sign-in", "/"):
            page = stage.client(desk.carol).get(path).content.decode()
            assert "exercise-band" not in page
            assert "EXERCISE" not in page


@pytest.mark.parametrize(
    ("wish", "tag"), [("en", "en"), ("es", "es"), ("zh", "zh-Hans"), ("zh-TW", "zh-Hans"), ("xx", "en")]
)
def test_the_reader_chooses_the_language(desk: Desk, wish: str, tag: str) -> None:
    """?lang= is kept in a cookie; a language we do not speak falls back."""
    browser = stage.client()
    assert f'<html lang="{tag}"' in browser.get("/sign-in", {"lang": wish}).content.decode()
    expected = tag if wish in {"en", "es", "zh"} else "en"
    assert f'<html lang="{expected}"' in browser.get("/sign-in").content.decode()


def test_the_browser_s_language_is_taken(desk: Desk) -> None:
    """Accept-Language decides when nothing else does, by its weights; nonsense in it is no error."""
    get = stage.client().get
    assert (
        '<html lang="es"'
        in get("/sign-in", headers={"Accept-Language": "fr;q=0.9, es;q=0.8, en;q=0.1"}).content.decode()
    )
    assert '<html lang="zh-Hans"' in get("/sign-in", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert '<html lang="en"' in get("/sign-in", headers={"Accept-Language": ";q=x,,,\x00"}).content.decode()


def test_a_person_s_language_follows_them(desk: Desk) -> None:
    """The language set on the settings page holds on another machine."""
    with stage.clock():
        browser = stage.client(desk.carol)
        assert browser.post("/desk/settings/language", {"language": "es"}).status_code == 302
        assert '<html lang="es"' in stage.client(desk.carol).get("/desk/").content.decode()
        assert browser.post("/desk/settings/language", {"language": "xx"}).status_code == 400


def test_files_of_the_look_are_kept_for_ever_and_never_stale(desk: Desk) -> None:
    """The address holds a hash of the content; another hash is not there."""
    get = stage.client().get
    address = pages.static("base.css")
    answer = get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content == (pages.STATIC / "base.css").read_bytes()
    assert get("/static/0123456789ab/base.css").status_code == 404
    for name in ("..%2Fpages.py", ".gitignore", "nothing.css", "%2e%2e%2fpages.py"):
        assert get(f"/static/0123456789ab/{name}").status_code == 404


def test_the_vendored_script_names_its_licence() -> None:
    """htmx stands here whole, with its licence beside it."""
    assert "Zero-Clause BSD" in (pages.STATIC / "htmx.min.js").read_text("utf-8")[:200]
    assert "THE SOFTWARE IS PROVIDED" in (pages.STATIC / "htmx.LICENSE.txt").read_text("utf-8")


def test_no_page_forgets_a_name(desk: Desk) -> None:
    """A page that breaks says so in a sentence, with the policy, and not with a traceback."""
    from unittest.mock import patch

    browser = stage.client(desk.carol, raise_request_exception=False)
    with (
        stage.clock(),
        patch("answerable.web.staff.now_show.reading_moment", side_effect=RuntimeError("secret")),
    ):
        answer = browser.get("/desk/")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert answer.headers["Content-Security-Policy"] == CSP
