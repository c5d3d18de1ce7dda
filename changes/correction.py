"""What is said of an edit that was told, when its pages are read again in another way, or it is ruled on again. Pure.

Reading again takes back, and softens; it never accuses: where the table would, the edit is left undecided.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from changes.compare import TEXT_FIELDS

if TYPE_CHECKING:
    from changes.case import Case
    from changes.change import Change, Ruling, Verdict

# What the table says only of what has settled, look by look.
SETTLES: tuple[Verdict, ...] = (
    "silent", "unmarked", "unmarked_headline", "stand_only", "stand_other", "stand_backwards", "stand_ahead",
    "zone_suspect", "reverted",
)  # fmt: skip
_ROW_OF: dict[Verdict, int] = {"misread": 1, "unsettled": 18}


def corrected(said: str, took_back: str, anew: Ruling, change: Change) -> Ruling | None:
    """The ruling that takes the place of the one that stands; None if that one can stay.

    Args:
        said: the verdict that stands; took_back: the one that it took back, if it says that the page had been misread.
        anew: what the table says of the two pages as they are read now; change: what differs between them.
    """
    if said == "reread":  # nobody was told
        return None
    verdict = _verdict(said, took_back, anew, change)
    if verdict == said or (verdict == "reread" and said not in SETTLES):
        return None
    why = "both pages say the same" if verdict == "misread" else "they say something else than they were read as"
    return replace(
        anew,
        verdict=verdict,
        rule=_ROW_OF.get(verdict, anew.rule),
        settled=True,
        again_at=None,
        evidence=(("pages read again", why), *anew.evidence),
    )


def ruled_again(said: str, anew: Ruling, case: Case) -> Ruling | None:
    """The ruling that takes the place of the one that stands, where the table is gone through once more; None if that
    one can stay. What would still wait today takes back what had to wait, and goes on waiting if looks can come.
    """
    if anew.verdict == said or (not anew.settled and said not in SETTLES):
        return None
    if anew.settled:
        return anew
    return replace(anew, evidence=(("taken back for want of", ", ".join(case.lacking)), *anew.evidence))


def takes_back(said: str, anew: str) -> bool:
    """Whether the new verdict no longer says of an edit what only says what has settled."""
    return said in SETTLES and anew not in SETTLES


def differs(change: Change) -> bool:
    """Whether two readings differ in what readers see: text or Stand."""
    return change.text_changed or change.clock("stand") is not None


def _verdict(said: str, took_back: str, anew: Ruling, change: Change) -> Verdict:
    if not differs(change):
        return "misread"
    if anew.verdict not in SETTLES or anew.verdict in (said, took_back):
        return anew.verdict
    if said == "unmarked" and anew.verdict == "unmarked_headline":  # less than was said
        return "unmarked_headline"
    headline = any(item.field in TEXT_FIELDS for item in change.fields)
    if said == "unmarked_headline" and anew.verdict == "unmarked" and headline:  # … and that is still so
        return "unmarked_headline"
    return "unsettled"
