"""Sitemaps, the news API, index pages, lists and OPML: what is read, what is left out, what is refused and how."""

from __future__ import annotations

import json
import time
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import FeedError
from scraper.feeds import opml, sitemap
from scraper.feeds.entry import Feed, FeedEntry, SitemapPart
from scraper.feeds.kinds import Kind, Reading, read_as
from scraper.feeds.opml import NamedFeed
from tests.articles import without_clocks

DATA = Path(__file__).parent / "data" / "sources"
URL = "https://tagesbote.example/f"
NEWER_THAN = datetime(2024, 5, 12, 12, 0, tzinfo=UTC)
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
ENTRY = "<url><loc>https://tagesbote.example/{}</loc><lastmod>2024-05-15T10:00:{:02}Z</lastmod></url>"


def cases(name: str) -> list[Any]:
    loaded: list[dict[str, Any]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=f"{case['file']} as {case['kind']}") for case in loaded]


def entry_of(said: dict[str, Any]) -> FeedEntry:
    return FeedEntry(said["url"], said.get("title", ""), said.get("published"), said.get("updated"))


@pytest.mark.parametrize("case", cases("sources"))
def test_what_is_read(case: dict[str, Any]) -> None:
    parts = tuple(SitemapPart(part["url"], part.get("updated")) for part in case.get("parts", ()))
    expected = Feed(
        case["format"], "", tuple(map(entry_of, case["entries"])), case.get("skipped", 0),
        case.get("truncated", False), parts, case.get("older", 0), case.get("undated", 0),
        refused=case.get("refused", ""),
    )  # fmt: skip
    how = Reading(case["kind"], NEWER_THAN, case.get("links", ""))
    assert without_clocks(read_as(how, (DATA / case["file"]).read_bytes(), "", URL)) == expected


@pytest.mark.parametrize("case", cases("refused"))
def test_what_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(FeedError) as caught:
        read_as(Reading(case["kind"], NEWER_THAN, ".no-such-class"), (DATA / case["file"]).read_bytes(), "", URL)
    assert caught.value.code == case["code"]
    assert caught.value.message.startswith(URL)
    assert case["says"] in caught.value.message


@pytest.mark.no_cover
def test_a_sitemap_of_the_size_that_the_protocol_allows_and_one_of_more() -> None:
    early = ENTRY.replace("T10", "T09").format("früh", 0)
    body = early + "".join(ENTRY.format(number, number % 60) for number in range(1, 50_000))
    feed = sitemap.parse(f"<urlset>{body}</urlset>".encode(), "", URL, NEWER_THAN)
    assert (len(feed.entries), feed.entries[-1].url) == (50_000, "https://tagesbote.example/49999")
    with pytest.raises(FeedError, match="more than 50000 entries"):
        sitemap.parse(f"<urlset>{body}{ENTRY.format(50_000, 0)}</urlset>".encode(), "", URL, NEWER_THAN)
    with pytest.raises(FeedError, match="more than 52428800 bytes"):
        sitemap.parse(b"<urlset>" + b" " * 52_428_800 + b"</urlset>", "", URL, NEWER_THAN)


def test_stamps_of_the_file_are_not_those_of_its_entries() -> None:
    entry = "<url><loc>/{0}</loc><lastmod>2024-05-15T10:00:{0:02}Z</lastmod>{1}</url>"
    news = "<news:news><news:publication_date>2024-05-1{}</news:publication_date></news:news>"
    bodies = ["".join(entry.format(n, "") for n in range(many)) for many in (19, 20)]
    dated = entry.format(20, news.format(4)) + entry.format(21, news.format(0))
    feeds = [
        sitemap.parse(f"<urlset>{body}</urlset>".encode(), "", URL, NEWER_THAN)
        for body in (*bodies, bodies[1] + dated, bodies[1] + ENTRY.format("früher", 0).replace("15T10", "15T09"))
    ]
    assert [(len(feed.entries), feed.undated) for feed in feeds] == [(19, 0), (0, 20), (2, 20), (21, 0)]
    assert [entry.updated_at for entry in feeds[2].entries] == [None, None]


@pytest.mark.parametrize("newest", [False, True])
def test_a_stamp_of_a_whole_day_is_new_until_the_day_is_over(newest: bool) -> None:
    limit = datetime(2024, 5, 14 + newest, 23, 59, tzinfo=UTC)
    feed = sitemap.parse(b"<urlset><url><loc>/a</loc><lastmod>2024-05-14</lastmod></url></urlset>", "", URL, limit)
    assert (len(feed.entries), feed.older) == (int(not newest), int(newest))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_sitemaps_in_other_encodings(encoding: str) -> None:
    text = '<?xml version="1.0" encoding="windows-1252"?><urlset>' + ENTRY.format("große", 0) + "</urlset>"
    feed = sitemap.parse(text.encode(encoding), "", URL, NEWER_THAN)
    assert feed.entries[0].url == "https://tagesbote.example/gro%C3%9Fe"


def test_opml() -> None:
    assert opml.parse((DATA / "feeds.opml").read_bytes(), "feeds.opml") == (
        NamedFeed("Tagesbote & Umland", "https://tagesbote.example/feed.xml"),
        NamedFeed("Alle Meldungen (wochenblatt.example)", "https://wochenblatt.example/alle.xml"),
        NamedFeed("Alle Meldungen (abendpost.example)", "https://abendpost.example/alle.xml?a=1&b=2"),
        NamedFeed("ohne-namen.example", "https://ohne-namen.example/feed"),
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"<rss/>", "not_a_feed"), (b"{}", "not_a_feed"), (b"", "not_a_feed"), (b"<opml><body>", "broken"),
     (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "broken")],
)  # fmt: skip
def test_what_is_no_opml(body: bytes, code: str) -> None:
    with pytest.raises(FeedError, match="expected OPML") as caught:
        opml.parse(body, "feeds.opml")
    assert caught.value.code == code


