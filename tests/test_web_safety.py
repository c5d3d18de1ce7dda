"""What strangers may see and do, and what their text can do: nothing."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from datasette import Request, Response, hookimpl
from datasette.plugins import pm
from selectolax.lexbor import LexborHTMLParser

from db.datasette import command, named, told
from db.web import door, pages
from tests.web_sample import COMMENT, minute
from tests.web_server import PAGES, change, html, plain, serving

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette

    from db.publish import Publish

CORE = ("/nachtrag", "/nachtrag/changes", "/nachtrag/blocks", "/nachtrag/revision_texts", "/nachtrag/pages/1")
ROOT = {"id": "root"}


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Another program's database, with a table that is named as one of ours."""
    file = tmp_path / "aaa.db"
    with closing(sqlite3.connect(file)) as con, con:
        con.execute("CREATE TABLE articles (id)")
    return file


def attributes(page: str) -> list[tuple[str, str, str]]:
    """All attributes of a page, as (tag, name, value)."""
    nodes = LexborHTMLParser(page).css("*")
    return [(node.tag or "", name, value or "") for node in nodes for name, value in node.attributes.items()]


@pytest.mark.parametrize("address", [*PAGES, "/-/article/999"])
async def test_our_pages_have_a_strict_policy_and_no_scripts(web: Datasette, address: str) -> None:
    answer = await web.client.get(address)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self' data:;")
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert LexborHTMLParser(answer.text).css("script, style, iframe, img, object, embed, base") == []
    assert not [found for found in attributes(answer.text) if found[1].startswith("on") or found[1] == "style"]


@pytest.mark.parametrize("address", [*CORE, "/-/versions.json", "/nachtrag/nothing.json"])
async def test_datasettes_own_pages_have_a_milder_one(web: Datasette, address: str) -> None:
    answer = await web.client.get(address)
    assert "script-src 'self' 'unsafe-inline'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers.get_list("referrer-policy") == ["no-referrer"]


@pytest.mark.parametrize("address", [*PAGES, *CORE])
async def test_hostile_text_stays_text(web: Datasette, address: str) -> None:
    page = await html(web, address)
    tree = LexborHTMLParser(page)
    assert tree.css("img, iframe, u, b[onmouseover], svg[onload]") == []
    assert not [script.text() for script in tree.css("script") if "pwned" in script.text()]
    # The alphas of Datasette 1.0 have a button of their own on the pages of tables.
    handlers = {value for _tag, name, value in attributes(page) if name.startswith("on")}
    assert handlers <= {"openColumnChooser()"}
    schemes = {value.partition(":")[0] for _tag, name, value in attributes(page) if name in ("href", "src", "action")}
    assert not schemes & {"javascript", "data", "vbscript"}


async def test_only_web_addresses_become_links(web: Datasette) -> None:
    links = [node.attributes for node in LexborHTMLParser(await html(web, "/-/article/1")).css("a.address")]
    assert [link["href"] for link in links] == ["https://www.elbkurier.example/hochwasser-lauenau-101.html"]
    assert links[0]["rel"] == "noopener noreferrer nofollow"
    hostile = LexborHTMLParser(await html(web, "/-/article/5"))
    assert hostile.css("a.address") == []
    assert hostile.css("span.address")[0].text() == "javascript:document.title='pwned'"


@pytest.mark.parametrize(
    "question",
    [
        'say "a NEAR(b) OR * : ^ - (',
        "NOT",
        '"',
        "text: million",
        "'; DROP TABLE revisions; --",
        "a\x00b",
        "*",
        "()",
        "ä" * 900,
    ],
)
async def test_search_takes_no_orders(web: Datasette, question: str) -> None:
    assert (await web.client.get("/-/search", params={"q": question})).status_code == 200


async def statuses(web: Datasette, actor: dict[str, str] | None) -> set[int]:
    """What our pages answer to somebody."""
    cookies = {"ds_actor": web.sign({"a": actor}, "actor")} if actor else {}
    addresses = ("/", "/-/article/1", "/-/compare/1/2", "/-/search", "/-/status", "/-/changes.atom")
    return {(await web.client.get(address, cookies=cookies)).status_code for address in addresses}


