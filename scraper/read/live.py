"""The entries of a live blog, and the labels that say how long ago something was: lines of an `Outline` in.

An entry is a box among others of its kind, with a time near its edge and a text of its own. What stands in it says
nothing about the whole: neither its time nor its author, and its heading heads no comments.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.read.outline import HEADINGS
from scraper.read.text import clean
from scraper.stamp_parts import MONTH, WEEKDAY
from scraper.stamp_words import DAYS_AGO, PUBLISHED, UNITS, UPDATED, ZONES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.article import Block
    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

_COUNT = r"(?:\d{1,3}|an?|one|ein(?:e[rm]?)?|une?|una|wenigen|einigen)"
_UNITS = sorted([*UNITS, "seconds?", "sekunden?", "sek", "m", "s"], key=len, reverse=True)
_UNIT = rf"(?:{'|'.join(_UNITS)})(?![^\W\d])\.?"
_AGE = (
    rf"(?:vor|hace|il y a) {_COUNT} ?{_UNIT}(?:(?:,| und)? \d{{1,2}} ?{_UNIT})?"
    rf"|{_COUNT} ?{_UNIT} (?:ago|fa|geleden)(?![^\W\d])"
    r"|gerade eben|soeben|just now|moments ago|à l['’]instant|zojuist"
)
_TIME = r"\d{1,2}(?:[:.h]\d\d){1,2}(?!\d)(?: ?[ap]\.?m\b)?|\d{1,2} ?uhr\b|\d{1,2} ?[ap]\.?m\b"
_DAY = rf"\d{{1,4}}[./-]\d{{1,2}}[./-](?:\d{{2,4}})?|\d{{1,2}}(?:\.|st|nd|rd|th)?|(?:{MONTH})\b\.?|(?:19|20)\d\d"
_BESIDE = "|".join((*ZONES, *DAYS_AGO, WEEKDAY, UPDATED, PUBLISHED, "posted at", "um", "uhr", "at", "am", "on", "h"))
_LABEL = re.compile(rf"\W*(?:(?:{_AGE}|{_TIME}|{_DAY}|(?:{_BESIDE})(?!\w))(?:\W+|(?<=[a-zäö])(?=\d)|$))++", re.I)
_NAMES_TIME = re.compile(rf"(?<!\w)(?:{_AGE}|{_TIME})", re.I)
# Most short lines are no label, which is quickly seen.
_DIGIT = re.compile(r"\d")
# One of these is in any age.
_WORDS = ("ago", "vor ", "hace", "il y a", "geleden", "eben", "now", "instant", "zojuist", " fa")
_AGED = re.compile(rf"(?<!\w)(?:{_AGE})", re.I)
# "Newsblog zur Wahl", /liveticker-100.html; "EN DIRECT, …", "Storm – as it happened".
_NAMED = re.compile(
    r"(?<![^\W_])(?:live|news)[-\s]?(?:blog|ticker)|(?:^|-)ticker(?!\w)"
    r"|^\W*(?:live|en direct|en directo|directo|in diretta|diretta)\s*[:,|–-]|[:,|–-]\s*(?:live|as it happened)\W*$",
    re.I,
)
# "07.55 Uhr: Straße frei", "+++ 07:10 +++".
_TIMED = re.compile(r"\W*\d{1,2}[.:]\d{2}(?: ?Uhr)? ?(?:[:+|–-]|$)", re.I)
_FEWEST_TIMED = 2
# "90.+3 Minute:", "Update, 14 Uhr:", "(2.05pm)", "Vor 5 Minuten:"; a sign or a capital parts it from what happened.
_MOMENT = (
    r"\d{1,2}[.:h]\d{2}(?= ?[\])|:+–—-])"
    r"|\d{1,2}(?:[.:h]\d{2})? ?(?:uhr|h|[ap]\.?m\.?|gmt|utc|mesz|mez|cest|cet|bst)(?!\w)"
    r"|\d{1,3}\.?(?: ?\+ ?\d{1,2}\.?)?(?: ?(?:(?:spiel)?minute|min)(?!\w)\.?| ?['’′])"
    r"|(?:(?:spiel)?minute|minuto|min\.?) \d{1,3}(?: ?\+ ?\d{1,2})?"
)
_ENTRY = re.compile(
    rf"\W*(?:(?:update|um|gegen|at|à|{WEEKDAY}|\d{{1,2}}\. ?(?:\d{{1,2}}\.|{MONTH}\.?))\W+){{0,3}}(?:{_MOMENT}|{_AGE})"
    r"(?:\W{0,3}[:+|–—\])-]|\W*$|(?-i:\s+[\"„«]?[A-ZÄÖÜ]))",
    re.I,
)
_FEWEST_ENTRIES, _SHORTEST_ITEM = 3, 60
_LONGEST, _IN_WORDS = 60, 25
# Fewer are no live blog: a text and its comments may be two boxes of one kind.
_FEWEST, _MOST = 3, 2 / 3
_TOP, _END, _OUT = 4, 3, 6
_LINKED = 0.5


def is_age(text: str) -> bool:
    """It says how long ago something was and nothing else: the same label reads otherwise at the next look."""
    return is_time(text) and _AGED.search(" ".join(text.split())) is not None


@lru_cache(maxsize=512)  # several ask this of each line of a page, one after another
def is_time(text: str) -> bool:
    """It says when something was and nothing else."""
    if len(text) > _LONGEST or not (_DIGIT.search(text) or (len(text) <= _IN_WORDS and _may_be_age(text))):
        return False
    plain = " ".join(text.split())
    return _NAMES_TIME.search(plain) is not None and _LABEL.fullmatch(plain) is not None


def _may_be_age(text: str) -> bool:
    low = text.lower()
    return any(map(low.__contains__, _WORDS))


def is_live_blog(kind: str, titles: Sequence[str], *, has_entries: bool) -> bool:
    """Whether the page is a live blog: by its entries, by what it is for machines (`kind` in JSON-LD), or by name."""
    return has_entries or "LiveBlogPosting" in kind or any(_NAMED.search(title) for title in titles)


def has_timed_pieces(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs or subheads begin with a time of day, as in a flat live blog: "+++ 07.10 Uhr: … +++"; or more
    of them, or long items of a list, with a minute of a game or the like: an item of a programme is short.
    """
    told = [
        block.text
        for block in blocks
        if block.kind in ("paragraph", "subhead") or (block.kind == "list_item" and len(block.text) >= _SHORTEST_ITEM)
    ]
    starts = sum(bool(_TIMED.match(block.text)) for block in blocks if block.kind in ("paragraph", "subhead"))
    return starts >= _FEWEST_TIMED or sum(bool(_ENTRY.match(text)) for text in told) >= _FEWEST_ENTRIES


