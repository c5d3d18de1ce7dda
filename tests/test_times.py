"""Quiet hours and lines of cron: when they end, when they come, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schedules.times import Every, QuietHours, cron, quiet


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        ("22:00-06:00", "2026-11-26 21:59", None),
        ("22:00-06:00", "2026-11-26 22:00", "2026-11-27 06:00"),
        ("22:00-06:00", "2026-11-27 05:59", "2026-11-27 06:00"),
        ("22:00-06:00", "2026-11-27 06:00", None),
        ("12:30 – 13:00", "2026-11-27 12:45", "2026-11-27 13:00"),
        ("12:30-13:00", "2026-11-27 13:00", None),
        ("00:00-06:00", "2026-11-27 00:00", "2026-11-27 06:00"),
        ("18:00-00:00", "2026-11-27 23:59", "2026-11-28 00:00"),
        # By the clock of Berlin, which is put forward and back in between.
        ("22:00-06:00 Europe/Berlin", "2026-03-28 21:00", "2026-03-29 04:00"),
        ("22:00-06:00 Europe/Berlin", "2026-10-24 20:00", "2026-10-25 05:00"),
        ("22:00-06:00 Europe/Berlin", "2026-11-27 05:00", None),
    ],
)
def test_quiet_hours(hours: str, now: str, until: str | None) -> None:
    assert quiet(hours).until(at(now)) == (at(until) if until else None)


def test_the_later_of_two_ends_counts() -> None:
    hours = QuietHours({"zeitung.example": quiet("22:00-06:00")}, {"Zeitung": quiet("23:00-07:00")})
    night = at("2026-11-26 23:30")
    assert hours.until("Zeitung", "zeitung.example", night) == at("2026-11-27 07:00")
    assert hours.until("Bote", "zeitung.example", night) == at("2026-11-27 06:00")
    assert hours.until("Bote", "bote.example", night) is None


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("0 6 * * *", ["2026-11-27 06:00", "2026-11-28 06:00"]),
        ("30 6 * * * Europe/Berlin", ["2026-11-27 05:30", "2026-11-28 05:30"]),
        ("*/20 * * * *", ["2026-11-26 12:20", "2026-11-26 12:40"]),
        # 2026-11-26 is a Thursday: in cron 0 and 7 are Sunday, 1 is Monday.
        ("0 6 * * 1-5", ["2026-11-27 06:00", "2026-11-30 06:00"]),
        ("0 6 * * mon-fri", ["2026-11-27 06:00", "2026-11-30 06:00"]),
        ("0 6 * * 0", ["2026-11-29 06:00", "2026-12-06 06:00"]),
        ("0 6 * * 7,1", ["2026-11-29 06:00", "2026-11-30 06:00"]),
        ("0 6 * * 0-6/3", ["2026-11-28 06:00", "2026-11-29 06:00"]),
        ("0 6 1 * *", ["2026-12-01 06:00", "2027-01-01 06:00"]),
        # Steps over the days of a week begin with Sunday, over a range of names with its first.
        ("0 6 * * */2", ["2026-11-28 06:00", "2026-11-29 06:00"]),
        ("0 6 * * mon-fri/2", ["2026-11-27 06:00", "2026-11-30 06:00"]),
        # Where both days are named either will do.
        ("0 6 1 * 1", ["2026-11-30 06:00", "2026-12-01 06:00"]),
        ("0 6 29 2 1", ["2027-02-01 06:00", "2027-02-08 06:00"]),
    ],
)
def test_cron(line: str, after: list[str]) -> None:
    first = cron(line).after(at("2026-11-26 12:00"))
    assert [first, cron(line).after(first)] == [at(moment) for moment in after]


@pytest.mark.parametrize(
    ("line", "now", "after"),
    [
        # Clocks go back: 02:30 comes twice there, and is told once, whenever it is asked.
        ("30 2 * * *", "2026-10-24 12:00", ["2026-10-25 00:30", "2026-10-26 01:30"]),
        ("30 2 * * *", "2026-10-25 00:45", ["2026-10-26 01:30", "2026-10-27 01:30"]),
        ("30 2 * * *", "2026-10-25 01:00", ["2026-10-26 01:30", "2026-10-27 01:30"]),
        # Clocks leap over it: it comes as soon as they have.
        ("30 2 * * *", "2027-03-27 12:00", ["2027-03-28 01:00", "2027-03-29 00:30"]),
        # What comes every hour comes every hour.
        ("30 * * * *", "2026-10-25 00:00", ["2026-10-25 00:30", "2026-10-25 01:30"]),
    ],
)
def test_cron_when_clocks_change(line: str, now: str, after: list[str]) -> None:
    berlin = cron(f"{line} Europe/Berlin")
    first = berlin.after(at(now))
    assert [first, berlin.after(first)] == [at(moment) for moment in after]
    assert berlin.line == f"{line} Europe/Berlin"


@pytest.mark.parametrize("line", ["0 6 29 2 *", "0 6 */16 2 1", "0 6 * 2 5#5"])
def test_what_does_not_come_every_year(line: str) -> None:
    with pytest.raises(ValueError, match="expected a time that comes in every year"):
        cron(line)


def test_an_interval() -> None:
    assert Every(timedelta(hours=6)).after(at("2026-11-26 12:00")) == at("2026-11-26 18:00")


@pytest.mark.parametrize(
    "hours", ["", "22-6", "22:00", "25:00-06:00", "22:00-22:00", "22:00-06:00 Berlin", "22:00-06:00 ../zone", 5]
)
def test_what_are_no_quiet_hours(hours: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        quiet(hours)


@pytest.mark.parametrize(
    "line", ["", "6h", "0 6 * *", "0 25 * * *", "0 6 * * 8", "0 6 * * 5-1", "0 6 30 2 *", "0 6 * * * Berlin", "@daily"]
)
def test_what_is_no_line_of_cron(line: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        cron(line)
