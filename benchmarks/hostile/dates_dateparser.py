"""Dates of all languages: what `scraper.stamps.covers` reads in a text is never another time than the suite states.

The suite wants an instant of nearly everything; we promise no date rather than a wrong one. What we do not read is
`declined`: months and weekdays alone, days without a year, day and month that could be swapped, "about an hour ago",
languages that our outlets do not write. What we read is as expected if it covers the instant that the suite states
(we give a minute, a whole day, or for "2 hours ago" an hour), else it is wrong. Texts that the suite calls no dates
must not be read at all; so must those of the future, for no page was changed tomorrow. A translation must not say
another time than its original.

Left out is what states no date: tests of tokens, of options and their errors, of the search in longer texts, of the
detection of languages, and what its options prefer ("Friday" as the next one).

The suite's clock stands at 2012-11-13, in its tests of relative dates at 2014-09-01 10:30, and in the groups of
`_BASES` where it has to for what they state. No page names what is still to come: where a text names a later
day than that, it is read on that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.hostile.case import EXPECTED, Case, Verdict, declined, manifest, unexpected
from scraper.stamps import covers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_UTC = ZoneInfo("UTC")
_DAY_OF_DATES, _NOW = datetime(2012, 11, 13, 23, 59, tzinfo=UTC), datetime(2014, 9, 1, 10, 30, tzinfo=UTC)
_BASES = {
    "preferably_past_dates": datetime(2015, 2, 15, 15, 30, tzinfo=UTC),
    "dates_without_preference": datetime(2015, 2, 15, 15, 30, tzinfo=UTC),
    "extracted_period": datetime(2015, 2, 15, 15, 30, tzinfo=UTC),
    "freshness_date_with_relative_base": datetime(2010, 6, 4, 13, 15, tzinfo=UTC),
    "freshness_date_with_timezone_conversion": datetime(2014, 9, 1, 16, 30, tzinfo=UTC),
}
_OFFSETS = {"UTC": 0, "GMT": 0, "EDT": -4, "PDT": -7}
_ZONES = {"PKT": "Etc/GMT-5", "EST": "Etc/GMT+5", "MET": "Etc/GMT-1", "+05:00": "Etc/GMT-5", "-05:00": "Etc/GMT+5",
          "+01:00": "Etc/GMT-1"}  # fmt: skip
_CALL = re.compile(r"^\(?(?:datetime|date|time)\(([\d, ]+)(?:, tzinfo=.*)?\)")
_STEP = re.compile(r"([+-]) timedelta\((\w+)=(\d+)\)")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A text and what it means; `wanted` None: nothing that we may read."""

    text: str
    wanted: datetime | None
    now: datetime
    zone: ZoneInfo = _UTC


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        group = case["id"].split("/")[1].removeprefix("test_")
        if group in ("translation", "freshness_translation"):
            yield Case(case["id"], partial(_judge_translation, *case["expected"]))
        elif group == "extracting_valid_offset" and case["expected"][0] is not None:
            yield Case(case["id"], partial(_judge_offset, case["input_text"], case["expected"][0]))
        elif group in _GROUPS and isinstance(case["input_text"], str):
            yield Case(case["id"], partial(_judge, _GROUPS[group](case, group)))


def _judge(stated: _Stated) -> Verdict:
    now = max(stated.now, stated.wanted or stated.now)
    found = covers(stated.text, stated.zone, now)
    if found is None:
        return EXPECTED if stated.wanted is None else declined("not read")
    if stated.wanted is not None and found.start <= stated.wanted <= found.end:
        return EXPECTED
    return unexpected(f"{stated.text!r} read as {found.start} to {found.end} instead of {stated.wanted}")


def _judge_translation(text: str, english: str) -> Verdict:
    one, other = (covers(said, _UTC, _NOW) for said in (text, english))
    if one is None or other is None:
        return declined("not read")
    if one.start <= other.end and other.start <= one.end:
        return EXPECTED
    return unexpected(f"{text!r} and {english!r} read as {one.start} and {other.start}")


