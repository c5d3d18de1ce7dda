"""The pages by address: each reads what it shows in one go and renders one template."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette import Response

from changes.tags import TAG_KINDS
from db.store.evidence import page_of
from db.store.people import NotKnown
from db.web import shown
from db.web.article import article
from db.web.bars import bars
from db.web.comparison import comparison
from db.web.coverage import coverage, moment
from db.web.door import EarlierSchemaError, NoDatabaseError, TooSlowError, may_read, our_database, read
from db.web.feed import atom, feed
from db.web.finding import find
from db.web.front import front
from db.web.headers import PAGE, RAW
from db.web.outlet import Rows, outlet
from db.web.outlet_json import as_json
from db.web.outlets import outlets
from db.web.publishing import publish_of
from db.web.rules import RULES
from db.web.status import status
from db.web.wanted import SEVERITIES, verdicts, wanted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette import Request
    from datasette.app import Datasette

    View = Callable[[Datasette, Request], Awaitable[Response]]

# The figures of an outlet are in these.
_FIGURES = ("article_edits", "corrections", "edit_counts", "edit_tags", "edits", "outlet_edits")
# How we look is in these.
_WATCHING = ("doubts", "drifts", "gaps", "hosts", "listings", "observations", "subscriptions")
# SQLite's largest integer has 19 digits; numbers of ours never come near it.
_NUMBER = r"[0-9]{1,15}"


async def front_page(datasette: Datasette, request: Request) -> Response:
    """What changed last."""
    asked, strange = wanted(_texts(request))
    shows = await read(datasette, request, partial(front, wanted=asked, publish=publish_of(datasette)))
    daemon = bool((datasette.plugin_config("nachtrag") or {}).get("daemon"))
    offered = {"verdicts": verdicts(), "tags": TAG_KINDS, "severities": SEVERITIES}
    context = {"front": shows, "strange": strange, "daemon": daemon, **offered}
    return await _page(datasette, request, "front", context)


async def article_page(datasette: Datasette, request: Request) -> Response:
    """One article and its versions."""
    number = int(request.url_vars["id"])
    told, saves = [await may_read(datasette, request, table) for table in ("deliveries", "pages")]
    shows = await read(
        datasette, request, lambda con: article(con, number, _number(request, "before")), also=("remarks",)
    )
    if shows is None:
        return await _missing(datasette, request, f"There is no article number {number}.")
    return await _page(datasette, request, "article", {"page": shows, "told": told, "saves": saves})


async def compare_page(datasette: Datasette, request: Request) -> Response:
    """Two versions side by side."""
    old, new = int(request.url_vars["old"]), int(request.url_vars["new"])
    work = partial(comparison, old_id=old, new_id=new, publish=publish_of(datasette))
    shows = await read(datasette, request, work, also=("remarks",))
    if shows is None:
        return await _missing(datasette, request, f"There are no two versions number {old} and {new}.")
    saves = await may_read(datasette, request, "pages")
    return await _page(datasette, request, "compare", {"page": shows, "saves": saves})


async def raw_page(datasette: Datasette, request: Request) -> Response:
    """The raw page of a version, to be saved: never shown, never as HTML."""
    number = int(request.url_vars["id"])
    if publish_of(datasette) != "full":
        return await _missing(datasette, request, "Raw pages are not published here.")
    try:
        kept = await read(datasette, request, partial(page_of, revision_id=number), also=("pages",))
    except NotKnown as error:
        return await _missing(datasette, request, f"{error}.")
    headers = {
        "content-disposition": f'attachment; filename="nachtrag-version-{number}.html.txt"',
        "content-security-policy": RAW,
        "x-content-type-options": "nosniff",
        "cache-control": "no-cache",
    }
    return Response(kept.body, headers=headers, content_type="application/octet-stream")


async def search_page(datasette: Datasette, request: Request) -> Response:
    """What a search found."""
    question = request.args.get("q", "").strip()[:300]
    publish = publish_of(datasette)
    shows = await read(datasette, request, lambda con: find(con, question, _number(request, "before"), publish))
    return await _page(datasette, request, "search", {"found": shows})


async def rulings_page(datasette: Datasette, request: Request) -> Response:
    """By what table changes are ruled."""
    await read(datasette, request, lambda _con: None)
    return await _page(datasette, request, "rulings", {"rules": RULES})


async def status_page(datasette: Datasette, request: Request) -> Response:
    """The state of the machine."""
    shows = await read(datasette, request, status, also=("endpoints", "deliveries", "gaps"))
    return await _page(datasette, request, "status", {"status": shows})


async def outlets_page(datasette: Datasette, request: Request) -> Response:
    """The outlets by name."""
    return await _page(datasette, request, "outlets", {"outlets": await read(datasette, request, outlets)})


async def outlet_page(datasette: Datasette, request: Request) -> Response:
    """The figures of one outlet."""
    number = int(request.url_vars["id"])
    shows = await read(datasette, request, partial(outlet, source_id=number), also=_FIGURES)
    if shows is None:
        return await _missing(datasette, request, f"There is no source number {number}.")
    return await _page(datasette, request, "outlet", {"page": shows, "chart": bars(shows.months)})


async def outlet_figures(datasette: Datasette, request: Request) -> Response:
    """The same for programs."""
    number = int(request.url_vars["id"])
    shows = await read(datasette, request, partial(outlet, source_id=number), also=_FIGURES)
    if shows is None:
        return Response.json({"ok": False, "error": f"There is no source number {number}."}, status=404)
    database = await our_database(datasette)

    def address(rows: Rows) -> str:
        way = datasette.urls.table(database, rows.table) if rows.table else datasette.urls.instance()
        return str(datasette.absolute_url(request, f"{way}?{urlencode(rows.asked)}"))

    return Response.json(as_json(shows, address), headers={"cache-control": "no-cache"})


async def coverage_page(datasette: Datasette, request: Request) -> Response:
    """What could not be seen."""
    shows = await read(datasette, request, lambda con: coverage(con, moment(con)), also=_WATCHING)
    return await _page(datasette, request, "coverage", {"coverage": shows})


async def changes_feed(datasette: Datasette, request: Request) -> Response:
    """The Atom feed."""
    asked, strange = wanted(_texts(request))
    shows = await read(datasette, request, partial(feed, wanted=asked, publish=publish_of(datasette)))
    if strange or (asked.source is not None and not shows.source):
        words = f"There is no such feed: {'; '.join(strange) or f'there is no source number {asked.source}'}."
        return await _missing(datasette, request, words)
    home = shows.base_url or datasette.absolute_url(request, datasette.urls.instance())
    base = home.rstrip("/") + "/"
    query = urlencode(asked.asked)
    itself = f"{base}-/changes.atom" + (f"?{query}" if query else "")
    headers = {"cache-control": "max-age=60", "content-security-policy": PAGE}
    return Response(atom(shows, base, itself), headers=headers, content_type="application/atom+xml; charset=utf-8")


def _texts(request: Request) -> dict[str, str]:
    return {name: request.args.get(name, "") for name in request.args}


def _number(request: Request, name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


async def _page(
    datasette: Datasette, request: Request, name: str, context: dict[str, object], status_code: int = 200
) -> Response:
    database = await our_database(datasette)
    body = await datasette.render_template(
        f"nachtrag/{name}.html",
        {"show": shown, "our_database": database, "publish": publish_of(datasette), **context},
        request=request,
    )
    headers = {"cache-control": "no-cache", "content-security-policy": PAGE}
    return Response.html(body, status=status_code, headers=headers)


async def _missing(datasette: Datasette, request: Request, words: str) -> Response:
    return await _page(datasette, request, "missing", {"title": "Not there", "words": words}, 404)


def guarded(view: View) -> View:
    """The view, with our own failures told in words."""

    async def view_or_words(datasette: Datasette, request: Request) -> Response:
        try:
            return await view(datasette, request)
        except NoDatabaseError:
            words = "Datasette has no database of Nachtrag's open. Start it with `nachtrag run`, or name the file."
            body = await datasette.render_template(
                "nachtrag/missing.html", {"title": "No database", "words": words, "our_database": ""}, request=request
            )
            return Response.html(body, status=404, headers={"content-security-policy": PAGE})
        except EarlierSchemaError as error:
            words = (
                f"An earlier version of Nachtrag wrote the database ({error}). `nachtrag status` brings it up to date."
            )
            return await _page(datasette, request, "missing", {"title": "Not up to date", "words": words}, 503)
        except TooSlowError as error:
            words = f"This page could not be read: {error}. Ask for less, or try again later."
            return await _page(datasette, request, "missing", {"title": "Too slow", "words": words}, 503)

    return view_or_words


ROUTES = [
    (r"/$", guarded(front_page)),
    (rf"/-/article/(?P<id>{_NUMBER})$", guarded(article_page)),
    (rf"/-/compare/(?P<old>{_NUMBER})/(?P<new>{_NUMBER})$", guarded(compare_page)),
    (rf"/-/page/(?P<id>{_NUMBER})$", guarded(raw_page)),
    (r"/-/search$", guarded(search_page)),
    (r"/-/rulings$", guarded(rulings_page)),
    (r"/-/status$", guarded(status_page)),
    (r"/-/outlets$", guarded(outlets_page)),
    (rf"/-/outlet/(?P<id>{_NUMBER})$", guarded(outlet_page)),
    (rf"/-/outlet/(?P<id>{_NUMBER})\.json$", guarded(outlet_figures)),
    (r"/-/coverage$", guarded(coverage_page)),
    (r"/-/changes\.atom$", guarded(changes_feed)),
]
