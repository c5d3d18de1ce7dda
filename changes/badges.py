"""What a newsroom puts before or after a headline for a while: a headline comes in, the bare one goes out."""

from __future__ import annotations

import re

# "Live: …", "+++ Eilmeldung +++ …", "… – Update".
_BADGE = (
    r"(?:(?:\d{1,2}\. )?updates?(?: \d{1,2}| \(?\d\d?[.:]\d\d(?: uhr)?\)?)?|aktuell|aktualisiert"
    r"|(?:jetzt )?live(?:[ -]?(?:blog|ticker|updates?))?|ticker|eil(?:meldung|t)?|breaking(?: news)?"
    r"|news-?ticker|newsblog|exklusiv|exclusive"
    r"|exclusif|video|podcast|anzeige|werbung|neu|new|just in|[a-z]{0,8}plus|[a-z]{1,8}\+|premium|abo"
    r"|(?:en )?directo?|en vivo|(?:in )?diretta|última hora|ultim['’]ora"
    r"|urgente?|flash|alerte)"
)
_LEADING = re.compile(rf"[\s\[(|•●▶+]*{_BADGE}\s*(?:[\])]\s*[:|–—+•-]*|[:|•/]|\s[–—-]+\s|\+{{2,3}})[\s+]*", re.I)
# Written large, it needs no sign behind it.
_LOUD = re.compile(
    r"\W*(?:LIVE|UPDATE|EIL(?:MELDUNG)?|BREAKING(?: NEWS)?|EXKLUSIV|EXCLUSIVE|NEU|VIDEO|[A-Z]{1,2}\+)[)\]]?\s+(?=\w)"
)
_TRAILING = re.compile(rf"\s*(?:[|•]|\s[–—-]|[(\[]|\+{{2,3}})\s*{_BADGE}[\s\])+]*$|\s*\+{{2,3}}\s*$", re.I)
_PLUSES = re.compile(r"^\s*\+{2,3}\s*")


def without_badges(headline: str) -> str:
    """The headline without what is put before and after it for a while; as it is, if nothing else is left."""
    text = _TRAILING.sub("", headline)
    for pattern in (_LEADING, _LOUD, _PLUSES):
        text = pattern.sub("", text, count=1) if pattern.match(text) else text
    return text if text.strip() else headline
