"""The real program with something of a trial's around it: `python -m tests.trials.inside SETTINGS verb …`.

SETTINGS is a JSON object:

* `clock`: a file of 8 bytes, the seconds that the program's clock is ahead of the machine's (`Clock` writes them);
* `beacon`: a file in which is noted what is under way at each moment (`tests.trials.beacon`);
* `hourly`: so many seconds are an hour to what is done hourly;
* `answers`: a file to which a line of JSON is added for every request that ended: address, seconds, outcome;
* `names`: public names and addresses lead to 127.0.0.1, *behind* the guard, which is at work in full; of names that
  begin with `rebind` only the first answer is public, of those with `mixed` only one of two addresses;
* `connects`: a file to which every address is added that a socket of any process of ours is connected to;
* `fault`: Python that is run before the program begins.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schedules import daemon
from schedules.cli import main, running
from scraper import http, transport, wire
from tests.trials import beacon

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parent.parent.parent
# RFC 5737 keeps 192.0.2.0/24 for examples, which is not public; this one is, and nobody is ever connected to it.
PUBLIC = "93.184.215.14"


def around(settings: dict[str, Any]) -> tuple[str, ...]:
    """How to start the program with that around it."""
    kept = {name: str(value) if isinstance(value, Path) else value for name, value in settings.items() if value}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return "env", f"PYTHONPATH={path}", sys.executable, "-m", "tests.trials.inside", json.dumps(kept)


class Clock:
    """The clock of a program under trial, in a file that both have mapped; it runs on by itself."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(8))
        with file.open("r+b") as opened:
            self._ahead = mmap.mmap(opened.fileno(), 8)

    @property
    def ahead(self) -> float:
        """The seconds that it is ahead of the machine's."""
        return float(struct.unpack("d", self._ahead[:8])[0])

    @ahead.setter
    def ahead(self, seconds: float) -> None:
        self._ahead[:8] = struct.pack("d", seconds)

    def now(self) -> datetime:
        """What it shows."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)


def _keep_clock(file: str) -> None:
    running.now = Clock(Path(file)).now


def _light_beacon(file: str) -> None:
    beacon.light(Path(file))


def _hurry(seconds: float) -> None:
    timetable = daemon.timetable

    def hurried(turns: Any, every_hour: Any, plan_again: Any) -> Any:
        scheduler = timetable(turns, (), plan_again)
        for job in every_hour:
            scheduler.add_job(job, "interval", seconds=seconds)
        return scheduler

    daemon.timetable = hurried


def _note_answers(file: str) -> None:
    get, lines = http.Door.get, os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    async def noted(self: http.Door, url: str, **wish: Any) -> Any:
        began, outcome = time.monotonic(), "cancelled"
        try:
            answer = await get(self, url, **wish)
            outcome = type(answer).__name__
        except http.FetchError as error:
            outcome = error.code
            raise
        else:
            return answer
        finally:
            said = {"at": time.time(), "url": url, "seconds": time.monotonic() - began, "outcome": outcome}
            os.write(lines, json.dumps(said).encode() + b"\n")

    http.Door.get = noted  # type: ignore[method-assign]


def _lead_names(_: object) -> None:
    asked: dict[str, int] = {}

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked[host] = asked.get(host, 0) + 1
        if host.startswith("rebind") and asked[host] > 1:
            return ("127.0.0.2",)
        if host.startswith("mixed"):
            return (PUBLIC, "127.0.0.2")
        return (PUBLIC,) if host.endswith(".example") else await wire.resolve(host, port)

    async def lead(address: str, port: int) -> socket.socket:
        return await wire.connect("127.0.0.1" if address == PUBLIC else address, port)

    transport.Transport.__init__.__kwdefaults__.update(resolve=resolve, connect=lead)  # type: ignore[attr-defined]


def _note_connects(file: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            os.write(descriptor, f"{arguments[1][0]} {arguments[1][1]}\n".encode())

    sys.addaudithook(hook)


_POWERS: dict[str, Callable[[Any], None]] = {
    "clock": _keep_clock, "beacon": _light_beacon, "hourly": _hurry, "answers": _note_answers, "names": _lead_names,
    "connects": _note_connects,
}  # fmt: skip


def _begin() -> None:
    settings: dict[str, Any] = json.loads(sys.argv.pop(1))
    for name, value in settings.items():
        if name in _POWERS:
            _POWERS[name](value)
    exec(settings.get("fault", ""), {})  # a trial's own words
    main(prog_name="nachtrag")


if __name__ == "__main__":
    _begin()
