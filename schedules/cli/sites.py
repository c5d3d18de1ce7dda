"""The verb for those who write a profile of a site: check-site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schedules.cli.lines import tally
from schedules.cli.printing import print_line
from schedules.cli.saved import fetched_option, named_fault, saved_page, taken_as
from schedules.cli.setting import configuration, fail
from scraper.errors import ReadError
from scraper.read.check import PageCheck, check, is_needed, never_matched
from scraper.site_profile import ProfileError, own_profile, profile_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scraper.site_profile import SiteProfile


@click.command("check-site")
@click.option("--profile", "profile_path", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The profile, a toml file; else the one for the host of --url.")  # fmt: skip
@click.option("--url", help="The address that the pages came from; with --profile, its first host if not given.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="Look among the profiles of your own that this configuration names, too.")  # fmt: skip
@click.option(
    "--fetched",
    metavar="WHEN",
    callback=fetched_option,
    help='When the pages were fetched, for stamps like "yesterday"; else when each file was written.',
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
def check_site(
    files: tuple[str, ...], profile_path: Path | None, url: str | None, config_path: Path | None,
    fetched: datetime | None,
) -> None:  # fmt: skip
    """Run a profile over saved pages (.html, .html.gz): what was found, what was not, which selector never matches.

    Exits with 1 if there are faults: a page that the profile does not read, a Stand that is no stamp, a selector that
    finds the wrong thing, or one for headline, Stand or paragraphs that never matches.
    """
    profile, url = _wanted(profile_path, url, config_path)
    checks, faults = [], 0
    for file in files:
        try:
            page = saved_page(file, url, fetched)
            checks.append(check(page, profile))
        except ReadError as error:
            faults += 1
            print_line(f"{file}\n  FAULT: {named_fault(file, error)}")
            continue
        for line in _page_lines(file, checks[-1], taken_as(page, fetched), profile):
            print_line(line)
        faults += len(checks[-1].faults)
    for line, is_fault in _never(profile, checks):
        faults += is_fault
        print_line(line)
    print_line(f"\n{tally(len(files), 'page')}, " + (tally(faults, "fault") if faults else "no faults"))
    sys.exit(int(faults > 0))


def _wanted(profile_path: Path | None, url: str | None, config_path: Path | None) -> tuple[SiteProfile, str]:
    if profile_path is not None:
        try:
            profile = own_profile(profile_path)
        except ProfileError as error:
            fail(str(error))
        if url is not None and profile_for(url, (profile,)) is not profile:
            fail(f"{profile_path.name}: hosts: {', '.join(profile.hosts)} do not cover {url}")
        return profile, url or f"https://{profile.hosts[0]}/"
    if url is None:
        raise click.UsageError("name a profile with --profile FILE, or the address of the pages with --url")
    found = profile_for(url, configuration(config_path).profiles if config_path else ())
    if found is None:
        fail(f"{url}: there is no profile for this host; name one with --profile FILE")
    return found, url


def _page_lines(file: str, checked: PageCheck, taken: str, profile: SiteProfile) -> Iterator[str]:
    said = f"read with {checked.read_with}" if checked.read_with else "not read"
    ours = checked.read_with.startswith(f"{profile.name}/")
    yield f"{file}: {said}" + (
        f", not with {profile.name}, version {checked.design}" if checked.design and not ours else ""
    )
    yield f"  {taken}"
    for found in checked.found:
        yield f"  {found.key:<18} {found.count:>4} × {found.selector}" + (f": {found.text}" if found.text else "")
    if checked.empty:
        yield f"  nothing was found for: {', '.join(checked.empty)}"
    for fault in checked.faults:
        yield (
            f"  FAULT: {file}: {profile.file}: {fault}" if fault.startswith("versions") else f"  FAULT: {file}: {fault}"
        )


def _never(profile: SiteProfile, checks: list[PageCheck]) -> Iterator[tuple[str, bool]]:
    unmatched = list(never_matched(profile, checks))
    if unmatched:
        yield "\nselectors that never matched:", False
    for found in unmatched:
        fault = is_needed(found)
        said = f"{profile.file}: {found.key}: {found.selector!r} finds nothing on any page"
        mend = "mend the selector, or `container`" if ".blocks." in found.key else "mend the selector"
        yield f"  FAULT: {said}; {mend}" if fault else f"  {said}", fault
    unused = [version.id for version in profile.versions if version.id not in {item.design for item in checks}]
    if unused and checks:
        yield f"\nversions that no page fitted: {', '.join(unused)}", False
