"""The Atom feed: valid, with ids that last, and with text of others as text only."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.web_sample import CHANGES, LAST_REVISION, empty
from tests.web_server import serving

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}


async def feed(path: Path, address: str = "/-/changes.atom") -> ET.Element:
    """The feed, read as XML."""
    with serving(path) as web:
        answer = await web.client.get(address)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def texts(root: ET.Element, way: str) -> list[str]:
    return [element.text or "" for element in root.findall(way, NAMES)]


def links(root: ET.Element, way: str) -> list[str]:
    return [element.attrib["href"] for element in root.findall(way, NAMES)]


async def test_every_change_is_an_entry_with_an_id_that_lasts(path: Path) -> None:
    first, again = await feed(path), await feed(path)
    ids = texts(first, "a:entry/a:id")
    assert len(ids) == len(set(ids)) == CHANGES + 3
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    assert texts(again, "a:entry/a:id") == ids


async def test_an_entry_has_all_that_atom_asks_for(path: Path) -> None:
    root = await feed(path)
    for needed in ("a:id", "a:title", "a:updated", "a:link", "a:author/a:name", "a:content"):
        assert len(root.findall(f"a:entry/{needed}", NAMES)) == CHANGES + 3
    for needed in ("a:id", "a:title", "a:updated", "a:link[@rel='self']", "a:author/a:name"):
        assert len(root.findall(needed, NAMES)) == 1
    assert texts(root, "a:updated") == [max(texts(root, "a:entry/a:updated"))]


async def test_a_ruling_that_changed_updates_the_entry(path: Path) -> None:
    root = await feed(path)
    entry = next(item for item in root.findall("a:entry", NAMES) if "Pegel lag" in ET.tostring(item, "unicode"))
    assert texts(entry, "a:title") == ["Sieben Verletzte nach Dammbruch an der Aue (text changed, Stand unchanged)"]
    assert texts(entry, "a:published") == ["2026-11-24T08:11:00Z"]
    assert texts(entry, "a:updated") == ["2026-11-24T09:23:00Z"]
    assert "gegen" in texts(entry, "a:content/h:div/h:p/h:ins")
    assert "erst um" in texts(entry, "a:content/h:div/h:p/h:del")


async def test_links_lead_to_the_address_that_people_use(path: Path) -> None:
    found = links(await feed(path), "a:entry/a:link")
    assert "https://nachtrag.example/watch/-/compare/2/3" in found
    assert "https://nachtrag.example/watch/-/article/3" in found


async def test_the_feed_of_a_source_has_an_id_of_its_own(path: Path) -> None:
    whole, one = await feed(path), await feed(path, "/-/changes.atom?source=3")
    assert texts(one, "a:title") == ["Nachtrag: Harbour Post"]
    assert len(one.findall("a:entry", NAMES)) == 5
    assert texts(one, "a:id") != texts(whole, "a:id")
    assert links(one, "a:link[@rel='self']") == ["https://nachtrag.example/watch/-/changes.atom?source=3"]


async def test_the_feed_of_a_verdict_tells_of_comments_too(path: Path) -> None:
    one = await feed(path, "/-/changes.atom?verdict=comments")
    assert texts(one, "a:title") == ["Nachtrag: changes, number of comments changed"]
    assert len(one.findall("a:entry", NAMES)) == 8
    assert texts(one, "a:entry/a:content/h:div/h:p/h:span")[0] == "163 → 171 comments"
    assert links(one, "a:link[@rel='self']") == ["https://nachtrag.example/watch/-/changes.atom?verdict=comments"]


async def test_an_entry_says_nothing_that_is_empty(path: Path) -> None:
    root = await feed(path)
    paragraphs = root.findall("a:entry/a:content/h:div/h:p", NAMES)
    said = ["".join(one.itertext()) for one in paragraphs]
    assert all(said)
    printed = ("Stand: 24.11.2026 06:52 Uhr (= 05:52 UTC)", "Stand: 24.11.2026 07:40 Uhr (= 06:40 UTC)")
    assert "Before: {}. After: {}.".format(*printed) in said
    assert f"{printed[1]}, unchanged." in said
    greenwich = [f"Stand “Updated 24 November 2026, {hour} a.m. GMT”" for hour in ("6:10", "8:25")]
    assert "Before: {}. After: {}.".format(*greenwich) in said
    assert not [words for words in said if "+0 −0" in words or "Stand: Stand" in words]


async def test_text_of_others_is_only_text(path: Path) -> None:
    root = await feed(path, "/-/changes.atom?source=1")
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {
        "feed", "id", "title", "subtitle", "updated", "published", "link", "author", "name", "entry", "category",
        "content", "div", "p", "span", "ins", "del",
    }  # fmt: skip
    assert "<img src=x onerror=" in texts(root, "a:entry/a:title")[0]


async def test_characters_that_xml_cannot_write_are_replaced(other: Path) -> None:
    with closing(sqlite3.connect(other)) as con, con:
        con.execute(
            "UPDATE revisions SET headline = 'a' || char(7) || 'b' || char(65535) || 'c😀' WHERE id = ?",
            [LAST_REVISION],
        )
    assert texts(await feed(other), "a:entry/a:title")[0].startswith("a\ufffdb\ufffdc😀 (")


async def test_a_change_that_no_event_told_of_has_an_id_too(other: Path) -> None:
    with closing(sqlite3.connect(other)) as con, con:
        con.execute("DELETE FROM deliveries")
        con.execute("DELETE FROM events WHERE revision_id IS NOT NULL")
    ids = texts(await feed(other), "a:entry/a:id")
    assert len(ids) == len(set(ids)) == CHANGES + 3


async def test_an_empty_feed_is_a_feed(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    empty(file)
    root = await feed(file)
    assert texts(root, "a:updated") == ["2026-11-24T06:00:00Z"]
    assert links(root, "a:link[@rel='alternate']") == ["http://localhost/"]
