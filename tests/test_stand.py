"""Which of the stamps that stand about a text is its Stand: a wrong one accuses, or hides what was announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.article import Covers
from scraper.page import Page
from scraper.read import read

NOW = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
DATE = '<p class="date">20.11.2026, 08:00 Uhr</p>'
OPENS = "<main><article>"
LINKED = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "datePublished": "%s"}</script>'


def stand(stamps: str = "", within: str = "", end: str = "", published: str = "") -> tuple[str, list[str]]:
    """The Stand as printed, and the blocks."""
    article = read(page_of(stamps, within, end, published))
    clock = article.clock("stand")
    return clock.raw if clock else "", [block.text for block in article.blocks]


def page_of(
    stamps: str = "", within: str = "", end: str = "", published: str = "", *, over: str = "", under: str = ""
) -> Page:
    """A page with such stamps: between headline and text, in the text, under it, and so on."""
    text = [f"<p>Das Bad öffnet im {season}, sagte die Bürgermeisterin im Rat der Stadt.</p>" for season in "ABCDEF"]
    linked = LINKED % published if published else ""
    markup = (
        f"<!doctype html><html lang=de><head><title>Das Bad öffnet wieder</title>{linked}</head><body>"
        f"{over or OPENS}<h1>Das Bad öffnet wieder</h1>{stamps}<div class=text>{''.join(text[:3])}"
        f"{within}{''.join(text[3:])}{end}</div>"
        f"{under}</article></main></body></html>"
    )
    return Page("https://www.kreisblatt.de/bad", 200, (("content-type", "text/html"),), markup.encode(), NOW)


@pytest.mark.parametrize(
    ("stamps", "end", "said"),
    [
        (
            "<p>Stand: 24.11.2026 11:38 Uhr</p><p>Aktualisiert: 25.11.2026 09:00 Uhr</p>", "",
            "Aktualisiert: 25.11.2026 09:00 Uhr",
        ),
        (
            "<p>Aktualisiert: 24.11.2026 11:38 Uhr</p><p>Stand: 25.11.2026 09:00 Uhr</p>", "",
            "Stand: 25.11.2026 09:00 Uhr",
        ),
        (
            "<p><span>Stand: 24.11.2026 11:38 Uhr</span> <span>Aktualisiert: 25.11.2026 09:00 Uhr</span></p>", "",
            "Aktualisiert: 25.11.2026 09:00 Uhr",
        ),
        (
            "<p>Stand: 24.11.2026 11:38 Uhr</p>", "<p>Zuletzt aktualisiert: 25.11.2026 09:00 Uhr</p>",
            "Zuletzt aktualisiert: 25.11.2026 09:00 Uhr",
        ),
        ("", "<p>Stand: 24.11.2026 11:38 Uhr</p>", "Stand: 24.11.2026 11:38 Uhr"),
    ],
)  # fmt: skip
def test_of_several_stamps_the_latest_counts(stamps: str, end: str, said: str) -> None:
    assert stand(stamps, end=end) == (said, stand()[1])


@pytest.mark.parametrize(
    "line",
    [
        "Veröffentlicht am 23.11.2026 um 18.05 Uhr, zuletzt aktualisiert am 24.11.2026 um 7.30 Uhr",
        "Stand: 24.11.2026, 07:30 Uhr. Veröffentlicht am 23.11.2026.",
        "Publié le <time>23 novembre 2026 à 18h05</time>, mis à jour le <time>24 novembre 2026 à 7h30</time>",
        "First published on 23 November 2026 at 18:05, last modified on 24 November 2026 at 07:30",
    ],
)
def test_a_paragraph_of_two_stamps_is_no_text(line: str) -> None:
    said, blocks = stand(f"<p class=dates>{line}</p>")
    assert "24" in said
    assert blocks == stand()[1]


@pytest.mark.parametrize(
    "within",
    [
        "<table><tr><td>Bad</td><td>5</td></tr></table><p>Stand: 31.12.2025</p>",
        '<figure><img src="/a.jpg"><figcaption>Kosten der Bäder, Stand: 31.10.2026</figcaption></figure>',
        "<div class=fakten><p>Einwohner der ganzen Stadt (Stand: 1. Januar 2026): 30.000 Menschen.</p></div>",
        "<div class=wetter><span>Regen</span><span>Stand: 26.11.2026 05:00 Uhr</span></div>",
    ],
)
def test_a_stamp_within_the_text_is_that_of_something_else(within: str) -> None:
    assert stand(DATE, within)[0] == ""


def test_a_widget_whose_stamp_moves_is_no_text() -> None:
    widget = "<div class=wetter><div>Stand: 26.11.2026 0{}:00 Uhr</div></div>"
    assert stand(DATE, widget.format(4)) == stand(DATE, widget.format(5)) == stand(DATE)


def test_a_stamp_older_than_the_article_is_not_its_own() -> None:
    old = "<p>Stand: 24.11.2025 11:38 Uhr</p>"
    assert stand(end=old)[0] == "Stand: 24.11.2025 11:38 Uhr"
    assert stand(end=old, published="2026-11-20T10:00:00Z")[0] == ""
    assert stand(end=old, published="0001-01-01T00:00:00")[0] == "Stand: 24.11.2025 11:38 Uhr"


PUBLISHED = "published on Tue 24 Nov 2026 09.00 GMT"
UNFOLDS = "<details><summary>{}</summary><span>{}</span></details>"


@pytest.mark.parametrize(
    ("shown", "unfolded", "said", "published"),
    [
        ("Tue 24 Nov 2026 11.00 GMT", f"First {PUBLISHED}", "Tue 24 Nov 2026 11.00 GMT", PUBLISHED),
        ("<span>24 Nov 2026</span>", f"First {PUBLISHED}", "24 Nov 2026", PUBLISHED),
        # It is from the day before it was published; the label says what is what; no date is shown.
        ("Mon 23 Nov 2026 11.00 GMT", f"First {PUBLISHED}", "", "Mon 23 Nov 2026 11.00 GMT"),
        (
            "24 Nov 2026 09.00 GMT",
            "Last modified on 24 Nov 2026",
            "Last modified on 24 Nov 2026",
            "24 Nov 2026 09.00 GMT",
        ),
        ("How we report", f"First {PUBLISHED}", "", PUBLISHED),
    ],
)
def test_a_date_that_unfolds_to_that_of_publication_is_of_the_update(
    shown: str, unfolded: str, said: str, published: str
) -> None:
    text = "".join(f"<p>The bath opens in {name}, said the mayor of the town.</p>" for name in "ABC")
    head = f"<title>The bath</title></head><body><article><h1>The bath</h1>{UNFOLDS.format(shown, unfolded)}"
    markup = f"<!doctype html><html lang=en><head>{head}{text}</article>"
    article = read(Page("https://paper.co.uk/1", 200, (), markup.encode(), NOW))
    found = {clock.kind: clock.raw for clock in article.clocks}
    assert (found.get("stand", ""), found.get("published", "")) == (said, published)
    assert len(article.blocks) == 3


TEXT = stand()[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Aktualisiert gerade eben", "Aktualisiert gerade eben"),
        ("Zuletzt aktualisiert: jetzt | 12 Kommentare", "Zuletzt aktualisiert: jetzt"),
        ("Aktualisiert vor weniger als einer Minute", "Aktualisiert vor weniger als einer Minute"),
        ("<span>Updated</span> just now", "Updated just now"),
        ("Updated less than a minute ago", "Updated less than a minute ago"),
        ("Mis à jour à l’instant", "Mis à jour à l’instant"),
    ],
)
def test_just_now_is_a_stamp(line: str, said: str) -> None:
    article = read(page_of(f"<p>{line}</p>"))
    clock = article.clock("stand")
    assert clock is not None
    assert clock.raw == said
    # The minute of the words, what a cache may hold, and the tolerance.
    assert clock.covers == Covers(NOW - timedelta(minutes=16), NOW + timedelta(minutes=1))
    assert [block.text for block in article.blocks] == TEXT


@pytest.mark.parametrize("words", ["gerade eben", "jetzt", "vor 1 Minute"])
def test_just_now_is_the_moment_that_the_page_gives(words: str) -> None:
    clock = read(page_of(f'<p>Aktualisiert <time datetime="2026-11-26T04:52:00Z">{words}</time></p>')).clock("stand")
    assert clock is not None
    start = datetime(2026, 11, 26, 4, 52, tzinfo=UTC)
    assert clock.covers == Covers(start, start + timedelta(minutes=1))


@pytest.mark.parametrize(
    "line", ["Stand jetzt", "Aktualisierung jetzt auch für alte Geräte", "Jetzt kaufen", "Just now"]
)
def test_now_is_a_word_of_many_texts(line: str) -> None:
    assert stand(f"<p>{line}</p>")[0] == ""


FRESH = "26.11.2026, 05:59 Uhr"
TITLE = '<a href="/beben">Eil: Beben in Japan</a>'


@pytest.mark.parametrize(
    "over",
    [
        f"<header><div>Letzte Aktualisierung: {FRESH}</div><nav><a href=/>Start</a></nav></header>{OPENS}",
        f"<div>Letzte Aktualisierung: {FRESH}</div>{OPENS}",
        f"{OPENS}<div class=bar>{TITLE} <span>Aktualisiert {FRESH}</span></div>",
        f"{OPENS}<div>{TITLE}<p>Aktualisiert {FRESH}</p></div>",
        f"{OPENS}<div class=breaking-news><p>Beben</p><p>Aktualisiert {FRESH}</p></div>",
        f"{OPENS}<div class=weather>4 Grad. Stand: {FRESH}</div>",
        f"{OPENS}<div role=banner>Stand: {FRESH}</div>",
        f"{OPENS}<aside>Stand: {FRESH}</aside>",
    ],
)
def test_a_stamp_over_the_headline_may_be_that_of_something_else(over: str) -> None:
    article = read(page_of(DATE, over=over))
    assert article.clock("stand") is None
    assert [block.text for block in article.blocks] == TEXT


@pytest.mark.parametrize(
    "over",
    [
        f"{OPENS}<p>Stand: {FRESH}</p>",
        f'{OPENS}<header><a href="/lokales/">Lokales</a> | <span>Stand: {FRESH}</span></header>',
        f'{OPENS}<div>Von <a href="/autoren/ort">Anna Maria von Ort</a> | <span>Stand: {FRESH}</span></div>',
        f"<div><div><p>Stand: {FRESH}</p>",
    ],
)
def test_over_the_headline_may_stand_the_articles_own(over: str) -> None:
    clock = read(page_of(over=over)).clock("stand")
    assert clock is not None
    assert clock.raw == f"Stand: {FRESH}"


UPDATED = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "dateModified": "%s"}</script>'


@pytest.mark.parametrize(
    ("bare", "stamps", "modified", "is_own"),
    [
        # Nothing says anything else; or machines are told the same.
        (f"<p>Stand: {FRESH}</p>", "", "", True),
        (f"<p>Stand: {FRESH}</p>", DATE, "2026-11-26T05:58:40+01:00", True),
        (f"<p>20.11.2026, 08:00 Uhr | Stand: {FRESH}</p>", "", "", True),
        # The article has a date of its own; machines are told of another update; it is called something.
        (f"<p>Stand: {FRESH}</p>", DATE, "", False),
        (f"<p>Aktualisiert: {FRESH}</p>", "<p>Von Anna Ort</p><p>20. November 2026</p>", "", False),
        (f"<p>Aktualisiert: {FRESH}</p>", "", "2026-11-20T09:00:00+01:00", False),
        (f"<p>Serie Bäder, aktualisiert: {FRESH}</p>", "", "", False),
        (f"<div><div>Ausgabe 47</div><div>Stand: {FRESH}</div></div>", DATE, "", False),
        # It is in one box with the headline, or in one that is called so.
        (f"<div class=article-date>Stand: {FRESH}</div>", DATE, "2026-11-20T09:00:00+01:00", True),
        (f"<p><time>Stand: {FRESH}</time></p>", DATE, "", True),
    ],
)
def test_a_bare_stamp_over_the_headline_needs_more(bare: str, stamps: str, modified: str, *, is_own: bool) -> None:
    """It may be that of a series, an issue or a bar."""
    linked = UPDATED % modified if modified else ""
    clock = read(page_of(linked + stamps, over=OPENS + bare)).clock("stand")
    assert (clock is not None) == is_own


def test_a_stamp_in_one_box_with_the_headline_is_the_articles_own() -> None:
    over = f"{OPENS}<div><p>Stand: {FRESH}</p><h1>Das Bad öffnet wieder</h1></div>"
    page = page_of(DATE, over=over)
    markup = page.body.replace(b"</div><h1>Das Bad \xc3\xb6ffnet wieder</h1>", b"</div>")
    assert read(replace(page, body=markup)).clock("stand") is not None


@pytest.mark.parametrize(
    "under",
    [
        f"<section><h2>Aktuelles</h2><div>{TITLE}<span>Aktualisiert: {FRESH}</span></div></section>",
        f"<div><h3>Weitere Artikel</h3><div><a href=/b>Brand</a><span>Aktualisiert: {FRESH}</span></div></div>",
        f"<h3>Weitere Artikel</h3><p>{TITLE}</p><p>Aktualisiert: {FRESH}</p>",
        f"<div class=wetter><p>Regen, 4 Grad</p><p>Stand: {FRESH}</p></div>",
        f"<div><h3>Das Wetter</h3><p>Regen, 4 Grad</p><p>Stand: {FRESH}</p></div>",
        f"</article></main><div>Letzte Aktualisierung: {FRESH}</div><main><article>",
        f"<p>Stand der Daten: {FRESH}</p>",
        f"<p>Stand der Zahlen: {FRESH}</p>",
        f"<p>Preise, Stand: {FRESH}. Alle Angaben ohne Gewähr.</p>",
        f"<table><tr><td>Bad</td><td>5</td></tr></table><p>Quelle: Amt, Stand: {FRESH}</p>",
    ],
)
def test_a_stamp_under_the_text_may_be_that_of_something_else(under: str) -> None:
    assert read(page_of(DATE, under=under)).clock("stand") is None


@pytest.mark.parametrize(
    "under",
    [
        f"<p>Zuletzt aktualisiert: {FRESH}</p>",
        f"<footer><p>Zuletzt aktualisiert: {FRESH}</p><a href=//a.example/>Artikel auf A teilen</a></footer>",
        f"<div class=related><ul><li>{TITLE}</li></ul></div><p>Zuletzt aktualisiert: {FRESH}</p>",
        f"</div><p>Zuletzt aktualisiert: {FRESH}</p>",
        f"<div><h4>Über diesen Artikel</h4><p>Zuletzt aktualisiert: {FRESH}</p></div>",
    ],
)
def test_under_the_text_may_stand_the_articles_own(under: str) -> None:
    over = f"{OPENS}<div>" if under.startswith("</div>") else ""
    clock = read(page_of(over=over, under=under)).clock("stand")
    assert clock is not None
    assert clock.raw == f"Zuletzt aktualisiert: {FRESH}"


@pytest.mark.parametrize("stamp", [DATE, "<p>Stand: 26.11.2026, 03:10 Uhr</p>"])
@pytest.mark.parametrize("label", ["Stand:", "Stand"])
def test_a_sentence_that_begins_like_a_stamp_is_text(label: str, stamp: str) -> None:
    said = f"{label} 1. Januar 2026 lebten in der Stadt 300.000 Menschen, teilte das Amt mit."
    for place in ({"within": f"<p>{said}</p>"}, {"end": f"<p>{said}</p>"}):
        found, blocks = stand(stamp, **place)
        assert found == stand(stamp)[0]
        assert said in blocks


LEAD = "Der Boden ist trocken, das Becken dicht. Die Stadt hofft auf viele Gäste im Sommer."
STAMP = "Stand: 25.11.2026, 09:40 Uhr"


def opening(markup: str) -> tuple[str, list[str]]:
    """The Stand as printed, and what stands before the sentences about the bath: intro and blocks."""
    article = read(page_of(markup))
    clock = article.clock("stand")
    texts = [article.standfirst, *(block.text for block in article.blocks)]
    return clock.raw if clock else "", [text for text in texts if text and not text.startswith("Das Bad öffnet im")]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (f"<p>{LEAD}<br><span class=meta>Von Anna Beispiel | {STAMP}</span></p>", STAMP),
        (f"<p class=lead>{LEAD}<br><span class=meta>Von Anna Beispiel | {STAMP}</span></p>", STAMP),
        (f"<p>{LEAD}<br>Von Anna Beispiel, {STAMP}</p>", STAMP),
        (f"<p>{LEAD}<br>Von Anna Beispiel und Dr. Bert Muster, {STAMP}</p>", STAMP),
        (f"<p><b>{LEAD}</b><br><em>{STAMP}</em></p>", STAMP),
        (f"<p><strong>{LEAD}</strong> Von Anna Beispiel, {STAMP}</p>", STAMP),
        (f"<div class=intro>{LEAD} <span class=stand>{STAMP}</span></div>", STAMP),
        (f"<p>{LEAD} (<span>{STAMP}</span>)</p>", STAMP),
        (f"<p>{LEAD} ({STAMP})</p>", STAMP),
        (f"<b>{LEAD}</b><br><font size=1>Von Anna Beispiel &nbsp; {STAMP}</font>", STAMP),
        (
            f"<div class=standfirst>{LEAD}<br>By Ada Sample<br>Updated 9:40am GMT, 25 November 2026</div>",
            "Updated 9:40am GMT, 25 November 2026",
        ),
        (
            f"<p>{LEAD}<br>Por Ada Muestra &nbsp; Actualizado: 25/11/2026 - 09:40 h</p>",
            "Actualizado: 25/11/2026 - 09:40 h",
        ),
        (f"<p>{LEAD}<br>{STAMP} | Lesezeit: 3 Min.</p>", STAMP),
    ],
)  # fmt: skip
def test_a_stamp_that_shares_a_paragraph_with_the_intro_is_no_text(markup: str, said: str) -> None:
    assert opening(markup) == (said, [LEAD])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"Von Anna Beispiel | {STAMP} | Lesezeit: 3 Min.", STAMP),
        (f"Lokales | Anna Beispiel | {STAMP} | Lesezeit 3 Min.", STAMP),
        (f"Von Anna Beispiel · {STAMP} · 3 Minuten Lesezeit · Drucken", STAMP),
        (f"Von Anna Beispiel, {STAMP}, 12 Kommentare", STAMP),
        ("<span>Anna Beispiel</span><span>Zuletzt geändert: 25.11.2026</span>", "Zuletzt geändert: 25.11.2026"),
        (
            "By Ada Sample | Updated 9:40am GMT, 25 November 2026 | 3 min read",
            "Updated 9:40am GMT, 25 November 2026",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_byline_with_a_stamp_and_more_is_no_text(tag: str, line: str, said: str) -> None:
    assert opening(f"<p>{LEAD}</p><{tag}>{line}</{tag}>") == (said, [LEAD])


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Die Zahlen (Stand: 24. November 2026, 12 Uhr) liegen weit über denen des vergangenen Jahres.</p>",
        "<p>In der Stadt leben so viele wie nie, sagt das Amt. Es sind 30.000. (Stand: 24.11.2026, 12 Uhr)</p>",
        f"<p>Die Fallzahlen steigen in allen Vierteln der Stadt, auch am Hafen. ({STAMP})</p>",
        f"<p>{LEAD} <em>{STAMP}</em></p>",
        "<p>Die Stadt hofft auf viele Gäste.<br>Stand: 24.11.2026, 12 Uhr waren es noch immer sehr wenige.</p>",
        "<p>Die Stadt hofft auf viele Gäste.<br><em>Aktualisiert am 24.11.2026, 12 Uhr: Der Preis war falsch.</em></p>",
        "<p>Im Becken ist das Wasser wärmer als zuvor, so die neuen und die alten Messdaten<br>Stand: 24.11.2026</p>",
        "<p>Die Tafel am Eingang sagt, dass das Bad zu ist, und nennt <span>Stand: 24.11.2026, 12 Uhr</span></p>",
        "<p>Der Rat | das Amt sagten, die Pläne seien Stand: 24.11.2026, 12 Uhr | noch lange nicht fertig gewesen.</p>",
    ],
)  # fmt: skip
def test_what_a_sentence_says_of_a_stand_stays_in_it(markup: str) -> None:
    said, kept = opening(markup)
    assert said == ""
    assert len(kept) == 1
    assert "2026" in kept[0]


def test_as_of_when_numbers_amid_the_text_hold_stays_with_them() -> None:
    said, blocks = stand(DATE, f"<p>Bislang kamen 14 Gäste in das neue Bad der Stadt.<br>{STAMP}</p>")
    assert said == ""
    assert f"Bislang kamen 14 Gäste in das neue Bad der Stadt. {STAMP}" in blocks


def test_a_stamp_that_moves_beside_the_intro_changes_no_text() -> None:
    page = f"<p>{LEAD}<br><span class=meta>Von Anna Beispiel | {{}}</span></p>"
    assert opening(page.format(STAMP))[1] == opening(page.format("Stand: 25.11.2026, 11:15 Uhr"))[1]


def test_links_and_lines_are_counted_after_a_stamp_was_parted() -> None:
    """What stands behind it keeps its place: a table within the text, pictures, readers' words."""
    lead = f'<p>{LEAD}<br><a href="/autor/anna-beispiel">Anna Beispiel</a>, {STAMP}</p>'
    figure = '<figure><img src="/a.jpg" width=800 height=500><figcaption>Das Becken am Abend</figcaption></figure>'
    article, plain = read(page_of(lead, figure)), read(page_of(f"<p>{LEAD}</p>", figure))
    assert [image.caption for image in article.images] == ["Das Becken am Abend"]
    assert (article.standfirst, article.blocks, article.images) == (plain.standfirst, plain.blocks, plain.images)
