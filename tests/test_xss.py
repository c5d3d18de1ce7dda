"""Attacks of our own in a real Chromium: as markup they run, in every field that we show they do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.xss.cells import formulas
from benchmarks.xss.opened import COUNTING, Page, Seen, open_all, serving
from benchmarks.xss.trial import trial
from tests.browser import Browser, require_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

ATTACKS = (
    "Damm<script>nothing_that_is_counted</script>",
    '"><img src="http://elsewhere.example/x.png" onerror=alert(1)>',
    "javascript:alert(1)",
    "=1+1<div onclick='alert(1)'>x</div>",
)
HTML = {"content-type": "text/html; charset=utf-8"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require_chromium()
    with Browser() as chromium:
        chromium.run_first(COUNTING)
        chromium.watch_scripts()
        yield chromium


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_runs_is_noticed(browser: Browser, attack: str) -> None:
    body = f'<!doctype html><body>{attack}<a href="{attack}">x</a>'.encode()
    harmless = Page("/harmless", b"<!doctype html><body><p>Damm", HTML)
    seen = Seen()
    with serving() as site:
        open_all(browser, site, [harmless, Page("/attack", body, HTML)], seen)
    assert seen.ran == {"/attack"}
    assert seen.scripts
    assert seen.shown == 2
    assert bool(seen.asked) == ("elsewhere" in attack)


def test_what_a_policy_holds_back_is_noticed(browser: Browser) -> None:
    seen = Seen()
    policy = {"content-security-policy": "default-src 'none'"}
    page = Page("/held", b"<!doctype html><body><script>alert(1)</script>x", HTML | policy)
    with serving() as site:
        open_all(browser, site, [page], seen)
    assert (seen.ran, seen.held) == (set(), 1)


def test_cells_that_are_formulas_are_noticed() -> None:
    assert formulas('"a","=1"\r\nb;@x,c\r\n') == ["=1", "@x,c"]


def test_in_our_pages_nothing_runs_and_nothing_is_asked_for_elsewhere() -> None:
    require_chromium()
    counts = trial(ATTACKS)
    assert counts.faults == []
    assert counts.numbers["as markup: attacks that run"] == len(ATTACKS)
    assert counts.numbers["without policy: pages"] > 5 * len(ATTACKS)
    assert counts.numbers["as served: pages"] > 5 * len(ATTACKS)
    assert counts.numbers["written bare: cells that are formulas"]
    assert counts.numbers["our CSV: cells"]
