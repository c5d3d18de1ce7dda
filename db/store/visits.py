"""What a look at an article found, on its way into the database: in one transaction, with the events it makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.change import Ruling, Window
from changes.ruling import RULE_VERSION
from db.rows import clocks_to_json, instant_of, text_of, validators_from_row
from db.store import comment_counts, departures, drift, events, hosts
from db.store.around import rule_explained, rule_late
from db.store.comments import keep_comments
from db.store.events import Telling
from db.store.imprints import keep_imprint, note_check
from db.store.meanings import keep_meaning
from db.store.observations import note_look
from db.store.planning import keep_planned
from db.store.revisions import Version, add_revision, add_ruling, same_text
from db.store.rulings import change_telling, rule_at_once
from db.store.site_text import as_of_the_site, found_of_the_site
from db.store.site_wide import ask_others
from db.store.sources import adopt
from db.store.unchanged import keep_unchanged
from db.store.unread import keep_unread
from db.store.validators import note_edit
from db.work import Failure, Outcome
from scraper.urls import host_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from db.work import Sighting, VisitResult
    from scraper.article import Article

_OF_THE_SITE = ("site_text", "site_wide")
# The row that rules on a Stand which moved alone, after an edit that it had not shown.
_LATE = 8
_PUT_OFF = """
UPDATE articles SET leased_until = NULL, next_visit_at = CASE WHEN next_visit_at IS NOT NULL THEN ? END WHERE id = ?
"""
# An article that was read is live, and nothing failed.
_FOUND = {
    "state": "live", "failures": 0, "error_code": "", "error": "",
    "missing": 0, "missing_since": None, "missing_connection": "",
}  # fmt: skip


def record_visits(con: sqlite3.Connection, results: Sequence[VisitResult]) -> list[tuple[str, Sighting, bool]]:
    """Keep what looks found: the look itself, and whatever became known, in order of the results.

    Returns:
        Of each that was kept, but for those that found only what stood: the address that was asked, what was seen, and
        whether it is held, so that nothing of it is told.
    """
    kept = []
    for result in keep_unchanged(con, results):
        row = con.execute("SELECT * FROM articles WHERE id = ?", [result.article_id]).fetchone()
        hosts.keep_answers(con, [(row["host"], result)])
        if result.seen.outcome == Outcome.PUT_OFF:  # what is known of it stays, a hint for example
            con.execute(_PUT_OFF, [text_of(result.next_visit_at), row["id"]])
            continue
        con.execute(
            """UPDATE articles SET leased_until = NULL, asked_again = 0, hinted = 0, last_visited_at = ?,
               next_visit_at = CASE WHEN next_visit_at IS NOT NULL THEN ? END WHERE id = ?""",
            [text_of(result.at), text_of(result.next_visit_at), row["id"]],
        )
        if result.planned is not None:
            keep_planned(con, [result.planned])
        if row["revision_id"] == result.against and row["taken_down_at"] is None:
            looked = as_of_the_site(con, row, drift.as_mended(con, row, result))
            visit = _Visit(con, row, looked)
            held = drift.is_held(con, row, looked)
            visit.hold() if held else visit.record()
            drift.weigh(con, row["host"], result.at)
            kept.append((row["fetch_url"], looked.seen, held))
    return kept


class _Visit:
    """One look on its way into the database: the article's row as it was, and what was seen."""

    def __init__(self, con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> None:
        self.con, self.row, self.result, self.seen = con, row, result, result.seen

    def record(self) -> None:
        """Keep it, by what it came to."""
        outcome = self.seen.outcome
        if self.seen.proof_held is not None:
            note_check(self.con, self.row["host"], wrong=not self.seen.proof_held)
        if outcome in (Outcome.FAILED, Outcome.UNREADABLE):
            self._failure()
        elif outcome in (Outcome.SUSPECT, Outcome.GONE):
            self._missing()
        elif outcome == Outcome.OLD_COPY:
            note_look(self.con, self.result, self.seen.old_copy_of)
        elif outcome == Outcome.NEW:
            self._new()
        else:
            self._seen_again()

    def hold(self) -> None:
        """Keep what was seen as evidence, and let the version before it stand: it is not known what it means."""
        revision_id = self._held_revision() if self.seen.article is not None and self.seen.fingerprint else None
        why = Failure("held", f"{self.row['fetch_url']}: not read as before; held until it is known why")
        seen = replace(self.seen, outcome=Outcome.UNREADABLE, failure=why)
        note_look(self.con, replace(self.result, seen=seen), revision_id)

    def _held_revision(self) -> int:
        """The version that is held, or the one that was held before and reads the same."""
        last = self.con.execute(
            "SELECT id, kind, fingerprint FROM revisions WHERE article_id = ? ORDER BY id DESC LIMIT 1",
            [self.row["id"]],
        ).fetchone()
        if last is not None and last["kind"] == "held" and last["fingerprint"] == self.seen.fingerprint:
            return int(last["id"])
        edit, article = self.seen.edit, self._article()
        version = Version(
            "held",
            self._window(),
            edit.change if edit else None,
            edit.before.clocks if edit else (),
            self.row["revision_id"],
        )
        revision_id = add_revision(self.con, self.result, article, version)
        ruling = Ruling("unreadable", 2, self._window(), (("held", "not read as before"),), True, None, RULE_VERSION)
        add_ruling(self.con, revision_id, text_of(self.result.at), ruling, None)
        return revision_id

    def _failure(self) -> None:
        failure = self.seen.failure
        self._set(
            failures=self.row["failures"] + 1,
            error_code=failure.code if failure else "",
            error=failure.message if failure else "",
        )
        if failure and self.seen.page is not None:
            asked = self.row["fetch_url"]
            keep_unread(self.con, self.row["id"], asked, failure, self.seen.page, self.seen.kept_body)
        note_look(self.con, self.result, None)
        # Row 2 of docs/rulings.md: told to those who run it, if it is no passing wall.
        often = self.seen.outcome == Outcome.UNREADABLE and self.row["failures"] + 1 == events.TOLD_AFTER
        if failure and often and not drift.lasts(self.con, self.row["host"]):  # of a site they are told once
            values = events.of_failure(failure)
            events.operations(self.con, "article_unreadable", self.result.at, self.row["url"], values)

    def _missing(self) -> None:
        if self.row["fetch_url"] != self.row["url"] and self.row["state"] != "gone":
            # The page had said that it lives there: that address is asked before anything is said.
            self._asked_at(self.row["url"])
            note_look(self.con, self.result, None)
            return
        if departures.may_be_the_site(self.con, self.row, self.result):
            self.seen = replace(self.seen, outcome=Outcome.SUSPECT)
            self.result = replace(self.result, seen=self.seen)
            ask_others(self.con, self.row, self.result.at)
        gone = self.seen.outcome == Outcome.GONE
        first = self.row["missing"] == 0
        self._set(
            state="gone" if gone else "suspect",
            failures=0,
            error_code="",
            error="",
            missing=self.row["missing"] + 1,
            missing_since=text_of(self.result.at) if first else self.row["missing_since"],
            missing_connection=self.seen.connection if first else self.row["missing_connection"],
        )
        note_look(self.con, self.result, None)
        if self.seen.page is not None:
            why = Failure("soft_404", self.seen.failure.message if self.seen.failure else "")
            keep_unread(self.con, self.row["id"], self.row["fetch_url"], why, self.seen.page, self.seen.kept_body)
        if gone and self.row["state"] == "gone":
            departures.follow_up_at_once(self.con, self.row["id"], self.result.at)
        elif gone and self.row["revision_id"] is not None:
            departures.begin(self.con, self.row, self.result)

    def _new(self) -> None:
        article = self._article()
        other = self._holder_of(self.seen.moved_to)
        if other is not None and self._is_followed(other):  # another address of an article that we follow already
            self._set(state="moved", next_visit_at=None)
            adopt(self.con, self.row["id"], other["id"], self.result.at)
            return
        if self.seen.moved_to and other is None:
            self._set(url=self.seen.moved_to)
        version = Version("first", self._window(), None, article.clocks)
        revision_id = add_revision(self.con, self.result, article, version)
        self._stands(revision_id, article)
        comment_counts.begin(self.con, self.row["id"], self.result, article.comment_count)
        note_look(self.con, self.result, revision_id)
        stand = article.stand.raw if article.stand else None
        self._tell(
            "article.discovered",
            Telling(
                "discovered",
                revision_id,
                not_after=text_of(self.result.at),
                stand_after=stand,
                excerpt=article.standfirst[:280],
            ),
        )

    def _seen_again(self) -> None:
        was_gone = self.row["state"] == "gone"
        revision_id = self.row["revision_id"]
        holds = drift.holds(self.con, self.row["host"])
        alike = comment_counts.is_read_alike(self.con, self.row, self.result)
        if self.seen.moved_to and not holds and self._moved():
            return
        if self.seen.edit is None:
            self._learn_staleness()
            rule_at_once(self.con, revision_id, self.result.at)
        if self.seen.edit is not None:
            revision_id = self._revision()
        elif self.seen.article is not None:
            self._stands(revision_id, self.seen.article)
        else:
            self._set(
                last_read_at=text_of(self.result.at),
                read_stale_seconds=self._staleness(),
                **(self._validators() if self.seen.proof else {}),
                **({"digest": self.seen.digest} if self.seen.proof == "imprint" else {}),
                **_FOUND,
            )
        note_look(self.con, self.result, revision_id)
        if was_gone:
            departures.end(self.con, self.row, self.result, revision_id)
        self._tell_change(revision_id)
        if not holds:
            comment_counts.go_on(self.con, self.row, self.result, alike=alike)

    def _learn_staleness(self) -> None:
        """The version that stands is back after an old copy: so it was a cache's, and that stale caches may be."""
        last = self.con.execute(
            """SELECT o.outcome, o.revision_id, o.last_at, r.seen_at FROM observations o JOIN revisions r ON r.id = ?
               WHERE o.article_id = ? ORDER BY o.id DESC LIMIT 1""",
            [self.row["revision_id"], self.row["id"]],
        ).fetchone()
        if last is None or last["outcome"] != Outcome.OLD_COPY or last["revision_id"] is None:
            return
        # A headline alone may be one of two that are tried out: that proves no cache.
        if not same_text(self.con, last["revision_id"], self.row["revision_id"]):
            proven = instant_of(last["last_at"]) - instant_of(last["seen_at"])
            hosts.grow_allowance(self.con, self.row["host"], proven, self.result.at)

    def _revision(self) -> int:
        edit, ruling, article = self.seen.edit, self.seen.ruling, self._article()
        if edit is None or ruling is None:
            raise ValueError(f"article {self.row['id']}: an edit was handed back without its ruling")
        last = self.con.execute("SELECT id FROM revisions WHERE id = ?", [self.row["revision_id"]]).fetchone()
        kind = "reread" if self.seen.outcome == Outcome.REREAD else "changed"
        version = Version(kind, edit.window, edit.change, edit.before.clocks, last["id"])
        revision_id = add_revision(self.con, self.result, article, version)
        add_ruling(self.con, revision_id, text_of(self.result.at), ruling, None)
        if kind == "changed":
            note_edit(self.con, self.row, self.seen.told)
            keep_meaning(self.con, revision_id, self.seen.meaning)
            rule_explained(self.con, revision_id, self.result.at)
        if ruling.verdict in _OF_THE_SITE:
            found_of_the_site(self.con, self.row, edit, self.result.at)
        elif ruling.rule == _LATE:
            rule_late(self.con, self.row["id"], revision_id, self.result.at)
        elif not ruling.settled:
            ask_others(self.con, self.row, self.result.at)
        # What was open on the version before can get no more looks: rule on it now, with what there is.
        self.con.execute(
            "UPDATE revisions SET rule_at = ? WHERE id = ? AND rule_at IS NOT NULL",
            [text_of(self.result.at), last["id"]],
        )
        self._stands(revision_id, article)
        if kind == "changed":
            self._set(last_changed_at=text_of(self.result.at))
        return revision_id

    def _tell_change(self, revision_id: int) -> None:
        edit, ruling = self.seen.edit, self.seen.ruling
        if edit is None or ruling is None or ruling.verdict in ("reread", *_OF_THE_SITE):
            return
        ruling_id = self.con.execute("SELECT max(id) FROM rulings WHERE revision_id = ?", [revision_id]).fetchone()[0]
        self._tell("article.changed", change_telling(self.con, revision_id, ruling_id))

    def _moved(self) -> bool:
        """The page says that it lives elsewhere. True if another row follows it there, and this one ends.

        Only a redirect, or the same text at both addresses, ends a row: what a template claims may be wrong.
        """
        other = self._holder_of(self.seen.moved_to)
        if other is None:
            self._set(url=self.seen.moved_to)
            if self.seen.redirected:
                self._asked_at(self.seen.moved_to)
        elif self._is_followed(other) and (self.seen.redirected or self._reads_like(other)):
            self._set(state="moved", next_visit_at=None)
        else:
            return False
        self._tell(
            "article.moved",
            Telling(
                "moved",
                not_before=self.row["last_read_at"],
                not_after=text_of(self.result.at),
                excerpt=f"{self.row['url']} → {self.seen.moved_to}",
            ),
        )
        return other is not None

    def _holder_of(self, url: str) -> sqlite3.Row | None:
        """The other row that follows what lives there."""
        found: sqlite3.Row | None = self.con.execute(
            "SELECT * FROM articles WHERE url = ? AND id != ?", [url, self.row["id"]]
        ).fetchone()
        return found

    def _is_followed(self, other: sqlite3.Row) -> bool:
        """Or was, and its words were taken down: they must not come back under another address."""
        return other["state"] != "moved" and (other["next_visit_at"] is not None or other["taken_down_at"] is not None)

    def _reads_like(self, other: sqlite3.Row) -> bool:
        marks = self.con.execute(
            "SELECT fingerprint FROM revisions WHERE id IN (?, ?)", [self.row["revision_id"], other["revision_id"]]
        ).fetchall()
        return self.seen.edit is None and len(marks) == 2 and marks[0]["fingerprint"] == marks[1]["fingerprint"]

    def _asked_at(self, url: str) -> None:
        host = host_key(url)
        hosts.know(self.con, host)
        self._set(fetch_url=url, host=host, etag="", last_modified="", digest="")

    def _validators(self) -> dict[str, object]:
        validators = self.seen.validators or validators_from_row(self.row)
        return {"etag": validators.etag, "last_modified": validators.last_modified}

    def _staleness(self) -> float:
        return (self.seen.allowance or timedelta()).total_seconds()

    def _stands(self, revision_id: int, article: Article) -> None:
        """The version that stands was seen, with these clocks."""
        drift.note_reading(self.con, self.row["host"], self.row["id"], self.result.at, article)
        keep_comments(self.con, self.row["id"], self.result.at, self.seen.comments)
        keep_imprint(self.con, self.row["id"], self.seen.imprint)
        self._set(
            revision_id=revision_id,
            clocks=clocks_to_json(article.clocks),
            last_read_at=text_of(self.result.at),
            read_stale_seconds=self._staleness(),
            **self._validators(),
            warning=article.warning,
            digest=self.seen.digest,
            **_FOUND,
        )

    def _article(self) -> Article:
        if self.seen.article is None:
            raise ValueError(f"article {self.row['id']}: {self.seen.outcome} was handed back without a reading")
        return self.seen.article

    def _window(self) -> Window:
        from_edit = self.seen.edit.window if self.seen.edit else None
        return from_edit or Window(None, self.result.at)

    def _set(self, **columns: object) -> None:
        names = ", ".join(f"{name} = :{name}" for name in columns)
        self.con.execute(f"UPDATE articles SET {names} WHERE id = :id", {**columns, "id": self.row["id"]})

    def _tell(self, kind: str, telling: Telling) -> None:
        events.tell(self.con, kind, self.row["id"], self.result.at, telling)
