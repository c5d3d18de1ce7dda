"""How editors say that they corrected their text: in German, English, French, Spanish, Italian and Dutch."""

from __future__ import annotations

import re

PIECE = r"(?:article|story|report|piece|page|post|headline|caption|column|live\sblog)"
STUECK = (
    r"(?:artikels?|beitrag(?:e?s)?|textes|text|berichts?|meldung|überschrift|fassung|version|zahlen?|angaben?|stelle"
    r"|passage)"
)
# "A previous version": in German, English, French, Spanish, Italian and Dutch.
_EARLIER = (
    r"\bin\seiner\s(?:früheren|ersten|vorherigen|älteren|ursprünglichen|vorigen)\s(?:version|fassung)\b"
    r"|\bin\sder\s(?:ursprünglichen|ersten|vorherigen)\s(?:version|fassung)\b"
    r"|\b(?:an?|the|our)\s(?:earlier|previous|original|prior|first)\sversion\s(?:of\sth(?:is|e\s(?:article|story|report))"
    r"|mis\w+|(?:incorrectly|wrongly|erroneously)\b)|\bin\san?\s(?:earlier|previous)\sversion\W*$"
    r"|\b(?:une|la)\sversion\s(?:précédente|antérieure|initiale)\b|\bune\sprécédente\sversion\b"
    r"|\bune\spremière\sversion\sde\s(?:cet\sarticle|ce\stexte|l[’']article)\b"
    r"|\b(?:una|la)\sversión\s(?:anterior|previa|inicial)\b|\b(?:una|la)\sversione\s(?:precedente|iniziale)\b"
    r"|\buna\sprecedente\sversione\b|\been\s(?:eerdere|vorige)\sversie\b"
)
# "This article was changed", in the same languages.
_CHANGED = (
    rf"\bthis\s{PIECE}\s(?:was|is|has\s(?:since\s)?been)\s(?:\w+\s)?(?:amended|corrected|edited|revised|changed|modified"
    r"|clarified)\b"
    rf"|\b{PIECE}\s(?:was|has\sbeen)\s(?:\w+\s)?updated\sto\s(?:correct|clarify|fix|reflect)\b"
    rf"|\b(?:dieser|diesem|dieses|der|des)\s{STUECK}\b.{{0,60}}\b(?:korrigiert|berichtigt|richtiggestellt)\b"
    rf"|\bdiese[rs]?\s{STUECK}\s(?:wurde|ist)\b.{{0,60}}\b(?:geändert|angepasst|präzisiert|überarbeitet)\b"
    r"|\b(?:cet\sarticle|ce\stexte|cette\sdépêche)\sa\sété\s(?:\w+\s)?(?:corrigé|modifié|rectifié|amendé)e?\b"
    r"|\best(?:e|a)\s(?:artículo|texto|noticia|información|nota)\s(?:ha\ssido|fue)\s(?:\w+\s)?(?:corregid|modificad|rectificad)[oa]\b"
    r"|\bquest(?:o\s|a\s|[’'])(?:articolo|testo|pezzo|notizia)\sè\sstat[oa]\s(?:\w+\s)?(?:corrett|modificat|rettificat)[oa]\b"
    r"|\b(?:dit|deze)\s(?:artikel|bericht|verhaal|stuk|tekst)\s(?:is|werd)\b.{0,40}\b(?:aangepast|gecorrigeerd|gewijzigd)\b"
)
# "We have corrected", at the beginning: within a text somebody may be quoted so.
_WE = (
    r"^[^\w\"„“”«»‚‘']*(?:wir\shaben\b.{2,80}\b(?:korrigiert|berichtigt|richtiggestellt)\b"
    r"|we\s(?:have\s)?(?:since\s)?corrected\b|nous\savons\s(?:corrigé|rectifié)\b"
    r"|hemos\s(?:corregido|rectificado)\b|abbiamo\s(?:corretto|rettificato)\b|(?:wij|we)\shebben\s.{2,80}\bgecorrigeerd\b)"
)
_BY_EDITORS = (
    r"anm(?:erkung|\.)\s?d(?:er|\.)\s?red(?:aktion|\.)|hinweis\sder\sredaktion"
    r"|editor(?:['’]s|s['’]|ial)?\snote\b|note\sde\sla\srédaction|ndlr\b|nota\s(?:de\sla\sredacción|del\seditor|della\sredazione)"
    r"|(?:noot|naschrift)\svan\sde\sredactie"
)
_NOUN = (
    r"korrektur(?:en|hinweis)?|berichtigung(?:en)?|richtigstellung|errat(?:um|a(?:\scorrige)?)|corrections?|clarifications?"
    r"|rectificati(?:f|e|on)s?|correctif|fe\sde\serr(?:ores|atas)|rectificación|corrección|correzione|rettifica|correctie"
)
# A list of what was done to the article.
_HISTORY = (
    r"(?:update|correction|edit|change|revision|version)s?[\s-]?(?:history|log)|(?:record\sof\s)?corrections\sand\supdates"
    r"|(?:änderungs|korrektur|versions|aktualisierungs|bearbeitungs)(?:historie|verlauf|protokoll|geschichte|hinweise?)"
    r"|historique\sdes\s(?:modifications|corrections|mises\sà\sjour)|historial\sde\s(?:cambios|correcciones)"
    r"|(?:cronologia|storico)\sdelle\s(?:modifiche|correzioni)|wijzigings(?:geschiedenis|overzicht)"
)
_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}\.?(?:\sde)?\s[a-zäéûô]{3,10}\.?(?:(?:\sde)?\s\d{4})?"
    r"|[a-z]{3,9}\.?\s\d{1,2}(?:,?\s\d{4})?)"
)
_DONE = (
    r"(?:korrigiert|berichtigt|richtiggestellt|präzisiert|corrected|amended|clarified|fixed|corrigée?s?|rectifiée?s?"
    r"|corregid[oa]s?|rectificad[oa]s?|corrett[oaie]|rettificat[oaie]|gecorrigeerd|aangepast|correction|korrektur|an\searlier\sversion)"
)
_CORRECTION = re.compile(
    rf"""^\W*(?:
        (?:{_NOUN})\b\s*(?:\([^)]*\)\s*)?(?:[:|–—-]|$|vom\s|(?:am|of|on|du|del|van)\s(?:\w+\.?,?\s)?\d)
        |(?:{_HISTORY})\W*(?:$|:)
        |{_BY_EDITORS}
        |(?:corrected|korrigiert|corrigé|corregido|corretto|gecorrigeerd|amended)\b\s*(?:[:|–—-]|(?:on|at|am|le|el|il|op)\b|{_DATE})
        |corrects\s\w+
        |{_DATE}(?:,?\s\d{{1,2}}[:.]\d\d(?:\suhr)?)?\s?[:|–—-]\s?[^.]{{0,120}}\b{_DONE}\b
    )
    |{_EARLIER}
    |{_CHANGED}
    |{_WE}
    |\bwir\s(?:bitten,?\sden\sfehler|haben\sden\sfehler|haben\sdas\skorrigiert|haben\sdie\s(?:stelle|angabe|passage)\skorrigiert)
    |\bder\sfehler\swurde\s(?:\w+\s)?(?:korrigiert|behoben|berichtigt)\b|\bwe\sregret\sthe\serror\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = re.compile(rf"\W*(?:{_NOUN}|{_BY_EDITORS}|{_HISTORY})\W*", re.IGNORECASE)
_MARKS = "*†•·–—-([ "
# Every such remark holds one of these; most paragraphs hold none, and looking is quicker than matching.
_SIGNS = (
    "korr", "richtig", "red.", "redaktion", "fassung", "version", "fehler", "note", "correct", "clarif", "amended",
    "errat", "rectif", "rettif", "errores", "correc", "correz", "versión", "versie", "précédente", "änder", "corrig",
    "correg", "corrett", "modif", "ndlr", "redac", "rédact", "redazione", "redactie", "edited", "revised", "changed",
    "histor", "verlauf", "geschichte", "protokoll", "e log", "n log", "changelog", "cronologia", "storico", "wijzig",
    "aangepast", "fixed", "regret", "präzis", "angepasst", "überarbeitet", "update",
)  # fmt: skip


def may_correct(text: str) -> bool:
    """Whether it is worth a closer look. `text`: in small letters."""
    return any(sign in text for sign in _SIGNS)


def corrects(text: str) -> bool:
    """It says that this article was corrected, or that editors say something about it, or is a heading of such."""
    return may_correct(text.lower()) and _CORRECTION.search(text) is not None


def begins_correction(text: str) -> bool:
    """It is nothing but such a remark: that is what it begins with."""
    return may_correct(text.lower()) and _CORRECTION.match(text.lstrip(_MARKS)) is not None


def is_label(text: str) -> bool:
    """Nothing but the heading of a correction, or of a list of what was changed: "Correction", "Update history"."""
    return _LABEL.fullmatch(text) is not None
