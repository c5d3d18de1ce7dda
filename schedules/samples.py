"""Samples of events, to try an endpoint with: of every type one, in the form in which real ones are sent. Pure."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import json_of, text_of
from db.store.digests import SAID
from db.store.events import Telling

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

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
_SINCE = "since 2026-03-02 08:05"
# What it is about, and what is said.
_OPERATIONS: Mapping[str, tuple[str, str]] = {
    "source_failing": (_FEED, f"source Tagblatt: {_FEED}: no complete answer within 25 s [timeout], 3 times in a row"),
    "source_recovered": (_FEED, "source Tagblatt: answers again, after 3 failures in a row"),
    "drift": (
        _HOST,
        (
            f"{_HOST}: 5 of 6 articles looked at {_SINCE} UTC are not read as before (stand: 5): a redesign or a wall;"
            " nothing is told of its articles until they are read well again (docs/sites.md)"
        ),
    ),
    "site_text": (
        _HOST,
        (
            f"{_HOST}: several articles were changed alike or at the same time, which is no edit of them:"
            " '{+Jetzt auch als App+}'; a profile can leave it out (docs/sites.md)"
        ),
    ),
    "article_unreadable": (_URL, f"{_URL}: asks for a subscription [paywall], 3 times in a row"),
    "endpoint_failing": (
        "https://desk.example/in",
        (
            "endpoint 'desk' at desk.example: HTTP 500: it failed; its own log says why; 3 failed attempts in a row"
            f" {_SINCE}:12 UTC"
        ),
    ),
    "endpoint_recovered": ("https://desk.example/in", "endpoint 'desk' takes events again"),
    "disk_low": (
        "nachtrag.db",
        (
            "the disk of nachtrag.db has 812 MB left, less than 1,000 MB: make room (docs/running.md), or nothing more"
            " is kept soon"
        ),
    ),
    "disk_enough": ("nachtrag.db", "the disk of nachtrag.db has 5,120 MB left"),
    "clock_odd": (
        "clock",
        (
            "our clock is 90 s behind those of 3 hosts: set it right (systemd-timesyncd, chrony); windows of edits and"
            " signatures rest on it"
        ),
    ),
    "clock_right": ("clock", "our clock agrees with those of 3 hosts again"),
}


def sample(event_type: str, uid: str, base_url: str, now: datetime) -> str:
    """An event of that type as JSON. `data.sample` is true, which it is in no other; the newspaper is invented."""
    data = _data(event_type, uid, base_url, now)
    return json_of({"type": event_type, "timestamp": text_of(now), "data": {**data, "sample": True}})


def _data(event_type: str, uid: str, base_url: str, now: datetime) -> dict[str, object]:
    if event_type == "digest":
        kinds = ("article.changed", "article.gone")
        whole = [{"type": kind, "timestamp": text_of(now), **_data(kind, uid, base_url, now)} for kind in kinds]
        events = [{key: value for key, value in each.items() if key in ("type", "timestamp", *SAID)} for each in whole]
        since = text_of(now - _WINDOW)
        told = {"count": len(events), "more": 0, "from": since, "until": text_of(now), "events": events}
        return {"id": uid, **told, "link": f"{base_url}/"}
    if event_type not in _TELLINGS:
        about, message = _OPERATIONS[event_type.removeprefix("operations.")]
        named = {"endpoint": "desk"} if "endpoint" in event_type else {}
        return {"id": uid, "url": about, "verdict": "", "message": message, **named}
    told = asdict(_TELLINGS[event_type])
    del told["revision_id"], told["ruling_id"]
    window = {"not_before": text_of(now - _WINDOW), "not_after": text_of(now)}
    article = {"id": uid, "url": _URL, "source": "Tagblatt", "headline": "Stadtrat beschließt neue Brücke"}
    return {**article, **told, **window, "link": f"{base_url}/"}
