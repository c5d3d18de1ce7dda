"""The pages for programs: what the pages say, by keys that docs/pages.md names, and tables that execute nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from db.web.coverage import moment
from db.web.csv_lists import cell
from tests.web_sample import CHANGES, build, insert, minute
from tests.web_server import EXPORTS, PAGES, change, edits, html, serving
from tests.web_troubles import Troubles

if TYPE_CHECKING:
    from datasette.app import Datasette

DOCS = (Path(__file__).parent.parent / "docs/pages.md").read_text("utf-8")
# What OWASP and spreadsheets take for the beginning of a formula.
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
FORMULAS = (
    "=1+1", '=HYPERLINK("http://evil.example","x")', "+1+1", "-1+1", "@SUM(1+1)", "\t=1", "\r=1", "\n=1", " =1", '"=1',
    "'=1", '";=1+1;"', "a;=1+1", 'a";"=1+1', "a; -1", "＝1+1", "=cmd|' /C calc'!A0",
)  # fmt: skip
# Keys of these are data: what was asked for, states, days.
DATA = ("asked", "articles", "comments_changed")

COPIED = (
    "article_id, kind, seen_at, kept_not_after, headline, previous_hash, stand_raw, topline, standfirst, authors,"
    "notes, language, read_with, words, words_added, words_removed, excerpt, stand_only, clocks_before, fingerprint,"
    "page_sha256"
)
# Words of the documentation that are values.
VALUES = {"change", "presence", "same", "edited", "added", "removed", "moved_here", "moved_away", "null"}


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with everything that can go wrong, so that no list is empty."""
    file = tmp_path_factory.mktemp("exports") / "nachtrag.db"
    build(file)
    with closing(sqlite3.connect(file)) as con, con:
        Troubles(con, moment(con)).all()
        insert(con, "events", uid="evt_0", type="operations.drift", at=minute(0), url="", verdict="", data="{}")
        insert(con, "hosts", host="misproven.example", proofs_checked=3, proofs_wrong=1, edits_hidden=1)
    return file


async def data(web: Datasette, address: str) -> dict[str, Any]:
    answer = await web.client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    values: dict[str, Any] = answer.json()
    return values


async def table(web: Datasette, address: str) -> list[dict[str, str]]:
    answer = await web.client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return list(csv.DictReader(io.StringIO(answer.text, newline=""), strict=True))


@pytest.mark.parametrize("address", [address for address in PAGES if address != "/-/search"])
async def test_pages_lead_to_their_data(web: Datasette, address: str) -> None:
    found = LexborHTMLParser(await html(web, address)).css("a[type='application/json'], a[type='text/csv']")
    links = {node.attributes["type"]: node.attributes["href"] or "" for node in found}
    has_table = address.startswith(("/?", "/-/article", "/-/search")) or address == "/"
    assert set(links) == {"application/json", *(["text/csv"] if has_table else [])}
    for kind, link in links.items():
        answer = await web.client.get(link)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(str(kind))


async def test_the_list_is_the_one_of_the_page(web: Datasette) -> None:
    for query in (
        "",
        "?verdict=unmarked",
        "?source=2&tag=number",
        "?before=2026-11-24T12:00:00.000000%2B00:00~change~1",
    ):
        shown = edits(await html(web, f"/{query}"))
        listed = (await data(web, f"/-/changes.json{query}"))["changes"]
        assert [str(entry["revision_id"]) for entry in listed if entry["revision_id"]] == shown
        assert len(shown) > 0
    entry = next(
        entry for entry in (await data(web, "/-/changes.json?article=1"))["changes"] if entry["revision_id"] == 3
    )
    assert (entry["verdict"], entry["said"]) == ("unmarked", "text changed, Stand unchanged")
    assert (entry["not_before"], entry["not_after"]) == (
        "2026-11-24T08:00:00.000000+00:00", "2026-11-24T08:11:00.000000+00:00",
    )  # fmt: skip
    assert ["added", "gegen"] in entry["excerpt"]
    assert entry["weight"]["tags"][0] == {"kind": "number", "before": "4,12", "after": "4,31"}
    assert entry["link"] == "https://nachtrag.example/watch/-/compare/2/3"


