"""The page that says how a host is treated: what it claims is what was counted, and it can be sent to whoever asks."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from db.words.written import every, pause, size
from tests.web_hosts import AGENT, ELBE, HARBOUR
from tests.web_sample import START
from tests.web_server import change, html, plain, serving

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette

    from db.publish import Publish


async def told(web: Datasette, host: str, query: str = "") -> str:
    return plain(await html(web, f"/-/host/{host}{query}"))


async def test_a_name_that_says_nowhere_to_write_is_not_said_to(other: Path) -> None:
    with serving(other) as web:
        assert "this name says where to write; or say it in robots.txt" in await told(web, ELBE)
    change(other, "UPDATE meta SET value = 'Nachtrag/0.1' WHERE key = 'user_agent'")
    with serving(other) as web:
        page = await told(web, ELBE)
        assert "As whom Nachtrag/0.1 Whoever runs this host and wants it otherwise: say it in robots.txt" in page


async def test_what_was_asked_and_how_it_was_answered(web: Datasette) -> None:
    page = await told(web, ELBE)
    assert "3,012 requests on the last 3 days on which it was asked" in page
    assert f"As whom {AGENT} Whoever runs this host and wants it otherwise" in page
    assert "one request every 2 s; up to 2 of them under way at the same time" in page
    assert "no quiet hours were agreed on" in page
    assert "a feed, every 5 min" in page
    assert "answered 404" in page
    assert "So nothing is forbidden." in page
    assert "began 2 s apart. In the minute that had most it was asked 24 times." in page
    assert "It never asked to be left alone (Retry-After)." in page
    assert "24 Nov 2026 1,003 95.7 % 0 2.4 MB 2 s 24" in page
    assert "All of them 3,012 95.6 % 0 7.2 MB 2 s 24" in page


async def test_what_it_asks_of_us_and_how_that_was_kept(web: Datasette) -> None:
    page = await told(web, HARBOUR)
    assert "one request every 5 s, as robots.txt asks for it" in page
    assert "22:00-06:00 Europe/Berlin" in page
    assert "It wants 5 s between two requests. 6 times it kept us from an address, which was not asked." in page
    assert "It asked 6 times to be left alone (Retry-After), for 12 min in all." in page
    assert "We never asked before that was over." in page
    assert "The last 6 requests failed, since 24 Nov 2026, 06:00 UTC" in page


@pytest.mark.parametrize(
    ("hidden", "told_of", "says"),
    [
        (0, 0, "only what changed is asked for where the host can tell, but for one look in 20,"),
        (0, 5, "only what changed is asked for where the host can tell, but for one look in 100,"),
        (2, 1, "whole pages are asked for: of 3 edits it said 2 times that nothing was modified"),
    ],
)
async def test_whether_whole_pages_are_asked_for(other: Path, hidden: int, told_of: int, says: str) -> None:
    change(other, f"UPDATE hosts SET edits_hidden = {hidden}, edits_validated = {told_of} WHERE host = '{ELBE}'")
    with serving(other) as web:
        assert says in await told(web, ELBE)
        assert "bis auf einen" in await told(web, ELBE, "?lang=de") or hidden


@pytest.mark.parametrize(
    ("delay", "says"),
    [
        (60, ["one request every 1 min, as robots.txt asks for it; up to", "It wants 1 min between two requests."]),
        (90, ["every 90 s, as robots.txt asks for it (within one look,", "a minute may do)", "It wants 90 s between"]),
        (3599, ["one request every 3599 s", "It wants 3599 s between two requests."]),
        (7200, ["one request every 1 h", "It wants an hour between two requests, or more"]),
    ],
)
async def test_what_robots_txt_asks_for_is_said_to_the_letter(other: Path, delay: int, says: list[str]) -> None:
    change(other, f"UPDATE hosts SET robots_body = 'User-agent: *\nCrawl-delay: {delay}' WHERE host = '{HARBOUR}'")
    with serving(other) as web:
        page = await told(web, HARBOUR)
    assert [said for said in says if said not in page] == []


async def test_of_a_host_that_is_asked_for_nothing_it_is_not_said_how(other: Path) -> None:
    change(other, "INSERT INTO hosts (host) VALUES ('idle.example')")
    with serving(other) as web:
        page = await told(web, "idle.example")
    assert "0 articles" in page
    assert "only what changed" not in page


TIMES = [
    ("revisit_seconds = 15", "each is asked every 15 s"),
    ("revisit_seconds = 5400", "each is asked every 90 min"),
    ("cron = '0 6 * * 1-5'", "each is asked at fixed times, in the words of cron: 0 6 * * 1-5"),
    ("revisit_seconds = NULL", "about 12 times at most in its first 30 days"),
]


@pytest.mark.parametrize(("fixed", "says"), TIMES)
async def test_how_often_an_article_is_asked(other: Path, fixed: str, says: str) -> None:
    looks = "INSERT INTO meta VALUES ('looks', '12'), ('watch_days', '30')"
    change(other, looks, f"UPDATE sources SET {fixed}", "UPDATE articles SET next_visit_at = '2026'")
    with serving(other) as web:
        assert says in await told(web, HARBOUR)


async def test_articles_that_nobody_looks_at_are_not_asked(other: Path) -> None:
    ended = "UPDATE sources SET revisit_seconds = 15, state = 'removed'"
    change(other, ended, "UPDATE articles SET next_visit_at = '2026'")
    with serving(other) as web:
        said = await told(web, HARBOUR)
    assert "0 articles" in said
    assert "15 s" not in said


async def test_articles_to_which_other_hosts_lead_are_said(other: Path) -> None:
    """Nobody at that host reads that it is asked for nothing, but sees requests."""
    looks = "INSERT INTO meta VALUES ('looks', '12'), ('watch_days', '30')"
    change(other, looks, "UPDATE articles SET next_visit_at = '2026', host = 'kurz.example'")
    with serving(other) as web:
        said, german = await told(web, HARBOUR), await told(web, HARBOUR, "?lang=de")
        made = json.loads((await web.client.get(f"/-/host/{HARBOUR}.json")).text)
    count = made["articles_led_here"]
    assert count > 0 == made["articles"]
    assert f"{count} article{'s' if count > 1 else ''} to which addresses of other hosts lead" in said
    assert "zu denen Adressen anderer Server führen" in german
    assert "only what changed is asked for where the host can tell" in said


async def test_what_bounds_all_looks_is_said(other: Path) -> None:
    looks = "INSERT INTO meta VALUES ('looks', '30'), ('watch_days', '30'), ('per_day', '2400')"
    change(other, looks, "UPDATE articles SET next_visit_at = '2026'")
    with serving(other) as web:
        assert "all articles together, those of other hosts too, at most 2,400 times a day" in await told(web, HARBOUR)
        assert "höchstens 2.400-mal am Tag" in await told(web, HARBOUR, "?lang=de")
        assert json.loads((await web.client.get(f"/-/host/{HARBOUR}.json")).text)["looks_per_day"] == 2400


@pytest.mark.parametrize(
    ("meta", "says"), [("('looks', '')", "ever less often as it ages"), ("('x', '')", "not known yet")]
)
async def test_what_is_not_planned_is_said(other: Path, meta: str, says: str) -> None:
    change(other, f"INSERT INTO meta VALUES {meta}", "UPDATE articles SET next_visit_at = '2026'")
    with serving(other) as web:
        page = await told(web, HARBOUR)
    assert says in page
    assert "on the mean" not in page


@pytest.mark.parametrize(
    ("column", "why"), [("asked_until", "It asked to be left alone"), ("rests_until", "It failed 6 times in a row")]
)
async def test_a_host_at_rest(other: Path, column: str, why: str) -> None:
    change(other, f"UPDATE hosts SET {column} = '{text_of(START + timedelta(days=99_999))}'")
    with serving(other) as web:
        assert why in await told(web, HARBOUR)


async def test_the_last_failure_in_german_is_one(other: Path) -> None:
    change(other, "UPDATE hosts SET failures = 1")
    with serving(other) as web:
        assert "Die letzte Anfrage scheiterte: 24.11.2026" in await told(web, HARBOUR, "?lang=de")
        assert "The last request failed: 24 Nov 2026" in await told(web, HARBOUR)


async def test_a_pace_of_its_own_and_a_pause_that_was_cut_are_said(other: Path) -> None:
    change(
        other,
        "UPDATE hosts SET robots_body = 'User-agent: *\nDisallow: /'",
        "UPDATE host_days SET cut = 1 WHERE day = '2026-11-24'",
    )
    with serving(other) as web:
        page = await told(web, HARBOUR)
    assert "one request every 4 s, as agreed for this host" in page
    assert "It does not let us ask for anything here" in page
    assert "for 12 min in all. Once we asked before that was over." in page


async def test_the_outlet_leads_there_and_unknown_hosts_nowhere(web: Datasette) -> None:
    assert f'href="/-/host/{ELBE}"' in await html(web, "/-/outlet/2")
    assert "No host is called zeitung.example here." in await told_missing(web, "zeitung.example")
    assert "not" in await told_missing(web, "%2e%2e")


async def told_missing(web: Datasette, host: str) -> str:
    return plain(await html(web, f"/-/host/{host}", 404))


async def test_a_host_with_a_port(other: Path) -> None:
    change(other, "INSERT INTO hosts (host) VALUES ('127.0.0.1:8080')", "INSERT INTO hosts (host) VALUES ('[::1]:81')")
    with serving(other) as web:
        for name in ("127.0.0.1:8080", "127.0.0.1%3A8080", "%5B::1%5D:81"):
            page = await told(web, name)
            assert "Nothing was asked since this is counted." in page
            assert "It was not asked for yet." in page


@pytest.mark.parametrize(("publish", "shows"), [("full", True), ("excerpts", False), ("metrics", False)])
async def test_the_text_of_robots_txt_is_the_sites(other: Path, publish: Publish, shows: bool) -> None:
    with serving(other, publish=publish) as web:
        page = await html(web, f"/-/host/{HARBOUR}")
        assert ("Disallow: /intern/" in page) is shows
        assert "<img src=x" not in page
        found = json.loads((await web.client.get(f"/-/host/{HARBOUR}.json")).text)
    assert bool(found["robots"]["body"]) is shows
    assert found["total"]["requests"] == 3 * 21
    assert (found["gap"], found["closest"], found["days"][0]["paused"]) == (5.0, 5.04, 240.0)


async def test_who_may_not_read_the_table_sees_no_page(other: Path) -> None:
    closed = {"databases": {other.stem: {"tables": {"host_days": {"allow": False}}}}}
    with serving(other, more_metadata=closed) as web:
        assert (await web.client.get(f"/-/host/{HARBOUR}")).status_code == 403


async def test_in_german(web: Datasette) -> None:
    page = await told(web, HARBOUR, "?lang=de")
    assert "Wie wir mit harbourpost.example umgehen" in page
    assert "eine Anfrage je 5 s, wie es robots.txt verlangt" in page


def test_what_is_measured_is_never_rounded_up_to_what_was_asked_for() -> None:
    assert [pause(seconds) for seconds in (0.5, 1.99, 2.0, 9.96, 95.9, 240, 3599.9, 7199, 7200, 200_000)] == [
        "0.5 s", "1.9 s", "2 s", "9.9 s", "95 s", "4 min", "3599 s", "119 min", "2 h", "55 h",
    ]  # fmt: skip
    assert [size(count) for count in (1, 999, 70_512, 2.4e6, 3e9)] == [
        "1 byte", "999 bytes", "70.5 kB", "2.4 MB", "3.0 GB",
    ]  # fmt: skip


def test_an_interval_that_was_set_is_said_to_the_letter() -> None:
    assert [every(seconds) for seconds in (1.5, 60, 90, 120, 3600, 5400, 86400, 172800)] == [
        "every 1.5 s", "every minute", "every 90 s", "every 2 min", "every hour", "every 90 min", "every day",
        "every 2 days",
    ]  # fmt: skip
