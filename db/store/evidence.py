"""The raw page behind a version, or that could not be read: what came over the wire, as far as it may be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.pages import PageError, answer_of, open_page
from db.store.people import NotKnown, find_article, revision_number

if TYPE_CHECKING:
    import sqlite3

_PAGE = "SELECT p.* FROM revisions r LEFT JOIN pages p ON p.id = r.page_id WHERE r.id = ?"
_NEWEST = """
SELECT p.* FROM pages p WHERE p.article_id = ? AND p.body IS NOT NULL ORDER BY p.fetched_at DESC, p.id DESC LIMIT 1
"""


class NotKept(NotKnown):
    """The raw page was never kept, or it was erased."""


class Damaged(NotKnown):
    """The raw page is kept, but it cannot be opened."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A raw page.

    Attributes:
        headers: as served.
        sha256: of the body as served.
        kept_sha256: of `body`; another one where what readers wrote was blanked out before it was kept.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    fetched_at: str
    sha256: str
    kept_sha256: str
    body: bytes

    @property
    def as_served(self) -> bool:
        """Whether the body is byte for byte what came over the wire."""
        return self.sha256 == self.kept_sha256


def page_of(con: sqlite3.Connection, revision_id: int) -> KeptPage:
    """The raw page from which a revision was read.

    Raises:
        NotKnown: there is no such revision.
        NotKept, Damaged: there is no page of it.
    """
    number = revision_number(con, revision_id)
    row = con.execute(_PAGE, [number]).fetchone()
    if row["id"] is None:
        raise NotKept(f"the raw page of revision {number} was never kept")
    return _opened(con, row, f"revision {number}")


def newest_page_of(con: sqlite3.Connection, url: str) -> KeptPage:
    """The newest raw page of an article that is kept, also one that is held or could not be read.

    Raises:
        NotKnown: there is no such article.
        NotKept, Damaged: there is no page of it.
    """
    row = con.execute(_NEWEST, [find_article(con, url)["id"]]).fetchone()
    if row is None:
        raise NotKept(f"no raw page of {url} is kept")
    return _opened(con, row, url)


def _opened(con: sqlite3.Connection, row: sqlite3.Row, what: str) -> KeptPage:
    try:
        body = open_page(con, row["id"])
        said = answer_of(con, row["id"])
    except PageError as error:
        if row["erased_at"] is not None:
            at = row["erased_at"][:10]
            raise NotKept(
                f"the raw page of {what} was erased on {at} to make room; its SHA-256 was {row['sha256']}"
            ) from error
        reason = NotKept if row["body"] is None else Damaged
        raise reason(f"the raw page of {what} cannot be given: {error}") from error
    return KeptPage(
        url=said.url,
        status=said.status,
        headers=said.headers,
        fetched_at=said.fetched_at,
        sha256=row["sha256"],
        kept_sha256=row["kept_sha256"] or row["sha256"],
        body=body,
    )
