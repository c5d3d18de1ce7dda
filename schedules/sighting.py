"""What an answer means: what was asked and what came in, a `Sighting` out. Pure; docs/rulings.md has the reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from changes.case import LONGEST_WAIT, Case
from changes.change import Change, Course, Edit, Looks, Window
from changes.compare import compare, moved
from changes.likeness import is_another, likeness
from changes.loss import is_other_text
from changes.meaning import edit_meaning
from changes.plain import fingerprint
from changes.ruling import MACHINE_CLOCKS, rule
from db.work import Failure, Outcome, Sighting
from scraper.errors import ReadError
from scraper.page import Page, header, http_date
from scraper.urls import identity, is_front_page, same_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from changes.case import Patience
    from changes.likeness import Likeness
    from db.work import Absence, DueArticle, Known, Latest
    from schedules.proving import Proof
    from scraper.article import Article, Clock
    from scraper.page import Headers, NotModified

_MISSING: Mapping[int, Absence] = {404: "404", 410: "410", 451: "451"}
_CLOCK_TOLERANCE = timedelta(seconds=60)
_DECLARED_AT_MOST = timedelta(hours=1)
# A cache that gives the same old copy for longer than that is no cache: the old version was put back (row 4).
_PUT_BACK = timedelta(minutes=10)
# These send a reader on for now: to a login, say, and back.
_PASSING = frozenset((302, 303, 307))
# What takes longer to confirm: a site in trouble may serve it for a while.
_AS_A_PAGE: frozenset[Absence] = frozenset(("soft_404", "elsewhere"))
_OTHER_LOOKS = 3
# What no other profile could read, or what kills its reader, and so whoever would blank out comments, too.
_NOT_WORTH_KEEPING = frozenset(("empty", "binary", "not_html", "too_deep", "too_large", "reader_killed"))
_FRESH_FOR = re.compile(r"(?:s-maxage|stale-while-revalidate)\s*=\s*\"?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Look:
    """One look: what was handed out, what is known, the page that came over the wire, and how we asked.

    Attributes:
        uncached: the look asked every cache to be passed over.
        proof: what the bytes of the page proved before it was read (`schedules.proving`).
    """

    due: DueArticle
    known: Known
    answer: Page
    patience: Patience
    uncached: bool
    proof: Proof = ""

    @property
    def at(self) -> datetime:
        """When the answer had come."""
        return self.answer.fetched_at

    @property
    def allowance(self) -> timedelta:
        """L of docs/rulings.md: how stale a copy this host's caches may give."""
        known = max(self.due.allowance, declared_staleness(self.answer.headers))
        return max(known, self.patience.cache_allowance)


def absence(answer: Page, asked: str) -> Absence | None:
    """What says that there is no such page: 404, 410, 451, or a redirect to the front page. None: nothing does."""
    if answer.status in _MISSING:
        return _MISSING[answer.status]
    home = is_front_page(answer.url) and not is_front_page(asked) and same_site(answer.url, asked)
    return "front_page" if home else None


def unchanged(answer: NotModified | Page, *, uncached: bool, read_at: datetime | None = None) -> Sighting:
    """What was seen in a look that brought nothing new: the server says so, or the bytes are those that we know, or
    those of them that matter; of a copy from before the last look, at `read_at`, what reading it would bring."""
    if isinstance(answer, Page):
        if _is_from_before(answer, read_at):
            return replace(_wire(answer, uncached=uncached), validators=None, digest=answer.digest)
        return replace(_wire(answer, uncached=uncached, proof="imprint"), digest=answer.digest)
    return _wire(answer, uncached=uncached, proof="304" if answer.status == 304 else "bytes")


def sighting(look: Look, article: Article) -> Sighting:
    """What was seen in a look that brought an answer that says the page is there. `article`: the reading of it."""
    seen, latest = _wire(look.answer, uncached=look.uncached), look.known.latest
    if not any(clock.covers and clock.covers.is_rough for clock in article.clocks):
        seen = replace(seen, digest=look.answer.digest)
    moved_to = _moved_to(look, article)
    if latest is None:
        mark = fingerprint(article)
        return replace(
            seen, outcome=Outcome.NEW, article=article, fingerprint=mark, page=look.answer, moved_to=moved_to
        )
    redirected = _is_redirected(look, moved_to)
    if redirected and (alike := likeness(latest.article, article)) != "same":
        return _led_elsewhere(look, alike)
    return replace(_against(look, article, latest, seen), moved_to=moved_to, redirected=redirected)


