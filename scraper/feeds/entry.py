"""One entry of a feed, whatever its format. Pure data."""

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
    """

    url: str
    title: str
    published_at: datetime | None
    updated_at: datetime | None
