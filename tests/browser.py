"""A real Chromium, driven over its debugging pipe: load a page at a width, ask it things, take its picture."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
# Chromium answers in milliseconds; on a loaded machine it may take its time. Then it hangs.
_PATIENCE = 120
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--hide-scrollbars", "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
# By this Chromium tells scripts of ours from those of pages.
_OURS = "\n//# sourceURL=ours"
# Chromium reads commands from descriptor 3 and writes answers to 4, each ended by a zero byte.
_START = """
import os, sys
read, write = os.dup(int(sys.argv[1])), os.dup(int(sys.argv[2]))
os.dup2(os.dup(read), 3), os.dup2(os.dup(write), 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""


def require_chromium() -> str:
    """The program; without it the test is skipped, or fails where NACHTRAG_REQUIRE names chromium."""
    if PROGRAM is None:
        reason = "chromium is not installed: pages were not tried in a browser (apt-get install chromium)"
        if "chromium" in os.environ.get("NACHTRAG_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(reason)
    return PROGRAM


class Browser:
    """One Chromium with one page, as a context manager."""

    def __init__(self) -> None:
        self._profile = tempfile.mkdtemp(prefix="nachtrag-chromium-")
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(to_read), str(to_write), require_chromium(), *_FLAGS,
             f"--user-data-dir={self._profile}", "about:blank"],
            pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_read)
        os.close(to_write)
        self._rest, self._last, self._session, self._loaded = b"", 0, "", 0
        self.asked: list[str] = []
        self.compiled: list[str] = []

    def __enter__(self) -> Self:
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._send("Page.enable")
        self._send("Network.enable")
        return self

    def __exit__(self, *_exc: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=_PATIENCE)
        os.close(self._read)
        os.close(self._write)
        shutil.rmtree(self._profile, ignore_errors=True)

    def run_first(self, script: str) -> None:
        """Run a script in every page and frame from now on, before any of its own."""
        self._send("Page.addScriptToEvaluateOnNewDocument", source=script + _OURS)

    def watch_scripts(self) -> None:
        """From now on `compiled` names the frame of each script that pages make the browser compile: in a tag, in the
        handler of an event, in an address. Ours are not among them."""
        self._send("Debugger.enable")
        self._send("Debugger.setSkipAllPauses", skip=True)

    def frames(self) -> dict[str, str]:
        """By the number of each frame, the name of the one within the page that it is or stands in."""
        found: dict[str, str] = {}
        todo = [(self._send("Page.getFrameTree")["frameTree"], "", 0)]
        while todo:
            tree, name, depth = todo.pop()
            name = tree["frame"].get("name", "") if depth == 1 else name
            found[tree["frame"]["id"]] = name
            todo += [(child, name, depth + 1) for child in tree.get("childFrames", ())]
        return found

    def open(self, url: str, width: int = 1280, height: int = 900, *, dark: bool = False, media: str = "") -> None:
        """Load a page in a window of that size; `asked` then names every address that it asked for.

        Args:
            media: "print" for the page as it is put on paper.
        """
        self.asked.clear()
        self.compiled.clear()
        self._send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._send("Emulation.setEmulatedMedia", media=media, features=[scheme])
        with self.leaving():
            self._send("Page.navigate", url=url)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done inside leads to another page; afterwards that one has loaded."""
        before = self._loaded
        yield
        while self._loaded == before:
            self._next()

    def scripts(self, *, run: bool) -> None:
        """Whether pages may run scripts; we can still ask them things."""
        self._send("Emulation.setScriptExecutionDisabled", value=not run)

    def click(self, selector: str) -> None:
        """A click of the mouse into the middle of what the selector finds first."""
        x, y = self.evaluate(
            f"""(() => {{ const node = document.querySelector({json.dumps(selector)})
                node.scrollIntoView({{block: 'center'}})
                const box = [...node.getClientRects()][0]
                return [box.left + box.width / 2, box.top + box.height / 2] }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            self._send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Text into what has the focus."""
        self._send("Input.insertText", text=text)

    def press(self, key: str, *, alt: bool = False, edits: tuple[str, ...] = ()) -> None:
        """A key, as in "Tab", "Enter", "n". `edits`: what the window system would make of it, as in "copy"."""
        code = {"Tab": 9, "Enter": 13}.get(key) or ord(key.upper())
        text = {"Enter": "\r"}.get(key, "")
        named = {"key": key, "code": key if len(key) > 1 else f"Key{key.upper()}", "windowsVirtualKeyCode": code}
        held = {"modifiers": 1 if alt else 0, "unmodifiedText": key if len(key) == 1 else text}
        self._send("Input.dispatchKeyEvent", type="keyDown", text=text, commands=list(edits), **named, **held)
        self._send("Input.dispatchKeyEvent", type="keyUp", **named, **held)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self._send("Runtime.evaluate", expression=expression + _OURS, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """The whole page as PNG, or what a window shows of it."""
        answer = self._send("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(answer["data"]))

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        self._last += 1
        command = {"id": self._last, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._write, json.dumps(command).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == self._last:
                assert "error" not in message, f"{method}: {message['error']}"
                result: dict[str, Any] = message["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], _PATIENCE)
            piece = os.read(self._read, 1 << 20) if ready else b""
            assert piece, "chromium did not answer, or ended"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._loaded += message.get("method") == "Page.loadEventFired"
        if message.get("method") == "Network.requestWillBeSent":
            self.asked.append(message["params"]["request"]["url"])
        if message.get("method") in ("Debugger.scriptParsed", "Debugger.scriptFailedToParse"):
            script = message["params"]
            context = script.get("executionContextAuxData", {})
            if script["url"] != "ours" and context.get("isDefault") and not script["url"].startswith("chrome"):
                self.compiled.append(context["frameId"])
        return message
