"""Attacks of others in a real Chromium: as markup they run, in our pages they are text.

Our pages are served here without their headers: their policy alone would keep an attack from running, and hide that a
text was not escaped.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from benchmarks.hostile.kept import Kept
from tests.browser import Browser, require_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

# What attacks call to show that they run; counted in the topmost window, whatever frame they run in.
COUNTING = """for (const name of ['alert', 'confirm', 'prompt', 'print'])
    window[name] = () => { window.top.ran = (window.top.ran || 0) + 1 }"""
ENOUGH = 20
LISTS = (
    "/", "/-/search?q=Probe", "/-/status", "/-/coverage", "/-/changes.json", "/-/search.json?q=Probe", "/-/status.json",
    "/-/coverage.json",
)  # fmt: skip


@contextmanager
def serving(pages: dict[str, str]) -> Iterator[str]:
    """Pages by path, as HTML and with no header that restrains them."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "").encode("utf-8", "replace"))

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require_chromium()
    with Browser() as chromium:
        chromium.run_first(COUNTING)
        yield chromium


@pytest.fixture(scope="module")
def attacks(shared: Path, browser: Browser) -> list[str]:
    """Some texts of the suites that run in this browser without anybody's doing, where they are taken for markup."""
    suites = [json.loads(path.read_text("utf-8"))["cases"] for path in (shared / "hostile").glob("xss-*/manifest.json")]
    texts = [text for cases in suites for case in cases if "alert(" in (text := case["input_text"])]
    with serving({f"/{number}": f"<!doctype html><body>{text}" for number, text in enumerate(texts)}) as site:
        running = (text for number, text in enumerate(texts) if runs(browser, f"{site}/{number}"))
        return list(islice(running, ENOUGH))


def test_attacks_that_run_as_markup_are_text_in_our_pages(browser: Browser, attacks: list[str]) -> None:
    assert len(attacks) == ENOUGH
    pages: dict[str, str] = {}
    with Kept() as kept:
        for attack in attacks:
            shown = kept.keep(attack, "Probe")
            for address in (f"/-/article/{shown.article}", f"/-/compare/{shown.before}/{shown.after}"):
                pages |= {way: kept.get(way).text for way in (address, f"{address}.json")}
        pages |= {address: kept.get(address).text for address in LISTS}
    with serving(pages) as site:
        assert [address for address in pages if runs(browser, site + address)] == []


def runs(browser: Browser, address: str) -> bool:
    """Whether anything of a page runs."""
    browser.open(address)
    return bool(browser.evaluate("window.ran || 0"))
