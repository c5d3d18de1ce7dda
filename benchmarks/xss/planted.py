"""What a database shows whose every text is an attack: the pages by address, as they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.hostile.kept import Kept
from scraper.charset import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.hostile.kept import Shown

# The front page has so many entries, and a search so many headlines.
AT_ONCE = 30
_FOUND = 10
_LISTS = (
    "/", "/-/outlets", "/-/coverage", "/-/status", "/-/rulings", "/-/changes.atom", "/-/changes.json", "/-/status.json",
    "/-/coverage.json", "/-/outlets.json", "/-/changes.csv",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: a page, and with what headers."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """By the ending of its address: html, json, csv or atom."""
        ending = self.address.partition("?")[0].rpartition("/")[2].rpartition(".")
        return ending[2] if ending[1] else "html"


def different(texts: Iterable[str]) -> list[str]:
    """Those of which something can be kept, each once."""
    return [text for text in dict.fromkeys(map(storable, texts)) if text.strip()]


def answers(texts: Sequence[str]) -> Iterator[Answer]:
    """All answers that show these texts, `AT_ONCE` different ones or fewer, of a database that has them everywhere."""
    with Kept() as kept:
        shown = [kept.keep_everywhere(text, f"Probe{number // _FOUND}") for number, text in enumerate(texts)]
        for address in (*_own(shown, texts), *_LISTS, *_searches(len(texts))):
            answer = kept.get(address)
            yield Answer(address, answer.status_code, dict(answer.headers), answer.content)


def _own(shown: Sequence[Shown], texts: Sequence[str]) -> Iterator[str]:
    for each, text in zip(shown, texts, strict=True):
        article, compared = f"/-/article/{each.article}", f"/-/compare/{each.before}/{each.after}"
        yield from (article, f"{article}.json", f"{article}.csv", compared, f"{compared}.json")
        yield from (f"/-/outlet/{each.outlet}", f"/-/outlet/{each.outlet}.json")
        # What is asked for is said again, and so is what means nothing.
        asked = quote(text[:300], safe="")
        yield from (f"/-/search?q={asked}", f"/?tag={asked}&verdict={asked}&since={asked}&source={each.outlet}")


def _searches(number: int) -> Iterator[str]:
    for word in range(-(-number // _FOUND)):
        yield from (f"/-/search{ending}?q=Probe{word}" for ending in ("", ".json", ".csv"))
