"""What a site asks of robots: robots.txt (RFC 9309), crawl-delay, Retry-After. Texts in, rules and waits out; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from protego import Protego

from scraper.urls import web_address

# RFC 9309 §2.5: at least 500 KiB must be read; the rest is not ours to wade through.
_MAX_LENGTH = 500 * 1024
# The parser gives every rule to every agent of its group: so many pairs are more than any honest file needs.
_MAX_PAIRS = 250_000
# Larger files are parsed each time, for those of many hosts together may fill the memory.
_REMEMBERED = 8 * 1024
MAX_DELAY = timedelta(hours=1)
MAX_WAIT = timedelta(days=30)
_SECONDS = re.compile(r"0*([0-9]+)")
_AGENT_LINE = re.compile(r"\s*user[\s-]*agent", re.IGNORECASE)
_RULE_LINE = re.compile(r"\s*(?:allow|disallow|crawl-delay)\s*:", re.IGNORECASE)
# The address in "Nachtrag/0.1 (+https://example.org/bot)" is not a name that rules for "bot" could mean.
_CONTACT = re.compile(r"\S*(?:://|@)\S*")


@dataclass(frozen=True, slots=True)
class Rules:
    """A robots.txt that was read."""

    file: Protego


def parse(body: str) -> Rules:
    """Read a robots.txt. What is not understood is skipped; an HTML page has no rules."""
    return _parsed_once(body) if len(body) <= _REMEMBERED else _parsed(body)


def _parsed(body: str) -> Rules:
    return Rules(Protego.parse("\n".join(_affordable(body[:_MAX_LENGTH].removeprefix("\ufeff")))))


# Every look asks for the rules of its host, which stay the same for a day.
_parsed_once = lru_cache(maxsize=1_000)(_parsed)


def rules_from(status: int, body: str) -> Rules:
    """The rules that an answer to robots.txt means (RFC 9309 §2.3.1); status 0: the host could not be reached.

    No such file, or none for us, means that all is allowed; a server in trouble, that nothing is.
    """
    if 200 <= status < 300:
        return parse(body)
    if 300 <= status < 500 and status != 429:
        return parse("")
    return parse("User-agent: *\nDisallow: /")


def allowed(rules: Rules | None, url: str, agent: str) -> bool:
    """Whether the agent may fetch the address. Without rules it may."""
    return rules is None or rules.file.can_fetch(url, _name(agent))


def crawl_delay(rules: Rules | None, agent: str) -> timedelta | None:
    """The pause between requests that is asked for, by Crawl-delay or Request-rate; at most an hour."""
    if rules is None:
        return None
    delay = rules.file.crawl_delay(_name(agent)) or 0.0
    rate = rules.file.request_rate(_name(agent))
    if rate is not None:
        # Cut before the division: the numbers are the site's, and may be beyond what a float holds.
        delay = max(delay, min(rate.seconds, 10**9) / min(rate.requests, 10**9))
    return timedelta(seconds=min(delay, MAX_DELAY.total_seconds())) if delay > 0 else None


def robots_url(url: str) -> str:
    """Where the rules for an address lie.

    Raises:
        ValueError: it is no web address.
    """
    address = web_address(url)
    if address is None:
        raise ValueError(f"{url[:200]!r} is no web address; expected http://host/… or https://host/…")
    return f"{address.protocol}//{address.host}/robots.txt"


def retry_wait(header: str, now: datetime) -> timedelta | None:
    """How long a Retry-After asks us to wait, at most 30 days; None if it asks for nothing that lies ahead."""
    text = header.strip()
    if seconds := _SECONDS.fullmatch(text):
        # Ten digits are 300 years: more would only serve to overflow.
        wait = timedelta(seconds=int(seconds[1][:10]))
    else:
        try:
            until = parsedate_to_datetime(text)
            # asctime dates name no zone; in HTTP they are UTC (RFC 9110 §5.6.7).
            wait = (until.replace(tzinfo=UTC) if until.tzinfo is None else until) - now
        except (ValueError, OverflowError):
            return None
    return min(wait, MAX_WAIT) if wait > timedelta() else None


@lru_cache(maxsize=8)
def _name(agent: str) -> str:
    return _CONTACT.sub("", agent)


def _affordable(body: str) -> list[str]:
    """The lines up to where the file would take long to read."""
    lines = body.splitlines()
    agents = pairs = 0
    in_rules = False
    for number, line in enumerate(lines):
        if _AGENT_LINE.match(line):
            agents = 1 if in_rules else agents + 1
            in_rules = False
        elif _RULE_LINE.match(line):
            in_rules = True
        pairs += agents
        if pairs > _MAX_PAIRS:
            return lines[:number]
    return lines
