"""config.toml → `Config`. Every fault is reported at once, with file, key, what was found and what is expected."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    ValidationError,
    field_validator,
)

from db.publish import Publish  # noqa: TC001 -- pydantic reads the annotations
from db.store.retention import Limit
from db.words.language import Choice  # noqa: TC001 -- pydantic reads the annotations
from schedules.endpoints import Endpoint  # noqa: TC001 -- pydantic reads the annotations
from schedules.faults import further_lines, on_a_line, pydantic_lines, tables_of
from schedules.operating import Log, Watch
from schedules.planner import Budget
from schedules.section import Section
from schedules.signing import secret_bytes
from schedules.source_faults import LocalFiles
from schedules.times import Cron, Every, QuietHours
from schedules.values import Age, Crontab, Hours, Name, Span, host_name, listening, openable, web_address
from schedules.websub import Subscriber
from scraper.feeds.kinds import Kind
from scraper.profile_table import selector_fault
from scraper.site_profile import ProfileError, SiteProfile, own_profiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class ConfigError(Exception):
    """The configuration cannot be used. The message has a line per fault."""


def _is_own(url: str) -> bool:
    """Whether only this machine can reach that address."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Fetch(Section):
    """How the door to the network behaves; `gap` is the least pause between two requests to one host."""

    user_agent: Annotated[str, Field(min_length=3, pattern=r"^[\x20-\x7e]+$")] = "Nachtrag/0.1"
    gap: Span = timedelta(seconds=2)
    per_host: Annotated[int, Field(ge=1, le=8, strict=True)] = 1
    allow_private: tuple[str, ...] = ()
    workers: Annotated[int, Field(ge=1, le=64, strict=True)] = 2

    @field_validator("allow_private")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        wrong = []
        for network in value:
            try:
                ipaddress.ip_network(network)
            except ValueError as error:
                wrong.append(f"{network!r} is no network ({str(error).removeprefix(repr(network)).strip()})")
        if wrong:
            raise ValueError(f'{"; ".join(wrong)}; expected networks such as "127.0.0.0/8"')
        return value


class Spend(Section):
    """What looks may cost that are planned by what is learned (docs/running.md): so many fetches an article while it is
    watched closely, at most so many a day; `panel` is the share of articles looked at at fixed times. With `by_age`
    nothing is planned and nothing bounded: each article is looked at after a fixed share of its age.
    """

    by_age: Annotated[bool, Field(strict=True)] = False
    fetches_per_article: Annotated[float, Field(ge=1, le=10_000, strict=True)] = 30.0
    per_day: Annotated[int, Field(ge=1, le=100_000_000, strict=True)] | None = None
    prefer: Literal["early", "balanced", "all"] = "balanced"
    watch: Span = timedelta(days=30)
    panel: Annotated[float, Field(ge=0, le=1, strict=True)] = 0.0

    @field_validator("watch")
    @classmethod
    def _long_enough(cls, value: timedelta) -> timedelta:
        if value < timedelta(hours=1):
            raise ValueError('expected at least "1h"')
        return value

    @property
    def for_planner(self) -> Budget | None:
        """The same as the planner knows it; None: nothing is planned."""
        if self.by_age:
            return None
        return Budget(self.fetches_per_article, self.per_day, self.prefer, self.watch, self.panel)


class Host(Section):
    """What holds for one host: a longer `gap` than [fetch] says, hours in which it is not asked. `name` has the port if
    it is not the usual one."""

    name: Annotated[str, AfterValidator(host_name)]
    gap: Span = timedelta()
    quiet: Hours | None = None


class Judge(Section):
    """How long a change must stand before it is ruled on; `settle = "0s"` switches all waiting off."""

    settle: Span = timedelta(minutes=60)
    cache_allowance: Span = timedelta(minutes=15)
    looks: Annotated[int, Field(ge=1, le=100, strict=True)] = 3


