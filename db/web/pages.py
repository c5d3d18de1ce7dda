"""The pages by address: each reads what it shows in one go and renders one template."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from datasette import Response

from changes.tags import TAG_KINDS
from db.store.evidence import Damaged, NotKept, page_of
from db.store.people import NotKnown
from db.web import shown
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
    texts,
    trouble,
)
from db.web.bars import bars
from db.web.door import NoDatabaseError, may_read, our_database, read
from db.web.exports import EXPORTS, HOST
from db.web.feed import atom, feed
from db.web.headers import PAGE, RAW
from db.web.host import requests
from db.web.outlets import outlets
from db.web.publishing import publish_of
from db.web.rules import RULES
from db.web.wanted import MOVEMENTS, SEVERITIES, verdicts, wanted
from db.words.language import NAMES, _, chosen, reader, reading

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from datasette import Request
    from datasette.app import Datasette

    View = Callable[[Datasette, Request], Awaitable[Response]]

# SQLite's largest integer has 19 digits; numbers of ours never come near it.
_NUMBER = r"[0-9]{1,15}"


async def front_page(datasette: Datasette, request: Request) -> Response:
    """What changed last."""
    shows, strange = await asked_front(datasette, request)
    daemon = bool((datasette.plugin_config("nachtrag") or {}).get("daemon"))
    offered = {"verdicts": verdicts(), "tags": TAG_KINDS, "severities": SEVERITIES, "movements": MOVEMENTS}
    context = {"front": shows, "strange": strange, "daemon": daemon, **offered}
    return await _page(datasette, request, "front", context)


async def article_page(datasette: Datasette, request: Request) -> Response:
    """One article and its versions."""
    shows = await asked_article(datasette, request)
    told, saves = [await may_read(datasette, request, table) for table in ("deliveries", "pages")]
    return await _page(datasette, request, "article", {"page": shows, "told": told, "saves": saves})


async def compare_page(datasette: Datasette, request: Request) -> Response:
    """Two versions side by side."""
    shows = await asked_comparison(datasette, request)
    saves = await may_read(datasette, request, "pages")
    context = {"page": shows.page, "headline": shows.headline, "cited": shows.cited, "saves": saves}
    return await _page(datasette, request, "compare", context)


async def raw_page(datasette: Datasette, request: Request) -> Response:
    """The raw page of a version, to be saved: never shown, never as HTML."""
    number = int(request.url_vars["id"])
    if publish_of(datasette) != "full":
        raise NotThereError(_("Raw pages are not published here."))
    try:
        kept = await read(datasette, request, partial(page_of, revision_id=number), also=("pages",))
    except NotKept as error:
        words = _(
            "The raw page of version number %(number)s is not kept: it never was, or it was erased.", number=number
        )
        raise NotThereError(words) from error
    except Damaged as error:
        words = _("The raw page of version number %(number)s cannot be opened: it is damaged.", number=number)
        raise NotThereError(words) from error
    except NotKnown as error:
        raise NotThereError(_("There is no version number %(number)s.", number=number)) from error
    headers = {
        "content-disposition": f'attachment; filename="nachtrag-version-{number}.html.txt"',
        "content-security-policy": RAW,
        "x-content-type-options": "nosniff",
        "cache-control": "no-cache",
    }
    return Response(kept.body, headers=headers, content_type="application/octet-stream")


async def search_page(datasette: Datasette, request: Request) -> Response:
    """What a search found."""
    return await _page(datasette, request, "search", {"found": await asked_search(datasette, request)})


async def rulings_page(datasette: Datasette, request: Request) -> Response:
    """By what table changes are ruled."""
    await read(datasette, request, lambda _con: None)
    return await _page(datasette, request, "rulings", {"rules": RULES})


async def status_page(datasette: Datasette, request: Request) -> Response:
    """The state of the machine."""
    return await _page(datasette, request, "status", {"status": await asked_status(datasette, request)})


async def outlets_page(datasette: Datasette, request: Request) -> Response:
    """The outlets by name."""
    return await _page(datasette, request, "outlets", {"outlets": await read(datasette, request, outlets)})


async def outlet_page(datasette: Datasette, request: Request) -> Response:
    """The figures of one outlet."""
    shows = await asked_outlet(datasette, request)
    return await _page(datasette, request, "outlet", {"page": shows, "chart": bars(shows.months)})


async def host_page(datasette: Datasette, request: Request) -> Response:
    """How we treat one host."""
    return await _page(datasette, request, "host", {"page": await asked_host(datasette, request), "requests": requests})


async def coverage_page(datasette: Datasette, request: Request) -> Response:
    """What could not be seen."""
    return await _page(datasette, request, "coverage", {"coverage": await asked_coverage(datasette, request)})


async def changes_feed(datasette: Datasette, request: Request) -> Response:
    """The Atom feed."""
    asked, strange = wanted(texts(request))
    work = partial(feed, wanted=asked, publish=publish_of(datasette))
    shows = await read(datasette, request, work, also=("replies",))
    if strange or (asked.source is not None and not shows.source):
        why = "; ".join(strange) or _("there is no source number %(number)s", number=asked.source)
        raise NotThereError(_("There is no such feed: %(why)s.", why=why))
    base = home(datasette, request, shows.base_url)
    query = urlencode({**asked.asked, **_named()})
    itself = f"{base}-/changes.atom" + (f"?{query}" if query else "")
    headers = {"cache-control": "max-age=60", "content-security-policy": PAGE, **_told_in()}
    return Response(atom(shows, base, itself), headers=headers, content_type="application/atom+xml; charset=utf-8")


async def no_page(datasette: Datasette, request: Request) -> Response:
    """What stands at an address of ours that is none."""
    await read(datasette, request, lambda _con: None)
    return await nowhere(datasette, request)


async def nowhere(_datasette: Datasette, _request: Request) -> Response:
    """What stands at any address where nothing is."""
    raise NotThereError(
        _(
            "No page has this address. Articles, versions and outlets have whole numbers, as in /-/article/12, "
            "/-/compare/30/31 or /-/outlet/2; the search and the lists lead to them."
        )
    )


async def _page(
    datasette: Datasette, request: Request, name: str, context: dict[str, object], status_code: int = 200
) -> Response:
    try:
        database = await our_database(datasette)
    except NoDatabaseError:
        database = ""
    body = await datasette.render_template(
        f"nachtrag/{name}.html",
        {
            "show": shown,
            "our_database": database,
            "publish": publish_of(datasette),
            "language": reader().language,
            "languages": _languages(request),
            "named": _named(),
            "to": partial(_address, datasette),
            **context,
        },
        request=request,
    )
    headers = {"cache-control": "no-cache", "content-security-policy": PAGE, **_told_in()}
    return Response.html(body, status=status_code, headers=headers)


def _named() -> dict[str, str]:
    """What an address needs so that its page is told in the language that this one was asked for in."""
    return {"lang": reader().language} if reader().asked else {}


def _address(datasette: Datasette, path: str, query: Mapping[str, object] = MappingProxyType({})) -> str:
    """The address of a page of ours, in the language that this one was asked for in."""
    address = datasette.urls.path(path) if path else datasette.urls.instance()
    asked = urlencode({**query, **_named()})
    return f"{address}?{asked}" if asked else str(address)


def _languages(request: Request) -> list[tuple[str, str, str]]:
    """The languages of this page: code, name, and the address that asks for it."""
    asked = [(name, value) for name, value in parse_qsl(request.query_string) if name != "lang"]
    return [(code, name, "?" + urlencode([*asked, ("lang", code)])) for code, name in NAMES.items()]


def _told_in() -> dict[str, str]:
    return {"content-language": reader().language, "vary": "Accept-Language"}


def guarded(view: View) -> View:
    """The view in the language of its reader, with our own failures told in words."""

    async def view_or_words(datasette: Datasette, request: Request) -> Response:
        configured = str((datasette.plugin_config("nachtrag") or {}).get("language"))
        whom = chosen(request.args.get("lang") or "", configured, request.headers.get("accept-language", ""))
        with reading(whom):
            try:
                return await view(datasette, request)
            except TROUBLES as error:
                title, words, status_code = trouble(error)
                return await _page(datasette, request, "missing", {"title": title, "words": words}, status_code)

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
    (rf"/-/host/(?P<host>(?!.*\.json$){HOST})$", guarded(host_page)),
    (r"/-/coverage$", guarded(coverage_page)),
    (r"/-/changes\.atom$", guarded(changes_feed)),
    *EXPORTS,
    (r"/-/(?:article|compare|page|outlets?|host|search|rulings|status|coverage|changes)(?:[/.].*)?$", guarded(no_page)),
]
