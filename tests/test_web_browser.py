"""The pages in a real Chromium, served by a real `datasette serve`: no text of others runs, and every page fits."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from db.web.coverage import moment
from tests.browser import Browser, require_chromium
from tests.web_sample import build
from tests.web_server import PAGES, served
from tests.web_troubles import Troubles

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

CORE = ("/nachtrag", "/nachtrag/changes", "/nachtrag/blocks", "/nachtrag/revisions/13", "/nachtrag/pages/1")
LOOKED_AT = (
    "/", "/-/article/1", "/-/article/3", "/-/compare/2/3", "/-/compare/8/9", "/-/status", "/-/search?q=damm",
    "/-/rulings", "/-/coverage", "/-/outlet/2", "/-/outlets",
)  # fmt: skip
# The sample's attacks set the title to this.
PWNED = "pwned"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample, served as the daemon serves it, at a port that the system chooses."""
    require_chromium()
    folder = tmp_path_factory.mktemp("browser")
    build(folder / "nachtrag.db")
    with closing(sqlite3.connect(folder / "nachtrag.db")) as con, con:
        Troubles(con, moment(con)).all()
    with served(folder / "nachtrag.db") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with Browser() as chromium:
        yield chromium


@pytest.mark.parametrize("address", [*PAGES, *CORE])
def test_no_text_of_others_runs_or_fetches(browser: Browser, site: str, address: str) -> None:
    browser.open(site + address)
    clicked = browser.evaluate(
        """[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location))
            .filter(url => !/^https?:$/.test(url.protocol)).map(url => url.href)"""
    )
    assert clicked == []
    assert browser.evaluate("document.title") != PWNED
    outside = [url for url in browser.asked if urlsplit(url).scheme != "data" and not url.startswith(site)]
    assert outside == []


def test_the_attacks_would_run_if_they_were_not_escaped(browser: Browser, site: str) -> None:
    browser.open(site + "/-/versions.json")
    browser.evaluate(
        """new Promise(done => {
            const attack = document.createElement('div')
            attack.innerHTML = '<img src=x onerror="document.title=\\'pwned\\'">'
            attack.firstChild.addEventListener('error', () => done(1))
            document.body.append(attack)
        })"""
    )
    assert browser.evaluate("document.title") == PWNED


@pytest.mark.parametrize("address", ["/", "/-/article/5", "/-/compare/12/13"])
def test_on_our_pages_even_unescaped_attacks_do_not_run(browser: Browser, site: str, address: str) -> None:
    browser.open(site + address)
    browser.evaluate(
        """new Promise(done => {
            const attack = document.createElement('div')
            attack.innerHTML = '<img src=x onerror="document.title=\\'pwned\\'">'
            attack.firstChild.addEventListener('error', () => done(1))
            document.body.append(attack)
        })"""
    )
    assert browser.evaluate("document.title") != PWNED


def test_a_raw_page_is_not_opened_by_a_browser(browser: Browser, site: str) -> None:
    browser.open(site + "/-/compare/2/3")
    asked = browser.evaluate("fetch('/-/page/3').then(() => 'asked', () => 'refused')")
    assert asked == "refused"  # even our own pages may not read it: no script of theirs may fetch anything
    answer = browser.evaluate(
        """new Promise(done => {
            const frame = document.createElement('iframe')
            frame.src = '/-/page/3'
            document.body.append(frame)
            setTimeout(() => done(document.title), 500)
        })"""
    )
    assert answer != PWNED
    assert browser.evaluate("document.querySelector('a[href=\"/-/page/3\"]').download") == ""


