"""In which time zone a page writes its stamps, told from its host and language; no guess for a country with several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

_BY_COUNTRY = {
    "de": "Europe/Berlin", "at": "Europe/Vienna", "ch": "Europe/Zurich", "li": "Europe/Vaduz",
    "lu": "Europe/Luxembourg", "uk": "Europe/London", "gb": "Europe/London", "ie": "Europe/Dublin",
    "fr": "Europe/Paris", "be": "Europe/Brussels", "nl": "Europe/Amsterdam", "it": "Europe/Rome",
    "es": "Europe/Madrid", "pt": "Europe/Lisbon", "pl": "Europe/Warsaw", "cz": "Europe/Prague",
    "sk": "Europe/Bratislava", "hu": "Europe/Budapest", "dk": "Europe/Copenhagen", "se": "Europe/Stockholm",
    "no": "Europe/Oslo", "fi": "Europe/Helsinki", "gr": "Europe/Athens", "ro": "Europe/Bucharest",
    "bg": "Europe/Sofia", "hr": "Europe/Zagreb", "si": "Europe/Ljubljana", "rs": "Europe/Belgrade",
    "ee": "Europe/Tallinn", "lv": "Europe/Riga", "lt": "Europe/Vilnius", "ua": "Europe/Kyiv",
    "tr": "Europe/Istanbul", "il": "Asia/Jerusalem", "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "cn": "Asia/Shanghai",
    "in": "Asia/Kolkata", "za": "Africa/Johannesburg", "ng": "Africa/Lagos", "ke": "Africa/Nairobi",
    "nz": "Pacific/Auckland",
}  # fmt: skip
_BY_LANGUAGE = {
    "de": "de", "it": "it", "pl": "pl", "cs": "cz", "sk": "sk", "hu": "hu", "da": "dk", "sv": "se", "nb": "no",
    "nn": "no", "no": "no", "fi": "fi", "el": "gr", "ro": "ro", "bg": "bg", "hr": "hr", "sl": "si", "et": "ee",
    "lv": "lv", "lt": "lt", "uk": "ua", "tr": "tr", "he": "il", "ja": "jp", "ko": "kr", "nl": "nl",
}  # fmt: skip
# In these names the sign is turned round.
_BY_OFFSET = {"+0530": "Asia/Kolkata"} | {
    f"{sign}{hours:02}00": f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" for sign in "+-" for hours in range(1, 13)
}
_OFFSET = re.compile(r"[+-]\d\d:?\d\d$")
_LOCALE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2}))?\b", re.I)


def zone_for(url: str, locales: Sequence[str], published: str) -> str:
    """An IANA name: by the host's country, else the country of a locale ("de_AT"), else its language; else UTC.

    Before UTC comes the offset of the machines' date of publication, as it never moves with an edit. Neither is the
    zone of a place (`is_place`): an offset is another one in summer, and many countries share it.
    """
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    if ending in _BY_COUNTRY:
        return _BY_COUNTRY[ending]
    found = [match for locale in locales if (match := _LOCALE.match(locale))]
    for match in found:
        if (country := (match[2] or "").lower()) in _BY_COUNTRY:
            return _BY_COUNTRY[country]
    for match in found:
        if not match[2] and (country := _BY_LANGUAGE.get(match[1].lower(), "")):
            return _BY_COUNTRY[country]
    offset = _OFFSET.search(published)
    return _BY_OFFSET.get(offset[0].replace(":", ""), "UTC") if offset else "UTC"


def is_place(zone: str) -> bool:
    """Whether it is the zone of a place; UTC and offsets are what is left where no place is known."""
    return "/" in zone and not zone.startswith("Etc/")
