"""Keeps what proves pages unchanged by their bytes alone (scraper/imprint.py), and how often such a proof held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import sqlite3

Noise: TypeAlias = Literal["unknown", "noisy", "quiet", "misproven"]

# One proof in so many is tried: read all the same, and told in `nachtrag status` if it was wrong.
TRIED = 20
# Edits that a host must have told of to whom asked with validators, before it is known that it says 304 else.
_ENOUGH = 5


def noise_of(host: sqlite3.Row) -> Noise:
    """What a host's pages showed so far; "misproven": an imprint of one once proved what was not so, and none is asked.
    Who tells of edits, and had fewer pages of which only noise differed, answers 304 where nothing is new.

    Args:
        host: a row with the columns of `hosts`.
    """
    if host["proofs_wrong"]:
        return "misproven"
    if host["proofs_checked"] * TRIED > host["edits_validated"]:
        return "noisy"
    return "quiet" if host["edits_validated"] >= _ENOUGH else "unknown"


def keep_imprint(con: sqlite3.Connection, article_id: int, packed: bytes | None) -> None:
    """Of the page that shows the version that stands. Empty: its bytes do not tell. None: what is kept holds."""
    if packed:
        con.execute("INSERT OR REPLACE INTO imprints (article_id, imprint) VALUES (?, ?)", [article_id, packed])
    elif packed is not None:
        forget_imprint(con, article_id)


def forget_imprint(con: sqlite3.Connection, article_id: int) -> None:
    """Nothing is proven of the article until it is read again."""
    con.execute("DELETE FROM imprints WHERE article_id = ?", [article_id])


def note_check(con: sqlite3.Connection, host: str, *, wrong: bool) -> None:
    """A page of this host was proven unchanged, and read all the same."""
    con.execute(
        "UPDATE hosts SET proofs_checked = proofs_checked + 1, proofs_wrong = proofs_wrong + ? WHERE host = ?",
        [int(wrong), host],
    )
