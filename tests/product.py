"""The product as its users have it: a folder with config.toml, and the console script as a process of its own."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from schedules.cli import main
from tests.verbs import Done, run_verb, unmeasured

if TYPE_CHECKING:
    from collections.abc import Callable

NACHTRAG = Path(sys.executable).parent / "nachtrag"
SECRET = "whsec_" + "bmFjaHRyYWc" * 4
TEMPLATE = """
database = "n.db"
[fetch]
user_agent = "Nachtrag-test (+https://example.org/contact)"
gap = "0s"
per_host = {per_host}
allow_private = ["127.0.0.0/8"]
[judge]
settle = "0s"
cache_allowance = "0s"
looks = 1
[watch]
listen = "127.0.0.1:{watch_port}"
[web]
listen = "127.0.0.1:{port}"
"""


def free_port(count: int = 1) -> int:
    """The first of so many ports on which nobody listens now.

    They are none of those that the system hands out: no connection of a test that runs beside this one gets them.
    """
    while True:
        first = 20_000 + secrets.randbelow(12_000)
        with ExitStack() as probes:
            try:
                for port in range(first, first + count):
                    probes.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return first


class Product:
    """One installation in a folder."""

    def __init__(self, folder: Path, *, per_host: int = 4, **sources: str) -> None:
        self.folder, self.port = folder, free_port(2)
        self.config = folder / "config.toml"
        text = TEMPLATE.format(per_host=per_host, port=self.port, watch_port=self.port + 1)
        for name, feed in sources.items():
            text += f'[[sources]]\nname = "{name}"\nfeed = "{feed}"\nevery = "1s"\nrevisit = "1s"\n'
        self.config.write_text(text, "utf-8")
        self.daemon: subprocess.Popen[bytes] | None = None
        self.program: tuple[str, ...] = (str(NACHTRAG),)  # what the daemon is started with

    def tell(self, url: str, *events: str, name: str = "desk", rules: str = "") -> None:
        """Add an endpoint; `rules` are lines of its table, and in the place of `events`."""
        rules = rules or f"events = {json.dumps(list(events or ('article.*',)))}"
        with self.config.open("a") as file:
            file.write(f'[[endpoints]]\nname = "{name}"\nurl = "{url}"\nsecret_env = "NACHTRAG_TEST_DESK"\n{rules}\n')

    def run(self, *verb: str, expect: int | None = 0) -> Done:
        """Run a verb to its end; `expect` is its exit code, None: any."""
        done = run_verb(verb[0], "--config", self.config, *verb[1:], env=self.environment())
        assert expect in (None, done.code), done.stderr[-4000:]
        return done

    def once(self) -> str:
        """One pass over everything."""
        return self.run("run", "--once", "--now").stderr

    def events(self) -> list[dict[str, Any]]:
        """All events."""
        with unmeasured():
            return [json.loads(line) for line in self.run("events", "--json").stdout.splitlines()]

    def status(self) -> dict[str, Any]:
        """What `status --json` says."""
        with unmeasured():
            found: dict[str, Any] = json.loads(self.run("status", "--json").stdout)
        return found

    def revisions(self) -> int:
        """How many versions its database holds, none before there is one: for who waits, and starts nothing for it."""
        try:
            return len(self.query("SELECT 1 FROM revisions"))
        except sqlite3.OperationalError:
            return 0

    def query(self, sql: str) -> list[dict[str, Any]]:
        """Rows of its database."""
        with closing(sqlite3.connect(f"file:{self.folder / 'n.db'}?mode=ro", uri=True)) as con:
            con.row_factory = sqlite3.Row
            return [dict(row) for row in con.execute(sql)]

    def start(self, *options: str, measured: bool = False) -> None:
        """Start the daemon; it goes on beside the test. With coverage, it and its Datasette start half as fast."""
        with (self.folder / "daemon.log").open("ab") as log, nullcontext() if measured else unmeasured():
            self.daemon = subprocess.Popen(
                [*self.program, "run", "--config", self.config, *options],
                stderr=log,
                stdout=log,
                env=self.environment(),
            )

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End the daemon with a signal, and say its exit code."""
        assert self.daemon is not None
        self.daemon.send_signal(number)
        return self.daemon.wait(120)

    def log(self) -> str:
        """What the daemon said."""
        return (self.folder / "daemon.log").read_text("utf-8", "replace")

    def browse(self, path: str = "/") -> str:
        """A page of its Datasette."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return str(answer.read().decode())

    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        kept = {key: value for key, value in os.environ.items() if not re.match(r"(?i)https?_proxy", key)}
        return kept | {"NACHTRAG_TEST_DESK": SECRET}


class Inside(Product):
    """The same without processes of its own: verbs run as functions of this one, which is several times faster.

    Only pages are still read in processes. Who tests signals, crashes or the daemon wants the `Product`.
    """

    def run(self, *verb: str, expect: int | None = 0) -> Done:
        """Run a verb to its end."""
        arguments = [verb[0], "--config", str(self.config), *verb[1:]]
        done = CliRunner().invoke(main, arguments, env={"NACHTRAG_TEST_DESK": SECRET}, catch_exceptions=False)
        assert expect in (None, done.exit_code), done.stderr[-4000:]
        return Done(done.exit_code, done.stdout_bytes, done.stdout, done.stderr)


def until(there: Callable[[], object], seconds: float = 120) -> None:
    """Wait until something is there; fail if it never comes. It comes at once, but for a machine that is busy."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


def answers(product: Product) -> Callable[[], bool]:
    """Whether the product's Datasette answers."""

    def check() -> bool:
        try:
            return bool(product.browse())
        except OSError:
            return False

    return check
