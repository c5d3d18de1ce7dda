"""What a request asks for, read in one go: for the pages that show it, and for programs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from db.web.article import article
from db.web.citation import citation
from db.web.comparison import comparison
from db.web.coverage import coverage, moment
from db.web.door import EarlierSchemaError, NoDatabaseError, TooSlowError, read
from db.web.finding import find
from db.web.front import front
from db.web.host import treated
from db.web.outlet import outlet
from db.web.publishing import publish_of
from db.web.shown import untitled
from db.web.status import status
from db.web.wanted import wanted
from db.words.language import _, asked_in

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

    from db.web.article import ArticlePage
    from db.web.comparison import Comparison
    from db.web.coverage import Coverage
    from db.web.finding import Found
    from db.web.front import Front
    from db.web.host import Treated
    from db.web.outlet import Outlet
    from db.web.status import Status

# How we look is in these.
_WATCHING = ("doubts", "drifts", "gaps", "hosts", "listings", "observations", "subscriptions")
# The figures of an outlet are in these.
_FIGURES = ("article_edits", "corrections", "edit_counts", "edit_tags", "edits", "outlet_edits")

# How we treat a host is in these.
_TREATMENT = ("host_days", "hosts", "meta")

# What people wrote about versions is in these.
_BY_PEOPLE = ("remarks", "replies")


class NotThereError(Exception):
    """What is asked for is not in the database; says so in words."""


# What `trouble` has words for.
TROUBLES = (NotThereError, NoDatabaseError, EarlierSchemaError, TooSlowError)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions, the headline as it may be published, and their citation, empty where there is none."""

    page: Comparison
    headline: str
    cited: str


async def asked_front(
    datasette: Datasette, request: Request, limit: int | None = None
) -> tuple[Front, tuple[str, ...]]:
    """The list of changes, `limit` of them where that is said, and what was asked for that means nothing."""
    asked, strange = wanted(texts(request))
    asked = asked if limit is None else replace(asked, limit=limit)
    work = partial(front, wanted=asked, publish=publish_of(datasette))
    return await read(datasette, request, work, also=("replies",)), strange


async def asked_article(datasette: Datasette, request: Request) -> ArticlePage:
    """One article and its versions.

    Raises:
        NotThereError: there is none of that number.
    """
    asked = int(request.url_vars["id"])
    before = number(request, "before")
    shows = await read(datasette, request, lambda con: article(con, asked, before), also=_BY_PEOPLE)
    if shows is None:
        raise NotThereError(_("There is no article number %(number)s.", number=asked))
    return shows


async def asked_comparison(datasette: Datasette, request: Request) -> Compared:
    """Two versions side by side.

    Raises:
        NotThereError: one of the two is not there.
    """
    old, new = int(request.url_vars["old"]), int(request.url_vars["new"])
    publish = publish_of(datasette)
    work = partial(comparison, old_id=old, new_id=new, publish=publish)
    page = await read(datasette, request, work, also=_BY_PEOPLE)
    if page is None:
        raise NotThereError(_("There are no two versions number %(old)s and %(new)s.", old=old, new=new))
    printed = "" if publish == "metrics" else page.after["headline"]
    headline = page.after["address"] if publish == "metrics" else printed or untitled(page.after["taken_down_at"])
    address = f"{home(datasette, request, page.after['base_url'])}-/compare/{old}/{new}{asked_in()}"
    return Compared(page, headline, citation(page, printed, address))


async def asked_outlet(datasette: Datasette, request: Request) -> Outlet:
    """The figures of one outlet.

    Raises:
        NotThereError: there is none of that number.
    """
    number_of_it = int(request.url_vars["id"])
    shows = await read(datasette, request, partial(outlet, source_id=number_of_it), also=_FIGURES)
    if shows is None:
        raise NotThereError(_("There is no source number %(number)s.", number=number_of_it))
    return shows


async def asked_host(datasette: Datasette, request: Request) -> Treated:
    """How we treat one host.

    Raises:
        NotThereError: it is not known.
    """
    name = unquote(request.url_vars["host"]).lower()
    shows = await read(datasette, request, lambda con: treated(con, name, moment(con)), also=_TREATMENT)
    if shows is None:
        raise NotThereError(_("No host is called %(name)s here.", name=name))
    return shows


async def asked_search(datasette: Datasette, request: Request) -> Found:
    """What a search found."""
    question, before = request.args.get("q", "").strip()[:300], number(request, "before")
    return await read(datasette, request, lambda con: find(con, question, before, publish_of(datasette)))


async def asked_status(datasette: Datasette, request: Request) -> Status:
    """The state of the machine."""
    return await read(
        datasette, request, partial(status, publish=publish_of(datasette)), also=("endpoints", "deliveries", "gaps")
    )


async def asked_coverage(datasette: Datasette, request: Request) -> Coverage:
    """What could not be seen."""
    return await read(datasette, request, lambda con: coverage(con, moment(con)), also=_WATCHING)


def trouble(error: Exception) -> tuple[str, str, int]:
    """Title, words and HTTP status for one of `TROUBLES`."""
    if isinstance(error, NotThereError):
        return _("Not there"), str(error), 404
    if isinstance(error, NoDatabaseError):
        words = _("Datasette has no database of Nachtrag's open. Start it with `nachtrag run`, or name the file.")
        return _("No database"), words, 404
    if isinstance(error, EarlierSchemaError):
        words = _(
            "An earlier version of Nachtrag wrote the database (%(error)s). `nachtrag status` brings it up to date.",
            error=error,
        )
        return _("Not up to date"), words, 503
    words = _("This page could not be read: %(error)s. Ask for less, or try again later.", error=error)
    return _("Too slow"), words, 503


def home(datasette: Datasette, request: Request, base_url: str | None) -> str:
    """Under which address people reach the front page, as the daemon was told; else that of this request."""
    return str(base_url or datasette.absolute_url(request, datasette.urls.instance())).rstrip("/") + "/"


def texts(request: Request) -> dict[str, str]:
    """What stands behind the question mark."""
    asked = request.args  # which is read anew whenever it is asked for
    return {name: asked.get(name, "") for name in asked}


def number(request: Request, name: str) -> int | None:
    """A number behind the question mark; None where there is none."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None
