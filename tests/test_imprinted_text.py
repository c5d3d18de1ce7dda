"""Pages made of the same sentences in many ways, with a link at every place of them that says something else when they
come again: whatever is proven unchanged has to be read as before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scraper.errors import ReadError
from scraper.imprint import Imprint, Kind, proves, tells_of_article
from scraper.page import Page
from scraper.read import read
from scraper.read.imprinted_text import span, told_by
from scraper.read.imprinting import imprint_of

HEADLINE = "Der Deich vor Hafenstadt wird im Frühjahr um zwei Meter höher"
INTRO = "Nach langem Streit hat die Gemeinde am Abend beschlossen, dass der alte Deich am Hafen wachsen soll."
CAPTION = "Der alte Deich am Hafen von Hafenstadt bei ruhigem Wetter am frühen Morgen"
TEXT = (
    "Der Deich vor Hafenstadt soll im kommenden Jahr um zwei Meter höher werden, damit die Sturmflut draußen bleibt.",
    "Die Arbeiten sollen im Frühjahr beginnen, und das Land zahlt davon die Hälfte, wie die Ministerin sagte.",
    "Die Pläne liegen im Rathaus aus, und die Staatsanwaltschaft ermittelt gegen den Bürgermeister wegen Betrugs.",
)
# How a text is set: around all of it, before and behind each of its paragraphs.
SETTINGS = {
    "paragraphs": ("<article>{}</article>", "<p>", "</p>\n"),
    "paragraphs without end": ("<article>{}</article>", "<p>", "\n"),
    "boxes in boxes": ('<main><div class="article-body">{}</div></main>', "<div><p><span>", "</span></p></div>"),
    "line breaks": ('<div class="article-text">{}</div>', "", "<br><br>"),
    "a list": ("<article>{}</article>", "<ul><li>", "</li></ul>"),
    "a box for teasers, too": ("<main>{}", "<p>", "</p>"),
}  # fmt: skip
APART = [name for name in SETTINGS if name != "a box for teasers, too"]
PLACES = {"begin": (0, 6), "middle": (5, 10), "end": (-7, None), "whole": (0, None)}
TEXTS = (HEADLINE, INTRO, CAPTION, *TEXT)
# What stands in the link besides its words.
SHAPES = ("{}", '<span class="ext">extern</span> {}', "<b>{}</b><i></i>", "<span>{}</span>")
SAID = (
    "hat gegen den Bürgermeister von Hafenstadt nichts in der Hand", "Wal", "By Anna Beispiel", "Lesen Sie auch",
    "Ein Wal wurde vor der Sandbank gesehen. Er schwamm am Abend wieder in die See hinaus.", "Transparenzhinweis",
)  # fmt: skip
TEASERS = """<ul class="related"><li><a href="/x/1"><b>Die Möwen kehren früher zurück als sonst</b></a></li>
<li><a href="/x/2"><b>Eine neue Fähre fährt nach Sandinsel</b></a></li></ul>"""


def page(markup: str) -> Page:
    headers = (("content-type", "text/html; charset=utf-8"),)
    return Page("https://kueste.example/deich", 200, headers, markup.encode(), datetime(2026, 11, 20, 12, tzinfo=UTC))


def markup(setting: str, texts: tuple[str, ...]) -> str:
    around, before, behind = SETTINGS[setting]
    headline, intro, caption, *blocks = texts
    figure = f'<figure><img src="/deich-am-hafen.jpg" alt=""><figcaption>{caption}</figcaption></figure>'
    text = "".join(before + block + behind for block in blocks)
    inner = f'<h1>{headline}</h1><p class="intro">{intro}</p>{figure}{text}'
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Küstenbote</title></head><body>
<nav><a href="/">Start</a></nav>{around.format(inner)}{TEASERS}<footer>Küstenbote</footer></body></html>"""


def linked(text: str, place: tuple[int, int | None], shape: str) -> tuple[str, str]:
    """The text with some of its words in a link, up to them; and what stands behind it."""
    words = text.split(" ")
    start, end = place
    chosen = words[start:end]
    first = len(words) + start if start < 0 else start
    before, after = words[:first], words[first + len(chosen) :]
    link = '<a href="https://kueste.example/quelle">' + shape.format(" ".join(chosen)) + "</a>"
    return " ".join((*before, link, *after)), " ".join(chosen)


