"""An event loop whose clock jumps: a simulated hour of the product's own tasks, sleeps and timeouts takes seconds.

Whenever nothing is left to do but to wait, the clock goes to the moment that is waited for. It stands still while work
is under way in threads or other processes, as the store's and the readers' is. Nothing of the network may be real.
"""

from __future__ import annotations

import asyncio
import selectors
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future

T = TypeVar("T")


class VirtualTime:
    """The clock. `now` is what the product is given as its own."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.seconds = 0.0
        self.elsewhere = 0

    def now(self) -> datetime:
        """What our clock shows."""
        return self.start + timedelta(seconds=self.seconds)


def run(main: Callable[[VirtualTime], Coroutine[Any, Any, T]], start: datetime) -> T:
    """Run `main` to its end in virtual time that begins at `start`."""
    time = VirtualTime(start)
    wrapped = asyncio.wrap_future

    def counted(future: Any, **named: Any) -> Any:
        awaited = wrapped(future, **named)
        # After whoever waits was told: else the clock may jump before they go on.
        _count(time, future)
        return awaited

    with patch.object(asyncio, "wrap_future", counted), asyncio.Runner(loop_factory=lambda: _Loop(time)) as runner:
        return runner.run(main(time))


def _count(time: VirtualTime, future: Future[Any]) -> None:
    time.elsewhere += 1
    loop = asyncio.get_running_loop()
    future.add_done_callback(lambda _: loop.call_soon_threadsafe(_done, time))


def _done(time: VirtualTime) -> None:
    time.elsewhere -= 1


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, time: VirtualTime) -> None:
        self._virtual = time
        super().__init__(_Selector(time))

    def time(self) -> float:
        return self._virtual.seconds

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        self._virtual.elsewhere += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(lambda _: _done(self._virtual))
        return future


class _Selector(selectors.DefaultSelector):
    def __init__(self, time: VirtualTime) -> None:
        super().__init__()
        self._virtual = time

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if found or (timeout is not None and timeout <= 0):
            return found
        if self._virtual.elsewhere or timeout is None:
            return super().select(None)
        self._virtual.seconds += timeout
        return found
