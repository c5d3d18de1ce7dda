"""The hooks by which Datasette finds our pages, headers, styles and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from datasette import Forbidden, NotFound, hookimpl
from markupsafe import Markup

from db.publish import CLOSED
from db.schema import statements
from db.views import VIEWS, name_of
from db.web.headers import guarded
from db.web.naming import by_our_name
from db.web.pages import ROUTES, nowhere
from db.web.pages import guarded as in_words
from db.web.publishing import publish_of
from db.words.language import gettext, ngettext, pgettext

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable

    from datasette import Request, Response
    from datasette.app import Datasette
    from jinja2 import Environment

    from db.web.headers import App
    from db.web.pages import View

F = TypeVar("F")

_VIEWS = frozenset(map(name_of, statements(VIEWS)))


def _hook(function: F) -> F:
    """Datasette's mark on a hook, with the type kept."""
    kept: F = hookimpl(function)
    return kept


@_hook
def register_routes() -> list[tuple[str, View]]:
    """Our pages; the front page takes the place of Datasette's list of databases."""
    return ROUTES


@_hook
def prepare_jinja2_environment(env: Environment) -> None:
    """Messages in templates, in the language of whoever reads the page. Datasette's own have none."""
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]


@_hook
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Our headers on everything, Datasette's own pages too, for those who may ask."""
    return lambda app: guarded(by_our_name(datasette, app))


@_hook
def extra_css_urls(datasette: Datasette) -> list[str]:
    """Datasette's own pages in our type and colours. Ours do not extend its layout and never see this."""
    return [datasette.urls.static_plugins("nachtrag", "core.css")]


@_hook
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """The way from Datasette's pages back to ours."""
    pages = (("Changes", ""), ("Search", "-/search"), ("Coverage", "-/coverage"), ("Status", "-/status"))
    return [{"href": datasette.urls.path(path), "label": label} for label, path in pages]


@_hook
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Awaitable[Response] | None:
    """Where nothing is, people get a page of ours; programs get what Datasette says."""
    if not isinstance(exception, NotFound) or request.path.endswith((".json", ".csv")):
        return None
    return in_words(nowhere)(datasette, request)


@_hook
def filters_from_request(request: Request, datasette: Datasette) -> None:
    """Datasette lets any table be searched by any index: not by one of a text that is not shown."""
    if request.args.get("_fts_table") in CLOSED[publish_of(datasette)]:
        raise Forbidden("This index is not published")


@_hook
def render_cell(row: sqlite3.Row, value: object, column: str, table: str | None, datasette: Datasette) -> Markup | None:
    """Numbers of articles and versions in our views as links to the article's page."""
    if table not in _VIEWS or not isinstance(value, int) or "article_id" not in row.keys():  # noqa: SIM118 - a Row
        return None
    if column not in ("article_id", "revision_id") or row["article_id"] is None:
        return None
    anchor = f"#r{value}" if column == "revision_id" else ""
    address = datasette.urls.path(f"-/article/{int(row['article_id'])}") + anchor
    return Markup('<a href="{}">{}</a>').format(address, value)