def made(first: Page) -> tuple[Imprint, str]:
    article = read(first)
    imprint = imprint_of(first, article)
    assert imprint is not None
    return imprint, article.read_with


def is_read_otherwise(one: Page, other: Page) -> bool:
    try:
        return read(one) != read(other)
    except ReadError:
        return True


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("place", PLACES)
def test_a_link_in_the_text_is_text(setting: str, place: str) -> None:
    """At every place of every text, in the first and the last as in any other."""
    otherwise, lies = 0, []
    for at in range(len(TEXTS)):
        shape = SHAPES[at % len(SHAPES)]
        text, words = linked(TEXTS[at], PLACES[place], shape)
        first = page(markup(setting, (*TEXTS[:at], text, *TEXTS[at + 1 :])))
        imprint, read_with = made(first)
        for said in SAID:
            again = replace(first, body=first.body.replace(f">{words}<".encode(), f">{said}<".encode()))
            again = replace(again, body=again.body.replace(f" {words}</a>".encode(), f" {said}</a>".encode()))
            assert again.body != first.body
            if proves(imprint, again, read_with):
                lies += [(text, said)] if is_read_otherwise(first, again) else []
            else:
                otherwise += is_read_otherwise(first, again)
    assert lies == []
    assert otherwise > 5


@pytest.mark.parametrize("setting", APART)
def test_what_leads_to_other_articles_may_still_change(setting: str) -> None:
    """Behind the text, if the last link of the text stands right before it, too."""
    text, _ = linked(TEXT[-1], PLACES["end"], "{}")
    first = page(markup(setting, (*TEXTS[:-1], text)))
    imprint, read_with = made(first)
    again = replace(first, body=first.body.replace("Die Möwen kehren früher zurück".encode(), b"Ein Wal sucht die See"))
    assert proves(imprint, again, read_with)
    assert read(again) == read(first)


def test_teasers_in_the_box_of_the_text_tell_which_box_is_read() -> None:
    """Where they say more than the text, a part of it is taken for the article."""
    teasers = "".join(f"<div><a href='/x/{at}'>Die Möwen kehren zurück WORDS</a></div>" for at in range(14))
    whole = f"<body><main><h1>{HEADLINE}</h1>{''.join(f'<p>{text}</p>' for text in TEXT)}{teasers}</main></body>"
    few, many = (page(whole.replace("WORDS", "an den Strand " * times)) for times in (0, 9))
    assert is_read_otherwise(few, many)
    imprint, read_with = made(few)
    assert not proves(imprint, many, read_with)


@pytest.mark.parametrize("words", ["Mehr dazu: {}", "{}, berichtet die Zeitung", "<b>Eil</b> {}"])
def test_a_link_beside_other_words_is_a_part_of_their_line(words: str) -> None:
    """How much of it is linked tells whether it is read as a sentence."""
    link = '<a href="/x/3">Die Robben kehren früher zurück als die Möwen</a>'
    first = page(markup("paragraphs", TEXTS).replace("<footer>", f"<p>{words.format(link)}</p><footer>"))
    imprint, read_with = made(first)
    again = replace(first, body=first.body.replace(b"Die Robben kehren", b"Die Wale kehren"))
    assert not proves(imprint, again, read_with)


@pytest.mark.parametrize("setting", APART)
@pytest.mark.parametrize("tail", ["", '<a href="/q">ermittelt wegen Betrugs</a>', "(<em>dpa</em>)", "<sup>1</sup>"])
def test_the_text_goes_on_to_its_last_letter(setting: str, tail: str) -> None:
    first = page(markup(setting, (*TEXTS[:-1], f"{TEXT[-1]} {tail}")))
    article = read(first)
    start, end = span(first.body, article)
    assert start <= first.body.index(HEADLINE.encode())
    assert end >= first.body.index(tail.encode() or TEXT[-1][-12:].encode(), first.body.index(TEXT[-1].encode()))
    assert end <= first.body.index(b"Die M")


