"""A receiver that is down for a day: nobody listens for one half of it, 503 in the other, while the site edits.

The clock is injected and goes on by half an hour at a time; daemon, file and sockets are real. What comes is verified
by the package `standardwebhooks`, its timestamp by the injected clock. After the outage the daemon is killed three
times between the receiver's 2xx and its own note of it: then an event comes twice, with the same id.

`--with-fault`: every attempt is signed with an id of its own.
"""

from __future__ import annotations

import random
import signal
import time
from typing import TYPE_CHECKING

from tests.product import SECRET, until
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.beacon import Beacon
from tests.trials.inside import Clock
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from tests.product import Product
    from tests.trials.trial import Trial

PROMISE = "A receiver that was down for 24 h gets every event at least once, in order per article, under the same id."
FAULT = """
import secrets
from schedules import deliver
signed = deliver.signed
deliver.signed = lambda body, uid, secret, now: signed(body, f"evt_{secrets.token_hex(16)}", secret, now)
"""
STEP = 1_800.0
# After ten attempts in 75 hours an event is dead: docs/events.md.
_HORIZON = 80 * 3_600.0


def run(trial: Trial) -> None:
    """So many hours of outage, then until nothing waits."""
    hours, chance = trial.sized(6, 24, 48), random.Random(24)
    clock, beacon = Clock(trial.folder / "clock"), Beacon(trial.folder / "beacon")
    inside: dict[str, object] = {"clock": trial.folder / "clock", "beacon": trial.folder / "beacon"}
    with truth.newspaper(6) as site, Receiver(SECRET, clock.now) as receiver, unmeasured():
        site.clock = clock.now
        product = trial.product("daemon", inside=inside, Tagblatt=site.feed)
        product.tell(receiver.url)
        receiver.stop()
        product.start()
        truth.at_work(product, site)
        for step in range(int(hours * 3_600 / STEP)):
            if step == int(hours * 1_800 / STEP):
                receiver.plan([503] * 1_000_000)
                receiver.start()
            site.edit(chance.randint(1, len(site.stories)), stamp=chance.random() < 0.7)
            until(lambda: truth.caught_up(product, site), truth.PATIENCE)
            time.sleep(0.5)
            _pass(clock, beacon, STEP)
        waiting = truth.waiting(product)
        failed = len(receiver.received)
        receiver.plan([])
        trial.say(f"{hours} h are over: {waiting} events wait")
        after = _delivered(trial, product, clock, beacon)
        trial.expect(product.stop() == 0, "the daemon did not end well")
        trial.wrong(*truth.history(product, site), *truth.alerts(product, receiver))
        trial.wrong(*truth.false_notes(product, receiver))
        trial.expect(waiting, "nothing waited when the outage was over: the trial is blind")
        trial.done(
            f"{hours} h of outage: {waiting} events waited, {failed} attempts got 503; all were delivered within "
            f"{after / 3_600:.1f} h after it, {truth.sent_twice(receiver)} twice, under the same id, after 3 kills "
            f"between the receiver's 2xx and our note"
        )


def _pass(clock: Clock, beacon: Beacon, seconds: float) -> None:
    """Let time pass, but not while something is on its way that was signed before."""
    until(lambda: "send" not in beacon)
    clock.ahead += seconds


def _delivered(trial: Trial, product: Product, clock: Clock, beacon: Beacon) -> float:
    """Let time pass until nothing waits, killing the daemon now and then; says how much passed."""
    began, kills = clock.ahead, 0
    while truth.waiting(product) and clock.ahead - began < _HORIZON:
        if not _seen("note", beacon):
            _pass(clock, beacon, STEP)
            continue
        if kills == 3:
            continue
        assert product.daemon is not None
        product.daemon.send_signal(signal.SIGKILL)
        product.daemon.wait()
        kills += 1
        trial.say(f"killed while {beacon.phase}")
        beacon.clear()
        product.start()
        until(lambda: "working" in beacon, truth.PATIENCE)
    trial.expect(kills == 3, f"{kills} kills instead of 3 fell between the receiver's 2xx and our note")
    left = truth.waiting(product)
    trial.expect(not left, f"{left} events still wait after {(clock.ahead - began) / 3_600:.0f} h")
    return clock.ahead - began


def _seen(phase: str, beacon: Beacon, seconds: float = 1.0) -> bool:
    """Wait for it, hardly sleeping: it lasts for milliseconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if phase in beacon:
            return True
        time.sleep(0.0002)
    return False
