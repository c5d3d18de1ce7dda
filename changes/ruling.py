"""The table of docs/rulings.md: an edit and what we saw of it come in, a `Ruling` goes out. Pure: evidence only.

Rows are tried in order and the first that answers decides. A row is a function of the `Case` that gives a
`Finding` or None. Facts are told at once; what accuses waits until it has settled.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.automatic import is_automatic
from changes.case import (
    ENOUGH,
    WAITS,
    Finding,
    clock_words,
    forward,
    minute,
    of_the_outlet,
    order,
    same_wall_time,
    span,
    stamps,
    waiting,
)
from changes.change import Ruling
from changes.compare import TEXT_FIELDS, in_words, titles_differ
from changes.enough import too_little
from changes.foreign import foreign
from changes.loss import is_beginning
from changes.notices import came, came_before, unclear, unknown_language
from changes.outside import moved_outside, told_outside
from changes.plain import word_count, words
from changes.spellings import listed_spellings
from changes.stand_alone import announced_late, stand_alone, stand_settled
from changes.struck import newly_struck

if TYPE_CHECKING:
    from collections.abc import Callable

    from changes.case import Case, Evidence
    from changes.change import Edit

RULE_VERSION = 9
# Evidence of these names quotes the page.
QUOTING = (
    "notice",
    "struck through on the page",
    "note of the editors",
    "on other articles of the site",
    "listed spellings",
)
# κ of docs/rulings.md: printed minutes are rounded, and clocks of newsrooms drift.
KAPPA = timedelta(minutes=2)
# Row 2: that much of the text at most is left by a wall, beside its own words; where half of it comes, it may have
# stood behind one.
_CUT, _BACK = 0.75, 0.5
_SITE_TEXT = 13
# Row 5: so often to and fro, or two looks so close.
_TURNS, _AT_ONCE = 2, timedelta(seconds=60)
# Row 11: clocks of newsrooms are off by some minutes, zones by whole half hours.
_AHEAD, _HALF_HOUR = timedelta(minutes=5), timedelta(minutes=30)
# Row 21: such a share of the outlet's edits moved the Stand, and a machine clock.
_STAND_MOVES, _MOVES = 0.5, 0.8
# Whoever reads one of these takes it that no notice came.
_WITHOUT_NOTICE = ("unmarked_headline", "unmarked", "silent")
MACHINE_CLOCKS = ("modified_ld", "modified_meta", "modified_microdata", "editorial")


def rule(case: Case) -> Ruling:
    """The ruling on an edit by the first row that answers."""
    for number, row in ROWS:
        finding = row(case)
        if finding is not None:
            over = finding.settled or case.edit.course.replaced
            notices = _language_unknown(case) if finding.verdict in _WITHOUT_NOTICE else ()
            return Ruling(
                verdict=finding.verdict,
                rule=number,
                window=case.edit.window,
                evidence=(*stamps(case), *finding.evidence, *notices, *waiting(case, finding)),
                settled=finding.settled,
                again_at=None if over else case.again_at,
                rule_version=RULE_VERSION,
            )
    raise AssertionError("row 22 answers always")  # pragma: no cover


def _language_unknown(case: Case) -> Evidence:
    language = unknown_language(case.edit.after)
    return (("notices", f"not known in the language of this page ({language}): one may have come"),) if language else ()


def of_the_site(edit: Edit, ruling: Ruling) -> Ruling:
    """The ruling at the first look, where the edit turns out to be the site's: row 13, if none before it ruled."""
    finding = _of_the_site(edit)
    if finding is None or ruling.rule <= _SITE_TEXT:
        return ruling
    seen = tuple(item for item in ruling.evidence if item[0] != WAITS)
    evidence = (*seen, *finding.evidence)
    return replace(ruling, verdict=finding.verdict, rule=_SITE_TEXT, evidence=evidence, settled=True, again_at=None)


def _reread(case: Case) -> Finding | None:
    """Row 1: another reader, language or page variant: not comparable."""
    before, after = case.edit.before, case.edit.after
    if before.read_with != after.read_with:
        return Finding("reread", evidence=(("reader", f"{before.read_with} → {after.read_with}"),))
    return Finding("reread", evidence=(("variant", "language or page variant differs"),)) if case.edit.variant else None


def _perhaps_walled(case: Case) -> Finding | None:
    """Row 2, as far as no reading can tell: the end of the text went, or half of it is there again."""
    before, after = case.edit.before, case.edit.after
    old, new = word_count(before), word_count(after)
    went = sum(len(words(item.before)) for item in case.edit.change.blocks if item.move == "removed")
    cut = (new <= _CUT * old or went >= (1 - _CUT) * old) and is_beginning(after, before)
    back = old <= _BACK * new and is_beginning(before, after)
    if not (cut or back) or _disclosed(case) or _announced(case):
        return None
    return Finding("partial", evidence=(("text", f"{old} → {new} words"),))


