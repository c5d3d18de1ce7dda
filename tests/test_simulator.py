"""Rounds of edits on the reference simulator, against its own log of the truth: nothing missed, nothing false."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from tests.product import Product, free_port, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.first, pytest.mark.no_cover]

ARTICLES, HOSTS, PERCENT_EDITED = 100, 20, 20
EXPECTED = {
    "para": ["announced"], "headline": ["announced"], "insert": ["announced"], "delete": ["announced"],
    "silent": ["unmarked"], "stand": ["stand_only"], "comments": ["comments"], "typo": ["minor"],
    "back": ["stand_backwards"], "ld": [],
}  # fmt: skip


class Simulator:
    """The simulator as a process of its own."""

    def __init__(self, shared: Path, folder: Path) -> None:
        self.log, self.port = folder / "truth.jsonl", free_port()
        self.log.touch()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, shared / "bench/site.py", "--port", str(self.port), "--articles", str(ARTICLES),
             "--hosts", str(HOSTS), "--log", self.log],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        until(lambda: "ready" in self.process.stdout.readline())  # type: ignore[union-attr]

    def ask(self, path: str) -> Any:
        """Its answer as JSON."""
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return json.load(answer)

    def truth(self) -> list[dict[str, Any]]:
        """Every edit it made so far."""
        return [row for row in map(json.loads, self.log.read_text("utf-8").splitlines()) if "url" in row]


@pytest.fixture
def simulator(shared: Path, tmp_path: Path) -> Iterator[Simulator]:
    made = Simulator(shared, tmp_path)
    yield made
    made.process.terminate()
    made.process.wait()


def test_five_rounds_and_a_stale_one(simulator: Simulator, tmp_path: Path) -> None:
    product = Product(tmp_path, Simulator=f"{simulator.url}/feed.xml?n={ARTICLES}")
    product.once()
    for _ in range(5):
        _round(simulator, product, f"/__tick?n={ARTICLES}&pct={PERCENT_EDITED}&noise=full")
    for kind in ("typo", "ld", "back"):
        _round(simulator, product, f"/__tick?n={ARTICLES}&pct={PERCENT_EDITED}&noise=full&kind={kind}")
    simulator.ask("/__config?keep=1")
    _round(simulator, product, f"/__tick?n={ARTICLES}&pct={PERCENT_EDITED}&noise=full")
    count = len(product.events())
    for path in ("/__stale?on=1", "/__stale?on=1&age=300", "/__stale?on=0"):
        simulator.ask(path)
        product.once()
    assert len(product.events()) == count
    assert product.run("verify").stdout.startswith("ok:")


def _round(simulator: Simulator, product: Product, tick: str) -> None:
    before, known = len(product.events()), len(simulator.truth())
    simulator.ask(tick)
    said = product.once()
    told: dict[str, list[str]] = defaultdict(list)
    for event in product.events()[before:]:
        # All is one outlet here: once 30 of its edits have settled, row 21 knows its clocks.
        told[event["url"]].append("unmarked" if event["verdict"] == "silent" else event["verdict"])
    expected = {edit["url"]: EXPECTED[edit["kind"]] for edit in simulator.truth()[known:]}
    assert len(expected) == ARTICLES * PERCENT_EDITED / 100
    assert dict(told) == {url: verdicts for url, verdicts in expected.items() if verdicts}, said
