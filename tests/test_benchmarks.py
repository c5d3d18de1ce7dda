"""The benchmarks without what they measure against."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.verbs import unmeasured

# To start an interpreter and to import is nearly all of it: each is run twice in one.
TWICE = """
import os, runpy, sys
name = sys.argv.pop()
for os.environ["NACHTRAG_SHARED"] in ("", "no-such-folder"):
    try:
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        print(end.code)
"""


@pytest.mark.parametrize("name", ["hostile", "corpus", "steadiness", "reading", "compare", "xss", "cost"])
def test_without_the_reference_material_a_benchmark_says_so(name: str) -> None:
    command = [sys.executable, "-c", TWICE, f"benchmarks.{name}"]
    with unmeasured():
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "2\n2\n"
    unset, no_folder = done.stderr.splitlines()
    assert unset.startswith("NACHTRAG_SHARED is not set")
    assert no_folder.startswith("NACHTRAG_SHARED is 'no-such-folder'")
