"""docs/alerts.md shows alerts as they arrive."""

from __future__ import annotations

from pathlib import Path

from db.words.incidents import OPERATIONS
from tests.arrived import TYPES, page

PAGE = Path(__file__).parents[1] / "docs" / "alerts.md"


async def test_the_page_of_alerts_shows_them_as_they_arrive() -> None:
    assert PAGE.read_text("utf-8") == await page(), "python -m tests.arrived > docs/alerts.md"


def test_no_kind_is_left_out() -> None:
    assert {f"operations.{kind}" for kind in OPERATIONS} <= set(TYPES)
