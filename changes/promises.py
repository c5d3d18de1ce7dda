"""What stands under news while they are new, and admits nothing: that the text will be updated. Pure."""

from __future__ import annotations

import re

from changes.plain import plain

_LONGEST = 300
_TEXT = r"(?:artikel|beitrag|text|meldung|ticker|live-?blog)"
_ON = r"(?:fort)?laufend|ständig|stetig|regelmäßig|kontinuierlich|weiter(?:hin)?|derzeit|gerade|aktuell|in\skürze"
_DONE = r"(?:aktualisiert|ergänzt|fortgeschrieben|erweitert)"
_PIECE = r"(?:(?:breaking|developing|live|news)\s){0,3}(?:article|story|page|post|blog|piece)"
_MORE = r"(?:,\s(?:sobald|wenn|falls)\s|\s(?:as|when|once|if)\s|\sand\smore\s)[^.!?]{3,90}"
_SENTENCES = (
    rf"(?:der|die|das|diese[rs]?|unser)\s(?:{_TEXT}|bericht)\swird\s(?:{_ON})\s(?:\w+\s)?{_DONE}",
    rf"(?:diese[rs]?|unser)\s{_TEXT}\swird\s(?:(?!vo[mn]\s|durch\s)[\w,]+\s){{0,8}}{_DONE}",
    rf"wir\s(?:aktualisieren|ergänzen)\s(?:diese[nrs]?|den|die|das|unseren?)\s{_TEXT}(?:\s(?:{_ON}))?",
    r"(?:mehr|weiteres|(?:weitere|mehr)\s(?:informationen|details))\s(?:folg(?:t|en)(?:\sin\skürze)?|in\skürze|gleich|später)",
    r"wir\sberichten\s(?:weiter|laufend)",
    rf"this\s(?:is\sa\s)?{_PIECE}\s(?:is\sdeveloping\s)?(?:and\s|that\s)?(?:is\sbeing|will\s(?:continue\sto\s)?be)\s(?:\w+\s)?updated",
    r"(?:this\sis\sa\s)?(?:breaking|developing)(?:\snews)?\sstory(?:,?\s(?:more|check\sback)\b[^.!?]{2,60})?",
    rf"this\s{_PIECE}\sis\s(?:still\s)?developing",
    rf"we\s(?:are|will\sbe|'re)\s(?:\w+\s)?updating\sthis\s{_PIECE}|we\swill\s(?:\w+\s)?update\sthis\s{_PIECE}",
    r"(?:please\s)?(?:check|come)\sback\s(?:(?:here|later|soon)\s){0,2}for\s(?:\w+\s){0,2}(?:updates?|details|information)",
    r"more\s(?:details\s|information\s|updates\s)?(?:to\s(?:follow|come)|follows|soon)",
    r"please\srefresh\s(?:the|this)\spage\s(?:regularly\s)?for\s[^.!?]{3,60}",
    r"cet\sarticle\s(?:sera|est)\s(?:\w+\s)?mis\sà\sjour(?:\s(?:au\sfur|dès|régulièrement)\b[^.!?]{0,60})?|plus\sd'informations\sà\svenir",
    r"est[ea]\s(?:noticia|artículo|información|texto)\s(?:se\s(?:irá|está|seguirá)|será|está\ssiendo)\sactualiza\w+",
    r"(?:noticia|información)\sen\s(?:desarrollo|ampliación|actualización)|habrá\sampliación",
    r"(?:notizia|articolo)\sin\saggiornamento|quest(?:o\s|')articolo\s(?:sarà|viene)\s(?:\w+\s)?aggiornato",
    r"dit\s(?:artikel|bericht|verhaal)\swordt\s(?:\w+\s){0,3}(?:aangevuld|bijgewerkt|geüpdatet)|(?:later|straks|zo)\smeer",
)
_LABEL = r"(?:(?:redaktioneller\s)?hinweis|anmerkung|update|(?:editor's\s)?note)(?:\sder\sredaktion)?\s?:\s"
_PROMISE = re.compile(rf"\W*(?:{_LABEL})?(?:(?:{'|'.join(_SENTENCES)})(?:{_MORE})?(?:[^\w,]+|$))+", re.IGNORECASE)


def is_promise(text: str) -> bool:
    """All of it promises that the text will go on: "Dieser Artikel wird laufend aktualisiert", "More to follow"."""
    return len(text) <= _LONGEST and _PROMISE.fullmatch(plain(text)) is not None
