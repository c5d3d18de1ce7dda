"""Who wrote it: JSON-LD, meta tags, then what stands in the byline. A `Sheet` in, names out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.read.headline import loose
from scraper.read.microdata import in_part
from scraper.read.outline import HEADINGS
from scraper.read.phrases import AGENCIES, BYLINE, NAME, ONLY_NAMES
from scraper.read.roles import in_comments
from scraper.read.text import begins_line, clean, text_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from scraper.read.comments.discussion import Discussion
    from scraper.read.outline import Line, Outline
    from scraper.read.sheet import Sheet

_AND = re.compile(r"\s*(?:,|;|\bund\b|\band\b|&|\by\b|\bet\b|\bwith\b)\s+")
_BY = re.compile(
    r"^\s*(?:von|by|text|autor(?:in)?|author|written by|por|par|di)\b:?\s+(?:unser\w* (?:[\w-]+ )?(?=\w+ \w+))?", re.I
)
_NO_NAME = re.compile(r"^https?://|@|^\d|\d{2}[.:]\d\d|^\W*$", re.I)
_NAMED = '[rel~="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"]'
_META = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "twitter:misc:written by",
)  # fmt: skip
_BOX = re.compile(r"author|byline|autor|writer")
_LINES, _LONGEST, _LABEL, _NEAR = 15, 100, 3, 4
# "Anna Beispiel (abe)": how the editors sign.
_INITIALS = re.compile(r"\s*\([a-zäöü]{2,4}\.?\)$")
# A stamp in the same box: "Anna Beispiel Aktualisiert am".
_STAMP = re.compile(
    r"(?:^|[\s,|·•–—-])(?:zuletzt |last )?(?:stand\s*(?::|\d|(?:vom|am)\b)"
    r"|(?:aktualisiert|geändert|veröffentlicht|publiziert|erstellt|updated|published|modified|publiée?|mise? à jour"
    r"|modifiée?|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt)\b"
    r"\s*(?::|$|\d|(?:am|um|vor|heute|gestern|on|at|today|yesterday|le|il|el|op|à)\b)).*",
    re.I | re.S,
)
_PICTURE = (
    r"(?:fotos?|bild(?:er)?|photos?|photographs?|photography|fotografie|illustration(?:en|s)?|grafik(?:en)?|graphics?)"
)
_WRITTEN_TOO = re.compile(
    rf"^\W*texte?\s*(?:und|and|et|y|&|\+|/|,)\s*{_PICTURE}\s*(?::|\b(?:von|by|par|por)\b)\s*|\s?\(\s?text[^)]*\)", re.I
)
# Who took the pictures, up to who wrote the text.
_PICTURED = re.compile(
    rf"(?:^|[\s,;|/·•]){_PICTURE}\s*(?::|\b(?:von|by|par|por|di)\b).*?(?=\btexte?\s*:|$)"
    rf"|(?:^|[,;|]|\b(?:und|and|et)\b)(?:(?!\b(?:und|and|et)\b)[^,;|()])*\(\s*{_PICTURE}[^)]*\)",
    re.I | re.S,
)
# "Anna Beispiel in Kiew"
_LOCATED = re.compile(rf"({NAME}),?\s(?:in|aus|from|à|en)\s[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*)?")
# What stands behind a full name and is none: "Anna Beispiel, Kiew", "… (Kiew)", "…, zurzeit New York", "…/Kairo".
_PLACE = (
    r"(?:(?:zurzeit|derzeit|zzt\.?|z\. ?zt\.?|in|aus|à|from|en)\s[^,;/|()]{3,30}"
    r"|[A-ZÄÖÜ]{3}[\w-]*(?:\s[\w-]+)?"
    r"|(?:Bad|Sankt|St\.|San|Santa|Saint|New|Neu|Tel|Los|Las|Den|Rio|Abu|Addis|Hong|Kuala|Buenos|São|Cape)\s[\w.-]+"
    r"|\w+\s(?:am|an der|im)\s\w+|\w+,?\sD\. ?C\.|\w+\s\([\w ]+\)|[^\W\d_a-z][\w-]+)"
)
_PLACED = re.compile(
    rf"({NAME})(?:\s*[,/]\s*|\s+[|–—-]\s+)({_PLACE})(?=\s*(?:[,;/|&]|\b(?:und|and|et|y)\b|$))|({NAME})\s+\(({_PLACE})\)"
)
_BESIDE = re.compile(r"\s*[|•·]\s*")
_DATED = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|\w{3,9})\s?\d{4}")
_UNDATED = re.compile(r"\W{1,5}\d{1,2}\.\s?(?:\d{1,2}\.|\w{3,9})\s?\d{4}.*$")
# Beside a name, what somebody is: "Emily Example, Staff Writer".
_ROLE = re.compile(
    r"(?:[\w-]+ ){0,2}(?:writers?|reporters?|editors?|correspondents?|columnists?|contributors?"
    r"|\w*(?:redakt(?:eur|or)(?:in)?|reporter(?:in)?|korrespondent(?:in)?|volontär(?:in)?))(?: [\w-]+){0,2}",
    re.I,
)
_KIND = re.compile(r"(?:eine?|a|an) ", re.I)
# After a name: what one does for a paper.
_PORTRAIT = re.compile(
    r",?\s(?:is|was|ist|war|has|hat|writes|covers|reports|schreibt|berichtet|arbeitet|leitet|works|joined|est"
    r"|es)\b.{0,250}?"
    r"(?:report|writ|editor|edit|correspond|korrespond|redakt|redakteur|journalis|autor|author|covers|blog|kolumn"
    r"|column|critic|contribut|schreib|bericht|leitet|studiert|explorer|rédact|periodista)",
    re.I,
)


def authors(sheet: Sheet, discussion: Discussion | None = None) -> tuple[str, ...]:
    """Names without "by", each once, and none of who speaks in that discussion. The outlet itself counts as the author
    only where nobody else is named.
    """
    names = [name for text in sheet.linked.authors for name in names_in(text, printed=False)]
    told = iter(_META)
    while not names and (key := next(told, "")):
        names = list(names_in(sheet.head.first(key), printed=False))
    people = [name for name in names if not _is_outlet(sheet, name)]
    return tuple(dict.fromkeys(people)) or _printed(sheet, discussion) or tuple(dict.fromkeys(names))


def is_byline(text: str) -> bool:
    """It names the authors, and perhaps the date, and says nothing else."""
    return BYLINE.match(_UNDATED.sub("", text)) is not None


def portrays(text: str, name: str) -> bool:
    """It says what an author does for a living."""
    return text.startswith(name) and _PORTRAIT.match(text[len(name) :]) is not None


def names_in(text: str, *, printed: bool = True) -> tuple[str, ...]:
    """ "Von Anna Beispiel, Kiew, und Ben Muster" → both people. `printed`: readers see it as a byline; what machines
    are told is taken to be names, unless it begins like one.
    """
    text = _PICTURED.sub(" ", _WRITTEN_TOO.sub("", _STAMP.sub("", text)))
    bare = _BY.sub("", text)
    text = _PLACED.sub(_name_alone, bare) if printed or bare != text else bare
    parts = (_INITIALS.sub("", part.strip(" ,;|/·•–—")) for part in _AND.split(text))
    parts = (located[1] if (located := _LOCATED.fullmatch(part)) else part for part in parts)
    names = dict.fromkeys(part for part in parts if 1 < len(part) < 60 and not _NO_NAME.search(part))
    return tuple(name for name in names if not _ROLE.fullmatch(name)) or tuple(names)


def _name_alone(found: re.Match[str]) -> str:
    """Without where somebody is; an agency is an author."""
    name, place = found[1] or found[3], found[2] or found[4]
    return found[0] if AGENCIES.fullmatch(place) else name


def _is_outlet(sheet: Sheet, name: str) -> bool:
    """The name of the site or of its publisher, its address, or that with an addition: "n-tv NACHRICHTEN"."""
    host = (urlsplit(sheet.url).hostname or "").removeprefix("www.")
    label = loose(host.rpartition(".")[0].rpartition(".")[2])
    known = {loose(said) for said in (sheet.linked.publisher, sheet.head.first("og:site_name"), host) if said}
    return loose(name) in known or (len(label) >= _LABEL and loose(name.partition(" ")[0]) == label)


def _printed(sheet: Sheet, discussion: Discussion | None) -> tuple[str, ...]:
    """What is marked as the author, or stands under the headline as one."""
    for node in sheet.tree.css(_NAMED)[:3]:
        if not in_part(node) and (names := _people(sheet, _unstamped(node))):
            return names
    start = sheet.headline.last if sheet.headline else 0
    end = min(start + _LINES, discussion.first if discussion else len(sheet.page.lines))
    near = (line for line in sheet.page.lines[start:end] if line.at not in sheet.entries)
    lines = [line for line in near if not in_comments(line.box, sheet.role) and line.box.up("form") is None]
    for line in lines:
        text = _named_part(line)
        named = len(text) < _LONGEST and (BYLINE.match(text) or _BOX.search(line.box.words))
        if named and (names := _people(sheet, text)):
            return names
    return next((names for line in lines if (names := _unmarked(line, sheet.page))), ())


def _unstamped(node: LexborNode) -> str:
    """What is marked, without a stamp that style alone sets apart: "Anna BeispielUpdated: …"."""
    text = text_of(node)
    said = _apart([inner for tag, inner, _ in walk(node) if tag == "-text"], text)
    found = _STAMP.search(said)
    return said[: found.start()] if found else text


def _named_part(line: Line) -> str:
    """Of a line with stamps, what begins like a byline: a bar, a new line or style alone sets it apart."""
    parts = _BESIDE.split(_apart(line.nodes, line.text))
    named = [part for piece in parts if BYLINE.match(part := _STAMP.sub("", piece))]
    dated = len(parts) > 1 and any(map(str.isdigit, line.text))
    whole = _STAMP.sub("", " | ".join(parts)) if dated else line.text
    return named[0] if named and dated else _UNDATED.sub("", whole)


def _apart(nodes: Iterable[LexborNode], whole: str) -> str:
    """The text of a line or an element, with bars where a new line begins, or one element right behind another: "Anna
    BeispielUpdated: …".
    """
    said = ""
    for node in nodes:
        text = clean(node.text(deep=False))
        glued = said[-1:].isalnum() and text[:1].isupper() and f"{said[-_NEAR:]}{text[:_NEAR]}" in whole
        said += f" | {text}" if said and (glued or begins_line(node)) else f" {text}"
    return said.strip()


def _people(sheet: Sheet, text: str) -> tuple[str, ...]:
    return tuple(name for name in names_in(text) if not _is_outlet(sheet, name))


def _unmarked(line: Line, page: Outline) -> tuple[str, ...]:
    """Names beside the date, or names in bold on a line of their own right before or after the text."""
    if len(line.text) > _LONGEST or line.running or line.box.tag in HEADINGS:
        return ()
    parts = _BESIDE.split(_apart(line.nodes, line.text))
    if len(parts) > 1 and any(_DATED.search(part) for part in parts):
        named = [
            part for part in parts if ONLY_NAMES.fullmatch(part) and not (_ROLE.fullmatch(part) or _KIND.match(part))
        ]
    else:
        beside = page.lines[max(0, line.at - 1) : line.at + 2]
        bold = line.strong >= len(line.text) - 2 and line.box.tag == "p" and any(other.running for other in beside)
        named = [line.text] if bold and ONLY_NAMES.fullmatch(line.text) else []
    return tuple(name for part in named[:1] for piece in part.split("/") for name in names_in(piece.strip("\u00a0 ")))
