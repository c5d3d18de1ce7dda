"""Miniflux's own tests: each a feed, and conditions in Go under which the test fails.

Compared are `feed.Title`, number, address, title and date of entries (entries without an address are counted too), the
feed's address if it names one, and of OPML the number of feeds; `err` says whether it can be read at all. What we do
not take (authors, enclosures, contents, languages, hashes, icons …) is declined. Miniflux keeps markup in titles, we
take what it says. Its tests read from http://example.org/ or https://example.org/, which the suite does not note: one
of them has to fit. Files without conditions, most of which are pages, have to be read or refused plainly.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.case import EXPECTED, Case, Verdict, declined, manifest, same, unexpected
from benchmarks.hostile.reading_feeds import read, said, summed, words
from scraper.errors import FeedError
from scraper.feeds import opml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scraper.feeds.entry import Feed, FeedEntry

_URLS = ("https://example.org/", "http://example.org/")
_OF_FEED = re.compile(r"feed\.(Title|FeedURL) != (.+)", re.DOTALL)
_OF_ENTRY = re.compile(r"feed\.Entries\[(\d+)\]\.(URL|Title) != (.+)", re.DOTALL)
_NUMBER = re.compile(r"len\(feed\.Entries\) != (\d+)")
_DATE = re.compile(r"!feed\.Entries\[(\d+)\]\.Date\.Equal\(time\.Date\((\d+, time\.\w+, .+), 0, time\.UTC\)\)")
_SUBSCRIPTIONS = re.compile(r"len\(subscriptions\) != (\d+)")


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        judge = _outlines if case["group"] == "opml" else _feed
        yield Case(case["id"], partial(judge, _conditions(case), (folder / case["input"]).read_bytes()))


def _conditions(case: dict[str, Any]) -> list[str]:
    stated: list[str] = case["expected"]["fails_if"] if case["expected"] else []
    return stated


def _outlines(conditions: list[str], body: bytes) -> Verdict:
    found = opml.parse(body, _URLS[0])
    numbers = [match for condition in conditions if (match := _SUBSCRIPTIONS.fullmatch(condition))]
    return summed([same(len(found), int(match[1])) for match in numbers])


def _feed(conditions: list[str], body: bytes) -> Verdict:
    answers = [read(body, url) for url in _URLS]
    feeds = [answer for answer in answers if not isinstance(answer, FeedError)]
    if not conditions:
        return EXPECTED
    if "err == nil" in conditions:
        return unexpected("read") if feeds else EXPECTED
    if not feeds:
        return unexpected(f"refused: {answers[0]}")
    verdicts = [summed([_condition(condition, feed) for condition in conditions]) for feed in feeds]
    return next((verdict for verdict in verdicts if verdict.outcome != "unexpected"), verdicts[0])


def _condition(condition: str, feed: Feed) -> Verdict:
    if of_feed := _OF_FEED.fullmatch(condition):
        if of_feed[1] == "Title":
            return same(words(feed.title), words(said(_text(of_feed[2]))))
        return same(feed.topic, _text(of_feed[2])) if feed.topic else declined("it names no address of its own")
    if number := _NUMBER.fullmatch(condition):
        return same(len(feed.entries) + feed.skipped, int(number[1]))
    match = _OF_ENTRY.fullmatch(condition) or _DATE.fullmatch(condition)
    if match and int(match[1]) >= len(feed.entries):
        return unexpected(f"no entry {match[1]}, but {feed.skipped} without an address; {condition}")
    return _entry(feed.entries[int(match[1])], match) if match else declined("states nothing that we take")


def _entry(entry: FeedEntry, stated: re.Match[str]) -> Verdict:
    if stated.re is _DATE:
        return same(entry.published_at or entry.updated_at, _instant(stated[2]))
    text = _text(stated[3])
    return same(entry.url, text) if stated[2] == "URL" else same(words(entry.title), words(said(text)))


def _text(literal: str) -> str:
    """A text as Go writes it: "…" with escapes, `…` without."""
    text: str = literal.strip("`") if literal.startswith("`") else json.loads(literal)
    return text


def _instant(arguments: str) -> datetime:
    return datetime.strptime(arguments, "%Y, time.%B, %d, %H, %M, %S").replace(tzinfo=UTC)
