"""`nachtrag vacuum`: what it says, what it leaves, and that a kill in its midst loses nothing."""

from __future__ import annotations

import multiprocessing
import random
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from db.pages import keep_page, open_page
from db.store import chain
from db.store.connection import Store
from db.store.people import add_by_hand
from db.store.retention import Limit
from schedules.cli import main
from schedules.config import load
from scraper.page import Page
from tests.product import until
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES, PAGES = 30, 12
START = datetime(2024, 1, 1, tzinfo=UTC)
CONFIG = """
database = "n.db"
[history]
keep_pages = "1y"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration and a database with old pages of many articles."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    urls = [f"https://zeitung.example/{number}" for number in range(ARTICLES)]
    with Store(tmp_path / "n.db") as store:
        for article_id in store.call(add_by_hand, urls, START):
            for number in range(PAGES):
                store.call(keep_page, article_id, page(article_id, number))
    return tmp_path


def page(article_id: int, number: int) -> Page:
    """The last two are not old; no two have much in common, but for their headers."""
    at = datetime.now(UTC) if number >= PAGES - 2 else START + timedelta(days=number)
    body = f"<p>{article_id} {number}</p>" + random.Random(article_id * 99 + number).randbytes(900).hex()
    headers = (("etag", f'"{number}"'), ("server", "nginx"))
    return Page(f"https://zeitung.example/{article_id}", 200, headers, body.encode(), at)


def bodies(folder: Path) -> dict[int, int]:
    """By article how many pages are kept; each as it was."""
    with Store(folder / "n.db") as store:
        assert store.read(chain.faults) == []
        rows = store.read(lambda con: con.execute("SELECT * FROM pages ORDER BY id").fetchall())
        found = dict.fromkeys(range(1, ARTICLES + 1), 0)
        for row in rows:
            if row["body"] is None:
                assert row["erased_at"] is not None
                continue
            body = store.read(open_page, row["id"])
            assert body == page(row["article_id"], (row["id"] - 1) % PAGES).body
            found[row["article_id"]] += 1
    return found


def run(folder: Path, *verb: str) -> str:
    done = CliRunner().invoke(main, [verb[0], "--config", str(folder / "config.toml"), *verb[1:]])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_it_says_what_it_does(folder: Path) -> None:
    said = run(folder, "vacuum", "--dry-run")
    assert f"would erase {ARTICLES * (PAGES - 2)} raw pages" in said
    assert set(bodies(folder).values()) == {PAGES}
    before = (folder / "n.db").stat().st_size
    said = run(folder, "vacuum")
    assert f"erased {ARTICLES * (PAGES - 2)} raw pages of {ARTICLES} articles; their hashes and dates stay" in said
    assert "no step took longer than" in said
    assert re.search(
        r"before: .* raw pages 3\d\d\.\d kB of it; .*\nafter: .* raw pages [67]\d\.\d kB of it; ", said, re.DOTALL
    )
    assert re.search(r"the disk has [23]\d\d\.\d kB more", said)
    assert set(bodies(folder).values()) == {2}
    assert (folder / "n.db").stat().st_size < before
    assert "erased 0 raw pages" in run(folder, "vacuum", "--full")
    told = run(folder, "verify")
    assert told.startswith("ok:")
    assert f"{ARTICLES * (PAGES - 2)} raw pages erased by `nachtrag vacuum`" in told
    assert "raw pages 0.1 MB" in run(folder, "status")


def test_without_limits_all_is_kept(folder: Path) -> None:
    (folder / "config.toml").write_text('database = "n.db"\n', "utf-8")
    assert "erased 0 raw pages of 0 articles" in run(folder, "vacuum")
    assert set(bodies(folder).values()) == {PAGES}


def test_a_kill_in_its_midst_loses_nothing(folder: Path) -> None:
    for kill in range(2):
        process = multiprocessing.get_context("forkserver").Process(target=_vacuum, args=(folder / "config.toml",))
        with unmeasured():
            process.start()
        until(lambda: _erased(folder) >= (kill + 1) * 60)  # noqa: B023 -- called at once
        process.kill()
        process.join()
        assert set(bodies(folder).values()) == {2, PAGES}
    run(folder, "vacuum")
    assert set(bodies(folder).values()) == {2}


def _vacuum(config: Path) -> None:
    main(["vacuum", "--config", str(config)])


def _erased(folder: Path) -> int:
    with closing(sqlite3.connect(f"file:{folder / 'n.db'}?mode=ro", uri=True)) as con:
        return int(con.execute("SELECT count(*) FROM pages WHERE erased_at IS NOT NULL").fetchone()[0])


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("", {}),
        ('[history]\nkeep_pages = "2y"', {"A": Limit(timedelta(days=730)), "gone": Limit(timedelta(days=730))}),
        ("[history]\nnewest_pages = 9", {"A": Limit(newest=9), "gone": Limit(newest=9)}),
        ('[[sources]]\nname = "A"\nfeed = "https://a.example/"\nkeep_pages = "90d"', {"A": Limit(timedelta(days=90))}),
        (
            '[history]\nkeep_pages = "1.5y"\n[[sources]]\nname = "A"\nfeed = "https://a.example/"\nnewest_pages = 3',
            {"A": Limit(timedelta(days=547.5), 3), "gone": Limit(timedelta(days=547.5))},
        ),
    ],
)
def test_a_source_can_have_its_own_limits(tmp_path: Path, text: str, limits: dict[str, Limit]) -> None:
    (tmp_path / "config.toml").write_text(text, "utf-8")
    assert dict(load(tmp_path / "config.toml").limits(["A", "gone"])) == limits