def without_label(line: Line) -> str:
    """The line's text; of a heading without the time at its edge, of any other line without how long ago that was,
    where that is an element of its own.
    """
    if len(line.nodes) < 2:
        return line.text
    heading = line.box.tag in HEADINGS
    edges = " ".join(f"{line.text[:_LONGEST]} {line.text[-_LONGEST:]}".split())
    if not (_may_be_age(edges) or (heading and _DIGIT.search(edges))):
        return line.text
    if not (_NAMES_TIME if heading else _AGED).search(edges):
        return line.text
    text = line.text
    for node in line.nodes:
        label, around = clean(node.text(deep=False)), node.parent
        if around is None or around.mem_id == line.box.node.mem_id or len(label) == len(line.text):
            continue
        if is_age(label) or (heading and around.tag == "time" and is_time(label)):
            text = clean(text.removeprefix(label).removesuffix(label))
    return text.strip(" |·•") if text != line.text else text


def entries(page: Outline, found: dict[int, Role], after: int) -> frozenset[int]:
    """The numbers of the lines that stand in entries, below line `after`; none where the page is no live blog."""
    labels = [line for line in page.lines[after:] if not line.running and is_time(line.text)]
    if len(labels) < _FEWEST:
        return frozenset()
    kinds: dict[tuple[int, str, str], dict[int, Box]] = defaultdict(dict)
    for label in labels:
        for box in _around(label, after):
            kinds[id(box.parent), box.tag, box.words.partition(" ")[0]][id(box)] = box
    whole = [boxes for boxes in kinds.values() if len(boxes) >= _FEWEST and _all_of_a_kind(page, found, boxes)]
    return frozenset(at for boxes in whole for box in boxes.values() for at in range(box.first, box.last))


def _around(label: Line, after: int) -> Iterator[Box]:
    """The boxes at whose edge the label stands."""
    box: Box | None = label.box
    for _ in range(_OUT):
        if box is None or box.first < after:
            break
        if box.last - box.first > 1 and (label.at - box.first < _TOP or box.last - label.at <= _END):
            yield box
        box = box.parent


def _all_of_a_kind(page: Outline, found: dict[int, Role], boxes: dict[int, Box]) -> bool:
    """Most boxes beside one another are entries, and neither teasers nor comments."""
    told = sum(_tells(page, found, box) for box in boxes.values())
    return told >= max(_FEWEST, _MOST * len(boxes))


def _tells(page: Outline, found: dict[int, Role], box: Box) -> bool:
    lines = [line for line in page.of(box) if not found[id(line.box)]]
    leads = any(line.link_share >= _LINKED for line in lines if line.box.tag in HEADINGS)
    return not leads and any(line.running for line in lines)
