"""What a page tells its own scripts: data in `<script>` elements, be it JSON or assigned to a variable."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.read.headline import loose
from scraper.read.linked_data import is_linked_data

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from scraper.read.linked_data import Json

_ASSIGNED = re.compile(r"(?:^|[=(,])\s*(?=[\[{])")
_DECODER = json.JSONDecoder(strict=False)
_COUNTS = re.compile(
    r"(?:comments?|kommentare?)(?:_?(?:total_?)?count|_?total|_?number|anzahl)|(?:total|num|number_?of)_?comments"
    r"(?:_?count)?",
    re.I,
)
# The comments themselves, or what holds them and their number: {"totalCount": 3, "items": […]}.
_HELD = re.compile(r"comments?|kommentare", re.I)
_TOTAL = re.compile(r"(?:total_?)?count|total", re.I)
_TOLD = re.compile(rf'"(?:(?:{_COUNTS.pattern})"\s*:\s*"?\d|(?:{_HELD.pattern})"\s*:\s*\{{)', re.I)
# The end of any of them: the word alone, which is found many times as fast as a pattern, and what it stands in. None is
# longer: behind each word of an endless one all of it would be looked through.
_MAYBE_TOLD = tuple((word, re.compile(rf'{word}\w{{0,20}}"\s*:\s*(?:"?\d|\{{)')) for word in ("omment", "OMMENT"))
# What a page calls its own article.
_OWN = re.compile(r"(?:current|main)?_?(?:article|story|post|artikel|beitrag)(?:_?(?:data|detail))?", re.I)
_SAID = re.compile(r"text|body|content|message|msg|comment", re.I)
_ADDRESS = re.compile(r"(?:canonical|web|article|full|relative)?(?:url|link|href|permalink|path|uri|canonical)")
_BEGIN = ("http", "/")
_TITLES = ("headline", "title", "name")
_ID = re.compile(r"(?:article|content|post|story|news|doc(?:ument)?|page|asset|node)?(?:uu)?id")
_NUMBER = re.compile(r"\d{5,}")
# Of a comment: on what it was written, as lists of the latest ones on a site say.
_OF_WHAT = re.compile(r"(?:article|story|post|page|thread|content|doc)(?:id|url|title|slug|link)|headline|title")
_OTHERS = re.compile(r"user|author|profile|member|latest|recent|popular|most|top|teaser|related|sidebar|widget", re.I)
# How Next.js and Nuxt hand over their data.
_STREAM, _NUXT = "self.__next_f", "__NUXT__"
_UNQUOTED = re.compile(r"omments?\s*:\s*\{\s*total\w*\s*:\s*\d|omments?_?(?:[cC]ount|[tT]otal)\s*:\s*\d")
_KEYS = re.compile(r'"(?:[^"\\]|\\.)*"|([{,]\s*)([A-Za-z_$][\w$]*)\s*:')
_TRIES, _SHORTEST_TITLE, _SHORTEST_ID = 40, 12, 5


def values(script: str) -> Iterator[tuple[int, int, Json]]:
    """The JSON in it: `script[first:last]` and what that means. What is no JSON is passed over."""
    end = 0
    for tries, match in enumerate(_ASSIGNED.finditer(script)):
        if tries >= _TRIES:
            return
        if match.end() < end:
            continue
        try:
            value, end = _DECODER.raw_decode(script, match.end())
        except (ValueError, RecursionError):
            continue
        yield match.end(), end, value


def objects(value: Json) -> Iterator[dict[str, Json]]:
    """All of them, at any depth; does not recurse, as a page may nest deeper than Python."""
    waiting: list[Json] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def is_inline(script: LexborNode) -> bool:
    """It stands in the page, and is no linked data."""
    return "src" not in script.attributes and not is_linked_data(script)


def state_count(scripts: Iterable[LexborNode], addresses: Collection[str], titles: Collection[str]) -> int | None:
    """The number of comments that the page's data states in one breath with the article's address, title or id, or else
    with the comments themselves; None where there is no such number, or more than one.
    """
    places = {_place(address) for address in addresses} - {_place("")}
    names = {title for title in map(loose, titles) if len(title) >= _SHORTEST_TITLE}
    found: set[int] = set()
    alone: set[int | None] = set()
    for value in _told(scripts):
        counted = [(item, count) for item in objects(value) if (count := _count(item)) is not None]
        unlisted = list(_unlisted(value)) if counted else []
        own, single = set(map(id, _alone(unlisted))), set(map(id, unlisted))
        for item, count in counted:
            held = _held_in(item)
            holds = _holds(held, count)
            if _means(item, places, names, own=id(item) in own and holds):
                found.add(count)
            if not found and None not in alone:
                lone = (id(item) in own and not held) or (id(item) in single and holds)
                alone.add(count if lone and not _tells_of_what(item, places) else None)
    # Where nothing says of what a number is, it is the only one, of the only thing.
    told = found or alone
    return told.pop() if len(told) == 1 else None


def _told(scripts: Iterable[LexborNode]) -> Iterator[Json]:
    """The data of all scripts that may state a number of comments."""
    pieces: list[str] = []
    streams = False
    for script in filter(is_inline, scripts):
        text = script.text()
        if _STREAM in text:
            streams = streams or "omment" in text
            pieces.append(text)
        elif _NUXT in text and _UNQUOTED.search(text):
            yield from (value for _, _, value in values(_KEYS.sub(_quoted, text)))
        elif _may_tell(text) and _TOLD.search(text):
            yield from (value for _, _, value in values(text))
    if streams:
        yield from _streamed(pieces)


def _streamed(scripts: list[str]) -> Iterator[Json]:
    """What Next.js pushes piece by piece: lines of JSON, each behind a number."""
    pushed = [value for script in scripts for _, _, value in values(script)]
    texts = [value[1] for value in pushed if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str)]
    for row in "".join(texts).split("\n"):
        if _may_tell(row) and _TOLD.search(row):
            try:
                yield json.loads(row.partition(":")[2], strict=False)
            except (ValueError, RecursionError):
                continue


def _quoted(match: re.Match[str]) -> str:
    """A key as JSON writes it; a text stays as it is."""
    return f'{match[1]}"{match[2]}":' if match[2] else match[0]


def _may_tell(script: str) -> bool:
    """Few scripts do, and they are long: to write one again in lower case takes as long as to find it."""
    return any(word in script and pattern.search(script) for word, pattern in _MAYBE_TOLD)


def _count(item: dict[str, Json]) -> int | None:
    """Many systems state 0 for every article that cannot be commented: it counts where comments are switched on."""
    item = {key: value for key, value in item.items() if "omment" in key.lower()}  # as in all that follow
    if not item:
        return None
    told = [str(value) for key, value in item.items() if _COUNTS.fullmatch(key)]
    held = [value for key, value in item.items() if _HELD.fullmatch(key) and isinstance(value, dict)]
    told += [str(value) for inner in held for key, value in inner.items() if _TOTAL.fullmatch(key)]
    numbers = {int(value) for value in told if re.fullmatch(r"[0-9]{1,7}", value)}
    if len(numbers) != 1:
        return None
    open_ = any(value is True for key, value in item.items() if "comment" in key.lower())
    return next((number for number in numbers if number or open_), None)


def _alone(items: list[dict[str, Json]]) -> Iterator[dict[str, Json]]:
    """What is called the article."""
    for item in items:
        yield from (inner for key, inner in item.items() if isinstance(inner, dict) and _OWN.fullmatch(key))


def _unlisted(value: Json) -> Iterator[dict[str, Json]]:
    """What stands in no list as teasers do, but for the lists that components of a page are, and is nobody's."""
    waiting: list[Json] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += [inner for key, inner in item.items() if not _OTHERS.search(key)]
        elif isinstance(item, list) and (item[:1] == ["$"] or all(isinstance(inner, list) for inner in item)):
            waiting += item


