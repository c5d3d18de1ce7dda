"""Many pages at once in Chromium, each in a frame of one window: what they ran, and what they asked for elsewhere."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.browser import Browser

# What attacks call to show that they run, and what a policy kept from running; by the frame within the window.
COUNTING = """{
    const note = what => {
        let frame = window
        while (frame.parent !== top && frame !== top) frame = frame.parent
        const notes = top[what] = top[what] || []
        notes.push(frame.name)
    }
    for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => note('ran')
    addEventListener('securitypolicyviolation', () => note('held'))
}"""
# A reader who touches everything: each link and control is clicked, and whatever has a handler of an event, or an
# animation, is told of every event that it may wait for. Where a link or a form leads away it is not followed.
_TOUCH = """(async () => {
    const touched = []
    for (const frame of document.querySelectorAll('iframe')) {
        let page = null
        try { page = frame.contentDocument } catch { }
        if (!page || page.URL === 'about:blank') continue
        const view = page.defaultView
        page.addEventListener('click', event => {
            const link = event.target.closest?.('a, area')
            if (link && /^https?:/.test(String(link.href?.baseVal ?? link.href))) event.preventDefault()
        })
        page.addEventListener('submit', event => event.preventDefault())
        const nodes = [...page.querySelectorAll('*')]
        for (const node of nodes) {
            for (const name of node.getAttributeNames().filter(name => /^on/i.test(name)))
                node.dispatchEvent(new view.Event(name.slice(2).toLowerCase(), {cancelable: true}))
            if (node.matches('a, area, button, input, select, summary, label'))
                node.click ? node.click() : node.dispatchEvent(new view.MouseEvent('click', {cancelable: true}))
        }
        touched.push([frame.name, nodes.length, page.documentElement ? page.documentElement.textContent.length : 0])
    }
    await new Promise(done => setTimeout(done, 30))
    return [touched, top.ran || [], top.held || []]
})()"""
_FRAMES = 24


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be opened: where, what is served there, and with which headers."""

    path: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(slots=True)
class Seen:
    """What pages did.

    Attributes:
        shown: how many were there to be seen; elements: so many were touched.
        ran: the pages of which something ran; scripts: how many scripts the browser compiled for them.
        asked: the pages' requests to anywhere else.
        held: how often the policy kept something from running or from being fetched.
    """

    opened: int = 0
    shown: int = 0
    elements: int = 0
    scripts: int = 0
    held: int = 0
    ran: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Site:
    """A server at a port that the system chose, and what it serves at present. One for all windows: what a page of the
    one before still asks for is nothing elsewhere."""

    address: str
    pages: dict[str, Page]


@contextmanager
def serving() -> Iterator[Site]:
    """A site with nothing on it yet."""
    pages: dict[str, Page] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(404 if page is None else 200)
            for name, value in (page.headers if page else {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body if page else b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://127.0.0.1:{server.server_port}", pages)
        server.shutdown()


def open_all(browser: Browser, site: Site, pages: Sequence[Page], seen: Seen) -> None:
    """Open them and touch everything; `browser` ran `COUNTING` first and watches scripts."""
    for start in range(0, len(pages), _FRAMES):
        some = pages[start : start + _FRAMES]
        frames = "".join(f'<iframe name="{at}" src="{page.path}"></iframe>' for at, page in enumerate(some))
        window = Page("/window", f"<!doctype html><title>frames</title>{frames}".encode(), _HTML)
        site.pages.clear()
        site.pages.update({page.path: page for page in (window, *some)})
        browser.open(f"{site.address}/window")
        answer = browser.evaluate(_TOUCH)
        known = browser.frames()
        _note(seen, some, answer, [known.get(frame, "") for frame in browser.compiled])
        seen.asked += [url for url in browser.asked if _elsewhere(url, site.address)]


def _note(seen: Seen, pages: Sequence[Page], answer: object, compiled: list[str]) -> None:
    # A window that an attack took over says nothing any more.
    touched, ran, held = answer if isinstance(answer, list) else ([], ["the window"], [])
    seen.opened += len(pages)
    seen.shown += sum(length > 0 for _name, _nodes, length in touched)
    seen.elements += sum(nodes for _name, nodes, _length in touched)
    seen.scripts += len(compiled)
    seen.held += len(held)
    for name in (*ran, *compiled):
        seen.ran.add(pages[int(name)].path if re.fullmatch(r"\d+", name) else "the window")


def _elsewhere(url: str, site: str) -> bool:
    return urlsplit(url).scheme not in ("about", "blob", "data", "javascript") and not url.startswith(f"{site}/")


_HTML = {"content-type": "text/html; charset=utf-8"}
