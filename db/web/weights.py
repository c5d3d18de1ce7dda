"""The weight of edits and their tags, as lists show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changes.tags import in_order

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

_WEIGHED = """
SELECT e.revision_id, e.severity, e.because, t.kind, t.words
FROM edits e LEFT JOIN edit_tags t ON t.revision_id = e.revision_id
WHERE e.severity != '' AND e.revision_id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Weight:
    """How much an edit weighs, and why.

    Attributes:
        tags: kinds of things that it changed, the telling ones first, each with the first words before and after.
    """

    severity: str
    because: str
    tags: tuple[tuple[str, tuple[str, str]], ...] = ()

    @property
    def bare(self) -> Weight:
        """The same without words of the article."""
        return Weight(self.severity, "", tuple((kind, ("", "")) for kind, _words in self.tags))


def weights(con: sqlite3.Connection, revision_ids: Sequence[int]) -> Mapping[int, Weight]:
    """By the version after the edit; without those that are not weighed."""
    rows = con.execute(_WEIGHED, [json.dumps(revision_ids)]).fetchall()
    words: dict[int, dict[str, tuple[str, str]]] = {}
    for row in rows:
        of_edit = words.setdefault(row["revision_id"], {})
        if row["kind"] is not None:
            before, after = json.loads(row["words"])[0]
            of_edit[row["kind"]] = (before, after)
    reasons = {row["revision_id"]: (row["severity"], row["because"]) for row in rows}
    return {
        number: Weight(*reasons[number], tuple((kind, found[kind]) for kind in in_order(found)))
        for number, found in words.items()
    }
