"""Whether what was said is so: the truth about a ruling, from what the newsroom did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from db.rows import instant_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.newsroom.outlet import Happening, Story

ACCUSING = ("silent", "unmarked", "unmarked_headline", "stand_only", "stand_other", "stand_backwards", "stand_ahead")
_BODY = ("edit", "insert", "revert", "notice")
_LASTING = timedelta(hours=3)


def is_true(story: Story, ruling: dict[str, Any]) -> bool:
    """Whether an edit of that kind happened within the window, and the Stand had not shown it when that was said."""
    at = instant_of(ruling["at"])
    start = instant_of(ruling["not_before"]) if ruling["not_before"] else None
    within = [
        item
        for item in story.happenings
        if (start is None or item.at > start) and item.at <= instant_of(ruling["not_after"])
    ]
    verdict = ruling["verdict"]
    if verdict in ("silent", "unmarked", "unmarked_headline"):
        kinds = ("headline",) if verdict == "unmarked_headline" else (*_BODY, "headline")
        edits = [item for item in within if item.kind.partition("+")[0] in kinds]
        quiet = [item for item in edits if not _stand_moved(story, item, min(at, _next_edit(story, item)))]
        return bool(quiet) and (verdict != "silent" or not any(_machines_moved(story, item) for item in quiet))
    if verdict in ("stand_only", "stand_other"):
        return any(item.kind == "stamp" for item in within)
    return verdict == "stand_ahead" and story.outlet.zone.key not in ("UTC", "Europe/Berlin")


def lasting_edits(story: Story, end: datetime) -> Iterator[datetime]:
    """When edits happened that the Stand did not show, and that stood for three hours with it as it was."""
    if story.outlet.day_only or story.ticker or story.variant:
        return
    moments = [item.at for item in story.happenings] + [end]
    for place, item in enumerate(story.happenings):
        stands = moments[place + 1] - item.at >= _LASTING and place > 0 and not item.state.cut
        quiet = not _stand_moved(story, item, moments[place + 1] - timedelta(seconds=1))
        if item.kind in ("edit", "insert", "headline") and stands and quiet:
            yield item.at


def _before(story: Story, item: Happening) -> Happening:
    return story.happenings[max(story.happenings.index(item) - 1, 0)]


def _next_edit(story: Story, item: Happening) -> datetime:
    """The last moment before the text changed again: what the Stand does from then on may announce that."""
    later = story.happenings[story.happenings.index(item) + 1 :]
    kinds = (*_BODY, "headline", "minute")
    again = next((other.at for other in later if other.kind.partition("+")[0] in kinds), None)
    return again - timedelta(seconds=1) if again else datetime.max.replace(tzinfo=UTC)


def _stand_moved(story: Story, item: Happening, until: datetime) -> bool:
    """From just before the edit to that moment; an edit within the minute that its Stand prints is shown by it."""
    return _before(story, item).state.stand != story.at(until).stand


def _machines_moved(story: Story, item: Happening) -> bool:
    return _before(story, item).state.modified != item.state.modified
