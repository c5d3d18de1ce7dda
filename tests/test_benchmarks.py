"""The benchmarks without what they measure against."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.verbs import unmeasured


@pytest.mark.parametrize("name", ["hostile", "corpus", "steadiness", "reading", "compare", "xss", "cost"])
@pytest.mark.parametrize(("folder", "said"), [("", "is not set"), ("no-such-folder", "is 'no-such-folder'")])
def test_without_the_reference_material_a_benchmark_says_so(name: str, folder: str, said: str) -> None:
    with unmeasured():
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], env=os.environ | {"NACHTRAG_SHARED": folder},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("NACHTRAG_SHARED " + said)
    assert done.stderr.count("\n") == 1
