"""One trial: attacks in our pages without their policy, and with it; in alerts that are taken for markup; and as
markup, the control."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.xss.cells import cells, formulas, raw
from benchmarks.xss.opened import COUNTING, Page, Seen, open_all, serving
from benchmarks.xss.planted import answers
from benchmarks.xss.told import told
from tests.browser import Browser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.xss.opened import Site
    from benchmarks.xss.planted import Answer

# A page in a frame cannot keep itself out of it; everything else that it says to the browser stands.
_NO_FRAMES = "; frame-ancestors 'none'"
_HTML = {"content-type": "text/html; charset=utf-8"}
_XML = {"content-type": "application/xml; charset=utf-8"}
# An attack taken for markup as it is, and taken for the address of a link.
_BARE = "<!doctype html><body>"
_AS_MARKUP = {"text": f"{_BARE}{{}}", "link": '<!doctype html><body><a href="{}">x</a>'}
# What is counted, in the order in which it is told.
COUNTED = (
    "attacks", "as markup: attacks that run", "as markup: scripts", "as markup: requests elsewhere",
    "without policy: pages", "without policy: elements", "without policy: pages that run",
    "without policy: scripts", "without policy: requests elsewhere", "as served: pages", "as served: elements",
    "as served: pages that run", "as served: scripts", "as served: requests elsewhere",
    "as served: held by the policy", "alerts: pages", "alerts: elements", "alerts: pages that run",
    "alerts: scripts", "alerts: requests elsewhere", "written bare: cells that are formulas", "our CSV: cells",
    "our CSV: cells that are formulas",
)  # fmt: skip


@dataclass(slots=True)
class Counts:
    """What came of a trial, by `COUNTED`. `faults` are in words."""

    numbers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        """Those of another trial, too."""
        self.numbers += other.numbers
        self.faults += other.faults


def trial(texts: Sequence[str]) -> Counts:
    """Try so many attacks as a list of ours shows, in a browser of their own."""
    counts = Counts(Counter({"attacks": len(texts)}))
    found = list(answers(texts))
    _judge_files(found, texts, counts)
    with Browser() as browser, serving() as site:
        browser.run_first(COUNTING)
        browser.watch_scripts()
        _ours((browser, site), "without policy", list(_bare(found)), counts)
        _ours((browser, site), "as served", [_as_served(answer) for answer in found if answer.kind == "html"], counts)
        _ours((browser, site), "alerts", [_page(path, f"{_BARE}{text}", _HTML) for path, text in told(texts)], counts)
        # Last: what an attack leaves behind in the browser must not be laid to our pages.
        seen = Seen()
        for place, form in _AS_MARKUP.items():
            pages = [_page(f"{at}/{place}", form.format(text), _HTML) for at, text in enumerate(texts)]
            open_all(browser, site, pages, seen)
    counts.numbers["as markup: attacks that run"] = len({path.split("/")[1] for path in seen.ran})
    counts.numbers["as markup: scripts"] = seen.scripts
    counts.numbers["as markup: requests elsewhere"] = len(seen.asked)
    return counts


def _ours(where: tuple[Browser, Site], how: str, pages: list[Page], counts: Counts) -> None:
    seen = Seen()
    open_all(*where, pages, seen)
    numbers = {
        "pages": seen.opened, "elements": seen.elements, "pages that run": len(seen.ran), "scripts": seen.scripts,
        "requests elsewhere": len(seen.asked), "held by the policy": seen.held,
    }  # fmt: skip
    counts.numbers.update({f"{how}: {name}": number for name, number in numbers.items()})
    counts.faults += [f"{path:.200}, {how}: something runs" for path in sorted(seen.ran)]
    counts.faults += [f"{url:.200} is asked for, {how}" for url in sorted(set(seen.asked))]
    if seen.shown < seen.opened:
        counts.faults.append(f"only {seen.shown} of {seen.opened} pages {how} were there to be seen")
    if seen.held:
        counts.faults.append(f"the policy had to hold {seen.held} attacks back")


def _bare(found: Sequence[Answer]) -> Iterator[Page]:
    """Without any header, and whatever it is, taken for HTML; a feed also as the XML that it is. All JSON is one page:
    where it is taken for HTML, what stands in one cannot end what another began, but begin it."""
    for answer in found:
        if answer.kind in ("html", "atom"):
            yield _page(answer.address[1:], answer.body, _HTML)
        if answer.kind == "atom":
            yield _page("xml", answer.body, _XML)
    yield _page("json", b"\n".join(answer.body for answer in found if answer.kind == "json"), _HTML)


def _as_served(answer: Answer) -> Page:
    restrained = ("content-type", "content-security-policy", "x-content-type-options", "referrer-policy")
    headers = {name: answer.headers[name].replace(_NO_FRAMES, "") for name in restrained}
    return _page(answer.address[1:], answer.body, headers)


def _page(path: str, body: bytes | str, headers: dict[str, str]) -> Page:
    return Page(f"/{path}", body if isinstance(body, bytes) else body.encode("utf-8", "replace"), headers)


def _judge_files(found: Iterable[Answer], texts: Sequence[str], counts: Counts) -> None:
    """What need not be opened: every answer is there, and no cell of a file is a formula."""
    counts.numbers["written bare: cells that are formulas"] = len(formulas(raw(texts)))
    for answer in found:
        if answer.status != 200:
            counts.faults.append(f"{answer.address:.100}: answered {answer.status}")
        if answer.kind == "csv":
            text = answer.body.decode()
            bad = formulas(text)
            counts.numbers.update({"our CSV: cells": len(cells(text)), "our CSV: cells that are formulas": len(bad)})
            counts.faults += [f"{answer.address}: the cell {cell!r:.60} is a formula" for cell in bad]
