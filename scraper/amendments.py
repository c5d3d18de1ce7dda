"""Remarks on an article in words that no list foresees: that a part of it was changed, in six languages.

Most sentences that say so tell of something else: what they are is known from where they stand, or from their first
word.
"""

from __future__ import annotations

import re

from scraper.admissions import admits

# What an article consists of.
_PARTS = (
    r"artikels?|beitrag(?:e?s)?|beiträge|textes|text|texts?passage|textstelle|meldung|berichte?s?|(?:über|unter)schrift"
    r"|schlagzeile|(?:unter)?titels?|vorspann|teaser|bildunterschrift|bild(?:text|zeile)|absatz(?:es)?|absätze|satz|passage"
    r"|stellen?|fassung|version|\w*(?:zahl(?:en)?|angaben?)|grafik|tabelle|zitate?s?|schreibweise"
    r"|articles?|story|report|piece|post|headline|title|standfirst|caption|paragraphs?|sentences?|figures?|numbers?|quote"
    r"|graphic|chart|table|copy|wording"
    r"|texte|dépêche|titre|chapô|légende|paragraphe|phrase|chiffres?|citation"
    r"|artículo|texto|noticia|titular|entradilla|pie\sde\sfoto|párrafo|frase|cifras?|versión|pasaje|datos?"
    r"|articolo|testo|pezzo|notizia|titolo|didascalia|paragrafo|capoverso|cifra|versione|passaggio"
    r"|artikel|tekst|bericht|verhaal|stuk|kop|bijschrift|alinea|zin|cijfers?|getal|bedrag|versie"
)
# What was done to it, or was wrong with it.
_DONE = (
    r"(?:ab|ver|um)?geändert|ersetzt|ergänzt|präzisiert|konkretisiert|korrigiert\w*|berichtigt|richtiggestellt|angepasst"
    r"|überarbeitet|ausgebessert|verbessert|aktualisiert|ausgetauscht|entfernt|gestrichen|gelöscht|nachgetragen|klargestellt"
    r"|umformuliert|falsch\w*|fehlerhaft\w*|unrichtig|unvollständig"
    r"|amended|corrected|edited|revised|changed|modified|clarified|updated|replaced|removed|fixed|altered|reworded|rewritten"
    r"|wrong(?:ly)?|incorrect(?:ly)?|misstated|inaccurate"
    r"|(?:modifié|corrigé|rectifié|précisé|complété|remplacé|changé|supprimé|actualisé|amendé|erroné)e?s?|inexacte?s?"
    r"|(?:modificad|corregid|rectificad|precisad|aclarad|cambiad|sustituid|actualizad|eliminad|ampliad)[oa]s?|err[óo]ne[oa]s?"
    r"|(?:modificat|corrett|rettificat|precisat|integrat|sostituit|cambiat|aggiornat|rimoss|errat|sbagliat)[oaie]"
    r"|aangepast|gewijzigd|gecorrigeerd|veranderd|verbeterd|aangevuld|vervangen|verduidelijkt|bijgewerkt|hersteld|onjuiste?"
    r"|foute?"
)
# That it said otherwise before.
_BEFORE = (
    r"nachträglich|(?:seit|nach)\s(?:der\s)?(?:erst)?veröffentlichung|zunächst|ursprünglich\w*|(?:irrtümlich|fälschlich)(?:erweise)?"
    r"|in\s(?:einer|der)\s(?:früheren|ersten|vorherigen|älteren|ursprünglichen|vorigen)\s(?:version|fassung)"
    r"|originally|initially|first\s(?:published|reported|posted)|since\spublication|after\s(?:publication|it\swas\spublished)"
    r"|(?:previous|earlier|original|first)\sversion"
    r"|initialement|après\s(?:sa\s)?publication|(?:première|précédente)\sversion|nous\savions\s(?:écrit|indiqué|publié)"
    r"|inicialmente|tras\s(?:su\s)?publicación|(?:primera|anterior)\sversión|versión\s(?:anterior|inicial|previa)"
    r"|inizialmente|dopo\sla\spubblicazione|(?:prima|precedente)\sversione|versione\s(?:precedente|iniziale)"
    r"|aanvankelijk|na\spublicatie|(?:eerdere|vorige|eerste)\sversie"
)
_VERSIONS = (
    r"in\s(?:einer|der)\s(?:früheren|ersten|vorherigen|älteren|ursprünglichen|vorigen)\s(?:version|fassung)"
    r"|(?:an?|the|our)\s(?:earlier|previous|original)\sversion|(?:une|la)\s(?:première|précédente)\sversion|versión\santerior"
    r"|versione\sprecedente|eerdere\sversie"
)
_SAID = (
    r"stand(?:en)?|hieß|lautete|war(?:en)?\svon|(?:die\s)?rede|said|stated|gave|put|named|read|écrit|decía|diceva"
    r"|si\sleggeva|stond"
)
_SO_FAR = r"(?:[^.!?]|\.(?=\d)){0,110}"
_HERE = (
    r"\bhier\s(?:stand|hieß\ses|war)\s(?:zuvor|zuerst|zunächst|vorher|ursprünglich)\b"
    r"|\b(?:zuvor|zuerst|zunächst|vorher|ursprünglich)\s(?:stand|hieß\ses|war)\s(?:hier|an\sdieser\sstelle)\b"
)
_TELLS = re.compile(
    rf"\b(?:{_PARTS})\b{_SO_FAR}\b(?:{_DONE})\b|\b(?:{_DONE})\b{_SO_FAR}\b(?:{_PARTS})\b"
    rf"|{_HERE}|\b(?:{_VERSIONS})\b|\b(?:{_BEFORE})\b{_SO_FAR}\b(?:{_DONE}|{_SAID})\b|\b(?:{_DONE}|{_SAID})\b{_SO_FAR}\b(?:{_BEFORE})\b",
    re.IGNORECASE,
)
# "The text of the contract", "so the minister said", "names were changed": all that is about something else.
_THIS = (
    r"(?:diese[rmns]?\s(?:artikels?|beitrag(?:e?s)?|meldung)|this\s(?:article|story|piece)|cet\sarticle"
    r"|est[ea]\s(?:artículo|noticia)|quest[oa’']\s?(?:articolo|notizia)|dit\sartikel)(?!\s(?:des|der|vo[mn]|of|de|del)\b)"
)
_WRONG = (
    r"falsche?[nrms]?|fehlerhaft\w*|fehler|irrtümlich|misstated|incorrectly|wrongly|erron[ée]\w*|errat[oaie]|sbagliat[oaie]"
    r"|verkeerde?|onjuiste?"
)
_ITSELF = re.compile(
    rf"\b{_THIS}\b{_SO_FAR}\b(?:{_BEFORE}|{_WRONG})\b|\b(?:{_BEFORE}|{_WRONG})\b{_SO_FAR}\b{_THIS}\b", re.IGNORECASE
)
# To look for the article alone is quicker, and most paragraphs do not speak of it.
_ARTICLE = re.compile(rf"\b{_THIS}\b")  # in lower case
_POINTS = ("diese", "this ", "cet ", "este ", "esta ", "quest", "dit ")
_OF_OTHERS = re.compile(
    r"\b(?:text|überschrift|schlagzeile|titel|fassung|version|bericht|meldung|text|wording|headline|title|report|version"
    r"|texte|titre|texto|titular|testo|titolo|tekst|kop|versie|versión|versione)s?"
    r"\s(?:de[rs]|of\sthe|of\sa|du|de\sla|des|de\sl[’']|del|della|dell[’']|van\s(?:de|het|een))\s?"
    r"(?!(?:artikels?|beitrag(?:e?s)?|textes|meldung|berichts|article|story|piece|report|texte|dépêche|artículo|noticia"
    r"|texto|articolo|testo|pezzo|artikel|tekst|bericht|stuk)\b|(?:ersten|zweiten|dritten|letzten|vorigen)\b)\w"
    r"|\bnach\s\w*angaben\b|\blaut\b|\bteilten?\b.{1,60}\bmit\b|\bsagte[nr]?\b|\berklärten?\b|\bsaid\b(?!\s(?:that\s)?[\w£$€]*\d)"
    r"\s(?:\w+\s){0,2}(?:on|in|at|he|she|they|it)\b|\baccording\sto\b|\bselon\b|\bd[’']après\b|\bsegún\b|\bsecondo\s(?:il|lo|la|i|gli|le|quanto|l[’'])\b"
    r"|\bvolgens\b|\bdit\b\s(?:le|la)\b"
    r"|\b(?:hat|haben|has|have|had)\s(?:[\w-]+\s){0,2}(?:seine[nrs]?|ihre[nrs]?|its|their|his|her)\b"
    r"|\bnamen?n?\b.{0,40}\bgeändert\b|\bnames?\b.{0,40}\bchanged\b|\b(?:pré)?noms?\b.{0,40}\b(?:modifié|changé)"
    r"|\bnombres?\b.{0,40}\b(?:cambiad|ficticio|modificad)|\bnom[ei]\b.{0,40}\b(?:cambiat|di\sfantasia|modificat)"
    r"|\bna(?:am|men)\b.{0,40}\b(?:gefingeerd|veranderd|gewijzigd)",
    re.IGNORECASE,
)
# "Article 4 of the charter", "an updated extract from her book", what was edited before it came out, or by a machine.
_OTHER_EDITS = re.compile(
    r"\b(?:artikels?|article|artículo|articolo)\s\d|\ban?\s(?:\w+\s)?(?:updated|revised|edited)\s(?:and\s\w+\s)?(?:extract|excerpt"
    r"|edition|transcript|translation|version\sof\s(?:an?|his|her|their|my)\s(?!(?:earlier|previous)\b))"
    r"|\b(?:edited|revised)\s(?:by\s(?!.{0,60}\bto\b)|for\slength\b"
    r"|with\s(?:the\shelp\sof\s)?(?:an?\s)?(?:ai|artificial|spell\w*)\b)"
    r"|\bmit\s(?:(?:hilfe|einer|eines|der|von)\s){0,3}(?:rechtschreib\w+|ki|künstlicher\s\w+)\s\w+",
    re.IGNORECASE,
)
_HINTS = re.compile(rf"\b(?:{_DONE}|{_BEFORE})\b", re.IGNORECASE)
_QUOTED = re.compile(r"^[^\w]*[\"„“”«»]")
# What such a remark begins with, wherever it stands.
_MARK_WORDS = (
    r"(?:(?:kleiner\s|redaktioneller\s|red\.\s)?hinweis|anmerkung|anm\b\.?|update|aktualisierung|transparenz(?:hinweis)?"
    r"|klarstellung|präzisierung|nachtrag|in\seigener\ssache|(?:a\s)?note|n\.?b\.?|clarification|amendment"
    r"|for\sthe\srecord|transparency(?:\snote)?|précisions?|mise\sau\spoint|nota|aclaración|precisión|precisazione"
    r"|chiarimento|avvertenza|noot|opmerking|toelichting|verduidelijking|naschrift)"
)
_MARK = re.compile(rf"\s*(?:[*†¹]+\s?|(?:\W*{_MARK_WORDS}(?!\w)[^:.–—|-]{{0,40}}[:.–—|-]))", re.IGNORECASE)
# News are listed with such a sign, too: what was done to the text of somebody is none.
_FOOTNOTE, _EARLIER = re.compile(r"\s*[*†¹]"), re.compile(rf"\b(?:{_BEFORE})\b|{_HERE}", re.IGNORECASE)
_HEADING = re.compile(rf"\W*{_MARK_WORDS}(?:\s(?:der|zur)\s\w+|\szu\sdiesem\s\w+)?\W*", re.IGNORECASE)
# Whoever speaks of a part of "the text" as "we" is its newsroom: at the beginning, and not in quotation marks.
_WE = re.compile(
    r"[^\w\"„“”«»‚‘']*(?:wir\shaben|(?:die|den|das)\s[\w-]+(?:\s[\w-]+)?\shaben\swir|we(?:\shave|[’']ve)?(?:\ssince|\salso)?"
    r"|nous\savons|hemos|abbiamo|(?:wij|we)\shebben)\s",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:artikels?|beitrag(?:e?s)?|textes|text|meldung|überschrift|bildunterschrift|absatz|absätze|passage|article|story|piece"
    r"|headline|caption|paragraph|standfirst|texte|titre|légende|paragraphe|artículo|noticia|texto|titular|párrafo"
    r"|articolo|testo|titolo|didascalia|paragrafo|artikel|tekst|kop|alinea|bijschrift|(?:dieser|der)\sstelle)\b",
    re.IGNORECASE,
)
# What newsrooms do, as "we": "Wir hatten ursprünglich von fünf Toten berichtet". To report "on" something first boasts,
# and so may to have reported it first.
_BOASTS = re.compile(r"[^,]*\büber\b", re.IGNORECASE)
_FIRST_WORD = r"(?:ursprünglich|zunächst|zuerst|anfangs|fälschlich(?:erweise)?|irrtümlich(?:erweise)?)"
_WROTE = r"(?:berichtet|gemeldet|geschrieben)"
_OUR_TEXT = r"(?:artikel|text|beitrag|bericht)"
_REPORTED_BY_US = re.compile(
    r"\W*(?:(?!wir\s(?:hatten|haben)\szuerst\s(?:berichtet|gemeldet)\b)"
    rf"wir\s(?:hatten|haben)\s(?:\w+\s){{0,2}}{_FIRST_WORD}\s(?:[^.!?]{{2,110}}\b)?(?:{_WROTE}|angegeben|genannt)\b"
    rf"|{_FIRST_WORD}\s(?:(?:berichte|schrieb|melde|nann)t?en\swir\b|hatten\swir\s[^.!?]{{2,110}}\b{_WROTE}\b"
    r"|(?:hieß|hatte)\ses\s(?:hier|an\sdieser\sstelle)\b)"
    r"|(?:leider\sist\suns|uns\sist)\s(?:[^\W\d]+\s){0,6}(?:\w*fehler|irrtum|versehen)\s(?:\w+\s)?unterlaufen\b"
    rf"|(?:der|dieser|unser)\s{_OUR_TEXT}\senthielt\s[^.!?]{{2,60}},\sd(?:en|ie|as)\swir\s(?:\w+\s){{0,3}}"
    r"(?:behoben|korrigiert|berichtigt|geändert)\b"
    rf"|in\sdiesem\s{_OUR_TEXT}\sstand\s(?:zuerst|zuvor|vorher|früher)\b"
    r"|(?:because\sof|due\sto)\s[^.!?]{3,80},\swe\s(?:had\s)?(?:first|originally|initially)\s(?:reported|wrote|stated|said)\b"
    r"|(?:because\sof|due\sto|owing\sto)\san?\s(?:\w+\s)?(?:sub-?|copy-?)?editing\serror\b"
    r"|we\s(?:had\s)?(?:originally|initially|incorrectly|wrongly|mistakenly)\s(?:reported|wrote|stated|said)\b(?!\s(?:on|about|in)\b)"
    r"|we(?:\shave|[’']ve)\s(?:since\s)?(?:amended|clarified)\sthe\s(?:\w+\s)?(?:costs?|figures?|numbers?|amounts?|dates?|times?"
    r"|names?|spelling|ages?|prices?|quotes?|headline|caption|wording|sentence|paragraph|text|article|story)\b"
    r"|contrary\sto\swhat\swe\s(?:\w+\s)?(?:reported|wrote|said|published)\b"
    r"|contrairement\sà\sce\sque\snous\s(?:avions\s(?:\w+\s)?(?:écrit|indiqué|publié)|(?:écriv|indiqu)ions)\b"
    r"|contrariamente\sa\squanto\s(?:avevamo\s)?(?:scritto|riportato|pubblicato)\b"
    r"|(?:en\s)?contra(?:rio|riamente)?\s[ad]e?\slo\sque\s(?:publicamos|habíamos\spublicado)\b"
    r"|in\sdit\s(?:artikel|bericht|stuk|verhaal)\sstond\s(?:eerder|eerst|aanvankelijk|abusievelijk|ten\sonrechte|per\sabuis)\b"
    r"|anders\sdan\s(?:we\s|wij\s)?(?:eerder|aanvankelijk|eerst)\s(?:schreven|meldden|gemeld|geschreven)\b)",
    re.IGNORECASE,
)
# As often what a paper recalls of its own, or of others: it takes back only what goes with it.
_TOLD_BEFORE = re.compile(
    r"^\W*(?:(?:wir\s(?:hatten|haben)\szuerst\s(?:berichtet|gemeldet)|we\s(?:had\s)?(?:previously|earlier|first)\s(?:reported|wrote"
    r"|said|stated))\b(?!\s(?:on|about|in)\b)(?![^,]*\büber\b)"
    rf"|anders\sals\s(?:(?:hier|von\suns)\s)?{_FIRST_WORD}\s(?:(?:hier|von\suns)\s)?{_WROTE}\b)"
    r"|^\W*(?:richtig|korrekt)\s(?:muss|müsste|hätte|sollte)\ses\s(?:[^\W\d]+\s){0,3}(?:heißen|lauten)\b"
    r"|\b(?:nicht|statt|not|instead\sof|rather\sthan)\b[^.!?]{2,80},?\s(?:wie|as)\s(?:(?:hier|von\suns|we|was)\s)?(?:had\s)?"
    rf"(?:{_FIRST_WORD}|first|initially|originally|incorrectly|wrongly)\s(?:{_WROTE}|reported|stated)\b(?!\s(?:by|in|on|vo[mn]|durch)\b)",
    re.IGNORECASE,
)
# Behind a label like "Hinweis:" it need not be said what. Names are changed to protect people.
_DONE_BY_US = re.compile(
    r"\b(?:wir\shaben|haben\swir)\s(?!uns(?:er\w*)?\s)(?:[^\s.!?]+\s){0,8}"
    r"(?:geändert|korrigiert|berichtigt|richtiggestellt|angepasst|präzisiert)\b"
    r"|\bwir\shaben\s(?:sie|ihn|es|das|dies)\s(?:\w+\s)?(?:geändert|korrigiert|berichtigt)\b",
    re.IGNORECASE,
)
_PROTECTED = re.compile(r"\b(?:namen|names|pseudonym\w*|schutz\w*|kommentar\w*|datenschutz\w*)\b", re.IGNORECASE)
# ", räumte der Betreiber ein", ", so der Sprecher".
_SPEAKER = re.compile(
    r",[“”\"»]?\s(?:räum(?:t|te|ten)|gestand|gesteht|so)\s(?:de[rs]|die|das|eine?|[A-ZÄÖÜ])",
)
# What was done later, as a report would rather say of others, and by whom.
_LATER = re.compile(
    r"\b(?:nachträglich|(?:seit|nach)\s(?:der\s)?(?:erst)?veröffentlichung|(?:since|after)\spublication)\b",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(r"\b(?:von|durch|by|vom)\s(?:de[rmn]|d(?:ie|as)|the|an?|eine[rm]?)\b|\bvom\b", re.IGNORECASE)
_ADMITS = re.compile(
    r"\W*(?:(?:fehler|angaben?|zahl(?:en)?)\s(?:in|im|bei|zu[rm]?)\s(?:\w+\s){1,5}(?:korrigiert|berichtigt|angepasst)"
    r"|die\s\w*angaben?\s(?:(?:zu[rm]?|im|in|bei|der|des)\s[\w-]+\s){0,2}(?:wurden?|ist|sind)\s"
    r"(?:(?:entsprechend|inzwischen|mittlerweile|nun|daraufhin)\s)?(?:korrigiert|berichtigt|richtiggestellt))\W*$",
    re.IGNORECASE,
)
# Where it was to be read first.
_REPRINT = re.compile(
    r"\b(?:originally|initially|first|zuerst|zunächst|ursprünglich|initialement|inicialmente|inizialmente|aanvankelijk)\s(?:\w+\s){0,2}"
    r"(?:published|appeared|posted|ran|written|erschien\w*|veröffentlicht|publié|paru|publicad|pubblicat|gepubliceerd)",
    re.IGNORECASE,
)
_BY_EDITORS = re.compile(r"[,;–(\s](?:anm\.\s)?d(?:ie|\.)\s?red(?:aktion|\.)\W*$", re.IGNORECASE)
# "…“, sagte der Minister", ", Winslow said".
_REPORTED = re.compile(
    r"(?:[“”\"»]\s?,?|,)\s(?:[\w.-]+\s){0,4}(?:sagte?|erklärte?|betonte|teilte|heißt\ses|hieß\ses|said|says|told|a\sdéclaré|a\sdit"
    r"|dijo|explicó|ha\s(?:detto|spiegato)|zei|zegt)\b",
    re.IGNORECASE,
)
_LONGEST = 500
# "The story about the crash", "Monday's report on the carnival": which story is meant.
_NAMED = re.compile(
    r"\b(?:story|report|article|piece|coverage|bericht\w*|artikels?|beitrag\w*|meldung|article|reportage|artículo|noticia"
    r"|articolo|artikel)\s(?:(?:vo[mn]|from|of|du|del|van)\s[\w.]+\s)?"
    r"(?:about|on|über|zu[rm]?|sur|à\spropos|sobre|acerca|su[il]?|sull\w*|over)\s"
    r"(?!\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december)(?P<what>(?:[^\s.,:;!?]+\s?){1,3})",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:artikels?|berichts?|beitrag\w*|meldung|(?:zum|im)\stext|story|report|article|artículo|noticia|articolo|artikel)\s(?:mit\sdem\stitel\s"
    r"|headlined\s|intitulé\s)?[„“\"«‘](?P<what>[^„“”\"»]{4,100})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SAME = 5


def tells_of_change(text: str) -> bool:
    """It says that a part of an article was changed, or was wrong, and nothing says that it is another's."""
    if len(text) > _LONGEST or _QUOTED.match(text) or _OF_OTHERS.search(text):
        return False
    return _TELLS.search(text) is not None and _TELLS.search(without_other_edits(text)) is not None


def without_other_edits(text: str) -> str:
    """Without words of how laws and books are changed, and texts before anybody reads them."""
    return _OTHER_EDITS.sub(" ", text)


def hints_at_change(text: str) -> bool:
    """It has a word of what is done to texts, or of how they read before."""
    return _HINTS.search(text) is not None


def heads_amendment(heading: str, text: str) -> bool:
    """Under a heading like "Transparenzhinweis" stands what was changed, and not who the author is."""
    return _HEADING.fullmatch(heading) is not None and (tells_of_change(text) or is_amendment(text))


def is_amendment(text: str) -> bool:
    """It says so as whoever speaks to the readers does: by its first word, of "this article", or as "we"."""
    if admits(text):
        return True
    if _REPORTED_BY_US.match(text) and not _BOASTS.match(text):
        return not _is_of_others(text)
    if _FOOTNOTE.match(text) and not (_OURS.search(text) or _EARLIER.search(text)):
        return False
    low = text.lower()
    if _MARK.match(text) or ("red" in low and _BY_EDITORS.search(text)):
        return tells_of_change(text) or _is_done_by_us(text)
    named = any(map(low.__contains__, _POINTS)) and _ARTICLE.search(low)
    if named and _ITSELF.search(text) and not _QUOTED.match(text):
        reprint = _REPRINT.search(text) and not _TELLS.search(text)
        return not (reprint or len(text) > _LONGEST or _OF_OTHERS.search(text))
    return _WE.match(text) is not None and _OURS.search(text) is not None and tells_of_change(text)


def _is_of_others(text: str) -> bool:
    if len(text) > _LONGEST or _QUOTED.match(text):
        return True
    return _OF_OTHERS.search(text) is not None or _SPEAKER.search(text) is not None


def _is_done_by_us(text: str) -> bool:
    return _DONE_BY_US.search(text) is not None and not (_PROTECTED.search(text) or _is_of_others(text))


def tells_of_before(text: str) -> bool:
    """It says what was first reported, by us as far as it says by whom: of whatever, and perhaps to boast."""
    return _TOLD_BEFORE.search(text) is not None and not _is_of_others(text)


def tells_of_own(text: str) -> bool:
    """It tells of a change as a text does of itself, though a report may say so, too: of "the text", or of what was
    later, or as "we".
    """
    if _BY_WHOM.search(text):
        return False
    text = without_other_edits(text)
    ours = _OURS.search(text) or _LATER.search(text) or _WE.match(text) or _ADMITS.match(text)
    return ours is not None and tells_of_change(text) and not is_reported(text)


def is_reported(text: str) -> bool:
    """Somebody is quoted with it."""
    return _REPORTED.search(text) is not None


def is_about_another(text: str, own: str) -> bool:
    """It names by its subject or its title which story it speaks of, and `own`, headline, intro and text,
    has nothing of that.
    """
    named = _NAMED.search(text) or _TITLED.search(text)
    if named is None:
        return False
    said = {word[:_SAME] for word in _WORD.findall(own.lower())}
    return said.isdisjoint(word[:_SAME] for word in _WORD.findall(named["what"].lower()))
