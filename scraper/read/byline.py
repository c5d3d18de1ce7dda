"""Who wrote it: JSON-LD, meta tags, then what stands in the byline. A `Sheet` in, names out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.headline import loose
from scraper.read.text import text_of

if TYPE_CHECKING:
    from scraper.read.sheet import Sheet

_AND = re.compile(r"\s*(?:,|;|\bund\b|\band\b|&|\by\b|\bet\b)\s+")
_BY = re.compile(r"^\s*(?:von|by|text|autor(?:in)?|author|written by|por|par|di)\b:?\s+", re.I)
_NO_NAME = re.compile(r"^https?://|@|^\d|\d{2}[.:]\d\d|^\W*$", re.I)
BYLINE = re.compile(r"^(?:Von|By|Text|Autor(?:in)?|Par|Por|Di)\b:?\s+(?:dpa|[A-ZÄÖÜ][\w.'’-]+)[^.!?]{0,80}$")
_NAMED = '[rel~="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"]'
_BOX = re.compile(r"author|byline|autor|writer")
_LINES, _LONGEST = 15, 100


def authors(sheet: Sheet) -> tuple[str, ...]:
    """Names without "by", each once. The outlet itself counts as the author only where nobody else is named."""
    said = sheet.linked.authors or names_in(sheet.head.first("author", "article:author", "parsely-author"))
    names = [name for text in said for name in names_in(text)]
    outlets = {loose(name) for name in (sheet.linked.publisher, sheet.head.first("og:site_name")) if name}
    people = [name for name in names if loose(name) not in outlets]
    return tuple(dict.fromkeys(people)) or _printed(sheet) or tuple(dict.fromkeys(names))


def names_in(text: str) -> tuple[str, ...]:
    """ "Von Anna Beispiel und Ben Muster" → both."""
    parts = (part.strip(" ,;|") for part in _AND.split(_BY.sub("", text)))
    return tuple(dict.fromkeys(part for part in parts if 1 < len(part) < 60 and not _NO_NAME.search(part)))


def _printed(sheet: Sheet) -> tuple[str, ...]:
    """What is marked as the author, or stands under the headline as one."""
    for node in sheet.tree.css(_NAMED)[:3]:
        if names := names_in(text_of(node)):
            return names
    start = sheet.headline.last if sheet.headline else 0
    for line in sheet.page.lines[start : start + _LINES]:
        named = len(line.text) < _LONGEST and (BYLINE.match(line.text) or _BOX.search(line.box.words))
        if named and (names := names_in(line.text)):
            return names
    return ()
