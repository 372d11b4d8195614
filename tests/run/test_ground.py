"""The ground the tests stand on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from answerable.errors import NotReady
from answerable.run import start
from answerable.store.models import Person, Unit


@pytest.mark.store
@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_a_fresh_desk(desk: Any, turn: int) -> None:
    """What one test writes, the next does not see."""
    assert sorted(Person.objects.values_list("login", flat=True)) == ["alice", "bob", "carol", "charlie"]
    Unit.objects.create(name="Parks and Festivals", parent=desk.top, path=f"/{desk.top.pk}/9/")
    assert Unit.objects.count() == 3


def test_an_older_sqlite_is_refused() -> None:
    """A SQLite whose WAL can be corrupted never touches the data."""
    with pytest.raises(NotReady, match=r"3\.40\.1.*3\.51\.3"):
        start.check_sqlite((3, 40, 1))
    start.check_sqlite((3, 51, 3))


def test_home_is_private(tmp_path: Path) -> None:
    """The data folder can be read by its owner alone."""
    start.make_home(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_a_home_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    """A data folder that cannot be made says so in one line that names the setting."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotReady, match="ANSWERABLE_HOME") as caught:
        start.make_home(tmp_path / "file" / "home")
    assert "\n" not in str(caught.value)
