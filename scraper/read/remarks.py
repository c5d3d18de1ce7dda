"""What the editors say about their article beside its text or under it: an `Outline` in, numbers of lines out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.read.outline import Box, Line, Outline

_LABEL = re.compile(
    r"\W*(?:korrektur(?:hinweis)?|berichtigung|richtigstellung|anmerkung der redaktion|hinweis der redaktion"
    r"|corrections?|clarification|erratum|editor['’]?s note|rectificatif|fe de errores|rectificación"
    r"|correzione|rettifica|correctie|rectificatie)\W*",
    re.I,
)
_NAMED = re.compile(r"correct(?:ion|ie)|korrektur|berichtigung|richtigstellung|clarification|erratum|editors?-?note")
_SAID = re.compile(
    r"\bin (?:einer|der) (?:früheren|vorherigen|ersten|ursprünglichen|älteren) (?:version|fassung)\b"
    r"|\b(?:an?|the) (?:earlier|previous|original|prior) version of th(?:is|e)\b"
    r"|\bthis (?:article|story|report|piece|headline) (?:was|has been) (?:amended|corrected|updated)\b"
    r"|^\W*wir haben .{2,80}\b(?:korrigiert|berichtigt|richtiggestellt)\b"
    r"|\bdiese[rmn]? (?:artikel|text|beitrag)s? wurde .{0,60}\b(?:korrigiert|berichtigt|geändert)\b"
    r"|\bune (?:première|précédente) version de (?:cet|l['’])|\buna versión (?:anterior|previa) de est"
    r"|\buna (?:versione precedente|precedente versione) di quest|\been (?:eerdere|vorige) versie van dit",
    re.I,
)
_LINKED, _NEAR = 0.3, 2


def remarks(page: Outline, found: Mapping[int, str], text: Box, headline: Box | None) -> set[int]:
    """The lines, by number, of what the editors say about their article, in boxes beside its text or under it."""
    whole = whole_of(text, headline)
    start = headline.last if headline is not None and headline.within(whole) else whole.first
    numbers = set()
    for line in page.lines[start : whole.last]:
        if not line.running or line.link_share >= _LINKED or not _is_beside(line, found, text):
            continue
        label = page.lines[line.at - 1] if line.at > start else None
        labelled = label is not None and _LABEL.fullmatch(label.text) and _one_box(label, line)
        if labelled or _SAID.search(line.text) or _is_named(line):
            numbers |= {line.at, line.at - 1} if labelled else {line.at}
    return numbers


def _is_beside(line: Line, found: Mapping[int, str], text: Box) -> bool:
    if found[id(line.box)] not in ("aside", "meta") or line.box.up("nav", "form", "button", "dialog") is not None:
        return False
    return line.box.up("article") is text.up("article") and not _hidden(line.box)


def _hidden(box: Box | None) -> bool:
    while box is not None and not box.hidden:
        box = box.parent
    return box is not None


def _is_named(line: Line) -> bool:
    return bool(_NAMED.search(line.box.words) or (line.box.parent and _NAMED.search(line.box.parent.words)))


def _one_box(label: Line, line: Line) -> bool:
    around = line.box.parent
    return around is not None and label.box.within(around) and around.last - around.first <= 1 + _NEAR


def whole_of(text: Box, headline: Box | None) -> Box:
    """The article's own box, where it holds the headline."""
    whole = text.up("article") or text.up("main")
    return whole if whole is not None and headline is not None and headline.within(whole) else text
