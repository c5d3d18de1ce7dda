"""Another process holds the lock of the database, for less and for longer than the daemon waits; Datasette reads on.

The lock is a BEGIN IMMEDIATE of a process of its own. Meanwhile the site edits, pages are asked for without a pause,
and memory is measured. In the end every version and event must be there, in order, and nothing may be noted as sent
that was not. While the lock is held for less than the daemon waits for it, a minute, nothing may even fail.

`--with-fault`: the lease of what could not be recorded does not end, and nobody minds that it is too long; and the
daemon waits a tenth of a second only.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
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

MINUTES = 4
PROMISE = "A database that is locked for a minute loses nothing, and what waits goes on by itself."
FAULT = {
    "leases do not end": """
from datetime import timedelta
from db.store import deliveries, hosts, sources
from schedules import daemon
deliveries.LEASE = hosts.LEASE = sources.LEASE = timedelta(days=400)
daemon.end_odd_waits = lambda *_: None
""",
    "it hardly waits for the lock": """
from db.store import connection
connection.BUSY_MS = 100
""",
}
# As long as somebody may have an item in hand (db.store.hosts.LEASE), and a little.
LEASE = 330
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
    """For less than the daemon waits for the lock, with one that waits so little that much fails, and for longer."""
    _locked(trial, "waits", trial.sized(3, 50, 55))
    _locked(trial, "fails", trial.sized(8, 65, 600), patience=1)
    if trial.size != "short":
        _locked(trial, "longer", trial.sized(0, 75, 600))


def _locked(trial: Trial, name: str, seconds: float, **inside: float) -> None:
    clock, asked = Clock(trial.folder / f"{name}.clock"), 0
    with truth.newspaper(8) as site, Receiver(SECRET, clock.now) as receiver, unmeasured():
        product = trial.product(name, inside={"clock": trial.folder / f"{name}.clock", **inside}, Tagblatt=site.feed)
        product.tell(receiver.url)
        product.start()
        until(answers(product), truth.PATIENCE)
        truth.at_work(product, site)
        assert product.daemon is not None
        daemon = product.daemon.pid
        before = resident(daemon)
        with truth.editing(site, random.Random(1)):
            with ExitStack() as lock:
                with site.lock:  # nobody is answered: looks are under way when the lock is taken
                    time.sleep(2)
                    lock.enter_context(holding(product.folder / "n.db", seconds))
                end = time.monotonic() + seconds - 1
                while time.monotonic() < end:
                    product.browse("/-/status")
                    asked += 1
                clock.ahead += LEASE  # what could not be recorded is handed out again when its lease ends
            time.sleep(2)
        grown = resident(daemon) - before
        trial.wrong(*truth.settled(product, site))
        trial.expect(product.stop() == 0, "the daemon did not end well")
        trial.wrong(*truth.history(product, site), *truth.alerts(product, receiver))
        trial.wrong(*truth.false_notes(product, receiver))
    failed, lost = (product.log().count(what) for what in ("cannot be handed out", "cannot be recorded"))
    trial.expect(grown < _MOST_MB, f"memory grew by {grown:.0f} MB while it waited")
    if seconds < BUSY_MS / 1000 and not inside:
        trial.expect(not failed + lost, f"the lock was held for {seconds} s, and {failed} and {lost} failed")
    else:
        trial.expect(failed + lost, f"nothing failed in {seconds} s: the trial is blind")
    trial.expect(lost or not inside, f"all that was done could be recorded in {seconds} s: the trial is blind")
    waited = f"{inside['patience']} s" if inside else "a minute"
    trial.done(
        f"locked for {seconds} s under edits, of which the daemon waits {waited}: {failed} times it could not ask what "
        f"is due, {lost} times not record what it had done; {asked} pages answered meanwhile, memory grew by "
        f"{grown:.0f} MB"
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
