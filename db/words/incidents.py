"""What those who run it are told of sources, endpoints and the machine: values in, words out.

An event keeps the values (docs/events.md lists them) and, once and for all, the sentence in English that programs and
logs get. What people are told is made of the same values whenever they are told, in their language. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.words.language import gettext
from db.words.written import capital, number, size, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Values = Mapping[str, Any]

# What "operations.…" tells of, in words.
OPERATIONS: Mapping[str, str] = {
    "source_failing": "source fails",
    "source_recovered": "source answers again",
    "host_failing": "host fails as a whole",
    "host_recovered": "host answers again",
    "drift": "site is not read as before",
    "site_text": "same text on several articles of a site",
    "article_unreadable": "article cannot be read",
    "endpoint_failing": "endpoint fails",
    "endpoint_recovered": "endpoint takes events again",
    "disk_low": "little room left on the disk",
    "disk_enough": "enough room on the disk again",
    "clock_odd": "clock of this machine seems wrong",
    "clock_right": "clock of this machine is right again",
}


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, with places for the values: as it is kept, and as people are told, who need not know all."""

    kept: str
    told: str


# By what happened; what can be told in more than one way stands here once for each.
INCIDENTS: Mapping[str, Incident] = {
    "source_failing": Incident(
        "source %(name)s: %(detail)s [%(code)s], %(failures)s times in a row",
        "%(name)s: %(code)s; %(failures)s times in a row",
    ),
    "source_recovered": Incident(
        "source %(name)s: answers again, after %(failures)s failures in a row",
        "%(name)s answers again, after %(failures)s failures in a row",
    ),
    "host_failing": Incident(
        "host %(host)s: %(failures)s requests failed in a row since %(since)s UTC, whatever was asked for; it is left"
        " alone ever longer, an hour at most, and asked for what is due next after that",
        "%(host)s: %(failures)s requests failed in a row since %(since)s, whatever was asked for; nothing there is"
        " looked at until one succeeds",
    ),
    "host_recovered": Incident(
        "host %(host)s: answers again; it had failed since %(since)s UTC",
        "%(host)s answers again; it had failed since %(since)s",
    ),
    "drift held": Incident(
        "%(host)s: %(odd)s of %(looked)s articles looked at since %(since)s UTC are not read as before (%(lost)s): a"
        " redesign or a wall; nothing is told of its articles until they are read well again (docs/sites.md)",
        "%(host)s: %(odd)s of %(looked)s articles looked at since %(since)s are not read as before: a redesign or a"
        " wall; nothing is told of its articles until they are read well again",
    ),
    "drift": Incident(
        "%(host)s: %(odd)s of %(looked)s articles looked at since %(since)s UTC are not read as before (%(lost)s): a"
        " redesign or a wall; its edits are still told (docs/sites.md)",
        "%(host)s: %(odd)s of %(looked)s articles looked at since %(since)s are not read as before: a redesign or a"
        " wall; its edits are still told",
    ),
    "site_text": Incident(
        "%(host)s: several articles were changed alike or at the same time, which is no edit of them: '%(excerpt)s';"
        " a profile can leave it out (docs/sites.md)",
        "%(host)s: several articles were changed alike or at the same time, which is no edit of them. %(excerpt)s",
    ),
    "article_unreadable": Incident(
        "%(detail)s [%(code)s], %(failures)s times in a row",
        "%(code)s; %(failures)s times in a row",
    ),
    "endpoint_failing at once": Incident(
        "endpoint '%(name)s' at %(host)s: HTTP %(status)s: %(reason)s",
        "%(name)s at %(host)s: HTTP %(status)s: %(reason)s",
    ),
    "endpoint_failing with a status": Incident(
        "endpoint '%(name)s' at %(host)s: HTTP %(status)s: %(reason)s; %(failures)s failed attempts in a row since"
        " %(since)s UTC",
        "%(name)s at %(host)s: HTTP %(status)s: %(reason)s. %(failures)s failed attempts in a row since %(since)s",
    ),
    "endpoint_failing at a host": Incident(
        "endpoint '%(name)s' at %(host)s: %(reason)s; %(failures)s failed attempts in a row since %(since)s UTC",
        "%(name)s at %(host)s: %(reason)s. %(failures)s failed attempts in a row since %(since)s",
    ),
    "endpoint_failing": Incident(
        "endpoint '%(name)s': %(reason)s; %(failures)s failed attempts in a row since %(since)s UTC",
        "%(name)s: %(reason)s. %(failures)s failed attempts in a row since %(since)s",
    ),
    "endpoint_recovered": Incident("endpoint '%(name)s' takes events again", "%(name)s takes events again"),
    "disk_low": Incident(
        "the disk of %(name)s has %(left_bytes)s left, less than %(least_bytes)s: make room (docs/running.md), or"
        " nothing more is kept soon",
        "the disk of %(name)s has %(left_bytes)s left, less than %(least_bytes)s: make room, or nothing more is kept"
        " soon",
    ),
    "disk_enough": Incident(
        "the disk of %(name)s has %(left_bytes)s left",
        "the disk of %(name)s has %(left_bytes)s left",
    ),
    "clock_odd behind": Incident(
        "our clock is %(offset_seconds)s s behind those of %(hosts)s hosts: set it right (systemd-timesyncd, chrony);"
        " windows of edits and signatures rest on it",
        "our clock is %(offset_seconds)s s behind those of %(hosts)s hosts: set it right, windows of edits rest on it",
    ),
    "clock_odd": Incident(
        "our clock is %(offset_seconds)s s ahead of those of %(hosts)s hosts: set it right (systemd-timesyncd, chrony);"
        " windows of edits and signatures rest on it",
        "our clock is %(offset_seconds)s s ahead of those of %(hosts)s hosts: set it right, windows of edits rest on"
        " it",
    ),
    "clock_right": Incident(
        "our clock agrees with those of %(hosts)s hosts again",
        "our clock agrees with those of %(hosts)s hosts again",
    ),
}


def kept(kind: str, values: Values) -> str:
    """What happened, for programs and logs: in the language of whoever asks, which is English in the store."""
    return INCIDENTS[_way(kind, values)].kept % {name: plain(name, value) for name, value in values.items()}


def told(kind: str, values: Values, write: Callable[[str, Any], str]) -> str:
    """What people are told. `write` makes words of a value, by its name: those of others must be made harmless."""
    words = INCIDENTS[_way(kind, values)].told
    said = gettext(words) % {name: write(name, value) for name, value in values.items()}
    return said if words.startswith(("%(name)s", "%(host)s")) else capital(said)


def plain(name: str, value: Any) -> str:
    """The words for a value: numbers and lengths as the reader writes them, instants in UTC to the second."""
    if name == "since":
        return f"{utc(value):%F %T}"
    if name == "offset_seconds":
        return number(round(abs(value)))
    if name == "lost":
        return ", ".join(f"{what}: {count}" for what, count in value.items())
    if isinstance(value, int) and name != "status":
        return size(value) if name.endswith("_bytes") else number(value)
    return str(value)


def _way(kind: str, values: Values) -> str:
    """In which way it is told."""
    if kind == "drift" and values["holds"]:
        return "drift held"
    if kind == "clock_odd" and values["offset_seconds"] > 0:
        return "clock_odd behind"
    if kind == "endpoint_failing" and values["failures"] == 1:  # it wants no more
        return "endpoint_failing at once"
    if kind == "endpoint_failing" and values["host"]:
        return "endpoint_failing with a status" if values["status"] else "endpoint_failing at a host"
    return kind
