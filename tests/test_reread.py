"""A redesign of a site that has a profile: nothing false is told, and the mended profile mends what was held."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.product import SECRET, Inside, Product
from tests.receiver import Receiver
from tests.site import Site
from tests.test_drift import web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

STORIES = 7
TIPPED = (2, 3)
# The redesign renames every class, and what the profile dropped is now found as text.
BEFORE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="canonical" href="{url}"></head><body><div class="kb-page"><h1 class="kb-title">{headline}</h1>
<p class="kb-stand">Stand: {stand} Uhr</p><div class="kb-text">
<p>Der Gemeinderat von Oberwiesenbach hat am Abend über den Neubau der Brücke beraten und sich vertagt.</p>
<p class="kb-tip">Der Kreisbote sucht Austrägerinnen und Austräger für Oberwiesenbach und alle Ortsteile am Bach.</p>
<p>Dies ist die Fassung Nummer {version} dieses Artikels, und sie sagt es auch in einem vollständigen Satz.</p>
<p>Die Bürgermeisterin sagte, man werde die Pläne noch einmal in aller Ruhe prüfen und dann entscheiden.</p>
</div></div><footer>Impressum</footer></body></html>"""
AFTER = BEFORE.replace("kb-", "nk-")
# … and here a reader that knows no site does not find the headline.
UNREADABLE = AFTER.replace('<h1 class="nk-title">{headline}</h1>', '<p><b class="nk-title">{headline}</b></p>')
UNREADABLE = UNREADABLE.replace("<title>{headline}</title>", "").replace(
    "</div></div><footer>",
    """</div></div><section class="comments" id="comments"><h2>Kommentare</h2><ol>
<li class="comment"><b class="author">Rosa Roggen</b> <time datetime="2026-11-01T09:11">01.11.2026 09:11</time>
<p>Endlich, das wurde aber auch Zeit mit dieser Brücke!</p></li></ol></section><footer>""",
)
VERSION = """
[[versions]]
id = "{id}"
matches = ".{prefix}-page"
container = ".{prefix}-page"
headline = ".{prefix}-title"
stand = ".{prefix}-stand"
drop = [".{prefix}-tip"]
[versions.blocks]
paragraph = ".{prefix}-text p"
"""
PROFILE = 'name = "kreisbote"\nhosts = ["127.0.0.1"]\nlanguage = "de"\nzone = "Europe/Berlin"\n'


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(STORIES) as made:
        made.design = BEFORE
        yield made


@pytest.fixture
def product(site: Site, tmp_path: Path) -> Product:
    made = Inside(tmp_path, Kreisbote=site.feed)
    made.config.write_text(made.config.read_text("utf-8") + '[read]\nsites = "sites/"\n', "utf-8")
    (tmp_path / "sites").mkdir()
    profile(tmp_path, VERSION.format(id="2020", prefix="kb"))
    made.once()
    return made


def profile(folder: Path, *versions: str) -> None:
    (folder / "sites/kreisbote.toml").write_text(PROFILE + "".join(versions), "utf-8")


def history(product: Product, url: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in product.run("history", "--json", url).stdout.splitlines()]


def told(product: Product) -> list[str]:
    return [event["verdict"] for event in product.events()[STORIES:]]


def test_a_redesign_is_held_and_a_mended_profile_mends_it(site: Site, product: Product, tmp_path: Path) -> None:
    host = site.url.removeprefix("http://")
    site.design = AFTER
    product.once()
    assert told(product) == []
    assert "profile: 5" in product.status()["drifting_sites"][0]["lost"]
    failed = product.run("reread", "--site", host, expect=1)
    assert f"{STORIES} articles still read with losses" in failed.stdout
    profile(tmp_path, VERSION.format(id="2020", prefix="kb"), VERSION.format(id="2026", prefix="nk"))
    assert product.run("reread", "--site", host).stdout.splitlines() == [
        f"{STORIES} articles read anew",
        f"{host} is read well again: its alerts are no longer held",
    ]
    assert product.status()["drifting_sites"] == []
    site.edit(2)
    product.once()
    assert told(product) == ["announced"]
    operations = [json.loads(line) for line in product.run("events", "--json", "--operations").stdout.splitlines()]
    assert [event["type"] for event in operations if "operations" in event["type"]] == ["operations.drift"]
    versions = history(product, f"{site.url}/artikel/2.html")
    assert [(item["kind"], item["verdict"]) for item in versions] == [
        ("first", None), ("held", "unreadable"), ("reread", "reread"), ("changed", "announced"),
    ]  # fmt: skip
    assert versions[2]["reread_of"] == versions[1]["id"]
    assert versions[2]["read_with"].startswith("kreisbote/2026")
    assert [block["text"][:12] for block in versions[2]["blocks"]] == ["Der Gemeinde", "Dies ist die", "Die Bürgerme"]
    assert product.run("verify").stdout.startswith("ok:")
    assert product.run("reread").stdout == f"{STORIES} articles read as before\n"


def test_an_edit_during_a_redesign_is_named_and_told_to_nobody(site: Site, product: Product, tmp_path: Path) -> None:
    site.design = AFTER
    product.once()
    site.edit(2, stamp=False)
    product.once()
    profile(tmp_path, VERSION.format(id="2020", prefix="kb"), VERSION.format(id="2026", prefix="nk"))
    lines = product.run("reread", "--site", site.url.removeprefix("http://")).stdout.splitlines()
    assert lines[1].startswith("1 article edited meanwhile")
    assert lines[2] == f"{site.url}/artikel/2.html"
    versions = history(product, lines[2])
    assert (versions[-1]["kind"], versions[-1]["words_added"], versions[-1]["words_removed"]) == ("reread", 1, 1)
    product.once()
    assert told(product) == []


