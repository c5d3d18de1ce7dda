"""`run --once`: it sits out short pauses, and leaves to a later pass what a host asks to wait for."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from schedules.config import Config
from schedules.daemon import once
from tests.scripted import Server, http

if TYPE_CHECKING:
    from pathlib import Path


def now() -> datetime:
    return datetime.now(UTC)


def configured(folder: Path, server: Server, *feeds: str, gap: str = "0s") -> Config:
    home = f"http://127.0.0.1:{server.port}"
    sources = [{"name": feed, "feed": f"{home}/{feed}.xml"} for feed in feeds]
    fetch = {"gap": gap, "allow_private": ["127.0.0.0/8"]}
    return Config.model_validate({"database": str(folder / "n.db"), "fetch": fetch, "sources": sources})


def feed(server: Server, *names: str) -> bytes:
    items = "".join(f"<item><link>http://127.0.0.1:{server.port}/{name}.html</link></item>" for name in names)
    return http(f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode())


async def test_a_pass_ends_although_a_host_asks_to_wait_and_names_what_it_left(tmp_path: Path) -> None:
    async with Server({"/robots.txt": http(b"")}) as server:
        server.scripts["/first.xml"] = feed(server, "a", "b", "c")
        for name in "abc":
            server.scripts[f"/{name}.html"] = http(b"", "Retry-After: 3600", status="503 X")
        tally = await asyncio.wait_for(once(configured(tmp_path, server, "first"), now, now=True), 20)
        assert tally.visited == 1
        (left,) = tally.left
        assert left.startswith(f"2 articles: 127.0.0.1:{server.port} asks to wait until ")
        again = await asyncio.wait_for(once(configured(tmp_path, server, "first"), now, now=True), 20)
        assert again.left[0].startswith("source first and 3 articles: ")
        assert len(server.paths) == 3


async def test_a_pass_sits_out_the_gap_between_two_requests(tmp_path: Path) -> None:
    async with Server({"/robots.txt": http(b"")}) as server:
        server.scripts["/first.xml"] = feed(server, "a", "b")
        began = time.monotonic()
        tally = await once(configured(tmp_path, server, "first", gap="0.6s"), now, now=True)
        assert (tally.visited, tally.left) == (2, ())
        assert time.monotonic() - began > 1