def test_the_words_of_a_tag_are_shown_and_do_not_run(browser: Browser, site: str) -> None:
    browser.open(site + "/-/compare/12/13")
    assert "quotation: <script>" in browser.evaluate("document.querySelector('.tags').innerText")
    assert browser.evaluate("document.querySelectorAll('main img, main iframe, main svg').length") == 0
    assert browser.evaluate("document.title") != PWNED


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("link", [".tags a", ".row a.whence", ".row .moved a"])
def test_tags_and_moves_lead_to_their_sentence(browser: Browser, site: str, link: str, width: int) -> None:
    """At the top of the window, and marked: in its other column, or lines away on a phone."""
    browser.open(site + "/-/compare/8/9", width, 300)
    landed = browser.evaluate(
        f"""(() => {{
            const link = [...document.querySelectorAll('{link}')].filter(node => node.checkVisibility()).at(-1)
            const from = link.closest('.row')
            link.click()
            const row = document.querySelector('.row:has(> .spot:target)')
            const box = row.getBoundingClientRect()
            return [row !== from, box.top > -5 && box.top < innerHeight, getComputedStyle(row).boxShadow !== 'none']
        }})()"""
    )
    assert landed == [True, True, True]


def test_clocks_that_moved_are_not_dressed_as_sentences_that_did(browser: Browser, site: str) -> None:
    browser.open(site + "/-/compare/3/4")
    behind = browser.evaluate(
        "[...document.querySelectorAll('.clocks tr')].map(row => getComputedStyle(row, '::after').content)"
    )
    assert {*behind} == {"none"}


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_pages_fit_their_window(browser: Browser, site: str, address: str, width: int) -> None:
    browser.open(site + address, width)
    browser.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    cut = browser.evaluate(
        """[...document.querySelectorAll('main *')].filter(node => {
            const box = node.getBoundingClientRect()
            if (node.parentElement.closest('.scroll')) return false
            return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)
        }).map(node => node.outerHTML.slice(0, 120))"""
    )
    assert cut == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_timeline_is_reached_by_keyboard_and_scrolls_in_its_own_box(
    browser: Browser, site: str, width: int
) -> None:
    browser.open(site + "/-/article/1", width)
    box = "document.querySelector('.scroll')"
    assert browser.evaluate(f"{box}.scrollWidth > {box}.clientWidth") == (width == 390)
    names = browser.evaluate(
        "[...document.querySelectorAll('svg.lanes a')].map(a => (a.focus(), document.activeElement === a))"
    )
    assert names == [True] * 4
    seen = browser.evaluate(
        """(() => { const last = document.activeElement.getBoundingClientRect()
            return last.left >= 0 && last.right <= innerWidth })()"""
    )
    assert seen


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_names_of_the_timeline_are_crossed_by_nothing(
    browser: Browser, site: str, width: int, language: str
) -> None:
    """They stand beside the picture; on a phone over it, on a ground of their own, and on no mark."""
    browser.open(f"{site}/-/article/1?lang={language}", width)
    names = browser.evaluate(
        """(() => {
            const boxes = what => [...document.querySelectorAll(what)].map(node => node.getBoundingClientRect())
            const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
            const names = boxes('.names span'), picture = boxes('.scroll'), marks = boxes('.lanes .mark')
            return [...document.querySelectorAll('.names span')].map((name, at) => [
                meet(names[at], picture[0]), getComputedStyle(name).backgroundColor !== 'rgba(0, 0, 0, 0)',
                [...marks, ...names.filter(other => other !== names[at])].some(box => meet(names[at], box))])
        })()"""
    )
    on_a_phone = width < 500
    assert names == [[on_a_phone, on_a_phone, False]] * 7


# What a select shows of each of its options: its words, the room for them, and whether they may take two lines.
SHOWN_OPTIONS = """
[...document.querySelectorAll('.filter select')].flatMap(select => [...select.options].map(option => {
    option.selected = true
    const style = getComputedStyle(select), brush = document.createElement('canvas').getContext('2d')
    brush.font = style.font
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 18
    return [option.text, brush.measureText(option.text).width < room || style.whiteSpace === 'normal']
}))
"""


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", [390, 1280])
def test_what_a_list_is_narrowed_to_can_be_read(browser: Browser, site: str, width: int, language: str) -> None:
    browser.open(f"{site}/?words=1&lang={language}", width)
    options = browser.evaluate(SHOWN_OPTIONS)
    assert len(options) > 60
    assert [words for words, fits in options if not fits] == []


