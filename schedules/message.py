"""An event goes in; a signed webhook request (Standard Webhooks) or a message for a chat channel comes out. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from changes.wording import verdict_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

JSON = "application/json"
PREFIX = "whsec_"
LEAST_SECRET = 16
_ADVICE = (
    f'a signing secret is "{PREFIX}" and 24 to 64 random bytes in base64; to make one: python3 -c "import base64, '
    f"secrets; print('{PREFIX}' + base64.b64encode(secrets.token_bytes(32)).decode())\""
)

# Chat programs read these as emphasis, code, links, images, escapes or formulas, even with an invisible character
# beside them (CommonMark takes such a character for a letter): so a character that looks alike stands for each.
_LOOKALIKE = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", "\\": "∖", "[": "［", "]": "］", "$": "＄"})
# … and for these an invisible word joiner is enough: it parts the mark from the name that it would make active.
_JOINER = "\u2060"
_ACTIVE = re.compile(r"[@#:/]|(?<=\S)\.(?=\S)")
# Control characters, and invisible ones: among them those that turn the direction of reading; lone surrogates.
_UNSEEN = {"Cc": " ", "Cf": "", "Cs": "�"}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def secret_bytes(text: str) -> bytes:
    """The key in "whsec_<base64>", with or without the prefix and the padding.

    Raises:
        ValueError: in words for a person, and without the text itself: it is a secret.
    """
    encoded = text.strip().removeprefix(PREFIX).rstrip("=")
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"this is not base64 after the prefix; {_ADVICE}") from None
    if len(key) < LEAST_SECRET:
        raise ValueError(f"it has {len(key)} bytes, at least {LEAST_SECRET} are needed; {_ADVICE}")
    return key


def signed(body: str, uid: str, secret: bytes, now: datetime) -> dict[str, str]:
    """The headers that let a receiver check that `body` comes from us, is whole and is not an old one sent again.

    Raises:
        ValueError: the id holds a character that could blur the border of what is signed.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+", uid):
        raise ValueError(f"the event id {uid!r} may hold letters, digits, - and _ only (Standard Webhooks)")
    stamp = str(int(now.timestamp()))
    digest = hmac.new(secret, f"{uid}.{stamp}.{body}".encode(), hashlib.sha256).digest()
    return {
        "content-type": JSON,
        "webhook-id": uid,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def slack_text(body: str) -> bytes:
    """An event as {"text": …} for Slack, Mattermost and those that understand the same; at most 3000 characters.

    What was scraped cannot become a link, a mention or markup; the only link is the one to our own page.
    """
    event = json.loads(body)
    data = cast("Mapping[str, object]", event["data"])
    text = "\n".join(_lines(str(event["type"]), data))
    return json.dumps({"text": text}).encode()


def _lines(event_type: str, data: Mapping[str, object]) -> Iterator[str]:
    verdict, source = _text(data, "verdict"), _text(data, "source")
    what = verdict_words(verdict) if verdict else event_type.replace(".", ": ").replace("_", " ")
    yield harmless(what[:1].upper() + what[1:], 200) + (f" · {harmless(source, 100)}" if source else "")
    if headline := _text(data, "headline"):
        yield f"“{harmless(headline, 600)}”"
    if window := _window(data):
        yield window
    yield from _size(data)
    if _text(data, "supersedes"):
        yield "This takes the place of what was said before."
    for key in ("excerpt", "message"):
        if words := _text(data, key):
            yield f"“{harmless(words, 700)}”"
    if link := _link(_text(data, "link")):
        yield f"<{link}>"


def _size(data: Mapping[str, object]) -> Iterator[str]:
    """How large an edit is, how much it weighs, and what it changes."""
    if data.get("words_added") or data.get("words_removed"):
        yield f"Words: +{_count(data, 'words_added')} −{_count(data, 'words_removed')}"
    tags = data.get("tags")
    if weight := _text(data, "severity"):
        named = f": {', '.join(map(str, tags))}" if isinstance(tags, list) and tags else ""
        yield f"{weight[:1].upper()}{weight[1:]} weight{named}"


def harmless(text: str, room: int) -> str:
    """Text of others on one line, with nothing in it that a chat program acts on; cut to `room` characters."""
    plain = "".join(_UNSEEN.get(unicodedata.category(char), char) for char in text)
    quiet = _ACTIVE.sub(rf"{_JOINER}\g<0>{_JOINER}", " ".join(plain.split()).translate(_LOOKALIKE))
    pieces = [_ESCAPES.get(char, char) for char in quiet]
    if sum(map(len, pieces)) <= room:
        return "".join(pieces)
    kept, used = 0, 1
    while used + len(pieces[kept]) <= room:
        used += len(pieces[kept])
        kept += 1
    return "".join(pieces[:kept]) + "…"


def _window(data: Mapping[str, object]) -> str:
    before, after = _instant(data, "not_before"), _instant(data, "not_after")
    if after is None:
        return ""
    if before is None:
        return f"Not later than {after:%Y-%m-%d %H:%M} UTC"
    end = f"{after:%H:%M}" if before.date() == after.date() else f"{after:%Y-%m-%d %H:%M}"
    return f"Between {before:%Y-%m-%d %H:%M} and {end} UTC"


def _instant(data: Mapping[str, object], key: str) -> datetime | None:
    text = _text(data, key)
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _text(data: Mapping[str, object], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _count(data: Mapping[str, object], key: str) -> int:
    value = data.get(key)
    return value if isinstance(value, int) else 0


def _link(url: str) -> str:
    """Our own page, as a chat program takes it between < and >; empty where it could not be a link."""
    escaped = url.replace("&", "&amp;")
    usable = len(escaped) <= 500 and not re.search(r"[<>|\s]", url)
    return escaped if usable and urlsplit(url).scheme in ("http", "https") else ""
