"""What came before an edit in the life of its article, and what after: the parts of a ruling's evidence that are not in
the two readings."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from changes.change import BackTo, LateNotice, LateStand
from changes.ruling import KAPPA
from db.rows import instant_of, text_of
from db.work import Outcome

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

# Rows that rule on what leaves the text as it was.
_TEXT_STAYED = (1, 7, 8, 9, 10, 13)
# … but for these of row 13: the text did change, and it is only taken for the site's.
_TEXT_OF_SITE = ("site_text", "site_wide")
# An edit that the Stand did not show may still be announced that much later (row 8).
_LATE = timedelta(days=1)
# Headlines that go to and fro do so within that time (row 5).
_TO_AND_FRO = timedelta(days=2)
_SHOWN = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.REREAD, Outcome.RETURNED, Outcome.OLD_COPY)

# Rows that rule on an edit without a word about its Stand, and those that say that it did not move.
_WITHOUT_STAND, _STAND_STAYED = (2, 4, 5, 6, 12, 13, 14), "BETWEEN 17 AND 22"
# Rows of edits with a Stand that moved. Seen after what it covers, they may hold a later edit that it does not show.
_WITH_STAND = (6, 14, 16)

# What stood of the edits of a day at a moment: what was said of them since may rest on the very edit that asks.
_RULED = """
SELECT r.id, u.rule, u.verdict FROM revisions r
JOIN rulings u ON u.id = (SELECT max(id) FROM rulings WHERE revision_id = r.id AND at < :at)
WHERE r.article_id = :article AND r.seen_at > :since AND r.id < :before
"""

# An edit that the Stand did not show, with what was ruled on it.
_NOT_SHOWN = f"""(u.rule {_STAND_STAYED} OR (u.rule IN {_WITHOUT_STAND} AND
    r.stand_at IS (SELECT b.stand_at FROM revisions b WHERE b.id = r.before_id)))"""
# Of the last version that read otherwise, or had another Stand: whether it was such an edit.
_LAST_NOT_SHOWN = f"""
SELECT {_NOT_SHOWN} AS not_shown FROM revisions r
JOIN rulings u ON u.id = (SELECT max(id) FROM rulings WHERE revision_id = r.id AND at < :at)
WHERE r.article_id = :article AND r.id < :before AND r.kind = 'changed' AND u.rule NOT IN (1, 7, 12)
  AND u.verdict NOT IN ('peripheral', 'site_text')
ORDER BY r.id DESC LIMIT 1
"""

# Of the last version that was the beginning of another, or the other way round: whether the text is cut since then. So
# may it be where half of an earlier version is gone: a wall may have come together with an edit.
_CUT_SINCE = """
SELECT 2 * (SELECT words FROM revisions WHERE article_id = :article AND id < :before AND kind != 'held'
    ORDER BY id DESC LIMIT 1) <= max(words) AS cut
FROM revisions WHERE article_id = :article AND id < :before AND kind != 'held'
UNION ALL SELECT * FROM (
    SELECT r.words_removed > r.words_added AS cut FROM revisions r JOIN rulings u ON u.revision_id = r.id
    WHERE r.article_id = :article AND r.id < :before AND u.verdict = 'partial'
        AND u.id = (SELECT max(id) FROM rulings WHERE revision_id = r.id) ORDER BY r.id DESC LIMIT 1)
"""

# The earliest moment of what made a version, or of what a look finds now.
_MAY_HAVE_BEEN = """
SELECT coalesce((SELECT not_before FROM revisions WHERE id = ?), (SELECT last_read_at FROM articles WHERE id = ?)) AS at
"""
# Looks in a row at the titles before an edit, and whether the titles after it had been seen before those.
_TITLES = """
WITH was AS (SELECT * FROM revisions WHERE id = :before),
other AS (
    SELECT coalesce(max(r.id), 0) AS id FROM revisions r, was
    WHERE r.article_id = was.article_id AND r.id < was.id AND r.kind != 'held'
      AND (r.headline, r.topline, r.standfirst) IS NOT (was.headline, was.topline, was.standfirst))
SELECT
    (SELECT coalesce(sum(o.count), 0) FROM observations o JOIN revisions r ON r.id = o.revision_id, other
     WHERE r.article_id = :article AND r.id BETWEEN other.id + 1 AND :before AND o.first_at < :seen_at
       AND r.kind != 'held' AND o.outcome IN ({shown})) AS looks,
    EXISTS (SELECT 1 FROM revisions r, other WHERE r.article_id = :article AND r.id <= other.id AND r.kind != 'held'
       AND (r.headline, r.topline, r.standfirst) IS (:headline, :topline, :standfirst)) AS known
