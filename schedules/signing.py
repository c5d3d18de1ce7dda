"""A body goes in, the headers that prove whose it is come out, as Standard Webhooks 1.0 has them. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

JSON = "application/json"
PREFIX = "whsec_"
LEAST_SECRET = 16
_ADVICE = (
    f'a signing secret is "{PREFIX}" and 24 to 64 random bytes in base64; to make one: python3 -c "import base64, '
    f"secrets; print('{PREFIX}' + base64.b64encode(secrets.token_bytes(32)).decode())\""
)


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


def signed(body: str, uid: str, secrets: Sequence[bytes], now: datetime) -> dict[str, str]:
    """The headers that let a receiver check that `body` comes from us, is whole and is not an old one sent again.

    Args:
        secrets: a signature with each: while one takes the place of another, a receiver may know either.

    Raises:
        ValueError: the id holds a character that could blur the border of what is signed.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+", uid):
        raise ValueError(f"the event id {uid!r} may hold letters, digits, - and _ only (Standard Webhooks)")
    stamp = str(int(now.timestamp()))
    content = f"{uid}.{stamp}.{body}".encode()
    digests = [hmac.new(secret, content, hashlib.sha256).digest() for secret in secrets]
    return {
        "content-type": JSON,
        "webhook-id": uid,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests),
    }
