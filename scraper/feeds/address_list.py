"""A list of addresses as people keep it, one a line → `Feed`. Empty lines and remarks behind a # do not count."""

from __future__ import annotations

import re

from scraper.errors import FeedError
from scraper.feeds.characters import text_of_feed
from scraper.feeds.entry import Feed, FeedEntry
from scraper.urls import canonical

MAX_ENTRIES = 50_000
_REMARK = re.compile(r"(?:^|\s)#.*")


def parse(body: bytes, url: str) -> Feed:
    """Read a list; lines that are no address are counted, not followed.

    Raises:
        FeedError: `not_a_feed` where no line is one, `too_large` beyond 50,000 lines.
    """
    lines = [_REMARK.sub("", line).strip() for line in text_of_feed(body, "text/plain; charset=utf-8").splitlines()]
    wanted = [line for line in lines if line]
    if len(wanted) > MAX_ENTRIES:
        raise FeedError("too_large", f"{url}: more than {MAX_ENTRIES} lines; split it into several lists")
    found = [line for line in wanted if canonical(line) is not None]
    if wanted and not found:
        raise FeedError("not_a_feed", f"{url}: begins with {wanted[0][:60]!r}; expected one https://… address a line")
    entries = tuple(FeedEntry(line, "", None, None) for line in dict.fromkeys(found))
    return Feed("list", "", entries, len(wanted) - len(found))
