"""Which words are marked, and what an excerpt says of a change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.change import BlockChange, Change, FieldChange
from changes.render import Span, excerpt, marked, merged, shortened, spans

TEXTS = st.text(alphabet=st.sampled_from("ab ö\u00a0\n{+}[-]<&\u202e\x00"), max_size=60)

BEFORE = "Nach Angaben der Polizei ist die Zahl auf fünf gestiegen. Es gab keine Warnung vor der Flut am Fluss."
AFTER = "Nach Angaben der Polizei ist die Zahl auf sieben gestiegen. Es gab keine Warnung vor der Flut am Fluss."


def edited(before: str, after: str) -> BlockChange:
    return BlockChange("edited", "paragraph", 0, 0, before, after)


def added(text: str) -> BlockChange:
    return BlockChange("added", "paragraph", None, 0, "", text)


def field(name: str, before: str, after: str) -> FieldChange:
    return FieldChange(name, before, after)


def test_the_changed_word_is_marked_on_both_sides() -> None:
    old, new = marked("Es gab fünf Verletzte.", "Es gab sieben Verletzte.")
    assert old == (Span("Es gab "), Span("fünf", "removed"), Span(" Verletzte."))
    assert new == (Span("Es gab "), Span("sieben", "added"), Span(" Verletzte."))


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("auf fünf der Toten dort", "auf acht der Opfer dort", ["fünf der Toten"], ["acht der Opfer"]),
        ("auf fünf Menschen starben dort", "auf acht Menschen litten dort", ["fünf", "starben"], ["acht", "litten"]),
        ("der Rat tagt heute", "der Bund tagt morgen", ["Rat tagt heute"], ["Bund tagt morgen"]),
        ("in Rom", "in Paris", ["Rom"], ["Paris"]),
        ("der Hund", "ein Hund", ["der"], ["ein"]),
        ("", "neu hier", [], ["neu hier"]),
        ("war hier", "", ["war hier"], []),
        ("a\u00a0b", "a b", [], []),
        ("", "", [], []),
    ],
    ids=["short-word-between", "long-word-between", "short-verb", "at-end", "at-start", "came", "went", "space", "no"],
)
def test_a_short_word_between_two_changes_belongs_to_them(
    before: str, after: str, old: list[str], new: list[str]
) -> None:
    sides = marked(before, after)
    assert [span.text for span in sides[0] if span.mark == "removed"] == old
    assert [span.text for span in sides[1] if span.mark == "added"] == new


@given(TEXTS, TEXTS)
def test_marking_loses_and_invents_nothing(before: str, after: str) -> None:
    old, new = marked(before, after)
    assert "".join(span.text for span in old) == before
    assert "".join(span.text for span in new) == after
    assert all(span.text for span in old + new)
    assert {span.mark for span in old} <= {"same", "removed"}
    assert {span.mark for span in new} <= {"same", "added"}


@given(TEXTS, TEXTS)
def test_merging_keeps_the_words_of_both_in_order(before: str, after: str) -> None:
    pieces = merged(before, after)
    assert " ".join(span.text for span in pieces if span.mark != "added").split() == before.split()
    assert " ".join(span.text for span in pieces if span.mark != "removed").split() == after.split()


def test_excerpt_shows_the_changed_words_in_a_little_context() -> None:
    said = excerpt(Change(blocks=(edited(BEFORE, AFTER),)))
    assert said == "… Polizei ist die Zahl auf [-fünf-] {+sieben+} gestiegen. Es gab keine Warnung …"


def test_headline_comes_first_and_credits_last() -> None:
    change = Change(
        fields=(field("credits", "dpa", "AFP"), field("standfirst", "Alt.", "Neu."), field("headline", "A B", "A C")),
        blocks=(added("Ein Absatz."),),
    )
    assert excerpt(change) == (
        "headline: A [-B-] {+C+} / standfirst: [-Alt.-] {+Neu.+} / {+Ein Absatz.+} / credits: [-dpa-] {+AFP+}"
    )


def test_a_long_new_paragraph_is_shown_by_its_ends() -> None:
    said = excerpt(Change(blocks=(added(" ".join(f"w{number}" for number in range(100))),)), limit=400)
    assert said.startswith("{+w0 w1 ")
    assert said.endswith("w17 w18 … w95 w96 w97 w98 w99+}")


def test_words_between_two_changes_are_shortened() -> None:
    middle = " ".join(f"Wort{number}" for number in range(30))
    said = excerpt(Change(blocks=(edited(f"eins {middle} drei", f"zwei {middle} vier"),)))
    assert said == (
        "[-eins-] {+zwei+} Wort0 Wort1 Wort2 Wort3 Wort4 … Wort25 Wort26 Wort27 Wort28 Wort29 [-drei-] {+vier+}"
    )


def test_a_moved_paragraph_is_named_as_moved() -> None:
    moved = BlockChange(
        "moved", "paragraph", 0, 4, "Eins zwei drei vier fünf sechs.", "Eins zwei drei vier fünf sechs."
    )
    assert excerpt(Change(blocks=(moved,))) == "moved: Eins zwei drei vier fünf …"


def test_white_space_alone_is_no_excerpt() -> None:
    change = Change(fields=(field("headline", "A\u00a0B", "A B"),), blocks=(edited("x  y", "x y"),), minor=True)
    assert excerpt(change) == ""
    assert excerpt(Change()) == ""


@pytest.mark.parametrize("limit", [0, 1, 2, 5, 12, 30, 60, 90])
def test_a_cut_closes_its_mark(limit: int) -> None:
    said = excerpt(Change(blocks=(edited(BEFORE, AFTER), added("Noch ein Absatz mit vielen Wörtern."))), limit)
    assert len(said) <= limit
    assert said.count("{+") == said.count("+}")
    assert said.count("[-") == said.count("-]")


def test_a_word_longer_than_the_limit_is_cut_inside() -> None:
    assert excerpt(Change(blocks=(added("x" * 500),)), 20) == "{+xxxxxxxxxxxxxxx…+}"


def test_a_page_cannot_pose_as_our_marks_or_break_the_line() -> None:
    said = excerpt(Change(blocks=(added("a {+b+} [-c-]\r\nd\u202ee\x1b[31m"),)))
    assert said == "{+a { +b+ } [ -c- ] d e [31m+}"
    assert spans(said) == (Span("a { +b+ } [ -c- ] d e [31m", "added"),)


@given(TEXTS, TEXTS, st.integers(0, 80))
def test_an_excerpt_is_one_line_within_its_limit(before: str, after: str, limit: int) -> None:
    said = excerpt(Change(fields=(field("headline", before, after),), blocks=(edited(after, before),)), limit)
    assert len(said) <= limit
    assert not {"\n", "\x00", "\u202e"} & set(said)
    unmarked = [span.text for span in spans(said) if span.mark == "same"]
    assert not [text for text in unmarked if "{+" in text or "[-" in text]


def test_spans_take_an_excerpt_apart() -> None:
    assert spans("… auf [-fünf-] {+sieben+} gestiegen …") == (
        Span("… auf "),
        Span("fünf", "removed"),
        Span(" "),
        Span("sieben", "added"),
        Span(" gestiegen …"),
    )
    assert spans("") == ()
    assert spans("5 → 7 comments") == (Span("5 → 7 comments"),)


@pytest.mark.parametrize("limit", [25, 40, 60])
def test_an_excerpt_that_is_cut_again_keeps_its_marks(limit: int) -> None:
    text = "Rat: [-" + "weg und " * 20 + "weg-] {+neu+} da"
    cut = shortened(text, limit)
    assert len(cut) <= limit
    assert [span.mark for span in spans(cut)] == ["same", "removed"]
    assert shortened("[-alt-] {+neu+}", 15) == "[-alt-] {+neu+}"
    assert shortened("Wort " * 9, 12) == "Wort Wort …"
