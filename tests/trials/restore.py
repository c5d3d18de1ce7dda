"""Backups made while the daemon works, put elsewhere and worked on; and files of earlier versions brought up to date.

1. `nachtrag backup` again and again while the site edits. Each copy must be whole, hold no less than the one before,
   and go on in another folder: what was edited since is found, nothing is found twice, the chain goes on.
2. Every schema that is kept as SQL in `tests/data/schemas` (written by the code of its time) becomes a database, is
   brought up to date, walked and worked on. After each step every table and column that was there is as it was, but for
   what `steps.MEANT` names; and what all steps at once come to is the same.
3. SIGKILL while such a file is brought up to date, at moments known by the beacon: afterwards it is as it was, or new.
4. A file of a newer version is refused, and not touched.
5. A backup made while a receiver is down goes on elsewhere: what waited is told under the ids that it had, once, and
   nothing that had been told before.

`--with-fault`: what waits for an endpoint is given up (for 2); the migrations are no transaction (for 3); each
attempt to tell has an id of its own (for 5).
"""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from db.store.connection import Store, StoreError
from tests.product import SECRET, Inside, until
from tests.receiver import Receiver
from tests.site import Site
from tests.trials import steps, truth
from tests.trials.beacon import Beacon
from tests.trials.inside import Clock, around
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from tests.product import Product
    from tests.trials.steps import Held
    from tests.trials.trial import Trial

MINUTES = 3
PROMISE = (
    "A backup made under load goes on elsewhere; every earlier file is brought up to date whole, or left as it was."
)
FAULT = {
    "what waits for an endpoint is given up": """
from db.store import connection
whole = connection.migrate
def migrate(db):
    whole(db)
    db.execute("UPDATE deliveries SET state = 'dead' WHERE state = 'pending'")
connection.migrate = migrate
""",
    "migrations are no transaction": """
import time
from db.store import connection
def bare(con):
    database = connection.Database(con)
    con.set_trace_callback(lambda sql: time.sleep(0.002))
    connection.migrate(database)
    connection.create_views(database)
connection._update = bare
""",
    "each attempt to tell has an id of its own": """
import secrets
from schedules import deliver
signed = deliver.signed
deliver.signed = lambda body, uid, secret, now: signed(body, f"evt_{secrets.token_hex(16)}", secret, now)
""",
}
SCHEMAS = Path(__file__).parent.parent / "data" / "schemas"


def run(trial: Trial) -> None:
    """All five."""
    _backups(trial, trial.sized(1, 5, 50))
    files = sorted(SCHEMAS.glob("*.sql"))
    trial.expect(files, f"no schemas in {SCHEMAS}: the trial is blind")
    newest = {file: _brought_up(trial, file) for file in files}
    rows = sum(len(rows) for held in newest.values() for rows in held.values())
    trial.done(f"{len(files)} schemas brought up to date, {rows} rows: {', '.join(file.stem for file in files)}")
    _killed(trial, newest, trial.sized(4, 40, 400))
    _newer(trial)
    _told_on(trial)


def _backups(trial: Trial, count: int) -> None:
    chance, before = random.Random(7), 0
    with truth.newspaper(6) as site, unmeasured():
        product = trial.product("daemon", Tagblatt=site.feed)
        product.start()
        truth.at_work(product, site)
        for number in range(count):
            with truth.editing(site, chance, 0.05):
                time.sleep(chance.uniform(0.2, 1.0))
                copy = _restored(trial, product, number)
            held = len(truth.rows(copy, "SELECT id FROM revisions"))
            trial.expect(held >= before, f"backup {number} holds {held} revisions, the one before {before}")
            before = held
            copy.once()
            trial.wrong(*(f"backup {number}: {fault}" for fault in truth.history(copy, site)))
            trial.expect(truth.caught_up(copy, site), f"backup {number} does not go on: {truth.stored(copy)}")
        trial.expect(product.stop() == 0, "the daemon did not end well")
    trial.done(
        f"{count} backups under 20 edits a second, restored elsewhere, walked and worked on; the last had {before}"
    )


def _restored(trial: Trial, product: Product, number: int) -> Inside:
    """A backup of it, in a folder of its own with its configuration."""
    place = trial.folder / f"copy-{number}"
    place.mkdir()
    product.run("backup", str(place / "n.db"))
    copy = Inside(place)
    shutil.copy(product.config, copy.config)
    return copy


def made(schema: Path, file: Path) -> None:
    """A database from the SQL of its time."""
    with closing(sqlite3.connect(file)) as con:
        con.executescript(schema.read_text("utf-8"))


def _brought_up(trial: Trial, schema: Path) -> Held:
    """Step by step, and at once; gives what there is then."""
    place = trial.folder / schema.stem
    place.mkdir()
    made(schema, place / "n.db")
    made(schema, place / "steps.db")
    trial.wrong(*(f"{schema.stem}: {loss}" for loss in steps.taken(place / "steps.db")))
    newest = steps.held(place / "steps.db")
    trial.expect(newest["revisions"] and newest["events"], f"{schema.stem}: holds nothing: the trial is blind")
    with Site(3) as site:
        product = Inside(place, Tagblatt=site.feed)
        program = around({"fault": trial.fault})
        subprocess.run([*program, "upgrade", "--config", product.config], stdout=subprocess.DEVNULL, check=True)
        trial.wrong(
            *(f"{schema.stem}, all steps at once: {loss}" for loss in steps.lost(newest, steps.held(place / "n.db")))
        )
        product.once()
        new = product.revisions() - len(newest["revisions"])
        trial.expect(new == len(site.stories), f"{schema.stem}: does not go on: {new} new revisions")
        said = product.run("verify", expect=None).stdout
        trial.expect(said.startswith("ok:"), f"{schema.stem}, after another pass: {said}")
    return newest


