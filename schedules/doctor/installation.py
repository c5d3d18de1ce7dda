"""Checks of what is installed: configuration, who may read it, database, daemon, disk, addresses."""

from __future__ import annotations

import fcntl
import grp
import json
import os
import re
import sqlite3
import stat
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from db.store import examined
from db.store.alive import alive_at
from db.store.sizes import has_no_room, sizes
from schedules.browser import address_taken
from schedules.config import ConfigError, load
from schedules.doctor.findings import Finding, fault, note, ok, or_well, warning
from schedules.server import is_local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from schedules.config import Config

# A page or a mail address, and what stands in examples (RFC 2606).
_REACHED, _PLACEHOLDER = re.compile(r"@|://"), re.compile(r"\bexample\.(?:org|com|net)\b|\.example\b")
# To read all of a larger file takes minutes.
_QUICKLY = 4_000_000_000
# A write-ahead log of that size was not emptied for long.
_LONG_LOG = 256_000_000
# How old a sign of life of the daemon may be: it gives one every 20 seconds.
_ALIVE = timedelta(seconds=90)
_LASTS = timedelta(days=30)
_ANSWER_SECONDS, _ANSWER_BYTES = 10.0, 100_000
_NEWEST = "install the version that wrote it, or go back to a backup from before (docs/running.md, Upgrades)"


def configured(path: Path) -> tuple[Config | None, list[Finding]]:
    """The configuration, if it can be used, and what is wrong with it; without the secrets, where only these are."""
    try:
        config = load(path)
    except ConfigError as error:
        faults = [fault("configuration", line, "correct it, and run this again") for line in str(error).splitlines()]
    else:
        counts = f"{len(config.sources)} sources, {len(config.endpoints)} endpoints"
        return config, [ok("configuration", f"{path}: {counts}, no faults"), *_doubts(config)]
    try:
        config = load(path, secrets=False)
    except ConfigError:
        return None, faults
    hint = "set it where the daemon is started (secrets.env), and run this with the same environment: docs/running.md"
    return config, [fault("secrets", item.found, hint) for item in faults] + list(_doubts(config))


def _doubts(config: Config) -> Iterator[Finding]:
    if not config.sources:
        yield warning("configuration", "there is no source: nothing is watched", "add one: docs/configuration.md")
    agent = config.fetch.user_agent
    if not _REACHED.search(agent) or _PLACEHOLDER.search(agent):
        said = f"user_agent is {agent!r}: those who run the sites cannot reach you"
        yield warning("configuration", said, "name a page or an address in `user_agent` of [fetch]")
    for network in config.fetch.allow_private:
        said = f"allow_private: pages and feeds can reach services in {network}"
        yield note("configuration", said, "take it out, unless it is meant and as narrow as can be")


def permissions(path: Path, config: Config) -> Iterator[Finding]:
    """Who else may read or write what holds secrets."""
    secret = []
    if any(item.url and item.url != item.shown_url for item in config.endpoints):
        secret.append((path, "holds addresses that are secrets", "; `url_env` keeps them in the environment"))
    for ending in ("", "-wal", "-shm"):
        file = config.database.with_name(config.database.name + ending)
        secret.append((file, "holds all that was fetched, and whom you tell what", ""))
    well = ok("permissions", "nobody else may read or write what is secret")
    yield from or_well(_too_open(path, config, secret), well)


def _too_open(path: Path, config: Config, secret: list[tuple[Path, str, str]]) -> Iterator[Finding]:
    secrets = path.parent / "secrets.env"
    if _mode(secrets) & stat.S_IROTH:
        yield fault("permissions", f"{secrets}: everybody on this machine may read it", _closed(secrets))
    for file, why, instead in secret:
        if _mode(file) & stat.S_IROTH:
            said = f"{file}: {why}, and everybody on this machine may read it"
            yield warning("permissions", said, f"{_closed(file)}{instead}")
    for file in (path, secrets, config.database):
        if _mode(file) & stat.S_IWOTH:
            yield fault("permissions", f"{file}: everybody on this machine may write it", f"chmod o-w {file}")


