"""No address that is private, internal or otherwise not public is ever connected to, whoever names it.

Every form of the suite ssrf-addresses stands in a feed as an article and behind a redirect; those that mean this
machine also as the canonical address of a page, in an index of sitemaps, behind the redirect of a robots.txt, and as
endpoints. Names that are rebound lead to 127.0.0.2 from the second time on that they are asked for; others have public
addresses that refuse and a private one at once, in each order. Connections are counted at the socket, by a hook on
connect in the daemon, and by canaries that listen on 127.0.0.1, 127.0.0.2 and ::1.

The control is the same with `allow_private` for everything: it must connect. Nothing leaves this machine then either.
`--with-fault`: every address is public; of a name with several addresses the first, or the last, alone is looked at.
"""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from tests.product import free_port, until
from tests.site import PAGE
from tests.trials import truth
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.product import Product
    from tests.trials.trial import Trial

PROMISE = "No private or internal address is ever connected to, whoever names it."
# The guard looks at each of the addresses of a name, then takes the first so many of them.
_ONE_ALONE = """
from scraper import wire
class Faces(tuple):
    def __iter__(self):
        return iter(self[{}])
begin = wire.Guard.__init__
def begun(self, allowed, resolve, connect):
    async def faces(host, port):
        return Faces(await resolve(host, port))
    begin(self, allowed, faces, connect)
wire.Guard.__init__ = begun
"""
FAULT = {
    "every address is public": """
from scraper import wire
wire.is_public = lambda address: True
""",
    "the first address alone is looked at": _ONE_ALONE.format(":1"),
    "the last address alone is looked at": _ONE_ALONE.format("-1:"),
}
_EVERYTHING = 'allow_private = ["0.0.0.0/0", "::/0"]\n'
_TWICE = 6  # so many names of each kind that does not say the same twice


def run(trial: Trial) -> None:
    """With the guard, then without."""
    suite = json.loads((trial.shared() / "hostile/ssrf-addresses/manifest.json").read_text("utf-8"))["cases"]
    suite = suite[:: trial.sized(12, 1, 1)]
    with canaries() as (port, caught):
        home = [_with_port(case["url"], port) for case in suite if case["why"].startswith("loopback")]
        forms = [case["url"] for case in suite] + home
        asked, found = _tried(trial, "guarded", forms, home, "", _all_met)
        trial.expect(not found, f"connected to {len(found)} addresses, of which {sorted(found)[:5]}")
        trial.expect(not caught, f"{len(caught)} connections came to canaries: {sorted(set(caught))}")
        trial.done(
            f"{len(forms)} forms, {asked} articles: {len(found)} addresses connected to, {len(caught)} came to canaries"
        )
        caught.clear()
        if not trial.fault:
            # Not all: their hosts fail and rest, and then whoever leads there waits.
            enough = len(home) // 2
            asked, found = _tried(trial, "open", home, home, _EVERYTHING, lambda *_: len(caught) >= enough)
            trial.expect(found and caught, "the control, without the guard, connected to nothing: the trial is blind")
            trial.done(f"control, the guard off: {len(home)} forms, {len(found)} connected to, {len(caught)} came")


def _with_port(url: str, port: int) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.netloc}:{port}").geturl()


def _tried(
    trial: Trial,
    name: str,
    forms: Sequence[str],
    home: Sequence[str],
    allowed: str,
    met: Callable[[Product, int], bool],
) -> tuple[int, set[tuple[str, int]]]:
    """Let a daemon meet them; how many articles there were, and what it connected to that it must not."""
    connects = trial.folder / f"connects-{name}"
    with trap(forms, home) as port:
        product = trial.product(name, inside={"names": True, "connects": connects})
        text = product.config.read_text("utf-8").replace('allow_private = ["127.0.0.0/8"]\n', allowed)
        for kind, path, revisit in (("feed", "forms", "1d"), ("feed", "names", "6s"), ("sitemap", "map", "1d")):
            text += (
                f'[[sources]]\nname = "{path}"\n{kind} = "http://trap.example:{port}/{path}"\nrevisit = "{revisit}"\n'
            )
        product.config.write_text(text, "utf-8")
        hooks = _endpoints(product, home[: trial.sized(2, 12, 24)])
        with unmeasured():
            product.start()
        until(lambda: "watching" in product.log() and met(product, hooks), truth.PATIENCE)
        trial.expect(product.stop() == 0, "the daemon did not end well")
        lines = connects.read_text().splitlines() if connects.exists() else []
        found = {(where, int(at)) for where, at in (line.rsplit(" ", 1) for line in lines)} - {("127.0.0.1", port)}
        ((asked,),) = truth.rows(product, "SELECT count(*) FROM articles")
        return int(asked), found


