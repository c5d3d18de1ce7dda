"""Runs tools against the simulator, pass by pass: the reference harness does it, and we read what it says."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ADAPTER = Path(__file__).parent / "nachtrag.sh"
OURS, FLOOR = "nachtrag", "floor"
HOSTS = 50
# One whole pass; a machine that is busy with other things takes long.
_LONGEST_PASS = 900


@dataclass(frozen=True, slots=True)
class Bench:
    """Where things are.

    Attributes:
        harness: of the reference material: the adapters of others and `run_peer.py`.
        perf: a folder with `venv/NAME` of the tools, and the harness beside it, as its adapters expect it.
        out: where databases, logs and results go.
        simulator: its address.
        truth: its log of edits.
    """

    harness: Path
    perf: Path
    out: Path
    simulator: str
    truth: Path


def venv(perf: Path, name: str) -> Path:
    """The Python of a tool."""
    return perf / "venv" / name / "bin" / "python"


@contextmanager
def bench(shared: Path, tools: Path, out: Path, articles: int) -> Iterator[Bench]:
    """The simulator of the reference material, with so many articles on 50 hosts, on ports of its own."""
    perf = out / "perf"
    perf.mkdir(parents=True, exist_ok=True)
    for name, place in (("venv", tools / "venv"), ("harness", shared / "bench" / "harness")):
        (perf / name).unlink(missing_ok=True)
        (perf / name).symlink_to(place)
    truth, port = out / "truth.jsonl", free_port()
    python = venv(perf, "bench")
    command = [
        str(python) if python.exists() else sys.executable, str(shared / "bench" / "site.py"), "--port", str(port),
        "--articles", str(articles), "--hosts", str(HOSTS), "--log", str(truth),
    ]  # fmt: skip
    with serving(command):
        yield Bench(perf / "harness", perf, out, f"http://127.0.0.1:{port}", truth)


@contextmanager
def serving(command: Sequence[str]) -> Iterator[None]:
    """A server of its own process, until the end; it says "ready" when it is.

    Raises:
        RuntimeError: it ended before.
    """
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout is None or not process.stdout.readline().startswith("ready"):
            raise RuntimeError(f"{command[1]} did not start")
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port at which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def run(where: Bench, tool: str, articles: int, scenes: Sequence[str], **environment: str) -> list[dict[str, Any]]:
    """Every scenario once, from an empty state on: what the harness measured, a row each.

    Raises:
        RuntimeError: the harness failed, or a pass did not end.
    """
    adapter = str(ADAPTER) if tool == OURS else tool
    command = [
        sys.executable, str(where.harness / "run_peer.py"), adapter, str(articles), "--reps", "1",
        "--budget", str(_LONGEST_PASS), "--out", str(where.out / "passes.jsonl"), "--only", ",".join(scenes),
    ]  # fmt: skip
    given = {
        "SIM": where.simulator, "TRUTH": str(where.truth), "PERF": str(where.perf), "BENCH_OUT": str(where.out),
        "NACHTRAG_PYTHON": sys.executable, **environment,
    }  # fmt: skip
    done = subprocess.run(command, env={**os.environ, **given}, stdout=subprocess.PIPE, text=True, check=False)
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or any(row["dnf"] or row["rc"] for row in rows):
        raise RuntimeError(f"{tool} with {articles} articles did not end well: see {where.out / 'logs'}")
    return rows


def sizes(where: Bench, articles: int) -> list[dict[str, Any]]:
    """What our adapter noted of the database, in order: how many versions, and bytes by table and index."""
    noted = where.out / "data" / f"run-{OURS}-{articles}" / "sizes.jsonl"
    return [json.loads(line) for line in noted.read_text().splitlines()]
