"""Promise 3: no dossiers. Of a private author nothing is kept that names, finds, lists or follows them.

Sabotage: let the door keep the address of a private post; it stands in the rows, and names its author.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

import answerable
from answerable.collect.door import admit
from answerable.collect.keys import SourceKeys
from answerable.records import Incoming, Item, SourceClass, SourceFacts
from answerable.store import submissions
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Person, Source
from tests.cast import Desk
from tests.store.test_submissions import hand_on

SABOTAGE = ("answerable/collect/door.py", 'link="" if private else link,', "link=link,")

PACKAGE = Path(answerable.__file__).parent
NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)
# Code that would list, find, filter, sort or group by an author. A distinct count is the one use there is.
BY_AUTHOR = re.compile(
    r"(?:filter|exclude|order_by|values|values_list|distinct)\([^)]*\bauthor(?:__|\"|'|=)"
    r"|(?:GROUP BY|ORDER BY|WHERE|HAVING)[^\"'\n]*\bauthor|\bauthor\s*(?:=|IN|LIKE)\s*(?:%s|\?)"
)

handles = st.text("abcdefghijklmnopqrstuvwxyzäñ0123456789_", min_size=12, max_size=20)


@given(handle=handles, exercise=st.booleans())
def test_nothing_of_an_item_names_its_private_author(handle: str, exercise: bool) -> None:
    """Name, handle, address and id of a private author stand nowhere in what leaves the door."""
    found = Incoming(
        external_id=f"at://did:plc:{handle}/post/1",
        text=f"Water is off, says @{handle}. https://social.example/@{handle}/2 did:plc:{handle}",
        title=f"@{handle}: water",
        link=f"https://social.example/@{handle}/1",
        author=f"@{handle}",
        published=NOW,
    )
    source = SourceFacts(1, "feeds", "https://social.example/feed", SourceClass.PUBLIC, exercise)
    kept = admit(found, source, SourceKeys.throwaway(), heard=NOW)
    assert isinstance(kept, Item)
    assert handle.encode() not in repr(dataclasses.astuple(kept)).encode()
    assert kept.author is not None
    assert (len(kept.author), len(kept.key), len(kept.link_key or b"")) == (16, 16, 16)


def test_pseudonyms_rotate_and_tell_nothing_across_sources(tmp_path: Path) -> None:
    """The same author has another pseudonym in each source and after 90 days; duplicates are found for good."""
    ring = Keyring.open(tmp_path)
    found = Incoming("1", "water", author="maren", link="https://social.example/@maren/1")

    def heard(number: int, when: datetime) -> Item:
        source = SourceFacts(number, "feeds", "x", SourceClass.PUBLIC)
        item = admit(found, source, ring.for_source(number, when), heard=when)
        assert isinstance(item, Item)
        return item

    first, soon, late, other = (
        heard(1, NOW), heard(1, NOW + timedelta(days=89)), heard(1, NOW + timedelta(days=91)), heard(2, NOW),
    )  # fmt: skip
    assert first.author == soon.author
    assert len({first.author, late.author, other.author}) == 3
    assert (first.key, first.link_key) == (late.key, late.link_key)
    assert first.key != other.key


def canaries(rng: Random) -> tuple[list[dict[str, str]], list[str]]:
    """Posts of private people, and the words that must not be found anywhere afterwards."""
    posts, secret = [], []
    for number in range(60):
        name = "canary" + "".join(rng.choices("bcdfghjkmnpqrstvwxz", k=12))
        secret.append(name)
        posts.append(
            {
                "id": f"at://did:plc:{name}/app/{number}",
                "text": f"No water in Mill Lane since {number} o'clock, asks @{name} https://social.example/@{name}/{number}",
                "time": (NOW + timedelta(minutes=number)).isoformat(),
                "link": f"https://social.example/@{name}/{number}",
                "author": f"{name}@social.example",
            }
        )
    return posts, secret


@pytest.mark.store
def test_planted_names_are_found_nowhere_on_the_desk(desk: Desk, tmp_path: Path, seed: int) -> None:
    """Import sixty posts with canary names: no row, file, log, index or export of the desk holds one of them."""
    posts, secret = canaries(Random(seed))
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps(post) + "\n" for post in posts))
    said = _run("import", str(file)) + _run("export", "items") + _run("stories", "--json")
    assert ItemRow.objects.count() == 60
    everything = _rows() + said.encode() + _files(desk.home)
    assert b"Mill Lane" in everything
    found = [name for name in secret if name.encode() in everything or name.encode("utf-16-le") in everything]
    assert found == []
    ring = Keyring.open(desk.home)
    for key in dataclasses.astuple(ring.for_source(ItemRow.objects.values_list("source", flat=True)[0])):
        assert key.hex().encode() not in _rows()


@pytest.mark.store
def test_what_reaches_a_person_by_a_form_is_found_nowhere(desk: Desk, tmp_path: Path, seed: int) -> None:
    """A thousand handles, mails, telephone numbers and accounts told by form, Open311 and telephone: no row, file,
    log, ledger, export or backup holds one, neither before nor after the engine has the items.
    """
    rng, ring = Random(seed), Keyring.open(desk.home)
    secret: list[str] = []
    for number, came_by in enumerate(["form", "open311", "phone", "paper", "in_person"] * 50):
        name = "canary" + "".join(rng.choices("bcdfghjkmnpqrstvwxz", k=12))
        phone = f"0163296{rng.randrange(10**4):04}"
        mail, other = f"{name}@mail.example", f"own{name}@home.example"
        secret += [name, phone, mail, other]
        words = f"No water in Mill Lane, says @{name}, call {phone} or {mail} ({number})"
        told = submissions.Told(came_by, "report", words, place=f"Mill Lane, ask @{name}", contact=other)
        submissions.receive(
            told, f"form {number}", ring=ring, desk="https://a.example", contact_days=9, now=desk.now
        )
    assert len(secret) == 1000
    before = _rows() + _files(desk.home)
    for source in Source.objects.filter(kind="form"):
        hand_on(desk, source)
    assert ItemRow.objects.count() == 250
    said = _run("export", "items") + _run("stories", "--json") + _run("backup", str(tmp_path / "copy.zip"))
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        copied = b"".join(archive.read(name) for name in archive.namelist())
    everything = before + _rows() + _files(desk.home) + said.encode() + copied
    assert b"Mill Lane" in everything
    assert [word for word in secret if word.encode() in everything] == []


def _run(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "answerable.run.cli", *command],
        capture_output=True, text=True, env=dict(os.environ), timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def _rows() -> bytes:
    """Every value of every table, text as it is and bytes both raw and as hex."""
    out: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    out += [raw, raw.hex().encode()]
    return b"\n".join(out)


def _files(folder: Path) -> bytes:
    """Everything below the data folder: database, write-ahead log, key file, logs."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_table_is_keyed_by_an_author() -> None:
    """One column of one table holds pseudonyms; no key, index or constraint leads to them, nothing points at them."""
    holders = [
        (model.__name__, field.name)
        for model in apps.get_app_config("store").get_models()
        for field in model._meta.get_fields()
        if re.search("author|handle|nickname", field.name)
    ]
    # Who handles a case is a registered colleague, which the row itself proves.
    assert sorted(holders) == [("Case", "handler"), ("ItemRow", "author")]
    assert apps.get_model("store", "Case")._meta.get_field("handler").related_model is Person
    meta = ItemRow._meta
    field = meta.get_field("author")
    assert (field.unique, field.db_index, field.primary_key) == (False, False, False)
    for rule in (*meta.indexes, *meta.constraints):
        assert "author" not in {name.lstrip("-") for name in getattr(rule, "fields", ())}


def test_no_code_lists_or_groups_by_author() -> None:
    """Outside the door and the row's own writing, no query names the author but to count distinct ones."""
    for path in sorted(PACKAGE.rglob("*.py")):
        folder = path.relative_to(PACKAGE).parts[0]
        if folder in {"store", "web", "report", "run", "alert"} and "migrations" not in path.parts:
            assert BY_AUTHOR.search(path.read_text("utf-8")) is None, path
    for guilty in (
        "filter(author=x)",
        'values("author")',
        '"SELECT 1 GROUP BY author"',
        '"WHERE i.author = %s"',
    ):
        assert BY_AUTHOR.search(guilty), guilty
    assert not BY_AUTHOR.search('"SELECT count(DISTINCT author) FROM items"')
