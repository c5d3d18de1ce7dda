"""feedparser's own tests: each a feed, and a Python expression over what feedparser makes of it.

Of an expression all has to hold that is about what we take from a feed:

* `feed['title']`, `entries[0]['title']`: plain text here, so what the stated markup says, if it is markup;
* `entries[0]['link']`, its first link if it is no `rel` of another kind, and whether a guid serves as the address;
* `published`, `updated` and what feedparser parsed of them: the same instant; "no date" is declined, another is wrong;
* `len(entries)`, and `encoding`: the text is what that encoding makes of the bytes;
* `not bozo`: it is not refused. `bozo` only says that XML is not well-formed, which is for nobody to mind.

Everything else (summaries, authors, enclosures, places, ratings …) we do not take: what states nothing but that is
declined, if it can be read. An entry without an address is no article, and most of the suite have none: where none has,
the feed is read once more with an address in each, so that their titles and dates can be compared.
"""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.case import EXPECTED, Case, Verdict, declined, manifest, same, unexpected
from benchmarks.hostile.reading_feeds import read, said, summed, words
from scraper.errors import FeedError
from scraper.feeds.characters import text_of_feed
from scraper.feeds.entry import Feed, FeedEntry
from scraper.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_NONE = FeedEntry("", "", None, None)
_ROOT = "http://127.0.0.1:8097/"
_ENTRY = re.compile(rb"<(?:item|entry)\b[^>]*>")
_ADDRESS = rb"\g<0><link href='http://a.example/'>http://a.example/</link>"
_GUID = re.compile(rb"<guid\b[^>]*>([^<]*)</guid>")
_OTHER_LINK = re.compile(r"\['rel'\] == '(?!alternate)")


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        yield Case(case["id"], partial(_judge, case, (folder / case["input"]).read_bytes()))


def _judge(case: dict[str, Any], body: bytes) -> Verdict:
    found = _Found(case, body)
    return _of(ast.parse(case["expected"].strip(), mode="eval").body, found)


class _Found:
    """A feed as we read it; `addressed`: with an address for every entry, if none has one of its own."""

    def __init__(self, case: dict[str, Any], body: bytes) -> None:
        headers = {name.lower(): value for name, value in (case["http_headers"] or {}).items()}
        self.body, self.expected = body, case["expected"].strip()
        self.content_type = headers.get("content-type", "")
        url = headers.get("content-location") or _ROOT + case["id"]
        answer = read(body, url, self.content_type)
        self.refusal = answer if isinstance(answer, FeedError) else None
        if isinstance(answer, FeedError):
            return
        self.feed = self.addressed = answer
        if answer.skipped and not answer.entries:
            addressed = read(_ENTRY.sub(_ADDRESS, body), url, self.content_type)
            assert not isinstance(addressed, FeedError), addressed
            self.addressed = addressed


def _of(node: ast.expr, found: _Found) -> Verdict:
    """What an expression, or a part of it, means for us."""
    if isinstance(node, ast.BoolOp):
        verdicts = [_of(part, found) for part in node.values]
        return EXPECTED if isinstance(node.op, ast.Or) and EXPECTED in verdicts else summed(verdicts)
    place, stated = _statement(node)
    if place == "encoding":
        return _encoding(found, stated)
    if place == "bozo":
        if found.refusal and not stated:
            return unexpected(f"refused: {found.refusal}")
        return EXPECTED if found.expected == "not bozo" else declined("states nothing that we take")
    for pattern, judge in _TAKEN.items():
        match = re.fullmatch(pattern, place)
        if match:
            return judge(found, match, stated) if not found.refusal else unexpected(f"refused: {found.refusal}")
    return declined("states nothing that we take")


def _statement(node: ast.expr) -> tuple[str, Any]:
    """`entries[0].title == 'a'` → ("entries[0]['title']", "a"); `not bozo` → ("bozo", False)."""
    stated: Any = True
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=place):
            node, stated = place, False
        case ast.Compare(left=place, ops=[ast.Eq()], comparators=[ast.Constant() | ast.Tuple() as value]):
            node, stated = place, ast.literal_eval(value)
    return re.sub(r"\.(\w+)", r"['\1']", ast.unparse(node)), stated


def _encoding(found: _Found, stated: str) -> Verdict:
    try:
        wanted = found.body.decode(stated, "replace")
    except LookupError:
        return declined(f"nobody here knows {stated!r}")
    return same(text_of_feed(found.body, found.content_type).lstrip("\ufeff"), wanted.lstrip("\ufeff"))


def _count(found: _Found, _match: re.Match[str], stated: int) -> Verdict:
    return same(len(found.feed.entries) + found.feed.skipped, stated)


def _feed_title(found: _Found, _match: re.Match[str], stated: str) -> Verdict:
    return same(words(found.feed.title), words(said(stated)))


def _title(found: _Found, match: re.Match[str], stated: str) -> Verdict:
    return same(words(_entry(found.addressed, match).title), words(said(stated)))


def _link(found: _Found, match: re.Match[str], stated: str) -> Verdict:
    if _OTHER_LINK.search(found.expected):
        return declined("a link to something else")
    return same(canonical(_entry(found.feed, match).url), canonical(stated))


def _date(found: _Found, match: re.Match[str], stated: Any) -> Verdict:
    entry = _entry(found.addressed, match)
    instant = entry.published_at if match[2] == "published" else entry.updated_at
    return same(instant, _instant(stated)) if instant else declined("no date rather than a wrong one")


def _guid(found: _Found, _match: re.Match[str], stated: bool) -> Verdict:
    """Whether the guid is the address."""
    guid = _GUID.search(found.body)
    assert guid is not None
    return same(any(entry.url == guid[1].decode() for entry in found.feed.entries), stated)


# The places in feedparser's result that are about something that we take.
_TAKEN: dict[str, Callable[[_Found, re.Match[str], Any], Verdict]] = {
    r"len\(entries\)": _count,
    r"feed\['title(?:_detail'\]\['value)?'\]": _feed_title,
    r"entries\[(\d+)\]\['title(?:_detail'\]\['value)?'\]": _title,
    r"entries\[(\d+)\]\['link(?:s'\]\[0\]\['href)?'\]": _link,
    r"entries\[(\d+)\]\['(published|updated)(?:_parsed)?'\]": _date,
    r"entries\[(\d+)\]\['(?:guidislink'\]|has_key'\]\('link'\))": _guid,
}


def _entry(feed: Feed, match: re.Match[str]) -> FeedEntry:
    number = int(match[1])
    return feed.entries[number] if number < len(feed.entries) else _NONE


def _instant(stated: str | tuple[int, ...]) -> datetime:
    if isinstance(stated, tuple):
        return datetime(*stated[:6], tzinfo=UTC)
    try:
        return datetime.fromisoformat(stated)
    except ValueError:
        return parsedate_to_datetime(stated)
