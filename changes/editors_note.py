"""What a note of the editors is about: a change of the text, plainly something else, or who can say. Pure.

"Hinweis der Redaktion:" and "Editor's note:" head corrections, and as often where a text was first printed, that
comments are closed, that names were changed, whom the author knows, what readers may find hard to bear.
"""

from __future__ import annotations

import re
from typing import Literal

from scraper.amendments import hints_at_change, is_amendment, tells_of_change
from scraper.corrections import PIECE, STUECK, corrects, without_editors

Matter = Literal["change", "other", "unclear"]

_TEXT = (
    rf"\b(?:(?:dies\w*|der|das|die)\s(?:\w+\s)?(?:{STUECK}|interview|kommentar|reportage|essay|kolumne|gastbeitrag|porträt)"
    rf"|(?:this|the)\s(?:\w+\s)?(?:{PIECE}|interview|essay|text|commentary|review)|(?:cet\s|l[’'])article|ce\stexte"
    r"|est[ea]\s(?:artículo|texto|entrevista|reportaje)|quest(?:o\s|[’'])(?:articolo|testo)|dit\s(?:artikel|verhaal|stuk))\b"
)
_PRINTED = (
    r"(?:erschien(?:en)?\s(?:zuerst|zunächst|ursprünglich|erstmals|bereits|auch)"
    r"|(?:zuerst|zunächst|ursprünglich|erstmals|bereits|auch)\s(?:[\w.]+\s){0,6}?(?:erschienen|veröffentlicht)"
    r"|(?:first|originally|initially|previously|also)\s(?:published|appeared|ran|posted|printed)\s(?:in|on|by|at)\b"
    r"|(?:published|appeared)\s(?:first|originally)\s(?:in|on|by)\b"
    r"|(?:initialement|d[’']abord)\s(?:été\s)?(?:publié|paru)|publicad[oa]\s(?:originalmente|inicialmente|por\sprimera\svez)"
    r"|(?:originariamente|inizialmente)\spubblicat[oa]|(?:eerder|eerst)\s(?:verschenen|gepubliceerd)|verscheen\s(?:eerder|eerst))"
)
_REPRINT = re.compile(_PRINTED, re.IGNORECASE)
_OTHER = re.compile(
    rf"""{_TEXT}[^.!?]{{0,60}}?\b{_PRINTED}
    |\b(?:kommentar(?:e|funktion|bereich|spalte)|comments?|commentaires|comentarios|commenti|reacties)\b[^.!?]{{0,60}}?
     \b(?:geschlossen|deaktiviert|abgeschaltet|closed|disabled|turned\soff|moderated|fermés|cerrados|chiusi|gesloten)\b
    |\b(?:(?:vor)?namen|names|(?:pré)?noms|nombres|nomi|namen)\b[^.!?]{{0,60}}?
     \b(?:geändert|anonymisiert|changed|withheld|modifiés|changés|cambiados|modificati|cambiati|gefingeerd|veranderd)\b
    |^\W*(?:unsere?|die|der|the|our)\s(?:gast)?(?:autor|verfasser|reporter|redakteur|author|writer|columnist|reporter)(?:in)?(?:['’]s\s\w+)?
     \s(?:ist|arbeitet|lebt|sitzt|gehört|schreibt|is|works|worked|lives|serves|sits|writes)\b
    |\bgeht\ses\s(?:\w+\s){{0,2}}um\b|\b(?:enthält|schildert|contains|includes)\s(?:\w+\s){{0,3}}
     (?:gewalt\w*|schilderungen|beschreibungen|darstellungen|descriptions?|details|accounts?|references|images|language)\b
    |\b(?:distressing|upsetting|disturbing|verstörend\w*|belastend\w*|triggerwarnung|suicide|suizid\w*|telefonseelsorge|samaritans)\b
    |\b(?:affiliate|partner)[\s-]?links?\b|\b(?:aus\sdem\s\w+\sübersetzt|translated\sfrom|(?:views|opinions)\sexpressed)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Such a word beside the rest: then nobody is sure that it is only about that.
_FAULT = re.compile(
    r"fehler|falsch|dreh|tausch|\bzahl|angabe|figure|\bnumber|bildunter|caption|wrong|misspel|irrtum|irrtüm|verwechs|verseh|entschuldig|bedauer|richtig|stimmt|tatsächlich|nachträglich|inzwischen|fassung|hieß"
    r"|lautete|\bstatt\b|nicht\s\S*\d|korr|revi[sd]|mistake|mistook|error|apolog|sorry|regret|actual|in\sfact|version|\bsaid\b|stated"
    r"|earlier|previous|instead|rather\sthan|correct|clarif|erreur|excus|erratum|errore|scus|errat|fout|vergis|onjuist",
    re.IGNORECASE,
)
# In a note of the editors these need no "in this article".
_CORRECTED = re.compile(
    r"\b(?:korrigiert|berichtigt|richtiggestellt|corrected|to\scorrect|amended|corrigée?s?|rectifiée?s?|corregid[oa]s?|rectificad[oa]s?"
    r"|corrett[oaie]|rettificat[oaie]|gecorrigeerd)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[^\W\da-z])")


def matter(text: str) -> Matter:
    """What the note is about; its label and what one sentence after the other says are looked at."""
    said = without_editors(text)
    sentences = [sentence for sentence in _ENDS.split(said) if sentence.strip()]
    if is_amendment(text) or any(map(_is_of_change, (said, *sentences))):
        return "change"
    return "other" if sentences and all(map(_is_other, sentences)) else "unclear"


def _is_of_change(said: str) -> bool:
    if corrects(said) or tells_of_change(said):
        return True
    return _CORRECTED.search(said) is not None and tells_of_change(f"This text: {said}")


def _is_other(sentence: str) -> bool:
    found = _OTHER.search(sentence)
    if found is None:
        return False
    rest = f"{sentence[: found.start()]} {sentence[found.end() :]}"
    return not (_FAULT.search(_REPRINT.sub(" ", sentence)) or hints_at_change(rest))
