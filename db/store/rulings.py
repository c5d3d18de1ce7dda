"""The queue of rulings: revisions whose ruling is open, and what was ruled. Rulings are only ever added."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from changes.change import Course, Edit, Window
from changes.compare import compare
from changes.correction import SETTLES, takes_back
from changes.tags import in_order
from db.pages import is_kept
from db.reread import RulingAgain
from db.rows import instant_of, optional_instant, text_of
from db.store import around, events, hosts
from db.store.beside import told_outside
from db.store.clocks import clocks_before
from db.store.damage import AGAIN, tolerated
from db.store.drift import HOLDING
from db.store.events import Telling
from db.store.observations import looks_at
from db.store.practice import practice_of
from db.store.revisions import add_ruling, load_article, rule_again
from db.store.site_text import is_shared, is_site_text
from db.store.site_wide import LONGEST, burst, others_read
from db.work import DueRuling

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from db.reread import Correction
    from db.work import Failure, RulingResult
    from scraper.article import Article

# As long after the last look as the looks that a ruling waits for are apart, and a while.
_JUST_NOW = timedelta(minutes=30)
_ASKED = """
SELECT r.*, a.url, a.host, a.source_id, a.read_stale_seconds FROM revisions r JOIN articles a ON a.id = r.article_id
"""
_DUE = f"""
SELECT r.id FROM revisions r JOIN articles a ON a.id = r.article_id
WHERE r.rule_at <= ? AND NOT EXISTS ({HOLDING} a.host) ORDER BY r.rule_at LIMIT ?
"""


def due_rulings(con: sqlite3.Connection, now: datetime, limit: int) -> list[DueRuling]:
    """Revisions to rule on now; they are not handed out again while somebody may be at it."""
    rows = con.execute(_DUE, [text_of(now), limit]).fetchall()
    con.executemany(
        "UPDATE revisions SET rule_at = ? WHERE id = ?", [(text_of(now + hosts.LEASE), row["id"]) for row in rows]
    )
    found: list[DueRuling] = []
    for row in rows:
        with tolerated(partial(_failed, con, row["id"], now)):
            found.append(_as_it_stands(_asked(con, row["id"], now), now))
    return found


def _as_it_stands(due: DueRuling, now: datetime) -> DueRuling:
    """With whether it was looked at just now: what it waited for may be there hours after the last look."""
    just_now = due.course.replaced or now - due.looks.until <= _JUST_NOW
    return replace(due, looks=replace(due.looks, just_now=just_now))


def rule_at_once(con: sqlite3.Connection, revision_id: int, now: datetime) -> None:
    """Rule on an open edit right at a look: an hour later its Stand may have moved, and nobody saw it yet."""
    con.execute(
        "UPDATE revisions SET rule_at = ? WHERE id = ? AND rule_at > ?", [text_of(now), revision_id, text_of(now)]
    )


def _failed(con: sqlite3.Connection, revision_id: int, now: datetime, _failure: Failure | None = None) -> None:
    con.execute("UPDATE revisions SET rule_at = ? WHERE id = ?", [text_of(now + AGAIN), revision_id])


def _asked(con: sqlite3.Connection, revision_id: int, now: datetime) -> DueRuling:
    return _handed_out(con, con.execute(f"{_ASKED} WHERE r.id = ?", [revision_id]).fetchone(), now)


def _handed_out(con: sqlite3.Connection, row: sqlite3.Row, now: datetime) -> DueRuling:
    ruling = con.execute(
        "SELECT id, verdict FROM rulings WHERE revision_id = ? ORDER BY id DESC LIMIT 1", [row["id"]]
    ).fetchone()
    before_row = con.execute("SELECT * FROM revisions WHERE id = ?", [row["before_id"]]).fetchone()
    looks = looks_at(
        con,
        row,
        until=_accused_at(con, row["id"]) if ruling["verdict"] in SETTLES else None,
        clock_confirmed=hosts.clock_confirmed(con, row["host"], now),
        pages_kept=all(is_kept(con, side["page_id"]) for side in (row, before_row)),
    )
    others = others_read(con, row["host"], row["article_id"], looks.since)
    window = Window(optional_instant(row["not_before"]), instant_of(row["not_after"]))
    before = replace(load_article(con, row["url"], before_row), clocks=clocks_before(con, row))
    after = load_article(con, row["url"], row)
    return DueRuling(
        revision_id=row["id"],
        article_id=row["article_id"],
        ruling_id=ruling["id"],
        verdict=ruling["verdict"],
        before=before,
        after=after,
        window=window,
        course=_course(con, row, before, after),
        looks=replace(looks, others=others or now - looks.since >= LONGEST, compared=others),
        allowance=max(hosts.allowance(con, row["host"]), timedelta(seconds=row["read_stale_seconds"])),
        practice=practice_of(con, row["source_id"]),
    )


def _accused_at(con: sqlite3.Connection, revision_id: int) -> str | None:
    """When a ruling on it first said what is said only of what has settled; None if none did."""
    marks = ", ".join("?" * len(SETTLES))
    found: str | None = con.execute(
        f"SELECT min(at) FROM rulings WHERE revision_id = ? AND settled AND verdict IN ({marks})",
        [revision_id, *SETTLES],
    ).fetchone()[0]
    return found


def _course(con: sqlite3.Connection, row: sqlite3.Row, before: Article, after: Article) -> Course:
    later = around.followers(con, row)
    window = Window(optional_instant(row["not_before"]), instant_of(row["not_after"]))
    edit = Edit(before, after, compare(before, after), window)
    title_looks, title_known = around.titles(con, row)
    return Course(
        open_stand_move=around.stand_had_moved(con, row),
        followed=around.followed(con, row, later),
        unstamped=around.unstamped(con, row["article_id"], instant_of(row["seen_at"]), before=row["id"]),
        replaced=bool(later),
        site_text=is_site_text(con, row["host"], row["article_id"], edit.change),
        shared=is_shared(con, row["host"], row["article_id"], edit.change),
        burst=burst(con, row["host"], row["article_id"], edit),
        back_to=around.back_to(con, row),
        turns=around.turns(con, row, before.headline),
        title_looks=title_looks,
        title_known=title_known,
        apart=around.apart(con, row),
        late_stand=around.late_stand(con, row),
        late_notice=around.late_notice(con, row["id"]),
        notices=around.notices_before(con, row["article_id"], instant_of(row["seen_at"]), before=row["id"]),
        outside=told_outside(con, row),
    )


def ruling_again(con: sqlite3.Connection, revision_id: int, now: datetime) -> RulingAgain:
    """An edit whose pages were read again, with what is said of it."""
    took_back = con.execute(
        """SELECT o.verdict FROM rulings u JOIN rulings o ON o.id = u.supersedes
           WHERE u.id = (SELECT max(id) FROM rulings WHERE revision_id = ?) AND u.verdict = 'misread'""",
        [revision_id],
    ).fetchone()
    return RulingAgain(_asked(con, revision_id, now), took_back["verdict"] if took_back else "")


def correct(con: sqlite3.Connection, correction: Correction, at: datetime) -> bool:
    """Say something else of an edit from now on, and tell it; whether there was something else to say."""
    con.execute("UPDATE revisions SET rule_at = NULL WHERE id = ?", [correction.revision_id])
    if correction.ruling is None:
        return False
    ruling_id = add_ruling(con, correction.revision_id, text_of(at), correction.ruling, correction.ruling_id)
    _tell_ruling(con, correction.revision_id, ruling_id, at)
    return True


def _tell_ruling(con: sqlite3.Connection, revision_id: int, ruling_id: int, at: datetime) -> None:
    row = con.execute("SELECT article_id FROM revisions WHERE id = ?", [revision_id]).fetchone()
    events.tell(con, "article.ruled", row["article_id"], at, change_telling(con, revision_id, ruling_id))


def last_rule(con: sqlite3.Connection, revision_id: int) -> int | None:
    """The row that ruled on a revision last; None for the first of an article."""
    row = con.execute(
        "SELECT rule FROM rulings WHERE revision_id = ? ORDER BY id DESC LIMIT 1", [revision_id]
    ).fetchone()
    return row["rule"] if row else None


def record_rulings(con: sqlite3.Connection, results: Sequence[RulingResult]) -> None:
    """Append the rulings that say something new, and tell of them; the others only wait on."""
    for result in results:
        last = con.execute(
            "SELECT id, verdict, settled FROM rulings WHERE revision_id = ? ORDER BY id DESC LIMIT 1",
            [result.revision_id],
        ).fetchone()
        ruling = result.ruling
        if not _is_open(con, result.revision_id):  # the pages were read again meanwhile, and the ruling was taken back
            continue
        if ruling is None:
            _failed(con, result.revision_id, result.at)
            continue
        if last["verdict"] == ruling.verdict and bool(last["settled"]) == ruling.settled:
            rule_again(con, result.revision_id, ruling)
            continue
        if last["settled"] and not ruling.settled:  # what had settled stays so
            con.execute("UPDATE revisions SET rule_at = NULL WHERE id = ?", [result.revision_id])
            continue
        ruling_id = add_ruling(con, result.revision_id, text_of(result.at), ruling, last["id"])
        if ruling.verdict not in (last["verdict"], "reread"):
            _tell_ruling(con, result.revision_id, ruling_id, result.at)


def _is_open(con: sqlite3.Connection, revision_id: int) -> bool:
    row = con.execute("SELECT rule_at FROM revisions WHERE id = ?", [revision_id]).fetchone()
    return row["rule_at"] is not None


def settled_revisions(con: sqlite3.Connection) -> list[int]:
    """Edits on which nothing is open, oldest first; without those that were ruled on as their pages were read again, or
    whose words were taken down."""
    rows = con.execute(
        """SELECT r.id FROM revisions r JOIN articles a ON a.id = r.article_id AND a.taken_down_at IS NULL
           WHERE r.kind = 'changed' AND r.rule_at IS NULL AND NOT EXISTS (
               SELECT 1 FROM rulings u WHERE u.revision_id = r.id AND u.evidence LIKE '[["pages read again"%')
           ORDER BY r.id"""
    )
    return [row["id"] for row in rows.fetchall()]


def asked_again(con: sqlite3.Connection, revision_id: int, now: datetime) -> DueRuling:
    """The evidence on an edit as it stands now; of what no longer can be asked, as it stood when it was ruled on."""
    due = _asked(con, revision_id, now)
    accused_at = _accused_at(con, revision_id)
    if accused_at is None:
        return _as_it_stands(due, now)
    # Other hosts agreed with our clock that day, or nothing would have settled.
    then = replace(due, looks=replace(due.looks, clock_ok=True))
    return _as_it_stands(then, instant_of(accused_at))


def record_again(con: sqlite3.Connection, due: DueRuling, result: RulingResult, *, tell: bool) -> bool:
    """Append the ruling if it says something else; whether it does. Who was told what it takes back is told it;
    `tell`: of all else, too."""
    ruling = result.ruling
    last = con.execute(
        "SELECT id, verdict FROM rulings WHERE revision_id = ? ORDER BY id DESC LIMIT 1", [due.revision_id]
    ).fetchone()
    if ruling is None or last["id"] != due.ruling_id:
        return False
    ruling_id = add_ruling(con, due.revision_id, text_of(result.at), ruling, due.ruling_id)
    if tell or takes_back(last["verdict"], ruling.verdict):
        _tell_ruling(con, due.revision_id, ruling_id, result.at)
    return True


def change_telling(con: sqlite3.Connection, revision_id: int, ruling_id: int) -> Telling:
    """What is told of a revision with that ruling."""
    row = con.execute(
        """SELECT r.*, u.verdict, b.stand_raw AS stand_before, e.severity,
               (SELECT json_group_array(t.kind) FROM edit_tags t WHERE t.revision_id = r.id) AS tags,
               (SELECT e.uid FROM events e WHERE e.article_id = r.article_id AND e.ruling_id = u.supersedes
                ORDER BY e.id LIMIT 1) AS supersedes_uid,
               (SELECT o.verdict FROM rulings o WHERE o.id = u.supersedes) AS replaces
           FROM revisions r JOIN rulings u ON u.id = ?
           LEFT JOIN revisions b ON b.id = r.before_id LEFT JOIN edits e ON e.revision_id = r.id WHERE r.id = ?""",
        [ruling_id, revision_id],
    ).fetchone()
    return Telling(
        verdict=row["verdict"],
        revision_id=revision_id,
        ruling_id=ruling_id,
        not_before=row["not_before"],
        not_after=row["not_after"],
        stand_before=row["stand_before"] or None,
        stand_after=row["stand_raw"] or None,
        words_added=row["words_added"],
        words_removed=row["words_removed"],
        excerpt=row["excerpt"],
        severity=row["severity"] or None,
        tags=in_order(json.loads(row["tags"])),
        supersedes=row["supersedes_uid"],
        replaces=row["replaces"],
    )
