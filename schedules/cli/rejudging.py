"""The verb that rules on edits again: rejudge."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from changes.case import Patience
from changes.correction import takes_back
from changes.meaning import edit_meaning
from db.store.meanings import keep_meaning, readings, to_weigh
from db.store.practice import recount_practice
from db.store.rulings import asked_again, record_again, settled_revisions
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, now, store_of
from schedules.judge import judge_again

if TYPE_CHECKING:
    from pathlib import Path

    from db.store.connection import Store


@click.command()
@config_option
@click.option("--tell", is_flag=True, help="Tell whoever was told a ruling that says something else now.")
def rejudge(config_path: Path, *, tell: bool) -> None:
    """Rule on all edits again, from the evidence that is kept: after an upgrade with a new table of rulings, say.

    A ruling that says something else is appended and takes the place of the one before, which stays in the table.
    What is taken back is told to whoever was told it; what says something else, only with --tell. Rulings that are
    still open are left to the daemon, and those on pages that were read again are left as they are.
    Edits that older rules weighed and tagged, or none, are weighed and tagged again, too.
    """
    config = configuration(config_path)
    patience = Patience(config.judge.settle, config.judge.cache_allowance, config.judge.looks)
    became: Counter[tuple[str, str]] = Counter()
    with store_of(config) as store:
        weighed = _weigh(store)  # a notice may explain another edit now, and that is ruled on by it
        store.call(recount_practice)
        edits = store.read(settled_revisions)
        for number in edits:
            due = store.read(asked_again, number, now())
            result = judge_again(due, patience, now())
            if result.ruling is not None and store.call(record_again, due, result, tell=tell):
                became[due.verdict, result.ruling.verdict] += 1
        weighed += _weigh(store)
    said = f"{became.total()} of them otherwise" if became else "all as before"
    click.echo(f"{tally(len(edits), 'edit')} ruled on again, {said}")
    for (old, new), count in became.most_common():
        click.echo(f"  {old} → {new}: {count}")
    taken_back = sum(count for (old, new), count in became.items() if takes_back(old, new))
    if became.total() > taken_back and not tell:
        click.echo("nobody was told" + (", but of what was taken back" if taken_back else ""), file=sys.stderr)
    if weighed:
        click.echo(f"{tally(weighed, 'edit')} weighed again")


def _weigh(store: Store) -> int:
    """Work out again what those edits mean that other rules weighed; how many there were."""
    numbers = store.read(to_weigh)
    for number in numbers:
        store.call(keep_meaning, number, edit_meaning(*store.read(readings, number)))
    return len(numbers)
