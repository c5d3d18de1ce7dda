"""Knowing when we do not know: what was lost on the articles of a site, and whether it is the site that changed.

A version that lost something against the one before it is held: nothing is told of it. Some other articles of the
site are asked at once. Where they read as before, it is the article, and its next look counts; where many of them
lost something too, the site drifts: a redesign, or a wall. Then nothing is told of it until it is read well again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.loss import GROWN, HARMLESS, Measure, Usual, lacking, lost, measure, usual
from db.rows import instant_of, text_of
from db.store import events
from db.store.following import WANTED
from db.words.incidents import plain
from db.work import Outcome

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from db.work import VisitResult
    from scraper.article import Article

# So many articles at least, and half of those looked at since the first loss: then it is the site. Of a site with
# fewer than that all are asked, and it must be most of them: two by chance on one day are rarer than a redesign.
ENOUGH, FEW = 5, 2
_SUDDEN = timedelta(hours=6)
# A doubt that nobody could clear is over after that.
_LONGEST_DOUBT = timedelta(hours=1)
# Of so many articles looked at last, one in eight at most may still lack something when a drift ends.
_LAST, STILL = 10, 8
# Other articles to ask when one lost something: some of them may fail.
_ASKED = 6
# A drift `d` that holds what is to be told of a host; to be put into EXISTS.
HOLDING = "SELECT 1 FROM drifts d WHERE d.to_at IS NULL AND d.holds = 1 AND d.host ="

_NOTE = """
INSERT INTO readings (article_id, read_with, host, at, headline, stand, comments, length)
VALUES (:article, :read_with, :host, :at, :headline, :stand, :comments, :length)
ON CONFLICT DO UPDATE SET host = excluded.host, at = excluded.at, headline = excluded.headline, stand = excluded.stand,
    comments = excluded.comments, length = excluded.length
WHERE (headline, stand, comments, length) != (excluded.headline, excluded.stand, excluded.comments, excluded.length)
"""
_DOUBT = """
INSERT INTO doubts (article_id, host, since, at, lost, held) VALUES (:article, :host, :at, :at, :lost, :held)
ON CONFLICT DO UPDATE SET at = excluded.at, lost = excluded.lost, held = max(held, excluded.held)
"""
_OTHERS = f"""
SELECT a.id, a.last_read_at FROM articles a
WHERE a.host = :host AND a.id != :article AND a.revision_id IS NOT NULL AND a.state = 'live' AND a.failures = 0
  AND a.next_visit_at IS NOT NULL AND {WANTED} AND a.id NOT IN (SELECT article_id FROM doubts)
ORDER BY a.first_seen_at DESC, a.id DESC LIMIT 50
"""
# What nobody follows is due for ever: the others are found first from the end of the queue.
_FOLLOWED = f"""
SELECT count(*) FROM (
    SELECT 1 FROM articles a
    WHERE a.host = ? AND a.next_visit_at IS NOT NULL AND {WANTED}{{which}}
    ORDER BY a.next_visit_at DESC LIMIT {ENOUGH})
"""
_DOUBTED = """
SELECT o.*, a.state FROM doubts o JOIN articles a ON a.id = o.article_id
WHERE o.host = ? AND o.lost != '' AND o.cleared = 0 AND o.since >= ? ORDER BY o.since
"""
# How the articles of a host that are looked at were read last: 1 where something was lost.
_LAST_READ = f"""
SELECT coalesce(o.at, a.last_read_at) AS at, coalesce(o.lost != '', 0) AS odd FROM articles a
LEFT JOIN doubts o ON o.article_id = a.id
WHERE a.host = :host AND coalesce(o.at, a.last_read_at) >= :since AND a.next_visit_at IS NOT NULL
  AND {WANTED}
