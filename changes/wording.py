"""A verdict in plain words, the same on every page and in every message. Neutral: what was seen, never why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from changes.change import Verdict

WORDS: Mapping[Verdict, str] = {
    "reread": "read in another way than before, not comparable",
    "old_copy": "a cache served an earlier version",
    "reverted": "text went back to an earlier version",
    "variant": "headline changed to and fro or within a minute, as tests do",
    "live": "live blog went on",
    "same": "nothing changed",
    "announced": "text changed, Stand moved with it",
    "announced_late": "Stand moved later than the text",
    "stand_only": "Stand moved, nothing changed in what we read",
    "stand_other": "Stand moved, only authors, captions or credits changed",
    "stand_backwards": "Stand went back",
    "stand_ahead": "Stand lies in the future",
    "zone_suspect": "Stand seems to be given in another time zone",
    "minor": "only spacing, style of characters or spelling changed",
    "automatic": "only what pages change by themselves, such as counters",
    "peripheral": "only authors, captions or credits changed",
    "site_text": "the same text came or went on other articles of the site",
    "site_wide": "most articles of the site changed at once",
    "partial": "the end of the text came or went, perhaps a wall",
    "disclosed": "text changed, the page itself says so",
    "disclosed_late": "text changed, a notice on the page said so later",
    "noted": "text changed, a note of the editors came with it",
    "unstamped": "changed, no stamp for it to compare",
    "undecidable": "changed, and no more can be said",
    "unsettled": "changed, too early to say more",
    "unmarked_headline": "headline or lead changed, Stand unchanged",
    "unmarked": "text changed, Stand unchanged",
    "silent": "text changed, no stamp moved",
    "misread": "taken back, the page had been misread",
    "unreadable": "page could not be read",
    "discovered": "new article",
    "comments": "number of comments changed",
    "removed": "no longer there",
    "removed_before_expected": "no longer there, before the date that the outlet names",
    "returned": "there again",
    "moved": "moved to another address",
    "succeeded_by": "story seems to go on at another address",
}


def verdict_words(verdict: str) -> str:
    """The words for a verdict; one that this version does not know is given as it is written."""
    return next((words for known, words in WORDS.items() if known == verdict), verdict.replace("_", " "))
