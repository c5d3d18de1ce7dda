"""`check-site`, and the profile of docs/sites.md: what the page promises holds."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.page import Page
from scraper.read import read
from scraper.site_profile import own_profiles
from tests.product import Product
from tests.verbs import run_verb

DATA = Path(__file__).parent / "data/sites"
DOCS = Path(__file__).parent.parent / "docs/sites.md"
URL = "https://www.kreisbote.example/artikel/steg-gesperrt-12.html"


def check_site(*arguments: object, expect: int) -> str:
    done = run_verb("check-site", *arguments)
    assert done.code == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


def changed(folder: Path, old: str, new: str) -> Path:
    text = (DATA / "kreisbote.toml").read_text("utf-8")
    assert old in text
    path = folder / "changed.toml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_the_example_of_the_docs_is_the_profile_that_is_tested() -> None:
    (example,) = re.findall(r"```toml\n(# The worked.*?)```", DOCS.read_text("utf-8"), re.S)
    assert example == (DATA / "kreisbote.toml").read_text("utf-8")


def test_a_profile_that_fits_has_no_faults() -> None:
    said = check_site("--profile", DATA / "kreisbote.toml", DATA / "kreisbote.html", expect=0)
    assert "read with kreisbote/2026" in said
    assert "stand                 1 × .kb-stand: Stand: 02.03.2026 07:52 Uhr" in said
    assert "clocks.editorial      1 × [data-redaktion]: 2026-03-02T07:50:11+01:00" in said
    assert said.endswith("1 page, no faults\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'stand = ".kb-stand"',
            'stand = ".kb-zeit"',
            "FAULT: changed.toml: versions[1].stand: '.kb-zeit' finds nothing on any page; mend",
        ),
        (
            'stand = ".kb-stand"',
            'stand = ".kb-autor"',
            "changed.toml: versions[1].stand: 'Von Anna Beispiel' is no stamp that can be read; name the",
        ),
        (
            'container = ".kb-artikel"',
            'container = ".kb-x"',
            "versions[1].container: '.kb-x' finds nothing, and `matches` does; name what holds",
        ),
        ('matches = ".kb-artikel .kb-titel"', 'matches = ".kb-x"', "no version fits: nothing matches (2026: .kb-x)"),
        ('headline = ".kb-titel"', 'headline = ".kb-x"', "versions[1].headline: '.kb-x' finds no text"),
        (
            'container = ".kb-artikel"\ntopline = ".kb-spitzmarke"\nheadline = ".kb-titel"',
            'container = ".kb-vorspann"\nheadline = ".kb-x"',
            "container: '.kb-vorspann' finds <p>, and all of what",
        ),
        ('".kb-text > p"', '".kb-x"', "versions[1].blocks.paragraph: '.kb-x' finds nothing on any page; mend"),
        (
            'container = ".kb-artikel"',
            'container = ".kb-vorspann"',
            "container: '.kb-vorspann' finds <p>, and all of what",
        ),
        ('".kb-text > p"', '".kb-vorspann"', "blocks: they find 100 characters, the generic reader 487 of the text"),
        ('".kb-text > p"', '".kb-vorspann"', "read with generic/5, not with kreisbote, version 2026\n"),
        ('".kb-text > p"', '".kb-x"', "versions[1].blocks: they find no text"),
        ('keys = ["geaendert"]', 'keys = ["x"]', "nothing was found for: clocks.editorial"),
        ('matches = ".kb-artikel', 'matches = ".kb-artikel[x', "versions[1].matches: in the selector"),
        ('zone = "Europe/Berlin"', 'zone = "Berlin"', "zone: 'Berlin' is no time zone"),
        (
            'language = "de"',
            'language = "deutsch"',
            "language: 'deutsch' is no code of a language; write one like 'de'",
        ),
        ('country = "DE"', 'country = "Germany"', "country: 'Germany' is no code of a country; write one like 'DE'"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    profile = changed(tmp_path, old, new)
    faulty = 0 if "nothing was found" in said else 1
    assert said in check_site("--profile", profile, DATA / "kreisbote.html", expect=faulty)


def boxed(markup: str) -> str:
    """With the name of the outlet over the menu, a head around headline and Stand, and a picture."""
    menu = '<p class="kb-marke">Kreisbote</p><nav><ul><li>Start</li><li>Kreis</li></ul></nav>'
    figure = '<figure><img src="/steg.jpg"><figcaption>Der Steg im Winter</figcaption></figure>'
    markup = markup.replace("<nav>Start Kreis Sport</nav>", menu).replace(
        '<h1 class="kb-titel">', '<div class="kb-kopf"><h1 class="kb-titel">'
    )
    return markup.replace('<p class="kb-autor">', f'</div>{figure}<p class="kb-autor">')


def test_a_page_with_boxes_fits_too(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(boxed((DATA / "kreisbote.html").read_text("utf-8")), "utf-8")
    assert "no faults" in check_site("--profile", DATA / "kreisbote.toml", page, expect=0)


def test_what_stands_over_a_large_picture_is_no_caption(tmp_path: Path) -> None:
    markup = (DATA / "kreisbote.html").read_text("utf-8")
    markup = markup.replace('<p class="kb-spitz', '<figure><img src="/a.jpg"><figcaption><p class="kb-spitz')
    page = tmp_path / "page.html"
    page.write_text(markup.replace('<div class="kb-text">', '</figcaption></figure><div class="kb-text">'), "utf-8")
    assert "no faults" in check_site("--profile", DATA / "kreisbote.toml", page, expect=0)


@pytest.mark.parametrize(
    ("key", "selector", "said"),
    [
        ("authors", '[".kb-text"]', "versions[1].authors[1]: '.kb-text' finds 'Der Steg"),
        ("authors", '[".kb-text"]', "which holds 4 blocks of the text; name the element that holds the names"),
        ("authors", '[".kb-stand"]', "which names nobody"),
        ("authors", '[".kb-titel"]', "which names nobody"),
        ("authors", '[".kb-vorspann"]', "which names nobody"),
        ("standfirst", '".kb-text"', "versions[1].standfirst: '.kb-text' finds 'Der Steg"),
        ("standfirst", '".kb-titel"', "which is what `headline` finds"),
        ("comment_count", '".kb-text"', "versions[1].comment_count: '.kb-text' finds"),
        ("comment_count", '".kb-text p"', "which counts no comments"),
        ("comment_count", '".kb-stand"', "which counts no comments"),
        ("stand", '".kb-artikel"', "versions[1].stand: '.kb-artikel' finds"),
        ("topline", '".kb-titel"', "versions[1].topline: '.kb-titel' finds"),
        ("headline", '"nav"', "which is in the navigation"),
        ("paragraph", '".kb-text"', "versions[1].blocks.paragraph: '.kb-text' finds 'Der Steg"),
        ("paragraph", '"p"', "which is what `authors[1]` finds; leave that out of the blocks"),
        ("subhead", '".kb-text > p"', "is found by `blocks.paragraph`, too"),
        ("images", '[".kb-autor"]', "which is no picture; name the `img`"),
        ("images", '["body"]', "finds <body>, which holds the article; name the `img`"),
        ("headline", '"title"', "which is in the head of the page, which nobody sees"),
        ("headline", '".kb-kopf"', "versions[1].headline: '.kb-kopf' finds"),
        ("headline", '".kb-kopf"', "which holds what `stand` finds"),
        ("headline", '".kb-marke"', "of which no word stands in what the page calls itself"),
        ("topline", '"nav li"', "which is in the navigation"),
        ("standfirst", '"figcaption"', "which is a caption"),
        ("standfirst", '".kb-kopf"', "which holds what `headline` finds"),
        ("paragraph", '".kb-kopf, .kb-text > p"', "finds what holds what `headline` finds"),
        ("notes", '[".kb-text"]', "versions[1].notes[1]: '.kb-text' finds"),
    ],
)
def test_a_selector_that_finds_the_wrong_thing_is_a_fault(tmp_path: Path, key: str, selector: str, said: str) -> None:
    old = re.search(rf"^{key} = .*$", (DATA / "kreisbote.toml").read_text("utf-8"), re.M)
    authors = 'authors = [".kb-autor"]'
    given = f"{key} = {selector}"
    profile = changed(tmp_path, old[0], given) if old else changed(tmp_path, authors, f"{authors}\n{given}")
    page = tmp_path / "page.html"
    page.write_text(boxed((DATA / "kreisbote.html").read_text("utf-8")), "utf-8")
    fault = check_site("--profile", profile, page, expect=1)
    assert said in fault
    assert f"FAULT: {page}: changed.toml: versions[1]." in fault


def test_what_takes_all_of_the_text_is_blamed_and_the_text_is_not_said_to_be_missing(tmp_path: Path) -> None:
    """And of two fields with one selector the one that it does not fit, though the page is read without either."""
    text = re.sub(r"drop = .*", "", (DATA / "kreisbote.toml").read_text("utf-8"))
    for old, new in ((".kb-text > p", ".kb-text"), (".kb-vorspann", ".kb-text"), (".kb-stand", ".kb-autor")):
        text = text.replace(old, new)
    profile = tmp_path / "changed.toml"
    profile.write_text(text, "utf-8")
    said = check_site("--profile", profile, DATA / "kreisbote.html", expect=1)
    assert "versions[1].standfirst: '.kb-text' finds all that `blocks` find, and leaves them no text" in said
    assert "characters" not in said
    assert "versions[1].stand: 'Von Anna Beispiel' is no stamp" in said
    assert "versions[1].authors" not in said


@pytest.mark.parametrize(
    ("selector", "fault"), [(".kb-wann", "'02.03.2026, 10:01', which counts no comments"), (".kb-zahl", "")]
)
def test_the_number_of_comments_may_stand_among_them(tmp_path: Path, selector: str, fault: str) -> None:
    """What is found there and counts none is not passed over for the number that the generic reader finds."""
    said_by = "".join(
        f'<div><b>{name}</b><p class="kb-wann">02.03.2026, 10:01</p><p>{what}</p></div>'
        for name, what in (("Quendel", "Der Steg war schon im Herbst lose."), ("Ysop", "Und die Bohlen erst recht."))
    )
    section = f'<section><h2 class="kb-zahl">2 Kommentare</h2>{said_by}</section>'
    page = tmp_path / "page.html"
    markup = (DATA / "kreisbote.html").read_text("utf-8").replace('<p class="kb-meinungen">12 Meinungen</p>', section)
    page.write_text(markup, "utf-8")
    profile = changed(tmp_path, ".kb-meinungen", selector)
    said = check_site("--profile", profile, page, expect=int(bool(fault)))
    assert (fault or "no faults") in said


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "fehlt.html"
    said = check_site("--profile", DATA / "kreisbote.toml", missing, DATA / "kreisbote.html", expect=1)
    assert f"FAULT: {missing}: there is no such file" in said
    assert "versions that no page fitted" not in check_site("--profile", DATA / "kreisbote.toml", missing, expect=1)
    assert "Errno" not in said


@pytest.mark.parametrize("selector", ["figure", "figure img", ".kb-bild"])
def test_a_picture_may_be_named_by_what_holds_it(tmp_path: Path, selector: str) -> None:
    profile = changed(tmp_path, "[versions.blocks]", f'images = ["{selector}"]\n[versions.blocks]')
    page = tmp_path / "page.html"
    figure = '<figure class="kb-bild"><img src="/steg.jpg"><figcaption>Der Steg. Foto: Kai Muster</figcaption></figure>'
    markup = (DATA / "kreisbote.html").read_text("utf-8")
    page.write_text(markup.replace('<div class="kb-text">', f'{figure}<div class="kb-text">'))
    assert "images                1 × " in check_site("--profile", profile, page, expect=0)
    (own,) = own_profiles(tmp_path)
    (image,) = read(Page(URL, 200, (), page.read_bytes(), datetime.now(UTC)), own=[own]).images
    assert (image.url, image.credit) == ("https://www.kreisbote.example/steg.jpg", "Kai Muster")


@pytest.mark.parametrize("key", ["stand", "topline", "standfirst", "comment_count"])
def test_an_empty_selector_is_refused(tmp_path: Path, key: str) -> None:
    old = re.search(rf"^{key} = .*$", (DATA / "kreisbote.toml").read_text("utf-8"), re.M)
    assert old
    said = check_site("--profile", changed(tmp_path, old[0], f'{key} = " "'), DATA / "kreisbote.html", expect=1)
    assert f"changed.toml: versions[1].{key}: is empty; leave the key out" in said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is binary data, no page of text [binary]; save the page"),
        (b"\x07\x11\x93\x02" * 400, "this is binary data, no page of text [binary]; save the page"),
        (b'{"a": 1}', "this is no web page, it looks like JSON [not_html]; save the page of an article"),
    ],
)
def test_a_file_that_is_no_page_is_called_so(tmp_path: Path, body: bytes, said: str) -> None:
    file = tmp_path / "bild.html"
    file.write_bytes(body)
    done = check_site("--profile", DATA / "kreisbote.toml", file, expect=1)
    assert f"FAULT: {file}: cannot be read: this is" in done
    assert said in done
    assert done.endswith("1 page, 1 fault\n")


def test_selectors_that_never_matched_are_named(tmp_path: Path) -> None:
    profile = changed(tmp_path, '".teaser-box"', '".reklame"')
    said = check_site("--profile", profile, DATA / "kreisbote.html", expect=0)
    assert "selectors that never matched:\n  changed.toml: versions[1].drop: '.reklame' finds" in said


def test_a_page_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    empty = tmp_path / "leer.html"
    empty.write_text("<html><body></body></html>", "utf-8")
    (tmp_path / "nichts.html").write_text("", "utf-8")
    said = check_site("--profile", DATA / "kreisbote.toml", empty, tmp_path / "nichts.html", expect=1)
    assert "cannot be read" in said
    assert "the file is empty" in said
    assert said.endswith("2 pages, 2 faults\n")


def test_the_profile_of_a_host_is_found_by_address() -> None:
    page = DATA.parent / "pages/layout-2024-picture.html"
    assert "read with tagesschau/2024" in check_site("--url", "https://www.tagesschau.de/x-1.html", page, expect=0)
    assert "there is no profile for this host" in check_site("--url", URL, page, expect=1)
    assert "do not cover" in check_site(
        "--profile", DATA / "kreisbote.toml", "--url", "https://x.example/", page, expect=1
    )
    assert "name a profile" in check_site(page, expect=2)


def test_a_folder_of_profiles_is_read_with_the_configuration(tmp_path: Path) -> None:
    product = Product(tmp_path)
    with product.config.open("a", encoding="utf-8") as file:
        file.write('[read]\nsites = "sites"\n')
    assert "read.sites: " in product.run("check-config", expect=2).stderr
    (tmp_path / "sites").mkdir()
    shutil.copy(DATA / "kreisbote.toml", tmp_path / "sites/kreisbote.toml")
    assert (
        '"read_with": "kreisbote/2026'
        in product.run("look", "--json", "--url", URL, str(DATA / "kreisbote.html")).stdout
    )
    assert "no faults" in product.run("check-site", "--url", URL, str(DATA / "kreisbote.html")).stdout
    (tmp_path / "sites/b.toml").write_text('name = "tagesschau"', "utf-8")
    shutil.copy(DATA / "kreisbote.toml", tmp_path / "sites/c.toml")
    faults = product.run("check-config", expect=2).stderr.splitlines()
    assert [line.split("read.sites: ")[1].split(": ")[:2] for line in faults] == [
        ["b.toml", "zone"], ["b.toml", "name"], ["b.toml", "hosts"], ["b.toml", "versions"], ["kreisbote.toml", "name"],
    ]  # fmt: skip


def test_the_time_of_the_fetch_can_be_said_and_is_shown(tmp_path: Path) -> None:
    """A copied or unpacked file is as old as the copy, and "gestern" would be another day."""
    page = tmp_path / "page.html"
    page.write_text((DATA / "kreisbote.html").read_text("utf-8").replace("02.03.2026 07:52 Uhr", "gestern, 07:52 Uhr"))
    os.utime(page, (1_800_000_000, 1_800_000_000))
    profile = DATA / "kreisbote.toml"
    assert "taken as fetched on 2027-01-15 08:00 UTC, when the file was" in check_site(
        "--profile", profile, page, expect=0
    )
    stated = ("--fetched", "2026-03-03T09:00+01:00", page)
    said = check_site("--profile", profile, *stated, expect=0)
    assert "taken as fetched on 2026-03-03 08:00 UTC, as --fetched says" in said
    for moment, stand in ((("--fetched", "2026-03-03"), "2026-03-02"), ((), "2027-01-14")):
        look = ("look", page, "--url", URL, *moment)
        assert json.loads(run_verb(*look, "--json").stdout)["stand"].startswith(stand)
        assert "taken as fetched on" in run_verb(*look).stdout
    assert "expected one such as" in run_verb("look", page, "--url", URL, "--fetched", "gestern").stderr
