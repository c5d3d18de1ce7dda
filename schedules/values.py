"""The values in config.toml, as people write them: spans of time, addresses, hours. Each says what it expected."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path  # noqa: TC003 -- pydantic reads the annotations
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, InstanceOf

from schedules.times import Cron, Quiet, cron, quiet, zone_of
from scraper.urls import canonical, host_key

_LONGEST_PATH = 3_000
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_LONGEST_SPAN = timedelta(days=366)
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")
_BYTES = {"kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}
_SIZE = re.compile(r"(\d{1,6}(?:\.\d+)?)\s*([kMGT]B)")
_LISTENING = re.compile(r"(?:[\w.:%-]+|\[[\w.:%-]+\]):(\d{1,5})", re.ASCII)
_YEARS = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*y")


def span(value: object) -> timedelta:
    """A span of time as people write it: "2s", "5m", "1h 30m", "0s"."""
    text = value if isinstance(value, str) else ""
    parts = _SPAN.findall(text)
    if not parts or _SPAN.sub("", text).strip():
        raise ValueError('expected a span of time such as "30s", "5m", "2h" or "1d"')
    seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    if seconds > _LONGEST_SPAN.total_seconds():
        raise ValueError(f"expected at most {_LONGEST_SPAN.days} days")
    return timedelta(seconds=seconds)


def age(value: object) -> timedelta:
    """A longer span, in years or as `span` has it, of a day at least: "2y", "90d"."""
    years = _YEARS.fullmatch(value.strip()) if isinstance(value, str) else None
    found = timedelta(days=365 * float(years[1])) if years else span(value)
    if found < timedelta(days=1):
        raise ValueError('expected at least "1d"')
    return found


def size(value: object) -> int:
    """Bytes as people write them: "500 MB", "2 GB", "0 MB"."""
    found = _SIZE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('expected a size such as "500 MB" or "2 GB"')
    return round(float(found[1]) * _BYTES[found[2]])


def listening(value: str) -> str:
    """An address and port to listen at, "127.0.0.1:8001"."""
    found = _LISTENING.fullmatch(value)
    if found is None or not 0 < int(found[1]) < 65536:
        raise ValueError('expected an address and a port such as "127.0.0.1:8001"')
    return value


def openable(value: Path) -> Path:
    """A path that a file can have."""
    if "\0" in str(value) or len(bytes(value)) > _LONGEST_PATH or any(len(os.fsencode(p)) > 255 for p in value.parts):
        raise ValueError("expected the path of a file; this is none that a file can have")
    return value


def web_address(value: str) -> str:
    if canonical(value) is None or urlsplit(value).scheme not in ("http", "https"):
        raise ValueError("expected a complete web address, http:// or https://, without user name and password")
    return value


def host_name(value: str) -> str:
    written = canonical(f"https://{value}/")
    if written is not None and not value.isascii():
        raise ValueError(f'expected the name as hosts are asked by it: write "{host_key(written)}"')
    if written != f"https://{value}/":
        raise ValueError('expected the name of a host in lower case, without the usual port, such as "www.example.org"')
    return value


def several(value: object) -> object:
    """One text stands for a list of one, an empty one for none."""
    return ([value] if value else []) if isinstance(value, str) else value


def zone(value: object) -> ZoneInfo:
    """The zone of a clock, "Europe/Berlin"."""
    return zone_of(value if isinstance(value, str) else str(value))


Span = Annotated[timedelta, BeforeValidator(span)]
Size = Annotated[int, BeforeValidator(size)]
Hours = Annotated[InstanceOf[Quiet], BeforeValidator(quiet)]
Zone = Annotated[InstanceOf[ZoneInfo], BeforeValidator(zone)]
Crontab = Annotated[InstanceOf[Cron], BeforeValidator(cron)]
Age = Annotated[timedelta, BeforeValidator(age)]
Name = Annotated[str, Field(pattern=r"^\S(.*\S)?$", max_length=80)]
Names = Annotated[tuple[str, ...], BeforeValidator(several)]
