"""Tells people through the services that Apprise knows (e-mail, Discord, Matrix, ntfy …), where it is installed.

Apprise speaks to them itself, past our door to the network. So it does so in processes of its own, which are stopped
when it takes too long, hear of no proxy or password in the environment, and write nothing to our log: addresses are
secrets, and its messages name them.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import resource
import signal
import threading
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from typing import TYPE_CHECKING

from pebble import ProcessPool

from schedules.alert import alert

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from schedules.alert import Style

_NAME = "apprise"
NOT_INSTALLED = "Apprise is not installed; to install it: pip install --require-hashes -r requirements-alerts.lock"
NOT_KNOWN = "Apprise knows no service by that address; see https://appriseit.com/services/ for how addresses look"
NOT_TAKEN = "the service did not take it, did not answer in time, or could not be reached"
# So many messages are on their way at a time: two services that hang are to leave one to the others.
PROCESSES = 3
# A process is replaced after so many, so that nothing it leaks lasts.
_MESSAGES_PER_PROCESS = 1_000
# So many that take all their time are waited for.
_TURNS = 10
_MEMORY = 2 * 1024**3
# Services that allow more are told no more: nobody reads it.
_LONGEST, _LONGEST_TITLE = 3_000, 200
# Of what Apprise says of a failure only that: the rest names addresses.
_STATUS = re.compile(r"\berror=(\d{3})\b")


def is_installed() -> bool:
    """Whether Apprise is there."""
    return find_spec(_NAME) is not None


class Services:
    """The processes in which Apprise works; they start on first need. Close it when done.

    Args:
        deadline: for one message, from the moment at which a process takes it.
    """

    def __init__(self, deadline: timedelta) -> None:
        self._seconds = deadline.total_seconds()
        self._pool: ProcessPool | None = None
        self._changing = threading.Lock()
        self._is_closed = False

    async def tell(self, address: str, body: str, style: Style, now: datetime) -> str:
        """Tell people of an event; why that failed, in words without anything of the address, or an empty text."""
        return await self._ask(partial(_tell, address, body, style, now))

    async def fault(self, address: str) -> str:
        """What is wrong with an address, in the same words; an empty text if Apprise knows how to use it."""
        return await self._ask(partial(_fault, address))

    async def _ask(self, work: partial[str]) -> str:
        if not is_installed():
            return NOT_INSTALLED
        pool = await asyncio.to_thread(self._processes)  # to start them takes seconds
        future = asyncio.wrap_future(pool.schedule(work, timeout=self._seconds))
        try:
            await asyncio.wait([future], timeout=_TURNS * self._seconds)
        finally:
            future.cancel()
        if future.cancelled():
            return "its turn did not come, as others are slow"
        error = future.exception()  # of a service's own module, say: what it says may name the address
        if error is None:
            return future.result()
        if isinstance(error, TimeoutError):
            return f"no answer within {self._seconds:g} s"
        return f"what speaks to the service ended with {type(error).__name__}"

    def _processes(self) -> ProcessPool:
        with self._changing:
            if self._is_closed:  # meanwhile: nobody would end what is started now
                raise RuntimeError("the processes that speak to services were closed")
            if self._pool is None or not self._pool.active:
                self._end()  # what starts its processes was killed, say for want of memory: it never recovers
                self._pool = ProcessPool(
                    PROCESSES, _MESSAGES_PER_PROCESS, _settle_in, (self._seconds,), get_context("spawn")
                )
                if not self._pool.active:  # asking starts them
                    raise RuntimeError("the processes that speak to services did not start")
            return self._pool

    def close(self) -> None:
        """End the processes, whatever they do."""
        with self._changing:
            self._is_closed = True
            self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble annotates the rest
            self._pool.join()
            self._pool = None


def _settle_in(seconds: float) -> None:
    """In a process: leave Ctrl-C to the daemon, know no proxy and no .netrc, take not all memory, and say nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ["NETRC"] = os.devnull
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    logging.getLogger().addHandler(logging.NullHandler())
    apprise = import_module(_NAME)
    # Its own are 4 s: what a service took and was slow to say would be sent again. Who says nothing is given up a
    # second before the process would be stopped: to start another takes seconds.
    apprise.URLBase.socket_connect_timeout = apprise.URLBase.socket_read_timeout = seconds - 1
    apprise.Apprise.instantiate("json://127.0.0.1")  # loads all that it knows: seconds that no message is to wait for


def _tell(address: str, body: str, style: Style, now: datetime) -> str:
    apprise = import_module(_NAME)
    # No redirect is followed, no picture is fetched from elsewhere, nothing is kept in files, ":name:" stays as it is.
    asset = apprise.AppriseAsset(
        app_id="Nachtrag", app_desc="", app_url="", http_redirects=False, image_url_mask="", image_url_logo="",
        interpret_emojis=False, storage_mode="memory",
    )  # fmt: skip
    service = apprise.Apprise.instantiate(address, asset=asset)
    if service is None:
        return NOT_KNOWN
    services = apprise.Apprise(asset=asset)
    services.add(service)
    told = alert(body, style, min(service.body_maxlen, _LONGEST), now)
    # Where there are titles, the first line is one: the subject of a mail.
    title = told.title[: min(service.title_maxlen, _LONGEST_TITLE)]
    text = told.text if title and told.text else f"{told.what}\n{told.text}"
    result = services.notify(body=text, title=title, body_format="text")
    if result:
        return ""
    statuses = [match[1] for entry in result.logs() for match in _STATUS.finditer(str(entry))]
    return f"HTTP {statuses[-1]}" if statuses else NOT_TAKEN


def _fault(address: str) -> str:
    return "" if import_module(_NAME).Apprise.instantiate(address) is not None else NOT_KNOWN
