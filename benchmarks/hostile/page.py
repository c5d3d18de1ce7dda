"""Pages for the suites of hostile HTML, read on the product's own way: decoded, read, and made ready to be kept."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

from scraper.errors import ReadError
from scraper.feeds.discovery import candidates
from scraper.page import Page, header
from scraper.read import read
from scraper.read.comments.blanking import without_comments

URL = "https://zeitung.example/politik/damm-101.html"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
UTF_8 = "text/html; charset=utf-8"


def page_of(body: bytes, content_type: str = UTF_8) -> Page:
    return Page(URL, 200, (("content-type", content_type),), body, NOON)


def survive(page: Page) -> None:
    """Whatever a look does with a page in its worker, and the way back from there; only refusals may be raised there.

    Raises:
        AssertionError: what was read does not come back from another process as it was.
    """
    try:
        article = read(page)
        assert pickle.loads(pickle.dumps(article)) == article
    except ReadError as refusal:
        pickle.loads(pickle.dumps(refusal))
    without_comments(page)
    candidates(page.body, header(page.headers, "content-type"), page.url)
