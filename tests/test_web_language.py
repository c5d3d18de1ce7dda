"""Pages in German and English: which language a reader gets, what is translated, and how it is written."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jinja2 import nodes

from changes.alignment import align
from changes.meaning import meaning
from changes.ruling import QUOTING, rule
from db.web import evidence, shown
from db.words.catalogue import read_catalogue
from db.words.language import LANGUAGES, Reader, chosen, ngettext, reading
from tests.articles import article, case
from tests.catalogue import CATALOGUE, TEMPLATES, environment, key, messages
from tests.web_sample import build
from tests.web_server import PAGES, change, html, plain, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasette.app import Datasette

EDITS = Path(__file__).parent / "data" / "edits"
GERMAN = Reader("de")
# What stands in templates outside of messages: names, and the classes of pages.
NAMES = {"Nachtrag", "· Nachtrag", "JSON", "CSV", "SHA-256", 'lang="'}


def cases(*names: str) -> list[dict]:
    return [item for name in names for item in tomllib.loads((EDITS / f"{name}.toml").read_text("utf-8"))["cases"]]


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    file = tmp_path_factory.mktemp("language") / "nachtrag.db"
    build(file)
    with serving(file) as datasette:
        yield datasette


@pytest.mark.parametrize(
    ("address", "configured", "wished", "language"),
    [
        ("", "auto", "", "en"),
        ("", "auto", "de", "de"),
        ("", "auto", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "auto", "en-US,en;q=0.9,de;q=0.8", "en"),
        ("", "auto", "fr,en;q=0.3,de;q=0.7", "de"),
        ("", "auto", "de;q=0,en;q=0.1", "en"),
        ("", "auto", "fr-FR", "en"),
        ("", "auto", "*;q=0.1, de;q=0.5", "de"),
        ("", "auto", "de;q=nonsense, \x00, ;;;", "en"),
        ("", "de", "en", "de"),
        ("", "en", "de", "en"),
        ("", "None", "de", "de"),
        ("de", "en", "en", "de"),
        ("en", "de", "de", "en"),
        ("tlh", "auto", "de", "de"),
        ("DE", "auto", "", "en"),
    ],
)
def test_which_language(address: str, configured: str, wished: str, language: str) -> None:
    assert chosen(address, configured, wished) == Reader(language, asked=address in LANGUAGES)


def test_a_catalogue_is_read_as_gettext_writes_it() -> None:
    text = (
        'msgid ""\nmsgstr "Language: de\\n"\n\n#: a.html:3\nmsgid "one"\nmsgstr "eins"\n\nmsgctxt "Stand"\n'
        'msgid "none"\nmsgstr "keiner"\n\nmsgid ""\n"a "\n"\\"b\\""\nmsgstr "„b“"\n\nmsgid "%(num)s look"\n'
        'msgid_plural "%(num)s looks"\nmsgstr[0] "%(num)s Abruf"\nmsgstr[1] "%(num)s Abrufe"\n\n#, fuzzy\nmsgid "x"\n'
        'msgstr "guessed"\n\n#~ msgid "gone"\n#~ msgstr "weg"\n\nmsgid "open"\nmsgstr ""\n'
    )
    assert read_catalogue(text) == {
        "one": ("eins",),
        "Stand\x04none": ("keiner",),
        'a "b"': ("„b“",),
        "%(num)s look": ("%(num)s Abruf", "%(num)s Abrufe"),
        "open": (),
    }
    with pytest.raises(ValueError, match="no line of a catalogue: 'msgstr eins'"):
        read_catalogue('msgid "one"\nmsgstr eins\n')


def test_every_message_is_translated_and_nothing_else_is_in_the_catalogue() -> None:
    german = read_catalogue(CATALOGUE.read_text("utf-8"))
    wanted = {key(message): 2 if message[2] else 1 for message in messages()}
    assert {name: len(words) for name, words in german.items()} == wanted, "python -m tests.catalogue"


def test_a_translation_has_the_values_and_the_markup_of_its_message() -> None:
    german = read_catalogue(CATALOGUE.read_text("utf-8"))
    parts = re.compile(r"%\(\w+\)s|%%|</?[a-z]+[^>]*>")
    for message in messages():
        texts = (message[1], message[2] or message[1])
        for words, text in zip(german[key(message)], texts, strict=False):
            assert sorted(parts.findall(words)) == sorted(parts.findall(text)), words


def test_german_is_written_as_a_newsroom_writes_it() -> None:
    words = "\n".join("\n".join(forms) for forms in read_catalogue(CATALOGUE.read_text("utf-8")).values())
    for blame in ("heimlich", "vertusch", "verschwieg", "manipul", "zensur", "still und leise", "unterschlag"):
        assert blame not in words.lower()
    assert "“" not in re.sub("„[^“\n]*“", "", words), "quotation marks are „…“"
    assert re.findall(r"[„“][^\n]*”|\d%", words.replace("%%", "")) == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_has_a_text_of_its_own(path: Path) -> None:
    tree = environment().parse(path.read_text("utf-8"))
    body = {"".join(data.data for data in block.find_all(nodes.TemplateData)) for block in tree.find_all(nodes.Block)
            if block.name == "body"}  # fmt: skip
    outputs = list(tree.find_all(nodes.Output))
    text = "\x00".join(
        part.data if isinstance(part, nodes.TemplateData) else "\x00" for output in outputs for part in output.nodes
    )
    bare = {words.strip() for words in re.split(r"<[^<>]*>|\x00", text) if re.search("[A-Za-z]{2}", words)}
    assert bare - NAMES - body == set()
    assert re.findall(r'(?:aria-label|title|data-label|alt|placeholder)="[^"\x00]*[A-Za-z]{2}', text) == []
    chosen_words = [
        const.value
        for output in outputs
        for choice in output.find_all((nodes.CondExpr, nodes.Or))
        for const in choice.iter_child_nodes()
        if isinstance(const, nodes.Const) and re.search("[a-z] |[A-Z][a-z]", str(const.value))
    ]
    assert chosen_words == []


@pytest.mark.parametrize("given", cases("rulings", "ruling_edges"), ids=lambda given: given["name"])
def test_all_evidence_is_told_in_german(given: dict) -> None:
    ruling = rule(case(given["before"], given["after"], given.get("saw", {})))
    with reading(GERMAN):
        told = [(what, value, shown.evidence(what, value)) for what, value in ruling.evidence]
    for what, value, (_name, words, language) in told:
        assert what in evidence.NAMES
        assert language == "", (what, value)
        if what in QUOTING:
            assert words == value


@pytest.mark.parametrize(
    "given", cases("facts_de", "facts_en", "places", "notices", "trifles"), ids=lambda given: given["name"]
)
def test_all_weights_are_explained_in_german(given: dict) -> None:
    before, after = article(**given["before"]), article(**{**given["before"], **given["after"]})
    why = meaning(before, after, align(before, after)).because
    assert shown.because(why) == why
    with reading(GERMAN):
        told = shown.because(why)
    assert told != why
    unquoted = re.sub(r"\([^()]*\)", "", told)
    assert re.findall(r"\b(?:changed|was|the|text|came|went|sentence|or)\b", unquoted) == []


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("number changed (5 → 7); text was added", "Zahl geändert (5 → 7); Text wurde hinzugefügt"),
        ("quotation changed (“a; b (c); d” → “x”)", "Zitat geändert (“a; b (c); d” → “x”)"),
        ("3 sentences were taken out; wording changed", "3 Sätze wurden entfernt; Wortlaut geändert"),
        ("what an earlier version said", "what an earlier version said"),
        ("name went (%(x)s %s 5%)", "Name weggefallen (%(x)s %s 5%)"),
        ("", ""),
    ],
)
def test_why_an_edit_weighs(kept: str, told: str) -> None:
    with reading(GERMAN):
        assert shown.because(kept) == told


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (("waits for", "time, a second connection"), ("Wartet auf", "Zeit, eine zweite Verbindung", "")),
        (("looks at the new version", "1415 on 10 connections, 2 past all caches"),
         ("Abrufe der neuen Fassung bis dahin",
          "1.415 Abrufe über 10 Verbindungen, 2 an allen Zwischenspeichern vorbei", "")),
        (("other clocks", "modified_ld A → B; feed none → C"),
         ("Andere Zeitangaben", "dateModified (JSON-LD) A → B; Aktualisiert (Feed) keiner → C", "")),
        (("machines were not told", "modified_ld moved in 38 of 1041 settled edits"),
         ("Daten für Maschinen, die blieben",
          "dateModified (JSON-LD) änderte sich bei 38 von 1.041 gesichert eingeordneten Änderungen", "")),
        (("practice of the outlet", "Stand moved in 3 of 1041 settled edits"),
         ("Gewohnheit des Mediums",
          "Stand änderte sich bei 3 von 1.041 gesichert eingeordneten Änderungen", "")),
        (("practice of the outlet", "Stand moved in 0 of 29 settled edits"),
         ("Gewohnheit des Mediums", "zu wenige gesichert eingeordnete Änderungen, um etwas zu sagen (29)", "")),
        (("stamps beside the page", "feed → A; http → B"),
         ("Zeitangaben neben der Seite", "Aktualisiert (Feed) → A; Last-Modified (HTTP) → B", "")),
        (("equals version", "no. 3, first seen 2026-11-24 14:02 UTC; another text stood for 2 h 5 min"),
         ("Gleich einer früheren Fassung",
          "Nr. 3, zuerst gesehen 24.11.2026, 14:02 Uhr UTC; ein anderer Text stand dort (Dauer: 2 h 5 min)", "")),
        (("read again", "the page kept with revision 7, of 2026-11-24 14:02 UTC"),
         ("Neu gelesen", "die mit Fassung 7 aufbewahrte Seite, vom 24.11.2026, 14:02 Uhr UTC", "")),
        (("redesign", "the site was found changed at 2026-11-24T14:02 UTC"),
         ("Neugestaltung", "die Website wurde am 24.11.2026, 14:02 Uhr UTC verändert vorgefunden", "")),
        (("Stand before", "none"), ("Stand vorher", "keiner", "")),
        (("notice", "none moved"), ("Hinweis", "none moved", "")),
        (("Stand", "moved after 31 min, to 14:02 %(x)s"), ("Stand", "geändert nach 31 min, auf 14:02 %(x)s", "")),
        (("Stand", "as a later program says it"), ("Stand", "as a later program says it", "en")),
    ],
)  # fmt: skip
def test_evidence_in_german(kept: tuple[str, str], told: tuple[str, str, str]) -> None:
    with reading(GERMAN):
        assert shown.evidence(*kept) == told


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("headline: Fünf", "Überschrift: Fünf"),
        ("Text / standfirst: … der Nacht / captions:", "Text / Vorspann: … der Nacht / Bildunterschriften:"),
        ("the headline: of it", "the headline: of it"),
        ("1204 → 1316 comments", "1.204 → 1.316 Kommentare"),
        ("none → 5 comments", "keine → 5 Kommentare"),
        ("5 → 7 comments on %(x)s", "5 → 7 comments on %(x)s"),
        ("moved: Der Satz / moved: Noch einer", "verschoben: Der Satz / verschoben: Noch einer"),
        ("https://a.example/%(x)s: the server says 404", "https://a.example/%(x)s: Der Server antwortet mit 404"),
        ("Der Chef: the server says 404", "Der Chef: the server says 404"),
    ],
)
def test_excerpts_name_their_fields_in_german(kept: str, told: str) -> None:
    with reading(GERMAN):
        assert shown.labelled(kept) == told
    assert shown.labelled("headline: a / standfirst: b") == "headline: a / standfirst: b"


async def test_no_english_stands_in_german_pages(tmp_path: Path) -> None:
    """Where words came from a style sheet, from the database, or past the catalogue."""
    path = tmp_path / "n.db"
    build(path)
    change(
        path,
        "UPDATE revision_blocks SET kept_kind = 'note'",
        "UPDATE revisions SET excerpt = 'moved: Der Satz' WHERE id = 3",
        """UPDATE events SET data = json_set(data, '$.excerpt', 'https://a.example/: the server says 404')
           WHERE type = 'article.gone'""",
    )
    with serving(path, language="de") as web:
        assert 'data-label="Hinweis auf der Seite"' in await html(web, "/-/compare/2/3")
        for address in ("/", "/-/changes.atom", "/-/outlets", "/-/outlet/1", "/-/status", "/-/article/1"):
            page = await html(web, address)
            assert re.findall("moved:|the server says|>by hand|by hand:", page) == [], address
            if address in ("/", "/-/changes.atom"):
                assert "verschoben:" in page
                assert "Der Server antwortet mit 404" in page
    styles = (Path(shown.__file__).parent / "static" / "nachtrag.css").read_text("utf-8")
    assert re.findall(r'content: "[^"]*[A-Za-z]', styles) == []


@pytest.mark.parametrize(
    ("address", "said", "not_said"),
    [
        ("/-/article/4?lang=de", ">1 Fassung</h2>", "die neueste zuerst"),
        ("/-/article/4?lang=en", ">1 version</h2>", "newest first"),
        ("/-/article/1?lang=de", ">4 Fassungen, die neueste zuerst</h2>", "1 Fassung,"),
        ("/-/article/1?lang=en", "Remark of the keepers of this archive, not of the outlet, <time", "Remark, "),
        ("/-/article/1?lang=de", "Anmerkung der Betreiber dieses Archivs, nicht der Redaktion, <time", "Anmerkung, "),
        ("/-/outlet/2?lang=de", "; gelesen haben wir ", "die wir gelesen haben"),
    ],
)
async def test_words_fit_what_they_are_said_of(web: Datasette, address: str, said: str, not_said: str) -> None:
    page = await html(web, address)
    assert said in page
    assert not_said not in page


async def test_texts_of_articles_keep_their_own_language(web: Datasette, tmp_path: Path) -> None:
    page = await html(web, "/-/article/1?lang=en")
    assert '<h1 lang="de">' in page
    assert '<p class="excerpt" lang="de">' in page
    assert '<p dir="auto" lang="de">' in await html(web, "/-/compare/2/3")
    assert re.search(r'<h3><a href="/-/compare/\d+/\d+" lang="de">', await html(web, "/"))
    assert [shown.tongue(text) for text in ("de", "de-AT", 'x" onclick="', "", None, "german")] == [
        "de",
        "de-AT",
        *[""] * 4,
    ]


def test_dates_numbers_and_lengths_as_germans_write_them() -> None:
    with reading(GERMAN):
        assert shown.instant("2026-11-24T21:40:59+00:00") == "24.11.2026, 21:40 Uhr UTC"
        assert shown.day("2026-03-02") == "Montag, 2. März 2026"
        assert shown.month("2026-03") == "März 2026"
        window = shown.window("2026-11-24T14:02:00+00:00", "2026-11-24T14:11:00+00:00")
        assert "".join(words for words, _iso in window) == "zwischen 24.11.2026, 14:02 und 14:11 Uhr UTC"
        assert [iso for _words, iso in window if iso] == ["2026-11-24T14:02:00Z", "2026-11-24T14:11:00Z"]
        assert (shown.number(1234567), shown.decimal(0.25), shown.signed(-1204)) == ("1.234.567", "0,25", "−1.204")
        assert (shown.percent(0.021), shown.percent(0.0001)) == ("2,1 %", "< 0,1 %")
        assert [shown.tally(count, "look") for count in (0, 1, 1204)] == ["0 Abrufe", "1 Abruf", "1.204 Abrufe"]
        assert (shown.span(40), shown.span(3 * 86_400)) == ("40 s", "3 Tage")
        assert ngettext("no such message", "no such messages", 2) == "no such messages"


def test_a_day_is_one_in_utc_whatever_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert shown.day("2026-11-24") == "Tuesday, 24 November 2026"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("address", PAGES)
async def test_every_page_in_german(web: Datasette, address: str) -> None:
    status = 404 if address == "/?source=x" else None
    joined = f"{address}{'&' if '?' in address else '?'}lang=de"
    answer = await web.client.get(joined)
    assert answer.status_code in (200, status)
    assert '<html lang="de">' in answer.text
    assert answer.headers["content-language"] == "de"
    assert "Accept-Language" in answer.headers["vary"]
    ours = re.findall(r'(?:href|action)="(/(?:-/(?!static)[^"]*)?(?:\?[^"]*)?)(?:#[^"]*)?"', answer.text)
    strays = [way for way in ours if "lang=de" not in way and not re.search(r"\.(?:json|csv)\b|/-/page/", way)]
    assert [way for way in strays if f'action="{way}"' not in answer.text] == []
    assert re.search(r'<a href="\?[^"]*lang=en" lang="en" hreflang="en" rel="alternate">English</a>', answer.text)


async def test_the_language_of_the_browser_and_of_the_address(web: Datasette) -> None:
    german = (await web.client.get("/-/article/1", headers={"accept-language": "de-DE,de;q=0.9,en;q=0.5"})).text
    assert '<html lang="de">' in german
    assert "lang=de" not in re.sub(r'hreflang="de" href="[^"]*"', "", german), (
        "links name no language that nobody asked for"
    )
    assert '<html lang="en">' in await html(web, "/-/article/1")
    english = (await web.client.get("/-/article/1?lang=en", headers={"accept-language": "de"})).text
    assert '<html lang="en">' in english
    missing = await web.client.get("/-/article/999?lang=de")
    assert (missing.status_code, "Es gibt keinen Artikel Nummer 999." in missing.text) == (404, True)


async def test_the_configuration_says_the_language(web: Datasette, tmp_path: Path) -> None:
    file = tmp_path / "nachtrag.db"
    build(file)
    with serving(file, language="de") as german:
        page = plain(await html(german, "/-/compare/2/3"))
    assert "Diesen Vergleich zitieren" in page
    assert "Zuletzt" not in plain(await html(web, "/-/compare/2/3"))


async def test_feeds_in_german_and_programs_in_english(web: Datasette) -> None:
    feed = (await web.client.get("/-/changes.atom?article=1&lang=de")).text
    assert 'xml:lang="de"' in feed
    assert "<title>Nachtrag: Änderungen, von Artikel 1</title>" in feed
    assert "article=1&amp;lang=de" in feed
    assert "Stand unverändert" in feed
    ids = [re.findall("<id>(.*?)</id>", text) for text in (feed, await html(web, "/-/changes.atom?article=1"))]
    assert ids[0] == ids[1], "an entry is the same one in every language"
    for address in ("/-/article/1.json", "/-/compare/2/3.json", "/-/changes.csv"):
        german = await web.client.get(f"{address}?lang=de", headers={"accept-language": "de"})
        assert german.text == (await web.client.get(address)).text
