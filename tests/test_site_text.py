"""Text that a site puts into its articles, or takes out of them, is no edit of any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.store.events import recorded
from tests.host import Host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINE = "Unsere Redaktion dankt allen, die in diesem Jahr mit uns durch die Stadt gegangen sind."
STORIES = [
    f"Beim Unglück Nummer {number} kamen am Abend fünf Menschen ums Leben, teilte die Feuerwehr am Morgen mit."
    for number in range(8)
]


def story(number: int, *more: str) -> dict[str, object]:
    """What a look at an article shows: its own text, and what stands below it."""
    return {"text": "|".join((STORIES[number], *more))}


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    made = Host(tmp_path / "n.db", pages=[story(number) for number in range(8)])
    yield made
    made.world.store.close()


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Host]:
    made = Host(tmp_path / "n.db", pages=[story(number) for number in range(8)], patience=Patience())
    yield made
    made.world.store.close()


def standing(host: Host) -> dict[int, str]:
    """The verdict on the last version of each article that has more than one."""
    found = host.world.rows(
        """SELECT r.article_id, u.verdict FROM revisions r JOIN rulings u ON u.revision_id = r.id
           WHERE u.id IN (SELECT max(id) FROM rulings GROUP BY revision_id) ORDER BY r.id"""
    )
    return {int(str(row["article_id"])) - 1: str(row["verdict"]) for row in found}


def test_a_line_that_comes_on_many_articles_is_text_of_the_site(host: Host) -> None:
    for number in range(6):
        host.look(number, **story(number, LINE))
    host.world.judge()
    assert set(standing(host).values()) == {"site_text"}
    assert len(standing(host)) == 6
    # Nothing was waited for here, and three are no template yet.
    accused, corrected = [("article.changed", "unmarked")] * 3, [("article.ruled", "site_text")] * 3
    assert host.told() == [*accused, ("operations.site_text", ""), *corrected]


def test_what_another_article_is_called_is_a_teaser_of_it(patient: Host) -> None:
    """Teasers without a link, each on one article only: no text of the site says so."""
    titles = {
        "headline": "Der Steg am Ufer bleibt zu",
        "standfirst": "Die Bohlen sind fort, und der Rat hat kein Geld.",
    }
    patient.look(1, **story(1), **titles)
    for _ in range(6):
        patient.look(0, **story(0, *titles.values()))
        patient.world.wait(minutes=20).judge()
    assert standing(patient)[0] == "site_text"


def test_a_line_that_goes_from_many_articles_is_text_of_the_site(tmp_path: Path) -> None:
    host = Host(tmp_path / "n.db", pages=[story(number, LINE) for number in range(8)])
    for number in range(8):
        host.look(number, **story(number))
    assert host.told() == [("operations.site_text", "")]
    (told,) = [event["values"] for _, event in host.world.store.read(recorded, None, 0, 10, with_operations=True)
               if event["type"] == "operations.site_text"]  # fmt: skip
    assert told == {"host": "zeitung.example", "excerpt": f"[-{LINE}-]"}
    assert set(standing(host).values()) == {"site_text"}
    host.world.store.close()


def test_a_line_that_is_worded_otherwise_on_many_articles_is_text_of_the_site(host: Host) -> None:
    other = LINE.replace("dankt", "dankt von Herzen")
    for number in range(6):
        host.look(number, **story(number, LINE))
        host.look(number, **story(number, other))
    host.world.judge()
    assert set(standing(host).values()) == {"site_text"}


@pytest.mark.parametrize(
    "beside",
    [
        {"text": f"{STORIES[5].replace('Feuerwehr', 'Feuer­wehr')}|{LINE}"},
        {"text": f"{STORIES[5]}|{LINE}", "headline": "Fünf Tote am Fluss"},
    ],
    ids=["in the text", "in the headline"],
)
def test_other_typography_beside_a_new_line_is_no_edit(host: Host, beside: dict[str, object]) -> None:
    host.look(5, **story(5), headline="Fünf Tote am Fluss")
    for number in range(4):
        host.look(number, **story(number, LINE))
    host.world.judge()
    host.look(5, **{"headline": "Fünf Tote am Fluss", **beside})
    host.world.judge()
    assert standing(host)[5] == "site_text"


def test_an_edit_beside_a_new_line_is_an_edit(host: Host) -> None:
    for number in range(4):
        host.look(number, **story(number, LINE))
    host.world.judge()
    edited = STORIES[5].replace("fünf", "sieben")
    host.look(5, text=f"{edited}|{LINE}")
    assert standing(host)[5] == "unmarked"


@pytest.mark.parametrize(
    ("edited", "verdict"),
    [
        ({"text": f"{STORIES[0].replace('fünf', 'sieben')}|Der Rückblick|Am Samstag."}, "unmarked"),
        ({**story(0, "Der Rückblick", "Am Samstag."), "headline": "Sieben Tote am Fluss"}, "unmarked"),
        (story(0, "Der Rückblick", "Am Samstag."), "site_wide"),
    ],
    ids=["in the text", "in the headline", "none"],
)
def test_an_edit_while_a_box_changes_on_all_articles_is_an_edit(
    tmp_path: Path, edited: dict[str, object], verdict: str
) -> None:
    """Headings of two words are no text of a site, so that only the time of the changes tells."""
    host = Host(tmp_path / "n.db", pages=[story(number, "Der Morgen", "Um sechs.") for number in range(8)])
    host.look(0, **edited)
    for number in range(1, 8):
        host.look(number, **story(number, "Der Rückblick", "Am Samstag."))
    host.world.judge()
    found = standing(host)
    assert found.pop(0) == verdict
    assert set(found.values()) == {"site_wide"}
    host.world.store.close()


def test_a_paragraph_of_one_article_is_an_edit(host: Host) -> None:
    host.look(3, **story(3, "Zwei weitere Menschen starben am Morgen."))
    assert standing(host) == {3: "unmarked"}


def test_an_answer_that_stands_in_many_interviews_is_an_edit_where_it_changes(host: Host) -> None:
    for number in range(8):
        host.look(number, **story(number, "Ja.", "Nein.", "Vielleicht."))
    host.world.judge()
    host.look(0, **story(0, "Nein.", "Nein.", "Vielleicht."))
    assert standing(host)[0] == "unmarked"


def test_a_notice_on_many_articles_stays_a_notice(host: Host) -> None:
    for number in range(6):
        host.look(number, **story(number, "! Korrektur: In einer früheren Fassung stand ein falscher Name."))
    assert set(standing(host).values()) == {"disclosed"}


def test_other_articles_are_asked_before_a_whole_paragraph_is_called_unmarked(patient: Host) -> None:
    def settle(number: int, *more: str) -> None:
        for _ in range(8):
            patient.world.wait(minutes=20)
            patient.look(number, **story(number, *more))
            patient.world.judge()

    patient.world.wait(hours=3)
    patient.look(0, **story(0, LINE))
    assert patient.asked_again() == ["5", "6", "7"]
    settle(0, LINE)
    assert standing(patient) == {0: "unsettled"}
    for number in (7, 6, 5):
        patient.look(number, **story(number, LINE))
    settle(0, LINE)
    assert standing(patient)[0] == "site_text"
    assert {verdict for _, verdict in patient.told()} == {"unsettled", "site_text", ""}


def test_what_another_article_shows_too_is_not_called_unmarked(patient: Host) -> None:
    """Of three that were asked one shows it: the others may be behind a wall, or of another kind."""
    patient.world.wait(hours=3)
    patient.look(0, **story(0, LINE))
    for number, *more in ((7, LINE), (6,), (5,)):
        patient.look(number, **story(number, *more))
    for _ in range(8):
        patient.world.wait(minutes=20)
        patient.look(0, **story(0, LINE))
        patient.look(7, **story(7, LINE))
        patient.world.judge()
    assert standing(patient) == {0: "undecidable", 7: "undecidable"}


def test_others_that_do_not_show_it_let_the_ruling_settle(patient: Host) -> None:
    patient.world.wait(hours=3)
    patient.look(0, **story(0, LINE))
    for number in (7, 6, 5):
        patient.look(number, **story(number))
    for _ in range(8):
        patient.world.wait(minutes=20)
        patient.look(0, **story(0, LINE))
        patient.world.judge()
    assert standing(patient) == {0: "unmarked"}


def test_no_edit_is_called_unmarked_while_too_few_others_were_read_however_long_that_takes(patient: Host) -> None:
    patient.world.wait(hours=3)
    patient.look(0, **story(0, LINE))
    for number in (7, 6):
        patient.look(number, **story(number))
    for _ in range(13):
        patient.world.wait(hours=2)
        patient.look(0, **story(0, LINE))
        patient.world.judge()
    assert standing(patient) == {0: "undecidable"}


def test_where_two_articles_are_followed_the_other_one_tells(tmp_path: Path) -> None:
    host = Host(tmp_path / "n.db", 2, pages=[story(0), story(1)], patience=Patience())
    host.world.wait(hours=3)
    for _ in range(8):
        host.world.wait(minutes=20)
        host.look(0, **story(0, LINE))
        host.look(1, **story(1, LINE))
        host.world.judge()
    assert standing(host) == {0: "site_text", 1: "site_text"}
    assert {verdict for kind, verdict in host.told() if kind == "article.changed"} == {"unsettled"}
    host.world.store.close()


@pytest.mark.parametrize("count", [2, 3])
def test_few_articles_tell_of_each_other_where_nothing_is_waited_for(tmp_path: Path, count: int) -> None:
    host = Host(tmp_path / "n.db", count, pages=[story(number) for number in range(count)])
    for number in range(count):
        host.look(number, **story(number, LINE))
    host.world.judge()
    assert standing(host) == dict.fromkeys(range(count), "site_text")
    host.world.store.close()


def test_text_of_the_site_that_comes_with_a_new_stand_is_announced(host: Host) -> None:
    for number in range(6):
        host.look(number, **story(number, LINE), clocks={"stand": "12:00", "modified_ld": "12:00"})
    assert set(standing(host).values()) == {"announced"}


def test_a_counter_on_all_articles_is_no_edit_of_them(patient: Host) -> None:
    for turn in range(1, 5):
        patient.world.wait(minutes=30)
        for number in range(8):
            patient.look(number, **story(number, f"{number + 1000 + turn} Menschen haben hier schon unterschrieben."))
        patient.world.judge()
    patient.world.wait(hours=3).judge()
    assert "unmarked" not in standing(patient).values()
    assert "site_wide" in standing(patient).values()


def test_badges_in_all_headlines_are_no_edits_of_them(host: Host) -> None:
    for number in range(8):
        host.look(number, headline=f"Plus Unglück Nummer {number}", **story(number))
    host.world.judge()
    assert set(standing(host).values()) == {"site_wide"}


def test_two_edits_on_a_site_of_eight_articles_are_edits(patient: Host) -> None:
    patient.world.wait(hours=3)
    edited = {0: story(0, "Zwei weitere starben."), 1: story(1, "Drei weitere starben am Morgen.")}
    for _ in range(9):
        patient.world.wait(minutes=20)
        for number in (0, 1, 5, 6, 7):
            patient.look(number, **edited.get(number, story(number)))
        patient.world.judge()
    assert standing(patient) == {0: "unmarked", 1: "unmarked"}
