"""How much processor time each page takes over a large database that is written to meanwhile."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections import defaultdict
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar

from datasette.app import Datasette

from benchmarks.large.made import OUTLETS, Size, bring_up_to_date, make
from changes.tags import TAG_KINDS
from db.datasette import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

_WRITE = """
UPDATE observations SET kept_last_at = kept_last_at, count = count + 1 WHERE id = (SELECT max(id) FROM observations)
"""


_LOOKED_FOR = ("bade", "kado", "lamina", "wuzo", "teka", "rosi", "hapo", "go", "sunabi", "felo")


def main(*arguments: str) -> None:
    """Prints median and 95th percentile of processor time for each kind of page."""
    options = ArgumentParser(description="Reads every page of a large database.")
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--revisions", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=40, help="pages of each kind")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--file", type=Path, help="keep the database there, or use the one that is there")
    said = options.parse_args(arguments)
    size = Size(said.articles, said.revisions)
    with tempfile.TemporaryDirectory() as folder:
        path = said.file or Path(folder) / "large.db"
        if not path.exists():
            make(path, size, said.seed)
        bring_up_to_date(path)
        print(f"{size.articles:,} articles, {size.revisions:,} versions, {path.stat().st_size / 1e6:,.0f} MB")
        print(f"{'page':<28}{'median ms':>11}{'p95 ms':>8}{'slowest':>9}")
        with _written_to(path):
            asyncio.run(_measure(path, _Addresses(size, Random(said.seed)), said.rounds))


@contextmanager
def _written_to(path: Path) -> Iterator[None]:
    """The file, while somebody else writes to it as the daemon does: an unchanged look, twenty times a second."""
    done = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(path, timeout=30)) as con:
            while not done.wait(0.05):
                with con:
                    con.execute(_WRITE)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Addresses of pages, another one at every turn."""

    size: Size
    random: Random

    def next_round(self) -> dict[str, str]:
        """By kind of page."""
        outlet = f"source={self._one_of(range(1, OUTLETS + 1))}"
        day = f"2024-{self.random.randint(1, 6):02}-{self.random.randint(1, 28):02}"
        word, other = self._one_of(_LOOKED_FOR), self._one_of(_LOOKED_FOR)
        each = self.size.revisions // self.size.articles
        edit = self.random.randrange(self.size.articles) * each + self.random.randint(2, each)
        return {
            "front": "/",
            "front, one outlet": f"/?{outlet}",
            "front, a rare verdict": "/?verdict=silent",
            "front, outlet and verdict": f"/?{outlet}&verdict=silent",
            "front, a tag": f"/?tag={self._one_of(TAG_KINDS)}".replace(" ", "+"),
            "front, tag, outlet, weight": f"/?tag=number&severity=high&{outlet}",
            "front, words and days": f"/?words=60&since={day}",
            "article": f"/-/article/{self.random.randint(1, self.size.articles)}",
            "compare": f"/-/compare/{edit - 1}/{edit}",
            "search, one word": f"/-/search?q={word}",
            "search, two words": f"/-/search?q={word}+{other}",
            "feed": f"/-/changes.atom?{outlet}",
            "outlet": f"/-/outlet/{self.random.randint(1, OUTLETS)}",
            "outlets": "/-/outlets",
            "coverage": "/-/coverage",
            "status": "/-/status",
        }

    def _one_of(self, things: Sequence[T]) -> T:
        return self.random.choice(things)


async def _measure(path: Path, addresses: _Addresses, rounds: int) -> None:
    web = Datasette([str(path)], metadata=metadata(path, daemon=False), settings={"default_allow_sql": False})
    took: defaultdict[str, list[float]] = defaultdict(list)
    for turn in range(rounds + 1):
        for kind, address in addresses.next_round().items():
            start = time.process_time()
            answer = await web.client.get(address)
            if turn:  # the first opens files and connections
                took[kind].append(1000 * (time.process_time() - start))
            if answer.status_code != 200:
                print(f"\n{address}: answered {answer.status_code}", file=sys.stderr)
        print(f"\r{turn} of {rounds} rounds", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for kind, times in took.items():
        times.sort()
        print(f"{kind:<28}{times[len(times) // 2]:>11.1f}{times[int(len(times) * 0.95)]:>8.1f}{times[-1]:>9.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