PIECES = st.sampled_from((
    "<urlset>", "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "https://a.example/1", "<lastmod>", "</lastmod>",
    "2024-05-15", "<sitemapindex>", "<sitemap>", "</sitemap>", "</sitemapindex>", "<![CDATA[", "]]>", "<!--", "-->",
    "<!DOCTYPE a [", "<!ENTITY b 'c'>", "]>", "\0", "<?xml version='1.0'?>", '{"news": [', '{"title": 1', "}", "]}",
    '"detailsweb": "', '"', ",", "<a href='/x'>", "<a href='http://[::'>", "</a>", "<html>", "http://[", " ", "\n", "&",
    "<opml>", "<outline text='a' xmlUrl='b'/>", "</opml>", "\x1f\x8b", "<base href='//'>", "<news:news>", "&#55555;",
))  # fmt: skip


@given(
    st.sampled_from(("sitemap", "api", "page", "list")),
    st.one_of(st.binary(), st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode())),
    st.text(),
)
def test_whatever_comes_is_read_or_refused(kind: Kind, body: bytes, content_type: str) -> None:
    try:
        feed = read_as(Reading(kind, LONG_AGO, "a"), body, content_type, URL)
    except FeedError as error:
        refusal = error
    else:
        assert all(entry.url.lower().startswith(("http://", "https://")) for entry in feed.entries)
        return
    assert refusal.code in ("empty", "not_a_feed", "broken", "no_links", "too_large")
    assert refusal.message.startswith(URL)


@given(st.one_of(st.binary(), st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode())))
def test_whatever_comes_as_opml_is_read_or_refused(body: bytes) -> None:
    try:
        feeds = opml.parse(body, "x")
    except FeedError:
        return
    assert all(feed.name for feed in feeds)


# What is not as the suite of feeds-sitemaps states it, and why.
EXCEPTIONS = {
    "scrapy/test_sitemap_strip-0.xml": "the suite took the docstring of the test for its input: it is no XML",
    "scrapy/test_sitemap_blanklines-0.xml": "the same",
    "scrapy/test_xml_entity_expansion-0.xml": "it declares an entity, which is refused as dangerous; Scrapy drops it",
}
FEEDS = ("trafilatura/feed.json", "trafilatura/feed1.atom", "trafilatura/feed2.rss")


def test_the_suite_of_sitemaps(shared: Path) -> None:
    """All 19 files: addresses and dates as stated where something is stated; feeds are refused as what they are."""
    folder, tried, other = shared / "hostile" / "feeds-sitemaps", 0, []
    for case in json.loads((folder / "manifest.json").read_text("utf-8"))["cases"]:
        tried += 1
        body = (folder / case["input"]).read_bytes()
        try:
            found = sitemap.parse(body, "", "http://www.example.com/sitemap.xml", LONG_AGO)
        except FeedError as error:
            if case["id"] not in FEEDS or error.code != "not_a_feed":
                other.append(case["id"])
            continue
        if not _as_stated(found, case["expected"]):
            other.append(case["id"])
    print(f"feeds-sitemaps: {tried} tried, {tried - len(other)} as expected, not: {', '.join(other)}")
    assert tried == 19
    assert sorted(other) == sorted(EXCEPTIONS)


def _as_stated(found: Feed, expected: list[str] | None) -> bool:
    """Whether all entries that are stated were seen, in order where they have dates, and of the kind that is stated."""
    for assertion in expected or ():
        left, _, right = assertion.partition(" == ")
        stated = json.loads(right.replace("'", '"'))
        if left == "s.type" and stated != {"sitemap": "urlset"}.get(found.format, found.format):
            return False
        if left == "list(s)":
            named = [(part.url, "") for part in found.parts] or [(entry.url, "") for entry in found.entries]
            dated = [(item["loc"], "") for item in stated if item.get("lastmod") or found.parts]
            if named != dated or found.undated != len(stated) - len(dated) or found.skipped or found.older:
                return False
    return found.format in ("sitemap", "sitemapindex") and not found.truncated


def test_files_of_other_formats_are_read_or_refused_within_five_seconds(shared: Path) -> None:
    """All feeds of the hostile suites, taken for each of the other kinds of source, and for OPML."""
    tried = slow = 0
    outcomes: Counter[str] = Counter()
    for suite in ("feeds-feedparser", "feeds-miniflux", "feeds-xml-bombs", "feeds-sitemaps"):
        folder = shared / "hostile" / suite
        for case in json.loads((folder / "manifest.json").read_text("utf-8"))["cases"]:
            body = (folder / case["input"]).read_bytes()
            for kind in ("sitemap", "api", "page", "list", "opml"):
                began = time.monotonic()
                outcomes[f"{kind} {_outcome(kind, body)}"] += 1
                tried, slow = tried + 1, slow + (time.monotonic() - began > 5)
    print(f"as other kinds: {tried} tried, {slow} slow, {dict(sorted(outcomes.items()))}")
    assert tried > 10_000
    assert not slow
    # They are those of feeds-sitemaps.
    assert outcomes["sitemap read"] <= 20


def _outcome(kind: str, body: bytes) -> str:
    """ "read", or the code of the refusal; anything else that is raised is a crash."""
    try:
        if kind == "opml":
            opml.parse(body, URL)
        else:
            read_as(Reading(cast("Kind", kind), LONG_AGO, "a"), body, "", URL)
    except FeedError as error:
        return error.code
    return "read"
