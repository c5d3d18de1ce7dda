"""`nachtrag doctor`: on an installation that is well, on broken ones, and each of its checks by what it looks at."""

from __future__ import annotations

import asyncio
import grp
import json
import os
import re
import socket
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from db.rows import text_of
from db.store import examined
from db.store.alive import note_alive
from db.store.deliveries import Wanted, configure
from db.store.events import operations
from db.store.leases import at_work
from schedules import server
from schedules.config import Config
from schedules.doctor import installation, network, watching
from schedules.services import NOT_KNOWN, Services
from scraper.http import Door, FetchSettings
from tests.product import SECRET, Inside, Product, answers, free_port, until
from tests.receiver import Receiver
from tests.scripted import CLOSE, Server, clock, http
from tests.site import Site
from tests.world import AT_ONCE, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from schedules.doctor.findings import Finding


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", AT_ONCE)
    made.poll(URL)
    made.look(**OLD)
    yield made
    made.store.close()


def config(folder: Path, **sections: Any) -> Config:
    return Config.model_validate({"database": str(folder / "n.db"), **sections})


def states(found: Iterable[Finding]) -> list[str]:
    """What was found in short; whatever is not well says what to do."""
    items = list(found)
    assert all(bool(item.remedy) is (item.state != "ok") for item in items)
    return [f"{item.state}: {item.found}" for item in items]


def diagnosed(product: Product, expect: int, *options: str) -> dict[str, list[dict[str, str]]]:
    """What is said by check, as JSON; the same is said to people."""
    told = json.loads(product.run("doctor", "--json", *options, expect=expect).stdout)
    assert {"ok": 0, "note": 0, "warning": 1, "fault": 2}[told["state"]] == expect
    found: dict[str, list[dict[str, str]]] = {}
    for item in told["checks"]:
        found.setdefault(item.pop("check"), []).append(item)
    return found


def reached(product: Product) -> None:
    """Those who run sites can reach those who run it."""
    product.config.write_text(product.config.read_text("utf-8").replace("example.org", "nachtrag.invalid"), "utf-8")


def test_an_installation_that_is_well(tmp_path: Path) -> None:
    with Site(1) as site, Receiver() as desk:
        product = Product(tmp_path, Tagblatt=site.feed)
        product.tell(desk.url)
        product.start()
        until(answers(product))
        until(lambda: product.revisions() == 1)
        until(lambda: product.query("SELECT 1 FROM meta WHERE key = 'alive_at'"))
        until(lambda: len(desk.received) == 1)
        reached(product)
        found = diagnosed(product, 0)
        wrong = [(name, item["found"]) for name, items in found.items() for item in items if item["state"] != "ok"]
        assert wrong == [("configuration", "allow_private: pages and feeds can reach services in 127.0.0.0/8")]
        assert set(found) == {
            "configuration", "permissions", "database", "daemon", "disk", "sources", "looks", "endpoints", "addresses",
            "health", "robots", "clock",
        }  # fmt: skip
        assert found["robots"][0]["found"] == "all sources may be asked, at 1 hosts"
        assert len(desk.received) == 1, "no event is sent"
        assert product.stop() == 0
        lines = product.run("doctor", "--no-network", expect=2).stdout.splitlines()
        assert any(
            line.startswith("fault    daemon         it does not run; its last sign of life was ") for line in lines
        )
        assert any(line.startswith(" " * 24 + "→ start it: systemctl start nachtrag") for line in lines)


