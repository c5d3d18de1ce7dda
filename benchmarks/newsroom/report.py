"""What came of a room: of each ruling that accuses whether it is true, and of each true case what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.newsroom.truth import ACCUSING, COUNTED, OTHERS, covers, is_true, true_cases

if TYPE_CHECKING:
    from benchmarks.newsroom.room import Room
    from benchmarks.newsroom.truth import TrueCase

_HEAD = f"{'verdict':<26}{'told':>6}{'true':>6}{'false':>7}{'true cases':>13}{'ruled':>7}{'share':>8}"


@dataclass
class Report:
    """Counts by verdict; of rooms side by side they add up.

    Attributes:
        ruled: true cases of that verdict of which any ruling that accuses was made.
        missed: what stood of the others, by verdict of the case.
        false: each, in words.
    """

    articles: int = 0
    looks: int = 0
    cpu_seconds: float = 0.0
    told: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    cases: Counter[str] = field(default_factory=Counter)
    ruled: Counter[str] = field(default_factory=Counter)
    missed: dict[str, Counter[str]] = field(default_factory=dict)
    false: list[str] = field(default_factory=list)
    stands: Counter[str] = field(default_factory=Counter)

    def add(self, other: Report) -> None:
        """Another room's counts."""
        self.articles += other.articles
        self.looks += other.looks
        self.cpu_seconds += other.cpu_seconds
        self.false += other.false
        for name in ("told", "true", "cases", "ruled", "stands"):
            getattr(self, name).update(getattr(other, name))
        for verdict, became in other.missed.items():
            self.missed.setdefault(verdict, Counter()).update(became)

    def share_true(self) -> float:
        """Of the rulings that the target counts."""
        told = sum(self.told[name] for name in COUNTED)
        return sum(self.true[name] for name in COUNTED) / told if told else 0.0

    def show(self) -> None:
        """Print it."""
        print(f"{self.articles} articles, {self.looks} looks; what stands: "
              + ", ".join(f"{name} {count}" for name, count in self.stands.most_common()))  # fmt: skip
        print(_HEAD)
        for name in COUNTED:
            self._row(name, (name,))
        self._row("these four", COUNTED)
        for name in OTHERS:
            self._row(name, (name,))
        print(f"true of these four: {self.share_true():.2%}")
        for verdict, became in self.missed.items():
            print(f"  not ruled, {verdict}: " + ", ".join(f"{name} {count}" for name, count in became.most_common()))
        for line in self.false:
            print(f"  false: {line}")

    def _row(self, title: str, names: tuple[str, ...]) -> None:
        told, true, cases, ruled = (
            sum(counts[name] for name in names) for counts in (self.told, self.true, self.cases, self.ruled)
        )
        share = f"{ruled / cases:.1%}" if cases else "–"
        print(f"{title:<26}{told:>6}{true:>6}{told - true:>7}{cases:>13}{ruled:>7}{share:>8}")


def report(room: Room, said: list[dict[str, Any]]) -> Report:
    """Hold what was said against what happened."""
    found = Report(len(room.stories), room.wire.looks)
    found.stands.update(item["verdict"] for item in said if item["stands"])
    accusing = [item for item in said if item["verdict"] in ACCUSING]
    for item in accusing:
        found.told[item["verdict"]] += 1
        if is_true(room.wire.by_url[item["url"]], item):
            found.true[item["verdict"]] += 1
        else:
            found.false.append(_about(room, item))
    by_url: dict[str, list[dict[str, Any]]] = {}
    for item in said:
        by_url.setdefault(item["url"], []).append(item)
    for story in room.stories:
        for case in true_cases(story, room.wire.now):
            _count(found, case, by_url.get(story.url, []))
    return found


def _count(found: Report, case: TrueCase, said: list[dict[str, Any]]) -> None:
    found.cases[case.verdict] += 1
    about = [item for item in said if covers(item, case.at)]
    if any(item["verdict"] in ACCUSING for item in about):
        found.ruled[case.verdict] += 1
        return
    last = next((item for item in reversed(about) if item["stands"]), None)
    became = f"{last['verdict']} (row {last['rule']})" if last else "not seen"
    why = "day only: " if case.story.outlet.day_only else "headline test: " if case.story.variant else ""
    found.missed.setdefault(case.verdict, Counter())[why + became] += 1


def _about(room: Room, item: dict[str, Any]) -> str:
    story = room.wire.by_url[item["url"]]
    life = ", ".join(f"{happening.kind} {happening.at:%d %H:%M:%S}" for happening in story.happenings)
    window = f"{(item['not_before'] or '')[8:19]} to {item['not_after'][8:19]}"
    test = " (headline test)" if story.variant else ""
    return f"{item['verdict']} at {item['at'][8:19]}, window {window}, {story.url}{test}: {life}"
