"""The demonstration's script and articles hold together, and its config.toml is one that the daemon takes."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from changes.wording import WORDS
from schedules.config import load
from schedules.demo.configuration import SECRET_ENV, config_text
from schedules.demo.pages import NotInText, comments_line, edited, first_version, stand_line
from schedules.demo.script import Edit, load_script
from schedules.endpoints import EVENT_TYPES

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, 13, 5, 12, tzinfo=UTC)
SCRIPT = load_script()
STORIES = {story.slug: story for story in SCRIPT.stories}
STEPS = [step for happening in SCRIPT.happenings for step in happening.steps]


def test_the_nine_happenings_stand_in_their_order() -> None:
    told = [(happening.title, happening.steps[0].told) for happening in SCRIPT.happenings]
    assert told == [
        ("Announced edit", ("article.changed", "announced")),
        ("Edit that leaves the Stand alone", ("article.changed", "unmarked")),
        ("Bare move of the Stand", ("article.changed", "stand_only")),
        ("Headline change", ("article.changed", "announced")),
        ("Correction note", ("article.changed", "disclosed")),
        ("Growing comments", ("article.comments", "comments")),
        ("Old copy from a cache", None),
        ("Removal", ("article.gone", "removed")),
        ("Return", ("article.returned", "returned")),
    ]


def test_articles_are_german_and_english_and_of_several_paragraphs() -> None:
    assert [story.language for story in SCRIPT.stories] == ["de"] * 3 + ["en-GB"] * 3
    assert all(len(story.paragraphs) >= 3 for story in SCRIPT.stories)
    assert len(STORIES) == len(SCRIPT.stories)


def test_every_step_is_about_an_article_and_expects_what_there_is() -> None:
    for step in STEPS:
        assert step.story in STORIES
        if step.told is None:
            assert step.looks > 0
        else:
            assert step.told[0] in EVENT_TYPES
            assert step.told[1] in WORDS
        if step.also is not None:
            assert step.also[0] in EVENT_TYPES
            assert step.also[1] in WORDS


def test_every_edit_can_be_made_and_every_old_copy_has_an_edition_before_it() -> None:
    versions = {slug: [first_version(story, NOW)] for slug, story in STORIES.items()}
    for step in STEPS:
        history = versions[step.story]
        if step.act == "edit":
            history.append(edited(history[-1], step.edit, NOW))
            assert history[-1] != history[-2]
        elif step.act == "old_copy":
            assert len(history) > 1
    assert versions["bahnhofsuhr-geht-vor"][-1].comments == 17


def test_the_pauses_leave_room_for_everything_within_two_minutes() -> None:
    pauses = sum((step.after for step in STEPS), timedelta())
    assert timedelta(seconds=40) <= pauses <= timedelta(seconds=60)


def test_stands_lie_well_in_the_past_where_an_edit_leaves_them_alone() -> None:
    """Else the edit may lie within the minute that the Stand prints, and could not be called unmarked."""
    moved: set[str] = set()
    for step in STEPS:
        if step.told and step.told[1] == "unmarked":
            assert step.story not in moved
            assert STORIES[step.story].stand >= timedelta(hours=1)
        if "stand" in step.edit.moves:
            moved.add(step.story)


def test_an_edit_that_wants_words_that_are_not_there_says_which() -> None:
    version = first_version(SCRIPT.stories[0], NOW)
    with pytest.raises(NotInText, match="ziege-im-rathaus: the words 'Kamel'"):
        edited(version, Edit(replace=(("Kamel", "Ziege"),)), NOW)


def test_stamps_and_counts_are_written_as_the_language_writes_them() -> None:
    german, english = first_version(SCRIPT.stories[0], NOW), first_version(SCRIPT.stories[3], NOW)
    moved = Edit(moves=("stand",), comments=1)
    assert stand_line(edited(german, moved, NOW)) == "Stand: 24.11.2026 14:05 Uhr"
    assert stand_line(edited(english, moved, NOW)) == "Updated: 24 November 2026, 13:05 GMT"
    summer = datetime(2026, 7, 3, 9, 7, tzinfo=UTC)
    assert stand_line(edited(english, moved, summer)) == "Updated: 3 July 2026, 10:07 BST"
    assert comments_line(edited(german, moved, NOW)) == "1 Kommentar"
    assert comments_line(edited(english, moved, NOW)) == "1 comment"
    assert re.fullmatch(r"\d+ Kommentare", comments_line(german))
    assert re.fullmatch(r"\d+ comments", comments_line(english))


def test_a_wrong_key_in_the_script_is_named(tmp_path: Path) -> None:
    (tmp_path / "stories.toml").write_text("stories = []", "utf-8")
    step = '{story = "a", act = "edit", says = "s", after = "1s", lukes = 2}'
    (tmp_path / "script.toml").write_text(f'happenings = [{{title = "t", steps = [{step}]}}]', "utf-8")
    with pytest.raises(ValidationError, match="lukes"):
        load_script(tmp_path)


def test_the_configuration_is_one_that_the_daemon_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET_ENV, "whsec_" + "QUJD" * 8)
    database = tmp_path / 'a "quoted" \\ folder' / "demo.db"
    text = config_text("http://127.0.0.1:1/feed.xml", "http://127.0.0.1:2/newsroom", str(database), "127.0.0.1:8001")
    (tmp_path / "config.toml").write_text(text, "utf-8")
    config = load(tmp_path / "config.toml")
    assert config.database == database
    assert config.judge.settle == timedelta()
    assert config.fetch.gap == timedelta()
    assert config.fetch.allow_private == ("127.0.0.0/8",)
    assert [(source.feed, source.revisit) for source in config.sources] == [
        ("http://127.0.0.1:1/feed.xml", timedelta(seconds=2))
    ]
    assert [endpoint.url for endpoint in config.endpoints] == ["http://127.0.0.1:2/newsroom"]
    assert tomllib.loads(text)["endpoints"][0]["events"] == ["article.*"]
