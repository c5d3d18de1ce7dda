"""Knowing when we do not know: a redesign tells nobody anything false, and those who run it one thing."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from tests.product import Inside, Product
from tests.site import EMPTIED, PAGE, REDESIGNED, Site
from tests.web_server import html, plain, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

STORIES = 8


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(STORIES) as made:
        yield made


@pytest.fixture
def product(site: Site, tmp_path: Path) -> Product:
    made = Inside(tmp_path, Tagblatt=site.feed)
    made.once()
    made.once()
    return made


def operations(product: Product) -> list[dict[str, Any]]:
    lines = product.run("events", "--json", "--operations").stdout.splitlines()
    return [event for event in map(json.loads, lines) if event["type"].startswith("operations.")]


def web(product: Product, address: str) -> str:
    """A page of Datasette, without its tags."""
    with serving(product.folder / "n.db") as datasette:
        return plain(asyncio.run(html(datasette, address)))


def verdicts(product: Product) -> list[str]:
    return [event["verdict"] for event in product.events()[STORIES:]]


def test_a_redesign_is_told_once_to_those_who_run_it_and_to_nobody_else(site: Site, product: Product) -> None:
    site.design = REDESIGNED
    product.once()
    site.edit(3)
    product.once()
    assert verdicts(product) == []
    (event,) = operations(product)
    assert event["type"] == "operations.drift"
    assert "5 of 5 articles" in event["message"]
    assert event["values"] == {
        "host": event["url"], "odd": 5, "looked": 5, "since": event["values"]["since"], "lost": {"stand": 5},
        "holds": True,
    }  # fmt: skip
    assert "stand: 5" in event["message"]
    (drifting,) = product.status()["drifting_sites"]
    assert drifting["host"] == site.url.removeprefix("http://")
    assert drifting["held"] == STORIES
    assert "sites that are not read as before" in product.run("status").stdout
    assert "unreadable" in product.run("history", f"{site.url}/artikel/1.html").stdout
    page = web(product, "/-/status")
    assert "Sites that are not read as before" in page
    assert f"held, with {STORIES} articles" in page


def test_texts_that_are_not_found_any_more_are_told_once_for_the_whole_site(site: Site, product: Product) -> None:
    site.design = EMPTIED
    for _ in range(4):
        product.once()
    assert verdicts(product) == []
    (event,) = operations(product)
    assert "page: 5" in event["message"]
    site.design = PAGE
    product.once()
    assert verdicts(product) == []
    assert product.status()["drifting_sites"] == []


def test_it_ends_by_itself_when_the_pages_are_read_well_again(site: Site, product: Product) -> None:
    site.design = REDESIGNED
    product.once()
    site.edit(3)
    site.design = PAGE
    product.once()
    assert verdicts(product) == ["announced"]
    assert product.status()["drifting_sites"] == []
    assert len(operations(product)) == 1
    assert product.run("verify").stdout.startswith("ok:")
    product.once()
    assert verdicts(product) == ["announced"]


def test_it_ends_where_few_are_followed_any_more(site: Site, product: Product) -> None:
    site.design = REDESIGNED
    product.once()
    for number in range(1, STORIES - 1):
        product.run("pause", f"{site.url}/artikel/{number}.html")
    site.design = PAGE
    product.once()
    assert product.status()["drifting_sites"] == []


def test_one_article_that_lost_much_is_told_in_the_same_pass(site: Site, product: Product) -> None:
    story = site.stories[2]
    story.design = REDESIGNED
    product.once()
    assert verdicts(product) == ["unstamped"]
    assert operations(product) == []
    assert product.status()["drifting_sites"] == []


def test_a_new_article_of_a_site_that_drifts_is_told_when_it_can_be_read(site: Site, product: Product) -> None:
    site.design = REDESIGNED
    product.once()
    site.add()
    product.once()
    assert verdicts(product) == []
    site.design = PAGE
    product.once()
    assert verdicts(product) == ["discovered"]
    assert product.run("verify").stdout.startswith("ok:")


def test_articles_that_are_missing_all_at_once_are_not_called_removed(site: Site, product: Product) -> None:
    for story in site.stories.values():
        story.missing = True
    for _ in range(3):
        product.once()
    assert verdicts(product) == []
    assert len(operations(product)) == 1
    for story in site.stories.values():
        story.missing = False
    product.once()
    assert verdicts(product) == []
    assert product.status()["drifting_sites"] == []


def test_the_rates_of_a_site_are_kept_by_reader(site: Site, product: Product) -> None:
    found = product.query("SELECT * FROM site_readings")
    assert [(row["articles"], row["headline"], row["stand"], row["body"], row["comments"]) for row in found] == [
        (STORIES, 100, 100, 100, 0)
    ]
    assert 200 < found[0]["median_length"] < 400
