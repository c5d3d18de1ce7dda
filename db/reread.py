"""The contract between the store and `nachtrag reread`, as db/work.py is for the queues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from changes.change import Change
    from db.work import Failure
    from scraper.article import Article
    from scraper.page import Page


@dataclass(frozen=True, slots=True)
class DueReread:
    """A kept page to read again: of the version that stands, or of a later one that is held.

    Attributes:
        url: of the article; `standing` is its reading that stands, None where there is none yet.
        kept_id: the revision that the page was kept with.
        read_by: the readers of all versions of the article, held ones too.
    """

    article_id: int
    url: str
    host: str
    standing_id: int | None
    standing: Article | None
    fingerprint: str
    kept_id: int
    page: Page
    read_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RereadResult:
    """What a kept page says when it is read as pages are read today.

    Attributes:
        lost: what is missing against the version that stands (`changes.loss`).
    """

    due: DueReread
    at: datetime
    article: Article | None
    fingerprint: str = ""
    change: Change | None = None
    lost: tuple[str, ...] = ()
    failure: Failure | None = None
