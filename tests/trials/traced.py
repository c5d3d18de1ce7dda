"""What a process asks of the kernel for its database, by strace: every byte written, every sync, every message sent."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.product import until
from tests.trials.trial import NotTested

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLS = "pwrite64,ftruncate,fsync,fdatasync,sendto,unlink,rename"
_LINE = re.compile(r"(?P<thread>\d+) (?:<\.\.\. )?(?P<name>\w+)(?P<rest>.*)")
_FILE = re.compile(r"\(\d+<(?P<file>[^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that succeeded. `file` is the path that the descriptor stands for; of `ftruncate`, `at` is the
    new length."""

    thread: int
    name: str
    file: str
    data: bytes = b""
    at: int = 0


def strace(file: Path, calls: str = _CALLS, *more: str) -> tuple[str, ...]:
    """What a program is started with, so that its calls are written to a file. Raises NotTested without strace.

    The process is the program's own; strace is a grandchild of it.
    """
    program = shutil.which("strace")
    if program is None:
        raise NotTested("strace is not installed (apt-get install strace)")
    return program, "-D", "-f", "-qq", "-e", "signal=none", "-e", f"trace={calls}", "-o", str(file), *more


def every_byte(file: Path) -> tuple[str, ...]:
    """The same, with all that is written."""
    return strace(file, _CALLS, "-y", "-xx", "-s", "70000")


def finished(file: Path) -> Path:
    """Wait until strace has written all of it."""
    until(lambda: not any(str(file) in _words(place) for place in Path("/proc").glob("[0-9]*/cmdline")), 300)
    return file


def _words(place: Path) -> str:
    try:
        words = place.read_bytes().split(b"\0")
    except OSError:
        return ""
    return b" ".join(words).decode("utf-8", "replace") if words[0].endswith(b"strace") else ""


def calls(file: Path) -> Iterator[Call]:
    """The calls as they ended, in order; those that did not end are left out."""
    begun: dict[str, str] = {}
    with file.open("r", encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = _LINE.match(line)
            if found is None:
                continue
            thread, rest = found["thread"], found["rest"]
            if rest.endswith("<unfinished ...>"):
                begun[thread] = rest.removesuffix("<unfinished ...>")
                continue
            if rest.startswith(" resumed>"):
                rest = begun.pop(thread, "") + rest.removeprefix(" resumed>")
            if call := _call(int(thread), found["name"], rest):
                yield call


def _call(thread: int, name: str, rest: str) -> Call | None:
    arguments, _, result = rest.rpartition(" = ")
    if not result.strip().split(" ")[0].lstrip("-").isdigit() or result.startswith("-"):
        return None
    where = _FILE.match(arguments)
    file = _shown(where["file"]) if where else ""
    text = _TEXT.search(arguments)
    data = bytes.fromhex(text[1].replace("\\x", "")) if text else b""
    last = arguments.rstrip(" )").rpartition(", ")[2]
    at = int(last) if name in ("pwrite64", "ftruncate") and last.isdigit() else 0
    return Call(thread, name, file, data[: int(result.split(" ")[0])] if name == "pwrite64" else data, at)


def _shown(path: str) -> str:
    """Paths too are written as bytes."""
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path