def _killed(trial: Trial, newest: dict[Path, Held], kills: int) -> None:
    chance, beacon, fell = random.Random(3), Beacon(trial.folder / "beacon"), 0
    place = trial.folder / "killed"
    place.mkdir()
    product, spans, files = Inside(place), [0.0], list(newest)
    program = around({"beacon": trial.folder / "beacon", "fault": trial.fault})
    for number in range(kills):
        for old in place.glob("n.db*"):
            old.unlink()
        file = files[number % len(files)]
        made(file, place / "n.db")
        before, schema = steps.held(place / "n.db"), _schema(place / "n.db")
        beacon.clear()
        with unmeasured(), subprocess.Popen([*program, "upgrade", "--config", product.config], stdout=-3) as verb:
            while verb.poll() is None and "migrate" not in beacon:
                time.sleep(0.0005)
            began = time.monotonic()
            while (
                verb.poll() is None and "migrate" in beacon and time.monotonic() < began + max(spans) * chance.random()
            ):
                time.sleep(0.0005)
            fell += "migrate" in beacon
            verb.send_signal(signal.SIGKILL if number else 0)  # the first says how long it takes
            verb.wait()
            spans.append(time.monotonic() - began if not number else 0.0)
        now, held = _schema(place / "n.db"), steps.held(place / "n.db")
        with Store(place / "n.db"):
            new = _schema(place / "n.db")
        trial.expect(now in (schema, new), f"{file.stem}: neither the old schema nor the new")
        lost = (
            *steps.lost(before if now == schema else newest[file], held),
            *steps.lost(newest[file], steps.held(place / "n.db")),
        )
        trial.wrong(*(f"{file.stem}, killed: {loss}" for loss in lost))
    trial.expect(fell > 1, f"{fell} of {kills} kills fell while a file was brought up to date: the trial is blind")
    trial.done(f"{kills} kills, {fell} of them while a file was brought up to date: each was as before, or new")


def _schema(file: Path) -> str:
    """A hash of all that is in the schema."""
    with closing(sqlite3.connect(file)) as con:
        found = con.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        steps = con.execute("SELECT name FROM _sqlite_migrations ORDER BY 1").fetchall()
    return hashlib.sha256(repr((found, steps)).encode()).hexdigest()


def _newer(trial: Trial) -> None:
    file = trial.folder / "newer.db"
    Store(file).close()
    with closing(sqlite3.connect(file)) as con, con:
        con.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('nachtrag', 'm999_future', '')"
        )
    before = file.read_bytes()
    try:
        Store(file).close()
    except StoreError as refused:
        trial.expect("newer" in str(refused), f"a newer file is refused with the words {str(refused)!r}")
        trial.expect(file.read_bytes() == before, "a newer file is refused, but was changed")
        trial.done("a file with a step that this version does not know is refused and left as it was")
    else:
        trial.wrong("a file with a step that this version does not know, of a newer version, is opened all the same")


def _told_on(trial: Trial) -> None:
    clock = Clock(trial.folder / "clock")
    with truth.newspaper(4) as site, Receiver(SECRET, clock.now, timedelta(days=1)) as receiver, unmeasured():
        product = trial.product("telling", Tagblatt=site.feed)
        product.tell(receiver.url)
        product.start()
        truth.at_work(product, site)
        trial.wrong(*truth.settled(product, site))
        receiver.stop()
        for number in site.stories:
            site.edit(number)
        until(lambda: truth.rows(product, _TRIED)[0][0] == len(site.stories), truth.PATIENCE)
        there = trial.product("told-on", inside={"clock": trial.folder / "clock"})
        product.run("backup", str(there.folder / "n.db"))
        trial.expect(product.stop() == 0, "the daemon did not end well")
        shutil.copy(product.config, there.config)
        before, waited = len(receiver.accepted), {uid for (uid,) in truth.rows(there, _WAIT)}
        receiver.start()
        there.start()
        until(lambda: not _later(clock, there), truth.PATIENCE)
        trial.expect(there.stop() == 0, "the daemon of the backup did not end well")
        trial.wrong(*truth.history(there, site), *truth.alerts(there, receiver), *truth.false_notes(there, receiver))
        came = [got.id for got in receiver.accepted[before:]]
        trial.expect(sorted(came) == sorted(waited), f"{len(waited)} waited, and {len(came)} came: {came}")
    trial.done(f"{len(waited)} events that waited in a backup were told by whoever went on with it, with the same ids")


def _later(clock: Clock, product: Product) -> int:
    """Let a minute pass, and say what waits then."""
    clock.ahead += 60
    time.sleep(0.5)
    return truth.waiting(product)


_TRIED = "SELECT count(*) FROM deliveries WHERE state = 'pending' AND attempts > 0"
_WAIT = "SELECT e.uid FROM deliveries d JOIN events e ON e.id = d.event_id WHERE d.state = 'pending'"
