"""Whatever a site answers where an article is expected: read or refused, bounded, always alike, no Stand made up."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.charset import storable
from scraper.errors import ReadError
from scraper.page import Page
from scraper.read import read
from scraper.stamps import covers, find_updated
from tests.hostile_input import files, fuzzed, rearranged, spoiled

if TYPE_CHECKING:
    from scraper.article import Article

pytestmark = pytest.mark.no_cover  # what chance leads to says nothing of tests

DATA = Path(__file__).parent / "data"
SEEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
URLS = ("https://blatt.example/politik/bruecke-101.html", "https://www.tagesschau.de/inland/bruecke-101.html")
SEEDS = files(DATA / "pages", ".html") + files(DATA / "snippets", ".html")
CODES = {
    "empty", "binary", "not_html", "consent_wall", "login_wall", "bot_wall", "paywall", "soft_404", "error_page",
    "no_headline", "no_text", "too_deep", "too_large",
}  # fmt: skip


def outcome(body: bytes, content_type: str = "text/html", url: str = URLS[0]) -> Article | str:
    """The reading, or in which words it was refused; anything else that is raised is a crash."""
    try:
        return read(Page(url, 200, (("content-type", content_type),), body, SEEN))
    except ReadError as error:
        refusal = error
    assert refusal.code in CODES
    assert len(refusal.message) < 1_000
    return str(refusal)


def texts(article: Article) -> list[str]:
    pictures = [text for image in article.images for text in (image.url, image.alt, image.caption, image.credit)]
    blocks = [block.text for block in article.blocks]
    clocks = [clock.raw for clock in article.clocks]
    return [article.topline, article.headline, article.standfirst, *article.authors, *blocks, *pictures, *clocks]


TYPES = st.sampled_from(
    ("text/html", "", "text/html; charset=utf-16", "text/html; charset=zlib", "application/xhtml+xml")
)


@fuzzed
@given(spoiled(SEEDS), TYPES, st.sampled_from(URLS))
def test_a_page(body: bytes, content_type: str, url: str) -> None:
    found = outcome(body, content_type, url)
    assert outcome(body, content_type, url) == found
    if isinstance(found, str):
        return
    assert found.headline.strip()
    assert sum(map(len, texts(found))) <= 40 * len(body) + 10_000
    assert all(text == storable(text) for text in texts(found))
    assert found.comment_count is None or 0 <= found.comment_count < 2**63
    for clock in found.clocks:
        if clock.covers is not None:
            assert clock.covers.start < clock.covers.end
            assert clock.covers.start.tzinfo is UTC


def stands(found: Article | str) -> set[datetime]:
    """When a page says that it was changed, as readers see it."""
    return set() if isinstance(found, str) or not found.stand or not found.stand.covers else {found.stand.covers.start}


NUMBERS = re.compile(r"\d+")


@fuzzed
@given(rearranged(SEEDS), st.sampled_from(URLS))
def test_no_stand_is_made_up(body: bytes, url: str) -> None:
    """However the elements are moved about: each number of a Stand stands in the page."""
    found = outcome(body, url=url)
    if not isinstance(found, str):
        printed = set(NUMBERS.findall(body.decode("utf-8", "replace")))
        for clock in found.clocks:
            assert set(NUMBERS.findall(clock.raw)) <= printed


@fuzzed
@given(st.sampled_from(SEEDS), st.integers(0, 9_999), st.sampled_from(URLS))
def test_a_page_that_breaks_off_names_no_later_stand(body: bytes, where: int, url: str) -> None:
    whole, cut = outcome(body, url=url), outcome(body[: len(body) * where // 10_000], url=url)
    if stands(cut) - stands(whole):
        assert not isinstance(cut, str)
        assert cut.warning == "truncated", "nothing is compared with it"


def printed() -> list[str]:
    cases = [case for path in sorted((DATA / "stamps").glob("*.toml")) for case in _cases(path)]
    return [str(case["text"]) for case in cases]


def _cases(path: Path) -> list[dict[str, object]]:
    found = tomllib.loads(path.read_text("utf-8")).get("case", [])
    return [case for case in found if isinstance(case, dict) and "text" in case]


UNSEEN = st.text(
    st.sampled_from("\u200b\u200d\u2060\u00ad\u202e\u202c\u2066\u2069\ufeff\u200e\u200f\0\ufffd\U000e0041"), max_size=3
)


@fuzzed
@given(st.sampled_from(printed()), st.lists(st.tuples(st.integers(0, 300), UNSEEN), max_size=4))
def test_what_nobody_sees_in_a_stamp_makes_no_other_moment_of_it(text: str, hidden: list[tuple[int, str]]) -> None:
    spoilt = text
    for at, unseen in hidden:
        spoilt = spoilt[:at] + unseen + spoilt[at:]
    assert covers(spoilt, BERLIN, SEEN) in (covers(text, BERLIN, SEEN), None)


@fuzzed
@given(spoiled([text.encode() for text in printed()]))
def test_a_stamp(body: bytes) -> None:
    text = body.decode("utf-8", "replace")
    found = covers(text, BERLIN, SEEN)
    if found is not None:
        assert found.start < found.end
        assert found.start.tzinfo is found.end.tzinfo is UTC
        assert found.again is None or found.again > found.start
    label = find_updated(text)
    assert label is None or (label in text and len(label) <= 200)
