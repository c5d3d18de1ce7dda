"""Text that is markup, or would like to be, on its whole way: as a page, in an article, and where we show it.

NACHTRAG_SHOW_EVERY=n shows but every n-th of a suite, which is what takes long; every one is read.
"""

from __future__ import annotations

import html
import os
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.hostile.case import EXPECTED, Case, Verdict, unexpected
from benchmarks.hostile.kept import Kept, news_page, said
from benchmarks.hostile.live import AT_ONCE, Watch, bare
from benchmarks.hostile.page import page_of, survive
from scraper.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def tried(texts: Mapping[str, str]) -> Iterator[Case]:
    """Cases for texts, by name. Every now and then a case also looks at the lists that show it and those before it."""
    shown = list(texts)[:: int(os.environ.get("NACHTRAG_SHOW_EVERY", "1"))]
    with_lists = {*shown[-1:], *shown[AT_ONCE - 1 :: AT_ONCE]}
    with Kept() as kept:
        trial = Trial(kept, Watch(kept))
        for name, text in texts.items():
            yield Case(name, partial(trial.judge, text, show=name in shown, lists=name in with_lists))


@dataclass(slots=True)
class Trial:
    """What the cases share. `listed` are the texts since the lists were looked at."""

    kept: Kept
    watch: Watch
    listed: list[str] = field(default_factory=list)
    batch: int = 0

    def judge(self, text: str, *, show: bool, lists: bool) -> Verdict:
        for page in (page_of(text.encode("utf-8", "replace")), news_page(text)):
            survive(page)
        faults = [] if bare(text) in bare(_read(html.escape(text))) else ["it is not read as it stands on a page"]
        # An article without a headline is none.
        faults += self._faults(text, lists=lists) if show and bare(text) else ()
        return unexpected("; ".join(faults)) if faults else EXPECTED

    def _faults(self, text: str, *, lists: bool) -> Iterator[str]:
        word = f"Probe{self.batch}"
        shown = self.kept.keep(text, word)
        self.listed.append(text)
        yield from self.watch.faults(shown, text)
        stored, wanted = shown.stored, said(text, word)
        if (stored.headline, stored.blocks, stored.images) != (wanted.headline, wanted.blocks, wanted.images):
            yield "it is not kept as it was"
        if lists:
            yield from self.watch.faults_of_lists(self.listed[-AT_ONCE:], word)
            self.listed.clear()
            self.batch += 1


def _read(markup: str) -> str:
    """The text of an article into which this markup was put."""
    return " ".join(block.text for block in read(news_page(markup)).blocks)
