"""The short forms of the trials, and the frame that runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.trials import __main__ as command
from tests.trials import durable, frame, soak, steps
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
    assert [trial["verdict"] for trial in written["trials"]] == ["BROKEN", "kept"]  # by name
    assert command.tell(results[:1], "full") == 0


def test_a_name_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main("kil")
    assert "no trial is named kil; there are" in capsys.readouterr().err


_EVENT = f"evt_{32 * 'a'}"
_HEX = "".join(f"\\x{ord(each):02x}" for each in _EVENT)
_WRITTEN = f'7 pwrite64(3</x/n.db-wal>, "\\x00{_HEX}", 4096, 56) = 4096'
_BEGUN = "7 fdatasync(3</x/n.db-wal> <unfinished ...>"
_ENDED = "7 <... fdatasync resumed>) = 0"
_SENT = f'9 sendto(5<TCP:[127.0.0.1:4->127.0.0.1:80]>, "POST /\\r\\nwebhook-id: {_EVENT}\\r\\n", 60, 0, NULL, 0) = 60'


@pytest.mark.parametrize(
    ("calls", "too_soon"),
    [
        ((_WRITTEN, _BEGUN, _ENDED, _SENT), []),
        ((_WRITTEN, "7 fdatasync(3</x/n.db-wal>) = 0", _SENT), []),
        ((_WRITTEN, _BEGUN, _SENT, _ENDED), [_EVENT]),
        ((_WRITTEN, _SENT), [_EVENT]),
        ((_SENT, _WRITTEN, _BEGUN, _ENDED), [_EVENT]),
        ((_WRITTEN, "8 fdatasync(3</x/n.db-wal>) = 0", _SENT), [_EVENT]),
        ((_WRITTEN, "7 fdatasync(3</x/n.db>) = 0", _SENT), [_EVENT]),
        ((_WRITTEN, _BEGUN.replace("-wal", ""), _ENDED, _SENT), [_EVENT]),
    ],
)
def test_what_is_told_before_it_is_synced_is_noticed(calls: tuple[str, ...], too_soon: list[str]) -> None:
    assert durable.told("\n".join(calls), 80) == (1, too_soon)
    assert durable.told("\n".join(calls), 81) == (0, [])


@pytest.mark.parametrize(
    ("grows", "said"),
    [
        ({}, []),
        ({"file MB": 0.02}, []),
        ({"file MB": 0.5}, ["were written for"]),
        ({"children MB": 2.0}, ["children MB grew"]),
        ({"descriptors": 1.0}, ["descriptors grew"]),
    ],
)
def test_what_grows_in_a_soak_is_noticed(tmp_path: Path, grows: dict[str, float], said: list[str]) -> None:
    names = ("daemon MB", "children MB", "descriptors", "threads", "log MB", "file MB")
    trial = Trial(tmp_path)
    rows = (
        {"seconds": n, "versions": 2 * n, **{name: 9 + n * grows.get(name, 0) for name in names}} for n in range(60)
    )
    soak.judge(trial, list(rows))
    assert len(trial.broken) == len(said)
    assert all(words in broken for words, broken in zip(said, trial.broken, strict=True))


_HELD: steps.Held = {"looks": [{"id": 1, "at": "08:00"}, {"id": 2, "at": "09:00"}], "remarks": []}


@pytest.mark.parametrize(
    ("after", "losses"),
    [
        (_HELD, 0),
        ({"looks": [{**row, "new": 0} for row in _HELD["looks"]], "remarks": [], "replies": [{"id": 1}]}, 0),
        ({"looks": _HELD["looks"][::-1]}, 0),
        ({"looks": _HELD["looks"][:1]}, 1),
        ({"looks": [*_HELD["looks"], {"id": 3, "at": "10:00"}]}, 1),
        ({"looks": [_HELD["looks"][0]] * 2}, 1),
        ({"looks": [{"id": row["id"]} for row in _HELD["looks"]]}, 1),
        ({"looks": [{**row, "at": None} for row in _HELD["looks"]]}, 1),
        ({"remarks": []}, 1),
    ],
)
def test_what_a_step_loses_is_noticed(after: steps.Held, losses: int) -> None:
    assert len(list(steps.lost(_HELD, after))) == losses
    assert not list(steps.lost({"looks": _HELD["looks"]}, {"looks": [{"id": 1}, {"id": 2}]}, ("looks.at",)))


def test_every_trial_says_what_it_promises() -> None:
    for name in frame.names():
        module = frame.import_module(f"tests.trials.{name}")
        assert module.PROMISE.endswith(".")
        assert module.FAULT or "no `FAULT`" in str(module.__doc__), name
        assert not module.FAULT or "--with-fault" in str(module.__doc__), name
