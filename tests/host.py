"""The articles of one host in a store, each looked at when a test says so: no network, real SQLite, injected clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store.articles import due_articles
from db.work import Failure, Outcome, Sighting
from tests.world import AT_ONCE, World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from changes.case import Patience
    from db.work import DueArticle

    Page = Mapping[str, object]

HOST = "zeitung.example"
URLS = [f"https://{HOST}/{number}" for number in range(8)]
GOOD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00", "modified_ld": "08:00"}, "comment_count": 3}


class Host:
    """The articles of one host, each looked at when the test says so."""

    def __init__(
        self, path: Path, count: int = len(URLS), *, pages: Sequence[Page] = (), patience: Patience = AT_ONCE
    ) -> None:
        self.count = count
        self.world = World(path, patience)
        self.world.poll(*URLS[:count])
        for number in range(count):
            self.look(number, **(pages[number] if pages else {}))

    def look(self, number: int, **page: object) -> None:
        """One look at an article; without more, all is there."""
        due = self._due(number)
        seen = self.world.seen(due, lives_at=URLS[number], **{**GOOD, **page})  # type: ignore[arg-type]
        self.world.record(due, seen)

    def miss(self, number: int) -> None:
        """One look at an article that is not there."""
        due = self._due(number)
        self.world.record(due, self.world.seen(due, 404))

    def fail(self, number: int) -> None:
        """One look at an article whose text is not found."""
        failure = Failure("no_text", "no text was found")
        self.world.record(self._due(number), Sighting(Outcome.UNREADABLE, failure=failure, status=200))

    def told(self) -> list[tuple[str, str]]:
        """What was told after the discoveries."""
        return self.world.told()[self.count :]

    def asked_again(self) -> list[str]:
        """Articles that are to be looked at once more."""
        return [
            str(row["url"])[-1] for row in self.world.rows("SELECT url FROM articles WHERE asked_again ORDER BY id")
        ]

    def drifts(self) -> list[dict[str, object]]:
        """All drifts so far."""
        return self.world.rows("SELECT holds, lost, ended_by FROM drifts ORDER BY id")

    def _due(self, number: int) -> DueArticle:
        self.world.wait(seconds=5)
        now, later = self.world.now.isoformat(timespec="microseconds"), "2027-01-01T00:00:00.000000+00:00"
        self.world.store.call(
            lambda con: con.execute(
                "UPDATE articles SET next_visit_at = iif(url = ?, ?, ?)", [URLS[number], now, later]
            )
        )
        (due,) = self.world.store.call(due_articles, self.world.now, 10)
        return due
