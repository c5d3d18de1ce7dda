"""Six endpoints and SIGKILL: told at once, hourly, five times an hour, not at night; one hangs, and one says 410.

The clock is injected and goes on by leaps, so that hours pass in seconds; daemon, file and sockets are real, and what
comes is verified by the package `standardwebhooks`, but for its age (that is tried by `receiver_down`). While the site
edits, and articles go and come back,

1. one endpoint hangs, and one says 410 to its third event: the others are told as if they were not there;
2. the daemon is killed, every other time between the receiver's 2xx to a digest and our note of what the digest
   carried: a moment that is stretched to a tenth of a second, or none would meet it;
3. `nachtrag redeliver` has the endpoint that said 410 told of what was given up.

In the end each was told all that its rules name, of each article in order, each event under one id, alone or in one
digest, and a digest that came again told the same once more. Nothing that was recorded at night was told in that night.

`--with-fault`: each attempt at a digest has an id of its own; what hangs holds up all others; quiet hours are
not kept; limits are not kept.
"""

from __future__ import annotations

import random
import signal
import time
from collections import defaultdict
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.product import SECRET, until
from tests.receiver import Receiver, Reply
from tests.trials import truth
from tests.trials.beacon import Beacon
from tests.trials.inside import Clock
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.product import Product
    from tests.receiver import Received
    from tests.site import Site
    from tests.trials.trial import Trial

MINUTES = 5
PROMISE = (
    "Whatever the rules of an endpoint, it is told all that they name, and whoever hangs or fails holds up no other."
)
FAULT = {
    "each attempt at a digest has an id of its own": """
import secrets
from dataclasses import replace
from db.store import deliveries
whole = deliveries._handed_out
def handed_out(con, row):
    due = whole(con, row)
    if not row["digest_uid"]:
        return due
    uid = f"dig_{secrets.token_hex(16)}"
    return replace(due, event_uid=uid, body=due.body.replace(due.event_uid, uid))
deliveries._handed_out = handed_out
""",
    "what hangs holds up all others": """
import asyncio
from schedules import queues
carry, one = queues.carry, asyncio.Lock()
async def after_the_others(*arguments):
    async with one:
        return await carry(*arguments)
queues.carry = after_the_others
""",
    "quiet hours are not kept": """
from dataclasses import replace
from schedules import queues
from schedules.route import Wishes
route = queues.route
def at_any_time(due, wishes, now):
    return route(due, {name: replace(wish, quiet=None) for name, wish in wishes.items()}, now)
queues.route = at_any_time
Wishes.is_quiet = lambda *_: False
""",
    "limits are not kept": """
from dataclasses import replace
from schedules import queues
route = queues.route
def without_end(due, wishes, now):
    return route(due, {name: replace(wish, per_hour=None) for name, wish in wishes.items()}, now)
queues.route = without_end
""",
}
STORIES = 6
STEP = 540.0  # whoever has handed out nothing for ten minutes was off, and spreads what is late over an hour
A_FEW, NIGHT = 5, (20, 6)
_RULES = {
    "desk": 'events = ["article.*"]',
    "hourly": 'events = ["article.changed", "article.gone"]\ndigest = "hourly"',
    "few": f'events = ["article.*"]\nper_hour = {A_FEW}',
    "night": f'events = ["article.*"]\nquiet = "{NIGHT[0]:02}:00-{NIGHT[1]:02}:00"',
    "hangs": 'events = ["article.*"]',
    "gone": 'events = ["article.*"]',
}
# `article.returned` comes to `hourly` as it was told, or is to be told, that the article is gone.
_WANTED = {"desk": "", "few": "", "night": "", "hourly": ("article.changed", "article.gone", "article.returned")}
_TAKEN_BY_GONE = 2
_MOST_HOURS = 200
_PATIENCE = 20.0
# An attempt that hangs ends after 15 seconds: docs/events.md.
_PROMPT = timedelta(seconds=10)


