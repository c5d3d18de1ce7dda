"""What people ask of the store, and tell it: status, history, articles by hand, pauses, remarks, backup, checks."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from db.rows import inserted, text_of
from db.schema_counts import OPERATIONS
from db.store.following import FOLLOWED, LEFT_ALONE
from db.store.hosts import FAILING
from db.store.manners import end_rests
from db.store.planning import spent_until
from db.store.sizes import sizes
from db.store.sources import add_article
from db.store.validators import HIDING
from scraper.urls import canonical

if TYPE_CHECKING:
    from datetime import datetime

BY_HAND = "by hand"
# SQLite's largest integer; a larger one cannot even be asked for.
_LARGEST = 2**63 - 1

# What `status` counts. Nothing that is counted by triggers as it comes is counted one by one, and of versions and
# events none is ever taken away: their last number says how many there are.
COUNTS = f"""
SELECT (SELECT count(*) FROM sources WHERE kind != 'hand' AND state != 'removed') AS sources,
       (SELECT coalesce(sum(articles), 0) FROM counted_articles WHERE state != 'moved') AS articles,
       (SELECT coalesce(max(id), 0) FROM revisions) AS revisions,
       (SELECT coalesce(max(id), 0) FROM events) - (SELECT count(*) FROM events WHERE {OPERATIONS}) AS events,
       (SELECT count(*) FROM deliveries d JOIN endpoints p ON p.name = d.endpoint
        WHERE d.state = 'pending' AND p.state = 'active') AS deliveries_pending,
       (SELECT count(*) FROM deliveries WHERE state = 'held' AND carried_by IS NULL) AS deliveries_held,
       (SELECT count(*) FROM deliveries WHERE state = 'dead') AS deliveries_dead,
       (SELECT count(*) FROM gaps) AS gaps,
       (SELECT coalesce(sum(articles), 0) FROM counted_articles WHERE watch = 'paused') AS articles_paused,
       (SELECT coalesce(sum(articles), 0) FROM counted_articles WHERE watch IN ('removed', 'source removed'))
       AS articles_no_longer_followed,
       (SELECT coalesce(sum(proofs_checked), 0) FROM hosts WHERE proofs_checked > 0) AS proofs_checked,
       (SELECT coalesce(sum(proofs_wrong), 0) FROM hosts WHERE proofs_checked > 0) AS proofs_wrong
