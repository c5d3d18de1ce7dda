"""What readers wrote is not kept: the page that is stored reads like the one that was served, without it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import load, page_of
from db.pages import open_page
from scraper.article import Article
from scraper.errors import ReadError
from scraper.page import Page
from scraper.read import read, read_with_sheet
from scraper.read.comments import BLANK
from scraper.read.comments.blanking import without_comments
from scraper.site_profile import own_profile
from tests.product import Product
from tests.scripted import Server, http

ARTICLE = """<!doctype html><html lang="de"><head><meta charset="{charset}"><title>Brücke gesperrt</title>{head}</head>
<body><article><h1>Brücke gesperrt</h1><p>Stand: 02.03.2026 07:52 Uhr</p>
<p>Der Gemeinderat von Oberwiesenbach hat am Abend die alte Brücke über den Mühlgraben gesperrt.</p>
<p>Die Bürgermeisterin sagte, man werde die Pläne noch einmal in aller Ruhe prüfen und dann entscheiden.</p></article>
{comments}<footer>Impressum</footer></body></html>"""
COMMENTS = """<section><h2>2 Kommentare</h2><ol>
<li data-user="rosa-roggen"><img alt="Rosa Roggen" src="/rosa.png"><b>Rosa Roggen</b> <i>02.03.2026, 09:11 Uhr</i>
<p>Endlich, das Geländer war schon im Herbst ganz lose.</p></li>
<li><b>Moritz Moos</b> <i>02.03.2026, 10:40 Uhr</i>
<p>Und wie kommt mein Esel jetzt auf die Weide?</p></li></ol></section>"""
LINKED = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Brücke gesperrt", "comment":
[{"text": "Und wie kommt mein Esel jetzt auf die Weide?"}]}</script>"""
STATE = """<script>window.state = {"x": [{"t":
"Endlich,\\u0020das Gel\\u00e4nder war schon im Herbst ganz lose."}]}</script>"""
FRAME = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Die Fähre fährt wieder</title>{head}</head>
<body>{body}<footer>Impressum</footer></body></html>"""
TEXT = """<p>Der Kreis hat am Morgen die Fähre über die Bucht wieder in Fahrt gebracht.</p>
<p>Sie war den ganzen Winter über ausgefallen, weil im Hafen das Eis stand.</p>
<p>Nun bringt sie in der Stunde zweimal Menschen und Räder an das andere Ufer.</p>"""
PLAIN = "<script>window.other = 1</script>"


def page(body: bytes) -> Page:
    return Page("https://blatt.example/a.html", 200, (), body, datetime(2026, 3, 2, 12, tzinfo=UTC))


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_texts_and_names_go_and_the_reading_stays(charset: str) -> None:
    served = page(ARTICLE.format(charset=charset, head=LINKED + STATE + PLAIN, comments=COMMENTS).encode(charset))
    kept = without_comments(served)
    assert kept is not None
    for word in ("Rosa", "rosa", "Moritz", "Esel", "lose"):
        assert word not in kept.decode("utf-8-sig"), word
    assert "window.other" in kept.decode()
    before, after = read(served), read(replace(served, body=kept))
    assert replace(before, comments=()) == replace(after, comments=())
    assert (before.comment_count, len(before.comments), before.comments[1].author) == (2, 2, "Moritz Moos")
    assert [comment.posted_at for comment in after.comments] == [comment.posted_at for comment in before.comments]
    assert {comment.author for comment in after.comments} == {BLANK}


@pytest.mark.parametrize("comments", ["", COMMENTS])
def test_a_page_as_it_was_laid_out_to_be_read_is_blanked_alike(comments: str) -> None:
    served = page(ARTICLE.format(charset="utf-8", head=LINKED + STATE + PLAIN, comments=comments).encode())
    article, sheet = read_with_sheet(served)
    assert article == read(served)
    kept = without_comments(served, (), sheet)
    assert kept is not None
    assert kept == without_comments(served)


def test_what_only_machines_are_told_goes_too() -> None:
    served = page(ARTICLE.format(charset="utf-8", head=LINKED, comments="").encode())
    kept = without_comments(served)
    assert kept is not None
    assert b"Esel" not in kept
    assert read(replace(served, body=kept)) == read(served)


@pytest.mark.parametrize("key", ["\\u0063omment", "\\u0063\\u006Fmment", "c&#111;mment", "Review"])
def test_linked_comments_go_however_their_key_is_written(key: str) -> None:
    kind = '"@type": "Review", "author": "Rosa", ' if key == "Review" else ""
    linked = LINKED.replace('"comment"', f'"{key}"').replace('{"text"', f'{{{kind}"text"')
    if "&" in key:
        linked = linked.replace('"', "&quot;").replace("&quot;application/ld+json&quot;", '"application/ld+json"')
    kept = without_comments(page(ARTICLE.format(charset="utf-8", head=linked, comments="").encode()))
    assert kept is not None
    assert "Esel" not in kept.decode()


def test_who_wrote_the_article_in_data_is_decided_anew_for_each_page() -> None:
    """The same data stand on both pages; one of them shows the names, so that these are its authors."""
    said = ["Das Wasser steigt", "Die Brücke wackelt sehr", "Der Esel will hinüber"]
    talk = [
        {"username": name, "text": f"{text} schon wieder, community."}
        for name, text in zip(("Ada Apfel", "Bea Birne", "Cem Quitte"), said, strict=True)
    ]
    data = f"<div data-panel='{json.dumps(talk)}'></div>"
    names = "<p>Ada Apfel</p><p>Bea Birne</p><p>Cem Quitte</p>"
    theirs, ours = (
        page(ARTICLE.format(charset="utf-8", head="", comments=comments).encode()) for comments in (data, names + data)
    )
    for _ in range(2):
        assert without_comments(ours) is None
        assert "Ada" not in (without_comments(theirs) or b"Ada").decode()


def test_a_page_without_comments_is_kept_as_it_was_served() -> None:
    assert without_comments(page(ARTICLE.format(charset="utf-8", head=PLAIN, comments="").encode())) is None


def test_lines_that_share_a_box_with_the_article_leave_it_alone() -> None:
    flat = COMMENTS.replace("<section>", "").replace("</section>", "").replace("<ol>", "<p>x</p>").replace("</ol>", "")
    body = ARTICLE.format(charset="utf-8", head="", comments="").replace("</article>", f"{flat}</article>").encode()
    kept = without_comments(page(body))
    assert kept is not None
    assert [block.text for block in read(page(kept)).blocks] == [block.text for block in read(page(body)).blocks]
    assert b"Esel" not in kept


ROSA = "<b>Rosa Roggen</b><p>Endlich, das Geländer war schon im Herbst ganz lose.</p>"
ESEL = "<b>Moritz Moos</b><p>Und wie kommt mein Esel jetzt auf die Weide?</p>"
TIMED = ROSA.replace("<p>", "<i>02.03.2026, 09:11 Uhr</i><p>")
UNTIMED = {
    "called comments": f'<section id="comments"><h2>2 Kommentare</h2><div>{ROSA}</div><div>{ESEL}</div></section>',
    "one with a time": f'<section id="comments"><h2>2 Kommentare</h2><div>{TIMED}</div><div>{ESEL}</div></section>',
    "the other with a time": f'<div class="comments"><h2>2 Kommentare</h2><p>{ESEL}</p><div>{TIMED}</div></div>',
    "under a heading": f"<section><h2>2 Kommentare</h2><div>{ROSA}</div><div>{ESEL}</div></section>",
    "under a heading in a box": f"<div><header><h3>Kommentare (2)</h3></header><ul><li>{ROSA}<li>{ESEL}</ul></div>",
    "marked": f'<ul><li itemscope itemtype="https://schema.org/Comment">{ROSA}<li itemscope itemtype="http://schema.org/Comment">'
    f"{ESEL}</ul><p>2 Kommentare</p>",
    "a number for machines": f'<div class="comments"><div data-comment-count="2">{ROSA}</div><p>{ESEL}</p></div>',
    "in a sidebar": f'<aside><p>2 Kommentare</p><div class="comment-list"><p>{ROSA}</p><p>{ESEL}</p></div></aside>',
    "no heading": f'<div class="comment" data-by="Rosa">{ROSA}</div><div class="comment">{ESEL}</div>'
    "<div>2 Kommentare</div>",
}


PLACES = [(name, inside) for name in UNTIMED for inside in (False, True)]


@pytest.mark.parametrize(
    ("name", "inside"),
    # In the box of the text nothing but a name tells them from it.
    [(name, inside) for name, inside in PLACES if not (inside and name.startswith("under"))],
)
def test_comments_without_a_time_go_too(name: str, *, inside: bool) -> None:
    body = ARTICLE.format(charset="utf-8", head=STATE, comments="" if inside else UNTIMED[name])
    served = page((body.replace("</article>", f"{UNTIMED[name]}</article>") if inside else body).encode())
    kept = without_comments(served)
    assert kept is not None
    for word in ("Rosa", "Moritz", "Esel", "lose"):
        assert word not in kept.decode("utf-8-sig"), word
    before, after = read(served), read(replace(served, body=kept))
    assert replace(before, comments=()) == replace(after, comments=())
    assert (before.comment_count, len(before.blocks)) == (2, 2)


@pytest.mark.parametrize(("old", "new"), [
    ("<article><h1>", '<article class="kommentar"><h1>'),
    ("<article>", '<article><div class="comments"><a href="#c">2 Kommentare</a></div>'),
    ("<p>Stand", '<div class="kommentar-autor">Von Lotte Muster</div><p>Stand'),
    ("<p>Die Bürger", "<h2>2 Kommentare</h2><p>Die Bürger"),
    ("<p>Die Bürger", "<h2>Diskussion</h2><p>Die Bürger"),
])  # fmt: skip
def test_the_article_is_no_comment(old: str, new: str) -> None:
    body = ARTICLE.format(charset="utf-8", head="", comments="").replace(old, new)
    assert without_comments(page(body.encode())) is None


@pytest.mark.parametrize("word", ["Diskussion", "Discussion", "Leserbriefe", "Diskussion und Kommentare", "Kommentare"])
@pytest.mark.parametrize("first", [
    "<p>Heute ist das anders.</p>",
    "<p>Vor 3 Jahren war das noch anders.</p>",
    "<p>Am 12. März 2026</p>",
    "<p>Am 12. März 2026, 10:00 Uhr, berät der Rat.</p>",
    "<p>Gestern um 10:00 Uhr</p>",
    "<p><b>Gestern um 10:00 Uhr:</b> Der Rat tagt.</p>",
    "<p><b>Lotte Muster</b>, 12.03.2026</p>",
    "<blockquote><p>Das ist ein großer Tag für das ganze Land.</p>Lotte Muster, 12. März 2026</blockquote>",
    "<p>Rat, 2. März 2026, 10:00 Uhr: Er plant.</p><p>Kreis, 3. März 2026, 11:00 Uhr: Er zahlt.</p>",
    "<p>So fing es an.</p><p>02.03.2026</p><p>Der Rat tagt.</p><p>So war es aus.</p><p>03.03.2026</p><p>Er ruht.</p>",
    "<p>Gestern, 10:00 Uhr</p><p>Der Rat tagt.</p><h3>Antworten</h3>",
])  # fmt: skip
@pytest.mark.parametrize(
    "discussed", ["", COMMENTS.replace("2 ", ""), COMMENTS.replace("<section", "<div id=comments")]
)
def test_a_part_of_the_article_may_be_called_like_comments(word: str, first: str, discussed: str) -> None:
    body = f"<article><h1>Die Fähre fährt wieder</h1><div>{TEXT}<h2>{word}</h2>{first}{TEXT}</div>{discussed}</article>"
    served = page(FRAME.format(head="", body=body).encode())
    article = read(served)
    assert sum(block.text in TEXT for block in article.blocks) == 6
    assert len(article.comments) == (2 if discussed else 0)
    kept = without_comments(served)
    assert (kept is None) == (not discussed)
    assert reading(replace(served, body=kept or served.body)) == replace(article, comments=())
    assert (kept or served.body).decode().count("Der Kreis hat am Morgen") == 2


def cases() -> list[Any]:
    files = (Path(__file__).parent / "data").glob("*_comments.toml")
    rows = [row for file in sorted(files) for row in tomllib.loads(file.read_text("utf-8"))["case"]]
    return [pytest.param(row, id=row["name"]) for row in rows]


def reading(served: Page) -> Article | str:
    """All but the words of readers, or why there is none."""
    try:
        return replace(read(served), comments=())
    except ReadError as fault:
        return fault.code


@pytest.mark.parametrize("case", cases())
def test_words_of_readers_go_and_all_others_stay(case: dict[str, Any]) -> None:
    served = page(FRAME.format(head=case.get("head", ""), body=case["body"].replace("{text}", TEXT)).encode())
    kept = without_comments(served)
    assert (kept is None) == case.get("untouched", False)
    said = (kept or served.body).decode("utf-8-sig")
    assert [word for word in case.get("gone", ()) if word in said] == []
    assert [word for word in case.get("stays", ()) if word not in said] == []
    before = reading(served)
    assert reading(replace(served, body=kept or served.body)) == before
    assert [word for word in case.get("gone", ()) if word in repr(before)] == []
    assert before == case.get("code", before)
    if "said" in case:
        assert [[comment.author, comment.text] for comment in read(served).comments] == case["said"]
    if "blocks" in case:
        assert isinstance(before, Article)
        assert len(before.blocks) == case["blocks"]
    if "count" in case:
        assert isinstance(before, Article)
        assert (before.comment_count, len(before.blocks)) == (case["count"], 3)


@pytest.mark.parametrize(("after", "warning"), [
    ("<p>Rosa Roggen</p><p>Moritz Moos</p>", "taken_for_comments"),
    ("<p>Rosa Roggen, 02.03.2026, 09:11 Uhr</p>", ""),
    ("<form><textarea></textarea></form>", ""),
])  # fmt: skip
def test_a_text_that_may_have_been_taken_for_comments_is_suspect(after: str, warning: str) -> None:
    intro = "<h1>Die Fähre fährt wieder</h1><p>Der Hafen lag den halben Winter im Eis und taut nun wieder auf.</p>"
    body = f'<main>{intro}<div class="leserforum">{TEXT}{after}</div></main>'
    article = read(page(FRAME.format(head="", body=body).encode()))
    assert (article.warning, "Der Kreis" in repr(article.blocks)) == (warning, False)


@pytest.mark.parametrize("kind", ["", ' type="application/ld+json"'])
@pytest.mark.parametrize("depth", [100, 990, 50_000])
def test_comments_go_however_deep_they_are_nested(kind: str, depth: int) -> None:
    told = '{"comments": ' + "[" * depth + '{"author": "Quendel", "text": "An Bord"}' + "]" * depth + "}"
    head = f"<script{kind}>{'' if kind else 'window.s = '}{told}</script>"
    kept = without_comments(page(FRAME.format(head=head, body=f"<h1>Die Fähre fährt wieder</h1>{TEXT}").encode()))
    assert kept is not None
    assert b"Quendel" not in kept


PROFILE = """
name = "blatt"
hosts = ["blatt.example"]
zone = "Europe/Berlin"
language = "de"
[[versions]]
id = "2026"
valid = "seen on pages of 2026"
matches = "main h1"
container = "main"
headline = "h1"
[versions.blocks]
paragraph = "main p"
"""


def test_what_a_profile_reads_is_the_articles_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "blatt.toml").write_text(PROFILE, "utf-8")
    own = (own_profile(tmp_path / "blatt.toml"),)
    pieces = '<div class="comments"><p>Die Meinung der Redaktion ist, dass sie zu spät kam.</p></div>'
    served = page(FRAME.format(head="", body=f"<main><h1>Die Fähre fährt wieder</h1>{TEXT}{pieces}</main>").encode())
    assert len(read(served, own=own).blocks) == 4
    assert without_comments(served, own) is None
    assert b"Meinung der Redaktion" not in (without_comments(served) or b"")


def as_read(served: Page) -> tuple[Article | str, bytes | None]:
    """What `reading` says of it, and what is kept by who read it so; by who did not, where it cannot be read."""
    try:
        article, sheet = read_with_sheet(served)
    except ReadError as fault:
        return fault.code, without_comments(served)
    return replace(article, comments=()), without_comments(served, (), sheet)


@pytest.mark.no_cover
@pytest.mark.parametrize("part", range(4))
def test_no_page_of_the_corpus_is_read_otherwise_without_comments(shared: Path, part: int) -> None:
    corpus, golds = load()
    blanked = 0
    for gold in golds[part::4]:
        served = page_of(corpus, gold)
        kept = without_comments(served)
        said, kept_as_read = as_read(served)
        assert kept_as_read == kept, gold["id"]
        if kept is not None:
            blanked += 1
            assert reading(replace(served, body=kept)) == said, gold["id"]
    assert blanked


async def test_the_database_holds_no_word_of_them(tmp_path: Path) -> None:
    body = ARTICLE.format(charset="utf-8", head=LINKED + STATE, comments=COMMENTS).encode()
    async with Server({"/a.html": http(body, "Content-Type: text/html; charset=utf-8")}) as server:
        product = Product(tmp_path)
        await asyncio.to_thread(product.run, "add", f"http://127.0.0.1:{server.port}/a.html")
        await asyncio.to_thread(product.once)
    assert product.run("verify").stdout.startswith("ok: 1 revision, ")
    with sqlite3.connect(tmp_path / "n.db") as con:
        con.row_factory = sqlite3.Row
        ((served, kept, count),) = con.execute(
            """SELECT p.sha256, p.kept_sha256, r.comment_count FROM pages p JOIN revisions r ON r.page_id = p.id"""
        ).fetchall()
        body_kept = open_page(con, 1)
    con.close()
    assert (served != kept, count) == (True, 2)
    assert b"Rosa" not in body_kept
    assert b"Esel" not in body_kept
