"""The published schema of events, and the same without room for keys that it does not name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FILE = Path(__file__).parent.parent / "db/web/static/event.schema.json"
SCHEMA: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
_STRICT = {
    **SCHEMA,
    "additionalProperties": False,
    "$defs": {
        name: {**part, "additionalProperties": False} if part.get("type") == "object" else part
        for name, part in SCHEMA["$defs"].items()
    },
}
PUBLISHED, STRICT = Draft202012Validator(SCHEMA), Draft202012Validator(_STRICT)


def faults(event: object) -> list[str]:
    """Where an event is not what is published, or has a key that is not."""
    return [f"{error.json_path}: {error.message}" for error in STRICT.iter_errors(event)]
