"""The verb that compares two saved pages. It needs no configuration and stores nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from changes.alignment import align
from changes.compare import compare as compare_readings
from changes.meaning import meaning
from changes.notices import explained
from changes.render import line, marked
from schedules.cli.printing import print_line, print_object
from schedules.cli.saved import named_fault, saved_page
from scraper.errors import ScrapeError
from scraper.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changes.alignment import Aligned, Alignment
    from changes.change import Change
    from changes.meaning import Meaning
    from changes.tags import Tag
    from scraper.article import Article, Clock


@click.command()
@click.argument("old", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("new", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--url", default="https://example.org/", help="The address that both came from: it chooses the reader.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def compare(old: Path, new: Path, url: str, *, as_json: bool) -> None:
    """Compare two saved pages of one article: which sentences a reader would find changed, and what that means."""
    before, after = _reading(old, url), _reading(new, url)
    change = compare_readings(before, after)
    if before.read_with != after.read_with:
        readers = [before.read_with, after.read_with]
        if as_json:
            print_object({"comparable": False, "read_with": readers})
        else:
            print_line(f"not comparable: read with {readers[0]} and {readers[1]}")
        return
    alignment = align(before, after)
    meant = meaning(before, after, alignment)
    if as_json:
        print_object(_object(before, after, change, alignment, meant))
        return
    for told in [*_stamps(before, after, change), *_text(change, alignment, meant)]:
        print_line(told)


def _reading(path: Path, url: str) -> Article:
    try:
        return read(saved_page(str(path), url))
    except ScrapeError as error:
        raise click.ClickException(named_fault(str(path), error)) from None


def _stamps(before: Article, after: Article, change: Change) -> Iterator[str]:
    for clock in change.clocks:
        was, now = (item.raw if item else "none" for item in (clock.before, clock.after))
        yield f"{clock.kind}: {was} → {now}"
    if before.comment_count != after.comment_count:
        was, now = ("none" if count is None else str(count) for count in (before.comment_count, after.comment_count))
        yield f"comments: {was} → {now}"


def _text(change: Change, alignment: Alignment, meant: Meaning) -> Iterator[str]:
    changed = [item for item in alignment.items if item.move != "kept"]
    if not change.text_changed and not meant.tags:
        if not change.clocks:
            yield "the text is the same"
        return
    yield f"text: +{change.words_added} -{change.words_removed} words" + (" (typography only)" if change.minor else "")
    yield f"weight: {meant.severity}, {meant.because}"
    for tag in meant.tags:
        names_it = " (names what was changed here)" if _explains(tag, alignment) else ""
        yield f"  {tag.kind}: {line(tag.before, tag.after)}{names_it}"
    for item in changed:
        yield f"{_places(item, alignment):<14} {line(alignment.text('before', item), alignment.text('after', item))}"
    for field in change.fields:
        if field.field in ("authors", "captions", "credits"):
            yield f"{field.field:<14} {line(field.before, field.after)}"


def _explains(tag: Tag, alignment: Alignment) -> bool:
    """Whether a correction notice names what was changed together with it."""
    return tag.kind == "correction notice" and explained(tag.after, [alignment]) is not None


def _places(item: Aligned, alignment: Alignment) -> str:
    """ "edited 2", "moved 2 → 5": the number of a sentence, H for the headline, T for the topline."""
    was = ",".join(alignment.name("before", at) for at in item.before)
    now = ",".join(alignment.name("after", at) for at in item.after)
    return f"{item.move} {was}" + (f" → {now}" if was and now and was != now else "" if was else now)


def _object(before: Article, after: Article, change: Change, alignment: Alignment, meant: Meaning) -> dict[str, object]:
    """All of it; sentences that stayed are counted, not listed."""
    listed = [at for at, item in enumerate(alignment.items) if item.move != "kept"]
    return {
        "comparable": True,
        "read_with": after.read_with,
        "clocks": [
            {"kind": clock.kind, "before": _raw(clock.before), "after": _raw(clock.after)} for clock in change.clocks
        ],
        "comment_counts": [before.comment_count, after.comment_count],
        "words_added": change.words_added,
        "words_removed": change.words_removed,
        "fields": [asdict(field) for field in change.fields],
        "sentences_before": len(alignment.before),
        "sentences_after": len(alignment.after),
        "sentences": [_sentence(alignment.items[at], alignment) for at in listed],
        "tags": [
            {
                "kind": tag.kind,
                "before": tag.before,
                "after": tag.after,
                "sentence": None if tag.at is None else listed.index(tag.at),
                "explains_this_edit": _explains(tag, alignment),
            }
            for tag in meant.tags
        ],
        "severity": meant.severity,
        "because": meant.because,
    }


def _raw(clock: Clock | None) -> str | None:
    return clock.raw if clock else None


def _sentence(item: Aligned, alignment: Alignment) -> dict[str, object]:
    was, now = alignment.text("before", item), alignment.text("after", item)
    marks_before, marks_after = marked(was, now)
    return {
        "move": item.move,
        "edited": item.edited,
        "before": [alignment.name("before", at) for at in item.before],
        "after": [alignment.name("after", at) for at in item.after],
        "marks_before": [asdict(span) for span in marks_before],
        "marks_after": [asdict(span) for span in marks_after],
    }
