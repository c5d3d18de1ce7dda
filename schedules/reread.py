"""What the kept pages of an article say when they are read as pages are read today: its history, derived again. Pure.

The pages are gone through in the order in which they came. A reading that lost nothing takes the place of the one that
was made of the same page; one of a page that was held, or could not be read, becomes a version where it says something
else than the version before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from changes.change import Edit, Window
from changes.compare import compare
from changes.correction import differs
from changes.loss import GROWN, HARMLESS, is_other_text, lost
from changes.plain import fingerprint
from db.reread import Doubted, NewReading, RereadResult
from db.work import Failure
from scraper.article import Article

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from db.reread import DueReread, Kept


def reread(
    due: DueReread, read: Mapping[int, Article | Failure], now: datetime, cache_allowance: timedelta, *, accept: bool
) -> RereadResult:
    """What the pages say; `read` has their readings. `accept`: the newest counts even if it says less than before."""
    walk = _Walk(due, read, max(due.allowance, cache_allowance), accept)
    for kept in due.pages:
        walk.past(kept)
    standing = walk.standing()
    return RereadResult(
        due=due,
        at=now,
        new=tuple(walk.new),
        known=tuple(walk.known),
        standing=standing,
        doubted=tuple(walk.doubted()),
        well=walk.well,
        lost=walk.lost,
        failure=walk.failure,
        worse=walk.worse,
        edited=walk.edited,
    )


@dataclass
class _Walk:
    """`current`: the page that the version before is read from, and what it says."""

    due: DueReread
    read: Mapping[int, Article | Failure]
    allowance: timedelta
    accept: bool
    current: tuple[Kept, Article] | None = None
    new: list[NewReading] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    counted: dict[int, Article] = field(default_factory=dict)
    otherwise: set[int] = field(default_factory=set)
    well: bool = False
    lost: tuple[str, ...] = ()
    failure: Failure | None = None
    worse: int = 0
    edited: bool = False

    def past(self, kept: Kept) -> None:
        """Go past a page."""
        found = self.read[kept.page_id]
        if isinstance(found, Article):
            found = self._refused(kept, found) or found
        if isinstance(found, Failure):
            self._stays(kept, (), found)
        elif missing := self._missing(kept, found):
            self._stays(kept, missing, None)
        else:
            self._counts(kept, found)

    def standing(self) -> NewReading | None:
        """The reading that is to stand, where it is a new one: also one that differs in its reader alone."""
        if self.current is None:
            return None
        kept, article = self.current
        if not self._is_newest(kept) or kept.page_id not in self.counted:
            return None
        found = next((item for item in self.new if item.page_id == kept.page_id), None)
        if found is None and kept.reading is not None and kept.reading.read_with != article.read_with:
            self._add(kept, article, (kept, kept.reading))
            return self.new[-1]
        return found

    def doubted(self) -> list[Doubted]:
        """The edits that were told, of which a side is read in another way now; the other may be read as it was."""
        found = []
        sides = {kept.page_id: self.counted.get(kept.page_id, kept.reading) for kept in self.due.pages}
        for kept in self.due.pages:
            before, after = sides.get(kept.before_page or 0), sides[kept.page_id]
            if kept.edit is not None and before and after and {kept.page_id, kept.before_page} & self.otherwise:
                found.append(Doubted(kept.edit, before, after, compare(before, after)))
        return found

    def _is_newest(self, kept: Kept) -> bool:
        return kept.late or kept.page_id == self.due.standing_page

    def _refused(self, kept: Kept, article: Article) -> Failure | None:
        """Row 2 of docs/rulings.md, as at a look: a part of the text, or the text of a wall that nobody knows."""
        if article.warning == "truncated":
            return Failure("truncated", f"{self.due.url}: only a part of the text came (truncated)")
        if kept.counts or self.current is None:
            return None
        before = self.current[1]
        if article.warning and not before.warning and not (self.accept and kept.late):
            return Failure(article.warning, f"{self.due.url}: only a part of the text came ({article.warning})")
        if is_other_text(before, article):
            return Failure("other_page", f"{self.due.url}: next to nothing of the article is on the page that came")
        return None

    def _missing(self, kept: Kept, article: Article) -> tuple[str, ...]:
        """What it lost: against the reading of the same page, or where that says nothing, against the version before.

        A page in which more is found than was is read better.
        """
        if self.accept and self._is_newest(kept):
            return ()
        if kept.counts and kept.reading is not None:
            return self._lost(kept.reading, article, kept, HARMLESS | GROWN)
        return self._lost(self.current[1], article, kept, HARMLESS) if self.current else ()

    def _lost(self, before: Article, after: Article, kept: Kept, harmless: frozenset[str]) -> tuple[str, ...]:
        edit = Edit(before, after, compare(before, after), Window(None, kept.fetched_at))
        found = lost(edit)
        return found if set(found) - harmless else ()

    def _stays(self, kept: Kept, missing: tuple[str, ...], failure: Failure | None) -> None:
        if self._is_newest(kept):
            self.lost, self.failure, self.well = missing, failure, False
        elif kept.counts:
            self.worse += 1
        if kept.counts and kept.reading is not None:
            self.current = (kept, kept.reading)

    def _counts(self, kept: Kept, article: Article) -> None:
        self.counted[kept.page_id] = article
        if self._is_newest(kept):
            self.lost, self.failure = (), None
            self.well = kept.late
        if kept.counts and kept.reading is not None:
            if differs(compare(kept.reading, article)):
                self.otherwise.add(kept.page_id)
                like = self.current is not None and self.current[1].read_with == article.read_with
                self._add(kept, article, self.current if like else (kept, kept.reading))
        elif self._says_more(kept, article):
            self.edited |= self.current is not None and differs(compare(self.current[1], article))
            self._add(kept, article, self.current)
        else:
            self.known.append(kept.page_id)
            return
        self.current = (kept, article)

    def _says_more(self, kept: Kept, article: Article) -> bool:
        """Whether a page that did not count is more than the version before seen again; the next look at the article is
        to be compared with what the same reader read."""
        if self.current is None or differs(compare(self.current[1], article)):
            return True
        return kept.late and self.current[1].read_with != article.read_with

    def _add(self, kept: Kept, article: Article, before: tuple[Kept, Article] | None) -> None:
        page, reading = before or (None, None)
        since = page.fetched_at - self.allowance if page is not None and page is not kept else None
        self.new.append(
            NewReading(
                page_id=kept.page_id,
                article=article,
                fingerprint=fingerprint(article),
                window=Window(since, kept.fetched_at),
                before_page=page.page_id if page else None,
                before=reading,
                change=compare(reading, article) if reading else None,
            )
        )