def _reverted(case: Case) -> Finding | None:
    """Row 4: an earlier version stands again, and no cache explains it any more."""
    back = case.edit.course.back_to
    if back is None or _by_itself(case):
        return None
    if case.lacking:
        return Finding("unsettled", settled=False)
    other = case.edit.window.not_after - back.replaced_at
    said = f"no. {back.number}, first seen {minute(back.seen_at)}; another text stood for {span(other)}"
    return Finding("reverted", evidence=(("equals version", said),))


def _variant(case: Case) -> Finding | None:
    """Row 5: the headline goes to and fro, or differs within a minute: a test of headlines."""
    change, course = case.edit.change, case.edit.course
    if change.blocks or not any(item.field in TEXT_FIELDS for item in change.fields):
        return None
    if course.turns >= _TURNS:
        return Finding("variant", evidence=(("within two days", f"to and fro {course.turns} times"),))
    if case.patience.settle and course.apart is not None and course.apart < _AT_ONCE:
        return Finding("variant", evidence=(("two looks", f"{course.apart.total_seconds():.0f} s apart"),))
    return None


def _live(case: Case) -> Finding | None:
    """Row 6: a live blog goes on by new entries; one that stood there and differs has no stamp that is read."""
    if not (case.edit.before.live or case.edit.after.live) or not case.text_changed:
        return None
    if all(item.move == "added" for item in case.edit.change.blocks):
        return Finding("live")
    return Finding("unstamped", evidence=(("live blog", "an entry that stood there was changed, moved or taken away"),))


def _same(case: Case) -> Finding | None:
    """Row 7: nothing that readers read differs."""
    return None if case.text_changed or case.peripheral or case.stand else Finding("same")


def _stand_backwards(case: Case) -> Finding | None:
    """Row 10: the Stand went back."""
    before, after = case.covers
    if before is None or after is None or case.stand is None or order(before, after) >= 0:
        return None
    if same_wall_time(case):
        return Finding("zone_suspect", evidence=(("stamp", "same wall time, another zone or the doubled hour"),))
    return Finding("unsettled", settled=False) if case.lacking else Finding("stand_backwards")


def _stand_ahead(case: Case) -> Finding | None:
    """Row 11: the Stand lies in the future."""
    _, after = case.covers
    ahead = after.start - case.edit.window.not_after if after is not None else timedelta()
    if ahead <= _AHEAD:
        return None
    off = (ahead + _HALF_HOUR / 2) % _HALF_HOUR - _HALF_HOUR / 2
    if abs(off) <= KAPPA:
        return Finding("zone_suspect", evidence=(("Stand", f"{span(ahead)} ahead of our clock"),))
    if case.lacking:
        return Finding("unsettled", settled=False)
    return Finding("stand_ahead", evidence=(("Stand", f"{span(ahead)} ahead of our clock"),))


def _minor(case: Case) -> Finding | None:
    """Row 12: only white space, Unicode form, soft hyphens, style of marks, listed spellings; or what changes alone."""
    if case.edit.change.minor:
        return Finding("minor")
    if spelt := listed_spellings(case.edit.change):
        return Finding("minor", evidence=(("listed spellings", "; ".join(spelt)[:300]),))
    return Finding("automatic") if _by_itself(case) else None


def _by_itself(case: Case) -> bool:
    edit = case.edit
    return case.text_changed and not forward(case.stand) and is_automatic(edit)


def _peripheral_only(case: Case) -> Finding | None:
    """Row 13: only authors, captions, credits."""
    return Finding("peripheral") if case.peripheral and not case.text_changed else None


def _site_text(case: Case) -> Finding | None:
    """Row 13, as a template changes articles: what came or went stands on other articles, or most changed at once."""
    return _of_the_site(case.edit) if case.text_changed else None


def _of_the_site(edit: Edit) -> Finding | None:
    stamped = forward(edit.change.clock("stand"))
    if stamped or next(came(edit), None):
        return None
    if edit.course.site_text and not titles_differ(edit.change):
        item = in_words(edit.change)[0]
        return Finding("site_text", evidence=(("on other articles of the site", (item.after or item.before)[:300]),))
    if not edit.course.burst:
        return None
    changed, looked = edit.course.burst
    said = f"{changed} of {looked} looked at since were changed at the same time, without their Stands"
    return Finding("site_wide", evidence=(("other articles of the site", said),))


def _disclosed(case: Case) -> Finding | None:
    """Row 14: a visible notice came with it, or a correction before that names it, or old words are struck through."""
    struck = "struck through on the page"
    notices = (("notice", came(case.edit)), (struck, newly_struck(case.edit)), ("notice", came_before(case.edit)))
    found = next(((name, words_of_it) for name, said in notices for words_of_it in said), None)
    return Finding("disclosed", evidence=((found[0], found[1][:300]),)) if found else None


def _noted(case: Case) -> Finding | None:
    """Row 14, as far as nobody can tell: a note of the editors came with it, and may speak of it."""
    if _unstamped(case) or _announced(case):
        return None
    note = next(unclear(case.edit), None)
    return Finding("noted", evidence=(("note of the editors", note[:300]),)) if note else None