class Read(Section):
    """How pages are read: `sites` is a folder with profiles of your own (docs/sites.md)."""

    sites: str = ""


class History(Section):
    """What of the raw pages is kept: those younger than `keep_pages`, and of each article the `newest_pages` so many;
    None: all of them."""

    keep_pages: Age | None = None
    newest_pages: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] | None = None


class Web(Section):
    """Where Datasette listens, the address that links in alerts begin with (that of a reverse proxy, say), and what its
    pages show, in which language."""

    listen: str = "127.0.0.1:8001"
    public_url: str = ""
    publish: Publish | None = None
    language: Choice = "auto"
    websub_listen: str = "127.0.0.1:8002"
    websub_url: str = ""
    websub_secret_env: str = ""

    _address = field_validator("listen", "websub_listen")(listening)

    @field_validator("public_url", "websub_url")
    @classmethod
    def _url(cls, value: str) -> str:
        return web_address(value).rstrip("/") if value else ""

    @property
    def subscriber(self) -> Subscriber | None:
        """Who we are to hubs; None if we take no pushes."""
        key = os.environ.get(self.websub_secret_env, "") if self.websub_secret_env else ""
        return Subscriber(self.websub_url, secret_bytes(key)) if key and self.websub_url else None

    @property
    def published(self) -> Publish:
        """How much of other people's texts the pages show: all of it where nobody else can see them."""
        if self.publish is not None:
            return self.publish
        return "full" if all(map(_is_own, (f"//{self.listen}", self.base_url))) else "excerpts"

    @property
    def base_url(self) -> str:
        """What links in alerts begin with, without a slash at the end."""
        return self.public_url or f"http://{self.listen}"


class Source(Section):
    """Where addresses of articles come from: exactly one of `feed`, `sitemap`, `api`, `page`, `list` and `opml`.

    `revisit` or `cron`, if given, are fixed times for looks at its articles instead of learned ones; in its `quiet`
    hours neither it nor they are asked. Which keys go together is checked in schedules/faults.py; a source of `opml` is
    replaced by the feeds of its file when it is loaded.
    `comments = "texts"` keeps what readers wrote, too: personal data (docs/running.md).
    """

    name: Name
    feed: str = ""
    sitemap: str = ""
    api: str = ""
    page: str = ""
    list: str = ""
    opml: str = ""
    links: str = ""
    newest: Span = timedelta(days=7)
    websub: Annotated[bool, Field(strict=True)] = False
    every: Span = timedelta(minutes=5)
    revisit: Span | None = None
    cron: Crontab | None = None
    quiet: Hours | None = None
    comments: Literal["count", "texts"] = "count"
    keep_pages: Age | None = None
    newest_pages: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] | None = None

    _are_addresses = field_validator("feed", "sitemap", "api", "page")(web_address)

    @field_validator("links")
    @classmethod
    def _selects(cls, value: str) -> str:
        if fault := selector_fault(value):
            raise ValueError(fault)
        return value

    @field_validator("every", "revisit", "newest")
    @classmethod
    def _not_zero(cls, value: timedelta | None) -> timedelta | None:
        if value is not None and value < timedelta(seconds=1):
            raise ValueError('expected at least "1s"')
        return value

    @property
    def fixed(self) -> Every | Cron | None:
        """When its articles are looked at, if that is not learned."""
        return Every(self.revisit) if self.revisit is not None else self.cron

    @property
    def kind(self) -> Kind:
        """Which of the keys that name a source it has."""
        return next(kind for kind in get_args(Kind) if getattr(self, kind))

    @property
    def address(self) -> str:
        """What stands there: an address, or the path of a list."""
        return str(getattr(self, self.kind))