def test_a_text_of_which_the_end_is_not_found_has_no_links_that_may_change() -> None:
    first = page(markup("paragraphs", TEXTS))
    article = read(first)
    other = replace(article, blocks=(*article.blocks[:-1], replace(article.blocks[-1], text=TEXT[-1] + " Und mehr.")))
    assert span(first.body, other) == (0, len(first.body))
    imprint = imprint_of(first, other)
    assert imprint is not None
    assert Kind.LINKS not in {gap.kind for gap in imprint.gaps}


@pytest.mark.parametrize(
    ("link", "own"),
    [
        (' href="/x">Frühjahr beginnen, und das Land', True),
        (' href="/x"><span>extern</span><span>ermittelt gegen den Bürgermeister</span>', True),
        (' href="/x"><img alt="Der alte Deich am Hafen von Hafenstadt" src="/a.jpg">', True),
        (' href="/x"><img alt="" src="/klein/deich-am-hafen.jpg?w=3">', True),
        (' href="/x"><b>h&ouml;her</b>', True),
        (' href="/x"><span>Hafen</span><span>Die Möwen kehren früher zurück</span>', False),
        (' href="/x" title="Ein Wal">Die Möwen kehren früher zurück', False),
    ],
)
def test_whose_link_it_is_is_told_by_its_words(link: str, own: bool) -> None:
    assert told_by(read(page(markup("paragraphs", TEXTS))), b"").has(link.encode()) == own


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("Frühjahr beginnen, und das Land", False),
        (TEXT[1], True),
        ("Rathaus aus", True),
        (HEADLINE, True),
        (f"{TEXT[1][-40:]} {TEXT[2][:40]}", True),
        (f"<i>{TEXT[0][:40]}</i><b>{HEADLINE}</b>", True),
    ],
    ids=["words of a paragraph", "all of it", "few of them", "the headline", "words of two", "of the headline, too"],
)
def test_a_teaser_that_says_words_of_a_paragraph_is_none_of_it(said: str, own: bool) -> None:
    """The whole paragraph stands in the text, and the teaser does not."""
    teaser = "<b>Die Möwen kehren früher zurück als sonst</b>"
    first = page(markup("paragraphs", TEXTS).replace(teaser, f"<b>{said}</b>"))
    article = read(first)
    assert told_by(article, first.body).has(f' href="/x/1"><b>{said}</b>'.encode()) == own
    imprint, read_with = made(first)
    again = page(markup("paragraphs", TEXTS))
    assert proves(imprint, again, read_with) != own
    assert own or read(again) == article


def test_a_paragraph_that_does_not_stand_in_the_text_is_held_wherever_it_is_said() -> None:
    first = page(markup("paragraphs", TEXTS))
    article = read(first)
    other = replace(
        article, blocks=(*article.blocks, replace(article.blocks[-1], text="Ein Wal schwamm am Abend in die See."))
    )
    assert told_by(other, first.body).has(b' href="/x"><b>Wal schwamm am Abend</b>')


@pytest.mark.parametrize("word", ["Von", "By", "Text", "Autor", "Autorin", "Par", "Por", "Di"])
def test_a_teaser_that_is_signed_may_be_the_byline(word: str) -> None:
    assert tells_of_article(f'<a href="/x"><i>{word} Anna Beispiel</i><b>Die Möwen kehren zurück</b></a>'.encode(), b"")


@pytest.mark.parametrize(
    ("said", "telling"),
    [
        ("Von der Küste aus sieht man die Möwen", False),
        ("Von Norden aus sieht man die Möwen", True),
        ("Von <b>dort</b> aus sieht man die Möwen", True),
        ("Von unserem Reporter an der Küste", True),
        ("Text: dpa", True),
        ("Nach Auffassung der Richter gilt die Verfassung", False),
        ("Die Fassung von gestern", True),
        ("Die Neufassung der Regeln", True),
    ],
)
def test_what_begins_like_a_byline_or_names_a_version(said: str, telling: bool) -> None:
    assert tells_of_article(f'<a href="/x"><b>{said}</b></a>'.encode(), b"") == telling


@pytest.mark.parametrize(("said", "telling"), [("Anna Beispiel", True), ("Anna Beispiel und die Möwen am Meer", False)])
def test_a_name_alone_may_be_the_authors(said: str, telling: bool) -> None:
    assert tells_of_article(f'<a href="/x">{said}</a>'.encode(), b"") == telling
