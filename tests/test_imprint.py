"""Pages that come again, each with one thing changed: what bytes alone prove unchanged, and what has to be read."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scraper.imprint import MOST_CHANGED, VERSION, Imprint, Kind, proves, tells_of_article
from scraper.page import Page
from scraper.read import read
from scraper.read.comments.count import WORD, number_alone
from scraper.read.imprinting import imprint_of

PAGE = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><meta name="csrf-token" content="5f2a9c0d1e8b7a64">
<title>Der Damm bei Hafenstadt wird höher | Küstenbote</title>
<link rel="canonical" href="https://kueste.example/damm">
<meta property="article:modified_time" content="2026-11-20T10:05:00+01:00">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Der Damm bei Hafenstadt wird höher"}</script>
<script>window.visit = {"id": "a81f", "at": 1790000000};</script>
<script>window.state = {"commentCount": 12};</script>
<style>.ad-81 { color: red }</style>
</head><body><!-- made in 17 ms by node 3 -->
<nav><a href="/">Start</a> <a href="/wetter">Wetter</a></nav>
<div class="eil"><a href="/eil/1" class="teaser"><img src="/a1.jpg" alt="Ein Boot"><span>Im Hafen liegen seit heute früh
zwölf Boote mehr</span></a></div>
<article><h1>Der Damm bei Hafenstadt wird höher</h1>
<p class="stand">Stand: 20.11.2026 10:05 Uhr</p>
<p>Der Damm bei Hafenstadt soll im kommenden Jahr um zwei Meter höher werden. Das hat die Gemeinde am Freitag
beschlossen, nachdem sie lange darüber gestritten hatte.</p>
<p>Die Arbeiten sollen im Frühjahr beginnen und <a href="/geld">rund vier Millionen kosten</a>. Davon zahlt das Land
die Hälfte, den Rest bringen die Anwohner der drei Straßen am Wasser auf.</p>
<script>track("b77c");</script>
<div class="ad" id="slot-1234567" data-slot-id="9f8e7d6c"></div>
<p>Wer dagegen ist, kann bis zum Jahresende Einspruch erheben. Die Pläne liegen im Rathaus aus und können dort an jedem
Werktag eingesehen werden.</p></article>
<p class="talk"><a href="#c">12 Kommentare</a></p>
<aside><h3>Mehr von der Küste</h3><ul>
<li><a href="/x/1" class="teaser"><img src="/1.jpg" alt="Möwe"><b>Die Möwen kehren früher zurück als sonst</b></a></li>
<li><a href="/x/2" class="teaser"><img src="/2.jpg" alt="Fähre"><b>Eine neue Fähre fährt nach Sandinsel</b></a></li>
</ul></aside>
<a href="/autor/anna" rel="author">Anna Beispiel aus Hafenstadt am Meer</a>
<script nonce="kX82hf/+aa91">go();</script>
</body></html>"""

