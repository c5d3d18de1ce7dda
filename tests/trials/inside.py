"""The real program with something of a trial's around it: `python -m tests.trials.inside SETTINGS verb …`.

SETTINGS is a JSON object:

* `clock`: a file of 8 bytes, the seconds that the program's clock is ahead of the machine's (`Clock` writes them);
* `beacon`: a file in which is noted what is under way at each moment (`tests.trials.beacon`);
* `hourly`: so many seconds are an hour to what is done hourly;
* `patience`: so many seconds it waits for the lock of the database, and not a minute;
* `answers`: a file to which a line of JSON is added for every request that ended: address, seconds, outcome;
* `names`: public names lead to 127.0.0.1, *behind* the guard, which is at work in full; of those that begin with
  `rebind` only the first answer is public; those with `two-faced-N` have a private address beside two public ones that
  refuse, in the place N modulo 3. Connections to other machines are refused, so that nothing leaves this one even where
  the guard is off;
* `connects`: a file to which every address is added that a socket is connected to, or would be but for `names`;
* `fault`: Python that is run before the program begins.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apscheduler.schedulers import base as scheduling

from db.store import connection
from schedules import daemon
from schedules.cli import main, running
from scraper import http, transport, wire
from scraper.errors import FetchError
from tests.scripted import PUBLIC
from tests.trials import beacon

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence

_REFUSING = "93.184.215.15"
ROOT = Path(__file__).parent.parent.parent


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
    clock = Clock(Path(file))

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.now().astimezone(tz)

    running.now, scheduling.datetime = clock.now, Shifted


def _light_beacon(file: str) -> None:
    beacon.light(Path(file))


def _hurry(seconds: float) -> None:
    timetable = daemon.timetable

    def hurried(turns: Any, chores: Any) -> Any:
        scheduler = timetable(turns, ())
        every_hour, _plan_again = chores
        for job in every_hour.args[4:]:  # of `daemon.when_due`
            scheduler.add_job(job, "interval", seconds=seconds)
        return scheduler

    daemon.timetable = hurried


def _wait_less(seconds: float) -> None:
    connection.BUSY_MS = int(1000 * seconds)


def _note_answers(file: str) -> None:
    lines = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for method in ("get", "post"):
        _note(lines, method)


def _note(lines: int, method: str) -> None:
    whole = getattr(http.Door, method)

    async def noted(self: http.Door, url: str, *more: Any, **wish: Any) -> Any:
        began, outcome = time.monotonic(), "cancelled"
        try:
            answer = await whole(self, url, *more, **wish)
            outcome = type(answer).__name__
        except FetchError as error:
            outcome = error.code
            raise
        else:
            return answer
        finally:
            said = {"at": began, "url": url, "seconds": time.monotonic() - began, "outcome": outcome}
            os.write(lines, json.dumps(said).encode() + b"\n")

    setattr(http.Door, method, noted)


def _lead_names(_: object) -> None:
    asked: set[str] = set()

    async def resolve(host: str, port: int) -> Sequence[str]:
        if not host.endswith(".example"):
            return await wire.resolve(host, port)
        again = host in asked
        asked.add(host)
        if host.startswith("two-faced"):
            faces = [_REFUSING, _REFUSING]
            faces.insert(int(host.partition(".")[0].rpartition("-")[2]) % 3, "127.0.0.2")
            return faces
        return ("127.0.0.2",) if again and host.startswith("rebind") else (PUBLIC,)

    async def lead(address: str, port: int) -> socket.socket:
        at_home = ip_address("127.0.0.1" if address == PUBLIC else address)
        if at_home.is_loopback:
            return await wire.connect(str(at_home), port)
        if address != _REFUSING:
            sys.audit("socket.connect", None, (address, port))
        raise ConnectionRefusedError("the trial lets nothing leave this machine")

    transport.Transport.__init__.__kwdefaults__.update(resolve=resolve, connect=lead)  # type: ignore[attr-defined]


def _note_connects(file: str) -> None:
    lines = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            os.write(lines, f"{arguments[1][0]} {arguments[1][1]}\n".encode())

    sys.addaudithook(hook)


_POWERS: dict[str, Callable[[Any], None]] = {
    "clock": _keep_clock,
    "beacon": _light_beacon,
    "hourly": _hurry,
    "patience": _wait_less,
    "answers": _note_answers,
    "names": _lead_names,
    "connects": _note_connects,
}


def _begin() -> None:
    settings: dict[str, Any] = json.loads(sys.argv.pop(1))
    exec(settings.get("fault", ""), {})  # a trial's own words; first, so that what is broken is watched, too
    for name, value in settings.items():
        if name in _POWERS:
            _POWERS[name](value)
    main(prog_name="nachtrag")


if __name__ == "__main__":
    _begin()
