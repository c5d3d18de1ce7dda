"""`nachtrag look`: what it says of pages that cannot be read, and of what a page has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site import PAGE, Site
from tests.verbs import run_verb

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://zeitung.example/11.html"


@pytest.mark.parametrize(
    ("content", "verb"),
    [
        (None, ["look"]),
        (None, ["look", "--url", URL]),
        (b" ", ["look", "--url", URL]),
    ],
)
def test_a_fault_names_its_target_once(tmp_path: Path, content: bytes | None, verb: list[str]) -> None:
    path = tmp_path / "seite.html"
    if content is not None:
        path.write_bytes(content)
    said = run_verb(*verb, path).stdout
    assert said.startswith(f"{path}: ")
    assert said.count(str(path)) == 1


def test_an_address_is_named_once() -> None:
    with Site(0) as site:
        address = f"{site.url}/artikel/11.html"
        said = run_verb("look", "--allow-private", "127.0.0.0/8", address).stdout
    assert said == f"{address}: the server says 404 [http_404]\n"


def test_a_page_without_a_comment_count_says_so(tmp_path: Path) -> None:
    path = tmp_path / "seite.html"
    path.write_text(PAGE.format(headline="Brücke gesperrt", url=URL, stand="01.11.2026 08:00", version=1), "utf-8")
    said = run_verb("look", "--url", URL, path).stdout
    assert "; no comment count\n" in said
    assert "None" not in said


def test_what_a_page_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "seite.html"
    headline = "Brücke \x1b[2J\x1b]0;fort\x07 \u202egesperrt"
    path.write_text(PAGE.format(headline=headline, url=URL, stand="01.11.2026 08:00", version=1), "utf-8")
    said = run_verb("look", "--explain", "--url", URL, path).stdout
    assert "gesperrt" in said
    assert not set(said) & set("\x1b\x07\u202e")
