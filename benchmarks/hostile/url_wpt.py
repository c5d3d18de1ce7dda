"""Web addresses as browsers read them: `scraper.urls.join` and `web_address` give what the suite states.

We know web addresses only: where the suite has an address of another scheme, or one with a user name, we promise none.
Whatever is given has to have one known form (`canonical`) that is known by itself, and no address may be too strange
for the other questions that are asked of addresses.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.case import Case, Verdict, manifest, same, unexpected
from scraper.urls import canonical, identity, is_front_page, join, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        yield Case(case["id"], partial(_judge, case))


def _judge(case: dict[str, Any]) -> Verdict:
    base, text = case["base"] or "", case["input_text"]
    is_front_page(text)
    identity(base or text, text, text)
    found = _read(base, text)
    known = canonical(found or "")
    if found and (known is None or canonical(known) != known):
        return unexpected(f"{found!r} has no form that is known by itself: {known!r}")
    return same(found, _promised(case["expected"]))


def _read(base: str, text: str) -> str | None:
    if base and web_address(base) is not None:
        return join(base, text)
    address = web_address(text)
    return address.href if address else None


def _promised(expected: dict[str, str] | str) -> str | None:
    if isinstance(expected, str) or expected["protocol"] not in ("http:", "https:"):
        return None
    return None if "@" in expected["href"].split("/")[2] else expected["href"]
