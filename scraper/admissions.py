"""Remarks that newsrooms make in set phrases: what was withdrawn or taken out by order; marks of agencies. Pure."""

from __future__ import annotations

import re

# Each such remark holds one of these; looking is quicker than matching.
_SIGNS = (
    "entfern", "gelöscht", "gestrichen", "geschwärzt", "unkenntlich", "zurückgezogen", "depubliz", "vom netz",
    "rechtlichen gr", "wir korr", "wir bericht", "korr.", "berichtigung i", "removed", "deleted", "redacted", "retract",
    "withdr", "taken ", "took down", "taking down", "unpublished", "(adds ", "(recasts ", "(updates ", "(refiles ",
    "version ", "meldung ", "reported",
)  # fmt: skip
_LONGEST = 400
_SO_FAR = r"(?:[^.!?]|\.(?=\d)){0,90}?"
# Others take down reports, posts and videos, too.
_ARTIKEL = r"(?:artikel|beitrag|text|kommentar|kolumne|reportage)"
_PIECE = r"(?:article|story|column|opinion\spiece|piece)"
# A part of the text; of a law or a contract it is said of which.
_OF_OTHERS = r"(?!\s(?:de[rs]|eine[rs]|vo[mn]|im|in|aus|of|from)\s)"
_ABSATZ = rf"diese[rnms]?\s(?:absatz|absätze|satz|sätze|(?:text)?passagen?|(?:text)?stellen?|abschnitte?){_OF_OTHERS}"
_PARAGRAPH = rf"(?:this|these)\s(?:paragraphs?|sentences?|passages?|sections?){_OF_OTHERS}"
_TAKEN = r"(?:entfernt|gelöscht|gestrichen|geschwärzt|unkenntlich\sgemacht)"
_OUT = r"(?:removed|deleted|redacted|taken\s(?:out|down))"
# Parliaments strike paragraphs, too; for these reasons a newsroom does.
_REASON = (
    r"(?:rechtlichen\sgründen|einstweilige[nr]?\sverfügung|gerichtliche[nr]?\s(?:anordnung|verfügung|entscheidung)"
    r"|(?:beschluss|urteil|anordnung)\sdes\s\w*gerichts|beschwerden?|unterlassung\w*|abmahnung|persönlichkeitsrecht\w*"
    r"|datenschutzgründen|presserat\w*)"
)
_WHY = (
    r"(?:legal\s(?:reasons|grounds|advice)|an?\s(?:court\sorder|injunction|complaint)|complaints|privacy\sreasons"
    r"|(?:after|since)\spublication)"
)
_PULLED = (
    r"(?:zurückgezogen|depubliziert|vom\snetz\s(?:genommen|zu\snehmen)"
    r"|aus\srechtlichen\sgründen\s(?:gelöscht|entfernt))"
)
_BACK = r"(?:retracted|withdrawn|taken\sdown|unpublished)"
_FIRST = re.compile(
    rf"""[^\w„“”«»"‚‘']*(?:
        {_ABSATZ}\s{_SO_FAR}\b{_REASON}\s{_SO_FAR}\b{_TAKEN}\b
        |(?:{_ABSATZ}\s(?:haben|mussten)\swir|wir\s(?:haben|mussten)\s{_ABSATZ})\s{_SO_FAR}\b{_TAKEN}\b
        |{_PARAGRAPH}\s{_SO_FAR}\b{_OUT}\s{_SO_FAR}\b{_WHY}\b
        |(?:an?|one|two|three|several|some)\s(?:paragraphs?|sentences?|passages?)\s(?:was|were|has\sbeen|have\sbeen)\s
            {_OUT}\s(?:here|from\sthis\s{_PIECE})\b
        |we\s(?:have\s)?(?:removed|deleted|redacted)\s(?:an?|one|two|this|these)\s(?:paragraphs?|sentences?|passages?){_OF_OTHERS}\b
        |diese[rs]?\s{_ARTIKEL}\s(?:wurde|ist|musste)\s{_SO_FAR}\b{_PULLED}\b
        |(?:wir\shaben|die\sredaktion\shat)\s(?:(?:uns|sich)\s(?:dazu\s)?entschlossen,\s)?
            diese[ns]?\s(?:{_ARTIKEL}|bericht|interview)\s{_SO_FAR}\b{_PULLED}\b
        |diese[rs]?\s{_ARTIKEL}\sist\s(?:derzeit\s)?nicht\smehr\s(?:verfügbar|abrufbar)\.\saus\srechtlichen\sgründen\b
        |aus\srechtlichen\sgründen\s(?:ist|steht|mussten\swir)\sdiese[rns]?\s{_ARTIKEL}\b
        |this\s{_PIECE}\s(?:was|is|has\sbeen)\s(?:\w+\s)?(?:{_BACK}\b|removed\b{_SO_FAR}\b(?:{_WHY}|standards)\b)
        |we\s(?:have\s|are\s)?(?:retract(?:ed|ing)?|withdr(?:ew|awn|awing)|t(?:ook|aken|aking)\sdown)\sthis\s{_PIECE}\b
        |wir\s(?:korrigieren|berichtigen)\s?:|korr\.\s?:|berichtigung\si[mn]\s(?:\w+\s){{1,2}}(?:absatz|text|satz|titel)\b
        |(?-i:\((?:Adds|Recasts|Refiles|Updates(?!\s(?:are|is|were|will|can|may|for|sind|werden|folg\w+|gibt|kommen)\b))\s
            [^()]{{3,200}}\))
        |this\sversion\s(?:of\s(?:the|this)\s(?:story|article)\s)?corrects\s(?:the|a|an?\s\w+|spelling|number|name|date|figure)\b
            (?![^.]*\b(?:bugs?|flaws?|vulnerabilit\w+|glitch\w*|crash\w*|software|app|users?)\b)
        |in\s(?:einer|der)\s(?:ersten|ursprünglichen|früheren)\smeldung\s(?!de[rs]\b|vo[mn]\b|aus\b)(?:war|hieß|stand|hatten|haben)\b
            [^.!?]{{3,120}}\.\s(?:das|dies)\s(?:ist|war)\s(?:leider\s)?(?:falsch|nicht\srichtig)
        |we\s(?:previously|earlier|first)\sreported\b[^.!?]{{3,120}}[;.,–—-]\s(?:that|this|which)\s(?:is|was)\s(?:incorrect|wrong|a\smistake)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# "…, teilte das Gericht mit": somebody else took something out, or says so.
_REPORTED = re.compile(
    r"[“”\"»]?,\s(?:so\s(?:de[rs]|die|das)\b|(?:sag|teil|erklär|schreib|schrieb|melde|berichte)\w*\s|(?:\w+\s){0,3}(?:said|says|told)\b)"
    r"|\bnach\sangaben\b|\blaut\s[A-ZÄÖÜ]|\baccording\sto\b",
)


def admits(text: str) -> bool:
    """It says, as only the newsroom says of its own text, that this was withdrawn, or that a passage was taken out for
    reasons of law; or it is a mark of an agency: "(Adds …)", "This version corrects …", "(Korr.: …)".
    """
    low = text.lower()
    if len(text) > _LONGEST or not any(map(low.__contains__, _SIGNS)):
        return False
    return _FIRST.match(text) is not None and _REPORTED.search(text) is None
