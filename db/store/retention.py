"""Raw pages that may go, as `[history]` says. Words, hashes, dates and rulings stay, and so does whatever a ruling
that accuses rests on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.pages import PageError, keep_again, open_page
from db.rows import text_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime, timedelta

# Verdicts that say no more than that something changed, or that the page showed it. That such a fact was told changes
# nothing. What is not among them says something of the newsroom (that it told nobody, or later; that a stamp is wrong,
# or moved alone), quotes a notice, or takes back what was said.
_FACTS = (
    "reread", "live", "same", "announced", "minor", "automatic", "peripheral", "site_text", "site_wide", "unreadable",
    "unstamped", "partial", "undecidable", "unsettled",
)  # fmt: skip

# A version `{0}` that is spoken of: a ruling is open, or says or said more than a fact, or people wrote of it.
_SPOKEN_OF = f"""
({{0}}.rule_at IS NOT NULL
 OR EXISTS (SELECT 1 FROM rulings g WHERE g.revision_id = {{0}}.id
     AND g.verdict NOT IN ({", ".join(map(repr, _FACTS))}))
 OR EXISTS (SELECT 1 FROM remarks m WHERE m.revision_id = {{0}}.id)
 OR EXISTS (SELECT 1 FROM replies y WHERE y.revision_id = {{0}}.id))
"""
# Both sides of an edit are its evidence, and the last good copy is that of what is gone.
_NEEDED = f"""
SELECT r.page_id FROM revisions r
WHERE r.article_id = :article AND r.page_id IS NOT NULL AND (
    {_SPOKEN_OF.format("r")}
    OR EXISTS (SELECT 1 FROM revisions n WHERE n.article_id = r.article_id AND n.before_id = r.id
        AND {_SPOKEN_OF.format("n")})
    OR EXISTS (SELECT 1 FROM departures p WHERE p.article_id = r.article_id AND r.id IN (p.revision_id, p.returned_as)))
UNION SELECT page_id FROM unread_pages WHERE article_id = :article
"""
_KEPT = """
SELECT id, base_id, length(body) AS size, fetched_at < :before OR row_number() OVER (ORDER BY id DESC) > :newest AS old,
    id IN (SELECT page_id FROM unread_pages WHERE article_id = :article) AS unread
FROM pages WHERE article_id = :article AND body IS NOT NULL ORDER BY id
"""
# Those whose pages wait to be read again, by themselves or with their site, are left alone.
_ARTICLES = """
SELECT a.id FROM articles a JOIN sources s ON s.id = a.source_id
WHERE s.name = :source AND a.id > :after
  AND NOT EXISTS (SELECT 1 FROM doubts d WHERE d.article_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM drifts d WHERE d.host = a.host AND d.to_at IS NULL)
  AND (EXISTS (SELECT 1 FROM pages p WHERE p.article_id = a.id AND p.body IS NOT NULL AND p.fetched_at < :before)
    OR (SELECT count(*) FROM pages p WHERE p.article_id = a.id AND p.body IS NOT NULL) > :newest)
ORDER BY a.id LIMIT :limit
"""
_BATCH = 500
# More than any article has.
_ALL = 2**62


@dataclass(frozen=True, slots=True)
class Limit:
    """What of the raw pages of a source is kept: those that are younger than `age`, and of each article the `newest`
    so many; None: all of them."""

    age: timedelta | None = None
    newest: int | None = None

    def __bool__(self) -> bool:
        return self.age is not None or self.newest is not None


@dataclass(frozen=True, slots=True)
class Old:
    """Pages of one article that are beyond the limit. `cited`: of these, so many are needed and stay; the others hold
    `size` bytes."""

    going: tuple[int, ...] = ()
    cited: int = 0
    size: int = 0


def articles_beyond(con: sqlite3.Connection, source: str, limit: Limit, now: datetime, after: int) -> list[int]:
    """Numbers of some articles of a source that have pages beyond its limit, in order, from the one after `after`."""
    values = {**_values(limit, now), "source": source, "after": after, "limit": _BATCH}
    return [row["id"] for row in con.execute(_ARTICLES, values)]


def beyond(con: sqlite3.Connection, article_id: int, limit: Limit, now: datetime) -> Old:
    """Which of the pages of an article may go."""
    values = {**_values(limit, now), "article": article_id}
    old = [row for row in con.execute(_KEPT, values).fetchall() if row["old"]]
    needed = {row["page_id"] for row in con.execute(_NEEDED, values)} if old else set()
    going = [row for row in old if row["id"] not in needed]
    return Old(tuple(row["id"] for row in going), len(old) - len(going), sum(row["size"] for row in going))


def erase_some(con: sqlite3.Connection, article_id: int, limit: Limit, now: datetime) -> int:
    """Erase pages beyond the limit that build on one another, and say how many; 0: none is left that may go.

    So few at a time that nobody waits for long. What they leave behind is kept against what is left.
    """
    going = set(beyond(con, article_id, limit, now).going)
    for family in _families(con.execute(_KEPT, {**_values(limit, now), "article": article_id}).fetchall()):
        gone = [row["id"] for row in family if row["id"] in going]
        if not gone:
            continue
        staying = [row for row in family if row["id"] not in going]
        try:
            bodies = {row["id"]: open_page(con, row["id"]) for row in staying}
            keep_again(con, bodies, [row["id"] for row in staying if row["unread"]], gone)
        except PageError:  # what is damaged is left as it is, for `verify` to name
            continue
        con.executemany("UPDATE pages SET erased_at = ? WHERE id = ?", [(text_of(now), page_id) for page_id in gone])
        return len(gone)
    return 0


def erased_pages(con: sqlite3.Connection) -> int:
    """How many raw pages were erased to make room."""
    return int(con.execute("SELECT count(*) FROM pages WHERE erased_at IS NOT NULL").fetchone()[0])


def _values(limit: Limit, now: datetime) -> dict[str, object]:
    return {
        "before": "" if limit.age is None else text_of(now - limit.age),
        "newest": _ALL if limit.newest is None else limit.newest,
    }


def _families(rows: list[sqlite3.Row]) -> Iterator[list[sqlite3.Row]]:
    """Pages that stand on one and the same, each family in its order."""
    roots: dict[int, int] = {}
    families: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:  # a page comes after the one that it builds on
        roots[row["id"]] = roots.get(row["base_id"], row["id"])
        families[roots[row["id"]]].append(row)
    yield from families.values()
