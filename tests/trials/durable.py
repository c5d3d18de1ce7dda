"""What was acknowledged is on the disk first, by the calls that the daemon and the verbs make of the kernel (strace).

After the last frame of each commit in the write-ahead log, the next thing that its thread asks of that file is
fdatasync: that is `synchronous=FULL`, seen on every connection that writes, in whatever process. And when a request
that carries an event to the receiver is handed to the kernel, a page with the id of that event has been written to that
file, and the fdatasync of the thread that wrote it has ended. No power was cut: a disk that says it synced and did not,
and a file system that loses the name of a file, are not tested.

`--with-fault`: `synchronous=NORMAL`, of which SQLite says that commits may be lost. tests/test_trials.py shows that an
event is noticed that is told before it is synced.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

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
_CALLS = "pwrite64,fdatasync,sendto,sendmsg,write,writev"
# A frame of the log has a head of 24 bytes, whose second word is not 0 where the frame ends a commit.
_IN_LOG = re.compile(r'(?P<thread>\d+) +pwrite64\(\d+<[^>]*n\.db-wal>, "(?P<page>[^"]*)"')
_SYNC = re.compile(r"(?P<thread>\d+) +fdatasync\(\d+<[^>]*n\.db-wal>(?: <unfinished|\) += 0)")
_SYNC_ENDS = re.compile(r"(?P<thread>\d+) +<\.\.\. fdatasync resumed>\) += 0")
_STRING = re.compile(r'"([^"]*)"')
_EVENT = re.compile(r"evt_[0-9a-f]{32}")
_TOLD = re.compile(r"webhook-id: (evt_[0-9a-f]{32})", re.I)
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
        written = finished(trace)
        _synced(trial, "the daemon", written)
        sent, too_soon = told(written, urlsplit(receiver.url).port or 0)
        trial.expect(sent, "no event was seen on its way to the receiver: the trial is blind")
        trial.expect(not too_soon, f"told before they were synced: {too_soon}")
        trial.done(f"{sent} requests with an event, {sent - len(too_soon)} of them after it was written and synced")
        if not trial.fault:
            _verbs(trial, product, site)


def strace(trace: Path) -> tuple[str, ...]:
    """What a program is started with, so that its writes and syncs are written to a file. Raises NotTested without.

    The process is the program's own; strace is a grandchild of it (-D).
    """
    program = shutil.which("strace")
    if program is None:
        raise NotTested("strace is not installed (apt-get install strace)")
    watched = ("-e", "signal=none", "-e", f"trace={_CALLS}", "-yy", "-x", "-s", "4200")
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
    return any(_plain(head)[4:8].encode("latin-1"))


def told(trace: str, port: int) -> tuple[int, list[str]]:
    """How many requests carried an event to that port, and which of the events were not synced by then."""
    sent, too_soon, synced = 0, list[str](), set[str]()
    written: dict[str, set[str]] = defaultdict(set)
    under_way: dict[str, set[str]] = {}
    for line in trace.splitlines():
        if page := _IN_LOG.match(line):
            written[page["thread"]].update(_EVENT.findall(_plain(page["page"])))
        elif sync := _SYNC.match(line):
            under_way[sync["thread"]] = written.pop(sync["thread"], set())
            if "unfinished" not in line:
                synced |= under_way.pop(sync["thread"])
        elif ended := _SYNC_ENDS.match(line):
            synced |= under_way.pop(ended["thread"], set())
        elif f":{port}]>" in line:
            uids = [uid for text in _STRING.findall(line) for uid in _TOLD.findall(_plain(text))]
            sent += len(uids)
            too_soon += [uid for uid in uids if uid not in synced]
    return sent, too_soon


def _plain(printed: str) -> str:
    """What strace prints, a character a byte."""
    return printed.encode("latin-1").decode("unicode_escape")


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
