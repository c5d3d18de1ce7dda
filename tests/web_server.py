"""Datasette over a sample database, in this process; and what a page says, without its tags."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from datasette.app import Datasette
from jinja2 import BytecodeCache

from db.datasette import command, metadata, told
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType

    from jinja2.bccache import Bucket

    from db.publish import Publish
    from db.words.language import Choice

# One page of every kind, and of every kind of content.
PAGES = (
    "/", "/?source=2", "/?verdict=unmarked", "/?verdict=removed", "/?verdict=comments", "/?source=x", "/-/article/1",
    "/-/article/3", "/-/article/5", "/-/article/20", "/-/compare/1/2", "/-/compare/1/4", "/-/compare/4/1",
    "/-/compare/1/5", "/-/compare/8/9", "/-/compare/12/13", "/-/search", "/-/search?q=damm", "/-/search?q=pwned",
    "/-/status", "/-/rulings", "/-/coverage", "/-/outlets",
    "/-/outlet/1", "/-/outlet/2", "/-/outlet/3", "/-/host/www.elbkurier.example", "/-/host/harbourpost.example",
)  # fmt: skip


# The same for programs.
EXPORTS = (
    "/-/changes.json", "/-/changes.json?verdict=removed", "/-/changes.csv", "/-/changes.csv?tag=number",
    "/-/article/1.json", "/-/article/3.json", "/-/article/5.json", "/-/article/1.csv", "/-/article/3.csv",
    "/-/article/5.csv", "/-/compare/1/2.json", "/-/compare/2/3.json", "/-/compare/4/1.json", "/-/compare/1/5.json",
    "/-/compare/12/13.json", "/-/search.json?q=damm", "/-/search.json?q=pwned", "/-/search.csv?q=damm",
    "/-/search.csv?q=pwned", "/-/status.json", "/-/coverage.json", "/-/outlets.json", "/-/rulings.json",
    "/-/host/harbourpost.example.json",
)  # fmt: skip


class _Compiled(BytecodeCache):
    """Templates that were compiled once in this process: every Datasette starts with none, and to compile those of a
    page takes several times what the page does."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


@contextmanager
def serving(
    *paths: Path,
    more_metadata: dict[str, Any] | None = None,
    daemon: bool = False,
    publish: Publish = "full",
    language: Choice = "auto",
    **settings: Any,
) -> Iterator[Datasette]:
    """The databases in Datasette, with our metadata and settings."""
    said = {**metadata(paths[-1], daemon=daemon, publish=publish, language=language), **(more_metadata or {})}
    web = Datasette([str(path) for path in paths], metadata=said, settings={"default_allow_sql": False, **settings})
    environment = web.jinja_env if hasattr(web, "jinja_env") else web._jinja_env  # so named in the alphas of 1.0
    environment.bytecode_cache = _COMPILED
    try:
        yield web
    finally:
        for database in web.databases.values():
            database.close()
        web.executor.shutdown()


@contextmanager
def served(database: Path, publish: Publish = "full") -> Iterator[str]:
    """The database in a `datasette serve` of its own, at a port that the system chooses; says its address."""
    folder = database.parent
    argv = command(database, "127.0.0.1:0", "http://127.0.0.1/")
    with unmeasured(), told(database, publish=publish) as said_of_it:
        server = subprocess.Popen(
            argv, stdin=said_of_it, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=folder
        )
    assert server.stderr is not None
    said = ""
    for line in server.stderr:
        said += line
        running = re.search(r"running on (http://127\.0\.0\.1:\d+)", line)
        if running:
            break
    else:
        pytest.fail(f"datasette did not start:\n{said}")
    try:
        yield running[1]
    finally:
        server.terminate()
        server.communicate()


async def html(web: Datasette, address: str, status: int = 200) -> str:
    """A page as text; its answer has to have that status."""
    answer = await web.client.get(address)
    assert answer.status_code == status, answer.text[:500]
    return str(answer.text)


def plain(page: str) -> str:
    """What stands on a page, without tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", "", re.sub(r"<br>|</(?:p|td|th|dt|dd|h\d|li|span)>", " ", page)).split())


def edits(page: str) -> list[str]:
    """The versions that a list of changes links to, in order."""
    return re.findall(r'<h3><a href="/-/compare/\d+/(\d+)"', page)


def change(file: Path, *statements: str) -> None:
    """Run statements on a database, as the daemon would write to it."""
    with closing(sqlite3.connect(file)) as con, con:
        for statement in statements:
            con.execute(statement)