def _disclosed_late(case: Case) -> Finding | None:
    """Row 17: the Stand stayed, and a correction notice that came later names what was changed."""
    if (late := case.edit.course.late_notice) is None:
        return None
    delay = span(late.seen_at - case.edit.window.not_after)
    return Finding("disclosed_late", evidence=(("notice", late.words[:300]), ("notice came", f"after {delay}")))


def _unstamped(case: Case) -> Finding | None:
    """Row 15: no Stand that can be read on a side, or its form changed (a minute, a day)."""
    before, after = (article.stand for article in (case.edit.before, case.edit.after))
    if before is None or after is None:
        sides = {(True, True): "both sides", (True, False): "the old text", (False, True): "the new text"}
        return Finding("unstamped", evidence=(("no Stand on", sides[before is None, after is None]),))
    if before.covers is None or after.covers is None:
        return Finding("unstamped", evidence=(("Stand", "cannot be read"),))
    if before.covers.form != after.covers.form:
        return Finding("unstamped", evidence=(("Stand", "its form changed"),))
    return None


def _announced(case: Case) -> Finding | None:
    """Row 16: the Stand went forward, or another stamp that readers see."""
    if forward(case.stand):
        _, after = case.covers
        not_before = case.edit.window.not_before
        early = after is not None and not_before is not None and after.last_end < not_before - KAPPA
        return Finding("announced", evidence=(("note", "stamp earlier than window"),) if early else ())
    if forward(case.edit.change.clock("published")):
        return Finding("announced", evidence=(("stamp", "the visible publication date moved"),))
    if case.edit.course.open_stand_move:
        return Finding("announced", evidence=(("stamp", "the Stand had moved a look earlier"),))
    return None


def _undecidable(case: Case) -> Finding | None:
    """Row 17: the edit may lie within the minute (or day) that the old Stand prints, or in no text of the article."""
    if case.stand is not None:
        return Finding("undecidable", evidence=(("Stand", "moved, but it cannot be said which way"),))
    _, after = case.covers
    not_before = case.edit.window.not_before
    if after is None or not_before is None or not_before < after.last_end + KAPPA:
        return Finding("undecidable", evidence=(("Stand", "may lie within what is printed"),))
    if words := foreign(case.edit.before, case.edit.after, case.edit.change):
        return Finding("undecidable", evidence=(("text", words),))
    return None


def _unsettled(case: Case) -> Finding | None:
    """Row 18: too early to accuse."""
    return Finding("unsettled", settled=False) if case.lacking else None


def _headline_only(case: Case) -> Finding | None:
    """Row 19: headline, topline or standfirst only."""
    return Finding("unmarked_headline") if case.only_titles or not case.edit.change.blocks else None


def _machines_told(case: Case) -> Finding | None:
    """Row 20: a machine clock moved, or one beside the page names the moment; the one that readers see did not."""
    moved = [item for item in case.edit.change.clocks if item.kind in MACHINE_CLOCKS and forward(item)]
    told = (*(clock_words(item) for item in moved), *told_outside(case.edit, KAPPA))
    return Finding("unmarked", evidence=(("machines were told", "; ".join(told)),)) if told else None


def _silent(case: Case) -> Finding | None:
    """Row 21: no clock moved either, on the page or beside it, and one is there that moves with nearly every edit."""
    if case.edit.change.clocks or moved_outside(case.edit, KAPPA):  # one that went back, came or went moved, too
        return None
    practice, there = case.practice, {clock.kind for clock in case.edit.after.clocks if clock.covers}
    trusted = [item for item in practice.clocks if _is_usual(item.moved, item.edits, _MOVES) and item.kind in there]
    if not trusted or not _is_usual(practice.stand_moved, practice.edits, _STAND_MOVES):
        return None
    said = "; ".join(f"{item.kind} moved in {item.moved} of {item.edits} settled edits" for item in trusted)
    return Finding("silent", evidence=(("dates for machines that stayed", said), *of_the_outlet(practice)))


def _is_usual(moved: int, edits: int, share: float) -> bool:
    return edits >= ENOUGH and moved >= share * edits


def _unmarked(case: Case) -> Finding:
    """Row 22: the text changed, the Stand did not."""
    beside = moved_outside(case.edit, KAPPA)
    told = (("stamps beside the page", "; ".join(beside)),) if beside else ()
    return Finding("unmarked", evidence=(*told, *of_the_outlet(case.practice)))


ROWS: tuple[tuple[int, Callable[[Case], Finding | None]], ...] = (
    (1, _reread),
    (2, _perhaps_walled),
    (4, _reverted),
    (5, _variant),
    (6, _live),
    (7, _same),
    (8, announced_late),
    (9, stand_alone),
    (9, stand_settled),
    (10, _stand_backwards),
    (11, _stand_ahead),
    (12, _minor),
    (13, _peripheral_only),
    (_SITE_TEXT, _site_text),
    (14, _disclosed),
    (14, _noted),
    (15, _unstamped),
    (16, _announced),
    (17, _disclosed_late),
    (17, _undecidable),
    (18, _unsettled),
    (18, too_little),
    (19, _headline_only),
    (20, _machines_told),
    (21, _silent),
    (22, _unmarked),
)
