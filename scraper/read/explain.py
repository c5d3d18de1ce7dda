"""How a page was read: the `Article` and its page in, which rule gave which field and what was left out comes out.

Nothing is noted while pages are read. Whoever asks has the page read once more, and each value traced to its rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper import stamps
from scraper.beside import http_clock
from scraper.charset import text_of as decode
from scraper.corrections import corrects
from scraper.page import header
from scraper.read.body import BROADCAST
from scraper.read.byline import is_byline
from scraper.read.comments.count import number_in
from scraper.read.comments.discussion import find_discussion
from scraper.read.extras import card_lines, is_signpost, labelled_links, repeated_captions
from scraper.read.generic import labels_entry, visible_clocks
from scraper.read.live import is_age
from scraper.read.origins import Origin, of_fields
from scraper.read.outline import HEADINGS
from scraper.read.profile import reading_of
from scraper.read.sheet import lay_out
from scraper.read.text import clean
from scraper.site_profile import profile_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.article import Article
    from scraper.page import Page
    from scraper.read.outline import Box, Line
    from scraper.read.profile import Reading
    from scraper.read.sheet import Sheet
    from scraper.site_profile import SiteProfile

# What the words of a box's class mean to people; the first that is found names it.
_KINDS = (
    ("teaser", "teaser"), ("related", "related articles"), ("recommend", "related articles"),
    ("newsletter", "newsletter"),
    ("advert", "ad box"), ("anzeige", "ad box"), ("werbung", "ad box"), ("sponsor", "ad box"), ("ad-", "ad box"),
    ("-ad", "ad box"), ("cookie", "consent"), ("consent", "consent"), ("share", "share bar"), ("social", "share bar"),
    ("author", "author box"), ("nav", "navigation"), ("menu", "navigation"), ("footer", "footer"),
)  # fmt: skip
_TAGS = {"nav": "navigation", "footer": "footer", "aside": "beside the text", "form": "form", "button": "button"}
_ROLES = {"aside": "beside the text", "caption": "caption", "meta": "label", "comments": "readers' comments"}
_LINKED, _SHOWN, _PART, _ENDING = 0.8, 80, 20, 120


@dataclass(frozen=True, slots=True)
class Dropped:
    """Lines in a row that are no part of the article, for the same reason; `text` is how the first begins."""

    why: str
    lines: int
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where each field comes from, what was left out, and the stamps that stand in lines of the text: none of them was
    taken out.
    """

    fields: tuple[Origin, ...]
    dropped: tuple[Dropped, ...]
    stamps_in_text: tuple[str, ...]


def explain(page: Page, article: Article, own: Sequence[SiteProfile] = ()) -> Explanation:
    """What gave this reading of this page."""
    profile = profile_for(page.url, own)
    markup = decode(page.body, header(page.headers, "content-type"))
    by_profile = profile is not None and article.read_with.startswith(f"{profile.name}/")
    sheet = lay_out(page.url, markup, page.fetched_at, profile.zone if profile else "")
    reading = reading_of(sheet, profile) if profile is not None and by_profile else None
    fields = (*of_fields(sheet, article, reading), *_beside(page, sheet, profile))
    leaving = _Leaving(sheet, article, reading)
    kept = (line.text for line in sheet.page.lines if leaving.keeps(line))
    inside = (stamps.find_updated(text) or stamps.find_updated(text[-_ENDING:]) for text in kept)
    return Explanation(fields, tuple(_grouped(leaving)), tuple(raw for raw in inside if raw))


def _beside(page: Page, sheet: Sheet, profile: SiteProfile | None) -> Iterator[Origin]:
    """What is no field of the reading and yet says when it is of."""
    rule = "the country, else the language" if sheet.shows_zone else "not shown; other clocks of the page place them"
    rule = "profile zone" if profile is not None and profile.zone else rule
    yield Origin("zone", f"of stamps that name none: {rule}", str(sheet.zone))
    clock = http_clock(page.headers, page.fetched_at)
    if clock is not None:
        yield Origin("http", "header Last-Modified, beside the page", clock.raw)