"""
# What `status` lists; of articles each kind with the newest of its articles, which an index finds.
LISTS = {
    "failing_sources": """
        SELECT name, url, failures, error_code AS code, error AS message, last_ok_at FROM sources
        WHERE failures > 0 AND state = 'active' ORDER BY name""",
    "partial_sources": """
        SELECT name, url, error_code AS code, error AS message, last_ok_at FROM sources
        WHERE failures = 0 AND error_code != '' AND state = 'active' ORDER BY name""",
    "failing_articles": """
        SELECT n.code, n.articles, a.fetch_url AS example, a.error AS message, a.last_visited_at AS last_at
        FROM (SELECT code, sum(articles) AS articles FROM counted_articles WHERE failing AND watch = 'watched'
            GROUP BY code) n
        JOIN articles a ON a.id = (
            SELECT i.article_id FROM failing i WHERE i.error_code = n.code ORDER BY i.last_visited_at DESC LIMIT 1)
        ORDER BY n.articles DESC""",
    "missing_articles": """
        SELECT n.state, n.articles, a.fetch_url AS example, (SELECT o.error FROM observations o
            WHERE o.article_id = a.id ORDER BY o.id DESC LIMIT 1) AS message, a.missing_since AS since
        FROM (SELECT state, sum(articles) AS articles FROM counted_articles
            WHERE state IN ('suspect', 'gone') AND watch = 'watched' GROUP BY state) n
        JOIN articles a ON a.id = (
            SELECT i.article_id FROM missing i WHERE i.state = n.state ORDER BY i.missing_since DESC LIMIT 1)
        ORDER BY n.state DESC""",
    "drifting_sites": """
        SELECT host, from_at AS since, odd, looked, lost, holds, held, unread FROM drifting ORDER BY host""",
    "failing_hosts": f"""
        SELECT host, failures, failing_since AS since, rests_until AS until FROM hosts h
        WHERE failures >= {FAILING} AND NOT ({LEFT_ALONE}) ORDER BY host""",
    "misproven_hosts": """
        SELECT host, proofs_wrong AS wrong, proofs_checked AS checked FROM hosts
        WHERE proofs_checked > 0 AND proofs_wrong > 0
        ORDER BY host""",
    "hiding_hosts": f"""
        SELECT host, edits_hidden AS hidden, edits_hidden + edits_validated AS edits FROM hosts
        WHERE edits_hidden > 0 AND {HIDING} ORDER BY host""",
    # A hub confirms within seconds: whatever was asked later than it last confirmed, it did not hear or not answer.
    "failing_hubs": """
        SELECT s.name AS source, b.hub, b.failures, b.error AS message, b.asked_at, b.verified_at, b.expires_at
        FROM subscriptions b JOIN sources s ON s.id = b.id AND s.hub = b.hub AND s.websub = 1 AND s.state = 'active'
        WHERE b.failures > 0 OR b.verified_at IS NULL OR b.verified_at < b.asked_at ORDER BY s.name""",
    "failing_endpoints": """
        SELECT name, state, failures, error AS message FROM endpoints
        WHERE state = 'disabled' OR (state = 'active' AND failures > 0)""",
    "left_endpoints": """
        SELECT p.name, count(*) AS alerts FROM endpoints p JOIN deliveries d ON d.endpoint = p.name
        WHERE p.state = 'removed' AND d.state IN ('pending', 'held') AND d.carried_by IS NULL
        GROUP BY p.name ORDER BY p.name""",
    "paused_sources": """
        SELECT s.name, (SELECT count(*) FROM listings l JOIN watching w ON w.article_id = l.article_id
            WHERE l.source_id = s.id AND w.watch IN ('paused', 'source paused')) AS articles
        FROM sources s WHERE s.state = 'paused' ORDER BY s.name""",
    "paused_articles": """
        SELECT s.name AS source, a.url FROM articles a JOIN watching w ON w.article_id = a.id
        JOIN sources s ON s.id = a.source_id WHERE a.paused = 1 AND w.watch = 'paused' ORDER BY s.name, a.url""",
}  # fmt: skip


class NotKnown(Exception):
    """There is no such source, article or revision. The message says what was asked for and where to look."""


def source_names(con: sqlite3.Connection) -> list[str]:
    """All sources that articles came from, also those that were removed."""
    return [row["name"] for row in con.execute("SELECT name FROM sources ORDER BY id")]


def set_base_url(con: sqlite3.Connection, base_url: str) -> None:
    """Remember what links in alerts begin with."""
    con.execute("INSERT INTO meta (key, value) VALUES ('base_url', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                [base_url])  # fmt: skip


def make_all_due(con: sqlite3.Connection, now: datetime) -> None:
    """Every source and every article that is followed counts as due now, hosts' pauses aside."""
    at = text_of(now)
    end_rests(con)
    con.execute("UPDATE sources SET next_poll_at = min(next_poll_at, ?) WHERE state = 'active'", [at])
    con.execute("UPDATE articles SET next_visit_at = min(next_visit_at, ?) WHERE next_visit_at IS NOT NULL", [at])


def add_by_hand(con: sqlite3.Connection, urls: list[str], now: datetime) -> list[int]:
    """Follow articles, whether feeds name them or not, also ones that were removed; all are looked at now.

    Raises:
        NotKnown: an address is none, or its article was taken down.
    """
    con.execute(
        """INSERT INTO sources (name, kind, url, host, every_seconds, added_at) VALUES (?, 'hand', '', '', 0, ?)
           ON CONFLICT DO UPDATE SET state = CASE state WHEN 'removed' THEN 'active' ELSE state END""",
        [BY_HAND, text_of(now)],
    )
    source_id = con.execute("SELECT id FROM sources WHERE name = ?", [BY_HAND]).fetchone()["id"]
    found = []
    for url in urls:
        address = canonical(url)
        if address is None:
            raise NotKnown(f"{url!r}: expected a complete web address, http:// or https://")
        article_id = add_article(con, source_id, address, now)
        _refuse_taken_down(con, article_id)
        _follow(con, source_id, article_id, text_of(now))
        found.append(article_id)
    return found


def _refuse_taken_down(con: sqlite3.Connection, article_id: int) -> None:
    row = con.execute("SELECT url, taken_down_at FROM articles WHERE id = ?", [article_id]).fetchone()
    if row["taken_down_at"] is not None:
        raise NotKnown(f"{row['url']}: was taken down on {row['taken_down_at'][:10]}, and is not followed again")


def _follow(con: sqlite3.Connection, source_id: int, article_id: int, at: str) -> None:
    con.execute(
        """INSERT INTO listings (source_id, article_id, title, first_listed_at, last_listed_at)
           VALUES (?1, ?2, '', ?3, ?3) ON CONFLICT DO UPDATE SET last_listed_at = ?3""",
        [source_id, article_id, at],
    )
    con.execute(
        """UPDATE articles SET paused = CASE WHEN next_visit_at IS NULL THEN 0 ELSE paused END,
           next_visit_at = min(coalesce(next_visit_at, ?1), ?1) WHERE id = ?2""",
        [at, article_id],
    )