def test_an_installation_in_which_nothing_is_to_be_said(tmp_path: Path) -> None:
    product = Product(tmp_path)
    (tmp_path / "akte.txt").write_text("# nothing yet\n")
    text = re.sub(r"^allow_private.*\n", "", product.config.read_text(), flags=re.MULTILINE)
    product.config.write_text(f'{text}[[sources]]\nname = "Akte"\nlist = "akte.txt"\n')
    product.start()
    until(answers(product))
    until(lambda: product.query("SELECT 1 FROM meta WHERE key = 'alive_at'"))
    until(lambda: product.query("SELECT 1 FROM sources WHERE last_ok_at IS NOT NULL AND name = 'Akte'"))
    reached(product)
    found = diagnosed(product, 0)
    assert {item["state"] for items in found.values() for item in items} == {"ok"}
    assert found["health"][0]["found"].endswith("the queues turn, the database takes what is written")
    assert product.stop() == 0


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\n\r\n[]", b"\0\r\n\r\n", b'HTTP/1.1 200 OK\r\n\r\n{"faults": 7']
)
async def test_another_program_answers_in_the_daemons_place(answer: bytes) -> None:
    async with Server({"/-/health": (answer, CLOSE)}) as server:
        found = await asyncio.to_thread(installation._health, f"127.0.0.1:{server.port}")
    assert (found.state, found.check) == ("fault", "health")


async def test_what_the_daemon_says_of_itself_is_told() -> None:
    body = json.dumps({"status": "failing", "faults": ["the queue of articles has not turned for 200 s"]}).encode()
    async with Server({"/-/health": (http(body, status="503 X"), CLOSE)}) as server:
        found = await asyncio.to_thread(installation._health, f"127.0.0.1:{server.port}")
    assert states([found]) == ["fault: the daemon says: the queue of articles has not turned for 200 s"]


def test_an_installation_that_is_broken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        product = Inside(tmp_path, Courier=f"http://127.0.0.1:{free_port()}/feed.xml")
        dead = f"http://127.0.0.1:{free_port()}"
        text = product.config.read_text().replace(str(product.port), str(other.getsockname()[1]), 1)
        text = text.replace("Nachtrag-test (+https://example.org/contact)", "Nachtrag-test")
        text += f'[[endpoints]]\nname = "chat"\nkind = "slack"\nurl = "{dead}/services/verygeheim"\n'
        text += f'[[endpoints]]\nname = "hook"\nurl = "{dead}/in"\nsecret_env = "NACHTRAG_TEST_UNSET"\n'
        product.config.write_text(text)
        product.config.chmod(0o646)
        (tmp_path / "secrets.env").write_text(f"A={SECRET}")
        (tmp_path / "secrets.env").chmod(0o644)
        done = product.run("doctor", expect=2)
        for said in (
            "endpoints[2].secret_env: the environment variable NACHTRAG_TEST_UNSET is not set",
            "those who run the sites cannot reach you",
            "secrets.env: everybody on this machine may read it",
            "config.toml: holds addresses that are secrets",
            "config.toml: everybody on this machine may write it",
            "n.db: is not there",
            "another program listens there",
            "Courier: http://127.0.0.1:",
            f"chat: {dead}/: no connection to its host",
            f"hook: {dead}/: no connection to its host",
        ):
            assert said in done.stdout, said
        assert "verygeheim" not in done.stdout
        assert SECRET not in done.stdout
        assert not (tmp_path / "n.db").exists(), "it changes nothing"


def test_a_configuration_that_cannot_be_used_is_all_that_is_said(tmp_path: Path) -> None:
    product = Inside(tmp_path)
    product.config.write_text("[fetch]\ngap = 7\n[web]\nlisten = 8001\n")
    found = diagnosed(product, 2)
    assert [item["state"] for item in found.pop("configuration")] == ["fault", "fault"]
    assert found == {}


def test_databases_that_cannot_be_used(tmp_path: Path) -> None:
    settings, path = config(tmp_path), tmp_path / "n.db"
    path.write_bytes(b"no database, whatever its name says" * 100)
    assert states(installation.database(settings))[0].startswith(f"fault: {path}: cannot be read: ")
    path.unlink()
    with closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE birds (name)")
    assert states(installation.database(settings)) == [f"fault: {path}: is another program's"]
    assert "there" in states(installation.database(config(tmp_path / "nowhere")))[0]


