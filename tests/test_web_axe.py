"""axe-core, the engine of browsers' own accessibility audits, on every page: no serious finding, no critical one."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import Browser, require_chromium
from tests.web_sample import build
from tests.web_server import PAGES, served

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

# Names of things are another matter in each language, how they lie is another in each width.
WAYS = {"light": (1280, False, "en"), "dark": (1280, True, "en"), "phone, in German": (390, False, "de")}


@pytest.fixture(scope="module")
def axe() -> str:
    """The script, out of a package whose driver we do not use: it is found without being imported."""
    package = find_spec("axe_playwright_python")
    if package is None:
        reason = "axe-playwright-python is not installed: accessibility was not audited (make setup)"
        if "axe" in os.environ.get("NACHTRAG_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(f"NOT RUN: {reason}")
    (folder,) = package.submodule_search_locations or ()
    return Path(folder, "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require_chromium()
    file = tmp_path_factory.mktemp("axe") / "nachtrag.db"
    build(file)
    with served(file) as address:
        yield address


@pytest.fixture(scope="module")
def browser(axe: str) -> Iterator[Browser]:
    with Browser() as chromium:
        chromium.run_first(axe)
        yield chromium


def findings(browser: Browser, only: str = "") -> list[str]:
    """The serious and critical ones, of all rules or `only` one of them: rule, node."""
    rules = f", runOnly: ['{only}']" if only else ""
    found: list[str] = browser.evaluate(
        f"""axe.run({{resultTypes: ['violations']{rules}}}).then(result => result.violations
        .filter(rule => ['serious', 'critical'].includes(rule.impact))
        .flatMap(({{id, impact, nodes}}) => nodes.map(at => `${{id}} (${{impact}}): ${{at.target}} ${{at.html}}`)))"""
    )
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", PAGES)
def test_nothing_serious_is_found(browser: Browser, site: str, address: str, way: str) -> None:
    width, dark, language = WAYS[way]
    browser.open(f"{site}{address}{'&' if '?' in address else '?'}lang={language}", width, dark=dark)
    # In the dark only the colours differ.
    assert [f"{address}: {finding}" for finding in findings(browser, "color-contrast" if dark else "")] == []


def test_axe_would_find_something(browser: Browser, site: str) -> None:
    browser.open(site + "/-/search")
    browser.evaluate("document.querySelector('label').remove()")
    assert any(finding.startswith("label (critical): #q") for finding in findings(browser))