def unread(look: Look, error: ReadError) -> Sighting:
    """What was seen in a look that brought what cannot be read, or is not the article.

    An error page of the same site says that the article is not there, whatever its status, if we ever read the article.
    """
    page = look.answer if error.code not in _NOT_WORTH_KEEPING else None
    if error.code == "soft_404" and look.known.latest is not None and same_site(look.answer.url, look.due.fetch_url):
        return replace(missing(look, error.message, "soft_404"), page=page)
    return replace(
        _wire(look.answer, uncached=look.uncached),
        outcome=Outcome.UNREADABLE,
        validators=None,
        failure=Failure(error.code, error.message),
        page=page,
    )


def _led_elsewhere(look: Look, alike: Likeness) -> Sighting:
    """The address leads to a page that is not the article: for good, on the same site, it is not there any more."""
    left = [status for status, _ in look.answer.redirects]
    asked = look.due.fetch_url
    if alike != "other" or _PASSING & set(left) or not same_site(look.answer.url, asked):
        raise ReadError("other_page", f"{asked}: leads to {look.answer.url}, which does not read like the article")
    return missing(look, f"{asked}: redirects to {look.answer.url}, which is another page", "elsewhere")


def missing(look: Look, why: str, how: Absence) -> Sighting:
    """What was seen in a look that says the page is not there: the first such look, or the confirming one. A site in
    trouble may show error pages with the status of a page for a while: these take longer to confirm."""
    history, settle = look.due.history, look.patience.settle
    apart = timedelta() if not settle else max(_PUT_BACK, min(look.allowance, LONGEST_WAIT))
    apart = max(apart, settle) if how in _AS_A_PAGE else apart
    confirmed = (
        history.missing_since is not None
        and look.at - history.missing_since >= apart
        and (not settle or look.answer.connection != history.missing_connection)
    )
    gone = confirmed or look.due.state == "gone"
    outcome = Outcome.GONE if gone else Outcome.SUSPECT
    return replace(
        _wire(look.answer, uncached=look.uncached), outcome=outcome, failure=Failure("missing", why), absence=how
    )


def declared_staleness(headers: Headers) -> timedelta:
    """How stale a copy the answer itself says may be: Age, or what shared caches are allowed, up to an hour."""
    allowed = sum(int(seconds) for seconds in _FRESH_FOR.findall(header(headers, "cache-control").lower()))
    return max(age(headers), min(timedelta(seconds=allowed), _DECLARED_AT_MOST))


def age(headers: Headers) -> timedelta:
    """How long ago a copy left the site's own server, as far as caches say so: the Age header; zero if there is none
    that can be read."""
    value = header(headers, "age").strip()
    return timedelta(seconds=int(value)) if re.fullmatch(r"[0-9]{1,9}", value) else timedelta()


def _wire(
    answer: Page | NotModified, *, uncached: bool, proof: Literal["", "304", "bytes", "imprint"] = ""
) -> Sighting:
    return Sighting(
        outcome=Outcome.SAME,
        headers=answer.headers,
        # A 304 need not repeat them.
        validators=None if proof == "304" else answer.validators,
        allowance=declared_staleness(answer.headers),
        clock_offset=clock_offset(answer),
        connection=answer.connection,
        uncached=uncached,
        status=answer.status,
        proof=proof,
    )


def clock_offset(answer: Page | NotModified) -> timedelta | None:
    """The server's Date minus our clock, where the answer comes from the server itself."""
    if age(answer.headers):
        return None
    date = _http_date(header(answer.headers, "date"))
    return None if date is None else date - answer.fetched_at


