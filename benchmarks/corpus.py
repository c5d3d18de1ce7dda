"""Reads the pages of a corpus and prints how well: `NACHTRAG_SHARED=folder python -m benchmarks.corpus [predictions]`.

With `--reader generic` the profiles of sites are left out.
The folder holds `corpus/gold.jsonl`, `corpus/pages/*.html.gz` and `corpus/score.py`, which does the judging.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from benchmarks.shared import shared
from scraper.errors import ReadError
from scraper.page import Page
from scraper.read import read

if TYPE_CHECKING:
    from scraper.article import Article, Clock, ClockKind

Gold: TypeAlias = dict[str, Any]

_PUBLISHED: tuple[ClockKind, ...] = ("published_ld", "published_meta", "published_microdata", "published")
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)")
_MODIFIED: tuple[ClockKind, ...] = ("stand", "modified_ld", "modified_meta", "modified_microdata")


def main(*arguments: str) -> None:
    """Writes the predictions, to a file of that name or a temporary one, and scores them."""
    options = ArgumentParser(description="Reads the pages of a corpus and scores what was read.")
    options.add_argument("predictions", nargs="?", default="", help="write them to this file")
    options.add_argument("--reader", choices=("auto", "generic"), default="auto")
    said = options.parse_args(arguments)
    corpus, golds = load()
    timed = [predict(corpus, gold, said.reader) for gold in golds]
    lines = [line for line, _ in timed]
    failed = [f"  {line['id']}: {line['error']}" for line in lines if line["error"]]
    took = sorted(milliseconds for _, milliseconds in timed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(said.predictions or f"{folder}/predictions.jsonl")
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        subprocess.run([sys.executable, str(corpus / "score.py"), str(path)], check=True)
    print(f"milliseconds a page: median {took[len(took) // 2]:.1f}, slowest {took[-1]:.1f}")
    print(f"not read: {len(failed)}", *failed, sep="\n")


def load() -> tuple[Path, list[Gold]]:
    """The folder of the corpus and what is known about its pages."""
    corpus = shared() / "corpus"
    return corpus, [json.loads(line) for line in (corpus / "gold.jsonl").read_text("utf-8").splitlines()]


def page_of(corpus: Path, gold: Gold) -> Page:
    body = gzip.decompress((corpus / gold["file"]).read_bytes())
    return Page(gold["url"], 200, (("content-type", "text/html"),), body, _seen(gold))


def predict(corpus: Path, gold: Gold, reader: str) -> tuple[dict[str, object], float]:
    """One line for score.py, and how many milliseconds it took."""
    page = page_of(corpus, gold)
    start = time.perf_counter()
    try:
        said, error = fields(read(page, reader), bare=_names_no_zone(gold.get("published"))), ""
    except ReadError as fault:
        said, error = {}, str(fault)
    return {"id": gold["id"], **said, "error": error}, 1000 * (time.perf_counter() - start)


def fields(article: Article, *, bare: bool) -> dict[str, object]:
    """An article in the words of score.py. `bare`: give the time of publication without a zone where the page does."""
    return {
        "title": article.headline,
        "topline": article.topline,
        "summary": article.standfirst,
        "blocks": [{"text": text} for text in (article.standfirst, *(block.text for block in article.blocks)) if text],
        "published": _as_written(article) if bare else _instant(article, _PUBLISHED),
        "modified": _instant(article, _MODIFIED),
        "modified_machine": _instant(article, _MODIFIED[1:]),
        "authors": article.authors,
        "comment_count": article.comment_count,
        "captions": [image.caption for image in article.images if image.caption],
        "warning": article.warning,
        "read_with": article.read_with,
        "clocks": [[clock.kind, clock.raw] for clock in article.clocks],
    }


def _instant(article: Article, kinds: tuple[ClockKind, ...]) -> str | None:
    clock = _first(article, kinds)
    return clock.covers.start.isoformat() if clock and clock.covers else None


def _as_written(article: Article) -> str | None:
    """The gold has some times of publication as the page wrote them, without a zone: a UTC time is no match for one."""
    clock = _first(article, _PUBLISHED)
    local = _LOCAL.fullmatch(clock.raw.strip()) if clock else None
    return f"{local[1]}T{local[2]}" if local else _instant(article, _PUBLISHED)


def _first(article: Article, kinds: tuple[ClockKind, ...]) -> Clock | None:
    """The first of these that names a moment: "2 hours ago" does not, nor a time in a zone that nobody knows."""
    clocks = (article.clock(kind) for kind in kinds)
    return next((clock for clock in clocks if clock and clock.covers and clock.covers.is_moment), None)


def _names_no_zone(stamp: str | None) -> bool:
    return bool(stamp) and _LOCAL.fullmatch(stamp or "") is not None


def _seen(gold: Gold) -> datetime:
    return datetime.fromisoformat(gold["crawl"][:19]).replace(tzinfo=UTC) if gold["crawl"] else datetime.now(UTC)


if __name__ == "__main__":
    main(*sys.argv[1:])
