"""What an outlet replies is shown with what we say, to the letter, wherever that is shown, whatever we say later."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from db.store import chain, people
from db.store.replies import Reply, attach, withdraw
from db.store.takedown import take_down
from tests.product import Inside
from tests.site import Site
from tests.web_sample import START
from tests.web_server import change, html, plain, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from datasette.app import Datasette

HOSTILE = "Wir haben <script>document.title='pwned'</script>\n\n=1+1 & \x01 \"nichts\" verschwiegen."
AT = START + timedelta(days=1, hours=4)
# The edit that made version 3 was first `unsettled` (ruling 2), then `unmarked` (ruling 3).
EARLIER, STANDS = 2, 3


def doing(file: Path, work: Callable[..., Any], *args: object) -> Any:
    """One piece of work on the sample, as the verb does it."""
    with closing(sqlite3.connect(file)) as con, con:
        con.row_factory = sqlite3.Row
        return work(con, *args)


@pytest.fixture
def replied(other: Path) -> Path:
    """The sample with a reply to a ruling that another one has taken the place of."""
    reply = Reply("Redaktion <b>Elbkurier</b>", AT, HOSTILE, "https://www.elbkurier.example/in-eigener-sache")
    assert doing(other, attach, 3, EARLIER, reply, AT + timedelta(hours=1)) == 1
    return other


@pytest.fixture
def shown(replied: Path) -> Iterator[Datasette]:
    with serving(replied) as web:
        yield web


@pytest.mark.parametrize("address", ["/-/article/1", "/-/compare/2/3"])
async def test_it_stands_beside_what_it_answers_and_what_was_said_since(shown: Datasette, address: str) -> None:
    page = await html(shown, address)
    box = LexborHTMLParser(page).css("blockquote.remark")[0]
    lines = [node.text() for node in box.css("p[dir='auto']")]
    assert lines == [
        "Wir haben <script>document.title='pwned'</script>",
        '=1+1 & \x01 "nichts" verschwiegen.',
    ]
    said = " ".join(box.css_first("footer").text().split())
    assert said.startswith(
        "Reply of the outlet, Redaktion <b>Elbkurier</b>, received 25 Nov 2026, 10:00 UTC, to what we said before, "
    )
    assert "changed, too early to say more" in said
    assert [link.attributes["href"] for link in box.css("a")] == ["https://www.elbkurier.example/in-eigener-sache"]
    assert LexborHTMLParser(page).css("script, b[class='']") == []


async def test_lists_feeds_and_citations_say_so(shown: Datasette) -> None:
    words = "The outlet replied on 25 Nov 2026, 10:00 UTC (Redaktion <b>Elbkurier</b>)"
    front = LexborHTMLParser(await html(shown, "/?article=1"))
    assert [node.text() for node in front.css(".entry .explains")] == [words]
    citation = LexborHTMLParser(await html(shown, "/-/compare/2/3")).css_first("#citation")
    assert citation is not None
    assert words in citation.text().splitlines()
    assert words not in await html(shown, "/-/compare/1/2")
    feed = (await shown.client.get("/-/changes.atom?article=1")).text
    assert "(Redaktion &lt;b&gt;Elbkurier&lt;/b&gt;): “Wir haben &lt;script&gt;" in feed
    assert "\x01" not in feed
    assert feed.count("<updated>2026-11-25T11:00:00Z</updated>") == 2  # of the entry, and of the feed


async def test_programs_get_it_with_the_ruling_that_it_answers(shown: Datasette) -> None:
    compared, listed, article = [
        (await shown.client.get(address)).json()
        for address in ("/-/compare/2/3.json", "/-/changes.json?article=1", "/-/article/1.json")
    ]
    (reply,) = compared["rulings"][0]["replies"]
    assert compared["rulings"][0]["id"] == STANDS
    assert reply == {
        "id": 1,
        "ruling_id": EARLIER,
        "author": "Redaktion <b>Elbkurier</b>",
        "received_at": "2026-11-25T10:00:00.000000+00:00",
        "text": HOSTILE,
        "link": "https://www.elbkurier.example/in-eigener-sache",
        "withdrawn_at": None,
        "withdrawn_because": None,
    }
    assert compared["rulings"][1]["replies"] == [reply]
    assert [entry["replies"] for entry in listed["changes"]] == [[], [reply], []]
    assert [ruling["replies"] for ruling in article["revisions"][1]["rulings"]] == [[reply], [reply]]


async def test_what_was_said_before_shows_no_reply_to_what_came_after(other: Path) -> None:
    doing(other, attach, 3, None, Reply("Redaktion", AT, "Stimmt so nicht."), AT)
    with serving(other) as web:
        rulings = (await web.client.get("/-/compare/2/3.json")).json()["rulings"]
        page = plain(await html(web, "/-/compare/2/3"))
    assert [len(ruling["replies"]) for ruling in rulings] == [1, 0]
    assert "to what we said before" not in page


async def test_a_withdrawn_reply_is_shown_as_that(replied: Path) -> None:
    doing(replied, withdraw, 1, "Auf Wunsch der <i>Redaktion</i>", AT + timedelta(hours=3))
    with serving(replied) as web:
        for address in ("/-/article/1", "/-/compare/2/3"):
            box = LexborHTMLParser(await html(web, address)).css("blockquote.remark")[0]
            first = " ".join(box.css("p")[0].text().split())
            assert first == "Withdrawn 25 Nov 2026, 13:00 UTC: Auf Wunsch der <i>Redaktion</i>"
            assert len(box.css("details p")) == 2
        replied_on = "The outlet replied on 25 Nov 2026, 10:00 UTC (Redaktion <b>Elbkurier</b>)"
        citation = LexborHTMLParser(await html(web, "/-/compare/2/3")).css_first("#citation")
        assert citation is not None
        assert f"{replied_on}; withdrawn 25 Nov 2026, 13:00 UTC" in citation.text().splitlines()
        feed = (await web.client.get("/-/changes.atom?article=1")).text
        assert "verschwiegen" not in feed
        assert feed.count("<updated>2026-11-25T13:00:00Z</updated>") == 2
        (entry,) = [
            item for item in (await web.client.get("/-/changes.json?article=1")).json()["changes"] if item["replies"]
        ]
        assert entry["replies"][0]["withdrawn_because"] == "Auf Wunsch der <i>Redaktion</i>"


async def test_a_takedown_leaves_it(replied: Path) -> None:
    url = doing(replied, lambda con: con.execute("SELECT url FROM articles WHERE id = 1").fetchone()["url"])
    doing(replied, take_down, url, AT)
    with serving(replied, publish="metrics") as web:
        assert "verschwiegen" in await html(web, "/-/article/1")


@pytest.mark.parametrize(
    ("revision", "ruling", "words"),
    [
        (77, None, "there is no revision 77"),
        (1, None, "no ruling was made on revision 1"),
        (3, 4, "ruling 4 is not on revision 3; those on it: 2, 3"),
    ],
)
def test_what_cannot_be_answered_is_said(other: Path, revision: int, ruling: int | None, words: str) -> None:
    with pytest.raises(people.NotKnown, match=words):
        doing(other, attach, revision, ruling, Reply("Redaktion", AT, "Nein."), AT)


@pytest.mark.parametrize("number", [0, 2, 3, 2**63])
def test_only_a_reply_is_withdrawn_and_only_once(replied: Path, number: int) -> None:
    doing(replied, withdraw, 1, "Irrtum", AT)  # row 2 of the table: no reply
    with pytest.raises(people.NotKnown, match=f"there is no reply {number}"):
        doing(replied, withdraw, number, "Irrtum", AT)
    with pytest.raises(people.NotKnown, match="reply 1 was withdrawn on 2026-11-25"):
        doing(replied, withdraw, 1, "Irrtum", AT)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE replies SET text = 'Alles richtig.' WHERE id = 1", "replies row 1: its content is not what was"),
        ("UPDATE replies SET withdraws = NULL WHERE id = 2", "replies row 2: its content is not what was recorded"),
        ("DELETE FROM replies WHERE id = 2", "replies row 3: the row before it was changed or removed"),
    ],
)
def test_who_changes_one_is_found_out(replied: Path, statement: str, fault: str) -> None:
    doing(replied, withdraw, 1, "Irrtum", AT)
    doing(replied, attach, 3, None, Reply("Redaktion", AT, "Doch."), AT)
    assert not [line for line in doing(replied, chain.faults) if line.startswith("replies")]
    change(replied, statement)
    assert [line for line in doing(replied, chain.faults) if line.startswith(fault)]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Inside]:
    with Site(3) as site:
        made = Inside(tmp_path, Tagblatt=site.feed)
        made.once()
        site.edit(1)
        made.once()
        yield made


def test_the_verbs(product: Inside) -> None:
    edit = product.query("SELECT id, article_id FROM revisions WHERE kind = 'changed'")[0]
    (url,) = [row["url"] for row in product.query("SELECT id, url FROM articles") if row["id"] == edit["article_id"]]
    number = str(edit["id"])
    done = product.run(
        "reply", number, " Das war die Agentur. ", "--from", "Tagblatt", "--received", "2026-11-20T10:00+01:00"
    )
    assert done.stdout == f"reply 1 stands beside revision {number}\n"
    (kept,) = product.query("SELECT author, received_at, text, link FROM replies")
    assert tuple(kept.values()) == ("Tagblatt", "2026-11-20T09:00:00.000000+00:00", "Das war die Agentur.", "")
    said = "of 2026-11-20 09:00 UTC, Tagblatt: Das war die Agentur."
    assert said in product.run("history", url).stdout
    assert product.run("withdraw-reply", "1", "Irrtum").stdout == "reply 1 is shown as withdrawn\n"
    assert "UTC, Tagblatt, withdrawn 20" in product.run("history", url).stdout
    assert "there is no reply 9" in product.run("withdraw-reply", "9", "Irrtum", expect=1).stderr
    assert product.run("verify").stdout.startswith("ok: ")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("  ", "--from", "x"), "text needs words"),
        (("y" * 10_001, "--from", "x"), "at most 10,000 characters"),
        (("y", "--from", "\n"), "author needs words"),
        (("y", "--from", "x", "--link", "javascript:alert(1)"), "expected a complete web address"),
        (("y", "--from", "x", "--received", "yesterday"), "expected a time with its zone"),
        (("y", "--from", "x", "--received", "2026-11-20T10:00"), "expected a time with its zone"),
        (("y", "--from", "x", "--received", "0001-01-01T00:00+14:00"), "expected a time with its zone"),
        (("y", "--from", "x", "--received", "9998-01-01T00:00Z"), "lies in the future"),
        (("y",), "Missing option '--from'"),
    ],
)
def test_what_makes_no_reply_is_refused(tmp_path: Path, given: tuple[str, ...], words: str) -> None:
    product = Inside(tmp_path)
    assert words in product.run("reply", "1", *given, expect=2).stderr
