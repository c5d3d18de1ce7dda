"""`[[endpoints]]` of config.toml: who is told, of what, and when."""

from __future__ import annotations

import os
from typing import Annotated, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, InstanceOf, field_validator

from changes.change import Verdict
from changes.meaning import Severity  # noqa: TC001 -- pydantic reads the annotations
from changes.routing import Rules
from changes.tags import TAG_KINDS
from db.words.language import Language  # noqa: TC001 -- pydantic reads the annotations
from schedules.alert import Style
from schedules.deliver import Kind, Target
from schedules.pattern import Pattern, pattern
from schedules.route import Wishes
from schedules.section import Section
from schedules.signing import secret_bytes
from schedules.times import Cron, cron
from schedules.values import Hours, Name, Names, Zone, web_address

EVENT_TYPES = (
    "article.discovered", "article.changed", "article.ruled", "article.comments", "article.gone", "article.returned",
    "article.moved", "article.succeeded",
)  # fmt: skip
OPERATIONS = tuple(
    f"operations.{kind}"
    for kind in (
        "source_failing", "source_recovered", "host_failing", "host_recovered", "drift", "site_text",
        "article_unreadable", "endpoint_failing", "endpoint_recovered",
        "disk_low", "disk_enough", "clock_odd", "clock_right",
    )
)  # fmt: skip
_TOLD_BY_DEFAULT = ("article.changed", "article.ruled", "article.gone", "article.returned")
_DIGESTS = {"hourly": "0 * * * *", "daily": "0 6 * * *"}
# Shorter ones stand in every other article.
_LEAST_SENTENCE = 8


def _digest(value: object) -> Cron:
    """ "hourly", "daily", or when as a line of cron."""
    try:
        return cron(_DIGESTS.get(value, value) if isinstance(value, str) else value)
    except ValueError as error:
        raise ValueError(f'expected "hourly", "daily", or when as cron has it: {error}') from None


def _verdicts(value: tuple[str, ...]) -> tuple[str, ...]:
    return _known("verdict", value, get_args(Verdict))


def _tags(value: tuple[str, ...]) -> tuple[str, ...]:
    return _known("tag", value, TAG_KINDS)


def _known(what: str, value: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    for name in value:
        if name not in known:
            raise ValueError(f"{name!r} is no {what}; expected some of {', '.join(known)}")
    return value


class Endpoint(Section):
    """Who is told: a receiver of signed webhooks, a Slack or Mattermost channel, or somebody whom Apprise can tell.

    All of its rules must hold (docs/events.md); `quiet`, `digest` and `per_hour` say when it is told. `language` and
    `zone` are those of texts for people; what is signed is the same for all. Which keys go together is checked in
    schedules/faults.py.
    """

    name: Name
    kind: Kind = "webhook"
    url: str = ""
    url_env: str = ""
    secret_env: Names = ()
    events: tuple[str, ...] = _TOLD_BY_DEFAULT
    sources: tuple[str, ...] = ()
    verdicts: Annotated[tuple[str, ...], AfterValidator(_verdicts)] = ()
    tags: Annotated[tuple[str, ...], AfterValidator(_tags)] = ()
    severity: Severity | None = None
    words: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] = 0
    headline: Annotated[InstanceOf[Pattern], BeforeValidator(pattern)] | None = None
    text: Annotated[InstanceOf[Pattern], BeforeValidator(pattern)] | None = None
    changed: Annotated[InstanceOf[Pattern], BeforeValidator(pattern)] | None = None
    sentences: tuple[Annotated[str, Field(min_length=_LEAST_SENTENCE, max_length=2_000)], ...] = ()
    quiet: Hours | None = None
    digest: Annotated[InstanceOf[Cron], BeforeValidator(_digest)] | None = None
    per_hour: Annotated[int, Field(ge=1, le=1_000, strict=True)] | None = None

    language: Language = "en"
    zone: Zone | None = None

    _url_is_address = field_validator("url")(web_address)

    @field_validator("events")
    @classmethod
    def _types(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in (known := (*EVENT_TYPES, "article.*", *OPERATIONS, "operations.*")):
                raise ValueError(f"{name!r} is no type of event; expected some of {', '.join(known)}")
        return value

    @property
    def target(self) -> Target:
        """The same as a delivery knows it."""
        return Target(self.name, self.kind, self.address, self.secrets, Style(self.language, self.zone))

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """The keys that sign, from the environment; none for kinds that are not signed."""
        return tuple(secret_bytes(os.environ.get(name, "")) for name in self.secret_env)

    @property
    def address(self) -> str:
        """Where to: as it stands in the file, or in the environment."""
        return os.environ.get(self.url_env, "") if self.url_env else self.url

    @property
    def shown_url(self) -> str:
        """What of the address may be shown: a chat's path, and any query or password, lets one in."""
        if self.kind == "apprise":
            return f"${self.url_env}"
        parts = urlsplit(self.address)
        host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        return host + parts.path if self.kind == "webhook" and not self.url_env else host

    @property
    def known_by(self) -> str:
        """What changes with the address. Of an address for Apprise, which may hold a password that could be guessed,
        that is the name of its variable."""
        return self.shown_url if self.kind == "apprise" else self.address

    @property
    def wishes(self) -> Wishes:
        """What it wants to be told, and when."""
        rules = Rules(
            self.events, self.sources, self.verdicts, self.tags, self.severity, self.words, self.headline, self.text,
            self.changed, self.sentences,
        )  # fmt: skip
        return Wishes(rules, self.quiet, self.digest, self.per_hour)
