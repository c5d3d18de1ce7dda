"""What is published of other people's texts: all, what changed, or figures only; on our pages and on Datasette's."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from db.data_model import tables
from db.publish import CLOSED, LEVELS, Publish
from db.rows import text_of
from db.store.events import operations
from schedules.config import Web
from tests.web_sample import build
from tests.web_server import EXPORTS, PAGES, change, html, plain, serving

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
# Of article 1: a sentence that never changed, one that did, a headline, a lead, a correction notice.
UNCHANGED = "Der Wetterdienst erwartet"
CHANGED = "sofort gehandelt"
HEADLINE = "Verletzte nach Dammbruch"
NOTICE = "In einer früheren Version hieß es"
EXTRA = (
    "/-/changes.atom", "/-/changes.atom?source=2", "/-/search?q=Wetterdienst", "/-/search?q=Dammbruch",
    "/-/compare/2/3", "/-/compare/3/4", "/-/compare/1/4",
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("publishing") / "nachtrag.db"
    build(path)
    return path


async def everything(sample: Path, publish: Publish) -> dict[str, str]:
    """Every page of ours."""
    with serving(sample, publish=publish) as web:
        return {address: (await web.client.get(address)).text for address in (*PAGES, *EXTRA, *EXPORTS)}


async def test_in_full_all_is_there(sample: Path) -> None:
    pages = await everything(sample, "full")
    assert all(any(words in page for page in pages.values()) for words in (UNCHANGED, CHANGED, HEADLINE, NOTICE))


async def test_of_excerpts_only_what_changed_is_there(sample: Path) -> None:
    pages = await everything(sample, "excerpts")
    assert [address for address, page in pages.items() if UNCHANGED in page] == []
    assert HEADLINE in pages["/"]
    compared = plain(pages["/-/compare/2/3"])
    assert CHANGED in compared
    assert "2 unchanged paragraphs" in compared
    assert "Only headlines and leads can be searched here" in pages["/-/search?q=Dammbruch"]
    assert HEADLINE in plain(pages["/-/search?q=Dammbruch"])


async def test_of_metrics_no_word_is_there(sample: Path) -> None:
    pages = await everything(sample, "metrics")
    told = ("Verletzte", "Dammbruch", "Terveen", "gehandelt", "Ohnsorg", "tram line", "früheren Version", "vertagt")
    # What was searched for stands in the field.
    found = [(address, word) for address in pages for word in told if word in pages[address] and "q=" not in address]
    assert found == []
    assert "text changed, Stand unchanged" in pages["/"]
    assert "The texts are not published here." in pages["/-/compare/2/3"]
    assert "cannot be searched" in pages["/-/search?q=Dammbruch"]


@pytest.mark.parametrize("publish", LEVELS)
async def test_who_is_told_is_shown_with_all_only(other: Path, publish: Publish) -> None:
    values = {
        "name": "newsroom",
        "host": "newsroom.example",
        "status": 503,
        "reason": "",
        "failures": 3,
        "since": text_of(MOMENT),
    }
    with closing(sqlite3.connect(other)) as con, con:
        con.row_factory = sqlite3.Row
        operations(con, "endpoint_failing", MOMENT, "https://newsroom.example/hook", values, "newsroom")
    pages = await everything(other, publish)
    naming = {address for address, page in pages.items() if "newsroom" in page}
    assert naming == set() or publish == "full"
    assert {"/-/status", "/-/status.json", "/-/article/1"} <= naming or publish != "full"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Zeitung: der Server hat Schwierigkeiten (HTTP 503)"),
        ("en", "Zeitung: the server is in trouble (HTTP 503)"),
    ],
)
async def test_those_who_run_it_read_their_messages_in_their_language(other: Path, language: str, said: str) -> None:
    values = {"name": "Zeitung", "code": "http_503", "detail": "the server says 503", "failures": 3}
    with closing(sqlite3.connect(other)) as con, con:
        con.row_factory = sqlite3.Row
        operations(con, "source_failing", MOMENT, "https://zeitung.example/feed", values)
    with serving(other) as web:
        assert said in plain(await html(web, f"/-/status?lang={language}"))


async def test_of_metrics_no_text_of_a_whole_site_is_there(other: Path) -> None:
    told = '{"message": "www.elbkurier.example: several articles were changed alike: {+Unser Rätsel+}"}'
    change(
        other,
        f"""INSERT INTO events (uid, type, at, url, verdict, data) VALUES ('evt_site', 'operations.site_text',
            '2026-11-24T15:00:00.000000+00:00', 'www.elbkurier.example', '', '{told}')""",
    )
    for publish, there in (("full", True), ("excerpts", True), ("metrics", False)):
        with serving(other, publish=publish) as web:
            for address in ("/-/status", "/-/status.json"):
                assert ("several articles were changed alike" in await html(web, address)) == there


async def test_what_stands_beside_a_text_is_published_with_it_alone(other: Path) -> None:
    """A broadcast note is never compared, so that it is never what changed."""
    change(other, """UPDATE revisions SET notes = '["Dieses Thema im Programm"]'""")
    for publish, there in (("full", True), ("excerpts", False), ("metrics", False)):
        with serving(other, publish=publish) as web:
            for address in ("/-/compare/2/3", "/-/compare/2/3.json"):
                assert ("Dieses Thema im Programm" in await html(web, address)) == there


async def test_of_a_page_that_is_gone_only_the_figures_stay(sample: Path) -> None:
    """Article 3 of the sample was taken off the net."""
    with serving(sample, publish="excerpts") as web:
        page = await html(web, "/-/article/3")
        assert "No longer there since" in page
        assert (await web.client.get("/-/search.json?q=crews")).json()["headlines"] == []  # a word of its lead
        assert 'class="excerpt"' not in page
        told = (await web.client.get("/-/article/3.json")).json()
        assert [version["excerpt"] for version in told["revisions"] if version["excerpt"]] == []
        compare = re.search(r'href="(/-/compare/\d+/\d+)"', page)
        if compare is not None:
            assert "The texts are not published here." in await html(web, compare[1])


@pytest.mark.parametrize("publish", ["excerpts", "metrics"])
async def test_datasettes_own_pages_of_the_texts_are_closed(sample: Path, publish: Publish) -> None:
    with serving(sample, publish=publish) as web:
        for table in CLOSED[publish]:
            for ending in ("", ".json", "/1", "/1.json"):
                answer = await web.client.get(f"/nachtrag/{table}{ending}")
                assert answer.status_code in (403, 404), (table, ending)
        assert (await web.client.get("/-/page/1")).status_code == 404
        assert (await web.client.get("/nachtrag.db")).status_code == 403
        words = (await web.client.get("/nachtrag.json?sql=select+text+from+blocks")).text
        assert UNCHANGED not in words
        assert (await web.client.get("/nachtrag/sources.json")).status_code == 200


@pytest.mark.parametrize("publish", ["excerpts", "metrics"])
async def test_no_open_table_names_rows_of_closed_ones(sample: Path, publish: Publish) -> None:
    """Datasette labels a foreign key without asking whether the other table may be seen."""
    closed = {*CLOSED[publish], "comments"}
    with serving(sample, publish=publish) as web:
        database = web.databases["nachtrag"]
        keys = [
            (relation.name, key["other_table"])
            for relation in tables()
            if relation.name not in closed
            for key in await database.foreign_keys_for_table(relation.name)
            if key["other_table"] in closed
        ]
        assert {"revisions"} <= {other for _table, other in keys}
        assert {await database.label_column_for_table(other) for _table, other in keys} == {"id"}
        for way in ("", ".json?_labels=on", ".csv?_labels=on", "?_facet=revision_id", "/1"):
            page = await html(web, f"/nachtrag/observations{way}")
            assert "Dammbruch" not in page, way


@pytest.mark.parametrize("publish", LEVELS)
async def test_no_link_leads_to_what_is_closed_or_left_out(other: Path, publish: Publish) -> None:
    change(other, "UPDATE articles SET paused = 1 WHERE id = 2")
    with serving(other, publish=publish) as web:
        closed = tuple(f"/nachtrag/{table}" for table in CLOSED[publish])
        for address in ("/-/status", "/-/coverage", "/-/article/1", "/-/compare/2/3", "/-/compare/1/4", "/-/outlet/2"):
            page = await html(web, address)
            links = set(re.findall(r'href="([^"]+)"', page))
            assert {link for link in links if link.partition("?")[0] in closed} == set(), address
            anchors = set(re.findall(r' id="([^"]+)"', page))
            assert {link for link in links if link.startswith("#") and link[1:] not in anchors} == set(), address


@pytest.mark.parametrize(
    ("publish", "statuses"),
    [("full", (200, 400)), ("excerpts", (403,)), ("metrics", (403,))],  # the alphas of 1.0 search only what is declared
)
async def test_no_open_table_is_searched_by_a_closed_index(
    sample: Path, publish: Publish, statuses: tuple[int, ...]
) -> None:
    with serving(sample, publish=publish) as web:
        answer = await web.client.get("/nachtrag/sources.json?_fts_table=blocks_fts&_fts_pk=id&_search=Wetterdienst")
        assert answer.status_code in statuses


@pytest.mark.parametrize(
    ("section", "published"),
    [
        ({}, "full"),
        ({"listen": "[::1]:8001"}, "full"),
        ({"listen": "localhost:8001"}, "full"),
        ({"listen": "0.0.0.0:8001"}, "excerpts"),
        ({"listen": "192.168.1.4:8001"}, "excerpts"),
        ({"public_url": "https://watch.example.org/"}, "excerpts"),
        ({"public_url": "https://watch.example.org/", "publish": "full"}, "full"),
        ({"publish": "metrics"}, "metrics"),
    ],
)
def test_where_others_can_look_excerpts_are_the_default(section: dict[str, str], published: str) -> None:
    assert Web(**section).published == published  # type: ignore[arg-type]
    assert published in LEVELS
