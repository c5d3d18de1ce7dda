"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import verbs
from tests.web_sample import build
from tests.web_server import serving
from tests.world import AT_ONCE, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from datasette.app import Datasette

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One process more than there are processors: nearly always some test waits, for a daemon or the demonstration."""
    return (yield) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: at the end, one process would wait for it with nothing to do."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """What is not to be measured is not in other processes either."""
    with verbs.unmeasured() if item.get_closest_marker("no_cover") else nullcontext():
        return (yield)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the reference material that is not part of the project; without it the test is skipped."""
    named = os.environ.get("NACHTRAG_SHARED", "")
    if not named:
        pytest.skip("NOT RUN: set NACHTRAG_SHARED to the folder with the reference material (hostile/, corpus/, …)")
    if not Path(named).is_dir():
        pytest.skip(f"NOT RUN: NACHTRAG_SHARED is {named!r}, which is no folder")
    return Path(named)


@pytest.fixture(scope="session", autouse=True)
def _verbs() -> None:
    """Before anything else forks, so that what it forks from has the verbs."""
    verbs.prepare()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An article that was seen once, at the default patience."""
    made = World(tmp_path / "n.db")
    made.poll(URL)
    made.look(**OLD)
    yield made
    made.store.close()


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[World]:
    """The same with all waiting switched off."""
    made = World(tmp_path / "n.db", AT_ONCE)
    made.poll(URL)
    made.look(**OLD)
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample database, which no test changes."""
    file = tmp_path_factory.mktemp("web") / "nachtrag.db"
    build(file)
    return file


@pytest.fixture
def web(path: Path) -> Iterator[Datasette]:
    """The sample in Datasette."""
    with serving(path) as datasette:
        yield datasette


@pytest.fixture
def other(path: Path, tmp_path: Path) -> Path:
    """A sample of its own, to be changed by the test."""
    return Path(shutil.copy(path, tmp_path / "other.db"))
