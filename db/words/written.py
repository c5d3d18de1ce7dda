"""Dates, numbers and lengths of time as the reader writes them. Pure but for who reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from db.words.language import _, ngettext, reader

# Pieces of a sentence: words and, where they name an instant, the instant for <time datetime>.
Pieces = tuple[tuple[str, str], ...]

# strftime's names follow the locale of the machine, not the reader's.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_PLACE = re.compile(r"%\((\w+)\)s")


def capital(words: str) -> str:
    """The words at the beginning of a line; `capitalize` would write "stand"."""
    return words[:1].upper() + words[1:]


def iso(text: str) -> str:
    """An instant for <time datetime>: UTC to the second."""
    return f"{utc(text):%Y-%m-%dT%H:%M:%SZ}"


def instant(text: str, today: str = "") -> str:
    """ "24 Nov 2026, 14:02 UTC", without the date if it is that one."""
    return _("%(at)s UTC", at=_without(today, utc(text)))


def day(text: str) -> str:
    """ "Tuesday, 24 November 2026", the day in UTC."""
    at = utc(text)
    names = {"weekday": _(DAYS[at.weekday()]), "month": _(LONG_MONTHS[at.month - 1])}
    return _("%(weekday)s, %(day)s %(month)s %(year)s", day=at.day, year=at.year, **names)


def month(text: str) -> str:
    """ "November 2026" of "2026-11"."""
    return f"{_(LONG_MONTHS[int(text[5:7]) - 1])} {text[:4]}"


def time(text: str) -> str:
    """ "14:02"."""
    return f"{utc(text):%H:%M}"


def date(text: str) -> str:
    """ "24 Nov 2026"."""
    return _date(utc(text))


def window(not_before: str | None, not_after: str, today: str = "") -> Pieces:
    """When an edit happened: "between 24 Nov 2026, 14:02 and 14:11 UTC", as pieces. `today` is a date not to repeat."""
    end = utc(not_after)
    if not_before is None:
        return _pieces(_("not later than %(end)s UTC", end="%(end)s"), end=(_without(today, end), iso(not_after)))
    start = utc(not_before)
    first, last = _without(today, start), _without(f"{start:%Y-%m-%d}", end)
    if f"{start:%Y%m%d%H%M}" == f"{end:%Y%m%d%H%M}":
        first, last = f"{first}:{start:%S}", f"{last}:{end:%S}"
    sentence = _("between %(start)s and %(end)s UTC", start="%(start)s", end="%(end)s")
    return _pieces(sentence, start=(first, iso(not_before)), end=(last, iso(not_after)))


def _pieces(sentence: str, **instants: tuple[str, str]) -> Pieces:
    """The sentence, cut at the instants in it."""
    parts = _PLACE.split(sentence)
    return tuple(instants[part] if at % 2 else (part, "") for at, part in enumerate(parts) if part)


def _without(today: str, at: datetime) -> str:
    """The instant, with its date unless it is that one."""
    return f"{at:%H:%M}" if f"{at:%Y-%m-%d}" == today else minute(at)


def span(seconds: float) -> str:
    """A length of time, cut off and never rounded up: "119 s", "31 min", "2 h 50 min", "3 days 4 h", "12 days"."""
    whole = round(seconds)  # only fractions of a second, which is what sums of days leave
    if whole < 120:
        return _("%(number)s s", number=whole)
    if whole < 5_400:
        return _("%(number)s min", number=whole // 60)
    hours, minutes = divmod(whole // 60, 60)
    if hours < 48:
        said, rest = _("%(number)s h", number=hours), _("%(number)s min", number=minutes) if minutes else ""
    else:
        days, hours = divmod(hours, 24)
        said = ngettext("%(num)s day", "%(num)s days", days) % {"num": number(days)}
        rest = _("%(number)s h", number=hours) if hours and days < 10 else ""
    return f"{said} {rest}".strip()


def pause(seconds: float) -> str:
    """The same for what is measured: "0.5 s", "9.9 s", "95 s", "12 min", never rounded up to what was asked for."""
    if seconds < 90:
        return exact(int(seconds * 10) / 10)
    step = 1 if seconds < 3_600 else 60 if seconds < 172_800 else 3_600
    return exact(seconds // step * step)


def every(seconds: float) -> str:
    """An interval that was set, to the letter: "every minute", "every 90 min", "every 1.5 s"."""
    if seconds == 60:
        return _("every minute")
    if seconds == 3_600:
        return _("every hour")
    return _("every day") if seconds == 86_400 else _("every %(span)s", span=exact(seconds))


def exact(seconds: float) -> str:
    """A length of time that was set, to the letter, in the largest unit of which it has a whole number: "90 s"."""
    if seconds and seconds % 86_400 == 0:
        days = int(seconds / 86_400)
        return ngettext("%(num)s day", "%(num)s days", days) % {"num": number(days)}
    if seconds and seconds % 3_600 == 0:
        return _("%(number)s h", number=number(int(seconds / 3_600)))
    if seconds and seconds % 60 == 0:
        return _("%(number)s min", number=number(int(seconds / 60)))
    return _("%(number)s s", number=_grouped(f"{seconds:g}"))


def size(count: float) -> str:
    """ "240 bytes", "1.4 MB"."""
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= unit:
            return _grouped(f"{count / unit:.1f} {name}")
    return tally(round(count), "byte")


def lasts(from_at: str, to_at: str) -> str:
    """The length of the time between two instants; what lies ahead is no time."""
    return span(max((utc(to_at) - utc(from_at)).total_seconds(), 0.0))


def number(count: int) -> str:
    """ "1,204"."""
    return _grouped(f"{count:,}")


def decimal(value: float) -> str:
    """ "0.25"."""
    return _grouped(f"{value:,.2f}")


def signed(count: int) -> str:
    """ "+3", "−2", "0"."""
    return f"+{number(count)}" if count > 0 else f"−{number(-count)}" if count < 0 else "0"


def tally(count: int, one: str, many: str = "") -> str:
    """ "1 look", "1,204 looks"."""
    return ngettext(f"%(num)s {one}", f"%(num)s {many or one + 's'}", count) % {"num": number(count)}


def percent(share: float, *, fine: bool = False) -> str:
    """ "34 %", near both ends "2.1 %" and "99.6 %"; `fine`: "34.2 %" everywhere."""
    value = 100 * share
    if 0 < value < 0.05 or 99.95 <= value < 100:
        return _grouped("< 0.1 %" if value < 50 else "> 99.9 %")
    whole = value in (0, 100) or (9.95 <= value <= 90.05 and not fine)
    return _grouped(f"{value:.{0 if whole else 1}f} %")


def _grouped(english: str) -> str:
    return english.translate(str.maketrans(",.", ".,")) if reader().language == "de" else english


def minute(at: datetime) -> str:
    """ "24 Nov 2026, 14:02", in the zone that it is given in."""
    return f"{_date(at)}, {at:%H:%M}"


def _date(at: datetime) -> str:
    return f"{at:%d.%m.%Y}" if reader().language == "de" else f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def utc(text: str) -> datetime:
    """The instant that the text names; a day alone is one in UTC, whatever the zone of the machine."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
