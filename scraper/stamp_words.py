"""The words of stamps: months, labels, zones, relative times, in the languages that our outlets write."""

from __future__ import annotations

from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_MONTHS = (
    "januar jan jänner january enero janvier gennaio janv ene gen",
    "februar feb february febrero février febbraio febr feber févr",
    "märz mär mrz march mar marzo mars maerz mrt maart",
    "april apr abril avril aprile avr abr",
    "mai may mayo maggio mei mag",
    "juni jun june junio juin giugno giu",
    "juli jul july julio juillet luglio juil lug",
    "august aug agosto août augustus ago",
    "september sep sept septiembre septembre settembre set",
    "oktober okt october oct octubre octobre ottobre ott",
    "november nov noviembre novembre",
    "dezember dez december dec diciembre décembre dicembre déc dic",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

# Abbreviations that mean one offset wherever news is written; "IST" and "CST" elsewhere do not.
_OFFSETS = {
    "gmt": 0, "utc": 0, "bst": 1, "mez": 1, "cet": 1, "mesz": 2, "cest": 2, "edt": -4, "est": -5, "cdt": -5, "cst": -6,
    "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
}  # fmt: skip
_CITIES = {"et": "America/New_York", "ct": "America/Chicago", "pt": "America/Los_Angeles"}
ZONES: dict[str, tzinfo] = {
    **{name: timezone(timedelta(hours=hours)) for name, hours in _OFFSETS.items()},
    **{name: ZoneInfo(city) for name, city in _CITIES.items()},
}

DAYS_AGO = {
    "heute": 0, "gestern": 1, "vorgestern": 2, "today": 0, "yesterday": 1, "aujourd'hui": 0, "hier": 1, "hoy": 0,
    "ayer": 1, "oggi": 0, "ieri": 1, "vandaag": 0, "gisteren": 1,
}  # fmt: skip

# What a moment of that unit covers, and how long it is.
UNITS = {
    "sekunde": 1, "sekunden": 1, "second": 1, "seconds": 1, "sec": 1, "secs": 1,
    "minute": 60, "minuten": 60, "minutes": 60, "min": 60, "mins": 60,
    "stunde": 3600, "stunden": 3600, "std": 3600, "hour": 3600, "hours": 3600, "hr": 3600, "hrs": 3600,
}  # fmt: skip
DAY_UNITS = {"tag": 1, "tagen": 1, "tage": 1, "day": 1, "days": 1, "woche": 7, "wochen": 7, "week": 7, "weeks": 7}
ONE = {"einer": 1, "einem": 1, "ein": 1, "eine": 1, "a": 1, "an": 1, "one": 1}

# "As of" and "updated": the longer forms first.
UPDATED = (
    r"zuletzt (?:aktualisiert|geändert|bearbeitet)(?: am)?|letzte (?:aktualisierung|änderung)|"
    r"last (?:updated|modified)(?: on)?|"
    r"aktualisiert(?: am| um)?|aktualisierung|geändert(?: am)?|überarbeitet|stand|updated?(?: on| at)?|modified|"
    r"mis à jour(?: le)?|mise à jour|actualizado(?: el)?|actualizada|aggiornato(?: il)?|aggiornamento|bijgewerkt|"
    r"laatste update"
)
PUBLISHED = (
    r"veröffentlicht(?: am)?|erstellt(?: am)?|erschienen(?: am)?|publiziert(?: am)?|published(?: on| at)?|"
    r"posted(?: on)?|publié(?: le)?|publicado(?: el)?|pubblicato(?: il)?|gepubliceerd|vom|erstmals"
)
