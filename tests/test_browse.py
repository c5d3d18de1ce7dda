"""The address of a database at Datasette, and what it says before it ends."""

from __future__ import annotations

import asyncio

from datasette.utils import tilde_encode

from db.datasette import in_address
from schedules.browser import last_words


def test_a_database_has_the_address_that_datasette_gives_it() -> None:
    for name in ("nachtrag", "a b_c-d", "Wöche.neu", "~x/y+z%20", "\x7f€"):
        assert in_address(name) == tilde_encode(name)


async def test_a_line_without_an_end_does_not_end_the_watch_over_datasette() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(b"begin\n" + b"x" * 200_000 + b"\n" + b"".join(b"%d \xff\n" % number for number in range(20)))
    stream.feed_eof()
    said = await last_words(stream)
    assert said == [f"{number} \ufffd" for number in range(5, 20)]


async def test_of_such_a_line_the_end_is_kept() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(b"x" * 200_000 + b" why it ended")
    stream.feed_eof()
    (said,) = await last_words(stream)
    assert said.endswith("x why it ended")
    assert len(said) == 16_384
