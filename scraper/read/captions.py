"""What is written about a picture: the lines around it in, caption and credit out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.phrases import BYLINE
from scraper.read.text import SILENT, clean, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

CAPTION = (
    "figcaption, [class*=caption i], [class*=bildunterschrift i], [class*=bildtext i], [class*=image-description i],"
    " [class*=img-info i], span.legend, [itemprop=caption]"
)
_CREDIT = (
    "[class*=credit i], [class*=copyright i], [class*=source i], [class*=quelle i], [class*=agency i],"
    " [class*=author i], [class*=photographer i], [class*=licen i], [class*=rights i], cite, small"
)
_SHORTEST, _LONGEST, _LONGEST_CREDIT, _MOST_LINES = 15, 400, 120, 3
_CREDIT_MARK = re.compile(
    r"(?:\b(?:bildquelle|bildrechte|(?:symbol|archiv)?(?:bild|fotos?)|quelle|photo|photograph|picture|image|credit"
    r"|copyright|source|ảnh|isithombe)\s*:\s*|[©\u24d2]\s*|\(c\)\s*|\b(?:photo|picture|image) by\s+"
    r"|사진[^\]=]{0,9}=\s*)",
    re.I,
)
# "(AP)" and "(Jane Doe/AP)" name a source; "(l.)", "(Symbolfoto)" and "(2019)" belong to the caption.
_IN_BRACKETS = re.compile(r"(?<=[.!?\u00a0 ])\s*\(([^()]{2,60})\)$")
_NO_CREDIT = re.compile(r"^\W*\d|symbol|archiv|\d{4}|[.:]$", re.I)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# "APA/AFP/Jane Doe": names with strokes between them.
_SOURCE_ALONE = re.compile(r"[^\s/.,]+(?: [^\W\d_a-z][^\s/]*)*(?:\s?/\s?[^\W\d_a-z][^\s/]*(?: [^\W\d_a-z][^\s/]*)*)+")
_BAR = re.compile(r"\s+\|\s+")
_SAYS = re.compile(r"\w")
_EDGES = " |•·–—-/\u00a0"
_STAMPED = re.compile(r"\d{4}\W{1,3}\d\d?[.:]\d\d(?:\s*(?:Uhr|h))?$")
_COUNTER = re.compile(r"\d+\s*(?:of|von|de|di|/)\s*\d+(?: \w+)?", re.I)
# For those who hear the page, and for those who click; "3 of 9" in a gallery.
_LABEL = re.compile(r"^(?:image caption\b,?|enlarge\b(?: image)?|bild vergrößern|\d+ of \d+)[\s/|:\u00a0]*", re.I)
_NO_NAME = re.compile(r"^\W*\d|[.!?]$")


def split_caption(text: str) -> tuple[str, str]:
    """ "caption | credit", "caption Foto: credit" and "caption. (credit)": what is written on one line."""
    caption, credit = _split_mark(text)
    first, rest = split_bar(caption)
    if rest:
        return first, text[text.find(rest) :].strip(_EDGES + ")]") if credit else rest
    if not credit and (match := _IN_BRACKETS.search(caption)) and _is_source(caption[: match.start()], match[1]):
        caption, credit = caption[: match.start()], match[1]
    return tidy(caption), tidy(credit)


def split_bar(text: str) -> tuple[str, str]:
    parts = _BAR.split(text, maxsplit=1)
    if len(parts) < 2:
        return tidy(text), ""
    return tidy(parts[0]), tidy(_CREDIT_MARK.sub("", parts[1], count=1))


def tidy(text: str) -> str:
    """Without the separators that the layout puts between caption and credit; empty if it is nothing else."""
    text = text.strip(_EDGES)
    return text if _SAYS.search(text) else ""


def written_in(node: LexborNode) -> tuple[str, str]:
    """Caption and credit of an element that holds nothing but these.

    The credit has an element of its own, or stands behind a bar or a mark.
    """
    whole = text_of(node)
    for inner in node.css(_CREDIT):
        credit = text_of(inner)
        if inner.mem_id == node.mem_id or not credit:
            continue
        caption = tidy(text_of(node, [inner.mem_id]))
        if caption or inner.tag != "small":
            return split_caption(caption)[0] if _CREDIT_MARK.search(credit) is None else caption, _bare(credit)
    return _last_of_two(node) or split_caption(_LABEL.sub("", whole))


def written_on(lines: list[str]) -> tuple[str, str]:
    """Caption and credit of short lines beside a picture: the last of several is the credit."""
    marked = next((line for line in lines if _CREDIT_MARK.match(line) and len(line) <= _LONGEST_CREDIT), "")
    if marked:
        return tidy(" ".join(line for line in lines if line != marked)), _bare(marked)
    if len(lines) == 2 and _names(lines[1]):
        return tidy(lines[0]), _bare(lines[1])
    if len(lines) == 1 and _SOURCE_ALONE.fullmatch(lines[0]):
        return "", _bare(lines[0])
    return split_caption(" ".join(lines))


def is_caption_like(lines: list[str]) -> bool:
    """Few and short: more than that is an article."""
    if not 0 < len(lines) <= _MOST_LINES or any(BYLINE.match(line) or is_stamped(line) for line in lines):
        return False
    return _SHORTEST <= sum(map(len, lines)) <= _LONGEST


def is_stamped(text: str) -> bool:
    """Beside the portrait of an author stands the time of the article."""
    return _STAMPED.search(text) is not None


def is_counter(text: str) -> bool:
    return _COUNTER.fullmatch(tidy(text)) is not None


def _bare(credit: str) -> str:
    """Without its mark and the brackets around it."""
    text = _unbracketed(tidy(credit))
    mark = _CREDIT_MARK.match(text)
    return tidy(_unbracketed(text[mark.end() :] if mark else text))


def _unbracketed(text: str) -> str:
    return text[1:-1] if _BRACKETED.fullmatch(text) else text


def _split_mark(text: str) -> tuple[str, str]:
    marks = list(_CREDIT_MARK.finditer(text))
    if not marks or len(text) - marks[-1].end() > _LONGEST_CREDIT:
        return text, ""
    return text[: marks[-1].start()].rstrip("([" + _EDGES), text[marks[-1].end() :].rstrip(")]" + _EDGES)


def _is_source(before: str, inside: str) -> bool:
    if _NO_CREDIT.search(inside):
        return False
    return "/" in inside or bool(re.search(r"[.!?][\u00a0 ]*$", before))


def _names(text: str) -> bool:
    """A credit is short and no sentence."""
    return 0 < len(text) <= _LONGEST_CREDIT and not _NO_NAME.search(text)


def _last_of_two(node: LexborNode) -> tuple[str, str] | None:
    """Two elements side by side with nothing but a separator between: the second is the credit."""
    parts = list(_parts(node))
    while len(parts) == 1 and not isinstance(parts[0], str):
        node = parts[0]
        parts = list(_parts(node))
    if len(parts) != 2 or any(isinstance(part, str) for part in parts):
        return None
    caption, credit = (text_of(part) for part in parts if not isinstance(part, str))
    if credit.startswith("/"):
        return "", tidy(caption + credit)
    label = is_counter(caption) or _LABEL.fullmatch(caption)
    if label or _CREDIT_MARK.search(caption) or not _names(tidy(credit)):
        return None
    return tidy(caption), _bare(credit)


def _parts(node: LexborNode) -> Iterator[LexborNode | str]:
    """The elements and texts that say something."""
    for child in node.iter(include_text=True):
        if child.is_text_node:
            text = tidy(clean(child.text(deep=False)))
            if text:
                yield text
        elif child.tag not in SILENT and tidy(text_of(child)):
            yield child