def _held_in(item: dict[str, Json]) -> list[list[Json]]:
    """Its comments, if it has any."""
    held = [value for key, value in item.items() if _HELD.fullmatch(key)]
    held += [inner for value in held if isinstance(value, dict) for inner in value.values()]
    return [each for each in held if isinstance(each, list) and each]


def _holds(held: list[list[Json]], count: int) -> bool:
    """No more comments than it counts: a page has those of its own article and of no other."""
    return any(len(each) <= count and all(map(_says, each)) for each in held)


def _says(item: Json) -> bool:
    return isinstance(item, dict) and any(isinstance(text, str) and _SAID.fullmatch(key) for key, text in item.items())


def _means(
    item: dict[str, Json], places: Collection[tuple[str, str, str]], names: Collection[str], *, own: bool
) -> bool:
    """It speaks of this article: by its address, or where it has none by its title, or else by its id, or because it
    is the page's `own`.
    """
    said = {key.lower().replace("_", ""): str(value) for key, value in item.items() if isinstance(value, (str, int))}
    where = [_place(value) for key, value in said.items() if _ADDRESS.fullmatch(key) and value.startswith(_BEGIN)]
    if where:
        return any(_same(place, places) for place in where)
    what = [loose(said[key]) for key in _TITLES if key in said]
    if what:
        return any(title in names for title in what)
    tokens = {token for _, path, _ in places for token in re.split(r"[^0-9A-Za-z]+", path.rpartition("/")[2])}
    ids = {value for key, value in said.items() if _ID.fullmatch(key) and len(value) >= _SHORTEST_ID}
    return own or any(re.search(r"\d", token) for token in ids & tokens)


def _tells_of_what(item: dict[str, Json], places: Collection[tuple[str, str, str]]) -> bool:
    """It, or a comment in it, has an address or a title, which decide; or another number than the page's address."""
    told = {key.lower().replace("_", ""): str(value) for key, value in item.items() if isinstance(value, (str, int))}
    inner = [one for held in item.values() for one in objects(held)]
    keys = {key.lower().replace("_", "") for one in inner for key in one}
    if any(_ADDRESS.fullmatch(key) or key in _TITLES for key in told) or any(map(_OF_WHAT.fullmatch, keys)):
        return True
    ids = {value for key, value in told.items() if _ID.fullmatch(key) and _NUMBER.fullmatch(value)}
    numbers = {number for _, path, _ in places for number in _NUMBER.findall(path)}
    return bool(ids and numbers) and ids.isdisjoint(numbers)


def _place(address: str) -> tuple[str, str, str]:
    """Host, path and query; the root of a site is no place."""
    try:
        aim = urlsplit(address)
    except ValueError:
        return "", "", ""
    path = aim.path.rstrip("/")
    return (aim.netloc.lower().removeprefix("www."), path, aim.query) if path else ("", "", "")


def _same(place: tuple[str, str, str], places: Collection[tuple[str, str, str]]) -> bool:
    host, path, query = place
    return any(host in ("", other[0]) and (path, query) == other[1:] for other in places if path)
