"""Every code of a failure that the documentation names has words for people."""

from __future__ import annotations

import re
from pathlib import Path

from db.words.causes import CAUSES

# Warnings beside a version, which no failure is.
WARNINGS = {"teaser_only", "taken_for_comments"}
DOCS = Path(__file__).parent.parent / "docs" / "running.md"


def test_what_the_documentation_names_has_words() -> None:
    section = DOCS.read_text("utf-8").partition("## When a source fails")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    named = {code for row in rows for code in re.findall(r"`([a-z_]+)`", row)}
    assert len(named) > 20
    assert named - WARNINGS - CAUSES.keys() == set()
