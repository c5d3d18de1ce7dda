"""The short forms of the trials, and the frame that runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.trials import __main__ as command
from tests.trials import frame
from tests.trials.trial import NotTested, Trial, Verdict

if TYPE_CHECKING:
    from pathlib import Path

FAST = ("kill", "locked", "disk_full", "restore")


@pytest.mark.first
@pytest.mark.no_cover
@pytest.mark.parametrize("name", FAST)
def test_a_promise_is_kept(name: str) -> None:
    result = frame.attempt(name, "short")
    assert result.verdict != Verdict.BROKEN, result.row()
    if result.verdict == Verdict.NOT_TESTED:
        pytest.skip(f"NOT RUN: {'; '.join(result.why)}")


class _Made:
    """A module of a trial."""

    PROMISE = "It holds."
    FAULT = "broken"

    @staticmethod
    def run(trial: Trial) -> None:
        if trial.fault == "missing":
            raise NotTested("there is no wheel")
        if trial.fault == "dead":
            raise ValueError("the trial itself")
        trial.done("3 wheels turned")
        trial.expect(trial.fault != "broken", "a wheel broke")


def test_a_trial_without_a_fault_of_its_own_does_not_pass_for_one_that_noticed_none() -> None:
    module = type("Made", (_Made,), {"FAULT": ""})
    assert frame.tried("made", module, "full", with_fault=True).verdict == Verdict.NOT_TESTED
    assert frame.tried("made", module, "full", with_fault=False).verdict == Verdict.KEPT


def test_of_several_faults_each_must_be_noticed() -> None:
    module = type("Made", (_Made,), {"FAULT": {"a wheel breaks": "broken", "another rattles": "rattles"}})
    unnoticed = frame.tried("made", module, "full", with_fault=True)
    assert (unnoticed.verdict, unnoticed.why[-1]) == (Verdict.KEPT, "the fault was not noticed: another rattles")
    module = type("Made", (_Made,), {"FAULT": {"a wheel breaks": "broken", "it dies": "dead"}})
    assert frame.tried("made", module, "full", with_fault=True).verdict == Verdict.BROKEN


@pytest.mark.parametrize(
    ("fault", "verdict", "why"),
    [
        ("", Verdict.KEPT, ""),
        ("broken", Verdict.BROKEN, "a wheel broke"),
        ("missing", Verdict.NOT_TESTED, "not tested: there is no wheel"),
        ("dead", Verdict.BROKEN, "ValueError: the trial itself"),
    ],
)
def test_what_a_trial_came_to(fault: str, verdict: Verdict, why: str) -> None:
    result = frame.tried("made", type("Made", (_Made,), {"FAULT": fault}), "full", with_fault=bool(fault))
    assert result.verdict == verdict
    assert why in "".join(result.why)
    assert ("3 wheels turned" in result.row()) == (verdict in (Verdict.KEPT, Verdict.BROKEN) and fault != "dead")


def test_nothing_done_is_nothing_kept(tmp_path: Path) -> None:
    assert Trial(tmp_path).verdict == Verdict.NOT_TESTED


def test_the_table_and_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    results = [
        frame.Result("kill", "It holds.", Verdict.KEPT, ("3 kills",), (), 1.5),
        frame.Result("clock", "It holds.", Verdict.BROKEN, (), ("stuck",), 2.5),
    ]
    assert command.tell(results, "full", tmp_path / "said.json") == 1
    said = capsys.readouterr().out
    assert "BROKEN      clock" in said
    assert "! stuck" in said
    written = json.loads((tmp_path / "said.json").read_text("utf-8"))
    assert [trial["verdict"] for trial in written["trials"]] == ["kept", "BROKEN"]
    assert command.tell(results[:1], "full") == 0


def test_a_name_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main("kil")
    assert "no trial is named kil; there are" in capsys.readouterr().err


def test_every_trial_says_what_it_promises() -> None:
    for name in frame.names():
        module = frame.import_module(f"tests.trials.{name}")
        assert module.PROMISE.endswith(".")
        assert module.FAULT or "no `FAULT`" in str(module.__doc__), name
        assert not module.FAULT or "--with-fault" in str(module.__doc__), name
