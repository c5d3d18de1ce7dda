"""The Datasette plugin `nachtrag`: pages about articles and their changes over a database of ours."""

from db.web.plugin import (
    asgi_wrapper,
    extra_css_urls,
    filters_from_request,
    handle_exception,
    menu_links,
    prepare_jinja2_environment,
    register_routes,
    render_cell,
)

__all__ = [
    "asgi_wrapper",
    "extra_css_urls",
    "filters_from_request",
    "handle_exception",
    "menu_links",
    "prepare_jinja2_environment",
    "register_routes",
    "render_cell",
]
