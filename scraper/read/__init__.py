"""The reading stage: a `Page` comes in, an `Article` goes out, or a `ReadError` says why not.

A profile of the site reads what it knows; the generic reader reads the rest. The page is parsed once. Pure: no clock,
no network; can be called in another process.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.charset import text_and_source
from scraper.errors import ReadError
from scraper.page import header
from scraper.read import generic
from scraper.read.comments.alone import comments_alone
from scraper.read.fallback import read_fallback
from scraper.read.live import has_timed_pieces, is_live_blog
from scraper.read.profile import name_of, read_with
from scraper.read.scan import TOO_MUCH, scan
from scraper.read.sheet import lay_out
from scraper.read.walls import (
    is_teaser,
    refuse_elsewhere,
    refuse_other_formats,
    refuse_other_markup,
    refuse_walls,
    took_for_comments,
)
from scraper.site_profile import profile_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.article import Article
    from scraper.page import Page
    from scraper.read.sheet import Sheet
    from scraper.site_profile import SiteProfile

# 25 times those of the longest text of 324 outlets. To compare two takes as long as one has words times the other.
MAX_WORDS = 250_000


def read(page: Page, reader: str = "auto", own: Sequence[SiteProfile] = (), *, last_resort: bool = False) -> Article:
    """Read one page. `reader="generic"` ignores the profiles of sites; `own` are a user's.

    Args:
        last_resort: where no text is found, try `scraper.read.fallback`: see there what it must not read.

    Raises:
        ReadError: it is no article that can be read.
    """
    return read_with_sheet(page, reader, own, last_resort=last_resort)[0]


def read_with_sheet(
    page: Page, reader: str = "auto", own: Sequence[SiteProfile] = (), *, last_resort: bool = False
) -> tuple[Article, Sheet]:
    """The same, with the page as it was laid out for it, for who has more to ask of it: to parse takes long.

    Raises:
        ReadError: it is no article that can be read.
    """
    with uncollected():
        return _read(page, reader, own, last_resort=last_resort)


@contextmanager
def uncollected() -> Iterator[None]:
    """A page is thousands of objects without a cycle among them, and all live until it is read: the collector would go
    over them time and again, for a fifth of all the time it takes, and find nothing.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read(page: Page, reader: str, own: Sequence[SiteProfile], *, last_resort: bool) -> tuple[Article, Sheet]:
    content_type = header(page.headers, "content-type")
    refuse_elsewhere(page)
    refuse_other_formats(page, content_type)
    markup, source = text_and_source(page.body, content_type)
    refuse_other_markup(page.url, markup)
    look = scan(markup)
    if look.too_deep:
        raise ReadError("too_deep", f"{page.url}: more than {TOO_MUCH}")
    profile = profile_for(page.url, own) if reader == "auto" else None
    sheet = lay_out(page.url, markup, page.fetched_at, profile.zone if profile else "", source)
    article = _article(sheet, profile, markup if last_resort else None)
    if sum(block.text.count(" ") for block in article.blocks) > MAX_WORDS:
        raise ReadError("too_large", f"{page.url}: its text has more than {MAX_WORDS:,} words")
    warning = "truncated" if look.truncated else _warning(sheet, article)
    return replace(article, live=_is_live(sheet, article), warning=warning or article.warning), sheet


def _warning(sheet: Sheet, article: Article) -> str:
    if is_teaser(sheet, article):
        return "teaser_only"
    return "taken_for_comments" if took_for_comments(sheet, article) else ""


def _is_live(sheet: Sheet, article: Article) -> bool:
    slug = urlsplit(sheet.url).path.strip("/").rpartition("/")[2]
    within = sheet.text.node if sheet.text is not None else sheet.tree
    marked = within.css_first("[itemprop~=liveBlogUpdate]") is not None or has_timed_pieces(article.blocks)
    titles = (article.headline, article.topline, slug)
    return is_live_blog(sheet.linked.kind, titles, has_entries=marked or bool(sheet.entries))


def reads_alike(url: str, read_with: str, own: Sequence[SiteProfile] = ()) -> bool:
    """Whether a page of this address would be read today as it was by that reader, if it has not changed."""
    profile = profile_for(url, own)
    names = [name_of(profile, version) for version in profile.versions] if profile else [generic.NAME]
    return read_with in names


def _article(sheet: Sheet, profile: SiteProfile | None, markup: str | None) -> Article:
    """Walls are looked for where an article is short or cannot be read: they say more than "no text".

    `markup` is for the last resort.
    """
    try:
        article = (read_with(sheet, profile) if profile else None) or generic.read_generic(sheet)
    except ReadError as fault:
        refuse_walls(sheet, None)
        lost = fault.code == "no_text" and not comments_alone(sheet)
        found = read_fallback(sheet, markup) if lost and markup is not None else None
        if found is None:
            raise
        article = found
    refuse_walls(sheet, article)
    return article