@dataclass
class _Desk:
    """All that the steps of the trial need."""

    trial: Trial
    product: Product
    site: Site
    clock: Clock
    beacon: Beacon
    told: dict[str, Receiver]

    def start(self) -> None:
        self.beacon.clear()
        self.product.start()
        until(lambda: "working" in self.beacon, truth.PATIENCE)

    def kill(self) -> None:
        assert self.product.daemon is not None
        self.product.daemon.send_signal(signal.SIGKILL)
        self.product.daemon.wait()

    def hour(self) -> None:
        """Let an hour pass, and a little, step by step."""
        for _ in range(7):
            self.clock.ahead += STEP
            time.sleep(0.1)


def run(trial: Trial) -> None:
    """All three, and what came of it."""
    clock, kills = Clock(trial.folder / "clock"), trial.sized(4, 8, 400)
    inside: dict[str, object] = {"clock": trial.folder / "clock", "beacon": trial.folder / "beacon"}
    with ExitStack() as stack:
        site = stack.enter_context(truth.newspaper(STORIES))
        site.clock = clock.now
        told = {name: stack.enter_context(Receiver(SECRET, clock.now, timedelta(days=1))) for name in _RULES}
        stack.enter_context(unmeasured())
        product = trial.product("daemon", inside=inside, Tagblatt=site.feed)
        for name, rules in _RULES.items():
            product.tell(told[name].url, name=name, rules=rules)
        desk = _Desk(trial, product, site, clock, Beacon(trial.folder / "beacon"), told)
        _beside_who_hangs(desk)
        if trial.fault and trial.broken:
            return  # what holds up others would hold up all that follows, too
        _killed(desk, kills)
        _all_told(desk)
        _sent_after_all(desk)
        _all_told(desk)
        trial.expect(product.stop() == 0, "the daemon did not end well")
        trial.wrong(*truth.history(product, site))
        _judge(desk)


def _beside_who_hangs(desk: _Desk) -> None:
    """The clock runs on as ours does; who is told at once must be."""
    desk.told["hangs"].plan([Reply(slow=True)] * 1_000_000)
    desk.told["gone"].plan([200] * _TAKEN_BY_GONE + [410] * 1_000_000)
    desk.start()
    truth.at_work(desk.product, desk.site)
    with truth.editing(desk.site, random.Random(2), 0.7):
        time.sleep(desk.trial.sized(20, 40, 120))
    until(lambda: _states(desk, "gone")["disabled"], truth.PATIENCE)
    until(lambda: not _waiting(desk, ("desk",)), truth.PATIENCE)
    late = [got.at - _when(got) for got in desk.told["desk"].accepted]
    hung, most = len(desk.told["hangs"].received), max(late).total_seconds()
    few = len({got.id for got in desk.told["few"].accepted})
    desk.trial.expect(few <= A_FEW < len(late), f"{few} of {len(late)} were told where {A_FEW} an hour may be")
    desk.trial.expect(hung, "nothing hung: the trial is blind")
    desk.trial.expect(max(late) < _PROMPT, f"told {most:.0f} s after it was recorded, beside {hung} that hung")
    desk.trial.done(
        f"{hung} attempts at one endpoint hung for 15 s each, one said 410 to its third event: another was told of all "
        f"{len(late)} within {most:.0f} s of their recording, and the one that may be told {A_FEW} an hour of {few}"
    )


def _killed(desk: _Desk, kills: int) -> None:
    """So many lives, in which articles go and come back."""
    chance, fell = random.Random(kills), defaultdict[str, int](int)
    desk.kill()
    with truth.editing(desk.site, chance, 0.5):
        for number in range(kills):
            story = desk.site.stories[chance.randint(1, STORIES)]
            story.missing = not story.missing
            desk.start()
            _live(desk, chance, aimed=number % 2 == 0)
            desk.kill()
            fell["digest" if "digest" in desk.beacon else desk.beacon.phase] += 1
        for story in desk.site.stories.values():
            story.missing = False
    desk.trial.expect(fell["digest"], "no kill fell between a 2xx to a digest and our note of it: the trial is blind")
    desk.trial.done(f"{kills} kills, which fell in: {', '.join(f'{phase} {times}' for phase, times in fell.items())}")
    desk.start()


