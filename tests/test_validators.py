"""Servers whose ETag or date do not tell of edits, or that say 304 whatever happens: no edit is lost to them."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from changes.case import Patience
from db.store.people import status
from db.store.visits import record_visits
from db.work import Outcome
from schedules.proving import contradicts
from schedules.readers import Readers
from schedules.robots import Gatekeeper
from schedules.visit import Visitor, VisitSettings
from scraper.http import Door, FetchSettings
from scraper.page import NotModified, Page, Validators, http_date
from tests import printed
from tests.world import START, URL, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from db.work import DueArticle, Known, Sighting

_ANOTHER = """
INSERT INTO articles (id, url, fetch_url, host, source_id, state, first_seen_at, revision_id, etag, last_read_at)
SELECT 99, url || '2', fetch_url || '2', host, source_id, state, first_seen_at, revision_id, '"x"',
    '2026-11-24T12:30:00.000000+00:00' FROM articles WHERE id = 1
"""
STAND = "Stand: 24.11.2026, 8:00 Uhr"


class Site:
    """A server of one article: `etag` and `modified` are what it says of it, whatever it prints; `always`: it says 304
    to whoever names anything, and names that."""

    def __init__(self, etag: str = "", modified: str = "") -> None:
        self.text, self.etag, self.modified, self.named, self.always = printed.OLD, etag, modified, "", False
        self.conditions: list[bool] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        """304 to whom names what it says, as servers do."""
        if request.url.path == "/robots.txt":
            return httpx.Response(404, stream=httpx.ByteStream(b""))
        none_match, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
        self.conditions.append(none_match is not None or since is not None)
        if self.always and none_match is not None:
            return httpx.Response(304, headers={"etag": none_match})
        headers = {"etag": self.named or self.etag, "last-modified": self.modified}
        headers = {name: value for name, value in headers.items() if value}
        if none_match == self.etag if none_match is not None else since is not None and since == self.modified:
            return httpx.Response(304, headers=headers)
        body = printed.page(STAND, START, self.text).body
        return httpx.Response(200, headers={**headers, "content-type": "text/html"}, stream=httpx.ByteStream(body))


class Watch:
    """The article of a site, looked at as the daemon does it."""

    def __init__(self, world: World, site: Site, readers: Readers, door: Door) -> None:
        self.world, self.site = world, site
        settings = VisitSettings(timedelta(), Patience())
        self._visitor = Visitor(
            Gatekeeper(door, "Nachtrag/test", lambda: world.now), readers, lambda: world.now, settings, self._known
        )

    async def look(self) -> Sighting:
        """Ten minutes later."""
        self.world.wait(minutes=10)
        self.world.store.call(lambda con: con.execute("UPDATE articles SET leased_until = NULL"))
        result = await self._visitor.visit(self.world.due())
        self.world.store.call(record_visits, [result])
        return result.seen

    async def _known(self, due: DueArticle) -> Known:
        return self.world.known(due)

    def counted(self) -> tuple[int, int]:
        """Edits that came with other validators, and with the same."""
        row = self.world.rows("SELECT edits_validated, edits_hidden FROM hosts WHERE host = 'zeitung.example'")[0]
        return row["edits_validated"], row["edits_hidden"]


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    made = Readers(1, timedelta(seconds=20))
    yield made
    made.close()


@pytest.fixture
async def watch(tmp_path: Path, readers: Readers) -> AsyncIterator[Watch]:
    world, site = World(tmp_path / "n.db"), Site()
    world.poll(URL)
    asking, wire = FetchSettings("Nachtrag/test", 1, timedelta()), httpx.MockTransport(site.answer)
    async with Door(asking, lambda: world.now, transport=wire) as door:
        yield Watch(world, site, readers, door)
    world.store.close()


async def test_an_edit_under_the_same_etag_is_found_and_no_304_is_asked_for_again(watch: Watch) -> None:
    watch.site.etag = '"always"'
    await watch.look()
    watch.site.text = printed.NEW
    before = [await watch.look()]
    while before[-1].outcome != Outcome.CHANGED:
        before.append(await watch.look())
    assert {one.proof for one in before[:-1]} == {"304"}
    assert watch.counted() == (0, 1)
    watch.site.text = f"{printed.NEW} Das Wasser ist warm."
    assert (await watch.look()).outcome == Outcome.CHANGED
    assert watch.site.conditions[-2:] == [False, True]  # the page, and the test that its server fails again
    told = watch.world.store.read(status)["hiding_hosts"]
    assert told == [{"host": "zeitung.example", "hidden": 2, "edits": 2}]


async def test_an_edit_that_a_304_hid_may_be_as_old_as_the_last_reading(watch: Watch) -> None:
    watch.site.etag = '"always"'
    first = watch.world.now
    await watch.look()
    watch.site.text = printed.NEW
    while (seen := await watch.look()).outcome != Outcome.CHANGED:
        pass
    assert watch.world.now - first > timedelta(minutes=30)
    assert seen.edit is not None
    assert seen.edit.window.not_before <= first + timedelta(minutes=10)


async def test_what_304s_said_of_other_articles_of_the_host_is_forgotten(watch: Watch) -> None:
    watch.site.etag = '"always"'
    await watch.look()
    con = watch.world.store.call
    con(lambda con: con.execute(_ANOTHER))
    watch.site.text = printed.NEW
    while (await watch.look()).outcome != Outcome.CHANGED:
        pass
    rows = watch.world.rows(
        "SELECT last_read_at = (SELECT min(seen_at) FROM revisions) AS forgotten FROM articles WHERE id = 99"
    )
    assert rows == [{"forgotten": 1}]


async def test_an_etag_that_is_new_each_time_does_not_make_a_server_honest(watch: Watch) -> None:
    watch.site.etag, watch.site.always = '"0"', True
    await watch.look()
    watch.site.text, watch.site.etag = printed.NEW, '"1"'
    while (await watch.look()).outcome != Outcome.CHANGED:
        pass
    assert watch.counted() == (0, 1)


async def test_a_host_that_tells_of_edits_is_asked_in_full_less_often(watch: Watch) -> None:
    for number in range(6):
        watch.site.etag, watch.site.text = f'"{number}"', f"{printed.OLD} Nun zum {number}. Mal."
        await watch.look()
    assert watch.counted() == (5, 0)
    assert watch.world.due().one_in_full == 100


@pytest.mark.parametrize(("told", "hidden", "one"), [(0, 0, 20), (5, 0, 100), (0, 1, 1), (8, 1, 1), (9, 1, 100)])
def test_a_cache_that_lags_now_and_then_makes_no_liar(tmp_path: Path, told: int, hidden: int, one: int) -> None:
    world = World(tmp_path / "n.db")
    world.poll(URL)
    world.store.call(lambda con: con.execute("UPDATE hosts SET edits_validated = ?, edits_hidden = ?", [told, hidden]))
    assert world.due().one_in_full == one
    world.store.close()


@pytest.mark.parametrize("kept", ["", '"1"'], ids=["by date", "by both"])
async def test_who_names_both_is_judged_by_the_etag_alone(watch: Watch, kept: str) -> None:
    watch.site.etag, watch.site.modified = kept, "Tue, 24 Nov 2026 09:00:00 GMT"
    await watch.look()
    watch.site.text, watch.site.modified = printed.NEW, "Tue, 24 Nov 2026 11:00:00 GMT"
    while (await watch.look()).outcome != Outcome.CHANGED:
        pass
    assert watch.counted() == ((0, 1) if kept else (1, 0))


async def test_a_304_that_names_another_version_is_not_believed(watch: Watch) -> None:
    watch.site.etag = '"old"'
    await watch.look()
    watch.site.text, watch.site.named = printed.NEW, '"new"'
    seen = await watch.look()
    assert seen.outcome == Outcome.CHANGED
    assert watch.site.conditions[1:] == [True, False, True]
    assert watch.counted() == (0, 1)


async def test_a_date_in_the_future_is_not_named(watch: Watch) -> None:
    watch.site.modified = format_datetime(START + timedelta(days=400), usegmt=True)
    for _ in range(2):  # the same bytes may come first
        await watch.look()
    watch.site.text = printed.NEW
    assert (await watch.look()).outcome == Outcome.CHANGED
    assert not any(watch.site.conditions)


@pytest.mark.parametrize(
    ("asked", "named", "contradicted"),
    [
        ('"a"', "", False),
        ("", '"a"', False),
        ('"a"', '"a"', False),
        ('W/"a"', '"a"', False),
        ('"a-gzip"', '"a"', False),
        ('"a"', 'W/"a;br"', False),
        ('"a"', '"b"', True),
        ('"a-gzip"', '"b-gzip"', True),
    ],
)
def test_marks_of_compression_are_no_other_version(asked: str, named: str, contradicted: bool) -> None:
    answer = NotModified(URL, (("etag", named),) if named else (), START)
    assert contradicts(answer, Validators(asked)) is contradicted


@pytest.mark.parametrize(
    ("date", "modified", "named"),
    [
        ("Tue, 24 Nov 2026 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:00 GMT", True),
        ("Tue, 24 Nov 2026 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:01 GMT", False),
        ("Tue, 24 Nov 2026 13:00:00 GMT", "Tue, 24 Nov 2026 12:30:00 GMT", True),
        ("", "Tue, 24 Nov 2026 12:00:00 GMT", True),
        ("", "Tue, 24 Nov 2026 12:00:01 GMT", False),
        ("soon", "Tue, 24 Nov 2026 13:00:00 GMT", True),
        ("Tue, 24 Nov 2026 12:00:00 GMT", "once", True),
    ],
)
def test_what_was_modified_later_than_it_was_served_is_left_out(date: str, modified: str, named: bool) -> None:
    page = Page(URL, 200, (("date", date), ("last-modified", modified)), b"", START)
    assert page.validators.last_modified == (modified if named else "")


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 24 Nov 2026 12:00:01 GMT",
        "Xyz, 01 Jan 1000 00:00:00 GMT",
        "Tue, 24 Nov 2026 12:00:01 UTC",
        "Tue, 24 Nov 2026 12:00:01 +0200",
        "Tuesday, 24-Nov-26 12:00:01 GMT",
        "Tue Nov 24 12:00:01 2026",
        "Tue, 24 nov 2026 12:00:01 GMT",
        "Tue, 24 Nov 0026 12:00:01 GMT",
        "Tue, 4 Nov 2026 12:00:01 GMT",
        " Tue, 24 Nov 2026 12:00:01 GMT ",
    ],
)
def test_dates_mean_what_they_mean_in_mail(text: str) -> None:
    read, meant = http_date(text), parsedate_to_datetime(text)
    assert (read, read.tzinfo) == (meant, meant.tzinfo)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 31 Nov 2026 12:00:01 GMT",
        "Tue, 00 Nov 2026 12:00:01 GMT",
        "Tue, 24 Nov 2026 24:00:01 GMT",
        "Tue, 24 Nov 2026 12:00:60 GMT",
        "Tue, 24 Now 2026 12:00:01 GMT",
        "",
        "soon",
    ],
)
def test_what_is_no_date_in_mail_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- each says it in other words
        parsedate_to_datetime(text)
    with pytest.raises(ValueError):  # noqa: PT011
        http_date(text)
