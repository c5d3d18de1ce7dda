"""Whatever a site answers where a list of articles is expected: read or refused, bounded, and the same each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.charset import storable
from scraper.errors import FeedError
from scraper.feeds import opml
from scraper.feeds.kinds import Reading, read_as
from scraper.politeness import MAX_DELAY, MAX_WAIT, allowed, crawl_delay, parse, retry_wait, rules_from
from scraper.urls import MAX_LENGTH, canonical, host_key, identity, join, same_site, web_address
from tests.hostile_input import POISON, files, fuzzed, rearranged, spoiled

if TYPE_CHECKING:
    from scraper.feeds.entry import Feed, FeedEntry
    from scraper.feeds.kinds import Kind

pytestmark = pytest.mark.no_cover  # what chance leads to says nothing of tests

DATA = Path(__file__).parent / "data"
URL = "https://blatt.example/f/feed"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
CODES = {"empty", "not_a_feed", "broken", "no_links", "too_large"}
SEEDS: dict[Kind, list[bytes]] = {
    "feed": files(DATA / "feeds", ".xml", ".json", ".html", ".txt"),
    "sitemap": files(DATA / "sources", ".xml", ".gz"),
    "api": files(DATA / "sources", ".json"),
    "page": files(DATA / "sources", ".html") + files(DATA / "pages", ".html")[:10],
    "list": files(DATA / "sources", ".txt"),
}
KINDS = sorted(SEEDS)
TYPES = st.sampled_from(("", "text/xml", "text/xml; charset=utf-16", "application/json", "a/b; charset=zlib", "\0;;=,"))


def outcome(kind: Kind, body: bytes, content_type: str) -> Feed | str:
    """The feed, or in which words it was refused; anything else that is raised is a crash."""
    try:
        return read_as(Reading(kind, LONG_AGO, "a"), body, content_type, URL)
    except FeedError as error:
        refusal = error
    assert refusal.code in CODES
    assert refusal.message.startswith(URL)
    assert len(refusal.message) < 500
    return str(refusal)


def sound(entry: FeedEntry) -> None:
    """What is kept of an entry can be fetched, stored and shown on a line."""
    assert web_address(entry.url) is not None
    assert canonical(entry.url)
    for text in (entry.title, *(clock.raw for clock in entry.clocks)):
        assert len(text) <= 500
        assert text == storable(text)
        assert text == " ".join(text.split(" ")).strip()
        assert not set(text) & set("\n\r\t\0")
    for at in (entry.published_at, entry.updated_at):
        assert at is None or (at.tzinfo is UTC and at.year < 2150)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_of_articles(kind: Kind) -> None:
    @fuzzed
    @given(spoiled(SEEDS[kind]), TYPES)
    def holds(body: bytes, content_type: str) -> None:
        found = outcome(kind, body, content_type)
        assert outcome(kind, body, content_type) == found
        if not isinstance(found, str):
            for entry in found.entries:
                sound(entry)
            assert all(web_address(part.url) for part in found.parts)
            assert all(not address or web_address(address) for address in (found.hub, found.topic))
            assert len(found.title) <= 500

    holds()


def moments(found: Feed | str) -> set[datetime]:
    if isinstance(found, str):
        return set()
    return {at for entry in found.entries for at in (entry.published_at, entry.updated_at) if at is not None}


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_no_moment_is_made_up(kind: Kind) -> None:
    """However the elements of a feed are moved about: each stamp that is read stood in one of them."""
    known = set().union(*(moments(outcome(kind, seed, "")) for seed in SEEDS[kind]))
    latest = max(known)

    @fuzzed
    @given(rearranged(SEEDS[kind]))
    def holds(body: bytes) -> None:
        assert all(at <= latest for at in moments(outcome(kind, body, "")))

    holds()


@fuzzed
@given(spoiled(files(DATA / "sources", ".opml")))
def test_opml(body: bytes) -> None:
    try:
        feeds = opml.parse(body, "feeds.opml")
    except FeedError as error:
        assert str(error).startswith("feeds.opml: ")  # noqa: PT017 -- it may be read as well
        return
    assert opml.parse(body, "feeds.opml") == feeds
    assert len({feed.name for feed in feeds}) == len(feeds)
    for feed in feeds:
        assert feed.name.strip() == feed.name != ""
        assert feed.url == storable(feed.url)


ROBOTS = (
    b"User-agent: *\nDisallow: /privat\nAllow: /privat/offen$\nCrawl-delay: 10\nSitemap: https://blatt.example/s.xml\n",
    b"Sitemap: /s.xml\n\nUser-agent: Nachtrag\nDisallow: /*.pdf$\nRequest-rate: 1/5\n\nUser-agent: *\nDisallow: /\n",
    b"\xef\xbb\xbfuser-agent: nachtrag\r\ndisallow:\r\ncrawl-delay: 0.5\r\n\r\nuser-agent: *\r\ndisallow: /\r\n",
    b"<html><body><p>Disallow: /</p></body></html>",
    b"User-agent: a\nUser-agent: b\nUser-agent: Nachtrag\nDisallow: /a*b*c*d*e*f*g*$\nVisit-time: 0600-0845\n",
)
AGENT = "Nachtrag/0.1 (+https://example.org/bot)"


PATHS = ("/", "/privat", "/privat/offen", "/a.pdf", f"/{'a' * 200}", "/%zz\ud800?\0", "/%2A%24")


@fuzzed
@given(spoiled(ROBOTS), st.sampled_from(PATHS), st.integers(0, 999))
def test_robots(body: bytes, path: str, status: int) -> None:
    text, url = body.decode("utf-8", "replace"), join("https://blatt.example/", path) or ""
    rules = parse(text)
    assert allowed(rules, url, AGENT) is allowed(parse(text), url, AGENT)
    delay = crawl_delay(rules, AGENT)
    assert delay is None or timedelta() < delay <= MAX_DELAY
    if status >= 500 or status in (0, 429):
        assert not allowed(rules_from(status, text), url, AGENT), (
            "trouble of the server never means that all is allowed"
        )


STAMPS = (
    b"120",
    b"Fri, 27 Nov 2026 07:00:00 GMT",
    b"Friday, 27-Nov-26 07:00:00 GMT",
    b"Fri Nov 27 07:00:00 2026",
    b"0",
)


@fuzzed
@given(spoiled(STAMPS))
def test_retry_after(header: bytes) -> None:
    wait = retry_wait(header.decode("latin-1"), NOW)
    assert wait is None or timedelta() < wait <= MAX_WAIT


URLS = (
    b"https://www.blatt.example/politik/bruecke-101.html?utm_source=x&b=2&a=1#top", b"http://blatt.example:80/%7Ea/../b",
    b"HTTPS://M\xc3\xbcnchen.example:443/\xc3\xbc?q=%C3%BC+%2B&&=&x", b"https://[::ffff:127.0.0.1]:8001/a;b?c=d=e",
    b"https://0x7f.1/a", b"https://blatt.example/a%2fb?ref=blatt.example&fbclid=1", b"https://a.example/?%61=1&a=%31",
)  # fmt: skip
LINKS = st.lists(
    st.sampled_from((*URLS, *POISON, b"/", b".", b"..", b"?", b"#", b"@", b":", b"\\", b"%2e", b"\t")),
    min_size=1, max_size=6,
).map(b"".join)  # fmt: skip


@fuzzed
@given(spoiled(URLS), LINKS, st.sampled_from(("surrogateescape", "replace")))
def test_addresses(one: bytes, other: bytes, errors: str) -> None:
    url, link = one.decode("utf-8", errors), other.decode("utf-8", errors)
    for text in (url, link, f"https://blatt.example/{link}", f"https://blatt.example/?{link}"):
        known = canonical(text)
        if known is not None:
            assert canonical(known) == known
            assert len(known) <= 2 * MAX_LENGTH
            assert known.isascii()
            assert host_key(known) == host_key(text)
    page = join(url, link)
    if page is not None:
        assert web_address(page) is not None
        assert join(page, "") is not None
    claimed = identity("https://blatt.example/a", url, link)
    assert same_site(claimed, "https://blatt.example/a"), "no page speaks for another host"