def _live(desk: _Desk, chance: random.Random, *, aimed: bool) -> None:
    """Up to where it is killed: any moment, or the one after a digest was taken."""
    if not aimed:
        time.sleep(chance.uniform(0.0, 4.0))
        return
    with suppress(AssertionError):
        until(lambda: _states(desk, "hourly")["held"] > 1, _PATIENCE)
        desk.hour()
        end = time.monotonic() + _PATIENCE
        while "digest" not in desk.beacon and time.monotonic() < end:
            time.sleep(0.0005)


def _all_told(desk: _Desk) -> None:
    """Let hours pass until nothing waits for those that take what they are told."""
    until(lambda: truth.caught_up(desk.product, desk.site), truth.PATIENCE)
    for _ in range(_MOST_HOURS):
        if not _waiting(desk, tuple(_WANTED)):
            return
        desk.hour()
    desk.trial.wrong(f"after {_MOST_HOURS} hours {_waiting(desk, tuple(_WANTED))} deliveries wait")


def _sent_after_all(desk: _Desk) -> None:
    """Who said 410 was left alone, and is told when somebody asks for it."""
    gone = desk.told["gone"]
    asked = len(gone.received) - _TAKEN_BY_GONE
    desk.trial.expect(asked <= 4, f"{asked} were sent to an endpoint that said 410")  # four at a time are on their way
    given_up = _states(desk, "gone")["dead"]
    gone.plan([])
    desk.product.run("redeliver", "--dead", "--endpoint", "gone")
    until(lambda: len(gone.accepted) > _TAKEN_BY_GONE, truth.PATIENCE)
    for _ in range(_MOST_HOURS):
        if not _waiting(desk, ("gone",)):
            break
        desk.hour()
    desk.trial.expect(not _waiting(desk, ("gone",)), "what was asked to be sent again still waits")
    taken = len(gone.accepted) - _TAKEN_BY_GONE
    desk.trial.done(f"of {given_up} given up after a 410 redeliver sent {taken}; {asked} were asked before it")


def _judge(desk: _Desk) -> None:
    """What each was told against what its rules name."""
    events = desk.product.events()
    places = {event["id"]: place for place, event in enumerate(events)}
    for name, kinds in _WANTED.items():
        wanted = {event["id"] for event in events if not kinds or event["type"] in kinds}
        desk.trial.wrong(*(f"{name}: {fault}" for fault in _faults(desk, name, wanted, places)))
    broken = [got for got in desk.told["night"].accepted if got.type != "article.returned" and _in_its_night(got)]
    desk.trial.expect(not broken, f"{len(broken)} were told at night of what was recorded in it: {broken[:1]}")
    for name in _RULES:
        false = _noted(desk, name) - set(_told_in(desk, name))
        desk.trial.expect(not false, f"{name}: noted as delivered, but never accepted: {sorted(false)}")
        unknown = {got.id for got in desk.told[name].received if got.type != "digest"} - places.keys()
        desk.trial.expect(not unknown, f"{name}: sent under an id that is not in the database: {sorted(unknown)}")
    for name in _WANTED:
        came = [got.id for got in desk.told[name].accepted]
        digests = {got.id for got in desk.told[name].accepted if got.type == "digest"}
        desk.trial.done(
            f"{name}: {len(_told_in(desk, name))} events in {len(set(came))} messages, {len(digests)} of them digests; "
            f"{len(came) - len(set(came))} came once more"
        )