def test_a_database_of_another_version(world: World, tmp_path: Path) -> None:
    table = "_sqlite_migrations"
    world.store.call(lambda con: con.execute(f"UPDATE {table} SET name = 'm900_later' WHERE name = 'm001_tables'"))
    with examined.opened(tmp_path / "n.db") as con:
        assert examined.schema_apart(con) == (1, 1)
    assert states(installation.database(config(tmp_path)))[0].endswith("a newer version of Nachtrag wrote it")
    world.store.call(lambda con: con.execute(f"DELETE FROM {table} WHERE name = 'm900_later'"))
    assert states(installation.database(config(tmp_path)))[0].endswith("is of an earlier version")


def test_a_database_that_is_damaged(world: World, tmp_path: Path) -> None:
    world.store.close()
    path = tmp_path / "n.db"
    data = bytearray(path.read_bytes())
    for start in range(8 * 4096, len(data), 4096):
        data[start : start + 200] = os.urandom(200)
    path.write_bytes(data)
    assert any(said.startswith(f"fault: {path}: is damaged") or "cannot be read" in said
               for said in states(installation.database(config(tmp_path))))  # fmt: skip
    World.__init__(world, tmp_path / "other.db", AT_ONCE)  # for the fixture to close


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look as somebody else")
def test_what_everybody_may_read_is_named_and_how_whoever_runs_it_still_can() -> None:
    with TemporaryDirectory() as folder:
        place, path = Path(folder), Path(folder) / "n.db"
        World(path, AT_ONCE).store.close()
        place.chmod(0o755)
        settings = place / "config.toml"
        settings.touch()

        def said() -> list[str]:
            found = installation.permissions(settings, config(place))
            return [text for item in found for text in (item.state, item.found, item.remedy)]

        path.chmod(0o600)
        assert said()[0] == "ok"
        path.chmod(0o644)
        named = f"{path}: holds all that was fetched, and whom you tell what, and everybody on this machine may read it"
        assert said() == ["warning", named, f"chmod o= {path}"]
        nobody = grp.getgrgid(65_534).gr_name
        assert as_nobody(said) == ["warning", named, f"chgrp {nobody} {path} and chmod 640 {path}"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look as somebody else")
def test_a_database_that_belongs_to_somebody_else() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "n.db"
        World(path, AT_ONCE).store.close()
        path.parent.chmod(0o755)
        path.chmod(0o644)
        said, remedy = as_nobody(
            lambda: [text for item in installation.database(config(path.parent)) for text in (item.found, item.remedy)]
        )
    assert said.startswith(f"{path}: cannot be read: ")
    assert remedy.startswith("run this as the user that runs the daemon; if you are: n.db belongs to root, ")
    assert remedy.endswith(f"{path.parent.name} belongs to root: chown it to that user")


def test_a_full_disk_is_not_taken_for_one_that_is_broken(tmp_path: Path) -> None:
    assert installation._unreadable(tmp_path / "n.db").startswith("is the disk sound?")
    assert installation._unreadable(tmp_path / "n.db", least=10**18).startswith("its disk is full: make room")


@pytest.mark.parametrize(("listen", "is_local"), [
    ("127.0.0.1:1", True), ("127.0.0.2:1", True), ("localhost:1", True), ("[::1]:1", True), ("0.0.0.0:1", False),
    ("[::]:1", False), ("watch.example:1", False), ("10.0.0.1:1", False),
])  # fmt: skip
def test_who_may_ask_what_listens_there(listen: str, *, is_local: bool) -> None:
    assert server.is_local(listen) == is_local


def as_nobody(work: Callable[[], list[str]]) -> list[str]:
    """What comes of it where another user does it."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            os.setresgid(65_534, 65_534, 65_534)
            os.setresuid(65_534, 65_534, 65_534)
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    return json.loads(os.read(reading, 10_000))  # type: ignore[no-any-return]


def test_a_daemon_that_does_not_run_or_hangs(world: World, tmp_path: Path) -> None:
    settings = config(tmp_path)

    def said() -> str:
        with examined.opened(settings.database) as con:
            return states(installation.daemon(settings, con, world.now))[0]

    assert said() == "warning: it never ran with this database"
    with at_work(settings.database):
        assert said() == ("fault: a process works on the database, but the daemon's last sign of life was never given")
        world.store.call(note_alive, world.now)
        world.wait(seconds=20)
        assert said() == "ok: it runs; last sign of life 20 s ago"
        world.wait(minutes=2)
        assert said().endswith("but the daemon's last sign of life was 140 s ago")
    assert said() == "fault: it does not run; its last sign of life was 140 s ago"


def test_a_disk_that_fills(world: World, tmp_path: Path) -> None:
    def said(**watch: str) -> str:
        with examined.opened(tmp_path / "n.db") as con:
            return states(installation.disk(config(tmp_path, watch=watch), con))[0]

    assert said().startswith("ok: ")
    assert "less than disk_low (900000000 GB)" in said(disk_low="900000 TB") or "less than disk_low" in said(
        disk_low="900000 TB"
    )
    grown = [
        (f"2026-11-{day}", text_of(world.now + timedelta(days=day - 24)), size) for day, size in ((24, 0), (25, 10**15))
    ]
    for day, at, size in grown:
        world.store.call(lambda con, day=day, at=at, size=size: con.execute(
            "INSERT INTO sizes VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0)", [day, at, size]
        ))  # fmt: skip
    assert said().startswith("ok: ")  # it shrank


def test_sources_that_fail_or_are_quiet(world: World) -> None:
    def said() -> list[str]:
        with examined.opened(world.store.path) as con:
            return states(watching.sources(con, world.now))

    assert said() == ["ok: all 1 answer, and name new articles"]
    world.wait(days=40)
    assert said() == ["warning: Zeitung: answers, but has named nothing new since 2026-11-24"]
    last = "times in a row; last answer 2026-11-24T12:05"

    def fail(code: str, failures: int) -> None:
        world.store.call(lambda con: con.execute(
            "UPDATE sources SET failures = ?, error_code = ?, error = 'no answer'", [failures, code]
        ))  # fmt: skip

    fail("http_503", 1)
    assert said() == [f"warning: Zeitung: no answer [http_503], 1 {last}"]
    fail("timeout", 4)
    assert said() == [f"fault: Zeitung: no answer [timeout], 4 {last}"]
    world.store.call(lambda con: con.execute(
        """INSERT INTO sources (name, url, host, every_seconds, added_at, kind)
           SELECT 'Courier', 'https://courier.example/feed', 'courier.example', 300, added_at, 'feed' FROM sources"""
    ))  # fmt: skip
    assert said() == [f"fault: Zeitung: no answer [timeout], 4 {last}"]
    fail("timeout", 3)
    assert said() == ["fault: all 2 sources fail, the first with: no answer [timeout]"]
    fail("http_404", 3)
    never = "times in a row; never answered"
    assert said() == [
        f"fault: Courier: no answer [http_404], 3 {never}",
        f"fault: Zeitung: no answer [http_404], 3 {last}",
    ]


def test_looks_that_are_late(world: World) -> None:
    def said() -> list[str]:
        with examined.opened(world.store.path) as con:
            return states(watching.looks(con, world.now))

    assert said() == ["ok: none is overdue"]
    world.wait(hours=5)
    assert said()[0].startswith("warning: 1 are overdue, the oldest for 4.9 h")


def test_endpoints_that_are_not_told(world: World) -> None:
    def said() -> list[str]:
        with examined.opened(world.store.path) as con:
            return states(watching.endpoints(con, world.now, 2))

    assert said() == ["ok: the daemon was not started with those of config.toml yet"]
    with examined.opened(world.store.path) as con:
        assert states(watching.endpoints(con, world.now, 0)) == ["ok: there are none: nobody is told"]
    wanted = [Wanted(name, "webhook", "https://d.example/", "https://d.example/", ("article.*",)) for name in "ab"]
    world.store.call(configure, wanted, world.now)
    world.store.call(operations, "endpoint_recovered", world.now, "https://d.example/", {"name": "a"}, "a")
    assert said() == ["ok: all 2 take what they are told"]
    for statement in (
        "UPDATE endpoints SET state = 'disabled' WHERE name = 'a'",
        "UPDATE endpoints SET failures = 3, error = 'HTTP 500', failing_since = '2026-11-24T12:00:00' WHERE name = 'b'",
        """INSERT INTO deliveries (event_id, endpoint, state, at_once)
           VALUES (1, 'b', 'pending', 0), (1, 'a', 'dead', 0), (2, 'a', 'pending', 1)""",
    ):
        world.store.call(lambda con, statement=statement: con.execute(statement))
    world.wait(hours=3)
    assert said() == [
        "fault: a: said that it wants no more (410); nothing is sent to it",
        "warning: a: 1 deliveries were given up",
        "warning: a: 1 corrections of what it was told wait, and are sent when it is on again",
        "fault: b: 3 failed attempts in a row since 2026-11-24T12:00 UTC: HTTP 500",
        "warning: b: an event waits to be delivered for 3.0 h",
    ]


async def test_what_the_network_says(monkeypatch: pytest.MonkeyPatch) -> None:
    services = Services(timedelta(seconds=30))
    for name, address in {"MAIL": "json://127.0.0.1/verygeheim", "ODD": "nonsense://verygeheim"}.items():
        monkeypatch.setenv(name, address)
    robots = http(b"User-agent: *\nDisallow: /privat", "Date: Mon, 02 Mar 2026 09:01:30 GMT")
    async with (
        Server({"/robots.txt": robots, "/": http(b"", status="404 X")}) as here,
        Server({"/robots.txt": http(b"", status="503 X"), "/": http(b"", status="405 X")}) as there,
    ):
        home, away = (f"http://127.0.0.1:{server.port}" for server in (here, there))
        found = await network.ask(
            Config.model_validate({
                "fetch": {"user_agent": "Nachtrag-test"},
                "sources": [
                    {"name": "a", "feed": f"{home}/feed"}, {"name": "b", "feed": f"{home}/privat/feed"},
                    {"name": "c", "page": f"{away}/", "links": "a"},
                ],
                "endpoints": [
                    {"name": "desk", "url": f"{away}/hook?key=verygeheim", "secret_env": "X"},
                    {"name": "dead", "kind": "slack", "url": f"http://127.0.0.1:{free_port()}/verygeheim"},
                    *({"name": name, "kind": "apprise", "url_env": name.upper()} for name in ("mail", "odd", "unset")),
                ],
            }),
            Door(FetchSettings("Nachtrag-test", allow_private=("127.0.0.0/8",), gap=timedelta()), clock),
            services,
        )  # fmt: skip
        services.close()
        assert sorted(here.paths) == ["/robots.txt"]
        assert sorted(there.paths) == ["/", "/robots.txt"]
    said = states(sorted(found.findings, key=lambda item: item.found))
    assert said == [
        f"fault: b: {home}/robots.txt asks 'Nachtrag-test' to stay away from {home}/privat/feed",
        next(line for line in said if line.startswith("fault: dead: http://127.0.0.1:")),
        f"ok: desk: {away}/ can be reached; `nachtrag test-endpoint` sends a sample",
        f"warning: {away}/robots.txt answers 503: until it can be read nothing else is asked there",
        "ok: mail: Apprise knows how; `nachtrag test-endpoint mail` sends a sample",
        f"fault: odd: what ODD holds cannot be used: {NOT_KNOWN}",
        "warning: unset: the variable UNSET is not set here",
    ]
    assert "verygeheim" not in str(said)
    assert found.offsets == [90.0]


def test_a_clock_beside_others() -> None:
    assert states(watching.clock([])) == ["ok: fewer than two hosts were heard: nothing to compare it with"]
    assert states(watching.clock([1.0, 0.0, 900.0])) == ["ok: it is 1 s behind those of 3 hosts"]
    assert states(watching.clock([-90.0, -90.0])) == ["fault: it is 90 s ahead of those of 2 hosts"]
    assert states(watching.clock([45.0, 45.0])) == ["warning: it is 45 s behind those of 2 hosts"]
