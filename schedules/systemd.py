"""What systemd is told of the daemon (sd_notify(3)), where it asked for it: that it is ready, reloads, lives, stops."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schedules.vitals import Vitals

log = logging.getLogger("nachtrag")


class Supervisor:
    """Whoever started us, by the environment that it gave us. Where that names no socket, nobody is told anything.

    Attributes:
        watchdog: seconds after which it ends us unless it hears that we live; None: it does not.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        named = environment.get("NOTIFY_SOCKET", "")
        # A name in the abstract namespace is written with an @ in the place of the zero byte.
        self._address = f"\0{named[1:]}" if named.startswith("@") else named
        spell, whose = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", str(os.getpid()))
        ours = spell.isascii() and spell.isdigit() and int(spell) > 0 and whose == str(os.getpid())
        self.watchdog = int(spell) / 1e6 if ours else None

    def ready(self, status: str) -> None:
        """All that was to be started is; `status` is shown by `systemctl status`."""
        self._tell("READY=1", f"STATUS={status}")

    def reloading(self) -> None:
        """The configuration is read again; `ready` follows."""
        now = asyncio.get_running_loop().time()  # CLOCK_MONOTONIC, as it is asked for
        self._tell("RELOADING=1", f"MONOTONIC_USEC={int(now * 1e6)}", "STATUS=reading the configuration again")

    def stopping(self) -> None:
        """We end."""
        self._tell("STOPPING=1", "STATUS=finishing what is in hand")

    async def keep_alive(self, vitals: Vitals) -> None:
        """Say that we live, four times as often as has to be, until cancelled."""
        while self.watchdog is not None:
            self.alive(vitals)
            await asyncio.sleep(self.watchdog / 4)

    def alive(self, vitals: Vitals) -> None:
        """Say that we live, unless a queue hangs."""
        if hanging := vitals.hanging():
            log.error("hanging: the queue of %s; systemd is not told that we live", ", ".join(hanging))
        else:
            self._tell("WATCHDOG=1")

    def _tell(self, *lines: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK) as one:
                one.sendto("\n".join(lines).encode(), self._address)
        except OSError as error:
            log.warning("systemd cannot be told %s: %s", lines[0], error.strerror)
