"""`sites/*.toml` in, `SiteProfile`s out: how to read the pages of one outlet. Every selector is tried at load.

A site is a data file: adding one needs no code. What a profile does not say, the generic reader finds.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

from scraper.article import BlockKind, PageClockKind
from scraper.profile_table import ProfileTable
from scraper.retention import Retention, retention
from scraper.urls import canonical, is_under

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDER = Path(__file__).parent / "sites"
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
# An address whose host stands there as it is: to take it apart costs each look ten times as much.
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]+)?(?:[/?#]|$)")
_LANGUAGE, _COUNTRY = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"), re.compile(r"[A-Z]{2}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


class ProfileError(ValueError):
    """A profile that cannot be used. Says in which file, at which key, and why."""


@dataclass(frozen=True, slots=True)
class ClockRule:
    """Where a page keeps one of its stamps.

    Attributes:
        attributes: read the first of these that there is; the element's text if none is given.
        keys: the attribute holds JSON; take the first of these keys that it has.
        zone: the zone of stamps that name none.
        z_is_false: the stamp ends in Z and yet is wall time of `zone`.
    """

    kind: PageClockKind
    selector: str
    attributes: tuple[str, ...]
    keys: tuple[str, ...]
    zone: str
    z_is_false: bool


@dataclass(frozen=True, slots=True)
class SiteVersion:
    """One design of a site.

    Attributes:
        revision: to be raised whenever a selector changes, as readings with different ones are not compared.
        valid: for people: since when, and how it is known.
        verified: False if no page of this design was at hand when it was written.
        matches: a page is of this design if this finds something.
        drop: what never counts, wherever it stands.
        blocks: kind of block → selector.
    """

    id: str
    matches: str
    container: str
    headline: str
    blocks: tuple[tuple[BlockKind, str], ...]
    revision: int = 1
    valid: str = ""
    verified: bool = True
    topline: str = ""
    standfirst: str = ""
    stand: str = ""
    comment_count: str = ""
    authors: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    clocks: tuple[ClockRule, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """How to read one outlet. `hosts` hold for their subdomains too; the first version that matches a page is used.

    Attributes:
        own: it is a user's, from the folder of the configuration, and does not come with Nachtrag.
        file: the name of its file.
        retention: how long the outlet says that it keeps articles.
    """

    name: str
    hosts: tuple[str, ...]
    language: str
    country: str
    zone: str
    versions: tuple[SiteVersion, ...]
    own: bool = False
    file: str = ""
    retention: tuple[Retention, ...] = ()

    def covers_host(self, host: str) -> bool:
        return any(is_under(host, own) for own in self.hosts)


def profile_for(url: str, own: Sequence[SiteProfile] = ()) -> SiteProfile | None:
    """The profile for the host of an address, or None; a user's own comes before those that come with Nachtrag."""
    plain = _PLAIN.match(url)
    try:
        host = ((plain[1] if plain else urlsplit(url).hostname) or "").rstrip(".")
    except ValueError:
        return None
    return next((profile for profile in own if profile.covers_host(host)), None) or _shipped_for(host)


@lru_cache(maxsize=4096)  # it is asked for at every look
def _shipped_for(host: str) -> SiteProfile | None:
    return next((profile for profile in load_profiles() if profile.covers_host(host)), None)


@cache
def load_profiles(folder: Path = _FOLDER) -> tuple[SiteProfile, ...]:
    """All profiles of a folder, in the order of their files.

    Raises:
        ProfileError: a file, a key or a selector cannot be used.
    """
    return tuple(load_profile(path) for path in sorted(folder.glob("*.toml")))


def own_profiles(folder: Path) -> tuple[SiteProfile, ...]:
    """A user's profiles, as they are in the folder now.

    Raises:
        ProfileError: a file, a key or a selector cannot be used, or a name is taken; a line per fault.
    """
    try:
        is_there = folder.is_dir()
    except OSError as fault:  # its name is longer than any can be
        raise ProfileError(f"{folder}: cannot be read: {fault.strerror}") from None
    if not is_there:
        raise ProfileError(f"{folder}: there is no such folder")
    taken: dict[str, str] = {}
    found, faults = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            profile = own_profile(path)
        except ProfileError as fault:
            faults.append(str(fault))
            continue
        if profile.name in taken:
            faults.append(f"{path.name}: name: {profile.name!r} is the name of {taken[profile.name]}; take another")
        taken[profile.name] = path.name
        found.append(profile)
    if faults:
        raise ProfileError("\n".join(faults))
    return tuple(found)


def own_profile(path: Path) -> SiteProfile:
    """One of them.

    Raises:
        ProfileError: a key or a selector cannot be used, or the name is one of ours.
    """
    is_ours = path.resolve().parent == _FOLDER.resolve()
    return replace(load_profile(path, () if is_ours else [ours.name for ours in load_profiles()]), own=True)