# What moves by itself on pages.
NOISE = {
    "a secret": ("5f2a9c0d1e8b7a64", "00aa11bb22cc33dd"),
    "what a script is told of the visit": ('{"id": "a81f", "at": 1790000000}', '{"id": "7", "at": 17, "n": [1]}'),
    "a script in the text": ('track("b77c")', 'track("a0", "b1")'),
    "a style": (".ad-81 { color: red }", ".ad-9 { color: blue; top: 0 }"),
    "a remark": ("made in 17 ms by node 3", "made in 4 ms by node 11"),
    "a nonce": ("kX82hf/+aa91", "Zz93+/bb17aa"),
    "the id of an advertisement": ("slot-1234567", "slot-7654321"),
    "the data of an advertisement": ("9f8e7d6c", "00112233"),
    "a teaser's title": ("Die Möwen kehren früher zurück als sonst", "Ein Wal wurde vor der Sandbank gesehen"),
    "a teaser's picture": ('src="/1.jpg" alt="Möwe"', 'src="/77.jpg" alt="Ein Wal"'),
    "a teaser's aim": ('href="/x/1"', 'href="https://wal.example/y?a=7"'),
    "a teaser over the headline": ("zwölf Boote mehr", "dreizehn Boote und ein Floß"),
}  # fmt: skip
# What is of the article, may be, or tears the page apart.
EDITS = {
    "a word": ("zwei Meter", "drei Meter"),
    "the headline": ("<h1>Der Damm", "<h1>Ein Damm"),
    "the title": ("<title>Der Damm", "<title>Ein Damm"),
    "the Stand": ("20.11.2026 10:05 Uhr", "20.11.2026 10:06 Uhr"),
    "a stamp for machines": ("2026-11-20T10:05:00", "2026-11-20T10:07:00"),
    "linked data": ('"@type":"NewsArticle"', '"@type":"NewsArticle","dateModified":"2026-11-20T10:07:00Z"'),
    "the language": ('lang="de"', 'lang="en"'),
    "the canonical address": ("kueste.example/damm", "kueste.example/deich"),
    "a link in the text": ("rund vier Millionen kosten", "rund fünf Millionen kosten"),
    "another paragraph at the end": ("werden.</p></article>", "werden.</p><p>Das ist neu und steht da.</p></article>"),
    "a paragraph behind the article": ("<aside>", "<p>Nachtrag: Es sind drei Meter.</p><aside>"),
    "the number of comments": ("12 Kommentare", "13 Kommentare"),
    "the number of comments in a script": ('"commentCount": 12', '"commentCount": 13'),
    "a script that now tells of comments": ('"at": 1790000000', '"commentCount": 3'),
    "the author": ("Anna Beispiel aus", "Ben Beispiel aus"),
    "a heading of teasers": ("Mehr von der Küste", "Korrektur: Es sind drei Meter"),
    "a class": ('<p class="stand">', '<p class="datum">'),
    "a teaser more": ("</ul></aside>", '<li><a href="/x/3" class="teaser">Neu im Hafen</a></li></ul></aside>'),
    "a stamp in a teaser": ("zwölf Boote mehr", "Stand: 20.11.2026 11:00 Uhr"),
    "a time in a teaser": ("Die Möwen kehren früher zurück als sonst", "Um 11:30 kehren die Möwen wieder zurück"),
    "a number of comments in a teaser": ("Eine neue Fähre fährt nach Sandinsel", "Zur neuen Fähre: 17 Kommentare"),
    "a wall in words of its own": ("Eine neue Fähre fährt nach Sandinsel", "Dieser Inhalt ist exklusiv für Mitglieder"),
    "a wall in a teaser": ("Eine neue Fähre fährt nach Sandinsel", "Jetzt weiterlesen mit einem Abonnement"),
    "the headline in a teaser": ("Eine neue Fähre fährt nach Sandinsel", "Der Damm bei Hafenstadt wird höher"),
    "a tag in a teaser": ("<b>Die Möwen kehren", "<b><i>Die</i> Möwen kehren"),
    "a teaser that was emptied": ("<b>Die Möwen kehren früher zurück als sonst</b>", "<b> </b>"),
    "a teaser that swallows the page": ("kehren früher zurück", "kehren <!-- früher zurück"),
    "a script that hides its end": ('"a81f"', '"<!-- <script>"'),
    "a script that ends early": ('"a81f"', '"</SCRIPT><p>Es sind drei Meter.</p>"'),
    "a remark that ends early": ("<!-- made", "<!--> made"),
    "a remark that browsers end early": ("made in 17 ms", "x --!> <p>Es sind drei Meter"),
    "a style that ends early": ("color: red", "color: red } </STYLE><p>Es sind drei Meter.</p><style> { top: 0"),
    "an id that is another tag": ("slot-1234567", 'slot-1234567"><p>Es sind drei Meter.</p><i id="1'),
}  # fmt: skip

# Said by a link, of the article.
SAID = (
    '<a href="/x/1" aria-label="12 Meinungen"><b>Die Möwen kehren früher zurück</b></a>',
    '<a href="/damm#forum">12</a>',
    '<a href="/x/1">12 M&#101;inungen zu diesem Artikel</a>',
    '<a href="/x/1">Die Möwen kehren früher zurück</a><a href="/x/2">Unser früherer Bericht war falsch</a>',
    '<a href="/x/1">Geändert am Freitag um zehn</a>',
    '<a href="/x/1">Dieser Text wurde nach der Veröffentlichung überarbeitet</a>',
    '<a href="/x/1">In der ersten Fassung stand eine andere Zahl</a>',
    '<a href="/x/1">Diese Meldung wurde zurückgezogen</a>',
    '<a href="/x/1">Rectificatif : la digue est plus basse</a>',
    '<a href="/x/1">Mis à jour hier soir</a>',
    '<a href="/x/1">Publié le 12 février</a>',
    '<a href="/x/1">Actualizado por la tarde</a>',
    '<a href="/x/1">El 12 de enero por la tarde</a>',
    '<a href="/x/1">Aggiornato ieri sera</a>',
    '<a href="/x/1">Bijgewerkt door de redactie</a>',
    '<a href="/x/1">Erratum: the dam is lower</a>',
)
# Fields that a reader may look for, whatever else stands in them.
FIELDS = (
    '<meta name="article:modified_time" content="{}" data-request-id="7">',
    '<meta property="article:modified_time" class="nonce" content="{}">',
    '<meta property="article:modified_time" name="csrf-token" content="{}">',
    '<meta itemprop="dateModified" name="csrf-token" content="{}">',
    """<meta name="date" data-was=' name="csrf-token"' content="{}">""",
    '<meta name="annonce" content="{}">',
    '<meta name="article:token" content="{}">',
)
SECRETS = ("csrf-token", "_csrf", "csrfToken", "__RequestVerificationToken", "authenticity_token", "request-id")


def page(markup: str = PAGE) -> Page:
    headers = (("content-type", "text/html; charset=utf-8"),)
    return Page("https://kueste.example/damm", 200, headers, markup.encode(), datetime(2026, 11, 20, 12, tzinfo=UTC))


def made(first: Page) -> tuple[Imprint, str]:
    article = read(first)
    imprint = imprint_of(first, article)
    assert imprint is not None
    return imprint, article.read_with


