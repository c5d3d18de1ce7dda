"""What deploy/ and docs/running.md say fits the program and each other. No container engine is needed for that."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

import click
import pytest

from schedules.cli import VERBS, main
from schedules.config import load
from schedules.vitals import _HANGS_SECONDS

ROOT = Path(__file__).parent.parent
RUNNING = (ROOT / "docs/running.md").read_text("utf-8")
CONTAINERFILE = (ROOT / "deploy/Containerfile").read_text("utf-8")
COMPOSE = (ROOT / "deploy/compose.yaml").read_text("utf-8")
TOML = re.findall(r"```toml\n(.*?)```", RUNNING, re.DOTALL)


@pytest.fixture(scope="module")
def unit() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's keys have capitals
    parser.read(ROOT / "deploy/nachtrag.service", "utf-8")
    return parser["Service"]


def test_the_unit_starts_a_command_that_there_is(unit: configparser.SectionProxy) -> None:
    program, *arguments = unit["ExecStart"].split()
    assert program == "/opt/nachtrag/venv/bin/nachtrag"
    assert f"{program.removesuffix('/bin/nachtrag')}\n" in RUNNING
    command = main.get_command(click.Context(main), arguments[0])
    assert command is not None
    assert command.make_context("run", arguments[1:]).params["config_path"] == Path("/etc/nachtrag/config.toml")


def test_the_unit_may_write_where_the_database_is(unit: configparser.SectionProxy) -> None:
    assert unit["ProtectSystem"] == "strict"
    folder = f"/var/lib/{unit['StateDirectory']}"
    assert unit["WorkingDirectory"] == folder
    assert f"--home-dir {folder}" in RUNNING
    assert f"--home-dir {folder}" in CONTAINERFILE
    assert f"VOLUME {folder}\n" in CONTAINERFILE
    assert f"data:{folder}\n" in COMPOSE


def test_the_unit_ends_the_daemon_as_the_daemon_expects(unit: configparser.SectionProxy) -> None:
    assert (unit["KillSignal"], unit["KillMode"], unit["Type"]) == ("SIGTERM", "mixed", "notify")
    assert unit["ExecReload"].split()[1:] == ["-HUP", "$MAINPID"]
    assert int(unit["TimeoutStopSec"]) >= 15, "a delivery has that long to be answered"
    assert unit["RestartPreventExitStatus"] == "2"


def test_the_unit_waits_for_signs_of_life_longer_than_a_turn_may_take(unit: configparser.SectionProxy) -> None:
    seconds = int(unit["WatchdogSec"].removesuffix("min")) * 60
    assert seconds / 2 >= _HANGS_SECONDS
    assert unit["TimeoutStartSec"] == "1h", "the database may be brought to another schema first"
    assert "AF_UNIX" in unit["RestrictAddressFamilies"]


@pytest.mark.parametrize("text", TOML)
def test_every_piece_of_configuration_is_one(text: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    config = load(file)
    if "database" in tomllib.loads(text):
        assert config.database == Path("/var/lib/nachtrag/nachtrag.db")


def test_the_image_holds_what_is_imported() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    for package in packages["packages"]:
        assert f"COPY {package} {package}\n" in CONTAINERFILE
    allowed = re.findall(r"^!(.+)$", (ROOT / "deploy/Containerfile.dockerignore").read_text("utf-8"), re.MULTILINE)
    copied = [
        name
        for line in re.findall(r"^COPY (?!--)(.*) \S+$", CONTAINERFILE, re.MULTILINE)
        for name in line.replace("${LOCK}", "requirements.lock requirements-alerts.lock").split()
    ]
    assert set(copied) == set(allowed)
    assert all((ROOT / name).exists() for name in copied)


def test_what_is_installed_is_checked_by_hash() -> None:
    installs = re.findall(r"pip install (.*)", CONTAINERFILE) + re.findall(r"pip install (.*)", RUNNING)
    assert len(installs) == 7
    assert all("--require-hashes" in line or ("--no-deps" in line and "--no-index" in line) for line in installs)


def test_what_is_installed_on_top_changes_nothing_below() -> None:
    """The locks with more than the product needs have its packages in the same versions."""
    on_top = ("requirements-dev.lock", "requirements-fallback.lock", "requirements-alerts.lock")
    pins = {
        name: set(re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", *on_top)
    }
    assert all(pins["requirements.lock"] < pins[name] for name in on_top)


def test_images_are_named_without_a_registry() -> None:
    images = re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE)
    assert len(set(images)) == 1, "the environment is copied from one stage to the other: same Python"
    assert "/" not in images[0]


def test_the_port_is_not_open_to_the_world() -> None:
    ports = re.findall(r'^ +- "(.*:\d+)"$', COMPOSE, re.MULTILINE)
    assert ports == ["127.0.0.1:8001:8001"]
    for line in ("read_only: true", "restart: unless-stopped", "cap_drop:\n      - ALL"):
        assert line in COMPOSE


def test_verbs_that_are_named_exist() -> None:
    named = set(re.findall(r"`nachtrag ([a-z-]+)", RUNNING)) | set(re.findall(r"^nachtrag ([a-z-]+)", RUNNING, re.M))
    assert named
    assert named <= set(VERBS)


def test_every_code_that_can_fail_is_explained() -> None:
    """What a person names as input and is none is said by `look` alone, and needs no row."""
    raised = re.compile(r'(?:FetchError|ReadError|FeedError|BadCoding)\(\s*"([a-z_0-9]+)"')
    codes = {code for path in (ROOT / "scraper").rglob("*.py") for code in raised.findall(path.read_text("utf-8"))}
    assert len(codes) > 15
    assert {code for code in codes - {"bad_input"} if f"`{code}`" not in RUNNING} == set()
