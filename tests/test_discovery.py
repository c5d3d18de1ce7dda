"""`nachtrag add`: articles are followed; sites, sections and feeds are answered with the tables of their feeds."""

from __future__ import annotations

import asyncio
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from schedules.discover import FoundSource, may_be_site
from scraper.feeds.discovery import candidates
from tests.product import Product
from tests.scripted import Server, http

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = Path(__file__).parent / "data"
URL = "https://tagesbote.example/"
FEED = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>Tagesbote &amp; \"Umland\"</title>"
    b"<item><link>/1</link></item><item><link>/2</link></item></channel></rss>"
)
SITE = b"""<html><head><title>Tagesbote</title>
<link rel="alternate" type="application/rss+xml" title="Kommentare" href="/comments/feed/">
<link rel="stylesheet alternate" type="text/xml" href="/style.xml">
<link rel="alternate" hreflang="en" href="/en/"><link rel="alternate" type="application/json" href="/wp-json/1">
<link rel="Alternate" type="application/atom+xml; charset=utf-8" title="Lokales" href="lokales.atom">
</head><body><h1>Tagesbote</h1><a href="/rss.xml">RSS</a></body></html>"""


def named(body: bytes) -> list[str]:
    return [item.url.removeprefix(URL) for item in candidates(body, "text/html; charset=utf-8", URL)]


def test_what_a_page_names_comes_before_what_it_links_and_comments_come_last() -> None:
    assert named(SITE) == ["lokales.atom", "comments/feed/"]
    assert candidates(SITE, "", URL)[0].title == "Lokales"


def test_links_that_look_like_feeds_count_where_none_is_named_and_never_more_than_four() -> None:
    hrefs = ["/feed", "/rss.xml#top", "/rss.xml", "feed.json?a=1", "/thema/index.rdf", "/x/atom.xml", "/feedback", "/"]
    links = "".join(f"<a href='{href}'>x</a>" for href in hrefs)
    assert named(links.encode()) == ["feed", "rss.xml", "feed.json?a=1", "thema/index.rdf"]
    assert named(b"<a href='/feedback'>x</a><a href='javascript:/feed'>x</a><a href=' '>x</a>") == []
    assert named(b"<base href='https://b.example/'><a href='feed'>x</a>") == ["https://b.example/feed"]
    assert named(b"<div>" * 100_000) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (URL, True), (URL + "lokales/", True), (URL + "x/y/feed.xml", True), (URL + "sitemap.xml.gz", True),
        (URL + "artikel/4.html", False), (URL + "2024/05/wahl/", False), (URL + "a/b?x=/feed", False),
    ],
)  # fmt: skip
def test_what_may_be_a_site(url: str, expected: bool) -> None:
    assert may_be_site(url) == expected


def test_a_table_is_toml_whatever_the_name() -> None:
    for name in ('A "b" \\ c', "[[x]]", "a\nb", "Größe 😀"):
        (table,) = tomllib.loads(FoundSource(name, "feed", URL, 1).table())["sources"]
        assert table == {"name": name, "feed": URL}


async def added(folder: Path, server: Server, *paths: str, expect: int = 0) -> tuple[str, str, Sequence[str]]:
    """stdout and stderr with the server's address as HOME, and the paths that were asked for."""
    product, home = Product(folder), f"http://127.0.0.1:{server.port}"
    done = await asyncio.to_thread(product.run, "add", *(home + path for path in paths), expect=expect)
    return done.stdout.replace(home, "HOME"), done.stderr.replace(home, "HOME"), server.paths


async def test_a_site_is_answered_with_the_table_of_its_feed(tmp_path: Path) -> None:
    scripts = {"/robots.txt": http(b""), "/": http(SITE), "/lokales.atom": http(FEED), "/comments/feed/": http(b"<p>")}
    async with Server(scripts) as server:
        out, err, asked = await added(tmp_path, server, "/")
    assert tomllib.loads(out) == {"sources": [{"name": 'Tagesbote & "Umland"', "feed": "HOME/lokales.atom"}]}
    assert "HOME/lokales.atom: a feed with 2 entries; put this into config.toml" in err
    assert "HOME/comments/feed/: this is XML, but its root is <p>; expected RSS" in err
    assert asked == ["/robots.txt", "/", "/lokales.atom", "/comments/feed/"]
    assert not (tmp_path / "n.db").exists()


async def test_robots_are_respected(tmp_path: Path) -> None:
    robots = http(b"User-agent: *\nDisallow: /lokales.atom\nDisallow: /comments/")
    async with Server({"/robots.txt": robots, "/": http(SITE), "/lokales.atom": http(FEED)}) as server:
        out, err, asked = await added(tmp_path, server, "/", expect=1)
    assert out == ""
    assert "HOME/lokales.atom: HOME/robots.txt does not allow" in err
    assert asked == ["/robots.txt", "/"]


