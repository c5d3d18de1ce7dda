"""Whether what was said is so: the truth about a ruling, from what the newsroom did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.newsroom.clock import earliest, latest
from benchmarks.newsroom.outlet import KEEPS, SHORTLY
from db.rows import instant_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.newsroom.state import Happening, Story

REMOVED = "removed_before_expected"
# Those that the target counts, and the others that accuse, too.
COUNTED = ("silent", "unmarked", "stand_only", REMOVED)
OTHERS = ("unmarked_headline", "stand_other", "stand_backwards", "stand_ahead")
ACCUSING = (*COUNTED, *OTHERS)
_BODY = ("edit", "insert", "delete", "revert", "notice")
# A true case is one that could be seen for so long: nothing else happened, and it is not yet the end.
_LASTING, _GONE_FOR = timedelta(hours=3), timedelta(hours=80)


@dataclass(frozen=True, slots=True)
class TrueCase:
    """What could be said of an article, and of which moment."""

    story: Story
    verdict: str
    at: datetime


def is_true(story: Story, said: dict[str, Any]) -> bool:
    """Whether what it says happened within the window, and what would excuse it had not when that was said."""
    verdict, at = said["verdict"], latest(instant_of(said["at"]))
    within = [item for item in story.happenings if covers(said, item.at)]
    if verdict in ("silent", "unmarked", "unmarked_headline"):
        kinds = ("headline",) if verdict == "unmarked_headline" else (*_BODY, "headline")
        edits = [item for item in within if item.what in kinds]
        quiet = [item for item in edits if not _stand_moved(story, item, min(at, _next_edit(story, item)))]
        return bool(quiet) and (verdict != "silent" or not any(_machines_moved(story, item) for item in quiet))
    if verdict in ("stand_only", "stand_other"):
        return any(item.kind == "stamp" for item in within)
    if verdict == REMOVED:
        return any(_was_to_be_kept(story, item) and not _is_back(story, at) for item in within)
    return verdict == "stand_ahead" and story.outlet.zone.key not in ("UTC", "Europe/Berlin")


def covers(said: dict[str, Any], at: datetime) -> bool:
    """Whether the window may hold that moment."""
    start = said["not_before"]
    return (not start or earliest(instant_of(start)) < at) and at <= latest(instant_of(said["not_after"]))


def true_cases(story: Story, end: datetime) -> Iterator[TrueCase]:
    """What could be said of it, if it lasted long enough to be seen. Of a ticker nothing is ever said."""
    moments = [item.at for item in story.happenings] + [end]
    for place, item in enumerate(story.happenings):
        if place == 0 or story.ticker or item.state.cut:
            continue
        if _was_to_be_kept(story, item) and end - item.at >= _GONE_FOR and not _is_back(story, end):
            yield TrueCase(story, REMOVED, item.at)
        elif moments[place + 1] - item.at >= _LASTING and not item.state.absent:
            verdict = _verdict(story, item, moments[place + 1] - timedelta(seconds=1))
            if verdict:
                yield TrueCase(story, verdict, item.at)


def _verdict(story: Story, item: Happening, until: datetime) -> str:
    if item.kind == "stamp":
        return "stand_only"
    if item.what not in ("edit", "insert", "delete", "headline") or _stand_moved(story, item, until):
        return ""
    if item.what == "headline":
        return "unmarked_headline"
    quiet = story.outlet.machines != "none" and not _machines_moved(story, item)
    # Only where its machines are mostly told of edits it says something that they were not told of one.
    return "silent" if quiet and story.outlet.told else "unmarked"


def _was_to_be_kept(story: Story, item: Happening) -> bool:
    """Taken away by an outlet that says how long it keeps such articles, long before that, and nowhere else."""
    keep = SHORTLY if story.section else KEEPS
    plainly = item.kind == "removed" and item.state.absent in ("404", "410")
    return plainly and story.outlet.rule and story.successor is None and item.at + timedelta(days=1) < story.born + keep


def _is_back(story: Story, at: datetime) -> bool:
    return not story.at(at).absent


def _before(story: Story, item: Happening) -> Happening:
    return story.happenings[max(story.happenings.index(item) - 1, 0)]


def _next_edit(story: Story, item: Happening) -> datetime:
    """The last moment before the text changed again: what the Stand does from then on may announce that."""
    later = story.happenings[story.happenings.index(item) + 1 :]
    kinds = (*_BODY, "headline", "minute")
    again = next((other.at for other in later if other.what in kinds), None)
    return again - timedelta(seconds=1) if again else datetime.max.replace(tzinfo=UTC)


def _stand_moved(story: Story, item: Happening, until: datetime) -> bool:
    """From just before the edit to that moment; an edit within the minute that its Stand prints is shown by it."""
    return _before(story, item).state.stand != story.at(until).stand


def _machines_moved(story: Story, item: Happening) -> bool:
    return _before(story, item).state.modified != item.state.modified
