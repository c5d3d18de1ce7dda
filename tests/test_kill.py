"""SIGKILL at random moments while the site edits: nothing recorded is lost, doubled or torn, every event arrives.

Truth is the site's own log and the receiver's, not the daemon's. NACHTRAG_KILLS says how often (default 6).
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.product import SECRET, Product, until
from tests.receiver import Receiver
from tests.site import Site
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.first

KILLS = int(os.environ.get("NACHTRAG_KILLS", "6"))
STORIES = 8


def edits(site: Site, stop: threading.Event, chance: random.Random) -> None:
    while not stop.wait(0.15):
        site.edit(chance.randint(1, STORIES), stamp=chance.random() < 0.7)


def killed_at_random(product: Product, chance: random.Random) -> list[float]:
    """Start it and kill it, again and again: every fourth time as it starts, else at work; how long each life was."""
    lives = []
    for number in range(KILLS):
        began, before = time.monotonic(), product.log().count("watching") if number else 0
        product.start()
        if number % 4 < 3:
            until(lambda: product.log().count("watching") > before)  # noqa: B023 -- called at once
        time.sleep(chance.uniform(0.0, 2.0))
        lives.append(time.monotonic() - began)
        assert product.daemon is not None
        product.daemon.send_signal(signal.SIGKILL)
        product.daemon.wait()
    return lives


def test_killed_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    with Site(STORIES) as site, Receiver(SECRET) as receiver:
        product = Product(tmp_path, Tagblatt=site.feed)
        product.tell(receiver.url)
        stop = threading.Event()
        editor = threading.Thread(target=edits, args=(site, stop, chance))
        editor.start()
        with unmeasured():  # who is killed writes no results
            lives = killed_at_random(product, chance)
        stop.set()
        editor.join()
        product.start()
        until(lambda: _caught_up(product, site))
        until(lambda: product.status()["deliveries_pending"] == 0)
        assert product.stop() == 0
        versions = sum(story.version for story in site.stories.values())
        print(f"{KILLS} kills after {min(lives):.2f} to {max(lives):.2f} s of life, {versions} versions")
        _check_history(product, site)
        _check_alerts(product, receiver)
    assert product.run("verify").stdout.startswith("ok:")


def _rows(product: Product, sql: str) -> list[tuple[object, ...]]:
    con = sqlite3.connect(f"file:{product.folder / 'n.db'}?mode=ro", uri=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def _stored(product: Product) -> dict[int, list[int]]:
    """By story, the numbers of the versions that were stored, in order."""
    rows = _rows(
        product,
        """SELECT a.url, (SELECT b.text FROM revision_blocks rb JOIN blocks b ON b.id = rb.block_id
                          WHERE rb.revision_id = r.id AND rb.position = 1)
           FROM revisions r JOIN articles a ON a.id = r.article_id ORDER BY r.id""",
    )
    stored: dict[int, list[int]] = {}
    for url, text in rows:
        number = int(str(url).rpartition("/")[2].removesuffix(".html"))
        stored.setdefault(number, []).append(int(str(text).partition("Nummer ")[2].split()[0]))
    return stored


def _caught_up(product: Product, site: Site) -> bool:
    stored = _stored(product)
    return all(stored.get(number, [0])[-1] == story.version for number, story in site.stories.items())


def _check_history(product: Product, site: Site) -> None:
    for number, versions in _stored(product).items():
        assert versions == sorted(set(versions)), f"story {number}: {versions}"
        assert set(versions) <= set(site.stories[number].served)
    assert _rows(product, "PRAGMA integrity_check") == [("ok",)]
    torn = """SELECT r.id FROM revisions r WHERE (SELECT count(*) FROM revision_blocks WHERE revision_id = r.id) != 3
              OR (SELECT count(*) FROM revision_clocks WHERE revision_id = r.id AND kind = 'stand') != 1
              OR page_id IS NULL"""
    assert _rows(product, torn) == []


def _check_alerts(product: Product, receiver: Receiver) -> None:
    told = _rows(product, "SELECT revision_id, count(*) FROM events WHERE revision_id IS NOT NULL GROUP BY revision_id")
    assert {count for _, count in told} == {1}
    assert len(told) == len(_rows(product, "SELECT id FROM revisions"))
    assert not receiver.refused
    events = [event["id"] for event in product.events()]
    arrived = Counter(got.id for got in receiver.accepted)
    assert set(arrived) == set(events)
    order: dict[str, list[int]] = {}
    for got in receiver.accepted:
        order.setdefault(got.body["data"]["url"], []).append(events.index(got.id))
    assert all(places == sorted(places) for places in order.values())