def _judge_offset(text: str, hours: float) -> Verdict:
    """The printed wall time is the one of that offset."""
    found = covers(text, _UTC, datetime(2035, 1, 1, tzinfo=UTC))
    if found is None:
        return declined("not read")
    wall = found.start.astimezone(timezone(timedelta(hours=hours)))
    printed = f"{wall:%H:%M}" in text or f"{wall:%I:%M}".lstrip("0") in text
    return EXPECTED if printed else unexpected(f"{text!r} read as {wall}")


def _moment(said: object) -> datetime | None:
    """ "datetime(2014, 9, 4)" or "(datetime(2014, 9, 4, 0, 0), 'day', 'en')"."""
    match = _CALL.match(str(said))
    return datetime(*map(int, match[1].split(",")), tzinfo=UTC) if match else None  # type: ignore[misc, arg-type]


def _instant(case: dict[str, Any], group: str) -> _Stated:
    """The last of a list, or what is called "expected…"; as a wall time without a zone."""
    said, text, base = case["expected"], case["input_text"], _BASES.get(group, _DAY_OF_DATES)
    if isinstance(said, dict):
        wanted = next(moment for key, value in said.items() if "expected" in key and (moment := _moment(value)))
    else:
        wanted = _moment(said[-1])
        text = said[0] if group == "dates_parsing_with_language" else text
    return _Stated(text, wanted, base)


def _in_a_zone(case: dict[str, Any], _group: str) -> _Stated:
    """[zone, wall time in that zone], or [zone of the text, zone of the wall time, wall time]."""
    *zones, said = case["expected"]
    wall = _moment(said)
    assert wall is not None
    named = _OFFSETS.get(zones[-1])
    offset = datetime.strptime(zones[-1], "%z").utcoffset() if named is None else timedelta(hours=named)
    assert offset is not None
    return _Stated(case["input_text"], wall - offset, _DAY_OF_DATES, ZoneInfo(zones[0]) if zones[1:] else _UTC)


def _day_and_time(case: dict[str, Any], group: str) -> _Stated:
    """[date, time], before it the zone of the text, and the zone of the answer if it is another."""
    *zones, on, at = case["expected"]
    zone = ZoneInfo(_ZONES.get(zones[0], zones[0])) if zones else _UTC
    numbers = [int(number) for said in (on, at) for number in re.findall(r"\d+", said)]
    wall = datetime(*numbers, tzinfo=ZoneInfo(zones[1]) if zones[1:] else zone)  # type: ignore[arg-type, misc]
    return _Stated(case["input_text"], wall.astimezone(UTC), _BASES.get(group, _NOW), zone)


def _ago(case: dict[str, Any], _group: str) -> _Stated:
    """How long ago; from any calendar, so that a month has the length it had."""
    said = case["expected"]
    ago = said.get("ago") or {"days": said.get("days_ago", 0)}
    months = 12 * ago.get("years", 0) + ago.get("months", 0)
    span = {unit: length for unit, length in ago.items() if unit not in ("years", "months")}
    since = _months_before(_NOW.date(), months)
    wanted = datetime.combine(since, _NOW.timetz()) - timedelta(**span) if since else _NOW
    return _Stated(case["input_text"], wanted, _NOW)


