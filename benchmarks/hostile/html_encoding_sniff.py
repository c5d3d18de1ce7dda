"""Pages that declare their encoding in odd ways: their bytes are read (`scraper.charset`) as a browser reads them.

Most of the pages are ASCII, which is the same in all encodings. So bytes are put behind each that say something else in
every encoding, and that are no UTF-8, for we take what can only be UTF-8 for UTF-8, whatever a page declares.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.hostile.case import EXPECTED, Case, Verdict, manifest, same
from benchmarks.hostile.page import page_of, survive
from scraper.charset import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TELLING = b"\n\xe4\xba\xac\xe4\xba\xac\xe4\n"


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        yield Case(case["id"], partial(_judge, (folder / case["input"]).read_bytes(), case["expected"]))


def _judge(body: bytes, encoding: str | None) -> Verdict:
    survive(page_of(body, "text/html"))
    if encoding is None:
        return EXPECTED
    wanted = text_of(_TELLING, f"text/html; charset={encoding}")
    return same(text_of(body + _TELLING, "text/html")[-len(wanted) :], wanted)
