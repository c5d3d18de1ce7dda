"""What a check costs, from what passes measured: medians, and the slope where a start is not to count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.cost.runs import FLOOR, OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, Any]

# What the scenarios of the harness are called here, the floor's ms where the targets were set, and our target.
SCENES = {
    "nochange304": ("304", 0.10, 0.80),
    "nochange200": ("200, same bytes", 0.09, 1.0),
    "noise_attr": ("200, only ids and tokens differ", None, None),
    "noise_full": ("200, only noise differs", 1.10, 2.4),
    "edit10": ("10 % edited, validators on", 0.40, 1.2),
    "edit10_200": ("10 % edited", None, None),
    "edit10_noise": ("10 % edited + noise", 1.33, 2.8),
}
# What a version is: its text and its page. The rest of the file are indexes, the full-text index, events, deliveries …
_VERSION = ("revisions", "revision_", "blocks", "pages", "outside_clocks")
_BESIDE = ("blocks_fts", "revisions_fts")


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes by which the file grew for each further version."""

    versions: int
    text_and_page: float
    everything: float
    by_table: Mapping[str, float]


def milliseconds(rows: Iterable[Row], scene: str, small: int, large: int) -> float | None:
    """Processor time of the whole process tree for one check, in ms: what a further article costs beyond `small`.

    Where a tool ran with one number of articles only, its start-up is in it. None: it never ran.
    """
    seconds = defaultdict(list)
    for row in rows:
        if row["scen"] == scene:
            seconds[row["n"]].append(row["cpu_s"])
    if not seconds:
        return None
    if len(seconds) == 1:
        (number, taken), = seconds.items()  # fmt: skip
        return 1000 * median(taken) / number
    return 1000 * (median(seconds[large]) - median(seconds[small])) / (large - small)


def mistakes(rows: Iterable[Row]) -> tuple[int, int, int]:
    """Edits that there were, edits that were missed, and articles of which something was told for nothing."""
    edited = [row for row in rows if "true" in row]
    return tuple(sum(row[name] for row in edited) for name in ("true", "missed", "false_alerts"))  # type: ignore[return-value]


def kept(noted: Sequence[Mapping[str, Any]]) -> Kept | None:
    """What versions took, from the sizes before and after each pass; None if none came."""
    new: defaultdict[str, float] = defaultdict(float)
    versions = 0
    for before, after in zip(noted[1::2], noted[2::2], strict=False):
        versions += after["revisions"] - before["revisions"]
        for name, size in after["bytes"].items():
            new[name] += size - before["bytes"].get(name, 0)
    if not versions:
        return None
    each = {name: size / versions for name, size in new.items() if size}
    own = sum(size for name, size in each.items() if name.startswith(_VERSION) and not name.startswith(_BESIDE))
    return Kept(versions, own, sum(each.values()), each)


def table(rows: Sequence[Row], small: int, large: int) -> list[str]:
    """The cost table in Markdown: a line a scenario, a column a tool, and what the targets allow at this floor."""
    tools = [name for name in dict.fromkeys(row["tool"] for row in rows) if name != OURS] + [OURS]
    lines = [f"| CPU ms per check | {' | '.join(tools)} | allowed |", "|---|" + "---|" * (len(tools) + 1)]
    for scene, (name, reference, target) in SCENES.items():
        found = {tool: milliseconds(_of(rows, tool), scene, small, large) for tool in tools}
        if any(found.values()):
            allowed = _allowed(reference, target, found.get(FLOOR))
            lines.append(f"| {name} | {' | '.join(_shown(found[tool]) for tool in tools)} | {allowed} |")
    told = {tool: mistakes(_of(rows, tool)) for tool in tools}
    lines.append(f"| missed / false, of so many edits | {' | '.join(_said(told[tool]) for tool in tools)} | 0 / 0 |")
    for name, cell, target in (
        ("peak memory, MB (PSS)", _peak, "250"), ("bytes on disk per further version", _bytes, "3,000")
    ):  # fmt: skip
        lines.append(f"| {name} | {' | '.join(cell(_of(rows, tool)) for tool in tools)} | {target} |")
    return lines


def _of(rows: Iterable[Row], tool: str) -> list[Row]:
    return [row for row in rows if row["tool"] == tool]


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _said(found: tuple[int, int, int]) -> str:
    edits, missed, false = found
    return f"{missed} / {false}, {edits:,}"


def _allowed(reference: float | None, target: float | None, floor: float | None) -> str:
    """Absolute figures scale with the floor's in the same run."""
    if target is None or reference is None:
        return "–"
    here = f"{target * floor / reference:.2f} here, " if floor else ""
    return f"{here}{target:.2f} at a floor of {reference}"


def _peak(rows: Sequence[Row]) -> str:
    if not rows:
        return "–"
    return f"{max(row['rss_mb'] for row in rows):.0f} (N = {max(row['n'] for row in rows):,})"


def _bytes(rows: Sequence[Row]) -> str:
    largest = max((row["n"] for row in rows), default=0)
    edited = [row for row in rows if row["n"] == largest and row.get("revs_delta")]
    versions = sum(row["revs_delta"] for row in edited)
    return f"{sum(row['disk_delta'] for row in edited) / versions:,.0f}" if versions else "–"
