"""The pages of outlets: every number leads to the rows that it counts, and is read along the outlet's own entries."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from changes.meaning import NOT_WEIGHED
from changes.ruling import MACHINE_CLOCKS
from db import schema_outlets
from db.migrations import migrate, migrations
from db.views import create_views
from db.web import outlet_rows
from db.web.bars import Month, bars
from db.web.outlet import NOT_SHOWN, SHOWN, outlet
from db.web.shown import family, month, percent
from tests.web_sample import EDITS, empty
from tests.web_server import change, html, plain, serving

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette

READ = ("BASIS", "KINDS", "EDITED", "FIRST", "NOTICES", "EXPLAINED", "PRESENCE")
LINK = re.compile(r'<a href="([^"]+)">([\d,]+)</a>')
TOLD = '[["Stand before", "none"], ["machines were told", "editorial a → b; modified_ld a; modified_meta → c"]]'
OUTLET_PAGE = "/-/outlet/2"
DAY = "2026-11-24T06:00:00.000000+00:00"
SOURCE = f"""
INSERT INTO sources (id, name, kind, url, host, every_seconds, added_at) VALUES (7, 'x', 'feed', '', '', 300, '{DAY}')
"""
ARTICLE = f"""
INSERT INTO articles (id, url, fetch_url, host, source_id, first_seen_at) VALUES (1, 'u', 'u', 'h', 7, '{DAY}')
"""
REVISION = f"""
INSERT INTO revisions (id, article_id, number, kind, seen_at, kept_not_after, topline, headline, standfirst, authors,
    notes, read_with, words, words_added, words_removed, excerpt, stand_only, clocks_before, fingerprint, page_sha256,
    previous_hash, hash)
VALUES (?, 1, ?, 'changed', '{DAY}', '{DAY}', '', '', '', '[]', '[]', '', 9, 1, 0, '', 0, '[]', '', '', '', '')
"""
RULING = f"""
INSERT INTO rulings (revision_id, kept_at, verdict, rule, rule_version, settled, kept_not_after, evidence,
    previous_hash, hash)
