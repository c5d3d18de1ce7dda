"""How long an outlet says that it keeps its articles: `[[retention]]` of a profile in, rules out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.profile_table import ProfileTable

_KEEP = re.compile(r"([1-9][0-9]{0,4})d")
# "§ 30" says nobody where to look.
_SHORTEST_CITE = 15
_PATH = re.compile(r"/\S*")


@dataclass(frozen=True, slots=True)
class Retention:
    """A rule that the outlet published.

    Attributes:
        after: it holds for articles that were published on that day, in the zone of the profile, or later.
        keep: how long they are kept, from their publication on.
        cite: where the rule stands, for people: title, paragraph, address.
        paths: it holds for addresses whose paths begin so; all of them where there is none.
        zone: of the profile.
    """

    after: date
    keep: timedelta
    cite: str
    paths: tuple[str, ...]
    zone: str


def retention(table: ProfileTable, zone: str) -> Retention | None:
    """One rule; None where it cannot be used, which the table then says."""
    after, keep, cite = _day(table), _span(table), table.text("cite")
    paths = table.texts("paths")
    if cite and len(cite) < _SHORTEST_CITE:
        table.fault("cite", f"{cite!r} does not say where the rule stands; name the document, the passage, the address")
    for at, path in enumerate(paths, 1):
        if not _PATH.fullmatch(path):
            table.fault(f"paths[{at}]", f"{path!r} is no beginning of a path; write one like '/politik/'")
    table.nothing_left()
    return None if after is None or keep is None else Retention(after, keep, cite, paths, zone)


def _day(table: ProfileTable) -> date | None:
    text = table.text("after")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        table.fault("after", f'{text!r} is no day; write one like "2021-01-01", in quotation marks')
        return None


def _span(table: ProfileTable) -> timedelta | None:
    text = table.text("keep")
    found = _KEEP.fullmatch(text)
    if text and not found:
        table.fault("keep", f'{text!r} is no number of days; write one like "365d"')
    return timedelta(days=int(found[1])) if found else None