async def test_feeds_and_sitemaps_are_sources_themselves(tmp_path: Path) -> None:
    sitemap = (DATA / "sources" / "index.xml").read_bytes()
    async with Server({"/feed.xml": http(FEED), "/x/y/news.xml": http(sitemap)}) as server:
        out, _, _ = await added(tmp_path, server, "/feed.xml", "/x/y/news.xml")
    first, second = tomllib.loads(out)["sources"]
    assert first["feed"] == "HOME/feed.xml"
    assert second["sitemap"] == "HOME/x/y/news.xml"


async def test_an_article_is_followed_although_its_page_names_feeds(tmp_path: Path) -> None:
    article = (DATA / "pages" / "tagesschau_2023.html").read_bytes()
    async with Server({"/artikel.html": http(article, "Content-Type: text/html; charset=utf-8")}) as server:
        out, _, asked = await added(tmp_path, server, "/artikel.html", "/tief/unten/1.html")
    assert out.splitlines() == [
        "article 1: HOME/artikel.html is looked at as soon as the daemon runs",
        "article 2: HOME/tief/unten/1.html is looked at as soon as the daemon runs",
    ]
    assert asked == ["/robots.txt", "/artikel.html"]


async def test_a_site_without_feeds_and_one_that_does_not_answer(tmp_path: Path) -> None:
    async with Server({"/robots.txt": http(b""), "/": http(b"<h1>Nichts</h1>")}) as server:
        out, err, _ = await added(tmp_path, server, "/", expect=1)
    assert (out, "nothing of it is followed: no article, and no feed" in err) == ("", True)
    async with Server({"/robots.txt": http(b""), "/": http(b"", status="500 X")}) as server:
        out, err, _ = await added(tmp_path, server, "/", expect=1)
    assert (out, "HOME/: the server says 500" in err, "HOME/: HOME/" in err) == ("", True, False)


TEASER = "<article><h2><a href='/a/{0}.html'>Der Steg {0} ist gesperrt</a></h2><p>{1} {0}.</p></article>"
TEASERS = "".join(TEASER.format(at, "Die Gemeinde rechnet am Steg mit hohen Kosten, sagte sie zu") for at in range(7))
BOLD = TEASERS.replace("<article><h2><a", "<a").replace("'>Der", "'><h2>Der").replace("</a></h2>", "</h2>").replace(
    "</article>", "</a>")  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"<h1>Lokales</h1>{TEASERS}", "HOME/lokales: is no article: all its text stands under headings that lead"),
        (f"<h1>Lokales</h1>{BOLD}", "HOME/lokales: "),
        ("<h1>Lokales</h1><ul><li><a href='/1'>Eins</a></ul>", "HOME/lokales: no text was found under the headline"),
    ],
)
async def test_a_section_without_feeds_is_not_followed(tmp_path: Path, body: str, said: str) -> None:
    page = f"<html><head><title>Lokales</title></head><body><main>{body}</main></body></html>"
    async with Server({"/robots.txt": http(b""), "/lokales": http(page.encode())}) as server:
        out, err, _ = await added(tmp_path, server, "/lokales", expect=1)
    assert out == ""
    assert err.splitlines()[0].startswith(said)
    assert "HOME/lokales: nothing of it is followed" in err
    assert not (tmp_path / "n.db").exists()


async def test_an_article_with_teasers_or_behind_a_wall_is_followed(tmp_path: Path) -> None:
    own = "".join(
        f"<p>Der Steg am Nordufer ist seit Montag gesperrt, teilte die Gemeinde mit: {at}.</p>" for at in "1234"
    )
    pages = {
        "/text": f"<h1>Der Steg</h1>{own}{TEASERS}",
        "/wand": "<h1>Just a moment...</h1><p>Checking your browser before accessing this site.</p>",
    }
    scripts = {
        path: http(f"<title>Steg</title><body><main>{body}</main></body>".encode()) for path, body in pages.items()
    }
    async with Server({"/robots.txt": http(b""), **scripts}) as server:
        out, _, _ = await added(tmp_path, server, *pages)
    assert [line.partition(":")[0] for line in out.splitlines()] == ["article 1", "article 2"]


@pytest.mark.parametrize(
    ("status", "more", "said"),
    [
        ("302 X", ("Location: /artikel",), "redirects in a circle"),
        ("404 X", (), "the server says 404"),
    ],
)
async def test_what_nobody_can_have_is_not_followed(
    tmp_path: Path, status: str, more: tuple[str, ...], said: str
) -> None:
    async with Server({"/robots.txt": http(b""), "/artikel": http(b"", *more, status=status)}) as server:
        out, err, _ = await added(tmp_path, server, "/artikel", expect=1)
    assert out == ""
    assert f"HOME/artikel: {said}" in err
    assert "HOME/artikel: HOME/artikel" not in err


async def test_an_article_that_does_not_answer_now_is_followed(tmp_path: Path) -> None:
    async with Server({"/robots.txt": http(b""), "/artikel": http(b"", status="503 X")}) as server:
        out, _, _ = await added(tmp_path, server, "/artikel")
    assert out == "article 1: HOME/artikel is looked at as soon as the daemon runs\n"
