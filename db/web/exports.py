"""The pages for programs: as JSON, and the lists as CSV. Each is read as its page is, and shows no more than that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette import Response

from changes.wording import verdict_words
from db.web.article_json import article_json
from db.web.asking import (
    TROUBLES,
    NotThereError,
    asked_article,
    asked_comparison,
    asked_coverage,
    asked_front,
    asked_host,
    asked_outlet,
    asked_search,
    asked_status,
    home,
    trouble,
)
from db.web.comparison_json import comparison_json
from db.web.csv_lists import found_csv, front_csv, versions_csv
from db.web.door import may_read, our_database, read
from db.web.headers import PAGE
from db.web.host_json import host_json
from db.web.lists_json import found_json, front_json
from db.web.machine_json import coverage_json, outlets_json, status_json
from db.web.outlet_json import as_json as outlet_json
from db.web.outlets import outlets
from db.web.publishing import publish_of
from db.web.rules import RULES
from db.words.language import _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable

    from datasette import Request
    from datasette.app import Datasette

    from db.web.lists_json import Values
    from db.web.outlet import Rows

    View = Callable[[Datasette, Request], Awaitable[Response]]

# A table of changes is read whole, not by the screen.
_LINES = 500
_HEADERS = {"cache-control": "no-cache", "content-security-policy": PAGE}
_NUMBER = r"[0-9]{1,15}"
# The name or address of a host, with its port if that is not the usual one.
HOST = r"[A-Za-z0-9._:%\[\]-]{1,300}"


async def changes_json(datasette: Datasette, request: Request) -> Values:
    """The list of changes."""
    shows, strange = await asked_front(datasette, request)
    return front_json(shows, strange, await _home(datasette, request))


async def one_article_json(datasette: Datasette, request: Request) -> Values:
    """An article and its versions."""
    shows = await asked_article(datasette, request)
    told = await may_read(datasette, request, "deliveries")
    return article_json(shows, publish_of(datasette), await _home(datasette, request), told=told)


async def compared_json(datasette: Datasette, request: Request) -> Values:
    """Two versions."""
    shows = await asked_comparison(datasette, request)
    return comparison_json(shows, publish_of(datasette), await _home(datasette, request))


async def search_json(datasette: Datasette, request: Request) -> Values:
    """What a search found."""
    shows = await asked_search(datasette, request)
    return found_json(shows, await _home(datasette, request), publish_of(datasette))


async def machine_json(datasette: Datasette, request: Request) -> Values:
    """The state of the machine."""
    return status_json(await asked_status(datasette, request), publish_of(datasette))


async def unseen_json(datasette: Datasette, request: Request) -> Values:
    """What could not be seen."""
    return coverage_json(await asked_coverage(datasette, request))


async def all_outlets_json(datasette: Datasette, request: Request) -> Values:
    """The outlets by name."""
    return outlets_json(await read(datasette, request, outlets), await _home(datasette, request))


async def outlet_figures_json(datasette: Datasette, request: Request) -> Values:
    """The figures of one outlet, each with the address of its rows."""
    shows = await asked_outlet(datasette, request)
    database = await our_database(datasette)

    def address(rows: Rows) -> str:
        way = datasette.urls.table(database, rows.table) if rows.table else datasette.urls.instance()
        return str(datasette.absolute_url(request, f"{way}?{urlencode(rows.asked)}"))

    return outlet_json(shows, address)


async def treated_json(datasette: Datasette, request: Request) -> Values:
    """How we treat one host."""
    return host_json(await asked_host(datasette, request), publish_of(datasette))


async def rulings_json(datasette: Datasette, request: Request) -> Values:
    """By what table changes are ruled."""
    await read(datasette, request, lambda _con: None)
    return {
        "rules": [
            {
                "number": rule.number,
                "seen": rule.seen,
                "verdicts": [{"verdict": verdict, "said": verdict_words(verdict)} for verdict in rule.verdicts],
                "told": rule.told,
            }
            for rule in RULES
        ]
    }


async def changes_csv(datasette: Datasette, request: Request) -> Response:
    """The list of changes. A table has no place to say what was not understood: then there is none."""
    shows, strange = await asked_front(datasette, request, _LINES)
    if strange:
        raise NotThereError(_("There is no such list: %(why)s.", why="; ".join(strange)))
    address = await _home(datasette, request)
    older = urlencode({**shows.wanted.asked, "before": shows.page.older}) if shows.page.older else ""
    return _csv(front_csv(shows, address), "nachtrag-changes", f"{address}-/changes.csv", older)


async def versions_of_article_csv(datasette: Datasette, request: Request) -> Response:
    """The versions of an article."""
    shows = await asked_article(datasette, request)
    address, number = await _home(datasette, request), shows.row["id"]
    text = versions_csv(shows, publish_of(datasette), address)
    older = urlencode({"before": shows.older}) if shows.older else ""
    return _csv(text, f"nachtrag-article-{number}", f"{address}-/article/{number}.csv", older)


async def search_csv(datasette: Datasette, request: Request) -> Response:
    """What a search found."""
    shows = await asked_search(datasette, request)
    address = await _home(datasette, request)
    older = urlencode({"q": shows.question, "before": shows.older}) if shows.older else ""
    return _csv(found_csv(shows, address), "nachtrag-search", f"{address}-/search.csv", older)


async def _home(datasette: Datasette, request: Request) -> str:
    return home(datasette, request, await read(datasette, request, _base_url))


def _base_url(con: sqlite3.Connection) -> str | None:
    row = con.execute("SELECT value FROM meta WHERE key = 'base_url'").fetchone()
    return row["value"] if row else None


def _csv(text: str, name: str, address: str, older: str) -> Response:
    """A file to be saved; where there is more, `Link` says where."""
    headers = {**_HEADERS, "content-disposition": f'attachment; filename="{name}.csv"'}
    if older:
        headers["link"] = f'<{address}?{older}>; rel="next"'
    return Response(text, headers=headers, content_type="text/csv; charset=utf-8; header=present")


def _json(values: Values, status: int = 200) -> Response:
    """JSON in which no text is a tag, even where somebody takes it for HTML."""
    text = json.dumps(values, ensure_ascii=False).replace("<", "\\u003c")
    return Response(text, status=status, headers=_HEADERS, content_type="application/json; charset=utf-8")


def _as_json(values: Callable[[Datasette, Request], Awaitable[Values]]) -> View:
    async def view(datasette: Datasette, request: Request) -> Response:
        return _json(await values(datasette, request))

    return _guarded(view)


def _guarded(view: View) -> View:
    """The view, with our own failures told in JSON."""

    async def view_or_words(datasette: Datasette, request: Request) -> Response:
        try:
            return await view(datasette, request)
        except TROUBLES as error:
            title, words, status = trouble(error)
            return _json({"ok": False, "title": title, "error": words}, status)

    return view_or_words


EXPORTS = [
    (r"/-/changes\.json$", _as_json(changes_json)),
    (r"/-/changes\.csv$", _guarded(changes_csv)),
    (rf"/-/article/(?P<id>{_NUMBER})\.json$", _as_json(one_article_json)),
    (rf"/-/article/(?P<id>{_NUMBER})\.csv$", _guarded(versions_of_article_csv)),
    (rf"/-/compare/(?P<old>{_NUMBER})/(?P<new>{_NUMBER})\.json$", _as_json(compared_json)),
    (r"/-/search\.json$", _as_json(search_json)),
    (r"/-/search\.csv$", _guarded(search_csv)),
    (r"/-/outlets\.json$", _as_json(all_outlets_json)),
    (rf"/-/outlet/(?P<id>{_NUMBER})\.json$", _as_json(outlet_figures_json)),
    (rf"/-/host/(?P<host>{HOST})\.json$", _as_json(treated_json)),
    (r"/-/rulings\.json$", _as_json(rulings_json)),
    (r"/-/status\.json$", _as_json(machine_json)),
    (r"/-/coverage\.json$", _as_json(unseen_json)),
]
