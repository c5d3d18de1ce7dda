"""The structure itself: who may import whom, how long things may be, and what may stand nowhere."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ("scraper", "changes", "db", "schedules")
# Heavy imports that wait until they are needed: module → what, so that a light command stays light.
LAZY = {
    "schedules/cli/__init__.py": {"import_module"},
    "scraper/read/fallback.py": {"import_module"},
    "schedules/services.py": {"import_module"},
}
# Modules that do no I/O and read no clock: data in, data out.
PURE = (
    "scraper/article.py", "scraper/page.py", "scraper/imprint.py", "scraper/errors.py", "scraper/urls.py",
    "scraper/politeness.py",
    "scraper/stamps.py", "scraper/beside.py", "scraper/corrections.py", "scraper/feeds", "scraper/read", "changes",
    "db/work.py", "db/rows.py", "schedules/policy.py", "schedules/planner.py", "schedules/purse.py",
    "schedules/tariff.py", "schedules/times.py", "schedules/waits.py", "scraper/ledger.py",
    "db/words/incidents.py", "schedules/alert.py", "schedules/harmless.py", "schedules/message.py",
    "schedules/signing.py", "schedules/samples.py", "schedules/sighting.py", "schedules/route.py",
)  # fmt: skip
CLOCKS = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic|random\.\w+)\(")
# The command line and the demo give the clock to everybody else.
MAY_READ_CLOCKS = ("schedules/cli/",)


def parsed(text: str) -> ast.Module:
    """Once more where another thread of the tests compiled something meanwhile, by which Python 3.11 miscounts:
    https://github.com/python/cpython/issues/106905."""
    try:
        return ast.parse(text)
    except SystemError:
        return ast.parse(text)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product, by its path from the root."""
    paths = [path for package in ORDER for path in (ROOT / package).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): parsed(path.read_text("utf-8")) for path in paths}


def imported(tree: ast.AST) -> set[str]:
    """Modules that a tree imports, wherever the import stands."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function of the product with where it stands."""
    return [
        (f"{path}:{node.lineno} {node.name}", node)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without decorators and docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 + (body[0].lineno > node.lineno)


def test_a_package_imports_itself_and_what_stands_left_of_it() -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        for name in imported(tree)
        if name.split(".")[0] in ORDER and ORDER.index(name.split(".")[0]) > ORDER.index(path.split("/")[0])
    ]
    assert not wrong


def test_nobody_but_datasette_loads_its_plugin() -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        if not path.startswith("db/web/")
        for name in imported(tree)
        if name == "db.web" or name.startswith("db.web.")
    ]
    assert not wrong


@pytest.mark.parametrize("module", ["schedules.cli.running", "schedules.cli.telling", "schedules.services"])
def test_datasette_is_not_loaded_by_the_daemon_nor_by_those_who_ask_it(module: str) -> None:
    """It takes a second, and 10 MB in every process."""
    code = f"import sys, {module}; print('datasette' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def _meant(used: set[str]) -> set[str]:
    """`from package import module` is about the module."""
    return {name for name in used if not any(other.startswith(name + ".") for other in used)}


def test_no_import_cycles() -> None:
    names = {path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"): path for path in modules()}
    graph = {name: _meant(imported(modules()[path]) & set(names)) - {name} for name, path in names.items()}

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way, name))
        for used in graph[name] if name not in done else ():
            visit(used, (*way, name))
        done.add(name)

    done: set[str] = set()
    for name in graph:
        visit(name, ())


def test_imports_stand_at_the_top() -> None:
    late = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not late
    assert all((ROOT / path).exists() for path in LAZY)


def test_modules_are_short() -> None:
    lines = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in modules()}
    assert {path: count for path, count in lines.items() if count > 400} == {}
    assert statistics.median(lines.values()) <= 120


def test_functions_are_short() -> None:
    lengths = sorted((length(node), where) for where, node in functions())
    assert lengths[-1][0] <= 50, lengths[-3:]
    assert lengths[int(len(lengths) * 0.95)][0] <= 30


def test_one_broad_except() -> None:
    broad = [
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    assert broad == ["schedules/worker.py"]


def test_pure_modules_do_no_input_or_output() -> None:
    doing = {
        "httpx",
        "httpcore",
        "sqlite3",
        "sqlite_utils",
        "socket",
        "asyncio",
        "subprocess",
        "os",
        "threading",
        "time",
    }
    wrong = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        if path.startswith(PURE)
        for name in imported(without_type_checking(tree))
        if name.split(".")[0] in doing
    ]
    assert not wrong


def without_type_checking(tree: ast.Module) -> ast.Module:
    """The module without what only the type checker imports."""
    return ast.Module(
        [node for node in tree.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))], []
    )


def test_clocks_and_chance_come_from_the_command_line() -> None:
    wrong = [
        f"{path}: {match.group()}"
        for path in modules()
        if not path.startswith(MAY_READ_CLOCKS)
        for match in CLOCKS.finditer((ROOT / path).read_text("utf-8"))
    ]
    assert not wrong


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path, tree in modules().items() if not ast.get_docstring(tree)]
    assert not silent


def test_tests_fake_only_the_wire_and_the_clock() -> None:
    patched = re.compile(r"mock\.patch|monkeypatch\.setattr|unittest\.mock|from mock")
    here = Path(__file__)
    wrong = [
        path.name for path in here.parent.rglob("*.py") if path != here and patched.search(path.read_text("utf-8"))
    ]
    assert not wrong


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager", "handler", "core", "base"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    assert [path for path in modules() if Path(path).stem == name] == []


def test_the_order_is_that_of_the_picture() -> None:
    picture = (ROOT / "docs/architecture.md").read_text("utf-8")
    positions = [picture.index(f"{package}/") for package in ORDER]
    assert all(left < right for left, right in pairwise(positions))