def _closed(file: Path) -> str:
    """How nobody else may read it: whoever runs this still must."""
    found = file.stat()
    if found.st_uid == os.geteuid() or found.st_gid in (os.getegid(), *os.getgroups()):
        return f"chmod o= {file}"
    return f"chgrp {grp.getgrgid(os.getegid()).gr_name} {file} and chmod 640 {file}"


def _mode(file: Path) -> int:
    try:
        return file.stat().st_mode
    except OSError:  # it is not there, or not ours to look at
        return 0


def database(config: Config) -> Iterator[Finding]:
    """Whether the file is there, ours, of this version and sound."""
    path = config.database
    try:
        path.stat()
        with examined.opened(path) as con:
            yield from _opened(path, con)
    except FileNotFoundError:
        missing = not path.parent.is_dir()
        remedy = f"make the folder {path.parent}, or name another path" if missing else "`nachtrag run` makes it"
        yield (fault if missing else warning)("database", f"{path}: is not there", remedy)
    except (sqlite3.Error, OSError) as error:
        yield fault("database", f"{path}: cannot be read: {error}", _unreadable(path))


def _unreadable(path: Path, **least: int) -> str:
    """What to do where SQLite cannot read the database: it writes, too, for that, into the files and the folder.
    `least`: bytes that there must be room for, if not what SQLite needs."""
    if has_no_room(path, **least):
        return "its disk is full: make room (old backups, logs of others), and start the daemon again if it ended"
    files = [path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", ".lock"))]
    others = [file for file in (*files, path.parent) if file.exists() and not os.access(file, os.R_OK | os.W_OK)]
    if not others:
        return "is the disk sound? There are backups (docs/running.md, Backup, and back)"
    whose = ", ".join(f"{file.name} belongs to {_owner(file)}" for file in others)
    return f"run this as the user that runs the daemon; if you are: {whose}: chown it to that user"


def _owner(file: Path) -> str:
    try:
        return file.owner()
    except KeyError:  # of another machine, say
        return f"user {file.stat().st_uid}"


def _opened(path: Path, con: sqlite3.Connection) -> Iterator[Finding]:
    if not examined.is_ours(con):
        yield fault("database", f"{path}: is another program's", "name another path as `database`")
        return
    behind, ahead = examined.schema_apart(con)
    if ahead:
        yield fault("database", f"{path}: a newer version of Nachtrag wrote it", _NEWEST)
    elif behind:
        yield warning("database", f"{path}: is of an earlier version", "make a backup; the next start brings it up")
    if (mode := con.execute("PRAGMA journal_mode").fetchone()[0]) != "wal":
        remedy = "keep it on a local disk: SQLite's write-ahead log does not work on network file systems"
        yield fault("database", f"{path}: its journal is {mode!r}, not a write-ahead log", remedy)
    size, log = path.stat().st_size, path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size > _LONG_LOG:
        remedy = "somebody reads from it without end: restart the daemon, end other programs that have it open"
        yield warning("database", f"{log.name}: {log.stat().st_size / 1e6:,.0f} MB were not put into the file", remedy)
    if size > _QUICKLY:
        yield ok("database", f"{path}: {size / 1e9:,.1f} GB; too large to be read through here, `nachtrag verify` does")
    elif said := examined.quick_check(con):
        yield fault("database", f"{path}: is damaged: {said}", "stop the daemon, go back to a backup (docs/running.md)")
    else:
        yield ok("database", f"{path}: {size / 1e6:,.1f} MB, sound; `nachtrag verify` walks its chains")


def daemon(config: Config, con: sqlite3.Connection, now: datetime) -> Iterator[Finding]:
    """Whether it runs, and does something."""
    seen, works = alive_at(con), at_work(config.database)
    ago = "" if seen is None else f"{(now - seen).total_seconds():,.0f} s ago"
    if not works and seen is None:
        yield warning(
            "daemon", "it never ran with this database", "start it: systemctl start nachtrag, or `nachtrag run`"
        )
    elif not works:
        said = f"it does not run; its last sign of life was {ago}"
        yield fault("daemon", said, "start it: systemctl start nachtrag, or `nachtrag run`; its log says why it ended")
    elif seen is None or now - seen > _ALIVE:
        said = f"a process works on the database, but the daemon's last sign of life was {ago or 'never given'}"
        yield fault("daemon", said, "if it is no `run --once`, it hangs or cannot write: read its log, restart it")
    else:
        yield ok("daemon", f"it runs; last sign of life {ago}")


def _health(listen: str) -> Finding:
    """What the daemon says of itself at its address."""
    host, _, port = listen.rpartition(":")
    connection = HTTPConnection(host.strip("[]"), int(port), timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", "/-/health")
        faults = json.loads(connection.getresponse().read(_ANSWER_BYTES))["faults"]
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        said = f"http://{listen}/-/health does not answer as the daemon does: {type(error).__name__}"
        return fault("health", said, "the log of the daemon says why; does another program listen there?")
    finally:
        connection.close()
    if faults:
        said = "; ".join(map(str, faults)) if isinstance(faults, list) else str(faults)
        return fault(
            "health", f"the daemon says: {said}", "read its log; restart it, unless its disk is full (docs/watching.md)"
        )
    return ok("health", f"http://{listen}/-/health: the queues turn, the database takes what is written")


def at_work(path: Path) -> bool:
    """Whether anybody hands out from that database (db/store/leases.py)."""
    try:
        with path.with_name(f"{path.name}.lock").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # nobody ever did, or it is not ours to look at
        return False
    return False


def disk(config: Config, con: sqlite3.Connection) -> Iterator[Finding]:
    """How much room there is, and how long it lasts."""
    found = sizes(con)
    free, growth = found["disk_free"], found["growth_a_day"]
    said = f"{free / 1e9:,.1f} GB left"
    lasts = timedelta(days=min(free / growth, 36_500)) if growth and growth > 0 else None
    if growth and lasts is not None:
        said += f", enough for about {lasts.days:,} days at {growth / 1e6:,.1f} MB a day"
    remedy = "make room: `nachtrag vacuum` with limits in [history], old backups (docs/running.md, Disk)"
    if free < config.watch.disk_low:
        yield fault("disk", f"{said}, less than disk_low ({config.watch.disk_low / 1e9:g} GB)", remedy)
    elif lasts is not None and lasts < _LASTS:
        yield warning("disk", said, remedy)
    else:
        yield ok("disk", said)


def addresses(config: Config) -> Iterator[Finding]:
    """Whether what the daemon listens at is free, or taken by it; and who else may ask there."""
    works = at_work(config.database)
    named = {"Datasette": config.web.listen, "health and metrics": config.watch.listen}
    hubs = {} if config.web.subscriber is None else {"hubs (WebSub)": config.web.websub_listen}
    for what, listen in {**named, **hubs}.items():
        if listen:
            yield _listening(what, listen, works=works)
    if works and config.watch.listen:
        yield _health(config.watch.listen)
    for what, listen in named.items():
        if listen and not is_local(listen):
            said = f"{what}: {listen} may be open to others, and asks nobody for a password"
            yield note("addresses", said, "put a proxy with a password in front: docs/running.md, Showing it to others")


def _listening(what: str, listen: str, *, works: bool) -> Finding:
    taken = address_taken(listen)
    if taken and not works:
        return fault("addresses", f"{what}: {taken.partition(';')[0]}", "stop that program, or choose another address")
    if works and not taken:
        return fault("addresses", f"{what}: nobody listens at {listen}", "the log of the daemon says why")
    return ok("addresses", f"{what}: {listen} is {'in use' if works else 'free'}")
