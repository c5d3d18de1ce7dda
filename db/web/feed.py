"""Changes as an Atom feed (RFC 4287): entries in, XML out. Text of others enters as text, never as markup."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from db.web.entries import entries
from db.web.publishing import shown
from db.web.shown import because, capital, delayed, labelled, outlet, replied, verdict_words, weight
from db.web.stands import stand
from db.words.language import _, asked_in, reader
from db.words.written import iso, number, window

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.publish import Publish
    from db.web.entries import Entry
    from db.web.wanted import Wanted

_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LIMIT = 50
# Ids are made of the database's own random id, so that they stay the same under any address.
_NAMESPACE = uuid.UUID("6e616368-7472-5167-8000-6e6163687472")
# XML 1.0 has no way to write these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_UID = """
SELECT uid FROM events WHERE article_id = :article AND revision_id = :revision ORDER BY id LIMIT 1
"""

ET.register_namespace("", _ATOM)
ET.register_namespace("xhtml", _XHTML)


@dataclass(frozen=True, slots=True)
class Feed:
    """What the feed is made of.

    Attributes:
        source: name of the source that it is narrowed to; about: what else it is narrowed to, in words.
        began_at: stands for the time of change while there is no entry.
    """

    id: str
    source: str
    about: str
    began_at: str
    entries: tuple[tuple[str, Entry], ...]
    base_url: str


def feed(con: sqlite3.Connection, wanted: Wanted, publish: Publish) -> Feed:
    """Read the newest entries, each with the id of the event that told of it first."""
    found = entries(con, replace(wanted, limit=_LIMIT, before="")).entries
    known = dict(con.execute("SELECT key, value FROM meta").fetchall())
    name = con.execute("SELECT name FROM sources WHERE id = ?", [wanted.source]).fetchone()
    began = con.execute("SELECT min(added_at) AS at FROM sources").fetchone()
    return Feed(
        id=_urn(known["database_id"], "changes", *_parts(wanted)),
        source=name["name"] if name else "",
        about=wanted.words_for_people,
        began_at=began["at"] or "1970-01-01T00:00:00+00:00",
        entries=tuple((_entry_id(con, known["database_id"], entry), shown(entry, publish)) for entry in found),
        base_url=known.get("base_url", ""),
    )


def _parts(wanted: Wanted) -> list[str]:
    """What the id of a feed is made of: a feed keeps its id as long as it asks for the same."""
    asked = dict(wanted.asked)
    source, verdict = asked.pop("source", ""), asked.pop("verdict", None)
    return [source, *([verdict] if verdict else []), *(f"{name}={value}" for name, value in asked.items())]


def _entry_id(con: sqlite3.Connection, database_id: str, entry: Entry) -> str:
    if entry.kind == "presence":
        row = con.execute("SELECT uid FROM events WHERE id = ?", [entry.id]).fetchone()
    else:
        row = con.execute(_UID, {"article": entry.article_id, "revision": entry.id}).fetchone()
    return _urn(row["uid"]) if row else _urn(database_id, entry.kind, str(entry.id))


def _urn(*parts: str) -> str:
    return uuid.uuid5(_NAMESPACE, "/".join(parts)).urn


def atom(feed_of: Feed, base: str, itself: str) -> bytes:
    """The feed as a document. `base` is the address of the front page, `itself` that of the feed."""
    root = ET.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: reader().language})
    _add(root, "id", feed_of.id)
    about = [feed_of.source or _("changes"), *([feed_of.about] if feed_of.about else [])]
    _add(root, "title", f"Nachtrag: {', '.join(about)}")
    _add(root, "subtitle", _("What was changed in news articles after publication"))
    _add(root, "updated", iso(max((_updated(entry) for _id, entry in feed_of.entries), default=feed_of.began_at)))
    ET.SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": itself})
    ET.SubElement(root, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": base + asked_in()})
    author = ET.SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", "Nachtrag")
    for entry_id, entry in feed_of.entries:
        _add_entry(root, entry_id, entry, base)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_entry(root: ET.Element, entry_id: str, entry: Entry, base: str) -> None:
    item = ET.SubElement(root, f"{{{_ATOM}}}entry")
    _add(item, "id", entry_id)
    _add(item, "title", f"{entry.headline or entry.url} ({verdict_words(entry.verdict)})")
    _add(item, "updated", iso(_updated(entry)))
    _add(item, "published", iso(entry.at))
    ET.SubElement(
        item, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": base + page_of(entry) + asked_in()}
    )
    ET.SubElement(item, f"{{{_ATOM}}}category", {"term": entry.verdict, "label": verdict_words(entry.verdict)})
    for kind, _words in entry.weight.tags if entry.weight else ():
        ET.SubElement(item, f"{{{_ATOM}}}category", {"term": kind, "label": _("changes a %(tag)s", tag=_(kind))})
    author = ET.SubElement(item, f"{{{_ATOM}}}author")
    _add(author, "name", outlet(entry.source))
    content = ET.SubElement(item, f"{{{_ATOM}}}content", {"type": "xhtml"})
    body = ET.SubElement(content, f"{{{_XHTML}}}div")
    if entry.excerpt:
        _add_excerpt(ET.SubElement(body, f"{{{_XHTML}}}p"), entry)
    for line in _lines(entry):
        ET.SubElement(body, f"{{{_XHTML}}}p").text = _clean(line)


def page_of(entry: Entry) -> str:
    """Our page about the entry, below the front page."""
    if entry.before_id is not None:
        return f"-/compare/{entry.before_id}/{entry.id}"
    return f"-/article/{entry.article_id}"


def _lines(entry: Entry) -> Iterable[str]:
    seen = "".join(words for words, _instant in window(entry.not_before, entry.not_after))
    late = "" if entry.delay is None else f" ({delayed(entry.delay)})"
    yield f"{outlet(entry.source)}: {verdict_words(entry.verdict)}{late}, {seen}."
    if entry.kind != "change":
        return
    if entry.words_added or entry.words_removed:
        yield _("Words: +%(added)s −%(removed)s.", added=number(entry.words_added), removed=number(entry.words_removed))
    day = entry.not_after[:10]
    before, after = (
        stand(raw, at, day)
        for raw, at in ((entry.stand_before, entry.moment_before), (entry.stand_after, entry.moment_after))
    )
    if before != after:
        yield _("Before: %(before)s. After: %(after)s.", before=before, after=after)
    else:
        yield _("%(stand)s, unchanged.", stand=after) if entry.stand_after else _("No Stand on the page.")
    if entry.weight:
        why = f": {because(entry.weight.because)}" if entry.weight.because else ""
        yield f"{capital(weight(entry.weight.severity))}{why}."
    for reply in entry.replies:
        yield (
            f"{replied(reply)}."
            if reply["withdrawn_at"]
            else _("%(reply)s: “%(text)s”", reply=replied(reply), text=reply["text"])
        )


def _updated(entry: Entry) -> str:
    """When something was last said of it, be it by the outlet."""
    return max(entry.told_at, *(str(reply["withdrawn_at"] or reply["at"]) for reply in entry.replies), "")


def _add_excerpt(parent: ET.Element, entry: Entry) -> None:
    tags = {"added": "ins", "removed": "del", "same": "span"}
    for span in entry.excerpt:
        words = labelled(span.text) if span.mark == "same" else span.text
        ET.SubElement(parent, f"{{{_XHTML}}}{tags[span.mark]}").text = _clean(words)


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{tag}").text = _clean(text)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
