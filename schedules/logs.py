"""Log lines for people, or a JSON object a line for programs; no secret stands in either.

Whoever logs leaves secrets out as it is. This is the net under them: a traceback of a library may quote what it got.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from schedules.harmless import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from schedules.config import Config

    _Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_HIDDEN = "…"
# A signing secret, whosever it is, and what stands before the @ of an address.
_PATTERNS = (
    (re.compile(r"whsec_[\w+/=-]+"), f"whsec_{_HIDDEN}"),
    (re.compile(r"(?<=://)[^/\s@\"'<>]+@"), f"{_HIDDEN}@"),
)
# Less than that is a word, and would be hidden wherever it stands.
_LEAST = 6
_NOISY = ("apscheduler", "httpx", "asyncio")
_USUAL = frozenset({*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName"})


class _Guarded(logging.Formatter):
    """A line as people read it; times are local, as those who read them are. What others wrote begins no line of its
    own: a message is one line, and those of a traceback are indented."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return self.without_secrets(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- as logging has it
        return quiet(super().formatMessage(record))

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 -- as logging has it
        return "\n".join(f"  {quiet(line)}" for line in super().formatException(ei).split("\n"))

    def without_secrets(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text


class _Objects(_Guarded):
    """A JSON object a line: time (UTC), level, logger, message, what else is at hand, and the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        said |= {key: value for key, value in record.__dict__.items() if key not in _USUAL}
        if record.exc_info:
            said["exception"] = logging.Formatter.formatException(self, record.exc_info)
        return json.dumps(
            {
                key: value if isinstance(value, int | float) else self.without_secrets(_by_line(str(value)))
                for key, value in said.items()
            },
            ensure_ascii=False,
        )


def _by_line(text: str) -> str:
    """JSON escapes what parts lines in ASCII, and nothing else that parts lines or steers a terminal."""
    return "\n".join(map(quiet, text.split("\n")))


def log_to_stderr(config: Config) -> None:
    """Progress and warnings go to stderr, a line each, as `[log]` wants it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(config))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.ERROR)


def log_as(config: Config) -> None:
    """The same from now on by another configuration."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _Guarded):
            handler.setFormatter(_formatter(config))


def _formatter(config: Config) -> logging.Formatter:
    secrets = tuple(sorted({text for text in _secrets(config) if len(text) >= _LEAST}, key=len, reverse=True))
    return _Objects(secrets) if config.log.format == "json" else _Guarded(secrets)


def _secrets(config: Config) -> Iterator[str]:
    """What the environment keeps for us, and of the addresses of endpoints what lets one in."""
    for name in config.secret_names:
        yield from _parts(os.environ.get(name, ""))
    for endpoint in config.endpoints:
        yield endpoint.url.removeprefix(endpoint.shown_url)


def _parts(kept: str) -> Iterator[str]:
    """It, and if it is an address what follows its host, which errors may name alone."""
    yield kept
    yield kept.removeprefix("whsec_")
    path = kept.partition("://")[2].partition("/")[2]
    yield f"/{path}" if path else ""
