"""The coverage page: what it counts, since when, what it says to somebody who did not write the code, what it costs."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from db.rows import text_of
from db.web.coverage import coverage, moment
from db.web.drawn import sample
from db.web.due import Count, due
from db.words.causes import cause, is_wall
from tests.web_sample import START, insert
from tests.web_server import PAGES, change, html, plain, serving
from tests.web_troubles import ATTACK, Troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from datasette.app import Datasette

    from db.publish import Publish

NOW = START + timedelta(days=30)


@pytest.fixture
def troubles(other: Path) -> Iterator[Troubles]:
    """A database of which everything is looked at in time, and a way to make it otherwise."""
    with closing(sqlite3.connect(other)) as con:
        con.row_factory = sqlite3.Row
        made = Troubles(con, NOW)
        con.execute("UPDATE articles SET next_visit_at = ?, last_visited_at = ?", [made.ago(-2), made.ago(1)])
        con.execute("UPDATE articles SET failures = 0, error_code = ''")
        yield made


@pytest.fixture
def troubled(other: Path) -> Path:
    """A database with some of everything, as of now."""
    with closing(sqlite3.connect(other)) as con, con:
        Troubles(con, moment(con)).all()
    return other


def lines(page: str, section: str) -> list[str]:
    """The rows of the table of a section, without tags."""
    part = page[page.index(f'<h2 id="{section}">') :]
    part = part[: part.index("<h2", 5)] if "<h2" in part[5:] else part
    return [plain(row) for row in re.findall(r"<tr>(.+?)</tr>", part[part.index("<tbody>") :], re.DOTALL)]


def in_short(page: str) -> dict[str, str]:
    """The table at the top: what → how many and since."""
    rows = LexborHTMLParser(page).css("table.summary tbody tr")
    return {
        " ".join(row.css("th")[0].text().split()): " ".join(" ".join(cell.text() for cell in row.css("td")).split())
        for row in rows
    }


async def test_everything_that_was_not_seen_is_counted_with_since_when(troubled: Path) -> None:
    with serving(troubled) as web:
        page = await html(web, "/-/coverage")
    said = {what: re.sub(r"\d+ \w+ \d{4}, \d\d:\d\d", "…", told) for what, told in in_short(page).items()}
    assert said["Looks that are late"] == "4 articles … UTC (5 h)"
    assert said["Longest without a look, of these"].endswith("… UTC (30 h)")
    assert said["Behind walls"] == "10 articles … UTC (2 days 2 h)"
    assert said["Kept from us by robots.txt"] == "3 articles; 2 hosts not asked at all … UTC (16 days)"
    assert said["Not readable for other reasons"] == "131 articles … UTC (9 h)"
    assert said["Sites not read as before"] == "1 … UTC (7 h)"
    assert said["Sources that do not answer"] == "2 … UTC (30 h)"
    assert said["Gaps in feeds"] == "100 or more gaps the last … UTC"
    assert said["Hubs that do not push"] == "1 … UTC (4 h)"


@pytest.mark.parametrize("publish", ["full", "metrics"])
async def test_each_number_leads_to_its_rows(troubled: Path, publish: Publish) -> None:
    with serving(troubled, publish=publish) as web:
        page = await html(web, "/-/coverage")
        links = [link.attributes["href"] or "" for link in LexborHTMLParser(page).css("main a[href^='/other/']")]
        found = {}
        for link in links:
            table, _, query = link.partition("?")
            answer = await web.client.get(f"{table}.json?{query}&_shape=objects")
            assert answer.status_code == 200, link
            found[link] = len(answer.json()["rows"])
    assert len(links) > 15
    assert all(found.values()), found
    assert found["/other/failing?host__exact=slow.example&error_code__exact=timeout"] == 100  # its first page
    assert found["/other/failing?host__exact=abendblatt.example&error_code__exact=paywall"] == 7


async def test_reasons_are_told_in_words(troubled: Path) -> None:
    with serving(troubled) as web:
        page = await html(web, "/-/coverage")
    walls, unread = lines(page, "walls"), lines(page, "unread")
    assert walls[0].startswith(
        "abendblatt.example a wall stands before the text: a subscription paywall"
        " sells a subscription in place of the article 7 "
    )
    assert unread[0].startswith("slow.example no answer in time timeout no answer within 30 s")
    assert unread[1].startswith("slow.example the server is in trouble (HTTP 503) http_503 answered 503 1 ")
    assert "rests until" in " ".join(lines(page, "late"))
    text = plain(page)
    assert "down.example answered 503, asked" in text
    assert "unreachable.example could not be reached, asked" in text
    assert "redesign.example" in lines(page, "drifts")[0]
    assert "Such stretches that are over (1)" in text
    assert "Paused, so that nobody polls them: Paused" in text


async def test_hostile_text_is_data_there_too(troubled: Path) -> None:
    with serving(troubled) as web:
        page = await html(web, "/-/coverage")
    tree = LexborHTMLParser(page)
    assert tree.css("img, script, iframe") == []
    assert page.count(ATTACK.split("=")[0]) == 0
    assert tree.text().count("onerror") >= 4


async def test_where_nothing_is_amiss_that_is_said(other: Path) -> None:
    change(
        other, "DELETE FROM gaps", "UPDATE sources SET failures = 0",
        "UPDATE articles SET failures = 0, next_visit_at = strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', '+2 hours')",
        "UPDATE sources SET last_polled_at = strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')",
    )  # fmt: skip
    with serving(other) as web:
        page = await html(web, "/-/coverage")
    text = plain(page)
    assert "None: whatever was due has been looked at." in text
    assert "None: every source answered when it was last polled." in text
    assert "No gap is known" in text
    assert "Nobody seems to look" not in text
    assert {told for what, told in in_short(page).items() if what.startswith(("Behind", "Looks"))} == {"0 articles –"}


async def test_a_daemon_that_rests_is_told_first(other: Path) -> None:
    long_ago = "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', '-5 hours')"
    change(
        other, f"UPDATE sources SET last_polled_at = {long_ago}", f"UPDATE hosts SET clock_checked_at = {long_ago}",
        f"UPDATE observations SET kept_first_at = {long_ago}, kept_last_at = {long_ago}",
    )  # fmt: skip
    with serving(other) as web:
        text = plain(await html(web, "/-/coverage"))
        assert "Nobody seems to look at present. The last sign of work was" in text
        assert "UTC (5 h) . Whatever was edited since then is not known yet." in text
        change(other, "UPDATE sources SET last_polled_at = strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', '-5 minutes')")
        assert "Nobody seems to look" not in plain(await html(web, "/-/coverage"))


async def test_every_page_leads_there(web: Datasette) -> None:
    for address in PAGES:
        assert 'href="/-/coverage"' in await html(web, address)


async def test_who_may_not_see_how_we_look_sees_no_coverage(path: Path) -> None:
    rule = {"databases": {"nachtrag": {"tables": {"hosts": {"allow": False}}}}}
    with serving(path, more_metadata=rule) as web:
        await html(web, "/-/coverage", 403)


@pytest.mark.parametrize(
    ("hours", "row", "late"),
    [
        (9 / 60, {}, False),
        (11 / 60, {}, True),
        (11 / 60, {"paused": 1}, False),
        (11 / 60, {"state": "gone"}, True),
        (-1, {}, False),
    ],
)
def test_a_look_is_late_after_ten_minutes(
    troubles: Troubles, hours: float, row: dict[str, object], *, late: bool
) -> None:
    troubles.host("x.example")
    number = troubles.article("x.example", hours, 5, **row)
    assert [host.worst["id"] for host in due(troubles.con, NOW).late] == ([number] if late else [])


def test_what_a_paused_source_lists_is_not_late(troubles: Troubles) -> None:
    troubles.host("x.example")
    troubles.article("x.example", 3, 5)
    troubles.con.execute("UPDATE sources SET state = 'paused' WHERE id = 2")
    assert due(troubles.con, NOW).late == ()


def test_a_queue_that_begins_with_what_nobody_watches_is_not_said_to_be_in_time(troubles: Troubles) -> None:
    fill(troubles.con, 2_500, troubles.ago)
    troubles.con.execute("UPDATE articles SET host = 'x.example', next_visit_at = ?, paused = 1", [troubles.ago(9)])
    troubles.host("x.example")
    troubles.article("x.example", 1, 5)
    found = due(troubles.con, NOW)
    assert (found.late, found.late_count) == ((), Count(0, more=True))
    assert found.failures(is_wall).count == Count(0, more=True)


def test_where_more_wait_than_are_counted_that_is_said(troubles: Troubles) -> None:
    troubles.host("x.example")
    troubles.host("y.example")
    for host, number in (("x.example", 1_010), ("y.example", 150)):
        troubles.con.executemany(
            """INSERT INTO articles (url, fetch_url, host, source_id, first_seen_at, next_visit_at)
               VALUES (?1, ?1, ?2, 2, ?3, ?3)""",
            [(f"https://{host}/{each}", host, troubles.ago(50)) for each in range(number)],
        )
    troubles.con.execute(
        """INSERT INTO listings (source_id, article_id, title, first_listed_at, last_listed_at)
           SELECT 2, id, '', first_seen_at, first_seen_at FROM articles WHERE url LIKE 'https://_.example/%'"""
    )
    found = due(troubles.con, NOW)
    assert {host.host: host.count for host in found.late} == {
        "x.example": Count(1_000, more=True), "y.example": Count(150, more=False),
    }  # fmt: skip
    assert found.late_count == Count(1_150, more=True)


def test_the_last_days_are_counted_from_runs_of_looks(troubles: Troubles) -> None:
    troubles.con.execute("DELETE FROM observations")
    midnight = NOW.replace(hour=0, minute=0)
    for outcome, first, last, count in (
        ("same", midnight - timedelta(hours=12), midnight + timedelta(hours=4), 8),
        ("failed", midnight - timedelta(days=3), midnight - timedelta(days=3), 1),
        ("same", midnight - timedelta(days=40), midnight - timedelta(days=20), 900),
    ):
        insert(
            troubles.con, "observations", article_id=1, outcome=outcome, first_at=text_of(first), count=count,
            last_at=text_of(last), longest_gap_seconds=0, connections=1, last_connection="", uncached=0, clock_bad=0,
            first_headers="{}", last_headers="{}", status=200, error_code="", error="",
        )  # fmt: skip
    troubles.con.execute("UPDATE observations SET id = 1000 - id")  # the newest has the highest number
    drawn = sample(troubles.con, NOW)
    assert drawn.is_all
    assert [(day.looks, day.failed) for day in drawn.days] == [(2, 0), (6, 0), (0, 0), (1, 1), (0, 0), (0, 0), (0, 0)]
    assert (drawn.looked, drawn.waiting, drawn.late, drawn.resting) == (drawn.drawn, 0, 0, 0)


def test_of_many_articles_some_are_drawn_and_reckoned_up(troubles: Troubles) -> None:
    fill(troubles.con, 3_000, troubles.ago)
    drawn = sample(troubles.con, NOW)
    assert (drawn.drawn, drawn.is_all) == (200, False)
    assert drawn.looked + drawn.waiting + drawn.late + drawn.resting == 200
    assert 2_900 <= drawn.days[0].looks <= 3_100  # one look each today


def fill(con: sqlite3.Connection, number: int, ago: Callable[[float], str]) -> None:
    """So many more articles with a look each: spread over hosts and over the month to come."""
    con.executescript(
        f"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number})
        INSERT INTO articles (url, fetch_url, host, source_id, first_seen_at, next_visit_at, last_visited_at, failures)
        SELECT 'https://many.example/' || i, '', 'host' || (i % 7) || '.example', 2, '{ago(900)}',
            strftime('%Y-%m-%dT%H:%M:%f000+00:00', '{ago(0)}', (i % 4000) || ' minutes'), '{ago(1)}',
            i % 11 = 0 FROM n;
        INSERT OR IGNORE INTO hosts (host) SELECT DISTINCT host FROM articles;
        INSERT INTO listings (source_id, article_id, title, first_listed_at, last_listed_at)
            SELECT 2, id, '', first_seen_at, first_seen_at FROM articles WHERE url LIKE 'https://many.example/%';
        INSERT INTO observations (article_id, outcome, kept_first_at, kept_last_at, count, longest_gap_seconds,
            connections, last_connection, uncached, clock_bad, first_headers, last_headers, status, error_code, error)
        SELECT id, 'same', last_visited_at, last_visited_at, 1, 0, 1, '', 0, 0, '', '', 200, '', '' FROM articles
            WHERE url LIKE 'https://many.example/%';
        INSERT INTO gaps (source_id, from_at, to_at) SELECT 2, first_seen_at, last_visited_at FROM articles;
        """
    )


