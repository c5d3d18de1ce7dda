"""Whether a profile fits a saved page: both come in, what each selector found and what is wrong goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.charset import text_of as decode
from scraper.errors import ReadError
from scraper.page import header
from scraper.read import read
from scraper.read.clocks import ruled_clock
from scraper.read.misplaced import misplaced
from scraper.read.profile import name_of, reading_of
from scraper.read.sheet import lay_out
from scraper.read.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from scraper.article import Article
    from scraper.page import Page
    from scraper.read.profile import Reading
    from scraper.read.sheet import Sheet
    from scraper.site_profile import SiteProfile, SiteVersion

_SHOWN = 70
_STAMP = "name the element that holds the stamp alone"
# These are looked for on the whole page, the others in the container.
_ON_PAGE = ("matches", "container", "drop")
# Without these a profile is of no use; others may be missing on a page.
_NEEDED = ("matches", "container", "headline", "stand", "paragraph")


@dataclass(frozen=True, slots=True)
class Found:
    """A selector, what it stands for ("blocks.paragraph", say), how much it found and how the first begins."""

    key: str
    selector: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class PageCheck:
    """One page. `design` is the version of the profile that fits, or empty; `empty` are fields without value."""

    design: str
    read_with: str
    found: tuple[Found, ...]
    empty: tuple[str, ...]
    faults: tuple[str, ...]


def check(page: Page, profile: SiteProfile) -> PageCheck:
    """Read the page with the profile, and look at what each of its selectors finds."""
    markup = decode(page.body, header(page.headers, "content-type"))
    sheet = lay_out(page.url, markup, page.fetched_at, profile.zone)
    reading = reading_of(sheet, profile)
    found = tuple(_found(reading)) if reading else ()
    try:
        article = read(page, own=(profile,))
    except ReadError as error:
        design = reading.version.id if reading else ""
        why = error.message.removeprefix(f"{page.url}: ")
        return PageCheck(design, "", found, (), (f"cannot be read: {why} [{error.code}]; save the page of an article",))
    if reading is None:
        return PageCheck("", article.read_with, (), (), (_misfit(sheet, profile),))
    faults = tuple(_faults(reading, article))
    return PageCheck(reading.version.id, article.read_with, found, tuple(_empty(reading.version, article)), faults)


def never_matched(profile: SiteProfile, checks: Sequence[PageCheck]) -> Iterator[Found]:
    """Of the designs that pages fitted: the selectors, each with its place in the file, that found nothing on any."""
    for version in profile.versions:
        counts: dict[tuple[str, str], int] = {}
        for item in checks:
            if item.design == version.id:
                for found in item.found:
                    counts[found.key, found.selector] = counts.get((found.key, found.selector), 0) + found.count
        for (key, selector), count in counts.items():
            if not count:
                yield Found(f"{place(profile, version)}.{key}", selector, 0, "")


def is_needed(found: Found) -> bool:
    """Whether a profile whose selector never matches is faulty."""
    return found.key.rpartition(".")[2] in _NEEDED


def place(profile: SiteProfile, version: SiteVersion) -> str:
    """Where the version stands in the file; counted from 1."""
    return f"versions[{profile.versions.index(version) + 1}]"


def _selectors(version: SiteVersion) -> Iterator[tuple[str, str]]:
    for key in ("matches", "container", "topline", "headline", "standfirst", "stand", "comment_count"):
        if selector := getattr(version, key):
            yield key, selector
    for key in ("authors", "images", "notes", "drop"):
        for selector in getattr(version, key):
            yield key, selector
    for kind, selector in version.blocks:
        yield f"blocks.{kind}", selector


def _found(reading: Reading) -> Iterator[Found]:
    for key, selector in _selectors(reading.version):
        tree = reading.sheet.tree
        nodes: list[LexborNode] = list(tree.css(selector) if key.startswith(_ON_PAGE) else reading.root.css(selector))
        if not nodes and key in ("headline", "topline", "stand", "comment_count"):
            nodes = list(tree.css(selector))
        yield Found(key, selector, len(nodes), text_of(nodes[0])[:_SHOWN] if nodes else "")
    for rule in reading.version.clocks:
        clock = ruled_clock(reading.sheet, rule)
        count = len(reading.sheet.tree.css(rule.selector))
        yield Found(f"clocks.{rule.kind}", rule.selector, count, clock.raw[:_SHOWN] if clock else "")


def _misfit(sheet: Sheet, profile: SiteProfile) -> str:
    """Why no design fits."""
    for version in profile.versions:
        if sheet.tree.css_first(version.matches) is not None:
            here = f"{place(profile, version)}.container: {version.container!r} finds nothing, and `matches` does"
            return f"{here}; name what holds the headline and the text"
    tried = ", ".join(f"{version.id}: {version.matches}" for version in profile.versions)
    fits = f"nothing matches ({tried}), so the generic reader reads this page"
    return f"versions: no version fits: {fits}; mend `matches`, or add a version for this design"


def _faults(reading: Reading, article: Article) -> Iterator[str]:
    """Each begins with the key that is to be mended."""
    here = place(reading.profile, reading.version)
    yield from (f"{here}.{fault}" for fault in (*_unreadable(reading, article), *misplaced(reading, article)))
    if article.warning:
        yield f"only a part of the text is there: {article.warning}; save the page as a subscriber sees it"


def _unreadable(reading: Reading, article: Article) -> Iterator[str]:
    version = reading.version
    if article.read_with != name_of(reading.profile, version):
        for key, why in _why_not(reading):
            yield f"{key}: {why}, so the generic reader took over ({article.read_with}); mend the selector"
    stand = reading.stand()
    if stand and not stand.covers:
        yield f"stand: {reading.first(version.stand)[:_SHOWN]!r} is no stamp that can be read; {_STAMP}"
    kinds = {rule.kind for rule in version.clocks}
    for clock in article.clocks:
        if clock.kind in kinds and clock.covers is None:
            yield f"clocks.{clock.kind}: {clock.raw[:_SHOWN]!r} is no stamp that can be read; {_STAMP}"


def _why_not(reading: Reading) -> Iterator[tuple[str, str]]:
    """(key, what is wrong)."""
    headed = bool(reading.first(reading.version.headline))
    if not headed:
        yield "headline", f"{reading.version.headline!r} finds no text that is not dropped"
    pieces = reading.pieces()
    if outside := _outside(reading):
        where = f"{reading.version.container!r} finds <{reading.root.tag}>, and {outside} of what `blocks` find"
        yield "container", f"{where} on the page stands outside it"
    elif not pieces:
        yield "blocks", "they find no text that is not dropped"
    elif headed:
        yield _why_less(reading)


def _why_less(reading: Reading) -> tuple[str, str]:
    """Of a reading that has a headline and a text, and not enough of that."""
    pieces = reading.pieces()
    standfirst, rest = reading.parted(pieces)
    if reading.version.standfirst and not rest and not reading.misses_much(standfirst, rest):
        return "standfirst", f"{reading.version.standfirst!r} finds all that `blocks` find, and leaves them no text"
    own = sum(len(piece.text) for piece in pieces)
    return "blocks", f"they find {own} characters, the generic reader {reading.generic_length} of the text"


def _outside(reading: Reading) -> str:
    """How much of the blocks is not in the container: "all" or "most" of it, or empty."""
    selector = ", ".join(selector for _, selector in reading.version.blocks)
    within = sum(len(text_of(node)) for node in reading.root.css(selector))
    whole = sum(len(text_of(node)) for node in reading.sheet.tree.css(selector))
    return "" if 2 * within >= whole else "most" if within else "all"


def _empty(version: SiteVersion, article: Article) -> Iterator[str]:
    """Fields of the article that the profile has a selector for, or that every article should have."""
    values = {
        "topline": article.topline, "standfirst": article.standfirst, "stand": article.stand,
        "authors": article.authors, "images": article.images, "notes": article.notes,
        "comment_count": True if article.comment_count is not None else None,
    }  # fmt: skip
    for field, value in values.items():
        if not value and (getattr(version, field) or field in ("stand", "authors")):
            yield field
    for rule in version.clocks:
        if article.clock(rule.kind) is None:
            yield f"clocks.{rule.kind}"
