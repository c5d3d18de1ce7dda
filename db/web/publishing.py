"""What may not be shown of other people's texts, as `[web] publish` has it, is taken out before a page is made."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from changes.render import Span
from db.publish import LEVELS
from db.web.places import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from datasette.app import Datasette

    from db.publish import Publish
    from db.web.entries import Entry
    from db.web.sides import Beside, Row, Side, Stretch

_LEFT_OUT = Piece((Span("…"),))


def publish_of(datasette: Datasette) -> Publish:
    """What the configuration says; Datasette that was started by hand, without our metadata, shows all."""
    said = (datasette.plugin_config("nachtrag") or {}).get("publish")
    return said if said in LEVELS else "full"


def of_article(publish: Publish, state: str) -> Publish:
    """The same for one article: of a page that its publisher took away only the figures are shown."""
    return "metrics" if publish != "full" and state == "gone" else publish


def shown(entry: Entry, publish: Publish) -> Entry:
    """An entry of a list, without what may not be shown."""
    headline = entry.url if publish == "metrics" else entry.headline
    if publish == "metrics" and entry.verdict == "removed":  # a fault that was kept long ago may quote the page
        return replace(entry, headline=headline, excerpt=())
    if entry.kind != "change" or of_article(publish, entry.state) != "metrics":
        return replace(entry, headline=headline)
    return replace(entry, headline=headline, excerpt=(), weight=entry.weight and entry.weight.bare)


def published(page: Beside, publish: Publish) -> Beside:
    """A comparison without what may not be shown: of texts that did not change is only said how much they are."""
    if publish == "full":
        return page
    if publish == "metrics":
        return replace(page, fields=(), text=())
    fields = tuple(_trimmed(row) for row in page.fields if row.move != "same")
    return replace(page, fields=fields, text=tuple(_without_same(stretch) for stretch in page.text))


def _without_same(stretch: Stretch) -> Stretch:
    return replace(stretch, rows=tuple(_bare(row) if row.move == "same" else _trimmed(row) for row in stretch.rows))


def _bare(row: Row) -> Row:
    return replace(row, before=None, after=None, inline=())


def _trimmed(row: Row) -> Row:
    return replace(row, before=_side(row.before), after=_side(row.after), inline=tuple(_pieces(row.inline)))


def _side(side: Side | None) -> Side | None:
    return None if side is None else replace(side, pieces=tuple(_pieces(side.pieces)))


def _pieces(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """What stayed becomes one "…"."""
    for stayed, run in groupby(pieces, key=_stayed):
        yield from (_LEFT_OUT,) if stayed else run


def _stayed(piece: Piece) -> bool:
    return not piece.shifted and all(span.mark == "same" for span in piece.spans)
