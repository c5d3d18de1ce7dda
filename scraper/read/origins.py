"""Which rule gave which field of a reading: a `Sheet`, the `Article` and the profile's reading in, `Origin`s out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.read.byline import names_in
from scraper.read.clocks import ruled_clock
from scraper.read.comments.count import number_in
from scraper.read.comments.discussion import find_discussion
from scraper.read.generic import counted_by
from scraper.read.headline import loose
from scraper.read.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.article import Article, Clock
    from scraper.read.outline import Box
    from scraper.read.profile import Reading
    from scraper.read.sheet import Sheet

NOTHING = "nothing was found"
_SHOWN = 60
_KEYS = {"published_ld": "datePublished", "modified_ld": "dateModified"}
_MARKED = {"published_microdata": "datePublished", "modified_microdata": "dateModified"}


@dataclass(frozen=True, slots=True)
class Origin:
    """A field, the rule that gave it, and how what it gave begins."""

    field: str
    rule: str
    value: str


def of_fields(sheet: Sheet, article: Article, reading: Reading | None) -> Iterator[Origin]:
    """All fields, in the order of `Article`; those that are empty say so."""
    tracing = _Tracing(sheet, article, reading)
    yield Origin("url", tracing.url(), article.url)
    short = {"topline": article.topline, "headline": article.headline, "standfirst": article.standfirst}
    for field, value in short.items():
        yield Origin(field, tracing.short(field, value), value[:_SHOWN])
    yield Origin("authors", tracing.authors(), ", ".join(article.authors))
    yield from tracing.body()
    yield Origin("images", tracing.images(), f"{len(article.images)} pictures" if article.images else "")
    for clock in article.clocks:
        yield Origin(clock.kind, tracing.clock(clock), clock.raw)
    if article.stand is None:
        yield Origin("stand", NOTHING, "")
    count = "" if article.comment_count is None else str(article.comment_count)
    yield Origin("comment_count", tracing.comment_count(), count)
    yield Origin("language", tracing.language(), article.language or "")


class _Tracing:
    def __init__(self, sheet: Sheet, article: Article, reading: Reading | None) -> None:
        self.sheet, self.article, self.reading = sheet, article, reading

    def url(self) -> str:
        claimed = self.sheet.tree.css_first("link[rel=canonical][href]")
        return "fetched from there" if claimed is None else "link rel=canonical"

    def short(self, field: str, value: str) -> str:
        if not value:
            return NOTHING
        selector = getattr(self.reading.version, field) if self.reading else ""
        if selector and self.reading and loose(value) in loose(self.reading.first(selector)):
            return f"profile selector {selector}"
        lines, wanted = self.sheet.page.lines, loose(value)
        same = [line for line in lines if loose(line.text) == wanted]
        for line in same or lines:
            if line.text in value or wanted in loose(line.text):
                return f"visible text in {_shown(line.box)}" + (self._named(value) if field == "headline" else "")
        return self._told(value) or "visible text"

    def _named(self, value: str) -> str:
        told = self._told(value)
        return f", as named by {told}" if told else ""

    def _told(self, value: str) -> str:
        """What the page says of itself outside its text that says the same."""
        head, linked = self.sheet.head, self.sheet.linked
        said = {
            "JSON-LD headline": linked.headline,
            "meta og:title": head.first("og:title"),
            "meta twitter:title": head.first("twitter:title"),
            "JSON-LD description": linked.description,
            "meta description": head.first("description"),
            "the title": head.title,
        }
        wanted = loose(value)
        return next((rule for rule, text in said.items() if text and wanted in loose(text)), "")

    def authors(self) -> str:
        names = set(self.article.authors)
        if not names:
            return NOTHING
        for selector in self.reading.version.authors if self.reading else ():
            nodes = self.reading.root.css(selector) if self.reading else []
            if names <= {name for node in nodes for name in names_in(text_of(node))}:
                return f"profile selector {selector}"
        if names <= {name for text in self.sheet.linked.authors for name in names_in(text, printed=False)}:
            return "JSON-LD author"
        for key, value in self.sheet.head.meta.items():
            if names <= set(names_in(value)):
                return f"meta {key}"
        return "visible text: the byline"

    def body(self) -> Iterator[Origin]:
        kinds = Counter(block.kind for block in self.article.blocks)
        rules = dict(self.reading.version.blocks) if self.reading else {}
        container = f"visible text in {_shown(self.sheet.text)}" if self.sheet.text else "visible text"
        for kind, count in kinds.items():
            first = next(block.text for block in self.article.blocks if block.kind == kind)
            rule = f"profile selector {rules[kind]}" if kind in rules else container
            yield Origin(f"blocks: {kind}", rule, f"{count} × {first[:_SHOWN]}")

    def images(self) -> str:
        if not self.article.images:
            return NOTHING
        for selector in self.reading.version.images if self.reading else ():
            if self.reading and self.reading.root.css_first(selector) is not None:
                return f"profile selector {selector}"
        return "pictures in the text and about the headline"

    def clock(self, clock: Clock) -> str:
        if self.reading is not None:
            for rule in self.reading.version.clocks:
                if ruled_clock(self.sheet, rule) == clock:
                    keys = f", key {' or '.join(rule.keys)}" if rule.keys else ""
                    return f"profile clock {rule.selector}{keys}"
            stand = self.reading.version.stand
            if clock.kind == "stand" and stand and clock.raw in self.reading.first(stand):
                return f"profile selector {stand}"
        if clock.kind in _KEYS:
            return f"JSON-LD {_KEYS[clock.kind]}"
        if clock.kind in _MARKED:
            return f"microdata {_MARKED[clock.kind]}"
        if clock.kind.endswith("_meta"):
            return next((f"meta {key}" for key, value in self.sheet.head.meta.items() if value == clock.raw), "meta")
        line = next((line for line in self.sheet.page.lines if clock.raw in line.text), None)
        return f"visible text in {_shown(line.box)}" if line else "visible text"

    def comment_count(self) -> str:
        if self.article.comment_count is None:
            return NOTHING
        selector = self.reading.version.comment_count if self.reading else ""
        if selector and self.reading and number_in(self.reading.first(selector)) is not None:
            return f"profile selector {selector}"
        sheet = self.sheet
        texts = {block.text for block in self.article.blocks}
        at = [line.at for line in sheet.page.lines if line.text in texts] or [0]
        discussion = find_discussion(sheet)
        return counted_by(sheet, at[0], at[-1] + 1, discussion)[1] or "visible text"

    def language(self) -> str:
        if not self.article.language:
            return NOTHING
        if self.sheet.head.language == self.article.language:
            return "html lang" if self.sheet.head.html_language else "meta og:locale or content-language"
        return "profile language"


def _shown(box: Box) -> str:
    return f"<{box.tag}>" if not box.words else f'<{box.tag} "{box.words[:_SHOWN]}">'
