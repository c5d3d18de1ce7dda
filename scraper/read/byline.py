"""Who wrote it: JSON-LD, meta tags, then what stands in the byline. A `Sheet` in, names out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.text import text_of

if TYPE_CHECKING:
    from scraper.read.sheet import Sheet

_AND = re.compile(r"\s*(?:,|;|\bund\b|\band\b|&|\by\b|\bet\b)\s+")
_BY = re.compile(r"^\s*(?:von|by|text|autor(?:in)?|author|written by|por|par|di)\b:?\s+", re.I)
_ADDRESS = re.compile(r"^https?://|@|\.(?:de|com|org|net)$", re.I)
BYLINE = re.compile(r"^(?:Von|By|Text|Autor(?:in)?|Par|Por|Di)\b:?\s+(?:dpa|[A-ZÄÖÜ][\w.'’-]+)[^.!?]{0,80}$")
_NAMED = '[rel~="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"]'


def authors(sheet: Sheet) -> tuple[str, ...]:
    """Names without "by", each once; sites and addresses are no authors."""
    said = sheet.linked.authors or _split(sheet.head.first("author", "article:author", "parsely-author"))
    names = [name for name in said if name and not _ADDRESS.search(name)]
    return tuple(dict.fromkeys(names)) or _printed(sheet)


def names_in(text: str) -> tuple[str, ...]:
    """ "Von Anna Beispiel und Ben Muster" → both."""
    return tuple(
        dict.fromkeys(name for part in _split(_BY.sub("", text)) if (name := part.strip(" ,;|")) and len(name) < 60)
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _AND.split(text) if part.strip()) if text else ()


def _printed(sheet: Sheet) -> tuple[str, ...]:
    for node in sheet.tree.css(_NAMED)[:5]:
        names = names_in(text_of(node))
        if names and not _ADDRESS.search(names[0]):
            return names
    start = sheet.headline.last if sheet.headline else 0
    for line in sheet.page.lines[start : start + 12]:
        if len(line.text) < 100 and BYLINE.match(line.text):
            return names_in(line.text)
    return ()
