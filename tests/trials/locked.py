"""Another process holds the lock of the database for longer than the daemon waits for it, and Datasette reads on.

The lock is a BEGIN IMMEDIATE of a process of its own. Meanwhile the site edits, pages are asked for without a pause,
and memory is measured. In the end every version and event must be there, in order, and nothing may be noted as sent
that was not.

`--with-fault`: what could not be recorded is dropped, and its item never handed out again.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from db.store.connection import BUSY_MS
from tests.product import SECRET, answers, until
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.inside import Clock
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.trials.trial import Trial

PROMISE = "A database that is locked for a minute loses nothing, and what waits goes on by itself."
FAULT = """
from datetime import timedelta
from db.store import deliveries, hosts
deliveries.LEASE = hosts.LEASE = timedelta(days=400)
from db.store import articles, sources
articles.LEASE = sources.LEASE = timedelta(days=400)
"""
# As long as somebody may have an item in hand (db.store.hosts.LEASE), and a little.
LEASE = 330
# So many seconds the daemon waits for the lock, as SQLite counts them: without what it takes to wake up. What fails
# after that is handed out again.
WAITS = BUSY_MS / 1000
_HOLD = """
import sqlite3, sys, time
con = sqlite3.connect(sys.argv[1], timeout=120, isolation_level=None)
con.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
con.execute("ROLLBACK")
"""
_MOST_MB = 60.0


def run(trial: Trial) -> None:
    """Held once for less than the daemon waits, and once so long that several who stand in line fail."""
    clock, asked, spans = Clock(trial.folder / "clock"), 0, trial.sized((3,), (20, 240), (20, 240, 900))
    with truth.newspaper(8) as site, Receiver(SECRET, clock.now) as receiver, unmeasured():
        product = trial.product("daemon", inside={"clock": trial.folder / "clock"}, Tagblatt=site.feed)
        product.tell(receiver.url)
        product.start()
        until(answers(product), truth.PATIENCE)
        truth.at_work(product, site)
        assert product.daemon is not None
        daemon = product.daemon.pid
        before = resident(daemon)
        with truth.editing(site, random.Random(1)):
            for seconds in spans:
                with holding(product.folder / "n.db", seconds):
                    trial.say(f"locked for {seconds} s")
                    end = time.monotonic() + seconds - 0.5
                    while time.monotonic() < end:
                        product.browse("/-/status")
                        asked += 1
                if seconds > WAITS:  # what could not be recorded is handed out again when its lease ends
                    clock.ahead += LEASE
                time.sleep(2)
        grown = resident(daemon) - before
        trial.wrong(*truth.settled(product, site))
        trial.expect(product.stop() == 0, "the daemon did not end well")
        trial.wrong(*truth.history(product, site), *truth.alerts(product, receiver))
        trial.wrong(*truth.false_notes(product, receiver))
    trial.expect(grown < _MOST_MB, f"memory grew by {grown:.0f} MB while it waited")
    failed = product.log().count("database is locked")
    trial.expect(failed or max(spans) < WAITS, f"no write failed in {max(spans)} s: the trial is blind")
    trial.done(
        f"locked for {', '.join(f'{seconds} s' for seconds in spans)} under edits: {failed} writes failed and were "
        f"done again, {asked} pages answered meanwhile, memory grew by {grown:.0f} MB"
    )


@contextmanager
def holding(file: Path, seconds: float) -> Iterator[None]:
    """Another process has the lock meanwhile."""
    command = [sys.executable, "-c", _HOLD, str(file), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline(), "the lock could not be had"
        yield
        holder.wait()


def resident(pid: int) -> float:
    """MB of memory that a process has, its children apart; 0 if it is no more."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
