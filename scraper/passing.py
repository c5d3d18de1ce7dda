"""Words that a page puts into a text by itself, and changes without any editor: prices, counters, ages, labels.

Each is told by all that it says, never by how it begins: whoever writes about prices or readers writes more.
"""

from __future__ import annotations

import re

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
_UP_OR_DOWN = r"(?:[▲▼△▽↑↓]\s?[+\u2212–-]?|[+\u2212–±-]|\+\s)\d[\d.,]*\s?(?:%|prozent\b)"
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
    r"|lu|lire|lisent|consulté|partagé|leído|leyendo|leen|compartido|letto|leggono|leggendo|condiviso|gelezen|lezen"
    r"|gedeeld)\b",
    re.I,
)
# Words of counters, of which a line needs one; and words that stand beside them.
_KEYS = frozenset(
    """aufrufe seitenaufrufe klicks leser leserinnen lesen gelesen geteilt teilen aufgerufen angesehen geklickt
    kommentiert kommentar kommentare leserkommentare like likes gefällt reaktionen share shares view views read reads
    clicks vote votes voted stimmen abgestimmt abstimmungen umfrage teilgenommen teilnehmer teilnehmerinnen bewertungen
    ratings lesezeit lesedauer comment comments reactions vues partages commentaires lecture lectura lettura visitas
    lecturas comentarios visualizzazioni condivisioni commenti weergaven reacties gedeeld gelezen leestijd
    reply replies repost reposts retweets bookmarks upvotes antworten
    hörer hörerinnen anhören angehört listen listens listeners listened plays reading écoutes escuchas ascolti
    """.split()  # noqa: SIM905 -- quoted one by one they are unreadable
)
_BESIDE = frozenset(
    """mal x bereits bisher schon insgesamt aktuell derzeit gerade jetzt heute es wurde wurden haben hat ist an mir das
    diese dieser diesen dieses dem artikel beitrag text personen menschen nutzer nutzerinnen user people readers users
    article story this so far already now currently in von zum ca etwa rund about of to min mins minute minuten minutes
    minuti minutos reading time temps de tiempo tempo di abgegeben cast und and et y e tsd mio k m geschätzte geschätzt
    are were
    """.split()  # noqa: SIM905
)
_AGE = (
    r"(?:(?:mehr als|über|schon|bereits|etwa|rund|älter als|more than|over|about|plus de|más de|più di|meer dan) )*"
    r"(?:\d+|an?|one|ein(?:e[nrm]?)?|zwei|drei|vier|fünf|sechs|zehn|une?|una?|een) "
    r"(?:minute|stunde|tag|woche|monat|jahr|hour|day|week|month|year|heure|jour|mois|an|hora|día|mes|año|ora|giorno"
    r"|mese|anno|uur|dag|maand|jaar|minuut|semaine|settiman|seman)\w{0,3}"
)
_OUTDATED = r"(?:[\w ,]{0,60}(?:nicht mehr|veraltet|no longer|out of date|outdated)[\w ]{0,30})?"
# All that a line says.
_IS_AGE = re.compile(
    rf"(?:achtung|hinweis|info|note)?\W*(?:dieser|der|this|the|cet|este|questo|dit) "
    rf"(?:artikel|beitrag|text|article|story|artículo|articolo) (?:ist|is|wurde|was|a|tiene|ha) (?:vor )?{_AGE}"
    rf"(?: (?:alt|old|oud|erschienen|veröffentlicht|publiziert|published|ago|geleden))*{_OUTDATED}",
    re.I,
)
_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"[^\W\d_]+")
_SYMBOL = re.compile("[\u2300-\u27ff\U0001f300-\U0001faff]")
_COUNTING = _KEYS | _BESIDE
# "Teilnehmer: 120" is what an article says of something else.
_FACTS = frozenset(
    """leser leserinnen stimmen votes teilnehmer teilnehmerinnen bewertungen umfrage antworten hörer hörerinnen
    listeners plays""".split()  # noqa: SIM905
)
_LONGEST, _MOST_WORDS = 160, 12


def is_counter(text: str) -> bool:
    """It says nothing but how often, by how many or for how long this article is read, or how old it is.

    Whoever is quoted with such words stands in quotation marks, and whoever writes about them has more to say.
    """
    if len(text) > _LONGEST or any(map(text.__contains__, '"„“”«»')):
        return False
    plain = text.strip().rstrip(".!…)")
    if _IS_AGE.fullmatch(plain):
        return True
    if not _DIGIT.search(plain):
        return False
    said = _WORD.findall(plain.lower())
    if len(said) > _MOST_WORDS:
        return False
    keyed = _SYMBOL.search(plain) or not _KEYS.difference(_FACTS if len(said) == 1 else ()).isdisjoint(said)
    if keyed and _COUNTING.issuperset(said):
        return True
    return ", " not in plain and _THIS.search(plain) is not None and _READ.search(plain) is not None