ORDER BY 1 DESC, a.id DESC LIMIT :limit
"""


def note_reading(con: sqlite3.Connection, host: str, article_id: int, at: datetime, article: Article) -> None:
    """Keep what there was in a reading that counts."""
    found = measure(article)
    con.execute(
        _NOTE,
        {"article": article_id, "read_with": article.read_with, "host": host, "at": text_of(at),
         "headline": found.headline, "stand": found.stand, "comments": found.comments, "length": found.length},
    )  # fmt: skip


def is_held(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> bool:
    """Whether what a look at that article found is to be held; the doubt is kept or ended, too."""
    if result.seen.outcome in (Outcome.FAILED, Outcome.OLD_COPY):
        return False
    doubt = con.execute("SELECT * FROM doubts WHERE article_id = ?", [row["id"]]).fetchone()
    drift = _open(con, row["host"])
    missing = _missing(con, row, result, doubt)
    site_holds = holds(con, row["host"])
    other = site_holds and result.seen.outcome != Outcome.REREAD
    held = _would_tell(result) and (other or bool(set(missing) - HARMLESS))
    if held and not site_holds:
        held = _may_be_the_site(con, row, result, doubt)
    _doubt(con, row, result, missing, held=held)
    if held and doubt is None and drift is None:
        others = others_of(con, row["host"], row["id"])
        ask_again(con, [other["id"] for other in others[:_ASKED]], result.at)
    return held


def as_mended(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> VisitResult:
    """The first look at an article after a drift of its site that people ended: what it lost, the redesign took."""
    seen, edit = result.seen, result.seen.edit
    if edit is None or seen.ruling is None or seen.outcome == Outcome.REREAD or not lost(edit):
        return result
    mended = con.execute(
        "SELECT at FROM drifts WHERE host = ? AND to_at > ? AND from_at <= ? AND ended_by IN ('reread', 'person')",
        [row["host"], row["last_read_at"], text_of(result.at)],
    ).fetchone()
    if mended is None:
        return result
    evidence = (("redesign", f"the site was found changed at {mended['at'][:16]} UTC"),)
    ruling = replace(seen.ruling, verdict="reread", rule=1, evidence=evidence, settled=True, again_at=None)
    return replace(result, seen=replace(seen, outcome=Outcome.REREAD, ruling=ruling))


def lasts(con: sqlite3.Connection, host: str) -> bool:
    """Whether a site drifts now."""
    return _open(con, host) is not None


def holds(con: sqlite3.Connection, host: str) -> bool:
    """Whether it drifts so that nothing is told of its articles."""
    found = _open(con, host)
    return found is not None and found["holds"] == 1


def _would_tell(result: VisitResult) -> bool:
    """Whether it makes another version the one that stands, or says that there is none."""
    seen = result.seen
    return seen.edit is not None or seen.outcome in (Outcome.NEW, Outcome.GONE, Outcome.RETURNED)


def _missing(
    con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult, doubt: sqlite3.Row | None
) -> tuple[str, ...]:
    seen = result.seen
    if seen.outcome in (Outcome.UNREADABLE, Outcome.SUSPECT, Outcome.GONE):
        read_before = row["revision_id"] is not None or _usual(con, row["host"]) is not None
        return ("page",) if read_before and row["state"] != "gone" else ()
    if seen.edit is not None:
        return lost(seen.edit)
    if seen.article is not None and seen.outcome == Outcome.NEW:
        usually = _usual(con, row["host"])
        return lacking(seen.article, usually) if usually else ()
    still = doubt is not None and doubt["lost"] == "comments"
    gone = row["comment_count"] is not None or still
    return ("comments",) if gone and seen.article is not None and seen.article.comment_count is None else ()


def _usual(con: sqlite3.Connection, host: str) -> Usual | None:
    """What the articles of a site have; None where too few of them were read to know."""
    rows = con.execute(
        "SELECT headline, stand, comments, length FROM readings WHERE host = ? ORDER BY at DESC LIMIT 100", [host]
    ).fetchall()
    measures = [Measure(row["headline"], row["stand"], row["comments"], row["length"]) for row in rows]
    return usual(measures) if len(measures) >= ENOUGH else None


def _may_be_the_site(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult, doubt: sqlite3.Row | None) -> bool:
    """An article of a site that drifts not (yet) is held as long as others may show that it is the site."""
    if result.seen.outcome in (Outcome.NEW, Outcome.GONE):
        return False
    if doubt is not None and (doubt["cleared"] or result.at - instant_of(doubt["since"]) >= _LONGEST_DOUBT):
        return False
    return _known(con, row["host"]) >= FEW


def _known(con: sqlite3.Connection, host: str, which: str = " AND a.revision_id IS NOT NULL") -> int:
    """The articles of a site that were read and are looked at; counted up to `ENOUGH`."""
    return int(con.execute(_FOLLOWED.format(which=which), [host]).fetchone()[0])


def _doubt(
    con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult, missing: tuple[str, ...], *, held: bool
) -> None:
    """Keep the doubt while something is missing and not accepted; a version that is accepted ends it."""
    accepted = result.seen.edit is not None and not held
    if not held and (accepted or not missing):
        con.execute("DELETE FROM doubts WHERE article_id = ?", [row["id"]])
        return
    con.execute(
        _DOUBT,
        {"article": row["id"], "host": row["host"], "at": text_of(result.at), "lost": " ".join(missing), "held": held},
    )


def others_of(con: sqlite3.Connection, host: str, article_id: int) -> list[sqlite3.Row]:
    """Other articles of the site that are read, and are no doubt themselves; the newest first."""
    return con.execute(_OTHERS, {"host": host, "article": article_id}).fetchall()


def ask_again(con: sqlite3.Connection, article_ids: list[int], at: datetime) -> None:
    """Look at these articles as soon as their hosts allow, in this pass too."""
    con.executemany(
        """UPDATE articles SET asked_again = 1, next_visit_at = min(next_visit_at, ?)
           WHERE id = ? AND next_visit_at IS NOT NULL""",
        [(text_of(at), number) for number in article_ids],
    )


def weigh(con: sqlite3.Connection, host: str, at: datetime) -> None:
    """After a look: whether the site drifts, no longer drifts, or is as it was, so that doubts are cleared."""
    drift = _open(con, host)
    if drift is not None:
        _weigh_drift(con, drift, at)
        return
    doubts = con.execute(_DOUBTED, [host, text_of(at - _SUDDEN)]).fetchall()
    if not doubts:
        return
    since = doubts[0]["since"]
    read = _last_read(con, host, since, -1)
    good = len(read) - sum(read)
    others = others_of(con, host, doubts[0]["article_id"])
    if _known(con, host) >= ENOUGH:
        odd = len(doubts)
        if odd >= ENOUGH and odd >= good:
            _begin(con, host, at, doubts, odd + good)
        elif good > odd and good >= min(ENOUGH, len(others)):
            _clear(con, host, at)
    elif all(other["last_read_at"] >= since for other in others):
        _weigh_few(con, host, at, doubts, good)


def _weigh_few(con: sqlite3.Connection, host: str, at: datetime, doubts: list[sqlite3.Row], good: int) -> None:
    """A small site of which every article was looked at: is it most of them? Texts that grow, and articles that are not
    there any more, are two of a kind too often."""
    odd = [
        doubt for doubt in doubts if set(doubt["lost"].split()) - HARMLESS - GROWN and doubt["state"] == "live"
    ]  # fmt: skip
    if len(odd) >= FEW and len(odd) > good:
        _begin(con, host, at, odd, len(odd) + good)
    else:
        _clear(con, host, at)


def _last_read(con: sqlite3.Connection, host: str, since: str, limit: int) -> list[int]:
    """How the articles of a site were read since then, the last one first: 1 where something was lost."""
    return [row["odd"] for row in con.execute(_LAST_READ, {"host": host, "since": since, "limit": limit})]


def _begin(con: sqlite3.Connection, host: str, at: datetime, doubts: list[sqlite3.Row], looked: int) -> None:
    found = Counter(name for doubt in doubts for name in doubt["lost"].split())
    counted = dict(found.most_common())
    harmful = sum(bool(set(doubt["lost"].split()) - HARMLESS) for doubt in doubts)
    holds = harmful >= min(ENOUGH, len(doubts)) and harmful * 2 >= looked
    con.execute(
        "INSERT INTO drifts (host, from_at, at, lost, odd, looked, holds) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [host, doubts[0]["since"], text_of(at), plain("lost", counted), len(doubts), looked, holds],
    )
    since = doubts[0]["since"]
    values = {"host": host, "odd": len(doubts), "looked": looked, "since": since, "lost": counted, "holds": holds}
    events.operations(con, "drift", at, host, values)


def _weigh_drift(con: sqlite3.Connection, drift: sqlite3.Row, at: datetime) -> None:
    read = _last_read(con, drift["host"], drift["at"], _LAST)
    if len(read) >= _known(con, drift["host"], which="") and sum(read) <= len(read) // STILL:
        end(con, drift["host"], at, "readings")
    elif not drift["holds"]:
        _hold_after_all(con, drift)


def _hold_after_all(con: sqlite3.Connection, drift: sqlite3.Row) -> None:
    """First only comment counts were missing, then more."""
    harmful = con.execute(
        "SELECT count(*) FROM doubts WHERE host = ? AND since >= ? AND cleared = 0 AND lost NOT IN ('', 'comments')",
        [drift["host"], drift["from_at"]],
    ).fetchone()[0]
    if harmful >= min(ENOUGH, drift["odd"]):
        con.execute("UPDATE drifts SET holds = 1 WHERE id = ?", [drift["id"]])


def end(con: sqlite3.Connection, host: str, at: datetime, ended_by: str) -> bool:
    """The site is read well again, or somebody says so: what was held is looked at once more, and then counts.

    `ended_by` is as in the schema. False: it did not drift.
    """
    done = con.execute(
        "UPDATE drifts SET to_at = ?, ended_by = ? WHERE host = ? AND to_at IS NULL", [text_of(at), ended_by, host]
    )
    if done.rowcount:
        _clear(con, host, at)
    return bool(done.rowcount)


def _clear(con: sqlite3.Connection, host: str, at: datetime) -> None:
    """It is the articles: their next look counts."""
    held = con.execute("SELECT article_id FROM doubts WHERE host = ? AND held = 1 AND cleared = 0", [host]).fetchall()
    con.execute("UPDATE doubts SET cleared = 1 WHERE host = ?", [host])
    ask_again(con, [row["article_id"] for row in held], at)


def _open(con: sqlite3.Connection, host: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = con.execute("SELECT * FROM drifts WHERE host = ? AND to_at IS NULL", [host]).fetchone()
    return found
