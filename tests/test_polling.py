"""Sources of every kind, polled over real connections and recorded in a real store."""

from __future__ import annotations

import gzip
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.store import people
from db.store.connection import Store
from db.store.events import TOLD_AFTER
from db.store.sources import WantedSource, configure, due_sources, record_polls
from schedules.doctor.watching import sources
from schedules.poll import Poller
from schedules.readers import Readers
from schedules.robots import Gatekeeper
from scraper.http import Door, FetchSettings
from tests.scripted import Server, http

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from db.work import PollResult

DATA = Path(__file__).parent / "data" / "sources"
NOON = datetime(2024, 5, 15, 12, 0, tzinfo=UTC)
NEW, OLD = "2024-05-15T11:00:00Z", "2019-01-01"


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    made = Readers(workers=1, deadline=timedelta(seconds=60))
    yield made
    made.close()


class Desk:
    """One source of one configuration, polled whenever a test says so."""

    def __init__(self, store: Store, readers: Readers, server: Server) -> None:
        self.store, self.server, self.now = store, server, NOON
        self.door = Door(FetchSettings("test", gap=timedelta(), allow_private=("127.0.0.0/8",)), lambda: self.now)
        self.poller = Poller(Gatekeeper(self.door, "test", lambda: self.now), readers, lambda: self.now, timedelta())

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def watch(self, kind: str, address: str, **more: object) -> None:
        url = address if kind == "list" else self.home + address
        self.store.call(configure, [WantedSource("Quelle", url, timedelta(minutes=5), kind, **more)], self.now)  # type: ignore[arg-type]

    async def poll(self) -> PollResult:
        """The next poll, five minutes later, and recorded."""
        self.now += timedelta(minutes=5)
        (due,) = self.store.call(due_sources, self.now, 10)
        result = await self.poller.poll(due)
        self.store.call(record_polls, [result])
        return result

    def followed(self) -> list[str]:
        """Paths of the articles, and whatever stands for others."""
        rows = self.store.call(lambda con: con.execute("SELECT url FROM articles ORDER BY id").fetchall())
        return [str(row["url"]).removeprefix(self.home) for row in rows]

    def gaps(self) -> object:
        return self.store.read(people.status)["gaps"]

    def asked(self) -> list[str]:
        """Paths that were asked for since the last time."""
        paths = [path for path in self.server.paths if path != "/robots.txt"]
        self.server.heads.clear()
        return paths


@asynccontextmanager
async def desk_at(folder: Path, readers: Readers) -> AsyncIterator[Desk]:
    """A desk, and a server that knows nothing yet."""
    scripts: dict[str, object] = {"/robots.txt": http(b"", status="404 Not Found")}
    async with Server(scripts) as server:
        with Store(folder / "n.db") as store:
            desk = Desk(store, readers, server)
            async with desk.door:
                yield desk


def urlset(**entries: str) -> bytes:
    inner = "".join(f"<url><loc>/{name}</loc><lastmod>{at}</lastmod></url>" for name, at in entries.items())
    return f"<urlset>{inner}</urlset>".encode()


def index(**parts: str) -> bytes:
    inner = "".join(
        f"<sitemap><loc>/{name}.xml</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>"
        for name, at in parts.items()
    )
    return f"<sitemapindex>{inner}</sitemapindex>".encode()


def feed(*names: str) -> bytes:
    items = "".join(f"<item><title>{name}</title><link>/{name}</link></item>" for name in names)
    return f"<rss version='2.0'><channel><title>Blatt</title>{items}</channel></rss>".encode()


async def test_a_news_sitemap_is_followed_as_far_as_it_is_new(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/news.xml"] = [
            http(urlset(a=NEW, b=OLD), 'ETag: "1"'),
            http(b"", status="304 Not Modified"),
            http(urlset(c=NEW), 'ETag: "2"'),
        ]
        desk.watch("sitemap", "/news.xml")
        assert (await desk.poll()).failure is None
        assert desk.followed() == ["/a"]
        assert (await desk.poll()).entries is None
        assert 'if-none-match: "1"' in desk.server.heads[-1].lower()
        await desk.poll()
        assert desk.followed() == ["/a", "/c"]
        assert desk.gaps() == 0


