"""`check-site`, and the profile of docs/sites.md: what the page promises holds."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

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
    assert said.endswith("1 pages, no faults\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('stand = ".kb-stand"', 'stand = ".kb-zeit"', "FAULT: version 2026, stand: .kb-zeit"),
        (
            'stand = ".kb-stand"',
            'stand = ".kb-autor"',
            "FAULT: stand: 'Von Anna Beispiel' is no stamp that can be read",
        ),
        (
            'container = ".kb-artikel"',
            'container = ".kb-x"',
            "`matches` finds something, but `container` .kb-x does not",
        ),
        ('matches = ".kb-artikel .kb-titel"', 'matches = ".kb-x"', "no version fits: nothing matches (2026: .kb-x)"),
        ('headline = ".kb-titel"', 'headline = ".kb-x"', "`headline` finds no text"),
        ('".kb-text > p"', '".kb-vorspann"', "the generic reader 4"),
        ('".kb-text > p"', '".kb-x"', "`blocks` find no text"),
        ('keys = ["geaendert"]', 'keys = ["x"]', "nothing was found for: clocks.editorial"),
        ('matches = ".kb-artikel', 'matches = ".kb-artikel[x', "versions[1].matches: in the selector"),
        ('zone = "Europe/Berlin"', 'zone = "Berlin"', "zone: 'Berlin' is no time zone"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    profile = changed(tmp_path, old, new)
    faulty = 0 if "nothing was found" in said else 1
    assert said in check_site("--profile", profile, DATA / "kreisbote.html", expect=faulty)


def test_selectors_that_never_matched_are_named(tmp_path: Path) -> None:
    profile = changed(tmp_path, '".teaser-box"', '".reklame"')
    said = check_site("--profile", profile, DATA / "kreisbote.html", expect=0)
    assert "selectors that never matched:\n  version 2026, drop: .reklame" in said


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
