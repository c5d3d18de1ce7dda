"""An article of the newsroom as a page."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from benchmarks.newsroom.outlet import State, Story

_WALL = ("Mit dem Abo alle Artikel lesen", "Schon Kundin oder Kunde? Hier geht es zur Anmeldung.")


def page_of(story: Story, state: State, random: Random) -> bytes:
    """The HTML of a story in that state; a test of headlines gives one of two at random."""
    outlet = story.outlet
    headline = story.variant if story.variant and random.random() < 0.5 else state.headline
    local = state.stand.astimezone(outlet.zone)
    stand = f"{local:%d.%m.%Y}" if outlet.day_only else f"{local:%d.%m.%Y %H:%M} Uhr"
    paragraphs = (*state.paragraphs[:1], *_WALL) if state.cut else (*state.paragraphs, *state.below)
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": headline}
    if outlet.machines != "none":
        data |= {"dateModified": state.modified.isoformat(timespec="seconds")}
    text = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="canonical" href="{story.url}"><script type="application/ld+json">{json.dumps(data)}</script></head>
<body><nav>Politik Lokales Sport {random.randrange(10**6)}</nav><main><article><h1>{headline}</h1>
<p class="meta">Stand: {stand}</p>
<figure><img src="/bild.jpg" alt=""><figcaption>{state.caption}</figcaption></figure>
{text}</article></main><footer>Impressum</footer></body></html>""".encode()
