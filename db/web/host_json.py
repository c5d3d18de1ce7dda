"""How we treat a host, for programs: what the page shows in, JSON values out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.web.article_json import picked
from db.web.host import requests
from scraper.ledger import SUMS

if TYPE_CHECKING:
    from db.publish import Publish
    from db.web.host import Treated
    from db.web.lists_json import Values


def host_json(page: Treated, publish: Publish) -> Values:
    """The page as JSON values. Spans are seconds."""
    robots = page.robots
    counts = (*SUMS, "rests")
    return {
        "host": page.host,
        "agent": page.agent,
        "gap": page.gap,
        "per_host": page.per_host,
        "quiet": page.quiet,
        "lists": [picked(row, ("id", "name", "kind", "every_seconds")) for row in page.lists],
        "articles": page.articles,
        "more_articles": page.more,
        "times": [picked(row, ("seconds", "cron", "articles")) for row in page.times],
        "looks_by_age": page.by_age,
        "looks_planned": page.looks[0] if page.looks else None,
        "looks_in_days": page.looks[1] if page.looks else None,
        "looks_per_day": page.per_day,
        "articles_led_here": min(page.led_here, 1_000),
        "one_in_full": page.in_full,
        "edits_hidden": page.hidden,
        "edits": page.edits,
        "robots": None
        if robots is None
        else {
            "status": robots.status,
            "fetched_at": robots.fetched_at,
            "allows": robots.allows,
            "delay": robots.delay,
            "body": robots.body if publish == "full" else "",
        },
        "failures": page.failures,
        "failing_since": page.failing_since,
        "rests_why": page.rests[0] if page.rests else None,
        "rests_until": page.rests[1] if page.rests else None,
        "days": [
            {**picked(row, ("day", *counts, "closest", "busiest")), "requests": requests(row)} for row in page.days
        ],
        "total": {**{name: page.total[name] for name in counts}, "requests": page.requests},
        "closest": page.closest,
        "busiest": page.busiest,
    }
