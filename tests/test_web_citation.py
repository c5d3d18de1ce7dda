"""The citation of a comparison: all that a reader needs, no more than is known, and nothing of others as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.web_server import change, html, serving

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette


DISCLOSED, SAID = "text changed, the page itself says so", "24 Nov 2026, 11:05 UTC"


async def cited(web: Datasette, address: str) -> list[str]:
    """The lines of the citation on a page."""
    field = LexborHTMLParser(await html(web, address)).css_first("#citation")
    return [] if field is None else field.text().splitlines()


async def test_it_says_who_what_when_and_where_to_check(web: Datasette) -> None:
    lines = await cited(web, "/-/compare/3/4")
    assert lines[:7] == [
        "“Sieben Verletzte nach Dammbruch an der Aue”, Elbkurier",
        "Article: https://www.elbkurier.example/hochwasser-lauenau-101.html",
        "Versions: 3, first seen 24 Nov 2026, 08:11 UTC and 4, first seen 24 Nov 2026, 11:05 UTC",
        "When: between 24 Nov 2026, 10:48 and 11:05 UTC",
        "Stand before, as printed: Stand: 24.11.2026 07:40 Uhr (= 24 Nov 2026, 06:40 UTC)",
        "Stand after, as printed: Stand: 24.11.2026 12:01 Uhr (= 24 Nov 2026, 11:01 UTC)",
        f"Seen: {DISCLOSED} (row 14 of the table, version 1, said {SAID}, settled)",
    ]
    assert [re.sub("[0-9a-f]{64}", "HASH", line) for line in lines[7:-1]] == [
        "SHA-256 of the page, version 3: HASH",
        "SHA-256 of the page, version 3, as kept without readers' comments: HASH",
        "SHA-256 of the page, version 4: HASH",
        "SHA-256 of the page, version 4, as kept without readers' comments: HASH",
        "Recorded by Nachtrag: https://nachtrag.example/watch/-/compare/3/4",
    ]
    assert re.fullmatch(r"Accessed: \d+ \w+ \d{4}, \d\d:\d\d UTC", lines[-1])


async def test_where_nobody_said_the_address_it_is_that_of_the_request(other: Path) -> None:
    change(other, "DELETE FROM meta WHERE key = 'base_url'")
    with serving(other, base_url="/watch/") as web:
        assert "Recorded by Nachtrag: http://localhost/watch/-/compare/3/4" in await cited(web, "/-/compare/3/4")


@pytest.mark.parametrize(
    ("statement", "address", "line"),
    [
        ("SELECT 1", "/-/compare/1/4", "When: in several steps, not later than 24 Nov 2026, 11:05 UTC"),
        ("SELECT 1", "/-/compare/1/4", "Seen: no ruling was made from the one to the other"),
        (
            "UPDATE revisions SET read_with = 'other/2' WHERE id = 4",
            "/-/compare/3/4",
            "When: no edit need lie between them, the page was read in two ways",
        ),
        (
            "UPDATE revisions SET kind = 'held' WHERE id = 4",
            "/-/compare/3/4",
            "When: not told, this version is held until it is known why the site is not read as before",
        ),
        (
            "UPDATE rulings SET settled = 0, rule = 7 WHERE revision_id = 4",
            "/-/compare/3/4",
            f"Seen: {DISCLOSED} (row 7 of the table, version 1, said {SAID}, not settled, more looks may change it)",
        ),
        ("UPDATE revisions SET headline = '' WHERE id = 4", "/-/compare/3/4", "No headline on the page, Elbkurier"),
        ("UPDATE revisions SET stand_raw = '' WHERE id = 3", "/-/compare/3/4", "Stand before, as printed: none"),
        (
            "UPDATE revisions SET page_sha256 = '' WHERE id = 3",
            "/-/compare/3/4",
            "SHA-256 of the page, version 3: none, the page was not kept",
        ),
        (
            "UPDATE revisions SET headline = 'Zwei' || char(10) || 'Zeilen </textarea><script>' WHERE id = 4",
            "/-/compare/3/4",
            "“Zwei Zeilen </textarea><script>”, Elbkurier",
        ),
    ],
)
async def test_it_claims_no_more_than_is_known(other: Path, statement: str, address: str, line: str) -> None:
    change(other, statement)
    with serving(other) as web:
        assert line in await cited(web, address)


@pytest.mark.parametrize("address", ["/-/compare/4/3", "/-/compare/4/4", "/-/compare/1/5"])
async def test_what_is_no_edit_is_not_cited(web: Datasette, address: str) -> None:
    assert await cited(web, address) == []
    assert "#cite" not in await html(web, address)


async def test_where_no_words_are_published_it_has_none(path: Path) -> None:
    with serving(path, publish="metrics") as web:
        lines = await cited(web, "/-/compare/3/4")
    assert lines[:2] == ["Elbkurier", "Article: https://www.elbkurier.example/hochwasser-lauenau-101.html"]


async def test_neighbours_are_named_for_browsers_and_keys(web: Datasette) -> None:
    tree = LexborHTMLParser(await html(web, "/-/compare/2/3"))
    for way, key, address in (("prev", "p", "/-/compare/1/2"), ("next", "n", "/-/compare/3/4")):
        assert [node.attributes["href"] for node in tree.css(f"[rel='{way}']")] == [address, address]
        assert [node.attributes["accesskey"] for node in tree.css(f"a[rel='{way}']")] == [key]
    assert LexborHTMLParser(await html(web, "/-/compare/3/4")).css("[rel='next']") == []
