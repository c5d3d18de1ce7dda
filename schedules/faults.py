"""What is wrong with a configuration, in words for whoever wrote it: pydantic's faults and our own in, lines out.

Checks that look at several keys stand here and not in the models: pydantic runs those only where everything else is
right, and every fault is to be said at once.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from db.store.people import BY_HAND
from schedules.harmless import quiet
from schedules.services import NOT_INSTALLED, is_installed
from schedules.signing import secret_bytes
from schedules.source_faults import names_of, source_lines
from schedules.values import several, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from schedules.source_faults import LocalFiles

# A fault that is longer is shortened in its middle: what was found stands there, what is expected at its end.
_LONGEST, _END = 1_000, 400
# What stands at these keys may be a secret, whoever put it there, and errors end up in logs.
_SECRET_KEYS = ("url", "url_env", "secret_env", "websub_secret_env")
_HIDDEN = "what stands there is not shown, as it may be a secret: "
# Secrets as Standard Webhooks writes them, and addresses with a password.
_SECRET = re.compile(r"whsec_|://[^/\s]*@")
_VARIABLE = re.compile(r"(?!whsec_)[A-Za-z_][A-Za-z0-9_]*")
_EXPECTED = {
    "missing": "is missing",
    "extra_forbidden": "there is no such key; see docs/configuration.md for those there are",
    "bool_type": "expected true or false",
    "int_type": "expected a whole number",
    "float_type": "expected a number, without quotation marks",
    "string_type": "expected text",
    "path_type": "expected a path, as text",
    "tuple_type": "expected a list of texts, in [ ]",
    "model_type": "expected a table",
    "model_attributes_type": "expected a table",
}
_NO_VARIABLE = f"{_HIDDEN}expected the name of an environment variable, in which the secret itself is"
_WANTED = {
    "name": "expected a name of up to 80 characters, without spaces at its ends",
    "url": "expected the address to send to",
    "user_agent": 'expected plain ASCII text such as "Nachtrag/0.1 (+https://example.org/contact)"',
}


def pydantic_lines(path: Path, error: ValidationError) -> Iterator[str]:
    """A line per fault: file, key, what was found, what is expected. Tables are counted from 1, as in profiles."""
    for fault in error.errors():
        where = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in fault["loc"]).lstrip(".")
        yield f"{path}: {where or 'file'}: {_found(fault)}{_said(fault)}"


def on_a_line(fault: str) -> str:
    """A fault as it can be shown: on one line, of bounded length. What a file holds may be anything."""
    shown = quiet(fault)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - _END]}…{shown[-_END:]}"


def _said(fault: ErrorDetails) -> str:
    key = str(fault["loc"][-1]) if fault["loc"] else ""
    if fault["type"] == "missing" and key in _WANTED:
        return f"is missing; {_WANTED[key]}"
    if fault["type"] in ("string_pattern_mismatch", "string_too_short", "string_too_long") and key in _WANTED:
        return _WANTED[key]
    said = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "tuple_type" and key in ("sources", "endpoints", "hosts"):
        return f"expected tables, each under [[{key}]]"
    return _EXPECTED.get(fault["type"], said[:1].lower() + said[1:].replace("Input should", "should"))


def _found(fault: ErrorDetails) -> str:
    location = tuple(part for part in fault["loc"] if isinstance(part, str))
    # Of a key that there is none its name is enough: what stands there may be anything.
    if fault["type"] in ("missing", "extra_forbidden") or isinstance(fault["input"], dict):
        return ""
    try:
        found = f"found {fault['input']!r:.200}: "
    except ValueError:  # Python shows no number of more than 4,300 digits
        return "found a number without end: "
    is_address = location[:1] == ("endpoints",) and "://" in found  # of a chat, say, at a wrong key
    return _HIDDEN if is_address or location[-1] in _SECRET_KEYS or _SECRET.search(found) else found


def further_lines(path: Path, values: dict[str, object], files: LocalFiles, *, secrets: bool) -> Iterator[str]:
    """Faults of several keys together, of a file that may have any other fault as well."""
    sources, endpoints = (tables_of(values, key) for key in ("sources", "endpoints"))
    for key, tables in (("sources", sources), ("endpoints", endpoints), ("hosts", tables_of(values, "hosts"))):
        names = [table.get("name") for table in tables if isinstance(table.get("name"), str)]
        twice = sorted({str(name) for name in names if names.count(name) > 1})
        if twice:
            yield f"{path}: {key}: the name {', '.join(map(repr, twice))} is given more than once"
    yield from (f"{path}: {line}" for line in (*_host_faults(tables_of(values, "hosts")), *source_lines(sources)))
    budget = values.get("budget")
    if isinstance(budget, dict) and budget.get("by_age") is True and len(budget) > 1:
        yield f"{path}: budget: with `by_age` nothing is planned: leave the other keys away"
    if any(table.get("websub") is True for table in sources):
        yield from (f"{path}: web.{line}" for line in _websub_faults(values.get("web", {}), secrets=secrets))
    for place, table in enumerate(endpoints, 1):
        for said in (
            *_address_faults(table, secrets=secrets),
            *_secret_faults(table, secrets=secrets),
            *_rule_faults(table, _names(sources, files)),
        ):
            yield f"{path}: endpoints[{place}].{said}"


def _host_faults(hosts: list[dict[str, object]]) -> Iterator[str]:
    for place, table in enumerate(hosts, 1):
        if not {"gap", "quiet"} & table.keys():
            yield f"hosts[{place}]: found neither gap nor quiet: expected one of them at least, or no entry"


def _names(sources: list[dict[str, object]], files: LocalFiles) -> set[str]:
    """All that an endpoint can call a source."""
    return {BY_HAND, *(feed.name for feeds in files.feeds.values() for feed in feeds), *names_of(sources)}


def _rule_faults(endpoint: dict[str, object], names: set[str]) -> Iterator[str]:
    wanted = endpoint.get("sources")
    for name in wanted if isinstance(wanted, list) else ():
        if isinstance(name, str) and name not in names:
            known = ", ".join(sorted(names))
            yield f"sources: found {name!r}: no source has that name; expected some of {known}"
    if "digest" in endpoint and "per_hour" in endpoint:
        yield "per_hour: found beside digest: a digest comes when it says; leave one out"


def _address_faults(endpoint: dict[str, object], *, secrets: bool) -> Iterator[str]:
    """`url` or `url_env`, and what a kind needs of it. What stands in the environment is a secret."""
    kind, named, url = endpoint.get("kind", "webhook"), endpoint.get("url_env", ""), endpoint.get("url", "")
    if named and url:
        yield "url_env: found beside url: leave one of them out"
    elif kind == "apprise" and not named:
        yield (
            "url_env: is missing; expected the name of the environment variable that holds the address for Apprise,"
            " which may hold a password and never stands in the file"
        )
    elif not named and not url:
        yield f"url: is missing; {_WANTED['url']}, or url_env: the name of an environment variable that holds it"
    if kind == "apprise" and not is_installed():
        yield f"kind: found 'apprise': {NOT_INSTALLED}"
    if named and isinstance(named, str) and not _VARIABLE.fullmatch(named):
        yield f"url_env: {_NO_VARIABLE}"
    elif secrets and named and isinstance(named, str):
        yield from (f"url_env: the environment variable {named} is {line}" for line in _kept_faults(named, kind))


def _kept_faults(named: str, kind: object) -> Iterator[str]:
    """What is wrong with an address that the environment keeps. Apprise's are looked at when they are used."""
    if not os.environ.get(named):
        yield f"not set; {_WANTED['url']} in it"
    elif kind != "apprise":
        try:
            web_address(os.environ[named])
        except ValueError as error:
            yield f"not set rightly: {error}"