def _months_before(day: date, months: int) -> date | None:
    """None where there were no calendars."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1) if year > 0 else None


def _steps(case: dict[str, Any], _group: str) -> _Stated:
    """ "lambda base: base - timedelta(days=1) + timedelta(hours=1)"."""
    steps = _STEP.findall(case["expected"][0])
    spans = [int(f"{sign}1") * timedelta(**{unit: int(number)}) for sign, unit, number in steps]
    return _Stated(case["input_text"], _NOW + sum(spans, timedelta()), _NOW)


def _time(case: dict[str, Any], _group: str) -> _Stated:
    """A time of the day that ends; milliseconds are not ours."""
    hour, minute, *rest = map(int, re.findall(r"\d+", case["expected"]["timeobj"]))
    wanted = _DAY_OF_DATES.replace(hour=hour, minute=minute, second=rest[0] if rest else 0)
    return _Stated(case["input_text"], wanted, _DAY_OF_DATES)


def _nothing(case: dict[str, Any], _group: str) -> _Stated:
    return _Stated(case["input_text"], None, _NOW)


def _to_come(case: dict[str, Any], _group: str) -> _Stated:
    said = case["expected"]
    is_now = isinstance(said, dict) and not any(said["in_future"].values())
    return _Stated(case["input_text"], _NOW if is_now else None, _NOW)


def _named(reader: Callable[[dict[str, Any], str], _Stated], names: str) -> dict[str, Any]:
    return dict.fromkeys(names.split(), reader)


_GROUPS: dict[str, Callable[[dict[str, Any], str], _Stated]] = {
    **_named(
        _instant,
        """dates_parsing dates_parsing_with_normalization dates_parsing_with_language dates_parsing_no_spaces
        parsing_with_time_zones_and_converting_to_UTC parsing_with_utc_offsets preferably_past_dates
        dates_without_preference preferably_past_dates_leap_year dates_without_preference_leap_year
        dates_with_day_missing_preferring_current_day_of_month dates_with_day_missing_preferring_last_day_of_month
        dates_with_day_missing_preferring_first_day_of_month iso_datestamp_format_should_always_parse
        iso_datestamp_format_should_parse_with_locale_date_order parse_timestamp parse_negative_timestamp
        parse_timestamp_with_time_as_period extracted_period order order_no_spaces
        period_is_time_if_return_time_as_period_setting_applied_and_time_component_present
        period_is_time_if_return_time_as_period_and_relative_base_settings_applied_and_time_component_present
        period_is_day_if_return_time_as_period_setting_applied_and_time_component_is_not_present
        period_is_day_if_return_time_as_period_setting_not_applied if_settings_provided_date_order_is_retained
        dates_with_no_day_or_month use_given_language_order_setting short_weekday_names get_date_tuple
        should_parse_date should_parse_day_of_year_format parse_date_using_format
        parse_date_with_timezones_not_using_formats should_parse_with_no_break_space_in_dates
        parse_settings_default_languages parse_settings_default_languages_with_detected_language
        date_data_parser_settings_default_languages date_are_parsed_in_order_supplied
        default_order_used_if_date_order_not_supplied best_order_used_if_date_order_not_supplied_to_8_digit_numbers""",
    ),
    **_named(
        _in_a_zone,
        """dateparser_should_return_tzaware_date_when_tz_info_present_in_date_string timezone_conversion
        dateparser_should_return_date_in_setting_timezone_if_timezone_info_present_in_datestring_and_in_settings""",
    ),
    **_named(
        _day_and_time,
        """freshness_date_with_time freshness_date_with_relative_base freshness_date_with_pytz_timezones
        freshness_date_with_timezone_abbreviations freshness_date_with_timezone_utc_offset
        freshness_date_with_timezone_conversion""",
    ),
    **_named(
        _ago,
        """relative_past_dates normalized_relative_dates relative_past_dates_with_time_as_period known_issues
        temporal_nouns_are_parsed""",
    ),
    **_named(_steps, "relative_date_with_time_offset"),
    **_named(_time, "time_is_parsed"),
    **_named(
        _nothing,
        """dates_not_parsed error_should_be_raised_for_invalid_dates_with_too_large_day_number
        parsing_strings_containing_only_separator_tokens dates_not_supported_by_date_time timestamp_with_wrong_length
        should_reject_easily_mistaken_dateutil_arguments empty_string_is_not_parsed colons_string_is_not_parsed
        error_is_raised_when_date_cannot_be_parsed error_is_raised_when_incomplete_dates_given
        error_is_raised_when_partially_complete_dates_given error_is_raised_when_day_part_missing
        error_is_raised_when_month_part_missing error_is_raised_when_year_part_missing
        error_is_raised_for_invalid_time_string""",
    ),
    **_named(_to_come, "relative_future_dates word_numbers_with_later word_numbers_advanced"),
}  # fmt: skip
