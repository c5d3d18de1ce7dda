"""Rulings on edits whose pages were read again: cases of tests/data/corrections.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from changes.correction import corrected
from changes.ruling import rule
from tests.articles import case as edit

if TYPE_CHECKING:
    from typing import Any

CASES = tomllib.loads((Path(__file__).parent / "data/corrections.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_said_instead(case: dict[str, Any]) -> None:
    read_now = edit(case["before"], case["after"], case.get("seen", {}))
    said = corrected(case["said"], case.get("took_back", ""), rule(read_now), read_now.edit.change)
    assert (said.verdict if said else None) == case.get("verdict")
    if said is not None:
        assert said.settled
        assert said.again_at is None
        assert said.evidence[0][0] == "pages read again"
