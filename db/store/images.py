"""The pictures of a version, as they are kept: mostly they are those of the version before, and stand in its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def image_rows(con: sqlite3.Connection, revision: sqlite3.Row) -> list[sqlite3.Row]:
    """Address, alternative text, caption and credit of each in their order. `revision` has its id and images_of."""
    return con.execute(
        "SELECT url, alt, caption, credit FROM revision_images WHERE revision_id = ? ORDER BY position",
        [revision["images_of"] or revision["id"]],
    ).fetchall()


def keeper_of(con: sqlite3.Connection, before_id: int | None, images: list[list[str]]) -> int | None:
    """The version that keeps just these pictures, if the one before shows them, too."""
    before = con.execute("SELECT id, images_of FROM revisions WHERE id = ?", [before_id]).fetchone()
    if before is None or not images or [list(row) for row in image_rows(con, before)] != images:
        return None
    return int(before["images_of"] or before["id"])
