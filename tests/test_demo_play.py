"""The demonstration as a new user runs it: all nine happenings, rightly named, checked by its own receiver."""

from __future__ import annotations

import signal
import subprocess
import urllib.request

import pytest

from tests.product import NACHTRAG, free_port

pytestmark = pytest.mark.first


def test_all_nine_happenings_are_rightly_named() -> None:
    port = free_port()
    play = subprocess.Popen(
        [NACHTRAG, "demo", "--listen", f"127.0.0.1:{port}"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert play.stdout is not None
    said = ""
    for line in play.stdout:
        said += line
        if "Ctrl-C" in line:  # the last words
            break
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as front:
        assert "Kreisblatt" in front.read().decode()
    play.send_signal(signal.SIGINT)
    said += play.communicate(timeout=20)[0]
    assert play.returncode == 0, said[-4000:]
    assert "All 9 were rightly named" in said
    assert "✗" not in said
    assert "Traceback" not in said


@pytest.mark.no_cover
def test_whoever_stops_reading_ends_it_quietly() -> None:
    play = subprocess.Popen(
        [NACHTRAG, "demo", "--exit", "--listen", f"127.0.0.1:{free_port()}"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert play.stdout is not None
    assert play.stderr is not None
    play.stdout.readline()
    play.stdout.close()
    assert play.stderr.read() == ""
    play.wait(60)