def _endpoints(product: Product, urls: Sequence[str]) -> int:
    """As many as the configuration takes: what it refuses is refused."""
    good, taken = product.config.read_text("utf-8"), 0
    for number, url in enumerate(urls):
        more = f"[[endpoints]]\nname = 'hook-{number}'\nurl = {json.dumps(url)}\nsecret_env = 'NACHTRAG_TEST_DESK'\n"
        product.config.write_text(good + more + 'events = ["article.*"]\n', "utf-8")
        if product.run("check-config", expect=None).code == 0:
            good, taken = product.config.read_text("utf-8"), taken + 1
    product.config.write_text(good, "utf-8")
    return taken


def _all_met(product: Product, hooks: int) -> bool:
    """Every article was looked at, names that are rebound as often as it takes, and every endpoint was tried."""
    ((unread, sources, rebound, tried),) = truth.rows(product, _MET)
    return not unread and not sources and rebound == _TWICE and tried == hooks


_MET = """SELECT (SELECT count(*) FROM articles WHERE last_visited_at IS NULL),
                 (SELECT count(*) FROM sources WHERE last_polled_at IS NULL),
                 (SELECT count(*) FROM articles WHERE instr(url, '//rebind') AND failures),
                 (SELECT count(DISTINCT endpoint) FROM deliveries WHERE attempts)"""


@contextmanager
def canaries() -> Iterator[tuple[int, list[str]]]:
    """Listen at one port on loopback addresses, and note who comes; nobody is answered."""
    port, caught = free_port(), list[str]()

    def listen(listener: socket.socket, host: str) -> None:
        with suppress(OSError):  # until it is closed
            while True:
                listener.accept()[0].close()
                caught.append(host)

    listeners = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        with suppress(OSError):  # no IPv6 on this machine
            listeners.append(listener := socket.create_server((host, port), family=family))
            Thread(target=listen, args=(listener, host), daemon=True).start()
    try:
        yield port, caught
    finally:
        for listener in listeners:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()


@contextmanager
def trap(forms: Sequence[str], home: Sequence[str]) -> Iterator[int]:
    """A site all of whose links lead astray; gives its port."""
    with _Trap(forms, home) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_port
        server.shutdown()


class _Trap(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, forms: Sequence[str], home: Sequence[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.forms, self.home = forms, home

    def feeds(self) -> dict[str, bytes]:
        """What its sources list, by path."""
        forms, at = range(len(self.forms)), self.server_port
        links = [
            *self.forms,
            *(f"http://{kind}-{n}.example:{at}/{n}" for kind in ("moved", "canonical") for n in forms),
        ]
        names = [f"http://{kind}-{n}.example:{at}/0" for kind in ("rebind", "two-faced") for n in range(_TWICE)]
        names += [f"http://robots-{n}.example:{at}/0" for n in range(len(self.home))]
        maps = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in self.home[:20])
        index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
        return {"/forms": _feed(links), "/names": _feed(names), "/map": index.encode()}


def _feed(links: Sequence[str]) -> bytes:
    items = "".join(f"<item><title>x</title><link>{escape(link)}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Trap</title>{items}</channel></rss>'.encode()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        trap = cast("_Trap", self.server)
        kind, _, number = self.headers["host"].partition(".")[0].rpartition("-")
        if kind == "robots" and self.path == "/robots.txt":
            self._answer(302, moved=trap.home[int(number)])
        elif self.path == "/robots.txt" or not (number.isdigit() or self.path in trap.feeds()):
            self._answer(404)
        elif kind == "moved":
            self._answer(302, moved=trap.forms[int(number)])
        else:
            self._answer(200, trap.feeds().get(self.path) or _page(trap.forms[int(number)]))

    def _answer(self, status: int, body: bytes = b"", moved: str = "") -> None:
        self.send_response(status)
        if moved:
            self.send_header("Location", moved.encode().decode("latin-1"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Say nothing."""


def _page(url: str) -> bytes:
    text = PAGE.format(headline="Brücke: Rat vertagt sich", url="/", stand="01.11.2026 08:00", version=1)
    links = (f'<link rel="{kind}" href={quoteattr(url)}>' for kind in ("canonical", "amphtml", "shortcut icon"))
    return text.replace("</head>", f'{"".join(links)}<meta property="og:url" content={quoteattr(url)}></head>').encode()
