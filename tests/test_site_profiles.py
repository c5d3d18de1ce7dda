"""Profiles of sites: each fault is said with file, key and reason, and every selector of the shipped one is tried."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborHTMLParser

from scraper.read import reads_alike
from scraper.read.profile import name_of, read_with
from scraper.read.sheet import lay_out
from scraper.site_profile import ProfileError, SiteProfile, load_profile, load_profiles, own_profile, profile_for

DATA = Path(__file__).parent / "data" / "profiles"
FAULTS = tomllib.loads((DATA / "faults.toml").read_text("utf-8"))["fault"]
PAGES = Path(__file__).parent / "data" / "pages"
SEEN = datetime(2025, 5, 15, 12, 0, tzinfo=UTC)
TEXT = "<p>Seit dem Herbst steht der alte Leuchtturm im Dunkeln, und die Fischer klagen.</p>" * 3
FULL = """
<article class=neu data-v='{"changed": "2024-03-02T14:05:00Z"}'><div class=oben>Küste:</div><h1>Ein neues Licht</h1>
<div class=vorspann>Der Kreis zahlt.</div><div class=von>Von Lotte Muster</div><div class=zahl>4 Kommentare</div>
<img src=/a.jpg><img src=/a.jpg alt=doppelt><img class=teaser src=/b.jpg>{text}
<p><b>Nur</b> das<p class=teaser>nicht</p></article>"""


def shipped() -> SiteProfile:
    (profile,) = load_profiles()
    return profile


def selectors(profile: SiteProfile) -> list[Any]:
    """Those that should find something; what is dropped is only there on some pages."""
    found = []
    for version in profile.versions:
        single = (version.matches, version.container, version.headline, version.topline, version.standfirst)
        several = (*version.authors, *version.notes, *version.images, *(rule.selector for rule in version.clocks))
        blocks = [selector for _, selector in version.blocks]
        tried = dict.fromkeys((*single, version.stand, *several, *blocks))
        found += [pytest.param(selector, id=f"{version.id}: {selector}") for selector in tried]
    return found


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_a_fault_names_file_key_and_reason(fault: dict[str, Any], tmp_path: Path) -> None:
    sound = (DATA / "blatt.toml").read_text("utf-8")
    old = fault.get("pattern") or re.escape(fault["old"])
    faulty, times = re.subn(old, lambda _: fault["new"], sound, count=1)
    assert times == 1
    path = tmp_path / "blatt.toml"
    path.write_text(faulty, "utf-8")
    with pytest.raises(ProfileError) as raised:
        load_profile(path)
    assert str(raised.value).startswith("blatt.toml: ")
    assert len(str(raised.value).splitlines()) == fault.get("lines", 1)
    for words in fault["says"]:
        assert words in str(raised.value)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "blatt.toml"
    path.write_text(
        """
        name = "Das Blatt"
        hosts = ["https://blatt.example/", 7]
        zone = "Europe/Bärlin"
        language = 1
        [[versions]]
        id = "a"
        matches = "article["
        container = "article"
        colour = "red"
        blocks = { paragraph = "p:" }
        clocks = [{ kind = "times", selector = "time", keys = ["x"] }]
        [[versions]]
        id = "a"
        """,
        "utf-8",
    )
    with pytest.raises(ProfileError) as raised:
        load_profile(path)
    faults = str(raised.value).splitlines()
    assert {line.split(": ")[1] for line in faults} == {
        "name", "hosts", "hosts[1]", "zone", "language", "versions[1].matches", "versions[1].headline",
        "versions[1].colour", "versions[1].blocks.paragraph", "versions[1].clocks[1].kind",
        "versions[1].clocks[1].keys", "versions[2].matches", "versions[2].container", "versions[2].headline",
        "versions[2].blocks.paragraph", "versions",
    }  # fmt: skip
    assert len(faults) == 16


def test_a_name_of_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "blatt.toml"
    path.write_text((DATA / "blatt.toml").read_text("utf-8").replace('"blatt"', '"tagesschau"'), "utf-8")
    with pytest.raises(ProfileError, match=r"blatt\.toml: name: 'tagesschau' is the name of a profile that comes with"):
        own_profile(path)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "blatt.toml"
    path.write_bytes('name = "größe"'.encode("cp1252"))
    with pytest.raises(ProfileError, match=r"blatt\.toml: this is no TOML"):
        load_profile(path)


@pytest.mark.parametrize("text", [f"a = {'[' * 5_000}", f"a = {'9' * 5_000}"])
def test_a_file_that_nobody_writes(text: str, tmp_path: Path) -> None:
    path = tmp_path / "blatt.toml"
    path.write_text(text)
    with pytest.raises(ProfileError, match=r"blatt\.toml: this is no TOML"):
        load_profile(path)


def test_brackets_in_quotes_and_escapes_are_no_faults(tmp_path: Path) -> None:
    path = tmp_path / "blatt.toml"
    sound = (DATA / "blatt.toml").read_text("utf-8")
    path.write_text(sound.replace('"article.neu"', """'[data-x="a]("], .md\\:block'"""), "utf-8")
    assert load_profile(path).versions[0].matches == '[data-x="a]("], .md\\:block'


def test_profiles_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    sound = (DATA / "blatt.toml").read_text("utf-8")
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(sound.replace('"blatt"', f'"{name}"'), "utf-8")
    (tmp_path / "notes.txt").write_text("no profile", "utf-8")
    assert [profile.name for profile in load_profiles(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize("selector", selectors(shipped()))
def test_every_shipped_selector_finds_something(selector: str) -> None:
    pages = [LexborHTMLParser(file.read_text("utf-8")) for file in PAGES.glob("tagesschau_*.html")]
    for part in selector.split(", "):
        assert any(page.css(part) for page in pages), part


def test_the_shipped_profile_is_that_of_tagesschau() -> None:
    profile = shipped()
    assert (profile.name, profile.language, profile.country) == ("tagesschau", "de", "DE")
    assert ZoneInfo(profile.zone).key == "Europe/Berlin"
    assert {version.id: version.verified for version in profile.versions} == {
        "2022": True,
        "2023": True,
        "2024": False,
        "2020": False,
    }


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.tagesschau.de/a-101.html", True),
        ("https://tagesschau.de./a-101.html", True),
        ("https://WWW.Tagesschau.DE/a-101.html", True),
        ("https://falschetagesschau.de/a-101.html", False),
        ("https://tagesschau.de.example/a-101.html", False),
        ("http://www.tagesschau.de:8080?a", True),
        ("https://www.tagesschau.de", True),
        ("https://reader@www.tagesschau.de/a-101.html", True),
        ("https://www.tagesschau.de@other.example/a-101.html", False),
        ("https://www.tagesschau.de:80@other.example/a-101.html", False),
        ("https://other.example/https://www.tagesschau.de/a-101.html", False),
        ("https://[broken", False),
        ("a-101.html", False),
    ],
)
def test_hosts(url: str, found: bool) -> None:
    assert (profile_for(url) is not None) is found


@pytest.mark.parametrize(
    ("url", "reader", "alike"),
    [
        ("https://www.tagesschau.de/a-101.html", "tagesschau/2023.5", True),
        ("https://www.tagesschau.de/a-101.html", "tagesschau/2020.5", True),
        ("https://www.tagesschau.de/a-101.html", "tagesschau/2023", False),
        ("https://www.tagesschau.de/a-101.html", "tagesschau/1999", False),
        ("https://www.tagesschau.de/a-101.html", "generic/5", False),
        ("https://blatt.example/1", "generic/5", True),
        ("https://blatt.example/1", "generic/1", False),
        ("https://blatt.example/1", "tagesschau/2023.5", False),
    ],
)
def test_reads_alike(url: str, reader: str, alike: bool) -> None:
    assert reads_alike(url, reader) is alike


def test_a_raised_revision_is_another_reader(tmp_path: Path) -> None:
    path = tmp_path / "blatt.toml"
    sound = (DATA / "blatt.toml").read_text("utf-8")
    path.write_text(sound.replace('id = "2024"', 'id = "2024"\nrevision = 3'), "utf-8")
    names = [
        name_of(profile, profile.versions[0]) for profile in (load_profile(DATA / "blatt.toml"), load_profile(path))
    ]
    assert names == ["blatt/2024.5", "blatt/2024.7"]


def reading(body: str, head: str = "") -> dict[str, Any] | None:
    """With the small profile."""
    markup = f"<html><head><title>Turm</title>{head}</head><body>{body}</body></html>"
    article = read_with(lay_out("https://blatt.example/1", markup, SEEN), load_profile(DATA / "blatt.toml"))
    return article and {name: getattr(article, name) for name in article.__slots__}


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>Ein neues Licht</h1>{TEXT}</article>",
        f"<article class=neu>{TEXT}</article>",
        f"<article class=neu><h1> </h1><h1 class=teaser>Anderes</h1>{TEXT}</article>",
        "<article class=neu><h1>Ein neues Licht</h1><p> </p><p class=teaser>Etwas anderes</p></article>",
    ],
)
def test_a_page_of_another_design_is_left_to_the_generic_reader(body: str) -> None:
    assert reading(body) is None


def test_what_the_profile_says_and_what_it_leaves_open() -> None:
    found = reading(FULL.replace("{text}", TEXT))
    assert found is not None
    assert (found["topline"], found["standfirst"]) == ("Küste", "Der Kreis zahlt.")
    assert found["authors"] == ("Lotte Muster",)
    assert found["comment_count"] == 4
    assert [image.url for image in found["images"]] == ["https://blatt.example/a.jpg"]
    assert len(found["blocks"]) == 4
    (edited,) = found["clocks"]
    assert (edited.kind, edited.covers.start) == ("editorial", datetime(2024, 3, 2, 13, 5, tzinfo=UTC))


def test_without_what_the_profile_looks_for() -> None:
    found = reading(
        f"<article class=neu><h1>Ein neues Licht</h1>{TEXT}</article>",
        "<meta name=author content='Lotte Muster'><meta name=date content='2024-03-01T10:00:00Z'>",
    )
    assert found is not None
    assert (found["topline"], found["standfirst"], found["comment_count"]) == ("", "", None)
    assert found["authors"] == ("Lotte Muster",)
    assert [clock.kind for clock in found["clocks"]] == ["published_meta"]
    assert found["language"] == "de"


def test_a_badge_inside_the_headline_is_none_of_it() -> None:
    found = reading(f"<article class=neu><h1><span class=badge>Abo</span>Ein neues Licht</h1>{TEXT}</article>")
    assert found is not None
    assert found["headline"] == "Ein neues Licht"


def test_bold_in_the_middle_is_no_standfirst_and_an_empty_clock_is_none() -> None:
    profile = shipped()
    markup = (PAGES / "tagesschau_2023.html").read_text("utf-8")
    opening = "<p class=textabsatz>Erst kommt ein Absatz, der nicht fett ist.</p>"
    markup = markup.replace('<p class="textabsatz m-ten"><strong>', f'{opening}<p class="textabsatz m-ten"><strong>')
    markup = markup.replace("<nav>", '<meta name="date" content=""><nav>').replace(
        "<head>", '<head><meta name="date" content=" ">'
    )
    article = read_with(lay_out("https://www.tagesschau.de/a-101.html", markup, SEEN), profile)
    assert article is not None
    assert article.standfirst == ""
    assert article.blocks[1].text.startswith("Wo der Wind weht")
    published = article.clock("published_meta")
    assert published is not None
    assert published.raw == "2023-04-28T17:23:42"
