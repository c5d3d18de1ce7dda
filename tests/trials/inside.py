"""The real program with something of a trial's around it: `python -m tests.trials.inside SETTINGS verb …`.

SETTINGS is a JSON object:

* `clock`: a file of 8 bytes, the seconds that the program's clock is ahead of the machine's (`Clock` writes them);
* `beacon`: a file in which is noted what is under way at each moment (`tests.trials.beacon`);
* `hourly`: so many seconds are an hour to what is done hourly;
* `fault`: Python that is run before the program begins.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schedules import daemon
from schedules.cli import main, running
from tests.trials import beacon

if TYPE_CHECKING:
    from collections.abc import Callable

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
    running.now = Clock(Path(file)).now


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


_POWERS: dict[str, Callable[[Any], None]] = {
    "clock": _keep_clock,
    "beacon": _light_beacon,
    "hourly": _hurry,
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