def steps(con: sqlite3.Connection) -> int:
    """How many steps of SQLite's machine the page takes, in hundreds."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    con.set_progress_handler(count, 100)
    coverage(con, NOW)
    con.set_progress_handler(None, 0)
    return taken


def test_a_database_that_grows_makes_the_page_no_dearer(troubles: Troubles) -> None:
    fill(troubles.con, 40_000, troubles.ago)
    small = steps(troubles.con)
    troubles.con.execute("UPDATE articles SET url = id")
    fill(troubles.con, 120_000, troubles.ago)
    assert steps(troubles.con) < 1.3 * small


def test_no_statement_reads_a_whole_table_that_grows_with_what_was_seen(troubles: Troubles) -> None:
    said: list[str] = []
    troubles.con.set_trace_callback(said.append)
    coverage(troubles.con, NOW)
    troubles.con.set_trace_callback(None)
    plans = [row["detail"] for sql in {*said} for row in troubles.con.execute(f"EXPLAIN QUERY PLAN {sql}")]
    scanned = {plan for plan in plans if plan.startswith("SCAN")}
    assert not {plan for plan in scanned if re.search(r"\b(?:articles|a|revisions|r|events|e|listings|l|o)\b", plan)}
    assert {plan for plan in scanned if "observations" in plan} <= {"SCAN observations"}  # backwards, 500 rows


@pytest.mark.parametrize(
    ("code", "words", "wall"),
    [
        ("login_wall", "a wall stands before the text: a login", True),
        ("http_403", "the server turns us away", True),
        ("http_418", "the server refuses (HTTP 418)", False),
        ("http_502", "the server is in trouble (HTTP 502)", False),
        ("robots", "robots.txt asks us to stay away", False),
        ("of_a_later_version", "of a later version", False),
        ("", "not known", False),
    ],
)
def test_a_code_in_words(code: str, words: str, *, wall: bool) -> None:
    assert cause(code) == words
    assert is_wall(code) == wall
