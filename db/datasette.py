"""How the daemon starts Datasette: its command line, and the metadata that explains tables and columns."""

from __future__ import annotations

import json
import string
import sys
import tempfile
from typing import IO, TYPE_CHECKING, Any, TypedDict, Unpack
from urllib.parse import urlsplit

from markupsafe import Markup

from db.data_model import tables, views
from db.publish import CLOSED
from scraper.urls import host_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from db.data_model import Relation
    from db.publish import Publish
    from db.words.language import Choice

# Strangers may not run SQL of their own: SQLite's time limit does not bound a single function, as in
# `length(randomblob(900000000))`. Counting 100,000 rows through a view takes longer than Datasette's one second.
_SETTINGS = {
    "default_allow_sql": "off",
    "allow_download": "off",
    "suggest_facets": "off",
    "max_returned_rows": "1000",
    "sql_time_limit_ms": "3000",
    "facet_time_limit_ms": "1000",
    "truncate_cells_html": "500",
}

# What stands in Datasette's addresses as it is.
_PLAIN = frozenset(f"{string.ascii_letters}{string.digits}_-".encode())

# How tables and views are shown at first: order, what they can be narrowed by, which column names a row.
_SHOWN: Mapping[str, dict[str, Any]] = {
    "changes": {"sort_desc": "seen_at", "facets": ["source", "verdict"], "facet_size": 12},
    "articles_now": {"sort_desc": "last_changed_at", "facets": ["source", "state"]},
    "failing": {"facets": ["error_code", "host"]},
    "missing": {"sort_desc": "missing_since", "facets": ["source", "state"]},
    "resting": {"facets": ["source", "why"]},
    "undelivered": {"facets": ["endpoint", "state"]},
    "verdicts": {"sort_desc": "edits"},
    "sources": {"label_column": "name", "sort": "name"},
    "articles": {"label_column": "url", "facets": ["state"]},
    "revisions": {"label_column": "headline", "sort_desc": "id", "facets": ["kind"]},
    "blocks": {"sort_desc": "id"},
    "rulings": {"label_column": "verdict", "sort_desc": "id", "facets": ["verdict"]},
    "events": {"label_column": "uid", "sort_desc": "id", "facets": ["type"]},
    "deliveries": {"sort_desc": "id", "facets": ["state", "endpoint"]},
    "observations": {"sort_desc": "id", "facets": ["outcome"]},
    "host_days": {"sort_desc": "day"},
    "pages": {"sort_desc": "id"},
    "remarks": {"sort_desc": "id"},
    "comments": {"hidden": True, "allow": False},
    "meta": {"hidden": True},
    "_sqlite_migrations": {"hidden": True},
    "sqlite_sequence": {"hidden": True},
}


class Settings(TypedDict, total=False):
    """What our pages are told.

    Attributes:
        daemon: the daemon starts Datasette, so that somebody looks at articles while the pages are there.
        publish: how much of other people's texts is shown.
        language: of the pages; "auto" leaves it to the browser of each reader.
        name: of the host by which people ask for them; who asks by another gets none where all is shown.
    """

    daemon: bool
    publish: Publish
    language: Choice
    name: str


def named(base_url: str) -> str:
    """The name of the host in the address under which people reach the pages."""
    try:
        return (urlsplit(f"//{host_key(base_url)}").hostname or "").rstrip(".")  # as browsers write it: punycode
    except ValueError:
        return ""


def command(database: Path, listen: str, base_url: str) -> list[str]:
    """The command that serves the database, with `told` as its standard input; never -i: a file that is written to is
    not immutable.

    Args:
        listen: "host:port", "[::1]:port", or "unix:/path/of/socket".
        base_url: the address under which people reach it; its path is the prefix of all pages.
    """
    # -P: a directory with another `db` or `datasette` must not be taken for ours.
    argv = [sys.executable, "-P", "-m", "datasette", "serve", str(database), "--metadata", "-"]
    argv += _listening(listen)
    outside = urlsplit(base_url)
    options = {**_SETTINGS, "base_url": f"/{outside.path.strip('/')}/".replace("//", "/")}
    if outside.scheme == "https":
        options["force_https_urls"] = "on"
    for name, value in options.items():
        argv += ["--setting", name, value]
    return argv


def told(database: Path, **settings: Unpack[Settings]) -> IO[bytes]:
    """The metadata for Datasette to read: a file without a name, of which nothing stays however we end."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- who starts Datasette closes it
    file.write(json.dumps(metadata(database, **settings), ensure_ascii=False).encode())
    file.seek(0)
    return file


def metadata(database: Path, **settings: Unpack[Settings]) -> dict[str, Any]:
    """Titles and the comments of the schema for Datasette's own pages, and the settings of ours."""
    said: Settings = {"daemon": False, "publish": "full", "language": "auto", **settings}
    described = {relation.name: _described(relation) for relation in (*tables(), *views())}
    for name, shown in _SHOWN.items():
        described[name] = {**described.get(name, {}), **shown}
    for name in CLOSED[said["publish"]]:
        described[name] = {**described.get(name, {}), "allow": False}
    for shown in described.values():
        # Other tables name what they point to by this column, without asking who may see that: a number says nothing.
        if shown.get("allow") is False and "id" in shown.get("columns", ()):
            shown["label_column"] = "id"
    return {
        "title": "Nachtrag",
        "plugins": {"nachtrag": said},
        "description": "What was changed in news articles after publication.",
        "databases": {
            database.stem: {
                "description_html": _start_with(database.stem),
                "tables": described,
            }
        },
    }


def _start_with(name: str) -> str:
    """The way in, with links that work under every prefix. The one piece of HTML here; no text of others is in it."""
    link = Markup('<a href="{}/{}">{}</a>').format
    views = Markup(", ").join(link(in_address(name), view, view) for view in ("changes", "articles_now", "outlets"))
    return str(Markup("Start with the views: {}. The tables hold the evidence.").format(views))


def in_address(name: str) -> str:
    """A name as Datasette writes it into addresses. Its own `tilde_encode` would load all of it: a second."""
    written = "".join(chr(byte) if byte in _PLAIN else f"~{byte:02X}" for byte in name.encode())
    return written.replace("~20", "+")


def _described(relation: Relation) -> dict[str, Any]:
    return {"description": relation.comment, "columns": {column.name: column.comment for column in relation.columns}}


def _listening(listen: str) -> list[str]:
    if listen.startswith("unix:"):
        return ["--uds", listen.removeprefix("unix:")]
    try:
        parts = urlsplit(f"//{listen}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host is None or port is None:
        raise ValueError(f'listen: {listen!r} is not "host:port", as in "127.0.0.1:8001", or "unix:/path"')
    return ["--host", host, "--port", str(port)]
