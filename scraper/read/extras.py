"""What stands among the paragraphs and is none of the article's, told from what it says: lines of an `Outline` in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from scraper.passing import is_counter
from scraper.read.outline import HEADINGS
from scraper.read.phrases import (
    AD_BEGINS,
    AD_LABEL,
    AGENCIES,
    MAYBE_SIGNPOST,
    OFFER_LINK,
    OUR_CHANNEL,
    PITCH,
    SERVICE,
    SIGNPOST,
    SURE_SERVICE,
    WHOLE_LINE,
    says_service,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

_TO_CLICK = "a[href], button, form, input, iframe"
_ARROWS = (">>", "→", "►", "▶", "➤", "➡")
# A long paragraph without a link may well be about newsletters, in the third person.
_LONGEST_SERVICE, _LONGEST_PLAIN = 650, 320
_LONGEST_PITCH, _LONGEST_LABEL, _LONGEST_APPEAL = 130, 30, 200
# More of the running text than this is the article.
BULK = 0.3
_CARD_LINES, _CARD_RUNNING = 6, 2
_NEAR = 3
_LABEL = re.compile(r"[^|:]{4,40}[|:]")
_LABELLED = 0.4
_LINK_LABEL = re.compile(r"[^\s|:.!?>\d]+(?: [^\s|:.!?>\d]+){0,3} ?[:>]\s*")
_LONGEST_RANK, _LEADS = 5, 0.8
_TITLE, _SHORTEST_TITLE = 0.7, 20
_WHOLE = frozenset(("body", "main", "article"))
# "Werbung" over a section, in a table or in a list may well be what the text is about.
_NO_LABELS = frozenset((*HEADINGS, "li", "dt", "dd", "td", "th"))


@dataclass(frozen=True, slots=True)
class Small:
    """What a box beside the text may be at most.

    Attributes:
        headline: never in it.
        most: how many characters its sentences have.
        sentences: how many lines of it are sentences.
        parts: the names of boxes that are parts of the text.
    """

    headline: Box | None
    most: float
    sentences: int
    parts: Collection[tuple[int, str, str]] = ()


def is_signpost(line: Line) -> bool:
    """It leads elsewhere, or is about the paper and not about the world. A whole sentence without a link may begin with
    any words: that is told from all that it says.
    """
    text = line.text
    if (
        _is_source(line)
        or (len(text) <= _LONGEST_APPEAL and WHOLE_LINE.fullmatch(line.low))
        or _is_under_ad_label(line)
    ):
        return True
    if line.box.tag not in _NO_LABELS and is_counter(text):
        return True
    return _sounds_so(line) and (not line.tells or SURE_SERVICE.search(line.low) is not None)


def _sounds_so(line: Line) -> bool:
    text = line.text
    if SIGNPOST.match(line.low) or (line.linked and text.startswith(_ARROWS)):
        return True
    if line.box.tag not in _NO_LABELS and AD_BEGINS.match(line.low):
        return True
    if len(text) <= _LONGEST_SERVICE and SERVICE.match(line.low):
        return True
    if _is_link_behind_label(line) or (line.linked and len(text) <= _LONGEST_PLAIN and _offers(line)):
        return True
    if len(text) <= (_LONGEST_SERVICE if line.linked else _LONGEST_PLAIN) and says_service(line.low):
        return True
    plain = line.running and not line.linked and ":" not in text[:40]
    return not plain and MAYBE_SIGNPOST.match(line.low) is not None


def _is_under_ad_label(line: Line) -> bool:
    """The label of an advertisement, and that after a line break."""
    if line.box.tag in _NO_LABELS:
        return False
    return _is_ad_label(line.nodes[0].text_content or "") and _breaks_after(line.nodes[0], line.box.node)


def _is_link_behind_label(line: Line) -> bool:
    """ "Per approfondire: A title", in any language, where the title is a link and ends the paragraph."""
    if line.box.tag not in ("p", "div") or line.link_share < _LABELLED or line.text.endswith("."):
        return False
    label = _LINK_LABEL.match(line.text)
    return label is not None and len(line.text) - label.end() <= line.linked + 1


def _offers(line: Line) -> bool:
    """Its newsletter, its app, its channel: it names one as its own, or a link leads there."""
    if OUR_CHANNEL.search(line.low):
        return True
    return any(OFFER_LINK.search(href) for href in _hrefs(line))


def _hrefs(line: Line) -> Iterator[str]:
    for node in line.nodes:
        around = node.parent
        while around is not None and around.mem_id != line.box.node.mem_id:
            if around.tag == "a":
                yield around.attributes.get("href") or ""
            around = around.parent


def _is_source(line: Line) -> bool:
    """ "dpa" or "(dpa/AFP)" under a text; in a list or a table it may well be what the text is about."""
    short = len(line.text) <= _LONGEST_LABEL and line.box.tag not in _NO_LABELS
    return short and AGENCIES.fullmatch(line.text) is not None


def _breaks_after(node: LexborNode, around: LexborNode) -> bool:
    """The next thing in the same box is a `<br>`."""
    while node.next is None and node.parent is not None and node.parent.mem_id != around.mem_id:
        node = node.parent
    after = node.next
    while after is not None and after.is_empty_text_node:
        after = after.next
    return after is not None and after.tag == "br"


def _is_ad_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and AD_LABEL.fullmatch(text) is not None


def adverts(page: Outline, found: dict[int, Role], headline: Box | None) -> Iterator[Box]:
    """Small boxes that begin with the label of an advertisement, and hold that."""
    labels = {
        line.at: line
        for line in page.lines
        if line.box.tag not in _NO_LABELS
        and _is_ad_label(line.text)
        and (found[id(line.box)] in ("", "meta") or "label" in line.box.words)
    }
    if not labels:
        return
    whole = sum(len(line.text) for line in page.lines if line.running and not found[id(line.box)])
    parts = _parts_of_text(page, labels)
    for line in labels.values():
        box = largest(page, line, Small(headline, BULK * whole, _CARD_RUNNING, parts)) if _begins(line) else None
        if box is not None and box.last - box.first > 1:
            yield box


def _parts_of_text(page: Outline, labels: Collection[int]) -> set[tuple[int, str, str]]:
    """What boxes with sentences and without a label are called, and in which they stand. One of them that begins with
    a label is a part of the text that was given one.
    """
    running = list(accumulate((line.running for line in page.lines), initial=0))
    return {name_of(box) for box in page.boxes if running[box.last] > running[box.first] and box.first not in labels}


def name_of(box: Box) -> tuple[int, str, str]:
    """What it stands in, and what it has in common with others in there."""
    return id(box.parent), box.tag, box.kind


def pitches(page: Outline, found: dict[int, Role], headline: Box | None) -> Iterator[Box]:
    """Boxes that begin with a line that says what they are: "About the author", "Your subscription"."""
    whole = sum(len(line.text) for line in page.lines if line.running and not found[id(line.box)])
    for line in page.lines:
        if len(line.text) > _LONGEST_PITCH or found[id(line.box)] or not _begins(line) or not PITCH.match(line.low):
            continue
        box = largest(page, line, Small(headline, BULK * whole, len(page.lines)))
        if box is not None and box.last - box.first > 1 and not only_tells(page, box):
            yield box


def only_tells(page: Outline, box: Box) -> bool:
    """Nothing in it but sentences of an article: nothing to click at or to fill in, no label, no title."""
    told = all(line.tells and not SURE_SERVICE.search(line.low) for line in page.of(box))
    return told and box.node.css_first(_TO_CLICK) is None


def _begins(line: Line) -> bool:
    """Its box, or what stands around that, goes on after it."""
    box = line.box
    while box.parent is not None and box.first == line.at and box.last == line.at + 1:
        box = box.parent
    return box.first == line.at


def largest(page: Outline, line: Line, small: Small, *, begun: bool = True) -> Box | None:
    """The largest small box around this line. `begun`: the line is its first."""
    found, box = None, line.box
    while (box.first == line.at or not begun) and box.parent is not None and box.tag not in _WHOLE:
        if small.headline is not None and small.headline.within(box):
            break
        running = [len(inner.text) for inner in page.of(box) if inner.running]
        if sum(running) > small.most or len(running) > small.sentences:
            break
        # A paragraph alone may well be of the text, whatever it says.
        is_part = small.parts and (name_of(box) in small.parts or box.tag == "p")
        found, box = (found if is_part else box), box.parent
    return found


def card_lines(page: Outline, lines: list[Line]) -> set[int]:
    """Of teasers that no class calls so: boxes called alike, each with a title that is a link and a sentence or two."""
    alike: dict[tuple[str, str], list[Box]] = defaultdict(list)
    lone: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for line in lines:
        headed = line.box.tag in HEADINGS
        if not (line.link_share >= 0.5 if headed else _is_title(line)):
            continue
        box = _card(line)
        if (
            box is not None
            and (headed or box.first == line.at)
            and sum(inner.running for inner in page.of(box)) in range(1, _CARD_RUNNING + 1)
        ):
            (alike if headed else lone)[box.tag, box.words].append(box)
    # Many of these are a list of the article's own: "Five places for a rainy day".
    few = [boxes for boxes in lone.values() if len(boxes) <= _CARD_RUNNING]
    cards = [box for boxes in (*alike.values(), *few) for box in boxes]
    inside = {at for box in cards for at in range(box.first, box.last)}
    running = [line for line in lines if line.running]
    if sum(line.at in inside for line in running) > len(running) / 2:
        return set()
    return inside


def _is_title(line: Line) -> bool:
    """A link, long enough for a title, and neither a sentence nor in a list."""
    if line.link_share < _TITLE or line.width < _SHORTEST_TITLE or line.text.endswith("."):
        return False
    return line.box.up("li", "table", "dl") is None


def labels_of_links(page: Outline, lines: list[Line]) -> set[int]:
    """A short line in a small box that has nothing else but links."""
    found = set()
    for line in lines:
        around = line.box.parent
        if (
            line.running
            or line.linked
            or around is None
            or around.tag in _WHOLE
            or around.last - around.first > _CARD_LINES
        ):
            continue
        others = [other for other in page.of(around) if other is not line]
        if line.at == around.first and others and all(other.link_share > _LEADS for other in others):
            found.add(line.at)
    return found


def _card(line: Line) -> Box | None:
    """What stands around a title, where that is little."""
    box: Box | None = line.box
    while box is not None and box.last - box.first == 1:
        box = box.parent
    return box if box is not None and box.last - box.first <= _CARD_LINES else None


def labelled_links(lines: list[Line]) -> set[int]:
    """ "READ THIS: A title", with the title a link, and that more than once."""
    labels = {line.at: label for line in lines if line.link_share > _LABELLED and (label := _label(line.text))}
    often = {label for label, times in Counter(labels.values()).items() if times > 1}
    return {at for at, label in labels.items() if label in often} | _lists_of_links(lines)


def _lists_of_links(lines: list[Line]) -> set[int]:
    """Each item is a link, be it behind a label."""
    items: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        around = line.box.up("ul", "ol") if not line.running else None
        if around is not None:
            items[id(around)].append(line)
    return {
        line.at
        for some in items.values()
        if len(some) > 1 and all(line.link_share > _LABELLED for line in some)
        for line in some
    }


def ranks(page: Outline, lines: list[Line]) -> set[int]:
    """The place or the time of another article in a list of such: a number beside a title that is a link."""
    found = set()
    for line in lines:
        if line.width > _LONGEST_RANK or not line.text[0].isdigit() or any(map(str.isalpha, line.text)):
            continue
        item = line.box.up("li")
        if item is not None and any(other.link_share > _LEADS for other in page.of(item)):
            found.add(line.at)
    return found


def _label(text: str) -> str:
    found = _LABEL.match(text)
    return found[0] if found and found[0].isupper() else ""


def repeated_captions(page: Outline, found: dict[int, Role], lines: list[Line]) -> set[int]:
    """What stands near a caption and says the same, for another screen."""
    return {
        line.at
        for line in lines
        if line.box.tag != "p"
        and any(
            found[id(other.box)] == "caption" and other.text == line.text
            for other in page.lines[max(0, line.at - _NEAR) : line.at + _NEAR + 1]
        )
    }