def changed(old: str, new: str) -> Page:
    assert PAGE.count(old) == 1
    return page(PAGE.replace(old, new))


@pytest.mark.parametrize(("old", "new"), NOISE.values(), ids=NOISE)
def test_what_moves_by_itself_needs_no_reading(old: str, new: str) -> None:
    imprint, read_with = made(page())
    assert proves(imprint, changed(old, new), read_with)
    assert read(changed(old, new)) == read(page())


def test_all_of_it_may_move_at_once() -> None:
    imprint, read_with = made(page())
    markup = PAGE
    for old, new in NOISE.values():
        markup = markup.replace(old, new)
    assert proves(imprint, page(markup), read_with)


@pytest.mark.parametrize(("old", "new"), EDITS.values(), ids=EDITS)
def test_everything_else_is_read(old: str, new: str) -> None:
    imprint, read_with = made(page())
    assert not proves(imprint, changed(old, new), read_with)


@pytest.mark.parametrize("shape", ["12 {}", "{} (12)"])
@pytest.mark.parametrize("one", [r"\1\2", ""], ids=["long", "short"])
def test_every_word_that_the_counter_knows_is_telling(one: str, shape: str) -> None:
    words = re.sub(r"\(\?:(\w+)\)\?|(\w)\?", one, WORD.partition("[- ]?")[2]).removeprefix("(?:").rstrip(")").split("|")
    said = [shape.format(word) for word in words]
    assert len(said) > 10
    assert {number_alone(text) for text in said} == {12}
    assert [text for text in said if not tells_of_article(f'<a href="/x/1">{text}</a>'.encode(), b"")] == []


@pytest.mark.parametrize("link", SAID)
def test_what_a_link_says_of_the_article_is_telling(link: str) -> None:
    assert tells_of_article(link.encode(), b"")


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_a_reader_may_look_for_is_no_secret(field: str) -> None:
    first, then = (
        page(PAGE.replace("</head>", field.format(said) + "</head>"))
        for said in ("2026-11-20T10:05:00+01:00", "2026-11-20T10:07:00+01:00")
    )
    imprint, read_with = made(first)
    assert not proves(imprint, then, read_with)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_one_by_its_name(name: str) -> None:
    first, then = (page(PAGE.replace("csrf-token", name).replace("5f2a9c", said)) for said in ("5f2a9c", "00aa11"))
    imprint, read_with = made(first)
    assert proves(imprint, then, read_with)


def test_the_same_bytes_that_came_otherwise_are_read() -> None:
    imprint, read_with = made(page())
    assert proves(imprint, page(), read_with)
    assert not proves(imprint, page(), "generic/0")
    assert not proves(imprint, replace(page(), url="https://kueste.example/deich"), read_with)
    assert not proves(imprint, replace(page(), status=203), read_with)
    assert not proves(imprint, replace(page(), redirects=((301, "https://kueste.example/alt"),)), read_with)
    assert not proves(imprint, replace(page(), headers=(("content-type", "text/html; charset=latin-1"),)), read_with)


def test_bytes_that_are_no_utf_8_make_another_page_of_it() -> None:
    imprint, read_with = made(page())
    broken = page().body.replace("Die Möwen".encode(), b"Die M\xf6wen")
    assert not proves(imprint, replace(page(), body=broken), read_with)


def test_a_page_that_ends_in_the_middle_is_read() -> None:
    imprint, read_with = made(page())
    body = page().body
    assert not any(proves(imprint, replace(page(), body=body[:end]), read_with) for end in range(0, len(body), 37))


def test_more_than_can_be_looked_into_is_read() -> None:
    imprint, read_with = made(page())
    assert not proves(imprint, changed('"a81f"', f'"{"a" * MOST_CHANGED}"'), read_with)


@pytest.mark.parametrize(
    "markup",
    [
        PAGE.replace("</body>", "<plaintext></body>"),
        PAGE.replace("</body>", "<script>go(</body>"),
        PAGE.replace("</body>", '<p x=a"b c="d>e"></body>'),
        PAGE.replace("Stand: 20.11.2026 10:05 Uhr", "Aktualisiert vor 2 Stunden"),
    ],
    ids=["no end", "an open script", "a stray quote", "a relative stamp"],
)
def test_a_page_whose_bytes_do_not_tell_has_no_imprint(markup: str) -> None:
    assert imprint_of(page(markup), read(page(markup))) is None


def test_what_is_kept_is_small_and_comes_back_as_it_was() -> None:
    imprint, _ = made(page())
    packed = imprint.packed()
    assert Imprint.of(packed) == imprint
    assert len(packed) < 400
    assert {gap.kind for gap in imprint.gaps} == set(Kind)


def test_what_another_version_kept_proves_nothing() -> None:
    kept = zlib.decompress(made(page())[0].packed())
    assert Imprint.of(zlib.compress(kept)) is not None
    assert Imprint.of(zlib.compress(bytes([VERSION + 1]) + kept[1:])) is None
    assert Imprint.of(b"") is None
    assert Imprint.of(zlib.compress(kept[:-1])) is None
    assert Imprint.of(kept) is None
