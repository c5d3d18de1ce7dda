"""Feeds of every format: what is read, what is skipped, and what is refused with which words."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import FeedError
from scraper.feeds.entry import Feed, FeedEntry
from scraper.feeds.parse import parse
from tests.articles import without_clocks

DATA = Path(__file__).parent / "data" / "feeds"
URL = "https://feeds.example/f/feed"
SMALL = (
    "<rss version='2.0'><channel><title>Tagesbote</title><item><title>{}</title><link>/1</link></item></channel></rss>"
)


def cases(name: str) -> list[Any]:
    loaded: list[dict[str, Any]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["file"]) for case in loaded]


def outcome(body: bytes, content_type: str = "", url: str = URL) -> Feed | None:
    """The feed, or None if it was refused; anything else that is raised is a crash."""
    try:
        return parse(body, content_type, url)
    except FeedError as error:
        refusal = error
    assert refusal.code in ("empty", "not_a_feed", "broken")
    assert refusal.message.startswith(url)
    return None


@pytest.mark.parametrize("case", cases("feeds"))
def test_feeds(case: dict[str, Any]) -> None:
    entries = tuple(
        FeedEntry(entry["url"], entry["title"], entry.get("published"), entry.get("updated"))
        for entry in case["entries"]
    )
    expected = Feed(
        case["format"], case.get("title", ""), entries, case.get("skipped", 0), case.get("truncated", False),
        topic=case.get("topic", ""),
    )  # fmt: skip
    assert without_clocks(parse((DATA / case["file"]).read_bytes(), "", URL)) == expected


@pytest.mark.parametrize("case", cases("refused"))
def test_refused(case: dict[str, str]) -> None:
    with pytest.raises(FeedError) as caught:
        parse((DATA / case["file"]).read_bytes(), "application/rss+xml", URL)
    assert caught.value.code == case["code"]
    assert caught.value.message.startswith(URL)
    assert case["says"] in caught.value.message


@pytest.mark.parametrize("root", ["urlset", "sitemapindex", "sm:urlset"])
def test_a_sitemap_in_place_of_a_feed_is_called_one(root: str) -> None:
    with pytest.raises(FeedError, match=rf"this is a sitemap \(<{root}>\): name it with `sitemap` instead"):
        parse(f"<?xml version='1.0'?><{root} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>".encode(), "", URL)


def test_json_that_is_too_deep() -> None:
    deep = '{"version": "https://jsonfeed.org/version/1.1", "items": [' + '{"a": ' * 100_000
    with pytest.raises(FeedError, match="no whole JSON"):
        parse(deep.encode(), "", URL)


@pytest.mark.parametrize(
    ("encoding", "content_type", "declared"),
    [
        ("utf-8", "", ""),
        ("utf-8", "text/xml; charset=iso-8859-1", ""),
        ("utf-8-sig", "", ""),
        ("utf-16", "", "utf-16"),
        ("utf-16-le", "", "utf-16"),
        ("utf-16-be", "", "utf-16"),
        ("utf-32", "", "utf-32"),
        ("utf-32-le", "", "utf-32"),
        ("utf-32-be", "", "utf-32"),
        ("cp1252", "", "iso-8859-1"),
        ("cp1252", "text/xml; charset=windows-1252", ""),
        ("cp1252", "text/xml; charset=unheard-of", "unheard-of"),
        ("utf-8", "text/xml; charset=utf-7", "unicode_escape"),
        ("utf-8", 'text/xml; charset="', ""),
    ],
)
def test_encodings(encoding: str, content_type: str, declared: str) -> None:
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = (declaration + SMALL.format("Größe „10 €“")).encode(encoding)
    assert parse(body, content_type, URL).entries[0].title == "Größe „10 €“"


def test_japanese_that_looks_like_ascii() -> None:
    body = ("<?xml version='1.0' encoding='iso-2022-jp'?>" + SMALL.format("東京")).encode("iso-2022-jp")
    assert parse(body, "", URL).entries[0].title == "東京"


def test_encodings_of_python_hide_nothing() -> None:
    """Read as UTF-7, this would declare entities that no search for "<!ENTITY" finds."""
    bomb = '<?xml version="1.0" encoding="utf-7"?>+ADw-+ACE-DOCTYPE rss +AFs-+ADw-+ACE-ENTITY a "b"+AD4-+AF0-+AD4-'
    feed = outcome((bomb + SMALL.format("&a;")).encode())
    assert feed is not None
    assert feed.entries[0].title == "&a;"


def test_a_path_or_an_address_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text(SMALL.format("secret"), "utf-8")
    for body in (str(secret), secret.as_uri(), "http://127.0.0.1:9/feed"):
        assert outcome(body.encode()) is None


def test_titles_are_bounded_lines() -> None:
    feed = parse(SMALL.format("<![CDATA[" + "Wort " * 100_000 + "]]>").encode(), "", URL)
    assert len(feed.entries[0].title) == 499
    feed = parse(SMALL.format("<![CDATA[A\0B<!-- never closed]]>").encode(), "", URL)
    assert feed.entries[0].title == "A\ufffdB"


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<b>Eil:</b> Rat tagt<br/>heute", "Eil: Rat tagt heute"),
        ("Was war eigentlich <blink>?", "Was war eigentlich <blink>?"),
        ("Was war eigentlich <b>los</b>, fragt <wer>?", "Was war eigentlich los, fragt ?"),
        ("Rat tagt<br>heute", "Rat tagt heute"),
        ("<o:p>Brücke gesperrt <x-mark nr='1'>ab heute", "Brücke gesperrt ab heute"),
        ("<img alt='Bild<br />Text' src='/a.png'>Markt wird umgebaut", "Markt wird umgebaut"),
        ("<a title=Peter's>Peter's Laden</a> schließt", "Peter's Laden schließt"),
        ("3 < 4 und b > a", "3 < 4 und b > a"),
    ],
)
def test_what_is_a_tag_in_a_title(markup: str, title: str) -> None:
    assert parse(SMALL.format(f"<![CDATA[{markup}]]>").encode(), "", URL).entries[0].title == title


def test_no_entry_is_left_out_of_a_large_feed() -> None:
    """10 MB, with whole articles in it; and what is left of it when it breaks off."""
    text = "Ein Absatz, der nicht viel sagt. " * 550
    item = "<item><title>Nr. {0}</title><link>https://tagesbote.example/{0}</link><description>{1}</description></item>"
    items = "".join(item.format(number, text) for number in range(600))
    body = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    assert len(body) > 10_000_000
    whole, cut = parse(body, "", URL), parse(body[:-10_000], "", URL)
    assert [entry.title for entry in whole.entries] == [f"Nr. {number}" for number in range(600)]
    assert cut.truncated
    assert cut.entries == whole.entries[:599]


def test_a_quadratic_bomb_is_refused_before_anybody_reads_it() -> None:
    body = '<!DOCTYPE rss [<!ENTITY a "' + "b" * 50_000 + '">]>' + SMALL.format("&a;" * 50_000)
    with pytest.raises(FeedError, match="entities of its own"):
        parse(body.encode(), "", URL)


def test_a_feed_without_the_beginning_of_an_entry_is_not_walked() -> None:
    """feedparser took a minute and half a gigabyte for it."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        with pytest.raises(FeedError, match="breaks off before its first entry"):
            parse(b"<rss version='2.0'><channel>" + b"<a>" * 20_000, "", URL)
    finally:
        sys.setprofile(None)
    assert calls < 2_000


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<rss><channel>" + "<item/>" * 20_001, "more than 20000 entries"),
        ("<a:feed>" + "<a:entry>" * 20_001, "more than 20000 entries"),
        (
            '{"version": "https://jsonfeed.org/version/1", "items": [1' + ", 1" * 20_000 + "]}",
            "more than 20000 entries",
        ),
        ("<rss><channel><item><title>" + "<b>" * 500_000, "more than 500000 tags"),
        (
            "<rss><größe " + " ".join(f"a{number}='>'" for number in range(1_001)) + "/></rss>",
            "more than 1000 attributes",
        ),
    ],
    ids=["items", "entries", "JSON", "tags", "attributes"],
)
def test_what_takes_for_ever_to_read_is_refused_at_once(body: str, says: str) -> None:
    with pytest.raises(FeedError, match=says) as caught:
        parse(body.encode(), "", URL)
    assert caught.value.code == "too_large"


PIECES = st.sampled_from((
    "<rss version='2.0'>", "<channel>", "<item>", "</item>", "</channel>", "</rss>", "<title>", "</title>", "<link>",
    "</link>", "http://[", "https://a.example/1", "//", "<![CDATA[", "]]>", "<!--", "-->", "&", "&#x110000;", "<guid>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "</feed>", "\0", "[", "&#xd800;", "</guid>",
    "<link href='http://[::'/>", "<category>", "</category>", "<!DOCTYPE x [", "]>", "<!ENTITY a 'b'>", "<pubDate>",
    '"items": [', '"url": "', '"', "}", "31.02.2024", "<?xml version='1.0'?>", " ", "&#9999999;", "<html>", "{",
))  # fmt: skip


@given(st.one_of(st.binary(), st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode())), st.text())
def test_whatever_comes_is_read_or_refused(body: bytes, content_type: str) -> None:
    feed = outcome(body, content_type)
    for entry in feed.entries if feed else ():
        assert entry.url.startswith(("http://", "https://"))
        assert "<script" not in entry.title
