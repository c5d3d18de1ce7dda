"""Read a kept page again, as pages are read today, and compare it with the version that stands. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changes.change import Edit, Window
from changes.compare import compare
from changes.loss import lost
from changes.plain import fingerprint
from db.reread import RereadResult
from db.work import Failure
from scraper.errors import ReadError
from scraper.read import read
from scraper.read.fallback import may_fall_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.reread import DueReread
    from scraper.site_profile import SiteProfile


def reread(due: DueReread, now: datetime, own: Sequence[SiteProfile] = ()) -> RereadResult:
    """What the page says; that it cannot be read is an answer too."""
    try:
        article = read(due.page, own=own, last_resort=may_fall_back(due.read_by))
    except ReadError as error:
        return RereadResult(due, now, None, failure=Failure(error.code, error.message))
    if due.standing is None:
        return RereadResult(due, now, article, fingerprint(article))
    change = compare(due.standing, article)
    edit = Edit(due.standing, article, change, Window(None, now))
    return RereadResult(due, now, article, fingerprint(article), change, lost(edit))
