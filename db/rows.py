"""Rows ↔ values. The one place where untyped data from SQLite and JSON becomes typed, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from db.work import PartState
from scraper.article import Article, Block, Clock, Covers, Image
from scraper.page import Validators

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from db.work import RobotsCopy, Sighting

Row = Any  # sqlite3.Row: its columns are known only to the SQL beside it


_1970, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def text_of(instant: datetime) -> str:
    """An instant as the database keeps it: UTC with microseconds, so that text sorts as time does."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def optional_text(instant: datetime | None) -> str | None:
    """The same, for one that may be missing."""
    return None if instant is None else text_of(instant)


def kept_instant(instant: datetime) -> int | str:
    """An instant as columns keep it that another one reads as text: microseconds since 1970; before that, as text."""
    return (instant - _1970) // _MICROSECOND if instant >= _1970 else text_of(instant)


def with_kept(row: Mapping[str, object], *instants: str) -> dict[str, object]:
    """A row with these instants, which `text_of` wrote, in the columns that keep them."""
    kept = {f"kept_{name}": row[name] and kept_instant(instant_of(str(row[name]))) for name in instants}
    return {name: value for name, value in row.items() if name not in instants} | kept


def instant_of(text: str) -> datetime:
    """What `text_of` wrote."""
    return datetime.fromisoformat(text)


def optional_instant(text: str | None) -> datetime | None:
    """The same, for one that may be missing."""
    return None if text is None else datetime.fromisoformat(text)


def inserted(cursor: sqlite3.Cursor) -> int:
    """The number of the row that an INSERT made."""
    return cast("int", cursor.lastrowid)


def json_of(value: object) -> str:
    """Compact JSON, readable in Datasette."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def clocks_to_json(clocks: Iterable[Clock]) -> str:
    """Clocks as a JSON list of [kind, start, end, again, raw]."""
    return json_of(
        [
            [clock.kind, *([None] * 3 if clock.covers is None else _covers_texts(clock.covers)), clock.raw]
            for clock in clocks
        ]
    )


def clocks_from_json(text: str) -> tuple[Clock, ...]:
    """What `clocks_to_json` wrote."""
    return tuple(Clock(kind, covers(start, end, again), raw) for kind, start, end, again, raw in json.loads(text))


def covers(start: str | None, end: str | None, again: str | None) -> Covers | None:
    """A stretch of time from three columns."""
    if start is None or end is None:
        return None
    return Covers(instant_of(start), instant_of(end), optional_instant(again))


def clock_columns(clock: Clock) -> tuple[str, str | None, str | None, str | None, str]:
    """A clock as kind, starts_at, ends_at, again_at, raw."""
    if clock.covers is None:
        return clock.kind, None, None, None, clock.raw
    return clock.kind, *_covers_texts(clock.covers), clock.raw


def _covers_texts(value: Covers) -> tuple[str, str, str | None]:
    return text_of(value.start), text_of(value.end), optional_text(value.again)


def article_from_rows(
    url: str, revision: sqlite3.Row, blocks: list[Row], images: list[Row], clocks: tuple[Clock, ...]
) -> Article:
    """A reading as it was recorded; comment texts are not kept, so there are none in it."""
    return Article(
        url=url,
        topline=revision["topline"],
        headline=revision["headline"],
        standfirst=revision["standfirst"],
        authors=tuple(json.loads(revision["authors"])),
        blocks=tuple(Block(row["kind"], row["text"]) for row in blocks),
        images=tuple(Image(row["url"], row["alt"], row["caption"], row["credit"]) for row in images),
        notes=tuple(json.loads(revision["notes"])),
        clocks=clocks,
        comment_count=revision["comment_count"],
        comments=(),
        language=revision["language"],
        read_with=revision["read_with"],
        live=bool(revision["live"]),
    )


def validators_from_row(row: sqlite3.Row) -> Validators:
    """ETag and Last-Modified of a row that has both columns."""
    return Validators(row["etag"], row["last_modified"])


_EVIDENCE = ("date", "age", "etag", "last-modified", "x-cache", "vary")


def evidence_headers(seen: Sighting, *, with_page: bool) -> dict[str, object]:
    """The headers of a look that are evidence: Date, Age, ETag, Last-Modified, and whom we spoke to. `with_page`: the
    raw page of the look is kept with all its headers, and no other look is in its run, so that none is kept here."""
    offset = {} if seen.clock_offset is None else {"clock_offset_seconds": seen.clock_offset.total_seconds()}
    if with_page:
        return {**offset}
    first = dict(reversed(seen.headers))
    kept = {name: first.get(name, "") for name in _EVIDENCE} | {"connection": seen.connection}
    return {**{name: value for name, value in kept.items() if value}, **offset}


def headers_since(first: str, said: Mapping[str, object]) -> str:
    """The headers of a look as a JSON merge patch (RFC 7396) on those of the first look of its run, without the
    connection, which has a column: most say again what they said. In full where the first ones cannot be read."""
    try:
        before = {**json.loads(first)}
    except (ValueError, TypeError):  # somebody damaged them: then there is nothing to patch
        return json_of(said)
    gone = {name: None for name in before if name not in said}
    patch = {name: value for name, value in said.items() if name not in before or before[name] != value} | gone
    patch.pop("connection", None)
    return json_of(patch)


def robots_columns(robots: RobotsCopy) -> tuple[int, str, str]:
    """robots.txt as status, body, fetched_at."""
    return robots.status, robots.body, text_of(robots.fetched_at)


def parts_to_json(parts: Iterable[PartState]) -> str:
    """Parts of an index of sitemaps as a JSON list of [address, ETag, Last-Modified, read, 1 if fresh, 1 if well]."""
    return json_of([_part_to_list(part) for part in parts])


def _part_to_list(part: PartState) -> list[object]:
    asked = (part.validators.etag, part.validators.last_modified, text_of(part.read_at))
    return [part.url, *asked, int(part.fresh), int(part.well)]


def parts_from_json(text: str) -> tuple[PartState, ...]:
    """What `parts_to_json` wrote."""
    return tuple(
        PartState(url, Validators(etag, modified), instant_of(read_at), bool(fresh), any(well))
        for url, etag, modified, read_at, fresh, *well in json.loads(text)  # earlier versions kept five
    )
