"""A list of addresses as people keep it, one a line → `Feed`. Empty lines and remarks behind a # do not count."""

from __future__ import annotations

import re

from scraper.errors import FeedError
from scraper.feeds.characters import text_of_feed
from scraper.feeds.entry import Feed, FeedEntry
from scraper.urls import canonical

MAX_ENTRIES = 50_000
_NAMED, _SHOWN = 5, 60
_REMARK = re.compile(r"(?:^|\s)#.*")


def parse(body: bytes, url: str) -> Feed:
    """Read a list; lines that are no address are not followed, but counted and named.

    Raises:
        FeedError: `not_a_feed` where no line is one, `too_large` beyond 50,000 lines.
    """
    lines = [_REMARK.sub("", line).strip() for line in text_of_feed(body, "text/plain; charset=utf-8").splitlines()]
    wanted = [(number, line) for number, line in enumerate(lines, 1) if line]
    if len(wanted) > MAX_ENTRIES:
        raise FeedError("too_large", f"{url}: more than {MAX_ENTRIES} lines; split it into several lists")
    found = [line for _, line in wanted if canonical(line) is not None]
    if wanted and not found:
        raise FeedError(
            "not_a_feed", f"{url}: begins with {wanted[0][1][:_SHOWN]!r}; expected one https://… address a line"
        )
    entries = tuple(FeedEntry(line, "", None, None) for line in dict.fromkeys(found))
    wrong = [(number, line) for number, line in wanted if canonical(line) is None]
    return Feed("list", "", entries, len(wrong), refused=_refused(url, wrong))


def _refused(url: str, wrong: list[tuple[int, str]]) -> str:
    if not wrong:
        return ""
    named = ", ".join(f"line {number}: {line[:_SHOWN]!r}" for number, line in wrong[:_NAMED])
    more = f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    return f"{url}: {named}{more}; expected one https://… address a line; the others are followed"
