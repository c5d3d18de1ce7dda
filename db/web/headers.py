"""What browsers may do with our answers: nothing but show them. Datasette's own pages need a little more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

_FRAME = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
# Our own pages have no script at all, so that a text that slipped through unescaped could still do nothing.
PAGE = f"default-src 'none'; style-src 'self'; img-src 'self' data:; {_FRAME}"
# A raw page is another's: whatever a browser takes it for, it may do nothing at all.
RAW = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Datasette's pages carry scripts and styles inside the page.
_CORE = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    f"img-src 'self' data:; connect-src 'self'; font-src 'self'; {_FRAME}"
)
_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
}


def guarded(app: App) -> App:
    """The application with these headers on every answer; a policy that an answer already has stays."""

    async def wrapped(scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _with_ours(message.get("headers", []))}
            await send(message)

        await app(scope, receive, send_guarded)

    return wrapped


def _with_ours(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer and ours, without doubles."""
    names = {name.lower() for name, _value in headers}
    kept = [(name, value) for name, value in headers if name.lower() not in _ALWAYS]
    policy = [] if b"content-security-policy" in names else [(b"content-security-policy", _CORE.encode())]
    return [*kept, *policy, *_ALWAYS.items()]
