"""How well the sentences of real pairs are aligned, as a person judged it, pair by pair.

`python -m benchmarks.alignment` draws the sample (by a seed, an equal share of each source as far as it goes), prints
how much of it was judged right, and lists what is told otherwise since it was judged. `--read FILE` writes the sample
for careful reading: each sentence that did not stay with the words marked that differ, then tags and weight.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.compare import article
from benchmarks.shared import shared
from changes.alignment import align
from changes.meaning import meaning
from changes.render import merged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changes.alignment import Aligned, Alignment
    from changes.meaning import Meaning
    from changes.render import Span

JUDGED = Path(__file__).parent / "alignment_judged.jsonl"
_SENTENCES = 5
# Of a longer run of words that stayed, only the first and the last are shown to whoever reads.
_SHOWN = 6
_MARKS = {"added": "{+%s+}", "removed": "[-%s-]", "same": "%s"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a page, how their sentences are aligned, and what that means.

    Attributes:
        name: as the collection names the page; key: the first figures of the SHA-256 of both texts.
    """

    name: str
    source: str
    key: str
    alignment: Alignment
    meaning: Meaning

    @property
    def told(self) -> dict[str, Any]:
        """What is judged: how many sentences, of which so many did not stay, and tags; and a hash of each of both."""
        items = [sign(item, self.alignment) for item in self.alignment.items]
        tags = [(tag.kind, tag.before, tag.after, tag.at) for tag in self.meaning.tags]
        return {
            "alignments": len(items),
            "changed": sum(item.move != "kept" for item in self.alignment.items),
            "tags": len(tags),
            "aligned": _digest(" ".join(items)),
            "meant": _digest(json.dumps([tags, self.meaning.severity])),
        }


def main(*arguments: str) -> int:
    """Prints the counts; 1 if a pair of the sample is not judged, or told otherwise than when it was."""
    options = ArgumentParser(description="How well the sentences of real pairs are aligned, as it was judged.")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--pairs", type=int, default=200, help="how many are drawn")
    options.add_argument("--read", type=Path, help="where to write the sample to be read")
    options.add_argument("--new", action="store_true", help="write only what is told otherwise than when it was judged")
    said = options.parse_args(arguments)
    rows = JUDGED.read_text("utf-8").splitlines() if JUDGED.exists() else []
    judged = {row["key"]: row for row in map(json.loads, rows)}
    drawn = sample(said.seed, said.pairs)
    new = [pair for pair in drawn if not pair.told.items() <= judged.get(pair.key, {}).items()]
    if said.read:
        pages = ["\n".join(page(pair)) for pair in (new if said.new else drawn)]
        said.read.write_text("\n".join(pages), "utf-8")
    return _report(drawn, new, judged)


def sample(seed: int, count: int) -> list[Pair]:
    """Pairs of at least five sentences on both sides, one of each page, as many of each source as of any other."""
    by_source: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    with gzip.open(shared() / "revisions" / "pairs.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = sorted(map(json.loads, lines), key=lambda row: _digest(f"{seed} {_key(row)}"))
    for row in rows:
        if row["old_text"].split() != row["new_text"].split():
            by_source[row["source"]].setdefault(row["id"], row)
    drawn: list[Pair] = []
    left = [iter(rows.values()) for rows in by_source.values()]
    while left and len(drawn) < count:
        found = [(rows, _next_pair(rows)) for rows in left]
        left = [rows for rows, pair in found if pair]
        drawn += [pair for _, pair in found if pair]
    return sorted(drawn[:count], key=lambda pair: (pair.source, pair.key))


def _next_pair(rows: Iterator[dict[str, str]]) -> Pair | None:
    for row in rows:
        old, new = (article(row[side].split("\n\n"), row["lang"]) for side in ("old_text", "new_text"))
        alignment = align(old, new)
        if min(len(alignment.before), len(alignment.after)) >= _SENTENCES:
            return Pair(row["id"], row["source"], _key(row), alignment, meaning(old, new, alignment))
    return None


def _key(row: dict[str, str]) -> str:
    return _digest(f"{row['old_text']}\0{row['new_text']}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def sign(item: Aligned, alignment: Alignment) -> str:
    """ "12 edited 13", "+ added 4": what became of which sentence, counted from 1."""
    old, new = (
        ",".join(alignment.name(side, at) for at in ats)
        for side, ats in (("before", item.before), ("after", item.after))
    )
    return f"{old or '+'} {item.move} {new or '-'}"


def page(pair: Pair) -> Iterator[str]:
    """A pair for careful reading, line by line."""
    told = pair.told
    yield f"\n===== {pair.key} {pair.name}: {told['alignments']} alignments, {told['changed']} changed"
    for at, item in enumerate(pair.alignment.items):
        if item.move == "kept":
            continue
        spans = merged(pair.alignment.text("before", item), pair.alignment.text("after", item))
        yield f"{sign(item, pair.alignment)}: {_shown(spans)}"
        for tag in pair.meaning.tags:
            if tag.at == at:
                yield f"    {tag.kind}: {tag.before[:200]} → {tag.after[:200]}"
    yield f"  {pair.meaning.severity}: {pair.meaning.because}"


def _shown(spans: Sequence[Span]) -> str:
    parts = []
    for span in spans:
        words = span.text.split()
        if span.mark == "same" and len(words) > 2 * _SHOWN + 1:
            words = [*words[:_SHOWN], "…", *words[-_SHOWN:]]
        parts.append(_MARKS[span.mark] % " ".join(words))
    return " ".join(parts)


def _report(drawn: list[Pair], new: list[Pair], judged: dict[str, dict[str, Any]]) -> int:
    print(f"{'source':<24}{'pairs':>6}{'aligned':>9}{'right':>9}{'not kept':>10}{'right':>9}{'tags':>7}{'right':>9}")
    sources = sorted({pair.source for pair in drawn})
    for source in [*sources, ""]:
        rows = [(pair, judged.get(pair.key)) for pair in drawn if source in ("", pair.source)]
        print(_row(source or "all", [row for _, row in rows if row]))
    for pair in drawn:
        row = judged.get(pair.key, {})
        for kind in ("wrong", "wrong_tags"):
            for fault in row.get(kind, ()):
                print(f"  {kind.replace('_', ' ')}: {pair.name}: {fault}")
    for pair in new:
        print(f"  {'told otherwise since' if pair.key in judged else 'not judged'}: {pair.key} {pair.name}")
    return int(bool(new))


def _row(name: str, rows: list[dict[str, Any]]) -> str:
    counts = Counter[str]()
    for row in rows:
        counts.update({key: row[key] for key in ("alignments", "changed", "tags")})
        counts.update(wrong=len(row["wrong"]), wrong_tags=len(row["wrong_tags"]))
    parts = [f"{name:<24}{len(rows):>6}"]
    for key, wrong, wide in (("alignments", "wrong", 9), ("changed", "wrong", 10), ("tags", "wrong_tags", 7)):
        share = 1 - counts[wrong] / counts[key] if counts[key] else 1.0
        parts.append(f"{counts[key]:>{wide}}{share:>9.1%}")
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
