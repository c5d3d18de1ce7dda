"""A small news site on 127.0.0.1 whose every page is known: numbered versions, a log of what was served when."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self, cast
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from types import TracebackType

PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="canonical" href="{url}"></head><body><nav>Start Politik Sport</nav><article><h1>{headline}</h1>
<p class="stamp">Stand: {stand} Uhr</p>
<p>Der Gemeinderat von Oberwiesenbach hat am Abend über den Neubau der Brücke beraten und sich vertagt.</p>
<p>Dies ist die Fassung Nummer {version} dieses Artikels, und sie sagt es auch in einem vollständigen Satz.</p>
<p>Die Bürgermeisterin sagte, man werde die Pläne noch einmal in aller Ruhe prüfen und dann entscheiden.</p>
</article><footer>Impressum</footer></body></html>"""

_HEAD = PAGE[: PAGE.index("<article>")]
# The same site after a redesign: the Stand is gone, a part of the text comes by script, another article stands there.
REDESIGNED = (
    _HEAD
    + """<div class="x1"><h1>{headline}</h1><div class="x2" data-text="{version} {stand}"></div><div class="x3">
<p>Der Gemeinderat von Oberwiesenbach hat am Abend über den Neubau der Brücke beraten und sich vertagt.</p>
<p>Die Bürgermeisterin sagte, man werde die Pläne noch einmal in aller Ruhe prüfen und dann entscheiden.</p>
<p>Das Freibad bleibt wegen einer undichten Pumpe noch bis zum Sonntag geschlossen, teilte die Gemeinde gestern mit.</p>
</div></div><footer>Impressum</footer></body></html>"""
)
# After another one the whole text comes by script.
EMPTIED = _HEAD + '<div class="x1"><h1>{headline}</h1><div data-text="{version} {stand}"></div></div></body></html>'


@dataclass
class Story:
    """An article. `stamped` is how many of its versions moved the Stand along."""

    number: int
    version: int = 1
    stamped: int = 1
    missing: bool = False
    design: str = ""
    served: list[int] = field(default_factory=list)


class Site:
    """Serves a feed and stories; edits are made from outside, by any thread."""

    def __init__(self, stories: int) -> None:
        self.stories = {number: Story(number) for number in range(1, stories + 1)}
        self.lock = threading.Lock()
        self.name = "127.0.0.1"
        self.clock = lambda: datetime.now(UTC)
        self.requests = 0
        self.design = PAGE
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Its address, without a slash."""
        return f"http://{self.name}:{self._server.server_port}"

    @property
    def feed(self) -> str:
        """Address of its feed."""
        return f"{self.url}/feed.xml"

    def edit(self, number: int, *, stamp: bool = True) -> int:
        """Another version; the Stand moves along, or not."""
        with self.lock:
            story = self.stories[number]
            story.version += 1
            story.stamped += stamp
            return story.version

    def add(self) -> None:
        """One more story."""
        with self.lock:
            number = len(self.stories) + 1
            self.stories[number] = Story(number)

    def page(self, story: Story) -> bytes:
        """A story as it now is; its Stands lie in the past, a minute apart."""
        stand = datetime(2026, 11, 1, 8, 0, tzinfo=ZoneInfo("Europe/Berlin")) + timedelta(minutes=story.stamped)
        return (
            (story.design or self.design)
            .format(
                headline=f"Brücke {story.number}: Rat vertagt sich",
                url=f"{self.url}/artikel/{story.number}.html",
                stand=stand.strftime("%d.%m.%Y %H:%M"),
                version=story.version,
            )
            .encode()
        )

    def feed_body(self) -> bytes:
        """The feed of all stories."""
        items = "".join(
            f"<item><title>Brücke {number}</title><link>{self.url}/artikel/{number}.html</link></item>"
            for number in self.stories
        )
        head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tagblatt</title>'
        return f"{head}<link>{self.url}/</link>{items}</channel></rss>".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is none of the site's business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = cast("_Server", self.server).site
        site.requests += 1
        if self.path == "/feed.xml":
            return self._answer(200, site.feed_body(), "application/rss+xml")
        if self.path in ("/robots.txt", "/notiz.txt"):
            return self._answer(200, b"User-agent: *\nAllow: /\n", "text/plain")
        number = self.path.removeprefix("/artikel/").removesuffix(".html")
        with site.lock:
            story = site.stories.get(int(number)) if number.isdigit() else None
            if story is None or story.missing:
                return self._answer(404, b"<html>nicht da</html>", "text/html")
            etag = f'"{story.number}-{story.version}-{hash(story.design or site.design)}"'
            if self.headers.get("if-none-match") == etag:
                return self._answer(304, b"", "text/html", etag)
            story.served.append(story.version)
            body = site.page(story)
        return self._answer(200, body, "text/html; charset=utf-8", etag)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(cast("_Server", self.server).site.clock(), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Say nothing."""

    def _answer(self, status: int, body: bytes, kind: str, etag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)
