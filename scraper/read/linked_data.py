"""JSON-LD as evidence: script blocks in, the one article that they describe out. A broken block loses only itself."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin, urlsplit

from scraper.charset import storable
from scraper.read.headline import is_titled, long_words
from scraper.read.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_TYPE = "application/ld+json"
LINKED_DATA = f'script[type="{_TYPE}" i]'
_DECODER = json.JSONDecoder(strict=False)
_MAX_NODES = 5000
# The entries of a live blog, and other articles.
_LISTED = ("liveBlogUpdate", "itemListElement")
_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review|Posting)$")
_PAGE = re.compile(r"WebPage$")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?|;)\s*$"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})?")
_NUMBER = re.compile(r"\d{4,}")
_TRAILING_COMMA = re.compile(r",(?=\s*[\]}])")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the page says about itself to machines; empty where it says nothing.

    Attributes:
        free: False if the page says that the text is not free to read, None if it says nothing.
        body: the text as machines are told it, for comparison only.
    """

    kind: str = ""
    headline: str = ""
    description: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    comment_count: int | None = None
    free: bool | None = None
    body: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What tells the page's own article from others that it describes: its addresses, and what it calls itself."""

    addresses: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def read_linked_data(blocks: Iterable[str], own: Own | None = None) -> LinkedData:
    """The article that is this page's by address or headline wins, then the first with a headline and a date; a WebPage
    lends its dates where the article has none.
    """
    own = own or Own()
    nodes = [node for block in blocks for node in _nodes(parse(block))]
    articles = [node for node in nodes if _is(node, _ARTICLE) and not _is_foreign(node, own)]
    articles.sort(
        key=lambda node: (*_strangeness(node, own), not _is_whole(node), _is_elsewhere(node, own) is not False)
    )
    pages = [node for node in nodes if _is(node, _PAGE) and not _is_foreign(node, own)]
    sources = articles[:1] + pages[:1]
    if not sources:
        return LinkedData()
    article = sources[0]
    return LinkedData(
        kind=" ".join(_types(article)),
        headline=_text(article.get("headline")) or _text(article.get("name")),
        description=_text(article.get("description")),
        published=_first(sources, "datePublished"),
        modified=_first(sources, "dateModified"),
        authors=_names(article.get("author") or article.get("creator")),
        publisher=next(iter(_names(article.get("publisher"))), ""),
        comment_count=_first_count(articles, article, own),
        free=_free(article.get("isAccessibleForFree")),
        body=_text(article.get("articleBody")),
        language=_text(article.get("inLanguage")),
    )


def is_linked_data(script: LexborNode) -> bool:
    """What `LINKED_DATA` finds."""
    return (script.attributes.get("type") or "").lower() == _TYPE


def _is_whole(node: dict[str, Json]) -> bool:
    return bool(_text(node.get("headline")) and node.get("datePublished"))


def _is_foreign(node: dict[str, Json], own: Own) -> bool:
    """It describes a teaser: another page of this site by another name, or it gives no address and its headline has no
    word in common with what the page calls itself. A page may have a second address; both then have one number.
    """
    title, given = _text(node.get("headline")) or _text(node.get("name")), _addresses(node, own)
    if title and own.titles and is_titled(title, own.titles):
        return False
    if not given:
        said, known = long_words(title), long_words(" ".join(own.titles))
        return bool(said) and len(known) > 1 and said.isdisjoint(known)
    mine = [place for text in own.addresses if (place := _place(text))]
    hosts = {path.partition("/")[0] for path, _ in mine}
    numbers = {number for place in mine for number in _numbers(place)}
    return _is_elsewhere(node, own) is True and all(
        place[0].partition("/")[0] in hosts and numbers.isdisjoint(_numbers(place)) for place in given
    )


def _numbers(place: tuple[str, str]) -> list[str]:
    return _NUMBER.findall(" ".join(place))


def _strangeness(node: dict[str, Json], own: Own) -> tuple[bool, bool]:
    """(address and headline are those of another page, neither is that of this page)."""
    headline, elsewhere = _text(node.get("headline")), _is_elsewhere(node, own)
    titled = bool(headline) and is_titled(headline, own.titles)
    strange = bool(elsewhere and headline and own.titles and not titled)
    return strange, not (titled or (headline and elsewhere is False))


