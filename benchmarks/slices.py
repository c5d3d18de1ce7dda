"""How often bytes alone prove a page unchanged, and whether they ever lie:
`NACHTRAG_SHARED=folder python -m benchmarks.slices [--json FILE] [--every N] [--first N] [--anywhere N] [--seed N]`.

Each page of the corpus is read, and its imprint made (`scraper.imprint`). Then
(a) it comes again with other advertisements, tokens and teasers, and with all that `benchmarks.steadiness` does around
    an article: which share is proven unchanged without being read,
(b) it comes again edited, as `benchmarks.steadiness` edits it, with other words in a link at any place of its text
    (`benchmarks.slice_links`), and with any of its links, texts and attributes changed, wherever it stands: none may be
    proven unchanged that is read otherwise,
and all of it is timed beside full readings in the same run.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.corpus import load, page_of
from benchmarks.slice_links import links_in_text, other_link, other_link_attribute
from benchmarks.steady_boxes import rewritten, with_boxes
from benchmarks.steady_edits import edits
from benchmarks.steady_noise import another_look, other_teasers, quoting_teasers
from benchmarks.steady_tree import changed, tree_of, write
from scraper.errors import ReadError
from scraper.imprint import Imprint, proves
from scraper.read import read
from scraper.read.imprinting import imprint_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.corpus import Gold
    from scraper.article import Article
    from scraper.page import Page

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_SCRIPT = re.compile(rb"(<script(?![^>]*(?:ld\+json|src=))[^>]*>)(?=[^<]{20,}</script>)")
_SECRETS = b'<meta name="csrf-token" content="%x">'
_SLOTS = (
    b'<!-- made in %d ms --><div class="ad-slot" id="ad-%x" data-ad-id="%x"></div><script nonce="%x">ads("%x")</script>'
)


@dataclass(slots=True)
class Tally:
    """What was counted over the pages.

    Attributes:
        proven: by kind of noise, how often the page was proven unchanged; `tried`: out of how many.
        wrong: by kind of edit, the pages that were proven unchanged and are read otherwise.
        seconds: CPU, by what was done; `times`: how often.
    """

    pages: int = 0
    marked: int = 0
    bytes: list[int] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)
    proven: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    edited: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    times: Counter[str] = field(default_factory=Counter)

    def timed(self, what: str, start: float) -> None:
        self.seconds[what] += time.process_time() - start
        self.times[what] += 1


def main(*arguments: str) -> int:
    """Prints the tables; 1 if a page was proven unchanged that is not."""
    options = ArgumentParser(description="Proves pages unchanged by their bytes, and looks whether they are.")
    options.add_argument("--json", default="slices.json", help="where the result is written")
    options.add_argument("--every", type=int, default=1, help="only every so manieth page")
    options.add_argument("--first", type=int, default=0, help="leave out so many pages before")
    options.add_argument(
        "--anywhere", type=int, default=25, help="so many links, texts and attributes of each page are changed"
    )
    options.add_argument("--seed", type=int, default=1)
    said = options.parse_args(arguments)
    corpus, golds = load()
    tally = Tally()
    for gold in golds[said.first :: said.every]:
        page = page_of(corpus, gold)
        _one(with_noise_slots(page), gold, Random(f"{said.seed} {gold['id']}"), tally, said.anywhere)
    return _report(Path(said.json), tally)


def _one(page: Page, gold: Gold, random: Random, tally: Tally, anywhere: int) -> None:
    page = changed(page, tree_of(page))
    start = time.process_time()
    before = _read(page)
    if before is None:
        return
    tally.timed("full reading", start)
    tally.pages += 1
    start = time.process_time()
    imprint = imprint_of(page, before)
    tally.timed("imprint made", start)
    if imprint is not None:
        tally.marked += 1
        tally.bytes.append(len(imprint.packed()))
    for kind, again in noise(page, gold, random):
        tally.tried[kind] += 1
        tally.proven[kind] += imprint is not None and _proves(imprint, again, before, kind, tally)
    for kind, edited, unedited in _edited(page, gold, random, anywhere):
        base = before if unedited is None else _read(unedited)
        if base is not None and (mark := imprint if unedited is None else imprint_of(unedited, base)) is not None:
            tally.edited[kind] += 1
            _check(kind, gold["id"], mark, base, edited, tally)


def noise(page: Page, gold: Gold, random: Random) -> Iterator[tuple[str, Page]]:
    """The page as it comes again, by what moved on it."""
    yield "nothing", page
    yield "tokens", other_tokens(page, random)
    yield "teasers", other_teasers(page, gold, random)
    yield "tokens and teasers", other_tokens(other_teasers(page, gold, random), random)
    around: dict[str, Callable[[Page, Gold, Random], Page]] = {
        "another look": another_look, "boxes put in": with_boxes, "written otherwise": rewritten,
    }  # fmt: skip
    for kind, change in around.items():
        yield kind, change(page, gold, random)


def with_noise_slots(page: Page) -> Page:
    """The page with a secret in its head and an advertisement at its end."""
    body = page.body.replace(b"<head>", b"<head>" + _SECRETS % 0x1234567890ABCDEF, 1)
    return replace(page, body=body.replace(b"</body>", _SLOTS % (12, *[0x1234567890ABCDEF] * 4) + b"</body>", 1))


def other_tokens(page: Page, random: Random) -> Page:
    """Other nonces, secrets, advertisements, and what scripts are told of the visit."""

    def drawn(_: object = None) -> bytes:
        return b"%016x" % random.getrandbits(64)

    body = re.sub(rb"\b1234567890abcdef\b", drawn, page.body)
    body = re.sub(rb"(?<=<!-- made in )\d+", lambda _: b"%d" % random.randrange(1, 10**4), body)
    body = re.sub(rb'(?<= nonce=")[\w+/=-]{8,}(?=")', drawn, body)
    return replace(page, body=_SCRIPT.sub(lambda tag: tag[0] + b"/*" + drawn() + b"*/", body))


def _edited(page: Page, gold: Gold, random: Random, anywhere: int) -> Iterator[tuple[str, Page, Page | None]]:
    """By kind: the edited page, and what it is compared with where that is not the page."""
    for edit in edits(page, gold, random):
        yield edit.kind, edit.page, edit.unedited
    yield from links_in_text(page, gold, random)
    quoting = quoting_teasers(page, gold, random)
    yield "teasers that say the text", quoting, None
    yield "teasers that said the text", page, quoting
    for _ in range(anywhere):
        yield "any link", other_link(page, random), None
        yield "any link's attribute", other_link_attribute(page, random), None
        yield "any text", _any_text(page, random), None
        yield "any attribute", _any_attribute(page, random), None


def _any_text(page: Page, random: Random) -> Page:
    tree = tree_of(page)
    nodes = [node for node in tree.root.traverse(include_text=True) if node.is_text_node] if tree.root else []
    nodes = [node for node in nodes if _WORD.search(node.text(deep=False))]
    if nodes:
        node = random.choice(nodes)
        text = node.text(deep=False)
        match = random.choice(list(_WORD.finditer(text)))
        write(node, text[: match.start()] + ("17" if match[0].isdigit() else "Apfelbaum") + text[match.end() :])
    return changed(page, tree)


def _any_attribute(page: Page, random: Random) -> Page:
    tree = tree_of(page)
    nodes = [node for node in tree.css("*") if any(node.attributes.values())]
    if nodes:
        node = random.choice(nodes)
        name, value = random.choice([(name, value) for name, value in node.attributes.items() if value])
        match = random.choice(list(_WORD.finditer(value)) or [re.match("", value)])
        if match is not None:
            new = ("17" if match[0].isdigit() else "apfelbaum") if match[0] else "apfelbaum"
            node.attrs[name] = value[: match.start()] + new + value[match.end() :]
    return changed(page, tree)


def _proves(imprint: Imprint, again: Page, before: Article, kind: str, tally: Tally) -> bool:
    """From what is kept in a column, as it is done at a look."""
    packed = imprint.packed()
    start = time.process_time()
    known = Imprint.of(packed)
    found = known is not None and proves(known, again, before.read_with)
    tally.timed("proven" if found else "not proven", start)
    if found and _read(again) != before:
        tally.wrong[f"noise: {kind}"].append(again.url)
    return found


def _check(kind: str, page: str, mark: Imprint, base: Article, edited: Page, tally: Tally) -> None:
    if proves(mark, edited, base.read_with):
        if _read(edited) != base:
            tally.wrong[kind].append(page)
        else:
            tally.unread[kind] += 1


def _read(page: Page) -> Article | None:
    try:
        return read(page)
    except ReadError:
        return None


def _report(path: Path, tally: Tally) -> int:
    print(
        f"{platform.node()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )
    sizes = sorted(tally.bytes) or [0]
    print(f"{'pages read':<28}{tally.pages:>7}")
    print(f"{'have an imprint':<28}{tally.marked:>7}  median {sizes[len(sizes) // 2]} bytes, largest {sizes[-1]}")
    for what, seconds in tally.seconds.items():
        print(f"{'CPU: ' + what:<28}{1000 * seconds / tally.times[what]:>7.2f}  ms, mean of {tally.times[what]}")
    for kind, tried in tally.tried.items():
        print(f"{'proven: ' + kind:<28}{tally.proven[kind] / tried:>7.1%}  {tally.proven[kind]} of {tried}")
    for kind, tried in tally.edited.items():
        wrong = len(tally.wrong.get(kind, ()))
        print(f"{'wrong: ' + kind:<28}{wrong:>7}  of {tried}; proven and read the same: {tally.unread[kind]}")
    for kind, pages in tally.wrong.items():
        print(f"  proven unchanged, but read otherwise, {kind}: {', '.join(sorted(set(pages)))}")
    result = {
        "pages": tally.pages, "marked": tally.marked, "proven": tally.proven, "tried": tally.tried,
        "edited": tally.edited, "wrong": tally.wrong,
        "ms": {what: 1000 * seconds / tally.times[what] for what, seconds in tally.seconds.items()},
    }  # fmt: skip
    path.write_text(json.dumps(result, indent=1), "utf-8")
    return int(any(tally.wrong.values()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
