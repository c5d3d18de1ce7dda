"""The verbs that read pages and store nothing: look, compare. They need no configuration."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from changes.compare import compare as compare_readings
from changes.render import excerpt
from schedules.cli.printing import article_text, error_line, print_line, reading
from schedules.robots import Gate
from scraper.errors import FetchError, ReadError, ScrapeError
from scraper.http import Door, FetchSettings
from scraper.page import Page
from scraper.read import read
from scraper.urls import canonical, host_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.article import Article

_AGENT = "Nachtrag/0.1 (nachtrag look)"
# A page that is larger is refused over the wire, too.
_MAX_FILE = 64 * 1024 * 1024

Target = tuple[str, str, str]  # id, file (empty: fetch it), url


@click.command()
@click.argument("targets", nargs=-1, metavar="[TARGET]…")
@click.option("--url", help="The address that a saved page came from.")
@click.option("--manifest", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="JSON lines {id, file, url}; files are relative to the manifest.")  # fmt: skip
@click.option("--reader", type=click.Choice(["auto", "generic"]), default="auto", help="generic ignores site profiles.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object per input, in order.")
@click.option(
    "--allow-private", multiple=True, metavar="NETWORK", help='Networks that may be asked, "127.0.0.0/8" say.'
)
def look(
    targets: tuple[str, ...], *, url: str | None, manifest: Path | None, reader: str, as_json: bool,
    allow_private: tuple[str, ...],
) -> None:  # fmt: skip
    """Read pages and say what is on them: addresses, or saved .html and .html.gz files with --url. Stores nothing."""
    inputs = [*_of_manifest(manifest), *_of_arguments(targets, url)] if manifest else list(_of_arguments(targets, url))
    if not inputs:
        raise click.UsageError("name a page: an address, a saved file, or --manifest FILE")
    failed = False
    for identity, file, address in inputs:
        try:
            page = _saved(file, address) if file else asyncio.run(_fetched(address, allow_private))
            article = read(page, reader)
        except ScrapeError as error:
            failed = True
            print_line(error_line(identity, error) if as_json else f"{identity}: {error}")
            continue
        print_line(json.dumps(reading(identity, article), ensure_ascii=False) if as_json else article_text(article))
    sys.exit(int(failed and not as_json))


@click.command()
@click.argument("old", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("new", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--url", default="https://example.org/", help="The address that both came from: it chooses the reader.")
def compare(old: Path, new: Path, url: str) -> None:
    """Compare two saved pages of one article: what a reader would find changed."""
    try:
        before, after = read(_saved(str(old), url)), read(_saved(str(new), url))
    except ScrapeError as error:
        raise click.ClickException(str(error)) from None
    for line in _differences(before, after):
        print_line(line)


def _differences(before: Article, after: Article) -> Iterator[str]:
    change = compare_readings(before, after)
    if before.read_with != after.read_with:
        yield f"not comparable: read with {before.read_with} and {after.read_with}"
        return
    for clock in change.clocks:
        was, now = (item.raw if item else "none" for item in (clock.before, clock.after))
        yield f"{clock.kind}: {was} → {now}"
    if before.comment_count != after.comment_count:
        yield f"comments: {before.comment_count} → {after.comment_count}"
    if change.text_changed:
        yield f"text: +{change.words_added} -{change.words_removed} words" + (
            " (typography only)" if change.minor else ""
        )
        yield excerpt(change, 2000)
    elif not change.clocks:
        yield "the text is the same"


def _of_manifest(manifest: Path | None) -> Iterator[Target]:
    for number, line in enumerate(manifest.read_text("utf-8").splitlines() if manifest else (), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            yield str(entry["id"]), str(Path(str(manifest)).parent / entry["file"]), str(entry["url"])
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(
                f'{manifest} line {number}: expected {{"id": …, "file": …, "url": …}}, found {line[:80]!r} ({error})'
            ) from None


def _of_arguments(targets: tuple[str, ...], url: str | None) -> Iterator[Target]:
    for target in targets:
        if target.startswith(("http://", "https://")):
            yield target, "", target
        elif url is None:
            raise click.UsageError(f"{target}: a saved page needs --url, the address that it came from")
        else:
            yield target, target, url


def _saved(file: str, url: str) -> Page:
    """A saved page as if it had come over the wire when it was saved."""
    path = Path(file)
    try:
        body = path.read_bytes()
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                body = packed.read(_MAX_FILE + 1)
    except (OSError, EOFError, ValueError) as error:
        raise ReadError("empty", f"{file}: cannot be read: {error}") from None
    if len(body) > _MAX_FILE:
        raise ReadError("too_large", f"{file}: is larger than {_MAX_FILE // 1024**2} MB")
    return Page(url=url, status=200, headers=(), body=body, fetched_at=when)


async def _fetched(url: str, allow_private: tuple[str, ...]) -> Page:
    address = canonical(url)
    if address is None:
        raise FetchError("bad_url", f"{url}: expected a complete web address")

    def clock() -> datetime:
        return datetime.now(UTC)

    async with Door(FetchSettings(user_agent=_AGENT, allow_private=allow_private), clock) as door:
        gate = Gate(door, _AGENT, clock, host_key(address), ())
        answer = await door.get(address, check=gate.check, statuses=frozenset())
    if not isinstance(answer, Page):
        raise FetchError("protocol", f"{url}: the server says that nothing changed, but was not asked that")
    return answer
