"""What all sections of config.toml have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of config.toml: unknown keys are faults, and nothing in it changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