@pytest.mark.parametrize("asked", ["tag=foo", "tg=number", "source=x&verdict=unmarked", "since=gestern"])
async def test_what_is_not_understood_is_told_everywhere(web: Datasette, asked: str) -> None:
    (said,) = (await data(web, f"/-/changes.json?{asked}"))["not_understood"]
    assert said in await html(web, f"/?{asked}")
    for address in ("/-/changes.csv", "/-/changes.atom"):
        answer = await web.client.get(f"{address}?{asked}")
        assert answer.status_code == 404
        assert f": {said}." in answer.text


@pytest.mark.parametrize("appended", ["_=1", "utm_source=mail&UTM_Medium=x", "fbclid=IwAR0", "gclid=1&mc_eid=2"])
async def test_what_trackers_append_changes_no_list(web: Datasette, appended: str) -> None:
    for address in ("/-/changes.csv", "/-/changes.json", "/-/changes.atom"):
        bare, followed = [await web.client.get(f"{address}?tag=number{more}") for more in ("", f"&{appended}")]
        assert followed.status_code == 200, address
        assert followed.text == bare.text, address
    assert "the list is not narrowed by it." not in await html(web, f"/?tag=number&{appended}")


async def test_a_list_goes_on_where_it_says(web: Datasette, other: Path) -> None:
    first = await data(web, "/-/changes.json")
    assert len(first["changes"]) == 30
    older = first["older"].removeprefix("https://nachtrag.example/watch")
    rest = await data(web, older)
    assert rest["older"] is None
    assert len(first["changes"]) + len(rest["changes"]) == CHANGES + 3
    assert len(await table(web, "/-/changes.csv")) == CHANGES + 3


async def test_more_versions_than_a_table_shows_are_linked(other: Path) -> None:
    change(
        other,
        f"""WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < 70)
            INSERT INTO revisions (number, hash, {COPIED})
            SELECT i, hash || i, {COPIED} FROM n, revisions WHERE id = 4""",
    )
    with serving(other) as web:
        answer = await web.client.get("/-/article/1.csv")
        link = re.fullmatch('<https://nachtrag.example/watch(.+)>; rel="next"', answer.headers["link"])
        assert link is not None
        numbers = [row["version"] for row in await table(web, "/-/article/1.csv") + await table(web, link[1])]
    assert numbers == [str(number) for number in range(70, 0, -1)]


async def test_an_article_is_the_one_of_the_page(web: Datasette) -> None:
    article = await data(web, "/-/article/1.json")
    shown = LexborHTMLParser(await html(web, "/-/article/1")).css("li.version")
    assert [f"r{version['id']}" for version in article["revisions"]] == [node.attributes["id"] for node in shown]
    assert article["headline"] == "Sieben Verletzte nach Dammbruch an der Aue"
    assert [text["text"] for text in article["headlines"]][-1] == "Fünf Verletzte nach Dammbruch an der Aue"
    version = article["revisions"][1]
    assert [ruling["verdict"] for ruling in version["rulings"]] == ["unmarked", "unsettled"]
    moved = "modified_ld 2026-11-24T07:40:32+01:00 → 2026-11-24T09:04:51+01:00"
    assert ["other clocks", moved] in version["rulings"][0]["evidence"]
    assert {"kind": "modified_ld", "raw": "2026-11-24T09:04:51+01:00"}.items() <= version["clocks"][-1].items()
    assert version["remarks"][0]["text"].startswith("Die Aussage der Bürgermeisterin wurde geändert")
    assert [count["count"] for count in article["comments"]][:3] == [0, 14, 52]


async def test_a_comparison_has_its_sentences_and_its_citation(web: Datasette) -> None:
    page = await data(web, "/-/compare/2/3.json")
    edited = [row for row in page["text"] if row["move"] == "edited"]
    assert ["removed", "erst um"] in edited[-1]["before"]["sentences"][0]["text"]
    assert ["added", "gegen"] in edited[-1]["after"]["sentences"][0]["text"]
    assert page["meaning"]["severity"] == "high"
    assert page["citation"].startswith("“Sieben Verletzte nach Dammbruch an der Aue”, Elbkurier\n")
    assert (page["earlier"], page["later"]) == tuple(
        f"https://nachtrag.example/watch/-/compare/{way}" for way in ("1/2", "3/4")
    )
    assert {"kind": "stand", "moved": False}.items() <= page["clocks"][0].items()