def load_profile(path: Path, taken: Sequence[str] = ()) -> SiteProfile:
    """One file. `taken`: the names that come with Nachtrag.

    Raises:
        ProfileError: a key or a selector cannot be used; a line per fault, all of them.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except RecursionError:
        raise ProfileError(
            f"{path.name}: this is no TOML that can be read: too many tables inside each other"
        ) from None
    except ValueError as fault:  # no TOML, no UTF-8, or a number of more digits than anybody reads
        raise ProfileError(f"{path.name}: this is no TOML: {fault}") from None
    except OSError as fault:
        raise ProfileError(f"{path.name}: cannot be read: {fault.strerror}") from None
    top = ProfileTable(path.name, "", table)
    zone = top.text("zone")
    versions = tuple(_version(version, zone) for version in top.tables("versions"))
    profile = SiteProfile(
        name=top.text("name"),
        hosts=top.texts("hosts"),
        language=top.text("language", required=False),
        country=top.text("country", required=False),
        zone=zone,
        versions=versions,
        file=path.name,
        retention=tuple(filter(None, (retention(rule, zone) for rule in top.tables("retention")))),
    )
    top.nothing_left()
    _check(top, profile, taken)
    if top.faults:
        raise ProfileError("\n".join(top.faults.values()))
    return profile


def _check(top: ProfileTable, profile: SiteProfile, taken: Sequence[str]) -> None:
    if profile.name in taken:
        top.fault("name", f"{profile.name!r} is the name of a profile that comes with Nachtrag; take another")
    if not _NAME.fullmatch(profile.name):
        top.fault("name", f"{profile.name!r} must be lower-case letters, digits, - and _")
    if not profile.hosts:
        top.fault("hosts", "name at least one host")
    for at, host in enumerate(profile.hosts, 1):
        if not _HOST.fullmatch(host):
            meant = f"write the bare lower-case host, such as {_bare_host(host)!r}, not {host!r}"
            top.fault(f"hosts[{at}]", meant)
    if not profile.versions:
        top.fault("versions", "describe at least one design with [[versions]]")
    ids = [version.id for version in profile.versions if version.id]
    if len(set(ids)) < len(ids):
        top.fault("versions", f"two have the same id: {', '.join(ids)}")
    top.zone("zone", profile.zone)
    _check_codes(top, profile)


def _check_codes(top: ProfileTable, profile: SiteProfile) -> None:
    if profile.language and not _LANGUAGE.fullmatch(profile.language):
        top.fault("language", f"{profile.language!r} is no code of a language; write one like 'de'")
    if profile.country and not _COUNTRY.fullmatch(profile.country):
        top.fault("country", f"{profile.country!r} is no code of a country; write one like 'DE'")


def _bare_host(text: str) -> str:
    """The host that was meant, as addresses have it; an example, if that cannot be told."""
    address = canonical(text if "://" in text else f"https://{text}")
    host = urlsplit(address).hostname if address else None
    return host if host and _HOST.fullmatch(host) else "zeitung.example"


def _version(table: ProfileTable, zone: str) -> SiteVersion:
    version = SiteVersion(
        id=table.text("id"),
        revision=table.number("revision", 1),
        valid=table.text("valid", required=False),
        verified=table.flag("verified", default=True),
        matches=table.selector("matches"),
        container=table.selector("container"),
        headline=table.selector("headline"),
        topline=table.selector("topline", required=False),
        standfirst=table.selector("standfirst", required=False),
        stand=table.selector("stand", required=False),
        comment_count=table.selector("comment_count", required=False),
        authors=table.selectors("authors"),
        drop=table.selectors("drop"),
        notes=table.selectors("notes"),
        images=table.selectors("images"),
        blocks=_blocks(table.table("blocks")),
        clocks=tuple(_clock(clock, zone) for clock in table.tables("clocks")),
    )
    table.nothing_left()
    return version


def _blocks(table: ProfileTable) -> tuple[tuple[BlockKind, str], ...]:
    kinds: tuple[BlockKind, ...] = get_args(BlockKind)
    found = tuple((kind, table.selector(kind)) for kind in kinds if kind in table.values)
    if not found:
        table.fault("paragraph", "say at least where the paragraphs are")
    table.nothing_left(*kinds)
    return found


def _clock(table: ProfileTable, zone: str) -> ClockRule:
    kind = table.text("kind")
    if kind not in get_args(PageClockKind):
        table.fault("kind", f"{kind!r} is none of {', '.join(get_args(PageClockKind))}")
    own = table.text("zone", required=False)
    rule = ClockRule(
        kind=kind,  # type: ignore[arg-type]  # checked above
        selector=table.selector("selector"),
        attributes=table.texts("attributes"),
        keys=table.texts("keys"),
        zone=own or zone,
        z_is_false=table.flag("z_is_false", default=False),
    )
    if own:
        table.zone("zone", own)
    if rule.keys and not rule.attributes:
        table.fault("keys", "keys are looked up in an attribute; say in which with `attributes`")
    table.nothing_left()
    return rule
