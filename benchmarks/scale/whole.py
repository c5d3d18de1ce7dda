"""The whole program over a large database: from start to the first fetch, a backup, a migration, memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.scale.made import feed, source_name
from benchmarks.scale.room import make_due
from db.rows import text_of
from db.schema_planning import PICKING
from db.store.connection import Store

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_VERB = "from schedules.cli import main; main()"
_PATIENCE = 300
_CONFIG = """
database = "{database}"

[fetch]
user_agent = "Nachtrag/benchmark"
allow_private = ["127.0.0.0/8"]

[budget]

[web]
listen = "127.0.0.1:{port}"
"""
_SOURCE = '\n[[sources]]\nname = "{name}"\nfeed = "{feed}"\nevery = "365d"\n'


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds by the clock, and of processor time of the daemon alone up to its first fetch."""

    first_fetch: float
    first_fetch_busy: float
    backup: float | None
    migration: float


def timed(database: Path, hosts: int) -> Timed:
    """Start the daemon and wait for its first request; copy the file; add the indexes of the last migration anew."""
    settings = database.with_suffix(".toml")
    with _asked() as (port, asked):
        _one_due(database, f"127.0.0.1:{port}")
        settings.write_text(_written(database, hosts, _free()))
        began = time.monotonic()
        with _daemon(settings) as process:
            if not asked.wait(_PATIENCE):
                raise RuntimeError(f"the daemon asked for nothing within {_PATIENCE} s")
            first, busy = time.monotonic() - began, _busy(process)
    return Timed(first, busy, _backup(database, settings), _migration(database))


def _written(database: Path, hosts: int, port: int) -> str:
    sources = (_SOURCE.format(name=source_name(host), feed=feed(host)) for host in range(hosts))
    return _CONFIG.format(database=database, port=port) + "".join(sources)


def _one_due(database: Path, host: str) -> None:
    """Nothing is due but one new article, which is ours to answer."""
    at = text_of(datetime.now(UTC))

    def add(con: sqlite3.Connection) -> None:
        make_due(con, datetime.now(UTC), 0)
        con.execute("UPDATE articles SET next_visit_at = NULL WHERE next_visit_at <= ?", [at])
        con.execute("INSERT INTO hosts (host) VALUES (?)", [host])
        article = con.execute(
            """INSERT INTO articles (url, fetch_url, host, source_id, first_seen_at, next_visit_at)
               VALUES (?1, ?1, ?2, 1, ?3, ?3) RETURNING id""",
            [f"http://{host}/artikel", host, at],
        ).fetchone()[0]
        con.execute(
            """INSERT INTO listings (source_id, article_id, title, first_listed_at, last_listed_at)
               VALUES (1, ?, '', ?, ?)""",
            [article, at, at],
        )

    with Store(database) as store:
        store.call(add)


@contextmanager
def _asked() -> Iterator[tuple[int, threading.Event]]:
    """A server on this machine, and whether anybody asked it for anything."""
    asked = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.set()
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, asked
        server.shutdown()


def _free() -> int:
    with closing(HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler).socket) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def _daemon(settings: Path) -> Iterator[int]:
    command = [sys.executable, "-c", _VERB, "run", "--config", str(settings)]
    with settings.with_suffix(".log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _busy(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _backup(database: Path, settings: Path) -> float | None:
    """None if there is no room for a copy."""
    if shutil.disk_usage(database.parent).free < 1.2 * database.stat().st_size:
        return None
    copy = database.with_suffix(".copy.db")
    began = time.monotonic()
    try:
        subprocess.run(
            [sys.executable, "-c", _VERB, "backup", str(copy), "--config", str(settings)], check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return time.monotonic() - began
    finally:
        copy.unlink(missing_ok=True)


def _migration(database: Path) -> float:
    """Take the indexes of one migration away, and let the next start add them."""
    names = [line.split()[2] for line in PICKING.splitlines() if line.startswith("CREATE INDEX")]

    def undo(con: sqlite3.Connection) -> None:
        for name in names:
            con.execute(f"DROP INDEX {name}")
        con.execute("DELETE FROM _sqlite_migrations WHERE name = 'm033_picking'")

    with Store(database) as store:
        store.call(undo)
    began = time.monotonic()
    Store(database).close()
    return time.monotonic() - began


def memory(database: Path, hosts: int, looks: int) -> float:
    """Most resident memory, in MB, of a process of its own that planned all articles anew and looked at some of them.

    They are made due by another: to update a million rows at once takes more than all that a daemon does.
    """
    with Store(database) as store:
        store.call(make_due, datetime.now(UTC), 3)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale.resident", str(database), str(hosts), str(looks)], check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return float(json.loads(done.stdout))
