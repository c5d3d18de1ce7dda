"""Raw pages against the versions before: small, and whole again, whatever was erased or damaged between them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import zstandard

from db.pages import PageError, answer_of, keep_again, keep_page, open_page
from db.store import chain
from db.store.connection import Store
from db.store.people import add_by_hand
from scraper.page import Page
from tests.world import URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = datetime(2026, 4, 1, 8, tzinfo=UTC)
NEW = {"text": "Sieben Tote."}
# A page as the web has them: much that says little.
_RANDOM = random.Random(5)
LINES = [f'<div class="c{_RANDOM.getrandbits(40):x}">{_RANDOM.getrandbits(200):x}</div>' for _ in range(1000)]


def edited(number: int) -> Page:
    """The answer of an article after so many edits, with headers of which some move with each."""
    lines = [*LINES[:500], f"<p>Fassung {number} {'x' * number}</p>", *LINES[500:]]
    headers = (
        ("date", f"Wed, 01 Apr 2026 08:{number % 60:02}:00 GMT"), ("content-type", "text/html; charset=utf-8"),
        ("set-cookie", "a=1"), ("set-cookie", "b=2"), ("etag", f'"{number}"'),
        ("strict-transport-security", "max-age=31536000"), ("x-served-by", "cache-fra-eddf8230056-FRA"),
    )  # fmt: skip
    return Page(URL, 200, headers, "\n".join(lines).encode(), START + timedelta(minutes=number))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database that knows one article."""
    with Store(tmp_path / "n.db") as store:
        store.call(add_by_hand, [URL], START)
        yield store


def kept(store: Store, pages: range) -> list[int]:
    return [store.call(keep_page, 1, edited(number)) for number in pages]


def test_an_edit_of_a_large_page_costs_next_to_nothing(store: Store) -> None:
    kept(store, range(66))
    sizes = "SELECT url, length(headers) AS headers, length(body) AS body, base_id FROM pages"
    rows = store.read(lambda con: con.execute(sizes).fetchall())
    later = [row for row in rows if row["base_id"]]
    assert len(later) == 64
    assert max(row["body"] for row in later) < 300
    assert {row["url"] for row in later} == {""}
    assert max(row["headers"] for row in later) < 80
    for number in (1, 2, 33, 64, 65, 66):
        page = edited(number - 1)
        assert store.read(open_page, number) == page.body
        said = store.read(answer_of, number)
        assert (said.url, said.status, said.headers) == (URL, 200, page.headers)


def test_pages_of_earlier_databases_are_opened(store: Store) -> None:
    kept(store, range(1))
    before = edited(0).body
    for number in range(1, 20):  # as they were kept: each on the one before, with all that it said
        page = edited(number)
        content = zstandard.ZstdCompressionDict(before, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        parameters = zstandard.ZstdCompressionParameters.from_level(9, window_log=20, enable_ldm=True)
        body = zstandard.ZstdCompressor(dict_data=content, compression_params=parameters).compress(page.body)
        before = page.body
        row = store.call(keep_page, 1, page)
        store.call(
            lambda con, row=row, body=body, page=page: con.execute(
                "UPDATE pages SET body = ?, base_id = ?, url = ?, headers = (SELECT headers FROM pages WHERE id = 1)"
                " WHERE id = ?", [body, row - 1, page.url, row])
        )  # fmt: skip
    row = store.call(keep_page, 1, edited(20))
    assert [store.read(open_page, number) for number in (20, row)] == [edited(19).body, edited(20).body]
    assert store.read(answer_of, 20).headers == edited(0).headers
    assert store.read(answer_of, row).headers == edited(20).headers


def test_what_is_erased_leaves_its_head_and_all_others_whole(store: Store) -> None:
    numbers = kept(store, range(12))
    gone = {1, 5, 8}
    bodies = {number: store.read(open_page, number) for number in numbers if number not in gone}
    store.call(keep_again, bodies, (), gone)
    for number in numbers:
        said = store.read(answer_of, number)
        assert (said.url, said.headers) == (URL, edited(number - 1).headers)
        if number not in gone:
            assert store.read(open_page, number) == edited(number - 1).body
    with pytest.raises(PageError, match="pages row 5: the body is not there"):
        store.read(open_page, 5)


@pytest.mark.parametrize("headers", ["[]", "[99]", "{", "[[1]]", "7"])
def test_damaged_headers_are_named_and_stop_nothing(world: World, headers: str) -> None:
    world.wait(minutes=30).look(**NEW)
    world.store.call(lambda con: con.execute("UPDATE pages SET headers = ? WHERE id = 1", [headers]))
    said = "its address, time, status or headers are not what was recorded"
    assert f"pages row 1: {said}" in world.store.read(chain.faults)
    world.wait(minutes=30).look(**{**NEW, "text": "Acht Tote."})
    assert world.rows("SELECT count(*) AS n FROM revisions") == [{"n": 3}]
    assert f"pages row 3: {said}" not in world.store.read(chain.faults)
