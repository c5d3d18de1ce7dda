"""What became of the cases of one suite, held against the exceptions."""

from __future__ import annotations

import importlib.util
import os
import re
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, get_args

from benchmarks.hostile.case import Outcome
from benchmarks.hostile.run import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.hostile.case import Ran

EXCEPTIONS = Path(__file__).parent / "exceptions.toml"


@dataclass(slots=True)
class Report:
    """Counts, and by name what is not as expected, what crashed and which exceptions are stale."""

    TITLE: ClassVar[str] = (
        f"{'suite':<32}{'tried':>7}{'expected':>10}{'declined':>10}{'explained':>11}{'not so':>8}{'crashed':>9}"
        f"{'slowest ms':>12}{'most MB':>9}"
    )

    suite: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(get_args(Outcome), 0))
    explained: dict[str, str] = field(default_factory=dict)
    unexpected: dict[str, str] = field(default_factory=dict)
    crashed: dict[str, str] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    slowest: float = 0.0
    most: float = 0.0

    def row(self) -> str:
        counts = self.counts
        return (
            f"{self.suite:<32}{sum(counts.values()):>7}{counts['expected']:>10}{counts['declined']:>10}"
            f"{len(self.explained):>11}{len(self.unexpected):>8}{len(self.crashed):>9}"
            f"{self.slowest:>12.0f}{self.most:>9.0f}"
        )

    def faults(self) -> list[str]:
        """What must not be, a line each."""
        return [
            *([] if any(self.counts.values()) else ["nothing was tried"]),
            *(f"crashed: {name}: {why}" for name, why in self.crashed.items()),
            *(f"not as expected: {name}: {why}" for name, why in self.unexpected.items()),
            *(f"exceptions.toml excuses {name!r}, which needs no excuse" for name in self.stale),
        ]


def examine_all(folders: Iterable[Path]) -> Iterator[Report]:
    """Try suites, as many at a time as the machine has processors; reports come in order."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        yield from threads.map(examine, folders)


def examine(folder: Path) -> Report:
    """Try a suite. One that no module of ours knows has nothing tried, which is a fault."""
    module = f"benchmarks.hostile.{folder.name.replace('-', '_')}"
    known = importlib.util.find_spec(module) is not None
    excuses = tomllib.loads(EXCEPTIONS.read_text("utf-8")).get(folder.name, {})
    return held_against(excuses, folder.name, run(module, folder) if known else ())


def held_against(excuses: dict[str, str], suite: str, cases: Iterable[Ran]) -> Report:
    """Cases that were tried, held against the exceptions: name or pattern → reason."""
    report, used = Report(suite), set()
    for ran in cases:
        _count(report, ran)
        excuse = next((name for name in excuses if _names(name, ran.name)), None)
        if ran.verdict.outcome == "unexpected" and excuse is not None:
            used.add(excuse)
            report.explained[ran.name] = excuses[excuse]
        elif ran.verdict.outcome in ("unexpected", "crashed"):
            bad = report.crashed if ran.verdict.outcome == "crashed" else report.unexpected
            bad[ran.name] = ran.verdict.why
    report.stale = [name for name in excuses if name not in used]
    return report


def _count(report: Report, ran: Ran) -> None:
    report.counts[ran.verdict.outcome] += 1
    report.slowest = max(report.slowest, ran.milliseconds)
    report.most = max(report.most, ran.megabytes)


def _names(pattern: str, name: str) -> bool:
    """Whether an exception is about that case; "*" stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name, re.S) is not None
