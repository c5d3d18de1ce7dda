"""Notices that a page puts beside its text: corrections and updates; and which edit a correction explains."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

from changes import vocabulary
from changes.alignment import align
from changes.compare import titles_differ
from changes.editors_note import matter
from changes.numbers import number
from changes.plain import plain
from changes.promises import is_promise
from changes.sentences import language_of, may_be_other, split
from scraper.amendments import (
    is_about_another,
    is_amendment,
    is_reported,
    tells_of_before,
    tells_of_change,
    tells_of_own,
    without_other_edits,
)
from scraper.corrections import (
    LANGUAGES,
    OWN_PIECE,
    PIECE,
    STUECK,
    begins_correction,
    begins_with_version,
    corrects,
    is_label,
    is_of_editors,
    may_correct,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from changes.alignment import Aligned, Alignment, Side
    from changes.change import BlockChange, Change, Edit
    from changes.editors_note import Matter
    from scraper.article import Article

NoticeKind = Literal["correction notice", "update notice"]

# A stamp of its own, beside a table or below the text: "Quelle: …, Stand: 26.11.2026, 07:00 Uhr".
_STAMP = (
    r"\b(?:(?-i:Stand|STAND)\s?:|(?:letzte\sänderung|(?:zuletzt\s)?(?:aktualisiert|geändert|ergänzt|bearbeitet)|(?:last\s)?updated"
    r"|mise?\sà\sjour|actualizad[oa]|aggiornat[oa]|bijgewerkt)\b)\W{0,3}(?:(?:am|um|on|at|le|el|las|a|alle|op|il|vom)\s){0,2}"
    r"(?:\w+,?\s)?\d{1,4}(?:[./:-]\d|\.?\s(?:uhr\b|[a-zäöüéû]{3,9}\b))"
)
_TIME = r"\d{1,2}[.:]\d\d(?:\suhr)?"
_UPDATE = re.compile(
    rf"""^\W*(?:
        (?:update|aktualisierung|nachtrag)\b\s*(?:\([^)]*\)\s*)?(?:[:|–—-]|vom\s|am\s|um\s|\d|,\s[^:.]{{0,20}}\d(?:\.?$|[^:]{{0,20}}:))
        |(?:letzte[sr]?\s)?(?:update|aktualisierung)\W{{1,3}}(?:(?:um|vom|am)\s)?{_TIME}\s?(?:[])]|\W*$)|update,\s{_TIME}\s?:
        |(?:ergänzung|nachtrag)\s\(?(?:um\s)?{_TIME}\)?\s?:
        |(?:mise\sà\sjour|actualización|aggiornamento)\s*(?:\([^)]*\)\s*)?[:|–—]
        |(?:aktualisiert|updated)\b\s*(?:[:|–—-]|am\s|um\s|on\s|at\s|\d)
    )
    |\b(?:diese[rs]?\s{STUECK}|der\s(?:artikel|beitrag|text)(?!\s(?:de[rs]|vo[mn]|über|zu[rm]?)\b))\swurde\b.{{0,60}}\b(?:aktualisiert|ergänzt|fortgeschrieben)\b
    |\b(?:diese\s{OWN_PIECE}|wir\shaben\s(?:den|die|das|diesen|diese|dieses)\s{STUECK})\b.{{0,60}}\b(?:aktualisiert|ergänzt|berichtigt|korrigiert)\b
    |\bthis\s{PIECE}\s(?:was|has\sbeen)\s(?:\w+\s)?updated\b
    |\b(?:cet\sarticle|ce\stexte)\sa\sété\s(?:mis\sà\sjour|complété)\b|\best[ea]\s(?:artículo|texto|noticia|información)\s(?:ha\ssido|fue)\sactualizad[oa]\b
    |\bquest(?:o\s|')(?:articolo|testo)\sè\sstato\saggiornato\b|\bdit\s(?:artikel|bericht|verhaal)\s(?:is|werd)\b.{{0,40}}\bbijgewerkt\b
    |^\W*(?:die\s\w*(?:zahl(?:en)?|angaben?)|the\s(?:\w+\s)?(?:toll|figures?|number))(?:\s(?:der|of)\s\w+)?\s(?:wurden?|was|were)\s(?:um|at)\s{_TIME}
     \s(?:[ap]\.?m\.?\s)?(?:aktualisiert|korrigiert|angepasst|ergänzt|updated|corrected)\W*$
    |{_STAMP}
    """,
    re.IGNORECASE | re.VERBOSE,
)
# An update notice holds one of these, as a correction holds others.
_SIGNS = (
    "updat", "aktualisier", "nachtrag", "ergänz", "fortgeschrieben", "korrigiert", "berichtigt", "stand", "änder",
    "bearbeitet", "à jour", "actualiza", "aggiorna", "bijgewerkt",
)  # fmt: skip
# What is put before or behind a headline, in brackets or with a sign: "CORRECTED - …", "… (Update)".
_BADGE = (
    r"((?:update|aktualisierung)(?:\s\d+)?|aktualisiert|updated|korrektur|korrigiert|berichtig(?:ung|t)|correct(?:ed|ion)"
    r"|correctif|rectificatif|corrigé|corrección|corregido|correzione|corretto|rettifica|correctie|gecorrigeerd"
    r"|(?:korrigierte|berichtigte|aktualisierte|corrected|amended|revised|updated)\s(?:fassung|version|meldung)|version\scorrigée"
    r"|versión\scorregida|versione\scorretta|gecorrigeerde\sversie)"
)
_BADGED = re.compile(
    rf"\W*{_BADGE}(?:\s?[:|)\]]|\s[–—-]+\s|\s\+{{2,3}}|\W*$)|.*(?:[(\[]{_BADGE}[)\]]|\s[|–—-]+\s{_BADGE})\W*$"
    # As agencies set them, close to the headline: "KORREKTUR/…", "CORRECTED-…", "UPDATE 2-…".
    r"|(?-i:(?:[A-Z]{3,9}/)?((?:KORREKTUR|BERICHTIGUNG)(?:\s\d)?(?=/)|(?:CORRECTED|CORRECTION|REFILE)(?=[-–]\S)|UPDATE\s\d{1,2}(?=[-–]\S)))",
    re.I,
)
# What newsrooms come to add to a notice: that they are sorry.
_APOLOGY = re.compile(
    r"(?:\W*(?:wir\sbitten\s(?:\w+\s){0,3}um\s(?:entschuldigung|verzeihung|nachsicht)|wir\sbitten,?\s(?:den|die|das)\s\w+\szu\sentschuldigen"
    r"|wir\sentschuldigen\suns(?:\s(?:dafür|für\s\w+\s\w+))?|wir\sbedauern\s\w+\s\w+|wir\sbedauern\s(?:den|das)"
    r"|we\s(?:\w+\s)?apologi[sz]e(?:\sfor\s[\w\s]{3,40})?|we\sregret\s\w+\s\w+|we\sare\ssorry(?:\sfor\s[\w\s]{3,40})?"
    r"|nous\s(?:présentons\snos\sexcuses|vous\sprions\sde\snous\sexcuser)(?:\s[\w\s]{3,40})?|pedimos\sdisculpas(?:\s[\w\s]{3,40})?"
    r"|ci\sscusiamo(?:\s[\w\s]{3,40})?|onze\sexcuses(?:\s[\w\s]{3,40})?)\W*)+",
    re.IGNORECASE,
)
# Notes that tell what the paper has to do with the matter, as often as what it changed.
_ABOUT_US = re.compile(r"\W*(?:transparenz\w*|transparency|in eigener sache)\b", re.I)
# A longer paragraph is not a notice for holding such a phrase; its sentences are looked at one by one.
_LONGEST = 600
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_SHORTEST_WORD = 3
_FUNCTION_WORDS = frozenset(word.lower() for word in vocabulary.NO_NAMES)
# What the notice takes back names an edit best: the words that went. One of them, or two that came, are enough.
_WENT, _CAME, _ENOUGH = 2, 1, 2


def may_hold_notice(text: str) -> bool:
    """Whether it is worth a closer look."""
    low = text.lower()
    return may_correct(low) or any(sign in low for sign in _SIGNS) or is_amendment(text)


_MIGHT = (may_hold_notice, tells_of_change, tells_of_before)


def came(edit: Edit) -> Iterator[str]:
    """The notices that came with an edit: blocks of their own, and sentences within paragraphs. What stands behind
    another sentence has to name the article as what was changed: news are of corrections, too.
    """
    yield from _in_titles(edit)
    yield from (text for text, what in _came(edit) if what == "change")
    yield from _kept_up(edit.change, edit.after)


def unclear(edit: Edit) -> Iterator[str]:
    """The notes of the editors that came with an edit, and may speak of it; or were all that came."""
    alone = not edit.change.fields and all(item.kind == "note" and item.move == "added" for item in edit.change.blocks)
    return (text for text, what in _came(edit) if what == "unclear" or (alone and what == "other"))


def _came(edit: Edit) -> Iterator[tuple[str, Matter]]:
    language, after = language_of(edit.after), edit.after
    for item in edit.change.blocks:
        if item.move not in ("added", "edited") or is_label(item.after) or is_promise(item.after):
            continue
        if item.kind != "note" and not any(might(item.after) for might in _MIGHT):
            continue
        said = [] if _ABOUT_US.match(item.after) and not corrects(item.after) else [item.after]
        if item.kind != "note":
            old = set(split(item.before, language))
            said = [
                new
                for at, new in enumerate(split(item.after, language))
                if new not in old and _is_notice(new, edit, begins=not at)
            ]
            said = said or ([item.after] if _tells_at_edge(item, edit) else [])
        rest = [text for other in edit.change.blocks if other is not item for text in (other.before, other.after)]
        rest += [block.text for block in after.blocks if block.text != item.after]
        own = " ".join((after.headline, after.topline, after.standfirst, *rest))
        yield from ((text, _matter(item, text, after)) for text in said if not is_about_another(text, own))


def _kept_up(change: Change, after: Article) -> Iterator[str]:
    """The notice that stands, where nothing changed but that one was moved, or that the newsroom came to be sorry."""
    if change.fields or not change.blocks:
        return
    over = ["", *(block.text for block in after.blocks)]
    notices = [notice for item in change.blocks if (notice := _beside(item, over[item.after_at or 0]))]
    if len(notices) == len(change.blocks) and all(map(begins_correction, notices)):
        yield notices[0]


def _beside(item: BlockChange, over: str) -> str:
    """The notice that was moved, or stands before an apology that came; else empty. `over`: what stands over it."""
    if item.move == "moved":
        return item.after
    if item.move == "added":
        return over if _APOLOGY.fullmatch(plain(item.after)) else ""
    rest = item.after.removeprefix(item.before)
    return item.before if rest != item.after and _APOLOGY.fullmatch(plain(rest)) else ""


def _matter(item: BlockChange, text: str, after: Article) -> Matter:
    """Only of what the editors note it is asked what that is about: a correction says so itself."""
    over = after.blocks[item.after_at - 1].text if item.after_at else ""
    if is_of_editors(text) or (is_label(over) and is_of_editors(over)):
        return matter(text)
    return "other" if item.kind == "note" and not corrects(text) and matter(text) == "other" else "change"


def _in_titles(edit: Edit) -> Iterator[str]:
    """Badges that headline and topline came to wear, and sentences that came into the lead or under a picture."""
    language = language_of(edit.after)
    for item in edit.change.fields:
        if item.field in ("headline", "topline") and _badge(item.after) not in ("", _badge(item.before)):
            yield item.after
        elif item.field == "standfirst":
            stood = set(split(item.before, language))
            for at, new in enumerate(split(item.after, language)):
                if new not in stood and _is_notice(new, edit, begins=not at):
                    yield new
        elif item.field == "captions":
            said = (new for caption in item.after.split(" | ") for new in split(caption, language))
            yield from (new for new in said if new not in item.before and begins_correction(new))


def _badge(title: str) -> str:
    found = _BADGED.match(title)
    return next(filter(None, found.groups()), "").lower() if found else ""


def _is_notice(sentence: str, edit: Edit, *, begins: bool) -> bool:
    """By itself; or as it names, of an earlier version, what went with this very edit, so that it need not say of which
    text; or, of what was first reported, what an edit beside it changed.
    """
    if begins_with_version(sentence):
        begins = begins or _names(sentence, edit)
    if notice_kind(sentence, sentence, begins=begins) is not None:
        return True
    return tells_of_before(sentence) and _names(sentence, edit, edited=True)


def _names(sentence: str, edit: Edit, *, edited: bool = False) -> bool:
    """A word that went with the edit beside the sentence; `edited`: one that went or came in what stood and stands."""
    pairs = [(item.before, item.after) for item in edit.change.blocks]
    pairs += [(item.before, item.after) for item in edit.change.fields]
    pairs = [pair for pair in pairs if all(pair) or not edited]
    old, new = ({word for pair in pairs for word in _telling(pair[side].replace(sentence, " "))} for side in (0, 1))
    return not ((old ^ new) if edited else (old - new)).isdisjoint(_telling(sentence))


def _tells_at_edge(item: BlockChange, edit: Edit) -> bool:
    """All of it says that "the text" was changed, or a part of it later; it came before or behind the whole text, and
    with it something that stood there was changed.
    """
    if item.move != "added" or item.after_at not in (0, len(edit.after.blocks) - 1):
        return False
    stood = any(other.move == "edited" for other in edit.change.blocks) or titles_differ(edit.change)
    return stood and tells_of_own(item.after)


def unknown_language(article: Article) -> str:
    """The language of an article, as the page states it, in which notices are not known; empty where they are."""
    stated = article.language or ""
    if stated:
        return "" if language_of(article) in LANGUAGES else stated
    return "none stated" if may_be_other(article) else ""


def came_before(edit: Edit) -> Iterator[str]:
    """Correction notices that came a while before the edit, whose words they name, and that still stand there."""
    yield from still_named(edit.before, edit.after, edit.course.notices)


def still_named(before: Article, after: Article, notices: Iterable[str]) -> Iterator[str]:
    """Those of the notices that stand in the text and name what was changed between two readings."""
    there = {block.text for block in after.blocks}
    standing = [notice for notice in notices if notice in there]
    if standing:
        alignment = align(before, after)
        yield from (notice for notice in standing if explained(notice, [alignment]) is not None)


def notice_kind(paragraph: str, sentence: str, *, begins: bool = True) -> NoticeKind | None:
    """Whether a sentence belongs to a notice: by its paragraph, or by itself if that is long.

    `begins`: nothing stands before it.
    """
    text = plain(paragraph if len(paragraph) <= _LONGEST else sentence)
    if not may_hold_notice(text) or is_promise(text):
        return None
    if corrects(text, begins=begins):
        return None if is_of_editors(text) and matter(text) != "change" else "correction notice"
    return "update notice" if _UPDATE.search(without_other_edits(text)) and not is_reported(text) else None


def explained(notice: str, edits: Sequence[Alignment]) -> int | None:
    """Which edit of an article a correction notice explains: its position, the latest if several fit as well.

    Args:
        notice: its words; edits: all of the article so far, oldest first, with the one that brought the notice.

    Returns:
        None where its words name nothing that an edit changed: then nothing may be said.
    """
    said = set(_telling(notice))
    best, found = _ENOUGH, None
    for at, edit in enumerate(edits):
        went, came = _changed(edit)
        score = _WENT * len(said & (went - came)) + _CAME * len(said & (came - went))
        if score >= best:
            best, found = score, at
    return found


def _changed(edit: Alignment) -> tuple[set[str], set[str]]:
    """The words that went with an edit and those that came; words of notices aside."""
    went: set[str] = set()
    came: set[str] = set()
    for item in edit.items:
        if item.move != "kept" and not _of_notice(edit, item):
            was, now = (Counter(_telling(edit.text(side, item))) for side in ("before", "after"))
            went |= (was - now).keys()
            came |= (now - was).keys()
    return went, came


def _of_notice(edit: Alignment, item: Aligned) -> bool:
    """Whether it is a notice, or came or went behind one in its paragraph: "Correction: … It is 84,000 euros." """
    side: Side = "after" if item.after else "before"
    said, first = (edit.after, item.after[0]) if item.after else (edit.before, item.before[0])
    texts = [edit.text(side, item)]
    if item.move in ("added", "removed"):
        texts += (it.text for it in said[:first] if it.block is not None and it.block == said[first].block)
    return any(notice_kind(text, text) for text in texts)


def _telling(text: str) -> list[str]:
    """The words of a text that name something, in small letters; numbers as what they count."""
    words = (match[0].lower() for match in _WORD.finditer(plain(text)))
    return [
        number(word) or word
        for word in words
        if number(word) or (len(word) >= _SHORTEST_WORD and word not in _FUNCTION_WORDS)
    ]
