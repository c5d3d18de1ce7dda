"""How editors say that they corrected their text: in German, English, French, Spanish, Italian and Dutch."""

from __future__ import annotations

import re

from scraper.amendments import is_amendment, is_reported, without_other_edits

# In two letters. Of an article in another one nobody can say that it has no such remark.
LANGUAGES = frozenset(("de", "en", "fr", "es", "it", "nl"))
PIECE = r"(?:article|story|report|piece|page|post|headline|caption|column|live\sblog)"
STUECK = (
    r"(?:artikels?|beitrag(?:e?s)?|textes|text|berichts?|meldung|überschrift|fassung|version|zahlen?|angaben?|stelle"
    r"|passage)"
)
# Of which article: "of this article", but not "of the bill".
_OWN = (
    r"(?:(?:this|dies\w*|unsere\w*|our|cet(?:te)?|ce|est[ea]|quest[oa’']|dit|deze)\b|(?:the\s|la\s|l[’']|le\s|het\s|de\s)?"
    r"(?:artikels?|article|story|artículo|noticia|articolo|textes|beitrag(?:e?s)?|meldung)\b)"
)
_OF_OTHERS = (
    rf"(?!\s(?:des|der|vom|von|of|du|de|del|della|van)\s(?!{_OWN})|\s(?:dell|d|de\sl)[’'](?!article\b|articolo\b)"
    rf"|\s(?:seine|ihre|its|their|his|her|hun)[nrs]?\s)"
)
# Of the pieces those that a report tells of less often than it consists of them.
OWN_PIECE = r"(?:artikels?|beitrag(?:e?s)?|textes|text|meldung|überschrift|fassung|stelle|passage)"
# "A previous version": in German, English, French, Spanish, Italian and Dutch. Of this article, or as the first words.
_EARLIER_SAID = (
    r"(?:in\s(?:einer|der)\s(?:früheren|ersten|vorherigen|älteren|ursprünglichen|vorigen)\s(?:version|fassung)"
    r"|(?:in\s)?(?:an?|the|our)\s(?:earlier|previous|original|prior|first)\sversion"
    r"|(?:dans\s)?(?:une|la)\s(?:précédente|première)\sversion|(?:dans\s)?(?:une|la)\sversion\s(?:précédente|antérieure|initiale)"
    r"|(?:en\s)?(?:una|la)\s(?:primera\sversión|versión\s(?:anterior|previa|inicial))"
    r"|(?:in\s|nella\s)?(?:una|la)?\s?(?:(?:precedente|prima)\sversione|versione\s(?:precedente|iniziale))"
    r"|(?:in\s)?een\s(?:eerdere|vorige)\sversie)"
)
_EARLIER = (
    rf"\b{_EARLIER_SAID}\s(?:des|der|von|of|du|de|del|della|van)?\s?(?:dell[’']|de\sl[’']|l[’'])?{_OWN}"
    r"|\b(?:an?|the|our)\s(?:earlier|previous|original|prior|first)\sversion\s(?:mis\w+|(?:incorrectly|wrongly|erroneously)\b)"
    r"|\bin\san?\s(?:earlier|previous)\sversion\W*$"
    r"|\b(?:our\s(?:original|earlier|previous|first|initial)\s(?:story|report|article|headline|piece)"
    r"|an?\s(?:earlier|previous|original)\sheadline)\s(?:said|stated|gave|put|suggested|named|mis\w+|incorrectly|wrongly)\b"
    r"|\bunser\s(?:ursprünglicher|erster|früherer)\s(?:artikel|bericht|beitrag|text)\b"
    r"|\b(?:zunächst|ursprünglich|fälschlich\w*|irrtümlich\w*)\s(?:hieß\ses|(?:stand|war)\b.{0,30}\bin\sdiesem\s"
    r"(?:artikel|text|beitrag)\b)"
)
# "This article was changed", in the same languages.
_TEXT = r"(?:artikels?|beitrag(?:e?s)?|textes|text)"
_CHANGED = (
    rf"\bthis\s{PIECE}\s(?:was|is|has\s(?:since\s)?been)\s(?:\w+\s)?(?:amended|corrected|edited|revised|changed|modified"
    r"|clarified)\b"
    r"|\bthis\s(?:story|article|item|dispatch)\scorrects\b(?!\s(?:[\w-]+\s){0,3}(?:myth|mis\w+|falsehood)s?\b)"
    rf"|\b(?:this\s{PIECE}|(?:the|our)\s(?:article|story|headline))\s(?:was|has\sbeen)\s(?:\w+\s)?(?:updated|revised"
    r"|edited|changed)\sto\s(?:correct|clarify|fix|reflect)\b"
    rf"|\b(?:diese[rsmn]?\s{OWN_PIECE}|de[rs]\s{_TEXT}(?!\s(?:de[rs]|vo[mn]|über|zu[rm]?)\b))\b.{{0,60}}"
    r"\b(?:korrigiert|berichtigt|richtiggestellt)\b"
    rf"|\bdiese[rs]?\s{STUECK}\s(?:wurde|ist)\b.{{0,60}}\b(?:geändert|angepasst|präzisiert|überarbeitet)\b"
    r"|\b(?:cet\sarticle|ce\stexte|cette\sdépêche)\sa\sété\s(?:\w+\s)?(?:corrigé|modifié|rectifié|amendé)e?\b"
    r"|\best(?:e|a)\s(?:artículo|texto|noticia|información|nota)\s(?:ha\ssido|fue)\s(?:\w+\s)?(?:corregid|modificad|rectificad)[oa]\b"
    r"|\bquest(?:o\s|a\s|[’'])(?:articolo|testo|pezzo|notizia)\sè\sstat[oa]\s(?:\w+\s)?(?:corrett|modificat|rettificat)[oa]\b"
    r"|\b(?:dit|deze)\s(?:artikel|bericht|verhaal|stuk|tekst)\s(?:is|werd)\b.{0,40}\b(?:aangepast|gecorrigeerd|gewijzigd)\b"
)
# The part of an article, and what was done to it: "Headline corrected: …".
_HEAD = (
    r"(?:(?:über|unter|bildunter)schrift|schlagzeile|(?:unter)?titel|bildtext|headline|title|caption|standfirst|titre|légende"
    r"|titular|título|pie\sde\sfoto|titolo|didascalia|kop|bijschrift|story|article|artikel|beitrag|articolo|artículo)"
)
_DID = (
    r"(?:nachträglich\s)?(?:korrigiert|berichtigt|geändert|präzisiert|angepasst|corrected|amended|changed|clarified|updated"
    r"|corrigée?|modifiée?|rectifiée?|corregido|modificado|corretta?o?|modificat[oa]|aangepast|gewijzigd|gecorrigeerd)"
)
_VERSION = (
    r"(?:korrigierte|berichtigte|geänderte|aktualisierte|corrected|amended|revised|updated)\s(?:fassung|version|meldung)"
    r"|version\s(?:corrigée|rectifiée|modifiée)|versión\scorregida|versione\scorretta|gecorrigeerde\sversie"
)
# "The text was worked on later": more than once a report says so of a post on the web, but then not of "this" one.
_LATER = (
    r"(?:wurde|ist)\s(?:\w+\s){0,2}(?:nachträglich|im\snachhinein|nach\s(?:der\s)?(?:erst)?veröffentlichung)\s(?:\w+,?\s){0,6}"
    r"(?:bearbeitet|gekürzt|redigiert|verändert)\b"
)
_THE_LATER = rf"der\s(?:artikel|beitrag|text)\s{_LATER}(?:\s(?:und\s\w+|worden))?"
# "We have corrected", at the beginning: within a text somebody may be quoted so.
_WE = (
    r"^[^\w\"„“”«»‚‘']*(?:wir\shaben\b.{2,80}\b(?:korrigiert|berichtigt|richtiggestellt)\b"
    r"|we\s(?:have\s)?(?:since\s)?corrected\b|nous\savons\s(?:corrigé|rectifié)\b"
    r"|hemos\s(?:corregido|rectificado)\b|abbiamo\s(?:corretto|rettificato)\b|(?:wij|we)\shebben\s.{2,80}\bgecorrigeerd\b)"
)
_BY_EDITORS = (
    r"redaktionelle[rn]?\s(?:hinweis|anmerkung|notiz|ergänzung|nachtrag|korrektur)|anm(?:erkung|\.)\s?d(?:er|\.)\s?red(?:aktion|\.)|(?:hinweis|nachtrag|ergänzung|korrektur)\sder\sredaktion"
    r"|editor(?:['’]s|s['’]|ial)?\snote\b|note\sde\sla\srédaction|ndlr\b|nota\s(?:de\sla\sredacción|del\seditor|della\sredazione)"
    r"|(?:noot|naschrift)\svan\sde\sredactie"
)
_NOUN = (
    r"korrektur(?:en|hinweis)?|berichtigung(?:en)?|richtigstellung|errat(?:um|a(?:\scorrige)?)|corrections?|clarifications?"
    r"|rectificati(?:f|e|on)s?|correctif|fe\sde\serr(?:ores|atas)|rectificación|corrección|correzione|rettifica|correctie"
)
_PRECISION = (
    r"klarstellung|präzisierung|précision|mise\sau\spoint|aclaración|precisión|precisazione|chiarimento|verduidelijking"
)
# A list of what was done to the article.
_HISTORY = (
    r"(?:update|correction|edit|change|revision|version)s?[\s-]?(?:history|log)|(?:record\sof\s)?corrections\sand\supdates"
    r"|(?:änderungs|korrektur|versions|aktualisierungs|bearbeitungs)(?:historie|verlauf|protokoll|geschichte|hinweise?)"
    r"|änderungen\s(?:an|in|zu)\sdiesem\s(?:artikel|text|beitrag)|changes\sto\sthis\s(?:article|story)"
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
# Of the first words.
_FIRST = re.compile(
    rf"""\W*(?:
        (?:{_NOUN})\b\s*(?:der\sredaktion\s?)?(?:\([^)]*\)\s*)?(?:[:|–—-]|$|(?:le|el|il|op)\s[^:.]{{0,12}}\d[^:.]{{0,30}}:|,\s[^:]{{0,20}}\d[^:]{{0,20}}:|{_DATE}\s?:|vom\s|(?:am|of|on|du|del|van)\s(?:\w+\.?,?\s)?\d)
        |(?:{_PRECISION})\s?(?:\([^)]*\)\s*)?:
        |(?:{_THE_LATER})\W*$
        |the\s(?:article|story|piece|headline)\s(?:was|has\s(?:since\s)?been)\s(?:\w+\s)?(?:amended|corrected|edited|clarified)\b
        |(?:{_HISTORY})\W*(?:$|:)
        |{_BY_EDITORS}
        |{_HEAD}\s{_DID}\b|(?:{_VERSION})\W*(?:$|[:|–—-])|{_EARLIER_SAID}\b{_OF_OTHERS}
        |(?:corrected|korrigiert|corrigé|corregido|corretto|gecorrigeerd|amended)\b\s*(?:[:|–—-]|(?:on|at|am|le|el|il|op)\b|{_DATE})
        |corrects\s\w+
        |{_DATE}(?:,?\s\d{{1,2}}[:.]\d\d(?:\suhr)?)?\s?[:|–—-]\s?[^.]{{0,120}}\b{_DONE}\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Within a sentence, in brackets behind the word that was put right: "sieben (korrigiert, zuvor: fünf)".
_INLINE = (
    r"\((?:korrigiert|berichtigt|corrected)[,;:]?\s"
    r"(?:zuvor|vorher|zunächst|zuerst|anfangs|statt|previously|earlier|before|was|not)\b[^()]{2,80}\)"
)
_ANYWHERE = re.compile(
    rf"""{_EARLIER}
    |{_INLINE}
    |{_CHANGED}
    |{_WE}
    |\bdiese[rs]?\s{STUECK}\s{_LATER}
    |\bwir\s(?:bitten,?\sden\sfehler|haben\sden\sfehler|haben\sdas\skorrigiert|haben\sdie\s(?:stelle|angabe|passage)\skorrigiert)
    |\bder\sfehler\swurde\s(?:\w+\s)?(?:korrigiert|behoben|berichtigt)\b|\bwe\sregret\sthe\serror\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_VERSION_SAID = re.compile(rf"\W*{_EARLIER_SAID}\b{_OF_OTHERS}", re.IGNORECASE)
_LABEL = re.compile(
    rf"\W*(?:{_NOUN}|{_BY_EDITORS}|{_HISTORY}|corrections?\s(?:and|&)\sclarifications?)\W*",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"\W*(?:{_NOUN}|{_BY_EDITORS}|{_PRECISION})\b[^:|]{{0,40}}[:|]", re.IGNORECASE)
_EDITORS = re.compile(rf"^\W*(?:{_BY_EDITORS})[^\w:|–—]*(?:[:|–—-]\s*|$)?", re.IGNORECASE)
_MARKS = "*†•·–—-([ "
# Every such remark holds one of these; most paragraphs hold none, and looking is quicker than matching.
_SIGNS = (
    "korr", "richtig", "red.", "redaktion", "fassung", "version", "fehler", "note", "correct", "clarif", "amended",
    "errat", "rectif", "rettif", "errores", "correc", "correz", "versión", "versie", "précédente", "änder", "corrig",
    "correg", "corrett", "modif", "ndlr", "redac", "rédact", "redazione", "redactie", "edited", "revised", "changed",
    "histor", "verlauf", "geschichte", "protokoll", "e log", "n log", "changelog", "cronologia", "storico", "wijzig",
    "aangepast", "fixed", "regret", "präzis", "aclarac", "précis", "chiarim", "duidelijk", "angepasst",
    "überarbeitet", "update", "klarst", "headline", "our orig", "our earl", "our prev", "our firs", "our init",
    "unser urs", "unser ers", "unser frü", "nachträglich", "im nachhinein", "veröffentlichung",
)  # fmt: skip


def may_correct(text: str) -> bool:
    """Whether it is worth a closer look. `text`: in small letters."""
    return any(map(text.__contains__, _SIGNS))


def corrects(text: str, *, begins: bool = True) -> bool:
    """It says that this article was corrected, or that editors say something about it, or is a heading of such.

    `begins`: nothing stands before it; else only what names the article itself counts.
    """
    said = may_correct(text.lower()) and _says_so(text, begins) and _says_so(without_other_edits(text), begins)
    if not said and not (begins and is_amendment(text)):
        return False
    return not is_reported(text) or (begins and _LABELLED.match(text) is not None)


def _says_so(text: str, begins: bool) -> bool:
    return _ANYWHERE.search(text) is not None or (begins and _FIRST.match(text) is not None)


def begins_correction(text: str) -> bool:
    """It is nothing but such a remark: that is what it begins with."""
    bare = text.lstrip(_MARKS)
    said = _begins_so(bare) and may_correct(text.lower()) and _begins_so(without_other_edits(bare))
    if not said and not is_amendment(text):
        return False
    return not is_reported(text) or _LABELLED.match(text) is not None


def _begins_so(text: str) -> bool:
    return _FIRST.match(text) is not None or _ANYWHERE.match(text) is not None


def begins_with_version(text: str) -> bool:
    """It says first of all what an earlier version said, of whatever that was one."""
    return _VERSION_SAID.match(text) is not None


def is_label(text: str) -> bool:
    """Nothing but the heading of a correction, or of a list of what was changed: "Correction", "Update history"."""
    return _LABEL.fullmatch(text) is not None


def is_of_editors(text: str) -> bool:
    """It begins as a note of the editors does, whatever that is about: "Hinweis der Redaktion", "Editor's note"."""
    return _EDITORS.match(text) is not None


def without_editors(text: str) -> str:
    """What such a note says behind those words."""
    return _EDITORS.sub("", text, count=1)
