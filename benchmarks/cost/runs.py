"""Runs tools against the simulator, pass by pass: the reference harness does it, and we read what it says."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
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
        port: of the simulator.
        truth: its log of edits.
        authority: the certificate that it is to be trusted by, if it speaks TLS.
    """

    harness: Path
    perf: Path
    out: Path
    port: int
    truth: Path
    authority: Path | None = None


def venv(perf: Path, name: str) -> Path:
    """The Python of a tool."""
    return perf / "venv" / name / "bin" / "python"


@contextmanager
def bench(shared: Path, tools: Path, out: Path, articles: int) -> Iterator[Bench]:
    """The simulator of the reference material, with so many articles on 50 hosts, on ports of its own."""
    where = _placed(shared, tools, out, out / "truth.jsonl")
    python = venv(where.perf, "bench")
    command = [
        str(python) if python.exists() else sys.executable, str(shared / "bench" / "site.py"),
        "--port", str(where.port), "--articles", str(articles), "--hosts", str(HOSTS), "--log", str(where.truth),
    ]  # fmt: skip
    with serving(command):
        yield where


@contextmanager
def harder(shared: Path, tools: Path, out: Path, articles: int) -> Iterator[Bench]:
    """A site of our own in its place; half of its hosts speak TLS, by a certificate that is made here."""
    where = _placed(shared, tools, out, out / "truth-harder.jsonl")
    certificate, key = out / "certificate.pem", out / "key.pem"
    names = ",".join(f"IP:127.0.0.{2 + host}" for host in range(HOSTS))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-keyout", str(key), "-out", str(certificate), "-subj", "/CN=harder", "-addext", f"subjectAltName={names}"],
        check=True, capture_output=True,
    )  # fmt: skip
    command = [
        sys.executable, "-m", "benchmarks.cost.harder", "--port", str(where.port), "--articles", str(articles),
        "--log", str(where.truth), "--certificate", str(certificate), "--key", str(key),
    ]  # fmt: skip
    with serving(command):
        yield replace(where, authority=certificate)


def _placed(shared: Path, tools: Path, out: Path, truth: Path) -> Bench:
    """Folders as the adapters of the harness expect them, and ports that are free."""
    perf = out / "perf"
    perf.mkdir(parents=True, exist_ok=True)
    for name, place in (("venv", tools / "venv"), ("harness", shared / "bench" / "harness")):
        (perf / name).unlink(missing_ok=True)
        (perf / name).symlink_to(place)
    return Bench(perf / "harness", perf, out, free_port(), truth)


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
    """A port at which nobody listens now; the next one is most probably free too."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def run(where: Bench, tool: str, articles: int, scenes: Sequence[str]) -> list[dict[str, Any]]:
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
        "SIM": f"http://127.0.0.1:{where.port}", "TRUTH": str(where.truth),
        "PERF": str(where.perf), "BENCH_OUT": str(where.out),
        "NACHTRAG_PYTHON": sys.executable, "NACHTRAG_BENCH_CA": str(where.authority or ""),
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
