"""A person's way through the pages in a real Chromium: from a search to the citation and the feed; with the mouse, by
keyboard, on a phone, without scripts, and on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.browser import Browser, require_chromium
from tests.web_sample import build
from tests.web_server import served

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

ATOM = "{http://www.w3.org/2005/Atom}"
# All that the Tab key should reach, in the order of the page.
REACHABLE = """[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(node => node.checkVisibility() && node.type !== 'hidden')"""
# What has the focus: which of them it is, whether it has an outline, whether it is in the window.
FOCUSED = f"""(() => {{ const node = document.activeElement, style = getComputedStyle(node)
    const box = node.getBoundingClientRect()
    return [{REACHABLE}.indexOf(node), parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none',
        box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth] }})()"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require_chromium()
    file = tmp_path_factory.mktemp("journey") / "nachtrag.db"
    build(file)
    with served(file) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as chromium:
        yield chromium


def here(browser: Browser) -> str:
    """The address, without the host."""
    parts = urlsplit(browser.evaluate("location.href"))
    return parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def follow(browser: Browser, selector: str) -> str:
    with browser.leaving():
        browser.click(selector)
    return here(browser)


def copied(browser: Browser, field: str) -> str:
    """What is in the clipboard after somebody went into a field, selected all, and copied."""
    browser.click(field)
    browser.press("a", edits=("selectAll",))
    browser.press("c", edits=("copy",))
    browser.evaluate(
        """(() => { const field = document.createElement('textarea')
            field.id = 'pasted'
            document.body.prepend(field)
            field.focus() })()"""
    )
    browser.press("v", edits=("paste",))
    return str(browser.evaluate("document.querySelector('#pasted').value"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [1280, 390], ids=["desktop", "phone"])
def test_from_a_search_to_the_citation_and_the_feed(browser: Browser, site: str, width: int, *, scripts: bool) -> None:
    browser.scripts(run=scripts)
    browser.open(site, width)
    assert follow(browser, "nav a[href='/-/search']") == "/-/search"
    browser.click("#q")
    browser.type("sofort gehandelt")
    with browser.leaving():
        browser.press("Enter")
    assert here(browser) == "/-/search?q=sofort+gehandelt"
    assert follow(browser, ".hits a") == "/-/article/1#r4"
    assert follow(browser, "#r3 .ways a") == "/-/compare/2/3"
    with browser.leaving():
        browser.press("n", alt=True)
    assert here(browser) == "/-/compare/3/4"
    with browser.leaving():
        browser.press("p", alt=True)
    assert here(browser) == "/-/compare/2/3"
    browser.click("a[href='#cite']")
    assert here(browser) == "/-/compare/2/3#cite"
    text = copied(browser, "#citation")
    assert text == browser.evaluate("document.querySelector('#citation').defaultValue")
    assert "Recorded by Nachtrag: https://nachtrag.example/watch/-/compare/2/3" in text.splitlines()
    assert follow(browser, ".steps .between a") == "/-/article/1#r3"
    assert follow(browser, ".head a[type='application/atom+xml']") == "/-/changes.atom?article=1"
    feed = ET.fromstring(browser.evaluate("document.documentElement.textContent"))
    titles = [title.text or "" for title in feed.iterfind(f"{ATOM}entry/{ATOM}title")]
    assert len(titles) == 3
    assert all("Verletzte nach Dammbruch an der Aue" in title for title in titles)


def test_the_same_in_german(browser: Browser, site: str) -> None:
    browser.scripts(run=False)
    browser.open(site)
    assert follow(browser, ".languages a[lang=de]") == "/?lang=de"
    assert browser.evaluate("document.documentElement.lang") == "de"
    assert follow(browser, "nav a[href^='/-/search']") == "/-/search?lang=de"
    browser.click("#q")
    browser.type("sofort gehandelt")
    with browser.leaving():
        browser.press("Enter")
    assert here(browser) == "/-/search?q=sofort+gehandelt&lang=de"
    assert follow(browser, ".hits a") == "/-/article/1?lang=de#r4"
    assert follow(browser, "#r3 .ways a") == "/-/compare/2/3?lang=de"
    assert "Text geändert, Stand unverändert" in browser.evaluate("document.querySelector('.said').textContent")
    browser.click("a[href='#cite']")
    lines = browser.evaluate("document.querySelector('#citation').value").splitlines()
    assert "Wann: zwischen 24.11.2026, 08:00 und 08:11 Uhr UTC" in lines
    assert "Aufgezeichnet von Nachtrag: https://nachtrag.example/watch/-/compare/2/3?lang=de" in lines
    assert follow(browser, ".steps .between a") == "/-/article/1?lang=de#r3"
    assert follow(browser, ".head a[type='application/atom+xml']") == "/-/changes.atom?article=1&lang=de"
    feed = ET.fromstring(browser.evaluate("document.documentElement.textContent"))
    assert feed.findtext(f"{ATOM}title") == "Nachtrag: Änderungen, von Artikel 1"
    assert [link.get("href", "") for link in feed.iterfind(f"{ATOM}link")][1].endswith("/watch/?lang=de")
    assert all("lang=de" in link.get("href", "") for link in feed.iterfind(f"{ATOM}entry/{ATOM}link"))


def test_the_same_with_the_keyboard_alone(browser: Browser, site: str) -> None:
    browser.scripts(run=False)
    browser.open(site + "/-/search?q=sofort+gehandelt")
    enter(browser, ".hits a")
    assert here(browser) == "/-/article/1#r4"
    enter(browser, "#r4 .ways a")
    assert here(browser) == "/-/compare/3/4"
    enter(browser, ".steps [rel='prev']")
    assert here(browser) == "/-/compare/2/3"


def enter(browser: Browser, selector: str) -> None:
    """Follow a link: Tab until it has the focus, then Enter."""
    for _step in range(200):
        browser.press("Tab")
        if browser.evaluate(f'document.activeElement.matches("{selector}")'):
            with browser.leaving():
                browser.press("Enter")
            return
    pytest.fail(f"Tab does not reach {selector} on {here(browser)}")


@pytest.mark.parametrize("address", ["/", "/-/search?q=damm", "/-/article/1", "/-/compare/2/3"])
def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, site: str, address: str) -> None:
    browser.open(site + address)
    seen = """(() => { const box = document.activeElement.getBoundingClientRect()
        return [document.activeElement.className, box.left >= 0 && box.right <= innerWidth && box.top >= 0] })()"""
    browser.press("Tab")
    assert browser.evaluate(seen) == ["skip", True]
    browser.press("Enter")
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [1280, 390], ids=["desktop", "phone"])
@pytest.mark.parametrize("address", ["/", "/-/search?q=damm", "/-/article/1", "/-/compare/2/3", "/-/coverage"])
def test_tab_goes_through_all_in_order_and_shows_where_it_is(
    browser: Browser, site: str, address: str, width: int
) -> None:
    browser.open(site + address, width)
    number = browser.evaluate(REACHABLE + ".length")
    reached = []
    for _step in range(number):
        browser.press("Tab")
        reached.append(browser.evaluate(FOCUSED))
    assert reached == [[at, True, True] for at in range(number)]


def test_on_paper_there_is_what_can_be_read_and_nothing_to_click(browser: Browser, site: str) -> None:
    browser.open(site + "/-/compare/2/3", 720, dark=True, media="print")
    shown = "['nav', '.steps', '.side.after', '#citation'].map(what => document.querySelector(what).checkVisibility())"
    assert browser.evaluate(shown) == [False, False, True, True]
    assert browser.evaluate("(field => field.scrollHeight <= field.clientHeight)(document.querySelector('#citation'))")
    assert browser.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
