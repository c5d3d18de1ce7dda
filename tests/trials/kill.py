"""SIGKILL at moments that are known, while the site edits: truth is the site's own log and the receiver's.

A quarter of the lives ends as they start, a quarter at any time, and half of them when something chosen is under way: a
fetch, a reading, a transaction, a commit, a checkpoint, a delivery, the moment between the receiver's 2xx and our note
of it. What was under way is known by counters that the program keeps in mapped memory (`tests.trials.beacon`), read
after its death. Where it is a transaction, each of its writes is made to take longer. Every other time its children
are killed with it. After each third death what is stored is looked at: it must be there in the end, as it was. What
hourly work there is, the checkpoint above all, is done every second.

Migrations are killed in `restore`. `--with-fault`: every statement is a transaction of its own, as it is without BEGIN;
or the event of a version is committed after it.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.product import SECRET, until
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.beacon import Beacon
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from tests.product import Product
    from tests.trials.trial import Trial

MINUTES = 16
PROMISE = "SIGKILL at any moment loses nothing that was recorded, and doubles and tears nothing."
FAULT = {
    "every statement is a transaction": """
import time
from db.store.connection import Store
def alone(self, begin, work):
    self._connection.set_trace_callback(lambda sql: time.sleep(0.001))
    return work(self._connection)
Store._within = alone
""",
    "an event is committed after its version": """
from db.store import events
known = events._known
def apart(con, *more):
    con.execute("COMMIT")
    con.execute("BEGIN IMMEDIATE")
    return known(con, *more)
events._known = apart
""",
}
STORIES = 8
AIMED = ("transaction", "note", "transaction", "send", "transaction", "checkpoint", "fetch", "commit")
_PATIENCE = 20.0


def run(trial: Trial) -> None:
    """So many lives, then one in which all is caught up with."""
    kills = trial.sized(8, 200, 1_000)
    chance, beacon = random.Random(kills), Beacon(trial.folder / "beacon")
    fell: Counter[str] = Counter()
    with truth.newspaper(STORIES) as site, Receiver(SECRET) as receiver:
        product = trial.product("daemon", inside={"beacon": trial.folder / "beacon", "hourly": 1}, Tagblatt=site.feed)
        product.tell(receiver.url)
        seen: set[tuple[object, ...]] = set()
        with truth.editing(site, chance), unmeasured():  # who is killed writes no results
            for number in range(kills):
                fell[_life(product, beacon, number, chance)] += 1
                if number % 3 == 2:
                    seen |= _hashes(product)
                if number % 20 == 19:
                    trial.say(f"{number + 1} kills: {dict(fell.most_common())}")
        product.start()
        trial.wrong(*truth.settled(product, site))
        trial.expect(product.stop() == 0, "the last life did not end well")
        trial.wrong(*truth.history(product, site), *truth.alerts(product, receiver))
        lost = seen - _hashes(product)
        trial.expect(not lost, f"seen after a kill, and gone or another in the end: {len(lost)} revisions")
        versions, stored = sum(story.version for story in site.stories.values()), len(_hashes(product))
        trial.done(
            f"{kills} kills while {versions} versions were published and {stored} seen; {truth.sent_twice(receiver)} "
            f"events came twice, with the same id; they fell in: {_histogram(fell)}"
        )
        expected = set(trial.sized(("start",), (*AIMED, "start"), (*AIMED, "start")))
        trial.expect(expected <= fell.keys(), f"no kill fell in {sorted(expected - fell.keys())}: the trial is blind")


def _life(product: Product, beacon: Beacon, number: int, chance: random.Random) -> str:
    """Start it, kill it, and say what it was at."""
    beacon.clear()
    product.start()
    assert product.daemon is not None
    aimed = AIMED[number // 4 % len(AIMED)] if number % 4 > 1 else ""
    if number % 4 == 0:
        time.sleep(chance.uniform(0.0, 2.0))
    else:
        daemon = product.daemon
        until(lambda: "working" in beacon or daemon.poll() is not None, truth.PATIENCE)
        if daemon.poll() is not None:
            raise RuntimeError(f"the daemon ended before anybody killed it: {product.log()[-2_000:]}")
        if aimed:
            _wait_for(aimed, beacon, chance)
        else:
            time.sleep(chance.uniform(0.0, 2.0))
    family = [product.daemon.pid, *(children(product.daemon.pid) if number % 2 else ())]
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    product.daemon.wait()
    # Of several that were under way what was aimed at: a commit beside a delivery would hide all deliveries.
    return aimed if aimed and aimed in beacon else beacon.phase


def _wait_for(phase: str, beacon: Beacon, chance: random.Random) -> None:
    time.sleep(chance.uniform(0.0, 1.0))  # not always the first
    end = time.monotonic() + _PATIENCE
    if phase == "transaction":
        _wait_within(beacon, chance.uniform(0.0, 0.5), end)
        return
    while phase not in beacon and time.monotonic() < end:
        time.sleep(0.0002)  # to sleep longer would be to miss it, and not to sleep to take the daemon's processor
    time.sleep(chance.choice((0.0, 0.0, 0.0005, 0.002)))


def _wait_within(beacon: Beacon, seconds: float, end: float) -> None:
    """Until transactions, stretched, have taken so long together: any moment of one is met, of a long one rather."""
    beacon.raised("stretch")
    now = time.monotonic()
    while seconds > 0 and now < end:
        time.sleep(0.0002)
        before, now = now, time.monotonic()
        seconds -= (now - before) if "transaction" in beacon else 0.0


def children(pid: int) -> list[int]:
    """Its children and theirs."""
    found = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, thread.read_text().split()):
            found += [child, *children(child)]
    return found


def _hashes(product: Product) -> set[tuple[object, ...]]:
    """All revisions, with the hash that the chain holds them by."""
    return set(truth.rows(product, "SELECT id, hash FROM revisions"))


def _histogram(fell: Counter[str]) -> str:
    return ", ".join(f"{phase} {count}" for phase, count in fell.most_common())
