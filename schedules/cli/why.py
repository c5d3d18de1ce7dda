"""`nachtrag why URL`: one paragraph on when an article is looked at again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from db.rows import instant_of, optional_instant
from db.store import people
from db.store.planning import ahead, learned, never_polled, open_until, planned_of, rest_of, speaker, watch
from schedules import policy
from schedules.cli.lines import tally
from schedules.cli.printing import print_line
from schedules.cli.setting import config_option, configuration, now, store_of
from schedules.planner import Planner, hours_of
from schedules.times import Every
from scraper.urls import host_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from db.store.connection import Store
    from db.work_planning import Planned, Rest
    from schedules.config import Config
    from schedules.times import Fixed

# What is nearer to the cost of a page is not worth a word.
_CHEAP = 0.95
# A look is planned for when its value reaches its price: by so much it may differ, and so many hours before it has not.
_MOVED, _BEFORE = 1.1, 0.05
# How exactly moments are kept, in hours.
_EXACT = 1e-3
# So long after quiet hours it may take until what was due in them is looked at.
_SPREAD = timedelta(hours=1)
# What would be printed as 0.0.
_NOTHING = 0.05


@click.command()
@config_option
@click.argument("url")
def why(config_path: Path, url: str) -> None:
    """Say in one paragraph when an article is looked at again, and why then."""
    config, at = configuration(config_path), now()
    with store_of(config) as store:
        try:
            row = store.read(people.find_article, url)
        except people.NotKnown as error:
            hints = _unpolled(config, store.read(never_polled), at)
            raise people.NotKnown("; ".join([str(error), *hints])) from None
        source = store.read(speaker, row)
        item = store.read(planned_of, row, *source, at)
        ruling, resting = store.read(open_until, row), _resting(store, row, at)
        there, paid = _ahead(store, config, row, at)
        rest = _rest(row, *store.read(watch, row))
        budget = config.budget.for_planner
        planner = Planner(budget, store.read(learned), at) if budget else None
    if rest:
        print_line(f"{_last(row)} {rest}")
        return
    following = instant_of(row["next_visit_at"])
    said = [_last(row), _due(following, at)]
    said += _wrong(config, item.source, row, ruling) or _planned(config, planner, item, following, at)
    said += (spent := list(_spent(config, planner, item, following, at, paid)))
    said += _put_off(config, resting, item, row["host"], max(following, at), at)
    if there and not (spent and there == paid):  # that says it already
        said.append(f"{tally(there, 'look')} at its host {'is' if there == 1 else 'are'} due before it.")
    print_line(" ".join(said))


def _unpolled(config: Config, sources: Sequence[sqlite3.Row], at: datetime) -> Iterator[str]:
    """Who may name an article yet."""
    for source in sources:
        following = instant_of(source["next_poll_at"])
        end = config.quiet_hours.until(source["name"], source["host"], max(following, at))
        quiet = f", and its quiet hours last until {_moment(end)}" if end else ""
        said = f"is polled {_moment(following)}" if following > at else "is due to be polled"
        yield f'the source "{source["name"]}" was never polled yet, it {said}{quiet}'


def _ahead(store: Store, config: Config, row: sqlite3.Row, at: datetime) -> tuple[int, int]:
    """How many looks are due before it, if it is: at its host, and of all that the budget pays for."""
    following = optional_instant(row["next_visit_at"])
    if following is None or following > at:
        return 0, 0
    return store.read(ahead, row, [item.name for item in config.sources if item.fixed is not None])


def _spent(
    config: Config, planner: Planner | None, item: Planned, due: datetime, at: datetime, before: int
) -> Iterator[str]:
    """That it has to wait for the budget, which pays for all but first looks and those at fixed times."""
    if planner is None or not item.was_read or _fixed(config, item.source) is not None:
        return
    enough = planner.affordable(at)
    until = planner.spent_until
    if until is not None and due < until:
        others = f", {tally(before, 'other look')} before this one" if before else ""
        yield f"But the budget for looks is spent until about {_moment(until)}: what is due waits for it{others}."
    elif 0 < before >= enough:
        first = f"{tally(before, 'look')} of that {'comes' if before == 1 else 'come'} first"
        yield f"But the budget for looks does not pay for all that is due, and {first}."


def _put_off(config: Config, rest: Rest | None, item: Planned, host: str, due: datetime, at: datetime) -> Iterator[str]:
    """What a look that is due then waits for at its host, or has been put off for."""
    source = item.source
    if rest is not None:
        yield from _rests(rest, due)
        due = max(due, rest.until)
    end = config.quiet_hours.until(source, host, at)
    if end is not None and end <= due <= end + _SPREAD:
        yield f"Its quiet hours last until {_moment(end)}: what is due in them comes within the hour after."
    if end := config.quiet_hours.until(source, host, due):
        yield f"That lies in quiet hours: it is put off until they end, {_moment(end)}, or up to an hour later."


def _resting(store: Store, row: sqlite3.Row, at: datetime) -> Rest | None:
    """How its host rests, or the one that a redirect leads to; the longer."""
    rests = [store.read(rest_of, host, at) for host in {row["host"], host_key(row["url"])}]
    return max((rest for rest in rests if rest is not None), key=lambda rest: rest.until, default=None)


def _rests(rest: Rest, due: datetime) -> Iterator[str]:
    """Which holds where the host of a look that is due then rests."""
    until = _moment(rest.until)
    times = f"failed {tally(rest.failures, 'time')} in a row"
    if rest.until <= due:
        if rest.why != "pause":
            why = times if rest.why == "failing" else "asked to be left alone (Retry-After)"
            yield f"Its host {why} and rests until {until}, which is over by then."
    elif rest.why == "asked":
        yield f"But its host asked to be left alone (Retry-After) until {until}: it is looked at after that."
    elif rest.why == "failing":
        yield (
            f"But its host {times} and rests until {until}: then one request finds out whether it is well, and the look"
            " waits for that."
        )
    else:
        yield f"But its host is not asked again before {until}, for a pause lies between two requests."


def _fixed(config: Config, source: str) -> Fixed | None:
    return next((item.fixed for item in config.sources if item.name == source), None)


def _said(config: Config, source: str) -> str | None:
    """What its source says of when it is looked at, if anything."""
    fixed = _fixed(config, source)
    if fixed is None:
        return None
    said = f"`revisit` is {_span(fixed.span)}" if isinstance(fixed, Every) else f"`cron` is {fixed.line}"
    return f'its source "{source}" says: {said}'


def _last(row: sqlite3.Row) -> str:
    last = optional_instant(row["last_visited_at"])
    return f"{row['url']} was looked at last {_moment(last)}." if last else f"{row['url']} was never looked at."


def _due(following: datetime, at: datetime) -> str:
    if following <= at:
        return f"It is due since {_moment(following)}."
    return f"It is due {_moment(following)}, in {_span(following - at)}."


def _rest(row: sqlite3.Row, watched: str, sources: Sequence[str]) -> str:
    """Why nobody looks at it, and what would change that; empty: somebody does."""
    if row["taken_down_at"] is not None:
        return f"It is not looked at again: it was taken down on {row['taken_down_at'][:10]}."
    named = ", ".join(f'"{name}"' for name in sources)
    them = "them" if len(sources) > 1 else "it"
    return {
        "moved": "It is not looked at again: its page gave another address as its own, which is followed in its place.",
        "removed": "It is not looked at again: it was removed; `nachtrag add` takes it up again.",
        "source removed": f"It is not looked at: all that listed it was removed ({named or 'by hand'});"
        " `nachtrag add` takes it up again.",
        "source paused": f"It is not looked at: what lists it is paused ({named}); `nachtrag resume` takes {them} up"
        " again.",
        "paused": "It is paused, and rests until somebody resumes it.",
    }.get(watched, "")


def _wrong(config: Config, source: str, row: sqlite3.Row, ruling: datetime | None) -> list[str]:
    """What goes before all planning."""
    if row["state"] == "suspect":
        return ["It was not there at the last look; another one is to confirm that."]
    if row["state"] == "gone":
        since = instant_of(row["missing_since"]) if row["missing_since"] else None
        said = _said(config, source)
        again = f"it is looked at at fixed times, as {said}" if said else "what is gone is looked at ever later"
        return [f"It is gone{f' since {_moment(since)}' if since else ''}; {again}."]
    if row["failures"]:
        times = "The last look" if row["failures"] == 1 else f"The last {row['failures']} looks"
        again = "It is asked again ever later, within a day if its host does not ask for more."
        return [f"{times} failed: {row['error']} [{row['error_code']}]. {again}"]
    if ruling is not None:
        return [
            f"What is said of its last edit is open until {_moment(ruling)}; looks until then show whether it stays."
        ]
    return ["It waits for its first look."] if row["revision_id"] is None else []


def _planned(config: Config, planner: Planner | None, item: Planned, due: datetime, at: datetime) -> list[str]:
    """Why then: of the moment for which it was planned, for prices have moved since."""
    if said := _said(config, item.source):
        return [f"It is looked at at fixed times, as {said}."]
    if planner is None:
        return ["By age, as [budget] says, it is looked at again after 12 % of the time since it was found or changed."]
    look = planner.next_look(item, item.last_visited_at or item.first_seen_at)
    if look.why == "worth":
        return _worth(planner, item, due)
    return [
        {
            "hint": f'Its source "{item.source}" said that it was edited; {_hints(planner, item)}.',
            "panel": "It belongs to the panel, which is looked at at fixed times.",
            "comments": "The number of its comments is looked at ever later, oftener while it moves.",
            "late": _late(planner, item, at),
        }[look.why]
    ]


def _hints(planner: Planner, item: Planned) -> str:
    kept, tried = planner.tariff.of(item.source_id).hints
    if not tried:
        return "how often that is true is not known yet"
    return f"so far {kept} of {tally(tried, 'look')} after it had said so found an edit"


def _late(planner: Planner, item: Planned, at: datetime) -> str:
    watch = planner.budget.watch
    end = item.first_seen_at + watch
    if end <= at:
        said = f"The close watch of {_span(watch)} is over since {_moment(end)}"
    else:
        said = f"No look within the close watch of {_span(watch)}, until {_moment(end)}, is worth its price"
    return f"{said}; later looks show whether it is still there."


def _worth(planner: Planner, item: Planned, due: datetime) -> list[str]:
    pulse, rates, at = item.pulse, planner.rates(item), hours_of(due)
    age = at - hours_of(item.born_at)
    hourly = policy.hazard(rates, age, at - pulse.last_edit)
    lively = (rates.spread + pulse.edits) / (rates.spread + pulse.exposure)
    usual = f'articles of "{item.source}" are edited {hourly:.2g} times an hour'
    own = f"{pulse.edits:.1f} edits of this one are known where {pulse.exposure:.1f} would be usual, so"
    if pulse.edits < _NOTHING and pulse.exposure < _NOTHING:
        own = "of this one next to nothing is known yet, and"
    aim = planner.aim(item)
    return [
        f"At {_span(timedelta(hours=age))} of age {usual}; {own} it counts as {_lively(lively)} the others.",
        *_value(planner, item, lively, at),
        *_prices(planner, item),
        *(["It is the last look of the close watch."] if at >= aim.end else []),
    ]


def _lively(times: float) -> str:
    said = f"{times:.2g}"
    return f"{'just' if said == '1' else f'{said} times'} as lively as"


def _value(planner: Planner, item: Planned, lively: float, at: float) -> Iterator[str]:
    """What the look brings against what it costs, as the planner compares them (policy.next_look)."""
    pulse, rates, aim, prefer = item.pulse, planner.rates(item), planner.aim(item), planner.budget.prefer
    born, last = hours_of(item.born_at), hours_of(item.last_visited_at or item.first_seen_at)
    unseen = policy.unseen(rates, born, pulse.last_edit, last, at)
    bound = "" if planner.budget.per_day is None else f", and at most {planner.budget.per_day:g} a day for all of them,"
    enough = f"{aim.price:.2g}, so that {planner.budget.looks:g} looks an article{bound} are enough"
    if prefer == "all":
        alpha, beta = rates.spread + pulse.edits, rates.spread + pulse.exposure
        whole = policy.unseen(rates, born, pulse.last_edit, last, aim.end)
        looks = policy.looks_that_pay(alpha, beta, whole, aim.price)
        yield (
            f"By then {lively * unseen:.2g} unseen edits may be expected, until the end of the close watch"
            f" {lively * whole:.2g}: as many looks are taken as pay, {looks}, each for an equal part."
            f" One costs {enough}."
        )
        return
    value = _worth_at(planner, item, at)
    yield (
        f"By then {lively * unseen:.2g} unseen edits may be expected. A look is worth the versions that it catches, and"
        f' how much later they would be seen without it (`prefer` is "{prefer}"): {value:.2g}. It costs {enough}.'
    )
    if abs(at - last - policy.SOONEST) < _EXACT:
        yield f"None is looked at again within {_span(timedelta(hours=policy.SOONEST))}."
    elif at < aim.end and (
        at - last < policy.SOONEST
        or value * _MOVED < aim.price
        or _worth_at(planner, item, at - _BEFORE) > aim.price * _MOVED
    ):
        yield "That changed since the look was planned; all are planned anew every six hours."


def _worth_at(planner: Planner, item: Planned, at: float) -> float:
    pulse, rates, aim, born = item.pulse, planner.rates(item), planner.aim(item), hours_of(item.born_at)
    unseen = policy.unseen(rates, born, pulse.last_edit, hours_of(item.last_visited_at or item.first_seen_at), at)
    hazard = policy.hazard(rates, at - born, at - pulse.last_edit)
    return policy.worth(pulse, rates, unseen, hazard, aim.patience, aim.end - at)


def _prices(planner: Planner, item: Planned) -> Iterator[str]:
    """Why a look at this one costs something else than at others."""
    cost, times = planner.tariff.of(item.source_id).cost, planner.purse.dearer.get(host_key(item.url), 1.0)
    if cost < _CHEAP:
        yield (
            f'So many looks at "{item.source}" are answered "304 Not Modified" that one costs {cost:.2g} of a look'
            " that brings a page."
        )
    if times > 1:
        yield f"Looks wait for their turn at its host, so one there must bring {times:.2g} times as much."


def _moment(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def _span(span: timedelta) -> str:
    minutes = span / timedelta(minutes=1)
    if minutes < 2:
        return f"{span.total_seconds():.0f} s"
    if minutes < 120:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.1f} h" if minutes < 48 * 60 else f"{minutes / 1440:.1f} d"
