"""The demonstration's config.toml: addresses go in, its text comes out. All waiting is switched off."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

TEMPLATE = Path(__file__).parent / "config.toml"
SECRET_ENV = "NACHTRAG_DEMO_SECRET"  # noqa: S105 -- the name of a variable, no secret


def config_text(newspaper_feed_url: str, receiver_url: str, database: str, listen: str) -> str:
    """The whole file; every value is written as TOML writes a string."""
    values = {
        "database": database,
        "listen": listen,
        "feed": newspaper_feed_url,
        "receiver": receiver_url,
        "secret_env": SECRET_ENV,
    }
    # JSON's strings are TOML's basic strings, but for DEL, which TOML wants escaped.
    quoted = {key: json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") for key, value in values.items()}
    return Template(TEMPLATE.read_text("utf-8")).substitute(quoted)
