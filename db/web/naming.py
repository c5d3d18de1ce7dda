"""Who shows all texts shows them to those who ask by our own name only.

A page that somebody has open beside ours can lead a name of its own to our address, and is then of the same origin as
our pages to the browser (DNS rebinding). A number, or `localhost`, it cannot lead anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.publish import is_ours
from db.web.publishing import publish_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette

    from db.web.headers import App, Message, Send

WRONG = (
    b"Nachtrag is asked by a name that it does not know for its own. If it is, set `public_url` in [web] of config.toml"
    b" to the address that people use (docs/running.md, Showing it to others).\n"
)


def by_our_name(datasette: Datasette, app: App) -> App:
    """The application for those who ask by our name, where all is shown and our name was said."""
    said = datasette.plugin_config("nachtrag") or {}
    if "name" not in said or publish_of(datasette) != "full":
        return app

    async def wrapped(scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        hosts = [value.decode("latin-1") for name, value in scope.get("headers", ()) if name.lower() == b"host"]
        if scope["type"] != "http" or (hosts and all(is_ours(host, said["name"]) for host in hosts)):
            await app(scope, receive, send)
            return
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "http.response.start", "status": 421, "headers": headers})
        await send({"type": "http.response.body", "body": WRONG})

    return wrapped
