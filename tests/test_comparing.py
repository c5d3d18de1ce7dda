"""`nachtrag compare`: what it prints of two saved pages, for people and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tests.site import PAGE
from tests.verbs import run_verb

URL = "https://zeitung.example/11.html"
TAGESSCHAU = "https://www.tagesschau.de/inland/bruecke-100.html"
PROFILED = Path(__file__).parent / "data/pages/tagesschau_2024.html"
VOTE = "Der Gemeinderat von Oberwiesenbach hat am Abend über den Neubau der Brücke beraten und sich vertagt."


def saved(folder: Path, name: str, page: str, stand: str = "24.11.2026 10:00") -> Path:
    path = folder / name
    path.write_text(page.format(headline="Streit um die Brücke", url=URL, stand=stand, version=1), "utf-8")
    return path


def pages(folder: Path, was: str, now: str, stand: str = "24.11.2026 10:00") -> tuple[Path, Path]:
    assert was in PAGE
    return saved(folder, "alt.html", PAGE), saved(folder, "neu.html", PAGE.replace(was, now), stand)


def test_people_read_what_changed_and_how_much_it_weighs(tmp_path: Path) -> None:
    said = run_verb(
        "compare", *pages(tmp_path, "und sich vertagt", "und sich nicht vertagt", "24.11.2026 11:00")
    ).stdout
    assert said.splitlines()[0] == "stand: Stand: 24.11.2026 10:00 Uhr → Stand: 24.11.2026 11:00 Uhr"
    assert said.splitlines()[1:] == [
        "text: +1 -0 words",
        "weight: high, negation came (→ nicht)",
        "  negation: {+nicht+}",
        "edited 1       … der Brücke beraten und sich {+nicht+} vertagt.",
    ]


def test_programs_read_the_same(tmp_path: Path) -> None:
    told = json.loads(run_verb("compare", "--json", *pages(tmp_path, "am Abend", "am Montag")).stdout)
    assert (told["severity"], told["because"]) == ("medium", "date came (→ Montag)")
    assert told["tags"] == [
        {"kind": "date", "before": "", "after": "Montag", "sentence": 0, "explains_this_edit": False}
    ]
    [sentence] = told["sentences"]
    assert (sentence["move"], sentence["before"], sentence["after"]) == ("edited", ["1"], ["1"])
    assert "".join(span["text"] for span in sentence["marks_before"]) == VOTE
    assert [span["text"] for span in sentence["marks_after"] if span["mark"] == "added"] == ["Montag"]
    assert (told["sentences_before"], told["sentences_after"]) == (4, 4)  # the headline is one


def test_a_correction_that_comes_with_its_edit_is_said_to_name_it(tmp_path: Path) -> None:
    note = f"Brücke</p>\n<p>Korrektur: In einer früheren Version hieß es, der Rat habe sich vertagt.</p>\n<p>{VOTE}"
    old, new = pages(tmp_path, f"{VOTE}", f"{note.replace('vertagt.</p>', 'vertagt.</p>', 1)}")
    new.write_text(new.read_text("utf-8").replace("beraten und sich vertagt", "beraten und entschieden"), "utf-8")
    told = json.loads(run_verb("compare", "--json", old, new).stdout)
    [notice] = [tag for tag in told["tags"] if tag["kind"] == "correction notice"]
    assert notice["explains_this_edit"]
    assert "(names what was changed here)" in run_verb("compare", old, new).stdout


def test_the_same_page_twice_is_the_same_text(tmp_path: Path) -> None:
    path = saved(tmp_path, "alt.html", PAGE)
    assert run_verb("compare", path, path).stdout == "the text is the same\n"
    told = json.loads(run_verb("compare", "--json", path, path).stdout)
    assert (told["severity"], told["sentences"], told["tags"]) == ("trivial", [], [])


def test_pages_that_were_read_in_different_ways_are_not_compared(tmp_path: Path) -> None:
    old = saved(tmp_path, "alt.html", PAGE)
    said = run_verb("compare", "--url", TAGESSCHAU, old, PROFILED).stdout
    assert said.startswith("not comparable: read with generic/")
    assert not json.loads(run_verb("compare", "--json", "--url", TAGESSCHAU, old, PROFILED).stdout)["comparable"]


def test_what_a_page_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    said = run_verb("compare", *pages(tmp_path, "am Abend", "am \u202e\x1b[31mMontag\u0085")).stdout
    assert "Montag" in said
    assert not [char for char in said if not char.isprintable() and char != "\n"]
