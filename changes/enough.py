"""Row 18 of docs/rulings.md: whether enough was seen to accuse, however long one waited. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changes.case import Finding

if TYPE_CHECKING:
    from changes.case import Case


def too_little(case: Case) -> Finding | None:
    """Rows 19 to 22: two headlines may be tried out; or too few other articles were read to know the site's doing."""
    if not case.patience.settle:
        return None
    course, looks = case.edit.course, case.looks
    if case.only_titles and course.title_known:
        return Finding("undecidable", evidence=(("headline", "had stood there before: two may be tried out"),))
    if case.only_titles and not (case.title_tellable and case.title_told):
        said = f"seen {course.title_looks} times in a row before and {looks.count} after: two may be tried out"
        return Finding("undecidable", evidence=(("headline", said),))
    if course.shared and case.edit.change.blocks:
        said = "what came, went or changed stands on one, too: perhaps it is the site's"
        return Finding("undecidable", evidence=(("other articles of the site", said),))
    if not looks.compared:
        said = "too few were read within a day to tell an edit from a change of the site"
        return Finding("undecidable", evidence=(("other articles of the site", said),))
    return None
