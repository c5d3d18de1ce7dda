"""Datasette as a supervised child: started with the daemon, started again when it dies, ended with the daemon."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from db.datasette import Settings, command, named, told

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from db.publish import Publish
    from db.words.language import Choice

log = logging.getLogger("nachtrag.datasette")

_STOP_SECONDS = 2.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_LAST_LINES, _LAST_BYTES = 15, 16_384
# Asks the kernel to end the child when we die, even of SIGKILL (Linux, prctl(2): PR_SET_PDEATHSIG is 1), and becomes
# it: a Datasette that outlives its daemon would keep the port from the next one.
_DIE_WITH_US = (
    "import ctypes, os, signal, sys; "
    "sys.platform == 'linux' and ctypes.CDLL(None).prctl(1, signal.SIGTERM); "
    "os.getppid() == int(sys.argv[1]) or sys.exit(); os.execv(sys.argv[2], sys.argv[2:])"
)


def address_taken(listen: str) -> str:
    """Why nobody can listen at that address ("host:port"), in words; empty if one can."""
    host, _, port = listen.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), int(port)))
    except OSError as error:
        why = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror
        return f"{listen} cannot be listened at: {why}; stop it, or change `listen` in the section [web]"
    return ""


class Browser:
    """The child. It cannot stall fetching: a slow query is another process's. It answers strangers, and is told no
    secrets: `hidden` names variables of the environment."""

    def __init__(
        self, database: Path, listen: str, base_url: str, publish: Publish, language: Choice,
        *, hidden: Collection[str] = (),
    ) -> None:  # fmt: skip
        self._database, self._listen, self._base_url = database, listen, base_url
        self._publish, self._language, self._hidden = publish, language, hidden
        self._supervision: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it, and watch over it until `stop`."""
        argv = command(self._database, self._listen, self._base_url)
        self._supervision = asyncio.create_task(self._supervise(argv))

    async def stop(self) -> None:
        """End it: politely, then not."""
        if self._supervision is not None:
            self._supervision.cancel()
            with suppress(asyncio.CancelledError):
                await self._supervision

    async def _supervise(self, argv: list[str]) -> None:
        pause = _FIRST_PAUSE
        while True:
            if taken := address_taken(self._listen):
                log.error("%s; Datasette is not started, all else goes on", taken)
            else:
                log.info("browse at %s", self._base_url)
                await self._live(argv)
            log.info("it is tried again in %g s", pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _live(self, argv: list[str]) -> None:
        """One life of the child, from start to end; ended with us, whatever happens."""
        settings: Settings = {
            "daemon": True, "publish": self._publish, "language": self._language, "name": named(self._base_url),
        }  # fmt: skip
        with told(self._database, **settings) as metadata:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                _DIE_WITH_US,
                str(os.getpid()),
                *argv,
                env={name: value for name, value in os.environ.items() if name not in self._hidden},
                stdin=metadata,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
        try:
            said = await last_words(child.stderr) if child.stderr is not None else []
            log.error("Datasette on %s ended with code %s; its last words:", self._listen, await child.wait())
            for words in said:
                log.error("Datasette: %s", words)
        finally:
            if child.returncode is None:
                await _end(child)


async def last_words(stream: asyncio.StreamReader) -> list[str]:
    """The last lines that somebody writes, when he has ended; of a line without an end, the end."""
    said = b""
    while chunk := await stream.read(_LAST_BYTES):
        said = (said + chunk)[-_LAST_BYTES:]
    return said.decode("utf-8", "replace").splitlines()[-_LAST_LINES:]


async def _end(child: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        child.terminate()
        try:
            await asyncio.wait_for(child.wait(), _STOP_SECONDS)
        except TimeoutError:
            child.kill()
            await child.wait()
