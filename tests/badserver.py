"""The reference server that does everything wrong, `hostile/badserver.py` of the reference material, as a process."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from tests.product import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The bombs are as large as is needed: six times what is allowed.
SMALLER = {"gzip-bomb", "deflate-bomb", "br-bomb", "zstd-bomb", "double-gzip-bomb"}


@contextmanager
def running(folder: Path, seconds: int = 20, megabytes: int = 2_048) -> Iterator[int]:
    """Gives the first of its three ports; the second is its canary's, the third speaks TLS.

    What has no end, ends after so many seconds or megabytes.
    """
    port = free_port(3)
    command = [sys.executable, folder / "badserver.py", "--port", port, "--cap-seconds", seconds, "--cap-mb", megabytes]
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline(), "the server did not start"
            yield port
        finally:
            server.terminate()


def address(behaviour: str, port: int) -> str:
    """Where it is met, under a public name of its own."""
    if behaviour.startswith("tls-"):
        return f"https://{behaviour}.example:{port + 2}/ok"
    return f"http://{behaviour}.example:{port}/{behaviour}" + ("?mb=64" if behaviour in SMALLER else "")


@contextmanager
def redirecting(port: int) -> Iterator[int]:
    """Hosts whose robots.txt is a behaviour of that name, and whose pages are good; gives their port."""

    class Redirect(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = str(self.headers["host"]).partition(":")[0]
            behaviour = host.removesuffix(".example") if self.path == "/robots.txt" else "ok"
            self.send_response(302)
            self.send_header("Location", f"http://{host}:{port}/{behaviour}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Redirect) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_port
        server.shutdown()