def pause(con: sqlite3.Connection, target: str, *, paused: bool) -> str:
    """Pause or resume a source by its name or an article by its address; says in words what was done.

    Raises:
        NotKnown: there is neither.
    """
    target = _written(target)
    word = "paused" if paused else "resumed"
    state, other = ("paused", "active") if paused else ("active", "paused")
    done = con.execute("UPDATE sources SET state = ? WHERE name = ? AND state IN (?, ?)", [state, target, other, state])
    if done.rowcount:
        return f"source {target!r} is {word}"
    article = find_article(con, target)
    con.execute("UPDATE articles SET paused = ? WHERE id = ?", [int(paused), article["id"]])
    return f"article {article['url']} is {word}"


def remove(con: sqlite3.Connection, target: str) -> str:
    """Stop following for good; the history stays. Says in words what was done.

    Raises:
        NotKnown: there is neither a source nor an article of that name.
    """
    target = _written(target)
    source = con.execute("SELECT id, kind FROM sources WHERE name = ?", [target]).fetchone()
    if source is not None:
        return _remove_source(con, source, target)
    article = find_article(con, target)
    con.execute("UPDATE articles SET next_visit_at = NULL WHERE id = ?", [article["id"]])
    con.execute("DELETE FROM listings WHERE article_id = ? AND source_id = (SELECT id FROM sources WHERE name = ?)",
                [article["id"], BY_HAND])  # fmt: skip
    return f"article {article['url']} is no longer followed; its history stays"


def _remove_source(con: sqlite3.Connection, source: sqlite3.Row, name: str) -> str:
    """What other active sources list stays followed; what was added by hand is forgotten with "by hand"."""
    con.execute("UPDATE sources SET state = 'removed' WHERE id = ?", [source["id"]])
    left = con.execute(
        f"""SELECT count(*) FROM listings o JOIN articles a ON a.id = o.article_id
            WHERE o.source_id = ? AND a.next_visit_at IS NOT NULL AND NOT ({FOLLOWED})""",
        [source["id"]],
    ).fetchone()[0]
    articles = "article" if left == 1 else "articles"
    said = f"source {name!r} and its {left} {articles} that no other source lists are no longer followed, "
    if source["kind"] == "hand":
        con.execute("DELETE FROM listings WHERE source_id = ?", [source["id"]])
        return said + "their history stays"
    return said + "their history stays; take it out of config.toml too, or the next start takes it up again"


def _written(text: str) -> str:
    """What was typed, without what no database can keep: a command line may hold bytes that are no text."""
    return text.encode("utf-8", "replace").decode()


def find_article(con: sqlite3.Connection, url: str) -> sqlite3.Row:
    """The article with that address.

    Raises:
        NotKnown: there is none.
    """
    address = canonical(url) or _written(url)
    row: sqlite3.Row | None = con.execute(
        """SELECT a.*, s.name AS source FROM articles a JOIN sources s ON s.id = a.source_id
           WHERE a.url = ?1 OR a.fetch_url = ?1 ORDER BY a.state = 'moved' LIMIT 1""",
        [address],
    ).fetchone()
    if row is None:
        raise NotKnown(f"{url!r} is neither a source that the daemon was started with nor an article that is followed")
    return row


def add_remark(con: sqlite3.Connection, revision_id: int, text: str, now: datetime) -> int:
    """Keep a person's remark on a revision.

    Raises:
        NotKnown: there is no such revision.
    """
    values = [revision_number(con, revision_id), text_of(now), text]
    return inserted(con.execute("INSERT INTO remarks (revision_id, at, text) VALUES (?, ?, ?)", values))


def revision_number(con: sqlite3.Connection, wanted: int) -> int:
    """The number, if a revision has it; any number that people type may be asked for.

    Raises:
        NotKnown: there is no such revision.
    """
    known = 0 < wanted <= _LARGEST and con.execute("SELECT 1 FROM revisions WHERE id = ?", [wanted]).fetchone()
    if not known:
        raise NotKnown(f"there is no revision {wanted}; `nachtrag history URL` lists those of an article")
    return wanted


def status(con: sqlite3.Connection) -> dict[str, object]:
    """Counts, and what rests, is missing or is failing, for `nachtrag status`."""
    counts = con.execute(COUNTS).fetchone()
    return {
        **{key: counts[key] for key in counts.keys()},  # noqa: SIM118 -- a Row iterates over its values
        **{name: _rows(con, sql) for name, sql in LISTS.items()},
        "budget_spent_until": spent_until(con),
        "sizes": sizes(con),
    }


def _rows(con: sqlite3.Connection, sql: str) -> list[dict[str, object]]:
    return [dict(row) for row in con.execute(sql)]


def backup(source: Path, target: Path) -> None:
    """Copy the database while it runs, as one consistent file.

    Raises:
        FileExistsError: there is something at the target already.
    """
    if target.exists():
        raise FileExistsError(f"{target}: is there already; name another file")
    # Beside it, and nobody else's: 0600, and gone again where it does not become a backup.
    number, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".part", dir=target.parent)
    os.close(number)
    part = Path(name)
    try:
        address = f"{source.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
        part.rename(target)
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)