class _Leaving:
    """Why lines of a page were left out."""

    def __init__(self, sheet: Sheet, article: Article, reading: Reading | None) -> None:
        self.sheet, self.reading = sheet, reading
        above = f"{article.topline} {article.headline}"
        parts = [article.topline, article.headline, above, article.standfirst, *article.notes]
        parts += [block.text for block in article.blocks]
        parts += [text for image in article.images for text in (image.caption, image.credit)]
        self.kept = {clean(text) for text in parts if text}
        self.cells = {
            cell.strip() for block in article.blocks if block.kind == "table" for cell in block.text.split("|")
        }
        self.discussion = find_discussion(sheet)
        placed = [line.at for line in sheet.page.lines if line.text in self.kept and line.running]
        first, last = (placed[0], placed[-1] + 1) if placed else (0, 0)
        self.span = range(first, last)
        clocks, self.stamps_at = visible_clocks(sheet, first, last)
        self.stamps = [clock.raw for clock in (*clocks, *article.clocks) if clock.raw]
        plain = [line for line in sheet.page.of(sheet.text) if not sheet.role_of(line)] if sheet.text else []
        self.extras = {
            "teaser: like others, a title that is a link and a sentence or two": card_lines(sheet.page, plain),
            "links behind labels": labelled_links(plain),
            "caption, repeated": repeated_captions(sheet.page, sheet.role, plain),
        }
        self.rules = {
            node.mem_id: selector
            for selector in (reading.version.drop if reading else ())
            for node in sheet.tree.css(selector)
        }

    def why(self, line: Line) -> str:
        """Empty where it is in the article. What sounds like a correction is never one of many."""
        reason = self._reason(line)
        return f"sounds like a correction; {reason}" if reason and corrects(line.text) else reason

    def _reason(self, line: Line) -> str:
        ruled = self._ruled(line.box)
        if ruled:
            return ruled
        role = self.sheet.role_of(line)
        if self.keeps(line):
            return ""
        if line.at in self.stamps_at or any(raw in line.text for raw in self.stamps):
            return "stamp line"
        if self.discussion is not None and self.discussion.first <= line.at < self.discussion.last:
            return "readers' comments"
        if role:
            return self._of_box(line.box, role)
        return self._of_words(line)

    def keeps(self, line: Line) -> bool:
        """It is in the article."""
        role = self.sheet.role_of(line)
        is_kept = line.text in self.kept or line.text in self.cells or self._is_part(line.text)
        return is_kept and (self.reading is not None or not role or role == "caption") and not self._ruled(line.box)

    def _is_part(self, text: str) -> bool:
        """Of a paragraph that was put together from several lines."""
        return len(text) > _PART and any(text in whole for whole in self.kept)

    def _ruled(self, box: Box | None) -> str:
        while box is not None:
            selector = self.rules.get(box.node.mem_id)
            if selector:
                return f"profile, drop: {selector}"
            box = box.parent
        return ""

    def _of_box(self, box: Box, role: str) -> str:
        """By the outermost box that has the role: those inside took it over."""
        while box.parent is not None and self.sheet.role[id(box.parent)] == role:
            box = box.parent
        shown = f"<{box.tag}>" if not box.words else f'<{box.tag} "{box.words[:_SHOWN]}">'
        if box.hidden:
            return f"hidden: {shown}"
        if box.tag in _TAGS:
            return f"{_TAGS[box.tag]}: tag {shown}"
        if not box.words:
            return f"begins like a box beside the text: {shown}"
        kind = next((kind for word, kind in _KINDS if word in box.words), _ROLES[role])
        return f"{kind}: class rule ({role}) {shown}"

    def _of_words(self, line: Line) -> str:
        is_heading = line.box.tag in HEADINGS or line.box.tag == "h1"
        reasons = {why: line.at in at for why, at in self.extras.items()} | {
            "signpost line": is_signpost(line),
            "broadcast note": BROADCAST.match(line.text) is not None,
            "label of a live blog's entry": line.at in self.sheet.entries and labels_entry(line.text),
            "how long ago it was": is_age(line.text),
            "byline": is_byline(line.text),
            "number of comments": number_in(line.text) is not None,
            "before the text": line.at < self.span.start,
            "after the text": line.at >= self.span.stop,
            "heading of nothing that counts": is_heading,
            "link": line.link_share > _LINKED,
        }
        return next((why for why, holds in reasons.items() if holds), "no text of the article")


def _grouped(leaving: _Leaving) -> Iterator[Dropped]:
    why, lines, text = "", 0, ""
    for line in leaving.sheet.page.lines:
        reason = leaving.why(line)
        if reason == why:
            lines += 1
            continue
        if why:
            yield Dropped(why, lines, text)
        why, lines, text = reason, 1, line.text[:_SHOWN]
    if why:
        yield Dropped(why, lines, text)