"""

# Correction notices, with the edits that they came with.
_NOTICES = """
SELECT e.revision_id, e.seen_at, t.words FROM edits e JOIN edit_tags t ON t.revision_id = e.revision_id
WHERE t.kind = 'correction notice'
"""


def followers(con: sqlite3.Connection, revision: sqlite3.Row) -> list[sqlite3.Row]:
    """The versions after that one, by kind and by what ruled on each at once."""
    return con.execute(
        """SELECT r.kind, r.seen_at,
               u.rule, u.verdict
           FROM revisions r LEFT JOIN rulings u ON u.id = (SELECT min(id) FROM rulings WHERE revision_id = r.id)
           WHERE r.article_id = ? AND r.number > ? AND r.kind != 'held' ORDER BY r.number""",
        [revision["article_id"], revision["number"]],
    ).fetchall()


def followed(
    con: sqlite3.Connection, revision: sqlite3.Row, later: list[sqlite3.Row]
) -> Literal["", "text", "peripheral"]:
    """What came after a bare move of the Stand, before it settled."""
    settled = con.execute(
        "SELECT min(at) AS at FROM rulings WHERE revision_id = ? AND settled", [revision["id"]]
    ).fetchone()["at"]
    in_time = (item for item in later if settled is None or item["seen_at"] <= settled)
    changed = [item for item in in_time if item["kind"] == "changed"]
    if any(item["rule"] not in _TEXT_STAYED or item["verdict"] in _TEXT_OF_SITE for item in changed):
        return "text"
    return "peripheral" if 13 in [item["rule"] for item in changed] else ""


def stand_had_moved(con: sqlite3.Connection, revision: sqlite3.Row) -> bool:
    """Whether the version before was a move of the Stand alone that had not settled when this one came."""
    row = con.execute(
        "SELECT rule, settled FROM rulings WHERE revision_id = ? AND at < ? ORDER BY id DESC LIMIT 1",
        [revision["before_id"], revision["seen_at"]],
    ).fetchone()
    return row is not None and row["rule"] == 9 and not row["settled"]


def unstamped(
    con: sqlite3.Connection, article_id: int, at: datetime, before: int | None = None
) -> Literal["", "text", "perhaps", "cut", "before", "peripheral"]:
    """What edits changed while the Stand stayed, of the day before what the look at `at` finds, or what made that
    revision, may have happened. "perhaps": text, in a look that came well after the Stand which moved with it; "cut":
    maybe what a wall hides since any time; "before": text, longer ago, and nothing since.
    """
    asked = _of_a_day(con, article_id, at, before)
    rows = con.execute(
        f"{_RULED} AND {_NOT_SHOWN}",
        asked,
    ).fetchall()
    if any(row["verdict"] != "peripheral" for row in rows):
        return "text"
    seen_later = con.execute(
        f"""{_RULED} AND u.rule IN {_WITH_STAND} AND EXISTS (
                SELECT 1 FROM revision_clocks c WHERE c.revision_id = r.id AND c.kind = 'stand'
                AND julianday(c.ends_at) + :kappa < julianday(r.not_after))""",
        {**asked, "kappa": KAPPA / timedelta(days=1)},
    ).fetchone()
    if seen_later:
        return "perhaps"
    if any(row["cut"] for row in con.execute(_CUT_SINCE, asked).fetchall()):
        return "cut"
    last = con.execute(_LAST_NOT_SHOWN, asked).fetchone()
    return "before" if last and last["not_shown"] else "peripheral" if rows else ""


def rule_late(con: sqlite3.Connection, article_id: int, revision_id: int, at: datetime) -> None:
    """The Stand moved alone, in that revision: the edits of the last day that it did not show are ruled again."""
    rows = con.execute(f"{_RULED} AND u.rule {_STAND_STAYED}", _of_a_day(con, article_id, at, revision_id)).fetchall()
    con.executemany("UPDATE revisions SET rule_at = ? WHERE id = ?", [(text_of(at), row["id"]) for row in rows])


def _of_a_day(con: sqlite3.Connection, article_id: int, at: datetime, before: int | None) -> dict[str, object]:
    """The edits of the day before what a look brought may have happened: the look before it may be days ago."""
    row = con.execute(_MAY_HAVE_BEEN, [before, article_id]).fetchone()
    since = min(at, instant_of(row["at"])) if row["at"] else at
    values = {"article": article_id, "at": text_of(at), "since": text_of(since - _LATE)}
    return {**values, "before": 1 << 62 if before is None else before}


def late_stand(con: sqlite3.Connection, revision: sqlite3.Row) -> LateStand | None:
    """The first Stand that moved alone after that edit, perhaps within a day."""
    row = con.execute(
        """SELECT r.stand_raw, r.seen_at FROM revisions r
           WHERE r.article_id = ? AND r.number > ? AND coalesce(r.not_before, r.seen_at) <= ? AND r.kind = 'changed'
             AND EXISTS (
               SELECT 1 FROM rulings u WHERE u.revision_id = r.id AND u.rule = 8) ORDER BY r.number LIMIT 1""",
        [revision["article_id"], revision["number"], text_of(instant_of(revision["seen_at"]) + _LATE)],
    ).fetchone()
    return LateStand(row["stand_raw"], instant_of(row["seen_at"])) if row and not revision["stand_only"] else None


def late_notice(con: sqlite3.Connection, revision_id: int) -> LateNotice | None:
    """The first correction notice that came after that edit and explains it."""
    row = con.execute(
        f"{_NOTICES} AND e.explains_id = ? AND e.revision_id > e.explains_id ORDER BY e.revision_id LIMIT 1",
        [revision_id],
    ).fetchone()
    return LateNotice(" ".join(_said(row)), instant_of(row["seen_at"])) if row else None


def notices_before(
    con: sqlite3.Connection, article_id: int, at: datetime, before: int | None = None
) -> tuple[str, ...]:
    """The correction notices of the day before `at` (of revisions before that one) that explain no edit until then."""
    return tuple(words for _, said in early_notices(con, article_id, at, before) for words in said)


def early_notices(
    con: sqlite3.Connection, article_id: int, at: datetime, before: int | None = None
) -> list[tuple[int, list[str]]]:
    """The same by the revisions that they came with. One may explain several edits that came after it."""
    rows = con.execute(
        f"""{_NOTICES} AND e.article_id = :article AND e.seen_at > :since AND e.revision_id < :before
            AND (e.explains_id IS NULL OR e.explains_id > e.revision_id) ORDER BY e.revision_id""",
        _of_a_day(con, article_id, at, before),
    )
    return [(row["revision_id"], _said(row)) for row in rows.fetchall()]


def _said(row: sqlite3.Row) -> list[str]:
    return [after for _, after in json.loads(row["words"]) if after]


def rule_explained(con: sqlite3.Connection, revision_id: int, at: datetime) -> None:
    """A correction notice came with that revision: the edit that it explains is ruled again, if its Stand stayed."""
    con.execute(
        f"""UPDATE revisions SET rule_at = ? WHERE id = (
                SELECT e.explains_id FROM edits e JOIN rulings u ON u.id = (
                    SELECT max(id) FROM rulings WHERE revision_id = e.explains_id)
                WHERE e.revision_id = ? AND e.explains_id < e.revision_id AND u.rule {_STAND_STAYED})""",
        [text_of(at), revision_id],
    )


def back_to(con: sqlite3.Connection, revision: sqlite3.Row) -> BackTo | None:
    """The last version before the one before that reads the same."""
    row = con.execute(
        """SELECT r.number, r.seen_at, (SELECT min(n.seen_at) FROM revisions n
               WHERE n.article_id = r.article_id AND n.number > r.number AND n.kind = 'changed') AS replaced_at
           FROM revisions r WHERE r.article_id = ? AND r.id < ? AND r.fingerprint = ? AND r.kind != 'held'
           ORDER BY r.id DESC LIMIT 1""",
        [revision["article_id"], revision["before_id"], revision["fingerprint"]],
    ).fetchone()
    return BackTo(row["number"], instant_of(row["seen_at"]), instant_of(row["replaced_at"])) if row else None


def turns(con: sqlite3.Connection, revision: sqlite3.Row, before: str) -> int:
    """How often a version with the headline `before` came again after one with that of the revision, within two days;
    what a cache may have served counts, too: nobody can tell it from a test of headlines."""
    seen_at = instant_of(revision["seen_at"])
    marks = ", ".join("?" * len(_SHOWN))
    shown = con.execute(
        f"""SELECT r.headline FROM observations o JOIN revisions r ON r.id = o.revision_id
            WHERE o.article_id = ? AND o.last_at >= ? AND o.first_at <= ? AND o.outcome IN ({marks}) ORDER BY o.id""",
        [revision["article_id"], text_of(seen_at - _TO_AND_FRO), text_of(seen_at + _TO_AND_FRO), *_SHOWN],
    ).fetchall()
    headlines = [row["headline"] for row in shown]
    return sum((old, new) == (revision["headline"], before) for old, new in pairwise(headlines) if old != new)


def titles(con: sqlite3.Connection, revision: sqlite3.Row) -> tuple[int, bool]:
    """How many looks in a row had shown the titles before that revision, and whether its own had been seen before."""
    marks = ", ".join(f"'{outcome}'" for outcome in _SHOWN if outcome != Outcome.OLD_COPY)
    names = ("headline", "topline", "standfirst", "seen_at")
    values = {"article": revision["article_id"], "before": revision["before_id"]}
    row = con.execute(_TITLES.format(shown=marks), {**values, **{name: revision[name] for name in names}}).fetchone()
    return row["looks"], bool(row["known"])


def apart(con: sqlite3.Connection, revision: sqlite3.Row) -> timedelta | None:
    """The time between the last look at the text before and the first at this one; None if that is not known."""
    row = con.execute(
        "SELECT max(last_at) AS at FROM observations WHERE revision_id = ? AND last_at <= ?",
        [revision["before_id"], revision["seen_at"]],
    ).fetchone()
    return instant_of(revision["seen_at"]) - instant_of(row["at"]) if row["at"] else None
