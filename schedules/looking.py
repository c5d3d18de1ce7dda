"""A page that a look brought, in a reader's process: read, compared with what is known, and made ready to be kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schedules.proving import as_known, gets_imprint, tried
from schedules.sighting import absence, missing, sighting, unread
from scraper.errors import ReadError
from scraper.read import read_with_sheet, uncollected
from scraper.read.comments.blanking import without_comments
from scraper.read.fallback import may_fall_back
from scraper.read.imprinting import imprint_of

if TYPE_CHECKING:
    from db.work import Sighting
    from schedules.sighting import Look
    from scraper.article import Article
    from scraper.read.sheet import Sheet
    from scraper.site_profile import SiteProfile


def not_there(look: Look) -> Sighting | None:
    """What was seen, where the answer says that there is no such page, whatever stands on it."""
    how = absence(look.answer, look.due.fetch_url)
    return None if how is None else missing(look, _why_missing(look), how)


@uncollected()  # the page as it was laid out is gone when this returns, and nothing is left to go over
def seen_in(look: Look, own: tuple[SiteProfile, ...], with_comments: bool) -> tuple[Sighting, bool]:
    """What was seen, and whether the page is to be kept with it: it stays where it came from, and is not in it.

    Args:
        own: a user's profile of the site.
        with_comments: what readers wrote is to be kept, too.

    Raises:
        ReadError: what readers wrote cannot be told from an article that was read.
    """
    sheet = None
    try:
        seen, sheet = _read(look, own)
    except ReadError as error:
        seen = unread(look, error)
    seen = tried(look.proof, seen, look.known)
    if not with_comments:
        seen = _without_comments(seen, own, sheet)
    return replace(seen, page=None), seen.page is not None


def _read(look: Look, own: tuple[SiteProfile, ...]) -> tuple[Sighting, Sheet]:
    article, sheet = read_with_sheet(look.answer, "auto", own, last_resort=may_fall_back(look.known.read_by))
    _refuse_less(article, look)
    seen = replace(sighting(look, article), comments=article.comments)
    if seen.article is None:
        return seen, sheet
    if gets_imprint(look.due, look.proof, look.answer, seen, look.known):
        made = imprint_of(look.answer, article)
        return replace(seen, imprint=made.packed() if made else b""), sheet
    # The one that is kept proves what stood before.
    return seen if as_known(seen, look.known) else replace(seen, imprint=b""), sheet


def _without_comments(seen: Sighting, own: tuple[SiteProfile, ...], sheet: Sheet | None) -> Sighting:
    """The same with what may be kept of the page."""
    seen = replace(seen, comments=())
    if seen.page is None:
        return seen
    try:
        return replace(seen, kept_body=without_comments(seen.page, own, sheet))
    except ReadError:
        if seen.article is not None:
            raise
        return replace(seen, page=None)


def _refuse_less(article: Article, look: Look) -> None:
    """Row 2 of docs/rulings.md: a text that was cut is never compared, nor is a teaser where we had the whole text."""
    latest = look.known.latest
    teaser = article.warning and latest is not None and not latest.article.warning
    if article.warning == "truncated" or teaser:
        said = f"{look.due.fetch_url}: only a part of the text came ({article.warning})"
        raise ReadError(article.warning, said)


def _why_missing(look: Look) -> str:
    asked, answer = look.due.fetch_url, look.answer
    if answer.status >= 400:
        return f"{asked}: the server says {answer.status}"
    return f"{asked}: redirects to the front page {answer.url}"
