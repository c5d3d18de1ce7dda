"""How steady the reading is: `NACHTRAG_SHARED=folder python -m benchmarks.steadiness [--json FILE] [--seed N]`.

Both rates belong together: a reader that sees nothing never errs on the first, one that sees all never on the second.
(a) The page moves on around its article, boxes are put in, it is written otherwise: the fingerprint must stay.
(b) One thing in the article is changed: the fingerprint must not stay.
Pages that fail are listed with the reason, and written to a JSON file.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.corpus import load, page_of
from benchmarks.steady_boxes import rewritten, with_boxes
from benchmarks.steady_edits import KINDS, edits
from benchmarks.steady_noise import another_look
from benchmarks.steady_tree import changed, tree_of
from changes.plain import field_texts, fingerprint, stand_meaning
from scraper.errors import ReadError
from scraper.read import read

if TYPE_CHECKING:
    from scraper.article import Article
    from scraper.page import Page

NOISE = {"another look": another_look, "boxes put in": with_boxes, "written otherwise": rewritten}
MOST_NOISE, LEAST_FOUND = 0.02, 0.985
_SHOWN = 90


def main(*arguments: str) -> int:
    """Prints the table and the failures; 1 if a rate is missed."""
    options = ArgumentParser(description="Changes pages around their articles, and in them, and looks what is seen.")
    options.add_argument("--json", default="steadiness.json", help="where the result is written")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="only pages with this in their id")
    said = options.parse_args(arguments)
    corpus, golds = load()
    noise: dict[str, dict[str, str]] = {kind: {} for kind in NOISE}
    tried: dict[str, int] = defaultdict(int)
    missed: dict[str, dict[str, str]] = defaultdict(dict)
    pages = 0
    for gold in golds:
        if said.only not in gold["id"]:
            continue
        random = Random(f"{said.seed} {gold['id']}")
        page = page_of(corpus, gold)
        page = changed(page, tree_of(page))
        before = _read(page)
        if isinstance(before, str):
            continue
        pages += 1
        for kind, change in NOISE.items():
            if why := _difference(before, _read(change(page, gold, random))):
                noise[kind][gold["id"]] = why
        for edit in edits(page, gold, random):
            tried[edit.kind] += 1
            unedited = before if edit.unedited is None else _read(edit.unedited)
            if isinstance(unedited, str) or not _difference(unedited, _read(edit.page)):
                missed[edit.kind][gold["id"]] = f"{_around(edit.before, edit.after)}"
    return _report(Path(said.json), pages, noise, tried, missed)


def _read(page: Page) -> Article | str:
    try:
        return read(page)
    except ReadError as fault:
        return str(fault)


def _difference(before: Article, after: Article | str) -> str:
    """Empty where the fingerprints are equal; else the first thing that differs."""
    if isinstance(after, str):
        return f"cannot be read any more: {after}"
    if fingerprint(before) == fingerprint(after):
        return ""
    fields, others = field_texts(before), field_texts(after)
    for name, text in fields.items():
        if text != others[name]:
            return f"{name}: {_around(text, others[name])}"
    if stand_meaning(before) != stand_meaning(after):
        return f"stand: {stand_meaning(before)} -> {stand_meaning(after)}"
    gone, come = ([block.text for block in article.blocks] for article in (before, after))
    gone, come = [text for text in gone if text not in come], [text for text in come if text not in gone]
    return f"blocks: -{[text[:_SHOWN] for text in gone[:2]]} +{[text[:_SHOWN] for text in come[:2]]}"


def _around(before: str, after: str) -> str:
    """The first place where two texts differ."""
    same = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, same - _SHOWN // 3)
    return f"{before[start : start + _SHOWN]!r} -> {after[start : start + _SHOWN]!r}"


def _report(
    path: Path, pages: int, noise: dict[str, dict[str, str]], tried: dict[str, int], missed: dict[str, dict[str, str]]
) -> int:
    rates = {kind: 1 - len(missed[kind]) / tried[kind] for kind in KINDS if tried[kind]}
    false = {kind: len(failed) / pages if pages else 0.0 for kind, failed in noise.items()}
    for kind in KINDS:
        for page, why in missed[kind].items():
            print(f"  not seen, {kind}: {page}: {why}")
    for kind, failed in noise.items():
        for page, why in failed.items():
            print(f"  changed for nothing, {kind}: {page}: {why}")
    print(f"{'pages':<32}{pages:>8}")
    for kind, failed in noise.items():
        print(f"{'for nothing: ' + kind:<32}{false[kind]:>8.1%}  {len(failed)} of {pages}; at most {MOST_NOISE:.1%}")
    for kind, rate in rates.items():
        print(f"{'found: ' + kind:<32}{rate:>8.1%}  {tried[kind] - len(missed[kind])} of {tried[kind]}")
    everything = sum(tried.values())
    found = everything - sum(map(len, missed.values()))
    print(
        f"{'found: all':<32}{found / (everything or 1):>8.1%}  {found} of {everything}; each at least {LEAST_FOUND:.1%}"
    )
    result = {"pages": pages, "noise_rates": false, "found_rates": rates, "noise": noise, "missed": missed}
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    return int(max(false.values()) > MOST_NOISE or any(rate < LEAST_FOUND for rate in rates.values()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
