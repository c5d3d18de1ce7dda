"""Versions of articles go in, the newspaper's pages come out: articles, front page, feed, "not found". Pure.

What they look like stands in the files of paper/.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from schedules.demo.wire import http_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from schedules.demo.script import Edit, Story

PAPER = Path(__file__).parent / "paper"
IMPRINT = (
    "Erfunden für die Vorführung von Nachtrag. Invented for Nachtrag’s demonstration; "
    "any likeness to living goats is accidental."
)
_BERLIN, _LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONATE = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip


class NotInText(Exception):
    """An edit wants to change words that do not stand there."""


@dataclass(frozen=True, slots=True)
class Version:
    """An article at one moment; `stand` is what readers see, `modified` what machines are told."""

    story: Story
    headline: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...]
    comments: int
    published: datetime
    stand: datetime
    modified: datetime

    @property
    def german(self) -> bool:
        """Whether it is written in German."""
        return self.story.language.startswith("de")

    @property
    def path(self) -> str:
        """Where it stands on the site."""
        return f"/{'lokales' if self.german else 'twin-town'}/{self.story.slug}.html"


def first_version(story: Story, now: datetime) -> Version:
    """The article as it stands when the curtain rises."""
    stand = now - story.stand
    return Version(
        story, story.headline, story.paragraphs, (), story.comments, now - story.published, stand, modified=stand
    )


def edited(version: Version, edit: Edit, now: datetime) -> Version:
    """The next version.

    Raises:
        NotInText: the words to be replaced do not stand there.
    """
    paragraphs = version.paragraphs
    for old, new in edit.replace:
        if not any(old in paragraph for paragraph in paragraphs):
            raise NotInText(f"{version.story.slug}: the words {old!r} do not stand in the text")
        paragraphs = tuple(paragraph.replace(old, new) for paragraph in paragraphs)
    return replace(
        version,
        headline=edit.headline or version.headline,
        paragraphs=paragraphs,
        notes=(*version.notes, edit.note) if edit.note else version.notes,
        comments=version.comments if edit.comments is None else edit.comments,
        stand=now if "stand" in edit.moves else version.stand,
        modified=now if "machines" in edit.moves else version.modified,
    )


def article_page(version: Version, site: str) -> bytes:
    """The article's page; `site` is the address of the newspaper, without a slash at the end."""
    story, german = version.story, version.german
    body = [f"<p>{escape(text)}</p>" for text in version.paragraphs]
    body += [f'<p class="note">{escape(text)}</p>' for text in version.notes]
    return _page(
        "article.html",
        language=story.language,
        url=escape(site + version.path),
        linked_data=_linked_data(version, site),
        home="Zur Titelseite" if german else "To the front page",
        kicker=escape(story.kicker),
        headline=escape(version.headline),
        standfirst=escape(story.standfirst),
        byline=escape(f"{'Von' if german else 'By'} {story.author}"),
        stand=stand_line(version),
        body="\n".join(body),
        comments=comments_line(version),
        imprint=escape(IMPRINT),
    )


def front_page(versions: Iterable[Version], now: datetime) -> bytes:
    """All articles that are there, German ones first."""
    items = [(version.german, _item(version)) for version in versions]
    local = now.astimezone(_BERLIN)
    return _page(
        "front.html",
        today=f"{local.day}. {_MONATE[local.month - 1]} {local.year}",
        german="\n".join(item for german, item in items if german),
        english="\n".join(item for german, item in items if not german),
        imprint=escape(IMPRINT),
    )


def feed(versions: Iterable[Version], site: str) -> bytes:
    """RSS 2.0, newest first."""
    newest_first = sorted(versions, key=lambda version: version.published, reverse=True)
    return _page("feed.xml", url=escape(site), items="\n".join(_feed_item(version, site) for version in newest_first))


def missing_page() -> bytes:
    """What stands where nothing stands."""
    return _page("missing.html", imprint=escape(IMPRINT))


def stand_line(version: Version) -> str:
    """The visible stamp as its language writes it: "Stand: 24.11.2026 14:05 Uhr"."""
    if version.german:
        return f"Stand: {version.stand.astimezone(_BERLIN):%d.%m.%Y %H:%M} Uhr"
    local = version.stand.astimezone(_LONDON)
    return f"Updated: {local.day} {_MONTHS[local.month - 1]} {local:%Y, %H:%M %Z}"


def comments_line(version: Version) -> str:
    """How many comments there are, in the article's language."""
    words = ("Kommentar", "Kommentare") if version.german else ("comment", "comments")
    return f"{version.comments} {words[version.comments != 1]}"


def _linked_data(version: Version, site: str) -> str:
    zone = _BERLIN if version.german else _LONDON
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": site + version.path,
        "headline": version.headline,
        "description": version.story.standfirst,
        "inLanguage": version.story.language,
        "datePublished": version.published.astimezone(zone).isoformat(timespec="seconds"),
        "dateModified": version.modified.astimezone(zone).isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": version.story.author},
        "publisher": {"@type": "Organization", "name": "Kreisblatt"},
        "commentCount": version.comments,
    }
    # "</script>" in a text would end the element.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _item(version: Version) -> str:
    return _filled(
        "item.html",
        kicker=escape(version.story.kicker),
        path=escape(version.path),
        headline=escape(version.headline),
        standfirst=escape(version.story.standfirst),
        stand=stand_line(version),
    )


def _feed_item(version: Version, site: str) -> str:
    return _filled(
        "feed_item.xml",
        headline=escape(version.headline),
        url=escape(site + version.path),
        standfirst=escape(version.story.standfirst),
        published=http_date(version.published),
    )


def _page(name: str, **values: str) -> bytes:
    return _filled(name, **values).encode()


def _filled(name: str, **values: str) -> str:
    return Template((PAPER / name).read_text("utf-8")).substitute(values)
