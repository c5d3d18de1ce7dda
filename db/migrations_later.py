"""The steps of db/migrations.py from the 41st on, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.schema import statements
from db.schema_alerts import (
    AT_ONCE,
    ATTEMPTED_AT,
    EARLY,
    HANDED_OUT,
    HELD,
    HOLDING,
    HOSTS_TOLD,
    RELEASED_AT,
    RESTING,
    SOURCES_TOLD,
)
from db.schema_compact import (
    BLOCK_ARTICLES,
    BLOCK_ARTICLES_SO_FAR,
    BLOCKS_SHOWN,
    CLOCKS,
    CLOCKS_COMPACTED,
    MOMENTS_COMPACTED,
    NEW_TITLES,
)
from db.schema_hosts import NOT_CUT
from db.schema_operations import ENDPOINTS_FAILING, TROUBLES

if TYPE_CHECKING:
    from sqlite_utils import Database


def m041_clocks_in_seconds(db: Database) -> None:
    """The kinds of clocks and the starts of what they cover are kept in fewer bytes, and read as before."""
    without_views(db)
    for table in ("revision_clocks", "outside_clocks"):
        db.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for statement in (*statements(CLOCKS), *CLOCKS_COMPACTED):
        db.execute(statement)


def m042_texts_by_article(db: Database) -> None:
    """The versions that show a text are found by its articles."""
    for statement in (*statements(BLOCK_ARTICLES), *BLOCK_ARTICLES_SO_FAR, *statements(BLOCKS_SHOWN)):
        db.execute(statement)


def m043_titles_once(db: Database) -> None:
    """Titles are put into the search index by the version that brought them; what is in it already stays."""
    for statement in ("DROP TRIGGER revisions_ai", *statements(NEW_TITLES)):
        db.execute(statement)


def m044_instants_as_numbers(db: Database) -> None:
    """Instants of versions, rulings and looks are kept in fewer bytes, and read as before."""
    without_views(db)
    for statement in MOMENTS_COMPACTED:
        db.execute(statement)


def m045_pauses_cut(db: Database) -> None:
    """Of the pauses that hosts asked for those are counted that were not kept."""
    db.execute(NOT_CUT)


def m046_held_deliveries(db: Database) -> None:
    """What is not to be told at once is held, and told together."""
    without_views(db)
    for statement in (*HELD, *statements(HOLDING)):
        db.execute(statement)


def m047_endpoints_that_rest(db: Database) -> None:
    """An endpoint that is too busy is left alone."""
    db.execute(RESTING)


def m048_troubles(db: Database) -> None:
    """Endpoints that fail, a full disk and an odd clock are told once, and once when that is over."""
    for statement in (*ENDPOINTS_FAILING, *statements(TROUBLES)):
        db.execute(statement)


def m049_taken_back_at_once(db: Database) -> None:
    """What takes back something that was told waits for nothing that is held."""
    db.execute(AT_ONCE)


def m050_turns_of_endpoints(db: Database) -> None:
    """Endpoints take turns, by when each was tried last."""
    db.execute(ATTEMPTED_AT)


def m051_sources_told(db: Database) -> None:
    """Whether it was told that a source fails: not where its whole host does."""
    db.execute(SOURCES_TOLD)
    db.execute("UPDATE sources SET failing_told = 1 WHERE failures >= 3")


def m052_early_attempts(db: Database) -> None:
    """Attempts before their time cost none of those of the retry schedule."""
    for statement in EARLY:
        db.execute(statement)


def m053_hosts_told(db: Database) -> None:
    """Whether it was told that a host fails: not where each of its sources was."""
    db.execute(HOSTS_TOLD)
    db.execute("UPDATE hosts SET failing_told = 1 WHERE rests >= 2")


def m054_released_deliveries(db: Database) -> None:
    """How long something is on its way is not how old it is."""
    db.execute(RELEASED_AT)


def m055_deliveries_handed_out(db: Database) -> None:
    """What may have arrived is told from what never went out, also where nobody lived to note what became of it."""
    db.execute(HANDED_OUT)
    db.execute("UPDATE deliveries SET handed_out = 1 WHERE last_attempt_at IS NOT NULL OR leased_until IS NOT NULL")


def without_views(db: Database) -> None:
    """They keep tables from being changed, and are made again after the last migration."""
    for view in db.view_names():
        db.execute(f'DROP VIEW "{view}"')


STEPS = (
    m041_clocks_in_seconds, m042_texts_by_article, m043_titles_once, m044_instants_as_numbers, m045_pauses_cut,
    m046_held_deliveries, m047_endpoints_that_rest, m048_troubles, m049_taken_back_at_once,
    m050_turns_of_endpoints, m051_sources_told, m052_early_attempts, m053_hosts_told, m054_released_deliveries,
    m055_deliveries_handed_out,
)  # fmt: skip
