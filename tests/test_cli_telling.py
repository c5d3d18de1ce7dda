"""What the command line tells: status, history, page and note, by the real program."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import zstandard

from tests.product import NACHTRAG, Product, answers, free_port, until
from tests.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(6) as made:
        yield made


@pytest.fixture
def product(site: Site, tmp_path: Path) -> Product:
    """Six articles, seen once."""
    made = Product(tmp_path, Tagblatt=site.feed)
    made.once()
    return made


def test_a_remark_is_told_with_its_version_wherever_that_is_told(site: Site, product: Product) -> None:
    url = f"{site.url}/artikel/1.html"
    (first,) = map(json.loads, product.run("history", "--json", url).stdout.splitlines())
    number = str(first["id"])
    product.run("note", number, "  Im Archiv auch so.\nGeprüft. ")
    assert re.search(r"\n  remark of [0-9-]{10} [0-9:]{5} UTC: Im Archiv auch so. Geprüft.\n",
                     product.run("history", url).stdout)  # fmt: skip
    (again,) = map(json.loads, product.run("history", "--json", url).stdout.splitlines())
    assert [remark["text"] for remark in again["remarks"]] == ["Im Archiv auch so.\nGeprüft."]
    assert first["remarks"] == []


def test_a_revision_that_is_not_there_is_said(product: Product) -> None:
    for number in ("9999999999999999999999", "9223372036854775808", "0", "77"):
        for verb in (("note", number, "x"), ("page", number)):
            said = product.run(*verb, expect=1).stderr
            assert said.startswith(f"nachtrag: there is no revision {number}; `nachtrag history URL` lists")
            assert said.count("\n") == 1


def test_a_remark_without_words_is_refused(product: Product) -> None:
    for text in ("", "   ", "\n\t"):
        assert "a remark needs words" in product.run("note", "1", text, expect=2).stderr


def test_a_target_that_is_none_is_said_in_one_line(product: Product) -> None:
    for target in ("9" * 40, "", "\udcff", "https://[", "http://x.example:" + "9" * 30):
        for verb in ("pause", "remove", "history"):
            said = product.run(verb, target, expect=1).stderr
            assert said.startswith("nachtrag: ")
            assert said.count("\n") == 1


def test_history_in_json_has_lists_and_the_text(site: Site, product: Product) -> None:
    site.edit(1)
    product.once()
    first, second = map(json.loads, product.run("history", "--json", f"{site.url}/artikel/1.html").stdout.splitlines())
    for version in (first, second):
        for name in ("authors", "notes", "clocks", "clocks_before", "evidence", "blocks", "images", "remarks"):
            assert isinstance(version[name], list), name
    assert [block["kind"] for block in second["blocks"]] == ["paragraph"] * 3
    assert second["blocks"] != first["blocks"] or second["headline"] != first["headline"]
    assert second["clocks_before"][0]["raw"] == first["clocks"][0]["raw"] != second["clocks"][0]["raw"]
    assert second["clocks"][0]["kind"] == "stand"
    assert second["evidence"][0][0] == "Stand before"
    assert first["url"] == f"{site.url}/artikel/1.html"


def test_history_says_of_the_first_version_when_it_was_seen(site: Site, product: Product) -> None:
    said = product.run("history", f"{site.url}/artikel/1.html").stdout
    assert re.search(r"\n  first seen [0-9-]{10} [0-9:]{5} UTC, \d+ words\n", said)
    assert "; 1 version; " in said
    assert not re.search(r"unknown|\+0 -0|None|1 versions", said)
    site.edit(1)
    product.once()
    said = product.run("history", f"{site.url}/artikel/1.html").stdout
    assert re.search(
        r"\+1 -1 words, announced \(text changed, Stand moved with it\), "
        r"between [0-9-]{10} [0-9:]{5} and [0-9-]{10} [0-9:]{5} UTC\n",
        said,
    )
    assert "; 2 versions; " in said


def test_the_raw_page_comes_byte_for_byte(site: Site, product: Product) -> None:
    (version,) = map(json.loads, product.run("history", "--json", f"{site.url}/artikel/2.html").stdout.splitlines())
    done = product.run("page", str(version["id"]))
    assert done.raw == site.page(site.stories[2])
    digest = hashlib.sha256(done.raw).hexdigest()
    assert version["page_sha256"] == digest
    said = done.stderr
    assert f"SHA-256 {digest}, {len(done.raw)} bytes, as served\n" in said
    assert re.search(r"artikel/2\.html: fetched \d{4}-\d\d-\d\dT[0-9:]{8} UTC, HTTP 200\n", said)
    headers = product.run("page", str(version["id"]), "--headers").stdout
    assert headers.startswith("HTTP 200\n")
    assert "text/html" in headers
    assert "<html" not in headers


def test_a_page_from_which_comments_were_blanked_says_so(product: Product) -> None:
    page = "<p>what was kept</p>"
    digest = hashlib.sha256(page.encode()).hexdigest()
    with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
        con.execute(
            "UPDATE pages SET body = ?, size = ?, kept_sha256 = ?, base_id = NULL WHERE id = 1",
            [zstandard.ZstdCompressor().compress(page.encode()), len(page), digest],
        )
    done = product.run("page", "1")
    assert done.stdout == page
    said = done.stderr
    assert f"SHA-256 {digest} as kept" in said
    assert "as served: it differs, for what readers wrote was blanked out before it was kept" in said


def test_a_reader_of_a_page_may_go_away(product: Product) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{NACHTRAG}" page --config "{product.config}" 1 | head -c 1; echo "${{PIPESTATUS[0]}}"'],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.endswith(b"0\n")
    assert b"Traceback" not in done.stderr


def test_pauses_are_shown(site: Site, product: Product) -> None:
    url = f"{site.url}/artikel/3.html"
    product.run("pause", url)
    product.run("pause", "Tagblatt")
    status = product.status()
    assert status["paused_sources"] == [{"name": "Tagblatt", "articles": 6}]
    assert status["paused_articles"] == [{"source": "Tagblatt", "url": url}]
    assert status["articles_paused"] == 1
    said = product.run("status").stdout
    assert "paused sources:\n  Tagblatt, with 6 articles\n" in said
    assert f"paused articles:\n  {url} (Tagblatt)\n" in said
    product.run("resume", "Tagblatt")
    product.run("resume", url)
    assert "paused" not in product.run("status").stdout.replace("articles paused", "")


def test_what_is_missing_is_shown_until_it_is_removed_or_paused(site: Site, product: Product) -> None:
    for number in (2, 3):
        site.stories[number].missing = True
    product.once()
    (row,) = product.status()["missing_articles"]
    assert (row["state"], row["articles"]) == ("gone", 2)
    assert row["message"] == f"{row['example']}: the server says 404"
    said = product.run("status").stdout
    assert re.search(
        r"articles that are missing:\n  2 articles: gone, since [0-9-]{10} [0-9:]{5} UTC; for example (\S+): "
        rf"the server says 404\n  all of them: http://127.0.0.1:{product.port}/n/missing\n",
        said,
    )
    product.run("remove", f"{site.url}/artikel/2.html")
    product.run("pause", f"{site.url}/artikel/3.html")
    status = product.status()
    assert status["missing_articles"] == []
    assert (status["articles_no_longer_followed"], status["articles_paused"]) == (1, 1)


def test_status_lists_what_fails_once_each_and_without_none(site: Site, tmp_path: Path) -> None:
    fort = f"http://127.0.0.1:{free_port()}/feed.xml"
    product = Product(tmp_path, Tagblatt=site.feed, Fort=fort)
    (tmp_path / "liste.txt").write_text(f"{site.url}/robots.txt\n{site.url}/notiz.txt\n")
    with product.config.open("a") as config:
        config.write('[[sources]]\nname = "Liste"\nlist = "liste.txt"\n')
    product.once()
    said = product.run("status").stdout
    assert said.count("sources that fail:") == said.count("articles that cannot be read:") == 1
    assert said.count(fort) == 1
    assert "Fort: connect, 1 time in a row, never answered; " in said
    assert f"all of them: http://127.0.0.1:{product.port}/n/failing" in said
    assert "None" not in said
    (row,) = product.status()["failing_articles"]
    assert row["example"] in row["message"]
    for name in ("robots.txt", "notiz.txt"):
        product.run("remove", f"{site.url}/{name}")
    assert product.status()["failing_articles"] == []
    assert "articles that cannot be read" not in product.run("status").stdout


def test_browse_promises_nothing_that_only_the_daemon_does(tmp_path: Path) -> None:
    product = Product(tmp_path, Fort=f"http://127.0.0.1:{free_port()}/feed.xml")
    with subprocess.Popen(
        [NACHTRAG, "browse", "--config", product.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as browsing:
        until(answers(product))
        page = product.browse()
        browsing.terminate()
    assert "Nothing has been looked at yet" in page
    assert "the daemon takes them from" in page
    assert "on its way" not in page
    product.start()
    until(answers(product))
    assert "The first look is on its way" in product.browse()
    assert product.stop() == 0