@pytest.mark.parametrize(
    "rule",
    [
        {"allow": ROOT},
        {"databases": {"nachtrag": {"allow": ROOT}}},
        {"databases": {"nachtrag": {"tables": {"revisions": {"allow": ROOT}}}}},
    ],
    ids=["instance", "database", "table"],
)
async def test_datasettes_rules_hold_for_our_pages(path: Path, rule: dict[str, Any]) -> None:
    with serving(path, more_metadata=rule) as web:
        assert await statuses(web, None) == {403}
        assert await statuses(web, ROOT) == {200}


_asks = pytest.mark.skipif(
    find_spec("datasette.resources") is not None, reason="Datasette 1.0 has its rules in a database"
)


class _Closing:
    """A plugin that changes its mind."""

    def __init__(self) -> None:
        self.closed = False

    @hookimpl  # type: ignore[untyped-decorator]
    def permission_allowed(self, action: str) -> bool | None:
        return False if self.closed and action == "view-table" else None


@_asks
async def test_a_plugin_that_decides_is_asked_every_time(path: Path) -> None:
    plugin = _Closing()
    with serving(path) as web:
        assert await statuses(web, None) == {200}
        pm.register(plugin)
        try:
            assert await statuses(web, None) == {200}
            plugin.closed = True
            assert await statuses(web, None) == {403}
        finally:
            pm.unregister(plugin)
        assert await statuses(web, None) == {200}


@_asks
async def test_rules_of_the_metadata_are_read_once_for_those_not_logged_in(path: Path) -> None:
    with serving(path) as web:
        await statuses(web, None)
        checks = list(web._permission_checks)
        assert checks
        await statuses(web, None)
        assert list(web._permission_checks) == checks
        await statuses(web, ROOT)
        assert list(web._permission_checks) != checks


async def test_who_may_not_see_deliveries_still_sees_articles(path: Path) -> None:
    rule = {"databases": {"nachtrag": {"tables": {"deliveries": {"allow": False}}}}}
    with serving(path, more_metadata=rule) as web:
        text = plain(await html(web, "/-/article/1"))
        assert "Events told (12)" in text
        assert "newsroom" not in text
        await html(web, "/-/status", 403)


async def test_another_programs_database_is_not_ours(foreign: Path) -> None:
    with serving(foreign) as web:
        assert "no database of Nachtrag" in await html(web, "/", 404)
        assert (await web.client.get("/aaa.json")).status_code == 200


async def test_ours_is_found_by_what_it_is(foreign: Path, path: Path) -> None:
    with serving(foreign, path) as web:
        assert "Hafenausschuss" in await html(web, "/")


async def test_a_page_that_takes_too_long_is_given_up(web: Datasette) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    await web.invoke_startup()
    with pytest.raises(door.TooSlowError, match=r"longer than 0\.02 s"):
        await door.read(web, Request.fake("/"), lambda con: con.execute(endless).fetchone(), limit_ms=20)
    with pytest.raises(door.EarlierSchemaError, match="no such table"):
        await door.read(web, Request.fake("/"), lambda con: con.execute("SELECT * FROM nowhere").fetchone())


async def test_a_page_that_was_given_up_says_so(web: Datasette) -> None:
    async def slow(_datasette: Datasette, _request: Request) -> Response:
        raise door.TooSlowError("it took longer than 5 s")

    await web.invoke_startup()
    request = Request.fake("/")
    request.scope["csrftoken"] = str  # Datasette's own middleware puts it there
    answer = await pages.guarded(slow)(web, request)
    assert answer.status == 503
    assert "This page could not be read: it took longer than 5 s." in answer.body


async def test_a_page_shows_one_moment(other: Path) -> None:
    def count(con: sqlite3.Connection) -> int:
        return int(con.execute("SELECT count(*) FROM remarks").fetchone()[0])

    def counts_around_a_write(con: sqlite3.Connection) -> tuple[int, int]:
        before = count(con)
        with closing(sqlite3.connect(other)) as writer, writer:
            writer.execute("INSERT INTO remarks (revision_id, at, text) VALUES (1, ?, 'meanwhile')", [minute(600)])
        return before, count(con)

    with serving(other) as web:
        await web.invoke_startup()
        before, after = await door.read(web, Request.fake("/"), counts_around_a_write)
        assert before == after
        assert await door.read(web, Request.fake("/"), count) == before + 1


