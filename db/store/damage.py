"""What is due and cannot be handed out, as a row that belongs to it is damaged: a failure of that item alone."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from db.work import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# It does not mend by itself; somebody restores a backup, or a row by hand.
AGAIN = timedelta(hours=1)


class Damaged(Exception):
    """What a job asked for cannot be read.

    Attributes:
        failure: what to record of the item.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def refuse(failure: Failure) -> None:
    """For `tolerated`, where a job is told.

    Raises:
        Damaged: always.
    """
    raise Damaged(failure)


@contextmanager
def tolerated(record: Callable[[Failure], object]) -> Iterator[None]:
    """Within it, a value that cannot be decoded is recorded as that failure, and the next item has its turn."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        record(_failure(error))
    except sqlite3.OperationalError as error:
        # A text that is not UTF-8 comes as the same exception as a lock or a full disk, which are everybody's failure.
        if not str(error).startswith("Could not decode"):
            raise
        record(_failure(error))


def _failure(error: Exception) -> Failure:
    said = f"a row of the database that belongs to it is damaged ({type(error).__name__}: {error!s:.200})"
    message = f"{said}; `nachtrag verify` says more"
    return Failure("damaged", message.encode("utf-8", "replace").decode().replace("\0", ""))
