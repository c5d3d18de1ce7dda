"""The last resort: what it reads, and that no history which another reader began is ever continued with it."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from schedules.cli.printing import reading
from scraper.errors import ReadError
from scraper.page import Page
from scraper.read import read
from scraper.read.explain import explain
from scraper.read.fallback import may_fall_back
from tests.product import Inside
from tests.site import PAGE, Site
from tests.world import URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

installed = pytest.mark.skipif(find_spec("trafilatura") is None, reason="trafilatura is missing: run make setup")
MARKUP = """<!doctype html><html lang="de"><head><meta charset="utf-8">
<title>Der Leuchtturm bekommt ein neues Licht</title>
<meta name="author" content="Lotte Muster"></head><body><main><p class="kicker">Küste</p>
<h1>Der Leuchtturm bekommt ein neues Licht</h1><p>Stand: 14.05.2025 09:30 Uhr</p></main><noscript><article>
<p>Seit dem Herbst steht der alte Leuchtturm im Dunkeln, und die Fischer klagen jeden Abend lauter darüber.</p>
<h2>Die Lampe</h2>
<p>Nun hat der Kreis eine Lampe bestellt, die nur halb so viel <b>Strom</b> braucht wie die alte und doppelt so
hell ist.</p>
<ul><li>Sie kommt mit der Fähre</li><li>Sie passt durch die Tür</li></ul>
<blockquote>Es wird heller sein als je zuvor, und das will etwas heißen bei uns.</blockquote>
<table><tr><th>Lampe</th><th>Watt</th></tr><tr><td>alt</td><td>900</td></tr><tr><td>neu</td><td>450</td></tr><tr><td>keine</td><td>0</td></tr></table>
<p>Sie soll im März leuchten, wenn das Eis bis dahin getaut ist und die Fähre wieder anlegen kann,<br>sagt der
Wärter.</p>
</article></noscript></body></html>"""
CONSENT = """<html><head><title>Das Blatt</title></head><body><h1>Das Blatt</h1><noscript><p>Wir benötigen Ihre
Einwilligung, bevor Sie auf unserer Seite weiterlesen können.</p></noscript>
<p>Wir benötigen Ihre Zustimmung.</p></body></html>"""
# The site shows its text to browsers without scripts only.
HIDDEN = (
    PAGE.replace("<article>", "<main>")
    .replace('<p class="stamp">', "</main><noscript><article><p>")
    .replace("</article>", "</article></noscript>")
)


def page(markup: str) -> Page:
    seen = datetime(2025, 5, 15, 12, 0, tzinfo=UTC)
    return Page("https://blatt.example/artikel", 200, (("content-type", "text/html"),), markup.encode(), seen)


def code_of(markup: str, *, last_resort: bool) -> str:
    with pytest.raises(ReadError) as refused:
        read(page(markup), last_resort=last_resort)
    return refused.value.code


@installed
def test_what_it_reads() -> None:
    found: dict[str, Any] = dict(reading("a", read(page(MARKUP), last_resort=True)))
    assert found["read_with"].startswith("trafilatura/")
    assert (found["topline"], found["headline"]) == ("Küste", "Der Leuchtturm bekommt ein neues Licht")
    assert found["stand_raw"] == "Stand: 14.05.2025 09:30 Uhr"
    assert (found["authors"], found["comment_count"]) == (["Lotte Muster"], None)
    assert [(block["kind"], block["text"][:30]) for block in found["blocks"]] == [
        ("paragraph", "Seit dem Herbst steht der alte"),
        ("subhead", "Die Lampe"),
        ("paragraph", "Nun hat der Kreis eine Lampe b"),
        ("list_item", "Sie kommt mit der Fähre"),
        ("list_item", "Sie passt durch die Tür"),
        ("quote", "Es wird heller sein als je zuv"),
        ("table", "Lampe | Watt"),
        ("table", "alt | 900"),
        ("table", "neu | 450"),
        ("table", "keine | 0"),
        ("paragraph", "Sie soll im März leuchten, wen"),
    ]
    assert found["blocks"][-1]["text"].endswith("anlegen kann, sagt der Wärter.")


@installed
def test_it_can_be_explained() -> None:
    article = read(page(MARKUP), last_resort=True)
    assert {origin.field: origin.rule for origin in explain(page(MARKUP), article).fields}["headline"]


def test_it_is_asked_only_where_it_may_be() -> None:
    assert code_of(MARKUP, last_resort=False) == "no_text"


@installed
def test_a_few_lines_are_no_article() -> None:
    short = MARKUP[: MARKUP.index("<h2>")] + "</article></noscript></body></html>"
    assert code_of(short, last_resort=True) == "no_text"


@installed
def test_comments_that_are_left_alone_are_no_article() -> None:
    words = "Das Licht war früher heller, und das weiß hier jedes Kind am Ufer. " * 9
    said = f"<p>{words}</p><button>Antworten</button>"
    left = "".join(f"<div><b>{name}</b>{said}</div>" for name in ("Quendel", "Ysop"))
    assert code_of(f"<html><body><h1>Der Leuchtturm</h1>{left}</body></html>", last_resort=True) == "no_text"


def test_a_wall_is_a_wall() -> None:
    assert code_of(CONSENT, last_resort=True) == "consent_wall"


def test_our_reader_comes_first() -> None:
    plain = MARKUP.replace("<noscript>", "").replace("</noscript>", "")
    assert read(page(plain), last_resort=True).read_with.startswith("generic/")


@pytest.mark.parametrize(
    ("readers", "may"),
    [
        ((), True),
        (("trafilatura/2.3.1",), True),
        (("trafilatura/2.0.0", "trafilatura/2.3.1"), True),
        (("generic/2",), False),
        (("generic/2", "trafilatura/2.3.1"), False),
        (("tagesschau/2023",), False),
    ],
)
def test_who_may_fall_back(readers: tuple[str, ...], may: bool) -> None:
    assert may_fall_back(readers) is may


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(1) as made:
        yield made


def versions(product: Inside) -> list[tuple[str, str]]:
    found = product.query("SELECT kind, read_with FROM revisions ORDER BY id")
    return [(version["kind"], version["read_with"].partition("/")[0]) for version in found]


@installed
def test_a_history_that_our_reader_began_goes_on_with_it_alone(site: Site, tmp_path: Path) -> None:
    product = Inside(tmp_path, Tagblatt=site.feed)
    product.once()
    site.design = HIDDEN
    site.edit(1)
    product.once()
    assert versions(product) == [("first", "generic")]
    assert product.query("SELECT error_code FROM articles") == [{"error_code": "no_text"}]


@installed
def test_a_history_that_it_began_goes_over_to_our_reader_once_and_says_so(site: Site, tmp_path: Path) -> None:
    site.design = HIDDEN
    product = Inside(tmp_path, Tagblatt=site.feed)
    product.once()
    site.edit(1)
    product.once()
    assert versions(product) == [("first", "trafilatura"), ("changed", "trafilatura")]
    site.design = PAGE
    site.edit(1)
    product.once()
    assert versions(product)[2:] == [("reread", "generic")]
    site.design = HIDDEN
    site.edit(1)
    product.once()
    assert len(versions(product)) == 3
    assert [event["type"] for event in product.events()] == ["article.discovered", "article.changed"]


def test_a_version_that_does_not_stand_counts_too(tmp_path: Path) -> None:
    world = World(tmp_path / "n.db")
    world.poll(URL)
    first = world.due()
    assert world.known(first).read_by == ()
    world.record(first, world.seen(first, read_with="generic/2"))
    world.store.call(lambda con: con.execute("UPDATE articles SET revision_id = NULL"))
    due = world.due()
    assert world.known(due).latest is None
    assert world.known(due).read_by == ("generic/2",)


@installed
def test_kept_pages_are_read_again_by_the_same_rule(site: Site, tmp_path: Path) -> None:
    product = Inside(tmp_path, Tagblatt=site.feed)
    product.once()
    site.design = HIDDEN
    product.once()
    assert product.run("reread", expect=1).stdout == "1 article cannot be read\n"
    assert versions(product) == [("first", "generic")]


@installed
def test_kept_pages_of_its_own_are_read_again(site: Site, tmp_path: Path) -> None:
    site.design = HIDDEN
    product = Inside(tmp_path, Tagblatt=site.feed)
    product.once()
    site.edit(1)
    product.once()
    assert product.run("reread").stdout == "1 article read as before\n"
    assert versions(product) == [("first", "trafilatura"), ("changed", "trafilatura")]
