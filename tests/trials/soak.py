"""A daemon that works for long, with faults mixed in: memory, descriptors, threads and the write-ahead log stay flat.

Stories are edited all the time; the receiver fails now and then, the database is locked, one source never answers.
Every second it is measured; of the second half, slopes are given with their interval, and how long it was. Hourly work
is done every ten seconds. The file grows by what is kept of each version, and by no more. In the end everything must be
there and told, in order, and nothing noted as told that was not, as after any other trial.

`--with-fault`, in the full form: the daemon keeps a descriptor of every answer, or 8 kB; its readers keep a megabyte of
every page; each transaction leaves 100 kB in the file.
"""

from __future__ import annotations

import math
import random
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.product import SECRET, free_port
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.kill import children
from tests.trials.locked import holding, resident
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.product import Product
    from tests.trials.trial import Trial

MINUTES = 8
PROMISE = "It can run for years: memory, descriptors and the write-ahead log do not grow with the time."
_KEEPING = """
import os
from scraper import http
kept, get = [], http.Door.get
async def keeping(self, *args, **named):
    kept.append({})
    return await get(self, *args, **named)
http.Door.get = keeping
"""
FAULT = {
    "it keeps a descriptor of every answer": _KEEPING.format("os.open(os.devnull, os.O_RDONLY)"),
    "it keeps 8 kB of every answer": _KEEPING.format("os.urandom(8_000)"),
    "its readers keep something of every page": """
from schedules import readers
run = readers.Readers._run
async def leaking(self, *arguments):
    pool = await self._processes()
    pool.schedule(eval, args=("__import__('builtins').__dict__.setdefault('kept', []).append(b'x' * 1_000_000)",))
    return await run(self, *arguments)
readers.Readers._run = leaking
""",
    "what it writes takes too much room": """
from itertools import count
from db.store.connection import Store
transaction, numbers = Store._transaction, count()
def wasteful(self, work):
    def both(con):
        con.execute("INSERT INTO meta (key, value) VALUES (?, hex(randomblob(50000)))", [f"waste {next(numbers)}"])
        return work(con)
    return transaction(self, both)
Store._transaction = wasteful
""",
}
# What the second half may grow by, however short: caches fill, and the allocator breathes …
_MOST = {"daemon MB": 5.0, "children MB": 10.0, "descriptors": 5.0, "threads": 3.0, "log MB": 10.0}
# … and by so much more for each of its hours.
_MOST_AN_HOUR = 20.0
# … and the file by so much for each version of a page of 1 kB, whose raw page, words, ruling and events are kept.
_MOST_KB, _MOST_AT_ONCE = 20.0, 0.5


def run(trial: Trial) -> None:
    """So many seconds, measured each second."""
    seconds, chance = trial.sized(20, 240, 4 * 3_600), random.Random(5)
    measured: list[dict[str, float]] = []
    with truth.newspaper(20) as site, Receiver(SECRET) as receiver, unmeasured():
        dead = f"http://127.0.0.1:{free_port()}/feed.xml"
        product = trial.product("daemon", inside={"hourly": 10}, Tagblatt=site.feed, Dead=dead)
        product.tell(receiver.url)
        product.start()
        truth.at_work(product, site)
        began = time.monotonic()
        with truth.editing(site, chance, 0.5):
            while (now := time.monotonic() - began) < seconds:
                measured.append({"seconds": now, "versions": truth.published(site), **_measured(product)})
                _disturb(product, receiver, len(measured))
                if len(measured) % 60 == 0:
                    trial.say(", ".join(f"{name} {value:.0f}" for name, value in measured[-1].items()))
                time.sleep(max(0.0, 1.0 - (time.monotonic() - began - now)))
        trial.wrong(*truth.settled(product, site, 600))
        trial.expect(product.stop() == 0, "the daemon did not end well")
        trial.wrong(*truth.history(product, site), *truth.alerts(product, receiver))
        trial.wrong(*truth.false_notes(product, receiver))
    trial.done(
        f"{seconds / 60:.0f} minutes, {truth.published(site)} versions, {len(receiver.accepted)} alerts taken, "
        f"{truth.sent_twice(receiver)} twice, under the same id"
    )
    judge(trial, measured[len(measured) // 2 :])


def _disturb(product: Product, receiver: Receiver, number: int) -> None:
    if number % 20 == 5:
        receiver.plan([500, 429, 503])
    if number % 60 == 30:
        with holding(product.folder / "n.db", 2):
            pass


def _measured(product: Product) -> dict[str, float]:
    assert product.daemon is not None
    pid = product.daemon.pid
    log = product.folder / "n.db-wal"
    return {
        "daemon MB": resident(pid),
        "children MB": sum(map(resident, children(pid))),
        "descriptors": len(list(Path(f"/proc/{pid}/fd").iterdir())),
        "threads": len(list(Path(f"/proc/{pid}/task").iterdir())),
        "log MB": log.stat().st_size / 1e6 if log.exists() else 0.0,
        "file MB": (product.folder / "n.db").stat().st_size / 1e6,
    }


def judge(trial: Trial, half: Sequence[dict[str, float]]) -> None:
    """The slopes of the second half."""
    at = [row["seconds"] / 3_600 for row in half]
    length, versions = at[-1] - at[0], half[-1]["versions"] - half[0]["versions"]
    for name, bound in _MOST.items():
        slope, error = _slope(at, [row[name] for row in half])
        grown = (slope - 2 * error) * length  # what it grew by at least
        trial.expect(
            grown <= bound + _MOST_AN_HOUR * length, f"{name} grew by {grown:.1f} at least in {60 * length:.0f} minutes"
        )
        trial.done(f"{name}: {slope:+.1f} ± {2 * error:.1f} an hour, {half[-1][name]:.0f} in the end")
    written = half[-1]["file MB"] - half[0]["file MB"]
    trial.expect(
        written <= _MOST_AT_ONCE + versions * _MOST_KB / 1_000,
        f"{written:.1f} MB were written for {versions:.0f} versions",
    )
    trial.done(
        f"{written * 1_000 / max(versions, 1):.1f} kB of the file a version, {half[-1]['file MB']:.0f} MB in the end"
    )


def _slope(at: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """Least squares, and the standard error of the slope, as if the points were independent, which they are not."""
    slope, start = statistics.linear_regression(at, values)
    left = sum((value - start - slope * moment) ** 2 for moment, value in zip(at, values, strict=True))
    spread = sum((moment - statistics.fmean(at)) ** 2 for moment in at)
    return slope, math.sqrt(left / max(len(at) - 2, 1) / spread)
