"""What is twice as long takes about twice as many steps to read, whatever it is made of. Steps are lines of Python that
are run: no clock, so the same each time."""

from __future__ import annotations

import resource
import sys
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pytest
from datasette.utils.asgi import Request

from db.web.asking import texts
from scraper.errors import ScrapeError
from scraper.page import Page
from scraper.politeness import allowed, parse
from scraper.read import read
from tests.test_fuzz_pages import SEEN, URLS
from tests.test_fuzz_sources import AGENT, outcome

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = (
    "<html><head><title>Turm</title></head><body><article><h1>Neuer Turm steht in der Stadt</h1><p>Ein Absatz mit genug"
    " Text, damit er als Absatz gelesen wird, und noch ein Satz dazu.</p><p>Noch ein Absatz, in dem etwas steht.</p>"
)
TAIL = "</article></body></html>"
# Nothing that nests: how deep that may be is bounded (`scraper.read.scan.MAX_DEPTH`).
PIECES = (
    "<p>Text hier.</p>", "<a href=/x>Ein Titel, der lang genug ist</a> ", "<b>", "<li>", "<br>x",
    "<img src=/a.jpg alt=x>", "<figure><img src=/a.jpg><figcaption>x</figcaption></figure>", "<h2>Wort</h2>", "<div>",
    "<div class=comment><b>Anna</b> 03.03.2024 09:15 Uhr<p>ja</p></div>", "<p>Stand: 10.01.2022 22:53 Uhr</p>", "x ",
    "<script>var a=[1,{\"comments\":[{\"author\":\"a\",\"text\":\"b\"}]}]</script>", "<blockquote>", "Foto: dpa ", "„",
    "<meta name=date content=2022-01-10>", "&amp;", "<!-- x -->", "<template>x</template>", "<svg>", "(", "Wort. ",
    "<section><h3>Mehr zum Thema</h3><ul><li><a href=/x>x</a></ul></section>", "Von Anna Berg und ", "1.000.000 ",
    "<p>Korrektur: In einer früheren Fassung stand es anders.</p>", "<p>12:00 Uhr</p>", "\u200b", "<p><b>Wort</b></p>",
)  # fmt: skip
XML = (
    "<item><title>x</title><link>/x</link></item>", "<item>", "<a>", "<b x='y'>", "<![CDATA[x]]>", "&amp;",
    "<!-- x -->", "<category>x</category>", "<link href='/x'/>", "x ", "<",
    "<url><loc>/x</loc><lastmod>2024-01-01</lastmod></url>",
)  # fmt: skip


def steps(work: Callable[[], object]) -> int:
    """How many lines it runs."""
    count = 0

    def line(_frame: object, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        with suppress(ScrapeError):
            work()
    finally:
        sys.settrace(before)
    return count


def grows_evenly(work: Callable[[int], object]) -> bool:
    """Not with the square: twice as much would be four times as many steps."""
    work(1)  # what is done once only
    once, twice = steps(lambda: work(200)), steps(lambda: work(400))
    return twice < 2.7 * once


def page(markup: str) -> None:
    with suppress(ScrapeError):
        read(Page(URLS[0], 200, (("content-type", "text/html"),), markup.encode(), SEEN))


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("before", ["", "<p>", "<div "])
def test_a_page(before: str, piece: str) -> None:
    assert grows_evenly(lambda number: page(f"{HEAD}{before}{piece * number}{TAIL}"))


@pytest.mark.parametrize("piece", XML)
def test_a_list_of_articles(piece: str) -> None:
    rss = "<rss version='2.0'><channel>{}</channel></rss>"
    assert grows_evenly(lambda number: outcome("feed", rss.format(piece * number).encode(), ""))
    assert grows_evenly(lambda number: outcome("sitemap", f"<urlset>{piece * number}</urlset>".encode(), ""))


@pytest.mark.parametrize("piece", ["Disallow: /a*b*$\n", "User-agent: *\nDisallow: /x\n", "Allow: /x\n", "*", "a*"])
def test_robots(piece: str) -> None:
    def asked(number: int) -> None:
        allowed(parse(f"User-agent: *\nDisallow: /{piece * number}"), "https://a.example/" + "a" * 300, AGENT)

    assert grows_evenly(asked)


def test_what_is_asked_of_a_page() -> None:
    assert grows_evenly(lambda number: texts(Request.fake("/?" + "&".join(f"name{at}=1" for at in range(number)))))


# Where the time is not spent in Python: made of these, 300 kB took half a minute and more.
LONG = ("<script>{}</script>", "<div {}</div>", "{}")
ONCE_SLOW = (
    "comments",
    "<img src=/a.jpg alt=x>",
    "<section><h3>Mehr zum Thema</h3><ul><li><a href=/x>x</a></ul></section>",
)


def read_long_ones() -> None:
    """In a process of its own, with less processor time than one of them once took."""
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    for around, piece in zip(LONG, ONCE_SLOW, strict=True):
        page(f"{HEAD}{around.format(piece * (300_000 // len(piece)))}{TAIL}")
    outcome("feed", f"<?xml version='1.0'?>{chr(10) * 300_000}<rss><channel></channel></rss>".encode(), "")


def test_long_pages_of_one_piece_are_read() -> None:
    child = get_context("spawn").Process(target=read_long_ones)
    child.start()
    child.join()
    assert child.exitcode == 0
