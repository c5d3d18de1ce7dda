"""What looks cost, and when they are planned: the budget is met, and nothing storms."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from changes.change import BlockChange, Change
from db.work import Failure, Outcome, Sighting
from db.work_planning import Planned, Pulse
from schedules.planner import Budget, Planner, in_panel
from schedules.purse import Purse
from scraper.article import Clock, Covers
from tests.articles import NOON, article

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = Change(blocks=(BlockChange("edited", "paragraph", 0, 0, "Eins.", "Zwei."),), words_added=1, words_removed=1)


def item(number: int = 1, seen: datetime = NOON, **fields: object) -> Planned:
    found = Planned(
        number, f"https://a.example/{number}", 1, "a", seen, seen, None, Pulse(), hinted=False, listed=False,
        comments="none",
    )  # fmt: skip
    return replace(found, **fields)  # type: ignore[arg-type]


def look(outcome: Outcome = Outcome.SAME, **fields: object) -> Sighting:
    return replace(Sighting(outcome, status=200), **fields)  # type: ignore[arg-type]


def test_more_new_articles_than_a_day_may_cost_leave_no_debt() -> None:
    planner = Planner(Budget(per_day=240), {}, NOON)
    for number in range(1_000):
        planner.after(item(number, NOON), look(Outcome.NEW, article=article()), NOON)
    assert planner.affordable(NOON + 20 * HOUR) == 0  # they count, …
    assert planner.affordable(NOON + 26 * HOUR) > 0  # … for a day


@pytest.mark.no_cover
def test_a_week_of_traffic_meets_the_budget() -> None:
    """The planner alone, with 240 new articles a day that are edited as news are."""
    planner, random, step = Planner(Budget(looks=12, watch=2 * DAY), {}, NOON), Random(1), timedelta(minutes=5)
    live: dict[int, tuple[datetime, Planned]] = {}
    looks = [0] * 10
    for tick in range(10 * 24 * 12):
        now = NOON + tick * step
        if tick % 12 == 0:
            for number in range(tick, tick + 10):
                one = planner.after(item(number, now), look(Outcome.NEW, article=article()), now)
                live[number] = (planner.next_look(one, now).at, one)
        if tick % 72 == 0:
            live = {
                number: (max(now, planner.next_look(one, now).at), one)
                for number, (_, one) in live.items()
                if now < one.first_seen_at + 2 * DAY
            }
        for _at, number in sorted((at, number) for number, (at, _) in live.items() if at <= now):
            if planner.affordable(now):
                one = live[number][1]
                age = (now - one.first_seen_at) / HOUR
                gap = (now - (one.last_visited_at or now)) / HOUR
                edited = random.random() < min(0.9, gap * 0.2 / (1 + age))
                seen = look(Outcome.CHANGED, change=TEXT, article=article()) if edited else look()
                one = planner.after(one, seen, now)
                live[number] = (planner.next_look(one, now).at, one)
                looks[tick // 288] += 1
    # Each article's first look is paid from the same purse.
    assert sum(looks[5:]) / 5 + 240 == pytest.approx(12 * 240, rel=0.05)


def test_no_storm_after_a_week_off_nor_after_a_clock_put_back() -> None:
    planner = Planner(Budget(looks=10, watch=DAY), {}, NOON)
    for number in range(500):
        planner.after(item(number), look(Outcome.NEW, article=article()), NOON)
    kept = planner.to_keep(NOON)
    hourly = planner.purse.saved + planner.purse.hourly
    late = Planner(Budget(looks=10, watch=DAY), kept, NOON + 7 * DAY)
    assert late.affordable(NOON + 7 * DAY) <= hourly
    back = Planner(Budget(looks=10, watch=DAY), kept, NOON - 30 * DAY)
    assert back.affordable(NOON - 30 * DAY) <= hourly
    assert back.affordable(NOON - 30 * DAY + HOUR) <= 2 * hourly


def test_a_time_off_leaves_what_its_last_day_would_have_brought() -> None:
    planner = Planner(Budget(looks=30, watch=30 * DAY), {}, NOON)
    for number in range(500):
        planner.after(item(number), look(Outcome.NEW, article=article()), NOON)
    planner.purse.saved = 0
    kept, back = planner.to_keep(NOON), NOON + 7 * DAY
    planner = Planner(planner.budget, kept, back)
    found = planner.affordable(back)
    assert found == pytest.approx(24 * planner.purse.hourly, rel=0.1)
    assert found > 60
    assert planner.affordable(back + timedelta(minutes=1)) - found <= 1


def test_to_be_started_again_and_again_brings_nothing() -> None:
    now = NOON + timedelta(minutes=50)
    planner = Planner(Budget(looks=30, watch=30 * DAY), {}, now)
    for number in range(500):
        planner.after(item(number), look(Outcome.NEW, article=article()), now - DAY)
    planner.purse.arrivals = [500, 0]
    planner.purse.resume()
    planner.purse.granted[-1] = 1e6  # so that nothing else bounds it
    before = planner.affordable(now)
    kept: dict[str, str] = {}
    for _ in range(10):
        kept |= planner.to_keep(now, at_once=True)
        planner = Planner(planner.budget, kept, now)
    assert planner.affordable(now) == before


def test_what_was_learned_survives() -> None:
    planner, now = Planner(Budget(), {}, NOON), NOON
    one = planner.after(item(), look(Outcome.NEW, article=article()), now)
    for step in range(30):
        now += HOUR
        outcome = Outcome.CHANGED if step % 3 == 0 else Outcome.SAME
        one = planner.after(one, look(outcome, change=TEXT, article=article()), now)
        planner.affordable(now)
    kept = planner.to_keep(now)
    again = Planner(Budget(), kept, now)
    planner.tariff.refresh()
    assert again.tariff.rates(1) == planner.tariff.rates(1)
    assert (again.purse.price, again.purse.arrivals) == (planner.purse.price, planner.purse.arrivals)
    assert again.purse.hourly == pytest.approx(planner.purse.hourly)
    assert again.next_look(one, now).at == planner.next_look(one, now).at
    assert planner.to_keep(now + HOUR).keys() <= {"price", "saved", "spent", "hour", "arrivals"}


def test_a_stand_says_when_the_edit_was() -> None:
    planner = Planner(Budget(), {}, NOON)
    seen_at = NOON + 4 * HOUR
    moment = seen_at - timedelta(minutes=30)
    stamped = replace(article(), clocks=(Clock("stand", Covers(moment, moment + timedelta(minutes=1)), "Stand: …"),))
    before = item(last_visited_at=NOON)
    known = planner.after(before, look(Outcome.CHANGED, change=TEXT, article=stamped), seen_at)
    guessed = planner.after(before, look(Outcome.CHANGED, change=TEXT, article=article()), seen_at)
    assert known.pulse.last_edit == pytest.approx(moment.timestamp() / 3600)
    assert guessed.pulse.last_edit == pytest.approx((NOON + 2 * HOUR).timestamp() / 3600)


def test_a_move_of_the_stand_alone_is_no_edit() -> None:
    planner = Planner(Budget(), {}, NOON)
    moved = planner.after(item(last_visited_at=NOON), look(Outcome.CHANGED, change=Change()), NOON + HOUR)
    assert moved.pulse.edits == 0


def test_hints_are_heeded_until_they_lie() -> None:
    planner = Planner(Budget(), {}, NOON)
    planner.purse.price = 0.05
    hinted = item(last_visited_at=NOON, hinted=True, listed=True)
    assert planner.next_look(hinted, NOON + HOUR).at == NOON + HOUR
    for _ in range(2):
        planner.after(hinted, look(Outcome.SAME), NOON + HOUR)
    assert planner.next_look(hinted, NOON + HOUR).at > NOON + HOUR


def test_hints_that_come_true_again_are_heeded_again() -> None:
    planner = Planner(Budget(), {}, NOON)
    hinted = item(last_visited_at=NOON, hinted=True, listed=True)
    for outcome in [Outcome.SAME] * 6 + [Outcome.CHANGED] * 5:
        planner.after(hinted, look(outcome, change=TEXT), NOON + HOUR)
    assert planner.heeds(1)


def test_however_often_it_is_right_a_hint_is_heeded_only_where_it_is_worth_its_price() -> None:
    planner = Planner(Budget(), {}, NOON)
    assert planner.heeds(1)
    planner.purse.price = 0.9
    assert not planner.heeds(1)


def test_a_source_that_says_of_all_that_it_was_edited_is_planned_as_one_that_says_nothing() -> None:
    """Its edits would count as hinted, and as seen anyway, while nobody looks because of the hints."""
    says_nothing, lies = Planner(Budget(), {}, NOON), Planner(Budget(), {}, NOON)
    # Not heeded from the start: what they learn is the same.
    lies.tariff.of(1).broken = 3
    for number in range(40):
        outcome = Outcome.SAME if number % 4 else Outcome.CHANGED
        for planner in (says_nothing, lies):
            seen = item(last_visited_at=NOON, hinted=planner is lies, listed=True)
            planner.after(seen, look(outcome, change=TEXT if outcome == Outcome.CHANGED else None), NOON + HOUR)
    for planner in (says_nothing, lies):
        planner.tariff.refresh()
    plain, hinted = item(last_visited_at=NOON, listed=True), item(last_visited_at=NOON, hinted=True, listed=True)
    assert lies.tariff.of(1).unhinted == says_nothing.tariff.of(1).unhinted > 0.9
    assert lies.rates(hinted) == lies.tariff.rates(1)
    assert lies.next_look(hinted, NOON + HOUR).at <= says_nothing.next_look(plain, NOON + HOUR).at


def test_edits_that_heeded_hints_tell_of_need_no_looks_but_those() -> None:
    planner = Planner(Budget(), {}, NOON)
    for _ in range(20):
        edited = look(Outcome.CHANGED, change=TEXT)
        planner.after(item(last_visited_at=NOON, hinted=True, listed=True), edited, NOON + HOUR)
    usual = planner.tariff.rates(1).ages
    apart = planner.rates(item(listed=True)).ages
    assert apart == pytest.approx([rate * planner.tariff.of(1).unhinted for rate in usual])
    assert apart[0] < 0.2 * usual[0]
    assert planner.rates(item(listed=False)).ages == usual


def test_an_answer_without_a_page_costs_little() -> None:
    planner = Planner(Budget(), {}, NOON)
    before = planner.purse.saved
    planner.after(item(last_visited_at=NOON), look(status=304), NOON + HOUR)
    cheap = before - planner.purse.saved
    planner.after(item(last_visited_at=NOON), look(), NOON + HOUR)
    assert before - planner.purse.saved - cheap == 4 * cheap


@pytest.mark.parametrize("code", ["robots", "host_rests", "blocked_address", "bad_url"])
@pytest.mark.parametrize("per_day", [None, 24.0])
def test_what_is_not_asked_costs_nothing(code: str, per_day: float | None) -> None:
    planner = Planner(Budget(per_day=per_day), {}, NOON)
    before = planner.purse.saved, list(planner.purse.spent)
    refused = replace(look(Outcome.FAILED), status=None, failure=Failure(code, "https://a.example/1: not asked"))
    for was_read in (False, True):
        planner.after(item(last_visited_at=NOON, was_read=was_read), refused, NOON + HOUR)
    assert (planner.purse.saved, planner.purse.spent) == before


def test_what_is_never_read_costs_nothing_of_the_shares_of_others() -> None:
    """Walls and videos in a feed, asked again for a month: they bring nothing that could pay for it."""
    planner, wall = Planner(Budget(), {}, NOON), replace(look(Outcome.FAILED), failure=Failure("wall", "a wall"))
    before = planner.purse.saved
    planner.after(item(was_read=False), wall, NOON)
    assert planner.purse.saved == before
    planner.after(item(last_visited_at=NOON), wall, NOON)
    assert planner.purse.saved == before - 1
    bounded = Planner(Budget(per_day=24.0), {}, NOON)
    bounded.after(item(was_read=False), wall, NOON)
    assert bounded.purse.spent == [1.0], "per_day counts all that is asked"


def test_where_looks_are_cheap_more_are_taken() -> None:
    planner = Planner(Budget(), {}, NOON)
    one = item(last_visited_at=NOON)
    dear = planner.next_look(one, NOON).at
    for _ in range(60):
        planner.after(item(2, last_visited_at=NOON), look(status=304), NOON + timedelta(minutes=1))
    cheap = Planner(Budget(), {}, NOON)
    for _ in range(60):
        cheap.after(item(2, last_visited_at=NOON), look(), NOON + timedelta(minutes=1))
    assert planner.tariff.of(1).cost == pytest.approx(0.25, abs=0.25)
    assert cheap.tariff.of(1).cost == 1
    assert planner.next_look(one, NOON).at < cheap.next_look(one, NOON).at == dear
    again = Planner(Budget(), planner.to_keep(NOON, at_once=True), NOON)
    assert again.tariff.of(1).cost == planner.tariff.of(1).cost


def test_what_was_kept_before_looks_had_a_cost_is_read() -> None:
    planner = Planner(Budget(), {}, NOON)
    planner.tariff.of(1)
    kept = planner.to_keep(NOON, at_once=True)
    edits, chances, hints = json.loads(kept.pop("source 1"))
    del kept["dearer"]
    again = Planner(Budget(), {**kept, "source 1": json.dumps([edits, chances, hints[:4]])}, NOON)
    assert (again.tariff.of(1).cost, again.purse.dearer) == (1.0, {})


def test_where_looks_wait_for_their_host_they_are_dearer_until_they_do_not() -> None:
    planner, slow = Planner(Budget(), {}, NOON), {"a.example": timedelta(minutes=20), "b.example": timedelta(minutes=2)}
    one = item(last_visited_at=NOON)
    planner.purse.saved = 5
    before = planner.next_look(one, NOON).at
    for _ in range(12):
        planner.weigh_hosts(slow)
    assert planner.purse.dearer == {"a.example": pytest.approx(1.08**12)}
    assert planner.next_look(one, NOON).at > before
    again = Planner(Budget(), planner.to_keep(NOON, at_once=True), NOON)
    assert again.purse.dearer == planner.purse.dearer
    planner.purse.saved = 0.5
    planner.weigh_hosts(slow)  # it was the purse that they waited for
    assert planner.purse.dearer == again.purse.dearer
    planner.purse.saved = 5
    for _ in range(24):
        planner.weigh_hosts({})
    assert planner.purse.dearer == {}
    for _ in range(200):
        planner.weigh_hosts(slow)
    assert planner.purse.dearer["a.example"] == 30


def test_the_panel_is_looked_at_at_fixed_times() -> None:
    planner = Planner(Budget(panel=1.0), {}, NOON)
    ages = []
    at, now = NOON, NOON
    while now < NOON + 4 * DAY:
        now = planner.next_look(item(last_visited_at=at), now).at
        ages.append((now - NOON) / HOUR)
    assert ages == [0.25, 0.5, 1, 2, 4, 8, 16, 24, 48, 72, 96]
    addresses = [f"https://a.example/{number}" for number in range(4000)]
    assert 150 < sum(in_panel(url, 0.05) for url in addresses) < 250


def test_long_after_for_removals() -> None:
    planner = Planner(Budget(watch=10 * DAY), {}, NOON)
    now, days = NOON + 11 * DAY, []
    for _ in range(5):
        now = planner.next_look(item(last_visited_at=now), now).at
        days.append((now - NOON) / DAY)
    assert days == [30, 90, 365, 730, 1095]


def test_comments_are_looked_at_ever_later() -> None:
    planner = Planner(Budget(), {}, NOON)
    planner.purse.price = 40.0  # nothing else is worth a look
    now, ages = NOON, []
    for _ in range(6):
        now = planner.next_look(item(last_visited_at=now, comments="moved"), now).at
        ages.append((now - NOON) / HOUR)
    assert ages == [1, 2, 3, 4.5, 6.75, 10.125]
    assert planner.next_look(item(last_visited_at=NOON), NOON).at == NOON + 30 * DAY


@pytest.mark.parametrize(("count", "then"), [(None, "rest"), ((3, 4), "moved"), ((3, None), "none")])
def test_comments_whose_number_rests_are_looked_at_less(count: tuple[int, int | None] | None, then: str) -> None:
    planner = Planner(Budget(), {}, NOON)
    seen = planner.after(item(last_visited_at=NOON, comments="moved"), look(comment_count=count), NOON + HOUR)
    assert seen.comments == then


def test_a_stand_of_a_day_does_not_say_when_the_edit_was() -> None:
    planner = Planner(Budget(), {}, NOON)
    of_the_day = replace(article(), clocks=(Clock("stand", Covers(NOON, NOON + DAY), "Stand: 26.11.2026"),))
    edited = look(Outcome.CHANGED, change=TEXT, article=of_the_day)
    known = planner.after(item(last_visited_at=NOON), edited, NOON + 4 * HOUR)
    assert known.pulse.last_edit == pytest.approx((NOON + 2 * HOUR).timestamp() / 3600)


@pytest.mark.parametrize("comments", ["none", "rest", "moved"])
@pytest.mark.parametrize("panel", [0.0, 1.0])
def test_to_be_planned_again_and_again_puts_no_look_off(comments: str, panel: float) -> None:
    """Nobody looked, and nothing was learned: the look comes when it was to come."""
    planner = Planner(Budget(panel=panel), {}, NOON)
    planner.purse.price = 0.2
    looked = item(last_visited_at=NOON + 22 * HOUR, comments=comments)
    first = planner.next_look(looked, NOON + 22 * HOUR)
    now = NOON + 22 * HOUR
    while (now := now + HOUR / 4) < first.at:
        assert planner.next_look(looked, now) == first


def test_a_clock_that_stood_in_1970_is_caught_up_with_in_the_hours_that_matter() -> None:
    planner, ticks = Planner(Budget(watch=2 * DAY), {}, datetime(1970, 1, 1, tzinfo=NOON.tzinfo)), 0

    class Counting(Purse):
        def hour_over(self, *, idle: bool = False) -> None:
            nonlocal ticks
            ticks += 1
            super().hour_over(idle=idle)

    planner.purse = Counting(30, 48)
    planner.affordable(NOON)
    assert 0 < ticks <= 50


def test_a_clock_that_leapt_for_a_while_does_not_make_an_article_one_that_is_never_edited() -> None:
    planner = Planner(Budget(30), {}, NOON)
    article = planner.after(item(), look(Outcome.NEW), NOON)
    known = planner.after(article, look(), NOON + timedelta(hours=1))
    after = planner.after(known, look(), NOON + timedelta(days=730))
    assert after.pulse == known.pulse
    assert planner.after(known, look(), NOON + timedelta(days=20)).pulse.exposure > known.pulse.exposure


def test_to_be_planned_again_puts_off_no_look_of_which_the_last_is_not_known() -> None:
    planner = Planner(Budget(30), {}, NOON)
    article = replace(planner.after(item(), look(Outcome.NEW), NOON), last_visited_at=None)
    looks = [planner.next_look(article, NOON + timedelta(hours=6 * number)).at for number in range(1, 20)]
    assert any(at <= NOON + timedelta(hours=6 * number) for number, at in enumerate(looks, 1))


def test_who_follows_only_old_articles_still_looks_once_an_hour() -> None:
    planner, now, looks = Planner(Budget(), {}, NOON), NOON, 0
    for _ in range(48):
        now += HOUR
        if planner.affordable(now):
            planner.after(item(last_visited_at=NOON), look(), now)
            looks += 1
    assert looks == 48


def test_a_budget_of_which_nothing_is_paid_is_not_spent() -> None:
    planner = Planner(Budget(), {}, NOON)
    assert planner.spent_until is None
    planner.purse.arrive(0)
    planner.purse.pay(planner.purse.left)
    assert planner.spent_until is not None
