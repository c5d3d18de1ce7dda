"""What each box of a page is for, told from its tag and from the words of its class: an `Outline` in, roles out.

Names of classes only hint: a box that holds most of the page's running text is never put aside because of its name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line, Outline

Role = Literal["", "aside", "caption", "meta", "comments"]

_BY_TAG: dict[str, Role] = {
    "nav": "aside", "aside": "aside", "footer": "aside", "form": "aside", "button": "aside", "menu": "aside",
    "dialog": "aside", "fieldset": "aside", "search": "aside", "legend": "aside", "address": "meta",
    "figure": "caption", "figcaption": "caption", "caption": "caption",
}  # fmt: skip
_ASIDE = re.compile(
    r"teaser|related|newsletter|recommend|recirc|outbrain|taboola|breadcrumb|promo|sponsor|advert|social|shar(?:e|ing)"
    r"|cookie|consent|sidebar|side-bar|read-?more|readmore|more-?(?:on|from|news|stories|articles)|most-?(?:read"
    r"|popular)"
    r"|popular|trending|subscri|sign-?up|signin|login|registration|paywall|donat|spenden|pop-?up|modal|overlay|lightbox"
    r"|navigation|navbar|\bnav\b|\bmenu|footer|masthead|topbar|toolbar|\btool|widget|carousel|slider|gallery"
    r"|\bads?\b|\bad[-_]|[-_]ads?\b|anzeige|werbung|dfp|gpt-|google|banner|skip-?(?:link|to)|sr-only|screen-?reader"
    r"|visually-?hidden|\btags?\b|tag-?(?:list|cloud)|taglist|[-_]tags\b|topics|keywords|schlagw|infobox|info-box"
    r"|infokasten"
    r"|factbox|author-?(?:bio|box|info|card|desc|profile)|about-?(?:the-)?author|biograph|\bbio\b|disclaimer|copyright"
    r"|next-?(?:article|post|up)|prev(?:ious)?-?(?:article|post|next)|pagination|pager|linkbox|link-?list|feedback"
    r"|rating|survey|\bpoll\b"
    r"|contentinfo|complementary|\bmore\b|crosslink|article-?links|follow|whatsapp|app-?(?:promo|download|banner)"
    r"|jetpack"
    r"|also-?(?:read|like)|podcast|playlist|video|player|audio|transcript|shop|product|affiliate|buy"
)
_CAPTION = re.compile(
    r"caption|credit|bildunter|bildtext|bildquelle|legend|photo-?(?:by|desc|info)|image-?(?:desc|info|text|source)"
    r"|img-?(?:desc|text)"
)
_META = re.compile(
    r"byline|by-?line|author|autor|writer|dateline|date\b|publish|\btime|timestamp|meta|posted|kicker|dachzeile|topline"
    r"|overline|eyebrow|category|rubrik|section-?(?:name|title|label)|label|stand\b|lastchanged|updated|reading-?time"
    r"|lesezeit"
)
_COMMENTS = re.compile(
    r"\bcomments?\b|comments?[-_](?:list|area|section|wrap|container|box|body|block|thread|form|respond)|commentlist"
    r"|comment-?section"
    r"|kommentar|disqus|\brespond\b|leserbrief|leserkommentar|reader-?comments|user-?comments|livefyre|coral"
    r"|talk-?embed|forum"
)
_CARD = re.compile(r"teaser|related|promo|comment|\\bcard|recommend|sponsor|advert")
_BODY = re.compile(
    r"(?:article|story|post|entry|main|page|node|news)[-_]*(?:body|content|text|copy|main|inner)\\b|body-?copy|copytext"
)
_SENTENCE = re.compile(r"[.!?…:;]['\"”“»«’)\]]*$|[。！？」』]$|[।۔؟]$")
_WIDE = re.compile("[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# What a box with that role may hold of the page's running text before the name is taken for a misnomer.
_MISNOMER = 0.4


HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def is_running(line: Line) -> bool:
    """Reads like a sentence of an article, wherever it stands."""
    if line.box.tag in ("h1", *HEADINGS, "button", "header", "summary") or line.link_share > 0.5:
        return False
    width, plain = breadth(line.text), line.box.tag == "p"
    return width >= (25 if plain else 50) if _SENTENCE.search(line.text) else width >= (80 if plain else 120)


def breadth(text: str) -> int:
    """Length in Latin letters; a Chinese, Japanese or Thai character says as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def roles(page: Outline, headline: Box | None) -> dict[int, Role]:
    """The role of every box, by `id(box)`; an inner box takes over what its surroundings are."""
    found = _assign(page, headline, trust_names=True)
    if _running(page, found) < _MISNOMER * _running(page, {}):
        bare = _assign(page, headline, trust_names=False)
        if _running(page, found) < _MISNOMER * _running(page, bare):
            return bare
    return found


def _running(page: Outline, found: dict[int, Role]) -> int:
    return sum(breadth(line.text) for line in page.lines if is_running(line) and not found.get(id(line.box)))


def _assign(page: Outline, headline: Box | None, *, trust_names: bool) -> dict[int, Role]:
    running, count = [0], [0]
    for line in page.lines:
        runs = is_running(line)
        running.append(running[-1] + (breadth(line.text) if runs else 0))
        count.append(count[-1] + runs)
    total = running[-1] or 1
    found: dict[int, Role] = {}
    for box in page.boxes:
        inherited = found[id(box.parent)] if box.parent else ""
        role = inherited or _own(box, trust_names)
        if role and not inherited:
            held = running[box.last] - running[box.first]
            if (
                (headline is not None and headline.within(box))
                or (role != "comments" and held > _MISNOMER * total)
                or (role in ("meta", "caption") and count[box.last] - count[box.first] > 2)
            ):
                role = ""
        found[id(box)] = role
    return found


def _own(box: Box, trust_names: bool) -> Role:
    if box.hidden:
        return "aside"
    if box.tag in _BY_TAG:
        return _BY_TAG[box.tag]
    if not box.words or box.tag in ("html", "body", "main"):
        return ""
    if box.tag == "article" and not _CARD.search(box.words):
        return ""
    role = _by_words(box.words)
    return role if trust_names or role == "comments" else ""


@lru_cache(maxsize=4096)
def _by_words(words: str) -> Role:
    if _BODY.search(words):
        return ""
    if _COMMENTS.search(words):
        return "comments"
    if _CAPTION.search(words):
        return "caption"
    if _ASIDE.search(words):
        return "aside"
    return "meta" if _META.search(words) else ""