@pytest.mark.parametrize("address", ["/-/article/999.json", "/-/article/999.csv", "/-/compare/1/999.json"])
async def test_what_is_not_there_is_said_in_json(web: Datasette, address: str) -> None:
    answer = await web.client.get(address)
    assert answer.status_code == 404
    assert answer.json()["ok"] is False
    assert "There " in answer.json()["error"]


@pytest.mark.parametrize("address", EXPORTS)
async def test_nothing_of_it_is_shown_by_a_browser_as_a_page(web: Datasette, address: str) -> None:
    answer = await web.client.get(address)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    if ".csv" in address:
        assert answer.headers["content-disposition"].startswith("attachment;")
    else:
        assert "<" not in answer.text


def keys_of(value: object) -> set[str]:
    """All keys, also of what is inside."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    inside = (keys_of(item) for name, item in value.items() if name not in DATA or isinstance(item, list))
    return set(value).union(*inside)


@pytest.mark.parametrize(
    "heading", ["changes", "article", "compare", "search", "outlets", "host", "rulings", "status", "coverage"]
)
async def test_every_key_is_documented_and_no_other(troubled: Path, heading: str) -> None:
    section = DOCS.partition(f"\n### {heading}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    shared = DOCS.partition("\n### shared\n")[2].partition("\n### ")[0]
    named, known = (set(re.findall(r"`([a-z_0-9]+)`", text)) for text in (section, shared))
    with serving(troubled) as web:
        found = [await data(web, address) for address in EXPORTS if f"/{heading}" in address and ".json" in address]
    keys = set().union(*map(keys_of, found))
    assert keys - named - known == set()
    assert named - keys - VALUES == set()


@pytest.mark.parametrize("address", [address for address in EXPORTS if ".csv" in address])
async def test_a_table_is_as_rfc_4180_wants_it(web: Datasette, address: str) -> None:
    answer = await web.client.get(address)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    lines = answer.text.split("\r\n")
    assert lines[-1] == ""
    assert all("\n" not in line and "\r" not in line for line in lines)
    rows = list(csv.reader(lines[:-1], strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) > 1
    columns = set(re.findall(r"`([a-z_0-9]+)`", DOCS.partition("\n## CSV\n")[2]))
    assert set(rows[0]) <= columns


def begins_a_formula(text: str) -> bool:
    return text.lstrip(" \"'")[:1].startswith(DANGEROUS) and not text.lstrip(' "').startswith("'")


@example('a;"=1')
@given(st.text(alphabet=[*"=+-@;,\"' ab＝\t\r\n1"]) | st.sampled_from(FORMULAS))
def test_no_cell_is_a_formula_however_the_line_is_cut(text: str) -> None:
    made = cell(text)
    assert isinstance(made, str)
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([made, "end"])
    (row,) = csv.reader(io.StringIO(written.getvalue(), newline=""))
    assert not begins_a_formula(row[0])
    assert not [part for part in written.getvalue().split(";") if begins_a_formula(part)]
    assert re.sub(r"['\s]", "", made) == re.sub(r"['\s]", "", text)


def test_attacks_of_others_are_no_formulas_in_a_table(shared: Path) -> None:
    texts = [
        case["input_text"]
        for path in (shared / "hostile").glob("*/manifest.json")
        if path.parent.name.startswith(("xss-", "html-naughty"))
        for case in json.loads(path.read_text("utf-8"))["cases"]
        if "input_text" in case
    ]
    assert sum(map(begins_a_formula, texts)) > 0
    cells = [str(cell(text)) for text in texts]
    assert [made for made in cells if any(map(begins_a_formula, (made, *made.split(";"))))] == []


def test_numbers_and_plain_text_stay_as_they_are() -> None:
    plain = ("Stand: 24.11.2026", "5 → 7", "a - b", "x=1", -3, None, "2026-11-24T08:00:00.000000+00:00", "")
    assert tuple(map(cell, plain)) == plain


async def test_formulas_of_others_reach_no_table(other: Path) -> None:
    change(other, "UPDATE revisions SET headline = '=1+1', stand_raw = '@SUM(1)', excerpt = '+a'")
    with serving(other) as web:
        for address in ("/-/changes.csv", "/-/article/1.csv"):
            row = (await table(web, address))[0]
            assert row["headline"] == "'=1+1"
            assert row.get("stand", row.get("stand_after")) == "'@SUM(1)"
