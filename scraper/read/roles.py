"""What each box of a page is for, told from its tag and from the words of its class: an `Outline` in, roles out.

Names of classes only hint: a box that holds most of the page's running text is never put aside because of its name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from scraper.read.facts import is_fact_box, is_named_so
from scraper.read.misnamed import is_among_text, is_layout, is_of_film
from scraper.read.outline import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Collection

    from scraper.read.outline import Box, Outline

Role = Literal["", "aside", "caption", "meta", "comments"]

_BY_TAG: dict[str, Role] = {
    "nav": "aside", "aside": "aside", "footer": "aside", "form": "aside", "button": "aside", "menu": "aside",
    "dialog": "aside", "fieldset": "aside", "search": "aside", "legend": "aside", "address": "meta",
    "figure": "caption", "figcaption": "caption",
}  # fmt: skip
_ASIDE = re.compile(
    r"teaser|related|newsletter|recommend|recirc|outbrain|taboola|breadcrumb|promo(?!ti)|sponsor|advert|social|shar(?:e|ing)"
    r"|cookie|consent|sidebar|side-bar|read-?more|readmore|more-?(?:on|from|news|stories|articles)|most-?(?:read"
    r"|popular)"
    r"|popular|trending|subscri(?!ber-(?:only|preview))|sign-?up|signin|login|registration|paywall|donat|spenden|pop-?up|\bdialog\b|modal|overlay|lightbox"
    r"|navigation|navbar|\bnav\b|\bmenu|footer|masthead|topbar|toolbar|\btool|widget|carousel|slider|gallery"
    r"|\bads?\b|\bad[-_]|[-_]ads?\b|anzeige|werbung|dfp|gpt-|google|banner|skip-?(?:link|to)|sr-only|screen-?reader"
    r"|visually-?hidden|\btags?\b|tag-?(?:list|cloud)|taglist|[-_]tags\b|topics|keywords|schlagw|infobox|info-box"
    r"|infokasten"
    r"|factbox|author-?(?:bio|box|info|card|desc|profile)|about-?(?:the-)?author|biograph|\bbio\b|disclaimer|copyright"
    r"|next-?(?:article|post|up)|prev(?:ious)?-?(?:article|post|next)|pagination|pager|linkbox|link-?list|feedback"
    r"|rating|survey|\bpoll\b|opinary|civey"
    r"|contentinfo|complementary|\bmore\b|crosslink|article-?links|follow|whatsapp|app-?(?:promo|download|banner)"
    r"|jetpack"
    r"|also-?(?:read|like)|podcast|playlist|video|player|audio|transcript|shop|product|affiliate|buy"
)
_CAPTION = re.compile(
    r"caption|cptn|credit|bildunter|bildtext|bildquelle|legend|photo-?(?:by|desc|info)|image-?(?:desc|info|text|source)"
    r"|img-?(?:desc|text)"
)
_META = re.compile(
    r"byline|by-?line|author|autor|writer|dateline|(?<!up)date\b|publish|\btime(?!line)|timestamp|meta|posted|kicker|dachzeile|topline"
    r"|overline|eyebrow|category|rubrik|section-?(?:name|title|label)|label|stand\b|lastchanged|updated|reading-?time"
    r"|lesezeit"
)
_COMMENTS = re.compile(
    r"\bcomments?\b|comments?[-_](?:list|area|section|wrap|container|box|body|block|thread|form|respond)|commentlist"
    r"|comment-?section"
    r"|kommentar|disqus|\brespond\b|leserbrief|leserkommentar|reader-?comments|user-?comments|livefyre|coral"
    r"|talk-?embed|forum"
)
_FRAME = re.compile(
    r"(?:image|picture|photo)[-_]?widget|teaser-?image|gallery|galerie|carousel|slide(?:r|show)|lightbox|\bimage\b"
    r"|-image\b|picture|photo|overlay"
)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?:$|\s)")
_CARD = re.compile(r"teaser|related|promo|comment|\bcard|recommend|sponsor|advert")
_BODY = re.compile(
    r"(?:article|story|post|entry|main|page|node|news)[-_]*(?:body|content|text|copy|main|inner)(?!\S)|body-?copy|copytext(?![\w-]*[-_]ads?\b)"
)
_KINDS = (_BODY, _COMMENTS, _CAPTION, _ASIDE, _META)
_ROLES: tuple[Role, ...] = ("", "comments", "caption", "aside", "meta", "")
# A quotation or a table in a `<figure>` is text, and what is said about it is its caption.
_FRAMED = frozenset(("blockquote", "table", "pre"))
_CAPTION_LINES = 4
# "player" on the row of a table of players.
_NAMELESS = frozenset(("html", "body", "main", "tbody", "thead", "tr", "td", "th"))
# So few sentences are no text: where a short article stands on a page, its footer may well be longer.
_FEW, _MANY = 2, 4
_TITLE = 0.8
_FEW_HIDDEN = 4
# What tweets and videos are put in: in the midst of a text the words in there are quoted.
_EMBED = re.compile(r"video-?container|widget")
_TEASER = re.compile(r"teaser")
_FAR, _BESIDE = 4, 2
# What a box with that role may hold of the page's running text before the name is taken for a misnomer.
_MISNOMER, _MISTAKEN_TAG = 0.4, 0.75


def roles(page: Outline, headline: Box | None, exempt: Collection[int] = (), *, names: bool = True) -> dict[int, Role]:
    """The role of every box, by `id(box)`; an inner box takes over what its surroundings are.

    Args:
        exempt: boxes, by id, whose names say nothing.
        names: whether the names of the others say something.
    """
    finder = _Finder(page, headline, exempt, names=names)
    found = finder.find()
    finder.shown = _shown_later(page, finder.hidden)
    return finder.find() if finder.shown else found


class _Finder:
    """One look at all boxes of a page.

    Attributes:
        facts: the boxes of facts, by id.
        hidden: the boxes that were put aside because they are not shown.
        shown: such boxes, by id, that are to be taken for text all the same.
    """

    def __init__(self, page: Outline, headline: Box | None, exempt: Collection[int], *, names: bool) -> None:
        self.page, self.headline, self.exempt, self.names = page, headline, exempt, names
        self.widths, self.counts = _running_up_to(page)
        self.over = _ids_around(headline)
        self.framed = _captioned(page, self.over)
        self.hidden: list[Box] = []
        self.facts: set[int] = set()
        self.shown: set[int] = set()

    def find(self) -> dict[int, Role]:
        found: dict[int, Role] = {}
        for box in self.page.boxes:
            role = found[id(box.parent)] if box.parent else ""
            if not role or (role == "caption" and box.tag in _FRAMED):
                role = self._own(box)
                if role and self._is_none(box, role, found):
                    role = ""
            found[id(box)] = "" if role == "caption" and is_of_film(self.page, box) else role
        return found

    def _own(self, box: Box) -> Role:
        if id(box) in self.framed:
            return "caption"
        if _is_unseen(box):
            self.hidden.append(box)
            if id(box) not in self.shown:
                return "aside"
        if self.names and id(box) not in self.exempt:
            return _own(box, names=True)
        return "aside" if _by_words(box.words) == "aside" and _lists_others(self.page, box) else _own(box, names=False)

    def _is_none(self, box: Box, role: Role, found: dict[int, Role]) -> bool:
        """It holds the headline or a whole text, or is where the text begins."""
        if id(box) in self.over or (role == "aside" and self._is_facts(box, found)):
            return True
        if self.names and is_among_text(self.page, box, role, found, _is_put_aside, names_matter=_names_matter):
            return True
        share = (self.widths[box.last] - self.widths[box.first]) / (self.widths[-1] or 1)
        if _is_misnomer(box, role, share, self.counts[box.last] - self.counts[box.first]):
            return role != "aside" or not _lists_others(self.page, box)
        return role == "aside" and _is_lead(self.page, box) and not self._text_before(box, found)

    def _is_facts(self, box: Box, found: dict[int, Role]) -> bool:
        """Among the sentences, not beside the page; or a part of such a box, which is called like it."""
        if is_named_so(box):
            around = box.parent
            for _ in range(_FAR):
                if around is None or id(around) in self.facts:
                    break
                around = around.parent
            if around is not None and id(around) in self.facts:
                return True
        if is_fact_box(self.page, box) and self._text_before(box, found):
            self.facts.add(id(box))
            return True
        return False

    def _text_before(self, box: Box, found: dict[int, Role]) -> bool:
        """Between it and the headline stands a sentence of the text."""
        start = self.headline.last if self.headline is not None else 0
        return any(line.running and not found[id(line.box)] for line in self.page.lines[start : box.first])


def _ids_around(box: Box | None) -> set[int]:
    ids = set()
    while box is not None:
        ids.add(id(box))
        box = box.parent
    return ids


def _captioned(page: Outline, over: set[int]) -> set[int]:
    """The boxes, by id, that stand in for a `<figure>`: there is a `<figcaption>` in them and next to nothing else."""
    return {
        id(box.parent)
        for box in page.boxes
        if box.tag == "figcaption"
        and box.parent is not None
        and box.parent.tag == "div"
        and box.parent.last - box.parent.first <= _CAPTION_LINES
        and id(box.parent) not in over
    }


def _shown_later(page: Outline, hidden: list[Box]) -> set[int]:
    """The boxes, by id, that a script shows to subscribers: side by side they hold more of a text than is in sight."""
    kept: dict[int, list[Box]] = defaultdict(list)
    for box in hidden:
        if box.parent is not None and box.first < box.last and box.hidden:
            kept[id(box.parent)].append(box)
    return {id(box) for boxes in kept.values() if _are_text(page, boxes) for box in boxes}


def _are_text(page: Outline, boxes: list[Box]) -> bool:
    """Paragraphs, most of them not in sight before; a menu or a dialogue holds other things."""
    around = boxes[0].parent
    hidden = [line for box in boxes for line in page.of(box) if line.running and line.box.parent in boxes]
    if around is None or len(hidden) < _FEW_HIDDEN or any(line.box.tag != "p" for line in hidden):
        return False
    said = {line.text for line in page.of(around) if line.running and line.at < hidden[0].at and line.box.tag == "p"}
    return bool(said) and sum(line.text not in said for line in hidden) > len(hidden) / 2


def _running_up_to(page: Outline) -> tuple[list[int], list[int]]:
    """How wide all running lines before each line are, and how many."""
    widths, counts = [0], [0]
    for line in page.lines:
        widths.append(widths[-1] + (line.width if line.running else 0))
        counts.append(counts[-1] + line.running)
    return widths, counts


def _is_misnomer(box: Box, role: Role, share: float, running: int) -> bool:
    """A whole text is neither a label nor a box beside the text; comments may well be longer than the article."""
    if role in ("meta", "caption"):
        return running > 2
    if role == "aside" and running < _FEW:
        return False
    return share > (0.9 if role == "comments" else _MISTAKEN_TAG if box.tag in _BY_TAG else _MISNOMER)


def _lists_others(page: Outline, box: Box) -> bool:
    """Items with a title that is a link and a sentence or two: many teasers say more than a short article."""
    said: Counter[int] = Counter()
    titled = set()
    for line in page.of(box):
        item = _item(line.box, box)
        said[item] += line.running
        if line.link_share > _TITLE:
            titled.add(item)
    items = [times for item, times in said.items() if times and item in titled]
    return len(items) >= _MANY and max(said.values()) <= _FEW and len(items) > sum(map(bool, said.values())) / 2


def _item(box: Box, around: Box) -> int:
    """The id of the list item or article that this box is in, else of what is right in the box around."""
    found = box
    inner: Box | None = box
    while inner is not None and inner is not around:
        found = inner
        if inner.tag in ("li", "article"):
            break
        inner = inner.parent
    return id(found)


def _own(box: Box, *, names: bool) -> Role:
    if box.tag in _BY_TAG:
        return _BY_TAG[box.tag]
    if not names or not box.words or box.tag in _NAMELESS:
        return ""
    if box.tag == "article" and not _CARD.search(box.words):
        return ""
    role = _by_words(box.words)
    if role == "aside" and _embeds(box):
        return ""
    # "time" over the entry of a live blog is still its heading.
    return "" if role == "meta" and box.tag in HEADINGS else role


def _is_put_aside(box: Box) -> bool:
    return _is_unseen(box) or _own(box, names=True) != ""


def _is_lead(page: Outline, box: Box) -> bool:
    """A teaser leads to another article: what is called so and holds no link is the beginning of this one."""
    if "teaser" not in box.words or box.last - box.first > 2:
        return False
    lines, around = page.of(box), page.lines[max(0, box.first - _BESIDE) : box.last + _BESIDE]
    return (
        not (box.hidden or box.tag in _BY_TAG)
        and any(line.running for line in lines)
        and not any(line.linked or line.box.tag in HEADINGS for line in lines)
        and not any(line.linked and box.parent is not None and line.box.within(box.parent) for line in around)
        and _by_words(_TEASER.sub("", box.words)) == ""
    )


def _embeds(box: Box) -> bool:
    """It is put aside as an embedded thing only, and stands in what is called the text of an article."""
    if _by_words(_EMBED.sub("", box.words)):
        return False
    around = box.parent
    for _ in range(_FAR):
        if around is None or _BODY.search(around.words):
            break
        around = around.parent
    return around is not None and _BODY.search(around.words) is not None


class PictureFrames:
    """Which boxes' pictures are the article's: a gallery is beside the text, and yet its pictures count."""

    def __init__(self, found: dict[int, Role]) -> None:
        self.found = found
        self.known: dict[int, bool] = {}

    def __contains__(self, box: Box) -> bool:
        """Looks outwards until the answer is known; few boxes are asked about."""
        path: list[Box] = []
        around: Box | None = box
        while around is not None and id(around) not in self.known and not self._is_plain(around):
            path.append(around)
            around = around.parent
        inside = around is None or self._is_plain(around) or self.known[id(around)]
        for inner in reversed(path):
            inside = inside and _is_frame(inner)
            self.known[id(inner)] = inside
        return inside

    def _is_plain(self, box: Box) -> bool:
        return self.found[id(box)] in ("", "caption")


def _is_frame(box: Box) -> bool:
    """Nothing but what pictures are put in."""
    if _is_unseen(box):
        return False
    if box.tag in ("figure", "figcaption"):
        return True
    if _BY_TAG.get(box.tag) == "aside" and not (
        box.tag == "button" or (box.tag == "aside" and _FRAME.search(box.words))
    ):
        return False
    return _by_words(_FRAME.sub("", box.words)) in ("", "caption")


def _is_unseen(box: Box) -> bool:
    """By an attribute, or by a class of that name, unless it is shown on some screens ("hidden md:block")."""
    words = box.words
    return box.hidden or ("hidden" in words and _HIDDEN.search(words) is not None and ":" not in words)


def in_comments(box: Box, found: dict[int, Role]) -> bool:
    """By its role, or by a name inside what is put aside for another reason."""
    around: Box | None = box
    while around is not None and found[id(around)] == "aside":
        if around.tag not in ("nav", "button") and _by_words(around.words) == "comments":
            return True
        around = around.parent
    return found[id(box)] == "comments"


def hint(words: str) -> str:
    """The part of a box's name that says what the box is for; empty if none does."""
    kind = min(map(_kind, words.split()), default=-1)
    said = (_KINDS[kind].search(word) for word in words.split()) if _ROLES[kind] else ()
    return next((found[0] for found in said if found), "")


def _names_matter(words: str) -> bool:
    """What of a kind is in these names is part of another word or goes before one: "bookshop", "product-recall"."""
    said = [(word, match) for word in words.split() if (match := _match(word))]
    return bool(said) and all(
        word[: match.start()][-1:].isalpha() or not is_layout(word[match.end() :]) for word, match in said
    )


def _match(word: str) -> re.Match[str] | None:
    kind = _kind(word)
    return _KINDS[kind].search(word) if kind < len(_KINDS) and _ROLES[kind] else None


@lru_cache(maxsize=4096)
def _by_words(words: str) -> Role:
    """What the first of these kinds says that any of the words is of."""
    return _ROLES[min(map(_kind, words.split()), default=-1)]


@lru_cache(maxsize=32768)  # the words of some hundred sites; to look one up afresh is dear
def _kind(word: str) -> int:
    return next((kind for kind, pattern in enumerate(_KINDS) if pattern.search(word)), len(_KINDS))
