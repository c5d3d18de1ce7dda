"""`comments = "texts"`: then, and only then, what readers wrote is kept; and it can be forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.pages import open_page
from tests.product import Product, answers, until
from tests.scripted import Server, http
from tests.test_without_comments import ARTICLE, COMMENTS

if TYPE_CHECKING:
    from pathlib import Path

HTML = "Content-Type: text/html; charset=utf-8"
FIRST = ARTICLE.format(charset="utf-8", head="", comments=COMMENTS)
SECOND = (
    FIRST.replace("alte Brücke", "neue Brücke").replace("07:52", "09:30").replace("Und wie kommt", "Aber wie kommt")
)


def bodies(product: Product) -> list[str]:
    with closing(sqlite3.connect(product.folder / "n.db")) as con:
        con.row_factory = sqlite3.Row
        return [
            open_page(con, row["id"]).decode("utf-8-sig") for row in con.execute("SELECT id FROM pages ORDER BY id")
        ]


@pytest.fixture
async def product(tmp_path: Path) -> Product:
    """A source with texts, an article of which two versions are kept."""
    pages = {"/a.html": http(FIRST.encode(), HTML)}
    async with Server(pages) as server:
        address = f"http://127.0.0.1:{server.port}"
        feed = f"<rss version='2.0'><channel><item><title>x</title><link>{address}/a.html</link></item></channel></rss>"
        pages["/feed.xml"] = http(feed.encode(), "Content-Type: application/rss+xml")
        made = Product(tmp_path, Blatt=f"{address}/feed.xml")
        text = made.config.read_text("utf-8")
        made.config.write_text(text.replace('every = "1s"', 'every = "1s"\ncomments = "texts"'), "utf-8")
        await asyncio.to_thread(made.once)
        pages["/a.html"] = http(SECOND.encode(), HTML)
        await asyncio.to_thread(made.once)
    return made


async def test_texts_and_the_page_as_served_are_kept(product: Product) -> None:
    found = product.query(
        "SELECT author, posted_at, text, first_seen_at < last_seen_at AS twice FROM comments ORDER BY id"
    )
    assert [(row["author"], row["text"][:13], row["twice"]) for row in found] == [
        ("Rosa Roggen", "Endlich, das ", 1),
        ("Moritz Moos", "Und wie kommt", 0),
        ("Moritz Moos", "Aber wie komm", 0),
    ]
    assert found[0]["posted_at"] == "2026-03-02T08:11:00.000000+00:00"
    assert [text == sent for text, sent in zip(bodies(product), (FIRST, SECOND), strict=True)] == [True, True]


async def test_they_are_forgotten_in_the_pages_too_and_the_chain_holds(product: Product) -> None:
    assert product.run("forget-comments", "Blatt", "--older-than", "1d").stdout.startswith("0 comments erased, 0 raw")
    assert product.run("forget-comments", "Blatt").stdout == "3 comments erased, 2 raw pages blanked out\n"
    assert product.query("SELECT * FROM comments") == []
    assert not [word for word in ("Rosa", "Moritz", "Esel") if any(word in body for body in bodies(product))]
    assert all("Mühlgraben" in body for body in bodies(product))
    assert b"Moritz" not in (product.folder / "n.db").read_bytes()
    assert product.run("verify").stdout.startswith("ok: 2 revisions")
    assert product.run("forget-comments", "--all").stdout == "0 comments erased, 0 raw pages blanked out\n"
    assert "expected a span" in product.run("forget-comments", "--all", "--older-than", "x", expect=2).stderr
    assert "neither a source" in product.run("forget-comments", "nichts", expect=1).stderr


async def test_datasette_does_not_show_them(product: Product) -> None:
    product.start()
    until(answers(product))
    try:
        with pytest.raises(OSError, match="403"):
            product.browse("/n/comments.json")
        assert "Moritz" not in product.browse("/n/articles_now")
    finally:
        product.stop()