def _secret_faults(endpoint: dict[str, object], *, secrets: bool) -> Iterator[str]:
    named, kind = several(endpoint.get("secret_env", "")), endpoint.get("kind", "webhook")
    if kind != "webhook":
        if named:
            yield "secret_env: texts for people are not signed; leave it out"
        return
    for name in (named or [""]) if isinstance(named, list) else ():
        if isinstance(name, str):
            yield from (f"secret_env: {line}" for line in _variable_faults(name, "the endpoint's", secrets=secrets))


def _websub_faults(web: object, *, secrets: bool) -> Iterator[str]:
    """What is needed once a source subscribes to a hub."""
    table = web if isinstance(web, dict) else {}
    if not table.get("websub_url"):
        yield "websub_url: is missing; a source has `websub`: expected the https:// address at which hubs reach us"
    named = table.get("websub_secret_env", "")
    if isinstance(named, str):
        yield from (f"websub_secret_env: {line}" for line in _variable_faults(named, "a", secrets=secrets))


def _variable_faults(named: str, whose: str, *, secrets: bool) -> Iterator[str]:
    if not named:
        yield f"is missing; expected the name of the environment variable that holds {whose} whsec_… secret"
    elif not _VARIABLE.fullmatch(named):
        yield _NO_VARIABLE
    elif secrets and named not in os.environ:
        yield f"the environment variable {named} is not set; expected {whose} whsec_… secret in it"
    elif secrets:
        try:
            secret_bytes(os.environ[named])
        except ValueError as error:
            yield f"the environment variable {named} is not set rightly: {error}"


def tables_of(values: dict[str, object], key: str) -> list[dict[str, object]]:
    """What stands under [[key]], as far as it is a list of tables."""
    found = values.get(key)
    return [table for table in found if isinstance(table, dict)] if isinstance(found, list) else []
