"""The figures of one outlet: what it does with its Stand, how soon and how often it edits, corrects and removes.

Every figure is a share or a median with its interval, and names the rows that it counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from changes.ruling import MACHINE_CLOCKS
from db.schema_outlets import NOT_EDITED
from db.web.bars import Month
from db.web.estimates import Share, Spread, spread
from db.web.outlet_rows import outlet_rows
from db.web.shown import family
from db.web.wanted import SEVERITIES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from db.web.outlet_rows import OutletRows

# In the order in which they are told: what the page shows, then what it does not.
SHOWN = ("announced", "announced_late", "disclosed", "disclosed_late")
NOT_SHOWN = ("unmarked", "silent", "unmarked_headline")
# Headline and lead alone are ruled on before the clocks for machines are looked at.
_OF_TEXTS = NOT_SHOWN[:2]
# More months cannot be told apart in the picture.
_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Rows:
    """Where to see what was counted: the list of changes, or a table or view, narrowed to this."""

    asked: Mapping[str, str]
    table: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many rows of so many. `name` is a verdict, a clock, a weight, or what the figure is called."""

    name: str
    share: Share
    rows: Rows


@dataclass(frozen=True, slots=True)
class Timed:
    """The middle of some spans, in seconds, and the rows that they were taken from."""

    name: str
    spread: Spread
    rows: Rows


@dataclass(frozen=True, slots=True)
class Outlet:
    """All that the page shows.

    Attributes:
        source, basis: rows of the database: who, and since when we looked at how many articles.
        edits: edits of texts; unweighed: those of them whose weight and tags are not known.
        not_shown: settled edits of texts that neither the Stand nor a notice shows.
        verdicts: the settled edits by verdict; apart: what is not among them.
        machines: of those with the Stand unchanged that are more than a headline, by clock for machines that moved.
        edited: articles edited at all; headlines: articles whose headline was written anew.
    """

    source: sqlite3.Row
    basis: sqlite3.Row
    edits: int
    unweighed: Counted
    not_shown: Counted
    verdicts: tuple[Counted, ...]
    apart: tuple[Counted, ...]
    told: Counted
    machines: tuple[Counted, ...]
    edited: Counted
    soon: Timed
    late: Counted
    headlines: Counted
    headline_edits: Counted
    headline_tests: Counted
    most_headlines: int
    corrections: Counted
    explained: Counted
    at_once: Counted
    delay: Timed
    removed: Counted
    returned: Counted
    gone: Counted
    weights: tuple[Counted, ...]
    months: tuple[Month, ...]


def outlet(con: sqlite3.Connection, source_id: int) -> Outlet | None:
    """Read and count; None where there is no such source."""
    rows = outlet_rows(con, source_id)
    if rows is None:
        return None
    count = _Counting(rows)
    return Outlet(
        source=rows.source,
        basis=rows.basis,
        edits=count.edits,
        months=tuple(count.months()),
        **count.stand(),
        **count.timing(),
        **count.headlines(),
        **count.corrections(),
        **count.presence(),
        **count.weights(),
    )


