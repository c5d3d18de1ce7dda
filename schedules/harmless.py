"""Words of others go in, and come out on one line, with nothing that a terminal, a chat or a mail program acts on.
Pure."""

from __future__ import annotations

import re
import unicodedata

# Chat programs read these as emphasis, code, links, images, escapes, formulas or what is to be hidden (`||…||`), even
# with an invisible character beside them (CommonMark takes such a character for a letter): so a character that looks
# alike stands for each.
_LOOKALIKE = str.maketrans(
    {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", "\\": "∖", "[": "［", "]": "］", "$": "＄", "|": "∣"}
)
# … and for these an invisible word joiner is enough: it parts the mark from the name that it would make active.
_JOINER = "\u2060"
_ACTIVE = re.compile(r"[@#:/]|(?<=\S)\.(?=\S)")
# Control characters, and invisible ones: among them those that turn the direction of reading; lone surrogates.
_UNSEEN = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "�"}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Where nothing is escaped, tags are made harmless as the rest is; an entity is parted from its mark.
_UNESCAPED = {"<": "＜", ">": "＞"}
# What would stand oddly before the dots of what is cut.
_BEFORE_DOTS = f" .,;:…{_JOINER}"
_ENTITY = re.compile(r"&(?=[#\w]+;)")


def quiet(text: str) -> str:
    """On one line, and without characters that nobody sees: none can begin a line of its own, steer a terminal or turn
    the direction of reading. For logs and terminals, to which all else is text."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_UNSEEN.get(unicodedata.category(char), char) for char in text)


def harmless(text: str, room: int, *, escaped: bool = True) -> str:
    """Text of others, cut to `room` characters. `escaped`: `&`, `<` and `>` as Slack wants them."""
    plain = " ".join(quiet(text).split()).translate(_LOOKALIKE)
    parted = _ACTIVE.sub(rf"{_JOINER}\g<0>{_JOINER}", plain if escaped else _ENTITY.sub(rf"\g<0>{_JOINER}", plain))
    pieces = [(_ESCAPES if escaped else _UNESCAPED).get(char, char) for char in parted]
    if sum(map(len, pieces)) <= room:
        return "".join(pieces)
    kept, used = 0, 1
    while used + len(pieces[kept]) <= room:
        used += len(pieces[kept])
        kept += 1
    while kept and parted[kept - 1] in _BEFORE_DOTS:
        kept -= 1
    return "".join(pieces[:kept]) + "…"
