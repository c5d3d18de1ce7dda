"""Comparison, search, status and tables as Datasette serves them, asked in the same process."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from changes.ruling import ROWS
from changes.wording import WORDS
from db.web.rules import RULES
from tests.web_sample import EDITS, LAST_REVISION, PAYWALLED, empty
from tests.web_server import change, html, plain, serving

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette


async def test_a_comparison_marks_the_words_and_folds_the_rest(web: Datasette) -> None:
    page = await html(web, "/-/compare/2/3")
    assert "die Warnung <del>erst um</del> Mitternacht" in page
    assert "die Warnung <ins>gegen</ins> Mitternacht" in page
    assert "die Warnung <del>erst um</del> <ins>gegen</ins> Mitternacht" in page
    assert "<summary>2 unchanged paragraphs</summary>" in page
    assert "<del>Für die Region gilt seit Montagabend die höchste Warnstufe.</del>" in page
    text = plain(page)
    assert "Stand (visible) Stand: 24.11.2026 07:40 Uhr did not move" in text
    assert "Rule Row 20 of the table, version 1 The Stand stayed, settled; a date that only machines read moved" in text
    assert 'href="/-/rulings#row20"' in page
    assert (
        "läuft. Remark of the keepers of this archive, not of the outlet, on version 3, 24 Nov 2026, 09:41 UTC" in text
    )
    assert "Before that we said: changed, too early to say more" in text
    assert "edited between 24 Nov 2026, 08:00 and 08:11 UTC" in text
    assert 'rel="prev" href="/-/compare/1/2"' in page
    assert 'rel="next" href="/-/compare/3/4"' in page


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/-/compare/1/4", "There are 2 versions between these two"),
        ("/-/compare/4/3", "The version on the left is the newer one."),
        ("/-/compare/4/4", "This is the same version on both sides."),
        ("/-/compare/1/5", "These are versions of two different articles."),
        ("/-/compare/7/8", "differ only in spacing or in the style of characters"),
        ("/-/compare/8/9", "moved away to paragraph"),
    ],
)
async def test_a_comparison_says_what_it_is_not(web: Datasette, address: str, said: str) -> None:
    assert said in plain(await html(web, address))


async def test_a_comparison_says_what_the_edit_means(other: Path) -> None:
    change(other, "UPDATE revisions SET standfirst = replace(replace(standfirst, '200', 'viele'), '350', 'viele')")
    with serving(other) as web:
        page = await html(web, "/-/compare/1/2")
    text = plain(page)
    assert "High weight: number changed in a sentence that stood (Fünf → Sieben)" in text
    assert "number: Fünf → to Sieben, also in sentence 2 number: fünf → to sieben, zwei" in text
    tree = LexborHTMLParser(page)
    links = [link.attributes["href"] or "" for link in tree.css(".tags a")]
    assert links
    assert all(tree.css_first(f".row > {link}") for link in links)
    assert tree.css_first(".head .weight")


async def test_a_moved_sentence_is_told_as_moved(web: Datasette) -> None:
    tree = LexborHTMLParser(await html(web, "/-/compare/8/9"))
    there, here = (tree.css_first(f".side.{side} a.whence") for side in ("before", "after"))
    assert there is not None
    assert here is not None
    assert (there.text(), here.text()) == ("moved away", "moved here")
    for link, other in ((there, "after"), (here, "before")):
        row = tree.css_first(f".row:has(> {link.attributes['href']})")
        assert row is not None
        assert "The line is to cost" in (row.css_first(f".side.{other}") or row).text()
    assert "The line is to cost" not in " ".join(mark.text() for mark in tree.css(".text ins, .text del"))


@pytest.mark.parametrize("address", ["/-/compare/4/3", "/-/compare/4/4", "/-/compare/1/5"])
async def test_what_is_no_edit_is_not_weighed(web: Datasette, address: str) -> None:
    assert "weight</strong>" not in await html(web, address)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revisions SET read_with = 'sample/2' WHERE id = 2",
        "UPDATE rulings SET verdict = 'misread' WHERE revision_id = 2",
        "UPDATE rulings SET verdict = 'partial' WHERE revision_id = 2",
        "UPDATE blocks SET text = '' WHERE text LIKE 'Nach tagelangem%sieben%'",
    ],
)
async def test_what_may_be_our_doing_is_not_weighed(other: Path, statement: str) -> None:
    change(other, statement)
    with serving(other) as web:
        assert "weight</strong>" not in await html(web, "/-/compare/1/2")


async def test_words_of_tags_are_text(other: Path) -> None:
    attack = "<img src=x onerror=alert(1)>"
    change(
        other, f"UPDATE blocks SET text = replace(text, 'gegen Mitternacht', '{attack}') WHERE text LIKE '„Wir haben%'"
    )
    with serving(other) as web:
        tree = LexborHTMLParser(await html(web, "/-/compare/2/3"))
    assert attack in " ".join(tag.text() for tag in tree.css(".tags li"))
    assert attack in "".join(weight.text() for weight in tree.css(".weight"))
    assert not tree.css("main img")


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/-/compare/8/8", "Version 4: Council pushes through costly tram line in narrow vote"),
        ("/-/compare/2/3", "Versions 2 and 3: Sieben Verletzte nach Dammbruch an der Aue"),
        ("/-/compare/1/5", "Two articles: Council approves tram line in narrow vote"),
    ],
)
async def test_a_comparison_is_titled_by_what_it_is(web: Datasette, address: str, title: str) -> None:
    page = await html(web, address)
    assert f"<title>{title} · Nachtrag</title>" in page
    assert ("edited" in plain(page).partition("Neighbouring")[0].partition("Edit before")[0]) == ("2/3" in address)


async def test_which_edit_a_notice_explains_cannot_be_misread(other: Path) -> None:
    """The notice of version 4 explains the edit that came with version 3."""
    change(other, "UPDATE edits SET explains_id = 3 WHERE revision_id = 4")
    with serving(other) as web:
        assert "A correction notice that came with version 4 explains this edit." in plain(
            await html(web, "/-/compare/2/3")
        )
        assert "The correction notice explains the edit that came with version 3." in plain(
            await html(web, "/-/compare/3/4")
        )


async def test_the_table_of_rulings_explains_every_row(web: Datasette) -> None:
    page = await html(web, "/-/rulings")
    assert set(re.findall(r'<tr id="row(\d+)">', page)) == {"2", "3", *(str(number) for number, _row in ROWS)}
    assert {verdict for rule in RULES for verdict in rule.verdicts} <= set(WORDS)
    assert "text changed, the page itself says so" in plain(page)


async def test_a_comparison_says_what_is_missing(other: Path) -> None:
    change(other, "UPDATE blocks SET text = '' WHERE text LIKE 'Nach tagelangem%'")
    change(other, "UPDATE revisions SET read_with = 'sample/2' WHERE id = 3")
    with serving(other) as web:
        assert "We erased parts of our copies" in await html(web, "/-/compare/1/2")
        assert "read in different ways" in await html(web, "/-/compare/2/3")


@pytest.mark.parametrize(
    "address", ["/-/article/999", "/-/compare/1/999", "/-/compare/999/1", "/-/article/999999999999999"]
)
async def test_what_is_not_there_is_said_kindly(web: Datasette, address: str) -> None:
    assert "Search for words of the article" in await html(web, address, 404)


@pytest.mark.parametrize("address", ["/-/article/x", "/-/article/-1", "/-/article/9999999999999999999", "/-/compare/1"])
async def test_addresses_that_are_none_are_404(web: Datasette, address: str) -> None:
    await html(web, address, 404)


async def test_search_marks_the_words_and_says_whether_they_are_still_there(web: Datasette) -> None:
    page = await html(web, "/-/search?q=WARNST*")
    assert "höchste <mark>Warnstufe</mark>." in page
    assert "versions 1 to 2, first seen 24 Nov 2026, 06:00 UTC no longer in the text" in plain(page)
    assert "still there" in plain(await html(web, "/-/search?q=wetterdienst"))
    assert "in the last version; the article is gone" in plain(await html(web, "/-/search?q=regatta"))
    found = await html(web, "/-/search?q=hafenausschuss")
    assert "In headlines and leads" in found
    assert "<mark>Hafenausschuss</mark> vertagt Beschluss" in found
    assert "<mark>Hochwasser</mark> in Lauenau" in await html(web, "/-/search?q=hochwasser")
    assert "Nothing found" in await html(web, "/-/search?q=nirgendwo")


async def test_search_goes_on_with_older_passages(web: Datasette) -> None:
    first = await html(web, "/-/search?q=der")
    more = re.search(r'rel="next" href="([^"]+)"', first)
    assert more is not None
    second = await html(web, more[1].replace("&amp;", "&"))
    assert "<mark>" in second
    assert "In headlines and leads" not in second


async def test_status_tells_what_fails(web: Datasette) -> None:
    text = plain(await html(web, "/-/status"))
    assert "Harbour Post harbourpost.example failed 4 times in a row timeout" in text
    assert f"wall 1 24 Nov 2026, 12:40 UTC article {PAYWALLED}:" in text
    assert "archive webhook disabled: the receiver wants nothing more" in text
    assert "Harbour Post between 24 Nov 2026, 07:40 and 08:40 UTC" in text
    assert "SECRET" not in text


async def test_status_tells_what_is_missing_and_what_rests(other: Path) -> None:
    change(
        other,
        "UPDATE articles SET state = 'suspect', missing_since = '2026-11-24T14:00:00.000000+00:00' WHERE id = 4",
        f"UPDATE articles SET paused = 1 WHERE id = {PAYWALLED}",
        "UPDATE articles SET next_visit_at = NULL WHERE id IN (7, 8)",
        "UPDATE sources SET state = 'paused' WHERE id = 1",
    )
    with serving(other) as web:
        text = plain(await html(web, "/-/status"))
        missing = await web.client.get("/other/missing.json?_shape=objects")
        resting = await web.client.get("/other/resting.json?_shape=objects")
    assert "Missing once 1 24 Nov 2026, 14:00 UTC Neue Intendanz am Stadttheater Wedersen" in text
    assert "Gone 1 24 Nov 2026, 11:20 UTC Rowing final suspended" in text
    assert "1 article: paused by hand 2 articles: no longer followed 1 article: its source is paused" in text
    assert "1 missing once" in text
    assert "a consent wall" not in text
    assert {(row["article_id"], row["state"]) for row in missing.json()["rows"]} == {(3, "gone"), (4, "suspect")}
    assert {row["article_id"]: row["why"] for row in resting.json()["rows"]} == {
        5: "source paused", 7: "removed", 8: "removed", PAYWALLED: "paused",
    }  # fmt: skip


async def test_status_says_how_large_the_database_is(other: Path) -> None:
    change(
        other,
        """INSERT INTO sizes VALUES ('2026-11-20', '2026-11-20T12:00:00.000000+00:00', 1000, 0, 0, 0, 0, 0, 0, 0, 1, 1),
           ('2026-11-24', '2026-11-24T12:00:00.000000+00:00', 9000, 0, 7500000, 99, 2500, 999, 0, 999, 1, 1)""",
    )
    with serving(other) as web:
        text = plain(await html(web, "/-/status"))
        told = (await web.client.get("/-/status.json")).json()["sizes"]
        german = plain(await html(web, "/-/status?lang=de"))
    assert "raw pages: 7.5 MB texts: 2.5 kB events: 0 bytes indexes and the rest:" in text
    assert "rohe Seiten: 7,5 MB" in german
    assert told["growth_a_day"] == round((told["database"] - told["free"] - 1000) / 4)
    assert "it grew by" in text
    assert "left on the disk:" in text


async def test_status_says_until_when_the_budget_is_spent(other: Path) -> None:
    def spent(until: str) -> str:
        return f"""INSERT OR REPLACE INTO learned (name, value) VALUES ('spent_until', '"{until}"')"""

    change(other, spent("2099-11-24T14:00:00.000000+00:00"))
    with serving(other) as web:
        text = plain(await html(web, "/-/status"))
        told = (await web.client.get("/-/status.json")).json()["budget_spent_until"]
        german = plain(await html(web, "/-/status?lang=de"))
    assert "The budget for looks is spent until about 24 Nov 2099, 14:00 UTC" in text
    assert told == "2099-11-24T14:00:00.000000+00:00"
    assert "aufgebraucht" in german
    for over in ("2026-11-24T14:00:00.000000+00:00", ""):
        change(other, spent(over))
        with serving(other) as web:
            assert "The budget" not in plain(await html(web, "/-/status"))
            assert (await web.client.get("/-/status.json")).json()["budget_spent_until"] is None


async def test_status_names_hosts_where_bytes_proved_a_page_wrongly(other: Path) -> None:
    change(other, "UPDATE hosts SET proofs_checked = 40, proofs_wrong = 1 WHERE host = 'harbourpost.example'")
    with serving(other) as web:
        text = plain(await html(web, "/-/status"))
        told = (await web.client.get("/-/status.json")).json()["misproven"]
        german = plain(await html(web, "/-/status?lang=de"))
    assert "harbourpost.example : 1 of 40" in text
    assert "Hosts, deren Seiten alle gelesen werden" in german
    assert told == [{"host": "harbourpost.example", "wrong": 1, "checked": 40}]


async def test_status_of_a_new_database_is_calm(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    empty(file)
    with serving(file) as web:
        text = plain(await html(web, "/-/status"))
    for said in (
        "no article is watched yet",
        "None: the last look at every article that is watched worked.",
        "Nobody:",
        "No gap",
    ):
        assert said in text


async def test_what_concerns_those_who_run_it_stands_on_the_status_page(other: Path) -> None:
    change(
        other,
        """INSERT INTO events (uid, type, at, url, verdict, data) VALUES
           ('evt_o', 'operations.drift', '2026-11-24T11:00:00.000000+00:00', '', '', '{"message": "look here"}')""",
        f"UPDATE revisions SET rule_at = '2026-11-24T15:00:00.000000+00:00' WHERE id = {LAST_REVISION}",
    )
    with serving(other) as web:
        text = plain(await html(web, "/-/status"))
        assert "24 Nov 2026, 11:00 UTC: look here" in text
        assert "1 ruling waits for more looks, the next 24 Nov 2026, 15:00 UTC" in text
        assert "look here" not in await html(web, "/")


async def test_tables_and_views_come_as_json_with_descriptions(web: Datasette) -> None:
    rows = (await web.client.get("/nachtrag/changes.json?_shape=objects&verdict=disclosed")).json()["rows"]
    assert {row["verdict"] for row in rows} == {"disclosed"}
    page = await html(web, "/nachtrag/changes")
    assert "the changed words: [-gone-] {+new+}" in page
    assert 'href="/-/article/1#r4"' in page
    assert "Raw answers, as evidence. Never shown as HTML." in await html(web, "/nachtrag/pages")
    assert 'href="/-/status"' in page


def test_every_verdict_that_is_listed_has_its_words() -> None:
    assert set(EDITS) < set(WORDS)


async def test_the_address_of_versions_from_before_they_had_one_is_that_of_the_article(web: Datasette) -> None:
    assert 'href="https://www.elbkurier.example/hochwasser-lauenau-101.html"' in await html(web, "/-/compare/3/4")
