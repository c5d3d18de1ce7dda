"""The verb demo: the invented newspaper, a receiver, and the real daemon between them, on this machine alone."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click
from rich.console import Console

from schedules import daemon
from schedules.cli.setting import listen_option, now
from schedules.config import load
from schedules.demo.configuration import SECRET_ENV, config_text
from schedules.demo.narration import browse_words
from schedules.demo.newspaper import Newspaper
from schedules.demo.receiver import DemoReceiver
from schedules.demo.script import load_script
from schedules.demo.stage import Pace, perform

if TYPE_CHECKING:
    from collections.abc import Callable

    from schedules.demo.report import Report


@click.command()
@click.option("--exit", "leave", is_flag=True, help="Exit when the play is over: 0 if all nine were rightly named.")
@click.option(
    "--listen",
    default="127.0.0.1:8001",
    show_default=True,
    callback=listen_option,
    help="Address and port of Datasette.",
)
def demo(*, leave: bool, listen: str) -> None:
    """Watch an invented newspaper live through nine happenings in two minutes; every alert is checked and printed.

    Afterwards everything stays open for browsing until Ctrl-C. Nothing is asked of the internet.
    """
    with tempfile.TemporaryDirectory(prefix="nachtrag-demo-") as folder:
        logging.basicConfig(filename=Path(folder) / "demo.log", level=logging.INFO)
        report = asyncio.run(_play(Path(folder), _free(listen), leave=leave))
        logging.shutdown()  # the file that it writes to goes with the folder
    sys.exit(0 if report is None or report.all_right else 1)


async def _play(folder: Path, listen: str, *, leave: bool) -> Report | None:
    newspaper, receiver = Newspaper(load_script(), now), DemoReceiver(now)
    await newspaper.start()
    await receiver.start()
    os.environ[SECRET_ENV] = receiver.secret
    path = folder / "config.toml"
    path.write_text(config_text(newspaper.feed_url, receiver.url, str(folder / "demo.db"), listen), "utf-8")
    stop = asyncio.Event()
    watching = asyncio.create_task(daemon.run(path, load(path), now, stop))
    audience = _Audience(sys.stdout)
    console = Console(file=cast("TextIO", audience))
    leaving = asyncio.create_task(audience.left.wait())
    playing = asyncio.create_task(perform(newspaper, receiver, console, Pace(now, asyncio.sleep), f"http://{listen}"))
    await asyncio.wait([watching, playing, leaving], return_when=asyncio.FIRST_COMPLETED)
    report = playing.result() if playing.done() else None
    if leave or leaving.done():
        stop.set()
    elif report is not None:
        console.print(browse_words(newspaper.url, f"http://{listen}"))
    await watching
    for task in (playing, leaving):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await newspaper.stop()
    await receiver.stop()
    return report


class _Audience:
    """Standard output for as long as somebody reads it (`| head` does not to the end); `left` says that nobody does."""

    def __init__(self, output: TextIO) -> None:
        self._output, self.left = output, asyncio.Event()

    def __getattr__(self, name: str) -> object:
        return getattr(self._output, name)

    def write(self, text: str) -> int:
        """All of it, or nothing once nobody reads."""
        self._try(lambda: self._output.write(text))
        return len(text)

    def flush(self) -> None:
        """Where output is buffered, it shows here that nobody reads."""
        self._try(self._output.flush)

    def _try(self, output: Callable[[], object]) -> None:
        try:
            output()
        except BrokenPipeError:
            self.left.set()
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._output.fileno())


def _free(listen: str) -> str:
    """The address, with another port if somebody listens there already."""
    host, _, port = listen.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError:
            probe.bind((host, 0))
        return f"{host}:{probe.getsockname()[1]}"