VALUES (?, '{DAY}', ?, 20, 3, 1, '{DAY}', ?, '', '')
"""


async def rows_at(web: Datasette, address: str) -> tuple[int, int]:
    """How many rows an address lists, and of how many articles."""
    if address.startswith("/?"):
        page = await html(web, address)
        listed = re.findall(r'class="ways">.*href="/-/article/(\d+)"', page)
        assert 'rel="next"' not in page
    else:
        answer = await web.client.get(address.replace("?", ".json?_shape=array&_size=max&"))
        assert answer.status_code == 200, answer.text
        listed = [row["article_id" if "article_id" in row else "id"] for row in answer.json()]
    return len(listed), len(set(listed))


@pytest.mark.parametrize("source", [2, 3])
async def test_every_number_leads_to_the_rows_that_it_counts(web: Datasette, source: int) -> None:
    links = [(unescape(way), int(number)) for way, number in LINK.findall(await html(web, f"/-/outlet/{source}"))]
    assert len({way for way, _number in links}) > 9
    for way, number in links:
        assert number in await rows_at(web, way), way


async def test_the_rows_can_be_seen_where_no_words_are_published(other: Path) -> None:
    with serving(other, publish="metrics") as web:
        ways = {unescape(way) for way, _number in LINK.findall(await html(web, OUTLET_PAGE))}
        assert {(await web.client.get(way)).status_code for way in ways} == {200}


async def test_the_figures_of_an_outlet(web: Datasette) -> None:
    page = await html(web, OUTLET_PAGE)
    text = plain(page)
    assert (
        "40 % of 10 settled edits: text, headline or lead changed, Stand unchanged, no notice in words that we know."
        in text
    )
    assert "95 % interval 17 % to 69 %; n = 10 is too few to compare." in text
    assert "text changed, Stand unchanged 2 of 10 20 %" in text
    assert "Any of them 1 of 3 33 %" in text
    assert "dateModified (JSON-LD) 1 of 3 33 %" in text
    assert "text changed, a notice on the page said so later 1 of 10 10 %" in text
    assert "Articles edited at all, so far 20 of 27 74 % 55 % to 87 % too few to compare" in text
    median = "median 3 h 21 min (95 % interval 3 h 21 min to 3 h 21 min)"
    assert f"to its first edit: {median}; n = 20, too few to compare." in text
    assert "Notices that name the words of an edit that we saw 1 of 1 100 %" in text
    assert "Articles that went 1 of 27 3.7 %" in text
    assert "Counted from 24 Nov 2026, 05:59 UTC on, over 27 articles that we read." in text
    assert "biased where looks followed expected edits" in text
    assert "1 changed, too early to say more" in text


async def test_the_figures_are_there_for_programs(web: Datasette) -> None:
    answer = (await web.client.get(f"{OUTLET_PAGE}.json")).json()
    shown = answer["stand"]["not_shown"]
    assert (shown["count"], shown["n"], shown["few"]) == (4, 10, True)
    assert shown["interval"] == [pytest.approx(0.168, abs=1e-3), pytest.approx(0.687, abs=1e-3)]
    assert shown["rows"].startswith("http://localhost/nachtrag/outlet_edits?source_id=2&verdict__in=unmarked")
    assert answer["stand"]["verdicts"]["silent"]["rows"] == "http://localhost/?source=2&verdict=silent&words=1"
    assert answer["timing"]["first_edit"]["quartiles"] == [12060.0] * 3
    assert answer["corrections"]["delay"]["interval"] is None
    assert answer["months"] == [{"month": "2026-11", "edits": 22, "not_shown": 4}]
    assert (await web.client.get("/-/outlet/99.json")).status_code == 404


async def test_an_outlet_that_is_not_there_is_said(web: Datasette) -> None:
    assert "There is no source number 99." in await html(web, "/-/outlet/99", 404)


async def test_outlets_stand_in_the_order_of_the_alphabet(other: Path) -> None:
    change(other, "INSERT INTO sources (name, kind, url, host, every_seconds, added_at) SELECT 'anzeiger', kind, url,"
                  " host, 300, added_at FROM sources WHERE id = 2")  # fmt: skip
    with serving(other) as web:
        page = await html(web, "/-/outlets")
    assert re.findall(r'<a href="/-/outlet/\d+">([^<]+)', page) == ["anzeiger", "by hand", "Elbkurier", "Harbour Post"]


async def test_an_outlet_of_which_nothing_was_read_has_no_figures(tmp_path: Path) -> None:
    empty(tmp_path / "new.db")
    with serving(tmp_path / "new.db") as web:
        text = plain(await html(web, OUTLET_PAGE))
        figures = (await web.client.get(f"{OUTLET_PAGE}.json")).json()
    assert "Nothing has been read yet" in text
    assert " %" not in text
    assert (figures["stand"]["not_shown"]["share"], figures["months"]) == (None, [])


async def test_the_source_of_an_edit_leads_to_its_figures(web: Datasette) -> None:
    for address in ("/", "/?verdict=removed", "/-/article/1", "/-/outlets"):
        assert f'href="{OUTLET_PAGE}"' in await html(web, address)


async def test_enough_edits_are_not_said_to_be_few(other: Path) -> None:
    change(other, "DROP TRIGGER rulings_ai", *(
        f"INSERT INTO edits (revision_id, article_id, source_id, seen_at, words, verdict, ruling_id, machines) SELECT"
        f" {number}, 1, 2, '2026-09-{number % 30 + 1:02}T00:00:00.000000+00:00', 3, 'announced', 1, ''"
        for number in range(1001, 1021)
    ))  # fmt: skip
    with serving(other) as web:
        page = await html(web, OUTLET_PAGE)
    assert "13 % of 30 settled edits" in plain(page)
    assert "of 30 13 % 5.3 % to 30 %" in plain(page)
    assert "n = 30 is too few" not in page
    assert re.findall(r"(?:September|October|November) 2026</th>.*", page)[1].count(">0<") == 2  # October has none


@pytest.mark.parametrize("name", READ)
def test_the_figures_are_read_along_the_outlets_own_entries(other: Path, name: str) -> None:
    """No statement walks through edits, articles or versions."""
    with closing(sqlite3.connect(other)) as con:
        steps = [
            row[3] for row in con.execute(f"EXPLAIN QUERY PLAN {getattr(outlet_rows, name)}", {"source": 2, "rank": 3})
        ]
    assert not [step for step in steps if step.startswith("SCAN") or "B-TREE" in step]
    read = [step for step in steps if step.startswith("SEARCH")]
    assert "(source_id=?" in read[0]
    assert not [step for step in read if step.split()[1] in ("revisions", "r")]
    wide = [step for step in read if step.split()[1] in ("articles", "a") and "COVERING" not in step]
    assert wide == []


def test_the_verdicts_are_those_of_their_families() -> None:
    """Each verdict that a settled edit can have is in one of both, and its colour says in which."""
    assert {verdict for verdict in EDITS if family(verdict) == "told"} == {*SHOWN}
    assert {verdict for verdict in EDITS if family(verdict) == "unmarked"} == {*NOT_SHOWN}
    assert {*schema_outlets.NOT_EDITED} > NOT_WEIGHED
    assert all(f'"{kind}"' in schema_outlets.MACHINES_SO_FAR for kind in MACHINE_CLOCKS)


@pytest.mark.parametrize(
    ("evidence", "machines"),
    [(TOLD, "modified_ld modified_meta editorial"), ('[["other clocks", "editorial a → b"]]', ""), ("broken", "")],
)
def test_an_earlier_database_learns_which_clocks_were_told(tmp_path: Path, evidence: str, machines: str) -> None:
    db = Database(tmp_path / "n.db")
    migrations.apply(db, stop_before="m016_outlets")
    db.execute(SOURCE)
    db.execute(ARTICLE)
    db.execute(REVISION.replace("kept_", ""), [1, 1])
    db.execute(RULING.replace("kept_", ""), [1, "unmarked", evidence])
    db.execute("INSERT INTO edit_tags (kind, seen_at, revision_id, words) VALUES ('number', 'x', 1, '[]')")
    db.conn.commit()
    migrate(db)
    create_views(db)
    db.execute(REVISION, [2, 2])
    db.execute(RULING, [2, "unmarked", evidence])
    kept = [row[0] for row in db.execute("SELECT machines FROM edits ORDER BY revision_id")]
    assert [{*said.split()} for said in kept] == [{*machines.split()}] * 2
    db.execute(RULING, [2, "announced_late", '[["Stand", "moved after 2 h"]]'])
    assert db.execute("SELECT verdict, machines FROM edits WHERE revision_id = 2").fetchone() == ("announced_late", "")
    assert db.execute("SELECT source_id FROM edit_tags").fetchone()[0] == 7
    db.close()


def test_late_is_later_than_a_day_to_the_microsecond(other: Path) -> None:
    change(
        other,
        "UPDATE articles SET first_seen_at = '2026-10-31T23:30:00.000000+00:00' WHERE id = 1",
        "UPDATE edits SET seen_at = '2026-11-01T23:30:00.000000+00:00' WHERE revision_id = 2",
        "UPDATE edits SET seen_at = '2026-11-01T23:30:00.000001+00:00' WHERE revision_id = 3",
    )
    with closing(sqlite3.connect(other)) as con:
        con.row_factory = sqlite3.Row
        page = outlet(con, 2)
        late = con.execute("SELECT revision_id, first FROM outlet_edits WHERE late AND source_id = 2").fetchall()
    assert page is not None
    assert page.late.share.part == len(late) == 2
    assert sorted(map(tuple, late)) == [(3, 0), (4, 0)]


def test_a_bar_a_month() -> None:
    drawn = bars([Month("2026-10", 40, 10), Month("2026-11", 0, 0), Month("2026-12", 10, 10)])
    assert [(bar.x, bar.top, bar.rest, bar.foot, bar.part) for bar in drawn.bars] == [
        (1, 0.0, 75.0, 75.0, 25.0), (11, 100.0, 0.0, 100.0, 0.0), (21, 75.0, 0.0, 75.0, 25.0),
    ]  # fmt: skip
    assert (drawn.most, drawn.width) == (40, 120)
    assert bars([]).most == 0
    year = [Month(f"2026-{month:02}", 1, 0) for month in range(1, 13)]
    assert [bars(year[:number]).short for number in (1, 11, 12)] == [True, True, False]


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0 %"),
        (0.0004, "< 0.1 %"),
        (0.0006, "0.1 %"),
        (0.9996, "> 99.9 %"),
        (0.021, "2.1 %"),
        (0.0999, "10 %"),
        (0.344, "34 %"),
        (0.996, "99.6 %"),
        (1.0, "100 %"),
    ],
)
def test_percent_is_finer_near_both_ends(share: float, words: str) -> None:
    assert percent(share) == words
    assert percent(0.344, fine=True) == "34.4 %"


def test_a_month_is_told_in_words() -> None:
    assert month("2026-03") == "March 2026"


COUNTED = (
    """SELECT source_id, substr(seen_at, 1, 7), verdict, severity, machines, count(*), sum(words > 0) FROM edits
       GROUP BY 1, 2, 3, 4, 5""",
    """SELECT source_id, article_id, count(*), sum(late), sum(headline), min(hours) FROM outlet_edits GROUP BY 1, 2""",
)
KEPT = (
    "SELECT * FROM edit_counts WHERE edits > 0",
    "SELECT source_id, article_id, edits, late, headlines, round(first_seconds / 3600, 2) FROM article_edits",
)


@pytest.mark.parametrize(
    "happens",
    [
        "UPDATE edits SET verdict = 'misread', severity = '' WHERE revision_id IN (2, 3)",
        "UPDATE edits SET words = 0 WHERE article_id = 1",
        "UPDATE edits SET severity = 'low', machines = 'modified_ld' WHERE source_id = 2",
        "UPDATE edits SET seen_at = '2026-12-01T00:00:00.000000+00:00' WHERE revision_id = 4",
        "UPDATE edits SET explains_id = NULL",
        "DELETE FROM edit_tags WHERE kind = 'headline' AND source_id = 2",
        "INSERT INTO edit_tags SELECT 'headline', seen_at, revision_id, '', source_id FROM edits WHERE revision_id = 3",
        "DELETE FROM edits WHERE article_id = 1",
        """INSERT INTO rulings (revision_id, kept_at, verdict, rule, rule_version, settled, kept_not_after, evidence,
               previous_hash, hash)
           SELECT revision_id, kept_at, 'announced_late', 8, 3, 1, kept_not_after, '[]', '', ''
           FROM rulings WHERE verdict LIKE 'unmarked%'""",
    ],
)
def test_what_is_counted_stays_what_there_is(other: Path, happens: str) -> None:
    change(other, happens)
    with closing(sqlite3.connect(other)) as con:
        for kept, counted in zip(KEPT, COUNTED, strict=True):
            assert sorted(con.execute(kept)) == sorted(con.execute(counted))
