"""Lives through a week with the product's own jobs and store and an injected clock, and checks every ruling that
accuses against what happened: `python -m benchmarks.newsroom`."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.newsroom.report import Report, report
from benchmarks.newsroom.room import live
from benchmarks.newsroom.truth import COUNTED

# A database that is thrown away need not wait for a disk.
_MEMORY = Path("/dev/shm")
_ENOUGH, _TRUE = 600, 0.995


def main(*arguments: str) -> int:
    """Prints a table by verdict. Ends with 1 if too few were made, or are true."""
    options = ArgumentParser(description="A simulated newsroom: are the rulings that accuse true?")
    options.add_argument("--articles", type=int, default=7, help="of an outlet of the usual size, in each room")
    options.add_argument("--seeds", type=int, nargs="+", default=[*range(1, 12)], help="one room each")
    options.add_argument(
        "--budget", type=float, default=30, help="looks at an article, planned; 0: they come by its age"
    )
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="rooms at a time")
    options.add_argument("--json", default="newsroom.json", help="where the result is written")
    said = options.parse_args(arguments)
    begun, whole = time.monotonic(), Report()
    room = partial(_room, said.articles, said.budget or None)
    with ProcessPoolExecutor(min(said.processes, len(said.seeds))) as cores:
        for found in cores.map(room, said.seeds):
            whole.add(found)
    took = time.monotonic() - begun
    whole.show()
    print(f"seeds {', '.join(map(str, said.seeds))}, {took:.0f} s, {whole.cpu_seconds:.0f} s of processor time")
    result = {
        "seeds": said.seeds,
        "budget": said.budget,
        "seconds": round(took),
        "share_true": whole.share_true(),
        **vars(whole),
    }
    Path(said.json).write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    return int(whole.share_true() < _TRUE or sum(whole.told[name] for name in COUNTED) < _ENOUGH)


def _room(articles: int, budget: float | None, seed: int) -> Report:
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        begun = time.process_time()
        found = report(*live(Path(folder) / "n.db", articles, seed, budget))
    found.cpu_seconds = time.process_time() - begun
    print(f"seed {seed}: {found.looks} looks, {found.cpu_seconds:.0f} s of processor time", file=sys.stderr)
    return found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