async def test_raw_pages_are_never_served_as_pages(web: Datasette) -> None:
    blob = await web.client.get("/nachtrag/pages/1.blob?_blob_column=body")
    assert blob.headers["content-type"] == "application/binary"
    assert blob.headers["content-disposition"].startswith("attachment")
    assert blob.headers["x-content-type-options"] == "nosniff"
    assert "pwned" not in await html(web, "/nachtrag/pages/1")


@pytest.mark.parametrize(("number", "as_served"), [(1, False), (12, True)])
async def test_a_raw_page_is_saved_and_never_shown(web: Datasette, path: Path, number: int, *, as_served: bool) -> None:
    answer = await web.client.get(f"/-/page/{number}")
    with closing(sqlite3.connect(path)) as con:
        served, kept = con.execute("SELECT sha256, kept_sha256 FROM pages WHERE id = ?", [number]).fetchone()
    assert answer.content.startswith(b"<script>")
    assert hashlib.sha256(answer.content).hexdigest() == (kept or served)
    assert (COMMENT in answer.content, kept is None) == (as_served, as_served)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="nachtrag-version-{number}.html.txt"'
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


async def test_both_hashes_of_a_raw_page_are_explained(web: Datasette) -> None:
    with_comments, without = await html(web, "/-/article/1"), await html(web, "/-/compare/12/13")
    assert 'href="/-/page/4" rel="nofollow" download>Save it</a>' in with_comments
    assert "What readers wrote was blanked out before the page was kept." in plain(with_comments)
    assert with_comments.count("SHA-256 as served") == with_comments.count("SHA-256 as kept") == 4
    assert 'href="/-/page/13"' in without
    assert "SHA-256 as served" not in without
    assert plain(without).count("Of the page as it came, and of the file that you save.") == 2


async def test_a_raw_page_that_is_not_there_is_said(other: Path) -> None:
    with closing(sqlite3.connect(other)) as con, con:
        con.execute("UPDATE pages SET body = NULL WHERE id = 2")
        con.execute("UPDATE pages SET body = x'00' WHERE id = 3")
        con.execute("UPDATE revisions SET page_id = NULL WHERE id = 4")
    with serving(other) as web:
        for address, english, german in (
            ("/-/page/2", "version number 2 is not kept: ", "von Fassung Nummer 2 ist nicht aufbewahrt: "),
            ("/-/page/3", "version number 3 cannot be opened: it is damaged.", "Nummer 3 lässt sich nicht öffnen: "),
            ("/-/page/4", "version number 4 is not kept: ", "von Fassung Nummer 4 ist nicht aufbewahrt: "),
            ("/-/page/999", "There is no version number 999.", "Es gibt keine Fassung Nummer 999."),
        ):
            assert english in await html(web, address, 404)
            assert german in await html(web, f"{address}?lang=de", 404)
        text = plain(await html(web, "/-/article/1"))
    assert "Raw page no longer kept; its SHA-256 was" in text
    assert "Raw page not kept; its SHA-256 was" in text


async def test_who_may_not_see_pages_gets_none(path: Path) -> None:
    rule = {"databases": {"nachtrag": {"tables": {"pages": {"allow": False}}}}}
    with serving(path, more_metadata=rule) as web:
        await html(web, "/-/page/1", 403)
        for address in ("/-/article/1", "/-/compare/2/3"):
            page = await html(web, address)
            assert "Raw page, SHA-256" in plain(page)
            assert "/-/page/" not in page