@pytest.mark.parametrize("address", ["/-/coverage", "/-/status"])
def test_hosts_stand_in_one_piece(browser: Browser, site: str, address: str) -> None:
    browser.open(site + address)
    lines = browser.evaluate(
        """[...document.querySelectorAll('tbody .host')].filter(host => host.textContent.length < 25)
            .map(host => Math.round(host.clientHeight / parseFloat(getComputedStyle(host).lineHeight)))"""
    )
    assert {*lines} == {1}


def test_a_mark_of_the_timeline_leads_to_its_comparison(browser: Browser, site: str) -> None:
    browser.open(site + "/-/article/1")
    way = "[...document.querySelectorAll('svg.lanes a')].find(a => /Stand unchanged/.test(a.textContent))"
    hit = browser.evaluate(
        f"""(() => {{ const box = {way}.getBoundingClientRect()
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
            const link = document.elementFromPoint(x, y).closest('a')
            return [link.href.baseVal, box.width >= 22, box.height >= 22] }})()"""
    )
    assert hit == ["/-/compare/2/3", True, True]


def test_the_shapes_of_the_timeline_differ_without_colour(browser: Browser, site: str) -> None:
    browser.open(site + "/-/article/1")
    shapes = browser.evaluate(
        "[...document.querySelectorAll('.key .mark')].map(mark => mark.tagName + (mark.getAttribute('d') || ''))"
    )
    assert len(shapes) == len({*shapes}) == 3


@pytest.mark.parametrize("address", ["/nachtrag/changes", "/nachtrag/revisions"])
def test_a_table_opens_on_a_phone_with_its_rows(browser: Browser, site: str, address: str) -> None:
    browser.open(site + address, 390)
    tops = browser.evaluate(
        """['table.rows-and-columns', 'dl.column-descriptions'].map(what =>
            document.querySelector(what).getBoundingClientRect().top)"""
    )
    assert tops[0] < 844 < tops[1]


def test_the_tables_are_listed_without_their_columns_on_a_phone(browser: Browser, site: str) -> None:
    shown = "[...document.querySelectorAll('.db-table em')].filter(node => node.checkVisibility()).length"
    browser.open(site + "/nachtrag", 390)
    assert browser.evaluate(shown) == 0
    assert browser.evaluate("document.querySelector('.metadata-description a').href") == site + "/nachtrag/changes"
    browser.open(site + "/nachtrag", 1280)
    assert browser.evaluate(shown) > 5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("address", LOOKED_AT)
def test_text_has_contrast(browser: Browser, site: str, address: str, *, dark: bool) -> None:
    """WCAG 2 AA: 4.5 to 1 for every piece of text against what is painted behind it."""
    browser.open(site + address, dark=dark)
    faint = browser.evaluate(
        """(() => {
            const parse = text => (text.match(/[\\d.]+/g) || []).map(Number)
            const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
                .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
                .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0)
            const behind = node => {
                for (; node; node = node.parentElement) {
                    const [r, g, b, a = 1] = parse(getComputedStyle(node).backgroundColor)
                    if (a === 1 && r !== undefined) return [r, g, b]
                }
                return [255, 255, 255]
            }
            return [...document.querySelectorAll('body *')]
                .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
                .map(node => {
                    const [one, other] = [light(parse(getComputedStyle(node).color)), light(behind(node))]
                    const ratio = (Math.max(one, other) + .05) / (Math.min(one, other) + .05)
                    return [ratio, node.outerHTML.slice(0, 100)]
                })
                .filter(([ratio]) => ratio < 4.5)
        })()"""
    )
    assert faint == []


@pytest.mark.parametrize("address", LOOKED_AT)
def test_headings_and_names_serve_those_who_do_not_see(browser: Browser, site: str, address: str) -> None:
    browser.open(site + address)
    levels = browser.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.checkVisibility()).map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    nameless = browser.evaluate(
        """[...document.querySelectorAll('a, button, input, select')].filter(node =>
            !(node.textContent.trim() || node.labels?.length || node.ariaLabel)).length"""
    )
    assert nameless == 0
    twice = browser.evaluate(
        """(() => { const ids = [...document.querySelectorAll('[id]')].map(node => node.id)
            return ids.filter((id, at) => ids.indexOf(id) !== at) })()"""
    )
    assert twice == []
