"""No address that is private, internal or otherwise not public is ever connected to, whoever names it.

Every form of the suite ssrf-addresses stands in a feed as an article, behind a redirect, as a canonical address and
link of a page, and, as far as they mean this machine, in an index of sitemaps, behind the redirect of a robots.txt, and
as an endpoint. Names that are rebound lead to 127.0.0.2 from the second answer on; others give a public and a private
address at once. Connections are counted at the socket: by strace over all processes if it is there, by a hook on
connect in the daemon, and by canaries that listen on 127.0.0.1, 127.0.0.2 and ::1.

The control is the same with `allow_private` for everything: it must connect. `--with-fault`: every address is public.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from tests.product import free_port, until
from tests.site import PAGE
from tests.trials import truth
from tests.trials.traced import finished, strace
from tests.trials.trial import NotTested
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.product import Product
    from tests.trials.trial import Trial

PROMISE = "No private or internal address is ever connected to, whoever names it."
FAULT = """
from scraper import wire
wire.is_public = lambda address: True
"""
_CONNECT = re.compile(r'connect\(\d+<TCP.*?(?:sin_port=htons\((\d+)\)|sin6_port=htons\((\d+)\)).*?"([^"]+)"')
_EVERYTHING = 'allow_private = ["0.0.0.0/0", "::/0"]\n'
_NAMES = 40


def run(trial: Trial) -> None:
    """With the guard, then without."""
    suite = json.loads((trial.shared() / "hostile/ssrf-addresses/manifest.json").read_text("utf-8"))["cases"]
    suite = suite[:: trial.sized(10, 1, 1)]
    with canaries() as (port, caught), unmeasured():
        loopback = [_with_port(case["url"], port) for case in suite if case["why"] == "loopback"]
        forms = [case["url"] for case in suite] + loopback
        asked, found = _tried(trial, "guarded", forms, loopback, "")
        trial.expect(not found, f"connected to {sorted(found)[:5]}, {len(found)} addresses in all")
        trial.expect(not caught, f"{len(caught)} connections came to canaries: {sorted(set(caught))[:5]}")
        trial.done(
            f"{len(forms)} forms in {asked} addresses: {len(found)} connected to, {len(caught)} came to canaries"
        )
        caught.clear()
        if not trial.fault:
            asked, found = _tried(trial, "open", loopback, loopback, _EVERYTHING)
            trial.expect(found and caught, "the control, without the guard, connected to nothing: the trial is blind")
            trial.done(f"control, the guard off: {len(loopback)} forms, {len(found)} connected to, {len(caught)} came")


def _with_port(url: str, port: int) -> str:
    with suppress(ValueError):
        if urlsplit(url).port:
            return url
    head, slash, rest = url.partition("://")
    host, path, more = rest.partition("/")
    return f"{head}{slash}{host}:{port}{path}{more}"


def _tried(
    trial: Trial, name: str, forms: Sequence[str], loopback: Sequence[str], allowed: str
) -> tuple[int, set[tuple[str, int]]]:
    """Let a daemon meet all of them; how many addresses it tried, and which it connected to that it must not."""
    folder = trial.folder / name
    folder.mkdir()
    connects, trace = folder / "connects", folder / "trace"
    with trap(forms, loopback) as port:
        product = trial.product(name, inside={"names": True, "connects": connects})
        text = product.config.read_text("utf-8").replace('allow_private = ["127.0.0.0/8"]\n', allowed)
        text += (
            f'[[sources]]\nname = "Trap"\nfeed = "http://trap.example:{port}/feed.xml"\nevery = "1h"\nrevisit = "2s"\n'
        )
        text += f'[[sources]]\nname = "Map"\nsitemap = "http://trap.example:{port}/sitemap.xml"\nevery = "10s"\n'
        product.config.write_text(text, "utf-8")
        _endpoints(product, loopback)
        try:
            product.program = (*strace(trace, "connect", "-yy"), *product.program)
        except NotTested as missing:
            trial.skip(f"connections by the kernel's word: {missing}; the hook and the canaries count alone")
        product.start()
        asked = _all_tried(product, trial)
        trial.expect(product.stop() == 0, "the daemon did not end well")
        found = (
            {tuple(line.rsplit(" ", 1)) for line in connects.read_text().splitlines()} if connects.exists() else set()
        )
        if trace.exists():
            found |= {
                (where, one or other)
                for one, other, where in _CONNECT.findall(finished(trace).read_text("ascii", "replace"))
            }
        meant = {("127.0.0.1", str(port))}
        return asked, {(where, int(at)) for where, at in found - meant}


def _endpoints(product: Product, loopback: Sequence[str]) -> None:
    """As many as the configuration takes: what it refuses is refused."""
    good = product.config.read_text("utf-8")
    for number, url in enumerate(loopback[:_NAMES]):
        more = f"[[endpoints]]\nname = 'hook-{number}'\nurl = {json.dumps(url)}\nsecret_env = 'NACHTRAG_TEST_DESK'\n"
        product.config.write_text(good + more + 'events = ["article.*"]\n', "utf-8")
        if product.run("check-config", expect=None).code == 0:
            good += more + 'events = ["article.*"]\n'
    product.config.write_text(good, "utf-8")


def _all_tried(product: Product, trial: Trial) -> int:
    """Wait until every article was looked at, and those of rebound names twice."""
    until(lambda: "watching" in product.log(), truth.PATIENCE)
    until(lambda: truth.rows(product, "SELECT 1 FROM articles"), truth.PATIENCE)
    end = time.monotonic() + trial.sized(60, 240, 240)
    while time.monotonic() < end and truth.rows(
        product, "SELECT 1 FROM articles WHERE last_visited_at IS NULL LIMIT 1"
    ):
        time.sleep(1)
    time.sleep(10)
    ((asked, left),) = truth.rows(product, "SELECT count(*), sum(last_visited_at IS NULL) FROM articles")
    trial.expect(not left, f"{left} of {asked} addresses were not tried in time")
    return int(asked)


@contextmanager
def canaries() -> Iterator[tuple[int, list[str]]]:
    """Listen at one port on every loopback address, and note who comes."""
    port, caught, stop = free_port(), list[str](), threading.Event()
    listeners = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        with suppress(OSError):
            listener = socket.socket(family)
            listener.bind((host, port))
            listener.listen()
            listener.settimeout(0.2)
            listeners.append((host, listener))

    def listen(host: str, listener: socket.socket) -> None:
        while not stop.is_set():
            with suppress(TimeoutError):
                came, _ = listener.accept()
                caught.append(host)
                came.close()

    threads = [threading.Thread(target=listen, args=each) for each in listeners]
    for thread in threads:
        thread.start()
    try:
        yield port, caught
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        for _, listener in listeners:
            listener.close()


@contextmanager
def trap(forms: Sequence[str], loopback: Sequence[str]) -> Iterator[int]:
    """A site all of whose links lead astray; gives its port."""
    server = _Trap(forms, loopback)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Trap(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, forms: Sequence[str], loopback: Sequence[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.forms, self.loopback = forms, loopback


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        trap = cast("_Trap", self.server)
        name, number = self.headers["host"].partition(".")[0].rpartition("-")[::2]
        place, _, which = self.path.strip("/").rpartition("/")
        if self.path == "/feed.xml":
            self._answer(_feed(trap.server_port, trap.forms, trap.loopback), "application/rss+xml")
        elif self.path == "/sitemap.xml":
            self._answer(_sitemap(trap.loopback), "application/xml")
        elif name == "robots" and self.path == "/robots.txt":
            self._redirect(trap.loopback[int(number)])
        elif place == "redirect":
            self._redirect(trap.forms[int(which)])
        else:
            self._answer(_page(trap.forms[int(which)] if which.isdigit() else "/"), "text/html; charset=utf-8")

    def _redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target.encode("utf-8").decode("latin-1"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Say nothing."""


def _feed(port: int, forms: Sequence[str], loopback: Sequence[str]) -> bytes:
    links = list(forms)
    links += [f"http://r-{at}.example:{port}/redirect/{at}" for at in range(len(forms))]
    links += [f"http://c-{at}.example:{port}/canonical/{at}" for at in range(len(forms))]
    links += [f"http://robots-{at}.example:{port}/{at}" for at in range(len(loopback))]
    links += [f"http://{kind}-{at}.example:{port}/x" for kind in ("rebind", "mixed") for at in range(_NAMES)]
    items = "".join(f"<item><title>x</title><link>{escape(link)}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Trap</title>{items}</channel></rss>'.encode()


def _sitemap(loopback: Sequence[str]) -> bytes:
    maps = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in loopback[:20])
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode()


def _page(url: str) -> bytes:
    text = PAGE.format(headline="Brücke: Rat vertagt sich", url=escape(url), stand="01.11.2026 08:00", version=1)
    shown = escape(url, {'"': "&quot;"})
    head = f'<link rel="canonical" href="{shown}"><meta property="og:url" content="{shown}">'
    return text.replace("</head>", f'{head}<link rel="amphtml" href="{shown}"></head>').encode()
