"""The verbs that keep the database sound: verify, backup."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from db.store import chain, examined, people
from db.store.connection import Store, StoreError
from db.store.leases import at_work
from db.store.retention import erased_pages
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, fail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedules.config import Config


@click.command()
@config_option
@click.argument("file", type=click.Path(path_type=Path), required=False)
def verify(config_path: Path, file: Path | None) -> None:
    """Check the database, walk its hash chains, open every raw page. Exits with 1 if anything is wrong.

    With FILE, check that one instead: a backup, say. It is left as it is: a copy of it, made beside it for the time
    being, is brought to the newest schema and checked; so is the database itself where it is of an earlier version.
    """
    config = configuration(config_path)
    checked = file or config.database
    if not checked.exists():
        fail(f"{checked}: there is no database to verify" + ("; `nachtrag run` makes one" if not file else ""))
    with _copied(checked) if file or examined.is_behind(checked) else nullcontext(checked) as database:
        _verify(config.model_copy(update={"database": database}), checked)


@contextmanager
def _copied(file: Path) -> Iterator[Path]:
    """A copy of it, as long as it is needed."""
    with ExitStack() as kept:
        try:
            folder = kept.enter_context(TemporaryDirectory(prefix=f"{file.name}.", suffix=".verify", dir=file.parent))
            copy = Path(folder) / file.name
            people.backup(file, copy)
            with examined.opened(copy) as con:
                is_empty = not con.execute("SELECT 1 FROM sqlite_master WHERE name = 'revisions'").fetchone()
        except (OSError, sqlite3.Error) as error:
            fail(f"{file}: cannot be copied, beside itself, to be checked: {error}")
        if is_empty:
            fail(f"{file}: has no versions of articles, not even a table of them: it is no backup of Nachtrag's")
        yield copy


def _verify(config: Config, checked: Path) -> None:
    faults: list[str] = []
    try:
        with Store(config.database) as store:
            # Not even what only reads ends well, where SQLite came upon damage.
            store.read(lambda con: faults.extend(chain.faults(con)))
            counts, erased = store.read(people.status), store.read(erased_pages)
    except StoreError as error:
        fail(str(error).replace(str(config.database), str(checked)))
    except sqlite3.DatabaseError as error:
        if not faults:  # a database that is locked, say, is none that is damaged
            fail(f"{checked}: cannot be read: {error}")
    for fault in faults:
        click.echo(fault)
    if faults:
        fail(
            f"{checked} is not as it was written: keep it, and go back to a backup (docs/running.md, Backup, and back)"
        )
    seen = ", ".join(tally(int(str(counts[f"{what}s"])), what) for what in ("revision", "event"))
    click.echo(f"ok: {seen}, chains and raw pages whole")
    if erased:
        click.echo(f"{tally(erased, 'raw page')} erased by `nachtrag vacuum`: of these the hashes and dates are left")


@click.command()
@config_option
def upgrade(config_path: Path) -> None:
    """Bring the database of an earlier version to the newest schema, for good, and do nothing else. So does `run`."""
    file = configuration(config_path).database
    if not file.exists():
        fail(f"{file}: there is no database to bring forward; `nachtrag run` makes one")
    is_behind = examined.is_behind(file)
    with at_work(file) as alone:
        if is_behind and not alone:
            fail(f"{file}: another process works on it, the daemon of the earlier version, say: stop that first")
        try:
            Store(file).close()
        except StoreError as error:
            fail(str(error))
    click.echo(f"{file}: {'is of this version now' if is_behind else 'is of this version already'}")


@click.command()
@config_option
@click.argument("file", type=click.Path(path_type=Path))
def backup(config_path: Path, file: Path) -> None:
    """Copy the database into FILE as one consistent file, while it runs."""
    config = configuration(config_path)
    try:
        people.backup(config.database, file)
    except (OSError, sqlite3.Error) as error:
        fail(f"{file}: no backup of {config.database} was made: {error}")
    click.echo(f"{file}: {file.stat().st_size:,} bytes")
