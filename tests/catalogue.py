"""The messages of pages and alerts, gathered from templates, programs and tables; `python -m tests.catalogue` adds
those that the German catalogue lacks, for translators, and takes out those that are no message any more.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, nodes

from changes import comment_series, tags, wording
from db.web import evidence, places, shown, sides, wanted
from db.words import causes, codes, incidents, written
from schedules import alert, deliver, services

if TYPE_CHECKING:
    from collections.abc import Iterator

    # Context, the message, and the one for many; context and the last are mostly empty.
    Message = tuple[str, str, str]

WEB, SPOKEN = Path(shown.__file__).parent, Path(codes.__file__).parent
TEMPLATES = WEB / "templates" / "nachtrag"
CATALOGUE = SPOKEN / "locale" / "de.po"
# What statuses, states of sources and endpoints are called in SQL.
_STATES = (
    "no longer followed", "paused", "moved", "missing once", "gone", "not readable", "not read yet", "live", "removed",
    "active", "disabled",
)  # fmt: skip


def messages() -> list[Message]:
    """Each once, in the order of the files."""
    found = [message for path in sorted(TEMPLATES.glob("*.html")) for message in _of_template(path.read_text("utf-8"))]
    programs = [*sorted(WEB.glob("*.py")), *sorted(SPOKEN.glob("*.py")), Path(alert.__file__)]
    found += [message for path in programs for message in _of_program(path.read_text("utf-8"))]
    return list(dict.fromkeys([*found, *(("", words, "") for words in _of_tables())]))


def environment() -> Environment:
    """Templates as Datasette reads them."""
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def _of_template(text: str) -> Iterator[Message]:
    for call in environment().parse(text).find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
        yield from _message(name, [arg.value if isinstance(arg, nodes.Const) else None for arg in call.args])


def _of_program(text: str) -> Iterator[Message]:
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            yield from _message(call.func.id, [getattr(arg, "value", None) for arg in call.args])


def _message(name: str, args: list[object]) -> Iterator[Message]:
    words = [arg if isinstance(arg, str) else "" for arg in args]
    if name in ("_", "gettext") and words and words[0]:
        yield "", words[0], ""
    elif name == "pgettext" and len(words) > 1 and words[1]:
        yield words[0], words[1], ""
    elif name == "ngettext" and len(words) > 1 and words[0]:
        yield "", words[0], words[1]
    elif name == "tally" and len(words) > 1 and words[1]:
        many = words[2] if len(words) > 2 else f"{words[1]}s"
        yield "", f"%(num)s {words[1]}", f"%(num)s {many}"


def _of_tables() -> Iterator[str]:
    """What is a message because it stands in a table."""
    for rule in tomllib.loads((WEB / "rules.toml").read_text("utf-8"))["row"]:
        yield from (rule["seen"], rule["told"])
    for table in (
        wording.WORDS, comment_series.WORDS, causes.CAUSES, codes.ABSENCES, shown.FAMILY_WORDS, shown.LOOKS,
        codes.WEIGHTS, shown.BLOCKS, sides.FIELD_NAMES, evidence.CLOCKS, incidents.OPERATIONS,
    ):  # fmt: skip
        yield from table.values()
    yield from (incident.told for incident in incidents.INCIDENTS.values())
    yield from (words for said in places.SAID.values() for words in said)
    yield from (complaint for _means, complaint in wanted.ASKED.values())
    yield from (*tags.TAG_KINDS, *wanted.SEVERITIES, *written.DAYS, *written.LONG_MONTHS, *_STATES)
    yield from (*evidence.NAMES, *evidence.SAYINGS, *evidence.LACKING, *evidence.REASONS, *codes.FIELDS)
    yield from (*alert.ZONES, *deliver.REASONS, services.NOT_TAKEN)


def key(message: Message) -> str:
    """The message as a catalogue names it."""
    context, one, _many = message
    return f"{context}\x04{one}" if context else one


def entry(message: Message, words: tuple[str, ...]) -> str:
    """The message as it is written in a catalogue."""
    context, one, many = message
    lines = [f"msgctxt {_quoted(context)}"] if context else []
    lines.append(f"msgid {_quoted(one)}")
    if not many:
        return "\n".join([*lines, f"msgstr {_quoted(words[0] if words else '')}"])
    forms = words if len(words) == 2 else ("", "")
    lines += [f"msgid_plural {_quoted(many)}", *(f"msgstr[{at}] {_quoted(form)}" for at, form in enumerate(forms))]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Bring the catalogue up to date."""
    from db.words.catalogue import read_catalogue

    text = CATALOGUE.read_text("utf-8")
    known = read_catalogue(text)
    header = re.split(r"\n\s*\n", text)[0].strip()
    entries = [entry(message, known.get(key(message), ())) for message in messages()]
    CATALOGUE.write_text("\n\n".join([header, *entries]) + "\n", encoding="utf-8")
    print(f"{len(entries)} messages, {sum(not known.get(key(message)) for message in messages())} to translate")


if __name__ == "__main__":
    main()
