"""The pages as Datasette serves them, asked in the same process: what they say."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from changes.wording import verdict_words
from tests.web_sample import CHANGES, EDITS, LAST_REVISION, PAYWALLED, empty
from tests.web_server import PAGES, change, edits, html, plain, serving

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette


KEPT = "SELECT name FROM pragma_table_info('revisions') WHERE name NOT IN ('id', 'number')"
RULED_ALIKE = """
INSERT INTO rulings (revision_id, kept_at, verdict, rule, rule_version, settled, kept_not_after, evidence,
    previous_hash, hash)
SELECT ?, at, verdict, rule, rule_version, settled, not_after, evidence, previous_hash, hash FROM rulings
WHERE revision_id = ? ORDER BY id DESC LIMIT 1
"""


def copy_revision(file: Path, revision: int, numbers: range) -> None:
    """Add versions to an article that are copies of one."""
    with closing(sqlite3.connect(file)) as con, con:
        columns = ", ".join(column[0] for column in con.execute(KEPT))
        copied = f"INSERT INTO revisions (number, {columns}) SELECT ?, {columns} FROM revisions WHERE id = ?"
        for number in numbers:
            copy = con.execute(copied, [number, revision]).lastrowid
            con.execute(RULED_ALIKE, [copy, revision])


async def test_the_front_page_lists_changes_newest_first(web: Datasette) -> None:
    page = await html(web, "/")
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older is not None
    page += await html(web, older[1].replace("&amp;", "&"))
    listed = edits(page)
    assert listed[0] == str(LAST_REVISION)
    assert set(listed) == {"2", "3", "4", "6", "7", "8", "9", "13", *(str(15 + 2 * n) for n in range(len(EDITS)))}
    assert not [verdict for verdict in EDITS if verdict_words(verdict) not in page]
    assert "<del>erst um</del> <ins>gegen</ins> Mitternacht" in page
    text = plain(page)
    assert "Tuesday, 24 November 2026" in text
    stands = "Stand: 24.11.2026 06:52 Uhr (= 05:52 UTC) → to Stand: 24.11.2026 07:40 Uhr (= 06:40 UTC)"
    assert f"between 06:31 and 06:47 UTC {stands}" in text
    assert "between 08:00 and 08:11 UTC Stand: 24.11.2026 07:40 Uhr (= 06:40 UTC) , unchanged" in text
    assert (
        f"{PAYWALLED} articles {LAST_REVISION} versions last look 24 Nov 2026, 14:35 UTC 1 of 2 sources not answering"
        in text
    )


async def test_what_came_and_went_stands_among_the_changes(web: Datasette) -> None:
    text = plain(await html(web, "/"))
    gone = "https://harbourpost.example/sport/rowing-final-suspended: the server says 404"
    assert f"Rowing final suspended after collision with ferry no longer there {gone}" in text
    assert text.index("Intendanz am Stadttheater Wedersen there again") < text.index("Rowing final")


async def test_no_page_accuses(web: Datasette) -> None:
    for address in PAGES:
        assert not re.search(r"secret|silent|stealth|hidden|sneak", plain(await html(web, address)).lower())


async def test_the_list_is_narrowed_by_source_and_verdict(web: Datasette) -> None:
    assert edits(await html(web, "/?source=3")) == ["9", "8", "7", "6"]
    assert edits(await html(web, "/?source=3&verdict=minor")) == ["8"]
    gone = await html(web, "/?verdict=removed")
    assert (edits(gone), gone.count('<article class="entry">')) == ([], 2)
    assert "selected>Harbour Post" in await html(web, "/?source=3")


@pytest.mark.parametrize(
    ("strange", "said"),
    [
        ("source=x", "“x” is no number of a source"),
        ("verdict=%3Cb%3E", "“&lt;b&gt;” is nothing that we say"),
        ("before=yesterday", "“yesterday” is no place in the list"),
        ("tag=numbers", "“numbers” is no tag"),
        ("severity=9", "“9” is no weight"),
        ("movement=unconfirmed", "“unconfirmed” is nothing that numbers of comments come to"),
        ("words=-1", "“-1” is no number of words"),
        ("since=24.11.2026", "“24.11.2026” is no day like 2026-11-24"),
        ("until=2026-02-30", "“2026-02-30” is no day like 2026-11-24"),
        ("before=1~change~99999999999999999999999", "is no place in the list"),
    ],
)
async def test_a_filter_that_means_nothing_is_said_and_narrows_nothing(web: Datasette, strange: str, said: str) -> None:
    everything = edits(await html(web, "/"))
    page = await html(web, f"/?{strange}")
    assert edits(page) == everything
    assert said in page
    assert "the list is not narrowed by it." in page
    await html(web, f"/-/changes.atom?{strange}", 404)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("tag=correction+notice", ["4"]),
        ("tag=quotation&source=2", ["3"]),
        ("tag=hedge", []),
        ("severity=high&source=2", ["4", "3", "2"]),
        ("words=30", ["4", "9", "3"]),
        ("article=1", ["4", "3", "2"]),
        ("article=1&until=2026-11-23", []),
        ("article=1&since=2026-11-24&until=2026-11-24&tag=number&words=3", ["4", "3", "2"]),
    ],
)
async def test_the_list_is_narrowed_by_what_an_edit_changed(web: Datasette, asked: str, listed: list[str]) -> None:
    page = await html(web, f"/?{asked}")
    assert edits(page) == listed
    assert ("Nothing here" in page) == (not listed)
    feed = await html(web, f"/-/changes.atom?{asked}")
    assert feed.count("<entry>") == len(listed)


@pytest.mark.parametrize(("severity", "said"), [("medium", "of medium weight or more"), ("high", "of high weight")])
async def test_nothing_weighs_more_than_the_heaviest(web: Datasette, severity: str, said: str) -> None:
    feed = await html(web, f"/-/changes.atom?severity={severity}")
    assert f"<title>Nachtrag: changes, {said}</title>" in feed


async def test_an_edit_in_the_list_says_what_it_changed(web: Datasette) -> None:
    text = plain(await html(web, "/?article=1"))
    assert "high weight number: 350 → to 330 correction notice standfirst: …" in text


async def test_a_source_that_is_not_there_is_said(web: Datasette) -> None:
    page = await html(web, "/?source=999999999999999")
    assert "Nothing here" in page
    assert "There is no source number 999999999999999." in page
    await html(web, "/-/changes.atom?source=999999999999999", 404)


async def test_the_series_says_what_the_numbers_come_to(web: Datasette) -> None:
    text = plain(await html(web, "/-/article/1"))
    assert "Comment count, 9 values; 24 Nov 2026, 11:00 UTC: many fewer between two looks First seen" in text
    assert "118 −204 many fewer between two looks" in text


async def test_comment_counts_are_listed_for_those_who_ask(web: Datasette) -> None:
    page = await html(web, "/")
    assert "Tuesday, 24 November 2026 The number of comments changed under 1 article." in plain(page)
    assert '<option value="comments">number of comments changed</option>' in page
    assert "322 → 118 comments" not in page
    way = re.search(r'href="(/\?[^"]*verdict=comments[^"]*)"', page)
    assert way is not None
    listed = await html(web, way[1].replace("&amp;", "&"))
    assert listed.count('<article class="entry">') == 8
    assert "number of comments changed 322 → 118 comments between 10:40 and 11:00 UTC" in plain(listed)
    assert "number of comments changed under" not in await html(web, "/?source=3")


async def test_a_day_with_nothing_but_comments_is_listed(other: Path) -> None:
    change(other, "UPDATE events SET at = replace(at, '-24T', '-25T') WHERE verdict = 'comments'")
    with serving(other) as web:
        text = plain(await html(web, "/"))
    assert "Wednesday, 25 November 2026 The number of comments changed under 1 article. Tuesday, 24" in text


async def test_pages_of_the_list_follow_without_gap_or_overlap(other: Path) -> None:
    copy_revision(other, LAST_REVISION, range(3, 70))  # many edits in one instant, and articles that went in the same
    for number in range(12):
        change(
            other,
            f"""INSERT INTO events (uid, type, at, article_id, url, verdict, data)
                SELECT 'evt_more{number}', 'article.gone', seen_at, 3, '', 'removed', '{{}}'
                FROM revisions WHERE id = {LAST_REVISION}""",
        )
    seen: list[str] = []
    address = "/"
    with serving(other) as web:
        while address:
            page = await html(web, address)
            seen += re.findall(r'<h3><a href="([^"]+)"', page)
            older = re.search(r'rel="next" href="([^"]+)"', page)
            address = older[1].replace("&amp;", "&") if older else ""
    listed = [link for link in seen if "compare" in link]
    assert len(listed) == len(set(listed)) == CHANGES + 67
    assert len(seen) - len(listed) == 3 + 12


async def test_a_new_user_is_told_what_is_being_done(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    empty(file)
    with serving(file, daemon=True) as web:
        page = await html(web, "/")
        assert "The first look is on its way" in page
        assert '<meta http-equiv="refresh"' in page
        assert "Elbkurier www.elbkurier.example not polled yet; next poll 24 Nov 2026, 06:00 UTC" in plain(page)
        change(file, "UPDATE sources SET failures = 2, error = 'no route to host: is the network up?' WHERE id = 2")
        assert "did not answer, 2 times in a row: no route to host: is the network up?" in plain(await html(web, "/"))
        change(file, "DELETE FROM sources WHERE id = 2")
        page = await html(web, "/")
        assert "No source is configured" in page
        assert "on its way" not in page
        assert "nothing for it to look at" in page


async def test_without_the_daemon_nothing_is_promised(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    empty(file)
    with serving(file) as web:
        page = await html(web, "/")
        change(file, "DELETE FROM sources")
        bare = await html(web, "/")
    for shown in (page, bare):
        assert "Nothing has been looked at yet" in shown
        assert "while the daemon runs: <code>nachtrag run</code>" in shown
        assert not re.search("on its way|loads itself|refresh|next poll|No source is configured", shown)
    assert "www.elbkurier.example not polled yet" in plain(page)
    assert "the daemon takes them from [[sources]]" in plain(bare)


async def test_without_changes_the_newest_articles_are_shown(other: Path) -> None:
    gone = [f"DELETE FROM {table}" for table in ("deliveries", "events", "edit_tags", "edits")]
    change(other, "UPDATE revisions SET kind = 'first'", *gone)
    with serving(other) as web:
        page = await html(web, "/")
    assert "Nothing has changed yet" in page
    assert "waits for the first visit" in page
    assert page.count('href="/-/article/') == 10


async def test_an_article_shows_its_versions_newest_first(web: Datasette) -> None:
    page = await html(web, "/-/article/1")
    assert re.findall(r'<li class="version" id="(r\d+)"', page) == ["r4", "r3", "r2", "r1"]
    text = plain(page)
    assert (
        "Looked at 424 times, longest gap 31 min, unchanged since 24 Nov 2026, 11:05 UTC, confirmed in 415 looks."
        in text
    )
    assert "415 looks, longest gap 31 min, last 24 Nov 2026, 14:35 UTC" in text
    assert "Before that we said: changed, too early to say more" in text
    assert "Die Aussage der Bürgermeisterin wurde geändert" in text
    assert "dateModified (JSON-LD) 2026-11-24T09:04:51+01:00" in text
    assert "newsroom: given up after" in text


async def test_the_comment_count_of_now_and_its_series_are_shown(web: Datasette) -> None:
    page = await html(web, "/-/article/1")
    text = plain(page)
    assert "171 comments since 24 Nov 2026, 14:20 UTC" in text
    assert "comments, now 171, at most 322" in text
    assert "First seen Comments Difference What it comes to 24 Nov 2026, 14:20 UTC 171 +8" in text
    assert "24 Nov 2026, 11:00 UTC 118 −204" in text


async def test_a_count_at_first_sight_is_not_taken_for_that_of_now(other: Path) -> None:
    change(other, "UPDATE revisions SET comment_count = 3 WHERE id IN (3, 4)")
    with serving(other) as web:
        text = plain(await html(web, "/-/article/1"))
    assert "171 comments now, 3 when first seen 415 looks" in text
    assert "3 comments when first seen 3 looks" in text
    assert not re.search(r"UTC 3 comments \d", text)


async def test_old_copies_are_shown_as_looks(other: Path) -> None:
    change(
        other,
        """INSERT INTO observations (article_id, revision_id, outcome, kept_first_at, kept_last_at, count,
               longest_gap_seconds, connections, last_connection, uncached, clock_bad, first_headers, last_headers,
               status, error_code, error)
           SELECT article_id, 1, 'old_copy', kept_first_at, kept_last_at, 2, longest_gap_seconds, connections,
               last_connection, uncached, clock_bad, first_headers, last_headers, status, '', ''
           FROM observations WHERE revision_id = 4 LIMIT 1""",
    )
    with serving(other) as web:
        text = plain(await html(web, "/-/article/1"))
    assert "2 looks met an old copy from a cache." in text
    assert "Looks (426), what each met" in text
    assert "An old copy from a cache: version 1 2 24 Nov 2026, 11:05 UTC 24 Nov 2026, 11:11 UTC 9 min" in text


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (3, "No longer there since 24 Nov 2026, 11:20 UTC: the server says that there is no such page (404)."),
        (4, "There again 24 Nov 2026, 12:00 UTC, after 40 min, as it was when last seen."),
        (PAYWALLED, "Not read yet."),
        (
            PAYWALLED,
            "The last 3 looks failed, the last one so: https://harbourpost.example/news/paywalled: a consent wall",
        ),
        (4, "never changed since 24 Nov 2026, 06:24 UTC"),
    ],
)
async def test_an_article_says_in_what_state_it_is(web: Datasette, number: int, said: str) -> None:
    assert said in plain(await html(web, f"/-/article/{number}"))


async def test_both_articles_say_where_a_story_goes_on(other: Path) -> None:
    change(other, "UPDATE departures SET successor_id = 2, shared = 6, sentences = 7 WHERE article_id = 3")
    with serving(other) as web:
        gone, goes_on = [await html(web, f"/-/article/{number}") for number in (3, 2)]
    said = "This story seems to go on at https://harbourpost.example/news/tram-line-vote (its history): 85 % of its"
    assert said in plain(gone)
    assert '<a href="/-/article/2">its history</a>' in gone
    assert "The story of https://harbourpost.example/sport/rowing-final-suspended (its history), no longer" in plain(
        goes_on
    )
    assert "seems to go on here: 85 % of its sentences in common (6 of 7)" in plain(goes_on)
    change(other, "UPDATE departures SET returned_at = missing_since WHERE article_id = 3")
    with serving(other) as web:
        assert "seems to go on" not in plain(await html(web, "/-/article/2"))


async def test_a_rule_of_the_outlet_is_cited_beside_what_it_accuses_of(other: Path) -> None:
    change(
        other,
        "UPDATE departures SET kept_until = '2027-11-24T08:00:00.000000+00:00', cite = 'Konzept <b>4.2</b>',"
        " verdict = 'removed_before_expected' WHERE article_id = 3",
        "UPDATE events SET verdict = 'removed_before_expected' WHERE article_id = 3 AND verdict = 'removed'",
    )
    with serving(other) as web:
        page, listed = await html(web, "/-/article/3"), await html(web, "/?verdict=removed_before_expected")
    assert "keeps such articles for longer, this one until 24 Nov 2027, 08:00 UTC: Konzept" in plain(page)
    assert "Konzept &lt;b&gt;4.2" in page
    assert listed.count('<article class="entry">') == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("state = 'suspect', missing_since = '2026-11-24T11:00:00.000000+00:00'", "another look has to confirm it"),
        ("state = 'moved'", "Another address leads to the same article"),
        ("paused = 1", "Paused by hand"),
        ("next_visit_at = NULL", "No longer followed; its history stays."),
        ("failures = 1, error = 'busy'", "Not readable at present."),
        ("failures = 1, error_code = 'paywall'", "Walled, not gone: a wall stands before the text: a subscription."),
        ("warning = 'only a teaser'", "The reading is suspect: only a teaser"),
    ],
)
async def test_an_article_says_what_is_odd_about_it(other: Path, values: str, said: str) -> None:
    change(other, f"UPDATE articles SET {values} WHERE id = 1")
    with serving(other) as web:
        text = plain(await html(web, "/-/article/1"))
    assert said in text
    assert "Online." not in text or "warning" in values


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "reread",
            r"no edit was told since 24 Nov 2026, \d\d:\d\d UTC; read in another way on 24 Nov 2026, \d\d:\d\d UTC\.",
        ),
        (
            "held",
            r"no edit was told since 24 Nov 2026, \d\d:\d\d UTC; a version of 24 Nov 2026, \d\d:\d\d UTC is held\.",
        ),
    ],
)
async def test_versions_that_are_no_edits_are_not_said_to_be_none(other: Path, kind: str, said: str) -> None:
    edited = f"UPDATE revisions SET kind = '{kind}' WHERE article_id = 1 AND number > 1"
    change(other, "UPDATE articles SET last_changed_at = NULL WHERE id = 1", edited)
    with serving(other) as web:
        text = plain(await html(web, "/-/article/1"))
    assert re.search(said, text)
    assert "never changed" not in text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("paused", "Its source is paused: not watched at present."),
        ("removed", "No longer followed; its history stays."),
    ],
)
async def test_an_article_whose_source_rests_is_not_said_to_be_live(other: Path, state: str, said: str) -> None:
    change(other, f"UPDATE sources SET state = '{state}' WHERE id = 2")
    with serving(other) as web:
        text = plain(await html(web, "/-/article/1"))
    assert said in text
    assert not re.search(r"Live\.|Next look", text)


async def test_an_article_that_another_source_lists_is_still_watched(other: Path) -> None:
    change(
        other,
        "UPDATE sources SET state = 'removed' WHERE id = 2",
        "INSERT INTO listings SELECT 3, article_id, title, NULL, NULL, first_listed_at, last_listed_at, clocks"
        " FROM listings WHERE article_id = 1",
        "UPDATE articles SET failures = 1, error_code = 'busy', error = 'busy' WHERE id IN (1, 4)",
    )
    with serving(other) as web:
        text = plain(await html(web, "/-/article/1"))
        failing = (await web.client.get("/other/failing.json?_shape=objects")).json()["rows"]
    assert "Not readable at present." in text
    assert "No longer followed" not in text
    assert {row["article_id"] for row in failing} == {1, PAYWALLED}


async def test_long_histories_come_in_pages(other: Path) -> None:
    copy_revision(other, 4, range(5, 131))
    with serving(other) as web:
        first = await html(web, "/-/article/1")
        assert re.findall(r"Version (\d+)<", first) == [str(number) for number in range(130, 70, -1)]
        assert "before=71" in first
        assert re.findall(r"Version (\d+)<", await html(web, "/-/article/1?before=71"))[-1] == "11"


@pytest.mark.parametrize(
    ("evidence", "minutes", "english", "german"),
    [
        (
            '["notice", "Zunächst hieß es"], ["notice came", "after 1 h 25 min"]',
            85,
            "after 1 h 25 min",
            "nach 1 h 25 min",
        ),
        ('["notice came", "after 0 min"]', 0, "after less than 1 min", "nach weniger als 1 min"),
        ('["notice came", "after 312 h 4 min"]', 18_724, "after 13 days", "nach 13 Tagen"),
        ('["Stand", "moved after 31 min, to Stand: 14:02"]', 31, "after 31 min", "nach 31 min"),
        ('["Stand", "moved alone, within a day of an edit it had not shown"]', None, "", ""),
        ('["notice came", "in a way that only a later version knows"]', None, "", ""),
    ],
)
async def test_how_late_a_page_told_of_an_edit_stands_beside_the_verdict(
    other: Path, evidence: str, minutes: int | None, english: str, german: str
) -> None:
    verdict = "announced_late" if "Stand" in evidence else "disclosed_late"
    change(other, f"""INSERT INTO rulings (revision_id, kept_at, verdict, rule, rule_version, settled, kept_not_after,
        evidence, previous_hash, hash) SELECT 3, '2026-11-25T00:00:00.000000+00:00', '{verdict}', 17, 1, 1, not_after,
        '[{evidence}]', '', '' FROM rulings WHERE revision_id = 3 LIMIT 1""")  # fmt: skip
    said = f'{verdict_words(verdict)}</span> <span class="words">{english}</span>'
    with serving(other) as web:
        pages = [await html(web, address) for address in ("/?article=1", "/-/article/1", "/-/compare/2/3")]
        assert [said in page for page in pages] == [minutes is not None] * 3
        assert (german in await html(web, "/?article=1&lang=de")) is True
        (listed,) = (await web.client.get(f"/-/changes.json?article=1&verdict={verdict}")).json()["changes"]
        assert listed["delay"] == minutes
        feed, citation = await html(web, "/-/changes.atom?article=1"), pages[2].split("<textarea")[1]
        assert (f"{verdict_words(verdict)} ({english}), " in feed) == (minutes is not None)
        assert (f"{verdict_words(verdict)}, {english} (row 17" in citation) == (minutes is not None)
