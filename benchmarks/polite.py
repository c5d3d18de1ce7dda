"""How hosts are treated that want otherwise, hang or fail, beside healthy ones: real servers, seconds and daemon.

    python -m benchmarks.polite [--seconds 150] [--json FILE]

Every host is a server of its own at 127.0.0.N that writes down when it was asked for what. From these logs alone it is
told whether what was asked for was obeyed, and whether the others were served on time; at the end our own ledger is
compared with them.
"""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections import defaultdict
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, cast

from benchmarks.machine import machine, said

if TYPE_CHECKING:
    from types import TracebackType

Kind = Literal["healthy", "busy", "slow", "hanging", "failing", "closed"]
HOSTS: tuple[Kind, ...] = ("healthy", "healthy", "healthy", "busy", "slow", "hanging", "failing", "closed")
GAP, EVERY, WAIT, DELAY, ARTICLES, DEADLINE, REST = 1, 15, 30, 10, 3, 25, 300
# What a request may be later than it might be: the daemon looks four times a second at what is due.
_SLACK = 1.0
_TEXT = "Der Rat der Stadt hat am Abend lange beraten und dann beschlossen, was zu beschließen war. " * 6
_ROBOTS = {"slow": f"User-agent: *\nCrawl-delay: {DELAY}\n", "closed": "User-agent: *\nDisallow: /artikel/\n"}
_CONFIG = """
database = "polite.db"
[fetch]
user_agent = "Nachtrag/benchmark (+https://example.org/contact)"
gap = "{gap}s"
allow_private = ["127.0.0.0/8"]
[web]
listen = "127.0.0.1:{port}"
"""
_SOURCE = '[[sources]]\nname = "{name}"\nfeed = "{home}/feed.xml"\nevery = "1h"\nrevisit = "{every}s"\n'


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the table. Spans are seconds; `kept` is what was measured where `asked` was asked for."""

    host: str
    kind: Kind
    requests: int
    closest: float | None
    asked: str
    kept: str
    obeyed: bool
    in_ledger: int


class Host(ThreadingHTTPServer):
    """One of them, with its log: (seconds since the start, path, status)."""

    daemon_threads = True

    def __init__(self, number: int, kind: Kind, began: float) -> None:
        super().__init__((f"127.0.0.{number}", 0), _Handler)
        self.kind: Kind = kind
        self.began = began
        self.log: list[tuple[float, str, int]] = []
        self.end = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.end.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is none of the host's business."""

    @property
    def name(self) -> str:
        """As it is known to others."""
        return f"{self.server_address[0]!s}:{self.server_port}"

    def times(self, path: str = "/") -> list[float]:
        """When it was asked for what begins so."""
        return [at for at, asked, _status in self.log if asked.startswith(path)]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host = cast("Host", self.server)
        at, etag = time.monotonic() - host.began, '"1"'
        status, body, headers = 200, "", {"etag": etag}
        articles = len(host.times("/artikel/"))
        if self.path == "/robots.txt":
            body = _ROBOTS.get(host.kind, "")
        elif self.path == "/feed.xml":
            body = _feed(host.name)
        elif host.kind == "failing":
            status = 503
        elif host.kind == "busy" and articles == ARTICLES + 2:
            status, headers = 429, {"retry-after": str(WAIT)}
        elif self.headers.get("if-none-match") == etag:
            status = 304
        else:
            body = f"<html lang=de><article><h1>Beschluss {self.path}</h1><p>{_TEXT}</p><p>{_TEXT}</p></article></html>"
        host.log.append((at, self.path, status))
        if host.kind == "hanging" and self.path.startswith("/artikel/"):
            host.end.wait()
        self._answer(status, body.encode(), headers)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Say nothing."""

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _feed(name: str) -> str:
    items = "".join(f"<item><link>http://{name}/artikel/{number}</link></item>" for number in range(ARTICLES))
    return f'<rss version="2.0"><channel><title>Blatt</title>{items}</channel></rss>'


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def played(folder: Path, seconds: float) -> list[Told]:
    """Run the daemon for so long, and say what the hosts saw."""
    began = time.monotonic()
    with ExitStack() as stack:
        hosts = [stack.enter_context(Host(number, kind, began)) for number, kind in enumerate(HOSTS, 2)]
        text = _CONFIG.format(gap=GAP, port=_free_port())
        text += "".join(_SOURCE.format(name=host.name, home=f"http://{host.name}", every=EVERY) for host in hosts)
        (folder / "config.toml").write_text(text)
        nachtrag = (sys.executable, "-c", "from schedules.cli import main; main()")
        argv = [*nachtrag, "run", "--config", str(folder / "config.toml")]
        with (folder / "log").open("wb") as log, subprocess.Popen(argv, stdout=log, stderr=log) as daemon:
            time.sleep(seconds)
            daemon.send_signal(signal.SIGTERM)
    if daemon.returncode:
        raise SystemExit((folder / "log").read_text("utf-8", "replace")[-4000:])
    with closing(sqlite3.connect(folder / "polite.db")) as con:
        ledger = dict(
            con.execute("SELECT host, sum(full + unchanged + other + failed) FROM host_days GROUP BY host").fetchall()
        )
    return [told(host, int(ledger.get(host.name, 0))) for host in hosts]


def told(host: Host, in_ledger: int) -> Told:
    """What its log says."""
    times = host.times()
    closest = min((after - before for before, after in pairwise(times)), default=None)
    asked, kept, obeyed = _JUDGED[host.kind](host)
    # What was measured at the door began a moment earlier than the server saw it.
    polite = closest is None or closest > GAP - 0.1
    return Told(host.name, host.kind, len(times), closest, asked, kept, obeyed and polite, in_ledger)


def _healthy(host: Host) -> tuple[str, str, bool]:
    by_article = defaultdict(list)
    for at, path, _status in host.log:
        by_article[path].append(at)
    late = [
        after - before - EVERY
        for path, times in by_article.items()
        for before, after in pairwise(times)
        if path.startswith("/artikel/")
    ]
    bound = ARTICLES * (GAP + _SLACK)
    return f"each {EVERY} s", f"at most {max(late):.1f} s late", bool(late) and -0.1 < min(late) <= max(late) <= bound


def _busy(host: Host) -> tuple[str, str, bool]:
    refused = next((place for place, (_at, _path, status) in enumerate(host.log) if status == 429), None)
    if refused is None or refused + 1 >= len(host.log):
        return f"Retry-After {WAIT} s", "not come to", False
    pause = host.log[refused + 1][0] - host.log[refused][0]
    return f"Retry-After {WAIT} s", f"{pause:.1f} s", WAIT <= pause <= WAIT + _SLACK


def _slow(host: Host) -> tuple[str, str, bool]:
    pauses = [after - before for before, after in pairwise(host.times())]
    words = f"{min(pauses):.1f} to {max(pauses):.1f} s"
    # A server sees requests some milliseconds apart from when they began.
    return f"Crawl-delay {DELAY} s", words, min(pauses) >= DELAY - 0.05


def _failing(host: Host) -> tuple[str, str, bool]:
    times = host.times("/artikel/")
    takes = DEADLINE if host.kind == "hanging" else 0
    rests = [after - before - takes for before, after in pairwise(times)][4:]
    words = f"5 in a row, then a rest of {REST} s" if len(times) >= 5 else f"{len(times)} in a row so far"
    return "nothing: it fails", words, all(REST <= rest <= REST + _SLACK for rest in rests[:1]) and len(times) <= 6


def _closed(host: Host) -> tuple[str, str, bool]:
    asked = host.times("/artikel/")
    return "Disallow: /artikel/", f"{len(asked)} of these asked", not asked


_JUDGED = {
    "healthy": _healthy, "busy": _busy, "slow": _slow, "hanging": _failing, "failing": _failing, "closed": _closed,
}  # fmt: skip


def main() -> int:
    """Prints the table; 1 if anything was not obeyed."""
    options = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--seconds", type=float, default=150)
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    found = machine()
    with tempfile.TemporaryDirectory() as folder:
        lines = played(Path(folder), asked.seconds)
    print(f"{said(found)}; {asked.seconds:g} s\n")
    head = f"{'host':<18}{'kind':<9}{'requests':>9}{'ledger':>8}{'closest':>9}"
    print(f"{head}  {'asked for':<22}{'as its log has it':<36}obeyed")
    for line in lines:
        closest = "–" if line.closest is None else f"{line.closest:.2f} s"
        print(
            f"{line.host:<18}{line.kind:<9}{line.requests:>9}{line.in_ledger:>8}{closest:>9}  {line.asked:<22}"
            f"{line.kept:<36}{'yes' if line.obeyed else 'NO'}"
        )
    if asked.json:
        asked.json.write_text(json.dumps({"machine": found, "hosts": [asdict(line) for line in lines]}, indent=1))
    return 0 if all(line.obeyed and line.requests == line.in_ledger for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
