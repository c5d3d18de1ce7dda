"""Pages that came and could not be read: of each article the newest by failure, for `nachtrag reread` to try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.pages import keep_page

if TYPE_CHECKING:
    import sqlite3

    from db.work import Failure
    from scraper.page import Page


def keep_unread(
    con: sqlite3.Connection, article_id: int, asked: str, failure: Failure, page: Page, kept_body: bytes | None
) -> None:
    """Keep the page in the place of the one that failed so before. `kept_body` as in `db.pages.keep_page`."""
    old = con.execute(
        "DELETE FROM unread_pages WHERE article_id = ? AND code = ? RETURNING page_id", [article_id, failure.code]
    ).fetchone()
    if old is not None:  # no other page builds on one that could not be read
        con.execute("DELETE FROM pages WHERE id = ?", [old["page_id"]])
    page_id = keep_page(con, article_id, page, kept_body)
    con.execute(
        "INSERT INTO unread_pages (article_id, code, page_id, asked) VALUES (?, ?, ?, ?)",
        [article_id, failure.code, page_id, asked],
    )


def is_read_now(con: sqlite3.Connection, page_id: int, *, says_something_new: bool) -> None:
    """The page can be read: it is the page of a version from now on, or says what is known and is not kept."""
    done = con.execute("DELETE FROM unread_pages WHERE page_id = ?", [page_id])
    if done.rowcount and not says_something_new:
        con.execute("DELETE FROM pages WHERE id = ?", [page_id])
