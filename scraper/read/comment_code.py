"""Whether code tells of comments: object literals without quotes about their keys, calls with a text. A script in."""

from __future__ import annotations

import re

from scraper.read.comment_headings import invites

# All in lower case, as the code is then: to look for both cases takes several times as long.
_HINTS = ("comment", "kommentar", "postings", "replies", "leserbriefe")
_OBJECT = re.compile(
    r"(?:comments?|kommentare?|postings|replies|leserbriefe)(?:_?(?:list|data|by_?id|tree|threads?|items|nodes))?"
    r"\\*[\"'`]?\s*[:=]\s*[\[{]"
)
_TEXT = re.compile(
    r"(?:text|txt|body|content|message|comment|html)\w*\\*[\"'`]?\s*:\s*\\*[\"'`][^\"'`\s]+\s[^\"'`\s]+\s[^\"'`]"
)
_BY = re.compile(r"(?:author|user|nick|name|by|from|autor)\w*\\*[\"'`]?\s*:")
_BRACKET = re.compile(r"[\[\]{}]")
_CALL = re.compile(r"(?:comment|kommentar)\w*\s*\(\s*[^()]{0,200}?[\"'`]([^\"'`(){};]{20,2000})[\"'`]")
_NEAR, _WORDS = 2000, 4


def code_tells(text: str) -> bool:
    """What is called comments holds somebody's words, or a function that is called so is given some."""
    low = text.lower()
    if not any(map(low.__contains__, _HINTS)):
        return False
    for match in _OBJECT.finditer(low):
        held = _inside(low[match.end() : match.end() + _NEAR])
        if _TEXT.search(held) and _BY.search(held):
            return True
    calls = (match[1] for match in _CALL.finditer(low))
    return any(len(said.split()) >= _WORDS and not invites(said) for said in calls)


def _inside(rest: str) -> str:
    """Up to the bracket that closes what was opened before."""
    depth = 1
    for bracket in _BRACKET.finditer(rest):
        depth += 1 if bracket[0] in "[{" else -1
        if not depth:
            return rest[: bracket.start()]
    return rest
