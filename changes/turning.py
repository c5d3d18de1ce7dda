"""Boxes that say something else every day, told by their headings: the blocks of two readings in, positions out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from changes.plain import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.article import Block

_PLACE = r"(?:in|um|bei|für|auf|an der|im|near|at|for) [\w .-]{2,30}"
_NOW = r"(?:heute|aktuell|jetzt|morgen|am wochenende|today|tonight|now|this week(?:end)?|live)"
_DAILY = r"(?:des tages|der woche|zum tage?|of the day|of the week|du jour|de la semaine|del día|del giorno|van de dag)"
_LATEST = r"(?:aktuelle[nr]?|neueste[nr]?|current|latest|live|today['’]s|daily|weekly)"
# What ends a text and begins with one of these is a list that every article has, as long as what it says turns.
_LISTS = (
    r"(?:das |dies )?könnte (?:sie|dich) (?:auch|noch|ebenfalls) interessieren|(?:lesen sie|lies) auch",
    r"you (?:may|might) (?:also )?(?:like|be interested in)",
    r"(?:aktuelle |weitere |die nächsten )?(?:termine|veranstaltungen)(?: (?:heute|in der region|am wochenende))?",
    r"(?:das|was) ist (?:heute |am wochenende )?los(?: (?:in|im|am|an der) [\w -]{3,30})?",
    r"what['’]s on(?: (?:in|near|around|this) [\w -]{3,30})?",
    r"upcoming (?:events|dates)|(?:das )?wetter(?: (?:heute|in [\w -]{3,30}))?",
    r"(?:[\w-]+ ){0,2}weather(?: forecast| today)?",
    r"(?:aus dem )?polizeibericht|polizeimeldungen|police (?:blotter|briefs|log)",
    r"(?:heute|morgen|today|tomorrow) in [\w -]{3,30}",
    r"(?:stellen|jobs)(?:angebote|anzeigen)?(?: (?:in der region|des tages))?|traueranzeigen|todesanzeigen",
)
_LIST = re.compile(rf"\W*(?:{'|'.join(_LISTS)})\W*", re.I)
# These name what is fetched anew, wherever they stand: no subhead of a report does.
_THING = (
    r"(?:[\w-]*quiz|[\w-]*rätsel|sudoku|crossword|puzzle|horos[kc]op\w?|umfrage|frage|poll|question|sondage|encuesta|sondaggio|peiling|foto|bild|photo|angebot"
    r"|zitat|spruch|quote|citation|cita|citazione|citaat|deal|job|stelle|stellenangebote|immobilie|property|podcast|witz|rezept|recipe)"
)
_PRICES = r"(?:sprit|benzin|diesel|kraftstoff|heizöl|strom)preise"
_RIDES = r"(?:abfahrten|fähren|züge|busse|departures|ferries|trains|buses)"
_WIDGETS = (
    rf"(?:das |the |le |el |il )?{_THING} {_DAILY}",
    rf"(?:[\w-]*(?:quiz|rätsel|horoskop)|sudoku|horoscope) (?:für )?{_NOW}",
    r"(?:[\w.-]+ ){0,2}(?:league|division|[\w-]*liga)[ -](?:table|standings|tabelle)",
    r"tabelle (?:der )?[\w-]*liga(?: \w+)?",
    r"(?:(?:jetzt |neu )?im |der |our |the )?podcast [„“\"][^„“”\"]{2,40}[“”\"](?:: (?:neue|aktuelle) folge)?",
    rf"{_LATEST} (?:quiz|crossword|puzzle|sudoku|horoscope|[\w-]*(?:quiz|horoskop|rätsel))",
    rf"{_LATEST} {_PRICES}(?: {_PLACE})?|{_PRICES} (?:{_NOW}|{_PLACE})",
    rf"(?:fuel|petrol|diesel|gas) prices (?:{_NOW}|near \w+)",
    rf"kinoprogramm(?: (?:{_NOW}|{_PLACE}))?|{_NOW} im (?:kino|tv|fernsehen)",
    rf"now showing(?: {_PLACE})?|in cinemas {_NOW}|tv-?programm {_NOW}|on tv {_NOW}",
    rf"(?:(?:die )?nächste[nr]?|next) {_RIDES}(?: {_PLACE})?",
    rf"(?:gezeiten|pegelstände|wasserstände|pollenflug|verkehrslage|schneehöhen|wetter|das wetter) {_NOW}",
    rf"(?:tide times|tides|pollen count|traffic|weather|snow report|air quality) {_NOW}",
    rf"{_LATEST} weather(?: forecast)?|(?:börsen|aktien|wechsel)kurse {_NOW}|{_LATEST} (?:börsen|aktien|wechsel)?kurse",
    rf"börse {_NOW}|markets (?:{_NOW}|at a glance)|lottozahlen|gewinnzahlen|lottery results(?: today| tonight)?",
    rf"{_LATEST} (?:podcast[ -]?)?(?:folge|episode)|{_LATEST} podcast(?:folge)?",
    rf"(?:homes|houses|properties|flats) for (?:sale|rent) {_PLACE}|jobs near you",
    rf"(?:immobilien|stellen)anzeigen(?: {_PLACE})?",
    r"(?:la )?météo du jour|el tiempo hoy|meteo oggi|het weer vandaag",
    r"prix des carburants aujourd[’']hui|precio de la gasolina hoy",
)
# With a colon and words behind it, it may be what the article itself found out.
_HEADING = rf"{_LATEST} (?:tabelle|table|standings|scores?|ergebnisse)(?: [\w.-]+){{0,4}}"
_WIDGET = re.compile(rf"\W*(?:{'|'.join((*_WIDGETS, _HEADING))})\W*", re.I)
_IN_ONE = re.compile(rf"\W*(?:{'|'.join(_WIDGETS)})\s?[:|–-]\s.+", re.I)
# Labels of a single line, before a colon.
_LABELS = (
    r"so ist die (?:verkehrs)?lage auf den straßen|verkehrsmeldungen|staumelder|(?:aktuelle )?blitzer heute",
    r"info[ -]?trafic|verkeersinformatie",
    r"aktuelle[rn]? (?:pegel|wasser)st[aä]nde? [^:.]{2,40}",
    r"on this day(?: in \d{4})?|un día como hoy|accadde oggi|vandaag in de geschiedenis",
    r"heute abend im (?:tv|fernsehen)|tonight on (?:tv|television)|ce soir à la télé(?:vision)?|stasera in tv",
    r"esta noche en (?:la )?tele(?:visión)?|vanavond op (?:tv|televisie)",
)
# What fuel costs and nothing else, and what the weather of today is in a place.
_FUEL = (
    r"(?:heizöl|diesel|super(?: e10| plus)?|benzin|e10|petrol|unleaded|gazole|sp95|gasóleo|gasolina|gasolio|benzin[ae])"
)
_COSTS = r"\d[\d.,]* ?(?:euros?|€|chf|cents?|pence|p)(?: (?:je|pro|per|par|por|al) [\w ]{1,12})?"
_RATE = r"\d[\d.,]* ?(?:€|\$|punkte|points)? ?[+±\u2212–-] ?\d[\d.,]* ?%"  # of a share or an index
_FETCHED = re.compile(
    rf"\W*(?:{'|'.join(_LABELS)})\s?: .+|\W*{_FUEL}:? {_COSTS}(?:[,;|·] {_FUEL}:? {_COSTS})+\W*"
    rf"|\W*(?:(?:[\w&.-]+ ){{1,3}}{_RATE}\W*){{2,}}|\W*quiz ?: [^.!]+\?"
    r"|\W*(?:heute|hoy|aujourd['’]hui|oggi|vandaag|today) (?:in|en|à|a) [\w .'’-]{2,30} ?: .*"
    r"\d ?(?:°|grad|grados|degrés|gradi|graden|degrees).*",
    re.I,
)
# What is said of the weather today is another forecast, however like it is to the one before.
_WEATHER, _TODAY = (
    re.compile(r"wetter|weather", re.I),
    re.compile(r"\W*(?:heute|morgen|today|tonight|tomorrow)\b", re.I),
)
_MOST, _LONGEST, _ROWS = 12, 160, ("list_item", "table")
# Two lines of a list that share as much are one that was edited: what turns is replaced.
_EDITED = 0.5


def turning(blocks: Sequence[Block], others: Sequence[Block]) -> Iterator[int]:
    """The positions of what such boxes say and the other reading does not, and of lists at the end that turn."""
    kept = set(others)
    for at, block in enumerate(blocks):
        if len(block.text) <= _LONGEST and block not in kept and _is_fetched(block.text):
            yield at
        if len(block.text) <= _LONGEST and _WIDGET.fullmatch(block.text):
            if block not in kept:
                yield at
            yield from _behind(blocks, at + 1, kept)
    listed, other = _list(blocks), _list(others)
    weather = bool(listed) and _WEATHER.search(blocks[listed[0]].text) is not None
    pairs = ((blocks[at], others[there]) for at in listed[1:] for there in other[1:])
    if not any(_edited(was, now) and not (weather and _TODAY.match(now.text)) for was, now in pairs):
        yield from listed


def _is_fetched(text: str) -> bool:
    return _IN_ONE.fullmatch(text) is not None or _FETCHED.fullmatch(text) is not None


def _behind(blocks: Sequence[Block], start: int, kept: set[Block]) -> Iterator[int]:
    """Rows, one sentence before them, and labels: the next sentence is of the text."""
    told = False
    for at in range(start, min(start + _MOST, len(blocks))):
        block = blocks[at]
        is_row, ends = block.kind in _ROWS, block.text[-1:] in ".!?"
        if len(block.text) > _LONGEST or block.kind == "subhead" or (not is_row and (block in kept or (ends and told))):
            return
        told = told or not is_row
        if block not in kept:
            yield at


def _list(blocks: Sequence[Block]) -> range:
    """The heading of a list at the end of the text, and what is in it; a later heading ends it."""
    last = next((at for at in reversed(range(len(blocks))) if blocks[at].kind == "subhead"), None)
    found = last is not None and _LIST.fullmatch(blocks[last].text) is not None
    return range(last, len(blocks)) if found and last is not None else range(0)


def _edited(block: Block, other: Block) -> bool:
    if block == other:
        return False
    return Indel.normalized_similarity(words(block.text), words(other.text)) >= _EDITED
