"""Whatever stands in config.toml: it is used, or every fault of it is said with file and key; never a traceback."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.config import Config, ConfigError, load
from schedules.harmless import quiet
from scraper.site_profile import ProfileError, load_profile
from tests.hostile_input import POISON, files, fuzzed, rearranged, spoiled

pytestmark = pytest.mark.no_cover  # what chance leads to says nothing of tests

ROOT = Path(__file__).parent.parent
FAULTS = tomllib.loads((Path(__file__).parent / "data/config/faults.toml").read_text("utf-8"))["faults"]
EXAMPLES = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/configuration.md").read_text("utf-8"), re.DOTALL)
SEEDS = [
    (ROOT / "config.toml").read_bytes(),
    *(text.encode() for text in EXAMPLES),
    *(str(f["toml"]).encode() for f in FAULTS),
]
SECRET = "whsec_bmFjaHRyYWcgaXN0IGdlaGVpbSE="


def told(path: Path) -> Config | list[str]:
    """The configuration, or the lines of what is wrong with it."""
    try:
        return load(path)
    except ConfigError as error:
        return str(error).splitlines()


def well_said(path: Path, lines: list[str]) -> None:
    """Each fault is one line that names the file, the key or the place, and is of bounded length."""
    assert lines
    for line in lines:
        assert line.startswith(f"{path}: "), line
        assert len(line) < 3_000
        assert line == quiet(line)


@fuzzed
@given(spoiled(SEEDS) | rearranged(SEEDS))
def test_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    path = tmp_path / "config.toml"
    path.write_bytes(body)
    found = told(path)
    assert found == told(path)
    if isinstance(found, list):
        well_said(path, found)
        assert SECRET not in "".join(found)


def keys() -> dict[str, list[str]]:
    """The keys of each table, as the configuration itself knows them."""
    found = {}
    for name, field in Config.model_fields.items():
        arguments = [field.annotation, *getattr(field.annotation, "__args__", ())]
        tables = [item for item in arguments if hasattr(item, "model_fields")]
        found[name] = sorted(tables[0].model_fields) if tables else []
    return found


TABLES = keys()
STRINGS = st.one_of(
    st.sampled_from([
        "", " ", "5m", "1h 30m", "9" * 400 + "s", "1e9d", "-1s", "0s", "٣m", "127.0.0.1:8001", ":", "[::1]:1",
        "a:99999999999", "https://a.example/x", "http://[", "https://u:p@a.example/", "file:///etc/passwd", "../../x",
        "/", ".", "a/\0b", "22:00-06:00 Europe/Berlin", "22:00-06:00 ../../etc/passwd", "25:61-00:00",
        "0 6 * * 1-5 Europe/Berlin", "*/0 * * * *", "0 0 31 2 *", "9999999999 * * * *", "(a+)+$", "(?P<x>", "[", "\\",
        "a" * 5_000, "full", "webhook", "article.*", "de", "high", "2y", "99y", "900000000 TB", "DESK_SECRET", "PATH",
        "a=b", "0.0.0.0/0", "::/129",
    ]),
    st.sampled_from([poison.decode("utf-8", "replace") for poison in POISON]),
    st.text(max_size=20),
)  # fmt: skip
SIMPLE = st.one_of(STRINGS, st.integers(), st.floats(), st.booleans(), st.sampled_from([10**400, -(10**18)]))
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=6,
)


@st.composite
def values(draw: st.DrawFn) -> dict[str, object]:
    """Tables of the right shape with values of every kind; a few tables that are none."""
    found: dict[str, object] = {}
    for table in draw(st.lists(st.sampled_from(sorted(TABLES)), max_size=4, unique=True)):
        inside = st.dictionaries(st.sampled_from(TABLES[table]), VALUES, max_size=6) if TABLES[table] else VALUES
        many = table in ("sources", "endpoints", "hosts")
        found[table] = draw(st.lists(inside, max_size=3) if many else inside)
    return found


def toml(value: object) -> str:
    """A value as it is written within a line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{toml(key)} = {toml(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return hex(value) if isinstance(value, int) and value >= 0 else repr(value)


@fuzzed
@given(values())
def test_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, object]) -> None:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    path = tmp_path / "config.toml"
    path.write_text("\n".join(f"{key} = {toml(value)}" for key, value in said.items()), "utf-8")
    found = told(path)
    if isinstance(found, list):
        well_said(path, found)
        assert ": is not TOML" not in found[0]
        assert SECRET not in "".join(found)


PROFILES = files(ROOT / "scraper" / "sites", ".toml") + files(ROOT / "tests/data/profiles", ".toml")


@fuzzed
@given(spoiled(PROFILES) | rearranged(PROFILES))
def test_a_profile_of_a_site(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "blatt.toml"
    path.write_bytes(body)
    try:
        load_profile(path)
    except ProfileError as error:
        lines = str(error).splitlines()
    else:
        return
    assert lines
    assert all(line.startswith("blatt.toml: ") for line in lines)
