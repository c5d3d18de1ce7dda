"""Samples of events, to try an endpoint with: of every type one, in the form in which real ones are sent. Pure."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import json_of, text_of
from db.store.digests import SAID
from db.store.events import Telling
from db.words.incidents import kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from db.words.incidents import Values

# When it happened: so long before now, and not after.
_WINDOW = timedelta(minutes=36)
_URL = "https://tagblatt.example/stadt/bruecke-104.html"
_ELSEWHERE = "https://tagblatt.example/stadt/neue-bruecke.html"
_EDIT = Telling(
    "unsettled",
    stand_before="Stand: 02.03.2026 07:52 Uhr",
    stand_after="Stand: 02.03.2026 07:52 Uhr",
    words_added=2,
    words_removed=2,
    excerpt="Die neue Brücke kostet [-30-] {+40+} Millionen Euro, sagte [-Baustadträtin-] {+Finanzstadträtin+} Anders.",
    severity="high",
    tags=("number",),
)
_TELLINGS: Mapping[str, Telling] = {
    "article.discovered": Telling("discovered", excerpt="Nach langem Streit ist entschieden: Die Brücke wird gebaut."),
    "article.changed": _EDIT,
    "article.ruled": replace(
        _EDIT, verdict="unmarked", supersedes="evt_0c9b8a7f6e5d4c3b2a19080706050403", replaces="unsettled"
    ),
    "article.comments": Telling("comments", excerpt="12 → 9 comments"),
    "article.gone": Telling("removed", excerpt=f"{_URL}: the server says 404", absence="404"),
    "article.returned": Telling("returned", absence="404", absent_seconds=6_464),
    "article.moved": Telling("moved", excerpt=f"{_URL} → {_ELSEWHERE}"),
    "article.succeeded": Telling(
        "succeeded_by",
        excerpt=f"{_URL} → {_ELSEWHERE}: 86 % of its sentences in common",
        absence="404",
        successor=_ELSEWHERE,
        in_common=86,
    ),
}
_FEED, _HOST = "https://tagblatt.example/feed.xml", "tagblatt.example"
_SINCE = "2026-03-02T08:05:12.000000+00:00"
# What it is about, and the values of which it is told.
_OPERATIONS: Mapping[str, tuple[str, Values]] = {
    "source_failing": (
        _FEED,
        {"name": "Tagblatt", "code": "timeout", "detail": f"{_FEED}: no complete answer within 25 s", "failures": 3},
    ),
    "source_recovered": (_FEED, {"name": "Tagblatt", "failures": 3}),
    "host_failing": (_HOST, {"host": _HOST, "failures": 6, "since": _SINCE}),
    "host_recovered": (_HOST, {"host": _HOST, "since": _SINCE}),
    "drift": (
        _HOST,
        {"host": _HOST, "odd": 5, "looked": 6, "since": _SINCE, "lost": {"stand": 5}, "holds": True},
    ),
    "site_text": (_HOST, {"host": _HOST, "excerpt": "{+Jetzt auch als App+}"}),
    "article_unreadable": (_URL, {"code": "paywall", "detail": f"{_URL}: asks for a subscription", "failures": 3}),
    "endpoint_failing": (
        "https://desk.example/in",
        {
            "name": "desk",
            "host": "desk.example",
            "status": 500,
            "reason": "it failed; its own log says why",
            "failures": 3,
            "since": _SINCE,
        },
    ),
    "endpoint_recovered": ("https://desk.example/in", {"name": "desk"}),
    "disk_low": ("nachtrag.db", {"name": "nachtrag.db", "left_bytes": 812_000_000, "least_bytes": 1_000_000_000}),
    "disk_enough": (
        "nachtrag.db",
        {"name": "nachtrag.db", "left_bytes": 5_120_000_000, "least_bytes": 1_000_000_000},
    ),
    "clock_odd": ("clock", {"offset_seconds": 90.0, "hosts": 3}),
    "clock_right": ("clock", {"offset_seconds": 0.5, "hosts": 3}),
}


def sample(event_type: str, uid: str, base_url: str, now: datetime) -> str:
    """An event of that type as JSON. `data.sample` is true, which it is in no other; the newspaper is invented."""
    data = _data(event_type, uid, base_url, now)
    return json_of({"type": event_type, "timestamp": text_of(now), "data": {**data, "sample": True}})


def _data(event_type: str, uid: str, base_url: str, now: datetime) -> dict[str, object]:
    if event_type == "digest":
        kinds = ("article.changed", "article.gone")
        said = {kind: _data(kind, f"{uid}{number}", base_url, now) for number, kind in enumerate(kinds)}
        whole = [{"type": kind, "timestamp": text_of(now), **data} for kind, data in said.items()]
        events = [{key: value for key, value in each.items() if key in ("type", "timestamp", *SAID)} for each in whole]
        since = text_of(now - _WINDOW)
        told = {"count": len(events), "more": 0, "from": since, "until": text_of(now), "events": events}
        return {"id": uid, **told, "link": f"{base_url}/"}
    if event_type not in _TELLINGS:
        kind = event_type.removeprefix("operations.")
        about, values = _OPERATIONS[kind]
        named = {"endpoint": values["name"]} if "endpoint" in kind else {}
        return {"id": uid, "url": about, "verdict": "", "message": kept(kind, values), "values": values, **named}
    told = asdict(_TELLINGS[event_type])
    del told["revision_id"], told["ruling_id"]
    window = {"not_before": text_of(now - _WINDOW), "not_after": text_of(now)}
    article = {"id": uid, "url": _URL, "source": "Tagblatt", "headline": "Stadtrat beschließt neue Brücke"}
    return {**article, **told, **window, "link": f"{base_url}/"}