class Config(Section):
    """The whole configuration. `database` is absolute once loaded."""

    database: Path = Path("nachtrag.db")
    fetch: Fetch = Fetch()
    judge: Judge = Judge()
    budget: Spend = Spend()
    read: Read = Read()
    history: History = History()
    web: Web = Web()
    watch: Watch = Watch()
    log: Log = Log()
    hosts: tuple[Host, ...] = ()
    sources: tuple[Source, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    _openable = field_validator("database")(openable)
    _profiles: tuple[SiteProfile, ...] = PrivateAttr(default=())

    @property
    def quiet_hours(self) -> QuietHours:
        """Who is to be left alone when."""
        hosts = {host.name: host.quiet for host in self.hosts if host.quiet is not None}
        return QuietHours(hosts, {source.name: source.quiet for source in self.sources if source.quiet is not None})

    @property
    def profiles(self) -> tuple[SiteProfile, ...]:
        """The user's own profiles of sites, as they were when the configuration was loaded."""
        return self._profiles

    @property
    def secret_names(self) -> tuple[str, ...]:
        """Of the environment variables that hold secrets."""
        named = (value for section in (self.web, *self.endpoints) for key, value in section if key.endswith("_env"))
        return tuple(name for value in named for name in ((value,) if isinstance(value, str) else value) if name)

    def limits(self, known: Iterable[str]) -> Iterator[tuple[str, Limit]]:
        """Of the sources that the database knows those of whose raw pages not all are kept; [history] holds for what a
        source does not say itself."""
        own = {source.name: source for source in self.sources}
        for name in known:
            said = own.get(name, self.history)
            limit = Limit(said.keep_pages or self.history.keep_pages, said.newest_pages or self.history.newest_pages)
            if limit:
                yield name, limit


def load(path: Path, *, secrets: bool = True) -> Config:
    """Read a configuration file; paths in it are relative to it.

    Args:
        secrets: whether the secrets of endpoints must be there: only who sends needs them.

    Raises:
        ConfigError: with a line per fault, all of them.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; name another with --config") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: is not TOML that can be read: too many tables or lists inside each other") from None
    except ValueError as error:  # it is none, or has a number of more digits than anybody reads
        raise ConfigError(f"{path}: is not TOML: {error}") from None
    files = LocalFiles(path.parent, tables_of(values, "sources"))
    lines = [*further_lines(path, values, files, secrets=secrets), *(f"{path}: {line}" for line in files.faults)]
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        lines = [*pydantic_lines(path, error), *lines]
    profiles, faults = _own_profiles(path, values)
    lines += faults
    if lines:
        raise ConfigError("\n".join(map(on_a_line, lines)))
    database, sources = (path.parent / config.database).absolute(), tuple(_resolved(path.parent, config.sources, files))
    if odd := sorted({"?", "#", "%"} & set(str(database))):  # it opens a path as an address, as it stands
        raise ConfigError(f"{path}: database: {database}: with {odd[0]!r} in its path Datasette opens another file")
    config = config.model_copy(update={"database": database, "sources": sources})
    config._profiles = profiles
    return config


def _own_profiles(path: Path, values: dict[str, object]) -> tuple[tuple[SiteProfile, ...], list[str]]:
    """The profiles in the folder that `[read] sites` names, or what is wrong with them."""
    section = values.get("read")
    named = section.get("sites") if isinstance(section, dict) else None
    if not named or not isinstance(named, str):
        return (), []
    try:
        return own_profiles(path.parent / named), []
    except ProfileError as error:
        return (), [f"{path}: read.sites: {line}" for line in str(error).splitlines()]


def _resolved(folder: Path, sources: tuple[Source, ...], files: LocalFiles) -> Iterator[Source]:
    """The sources as they are polled: the feeds of an OPML file in its place, the paths of lists absolute."""
    for place, source in enumerate(sources):
        if source.list:
            yield source.model_copy(update={"list": str((folder / source.list).absolute())})
        elif source.opml:
            for feed in files.feeds[place]:
                yield source.model_copy(update={"opml": "", "name": feed.name, "feed": feed.url})
        else:
            yield source
