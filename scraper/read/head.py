"""What stands in the page's head and in microdata: `<title>`, meta, canonical link, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scraper.read.microdata import in_part
from scraper.read.text import clean, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborHTMLParser, LexborNode

PUBLISHED = (
    "article:published_time", "datepublished", "og:article:published_time", "og:published_time", "published_time",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "publish-date", "publishdate", "pubdate",
    "publication_date", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "datemodified", "og:article:modified_time", "og:modified_time", "og:updated_time",
    "lastmod", "last-modified", "dcterms.modified", "dc.date.modified", "revised",
)  # fmt: skip
DATES = ("datepublished", "datemodified")
_DATED = ("datePublished", "dateModified")
TOLD = ", ".join(("meta", "link[rel=canonical][href]", *(f"[itemprop={name}]" for name in _DATED)))
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Head:
    """What the page says of itself outside its text; empty where it says nothing.

    Attributes:
        meta: microdata with the dates among it.
        microdata: the names in `meta` that microdata alone gives.
    """

    title: str
    meta: dict[str, str]
    microdata: frozenset[str]
    canonical: str
    html_language: str

    def first(self, *names: str) -> str:
        """The first of these meta values that is not empty."""
        return self.meta.get(self.name_of(*names), "")

    def name_of(self, *names: str) -> str:
        """The first of these names that has a value."""
        return next((name for name in names if self.meta.get(name)), "")

    @property
    def published(self) -> str:
        return self.first(*PUBLISHED)

    @property
    def titles(self) -> list[str]:
        """All that the page calls itself, best first."""
        return [text for text in (self.first("og:title"), self.first("twitter:title"), self.title) if text]

    @property
    def locale(self) -> str:
        return self.first("og:locale", "content-language") or self.html_language

    @property
    def language(self) -> str | None:
        """ "de", not "de-DE"; None where the page does not say."""
        found = _LANGUAGE.match(self.html_language or self.locale)
        return found[0].lower() if found else None


def read_head(tree: LexborHTMLParser, told: Iterable[LexborNode], url: str) -> Head:
    """`told` is what `TOLD` finds, and more; `url` is where the page was fetched, for a relative canonical link."""
    meta: dict[str, str] = {}
    dates: dict[str, str] = {}
    marked: dict[str, str] = {}
    links: list[str] = []
    for node in told:
        tag, attributes = node.tag, node.attributes
        if "itemprop" in attributes and in_part(node):
            continue
        if tag == "meta":
            _note(marked if (attributes.get("itemprop") or "").lower() in DATES else meta, attributes)
        elif tag == "link" and "itemprop" not in attributes:
            links.append(attributes.get("href") or "")
        elif tag != "script" and (name := attributes.get("itemprop") or "") in _DATED:
            value = attributes.get("content") or attributes.get("datetime") or text_of(node)
            dates.setdefault(name.lower(), clean(value))
    title = tree.css_first("head > title") or tree.css_first("title")
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    found = dates | marked | meta
    alone = frozenset(name for name in DATES if name in found and name not in meta)
    return Head(text_of(title) if title else "", found, alone, _canonical(links, url), clean(language))


def _note(meta: dict[str, str], attributes: dict[str, str | None]) -> None:
    value = clean(attributes.get("content") or "")
    if not value:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = attributes.get(key)
        if name:
            meta.setdefault(name.lower(), value)


def _canonical(links: Iterable[str], url: str) -> str:
    """The address that the page claims, if it is one that can be asked for; else where it was fetched."""
    for link in links:
        try:
            claimed = urljoin(url, clean(link))
            parts = urlsplit(claimed)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            return claimed
    return url
