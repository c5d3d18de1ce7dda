"""`sites/*.toml` in, `SiteProfile`s out: how to read the pages of one outlet. Every selector is tried at load.

A site is a data file: adding one needs no code. What a profile does not say, the generic reader finds.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from scraper.article import BlockKind, PageClockKind
from scraper.urls import canonical, is_under

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

_FOLDER = Path(__file__).parent / "sites"
_STUB = LexborHTMLParser("<html><body><article><h1>x</h1><p>x</p></article></body></html>")
_PAIRS = {"[": "]", "(": ")"}
_TOKEN = re.compile(r"\\.|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[\[\]()\"']", re.S)
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
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
    """

    name: str
    hosts: tuple[str, ...]
    language: str
    country: str
    zone: str
    versions: tuple[SiteVersion, ...]
    own: bool = False
    file: str = ""

    def covers_host(self, host: str) -> bool:
        return any(is_under(host, own) for own in self.hosts)


def profile_for(url: str, own: Sequence[SiteProfile] = ()) -> SiteProfile | None:
    """The profile for the host of an address, or None; a user's own comes before those that come with Nachtrag."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    return next((profile for profile in (*own, *load_profiles()) if profile.covers_host(host)), None)


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
    if not folder.is_dir():
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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ProfileError(f"{path.name}: this is no TOML: {fault}") from None
    except OSError as fault:
        raise ProfileError(f"{path.name}: cannot be read: {fault.strerror}") from None
    top = _Table(path.name, "", table)
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
    )
    top.nothing_left()
    _check(top, profile, taken)
    if top.faults:
        raise ProfileError("\n".join(top.faults.values()))
    return profile


def _check(top: _Table, profile: SiteProfile, taken: Sequence[str]) -> None:
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


def _check_codes(top: _Table, profile: SiteProfile) -> None:
    if profile.language and not _LANGUAGE.fullmatch(profile.language):
        top.fault("language", f"{profile.language!r} is no code of a language; write one like 'de'")
    if profile.country and not _COUNTRY.fullmatch(profile.country):
        top.fault("country", f"{profile.country!r} is no code of a country; write one like 'DE'")


def _bare_host(text: str) -> str:
    """The host that was meant, as addresses have it; an example, if that cannot be told."""
    address = canonical(text if "://" in text else f"https://{text}")
    host = urlsplit(address).hostname if address else None
    return host if host and _HOST.fullmatch(host) else "zeitung.example"


def _version(table: _Table, zone: str) -> SiteVersion:
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


def _blocks(table: _Table) -> tuple[tuple[BlockKind, str], ...]:
    kinds: tuple[BlockKind, ...] = get_args(BlockKind)
    found = tuple((kind, table.selector(kind)) for kind in kinds if kind in table.values)
    if not found:
        table.fault("paragraph", "say at least where the paragraphs are")
    table.nothing_left()
    return found


def _clock(table: _Table, zone: str) -> ClockRule:
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


class _Table:
    """One table of the file, from which each key is taken once; what is left over is unknown.

    What cannot be used becomes a fault and is taken for empty, so that all faults are found: by place, the first each.
    """

    def __init__(self, file: str, place: str, values: dict[str, object], faults: dict[str, str] | None = None) -> None:
        self.file, self.place, self.values = file, place, dict(values)
        self.faults: dict[str, str] = {} if faults is None else faults

    def fault(self, key: str, why: str) -> None:
        place = f"{self.place}{key}"
        self.faults.setdefault(place, f"{self.file}: {place}: {why}")

    def nothing_left(self) -> None:
        for key in self.values:
            self.fault(key, "no such key; see docs/sites.md for those there are")

    def text(self, key: str, *, required: bool = True) -> str:
        given = key in self.values
        value = self._take(key, str, "a text", "").strip()
        if given and not value:
            self.fault(key, f"is empty; {'docs/sites.md says what belongs there' if required else 'leave the key out'}")
        elif required and not value:
            self.fault(key, "is missing; docs/sites.md says what belongs there")
        return value

    def number(self, key: str, default: int) -> int:
        return self._take(key, int, "a whole number", default)

    def flag(self, key: str, *, default: bool) -> bool:
        return self._take(key, bool, "true or false", default)

    def texts(self, key: str) -> tuple[str, ...]:
        texts: list[str] = self._list(key, str, "a list of texts")
        if not all(texts):
            self.fault(key, "holds an empty text")
        return tuple(filter(None, texts))

    def table(self, key: str) -> _Table:
        return _Table(self.file, f"{self.place}{key}.", self._take(key, dict, "a table", {}), self.faults)

    def tables(self, key: str) -> list[_Table]:
        tables = self._list(key, dict, f"a list of tables, [[{key}]]")
        return [
            _Table(self.file, f"{self.place}{key}[{at}].", table, self.faults) for at, table in enumerate(tables, 1)
        ]

    def selector(self, key: str, *, required: bool = True) -> str:
        selector = self.text(key, required=required)
        if selector:
            self._try(key, selector)
        return selector

    def selectors(self, key: str) -> tuple[str, ...]:
        found = self.texts(key)
        for selector in found:
            self._try(key, selector)
        return found

    def zone(self, key: str, name: str) -> None:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self.fault(key, f"{name!r} is no time zone; write one like Europe/Berlin")

    def _take(self, key: str, kind: type[T], named: str, default: T) -> T:
        value = self.values.pop(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(key, f"must be {named}, not {value!r}")
            return default
        return value

    def _list(self, key: str, kind: type[T], named: str) -> list[T]:
        values: list[object] = self._take(key, list, named, [])
        items = [value for value in values if isinstance(value, kind)]
        if len(items) < len(values):
            self.fault(key, f"must be {named}, not {values!r}")
        return items

    def _try(self, key: str, selector: str) -> None:
        if why := selector_fault(selector):
            self.fault(key, why)


def selector_fault(selector: str) -> str:
    """Why a CSS selector cannot be used, or an empty text.

    Lexbor refuses most nonsense, but an unclosed bracket or quote it takes, and then finds nothing.
    """
    open_one = _unclosed(selector)
    if open_one:
        return f"in the selector {selector!r} a {open_one} is not closed"
    try:
        _STUB.css(selector)
    except SelectolaxError as fault:
        return f"{selector!r} is no CSS selector that can be used: {fault}"
    return ""


def _unclosed(selector: str) -> str:
    """The bracket or quotation mark that is left open, or an empty text."""
    waiting: list[str] = []
    tokens: list[str] = _TOKEN.findall(selector)
    for token in tokens:
        if token in _PAIRS:
            waiting.append(token)
        elif token in ("]", ")"):
            if not waiting or _PAIRS[waiting.pop()] != token:
                return token
        elif len(token) == 1:
            return token
    return waiting[-1] if waiting else ""
