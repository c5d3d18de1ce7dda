"""An article of the newsroom as a page."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from benchmarks.newsroom.state import State, Story

_WALL = ("Mit dem Abo alle Artikel lesen", "Schon Kundin oder Kunde? Hier geht es zur Anmeldung.")
# What a site puts around and into its articles, another at each look.
_BOXES = (
    "",
    '<aside class="teaser"><a href="/artikel-3.html">Lesen Sie auch: Der Rat tagt bis in die Nacht</a></aside>',
    '<div class="anzeige"><p>Anzeige</p><a href="https://laden.example/">Jetzt Gartenstühle im Angebot</a></div>',
    '<div class="newsletter"><p>Der Newsletter am Morgen: das Wichtigste.</p><form><button>Los</button></form></div>',
)
_REMARKS = ("Das wurde auch Zeit.", "Ich sehe das anders, und zwar seit Jahren.", "Wer soll das bezahlen?", "Danke!")
SOFT = b"""<!doctype html><html lang="de"><head><title>Seite nicht gefunden</title></head><body><h1>Seite nicht
gefunden</h1><p>Die Seite, die Sie suchen, gibt es nicht oder nicht mehr.</p></body></html>"""
FRONT = b"<!doctype html><html lang='de'><head><title>Start</title></head><body><h1>Aus der Region</h1></body></html>"


def page_of(story: Story, state: State, now: datetime, random: Random) -> bytes:
    """The HTML of a story in that state; a test of headlines gives one of two at random."""
    outlet = story.outlet
    headline = story.variant if story.variant and random.random() < 0.5 else state.headline
    local = state.stand.astimezone(outlet.zone)
    stand = f"{local:%d.%m.%Y}" if outlet.day_only else f"{local:%d.%m.%Y %H:%M} Uhr"
    paragraphs = [f"<p>{html.escape(text, quote=False)}</p>" for text in state.paragraphs + state.below]
    if state.cut:
        paragraphs = [paragraphs[0], *(f"<p>{text}</p>" for text in _WALL)]
    box = random.randrange(len(_BOXES))
    paragraphs.insert(2, _BOXES[box])
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": headline}
    if outlet.machines != "none":
        data |= {"datePublished": story.born.isoformat(timespec="seconds"),
                 "dateModified": state.modified.isoformat(timespec="seconds")}  # fmt: skip
    return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="canonical" href="{story.url}"><script type="application/ld+json">{json.dumps(data)}</script></head>
<body><nav>Politik Lokales Sport {box}</nav><main><article><h1>{headline}</h1>
<p class="meta">Stand: {stand}</p>
<figure><img src="/bild.jpg" alt=""><figcaption>{state.caption}</figcaption></figure>
{chr(10).join(paragraphs)}</article>{_comments(story, now) if outlet.comments else ""}</main>
<footer>Impressum</footer></body></html>""".encode()


def _comments(story: Story, now: datetime) -> str:
    """What readers wrote so far: one every other hour."""
    count = min(int((now - story.born).total_seconds() // 7200), 12)
    said = "".join(
        f'<li class="comment"><span class="author">Leser {at}</span><p>{_REMARKS[(at + story.number) % 4]}</p></li>'
        for at in range(count)
    )
    return f'<section id="comments" class="comments"><h2>Kommentare ({count})</h2><ol>{said}</ol></section>'
