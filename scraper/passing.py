"""Words that a page puts into a text by itself, and changes without any editor: prices, counters, ages, labels.

Each is told by all that it says, never by how it begins: whoever writes about prices or readers writes more.
"""

from __future__ import annotations

import re

_COUNT = r"\d[\d.,\s']{0,12}(?:(?:tsd|mio|k|m)\b\.?\s?)?"
_MINUTES = r"min(?:\.|uten?|utes?|utos?|uti|uut|uten)?"
# For those who hear a page: what stands behind a link.
LINK_NOTE = (
    r"(?:externer link|link (?:ist )?extern|external link|lien externe|enlace externo|(?:link|collegamento) esterno"
    r"|externe link|affiliate-?link|werbelink|link kopieren|copy link|permalink"
    r"|(?:link )?(?:wird |der link )?(?:öffnet )?(?:sich )?(?:in|im) (?:einem )?(?:neue[mn]?|eigenen) (?:browser-?)?"
    r"(?:fenster|tab)(?: (?:öffnen|geöffnet))?|neues fenster"
    r"|(?:link )?(?:opens|opening) in (?:a )?new (?:browser )?(?:window|tab)|new window"
    r"|(?:s['’]ouvre dans )?(?:une? )?nouve(?:lle fenêtre|l onglet)"
    r"|(?:se abre en )?(?:una )?(?:nueva (?:ventana|pestaña)|ventana nueva)"
    r"|(?:si apre in )?(?:una )?nuov[ao] (?:finestra|scheda)"
    r"|(?:opent in )?(?:een )?nieuwe? (?:venster|tabblad))"
)
IS_LINK_NOTE = re.compile(rf"\W*{LINK_NOTE}\W*", re.I)
_AD = r"(?:anzeige|werbung|advertisement|sponsored|publicité|publicidad|pubblicità|advertentie)"
IS_AD = re.compile(rf"\W*{_AD}\W*", re.I)
# In brackets no sentence says it.
BRACKETED = re.compile(rf"\s?[(\[]\s?(?:{LINK_NOTE}|{_AD})\s?[)\]]", re.I)
LABELS = re.compile(rf"{BRACKETED.pattern}|\b{LINK_NOTE}\b", re.I)
# What a share or a currency costs, and by how much that went up or down: no words between the two.
_UP_OR_DOWN = r"(?:[▲▼△▽↑↓]\s?[+\u2212–-]?|[+\u2212–±-]|\+\s)\d[\d.,]*\s?%"
_MONEY = r"(?:[$€£¥]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[$€£¥]|(?:eur|euro|usd|dollar|chf|franken|gbp|punkte|pkt|points)\b))"
PRICE = re.compile(
    rf"\s?[(\[]\s?(?:{_MONEY}\s?[|/,;:·]?\s?)?[(\[]?{_UP_OR_DOWN}\s?[)\]]{{1,2}}"
    rf"|\s?[(\[]\s?{_UP_OR_DOWN}\s?[|/,;:·]?\s?{_MONEY}\s?[)\]]"
    rf"|\s?{_MONEY}\s?[|/,;:·]?\s?[(\[]?{_UP_OR_DOWN}(?:\s?[)\]])?",
    re.I,
)
# Numbers, signs and units, and no word of a language.
IS_READING = re.compile(
    r"(?=\D*\d)(?:[\d\s.,:()\[\]|/;·~+\u2212–±▲▼△▽↑↓$€£¥%°-]"
    r"|\b(?:eur|euro|usd|dollar|chf|gbp|punkte|pkt|points|prozent|c|f)\b)+",
    re.I,
)
_THIS = re.compile(
    r"\b(?:diese[nrms]? (?:artikel|beitrag|text|meldung|bericht|seite)s?|this (?:article|story|page|post|report)"
    r"|cet article|est[ea] (?:artículo|noticia)|quest(?:o |['’])articolo|dit artikel)\b",
    re.I,
)
_READ = re.compile(
    r"\b(?:gelesen|lesen|aufgerufen|angesehen|an(?:ge)?klick\w*|geteilt|gefällt|gefallen|hilfreich|bewertet|gemerkt"
    r"|kommentiert|empfohlen|lese(?:zeit|dauer)|read(?:ing)?|viewed|shared|likes?|liked|saved|commented|helpful|useful"
    r"|lu|consulté|partagé|leído|compartido|letto|condiviso|gelezen|gedeeld)\b",
    re.I,
)
_COUNTED = (
    r"(?:(?:seiten)?aufrufe|klicks?|leser(?:innen)?|views?|reads?|clicks?|shares?|likes?|reaktionen|reactions?"
    r"|(?:leser-?)?kommentare?|comments?|stimmen|votes?|teilnehmer(?:innen)?|bewertungen|ratings?|vues?|partages?"
    r"|commentaires?|visitas|lecturas|comentarios|visualizzazioni|condivisioni|commenti|weergaven|reacties"
    r"|(?:mal|x) (?:gelesen|geteilt|aufgerufen|angesehen|geklickt|kommentiert)|times (?:read|viewed|shared))"
)
_SO_FAR = r"(?:bereits|bisher|schon|insgesamt|aktuell|derzeit|gerade|jetzt|so far|already|currently|now|es wurden?)"
_PEOPLE = r"(?:leser(?:innen)?|nutzer(?:innen)?|menschen|personen|teilnehmer(?:innen)?|user|readers|people|users)"
_AGE = (
    r"(?:(?:mehr als|über|schon|bereits|etwa|rund|älter als|more than|over|about|plus de|más de|più di|meer dan) )*"
    r"(?:\d+|an?|one|ein(?:e[nrm]?)?|zwei|drei|vier|fünf|sechs|une?|una?|een) "
    r"(?:minute|stunde|tag|woche|monat|jahr|hour|day|week|month|year|heure|jour|mois|an|hora|día|mes|año|ora|giorno"
    r"|mese|anno|uur|dag|maand|jaar|minuut|semaine|settiman|seman)\w{0,3}"
)
_OUTDATED = r"(?:[\w ,]{0,60}(?:nicht mehr|veraltet|no longer|out of date|outdated)[\w ]{0,30})?"
# All that a line says.
_IS_COUNTER = re.compile(
    rf"\W*(?:{_SO_FAR} )*{_COUNT}\s?{_COUNTED}(?: (?:{_SO_FAR}|wurden|abgegeben|cast))*"
    rf"|\W*{_COUNTED}\s?[:(]\s?{_COUNT}"
    rf"|\W*(?:{_SO_FAR} )*{_COUNT} ?{_PEOPLE}(?: (?:haben|have|{_SO_FAR}))* (?:abgestimmt|teilgenommen|voted)"
    rf"|\W*{_COUNT} ?{_PEOPLE} (?:gefällt das|like this)"
    rf"|\W*(?:dieser|der|this|the|cet|este|questo|dit) (?:artikel|beitrag|text|article|story|artículo|articolo) "
    rf"(?:ist|is|a|tiene|ha) {_AGE}(?: (?:alt|old|oud))?{_OUTDATED}"
    rf"|\W*(?:diese[rs]? (?:artikel|beitrag|text) hat eine )?(?:geschätzte )?(?:lesezeit|lesedauer|reading time"
    rf"|temps de lecture|tiempo de lectura|tempo di lettura|leestijd)\W{{0,3}}"
    rf"(?:(?:von|beträgt|of|ca\.?|etwa|rund|about) )*{_COUNT} ?{_MINUTES}"
    rf"|\W*{_COUNT}[\s-]?{_MINUTES} (?:zum lesen|(?:to )?read|lese(?:zeit|dauer)|de lect(?:ure|ura)|di lettura)",
    re.I,
)
_LONGEST, _MOST_WORDS = 160, 12


def is_counter(text: str) -> bool:
    """It says nothing but how often, by how many or for how long this article is read, or how old it is.

    Whoever is quoted with such words stands in quotation marks, and whoever writes about them has more to say.
    """
    if len(text) > _LONGEST or any(mark in text for mark in '"„“”«»'):
        return False
    plain = text.strip().rstrip(".!…)")
    if _IS_COUNTER.fullmatch(plain):
        return True
    words = plain.split()
    counts = len(words) <= _MOST_WORDS and any(char.isdigit() for char in plain) and ", " not in plain
    return counts and _THIS.search(plain) is not None and _READ.search(plain) is not None
