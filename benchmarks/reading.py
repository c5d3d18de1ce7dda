"""How fast pages are read: `NACHTRAG_SHARED=folder python -m benchmarks.reading [--rounds N]`.

Pages per second of processor time: our reader, trafilatura where it can be imported (it is no dependency of ours: point
`PYTHONPATH` at an environment that has it), and a bare parse as the floor. All read the same pages, in turns.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from benchmarks.corpus import load, page_of
from scraper.charset import text_of as decode
from scraper.errors import ReadError
from scraper.page import header
from scraper.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.page import Page

_CHUNK = 27


def main(*arguments: str) -> None:
    """Prints pages per second and the ratios."""
    options = ArgumentParser(description="Reads the pages of a corpus and prints how fast.")
    options.add_argument("--rounds", type=int, default=3)
    said = options.parse_args(arguments)
    corpus, golds = load()
    pages = [page_of(corpus, gold) for gold in golds]
    readers: dict[str, Callable[[Page], object]] = {"nachtrag": _read, "bare parse": _parse}
    if importlib.util.find_spec("trafilatura"):
        readers["trafilatura"] = _trafilatura()
    took = _measure(pages, readers, said.rounds)
    speed = {name: said.rounds * len(pages) / seconds for name, seconds in took.items()}
    for name, pages_per_second in speed.items():
        print(f"{name:<14}{pages_per_second:>8.1f} pages per second of processor time")
    print(f"{len(pages)} pages, {said.rounds} rounds, in turns of {_CHUNK} pages")
    for name in speed.keys() - {"nachtrag"}:
        print(f"nachtrag : {name} = {speed['nachtrag'] / speed[name]:.2f}")


def _measure(pages: list[Page], readers: dict[str, Callable[[Page], object]], rounds: int) -> dict[str, float]:
    """Each reads some pages, then the next one the same, so that a busy machine is busy for all of them."""
    took = dict.fromkeys(readers, 0.0)
    for _ in range(rounds):
        for first in range(0, len(pages), _CHUNK):
            for name, reader in readers.items():
                start = time.process_time()
                for page in pages[first : first + _CHUNK]:
                    reader(page)
                took[name] += time.process_time() - start
    return took


def _read(page: Page) -> object:
    try:
        return read(page)
    except ReadError as fault:
        return fault


def _parse(page: Page) -> object:
    return LexborHTMLParser(decode(page.body, header(page.headers, "content-type")))


def _trafilatura() -> Callable[[Page], object]:
    """With metadata, as we read that too."""
    extract = importlib.import_module("trafilatura").bare_extraction
    return lambda page: extract(page.body, url=page.url, with_metadata=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
