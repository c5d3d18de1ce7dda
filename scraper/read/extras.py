"""What stands among the paragraphs and is none of the article's, told from what it says: lines of an `Outline` in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from scraper.read.outline import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

_SIGNPOST = re.compile(
    r"^\W*(?:lesen sie|lies auch|auch interessant|mehr:|mehr (?:zum thema|dazu)\b.{0,40} finden sie"
    r"|siehe auch|read (?:more|also|next|the full)|also read|also:"
    r"|see also|you (?:may|might) also like|more:|watch\s*[:|]|watch (?:more|now)|sign up|subscribe\b"
    r"|follow (?:us|\w+ on)|click here|join (?:us|our)\b"
    r"|download (?:our|the)\b|get our\b|advertis(?:ement|ing)$|anzeige$|werbung$|story continues|continue reading"
    r"|article continues|don['’]?t miss|(?:copyright )?(?:©|\(c\) )|all rights reserved"
    r"|foto:|fotos:|bild:|bildquelle|quelle:|photo:|image:"
    r"|picture:|artikel teilen|(?:(?:noch )?keine )?kommentare?$|comments?$|tags?:|topics:|themen:|leer más"
    r"|lire aussi"
    r"|leggi anche|lees ook|les også|läs också|čtěte|también te|à lire|this article (?:first|originally) appeared)",
    re.I,
)
# These begin sentences of an article too: there they are followed by no link and no colon.
_MAYBE_SIGNPOST = re.compile(
    r"^\W*(?:mehr (?:zum|zu|aus|über|dazu)|weitere (?:artikel|themen|nachrichten|infos)|das könnte sie|hier geht es"
    r"|zum thema|empfohlene|related|more (?:from|on|about)|recommended|join the|get the |newsletter|copyright"
    r"|share (?:this|on)|teilen|we (?:may )?earn)",
    re.I,
)
# Sentences to the reader about the paper, wherever on the line they stand.
_SERVICE = re.compile(
    r"\byour inbox\b|\bwe (?:may|might) (?:also )?(?:earn|receive) (?:an? )?(?:\w+ )?(?:commission|compensation)"
    r"|\bretrieved \d.{0,30} from https?://|^this document is subject to copyright|\bsign(?:ing)? up (?:here|now"
    r"|to our|for our|to \w+ \w+['’]s)"
    r"|\bnewsletters? (?:here|abonnieren|bestellen)\b|^in order to view (?:the|this) (?:video|content)"
    r"|\bunseren? (?:kostenlosen? )?newsletter|\bdiese[rn] artikel gefallen\b.{0,120}(?:unterstütz|spende|teilen)"
    r"|\bdo you have (?:info|a (?:news )?tip|a story) (?:to share )?(?:for|with)\b|\bcan be reached (?:at|on"
    r"|via)\b.{0,60}(?:@|\d)"
    r"|\bclick here\W+to (?:subscribe|sign|read|get)\b|\bin\W+my bookmarks\b|\ball rights reserved\W*$"
    r"|^keep reading for\b"
    r"|\b(?:sign up|subscribe) (?:for|to)\b.{0,60}\bnewsletters?\b|\baffiliate (?:commission|fee)"
    r"|^if you enjoyed this\b"
    r"|^(?:please )?(?:e-?mail|write to|contact|reach)\b.{0,60}\b(?:at|via|on)\b.{0,40}@|\bby emailing us\b"
    r"|^follow \w+['’]s (?:full )?coverage\b|^an dieser stelle finden sie .{0,80}\binhalt"
    r"|^ich bin damit einverstanden, dass mir"
    r"|^(?:this|diese) (?:web)?site (?:uses|nutzt|verwendet) cookies|\b\d+ (?:wochen|monate?) (?:für|gratis"
    r"|kostenlos)\b.{0,30}\b(?:testen|lesen)\b"
    r"|^die kommentar\w+ ist\b|^nicht alle bilder konnten\b|^write a comment\b|有料会員に|有料記事読み放題|会員の方のみ"
    r"|^disclaimer:? |^citation: |^more information: |please allow manage cookies",
    re.I,
)
_ARROWS = (">>", "→", "►", "▶", "➤", "➡")
_LONGEST_SERVICE = 650
# A box that begins so is about the paper, its subscribers, its authors or its other articles.
_PITCH = re.compile(
    r"^\W*(?:(?:we(?:'ve| have)? noticed|it (?:looks|seems) like) you(?:'re| are)? .{0,20}ad.?block"
    r"|.{0,40}\bad.?blocker\b"
    r"|.{0,30}werbeblocker"
    r"|(?:your|ihr|dein|tu|su|votre) (?:subscription|abo(?:nnement)?|suscripción)\b|(?:\d+ )?(?:wochen"
    r"|monate?) (?:kostenlos|gratis)"
    r"|(?:jetzt )?(?:kostenlos|gratis) (?:testen|lesen)|(?:subscribe|sign up|abonnieren|suscríbete|abonnez)\b.{0,60}$"
    r"|(?:unser |our |the )?[\w-]*newsletter\b.{0,40}$|support (?:our|us|independent)\b|stand up for\b"
    r"|unterstützen sie\b|(?:about|meet) the (?:authors?|writers?|reporter|contributor)s?\W*$|sobre (?:la firma"
    r"|el autor|o autor)"
    r"|(?:über|zu) (?:den autor|die autorin)|zu[rm] autor(?:in)?\b|zur person\W*$|our sources\W*$"
    r"|(?:related|recommended|latest|popular|trending|more|top|most (?:read|popular|viewed)) ?(?:articles?"
    r"|stories|news|posts|content|coverage"
    r"|reading|topics|from|videos?)?\W*$"
    r"|(?:read|see|watch) (?:more|next|also)\W*$|current issue\W*$|up next\W*$|you (?:may"
    r"|might) (?:also )?(?:like|be interested in)\W*$"
    r"|(?:mehr|weiteres?|weitere (?:artikel|themen|nachrichten|meldungen)) (?:zum thema|dazu|zu\b.{0,40}"
    r"|aus\b.{0,40})\W*$|zum thema\W*$"
    r"|(?:auch )?interessant\W*$|(?:das|dies) könnte sie .{0,30}$|meistgelesen\w*\W*$|lesetipps?\W*$"
    r"|lesen sie (?:auch|mehr|weiter)\W*$"
    r"|(?:más|mas) (?:información|noticias|leído)\W*$|lire aussi\W*$|à lire aussi\W*$|leggi anche\W*$"
    r"|lees ook\W*$|les også\W*$|läs mer\W*$"
    r"|fakta(?:boks|ruta)?(?: om .{0,60})?\W*$|fact ?(?:box|file)\W*$|fakten(?:box)?\W*$|infobox\W*$)",
    re.I,
)
_LONGEST_PITCH = 130
# More of the running text than this is the article.
_BULK = 0.3
_CARD_LINES, _CARD_RUNNING = 6, 2
_NEAR = 3
_LABEL = re.compile(r"[^|:]{4,40}[|:]")
_LABELLED = 0.4
_WHOLE = frozenset(("body", "main", "article"))


def is_signpost(line: Line) -> bool:
    """It leads elsewhere, or is about the paper and not about the world."""
    if _SIGNPOST.match(line.text):
        return True
    if line.linked and line.text.startswith(_ARROWS):
        return True
    if len(line.text) <= _LONGEST_SERVICE and _SERVICE.search(line.text):
        return True
    plain = line.running and not line.linked and ":" not in line.text[:40]
    return not plain and _MAYBE_SIGNPOST.match(line.text) is not None


def pitches(page: Outline, found: dict[int, Role], headline: Box | None) -> Iterator[Box]:
    """Boxes that begin with a line that says what they are: "About the author", "Your subscription"."""
    whole = sum(len(line.text) for line in page.lines if line.running and not found[id(line.box)])
    for line in page.lines:
        if len(line.text) > _LONGEST_PITCH or found[id(line.box)] or not _PITCH.match(line.text):
            continue
        box = _begun_by(page, line, headline, _BULK * whole)
        if box is not None and box.last - box.first > 1:
            yield box


def _begun_by(page: Outline, line: Line, headline: Box | None, most: float) -> Box | None:
    """The largest box whose first line this is, and that is not the bulk of the page."""
    found, box = None, line.box
    while box.first == line.at and box.parent is not None and box.tag not in _WHOLE:
        if headline is not None and headline.within(box):
            break
        if sum(len(inner.text) for inner in page.of(box) if inner.running) > most:
            break
        found, box = box, box.parent
    return found


def card_lines(page: Outline, lines: list[Line]) -> set[int]:
    """Of teasers that no class calls so: boxes called alike, each with a title that is a link and a sentence or two."""
    alike: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for line in lines:
        if line.box.tag in HEADINGS and line.link_share >= 0.5:
            box = _card(line)
            if box is not None and sum(inner.running for inner in page.of(box)) in range(1, _CARD_RUNNING + 1):
                alike[box.tag, box.words].append(box)
    cards = [box for boxes in alike.values() if len(boxes) > 1 for box in boxes]
    inside = {at for box in cards for at in range(box.first, box.last)}
    running = [line for line in lines if line.running]
    if sum(line.at in inside for line in running) > len(running) / 2:
        return set()
    return inside


def _card(line: Line) -> Box | None:
    """What stands around a title, where that is little."""
    box: Box | None = line.box
    while box is not None and box.last - box.first == 1:
        box = box.parent
    return box if box is not None and box.last - box.first <= _CARD_LINES else None


def labelled_links(lines: list[Line]) -> set[int]:
    """ "READ THIS: A title", with the title a link, and that more than once."""
    labels = {line.at: label for line in lines if line.link_share > _LABELLED and (label := _label(line.text))}
    often = {label for label, times in Counter(labels.values()).items() if times > 1}
    return {at for at, label in labels.items() if label in often} | _lists_of_links(lines)


def _lists_of_links(lines: list[Line]) -> set[int]:
    """Each item is a link, be it behind a label."""
    items: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        around = line.box.up("ul", "ol") if not line.running else None
        if around is not None:
            items[id(around)].append(line)
    return {
        line.at
        for some in items.values()
        if len(some) > 1 and all(line.link_share > _LABELLED for line in some)
        for line in some
    }


def _label(text: str) -> str:
    found = _LABEL.match(text)
    return found[0] if found and found[0].isupper() else ""


def repeated_captions(page: Outline, found: dict[int, Role], lines: list[Line]) -> set[int]:
    """What stands near a caption and says the same, for another screen."""
    return {
        line.at
        for line in lines
        if line.box.tag != "p"
        and any(
            found[id(other.box)] == "caption" and other.text == line.text
            for other in page.lines[max(0, line.at - _NEAR) : line.at + _NEAR + 1]
        )
    }
