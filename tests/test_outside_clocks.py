"""What feeds, sitemaps and HTTP say of an article is kept beside its versions, as a fact, and changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from db.store.history import versions_of
from db.store.rulings import asked_again
from scraper.article import Clock, Covers
from scraper.beside import http_clock
from scraper.feeds.kinds import Reading, read_as
from tests.test_rereads import Again
from tests.web_server import change, html, plain, serving
from tests.world import DISCOVERED, MARKED, OLD, SILENT, URL, World

if TYPE_CHECKING:
    from pathlib import Path

    from scraper.feeds.kinds import Kind

DAY, MINUTE, SECOND = 86_400, 60, 1
RSS = "<rss><channel><item><link>https://blatt.example/1</link>{}</item></channel></rss>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://blatt.example/1"/>{}</entry></feed>'
JSON = '{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"url": "https://blatt.example/1", {}}}]}}'
SITEMAP = "<urlset><url><loc>https://blatt.example/1</loc>{}</url></urlset>"
API = '{{"news": [{{"detailsweb": "https://blatt.example/1", {}}}]}}'
SAID: list[tuple[str, Kind, str, dict[str, tuple[str, str | None, int]]]] = [
    (RSS, "feed", "<pubDate>Wed, 15 May 2024 10:00:00 CEST</pubDate>",
     {"published_feed": ("Wed, 15 May 2024 10:00:00 CEST", "08:00:00", SECOND)}),
    (RSS, "feed", "<pubDate>Wed, 31 Feb 2024 10:00:00 GMT</pubDate>",
     {"published_feed": ("Wed, 31 Feb 2024 10:00:00 GMT", None, 0)}),
    (RSS, "feed", "<title>Ohne Datum</title>", {}),
    (ATOM, "feed", "<published>2024-05-15T08:00Z</published><updated>2024-05-15T10:00:05+02:00</updated>",
     {"published_feed": ("2024-05-15T08:00Z", "08:00:00", MINUTE),
      "feed": ("2024-05-15T10:00:05+02:00", "08:00:05", SECOND)}),
    (JSON, "feed", '"date_published": 5, "date_modified": "2024-05-15T08:00:00Z"',
     {"feed": ("2024-05-15T08:00:00Z", "08:00:00", SECOND)}),
    (JSON, "feed", '"date_modified": "\\ud800 gestern"', {"feed": ("\ufffd gestern", None, 0)}),
    (SITEMAP, "sitemap", "<lastmod>2024-05-15</lastmod>", {"sitemap": ("2024-05-15", "00:00:00", DAY)}),
    (SITEMAP, "sitemap", "<news><publication_date>2024-05-15T08:00Z</publication_date></news>",
     {"published_sitemap": ("2024-05-15T08:00Z", "08:00:00", MINUTE)}),
    (API, "api", '"date": "2024-05-15T10:00:00.000+02:00"',
     {"api": ("2024-05-15T10:00:00.000+02:00", "08:00:00", SECOND)}),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind", "said", "expected"), SAID, ids=[said for _, _, said, _ in SAID])
def test_dates_are_kept_as_sources_write_them(
    source: str, kind: Kind, said: str, expected: dict[str, tuple[str, str | None, int]]
) -> None:
    how = Reading(kind, datetime(1990, 1, 1, tzinfo=UTC))
    (entry,) = read_as(how, source.format(said).encode(), "", "https://blatt.example/f").entries
    found = {clock.kind: clock for clock in entry.clocks}
    assert {name: clock.raw for name, clock in found.items()} == {name: raw for name, (raw, _, _) in expected.items()}
    for name, (_, start, seconds) in expected.items():
        begins = datetime.fromisoformat(f"2024-05-15T{start}+00:00") if start else None
        covers = Covers(begins, begins + timedelta(seconds=seconds)) if begins else None
        assert found[name].covers == covers
        assert (entry.published_at if name.startswith("published_") else entry.updated_at) == begins


def test_a_stamp_that_is_of_the_sitemap_is_none_of_its_entries() -> None:
    news = "<news><publication_date>2024-05-15T08:00:00Z</publication_date></news>"
    body = "".join(
        f"<url><loc>https://blatt.example/{n}</loc><lastmod>2024-05-15T10:00:00Z</lastmod>{news}</url>"
        for n in range(20)
    )
    feed = read_as(Reading("sitemap", datetime(1990, 1, 1, tzinfo=UTC)), f"<urlset>{body}</urlset>".encode(), "", URL)
    assert {clock.kind for entry in feed.entries for clock in entry.clocks} == {"published_sitemap"}
    assert len(feed.entries) == 20


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("last-modified", "Wed, 15 May 2024 08:00:00 GMT"),),
         Clock("http", Covers(datetime(2024, 5, 15, 8, tzinfo=UTC), datetime(2024, 5, 15, 8, 0, 1, tzinfo=UTC)),
               "Wed, 15 May 2024 08:00:00 GMT")),
        ((("last-modified", "never"),), Clock("http", None, "never")),
        ((("last-modified", "\udcff"),), Clock("http", None, "\ufffd")),
        ((("last-modified", " "),), None),
        ((), None),
    ],
)  # fmt: skip
def test_the_clock_of_an_answer(headers: tuple[tuple[str, str], ...], expected: Clock | None) -> None:
    assert http_clock(headers, datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) == expected


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "world.db")


def at(world: World, minute: int) -> datetime:
    return world.now.replace(hour=12, minute=minute)


def outside(world: World, revision: int) -> list[tuple[Any, ...]]:
    """Kind, source and text of what is kept beside a version."""
    rows = world.rows(
        """SELECT c.kind, s.name, c.raw FROM outside_clocks c LEFT JOIN sources s ON s.id = c.source_id
           WHERE c.revision_id = ? ORDER BY c.position""",
        revision,
    )
    return [tuple(row.values()) for row in rows]


def test_a_version_is_kept_with_what_was_said_outside_when_it_was_first_seen(world: World) -> None:
    world.poll(URL, updated=at(world, 1))
    world.look(**OLD, modified=2)
    world.poll(URL, updated=at(world, 20))
    world.look(**MARKED, modified=21)
    first = [
        ("feed", "Zeitung", "2026-11-24T12:01:00+00:00"), ("http", None, "Tue, 24 Nov 2026 12:02:00 GMT")
    ]  # fmt: skip
    second = [
        ("feed", "Zeitung", "2026-11-24T12:20:00+00:00"), ("http", None, "Tue, 24 Nov 2026 12:21:00 GMT")
    ]  # fmt: skip
    assert [outside(world, revision) for revision in (1, 2)] == [first, second]
    (row,) = world.store.call(lambda con: con.execute("SELECT * FROM articles").fetchall())
    versions = world.store.call(lambda con: versions_of(con, row))
    assert versions[1]["outside_clocks"] == [
        {"kind": "feed", "at": "2026-11-24T12:20:00.000000+00:00", "raw": second[0][2], "source": "Zeitung"},
        {"kind": "http", "at": "2026-11-24T12:21:00.000000+00:00", "raw": second[1][2], "source": None},
    ]


def say(world: World, kind: str, minute: int) -> None:
    """The source lists the article with that date, as a sitemap or an API would."""
    world.poll(URL, updated=at(world, minute))
    world.store.call(lambda con: con.execute("UPDATE listings SET clocks = replace(clocks, 'feed', ?)", [kind]))


@pytest.mark.parametrize(
    ("kind", "before", "since", "row"),
    [
        ("sitemap", 1, 31, 20),
        ("api", 1, 31, 20),
        ("feed", 1, 31, 22),  # it is for readers
        ("sitemap", 1, 59, 22),  # of a later edit, perhaps: an edit of ours was seen by then
        ("sitemap", 31, 31, 22),  # it had said so before the edit was seen
    ],
)
def test_what_sitemaps_say_since_belongs_to_the_edit_of_that_moment(
    world: World, kind: str, before: int, since: int, row: int
) -> None:
    say(world, kind, before)  # 12:05
    world.look(**OLD)
    world.wait(minutes=25).look(**OLD)
    world.wait(minutes=10).look(**SILENT)  # the window: 12:15 to 12:40
    say(world, kind, since)
    for _ in range(8):
        world.wait(minutes=20).look(**SILENT)
        world.judge()
    (ruled,) = world.rows("SELECT rule, evidence FROM rulings ORDER BY id DESC LIMIT 1")
    assert ruled["rule"] == row
    assert (f'machines were told","{kind} → 2026-11-24T12:31:00+00:00' in str(ruled["evidence"])) == (row == 20)


def test_what_a_sitemap_said_is_known_when_it_says_something_else(world: World) -> None:
    """The next version was seen with it."""
    say(world, "sitemap", 1)
    world.look(**OLD)
    world.wait(minutes=10).look(**SILENT)
    say(world, "sitemap", 9)
    for _ in range(8):
        world.wait(minutes=20).look(**SILENT)
    world.look(**{**SILENT, "text": "Niemand starb."})
    say(world, "sitemap", 50)
    due = world.store.read(asked_again, 2, world.now)
    assert [clock.raw for clock in due.course.outside] == ["2026-11-24T12:09:00+00:00", "2026-11-24T12:50:00+00:00"]


def test_what_moves_outside_makes_no_version_and_no_event(world: World) -> None:
    world.poll(URL, updated=at(world, 1))
    world.look(**OLD, modified=2)
    before = world.rows("SELECT fingerprint, clocks FROM revisions r JOIN articles a ON a.revision_id = r.id")
    for minute in (20, 30, 40):
        world.poll(URL, updated=at(world, minute))
        world.look(**OLD, modified=minute + 1)
    world.judge()
    assert world.rows("SELECT fingerprint, clocks FROM revisions r JOIN articles a ON a.revision_id = r.id") == before
    assert world.rows("SELECT count(*) AS number FROM revisions") == [{"number": 1}]
    assert world.told() == [DISCOVERED]


def test_what_feeds_and_servers_say_tells_no_machine_but_is_shown(world: World) -> None:
    """The feed and the server say that the page was changed; the page itself does not."""
    world.poll(URL, updated=at(world, 1))
    world.look(**OLD, modified=2)
    world.wait(minutes=30)
    world.poll(URL, updated=at(world, 40))
    world.look(**SILENT, modified=41)
    for _ in range(4):
        world.wait(minutes=30).look(**SILENT, modified=41)
    world.judge()
    (ruling,) = world.rows("SELECT verdict, rule, evidence FROM rulings ORDER BY id DESC LIMIT 1")
    assert (ruling["verdict"], ruling["rule"]) == ("unmarked", 22)
    assert '["stamps beside the page","feed → 2026-11-24T12:40:00+00:00; http → Tue, 24 Nov' in str(ruling["evidence"])
    assert "machines were told" not in str(ruling["evidence"])
    assert '["other clocks","none moved"]' in str(ruling["evidence"])
    kinds = world.rows("SELECT DISTINCT kind FROM revision_clocks ORDER BY kind")
    assert [row["kind"] for row in kinds] == ["modified_ld", "stand"]


def test_a_page_that_is_read_again_keeps_what_was_said_when_it_came(world: World) -> None:
    world.poll(URL, updated=at(world, 1))
    world.look(**OLD, modified=2)
    world.poll(URL, updated=at(world, 20))
    Again(world, {**OLD, "text": "Acht Tote.", "read_with": "generic/9"}).record()
    assert outside(world, 2) == outside(world, 1) != []


async def test_the_page_of_an_article_shows_them_apart(other: Path) -> None:
    stamp = "'2026-11-24T07:00:00.000000+00:00', 60, NULL"
    change(
        other,
        f"INSERT INTO outside_clocks VALUES (4, 0, 2, 'feed', {stamp}, 'Tue, 24 Nov 2026 07:00 GMT')",
        "INSERT INTO outside_clocks VALUES (4, 1, NULL, 'http', NULL, NULL, NULL, '<b>never</b>')",
    )
    with serving(other) as web:
        page = await html(web, "/-/article/1")
    text = plain(page)
    assert text.count("Beside the page, when this version was first seen") == 1
    assert "Updated (feed) Tue, 24 Nov 2026 07:00 GMT = 24 Nov 2026, 07:00 UTC Elbkurier" in text
    assert "Last-Modified (HTTP) &lt;b&gt;never&lt;/b&gt; names no moment that we can tell" in text
