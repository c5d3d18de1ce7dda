"""What a feed says, whatever its format. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article that a feed names. Instants are None where the feed gives none that can be read.

    Attributes:
        url: absolute, http or https, as the feed wrote it (canonical form is made later).
        title: plain text.
    """

    url: str
    title: str
    published_at: datetime | None
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read.

    Attributes:
        format: rss, atom, rdf or json.
        entries: all of them, in the feed's order, whatever their date.
        skipped: entries without an address that can be used.
        truncated: the feed ended early; what stood before that is in `entries`.
    """

    format: str
    title: str
    entries: tuple[FeedEntry, ...]
    skipped: int = 0
    truncated: bool = False
