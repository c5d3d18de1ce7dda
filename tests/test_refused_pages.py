"""Pages that are no articles are refused with the right code; those that may be less than whole get a warning."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import ReadError
from scraper.page import Page
from scraper.read import MAX_WORDS, read

if TYPE_CHECKING:
    from scraper.article import Article

DATA = Path(__file__).parent / "data"
TEXT = (DATA / "snippets" / "text.html").read_text("utf-8")
SEEN = datetime(2025, 5, 15, 12, 0, tzinfo=UTC)
URL = "https://blatt.example/1"
WHOLE = f"<html><head><title>Turm</title></head><body><h1>Größe „10 €“</h1>{TEXT}</body></html>"


def cases(name: str) -> list[Any]:
    loaded: list[dict[str, str]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in loaded]


def article(body: bytes, content_type: str = "text/html", url: str = URL, asked: str = "") -> Article:
    redirects = ((302, asked),) if asked else ()
    return read(Page(url, 200, (("content-type", content_type),), body, SEEN, redirects=redirects))


def of_case(case: dict[str, str]) -> Article:
    body = case["body"].replace("{text}", TEXT).encode()
    return article(body, url=case.get("url", URL), asked=case.get("asked", ""))


@pytest.mark.parametrize("case", cases("refused"))
def test_refused(case: dict[str, str]) -> None:
    with pytest.raises(ReadError) as caught:
        of_case(case)
    assert caught.value.code == case["code"]
    assert case.get("says", case.get("url", URL)) in caught.value.message
    assert not re.search(r"['\"„“]", caught.value.message)  # it is shown where no texts are: no word of the page


def test_a_text_that_is_longer_than_any_is_refused() -> None:
    body = WHOLE.replace("</body>", f"<p>{'Turm ' * MAX_WORDS}</p></body>").encode()
    with pytest.raises(ReadError, match=f"{MAX_WORDS:,} words") as caught:
        article(body)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("case", cases("suspect"))
def test_warnings(case: dict[str, str]) -> None:
    found = of_case(case)
    assert found.warning == case["warning"]
    assert len(found.blocks) >= 3


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf"),
        (b"%PDF-1.7\n1 0 obj <p>", "text/html"),
        (b"\x89PNG\r\n\x1a\n", "text/html"),
        (b"<html><p>says that it is a picture", "image/jpeg"),
        (b"\0" * 100 + b"<p>", ""),
    ],
)
def test_bytes_that_are_no_text(body: bytes, content_type: str) -> None:
    with pytest.raises(ReadError) as caught:
        article(body, content_type)
    assert caught.value.code == "binary"
    assert (content_type or "binary data") in caught.value.message


@pytest.mark.parametrize(
    "markup",
    [
        WHOLE.replace("<h1>", "<div>" * 3200 + "<h1>"),
        "<div>" * 3200 + WHOLE.replace("</body></html>", ""),
        "<b>" * 3200 + "<p>ohne Ende",
        "<div><svg><title>" * 2000 + "<p>ohne Ende",
        "</b><i/><textarea></div></textarea><div class='>'><!-- </div> --></span>" * 3200,
        WHOLE.replace("<h1>", f"<h1 {'a=1 ' * 6000}>"),
        f"<p {' a' * 6000}>" + TEXT,
        "<table><tr><td></div><div>" * 3200,
        "<p>x" * 250_001,
    ],
)
def test_what_would_take_for_ever_is_refused(markup: str) -> None:
    with pytest.raises(
        ReadError, match="more than 3000 elements inside each other, 5000 attributes on one tag or 250000 tags"
    ):
        article(markup.encode())


@pytest.mark.parametrize(
    "padding",
    [
        "<div></div>" * 3200,
        "<p>" * 3200,
        "<ul><li>ein Punkt<li>noch einer</ul>" * 3200,
        "<b>fett</b><img src='/a.png'>" * 3200,
        "<svg><path/></svg><script>if (a<b) '<div>'</script>" * 3200,
        "<div><b></section></b></div>" * 3200,
        "<STYLE>p { color: red }</STYLE>" * 3200,
        f"<p title='{'lang ' * 6000}'></p>",
    ],
)
@pytest.mark.parametrize("end", ["</body></html>", "</html> <!-- fertig -->", "</body>und noch ein Wort", ""])
def test_wide_pages_are_not_deep(padding: str, end: str) -> None:
    found = article(f"<title>Turm</title><h1>Ein Turm, der wieder leuchtet</h1>{TEXT}{padding}{end}".encode())
    assert found.headline == "Ein Turm, der wieder leuchtet"
    assert found.warning == ""


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", "text/html; charset=utf-8"),
        ("utf-8", "text/html"),
        ("utf-8-sig", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html; charset=windows-1252"),
        ("cp1252", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html"),
        ("utf-16", "text/html"),
        ("utf-16-le", "text/html; charset=utf-16"),
        ("utf-16-be", "text/html; charset=utf-16be"),
    ],
)
def test_encodings(encoding: str, content_type: str) -> None:
    found = article(WHOLE.encode(encoding), content_type)
    assert found.headline == "Größe „10 €“"
    assert found.blocks[0].text.endswith("die Fischer klagen darüber.")


PIECES = st.sampled_from((
    "<h1>", "</h1>", "Ein neues Licht für den Turm", TEXT, "<p>", "</p>", "<br><br>", "<article>", "</article>",
    "<div class=comments>", "</div>", "<h2>3 Kommentare</h2>", "<p>Möwe, 03.03.2024 09:15 Uhr</p>", "<table><tr><td>",
    "</table>", "<ul><li>", "</ul>", "<blockquote>", "<figure><img src=/a.jpg><figcaption>", "</figure>", "<a href=/x>",
    "</a>", "<img src='http://[' alt='a | b'>", "<aside>", "</aside>", "<p>Stand: 31.02.2024, 24:61 Uhr</p>", "<b>",
    '<script type="application/ld+json">', '{"@type": "NewsArticle", "headline": "', '"}', "[[[[", "</script>", "<!--",
    "-->", "<svg>", "<template>", "&#0;", "&#xd800;", "\0", "<title>", "</title>", "<meta name=date content=heute>",
    "<p>Über dieses Thema berichtete:</p>", "<link rel=canonical href='//'>", "<frameset>", "<base href='http://['>",
    "<html lang=x-klingon>", "</body>", "<div>", "<input type=password>", "<p>Aktualisiert</p>", "12 Kommentare",
))  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from((URL, "https://www.tagesschau.de/a-101.html")))
def test_whatever_comes_is_read_or_refused(markup: str, url: str) -> None:
    try:
        found = article(markup.encode(), url=url)
    except ReadError as error:
        refusal = error
    else:
        assert found.headline.strip()
        assert found.blocks or found.standfirst
        for text in (found.headline, found.standfirst, *(block.text for block in found.blocks)):
            assert text == text.strip(" \n")
        return
    assert url in refusal.message