def test_what_is_less_for_good_can_be_accepted(site: Site, product: Product) -> None:
    host = site.url.removeprefix("http://")
    site.design = AFTER.replace("Stand: {stand} Uhr", "")
    product.once()
    accepted = product.run("reread", "--site", host, "--accept").stdout
    assert f"{STORIES} articles read anew" in accepted
    product.once()
    site.edit(4)
    product.once()
    assert told(product) == ["unstamped"]
    assert product.status()["drifting_sites"] == []


def test_a_profile_that_was_changed_is_told_to_nobody(site: Site, product: Product, tmp_path: Path) -> None:
    profile(tmp_path, VERSION.format(id="2020", prefix="kb").replace('drop = [".kb-tip"]', ""))
    assert product.run("reread", f"{site.url}/artikel/1.html").stdout == "1 article read anew\n"
    product.once()
    assert told(product) == []
    assert product.status()["revisions"] == 2 * STORIES


def test_an_edit_that_was_none_is_taken_back_from_whoever_was_told(
    site: Site, product: Product, tmp_path: Path
) -> None:
    with Receiver(SECRET) as desk:
        product.tell(desk.url, "article.changed")
        reads_the_tip = VERSION.format(id="2020", prefix="kb").replace('drop = [".kb-tip"]', "")
        profile(tmp_path, reads_the_tip)
        product.once()
        for number in TIPPED:  # of fewer articles than would be the site's doing
            site.stories[number].design = BEFORE.replace("alle Ortsteile", "jeden Ortsteil, auch wegen {headline}")
        site.edit(1)
        product.once()
        assert sorted(told(product)) == ["announced", *["unmarked"] * len(TIPPED)]
        profile(tmp_path, VERSION.format(id="2020", prefix="kb"))
        assert product.run("reread").stdout.splitlines() == [
            f"{STORIES} articles read anew",
            f"{len(TIPPED)} rulings taken back; whoever was told is told that",
        ]
        product.once()
        product.once()
        sent = [request.body["data"] for request in desk.wait(1 + 2 * len(TIPPED))]
        assert desk.refused == []
    edits = {data["id"]: data["url"] for data in sent[: 1 + len(TIPPED)]}
    assert [data["verdict"] for data in sent[1 + len(TIPPED) :]] == ["misread"] * len(TIPPED)
    assert all(edits[data["supersedes"]] == data["url"] for data in sent[1 + len(TIPPED) :])
    versions = history(product, f"{site.url}/artikel/2.html")
    assert [(item["kind"], item["verdict"]) for item in versions] == [
        ("first", None), ("reread", "reread"), ("changed", "misread"), ("reread", "reread"), ("reread", "reread"),
    ]  # fmt: skip
    numbers = [item["id"] for item in versions]
    assert [item["superseded_by"] for item in versions] == [None, *numbers[3:], None, None]
    assert [item["seen_at"] for item in versions[3:]] == [item["not_after"] for item in versions[1:3]]
    page = web(product, "/")
    assert "taken back, the page had been misread" in page
    assert "superseded by version 5: the same page, read again" in web(product, "/-/article/2")
    assert product.run("verify").stdout.startswith("ok:")
    assert product.run("reread").stdout == f"{STORIES} articles read as before\n"


def test_pages_that_could_not_be_read_are_kept_and_read_again(site: Site, product: Product, tmp_path: Path) -> None:
    host, article = site.url.removeprefix("http://"), f"{site.url}/artikel/2.html"
    site.design = UNREADABLE
    product.once()
    site.edit(2)
    product.once()
    product.once()
    assert told(product) == []
    assert product.status()["drifting_sites"][0]["unread"] == STORIES
    unread = product.query("SELECT u.code, p.size FROM unread_pages u JOIN pages p ON p.id = u.page_id")
    assert [row["code"] for row in unread] == ["no_headline"] * STORIES
    assert product.query("SELECT count(*) AS n FROM pages") == [{"n": 2 * STORIES}]
    kept = product.run("page", article)
    assert "Fassung Nummer 2" in kept.stdout
    assert "Rosa Roggen" not in kept.stdout
    assert "blanked out" in kept.stderr
    assert "no_headline" in product.run("history", article).stdout
    assert product.run("reread", "--site", host, expect=1).stdout == f"{STORIES} articles cannot be read\n"
    profile(tmp_path, VERSION.format(id="2020", prefix="kb"), VERSION.format(id="2026", prefix="nk"))
    assert product.run("reread", "--site", host).stdout.splitlines() == [
        f"{STORIES} articles read anew",
        "1 article edited meanwhile, as the pages read now; nobody is told, `history` shows it:",
        article,
        f"{host} is read well again: its alerts are no longer held",
    ]
    assert product.query("SELECT * FROM unread_pages") == []
    assert product.status()["failing_articles"] == []
    first, again = history(product, article)
    assert (again["kind"], again["reread_of"], again["before_id"]) == ("reread", None, first["id"])
    assert first["seen_at"] < again["seen_at"] < product.query("SELECT max(at) AS at FROM rulings")[0]["at"]
    assert "Fassung Nummer [-1-] {+2+}" in again["excerpt"]
    assert again["not_before"] <= first["seen_at"] < again["not_after"] == again["seen_at"]
    assert "could not be read when it came" in web(product, "/-/article/2")
    site.edit(3)
    product.once()
    assert told(product) == ["announced"]
    assert product.run("verify").stdout.startswith("ok:")
    product.run("backup", str(tmp_path / "copy.db"))


def test_a_site_that_nobody_reads_is_named(product: Product) -> None:
    assert "no article of that host was read" in product.run("reread", "--site", "x.example", expect=1).stderr
