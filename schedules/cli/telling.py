"""The verbs that tell what is known: events, status, history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from changes.wording import verdict_words
from db.datasette import in_address
from db.store import people
from db.store.events import recorded
from db.store.history import versions_of
from schedules.cli.lines import failing_text, status_lines, tally, version_text
from schedules.cli.printing import print_line, print_object
from schedules.cli.setting import config_option, configuration, store_of

if TYPE_CHECKING:
    from pathlib import Path

_BATCH = 500


class Instant(click.ParamType[datetime]):
    """An instant as ISO 8601 text (UTC, if it names no zone) or as seconds since 1970, with fractions."""

    name = "instant"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Text to instant, or a usage error that says what is expected."""
        try:
            return datetime.fromtimestamp(float(value), UTC)
        except ValueError:
            pass
        except (OverflowError, OSError):
            self.fail(f"{value!r} is no moment that a calendar knows", param, ctx)
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f'{value!r}: expected "2026-11-24T14:05:00+00:00" or seconds since 1970', param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="A JSON object per line.")
@click.option("--since", type=Instant(), help="Only events from then on (ISO, or seconds since 1970).")
@click.option("--operations", is_flag=True, help="Also operations.*, for those who run it.")
def events(config_path: Path, *, as_json: bool, since: datetime | None, operations: bool) -> None:
    """Print what was told of articles, oldest first, in order of recording; `--operations` for operations.*, too."""
    config = configuration(config_path)
    with store_of(config) as store:
        last = 0
        while True:
            batch = store.read(recorded, since, last, _BATCH, with_operations=operations)
            for last, event in batch:  # noqa: B007 -- the last number is where the next batch begins
                print_object(event) if as_json else print_line(_event_line(event))
            if len(batch) < _BATCH:
                return


def _event_line(event: dict[str, object]) -> str:
    if "message" in event:
        return f"{str(event['at'])[:19]}  {event['type']:<19} {event['message']}"
    words = f" +{event.get('words_added', 0)} -{event.get('words_removed', 0)}"
    code = str(event["verdict"])
    said = f"{code:<18}{words:<9} {event['url']}  ({verdict_words(code)})"
    return f"{str(event['at'])[:19]}  {event['type']:<19} {said}"


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")
def status(config_path: Path, *, as_json: bool) -> None:
    """Say what is watched, and what is failing."""
    config = configuration(config_path)
    with store_of(config) as store:
        found = store.read(people.status)
    if as_json:
        print_object(found)
        return
    for line in status_lines(found, f"{config.web.base_url}/{in_address(config.database.stem)}"):
        print_line(line)


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="A JSON object per version, with its text.")
@click.argument("url")
def history(config_path: Path, url: str, *, as_json: bool) -> None:
    """Print the versions of one article, oldest first."""
    config = configuration(config_path)
    with store_of(config) as store:
        article = store.read(people.find_article, url)
        versions = store.read(versions_of, article)
    for version in versions:
        print_object(version) if as_json else print_line(version_text(version))
    if not as_json:
        count = tally(len(versions), "version")
        print_line(f"state: {article['state']}; {count}; {config.web.base_url}/-/article/{article['id']}")
        if article["failures"]:
            print_line(failing_text(dict(article)))
