"""Hostile input: the suites of others, and the benchmark that tries them."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.hostile import report
from benchmarks.hostile.__main__ import main
from benchmarks.hostile.case import Ran, Verdict
from benchmarks.hostile.run import run
from tests.verbs import unmeasured

pytestmark = pytest.mark.first


MODULES = Path(report.__file__).parent
SUITES = sorted(
    path.stem.replace("_", "-")
    for path in MODULES.glob("*_*.py")
    if path.stem.startswith(("html_", "feeds_", "xss_", "url_", "dates_"))
)


@pytest.mark.parametrize("suite", SUITES)
def test_what_a_suite_wants_is_done_or_explained(shared: Path, suite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each case within the time that it has without coverage. Of texts that are markup one in five is shown, too;
    `python -m benchmarks.hostile` shows them all."""
    monkeypatch.setenv("NACHTRAG_SHOW_EVERY", "5")
    with unmeasured():
        assert report.examine(shared / "hostile" / suite).faults() == []


def test_the_table_and_the_file(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("url-tracking-miniflux", "no-such-suite", "--json", str(tmp_path / "said.json")) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[:4] for line in said[1:3]] == [
        ["url-tracking-miniflux", "18", "17", "0"],
        ["no-such-suite", "0", "0", "0"],
    ]
    assert said[3:] == ["  no-such-suite: nothing was tried"]
    written = json.loads((tmp_path / "said.json").read_text("utf-8"))
    assert written["url-tracking-miniflux"]["counts"]["expected"] == 17


def test_a_case_that_misbehaves_costs_itself_and_no_other(tmp_path: Path) -> None:
    ran = {ran.name: ran for ran in run("tests.misbehaving", tmp_path, 60)}
    assert {name: case.verdict.outcome for name, case in ran.items()} == {
        "good": "expected",
        "raises": "crashed",
        "dies": "crashed",
        "greedy": "crashed",
        "too greedy": "crashed",
        "prints": "expected",
        "wrong": "unexpected",
        "declines": "declined",
    }
    whys = {name: case.verdict.why for name, case in ran.items()}
    assert whys["raises"].startswith("ZeroDivisionError: ")
    assert whys["dies"] == "its process ended with exit code -9"
    assert "MB, more than 300" in whys["greedy"]
    assert whys["too greedy"].startswith("MemoryError")
    assert whys["wrong"] == f"{tmp_path.name!r} instead of 'another'"


def test_a_case_that_hangs_is_stopped(tmp_path: Path) -> None:
    first, second = islice(run("tests.misbehaving", tmp_path / "hanging", 3), 2)
    assert (first.name, first.verdict) == ("hangs", Verdict("crashed", "took more than 3 s and was stopped"))
    assert (second.name, second.verdict.outcome) == ("good", "expected")


def test_an_excuse_is_for_what_needs_one_and_never_for_a_crash(tmp_path: Path) -> None:
    outcomes = {"good": "expected", "wrong": "unexpected", "bad [1]": "unexpected", "other": "declined"}
    cases = [Ran(name, Verdict(outcome), 1.5, 2.0) for name, outcome in outcomes.items()]
    cases += [Ran("dies", Verdict("crashed", "exit code -9"), 4000.0, 0.0)]
    tried = report.held_against({"w*g": "why", "good": "stale", "dies": "no"}, "x", cases)
    assert tried.explained == {"wrong": "why"}
    assert tried.stale == ["good", "dies"]
    assert tried.crashed == {"dies": "exit code -9"}
    assert list(tried.unexpected) == ["bad [1]"]
    assert tried.row().split() == ["x", "5", "1", "1", "1", "1", "1", "4000", "2"]
    assert len(tried.faults()) == 4
    assert report.examine(tmp_path).faults() == ["nothing was tried"]