@pytest.mark.parametrize(
    ("kind", "path", "first", "second"),
    [
        ("sitemap", "/news.xml", urlset(a=NEW), urlset(c=NEW)),
        ("feed", "/feed", feed("a"), feed("c")),
        ("page", "/", b'<main><a href="/a">A</a></main>', b'<main><a href="/c">C</a></main>'),
    ],
)
async def test_bytes_that_were_read_are_not_read_again(
    tmp_path: Path, readers: Readers, kind: str, path: str, first: bytes, second: bytes
) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts[path] = [http(first), http(first, 'ETag: "2"'), http(second), http(first)]
        desk.watch(kind, path, **({"links": "main a"} if kind == "page" else {}))
        assert (await desk.poll()).entries
        again = await desk.poll()
        assert (again.entries, again.failure, again.validators.etag) == (None, None, '"2"')
        assert (await desk.poll()).entries
        # Only what was read last is known.
        assert (await desk.poll()).entries
        assert desk.followed() == ["/a", "/c"]


async def test_what_was_read_by_another_selector_is_read_again(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/"] = http(b'<main><a href="/a">A</a></main><nav><a href="/b">B</a></nav>')
        desk.watch("page", "/", links="main a")
        await desk.poll()
        desk.watch("page", "/", links="nav a")
        assert (await desk.poll()).entries
        assert desk.followed() == ["/a", "/b"]


async def test_newest_says_how_old_an_entry_may_be(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/news.xml"] = http(urlset(a=NEW, b="2024-05-13T11:00:00Z"), 'ETag: "1"')
        desk.watch("sitemap", "/news.xml", newest=timedelta(hours=2))
        await desk.poll()
        assert desk.followed() == ["/a"]
        desk.watch("sitemap", "/news.xml", newest=timedelta(days=3))
        await desk.poll()
        assert desk.followed() == ["/a", "/b"]


async def test_an_updated_entry_brings_the_article_forward(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/news.xml"] = [http(urlset(a=NEW)), http(urlset(a="2024-05-15T12:05:00Z"))]
        desk.watch("sitemap", "/news.xml")
        await desk.poll()
        desk.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = '2024-06-01'"))
        await desk.poll()
        (row,) = desk.store.call(lambda con: con.execute("SELECT next_visit_at FROM articles").fetchall())
        assert row["next_visit_at"].startswith("2024-05-15T12:10")


async def test_an_index_is_followed_to_depth_two_and_old_parts_are_left(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts |= {
            "/index.xml": http(index(deeper=NEW, archive=OLD, undated="", gone="")),
            "/deeper.xml": http(index(packed=NEW, deepest=NEW)),
            "/packed.xml": http(gzip.compress(urlset(a=NEW)), "Content-Type: application/gzip"),
            "/deepest.xml": http(index(never="")),
            "/undated.xml": http(urlset(b=NEW)),
        }
        desk.watch("sitemap", "/index.xml")
        failure = (await desk.poll()).failure
        assert desk.asked() == [
            "/index.xml", "/deeper.xml", "/packed.xml", "/deepest.xml", "/undated.xml", "/gone.xml",
        ]  # fmt: skip
        assert sorted(desk.followed()) == ["/a", "/b"]
        assert failure is not None
        assert "2 levels down" in failure.message
        assert "and 1 more" in failure.message


async def test_an_index_of_which_a_part_is_broken_answers_and_the_part_is_named(
    tmp_path: Path, readers: Readers
) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts |= {"/index.xml": http(index(gone="", well="")), "/well.xml": http(urlset(a=NEW))}
        desk.watch("sitemap", "/index.xml")
        for _ in range(TOLD_AFTER):
            await desk.poll()
        found = desk.store.read(people.status)
        assert found["failing_sources"] == []
        (partial,) = found["partial_sources"]
        assert (partial["code"], partial["message"]) == ("http_404", f"{desk.home}/gone.xml: the server says 404")
        said = desk.store.read(lambda con: list(sources(con, desk.now)))
        assert [(each.state, each.found) for each in said] == [
            ("warning", f"Quelle: a part of it fails: {partial['message']} [http_404]")
        ]
        assert desk.store.read(lambda con: con.execute("SELECT count(*) AS n FROM events").fetchone()["n"]) == 0
        desk.server.scripts["/well.xml"] = http(b"", status="500 Broken")
        await desk.poll()
        assert desk.store.read(people.status)["failing_sources"][0]["failures"] == 1
        desk.server.scripts |= {"/gone.xml": http(urlset(b=NEW)), "/well.xml": http(urlset(a=NEW))}
        await desk.poll()
        assert desk.store.read(people.status)["partial_sources"] == []


async def test_an_index_whose_parts_name_no_dates_is_of_no_use(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        parts = b"<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url></urlset>"
        desk.server.scripts |= {"/index.xml": http(index(undated="")), "/undated.xml": http(parts)}
        desk.watch("sitemap", "/index.xml")
        await desk.poll()
        assert desk.store.read(people.status)["failing_sources"][0]["code"] == "undated"


async def test_parts_are_asked_conditionally_those_with_news_first(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        names = [f"s{number:02}" for number in range(30)]
        desk.server.scripts["/index.xml"] = http(index(**dict.fromkeys(names, "")), 'ETag: "index"')
        for name in names:
            body = urlset(a=NEW) if name == "s19" else urlset(b=OLD)
            desk.server.scripts[f"/{name}.xml"] = http(body, f'ETag: "{name}"')
        desk.watch("sitemap", "/index.xml")
        await desk.poll()
        assert desk.asked() == ["/index.xml", *(f"/{name}.xml" for name in names[:20])]
        await desk.poll()
        assert 'if-none-match: "s19"' in desk.server.heads[1].lower()
        assert "if-none-match" not in desk.server.heads[0].lower()
        paths = desk.asked()
        assert paths[:2] == ["/index.xml", "/s19.xml"]
        assert set(paths[2:12]) == {f"/{name}.xml" for name in names[20:]}
        assert len(paths) == 21


async def test_parts_that_all_hold_news_and_are_more_than_can_be_asked_for_take_turns(
    tmp_path: Path, readers: Readers
) -> None:
    async with desk_at(tmp_path, readers) as desk:
        names = [f"s{number:02}" for number in range(45)]
        desk.server.scripts["/index.xml"] = http(index(**dict.fromkeys(names, "")))
        desk.server.scripts |= {f"/{name}.xml": http(urlset(**{name: NEW})) for name in names}
        desk.watch("sitemap", "/index.xml")
        asked: Counter[str] = Counter()
        for _ in range(12):
            await desk.poll()
            asked.update(desk.asked())
        parts = [asked[f"/{name}.xml"] for name in names]
        assert sum(parts) == 12 * 20
        assert min(parts) >= 3
        assert len(desk.followed()) == len(names)


async def test_a_sitemap_without_dates_is_a_failure_with_a_name(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/s.xml"] = http(b"<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url></urlset>")
        desk.watch("sitemap", "/s.xml")
        failure = (await desk.poll()).failure
        assert (failure.code if failure else "") == "undated"
        assert desk.followed() == []


async def test_half_a_sitemap_is_read_as_far_as_it_goes_and_asked_for_again(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/s.xml"] = http(urlset(a=NEW, b=NEW)[:-30], 'ETag: "half"')
        desk.watch("sitemap", "/s.xml")
        failure = (await desk.poll()).failure
        assert (failure.code if failure else "") == "truncated"
        assert desk.followed() == ["/a"]
        assert (await desk.poll()).entries
        assert "if-none-match" not in desk.server.heads[-1].lower()


async def test_what_the_server_calls_a_sitemap_and_is_none(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/s.xml"] = http(b"<html><body>Bitte anmelden</body></html>")
        desk.watch("sitemap", "/s.xml")
        failure = (await desk.poll()).failure
        assert (failure.code if failure else "") == "not_a_feed"


async def test_the_news_api(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/api2u/news/"] = http((DATA / "api.json").read_bytes(), "Content-Type: application/json")
        desk.watch("api", "/api2u/news/")
        result = await desk.poll()
        assert (result.failure, result.skipped) == (None, 3)
        assert desk.followed()[0] == "https://www.tagesschau.de/inland/strompreise-nord-101.html"
        assert "accept: application/json" in desk.server.heads[-1].lower()


async def test_an_index_page_its_gap_and_its_redesign(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/"] = [
            http(b"<main><h2><a href='/1'>Eins</a></h2><h2><a href='/2'>Zwei</a></h2></main><a href='/x'>x</a>"),
            http(b"<main><h2><a href='/3'>Drei</a></h2></main>"),
            http(b"<main><h3><a href='/4'>Vier</a></h3></main>"),
        ]
        desk.watch("page", "/", links="h2 a")
        await desk.poll()
        assert desk.followed() == ["/1", "/2"]
        await desk.poll()
        assert (desk.followed(), desk.gaps()) == (["/1", "/2", "/3"], 1)
        failure = (await desk.poll()).failure
        assert (failure.code if failure else "") == "no_links"


async def test_a_list_is_read_again_when_it_changed(tmp_path: Path, readers: Readers) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("https://tagesbote.example/1\n", "utf-8")
    async with desk_at(tmp_path, readers) as desk:
        desk.watch("list", str(path))
        result = await desk.poll()
        assert (result.skipped, result.failure, result.host_pause) == (0, None, timedelta())
        assert (await desk.poll()).entries is None
        path.write_text("https://tagesbote.example/2\n", "utf-8")
        await desk.poll()
        assert desk.followed() == ["https://tagesbote.example/1", "https://tagesbote.example/2"]
        assert desk.gaps() == 0
        path.unlink()
        failure = (await desk.poll()).failure
        assert failure is not None
        assert (failure.code, str(path) in failure.message) == ("no_file", True)


async def test_lines_of_a_list_that_are_no_addresses_are_named_until_they_are_mended(
    tmp_path: Path, readers: Readers
) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("# Brücke\nhttps://tagesbote.example/1\nwww.tagesbote.example/2 # ohne Schema\n", "utf-8")
    async with desk_at(tmp_path, readers) as desk:
        desk.watch("list", str(path))
        for _ in range(2):
            failure = (await desk.poll()).failure
            assert failure is not None
            assert failure.code == "no_address"
            assert failure.message.startswith(f"{path}: line 3: 'www.tagesbote.example/2'; expected")
            assert desk.store.read(people.status)["failing_sources"]
        assert desk.followed() == ["https://tagesbote.example/1"]
        path.write_text("https://tagesbote.example/1\n", "utf-8")
        assert (await desk.poll()).failure is None
        assert not desk.store.read(people.status)["failing_sources"]


async def test_a_source_that_becomes_another_kind_stays_the_same_source(tmp_path: Path, readers: Readers) -> None:
    async with desk_at(tmp_path, readers) as desk:
        desk.server.scripts["/"] = http(b"<h2><a href='/1'>Eins</a></h2>", 'ETag: "page"')
        desk.server.scripts["/s.xml"] = http(urlset(a=NEW))
        desk.watch("page", "/", links="h2")
        await desk.poll()
        desk.watch("sitemap", "/s.xml")
        await desk.poll()
        assert "if-none-match" not in desk.server.heads[-1].lower()
        rows = desk.store.call(lambda con: con.execute("SELECT id, kind, state FROM sources").fetchall())
        assert [tuple(row) for row in rows] == [(1, "sitemap", "active")]
        assert (desk.followed(), desk.gaps()) == (["/1", "/a"], 0)


async def test_robots_txt_of_the_host_that_a_feed_moved_to_is_asked_for_once_a_day(
    tmp_path: Path, readers: Readers
) -> None:
    async with desk_at(tmp_path, readers) as desk, Server({"/s.xml": http(urlset(a=NEW))}) as other:
        moved = f"Location: http://127.0.0.1:{other.port}/s.xml"
        desk.server.scripts["/s.xml"] = http(b"", moved, status="301 Moved Permanently")
        desk.watch("sitemap", "/s.xml")
        for _ in range(3):
            assert (await desk.poll()).failure is None
        assert other.paths == ["/robots.txt", *["/s.xml"] * 3]
        desk.now += timedelta(days=1)
        other.scripts["/robots.txt"] = http(b"User-agent: *\nDisallow: /")
        failure = (await desk.poll()).failure
        assert failure is not None
        assert failure.code == "robots"
