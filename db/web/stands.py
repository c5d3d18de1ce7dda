"""A printed Stand beside times of ours, which are UTC: when that is, where the page prints it in another zone."""

from __future__ import annotations

import re

from db.words.language import _
from db.words.written import instant, utc

# The moment that the Stand of a revision names, by the column that has its number; null where it names a day, leaves
# open when, or where the printed hour occurred twice.
MOMENT = """(
    SELECT CASE WHEN m.again_at IS NULL AND julianday(m.ends_at) - julianday(m.starts_at) < 61 / 86400.0
        THEN m.starts_at END
    FROM revision_clocks m WHERE m.revision_id = {} AND m.kind = 'stand' ORDER BY m.position LIMIT 1
)"""


def stand(raw: str, at: str | None = None, today: str = "") -> str:
    """A Stand as printed; most outlets print the word too.

    Args:
        at: the moment that it names; said, too, where the page does not print it in UTC.
        today: a date not to repeat, as in `written.window`.
    """
    if not raw:
        return _("no Stand")
    words = raw if "stand" in raw.lower() else _("Stand “%(raw)s”", raw=raw)
    means = in_utc(raw, at, today)
    return f"{words} (= {means})" if means else words


def in_utc(raw: str, at: str | None, today: str = "") -> str:
    """ "16:03 UTC" for "17:03 Uhr"; empty where the Stand prints just that, and where nobody knows its moment."""
    return "" if at is None or _prints(raw, at) else instant(at, today)


def _prints(raw: str, at: str) -> bool:
    """Whether the hour and minute on the page are those in UTC: "16:03", "4.03 p.m."."""
    moment = utc(at)
    half = "p" if moment.hour >= 12 else "a"
    whole = rf"0?{moment.hour}[.:hu]\s?{moment:%M}(?!\s*[ap]\.?m)"
    halved = rf"0?{moment.hour % 12 or 12}[.:]{moment:%M}\s*{half}\.?m"
    return re.search(rf"(?<![\d.:])(?:{whole}|{halved})(?!\d|\.\s?\d)", raw, re.IGNORECASE) is not None
