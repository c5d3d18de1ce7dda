"""A Stand beside times in UTC: where the page prints it in another zone, its moment is said in UTC, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.web.stands import in_utc, stand
from tests.web_server import change, html, plain, serving

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette

# What the page prints, its moment, and what is said beside it on the 26th.
BESIDE = [
    ("Stand: 26.11.2026 17:03 Uhr", "2026-11-26T16:03:00+00:00", "16:03 UTC"),
    ("Stand: 27.11.2026 00:25 Uhr", "2026-11-26T23:25:00+00:00", "23:25 UTC"),
    ("Stand: 26.11.2026 00:25 Uhr", "2026-11-25T23:25:00+00:00", "25 Nov 2026, 23:25 UTC"),
    ("Stand: 16.03.2026 17:03 Uhr", "2026-03-16T16:03:00+00:00", "16 Mar 2026, 16:03 UTC"),
    ("Updated 11:03 a.m. EST", "2026-11-26T16:03:00+00:00", "16:03 UTC"),
    # NZ is half a day ahead: the same figures, another half of the day.
    ("Updated 6:10 p.m.", "2026-11-26T06:10:00+00:00", "06:10 UTC"),
    ("Updated 6:10 a.m.", "2026-11-26T18:10:00+00:00", "18:10 UTC"),
    ("Updated 6:10 a.m.", "2026-11-26T06:10:00+00:00", ""),
    ("Updated 4.03pm", "2026-11-26T16:03:00+00:00", ""),
    ("Updated 12:10 a.m.", "2026-11-26T00:10:00+00:00", ""),
    ("Updated 16:03 GMT", "2026-11-26T16:03:00+00:00", ""),
    ("2026-11-26T16:03:41Z", "2026-11-26T16:03:41+00:00", ""),
    ("Stand: 26.11.2026", None, ""),
]


@pytest.mark.parametrize(("raw", "at", "said"), BESIDE)
def test_its_moment_is_said_where_the_zones_differ(raw: str, at: str | None, said: str) -> None:
    assert in_utc(raw, at, "2026-11-26") == said
    assert stand(raw, at, "2026-11-26").endswith(f" (= {said})" if said else stand(raw))


@pytest.mark.parametrize(
    ("language", "front", "dated"),
    [
        ("en", "Stand: 24.11.2026 12:01 Uhr (= 11:01 UTC)", "Stand: 24.11.2026 12:01 Uhr (= 24 Nov 2026, 11:01 UTC)"),
        (
            "de",
            "Stand: 24.11.2026 12:01 Uhr (= 11:01 Uhr UTC)",
            "Stand: 24.11.2026 12:01 Uhr (= 24.11.2026, 11:01 Uhr UTC)",
        ),
    ],
)
async def test_every_page_says_it(web: Datasette, language: str, front: str, dated: str) -> None:
    for address in ("/?article=1&", "/-/article/1?", "/-/compare/3/4?", "/-/changes.atom?article=1&"):
        assert front in plain(await html(web, f"{address}lang={language}")), address
    assert f": {dated}" in plain(await html(web, f"/-/compare/3/4?lang={language}"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision_clocks SET lasts = '2026-11-25T11:01:00+00:00' WHERE kind = 'stand'",
        "UPDATE revision_clocks SET again_at = '2026-11-24T12:01:00+00:00' WHERE kind = 'stand'",
        "UPDATE revision_clocks SET starts = NULL, lasts = NULL WHERE kind = 'stand'",
    ],
)
async def test_no_moment_is_said_that_nobody_knows(other: Path, statement: str) -> None:
    change(other, statement)
    with serving(other) as web:
        for address in ("/?article=1", "/-/compare/3/4"):
            page = plain(await html(web, address))
            assert "24.11.2026 12:01 Uhr" in page
            assert "(= " not in page