class _Counting:
    """The rows of an outlet on their way to figures."""

    def __init__(self, rows: OutletRows) -> None:
        self._rows, self._source = rows, str(rows.source["id"])
        self._worded: Counter[str] = Counter()
        for row in rows.kinds:
            self._worded[row["verdict"]] += row["worded"]
        self.edits = sum(row["worded"] for row in rows.kinds if row["verdict"] not in NOT_EDITED)

    def stand(self) -> dict[str, Any]:
        """By verdict, and by clock for machines."""
        worded = self._worded
        settled = sum(worded[verdict] for verdict in (*SHOWN, *NOT_SHOWN))
        of_texts = sum(worded[verdict] for verdict in _OF_TEXTS)
        moved: Counter[str] = Counter()
        for row in self._rows.kinds:
            kinds = row["machines"].split()
            moved.update(dict.fromkeys((*kinds, *(["any"] if kinds else [])), row["worded"]))
        apart = sorted(worded.keys() - {*SHOWN, *NOT_SHOWN}, key=lambda verdict: (family(verdict) != "open", verdict))
        return {
            "not_shown": Counted(
                "not shown",
                Share(sum(worded[verdict] for verdict in NOT_SHOWN), settled),
                self._edits(verdict__in=",".join(NOT_SHOWN)),
            ),
            "verdicts": tuple(self._verdict(verdict, settled) for verdict in (*SHOWN, *NOT_SHOWN)),
            "apart": tuple(self._verdict(verdict, sum(worded.values())) for verdict in apart if worded[verdict]),
            "told": Counted("any", Share(moved["any"], of_texts), self._edits(machines__notblank="1")),
            "machines": tuple(
                Counted(kind, Share(moved[kind], of_texts), self._edits(machines__contains=kind))
                for kind in MACHINE_CLOCKS
                if moved[kind]
            ),
        }

    def timing(self) -> dict[str, Any]:
        """How soon the first edit was seen, and how many were seen late."""
        first = self._rows.first
        edited = Share(len(first), max(self._rows.basis["read"], len(first)))
        late = Share(sum(row["late"] for row in self._rows.edited), self.edits)
        return {
            "edited": Counted("edited", edited, self._edits(first="1")),
            "soon": Timed("first edit", spread(first), self._edits(first="1")),
            "late": Counted("late", late, self._edits(late="1")),
        }

    def months(self) -> Iterator[Month]:
        """The last months from the first edit to the last, those without any included."""
        edits, not_shown = Counter[int](), Counter[int]()
        for row in self._rows.kinds:
            if row["verdict"] not in NOT_EDITED and row["worded"]:
                number = int(row["month"][:4]) * 12 + int(row["month"][5:]) - 1
                edits[number] += row["worded"]
                not_shown[number] += row["worded"] if row["verdict"] in NOT_SHOWN else 0
        last = max(edits, default=0)
        for number in range(max(min(edits, default=1), last - _MONTHS + 1), last + 1):
            yield Month(f"{number // 12:04}-{number % 12 + 1:02}", edits[number], not_shown[number])

    def headlines(self) -> dict[str, Any]:
        """How often headlines were written anew; tests of headlines apart."""
        found, rows = [row for row in self._rows.edited if row["headlines"]], self._edits(headline="1")
        number = sum(row["articles"] for row in found)
        anew = sum(row["headlines"] * row["articles"] for row in found)
        tests = sum(row["edits"] for row in self._rows.kinds if row["verdict"] == "variant")
        articles = Share(number, max(self._rows.basis["read"], number))
        return {
            "headlines": Counted("headlines", articles, rows),
            "headline_edits": Counted("headline edits", Share(anew, self.edits), rows),
            "headline_tests": Counted("variant", Share(tests, self.edits + tests), self._list(verdict="variant")),
            "most_headlines": max((row["headlines"] for row in found), default=0),
        }

    def corrections(self) -> dict[str, Any]:
        """Correction notices, which of them explain an edit that we saw, and how long after it they came."""
        notices, explained = self._rows.notices, self._rows.explained
        at_once = sum(row["at_once"] for row in explained)
        later = [row for row in explained if not row["at_once"]]
        every = max(self.edits, notices)
        return {
            "corrections": Counted("corrections", Share(notices, every), self._notices()),
            "explained": Counted("explained", Share(len(explained), notices), self._notices(explained_at__notnull="1")),
            "at_once": Counted("at once", Share(at_once, len(explained)), self._notices(at_once="1")),
            "delay": Timed(
                "delay",
                spread(sorted(_at(row["seen_at"]) - _at(row["explained_at"]) for row in later)),
                self._notices(at_once="0"),
            ),
        }

    def presence(self) -> dict[str, Any]:
        """Articles that went, and those of them that came again."""
        went, came = (self._rows.presence.get(verdict) for verdict in ("removed", "returned"))
        removed, returned = (row["articles"] if row else 0 for row in (went, came))
        basis = self._rows.basis
        gone = Rows({"source_id": self._source, "state": "gone"}, "articles")
        return {
            "removed": Counted("removed", Share(removed, max(basis["read"], removed)), self._list(verdict="removed")),
            "returned": Counted("returned", Share(returned, max(removed, returned)), self._list(verdict="returned")),
            "gone": Counted("gone", Share(basis["gone"], basis["articles"]), gone),
        }

    def weights(self) -> dict[str, Any]:
        """Edits by weight, and those that were not weighed."""
        found: Counter[str] = Counter()
        for row in self._rows.kinds:
            if row["verdict"] not in NOT_EDITED:
                found[row["severity"]] += row["worded"]
        weighed = sum(found[severity] for severity in SEVERITIES)
        return {
            "weights": tuple(
                Counted(severity, Share(found[severity], weighed), self._edits(severity=severity))
                for severity in SEVERITIES
            ),
            "unweighed": Counted("unweighed", Share(found[""], self.edits), self._edits(severity__isblank="1")),
        }

    def _verdict(self, verdict: str, whole: int) -> Counted:
        return Counted(verdict, Share(self._worded[verdict], whole), self._list(verdict=verdict, words="1"))

    def _list(self, **asked: str) -> Rows:
        return Rows({"source": self._source, **asked})

    def _notices(self, **asked: str) -> Rows:
        return Rows({"source_id": self._source, **asked}, "corrections")

    def _edits(self, **asked: str) -> Rows:
        return Rows({"source_id": self._source, **asked}, "outlet_edits")


def _at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
