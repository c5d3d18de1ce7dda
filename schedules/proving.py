"""Pages that need no reading, as their bytes prove that it would bring what the last one brought. Pure."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from db.store.imprints import TRIED
from db.store.validators import UNPROVEN
from db.work import Outcome
from scraper.imprint import Imprint, mark_of, proves
from scraper.page import header, http_date

if TYPE_CHECKING:
    from datetime import datetime

    from db.work import DueArticle, Known, Latest, Sighting
    from scraper.page import NotModified, Page, Validators

# What an imprint says of a page: nothing, as it was not asked; that it does not know; that the page is unchanged; that,
# too, but it is to be read all the same.
Proof = Literal["", "unknown", "proven", "tried"]
_OF_CODING = re.compile(r"[-;:]+(gzip|gz|br|zstd|df|deflate)$")
# Of imprints that did not know a page that is read as before, one in so many is made anew: most would fail again.
_MADE_ANEW = 4


def proof(due: DueArticle, page: Page) -> Proof:
    """What the imprint of an article says of the page that came."""
    known = Imprint.of(due.imprint)
    if known is None or _says_older(due, page):
        return ""
    if not proves(known, page, due.read_with):
        return "unknown"
    return "tried" if _drawn(f"{due.id} {page.fetched_at}".encode(), TRIED) else "proven"


def is_in_full(due: DueArticle, now: datetime) -> bool:
    """Whether this look asks for the whole page, lest a server that says 304 whatever happens hide an edit. A ruling
    that waits for looks rests on no 304 of a host that has not shown that it tells of edits."""
    if due.wants_settling and due.one_in_full <= UNPROVEN:
        return True
    return _drawn(f"{due.id} {now}".encode(), due.one_in_full)


def has_validators(due: DueArticle) -> bool:
    """There is something to ask the server with whether the page was modified."""
    return bool(due.validators.etag or due.validators.last_modified)


def without_304s(known: Known) -> Known:
    """The same, if only a reading shows that a version stands."""
    latest = known.latest
    return known if latest is None else replace(known, latest=replace(latest, last_seen_at=latest.first_seen_at))


def contradicts(answer: NotModified, asked: Validators) -> bool:
    """The server says 304, not modified, and names another version than the one that it was asked about."""
    named = header(answer.headers, "etag") if answer.status == HTTPStatus.NOT_MODIFIED else ""
    return bool(named and asked.etag) and _opaque(named) != _opaque(asked.etag)


def _opaque(etag: str) -> str:
    """What is left of it where servers that compress have marked it: Apache's 304 has no "-gzip" where its page has
    (bug 45023 of httpd)."""
    return _OF_CODING.sub("", etag.strip().removeprefix("W/").strip('"'))


def as_known(seen: Sighting, known: Known) -> bool:
    """Whether a reading brought nothing at all that was not known."""
    latest, article = known.latest, seen.article
    return (
        latest is not None
        and article is not None
        and seen.outcome == Outcome.SAME
        and seen.comment_count is None
        and not seen.moved_to
        and (article.clocks, article.warning) == (latest.article.clocks, latest.article.warning)
    )


def gets_imprint(due: DueArticle, said: Proof, page: Page, seen: Sighting, known: Known) -> bool:
    """Whether an imprint of the page that was read is made: to make one takes half as long as reading, and it is of use
    only where pages come with other bytes though nothing is new."""
    if due.noise == "misproven":
        return False
    same = as_known(seen, known)
    if same and Imprint.of(due.imprint) is not None:  # one that was not asked may know the page
        return said == "unknown" and _drawn(page.body, _MADE_ANEW)
    if due.noise == "noisy" or (same and page.digest != due.digest):
        return True
    return due.noise == "unknown" if known.latest is None else _may_be_noisy(due, known.latest)


def _may_be_noisy(due: DueArticle, latest: Latest) -> bool:
    """Other bytes came of the article since the imprint that it has, or nothing did yet."""
    kept = Imprint.of(due.imprint)
    return kept is not None and (kept.page != mark_of(due.digest) or latest.last_seen_at == latest.first_seen_at)


def tried(said: Proof, seen: Sighting, known: Known) -> Sighting:
    """What was seen, with what became of the proof if it was tried. A copy that came late proves nothing of it."""
    if said != "tried" or seen.outcome == Outcome.OLD_COPY or (seen.outcome == Outcome.SAME and seen.article is None):
        return seen
    return replace(seen, proof_held=as_known(seen, known))


def _drawn(what: bytes, one_in: int) -> bool:
    return zlib.crc32(what) % one_in == 0


def _says_older(due: DueArticle, page: Page) -> bool:
    """Its date may be from before what the last look brought, and that is for `schedules.sighting` to weigh."""
    new, old = page.validators.last_modified, due.validators.last_modified
    if not new or not old or new == old:
        return False
    try:
        return http_date(new) < http_date(old)
    except (ValueError, OverflowError, TypeError):
        return True