def _is_elsewhere(node: dict[str, Json], own: Own) -> bool | None:
    """Whether all addresses that it gives are of other pages; None where it gives none."""
    given = _addresses(node, own)
    mine = [place for text in own.addresses if (place := _place(text))]
    if not given or not mine:
        return None
    # A query may be that of a campaign: two that differ are two pages, none may be any.
    return not any(
        path == here and (query == asked or not (query and asked)) for path, query in given for here, asked in mine
    )


def _addresses(node: dict[str, Json], own: Own) -> list[tuple[str, str]]:
    page = node.get("mainEntityOfPage")
    said = [node.get("url"), node.get("@id"), page, *(page.values() if isinstance(page, dict) else ())]
    base = own.addresses[0] if own.addresses else ""
    return [place for text in said if isinstance(text, str) and text[:1] != "#" and (place := _place(text, base))]


@lru_cache(maxsize=256)  # the addresses of a page are compared again and again
def _place(address: str, base: str = "") -> tuple[str, str] | None:
    """(host and path, query); None for what names no page of a site."""
    try:
        parts = urlsplit(urljoin(base, address))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    return (host + path, parts.query) if parts.scheme in ("http", "https") and (path or parts.query) else None


def parse(block: str) -> Json:
    """None where the block cannot be saved."""
    for attempt in _attempts(block):
        try:
            value: Json = _DECODER.raw_decode(attempt.strip())[0]
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _attempts(block: str) -> Iterator[str]:
    """As it is, then mended, each way only once it is needed."""
    yield block
    plain = _WRAPPING.sub("", _WRAPPING.sub("", block))
    yield plain
    yield _TRAILING_COMMA.sub("", plain)
    yield html.unescape(plain)


def _nodes(value: Json) -> Iterator[dict[str, Json]]:
    """All objects, outer ones first, without those in lists of others; bounded, as a page may nest what it likes."""
    todo: list[Json] = [value]
    for seen, item in enumerate(todo):
        if seen >= _MAX_NODES:
            return
        if isinstance(item, dict):
            yield item
            todo.extend(inner for key, inner in item.items() if key not in _LISTED and isinstance(inner, (dict, list)))
        elif isinstance(item, list):
            todo.extend(inner for inner in item if isinstance(inner, (dict, list)))


def _types(node: dict[str, Json]) -> list[str]:
    kind = node.get("@type")
    return [item for item in (kind if isinstance(kind, list) else [kind]) if isinstance(item, str)]


def _is(node: dict[str, Json], wanted: re.Pattern[str]) -> bool:
    return any(wanted.search(kind) for kind in _types(node))


def _text(value: Json) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    return storable(clean(html.unescape(value))) if isinstance(value, str) else ""


def _first(sources: list[dict[str, Json]], key: str) -> str:
    return next((text for source in sources if (text := _text(source.get(key)))), "")


def _names(value: Json) -> tuple[str, ...]:
    """Of persons or organisations, given as texts, as objects, or as lists of these."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        found += [_text(one) for one in (name if isinstance(name, list) else [name])]
    return tuple(dict.fromkeys(name for name in found if name))


def _first_count(articles: list[dict[str, Json]], article: dict[str, Json], own: Own) -> int | None:
    """From the article, or from another description of the same one."""
    title = _text(article.get("headline"))
    unnamed = [node for node in articles if not (_text(node.get("headline")) or _is_elsewhere(node, own))]
    same = [node for node in articles if title and _text(node.get("headline")) == title] + unnamed
    return next((count for node in [article, *same] if (count := _comment_count(node)) is not None), None)


def _comment_count(article: dict[str, Json]) -> int | None:
    stated = _count(article.get("commentCount"))
    if stated is not None:
        return stated
    statistics = article.get("interactionStatistic")
    for item in statistics if isinstance(statistics, list) else [statistics]:
        if isinstance(item, dict) and "CommentAction" in json.dumps(item.get("interactionType")):
            return _count(item.get("userInteractionCount"))
    return None


def _count(value: Json) -> int | None:
    if isinstance(value, str) and _THOUSANDS.fullmatch(value.strip()):
        value = re.sub("[.,]", "", value)
    if isinstance(value, str) and value.isascii() and value.strip().isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _free(value: Json) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower())
