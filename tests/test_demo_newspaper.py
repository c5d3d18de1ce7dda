"""The demonstration's newspaper, asked over the wire: pages, feed, validators, old copies, removals."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import httpx
import pytest_asyncio

from schedules.demo.newspaper import Newspaper
from schedules.demo.pages import article_page, edited, first_version
from schedules.demo.script import Edit, load_script

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

START = datetime(2026, 11, 24, 13, 5, 12, tzinfo=UTC)
SCRIPT = load_script()
POOL, CLOCK, POSTMAN = "neue-pumpe-fuers-freibad", "bahnhofsuhr-geht-vor", "surprise-for-the-postman"


class Site:
    """A newspaper that has started, with a clock that only `wait` moves, and a browser."""

    def __init__(self) -> None:
        self.now = START
        self.paper = Newspaper(SCRIPT, lambda: self.now)
        self.client = httpx.AsyncClient(trust_env=False)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(self.paper.url + path, headers=named)

    async def article(self, slug: str, **headers: str) -> httpx.Response:
        german = next(story for story in SCRIPT.stories if story.slug == slug).language == "de"
        return await self.get(f"/{'lokales' if german else 'twin-town'}/{slug}.html", **headers)

    def play(self, title: str, number: int = 0) -> None:
        happening = next(happening for happening in SCRIPT.happenings if happening.title == title)
        self.paper.apply(happening.steps[number])

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    await site.paper.start()
    yield site
    await site.client.aclose()
    await site.paper.stop()


def linked_data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


async def test_an_article_shows_its_text_its_stand_and_its_comments(site: Site) -> None:
    answer = await site.article(CLOCK)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.count("<h1>") == answer.text.count("<article>") == 1
    assert "<h1>Die Bahnhofsuhr geht vor, und das soll so bleiben</h1>" in answer.text
    assert '<p class="stand">Stand: 24.11.2026 06:00 Uhr</p>' in answer.text
    assert '<p class="comment-count">3 Kommentare</p>' in answer.text
    assert f'<link rel="canonical" href="{site.paper.url}/lokales/{CLOCK}.html">' in answer.text
    data = linked_data(answer.text)
    assert data["@type"] == "NewsArticle"
    assert data["datePublished"] == "2026-11-23T07:05:12+01:00"
    assert data["dateModified"] == "2026-11-24T06:00:12+01:00"
    assert data["commentCount"] == 3


async def test_the_feed_lists_what_is_there(site: Site) -> None:
    channel = ElementTree.fromstring((await site.get("/feed.xml")).content).find("channel")
    assert channel is not None
    links = [item.findtext("link") or "" for item in channel.findall("item")]
    assert len(links) == len(SCRIPT.stories)
    assert all([(await site.client.get(link)).status_code == 200 for link in links])
    assert {site.paper.slug_of(link) for link in links} == {story.slug for story in SCRIPT.stories}
    site.play("Removal")
    assert POSTMAN not in (await site.get("/feed.xml")).text


async def test_front_page_style_and_robots_are_there(site: Site) -> None:
    front = await site.get("/")
    assert front.text.count('<div class="item">') == len(SCRIPT.stories)
    assert "24. November 2026" in front.text
    assert (await site.get("/paper.css")).headers["content-type"] == "text/css; charset=utf-8"
    assert (await site.get("/robots.txt")).text == "User-agent: *\nAllow: /\n"
    assert (await site.get("/robots.txt?x=1")).status_code == 200
    assert (await site.get("/nowhere.html")).status_code == 404


async def test_who_has_the_page_is_told_so(site: Site) -> None:
    first = await site.article(CLOCK)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert modified == "Tue, 24 Nov 2026 05:00:12 GMT"
    again = await site.article(CLOCK, if_none_match=etag, if_modified_since=modified)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert (await site.article(CLOCK, if_none_match=f'W/"x", W/{etag}')).status_code == 304
    assert (await site.article(CLOCK, if_none_match="*")).status_code == 304
    assert (await site.article(CLOCK, if_modified_since=modified)).status_code == 304
    assert (await site.article(CLOCK, if_none_match='"x"', if_modified_since=modified)).status_code == 200
    assert (await site.article(CLOCK, if_modified_since="gestern")).status_code == 200
    assert (await site.get("/robots.txt", if_modified_since=modified)).status_code == 200
    site.wait(seconds=30)
    site.play("Growing comments")
    changed = await site.article(CLOCK, if_none_match=etag, if_modified_since=modified)
    assert changed.status_code == 200
    assert "17 Kommentare" in changed.text
    assert changed.headers["last-modified"] == "Tue, 24 Nov 2026 13:05:42 GMT"


async def test_a_bare_move_of_the_stand_changes_nothing_else_that_readers_see(site: Site) -> None:
    before = (await site.article(CLOCK)).text
    site.play("Bare move of the Stand")
    after = (await site.article(CLOCK)).text
    assert "Stand: 24.11.2026 14:05 Uhr" in after
    differing = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]
    assert [line.partition(">")[0] for line, _ in differing] == [
        '<script type="application/ld+json"',
        '<p class="stand"',
    ]


async def test_an_edit_that_leaves_the_stand_alone_moves_the_stamp_for_machines(site: Site) -> None:
    before = (await site.article(POOL)).text
    site.play("Edit that leaves the Stand alone")
    after = (await site.article(POOL)).text
    stand = re.compile(r"Stand: [^<]*")
    assert stand.findall(before) == stand.findall(after)
    assert "84.000 Euro" in after
    assert linked_data(after)["dateModified"] == "2026-11-24T14:05:12+01:00"


async def test_a_headline_change_is_on_page_and_in_the_feed(site: Site) -> None:
    site.play("Headline change")
    headline = site.paper.headline("brass-band-finds-tuba")
    assert headline == "Brass band’s lost tuba was in the church tower all along"
    for path in ("/feed.xml", "/", "/twin-town/brass-band-finds-tuba.html"):
        assert headline in (await site.get(path)).text


async def test_a_cache_hands_out_an_old_copy_that_admits_its_age(site: Site) -> None:
    site.play("Edit that leaves the Stand alone")
    old = await site.article(POOL)
    site.wait(seconds=20)
    site.play("Correction note")
    new = await site.article(POOL)
    site.wait(seconds=17)
    site.play("Old copy from a cache")
    copy = await site.article(POOL, if_none_match=new.headers["etag"])
    assert copy.content == old.content
    assert "Korrektur" not in copy.text
    assert (copy.headers["etag"], copy.headers["last-modified"]) == (old.headers["etag"], old.headers["last-modified"])
    assert copy.headers["age"] == "17"
    assert copy.headers.get_list("date") == ["Tue, 24 Nov 2026 13:05:32 GMT"]
    site.play("Old copy from a cache", 1)
    fresh = await site.article(POOL)
    assert fresh.content == new.content
    assert "age" not in fresh.headers
    assert fresh.headers["date"] == "Tue, 24 Nov 2026 13:05:49 GMT"


async def test_a_removed_article_is_missing_until_it_returns(site: Site) -> None:
    before = await site.article(POSTMAN)
    site.play("Removal")
    gone = await site.article(POSTMAN, if_none_match=before.headers["etag"])
    assert gone.status_code == 404
    assert POSTMAN not in (await site.get("/")).text
    site.play("Return")
    assert (await site.article(POSTMAN)).content == before.content


async def test_looks_are_counted_of_nachtrag_alone(site: Site) -> None:
    await site.article(CLOCK, user_agent="Mozilla/5.0")
    assert site.paper.looks(CLOCK) == 0
    await site.article(CLOCK, user_agent="Nachtrag-demo (+https://example.org/contact)")
    assert site.paper.looks(CLOCK) == 1


async def test_only_get_and_head_are_possible(site: Site) -> None:
    head = await site.client.head(f"{site.paper.url}/")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 1000
    posted = await site.client.post(f"{site.paper.url}/", content=b"x")
    assert (posted.status_code, posted.headers["allow"]) == (405, "GET, HEAD")


async def test_what_is_no_request_is_refused_and_ends_nothing(site: Site) -> None:
    host, _, port = site.paper.url.removeprefix("http://").partition(":")
    for sent in (b"HELLO\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"GET /" + b"x" * 70_000):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(sent)
        assert (await reader.readline()) == b"HTTP/1.1 400 Bad Request\r\n"
        writer.close()
    _, writer = await asyncio.open_connection(host, int(port))
    writer.close()
    assert (await site.get("/")).status_code == 200


async def test_stopping_hangs_up_on_idle_browsers(site: Site) -> None:
    host, _, port = site.paper.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    await site.get("/")
    await site.paper.stop()
    assert await reader.read() == b""
    writer.close()


def test_text_cannot_leave_its_place_on_the_page() -> None:
    version = first_version(SCRIPT.stories[0], START)
    page = article_page(edited(version, Edit(headline="</script><b>&", note='<i>"'), START), "http://x").decode()
    assert "<h1>&lt;/script&gt;&lt;b&gt;&amp;</h1>" in page
    assert '<p class="note">&lt;i&gt;&quot;</p>' in page
    assert linked_data(page)["headline"] == "</script><b>&"
