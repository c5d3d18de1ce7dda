"""Whole lines that come or go beside the text, and say nothing of its matter: readings in, positions of blocks out.

Two kinds. What speaks to its readers and of the paper at once ("tell us", "in unserem Newsletter"), in a text that does
not speak so itself. And lines at the edges of a text that say where it comes from. A line that was edited, that has
words in common with the text, or that quotes somebody is the article's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changes.editors_note import matter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scraper.article import Article, Block

_LONGEST, _LONGEST_LABEL, _EDGE, _SHARED, _TALK = 320, 7, 2, 1, 3
_QUOTED = re.compile(r"[„“”\"«»][^„“”\"«»]*[„“”\"«»]")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SAYS = re.compile(r"\b(?:said|says|told|sagte?|erklärte|teilte|a dit|ha detto|dijo|zei|zegt)\b", re.I)
# Shorter ones are in every text; endings differ.
_WORD, _STEM = re.compile(r"[^\W\d_]{5,}"), 6

_OURS = (
    r"(?:podcasts?|newsletters?|e-?papers?|apps?|[\w-]*kan[aä]le?n?|channels?|serien?|reihe|series|themenseiten?"
    r"|chaîne|balado|infolettre|bolet[ií]n|canale?|nieuwsbrief|kanaal)"
)
# To whom a line speaks, and of whom, by language: none of them is enough alone. In German only a capital tells who.
_SPOKEN = tuple(
    (re.compile(you), re.compile(us))
    for you, us in (
        (
            (
                r"(?<=[^.!?:\s] )(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b|^(?:Haben|Möchten|Wollen|Wissen|Sind|Kennen) Sie\b"
                r"|^Sie [^.!?]+\?|\b(?i:du|dich|dir|dein\w*)\b"
            ),
            (
                rf"\b(?:[Uu]ns|[Uu]nser\w*|Redaktion|(?i:[\w-]*{_OURS})"
                r"|(?:[Dd]ies\w+|[Dd]en|[Ww]eitere|[Mm]ehr|[Aa]lle) (?:Artikel|Beiträge?|Nachrichten|Texte?|Themen))\b"
            ),
        ),
        (
            r"(?i:\b(?:you|your)\b|^(?:listen|email|e-mail|contact|tell|send|sign|subscribe|follow|join|get|download)\b)",
            (
                r"\b[Uu]s\b|(?i:\b(?:our|this (?:story|article|report)|newsroom|newsdesk|reporters|newsletters?)\b)"
                rf"|\b(?:daily|weekly|free) {_OURS}\b"
            ),
        ),
        (
            r"(?i:\b(?:vous|votre|vos)\b|^(?!chez|assez|allez)\w+ez(?:-nous)?\b)",
            rf"(?i:\b(?:notre|nos|cet article|rédaction|{_OURS})\b|-nous\b|\bl['’](?:actualité|essentiel)\b)",
        ),
        (
            (
                r"(?i:\b(?:tuo|tua|tuoi|tue|vostr[oaie]|vuoi)\b|^(?:iscriviti|scarica|leggi|ascolta|abbonati|ricevi|scopri)\b"
                r"|^(?:segui|unisciti|(?:segui|scrivi|contatta|invia)(?:te)?ci)\b)"
            ),
            rf"(?i:\b(?:nostr[oaie]|questo articolo|redazione|{_OURS})\b|ci\b)",
        ),
        (
            (
                r"(?i:\b(?:tú|tu|tus|usted(?:es)?|quieres)\b|^(?:recibe|suscríbete|únete|descarga|lee|escucha|apúntate)\b"
                r"|^(?:sigue|(?:sígue|escríbe|cuénta|envía)nos)\b)"
            ),
            rf"(?i:\b(?:nuestr\w+|est[ea] (?:artículo|noticia)|redacción|{_OURS})\b|nos\b)",
        ),
        (
            r"(?i:\b(?:u|uw|jij|jouw|jullie)\b|^(?:tip|mail|volg|luister|meld|abonneer|schrijf|download|bel)\b)",
            rf"(?i:\b(?:ons|onze|redactie|dit artikel|adverteren|{_OURS})\b)",
        ),
    )
)
# Whoever writes so tells of himself, or answers.
_FIRST_PERSON = re.compile(
    r"\b(?:I|[Mm]y|[Ww]e|[Uu]s|[Oo]ur|[Ii]ch|[Mm]ich|[Mm]ein\w*|[Ww]ir|[Uu]ns|[Uu]nser\w*|[Jj]e|[Mm]on|[Nn]ous|[Nn]os|[Nn]otre"
    r"|[Ii]o|[Nn]oi|[Nn]ostr[oaie]|[Yy]o|[Nn]osotros|[Nn]uestr\w+|[Ii]k|[Mm]ijn|[Ww]ij|[Oo]nze?)\b|\?$"
)
# What is spoken of as the paper's own, be it to nobody.
_OF_OURS = re.compile(
    rf"\b(?:in|aus|mit|von|zu|on|of|from|dans|nel|en|in) (?:unser(?:e[mnrs]?)?|our|notre|nostr[oa]|nuestr[oa]|onze)"
    rf" (?:[\w-]+ ){{0,2}}[\w-]*{_OURS}\b",
    re.I,
)
_THIS = (
    r"(?:dieser (?:artikel|beitrag|text)|this (?:article|story|piece)|cet article|quest(?:o |['’])articolo"
    r"|este artículo|dit artikel)"
)
_SERIES = r"(?:serie|reihe|series|série|reeks|schwerpunkt\w*|themenwoche|dossiers?|project|projekt\w*)"
_PART = r"(?:teil|part|partie|parte|deel)"
_AGENCY = r"(?:afp|dpa|apa|sda|reuters|ap|efe|ansa|anp|agences?|agencias?|agenzie)"
_MACHINE = r"(?:ki|künstlicher intelligenz|ai|automatisch)"
_FROM = (
    # agencies, partners, those who paid
    r"(?:mit|unter verwendung von) (?:agentur)?material(?:ien)?(?: [\w/&,-]+){0,7}",
    r"with (?:files|material|reporting) (?:from|by)(?: [\w/&,-]+){1,6}",
    (
        rf"(?:avec|con|met) (?:(?:información|materiale|materiaal|informatie) (?:de|di|van) )?(?:l['’])?{_AGENCY}"
        rf"(?: ?(?:/|,|et|y|e|en) ?{_AGENCY})*"
    ),
    r"(?:präsentiert|gesponsert|ermöglicht) (?:von|durch) [^.!?]{3,60}|(?:presented|sponsored) by [^.!?]{3,60}",
    r"présenté par [^.!?]{3,60}|patrocinado por [^.!?]{3,60}|offerto da [^.!?]{3,60}|aangeboden door [^.!?]{3,60}",
    # print, other papers, series
    rf"{_THIS} (?:erschien|stammt aus|ist [^!?]{{3,80}} erschienen) ?[^!?]{{0,120}}",
    rf"{_THIS} (?:first |also |originally )?(?:appeared|was published) in (?:the |our |print)[^!?]{{2,120}}",
    r"(?:aus|from) (?:der|dem|the) [^.!?]{3,60} (?:vom|of) \d\d?\.? ?\w+\.?,? ?\d{4}",
    rf"{_THIS} (?:ist|is|fait|fa|es|forma|maakt) [^!?]{{0,12}}{_PART} [^!?]{{0,40}}{_SERIES}\b[^!?]{{0,90}}",
    # what else has to be said of how it was made
    rf"(?:\w+: )?{_THIS} (?:enthält|(?:may )?contains?|contient|contiene|bevat) [^.!?]{{0,30}}-?links?\b.{{0,120}}",
    rf"{_THIS} (?:wurde|ist|entstand|was|has been) [^.!?]{{0,40}}\b{_MACHINE}\b.{{0,120}}",
)
# Whom to call, which papers owe to those who read of such deaths.
_HELP = re.compile(
    r"\btelefonseelsorge\b[^!?]{0,60}\b0800[ /-]?111[ /-]?0[ /-]?\d{3}\b|\bsamaritans\b[^!?]{0,60}\b116 ?123\b", re.I
)
_ORIGIN = re.compile(rf"\W*(?:{'|'.join(_FROM)})\W*", re.I)
# These say so wherever they stand.
_ABOUT = r"(?:zu|für|unter|auf|on|for|to|pour|sur) [\w ]{3,25}"
_SURELY = (
    r"(?:teil|part|folge) (?:\d+|\w+) (?:unserer|of our) (?:serie|reihe|series)\b[^!?]{0,120}",
    (
        rf"(?:die )?[\w-]*kommentar(?:e|funktion|bereich|spalte)(?: {_ABOUT})? (?:ist|sind|wurden?)(?: \w+){{0,2}}"
        r" (?:geschlossen|deaktiviert|beendet|abgeschaltet)"
    ),
    (
        rf"(?:the )?comments?(?: section)?(?: {_ABOUT})? (?:is|are|have been)(?: now| currently)?"
        rf" (?:closed|disabled|turned off)(?: {_ABOUT})?"
    ),
    rf"les commentaires sont (?:\w+ )?(?:fermés|désactivés|clos)(?: {_ABOUT})?",
    r"los comentarios (?:[\w ]{3,25} )?(?:están|han sido) (?:cerrados|desactivados)",
    r"i commenti (?:[\w ]{3,25} )?sono (?:stati )?(?:chiusi|disabilitati)(?: [\w ]{3,25})?",
    r"(?:de )?reacties (?:(?:op|bij|onder) [\w ]{3,25} )?zijn (?:nu )?(?:gesloten|uitgeschakeld)",
)
_IS_SURE = re.compile(rf"\W*(?:{'|'.join(_SURELY)})\W*", re.I)


def asides(article: Article, whole: Collection[str]) -> Iterator[int]:
    """The positions of such lines among the blocks; `whole` are those that came or went, and were not edited."""
    blocks = article.blocks
    kept = [block.text for block in blocks if block.text not in whole]
    around = _stems([article.headline, article.standfirst, *kept])
    speaks_so = sum(_FIRST_PERSON.search(_QUOTED.sub(" ", text)) is not None for text in kept) >= _TALK
    for at, block in enumerate(blocks):
        if block.kind != "paragraph" or len(block.text) > _LONGEST:
            continue
        alone = block.text in whole and (_is_signature(at, blocks) or (not speaks_so and _speaks(block.text)))
        if _says_whence(at, blocks) or (alone and _is_beside(block.text, around)):
            yield at


def _is_beside(text: str, around: set[str]) -> bool:
    """It says nothing of the matter, and of no change of the text."""
    return len(_stems([text]) & around) <= _SHARED and matter(text) != "change"


def _says_whence(at: int, blocks: Sequence[Block]) -> bool:
    text = blocks[at].text
    if _IS_SURE.fullmatch(text):
        return True
    at_edge = not at or at >= len(blocks) - _EDGE
    if at_edge and _HELP.search(text):
        return True
    return (at_edge or not text.endswith(".")) and _ORIGIN.fullmatch(text) is not None


def _speaks(text: str) -> bool:
    """It speaks to readers and of the paper, or names a way to write to it."""
    said = _QUOTED.sub(" ", text)
    if _SAYS.search(said):
        return False
    if _OF_OURS.search(said):
        return True
    to_write = _MAIL.search(said) is not None
    return any(you.search(said) and (to_write or us.search(said)) for you, us in _SPOKEN)


def _is_signature(at: int, blocks: Sequence[Block]) -> bool:
    """The last line, of a few words that make no sentence, behind one that is some."""
    text = blocks[at].text
    if not at or at < len(blocks) - 1 or blocks[at - 1].text[-1:] not in '.!?“”"»':
        return False
    return len(text.split()) < _LONGEST_LABEL and not re.search(r"[\d.!?:;„“”\"«»]", text)


def _stems(texts: Sequence[str]) -> set[str]:
    """Names of newsletters and podcasts are in quotation marks, and often the name of the place."""
    said = (_MAIL.sub(" ", _QUOTED.sub(" ", text)) for text in texts)
    return {word.casefold()[:_STEM] for text in said for word in _WORD.findall(text)}
