"""What must hold after whatever befell a daemon. Truth is the site's own log and the receiver's, not the daemon's.

Each function says what does not hold, a line each.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from tests.product import until
from tests.site import PAGE, Site

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tests.product import Product
    from tests.receiver import Received, Receiver

# On a machine that is busy with other things everything comes, but late.
PATIENCE = 600.0
_TORN = """SELECT r.id FROM revisions r WHERE (SELECT count(*) FROM revision_blocks WHERE revision_id = r.id) != 3
           OR (SELECT count(*) FROM revision_clocks WHERE revision_id = r.id AND kind = 'stand') != 1
           OR page_id IS NULL"""
_NUMBERED = """SELECT a.url, (SELECT b.text FROM revision_blocks rb JOIN blocks b ON b.id = rb.block_id
                              WHERE rb.revision_id = r.id AND rb.position = 1)
               FROM revisions r JOIN articles a ON a.id = r.article_id
               WHERE instr(a.url, '/artikel/') ORDER BY r.id"""


# In pages of `tests.site` the sentence with the number is the same in all stories of one number: rightly taken for a
# line of the template (operations.site_text), and told as an edit of none.
_DESIGN = PAGE.replace("Dies ist die Fassung", "Zu „{headline}“ ist dies die Fassung")


def newspaper(stories: int) -> Site:
    """A site no two of whose stories say the same when they are edited."""
    site = Site(stories)
    site.design = _DESIGN
    return site


def waiting(product: Product) -> int:
    """How many events of articles have not arrived: not handed to the endpoint yet, or not taken by it."""
    return int(rows(product, _WAITING)[0][0])


_WAITING = """SELECT count(*) FROM events e LEFT JOIN deliveries d ON d.event_id = e.id
              WHERE e.type LIKE 'article.%' AND coalesce(d.state, 'pending') = 'pending'"""


@contextmanager
def editing(site: Site, chance: random.Random, every: float = 0.15) -> Iterator[threading.Event]:
    """Stories of the site are edited meanwhile, until the end or the event."""
    stop = threading.Event()

    def edit() -> None:
        while not stop.wait(every):
            site.edit(chance.randint(1, len(site.stories)), stamp=chance.random() < 0.7)

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        yield stop
    finally:
        stop.set()
        editor.join()


def rows(product: Product, sql: str) -> list[tuple[Any, ...]]:
    """Rows of its database, of a connection that writes nothing."""
    with closing(sqlite3.connect(f"file:{product.folder / 'n.db'}?mode=ro", uri=True, timeout=60)) as con:
        return con.execute(sql).fetchall()


def stored(product: Product) -> dict[int, list[int]]:
    """By story, the numbers of the versions that were stored, in order; -1 for one that has no text."""
    found: dict[int, list[int]] = {}
    for url, text in rows(product, _NUMBERED):
        number = int(str(url).rpartition("/")[2].removesuffix(".html"))
        version = str(text or "").partition("Nummer ")[2].split()
        found.setdefault(number, []).append(int(version[0]) if version else -1)
    return found


def caught_up(product: Product, site: Site) -> bool:
    """Whether the newest version of every story is stored."""
    found = stored(product)
    return all(found.get(number, [0])[-1] == story.version for number, story in site.stories.items())


def at_work(product: Product, site: Site) -> None:
    """Wait until the daemon runs and has read every story."""
    until(lambda: "watching" in product.log(), PATIENCE)
    until(lambda: caught_up(product, site), PATIENCE)


def settled(product: Product, site: Site, seconds: float = PATIENCE) -> list[str]:
    """Wait until all is stored and told."""
    try:
        until(lambda: caught_up(product, site), seconds)
        until(lambda: not waiting(product), seconds)
    except AssertionError as error:
        behind = {n: story.version for n, story in site.stories.items()}
        return [f"{error}: {waiting(product)} events wait, stored {_last(stored(product))}, on the site {behind}"]
    return []


def _last(found: dict[int, list[int]]) -> dict[int, int]:
    return {number: versions[-1] for number, versions in sorted(found.items())}


def history(product: Product, site: Site) -> Iterator[str]:
    """Versions that the site never served, that are stored twice, out of order or torn; a damaged file."""
    for number, versions in stored(product).items():
        if versions != sorted(set(versions)):
            yield f"story {number}: stored twice or out of order: {versions}"
        if never := set(versions) - set(site.stories[number].served):
            yield f"story {number}: never served: {sorted(never)}"
    if (said := rows(product, "PRAGMA integrity_check")) != [("ok",)]:
        yield f"integrity_check: {said}"
    if torn := rows(product, _TORN):
        yield f"torn revisions: {torn}"
    if not (walked := product.run("verify").stdout).startswith("ok:"):
        yield f"verify: {walked}"


def alerts(product: Product, receiver: Receiver) -> Iterator[str]:
    """Events that are missing, doubled, invented, refused or came out of the order of their article."""
    told = rows(product, "SELECT revision_id, count(*) FROM events WHERE revision_id IS NOT NULL GROUP BY revision_id")
    if doubled := [revision for revision, count in told if count != 1]:
        yield f"revisions with several events: {doubled}"
    if missing := {number for (number,) in rows(product, "SELECT id FROM revisions")} - {number for number, _ in told}:
        yield f"revisions without an event: {sorted(missing)}"
    if receiver.refused:
        yield f"the receiver refused {len(receiver.refused)}: {receiver.refused[0]}"
    places = {event["id"]: place for place, event in enumerate(product.events())}
    arrived = {got.id for got in receiver.accepted}
    if lost := places.keys() - arrived:
        yield f"never delivered: {len(lost)} of {len(places)}"
    if unknown := {got.id for got in receiver.received} - places.keys():
        yield f"sent under an id that is not in the database: {unknown}"
    yield from _out_of_order(receiver, places)


def _out_of_order(receiver: Receiver, places: dict[str, int]) -> Iterator[str]:
    """By first arrivals: what comes once more may do so after what follows it."""
    first: dict[str, Received] = {}
    for got in receiver.accepted:
        first.setdefault(got.id, got)
    by_article: dict[str, list[int]] = {}
    for got in first.values():
        if got.id in places:
            by_article.setdefault(got.body["data"]["url"], []).append(places[got.id])
    for url, order in by_article.items():
        if order != sorted(order):
            yield f"{url}: delivered out of order: {order}"


def events_in(got: Received) -> list[dict[str, str]]:
    """What a message tells, event by event; a digest of many only counts the rest."""
    data = got.body["data"]
    return list(data["events"]) if got.type == "digest" else [{"type": got.type, "id": data["id"], "url": data["url"]}]


def published(site: Site) -> int:
    """How many versions there have been of all stories together."""
    return sum(story.version for story in site.stories.values())


def sent_twice(receiver: Receiver) -> int:
    """How many events were accepted more than once: allowed, with the same id."""
    return sum(count > 1 for count in Counter(got.id for got in receiver.accepted).values())


def false_notes(product: Product, receiver: Receiver) -> Iterator[str]:
    """Deliveries that are noted as made, and that no receiver ever accepted."""
    noted = {uid for (uid,) in rows(product, _NOTED)}
    if false := noted - {got.id for got in receiver.accepted}:
        yield f"noted as delivered, but never accepted: {sorted(false)}"


_NOTED = "SELECT e.uid FROM deliveries d JOIN events e ON e.id = d.event_id WHERE d.state = 'delivered'"
