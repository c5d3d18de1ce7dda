"""A database as this version writes it, for tests/data/schemas: `python -m tests.earlier FILE`.

Five stories with comments that are kept are looked at four times: one is edited with its Stand, two without, one is
removed, one is removed and comes back, one is taken down after an edit. One is followed by hand; one is paused, as is a
second source. A version has a remark, rulings have replies, one of them withdrawn. One endpoint takes what it is told,
nobody listens at another (it waits), one says 410 (it is given up), one is told once a year (it is held).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.product import SECRET, Product, free_port
from tests.receiver import Receiver
from tests.site import Site
from tests.test_without_comments import COMMENTS

_ENDPOINTS = """
[[endpoints]]
name = "{}"
url = "{}"
secret_env = "NACHTRAG_TEST_DESK"
events = ["article.*"]
{}
"""


class _Commented(Site):
    def page(self, story: object) -> bytes:
        return super().page(story).replace(b"<footer>", COMMENTS.encode() + b"<footer>")  # type: ignore[arg-type]


def main(file: str) -> None:
    """Write it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _Commented(5) as site,
        Receiver(SECRET) as desk,
        Receiver(SECRET) as gone,
    ):
        product = Product(Path(folder), Tagblatt=site.feed, Ruhe=f"{site.url}/ruhe.xml")
        gone.plan([410] * 1000)
        text = product.config.read_text("utf-8").replace('every = "1s"', 'every = "1s"\ncomments = "texts"', 1)
        for name, url, rules in (
            ("desk", desk.url, ""),
            ("nobody", f"http://127.0.0.1:{free_port()}/hook", ""),
            ("gone", gone.url, ""),
            ("yearly", desk.url, 'digest = "0 0 1 1 *"'),
        ):
            text += _ENDPOINTS.format(name, url, rules)
        product.config.write_text(text, "utf-8")
        _live(product, site)
        for table in ("remarks", "replies", "comments", "departures"):
            assert product.query(f"SELECT 1 FROM {table}"), f"{table}: none"
        assert {row["state"] for row in product.query("SELECT state FROM deliveries")} >= {
            "delivered",
            "pending",
            "dead",
        }
        product.run("backup", file)


def _live(product: Product, site: Site) -> None:
    def url(number: int) -> str:
        return f"{site.url}/artikel/{number}.html"

    product.once()
    site.edit(1)
    for number in (2, 5):
        site.edit(number, stamp=False)
    for number in (3, 4):
        site.stories[number].missing = True
    product.once()
    site.stories[4].missing = False
    site.edit(2, stamp=False)
    product.once()
    product.run("takedown", url(5), "--yes")
    site.add()
    product.run("add", url(6))
    product.run("pause", "Ruhe")
    product.run("pause", url(1))
    product.once()
    edited, again = [row["id"] for row in product.query("SELECT id FROM revisions WHERE number > 1 ORDER BY id")][:2]
    product.run("note", str(edited), "Die Pressestelle weiß davon nichts.")
    product.run("reply", str(edited), "Ein Versehen.", "--from", "Tagblatt, Redaktion")
    product.run("reply", str(again), "Wir bleiben dabei.", "--from", "Tagblatt, Redaktion")
    product.run("withdraw-reply", "1", "auf Wunsch der Redaktion")


if __name__ == "__main__":
    main(sys.argv[1])
