"""Looks that are planned by what is learned: what the store hands out, what it keeps, and what `nachtrag why` says."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.rows import text_of
from db.store.articles import Bound, due_articles
from db.store.connection import Store
from db.store.planning import keep_learned, learned, plan, to_plan
from schedules.config import load
from schedules.queues import Queues
from tests.product import Inside
from tests.site import Site
from tests.world import AT_ONCE, OLD, SILENT, START, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.product import Product

SECOND = "https://zeitung.example/b"
DAY = timedelta(days=1)
BY_AGE = "[budget]\nby_age = true\n"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", AT_ONCE)
    yield made
    made.store.close()


def test_the_budget_bounds_neither_first_looks_nor_those_with_an_interval_of_their_own(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.poll(URL, SECOND)
    world.wait(days=1)
    for limit, bound, urls in (
        (10, Bound(0), [SECOND]),
        (10, Bound(0, ("Zeitung",)), [SECOND, URL]),
        (10, Bound(0, ("Anzeiger",)), [SECOND]),
        (10, Bound(1), [SECOND, URL]),
        (2, Bound(1), [SECOND, URL]),
        (1, Bound(0), [SECOND]),
        (10, None, [SECOND, URL]),
    ):
        handed_out = world.store.call(due_articles, world.now, limit, 8, bound=bound)
        assert sorted(item.url for item in handed_out) == sorted(urls)
        world.wait(days=1)  # the leases are over


def planned(world: World) -> list[str]:
    return [item.url for item in world.store.read(to_plan, world.now, START - DAY, 0, 10)[0]]


def test_only_what_nothing_is_wrong_with_is_planned_again(world: World) -> None:
    world.poll(URL)
    assert planned(world) == []  # it was never looked at
    world.look(**OLD)
    assert planned(world) == [URL]
    world.look(404)
    assert planned(world) == []
    world.look(**OLD)
    world.fail()
    assert planned(world) == []


def test_an_article_whose_ruling_is_open_keeps_the_time_of_its_look(tmp_path: Path) -> None:
    made = World(tmp_path / "n.db", Patience())
    made.poll(URL)
    made.look(**OLD)
    made.wait(hours=2)
    made.look(**SILENT)
    assert planned(made) == []
    made.store.close()


def test_a_source_that_is_not_believed_moves_no_look_but_goes_on_being_tried(world: World) -> None:
    def article() -> tuple[str, int]:
        row = world.rows("SELECT next_visit_at, hinted FROM articles")[0]
        return str(row["next_visit_at"]), int(row["hinted"])

    world.poll(URL, updated=START)
    world.look(**OLD)
    world.store.call(plan, [(1, world.now + DAY)], world.now)
    planned_for = article()
    assert planned_for[1] == 0
    world.poll(URL, updated=START + timedelta(minutes=5), heeded=False)
    assert article() == (planned_for[0], 1)
    world.poll(URL, updated=START + timedelta(minutes=9))
    assert article() == (text_of(world.now), 1)


def test_a_plan_moves_looks_that_are_to_come_and_no_others(world: World) -> None:
    def next_visit() -> str:
        return str(world.rows("SELECT next_visit_at FROM articles")[0]["next_visit_at"])

    world.poll(URL)
    world.look(**OLD)
    world.store.call(plan, [(1, world.now + DAY)], world.now)
    assert next_visit().startswith("2026-11-25T12:05")
    world.wait(days=2)
    world.store.call(plan, [(1, world.now + DAY)], world.now)
    assert next_visit().startswith("2026-11-25T12:05")  # it is due


def test_what_is_learned_is_kept_by_name(world: World) -> None:
    world.store.call(keep_learned, {"price": "0.1", "hour": "7"})
    world.store.call(keep_learned, {"price": "0.2"})
    assert world.store.read(learned) == {"price": "0.2", "hour": "7"}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(3) as made:
        yield made


def product(folder: Path, site: Site, *, budget: str = "[budget]\n", revisit: str = "") -> Inside:
    made = Inside(folder, Kreisblatt=site.feed)
    text = made.config.read_text("utf-8").replace('revisit = "1s"\n', revisit)
    made.config.write_text(text.replace("[web]", f"{budget}[web]"), "utf-8")
    return made


def why(made: Inside, site: Site, number: int = 1) -> str:
    return made.run("why", f"{site.url}/artikel/{number}.html").stdout


def test_the_whole_way(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    site.edit(1)
    made.once()
    rows = made.query("SELECT edits_known, exposure, born_at FROM articles ORDER BY id")
    assert [row["edits_known"] >= 1 for row in rows] == [True, False, False]
    assert all(row["exposure"] > 0 and row["born_at"] for row in rows[1:])
    kept = {row["name"]: json.loads(row["value"]) for row in made.query("SELECT name, value FROM learned")}
    assert sum(kept["arrivals"]) == 3
    said = why(made, site)
    assert "so it counts as" in said
    assert "so that 30 looks an article are enough" in said
    assert said.count("\n") == 1


def test_all_looks_are_planned_anew(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    before = [row["next_visit_at"] for row in made.query("SELECT next_visit_at FROM articles ORDER BY id")]
    with Store(tmp_path / "n.db") as store:
        queues = Queues(load(made.config), store, lambda: datetime.now(UTC))
        assert queues.planner is not None
        queues.planner.purse.price = 40.0
        asyncio.run(queues.plan_again())
    after = [row["next_visit_at"] for row in made.query("SELECT next_visit_at FROM articles ORDER BY id")]
    assert all(old < new for old, new in zip(before, after, strict=True))


def test_looks_are_planned_where_the_configuration_says_nothing(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site, budget="")
    made.once()
    assert "so that 30 looks an article are enough" in why(made, site)


def test_why_by_age_and_with_an_interval(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site, budget=BY_AGE)
    made.once()
    assert "12 % of the time" in why(made, site)
    made.config.write_text(made.config.read_text("utf-8") + 'revisit = "90m"\n', "utf-8")
    assert "`revisit` is 90 min" in why(made, site)
    made.config.write_text(made.config.read_text("utf-8").replace('"90m"', '"10s"'), "utf-8")
    assert "`revisit` is 10 s" in why(made, site)
    made.config.write_text(made.config.read_text("utf-8").replace('"10s"', '"90m"'), "utf-8")
    cron = made.config.read_text("utf-8").replace('revisit = "90m"', 'cron = "0 6 * * 1-5"\nquiet = "00:00-12:00"')
    host = f'[[hosts]]\nname = "{site.url.removeprefix("http://")}"\nquiet = "12:00-00:00"\n'
    made.config.write_text(cron + host, "utf-8")
    said = why(made, site)
    assert "`cron` is 0 6 * * 1-5" in said
    assert "That lies in quiet hours: it is put off until they end, " in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("paused = 1", "It is paused"),
        ("state = 'suspect'", "another one is to confirm that"),
        ("state = 'gone', missing_since = '2026-11-24T12:00:00.000000+00:00'", "It is gone since 2026-11-24 12:00 UTC"),
        ("failures = 3, error = 'no answer', error_code = 'timeout'", "The last 3 looks failed: no answer [timeout]."),
        ("revision_id = NULL", "It waits for its first look."),
        ("next_visit_at = NULL", "It is not looked at again"),
        (
            "hinted = 1",
            'Its source "Kreisblatt" said that it was edited; how often that is true is not known yet.',
        ),
        (
            "first_seen_at = '2020-01-01T12:00:00.000000+00:00'",
            "The close watch of 30.0 d is over since 2020-01-31 12:00 UTC; later looks show whether it is still there.",
        ),
    ],
)
def test_why_says_what_goes_before_all_planning(site: Site, tmp_path: Path, change: str, said: str) -> None:
    made = product(tmp_path, site)
    made.once()
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute(f"UPDATE articles SET {change} WHERE id = 1")
    assert said in why(made, site)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("source removed", 'It is not looked at: all that listed it was removed ("Kreisblatt"); `nachtrag add` takes'),
        ("source paused", 'It is not looked at: what lists it is paused ("Kreisblatt"); `nachtrag resume` takes it'),
        ("paused", "It is paused, and rests until somebody resumes it."),
        ("removed", "It is not looked at again: it was removed; `nachtrag add` takes it up again."),
        ("taken down", "It is not looked at again: it was taken down on 20"),
    ],
)
def test_why_of_an_article_that_nobody_follows_says_why_not(site: Site, tmp_path: Path, end: str, said: str) -> None:
    made, url = product(tmp_path, site), f"{site.url}/artikel/1.html"
    made.once()
    {
        "source removed": lambda: made.run("remove", "Kreisblatt"),
        "source paused": lambda: made.run("pause", "Kreisblatt"),
        "paused": lambda: made.run("pause", url),
        "removed": lambda: made.run("remove", url),
        "taken down": lambda: made.run("takedown", url, "--yes"),
    }[end]()
    found = why(made, site)
    assert re.fullmatch(rf"{re.escape(url)} was looked at last \S+ \S+ UTC\. {re.escape(said)}.*\n", found)
    assert " due " not in found


def test_what_was_paused_meanwhile_brings_no_looks_any_more(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    with Store(tmp_path / "n.db") as store:
        queues = Queues(load(made.config), store, lambda: datetime.now(UTC))
        assert queues.planner is not None
        before = queues.planner.purse.hourly, queues.planner.purse.saved
        made.run("pause", f"{site.url}/artikel/1.html")
        asyncio.run(queues.plan_again())
        assert sum(queues.planner.purse.arrivals) == 2
        made.run("resume", f"{site.url}/artikel/1.html")
        asyncio.run(queues.plan_again())
        assert queues.planner.purse.hourly == pytest.approx(before[0])
        assert queues.planner.purse.saved == pytest.approx(before[1], abs=0.1)


def test_why_counts_what_came_of_hints(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute("UPDATE articles SET hinted = 1")
        con.execute("UPDATE learned SET value = json_set(value, '$[2][0]', 7, '$[2][1]', 3) WHERE name LIKE 'source %'")
    assert "said that it was edited; so far 5 of 7 looks after it had said so found an edit." in why(made, site)


def test_why_says_that_no_look_of_the_close_watch_pays(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute("UPDATE learned SET value = '1e9' WHERE name = 'price'")
    said = why(made, site)
    assert re.search(r"No look within the close watch of 30\.0 d, until \S+ \S+ UTC, is worth its price; later", said)
    assert "over" not in said


@pytest.mark.parametrize(
    ("because", "wait", "said"),
    [
        ("asked_until", 3, "But its host asked to be left alone (Retry-After) until {}: it is looked at after that."),
        ("rests_until", 3, "But its host failed 7 times in a row and rests until {}: then one request finds out"),
        ("quiet", 3, "But its host is not asked again before {}, for a pause lies between two requests."),
        ("asked_until", 1, "Its host asked to be left alone (Retry-After) and rests until {}, which is over by then."),
        ("rests_until", 1, "Its host failed 7 times in a row and rests until {}, which is over by then."),
    ],
)
def test_why_says_which_holds_where_the_host_rests(
    site: Site, tmp_path: Path, because: str, wait: int, said: str
) -> None:
    made, now = product(tmp_path, site), datetime.now(UTC)
    made.once()
    due, until = (now + timedelta(hours=hours) for hours in (2, wait))
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute("UPDATE articles SET next_visit_at = ?", [text_of(due)])
        con.execute(f"UPDATE hosts SET failures = 7, {because} = ?", [text_of(until)])
        # What was asked for is noted when it is heard, and again when the look is over.
        later = timedelta(milliseconds=200) if because == "asked_until" else timedelta()
        con.execute("UPDATE hosts SET free_at = ?", [text_of(until + later)])
    assert said.format(f"{until:%F %H:%M} UTC") in why(made, site)
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute("UPDATE articles SET paused = 1")
    assert "its host" not in why(made, site).lower()


def test_why_knows_the_host_to_which_a_redirect_leads(site: Site, tmp_path: Path) -> None:
    made, until = product(tmp_path, site), datetime.now(UTC) + timedelta(hours=3)
    made.once()
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute(
            "UPDATE articles SET url = 'https://www.kreisblatt.example/1', next_visit_at = first_seen_at WHERE id = 1"
        )
        rests = ["www.kreisblatt.example", *[text_of(until)] * 2]
        con.execute("INSERT INTO hosts (host, free_at, asked_until) VALUES (?, ?, ?)", rests)
    said = made.run("why", "https://www.kreisblatt.example/1").stdout
    assert f"But its host asked to be left alone (Retry-After) until {until:%F %H:%M} UTC" in said


def test_why_is_of_the_moment_that_is_due(site: Site, tmp_path: Path) -> None:
    """Not of the moment that would be planned by what a look costs now."""
    made = product(tmp_path, site)
    made.once()
    found = datetime.now(UTC)
    due = found + timedelta(minutes=83)
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        moments = [text_of(found), text_of(due)]
        con.execute("UPDATE articles SET born_at = ?, next_visit_at = ? WHERE id = 1", moments)
        con.execute("UPDATE articles SET first_seen_at = born_at WHERE id = 1")
    said = why(made, site)
    assert f"It is due {due:%F %H:%M} UTC" in said
    assert 'At 83 min of age articles of "Kreisblatt" are edited' in said
    assert "of this one next to nothing is known yet, and it counts as" in said


@pytest.mark.parametrize(("edits", "lively"), [(3, "just"), (30, r"[2-9]\.\d times")])
def test_why_says_how_lively_an_article_is(site: Site, tmp_path: Path, edits: int, lively: str) -> None:
    made = product(tmp_path, site)
    made.once()
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute("UPDATE articles SET edits_known = ?, exposure = 3", [edits])
    assert re.search(f"so it counts as {lively} as lively as the others", why(made, site))


def test_why_names_all_that_bounds_looks(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site, budget="[budget]\nper_day = 24\n")
    made.once()
    assert "so that 30 looks an article, and at most 24 a day for all of them, are enough" in why(made, site)


def test_why_says_what_makes_looks_cheap_or_dear(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    assert "304" not in why(made, site)
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        ((name, value),) = con.execute("SELECT name, value FROM learned WHERE name LIKE 'source %'").fetchall()
        ages, chances, hints = json.loads(value)
        kept = {name: [ages, chances, [*hints[:4], 0.3]], "dearer": {site.url.removeprefix("http://"): 1.5}}
        con.executemany(
            "INSERT OR REPLACE INTO learned (name, value) VALUES (?, ?)",
            [(key, json.dumps(each)) for key, each in kept.items()],
        )
    said = why(made, site)
    assert 'So many looks at "Kreisblatt" are answered "304 Not Modified" that one costs 0.3 of a look' in said
    assert "Looks wait for their turn at its host, so one there must bring 1.5 times as much." in said


@pytest.mark.parametrize(("prefer", "price"), [("early", 0.5), ("balanced", 0.5), ("all", 0.02)])
def test_why_names_what_is_compared(site: Site, tmp_path: Path, prefer: str, price: float) -> None:
    """Just after planning the look is worth its price: nothing moved meanwhile."""
    made = product(tmp_path, site, budget=f'[budget]\nprefer = "{prefer}"\n')
    made.once()
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute("UPDATE learned SET value = ? WHERE name = 'price'", [str(price)])
    with Store(tmp_path / "n.db") as store:
        asyncio.run(Queues(load(made.config), store, lambda: datetime.now(UTC)).plan_again())
    said = why(made, site)
    if prefer == "all":
        assert "as many looks are taken as pay, " in said
        return
    found = re.search(r'`prefer` is "(\w+)"\): ([\d.]+)\. It costs 0\.5, so that', said)
    assert found is not None
    assert found[1] == prefer
    assert 0.49 <= float(found[2]) < 0.8
    assert "That changed since" not in said
    for other in ("1.2", "0.1"):
        with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
            con.execute("UPDATE learned SET value = ? WHERE name = 'price'", [other])
        assert "That changed since the look was planned" in why(made, site)


def spent(made: Product, *, per_day: float) -> None:
    """All that may be spent in a day was, in the hour before this one."""
    with closing(sqlite3.connect(made.folder / "n.db")) as con, con:
        kept = {"saved": 0.0, "spent": [per_day, 0.0], "granted": [per_day, 0.0]}
        con.executemany("UPDATE learned SET value = ?2 WHERE name = ?1", [(k, json.dumps(v)) for k, v in kept.items()])


def test_why_and_status_say_that_the_budget_is_spent(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site, budget="[budget]\nper_day = 1000\n")
    made.once()
    with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
        con.execute("UPDATE articles SET next_visit_at = first_seen_at")
    assert "is spent" not in why(made, site) + made.run("status").stdout
    assert made.status()["budget_spent_until"] is None
    spent(made, per_day=1000)
    said = why(made, site)
    until = re.search(r"It is due since .* But the budget for looks is spent until about (\S+ \S+) UTC", said)
    assert until is not None
    wait = datetime.fromisoformat(f"{until[1]}+00:00") - datetime.now(UTC)
    assert timedelta(hours=23) < wait < timedelta(hours=25)  # what was spent counts for 24 hours
    with Store(tmp_path / "n.db") as store:
        queues = Queues(load(made.config), store, lambda: datetime.now(UTC))
        asyncio.run(queues.workers[1].turn())  # hands out nothing, and says so
    told = made.status()["budget_spent_until"]
    assert abs(datetime.fromisoformat(told) - datetime.now(UTC) - wait) < timedelta(minutes=3)
    assert f"the budget for looks is spent:\n  until about {told[:10]}" in made.run("status").stdout
    made.config.write_text(made.config.read_text("utf-8") + 'revisit = "90m"\n', "utf-8")
    assert "is spent" not in why(made, site)


def test_why_of_an_address_that_nobody_follows(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.once()
    said = made.run("why", "https://nowhere.example/x", expect=1).stderr
    assert "https://nowhere.example/x" in said
    assert "polled" not in said


def test_why_names_sources_that_rest_before_they_were_polled(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site)
    made.config.write_text(made.config.read_text("utf-8") + 'quiet = "00:00-12:00"\n', "utf-8")
    host = f'[[hosts]]\nname = "{site.url.removeprefix("http://")}"\nquiet = "12:00-00:00"\n'
    made.config.write_text(made.config.read_text("utf-8") + host, "utf-8")
    made.once()
    said = made.run("why", f"{site.url}/artikel/1.html", expect=1).stderr
    assert 'the source "Kreisblatt" was never polled yet, it is polled ' in said
    assert ", and its quiet hours last until " in said


def test_a_budget_that_is_set_later_counts_what_is_followed_already(site: Site, tmp_path: Path) -> None:
    made = product(tmp_path, site, budget=BY_AGE)
    made.once()
    assert made.query("SELECT * FROM learned") == []
    made.config.write_text(made.config.read_text("utf-8").replace(BY_AGE, ""), "utf-8")
    with Store(tmp_path / "n.db") as store:
        planner = Queues(load(made.config), store, lambda: datetime.now(UTC)).planner
        assert planner is not None
        assert sum(planner.purse.arrivals) == 3
