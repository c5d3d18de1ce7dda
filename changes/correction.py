"""What is said of an edit that was told, when its pages are read again in another way. Pure.

Reading again takes back, and softens; it never accuses: where the table would, the edit is left undecided.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from changes.change import Ruling, Verdict

# What the table says only of what has settled, look by look.
_SETTLES = frozenset(
    ("unmarked", "unmarked_headline", "stand_only", "stand_other", "stand_backwards", "zone_suspect", "reverted")
)
_ROW_OF: dict[Verdict, int] = {"misread": 1, "unsettled": 18}


def corrected(said: str, took_back: str, anew: Ruling, *, same: bool) -> Ruling | None:
    """The ruling that takes the place of the one that stands; None if that one can stay.

    Args:
        said: the verdict that stands; took_back: the one that it took back, if it says that the page had been misread.
        anew: what the table says of the two pages as they are read now.
        same: as they are read now, nothing differs.
    """
    verdict = "misread" if same else anew.verdict
    if verdict in _SETTLES and verdict not in (said, took_back):
        verdict = "unsettled"
    if verdict == said or (verdict == "reread" and said not in _SETTLES):
        return None
    why = "both pages say the same" if same else "they say something else than they were read as"
    return replace(
        anew,
        verdict=verdict,
        rule=_ROW_OF.get(verdict, anew.rule),
        settled=True,
        again_at=None,
        evidence=(("pages read again", why), *anew.evidence),
    )
