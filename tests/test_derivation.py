"""The history of an article derived again from its kept pages (schedules/reread.py): pages in, versions out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from db.reread import DueReread, Kept
from db.work import Failure
from schedules.reread import reread
from tests.articles import article

if TYPE_CHECKING:
    from typing import Any

    from db.reread import RereadResult
    from scraper.article import Article

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
L = timedelta(minutes=15)
STAND = {"clocks": {"stand": "08:00"}}
WALL = Failure("consent_wall", "asks for consent")
TEXT = "Der Rat hat beraten und sich am Ende vertagt.|Die Pläne werden noch einmal in Ruhe geprüft."


def old(text: str = TEXT, **more: Any) -> Article:
    """What a page was read as."""
    return article(**{**STAND, "text": text, "read_with": "blatt/1", **more})


def new(text: str = TEXT, **more: Any) -> Article:
    """What it is read as now."""
    return old(text, **{"read_with": "blatt/2", **more})


class Pages:
    """Kept pages, an hour apart. The last that `counts` stands, unless it is late."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self.read: dict[int, Article | Failure] = {}

    def add(
        self, before: Article | None, now: Article | Failure, *, counts: bool = True, late: bool = False, **more: int
    ) -> Pages:
        """One more page: how it was read, and how it is read now."""
        number = len(self.kept) + 1
        at = NOON + timedelta(hours=number)
        self.kept.append(Kept(number, at, counts and before is not None, late, before, **more))
        self.read[number] = now
        return self

    def derived(self, *, accept: bool = False) -> RereadResult:
        """The history."""
        standing = [kept.page_id for kept in self.kept if kept.counts]
        url = "https://zeitung.example/a"
        due = DueReread(1, url, "zeitung.example", 1, standing[-1] if standing else None, 1, (), L, tuple(self.kept))
        return reread(due, self.read, NOON, timedelta(), accept=accept)


def test_the_same_reader_finds_nothing_new() -> None:
    found = Pages().add(old(), old()).add(old("Neu."), old("Neu."), edit=2, before_page=1).derived()
    assert (found.new, found.standing, found.doubted, found.known) == ((), None, (), ())


def test_only_what_is_read_otherwise_and_what_stands_becomes_a_version() -> None:
    pages = Pages().add(old(), new()).add(old(TEXT + "|Abonnieren!"), new(), edit=2, before_page=1)
    pages.add(old("Neu. " + TEXT), new("Neu. " + TEXT), edit=3, before_page=2)
    found = pages.derived()
    assert [item.page_id for item in found.new] == [2, 3]
    assert found.standing is found.new[1]
    assert [(item.revision_id, item.change.text_changed) for item in found.doubted] == [(2, False), (3, True)]


def test_an_edit_is_in_doubt_even_if_only_one_side_can_be_read_again() -> None:
    found = Pages().add(old(), WALL).add(old("Neu. " + TEXT), new(), edit=2, before_page=1).derived()
    (doubted,) = found.doubted
    assert (doubted.before.read_with, doubted.after.read_with) == ("blatt/1", "blatt/2")
    assert not doubted.change.text_changed


def test_an_edit_that_was_missed_shows_between_two_versions_of_the_same_reader() -> None:
    pages = Pages().add(old(), new(TEXT + "|Drei Tote.")).add(old(headline="Neu"), new(TEXT + "|Vier Tote."))
    first, second = pages.derived().new
    assert first.before_page == 1
    assert second.before_page == 1
    assert second.change is not None
    assert [(item.before, item.after) for item in second.change.blocks] == [("Drei Tote.", "Vier Tote.")]
    assert (second.window.not_before, second.window.not_after) == (
        NOON + timedelta(hours=1) - L,
        NOON + timedelta(hours=2),
    )


def test_a_page_that_could_not_be_read_becomes_what_stands() -> None:
    found = Pages().add(old(), new()).add(None, new("Neu. " + TEXT), late=True).derived()
    assert [item.page_id for item in found.new] == [2]
    assert found.standing is found.new[0]
    assert found.well
    assert found.failure is None


def test_one_that_says_what_is_known_is_not_kept() -> None:
    found = Pages().add(old(), old()).add(None, old()).add(None, old(), late=True).derived()
    assert (found.new, found.known, found.well) == ((), (2, 3), True)


def test_one_that_another_version_of_the_profile_reads_stands_even_so() -> None:
    found = Pages().add(old(), old()).add(None, new(), late=True).add(None, new(), late=True).derived()
    assert [item.page_id for item in found.new] == [2]
    assert found.standing is not None
    assert found.known == (3,)


def test_the_newest_page_decides_whether_it_is_read_well() -> None:
    readable_then = Pages().add(old(), new()).add(None, new("Neu. " + TEXT), late=True).add(None, WALL, late=True)
    found = readable_then.derived()
    assert (found.well, found.failure) == (False, WALL)
    assert found.standing is not None
    assert found.standing.page_id == 2
    walled_once = Pages().add(old(), new()).add(None, WALL, late=True).add(None, new("Neu. " + TEXT), late=True)
    assert (walled_once.derived().well, walled_once.derived().failure) == (True, None)


def test_walls_of_the_past_are_no_news() -> None:
    found = (
        Pages().add(old(), old()).add(None, WALL).add(old("Kurz.", clocks={}), old("Kurz.", clocks={}), counts=False)
    )
    assert (found.derived().failure, found.derived().lost, found.derived().worse) == (None, (), 0)


def test_a_reading_that_lost_something_never_takes_the_place_of_a_better_one() -> None:
    pages = Pages().add(old(), new(clocks={})).add(old("Neu. " + TEXT), new("Neu. " + TEXT))
    found = pages.derived(accept=True)
    assert found.worse == 1
    assert [item.page_id for item in found.new] == [2]
    newest = Pages().add(old(), new(clocks={}))
    assert newest.derived().lost == ("stand",)
    assert newest.derived().new == ()
    assert newest.derived(accept=True).standing is not None


def test_more_text_is_no_loss_of_a_page_that_was_read_but_of_one_that_was_not() -> None:
    long, longer = TEXT * 20, TEXT * 60
    assert Pages().add(old(long), new(longer)).derived().standing is not None
    assert Pages().add(old(long), new(long)).add(None, new(longer), late=True).derived().lost[0] == "grown"


def test_walls_that_nobody_knows_teasers_and_cut_texts_are_not_accepted() -> None:
    wall = new("Willkommen zurück! Bitte melden Sie sich mit Ihrer Kennung an.", clocks={}, headline="Hallo")
    for article_, code in (
        (wall, "other_page"),
        (new(warning="truncated"), "truncated"),
    ):
        found = Pages().add(old(), new()).add(None, article_, late=True).derived(accept=True)
        assert found.failure is not None
        assert found.failure.code == code
    teaser = Pages().add(old(), new()).add(None, new(warning="teaser_only"), late=True)
    assert teaser.derived().failure is not None
    assert teaser.derived(accept=True).standing is not None


def test_an_article_that_was_never_read_is_read_now() -> None:
    found = Pages().add(None, new(), late=True).derived()
    assert found.standing is not None
    assert (found.standing.before_page, found.standing.change) == (None, None)
