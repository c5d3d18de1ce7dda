"""Outlets, the state of the machine, and what could not be seen, for programs: what pages show in, JSON out. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from db.web.article_json import picked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.publish import Publish
    from db.web.coverage import Coverage
    from db.web.due import Failing, Failures, LateHost
    from db.web.lists_json import Values
    from db.web.status import Status

_SOURCE = (
    "id", "name", "kind", "state", "last_polled_at", "last_ok_at", "next_poll_at", "failures", "error_code", "error",
)  # fmt: skip
_DRIFT = ("host", "from_at", "lost")
_ENDPOINT = ("name", "kind", "state", "failures", "error", "last_at", "pending", "held", "dead")
_UNDELIVERED = ("event_at", "type", "verdict", "article_id", "endpoint", "attempts", "error")


def status_json(status: Status, publish: Publish) -> Values:
    """The state of the machine."""
    words = publish != "metrics"
    return {
        "articles": dict(status.states),
        "open_rulings": picked(status.open_rulings, ("number", "next_at")),
        "sources": [{**_source(row), "articles": row["articles"], "skipped": row["skipped"]} for row in status.sources],
        "drifting": _rows(status.drifting, (*_DRIFT, "odd", "looked", "holds", "held", "unread")),
        "misproven": _rows(status.misproven, ("host", "wrong", "checked")),
        "hiding": _rows(status.hiding, ("host", "hidden", "edits")),
        "failing": _rows(status.failing, ("error_code", "number", "last_at", "example", "error")),
        "missing": [
            {**picked(row, ("state", "number", "since", "example", "error")),
             "headline": (row["headline"] or "") if words else ""}
            for row in status.missing
        ],
        "resting": [{"why": why, "number": number} for why, number in status.resting],
        "endpoints": _rows(status.endpoints, _ENDPOINT),
        "undelivered": _rows(status.undelivered, _UNDELIVERED),
        "gaps": _rows(status.gaps, ("name", "from_at", "to_at")),
        "operations": _rows(status.operations, ("type", "at", "message")),
        "budget_spent_until": status.spent_until,
        "sizes": dict(status.sizes),
    }  # fmt: skip


def coverage_json(coverage: Coverage) -> Values:
    """What could not be seen. Where `more` is true, a number is a least number."""
    due, gaps = coverage.due, coverage.gaps
    return {
        "now": coverage.now,
        "sign_at": coverage.sign_at,
        "silent": coverage.silent,
        "sample": {**asdict(coverage.sample), "is_all": coverage.sample.is_all},
        "late": {**asdict(due.late_count), "hosts": [_late(host) for host in due.late]},
        "walls": _failures(coverage.walls),
        "robots": {
            **_failures(coverage.refused),
            "not_asked": _rows(coverage.robots, ("host", "robots_status", "robots_fetched_at")),
        },
        "unread": _failures(coverage.unread),
        "drifts": _rows(coverage.drifts, (*_DRIFT, "held", "unread")),
        "past_drifts": _rows(coverage.past_drifts, (*_DRIFT, "to_at")),
        "sources": [_source(row) for row in coverage.sources],
        "paused": _rows(coverage.paused, ("id", "name")),
        "gaps": {
            **asdict(coverage.gap_count),
            "feeds": [
                {"name": gap.name, "number": gap.number, "seconds": gap.seconds, "last": _last(gap.last)}
                for gap in gaps
            ],
        },
        "hubs": _rows(coverage.hubs, ("name", "hub", "error", "asked_at", "verified_at", "expires_at", "pushed_at")),
    }


def outlets_json(rows: Iterable[sqlite3.Row], home: str) -> Values:
    """The outlets by name."""
    names = ("id", "name", "kind", "state", "added_at", "articles")
    return {"outlets": [{**picked(row, names), **_place(row), "link": f"{home}-/outlet/{row['id']}"} for row in rows]}


def _rows(rows: Iterable[sqlite3.Row], names: Iterable[str]) -> list[Values]:
    columns = tuple(names)
    return [picked(row, columns) for row in rows]


def _source(row: sqlite3.Row) -> Values:
    return {**picked(row, _SOURCE), **_place(row)}


def _place(row: sqlite3.Row) -> Values:
    """Where a source is; a list has no host."""
    return {"host": row["host"] or row["url"]}


def _last(gap: sqlite3.Row) -> Values:
    return picked(gap, ("from_at", "to_at"))


def _late(host: LateHost) -> Values:
    worst = picked(host.worst, ("id", "fetch_url", "next_visit_at", "last_visited_at"))
    return {"host": host.host, **asdict(host.count), "free_at": host.free_at, "worst": worst}


def _failures(failures: Failures) -> Values:
    groups = [_failing(group) for group in failures.groups]
    return {**asdict(failures.count), "since": failures.since or None, "groups": groups}


def _failing(group: Failing) -> Values:
    longest = picked(group.longest, ("id", "seen_at", "error"))
    return {"host": group.host, "code": group.code, **asdict(group.count), "longest": longest}
