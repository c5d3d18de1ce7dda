"""What was acknowledged is on the disk first: by the calls that the daemon and the verbs make of the kernel (strace).

1. Every commit is synced: after the last frame of each commit in the write-ahead log, the next thing that its thread
   asks of that file is fdatasync. That is `synchronous=FULL`, asserted on every connection that writes, in whatever
   process, as verbs are traced too.
2. Power loss, simulated: what was written since the last sync of a file may be there, or not, or torn at 512 bytes, and
   each write for itself. From the trace of one daemon its file is put together as it may be found after a loss at
   several hundred moments. It must be whole, and hold every event whose webhook had left by then.

No power was cut: a disk that says it synced and did not, and a file system that loses the name of a file, are not
tested. `--with-fault`: `synchronous=NORMAL`, of which SQLite says that commits may be lost.
"""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

from tests.product import SECRET, until
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.inside import around
from tests.trials.traced import calls, every_byte, finished
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.product import Product
    from tests.site import Site
    from tests.trials.traced import Call
    from tests.trials.trial import Trial

PROMISE = "An acknowledged write survives: it is synced before anybody outside is told."
FAULT = """
import sqlite3
connect = sqlite3.connect
class Normal(sqlite3.Connection):
    def execute(self, sql, *values):
        return super().execute(sql.replace("synchronous = FULL", "synchronous = NORMAL"), *values)
sqlite3.connect = lambda *args, **named: connect(*args, **{"factory": Normal, **named})
"""
_SECTOR = 512
_FRAME_HEAD = 24
_EVENT = re.compile(rb"webhook-id: (evt_\w+)")


def run(trial: Trial) -> None:
    """A traced daemon whose receiver takes all, then traced verbs."""
    trace = trial.folder / "trace"
    with truth.newspaper(4) as site, Receiver(SECRET) as receiver, unmeasured():
        product = trial.product("daemon", Tagblatt=site.feed)
        product.tell(receiver.url)
        product.program = (*every_byte(trace), *product.program)
        product.start()
        with truth.editing(site, random.Random(1), 0.5):
            until(lambda: len(receiver.accepted) >= trial.sized(15, 60, 400), 900)
        trial.expect(product.stop() == 0, "the daemon did not end well")
        traced = list(calls(finished(trace)))
        _synced(trial, "the daemon", traced)
        if not trial.fault:
            _verbs(trial, product, site)
    _losses(trial, traced, trial.sized(40, 400, 4_000))


def _synced(trial: Trial, who: str, traced: Sequence[Call]) -> None:
    """Count commits, and those that are not followed by a sync."""
    synced, bare, open_ = 0, 0, set()
    for call in (call for call in traced if call.file.endswith("-wal")):
        if call.name == "fdatasync":
            synced += call.thread in open_
            open_.discard(call.thread)
        elif call.name == "pwrite64" and len(call.data) == _FRAME_HEAD:
            bare += call.thread in open_
            open_.discard(call.thread)
            if call.data[4:8] != bytes(4):  # the size of the file: this frame ends a commit
                open_.add(call.thread)
    bare += len(open_)
    trial.expect(not bare, f"{who}: {bare} commits without a sync")
    trial.expect(synced + bare, f"{who}: no commit was seen: the trial is blind")
    trial.done(f"{who}: {synced + bare} commits, {synced} of them synced before anything else")


def _verbs(trial: Trial, product: Product, site: Site) -> None:
    """Every verb that writes, each traced by itself."""
    url = f"{site.url}/artikel/1.html"
    site.add()
    edit = str(truth.rows(product, "SELECT max(revision_id) FROM rulings")[0][0])
    verbs = (
        ("run", "--once", "--now"), ("add", f"{site.url}/artikel/5.html"), ("pause", url), ("resume", url),
        ("note", "1", "Gesehen."), ("reply", edit, "Das stimmt nicht.", "--from", "Tagblatt"),
        ("withdraw-reply", "1", "Ein Irrtum."), ("rejudge",), ("takedown", "--yes", url), ("forget-comments", "--all"),
        ("remove", "Tagblatt"),
        ("vacuum",), ("vacuum", "--full"),
    )  # fmt: skip
    traced: list[Call] = []
    for verb, *words in verbs:
        trace = trial.folder / "verb"
        command = [*every_byte(trace), *around({}), verb, "--config", product.config, *words]
        done = subprocess.run(command, capture_output=True, check=False, env=product.environment())
        trial.expect(done.returncode in (0, 1), f"{verb}: exit code {done.returncode}: {done.stderr[-300:]!r}")
        found = list(calls(finished(trace)))
        trial.expect(
            any(call.file.endswith("-wal") for call in found),
            f"{verb} wrote nothing ({done.stderr[-200:]!r}): the trial is blind",
        )
        traced += found
    _synced(trial, f"{len(verbs)} verbs", traced)


