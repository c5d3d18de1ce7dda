"""Addresses that are none, and questions that mean nothing: a page that says so, whatever is typed."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

import pytest

from tests.web_server import html

if TYPE_CHECKING:
    from datasette.app import Datasette

NUMBERS = (
    "0", "-1", "1.5", "1e3", "9" * 15, "9" * 16, "9" * 400, "abc", "%00", "1%00", "..%2f..", "%20", "%D9%A1", "%ff",
    "1%27", "1.xml", "%3Cb%3E",
)  # fmt: skip
NUMBERED = (
    "/-/article/{}", "/-/article/{}.json", "/-/article/{}.csv", "/-/compare/1/{}", "/-/compare/{}/2.json", "/-/page/{}",
    "/-/outlet/{}", "/-/outlet/{}.json",
)  # fmt: skip
VALUES = (
    "", "%00", "a%00b", "-1", "9" * 30, "2026-13-45", "0000-00-00", "%ff", "%ed%a0%80", "x" * 5000, "%22",
    "2026-11-24T06:00:00.000000%2B00:00~change~" + "9" * 18, "++++++++++++++++++++~presence~1",
)  # fmt: skip
ASKED = ("source", "article", "verdict", "tag", "severity", "words", "since", "until", "before", "q")
LISTS = ("/", "/-/changes.json", "/-/changes.csv", "/-/changes.atom", "/-/search", "/-/search.csv", "/-/article/1")
# What one list is shown as: a question is understood once for all of them.
FORMS = (
    ("/", "/-/changes.json", "/-/changes.csv", "/-/changes.atom"),
    ("/-/search", "/-/search.json", "/-/search.csv"),
    ("/-/article/1", "/-/article/1.json", "/-/article/1.csv"),
)  # fmt: skip
METHODS = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW")
ODD = (
    "/-/article", "/-/article/", "/-/article/1/", "/-/compare/1", "/-/compare/1/2/3", "/-/search/", "/-/changes",
    "/-/article/1?before=x&before=1", "/?source=1&source=2", "/-/search?q=a&q=b", "/-/outlets/1", "/nachtrag/nothing",
    "/nothing", "/?" + "&".join(f"name{number}=1" for number in range(1000)), "/-/changes.atom?source=99",
)  # fmt: skip


async def answered(web: Datasette, address: str, method: str = "GET") -> int:
    """The status; what comes with it has to say something, and may be no failure of ours."""
    answer = await web.client.request(method, address)
    assert answer.status_code < 500, f"{method} {address:.200}: {answer.text[:300]}"
    assert answer.text.strip(), f"{method} {address:.200}: an empty answer"
    return answer.status_code


@pytest.mark.parametrize("form", NUMBERED)
async def test_numbers_that_are_none_are_not_there(web: Datasette, form: str) -> None:
    found = {number: await answered(web, form.format(number)) for number in NUMBERS}
    assert set(found.values()) <= {400, 404}, found


@pytest.mark.parametrize(("forms", "turn"), [(forms, turn) for forms in FORMS for turn in range(len(forms))])
async def test_questions_that_mean_nothing_are_answered(web: Datasette, forms: tuple[str, ...], turn: int) -> None:
    """Each list is asked everything, each of its forms every name and every value: they take turns."""
    asked = islice(product(ASKED, VALUES), turn, None, len(forms))
    assert {await answered(web, f"{forms[turn]}?{name}={value}") for name, value in asked} <= {200, 400, 404}


@pytest.mark.parametrize("address", ODD)
async def test_odd_addresses_are_answered(web: Datasette, address: str) -> None:
    await answered(web, address)


@pytest.mark.parametrize("address", ["/nix", "/nachtrag/nix", "/nix/nix/1", "/-/nix"])
async def test_where_nothing_is_stands_a_page_of_ours(web: Datasette, address: str) -> None:
    page = await html(web, f"{address}?lang=de", 404)
    assert "Keine Seite hat diese Adresse" in page
    assert '<html lang="de">' in page
    assert 'href="/-/search?lang=de"' in page
    told = await web.client.get(f"{address}.json")
    assert (told.status_code, told.json()["ok"]) == (404, False)


@pytest.mark.parametrize("method", METHODS)
async def test_other_methods_are_answered(web: Datasette, method: str) -> None:
    for address in (*LISTS, "/-/compare/1/2", "/-/page/1", "/-/outlet/2.json"):
        await answered(web, address, method)


@pytest.mark.parametrize(
    "address", ["/-/article/abc", "/-/compare/1", "/-/outlet/x.json", "/-/search/", "/-/changes.xml"]
)
async def test_an_address_that_is_none_is_helped(web: Datasette, address: str) -> None:
    answer = await web.client.get(address)
    assert answer.status_code == 404
    assert "No page has this address." in answer.text
    assert 'href="/-/search"' in answer.text