@pytest.mark.parametrize("publish", ["full", "excerpts"])
@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("127.0.0.1:8001", True), ("[::1]:8001", True), ("localhost:8001", True), ("LOCALHOST", True),
        ("nachtrag.localhost", True), ("watch.example", True), ("watch.example.:443", True), ("192.0.2.7", True),
        ("evil.example", False), ("watch.example.evil.example", False), ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False), ("", False), ("a@localhost", True), ("[::1", False),
    ],
)  # fmt: skip
async def test_all_is_shown_to_those_only_who_ask_by_our_name(
    path: Path, host: str, publish: Publish, *, is_known: bool
) -> None:
    """What a name leads to says its owner: it may be a page that is open in the same browser."""
    said = {"plugins": {"nachtrag": {"publish": publish, "language": "en", "name": "watch.example"}}}
    with serving(path, more_metadata=said) as web:
        for address in ("/", "/-/status.json", "/nachtrag/revisions.json", "/-/static/app.css"):
            answer = await web.client.get(address, headers={"host": host})
            refused = publish == "full" and not is_known
            assert (answer.status_code == 421) == refused, address
            assert ("set `public_url` in [web]" in answer.text) == refused
            assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://watch.example/nachtrag", "watch.example"), ("https://nachträge.example", "xn--nachtrge-5za.example"),
        ("https://watch.example.", "watch.example"), ("http://127.0.0.1:8001", "127.0.0.1"), ("http://[::1]:1", "::1"),
        ("HTTPS://Watch.Example:8443", "watch.example"), ("http://unix:/run/n.sock", "unix"), ("", ""),
    ],
)  # fmt: skip
def test_our_name_is_what_browsers_ask_by(base_url: str, name: str) -> None:
    assert named(base_url) == name


async def test_strangers_may_not_run_sql(web: Datasette) -> None:
    # The alphas of Datasette 1.0 lead to another address first.
    answer = await web.client.get("/nachtrag.json?sql=select+1", follow_redirects=True)
    assert answer.status_code == 403


async def test_pages_work_below_a_path(path: Path) -> None:
    with serving(path, base_url="/watch/") as web:
        page = await html(web, "/")
    local = {value for _tag, name, value in attributes(page) if name in ("href", "action")}
    assert {"/watch/-/status", "/watch/-/compare/40/41"} < local
    assert not [link for link in local if not link.startswith(("/watch/", "#main", "?lang="))]


def test_the_command_serves_a_file_that_changes(tmp_path: Path) -> None:
    argv = command(tmp_path / "nachtrag.db", "127.0.0.1:8001", "https://example.org/watch/")
    assert argv[1:6] == ["-P", "-m", "datasette", "serve", str(tmp_path / "nachtrag.db")]
    assert not {"-i", "--immutable"} & set(argv)
    settings = {argv[at + 1]: argv[at + 2] for at, word in enumerate(argv) if word == "--setting"}
    assert (settings["default_allow_sql"], settings["allow_download"]) == ("off", "off")
    assert (settings["base_url"], settings["force_https_urls"]) == ("/watch/", "on")
    with told(tmp_path / "nachtrag.db") as file:
        tables = json.load(file)["databases"]["nachtrag"]["tables"]
    assert tables["changes"]["columns"]["verdict"].startswith("what we say about it")
    assert tables["meta"]["hidden"]


@pytest.mark.parametrize(
    ("listen", "words"),
    [
        ("localhost:80", ["--host", "localhost", "--port", "80"]),
        ("[::1]:8001", ["--host", "::1", "--port", "8001"]),
        ("unix:/run/nachtrag.sock", ["--uds", "/run/nachtrag.sock"]),
    ],
)
def test_where_to_listen(tmp_path: Path, listen: str, words: list[str]) -> None:
    argv = command(tmp_path / "a.db", listen, "http://127.0.0.1:8001")
    assert argv[argv.index(words[0]) :][: len(words)] == words
    assert argv[argv.index("base_url") + 1] == "/"


@pytest.mark.parametrize("listen", ["8001", "127.0.0.1", "host:port", "host:99999", ""])
def test_an_address_that_is_none_is_named(tmp_path: Path, listen: str) -> None:
    with pytest.raises(ValueError, match=f"listen: '{listen}' is not"):
        command(tmp_path / "a.db", listen, "")


async def test_a_database_of_an_earlier_version_is_said_to_be_one(other: Path) -> None:
    change(other, "DROP TABLE edit_tags")
    with serving(other) as web:
        page = plain(await html(web, "/", 503))
    assert "An earlier version of Nachtrag wrote the database (no such table: edit_tags)." in page
    assert "`nachtrag status` brings it up to date." in page


@pytest.mark.parametrize("address", ["/-/outlet/2.json", "/-/outlets.json", "/-/changes.json", "/-/article/1.json"])
async def test_no_text_is_a_tag_in_json_even_where_it_is_taken_for_html(other: Path, address: str) -> None:
    change(other, "UPDATE sources SET name = '<script>document.title=1</script>' WHERE id = 2")
    with serving(other) as web:
        text = await html(web, address)
    assert "\\u003cscript>" in text
    assert "<" not in text
