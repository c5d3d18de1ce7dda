"""What was acknowledged is on the disk first, by the calls that the daemon and the verbs make of the kernel (strace).

After the last frame of each commit in the write-ahead log, the next thing that its thread asks of that file is
fdatasync: that is `synchronous=FULL`, seen on every connection that writes, in whatever process. No power was cut: a
disk that says it synced and did not, and a file system that loses the name of a file, are not tested.

`--with-fault`: `synchronous=NORMAL`, of which SQLite says that commits may be lost.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.product import SECRET, until
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.inside import around
from tests.trials.trial import NotTested
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from tests.product import Product
    from tests.site import Site
    from tests.trials.trial import Trial

PROMISE = "An acknowledged write is synced to the disk before anybody is told of it."
FAULT = """
import sqlite3
connect = sqlite3.connect
class Normal(sqlite3.Connection):
    def execute(self, sql, *values):
        return super().execute(sql.replace("synchronous = FULL", "synchronous = NORMAL"), *values)
sqlite3.connect = lambda *args, **named: connect(*args, **{"factory": Normal, **named})
"""
# A frame of the log has a head of 24 bytes, whose second word is not 0 where the frame ends a commit.
_CALL = re.compile(r'(?P<thread>\d+) +(?P<name>pwrite64|fdatasync)\(\d+<.*n\.db-wal>(?:, "(?P<head>[^"]*)", 24,)?')


def run(trial: Trial) -> None:
    """A traced daemon whose receiver takes all, then traced verbs."""
    trace = trial.folder / "trace"
    with truth.newspaper(4) as site, Receiver(SECRET) as receiver, unmeasured():
        product = trial.product("daemon", Tagblatt=site.feed)
        product.tell(receiver.url)
        product.program = (*strace(trace), *product.program)
        product.start()
        with truth.editing(site, random.Random(1), 0.5):
            until(lambda: len(receiver.accepted) >= trial.sized(10, 60, 600), truth.PATIENCE)
        trial.expect(product.stop() == 0, "the daemon did not end well")
        _synced(trial, "the daemon", finished(trace))
        if not trial.fault:
            _verbs(trial, product, site)


def strace(trace: Path) -> tuple[str, ...]:
    """What a program is started with, so that its writes and syncs are written to a file. Raises NotTested without.

    The process is the program's own; strace is a grandchild of it (-D).
    """
    program = shutil.which("strace")
    if program is None:
        raise NotTested("strace is not installed (apt-get install strace)")
    watched = ("-e", "signal=none", "-e", "trace=pwrite64,fdatasync", "-y", "-x", "-s", "24")
    return program, "-D", "-f", "-qq", *watched, "-o", str(trace)


def finished(trace: Path) -> str:
    """What strace wrote, when it has written all of it."""
    until(lambda: not any(str(trace) in _command(place) for place in Path("/proc").glob("[0-9]*")), truth.PATIENCE)
    return trace.read_text("ascii", "replace")


def _command(process: Path) -> str:
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return b" ".join(words).decode("utf-8", "replace") if words[0].endswith(b"strace") else ""


def _synced(trial: Trial, who: str, trace: str) -> None:
    """Count commits, and those that are not followed by a sync."""
    commits, bare, open_ = 0, 0, set[str]()
    for call in filter(None, map(_CALL.match, trace.splitlines())):
        thread, head = call["thread"], call["head"]
        if call["name"] == "fdatasync":
            open_.discard(thread)
        elif head and _ends_commit(head):
            bare += thread in open_
            commits += 1
            open_.add(thread)
    bare += len(open_)
    trial.expect(not bare, f"{who}: {bare} of {commits} commits without a sync")
    trial.expect(commits, f"{who}: no commit was seen: the trial is blind")
    trial.done(f"{who}: {commits} commits, {commits - bare} of them synced at once")


def _ends_commit(head: str) -> bool:
    data = head.encode("latin-1").decode("unicode_escape").encode("latin-1")
    return any(data[4:8])


def _verbs(trial: Trial, product: Product, site: Site) -> None:
    """Every verb that writes, each traced by itself."""
    site.add()
    url, edit = f"{site.url}/artikel/1.html", str(truth.rows(product, "SELECT max(revision_id) FROM rulings")[0][0])
    verbs = (
        ("add", f"{site.url}/artikel/5.html"), ("pause", url), ("resume", url), ("note", "1", "Gesehen."),
        ("run", "--once", "--now"), ("reply", edit, "Das stimmt nicht.", "--from", "Tagblatt"),
        ("withdraw-reply", "1", "Ein Irrtum."), ("rejudge",), ("takedown", "--yes", url), ("remove", "Tagblatt"),
        ("vacuum",),
    )  # fmt: skip
    whole = []
    for verb, *words in verbs[: trial.sized(4, None, None)]:
        trace = trial.folder / verb
        command = [*strace(trace), *around({}), verb, "--config", product.config, *words]
        done = subprocess.run(command, capture_output=True, check=False, env=product.environment())
        written = finished(trace)
        said = f"exit code {done.returncode}, {done.stderr[-300:]!r}"
        trial.expect("n.db-wal" in written, f"{verb} wrote nothing ({said}): the trial is blind")
        whole.append(written)
    _synced(trial, f"{len(whole)} verbs", "".join(whole))
