"""Web addresses: the one form in which we know them, and a page's claims about itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.urls import MAX_LENGTH, canonical, host_key, identity, is_front_page, is_under, join

DATA = Path(__file__).parent / "data" / "urls"


def cases(name: str) -> list[Any]:
    loaded: list[dict[str, str]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["why"]) for case in loaded]


@pytest.mark.parametrize("case", cases("canonical"))
def test_canonical(case: dict[str, str]) -> None:
    known = canonical(case["url"])
    assert known == case.get("known")
    assert known is None or canonical(known) == known


@pytest.mark.parametrize("case", cases("identity"))
def test_identity(case: dict[str, str]) -> None:
    assert identity(case["page"], case.get("link", ""), case.get("og", "")) == case["known"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://zeitung.example", True),
        ("https://zeitung.example/", True),
        ("https://zeitung.example/#top", True),
        ("https://zeitung.example/?utm_source=rss", True),
        ("https://zeitung.example/index.html", True),
        ("https://zeitung.example/index.php", True),
        ("https://zeitung.example/de", True),
        ("https://zeitung.example/de/", True),
        ("https://zeitung.example/de/index.html", True),
        ("https://zeitung.example/?p=17", False),
        ("https://zeitung.example/index.html/a", False),
        ("https://zeitung.example/politik", False),
        ("https://zeitung.example/17", False),
        ("https://zeitung.example/eu", False),
        ("https://zeitung.example/deindex.html", False),
        ("https://zeitung.example/de/a", False),
        ("no address", False),
        ("", False),
    ],
)
def test_front_pages(url: str, expected: bool) -> None:
    assert is_front_page(url) is expected


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://WWW.Zeitung.example/a", "www.zeitung.example"),
        ("https://zeitung.example:443/", "zeitung.example"),
        ("http://zeitung.example:80/", "zeitung.example"),
        ("http://zeitung.example:443/", "zeitung.example:443"),
        ("http://127.0.0.1:8901/ok", "127.0.0.1:8901"),
        ("http://[::1]:81/", "[::1]:81"),
        ("https://müller.example/", "xn--mller-kva.example"),
    ],
)
def test_host_keys(url: str, key: str) -> None:
    assert host_key(url) == key


@pytest.mark.parametrize(
    ("host", "wanted", "under"),
    [
        ("blatt.example", "blatt.example", True),
        ("www.blatt.example:8080", "blatt.example", True),
        ("www.blatt.example:8080", "blatt.example.", True),
        ("www.blatt.example:8080", "www.blatt.example:8080", True),
        ("www.blatt.example", "www.blatt.example:8080", False),
        ("beiblatt.example", "blatt.example", False),
        ("[::1]:8080", "[::1]", True),
    ],
)
def test_a_host_is_named_with_its_port_or_for_all_of_them(host: str, wanted: str, under: bool) -> None:
    assert is_under(host, wanted) is under


@pytest.mark.parametrize("url", ["", "/a", "mailto:a@b.example", "http://a@b.example/"])
def test_what_is_no_web_address_has_no_host(url: str) -> None:
    with pytest.raises(ValueError, match="is no web address; expected http"):
        host_key(url)


@pytest.mark.parametrize(
    ("base", "link", "expected"),
    [
        ("https://zeitung.example/politik/a.html", "b.html?x=1#y", "https://zeitung.example/politik/b.html?x=1#y"),
        ("https://zeitung.example/politik/a.html", "/b", "https://zeitung.example/b"),
        ("https://zeitung.example/politik/a.html", "../b", "https://zeitung.example/b"),
        ("https://zeitung.example/a", "//andere.example/b", "https://andere.example/b"),
        ("https://zeitung.example/a", "http://andere.example", "http://andere.example/"),
        ("https://zeitung.example/a?b", "", "https://zeitung.example/a?b"),
        ("https://zeitung.example/a?b", "?c", "https://zeitung.example/a?c"),
        ("https://zeitung.example/a", "ü \udcff", "https://zeitung.example/%C3%BC%20%EF%BF%BD"),
        ("https://zeitung.example/a", "mailto:x@y.example", None),
        ("https://zeitung.example/a", "javascript:alert(1)", None),
        ("https://zeitung.example/a", "//x@andere.example/", None),
        ("https://zeitung.example/a", "//[", None),
        ("https://zeitung.example/a", "http://" + "a" * 70_000, None),
        ("https://zeitung.example/" + "a" * 5_000 + "/", "b" * 5_000, None),
        ("no address", "https://zeitung.example/", None),
    ],
)
def test_join(base: str, link: str, expected: str | None) -> None:
    assert join(base, link) == expected


def test_addresses_that_are_too_long() -> None:
    start = "https://zeitung.example/"
    assert canonical(start + "a" * (MAX_LENGTH - len(start))) is not None
    assert canonical(start + "a" * (MAX_LENGTH + 1 - len(start))) is None
    # It is the address as it goes out that counts.
    assert canonical(start + "ü" * (MAX_LENGTH // 4)) is None


@given(st.text(), st.text())
def test_no_text_is_too_strange(first: str, second: str) -> None:
    for url in (first, f"http://{first}", f"https://zeitung.example/{first}?{second}#{first}"):
        known = canonical(url)
        assert known is None or (canonical(known) == known and host_key(known))
        is_front_page(url)
        join(url, second)
        assert identity(url, first, second) or not url
