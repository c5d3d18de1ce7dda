"""What `nachtrag why` says of looks that quiet hours put off, and of what is gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from tests.site import Site
from tests.test_budget import product, spent, why

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(1) as serving:
        yield serving


def change(folder: Path, sql: str, *values: str, number: int = 1) -> None:
    with closing(sqlite3.connect(folder / "n.db")) as con, con:
        con.execute(f"UPDATE articles SET {sql} WHERE id = {number}", values)


def test_quiet_hours_that_have_put_a_look_off_are_named(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    now = datetime.now(UTC)
    begin, end = now - timedelta(hours=2), (now + timedelta(hours=3)).replace(second=0, microsecond=0)
    quiet = f'revisit = "20m"\nquiet = "{begin:%H:%M}-{end:%H:%M}"\n'
    made.config.write_text(made.config.read_text("utf-8") + quiet, "utf-8")
    change(tmp_path, "next_visit_at = ?", text_of(end + timedelta(minutes=20)))
    said = f"Its quiet hours last until {end:%Y-%m-%d %H:%M} UTC: what is due in them comes within the hour after."
    assert said in why(made, site)
    change(tmp_path, "next_visit_at = ?", text_of(end + timedelta(minutes=80)))
    assert "quiet hours" not in why(made, site)


def test_what_is_gone_is_looked_at_when_its_source_says_so(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    change(tmp_path, "state = 'gone', missing_since = '2026-11-24T12:00:00.000000+00:00'")
    assert "what is gone is looked at ever later." in why(made, site)
    made.config.write_text(made.config.read_text("utf-8") + 'cron = "*/20 * * * *"\n', "utf-8")
    said = 'it is looked at at fixed times, as its source "Kreisblatt" says: `cron` is */20 * * * *.'
    assert f"It is gone since 2026-11-24 12:00 UTC; {said}" in why(made, site)


def test_who_is_due_before_it_is_counted(tmp_path: Path) -> None:
    with Site(4) as site:
        made = product(tmp_path, site, budget="[budget]\nper_day = 1000\n")
        made.once()
        for number in range(1, 5):
            change(tmp_path, "next_visit_at = ?", f"2026-11-24T12:0{number}:00.000000+00:00", number=number)
        last = why(made, site, 3)
        assert last.endswith(" 2 looks at its host are due before it.\n")
        assert "budget for looks" not in last
        change(tmp_path, "next_visit_at = (SELECT next_visit_at FROM articles WHERE id = 3)")
        assert why(made, site, 3).endswith(" 2 looks at its host are due before it.\n"), "as old as it, and first"
        change(tmp_path, "next_visit_at = '2026-11-24T12:01:00.000000+00:00'")
        assert "due before it" not in why(made, site, 1)
        spent(made, per_day=1000)
        assert why(made, site, 3).endswith("what is due waits for it, 2 other looks before this one.\n")
        with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
            con.execute("UPDATE learned SET value = '[0.0]' WHERE name = 'spent'")
            con.execute("UPDATE learned SET value = '1.5' WHERE name = 'saved'")
        said = "But the budget for looks does not pay for all that is due, and 2 looks of that come first."
        assert said in why(made, site, 3)
        change(tmp_path, "paused = 1")
        assert " and 1 look of that comes first." in why(made, site, 3)
