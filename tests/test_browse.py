"""What Datasette says before it ends."""

from __future__ import annotations

import asyncio

from schedules.browser import last_words


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
