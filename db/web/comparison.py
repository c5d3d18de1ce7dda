"""The comparison of two versions: both readings side by side, the clocks, and the ruling with what it rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from changes.compare import moved
from changes.meaning import NOT_WEIGHED
from db.rows import text_of
from db.store.clocks import clocks_before
from db.store.revisions import load_article
from db.web.article import judgements
from db.web.coverage import moment
from db.web.meant import meant
from db.web.publishing import of_article, published
from db.web.sides import beside
from db.web.stands import MOMENT

if TYPE_CHECKING:
    import sqlite3

    from db.publish import Publish
    from db.web.article import Judgement
    from db.web.meant import Meant
    from db.web.sides import Beside
    from scraper.article import Article, Clock

_REVISION = f"""
SELECT r.*, {MOMENT.format("r.id")} AS stand_moment,
    coalesce(nullif(r.url, ''), a.url) AS address, a.state, a.taken_down_at, s.name AS source,
    p.fetched_at, p.status, p.size, p.kept_sha256,
    p.body IS NOT NULL AS page_kept, (SELECT value FROM meta WHERE key = 'base_url') AS base_url
FROM revisions r JOIN articles a ON a.id = r.article_id JOIN sources s ON s.id = a.source_id
LEFT JOIN pages p ON p.id = r.page_id WHERE r.id = ?
"""

# The condition must stand in a statement of its own: in a join the view would be made for all versions.
_LOOKS = "SELECT looks, last_at FROM revision_looks WHERE revision_id = ?"
_REMARKS = """
SELECT m.text, m.at, r.number FROM remarks m JOIN revisions r ON r.id = m.revision_id
WHERE m.revision_id IN (?, ?) ORDER BY m.id
"""
# By a correction notice: the edits that this one's notice explains, and those whose notice explains this one.
_EXPLAINS = """
SELECT r.number, r.id, r.before_id FROM edits e JOIN revisions r ON r.id = e.explains_id
WHERE e.revision_id = :id AND e.explains_id != :id
"""
_EXPLAINED = """
SELECT r.number, r.id, r.before_id FROM edits e JOIN revisions r ON r.id = e.revision_id
WHERE e.explains_id = :id AND e.revision_id != :id ORDER BY e.revision_id
"""
_NEIGHBOUR = "SELECT id FROM revisions WHERE article_id = ? AND number = ?"


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A stamp of the page on both sides, as written; empty where there was none.

    Attributes:
        moved: "2 hours ago" says the same as "1 hour ago" did an hour earlier.
    """

    kind: str
    before: str
    after: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the page shows.

    Attributes:
        read_at: now.
        looks: at the earlier and at the later version; None where none was recorded.
        publish: how much of the texts is shown.
        taken_down: a text is no longer kept.
        explains, explained_by: versions whose edit the correction notice of this one explains, and the other way round.
        meant: what differs as an edit; None where nothing does, and where that cannot be said.
        judgements: the rulings on the later version, where it follows the earlier one; the newest first.
        remarks: by people, on both versions.
        notes: broadcast notes and the like on both sides: shown, never compared.
        earlier, later: the neighbouring comparisons as (old, new), or None.
    """

    before: sqlite3.Row
    after: sqlite3.Row
    read_at: str
    looks: tuple[sqlite3.Row | None, sqlite3.Row | None]
    publish: Publish
    beside: Beside
    taken_down: bool
    meant: Meant | None
    explains: tuple[sqlite3.Row, ...]
    explained_by: tuple[sqlite3.Row, ...]
    clocks: tuple[ClockRow, ...]
    judgements: tuple[Judgement, ...]
    remarks: tuple[sqlite3.Row, ...]
    notes: tuple[tuple[str, ...], tuple[str, ...]]
    earlier: tuple[int, int] | None
    later: tuple[int, int] | None

    @property
    def one_article(self) -> bool:
        return bool(self.before["article_id"] == self.after["article_id"])

    @property
    def consecutive(self) -> bool:
        """Whether the one follows the other, so that what differs is one edit."""
        return self.one_article and bool(self.after["number"] == self.before["number"] + 1)

    @property
    def one_reader(self) -> bool:
        """Whether both were read in the same way; otherwise what differs may be our doing."""
        return bool(self.before["read_with"] == self.after["read_with"])


def comparison(con: sqlite3.Connection, old_id: int, new_id: int, publish: Publish) -> Comparison | None:
    """Read it; None where one of the two does not exist."""
    old, new = (con.execute(_REVISION, [number]).fetchone() for number in (old_id, new_id))
    if old is None or new is None:
        return None
    before, after = load_article(con, old["address"], old), load_article(con, new["address"], new)
    if old["article_id"] == new["article_id"] and new["number"] == old["number"] + 1:
        before = replace(before, clocks=clocks_before(con, new))
        rulings = judgements(con, [new_id]).get(new_id, ())
    else:
        rulings = ()
    shown = beside(before, after)
    shows = _published(publish, old, new)
    taken_down = any(block.text == "" for reading in (before, after) for block in reading.blocks)
    verdict = rulings[0].row["verdict"] if rulings else ""
    weighed = _is_edit(old, new) and not taken_down and verdict not in NOT_WEIGHED
    return Comparison(
        before=old,
        after=new,
        read_at=text_of(moment(con)),
        looks=(con.execute(_LOOKS, [old_id]).fetchone(), con.execute(_LOOKS, [new_id]).fetchone()),
        publish=shows,
        beside=published(shown, shows),
        taken_down=taken_down,
        meant=meant(before, after, shown.alignment, verdict) if weighed else None,
        explains=tuple(con.execute(_EXPLAINS, {"id": new_id})) if rulings else (),
        explained_by=tuple(con.execute(_EXPLAINED, {"id": new_id})) if rulings else (),
        clocks=_clock_rows(before, after),
        judgements=rulings,
        remarks=tuple(con.execute(_REMARKS, [old_id, new_id])),
        notes=(tuple(json.loads(old["notes"])), tuple(json.loads(new["notes"]))),
        earlier=_pair(_neighbour(con, old, -1), old_id),
        later=_pair(new_id, _neighbour(con, new, 1)),
    )


def _published(publish: Publish, old: sqlite3.Row, new: sqlite3.Row) -> Publish:
    """How much of the two is shown: of two articles all is said to have changed, and so none of it."""
    if publish != "full" and old["article_id"] != new["article_id"]:
        return "metrics"
    return of_article(publish, new["state"])


def _is_edit(old: sqlite3.Row, new: sqlite3.Row) -> bool:
    """Whether what differs is the outlet's doing, in the order in which it was done."""
    return all(old[name] == new[name] for name in ("article_id", "read_with")) and bool(old["number"] < new["number"])


def _neighbour(con: sqlite3.Connection, row: sqlite3.Row, step: int) -> int | None:
    found = con.execute(_NEIGHBOUR, [row["article_id"], row["number"] + step]).fetchone()
    return None if found is None else int(found["id"])


def _pair(old: int | None, new: int | None) -> tuple[int, int] | None:
    return None if old is None or new is None else (old, new)


def _clock_rows(before: Article, after: Article) -> tuple[ClockRow, ...]:
    """The Stand first, then every other stamp; several of one kind in their order."""
    old, new = _numbered(before.clocks), _numbered(after.clocks)
    keys = sorted(dict.fromkeys([*old, *new]), key=lambda key: key[0] != "stand")
    return tuple(_clock_row(key[0], old.get(key), new.get(key)) for key in keys)


def _clock_row(kind: str, old: Clock | None, new: Clock | None) -> ClockRow:
    return ClockRow(kind, old.raw if old else "", new.raw if new else "", moved(old, new))


def _numbered(clocks: tuple[Clock, ...]) -> dict[tuple[str, int], Clock]:
    found: dict[tuple[str, int], Clock] = {}
    for clock in clocks:
        number = sum(kind == clock.kind for kind, _number in found)
        found[clock.kind, number] = clock
    return found