# Hosts that are asked in the same second say the same.
@lru_cache(maxsize=256)
def _http_date(text: str) -> datetime | None:
    try:
        date = http_date(text)
    except (ValueError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date


def _moved_to(look: Look, article: Article) -> str:
    """The address that the page says it lives at, if that is not the one we know it by."""
    known = identity(look.answer.url, article.url, "")
    return known if known != look.due.url else ""


def _is_redirected(look: Look, moved_to: str) -> bool:
    """Whether the site itself sent us there, and the page does not only say so."""
    return bool(moved_to and look.answer.redirects)


def _against(look: Look, article: Article, latest: Latest, seen: Sighting) -> Sighting:
    """Compare with the version that stands."""
    mark = fingerprint(article)
    stayed = mark == latest.fingerprint
    if stayed and not _bare_move(look, article, latest):
        return _same(look, article, latest, seen)
    change = compare(latest.article, article)
    if article.read_with != latest.article.read_with:
        return _edited(look, article, latest, replace(seen, fingerprint=mark, change=change), Outcome.REREAD)
    if not change.text_changed and change.clock("stand") is None:  # row 7, for what an earlier program marked
        return _same(look, article, latest, seen)
    if _is_other_page(look, article, latest):
        raise ReadError("other_page", f"{look.due.fetch_url}: next to nothing of the article is on the page that came")
    known = next((earlier.revision_id for earlier in look.known.earlier if earlier.fingerprint == mark), None)
    if not stayed and _is_old_copy(look, article, latest, known) and not _put_back(look):
        return replace(seen, outcome=Outcome.OLD_COPY, old_copy_of=known, validators=None)
    return _edited(look, article, latest, replace(seen, fingerprint=mark, change=change), Outcome.CHANGED)


def _bare_move(look: Look, article: Article, latest: Latest) -> bool:
    """Whether a Stand in relative words is a later one, while all that the fingerprint holds is the same. A cache of
    this host may have kept the page for as long as its copies are known to get."""
    was, now = latest.article.stand, article.stand
    if was is None or now is None or was.covers is None or now.covers is None or not now.covers.is_rough:
        return False
    later = moved(was, now) and now.covers.start - was.covers.last_end >= look.allowance
    return later and not _is_proven_older(look, article, latest)


def _is_other_page(look: Look, article: Article, latest: Latest) -> bool:
    """Whether a wall or an error that we do not know by its words stands in the place of the article: another text,
    and less of it, or without the stamps. If it stays for several looks, it is the article."""
    history = look.due.history
    stood = look.at - latest.last_seen_at
    if _moved_to(look, article) or (
        history.failures_in_a_row >= _OTHER_LOOKS and stood >= max(_PUT_BACK, look.patience.settle)
    ):
        return False
    return is_other_text(latest.article, article)


def _same(look: Look, article: Article, latest: Latest, seen: Sighting) -> Sighting:
    """The same version. Clocks and comments of a copy that is older than our last look say nothing."""
    if _is_proven_older(look, article, latest) and not _put_back(look):
        return replace(seen, outcome=Outcome.OLD_COPY, validators=None)
    if _is_from_before(look.answer, latest.last_seen_at):
        return replace(seen, validators=None)
    back = look.due.state == "gone"
    return replace(
        seen,
        outcome=Outcome.RETURNED if back else Outcome.SAME,
        article=_with_known_stand(article, latest),
        comment_count=_comments(article, latest),
    )


def _with_known_stand(article: Article, latest: Latest) -> Article:
    """The Stand as it was read before, where the words are the same: "today" may be yesterday's by now, or its other
    clocks no longer place it. And where relative words make it earlier than it can have been: one of the two pages lay
    in a cache, and the later stamp is kept, lest it seem to move once more."""
    was, now = latest.article.stand, article.stand
    if was is None or now is None or was.covers is None:
        return article
    if was.covers.is_rough:
        known = now.covers is not None and now.covers.is_rough and now.covers.last_end <= was.covers.start
    else:
        known = was.raw == now.raw
    clocks = tuple(was if known and clock is now else clock for clock in article.clocks)
    return replace(article, clocks=clocks)


def _edited(look: Look, article: Article, latest: Latest, seen: Sighting, outcome: Outcome) -> Sighting:
    before = latest.article
    edit = Edit(
        before=before,
        after=article,
        change=seen.change or Change(),
        window=Window(latest.last_seen_at - max(look.allowance, latest.staleness), look.at),
        variant=_is_variant(before, article) or _is_another(look, article, latest),
        course=_course(look, latest, seen),
    )
    returned = look.due.state == "gone" and outcome == Outcome.CHANGED
    return replace(
        seen,
        outcome=Outcome.RETURNED if returned else outcome,
        page=look.answer,
        article=article,
        edit=edit,
        meaning=edit_meaning(before, article) if outcome == Outcome.CHANGED else None,
        ruling=rule(Case(edit, _first_look(look, seen), look.known.practice, look.patience, look.allowance, look.at)),
        comment_count=_comments(article, latest),
    )


def _course(look: Look, latest: Latest, seen: Sighting) -> Course:
    """What is known at the first look of what came before."""
    back = next((earlier for earlier in look.known.earlier if earlier.fingerprint == seen.fingerprint), None)
    return Course(
        open_stand_move=latest.open_stand_move,
        unstamped=latest.unstamped,
        notices=latest.notices,
        apart=look.at - latest.last_seen_at,
        back_to=back.stood if back else None,
    )


def _is_variant(before: Article, after: Article) -> bool:
    """Another language, or a teaser where the whole text was (and the other way round): not comparable."""
    language = bool(before.language and after.language and before.language != after.language)
    return language or before.warning != after.warning


def _is_another(look: Look, article: Article, latest: Latest) -> bool:
    """The page lives elsewhere now, and next to nothing of the text is left: it is another article."""
    return bool(_moved_to(look, article)) and is_another(latest.article, article)


def _first_look(look: Look, seen: Sighting) -> Looks:
    offset = seen.clock_offset
    return Looks(
        count=1,
        connections=1,
        uncached=int(look.uncached),
        since=look.at,
        until=look.at,
        clock_ok=look.known.clock_ok or (offset is not None and abs(offset) <= _CLOCK_TOLERANCE),
        pages_kept=True,
    )


def _comments(article: Article, latest: Latest) -> tuple[int | None, int | None] | None:
    before, after = latest.article.comment_count, article.comment_count
    return (before, after) if before != after else None


def _is_old_copy(look: Look, article: Article, latest: Latest, known: int | None) -> bool:
    """Row 3: a cache gave an earlier version: one that we saw before, or one that its Last-Modified gives away."""
    if _clocks_later(article.clocks, latest.article.clocks) or _modified(look, latest) > 0:
        return False
    return known is not None or _modified(look, latest) < 0


def _is_proven_older(look: Look, article: Article, latest: Latest) -> bool:
    """Whether the copy was made before what we saw last: its dates say so, or it is older than the page's removal."""
    since = look.due.history.missing_since
    if look.due.state != "live" and _is_from_before(look.answer, since):
        return True
    new, old = _of_machines(article.clocks), _of_machines(latest.article.clocks)
    if _clocks_later(new, old) or _modified(look, latest) > 0:
        return False
    return _modified(look, latest) < 0 or _clocks_later(old, new)


def _is_from_before(answer: Page, then: datetime | None) -> bool:
    """Whether caches say that they have had this copy since before then."""
    since = age(answer.headers)
    return then is not None and bool(since) and answer.fetched_at - since < then


def _of_machines(clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
    """Stamps for readers may be relative ("two hours ago") and move by themselves."""
    return tuple(clock for clock in clocks if clock.kind in MACHINE_CLOCKS)


def _modified(look: Look, latest: Latest) -> int:
    """-1, 0, 1: Last-Modified is earlier than, like, or later than that of the version that stands."""
    new, old = _http_date(look.answer.validators.last_modified), _http_date(latest.validators.last_modified)
    return 0 if new is None or old is None or new == old else (1 if new > old else -1)


def _clocks_later(new: tuple[Clock, ...], old: tuple[Clock, ...]) -> bool:
    known = {clock.kind: clock.covers.start for clock in old if clock.covers and not clock.covers.is_rough}
    return any(
        clock.covers and not clock.covers.is_rough and clock.covers.start > known.get(clock.kind, clock.covers.start)
        for clock in new
    )


def _put_back(look: Look) -> bool:
    """Whether old copies have come for so long that the old version must have been put back."""
    since = look.known.old_copy_since
    waited = max(_PUT_BACK, look.patience.settle, 2 * min(look.allowance, LONGEST_WAIT))
    return since is not None and look.at - since >= waited
