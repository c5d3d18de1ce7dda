"""Blocks that are about the paper and stand among those of the text: boxes that look like paragraphs, and come and go.

A reading comes in, its blocks without them go out. Each is told by what it says to its readers, which no report says,
or by its heading. The reader leaves out what its markup gives away.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from changes.asides import asides
from changes.promises import is_promise
from changes.turning import turning

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from scraper.article import Article, Block

_LONGEST, _LONGEST_TITLE, _QUOTES = 320, 60, '"„“”«»'
_NUMBER, _MONEY = r"\d[\d.,]*", r"(?:\d[\d.,]*\s?(?:euro|€|franken|chf)|[$€£]\s?\d[\d.,]*)"
_DURATION = rf"{_NUMBER} (?:tage?n?|wochen?|stunden?|minuten?|sekunden?|days?|weeks?|hours?|minutes?|seconds?)"
_PLATFORM = r"(?:whatsapp|telegram|signal|threads|bluesky|mastodon|tiktok|instagram|facebook|youtube)"
_PITCHES = (
    # newsletters, podcasts, channels, apps
    r"\b(?:in|mit|aus|für) unsere[mnr]? (?:[\w-]+ )?newsletter\b|\bschickt ihnen (?:die|unsere) redaktion\b",
    r"^(?:start your day with|our best)\b.{0,120}\bdelivered (?:every|each)\b|\bdelivered to you every\b",
    r"^in (?:der|dieser) (?:neuen|neuesten|aktuellen|heutigen) (?:podcast-?)?folge (?:geht es|sprechen wir|hören sie)",
    r"^in (?:this|the latest|our latest|the new) episode,? (?:we|our)\b",
    rf"\b(?:hier geht es|geht['’]?s) zu(?:m|unserem) {_PLATFORM}-kanal\b",
    rf"^[^.]{{0,40}}\b(?:ist|sind) (?:jetzt|ab sofort|nun) auch (?:auf|bei) {_PLATFORM}\W*$",
    rf"^(?:follow|join) (?:us|our|the)\b.{{0,40}} on {_PLATFORM} for\b",
    r"^get (?:the|our) [\w ]{1,30} app\b.{0,80}\bto your (?:phone|device)\b",
    rf"\b(?:nostro|notre|nuestro|ons) (?:canale?|chaîne|kanaal) (?:su |sur |en |de |op )?{_PLATFORM}\b",
    rf"^siamo anche su {_PLATFORM}\b",
    r"^download (?:de|onze) app\b|\b(?:in|met) onze app\b",
    # subscriptions
    rf"^(?:nur |jetzt )?die ersten (?:\w+ )?(?:wochen|monate|tage) für (?:nur )?{_MONEY}",
    rf"\b(?:für|zu) (?:nur )?{_MONEY} (?:(?:im|pro) (?:monat|jahr) )?(?:lesen|testen)\W*$",
    r"\bzum (?:halben )?preis(?: von \w+)? (?:weiter)?lesen\W*$|^black[- ]week-angebot\b",
    r"\b\d+ (?:prozent|%) rabatt auf (?:das|ihr|dein|unser) (?:[\w-]*)abo\b",
    rf"^(?:subscribe|read|try (?:us|it)) (?:now )?for (?:only |just )?{_MONEY} (?:a|per) (?:week|month|year)\W*$",
    r"^diese[rn]? (?:artikel|beitrag|text) ist (?:nur )?noch bis .{0,25}\b(?:frei|gratis) (?:les|verfüg|abruf)bar\W*$",
    r"^this (?:article|story) is free to read until\b",
    # donations
    r"\b(?:unabhängiger|guter|freier) journalismus (?:braucht|kostet)\b.{0,120}\b(?:sind sie dabei|machen schon mit)\b",
    r"\b(?:news|journalism) needs (?:you|your)\b|\bwill you (?:become a (?:member|supporter)|join them|support us)\b",
    r"^(?:local|independent|our) (?:journalism|reporting) (?:takes|costs|needs|relies on)\b.{0,90}\breaders have\b",
    # adverts of others
    r"^(?:sponsored|gesponsert|advertisement|publicité|publicidad|pubblicità|advertentie) ?: ",
    r"^wir (?:gedenken|trauern um)\b.{0,80}\bgeboren\b.{0,40}\bgestorben\b|\((?:[mwfd]\s?/\s?){2}[mwfdx]\)",
    # news of the hour over every article
    r"^\W*(?:eilmeldung|breaking(?: news)?) ?:",
    rf"^(?:nur )?noch {_DURATION}(?:,? (?:und )?{_DURATION})* bis zu[rm]? [^.!?]{{3,60}}$",
    rf"^countdown (?:to|until|zu[rm]?|bis(?: zu[rm]?)?) [^:]{{3,40}}: {_DURATION}(?:,? (?:(?:und|and) )?{_DURATION})*$",
    rf"^(?:only )?{_DURATION}(?:,? (?:and )?{_DURATION})* (?:until|to go until|left until) [^.!?]{{3,60}}$",
)
_PITCH = re.compile("|".join(_PITCHES), re.I)
_LENGTH = re.compile(rf"\W*(?:dauer|länge|length|duration) ?: ?{_NUMBER} ?min\w*\W*", re.I)
# Who wrote it, in the last lines of a text.
_LAST, _ABOUT = 4, re.compile(
    r",? (?:berichtet|schreibt|arbeitet|leitet|volontiert"
    r"|ist (?:seit|freie\w*|redakt\w+|reporter\w*|korrespond\w+|autor\w*)"
    r"|covers?|writes?|reports? (?:on|for|from)|has covered"
    r"|is (?:an?|the) (?:[\w-]+ ){0,5}(?:reporter|writer|editor|correspondent|journalist|columnist))\b",
    re.I,
)  # fmt: skip
_CREDIT = re.compile(
    r"(?:(?:additional )?reporting by [^.;]{3,150}"
    r"(?:; ?(?:(?:additional )?reporting|writing|editing|compiled) by [^.;]{3,100})*"
    r"|staff (?:writers?|reporters?) [^.,]{3,100} contributed to this (?:report|story|article)"
    r"|mitarbeit: [^.;]{3,100})\W*",
    re.I,
)
_INITIALS = re.compile(r"\W*[a-zäöü]{2,4}(?: ?[/,] ?[a-zäöü]{2,5})*\W*")


def without_furniture(article: Article, other: Article, whole: Collection[str]) -> list[Block]:
    """Its blocks in order, without what is about the paper. `other`: the reading that it is compared with; `whole`: the
    texts of blocks that came or went, and were not edited.
    """
    blocks = article.blocks
    left_out = {at for at, block in enumerate(blocks) if _is_pitch(block) or is_promise(block.text)}
    left_out |= set(asides(article, whole))
    left_out |= {at for at in range(1, len(blocks)) if at - 1 in left_out and _LENGTH.fullmatch(blocks[at].text)}
    kept = set(other.blocks)
    titles = (at for at in range(len(blocks) - 1) if at + 1 in left_out and _is_title(blocks[at]))
    left_out |= {at for at in titles if blocks[at] not in kept}
    left_out |= set(turning(blocks, other.blocks)) | set(_credits(article))
    return [block for at, block in enumerate(blocks) if at not in left_out]


def _is_pitch(block: Block) -> bool:
    """Whoever is quoted with such words stands in quotation marks."""
    text = block.text
    if block.kind == "note" or len(text) > _LONGEST or any(mark in text for mark in _QUOTES):
        return False
    return _PITCH.search(text) is not None


def _is_title(block: Block) -> bool:
    """It says no sentence, and what follows is told by itself."""
    return block.kind in ("subhead", "paragraph") and len(block.text) <= _LONGEST_TITLE and block.text[-1] not in ".!?"


def _credits(article: Article) -> Iterator[int]:
    """The last lines that say who wrote the text, and what else those do; or stand under that name."""
    blocks = article.blocks
    near = range(max(len(blocks) - _LAST, 1), len(blocks) - 1)
    card = next((at for at in near if blocks[at].text in article.authors and " " in blocks[at].text), None)
    if card is not None and all(len(block.text) <= _LONGEST for block in blocks[card:]):
        yield from range(card, len(blocks))
        return
    last = range(len(blocks) - 1, max(len(blocks) - 1 - _LAST, 0), -1)
    yield from takewhile(lambda at: _is_credit(blocks[at], article.authors), last)


def _is_credit(block: Block, authors: tuple[str, ...]) -> bool:
    text = block.text
    if block.kind != "paragraph" or len(text) > _LONGEST:
        return False
    if _CREDIT.fullmatch(text) or _INITIALS.fullmatch(text):
        return True
    return any(text.startswith(name) and _ABOUT.match(text, len(name)) for name in authors if " " in name)
