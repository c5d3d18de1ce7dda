"""The pure parts behind the pages: times in words, two texts side by side, what is asked of the index."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.web import shown
from db.web.finding import fts_query
from db.web.meant import meant
from db.web.sides import beside
from scraper.article import Article, Block, Image
from tests.web_sample import EDITS

if TYPE_CHECKING:
    from db.web.places import Piece

EMPTY = Article("", "", "", "", (), (), (), (), (), None, (), "de", "test/1")
NAMES = st.sampled_from(
    [
        "Ein Satz über den Fluss.",
        "Noch einer.",
        "Noch einer. Ein Satz über die Brücke am Fluss.",
        "Ein Satz über die Brücke.",
        "Drei.",
        "Ganz anders.",
    ]
)
TEXTS = st.lists(st.builds(Block, st.sampled_from(["paragraph", "quote"]), NAMES), max_size=8)


def said(pieces: tuple[Piece, ...]) -> str:
    return " ".join("".join(span.text for span in piece.spans) for piece in pieces)


def at(clock: str) -> str:
    return f"2026-11-{clock}.000000+00:00"


@pytest.mark.parametrize(
    ("not_before", "not_after", "today", "words"),
    [
        ("24T14:02:00", "24T14:11:00", "", "between 24 Nov 2026, 14:02 and 14:11 UTC"),
        ("24T14:02:00", "24T14:11:00", "2026-11-24", "between 14:02 and 14:11 UTC"),
        ("23T23:58:00", "24T00:05:00", "", "between 23 Nov 2026, 23:58 and 24 Nov 2026, 00:05 UTC"),
        ("23T23:58:00", "24T00:05:00", "2026-11-24", "between 23 Nov 2026, 23:58 and 24 Nov 2026, 00:05 UTC"),
        ("24T14:02:10", "24T14:02:50", "", "between 24 Nov 2026, 14:02:10 and 14:02:50 UTC"),
        (None, "24T14:11:00", "", "not later than 24 Nov 2026, 14:11 UTC"),
        (None, "24T14:11:00", "2026-11-24", "not later than 14:11 UTC"),
    ],
)
def test_a_window_in_words(not_before: str | None, not_after: str, today: str, words: str) -> None:
    pieces = shown.window(at(not_before) if not_before else None, at(not_after), today)
    assert "".join(piece for piece, _iso in pieces) == words
    assert [iso for _piece, iso in pieces if iso][-1] == f"2026-11-{not_after}Z"


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (("other clocks", "modified_ld A → B; feed none → C"),
         ("Other clocks", "dateModified (JSON-LD) A → B; Updated (feed) none → C")),
        (("other clocks", "none moved"), ("Other clocks", "none moved")),
        (("machines were told", "modified_meta a → b"), ("Machines were told", "Modified (meta tag) a → b")),
        (("looks at the new version", "1 on 1 connections, 0 past all caches"),
         ("Looks at the new version by then", "1 look over 1 connection, 0 past all caches")),
        (("looks at the new version", "415 on 10 connections, 2 past all caches"),
         ("Looks at the new version by then", "415 looks over 10 connections, 2 past all caches")),
        (("notice", "feed me; modified_ld is 1 on 1 connections, 0 past all caches"),
         ("Notice", "feed me; modified_ld is 1 on 1 connections, 0 past all caches")),
        (("", ""), ("", "")),
    ],
)  # fmt: skip
def test_evidence_in_words(kept: tuple[str, str], said: tuple[str, str]) -> None:
    assert shown.evidence(*kept) == (*said, "")


@pytest.mark.parametrize(("number", "words"), [(3, "+3"), (-2000, "−2,000"), (0, "0")])
def test_a_difference_in_words(number: int, words: str) -> None:
    assert shown.signed(number) == words


def test_an_instant_in_words_is_utc_whatever_its_zone() -> None:
    assert shown.instant("2026-11-24T15:02:00+01:00") == "24 Nov 2026, 14:02 UTC"
    assert shown.iso("2026-11-24T15:02:00.900000+01:00") == "2026-11-24T14:02:00Z"
    assert (shown.time(at("24T14:02:00")), shown.day(at("24T14:02:00"))) == ("14:02", "Tuesday, 24 November 2026")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"), (119, "119 s"), (120, "2 min"), (1_919, "31 min"), (5_400, "1 h 30 min"), (7_199.999_99, "2 h"),
        (10_259, "2 h 50 min"), (86_400, "24 h"), (172_799, "47 h 59 min"), (259_200, "3 days"),
        (345_599, "3 days 23 h"), (950_000, "10 days"),
    ],
)  # fmt: skip
def test_a_span_in_words_is_never_longer_than_it_was(seconds: float, words: str) -> None:
    assert shown.span(seconds) == words


def test_counts_in_words() -> None:
    assert (shown.tally(1, "look"), shown.tally(1204, "look")) == ("1 look", "1,204 looks")
    assert (shown.tally(1, "entry", "entries"), shown.tally(0, "entry", "entries")) == ("1 entry", "0 entries")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", " http://a.example/", "http://a.example/\nx", "data:text/html,x",
     "//a.example/", "http://[::1", "http:", "https:///x", "file:///etc/passwd", "", "http://a.example/ x"],
)  # fmt: skip
def test_addresses_that_browsers_must_not_follow(url: str) -> None:
    assert shown.link(url) == ""


def test_addresses_that_they_may() -> None:
    assert shown.link("https://a.example/ä?x=1&y='#z") == "https://a.example/ä?x=1&y='#z"
    assert shown.link("HTTP://a.example/") == "HTTP://a.example/"


def test_every_verdict_has_a_colour_and_every_clock_a_name() -> None:
    assert {shown.family(verdict) for verdict in EDITS} == {"told", "unmarked", "stamp", "small", "open"}
    assert shown.family("of a later version") == shown.family(None) == "open"
    assert shown.clock("modified_ld") == "dateModified (JSON-LD)"
    assert shown.clock("sundial") == "sundial"


def test_a_long_unchanged_stretch_is_folded_but_for_what_stands_beside_a_change() -> None:
    blocks = [Block("paragraph", f"Absatz Nummer {number}.") for number in range(12)]
    changed = [*blocks[:6], Block("paragraph", "Etwas völlig anderes."), *blocks[7:]]
    stretches = beside(replace(EMPTY, blocks=tuple(blocks)), replace(EMPTY, blocks=tuple(changed))).text
    assert [(len(stretch.rows), stretch.folded) for stretch in stretches] == [
        (5, True), (1, False), (2, False), (1, False), (4, True),
    ]  # fmt: skip


def test_texts_that_are_the_same_are_folded_whole() -> None:
    blocks = tuple(Block("paragraph", f"Absatz {number}.") for number in range(3))
    stretches = beside(replace(EMPTY, blocks=blocks), replace(EMPTY, blocks=blocks)).text
    assert [(len(stretch.rows), stretch.folded) for stretch in stretches] == [(3, True)]
    assert beside(EMPTY, EMPTY).text == ()


def test_headline_and_lead_are_always_shown_and_others_if_they_differ() -> None:
    before = replace(EMPTY, headline="A", standfirst="B", topline="C", images=(Image("u", caption="x"),))
    after = replace(before, headline="A D", images=(Image("u", caption="y"),))
    rows = beside(before, after).fields
    assert [(row.after.kind, row.move) for row in rows if row.after] == [
        ("Headline", "edited"), ("Lead", "same"), ("Captions", "edited"),
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_both_texts_stand_there_whole_and_in_order(before: list[Block], after: list[Block]) -> None:
    shown_beside = beside(replace(EMPTY, blocks=tuple(before)), replace(EMPTY, blocks=tuple(after)))
    rows = [row for stretch in shown_beside.text for row in stretch.rows]
    old = [Block(row.before.kind, said(row.before.pieces)) for row in rows if row.before]  # type: ignore[arg-type] # kinds pass through as text
    new = [Block(row.after.kind, said(row.after.pieces)) for row in rows if row.after]  # type: ignore[arg-type] # kinds pass through as text
    assert (old, new) == (before, after)
    anchors = [anchor for row in rows for anchor in row.anchors]
    links = [row.link for row in rows if row.link]
    links += [piece.link for row in rows for piece in row.inline if piece.link]
    assert len(anchors) == len({*anchors})
    assert {*links} <= {*anchors}


FIRE = "Die Feuerwehr rückte in der Nacht mit sechs Löschzügen aus."
WINDOWS = "Anwohner sollten ihre Fenster geschlossen halten."
ROAD = "Die Polizei sperrte die Hafenstraße bis zum Morgen."
EMPTY_HOUSE = "Der Speicher stand seit dem Frühjahr leer und sollte zu Wohnungen umgebaut werden"
MONEY = "hatte die Stadt im Sommer zwei Millionen Euro bewilligt"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([f"{FIRE}", f"{ROAD} {WINDOWS}"], [f"{FIRE} {WINDOWS}", f"{ROAD}"],
         [("moved here", WINDOWS), ("moved away", WINDOWS)]),
        ([f"{FIRE} {ROAD} {WINDOWS}"], [f"{FIRE} {WINDOWS} {ROAD}"],
         [("moved here", WINDOWS), ("moved away", WINDOWS)]),
        ([f"{EMPTY_HOUSE}. Dafür {MONEY}."], [f"{EMPTY_HOUSE}, dafür {MONEY}."],
         [("merged into one sentence", f"{EMPTY_HOUSE}. Dafür werden, dafür {MONEY}.")]),
        ([f"{EMPTY_HOUSE}, dafür {MONEY}."], [f"{EMPTY_HOUSE}. Dafür {MONEY}."],
         [("split from one sentence", f"{EMPTY_HOUSE}, dafür werden. Dafür {MONEY}.")]),
        ([f"{FIRE} {ROAD}"], [FIRE, ROAD],
         [("stands in another paragraph now", ROAD), ("stood in another paragraph", ROAD)]),
        ([f"{FIRE} {WINDOWS}"], [FIRE], []),
    ],
)  # fmt: skip
def test_what_moved_or_was_split_is_told_as_that(
    before: list[str], after: list[str], told: list[tuple[str, str]]
) -> None:
    """And leads to its other place, where that is in another row."""
    old, new = (replace(EMPTY, blocks=tuple(Block("paragraph", text) for text in texts)) for texts in (before, after))
    rows = [row for stretch in beside(old, new).text for row in stretch.rows]
    pieces = [piece for row in rows for piece in row.inline if piece.said]
    assert sorted((piece.said, _squeezed(piece)) for piece in pieces) == sorted(told)
    home = {anchor: number for number, row in enumerate(rows) for anchor in row.anchors}
    for number, row in enumerate(rows):
        assert all(home[piece.link] != number for piece in row.inline if piece.link)
    if len(rows) > 1:
        assert all(piece.link for piece in pieces)
    moved = [span for piece in pieces for span in piece.spans if piece.said in ("moved here", "moved away")]
    assert {span.mark for span in moved} <= {"same"}


def _squeezed(piece: Piece) -> str:
    return " ".join(span.text for span in piece.spans)


def test_a_sentence_that_was_split_over_two_paragraphs_has_its_own_marks_in_each() -> None:
    old = replace(EMPTY, blocks=(Block("paragraph", f"{EMPTY_HOUSE}, wofür sie {MONEY}."),))
    new = replace(EMPTY, blocks=tuple(Block("paragraph", text) for text in (f"{EMPTY_HOUSE}.", f"Dafür {MONEY}.")))
    rows = [row for stretch in beside(old, new).text for row in stretch.rows]
    assert [row.after and said(row.after.pieces) for row in rows] == [f"{EMPTY_HOUSE}.", f"Dafür {MONEY}."]
    marked = [
        span.text
        for row in rows
        if row.after
        for piece in row.after.pieces
        for span in piece.spans
        if span.mark == "added"
    ]
    assert marked == ["werden.", "Dafür"]


def test_tags_of_the_same_words_are_one_label_and_too_many_are_counted() -> None:
    def report(number: int) -> str:
        return f"Am Ort {chr(65 + number % 26)}{chr(97 + number // 26)} zählten die Helfer {{}} Verletzte."

    old = [report(number).format(number + 10) for number in range(40)]
    new = [report(number).format(number + 110) for number in range(40)]
    before, after = (
        replace(EMPTY, headline=headline, blocks=tuple(Block("paragraph", text) for text in texts))
        for headline, texts in (("10 Verletzte im Land", old), ("110 Verletzte im Land", new))
    )
    shows = beside(before, after)
    edit = meant(before, after, shows.alignment, "unmarked")
    assert edit is not None
    number = next(label for label in edit.labels if label.kind == "number")
    assert (number.before, number.after) == ("10", "110")
    assert [place for place, _link in number.places] == ["the headline", "sentence 1"]
    assert sum(len(label.places) for label in edit.labels) == 30
    assert edit.more == 12
    rows = [*shows.fields, *(row for stretch in shows.text for row in stretch.rows)]
    links = {link for label in edit.labels for _place, link in label.places}
    assert links <= {anchor for row in rows for anchor in row.anchors}


def test_an_edit_of_nothing_means_nothing() -> None:
    reading = replace(EMPTY, headline="A", blocks=(Block("paragraph", FIRE),))
    assert meant(reading, reading, beside(reading, reading).alignment, "same") is None


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("damm bruch", '"damm" "bruch"'),
        ('"der Damm" brach', '"der Damm" "brach"'),
        ("warn*", '"warn"*'),
        ('"warn*', '"warn*"'),
        ('a"b', '"a b"'),
        ("NOT text: ^x -y", '"NOT" "text:" "^x" "-y"'),
        ("? ! *", ""),
        ("", ""),
    ],
)
def test_a_question_becomes_words_and_no_query_language(question: str, query: str) -> None:
    assert fts_query(question) == query


@given(st.text(alphabet=st.sampled_from("ab ä\"'*():^-+{}~\\\x00\n,;NOTRD"), max_size=40))
def test_no_question_is_an_error(question: str) -> None:
    con = sqlite3.connect(":memory:")
    con.execute("CREATE VIRTUAL TABLE t USING fts5(text)")
    query = fts_query(question)
    if query:
        con.execute("SELECT rowid FROM t WHERE t MATCH ?", [query]).fetchall()
    con.close()