def _faults(desk: _Desk, name: str, wanted: set[str], places: dict[str, int]) -> Iterator[str]:
    receiver, told_in = desk.told[name], _told_in(desk, name)
    if receiver.refused:
        yield f"refused {len(receiver.refused)}: {receiver.refused[0]}"
    if lost := wanted - told_in.keys():
        yield f"never told {len(lost)} of {len(wanted)}"
    if twice := [uid for uid, messages in told_in.items() if len(messages) > 1]:
        yield f"{len(twice)} events were told under several ids"
    said = defaultdict[str, set[str]](set)
    for got in receiver.received:
        said[got.id].add(str(sorted(event["id"] for event in truth.events_in(got))))
    if other := [uid for uid, bodies in said.items() if len(bodies) > 1]:
        yield f"{len(other)} messages told something else when they came again"
    yield from _out_of_order(receiver.accepted, places)


def _out_of_order(accepted: Iterable[Received], places: dict[str, int]) -> Iterator[str]:
    """By first arrivals. That an article is there again waits for nothing that is held, and so comes before it."""
    first, by_article = set[str](), defaultdict[str, list[int]](list)
    for got in accepted:
        for event in truth.events_in(got):
            if event["id"] not in first and event["type"] != "article.returned":
                first.add(event["id"])
                by_article[event["url"]].append(places.get(event["id"], -1))
    for url, order in by_article.items():
        if order != sorted(order):
            yield f"{url}: told out of order: {order}"


def _told_in(desk: _Desk, name: str) -> dict[str, set[str]]:
    """By event, the ids of the messages that told it; what a digest only counts is known from the database alone."""
    found = defaultdict[str, set[str]](set)
    for got in desk.told[name].accepted:
        uids = [event["id"] for event in truth.events_in(got)]
        if got.type == "digest" and got.body["data"]["more"]:
            carried = truth.rows(desk.product, _CARRIED.format(uids[0], name))
            assert len(carried) == got.body["data"]["count"], f"{got.id} counts others than it carries"
            uids = [uid for (uid,) in carried]
        for uid in uids:
            found[uid].add(got.id)
    return found


def _when(got: Received) -> datetime:
    """When it was recorded."""
    return datetime.fromisoformat(got.body["timestamp"])


def _in_its_night(got: Received) -> bool:
    """Whether it was sent before the quiet hours were over in which the last that it tells was recorded."""
    recorded, (begins, ends) = _when(got), NIGHT
    if ends <= recorded.hour < begins:
        return False
    morning = recorded.replace(hour=ends, minute=0, second=0, microsecond=0)
    return got.at < morning + timedelta(days=recorded.hour >= begins)


def _waiting(desk: _Desk, names: tuple[str, ...]) -> int:
    """What is not told yet, or not even decided."""
    marks = ", ".join(f"'{name}'" for name in names)
    return int(truth.rows(desk.product, _WAITING.format(marks))[0][0])


def _states(desk: _Desk, name: str) -> dict[str, int]:
    """How many deliveries of it are in which state; `disabled`: so is it."""
    found = defaultdict[str, int](int, truth.rows(desk.product, _STATES.format(name)))
    found["disabled"] = len(truth.rows(desk.product, _DISABLED.format(name)))
    return found


def _noted(desk: _Desk, name: str) -> set[str]:
    return {uid for (uid,) in truth.rows(desk.product, _NOTED.format(name))}


_CARRIED = """SELECT e.uid FROM deliveries d JOIN events e ON e.id = d.event_id
              WHERE coalesce(d.carried_by, d.id) = (SELECT coalesce(l.carried_by, l.id) FROM deliveries l
              JOIN events t ON t.id = l.event_id WHERE t.uid = '{}' AND l.endpoint = '{}')"""
_WAITING = """SELECT (SELECT count(*) FROM deliveries WHERE endpoint IN ({}) AND state IN ('pending', 'held'))
              + (SELECT count(*) FROM events WHERE type LIKE 'article.%' AND routed_at IS NULL)"""
_STATES = "SELECT state, count(*) FROM deliveries WHERE endpoint = '{}' GROUP BY state"
_DISABLED = "SELECT 1 FROM endpoints WHERE name = '{}' AND state = 'disabled'"
_NOTED = """SELECT e.uid FROM deliveries d JOIN events e ON e.id = d.event_id
            WHERE d.state = 'delivered' AND d.endpoint = '{}'"""
