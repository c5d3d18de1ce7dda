"""The sections of config.toml for those who run it: where it can be watched, and how it logs."""

from __future__ import annotations

from typing import Literal

from pydantic import field_validator

from schedules.section import Section
from schedules.values import Size, listening


class Watch(Section):
    """Where health and metrics are had: `listen` is an address and a port; empty: nowhere. Less than `disk_low` bytes
    left on the disk of the database is told."""

    listen: str = "127.0.0.1:8003"
    disk_low: Size = 1_000_000_000

    @field_validator("listen")
    @classmethod
    def _address(cls, value: str) -> str:
        return listening(value) if value else ""


class Log(Section):
    """How the log is written: for people, or a JSON object a line."""

    format: Literal["text", "json"] = "text"
