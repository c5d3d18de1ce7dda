"""What `nachtrag why` says of looks that quiet hours put off, and of what is gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from tests.site import Site
from tests.test_budget import product, why

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(1) as serving:
        yield serving


def change(folder: Path, sql: str, *values: str) -> None:
    with closing(sqlite3.connect(folder / "n.db")) as con, con:
        con.execute(f"UPDATE articles SET {sql} WHERE id = 1", values)


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