class _Disk:
    """A file as the disk has it, and what was written since the last sync."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._since: list[Call] = []

    def take(self, call: Call) -> None:
        """A write, a new length, or a sync."""
        if call.name in ("fsync", "fdatasync"):
            for since in self._since:
                _put(self._kept, since, len(since.data))
            self._since = []
        elif call.name in ("pwrite64", "ftruncate"):
            self._since.append(call)

    def after_loss(self, chance: random.Random) -> bytes:
        """What may be found after the power was lost now."""
        found, how = bytearray(self._kept), chance.choice(("none", "all", "some", "torn"))
        for call in self._since:
            whole = len(call.data)
            torn = chance.randrange(0, whole + 1, _SECTOR) if whole >= _SECTOR else 0
            part = {"none": None, "all": whole, "some": chance.choice((None, whole)), "torn": torn}[how]
            if part is not None:
                _put(found, call, part)
        return bytes(found)


def _put(file: bytearray, call: Call, part: int) -> None:
    if call.name == "ftruncate":
        del file[call.at :]
        file.extend(bytes(call.at - len(file)))
    elif part:
        file.extend(bytes(max(call.at - len(file), 0)))
        file[call.at : call.at + part] = call.data[:part]


def _losses(trial: Trial, traced: Sequence[Call], moments: int) -> None:
    """Lose the power at so many moments: at messages, and where most is not synced."""
    chance, left = random.Random(moments), set[str]()
    disks: dict[str, _Disk] = {"n.db": _Disk(), "n.db-wal": _Disk()}
    first = next(at for at, call in enumerate(traced) if call.file.endswith("n.db-wal") and call.name == "fdatasync")
    last = next((at for at, call in enumerate(traced) if call.name == "unlink"), len(traced))
    chosen = set(chance.sample(range(first + 1, last), min(moments, last - first - 1)))
    chosen |= {at for at, call in enumerate(traced[:last]) if call.name == "sendto" and _EVENT.search(call.data)}
    lost, damaged = set[str](), 0
    for at, call in enumerate(traced[:last]):
        if call.name == "sendto" and (event := _EVENT.search(call.data)):
            left.add(event[1].decode())
        if at in chosen:
            whole, kept = _found(trial.folder, {name: disk.after_loss(chance) for name, disk in disks.items()})
            damaged += not whole
            lost |= left - kept
        if (disk := disks.get(call.file.rpartition("/")[2])) is not None:
            disk.take(call)
    trial.expect(not damaged, f"{damaged} of {len(chosen)} files are damaged after a loss of power")
    trial.expect(not lost, f"{len(lost)} of {len(left)} events that had left are not in the file after a loss of power")
    trial.expect(left, "no webhook was seen to leave: the trial is blind")
    trial.done(
        f"{len(chosen)} losses of power, simulated: {damaged} files damaged, {len(lost)} of {len(left)} sent lost"
    )


def _found(folder: Path, files: dict[str, bytes]) -> tuple[bool, set[str]]:
    """Whether a file is whole after a loss, and the events in it."""
    place = folder / "loss"
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for name, data in files.items():
        (place / name).write_bytes(data)
    try:
        with closing(sqlite3.connect(place / "n.db")) as con:
            whole = con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole, {uid for (uid,) in con.execute("SELECT uid FROM events")}
    except sqlite3.DatabaseError:
        return False, set()
