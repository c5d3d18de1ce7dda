"""The figures of an outlet for programs: every number with its interval and the address of the rows that it counts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from db.web.estimates import ENOUGH, LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from db.web.outlet import Counted, Outlet, Rows, Timed


def as_json(page: Outlet, address: Callable[[Rows], str]) -> dict[str, object]:
    """The page as JSON values. Shares are from 0 to 1, spans in seconds. `address`: of rows that were counted."""
    counted, timed = _Told(address).counted, _Told(address).timed

    def by_name(figures: Iterable[Counted]) -> dict[str, object]:
        return {figure.name: counted(figure) for figure in figures}

    return {
        "source": {name: page.source[name] for name in ("id", "name", "kind", "host", "state")},
        "basis": {name: page.basis[name] for name in ("articles", "read", "since")},
        "edits": page.edits,
        "level": LEVEL,
        "enough": ENOUGH,
        "stand": {
            "not_shown": counted(page.not_shown),
            "verdicts": by_name(page.verdicts),
            "apart": by_name(page.apart),
            "machines_told": counted(page.told),
            "machines": by_name(page.machines),
        },
        "timing": {"edited": counted(page.edited), "first_edit": timed(page.soon), "late": counted(page.late)},
        "headlines": {
            "articles": counted(page.headlines),
            "edits": counted(page.headline_edits),
            "tests": counted(page.headline_tests),
            "most_of_one_article": page.most_headlines,
        },
        "corrections": {
            "edits": counted(page.corrections),
            "explained": counted(page.explained),
            "at_once": counted(page.at_once),
            "delay": timed(page.delay),
        },
        "presence": {
            "removed": counted(page.removed), "returned": counted(page.returned), "gone_now": counted(page.gone),
        },
        "weights": by_name(page.weights) | {"unweighed": counted(page.unweighed)},
        "months": [asdict(month) for month in page.months],
    }  # fmt: skip


class _Told:
    """Figures as JSON values, with the addresses of their rows."""

    def __init__(self, address: Callable[[Rows], str]) -> None:
        self._address = address

    def counted(self, figure: Counted) -> dict[str, object]:
        share = figure.share
        return {
            "count": share.part, "n": share.whole, "share": share.value, "interval": share.interval, "few": share.few,
            "rows": self._address(figure.rows),
        }  # fmt: skip

    def timed(self, figure: Timed) -> dict[str, object]:
        middle = figure.spread
        return {
            "n": middle.number, "quartiles": [middle.lower, middle.median, middle.upper], "interval": middle.interval,
            "few": middle.few, "rows": self._address(figure.rows),
        }  # fmt: skip
