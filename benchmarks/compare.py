"""How fast two articles are compared: sentences, tags and weight, beside difflib on the same pairs in the same run.

`python -m benchmarks.compare` prints a table. Usual edits are pairs of real pages of 600 to 1,000 words, of which at
most three sentences changed; the rest is made here. Times are processor time, the least of several runs.
"""

from __future__ import annotations

import difflib
import gzip
import json
import random
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.shared import shared
from changes.alignment import align
from changes.meaning import meaning
from scraper.article import Article, Block

if TYPE_CHECKING:
    from collections.abc import Callable

_RUNS = 15
_WORDS = 20_000
_USUAL = 3


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one pair."""

    ours: float
    difflib: float


def main() -> None:
    usual, more = _real_pairs()
    print(f"{'pairs':<42}{'n':>4}{'median ms':>11}{'p95 ms':>9}{'difflib ms':>12}{'ratio':>7}")
    _row(f"600–1,000 words, 1 to {_USUAL} sentences changed", usual)
    _row("600–1,000 words, more sentences changed", more)
    rows = _paragraphs(1), _paragraphs(2)
    _row("20,000 words against 20,000 unrelated", [_timed(article(rows[0]), article(rows[1]), 1)])
    shuffled = random.Random(3).sample(rows[0], len(rows[0]))
    _row("20,000 words, all paragraphs moved", [_timed(article(rows[0]), article(shuffled), 1)])


def _real_pairs() -> tuple[list[Times], list[Times]]:
    usual: list[Times] = []
    more: list[Times] = []
    with gzip.open(shared() / "revisions" / "pairs.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            words = len(pair["old_text"].split())
            if not pair["kind"].startswith("fulltext") or not 600 <= words <= 1000:
                continue
            old, new = (article(pair[side].split("\n\n"), pair["lang"]) for side in ("old_text", "new_text"))
            changed = sum(item.move != "kept" for item in align(old, new).items)
            if changed:
                (usual if changed <= _USUAL else more).append(_timed(old, new, _RUNS))
    return usual, more


def _timed(old: Article, new: Article, runs: int) -> Times:
    texts = [[word for block in article.blocks for word in block.text.split()] for article in (old, new)]
    return Times(
        _least(lambda: meaning(old, new, align(old, new)), runs),
        _least(lambda: difflib.SequenceMatcher(None, *texts, autojunk=False).get_opcodes(), runs),
    )


def _least(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def _row(name: str, times: list[Times]) -> None:
    ours, theirs = sorted(item.ours for item in times), sorted(item.difflib for item in times)
    middle, others = statistics.median(ours), statistics.median(theirs)
    high = ours[min(int(len(ours) * 0.95), len(ours) - 1)]
    print(f"{name:<42}{len(times):>4}{middle:>11.2f}{high:>9.2f}{others:>12.2f}{middle / others:>7.2f}")


def _paragraphs(seed: int) -> list[str]:
    """Made-up sentences whose words are as common and as rare as words are."""
    chance = random.Random(seed)
    known = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(2, 10))) for _ in range(3000)]
    weights = [1 / rank for rank in range(1, len(known) + 1)]
    drawn = chance.choices(known, weights, k=_WORDS)
    sentences = [" ".join(drawn[at : at + 20]).capitalize() + "." for at in range(0, _WORDS, 20)]
    return [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]


def article(paragraphs: list[str], language: str = "en") -> Article:
    return Article(
        url="https://zeitung.example/a", topline="", headline="", standfirst="", authors=(),
        blocks=tuple(Block("paragraph", " ".join(text.split())) for text in paragraphs if text.strip()),
        images=(), notes=(), clocks=(), comment_count=None, comments=(), language=language, read_with="generic/1",
    )  # fmt: skip


if __name__ == "__main__":
    main()
