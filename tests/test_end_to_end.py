"""The whole path with the real program: feed → article → change → history → signed alert, and back after a stop."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.product import NACHTRAG, SECRET, Product, answers, free_port, until
from tests.receiver import Receiver, Reply
from tests.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(6) as made:
        yield made


def verdicts(product: Product, skip: int = 0) -> list[tuple[str, str]]:
    return [(event["type"], event["verdict"]) for event in product.events()[skip:]]


def test_a_pass_discovers_and_the_next_one_tells_what_was_edited(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path, Tagblatt=site.feed)
    assert "1 source polled, 6 articles visited" in product.once()
    assert verdicts(product) == [("article.discovered", "discovered")] * 6
    site.edit(1)
    site.edit(2, stamp=False)
    product.once()
    told = {event["url"][-6:]: event for event in product.events()[6:]}
    assert (told["1.html"]["verdict"], told["2.html"]["verdict"]) == ("announced", "unmarked")
    assert told["1.html"]["words_added"] == told["1.html"]["words_removed"] == 1
    assert "Nummer" in told["2.html"]["excerpt"]
    assert told["1.html"]["stand_before"] != told["1.html"]["stand_after"]
    assert told["1.html"]["link"].startswith(f"http://127.0.0.1:{product.port}/-/article/")
    product.once()
    assert len(product.events()) == 8
    assert product.run("verify").stdout.startswith("ok: 8 revisions")
    history = product.run("history", f"{site.url}/artikel/2.html").stdout
    assert "unmarked" in history


def test_status_is_one_object_on_one_line(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path, Tagblatt=site.feed, Fort=f"http://127.0.0.1:{free_port()}/feed.xml")
    product.once()
    status = product.status()
    assert {key: status[key] for key in ("sources", "articles", "revisions", "events", "deliveries_pending")} == {
        "sources": 2, "articles": 6, "revisions": 6, "events": 6, "deliveries_pending": 0,
    }  # fmt: skip
    assert [source["name"] for source in status["failing_sources"]] == ["Fort"]
    assert status["failing_sources"][0]["code"] == "connect"


def test_removal_and_return(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path, Tagblatt=site.feed)
    product.once()
    site.stories[3].missing = True
    product.once()
    assert verdicts(product, 6) == [("article.gone", "removed")]
    product.once()
    assert len(product.events()) == 7
    site.stories[3].missing = False
    product.once()
    assert verdicts(product, 7) == [("article.returned", "returned")]


def test_alerts_arrive_verified_in_order_with_one_id_after_an_outage(site: Site, tmp_path: Path) -> None:
    with Receiver(SECRET) as receiver:
        product = Product(tmp_path, Tagblatt=site.feed)
        product.tell(receiver.url, "article.changed")
        receiver.plan([500, Reply(close=True)])  # a third failure would be tried again after five minutes
        product.once()
        for _ in range(3):
            for number in (1, 2):
                site.edit(number)
            product.once()
        product.start()
        until(answers(product))
        until(lambda: len(receiver.accepted) >= 6)
        assert product.stop() == 0
    assert not receiver.refused
    by_article: dict[str, list[int]] = {}
    for got in receiver.accepted:
        by_article.setdefault(got.body["data"]["url"], []).append(_version(got.body))
        assert got.id == got.body["data"]["id"]
    assert list(by_article.values()) == [[2, 3, 4], [2, 3, 4]]
    failed = {got.id for got in receiver.received if not 200 <= got.answered < 300}
    assert len(failed) == 2
    assert failed <= {got.id for got in receiver.accepted}
    assert {got.id for got in receiver.accepted} <= {event["id"] for event in product.events()}
    assert product.status()["deliveries_pending"] == 0


def _version(body: dict[str, dict[str, str]]) -> int:
    """The version an alert tells of: the number that its excerpt shows as new."""
    return int(body["data"]["excerpt"].rpartition("{+")[2].partition("+}")[0])


def test_the_daemon_shows_what_it_found_stops_cleanly_and_goes_on(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path, Tagblatt=site.feed)
    product.start(measured=True)
    until(answers(product))
    until(lambda: product.revisions() == 6)
    site.edit(1)
    until(lambda: product.revisions() == 7)
    until(lambda: "Brücke 1: Rat vertagt sich" in product.browse())
    began = time.monotonic()
    assert product.stop() == 0
    assert time.monotonic() - began < 20
    assert "stopped; what was in hand is kept" in product.log()
    site.edit(2)
    product.start()
    until(lambda: product.revisions() == 8)
    assert product.stop(signal.SIGINT) == 0
    assert "Traceback" not in product.log()
    assert [event["type"] for event in product.events()].count("article.discovered") == 6


def test_a_daemon_that_is_killed_leaves_no_file_behind(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    product = Product(tmp_path, Tagblatt=site.feed)
    product.start()
    until(answers(product))
    product.stop(signal.SIGKILL)
    left = [path for path in scratch.rglob("*") if path.is_file()]
    assert left == []


def test_without_the_internet_it_says_so_per_source_and_runs_on(tmp_path: Path) -> None:
    product = Product(tmp_path, Erste=f"http://127.0.0.1:{free_port()}/a", Zweite=f"http://127.0.0.1:{free_port()}/b")
    product.start()
    until(lambda: "source Erste:" in product.log() and "source Zweite:" in product.log())
    until(answers(product))
    assert "Erste" in product.browse("/-/status")
    assert product.stop() == 0


def test_sighup_reads_the_configuration_again_and_a_faulty_one_changes_nothing(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path)
    product.start(measured=True)
    until(answers(product))
    good = product.config.read_text("utf-8")
    product.config.write_text(good + "\n[[sources]]\nname = 1\n", "utf-8")
    assert product.daemon is not None
    product.daemon.send_signal(signal.SIGHUP)
    until(lambda: "the new one is faulty" in product.log())
    product.config.write_text(
        f'{good}\n[[sources]]\nname = "Tagblatt"\nfeed = "{site.feed}"\nrevisit = "1s"\n', "utf-8"
    )
    product.daemon.send_signal(signal.SIGHUP)
    until(lambda: product.revisions() == 6)
    assert product.stop() == 0
    assert "Traceback" not in product.log()


def test_a_pass_beside_the_daemon_is_safe(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path, Tagblatt=site.feed)
    product.start()
    until(lambda: product.revisions() == 6)
    for _ in range(3):
        site.edit(1)
        product.once()
    assert product.stop() == 0
    assert product.run("verify").stdout.startswith("ok: 9 revisions")


def test_add_pause_note_and_backup_beside_the_daemon(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path)
    product.start()
    assert "article 1" in product.run("add", f"{site.url}/artikel/4.html").stdout
    until(lambda: product.revisions() == 1)
    assert "is paused" in product.run("pause", f"{site.url}/artikel/4.html").stdout
    assert "stands beside revision 1" in product.run("note", "1", "Die Brücke gibt es wirklich.").stdout
    until(answers(product))
    assert "Die Brücke gibt es wirklich." in product.browse("/-/article/1")
    assert "bytes" in product.run("backup", str(tmp_path / "kopie.db")).stdout
    assert product.stop() == 0
    product.run("remove", "nirgends", expect=1)


def test_bad_pages_and_feeds_are_named_and_the_rest_goes_on(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path, Tagblatt=site.feed, Login=f"{site.url}/artikel/1.html", Leer=f"{site.url}/fehlt")
    bad = [f"{site.url}/notiz.txt", f"{site.url}/robots.txt"]
    refused = product.run("add", *bad, f"{site.url}/artikel/99.html", expect=1).stderr
    assert refused.count("nothing of it is followed") == len(bad)
    (tmp_path / "liste.txt").write_text("\n".join(bad))
    with product.config.open("a") as config:
        config.write('[[sources]]\nname = "Liste"\nlist = "liste.txt"\n')
    product.once()
    status = product.status()
    assert {source["name"]: source["code"] for source in status["failing_sources"]} == {
        "Login": "not_a_feed", "Leer": "http_404",
    }  # fmt: skip
    assert {article["code"] for article in status["failing_articles"]} == {"not_html"}
    assert verdicts(product) == [("article.discovered", "discovered")] * 6


def test_look_needs_no_configuration_and_answers_per_input(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path)
    saved = tmp_path / "seite.html"
    saved.write_bytes(site.page(site.stories[5]))
    empty = tmp_path / "leer.html"
    empty.write_bytes(b"")
    lines = [
        {"id": "a", "file": "seite.html", "url": f"{site.url}/artikel/5.html"},
        {"id": "b", "file": "leer.html", "url": "https://tagblatt.example/b"},
    ]
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("\n".join(json.dumps(line) for line in lines))
    product.config.unlink()
    done = subprocess.run(
        [NACHTRAG, "look", "--manifest", manifest, "--json"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], first["headline"], first["stand"]) == (
        "a",
        "Brücke 5: Rat vertagt sich",
        "2026-11-01T07:01:00+00:00",
    )
    assert [block["kind"] for block in first["blocks"]] == ["paragraph"] * 3
    assert second["error"]["code"] == "empty"
    assert not (tmp_path / "n.db").exists()


def test_what_a_stop_cuts_off_is_handed_out_again_at_once(site: Site, tmp_path: Path) -> None:
    with site.lock:  # nobody is answered as long as it is held
        product = Product(tmp_path, Tagblatt=site.feed)
        product.start()
        until(lambda: site.requests >= 3)
        assert product.stop() == 0
    began = time.monotonic()
    product.once()
    assert time.monotonic() - began < 60
    assert product.revisions() == 6


def test_a_pass_that_is_stopped_says_so_and_the_next_one_does_not_wait(site: Site, tmp_path: Path) -> None:
    product = Product(tmp_path, Tagblatt=site.feed)
    with site.lock:
        product.start("--once", measured=True)
        until(lambda: site.requests >= 3)
        assert product.stop() == 1
        assert "stopped before the pass was over" in product.log()
    began = time.monotonic()
    product.once()
    assert time.monotonic() - began < 60
    assert product.revisions() == 6
