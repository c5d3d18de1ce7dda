"""`run --once`: it sits out short pauses, and leaves to a later pass what a host asks to wait for."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from db.store import people
from db.store.connection import Store
from schedules.applying import apply
from schedules.config import Config
from schedules.daemon import once
from schedules.queues import Queues
from tests.scripted import STALL, Server, http
from tests.site import PAGE, REDESIGNED

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import pytest


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


def status(config: Config) -> list[dict[str, object]]:
    """The failing sources."""
    with Store(config.database) as store:
        found: list[dict[str, object]] = store.read(people.status)["failing_sources"]  # type: ignore[assignment]
    return found


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


async def test_a_pass_leaves_a_host_that_fails_alone_and_the_next_one_probes_it(tmp_path: Path) -> None:
    names = "abcdefgh"
    async with Server({"/robots.txt": http(b"")}) as server:
        server.scripts["/first.xml"] = feed(server, *names)
        for name in names:
            server.scripts[f"/{name}.html"] = http(status="503 X")
        config = configured(tmp_path, server, "first")
        host = f"127.0.0.1:{server.port}"
        tally = await asyncio.wait_for(once(config, now, now=True), 60)
        assert tally.visited == 5
        (left,) = tally.left
        assert left.startswith(f"3 articles: {host} failed several times in a row and rests until ")
        with Store(config.database) as store:
            (failing,) = store.read(people.status)["failing_hosts"]  # type: ignore[misc]
        assert (failing["host"], failing["failures"]) == (host, 5)
        for name in names:
            server.scripts[f"/{name}.html"] = http(b"", status="404 Not Found")
        again = await asyncio.wait_for(once(config, now, now=True), 60)
        assert (again.left, again.visited >= len(names)) == ((), True)


async def test_a_pass_sits_out_the_gap_between_two_requests(tmp_path: Path) -> None:
    async with Server({"/robots.txt": http(b"")}) as server:
        server.scripts["/first.xml"] = feed(server, "a", "b")
        began = time.monotonic()
        tally = await once(configured(tmp_path, server, "first", gap="0.6s"), now, now=True)
        assert (tally.visited, tally.left) == (2, ())
        assert time.monotonic() - began > 1


async def test_a_feed_that_breaks_off_keeps_its_entries_and_is_a_failure_until_it_is_whole(tmp_path: Path) -> None:
    page = http(b"<html></html>")
    async with Server({"/robots.txt": http(b""), "/a.html": page, "/b.html": page}) as server:
        whole = feed(server, "a", "b").partition(b"\r\n\r\n")[2]
        half = whole[: whole.rindex(b"<link>")]
        server.scripts["/first.xml"] = http(half, 'ETag: "half"')
        config = configured(tmp_path, server, "first")
        tally = await once(config, now, now=True)
        assert tally.visited == 1
        assert "breaks off" in tally.failures["first"]
        (failing,) = status(config)
        assert failing["code"] == "truncated"
        await once(config, now, now=True)
        assert not any("if-none-match" in head.lower() for head in server.heads if "/first.xml" in head)
        server.scripts["/first.xml"] = http(whole, 'ETag: "whole"')
        assert (await once(config, now, now=True)).failures == {}
        assert status(config) == []


async def test_after_a_clock_that_was_ahead_is_put_right_all_goes_on(tmp_path: Path) -> None:
    async with Server({"/robots.txt": http(b"")}) as server:
        server.scripts["/first.xml"] = feed(server, "a")
        config = configured(tmp_path, server, "first", gap="10ms")
        server.scripts["/a.html"] = http(b"", "Retry-After: 99999999", status="503 X")
        await once(config, lambda: now().replace(year=2040), now=True)
        tally = await asyncio.wait_for(once(config, now, now=True), 20)
        assert (tally.polled, tally.visited, tally.left) == (1, 1, ())
        # What a host does ask for, up to thirty days, is kept.
        assert (await asyncio.wait_for(once(config, now, now=True), 20)).left != ()


async def test_nobody_waits_until_a_long_list_is_kept(tmp_path: Path) -> None:
    (tmp_path / "l.txt").write_text("".join(f"https://a.example/{number}\n" for number in range(2_500)), "utf-8")
    source = {"name": "Liste", "list": str(tmp_path / "l.txt")}
    config = Config.model_validate({"database": str(tmp_path / "n.db"), "sources": [source]})
    with Store(config.database) as store:
        store.call(apply, config, now())
        queues = Queues(config, store, now)
        await queues.workers[0].turn()
        (job,) = queues.workers[0].jobs
        seen = set()
        while not job.done():
            seen.add(await store.ask(kept))
        await queues.stop(1)
        assert len(seen - {0, 2_500}) == 2
        assert store.read(kept) == 2_500


async def test_a_long_feed_that_shares_its_beginning_with_the_last_has_no_gap(tmp_path: Path) -> None:
    async with Server({"/robots.txt": http(b"")}) as server:
        config = configured(tmp_path, server, "first")
        with Store(config.database) as store:
            store.call(apply, config, now())
            queues, gaps = Queues(config, store, now), []
            async with queues.door:
                for names in (["0"], map(str, range(1_200)), ["1"], ["x"]):
                    server.scripts["/first.xml"] = feed(server, *names)
                    store.call(people.make_all_due, now())
                    store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = NULL"))  # no look's turn
                    await queues.workers[0].turn()
                    await asyncio.wait(queues.workers[0].jobs)
                    gaps.append(store.read(people.status)["gaps"])
            await queues.stop(1)
            assert gaps == [0, 0, 0, 1]


async def test_what_is_held_is_not_logged_as_a_change(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with Server({"/robots.txt": http(b"")}) as server:
        server.scripts["/first.xml"] = feed(server, *"abc")
        home = f"http://127.0.0.1:{server.port}"

        def serve(design: str) -> None:
            for name in "abc":
                page = design.format(
                    headline=f"Brücke {name}", url=f"{home}/{name}.html", stand="01.11.2026 08:00", version=1
                )
                server.scripts[f"/{name}.html"] = http(page.encode())

        serve(PAGE)
        config = configured(tmp_path, server, "first")
        await once(config, now, now=True)
        serve(REDESIGNED)
        with caplog.at_level(logging.INFO, "nachtrag"):
            await once(config, now, now=True)
    assert f"held {home}/a.html: not read as before" in caplog.text
    assert "changed" not in caplog.text


def kept(con: sqlite3.Connection) -> int:
    return int(con.execute("SELECT count(*) FROM articles").fetchone()[0])


async def test_a_host_rests_when_a_stop_cuts_a_request_off(tmp_path: Path) -> None:
    async with Server({"/robots.txt": http(b"")}) as server:
        server.scripts["/first.xml"] = feed(server, "a")
        server.scripts["/a.html"] = (b"HTTP/1.1 200 OK\r\n", STALL)
        config = configured(tmp_path, server, "first", gap="7s")
        with Store(config.database) as store:
            store.call(apply, config, now())
            queues = Queues(config, store, now)
            async with queues.door:
                await queues.workers[0].turn()
                await asyncio.wait(queues.workers[0].jobs)
                store.call(lambda con: con.execute("UPDATE hosts SET free_at = NULL"))
                await queues.workers[1].turn()
                await server.asked(1)
                assert server.paths[-1] == "/a.html"
                await queues.stop(0)
            (row,) = store.read(
                lambda con: con.execute(
                    "SELECT h.free_at, a.leased_until FROM hosts h JOIN articles a USING (host)"
                ).fetchall()
            )
        assert row["leased_until"] is None
        assert timedelta(seconds=5) < datetime.fromisoformat(row["free_at"]) - now() <= timedelta(seconds=7)
