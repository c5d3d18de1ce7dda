"""The words of stamps: months, weekdays, labels, zones, relative times, in the languages that our outlets write."""

from __future__ import annotations

from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_MONTHS = (
    "januar jan jänner jän january enero janvier gennaio janv ene gen januari",
    "februar feb february febrero février febbraio febr feber févr fév fevrier februari",
    "märz mär mrz march mar marzo mars maerz mrt maart",
    "april apr abril avril aprile avr abr",
    "mai may mayo maggio mei mag",
    "juni jun june junio juin giugno giu",
    "juli jul july julio juillet luglio juil juill lug",
    "august aug agosto août aout augustus ago",
    "september sep sept septiembre setiembre septembre settembre set",
    "oktober okt october oct octubre octobre ottobre ott",
    "november nov noviembre novembre",
    "dezember dez december dec diciembre décembre decembre dicembre déc dic",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_WEEKDAYS = (
    "montag mo mon monday lundi lun lunes lunedì lunedi maandag ma",
    "dienstag di tue tues tuesday mardi mar martes martedì martedi dinsdag",
    "mittwoch mi wed weds wednesday mercredi mer miércoles miercoles mié mercoledì mercoledi woensdag wo",
    "donnerstag do thu thur thurs thursday jeudi jeu jueves jue giovedì giovedi gio donderdag",
    "freitag fr fri friday vendredi ven viernes vie venerdì venerdi vrijdag vr",
    "samstag sonnabend sa sam sat saturday samedi sábado sabado sáb sabato sab zaterdag za",
    "sonntag so sun sunday dimanche dim domingo dom domenica zondag zo",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}

# Abbreviations that mean one offset wherever news is written.
_OFFSETS = {
    "gmt": 0, "utc": 0, "bst": 1, "mez": 1, "cet": 1, "mesz": 2, "cest": 2, "edt": -4, "est": -5, "cdt": -5, "cst": -6,
    "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "akdt": -8, "akst": -9, "eet": 2, "eest": 3, "oez": 2, "oesz": 3,
    "msk": 3, "sast": 2, "pkt": 5, "wib": 7, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13,
}  # fmt: skip
_CITIES = {"et": "America/New_York", "ct": "America/Chicago", "pt": "America/Los_Angeles"}
ZONES: dict[str, tzinfo] = {
    **{name: timezone(timedelta(hours=hours)) for name, hours in _OFFSETS.items()},
    **{name: ZoneInfo(city) for name, city in _CITIES.items()},
}
# These mean different offsets in different countries: they are read only where they are the page's own.
AMBIGUOUS_ZONES = ("ist", "ast", "adt", "amt", "art", "wat", "cat", "eat", "gst", "hst", "sst", "wet", "west", "mt")
# Dots between numbers may be the American order where one of these or a half day ("4:42 p.m.") stands with them.
AMERICAN = frozenset({"edt", "est", "cdt", "cst", "mdt", "mst", "pdt", "pst", "akdt", "akst", *_CITIES})

# In German "hier" is no day.
DAYS_AGO = {
    "heute": 0, "gestern": 1, "vorgestern": 2, "today": 0, "yesterday": 1, "day before yesterday": 2,
    "aujourd'hui": 0, "hier à": 1, "avant-hier": 2, "hoy": 0, "ayer": 1, "anteayer": 2,
    "oggi": 0, "ieri": 1, "l'altro ieri": 2, "vandaag": 0, "gisteren": 1, "eergisteren": 2,
}  # fmt: skip

_UNITS = {
    1: "sekunde sekunden sek second seconds sec secs segundo segundos seconde secondes secondo secondi seconden",
    60: "minute minuten minutes min mins minuto minutos minuti minuut",
    3600: "stunde stunden std hour hours hr hrs h hora horas heure heures ora ore uur uren",
    86400: "tag tagen tage day days d día días jour jours giorno giorni dag dagen",
    604800: "woche wochen week weeks semana semanas semaine semaines settimana settimane weken",
}
# How long a unit of time is, in seconds.
UNITS = {name: seconds for seconds, names in _UNITS.items() for name in names.split()}

# Less than a minute ago: the longer forms first.
JUST = (
    r"vor weniger als (?:einer|1) minute|vor wenigen sekunden|gerade eben|eben gerade|soeben|jetzt|eben|"
    r"less than (?:a|1) minute ago|(?:a )?(?:few )?(?:moments?|seconds) ago|just now|right now|"
    r"à l'instant|il y a moins d'une minute|ahora mismo|justo ahora|hace menos de un minuto|"
    r"proprio ora|adesso|meno di un minuto fa|zojuist|zonet|minder dan een minuut geleden"
)

# What may stand between a day and its time, or beside a time that has no day.
CONNECTORS = frozenset({
    "um", "uhr", "am", "at", "on", "the", "den", "le", "la", "las", "los", "el", "il", "alle", "à", "a", "al", "de",
    "h", "hrs", "ore", "om", "op", "uur", "kl", "t",
})  # fmt: skip

# "As of" and "updated": the longer forms first.
UPDATED = (
    r"zuletzt (?:aktualisiert|geändert|bearbeitet)|letzte[sr]? (?:aktualisierung|änderung|update)(?: am)?|"
    r"last (?:updated|modified|update|edited)|edited(?! by)|"
    r"aktualisiert|aktualisierung|aktualisierte fassung|geändert|überarbeitet|"
    r"stand(?: de[rs] (?:artikels|informationen|daten|zahlen|meldung|recherche))?|updated?|modified|"
    r"mis(?:e)? à jour|modifié|actualisé|dernière (?:mise à jour|modification)|"
    r"actualizad[oa]|última actualización|modificado|atualizado|"
    r"aggiornat[oa]|aggiornamento|ultim[oa] (?:aggiornamento|modifica)|modificato|"
    r"bijgewerkt|laatste (?:update|wijziging)|(?:laatst )?(?:gewijzigd|aangepast)|"
    r"(?:senast )?uppdaterad|(?:sist )?oppdatert|opdateret"
)
# One of these, in lower case, is in any of them, and most texts have none.
UPDATED_HINTS = (
    "pdate", "stand", "tuali", "änder", "arbeitet", "modifi", "jour", "aggiorna", "bijgewerkt", "wijzig", "aangepast",
    "edited",
)  # fmt: skip
PUBLISHED = r"veröffentlicht|erstellt|erschienen|publiziert|published|posted|publié|publicado|pubblicato|gepubliceerd"
