"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the reference material that is not part of the project; without it the test is skipped."""
    named = os.environ.get("NACHTRAG_SHARED", "")
    if not named:
        pytest.skip("NOT RUN: set NACHTRAG_SHARED to the folder with the reference material (hostile/, corpus/, …)")
    if not Path(named).is_dir():
        pytest.skip(f"NOT RUN: NACHTRAG_SHARED is {named!r}, which is no folder")
    return Path(named)
