"""How much of other people's texts is shown: all (`full`), what changed (`excerpts`), or none of it (`metrics`). Who is
told what is shown with all only.

The texts are their publishers'. The setting is `[web] publish`; docs/running.md has the reasons. Our pages leave out
what may not be shown (db/web/publishing.py), and Datasette's own pages of the tables that hold it are closed.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

Publish = Literal["full", "excerpts", "metrics"]

LEVELS: tuple[Publish, ...] = get_args(Publish)

_INDEXES = tuple(
    f"{index}{part}"
    for index in ("blocks_fts", "revisions_fts")
    for part in ("", "_config", "_data", "_docsize", "_idx")
)
_TEXTS = ("blocks", "revision_blocks", "revision_images", "revision_texts", "pages", *_INDEXES)
# Our pages show of these what changed, and nothing of articles that are gone; a table shows all that is in it.
_CHANGED = ("revisions", "edits", "edit_tags", "changes", "events", "rulings", "rulings_now")
_WORDS = (
    "revision_clocks", "outside_clocks", "listings", "articles_now", "missing", "resting", "clock_moves", "remarks",
)  # fmt: skip
# Who is told what, and where that is: nobody's business but of those who run it.
_TOLD = ("endpoints", "deliveries", "undelivered")
# Tables and views that Datasette's own pages do not show.
CLOSED: Mapping[Publish, tuple[str, ...]] = {
    "full": (), "excerpts": (*_TOLD, *_TEXTS, *_CHANGED), "metrics": (*_TOLD, *_TEXTS, *_CHANGED, *_WORDS),
}  # fmt: skip


def is_ours(host: str, name: str) -> bool:
    """Whether the `Host` of a request is an address, `localhost` or `name`, which may be empty.

    Any other name may be one that a page in the same browser has led to us (db/web/naming.py).
    """
    try:
        asked = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        if asked in ("localhost", name) or asked.endswith(".localhost"):
            return bool(asked)
        ip_address(asked)
    except ValueError:
        return False
    return True
