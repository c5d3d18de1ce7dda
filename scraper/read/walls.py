"""What is no article: other formats, walls, error pages. Raises a `ReadError` that says so, or is silent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.errors import ReadError
from scraper.read.comments import BLANK
from scraper.read.comments.discussion import find_discussion, is_stamp
from scraper.read.comments.headings import invites
from scraper.urls import is_front_page

if TYPE_CHECKING:
    from scraper.article import Article
    from scraper.page import Page
    from scraper.read.outline import Line
    from scraper.read.sheet import Sheet

_MAGIC = (
    b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"PK\x03\x04", b"\x1f\x8b", b"\x00\x00\x01\x00", b"OggS",
    b"ID3", b"BM6", b"\x7fELF", b"wOF", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf",
)  # fmt: skip
# Text has few of them; ESC opens the shifts of some East Asian encodings. Of zero bytes a text has a slip at most.
_CONTROLS, _CONTROLS_SHARE, _FEW_ZEROS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"}), 0.1, 8
_BINARY_TYPE = re.compile(r"^\s*(?:image|audio|video|font)/(?!svg)|^\s*application/(?:pdf|zip|octet-stream|gzip)", re.I)
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|main|article|div|p|h1|section|table)\b", re.I)
_OTHER_MARKUP = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg|error)\b", re.I | re.S
)
_BOT = re.compile(
    r"just a moment\.\.\.|attention required! \| cloudflare|checking (?:if the site connection is secure|your browser)"
    r"|enable javascript and cookies to continue|verif(?:y|ying) (?:that )?you are (?:a )?human|are you a robot"
    r"|unusual traffic"
    r"|pardon our interruption|access (?:to this page has been |is )?denied|request unsuccessful|captcha"
    r"|you have been blocked"
    r"|bist du ein (?:mensch|roboter)|sind sie ein (?:mensch|roboter)|zugriff verweigert|sicherheitsüberprüfung"
    r"|ddos[- ]protection",
    re.I,
)
_CONSENT = re.compile(
    r"mit werbung (?:und tracking )?(?:lesen|weiterlesen|weiter)|weiter mit werbung"
    r"|(?:alle )?(?:cookies )?(?:akzeptieren|zustimmen) und weiter"
    r"|cookies? (?:zustimmen|akzeptieren)|zustimmung erforderlich|ihre zustimmung|wir benötigen ihre (?:einwilligung"
    r"|zustimmung)"
    r"|pur[- ]abo|datenschutz-?einstellungen|before you continue|we value your privacy|your privacy choices"
    r"|accept (?:all )?cookies"
    r"|consent to (?:the use of )?cookies|manage (?:your )?(?:consent|cookies)|privatsphäre[- ]einstellungen"
    r"|nutzung mit werbung",
    re.I,
)
_LOGIN = re.compile(
    r"^(?:log ?in|sign ?in|anmelden|anmeldung|einloggen)(?:\W*$|\s*[|·–—-]\s"
    r"|\s(?:erforderlich|required|to |or |oder |bei |mit |with ))|^bitte (?:melden sie sich an|anmelden|einloggen)\b"
    r"|please (?:log|sign) in|bitte (?:loggen|melden) sie sich|um (?:weiterzulesen|fortzufahren).{0,40}(?:anmelden"
    r"|einloggen)",
    re.I,
)
_GONE = re.compile(
    r"^\W*(?:404|410)(?:\W*$|\s*[|:·–—-]|\W+(?:error|fehler|gone|not found|file|page|seite|nicht))"
    r"|[|·–—-]\s*(?:404|410)\W*$|\b(?:error|fehler|http|status|code)\W*(?:404|410)\b"
    r"|(?:seite|artikel|beitrag|inhalt|dokument|meldung|sendung"
    r"|video)\b.{0,30}(?:nicht (?:gefunden|verfügbar|mehr verfügbar"
    r"|auffindbar)|existiert nicht)|(?:page|article|story|content)\b.{0,30}(?:not (?:be )?found"
    r"|no longer (?:available|exists?)|does(?:n['’]t| not) exist)"
    r"|^\W*(?:leider )?nicht mehr (?:verfügbar|abrufbar)|couldn['’]t find (?:that|the) page|leider nicht gefunden",
    re.I,
)
# The heading of a short page says nothing but that.
_OUT_OF_ORDER = re.compile(
    r"\W*(?:(?:wir führen )?(?:derzeit |gerade )?(?:geplante )?wartungsarbeiten(?: durch)?"
    r"|(?:under |scheduled )?maintenance|(?:(?:oops|sorry|hoppla|ups)\W+)?(?:something went wrong"
    r"|(?:da|es|hier) ist (?:leider )?etwas schief ?gelaufen"
    r"|(?:es ist )?ein (?:technischer |unerwarteter |interner )?fehler (?:ist )?aufgetreten"
    r"|technische (?:störung|probleme))|(?:internal )?server error|service (?:temporarily )?unavailable|bad gateway"
    r"|gateway time-?out|(?:error |fehler )?5\d\d(?:\W+[\w ]{3,30})?)\W*",
    re.I,
)
_CONSENT_HOST = re.compile(r"^(?:consent|cmp|privacy|zustimmung)\.", re.I)
_LOGIN_PATH = re.compile(r"/(?:login|signin|sign-in|anmelden|anmeldung|account/login)(?:[/.?]|$)", re.I)
_PAYWALL_BOX = re.compile(
    r"pay-?wall|piano-|plus-?abo|premium-?wall|regwall|metered|subscriber-only|abo-?(?:hinweis|angebot|teaser)"
)
_PAYWALL = re.compile(
    r"(?:jetzt|hier|gratis|kostenlos|sofort) (?:weiterlesen|freischalten)|(?:mit|im) (?:einem )?(?:\w+[ -])?(?:plus"
    r"|abo)\b.{0,40}weiterlesen"
    r"|weiterlesen mit|sie möchten weiterlesen|dieser (?:artikel|inhalt|text) ist (?:nur )?(?:für )?(?:abonnenten"
    r"|exklusiv|kostenpflichtig)"
    r"|subscribe to (?:continue|read|unlock)|to continue reading|already a subscriber|subscribers? only"
    r"|bereits abonnent|artikel freischalten",
    re.I,
)
# One of these is in any of them.
_PAYWALL_HINTS = ("weiterlesen", "freischalten", "abonnent", "exklusiv", "kostenpflichtig", "subscribe", "to continue")
# A headline that sells is none; "abo" alone may be the news.
_SELLING = re.compile(
    r"(?:abo|abonnement) (?:abschließen|abschliessen|bestellen|testen) und|(?:jetzt|hier|gratis|kostenlos) weiterlesen"
    r"|^\W*(?:jetzt )?(?:abonnieren|weiterlesen)\b|subscribe (?:now|today|to (?:continue|read))|to continue reading",
    re.I,
)
_EDGES = ("header", "nav", "aside", "footer", "dialog")
# A wall has little text of its own; an article on cookies or robots has more.
SHORT = 1200
TEASER = 1500
# An intro, and what a text has at least.
INTRO, SEVERAL = 1, 3


def refuse_other_formats(page: Page, content_type: str) -> None:
    """Empty bodies and bodies that are no text."""
    if not page.body.strip():
        raise ReadError("empty", f"{page.url}: the page is empty")
    start = page.body[:1024]
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff")) or "utf-16" in content_type.lower()
    controls = len(start) - len(start.translate(None, _CONTROLS))
    no_text = controls > _CONTROLS_SHARE * len(start) or start.count(0) > _FEW_ZEROS
    if start.startswith(_MAGIC) or _BINARY_TYPE.match(content_type) or (no_text and not wide):
        raise ReadError("binary", f"{page.url}: this is {content_type or 'binary data'}, no page of text")


def refuse_other_markup(url: str, markup: str) -> None:
    """Feeds, JSON, plain text."""
    if _OTHER_MARKUP.match(markup[:4000]) or not _MARKUP.search(markup, 0, 200_000):
        # Without its words, as everywhere in what is said of a page: that is shown where no texts are (`publish`).
        start = markup.lstrip()
        kind = "JSON" if start.startswith(("{", "[")) else "XML" if start.startswith("<") else "plain text"
        raise ReadError("not_html", f"{url}: this is no web page, it looks like {kind}")


def refuse_elsewhere(page: Page) -> None:
    """A redirect to the front page says that it is not there, one to a consent or login page that we may not."""
    if not page.redirects:
        return
    asked = page.redirects[0][1]
    parts = urlsplit(page.url)
    if _CONSENT_HOST.match(parts.hostname or ""):
        raise ReadError("consent_wall", f"{asked}: led to the consent page {page.url}")
    if _LOGIN_PATH.search(parts.path):
        raise ReadError("login_wall", f"{asked}: led to the login page {page.url}")
    if is_front_page(page.url) and not is_front_page(asked):
        raise ReadError("soft_404", f"{asked}: led to the front page {page.url}")


def refuse_walls(sheet: Sheet, article: Article | None) -> None:
    """Judges a page on which no article was found; and a short article, but that by its own words alone.

    A banner for cookies or a form to log in stands on many pages.
    """
    title = sheet.head.title
    if article is None:
        headings = [title, *(line.text for line in sheet.page.lines if line.box.tag in ("h1", "h2"))][:6]
        text = "\n".join(line.text for line in sheet.page.lines if line.running)[: 2 * SHORT]
    else:
        headings = [title, article.headline]
        text = "\n".join((article.standfirst, *(block.text for block in article.blocks)))
        if len(text) > SHORT or (sheet.linked.published and "Article" in sheet.linked.kind):
            return
    for code, there, says in (
        ("soft_404", any(map(_GONE.search, headings[:3])), "is an error page that came with the status of a page"),
        ("error_page", any(map(_OUT_OF_ORDER.fullmatch, headings[1:3])), "says that the site is out of order"),
        ("paywall", any(map(_SELLING.search, headings[1:3])), "sells a subscription in place of the article"),
        ("bot_wall", _found(_BOT, headings, text), "asks for proof that we are human"),
        ("consent_wall", _found(_CONSENT, headings, text), "asks for consent before it shows the article"),
        ("login_wall", any(map(_LOGIN.search, headings)) or _asks_password(sheet, text), "asks us to log in"),
    ):
        if there:
            raise ReadError(code, f"{sheet.url}: the page {says}")


def _found(wall: re.Pattern[str], headings: list[str], text: str) -> bool:
    """In a heading, or in the text: once if there is next to no other text, else twice."""
    return any(map(wall.search, headings)) or len(wall.findall(text)) >= (1 if len(text) < SHORT / 2 else 2)


def _asks_password(sheet: Sheet, text: str) -> bool:
    """In the middle of the page, where there is next to no text."""
    around = sheet.tree.css_first("input[type=password]") if len(text) < SHORT / 4 else None
    asked = around is not None
    while around is not None:
        asked = asked and around.tag not in _EDGES
        around = around.parent
    return asked


def is_teaser(sheet: Sheet, article: Article) -> bool:
    """Only the beginning of the text is there: the page says that it is not free, and there is little of it."""
    if sum(len(block.text) for block in article.blocks) > TEASER:
        return False
    if sheet.linked.free is False:
        return True
    return any(_PAYWALL_BOX.search(box.words) for box in sheet.page.boxes) or any(
        _sells(line.text) for line in sheet.page.lines if len(line.text) < 200
    )


def took_for_comments(sheet: Sheet, article: Article) -> bool:
    """Next to nothing was read, and there are sentences in a box that is called like comments, with nothing else that
    tells of readers.
    """
    if sum(block.kind != "subhead" for block in article.blocks) > INTRO or sheet.headline is None:
        return False
    after = sheet.page.lines[sheet.headline.last :]
    said = [line for line in after if sheet.role_of(line) == "comments" and line.box.up("form", "button") is None]
    told = any((line.running and not invites(line.text)) or BLANK in line.text for line in said)
    if not told or len(said) < SEVERAL or any(is_stamp(line) or _can_be_answered(sheet, line) for line in said):
        return False
    return find_discussion(sheet) is None


def _can_be_answered(sheet: Sheet, line: Line) -> bool:
    """In the same box of comments is a field to write in."""
    around = line.box
    while around.parent is not None and sheet.role[id(around.parent)] == "comments":
        around = around.parent
    return around.node.css_first("textarea") is not None


def _sells(text: str) -> bool:
    return any(map(text.lower().__contains__, _PAYWALL_HINTS)) and _PAYWALL.search(text) is not None
