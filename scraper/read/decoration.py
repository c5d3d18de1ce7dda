"""What stands in a heading and is none of its words: badges, words for screen readers, a second title for phones."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from scraper.read.comments.count import number_in
from scraper.read.text import clean, text_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

KICKER = re.compile(
    r"kicker|dachzeile|top-?line|over-?line|eyebrow|roof-?line|spitzmarke|super-?title|pre-?title|vorzeile"
    r"|catch-?line|ressort-?title"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-(?:text|only))?|is-hidden|u-hidden|a11y-hidden"
    r"|(?:^|(?<=\s))hidden(?!.*:(?:block|inline|flex)))(?=$|[\s_-])"
)
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BADGE = re.compile(
    r"(?:^|[\s_-])(?:badge|label|plus|premium|pay-?wall|abo|flag|tag|icon|pill|chip|marker|reading-?time|read-?time"
    r"|lesezeit|lesedauer|comments?(?:-?count)?|kommentare?)s?(?=$|[\s_-])"
)
_PHONE = re.compile(
    r"(?:^|[\s_-])(?:mobile?|phone|smartphone|short|small|visible-xs)(?=$|[\s_-])|(?:^|\s)d-(?:sm|md|lg)-none(?=$|\s)"
    r"|(?:^|\s)(?:sm|md|lg):hidden(?=$|\s)"
)
_SCREEN = re.compile(
    r"(?:^|[\s_-])(?:desktop|tablet|large|long|hidden-xs)(?=$|[\s_-])|(?:^|\s)d-(?:sm|md|lg)-(?:block|inline)"
    r"|(?:^|\s)(?:sm|md|lg):(?:block|inline)"
)
_WORDS = frozenset(
    word.casefold()
    for word in (
        "+", "Plus", "Premium", "Pro", "Abo", "Abo+", "Abonnement", "Für Abonnenten", "Nur für Abonnenten", "Exklusiv",
        "Live", "Liveblog", "Liveticker", "Live-Ticker", "Update", "Video", "Podcast", "Audio", "Anzeige", "Werbung",
        "Neu", "Eilmeldung", "Bildergalerie", "Fotostrecke", "Ad", "Advertisement", "Sponsored", "New", "Exclusive",
        "Breaking", "Breaking news", "Subscribers only", "For subscribers", "Subscriber exclusive", "Members only",
        "Abonné", "Abonnés", "Réservé aux abonnés", "Article réservé aux abonnés", "Exclusif", "Exclu", "En direct",
        "Direct", "Vidéo", "Publicité", "Nouveau", "Exclusivo", "Exclusiva", "Suscriptores", "Solo suscriptores",
        "Para suscriptores", "En vivo", "En directo", "Directo", "Vídeo", "Publicidad", "Nuevo", "Última hora",
        "Esclusivo", "Esclusiva", "Abbonati", "Per abbonati", "Solo per abbonati", "Diretta", "In diretta",
        "Pubblicità", "Nuovo", "Ultim'ora", "Exclusief", "Exclusieve", "Abonnee", "Abonnees", "Voor abonnees",
        "Advertentie", "Nieuw",
    )
)  # fmt: skip
_READING_TIME = re.compile(
    r"(?:(?:lesezeit|lesedauer|temps de lecture|lectura|lettura|leestijd)\s*:?\s*)?(?:ca\.\s*)?\d{1,3}\s*-?\s*"
    r"min(?:uten?|utes?|utos?|uti|uut)?\.?"
    r"(?:\s*(?:lesezeit|lesedauer|read|de lecture|de lectura|di lettura|leestijd))?",
    re.I,
)
_LETTER = re.compile(r"\w")
_AROUND = " \t\n:|·•–—-()[]"
_TALK = re.compile(r"#|comment|kommentar|forum|reacti", re.I)
_LEFT_OPEN = re.compile(r"[(\[]\s*[)\]]")
_LONGEST_BADGE = 32
# Each is looked at beside the whole: a heading that was never closed holds the page.
_MOST_ELEMENTS = 40


def words_of(heading: LexborNode, titles: Iterable[str] = ()) -> str:
    """What the heading says, without its decoration. `titles` are what the page calls itself elsewhere: what they have
    too belongs to the headline.
    """
    without = decoration(heading, titles)
    said = text_of(heading, without)
    return clean(_LEFT_OPEN.sub("", said)).strip(" |·•–—-:") if without else said


def decoration(heading: LexborNode, titles: Iterable[str] = ()) -> frozenset[int]:
    """The elements, by `mem_id`. Never what holds most of the heading."""
    elements = (node for tag, node, entering in walk(heading) if entering and tag != "-text")
    inner = list(islice(elements, _MOST_ELEMENTS + 1))
    if not inner or len(inner) > _MOST_ELEMENTS:
        return frozenset()
    whole = len(text_of(heading))
    small = [node for node in inner if 0 < 2 * len(text_of(node)) <= whole]
    found = {node.mem_id for node in small if _is_unseen(node) or _is_second_title(node)}
    known = [clean(title).casefold() for title in titles]
    for nodes, at_end in ((small, False), (small[::-1], True)):
        for node in nodes:
            if _is_badge(heading, node, frozenset(found), known, at_end):
                found.add(node.mem_id)
    return frozenset(found) if text_of(heading, found) else frozenset()


def _is_unseen(node: LexborNode) -> bool:
    attributes = node.attributes
    style = attributes.get("style") or ""
    if not _LETTER.search(text_of(node)):
        return False  # a colon after the topline, for those who do not see that it stands apart
    return "hidden" in attributes or bool(_UNSEEN.search(_class(node)) or _UNSEEN_STYLE.search(style))


def _is_second_title(node: LexborNode) -> bool:
    """For phones, beside the one for larger screens."""
    parent = node.parent
    if parent is None or not _PHONE.search(_class(node)) or _SCREEN.search(_class(node)):
        return False
    said = text_of(node)
    beside = [other for other in parent.iter() if other.mem_id != node.mem_id]
    return any(_SCREEN.search(_class(other)) or text_of(other) == said for other in beside)


def _is_badge(heading: LexborNode, node: LexborNode, found: frozenset[int], titles: list[str], at_end: bool) -> bool:
    """At the beginning or the end of the heading, by its class or by what it says."""
    text = text_of(node)
    if node.mem_id in found or len(text) > _LONGEST_BADGE or KICKER.search(_class(node)):
        return False
    rest = text_of(heading, found | {node.mem_id})
    if not _stands_at(text_of(heading, found), text, rest, at_end):
        return False
    named, worded = bool(_BADGE.search(_class(node))), _says_badge(node, text)
    if named and worded:
        return True
    return (named or worded) and not any(_has(title, text, rest, worded) for title in titles)


def _stands_at(whole: str, text: str, rest: str, at_end: bool) -> bool:
    """Also where no space parts it from the words."""
    return (
        whole.endswith(text) and whole.startswith(rest) if at_end else whole.startswith(text) and whole.endswith(rest)
    )


def _says_badge(node: LexborNode, text: str) -> bool:
    said = text.strip(_AROUND).casefold()
    if said in _WORDS or _READING_TIME.fullmatch(said):
        return True
    counts = text.strip(_AROUND).isdigit() or number_in(text) is not None
    return counts and node.tag == "a" and bool(_TALK.search(node.attributes.get("href") or ""))


def _has(title: str, text: str, rest: str, worded: bool) -> bool:
    """It goes on as the heading does: "Live from the bridge"; of a word that is no badge also "Coast: A new light"."""
    text, rest = text.rstrip(" :|").casefold(), rest.lstrip(" :|").casefold()
    between = (" ",) if worded else (" ", ": ", " | ", " - ", " – ")
    return any(f"{text}{sign}{rest}" in title or f"{rest}{sign}{text}" in title for sign in between)


def _class(node: LexborNode) -> str:
    return _CAMEL.sub("-", node.attributes.get("class") or "").lower()
