"""The demonstration as a new user runs it: all nine happenings, rightly named, checked by its own receiver."""

from __future__ import annotations

import subprocess

from tests.product import NACHTRAG, free_port


def test_all_nine_happenings_are_rightly_named() -> None:
    done = subprocess.run(
        [NACHTRAG, "demo", "--exit", "--listen", f"127.0.0.1:{free_port()}"],
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "All 9 were rightly named" in done.stdout
    assert "✗" not in done.stdout
