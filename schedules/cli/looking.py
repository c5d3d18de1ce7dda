"""The verb that reads pages and stores nothing: look. It needs no configuration."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schedules.cli.explaining import explanation_lines, explanation_object
from schedules.cli.printing import article_text, error_object, print_line, print_object, reading
from schedules.cli.saved import fetched_option, named_fault, saved_page, taken_as
from schedules.cli.setting import configuration, network_option
from schedules.robots import Gatekeeper
from scraper.charset import storable
from scraper.errors import FetchError, ReadError, ScrapeError
from scraper.http import Door, FetchSettings
from scraper.page import Page
from scraper.read import read
from scraper.read.explain import explain
from scraper.urls import canonical, host_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.article import Article
    from scraper.read.explain import Explanation

_AGENT = "Nachtrag/0.1 (nachtrag look)"


@dataclass(frozen=True, slots=True)
class Target:
    """One input: a saved file, or with `file` empty an address to fetch. `fault`: why it is none of both."""

    id: str
    file: str = ""
    url: str = ""
    fault: str = ""

    def taken_as(self, page: Page, fetched: datetime | None) -> str:
        """When a saved page is taken to have been fetched; empty if we fetched it."""
        return taken_as(page, fetched) if self.file else ""


@click.command()
@click.argument("targets", nargs=-1, metavar="[TARGET]…")
@click.option("--url", help="The address that a saved page came from.")
@click.option(
    "--fetched",
    metavar="WHEN",
    callback=fetched_option,
    help='When saved pages were fetched, for stamps like "yesterday"; else when the file was written.',
)
@click.option("--manifest", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="JSON lines {id, file, url}; files are relative to the manifest.")  # fmt: skip
@click.option("--reader", type=click.Choice(["auto", "generic"]), default="auto", help="generic ignores site profiles.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object per input, in order.")
@click.option("--explain", "explained", is_flag=True, help="Say which rule gave which field, and what was left out.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Read with the profiles of your own that this configuration names.")  # fmt: skip
@click.option(
    "--allow-private", multiple=True, metavar="NETWORK", callback=network_option,
    help='Networks that may be asked, "127.0.0.0/8" say.',
)  # fmt: skip
def look(  # noqa: PLR0913 -- a parameter per option
    targets: tuple[str, ...], *, url: str | None, fetched: datetime | None, manifest: Path | None, reader: str,
    as_json: bool, explained: bool, config_path: Path | None, allow_private: tuple[str, ...],
) -> None:  # fmt: skip
    """Read pages and say what is on them: addresses, or saved .html and .html.gz files with --url. Stores nothing."""
    inputs = [*_of_manifest(manifest), *_of_arguments(targets, url)]
    if not inputs and manifest is None:
        raise click.UsageError("name a page: an address, a saved file, or --manifest FILE")
    own = configuration(config_path).profiles if config_path else ()
    failed = False
    for target in inputs:
        try:
            page = _page(target, allow_private, fetched)
            article = read(page, reader, own, last_resort=reader == "auto")
        except ScrapeError as error:
            failed = True
            if as_json:
                print_object(error_object(target.id, error))
            else:
                print_line(named_fault(target.id, error))
            continue
        explanation = explain(page, article, own) if explained else None
        if as_json:
            print_object(_object(target.id, page, article, explanation))
        else:
            _print(article, explanation, target.taken_as(page, fetched))
    sys.exit(int(failed and not as_json))


def _object(identity: str, page: Page, article: Article, explanation: Explanation | None) -> dict[str, object]:
    more = {"explain": explanation_object(explanation)} if explanation else {}
    return reading(identity, article) | {"fetched_at": page.fetched_at.isoformat()} | more


def _print(article: Article, explanation: Explanation | None, taken: str) -> None:
    print_line(article_text(article))
    if taken:
        print_line(f"\n{taken}")
    if explanation:
        print_line("\n" + "\n".join(explanation_lines(article.read_with, explanation)))


def _of_manifest(manifest: Path | None) -> Iterator[Target]:
    """A target per line that is not empty; a line that cannot be understood is a target with a fault."""
    body = manifest.read_bytes() if manifest else b""
    for number, raw in enumerate(body.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if raw.strip():
            yield _of_line(raw, f"{manifest} line {number}", Path(str(manifest)).parent)


def _of_line(raw: bytes, where: str, folder: Path) -> Target:
    expected = 'expected {"id": "…", "file": "…", "url": "https://…"}'
    try:
        entry = json.loads(raw)
    except ValueError as error:
        return Target(where, fault=f"{where}: {expected}, found {raw[:60].decode('utf-8', 'replace')!r} ({error})")
    if not isinstance(entry, dict):
        return Target(where, fault=f"{where}: {expected}, found {raw[:60].decode('utf-8', 'replace')!r}")
    identity = entry.get("id")
    named = storable(identity) if isinstance(identity, str) else where if identity is None else str(identity)
    wrong = [key for key in ("id", "file", "url") if not isinstance(entry.get(key), str) or not entry[key]]
    if wrong and not (wrong == ["id"] and isinstance(identity, int)):
        return Target(named, fault=f"{where}: {expected}; {', '.join(wrong)} is missing or no text")
    return Target(named, str(folder / entry["file"]), entry["url"])


def _of_arguments(targets: tuple[str, ...], url: str | None) -> Iterator[Target]:
    for target in targets:
        if re.match(r"[a-z][a-z0-9+.-]+://", target, re.IGNORECASE):
            yield Target(target, url=target)
        elif not Path(target).exists():
            yield Target(target, fault=f"{target}: there is no such file, and it is no address (https://…)")
        elif url is None:
            yield Target(target, fault=f"{target}: a saved page needs --url, the address that it came from")
        else:
            yield Target(target, target, url)


def _page(target: Target, allow_private: tuple[str, ...], fetched: datetime | None) -> Page:
    if target.fault:
        raise ReadError("bad_input", target.fault)
    if target.file:
        return saved_page(target.file, target.url, fetched)
    return asyncio.run(_fetched(target.url, allow_private))


async def _fetched(url: str, allow_private: tuple[str, ...]) -> Page:
    address = canonical(url)
    if address is None:
        raise FetchError("bad_url", f"{url}: expected a complete web address")

    def clock() -> datetime:
        return datetime.now(UTC)

    async with Door(FetchSettings(user_agent=_AGENT, allow_private=allow_private), clock) as door:
        gate = Gatekeeper(door, _AGENT, clock).gate(host_key(address), ())
        answer = await door.get(address, check=gate.check, statuses=frozenset())
    if not isinstance(answer, Page):
        raise FetchError("protocol", f"{url}: the server says that nothing changed, but was not asked that")
    return answer
