"""Boxes of facts: what an article says about a person or a matter beside its text. A box in, yes or no out.

They stand in the same tags as teasers and offers, but say what they are, and lead nowhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line, Outline

_NAMED = re.compile(
    r"info-?box|info-?kasten|fact-?box|fakten-?(?:box|kasten)|fact-?file|encadr[eé]|recuadro|kadertekst"
)
_HEADS = (
    r"hintergrund\w*|zum hintergrund|zur (?:person|sache)|infos?|info-?(?:box|kasten)",
    r"(?:(?:daten|zahlen)(?:,| und) )?fakten(?:box)?",
    r"(?:die |das )?(?:wichtigste\w*|fakten) (?:zu[rm]?|über|in|auf)\b.*|(?:auf einen|im) (?:über)?blick",
    r"chron(?:ologie|ik)|stichwort|(?:was|wer|wie) (?:ist|sind|war)\b.*|steckbrief|glossar|gut zu wissen",
    r"wissenswertes|zeittafel",
    r"background|at a glance|in brief|key (?:facts|points|dates|figures)|fact ?(?:box|file)|timeline",
    r"(?:who|what|how) (?:is|are|was)\b.*|explainer|the (?:facts|numbers)|profile|by the numbers",
    r"what (?:we|to) know\b.*",
    r"repères|contexte|l['’]essentiel|en (?:bref|chiffres)|les (?:faits|chiffres|dates)\b.*",
    r"(?:qui|qu['’]est-ce qu)['’ei].*|bio express|à retenir",
    r"(?:las )?claves\b.*|contexto|en (?:breve|cifras)|cronología|perfil|(?:quién|qué) es\b.*|los datos|ficha\b.*",
    r"(?:la )?scheda\b.*|contesto|in (?:breve|sintesi|cifre)|cronologia|(?:chi|cos)['’ ]è\b.*|i (?:numeri|fatti)",
    r"(?:de )?feiten|achtergrond|in het kort|tijdlijn|(?:wie|wat) is\b.*|profiel",
)
_HEAD = re.compile(rf"\W*(?:{'|'.join(_HEADS)})\W*", re.I)
_LONGEST_HEAD, _MOST_LINES, _LINKED, _WHOLE_LINK = 80, 40, 0.15, 0.8


def is_fact_box(page: Outline, box: Box) -> bool:
    """It has the name or the heading of one, and something under that which is no link."""
    lines = page.of(box)
    if not 1 < len(lines) <= _MOST_LINES or box.hidden or not (is_named_so(box) or _is_head(lines[0])):
        return False
    if any(line.link_share > _WHOLE_LINK for line in lines):
        return False
    return sum(line.linked for line in lines) <= _LINKED * sum(len(line.text) for line in lines)


def is_named_so(box: Box) -> bool:
    """By its class or id."""
    return _NAMED.search(box.words) is not None


def _is_head(line: Line) -> bool:
    return len(line.text) <= _LONGEST_HEAD and not line.linked and _HEAD.fullmatch(line.text) is not None
