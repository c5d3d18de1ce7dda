"""The disk fills up under a working daemon, again and again, and is emptied: a small tmpfs, or else a limit of files.

A ballast takes all that is left at random moments, so that commits, the growth of the write-ahead log and checkpoints
meet a full disk; then it is taken away. In the end every version and event must be there, in order, the file whole, and
nothing noted as sent that was not. A reader that holds a state of the file open lets the write-ahead log grow besides;
when it has gone, the log must shrink to less than half of that. Without the right to mount, RLIMIT_FSIZE is lowered and
raised for the running daemon (prlimit). Where nothing runs and nothing is left, not even for the files beside the
database, `doctor`, `status` and `run` must say that the disk is full.

`--with-fault`: deliveries are noted before they are made; and the write-ahead log is never emptied.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from tests.product import SECRET, until
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.inside import Clock
from tests.trials.locked import LEASE
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.product import Product
    from tests.trials.trial import Trial

PROMISE = "A full disk damages nothing, makes nothing pass for sent, and when there is room it goes on by itself."
FAULT = {
    "deliveries are noted before they are made": """
from schedules import queues
from db.work_alerts import DeliveryResult
async def never(item, target, door, services, clock):
    return DeliveryResult(item.id, clock(), delivered=True, status=200, error="", next_attempt_at=None)
queues.carry = never
""",
    "the log is never emptied": """
from db.store.connection import Store
Store._emptied = lambda self: True
""",
}
_MEGABYTES = 24


def run(trial: Trial) -> None:
    """Fill and empty it so many times."""
    times, chance = trial.sized(2, 12, 100), random.Random(1)
    clock = Clock(trial.folder / "clock")
    with truth.newspaper(8) as site, Receiver(SECRET, clock.now) as receiver, small_disk(trial) as fill, unmeasured():
        product = trial.product("disk", inside={"clock": trial.folder / "clock", "hourly": 2}, Tagblatt=site.feed)
        product.tell(receiver.url)
        product.start()
        truth.at_work(product, site)
        with truth.editing(site, chance):
            for number in range(times):
                with fill(product):
                    time.sleep(chance.uniform(1.0, 4.0))
                clock.ahead += LEASE
                time.sleep(chance.uniform(0.5, 1.5))
                trial.say(f"filled and emptied {number + 1} times")
            grown, left = _held_open(product)
        trial.wrong(*truth.settled(product, site))
        assert product.daemon is not None
        trial.expect(product.daemon.poll() is None, f"the daemon ended: {product.log()[-500:]}")
        trial.expect(product.stop() == 0, "the daemon did not end well")
        if fill is ballast:
            _begun_without_room(trial, product)
        trial.wrong(*truth.history(product, site), *truth.alerts(product, receiver))
        trial.wrong(*truth.false_notes(product, receiver))
        failed = sum(product.log().count(words) for words in ("disk is full", "disk I/O error"))
        trial.expect(failed, "the daemon never met a full disk: the trial is blind")
        trial.expect(grown, "the write-ahead log did not grow under its reader: the trial is blind")
        trial.expect(left < grown / 2, f"the write-ahead log had {grown} bytes, and {left} after its reader had gone")
        versions = sum(story.version for story in site.stories.values())
        trial.done(
            f"filled {times} times while {versions} versions were published; {failed} lines of its log tell of a full "
            f"disk; a reader of 5 s let the write-ahead log grow to {grown / 1e6:.1f} MB, then it shrank to "
            f"{left / 1e6:.1f} MB"
        )


@contextmanager
def small_disk(trial: Trial) -> Iterator[Callable[[Product], object]]:
    """A disk of a few MB at the folder of the product, and what fills it."""
    place = trial.folder / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        trial.skip("a small tmpfs (no right to mount): the size of files is limited instead")
        yield limited
        return
    try:
        yield ballast
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def ballast(product: Product) -> Iterator[None]:
    """Every byte that is left is taken."""
    file: Path = product.folder / "ballast"
    with file.open("wb", buffering=0) as opened, suppress(OSError):
        while opened.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        file.unlink()


@contextmanager
def limited(product: Product) -> Iterator[None]:
    """No file of the daemon may be larger than the database is now."""
    assert product.daemon is not None
    size = (product.folder / "n.db").stat().st_size
    _, hard = resource.prlimit(product.daemon.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(product.daemon.pid, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.prlimit(product.daemon.pid, resource.RLIMIT_FSIZE, (hard, hard))


def _begun_without_room(trial: Trial, product: Product) -> None:
    with ballast(product):
        for verb in (("doctor",), ("status",), ("run", "--once")):
            done = product.run(*verb, expect=None)
            said = done.stdout + done.stderr
            trial.expect(done.code and "disk is full" in said, f"{verb[0]} on a full disk: {done.code}, {said[-500:]}")


def _held_open(product: Product) -> tuple[int, int]:
    """The most that the write-ahead log came to under a reader, and what it is half a minute after it at most."""
    log = product.folder / "n.db-wal"
    with closing(sqlite3.connect(f"file:{product.folder / 'n.db'}?mode=ro", uri=True, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM revisions").fetchone()
        time.sleep(5)
        grown = log.stat().st_size
    with suppress(AssertionError):
        until(lambda: log.stat().st_size < grown / 2, 30)
    return grown, log.stat().st_size
