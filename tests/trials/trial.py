"""What a trial is given, and what became of it."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeVar

from tests.product import Product
from tests.trials.inside import around

T = TypeVar("T")
Size = Literal["short", "full", "long"]


class Verdict(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "BROKEN"
    NOT_TESTED = "NOT TESTED"


class NotTested(Exception):
    """It cannot be tried here. The message says what is missing."""


@dataclass
class Trial:
    """One run of a trial.

    Attributes:
        folder: empty, its own.
        size: `short` is for the tests, `full` for all trials within 20 minutes, `long` for hours.
        fault: Python that breaks what is promised; empty but for the control.
        did: what was done, in figures; broken: what did not hold; untested: parts that could not be tried.
    """

    folder: Path
    size: Size = "full"
    fault: str = ""
    did: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    untested: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    _products: list[Product] = field(default_factory=list)

    def sized(self, short: T, full: T, long: T) -> T:
        """The one of three that goes with the size."""
        return {"short": short, "full": full, "long": long}[self.size]

    def say(self, text: str) -> None:
        """Progress, for who watches."""
        print(f"  {time.monotonic() - self.began:6.0f} s  {text}", file=sys.stderr, flush=True)

    def done(self, figure: str) -> None:
        """Say what was done."""
        self.say(figure)
        self.did.append(figure)

    def wrong(self, *what: str) -> None:
        """Say what did not hold."""
        for text in what:
            self.say(f"BROKEN: {text}")
        self.broken += what

    def expect(self, holds: object, otherwise: str) -> None:
        """Note that something did not hold, if it did not."""
        if not holds:
            self.wrong(otherwise)

    def skip(self, part: str) -> None:
        """Say what could not be tried."""
        self.say(f"NOT TESTED: {part}")
        self.untested.append(part)

    def shared(self) -> Path:
        """The folder with the reference material. Raises NotTested without."""
        named = os.environ.get("NACHTRAG_SHARED", "")
        if not (named and Path(named).is_dir()):
            raise NotTested(f"NACHTRAG_SHARED is {named!r}: set it to the folder with the reference material")
        return Path(named)

    def product(self, name: str = "", *, inside: dict[str, object] | None = None, **sources: str) -> Product:
        """An installation in a folder of its own; `inside` is what the daemon has around it (`tests.trials.inside`)."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        product = Product(folder, **sources)
        product.program = around({**(inside or {}), "fault": self.fault})
        self._products.append(product)
        return product

    def end(self) -> None:
        """Leave no daemon behind, whatever the trial died of."""
        for product in self._products:
            if product.daemon is not None and product.daemon.poll() is None:
                product.daemon.kill()
                product.daemon.wait()

    @property
    def verdict(self) -> Verdict:
        """What became of it: nothing done is nothing kept."""
        if self.broken:
            return Verdict.BROKEN
        return Verdict.KEPT if self.did else Verdict.NOT_TESTED
