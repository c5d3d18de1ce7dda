"""The verb that gives the evidence out: page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.store.evidence import newest_page_of, page_of
from schedules.cli.printing import print_bytes
from schedules.cli.setting import config_option, configuration, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store.evidence import KeptPage


@click.command()
@config_option
@click.option("--headers", is_flag=True, help="The HTTP status and headers that came with the page, in place of it.")
@click.argument("what", metavar="REVISION|URL")
def page(config_path: Path, what: str, *, headers: bool) -> None:
    """Write the raw page of a revision to stdout, byte for byte as it is kept; what it is goes to stderr.

    The address of an article stands for its newest page that is kept, also one that is held or could not be read.
    """
    with store_of(configuration(config_path)) as store:
        is_number = what.lstrip("-").isdecimal()
        kept = store.read(page_of, int(what)) if is_number else store.read(newest_page_of, what)
    for line in _about(kept):
        click.echo(line, err=True)
    print_bytes(_head(kept) if headers else kept.body)


def _about(kept: KeptPage) -> Iterator[str]:
    yield f"{kept.url}: fetched {kept.fetched_at[:19]} UTC, HTTP {kept.status}"
    if kept.as_served:
        yield f"SHA-256 {kept.kept_sha256}, {len(kept.body)} bytes, as served"
        return
    yield f"SHA-256 {kept.kept_sha256} as kept, {len(kept.body)} bytes: this is what is written"
    yield f"SHA-256 {kept.sha256} as served: it differs, for what readers wrote was blanked out before it was kept"


def _head(kept: KeptPage) -> bytes:
    lines = [f"HTTP {kept.status}", *(f"{name}: {value}" for name, value in kept.headers)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
