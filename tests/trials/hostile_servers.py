"""Every behaviour of a server that does everything wrong, met by the real daemon, and a healthy site beside it.

Pages are articles of a list, feeds are sources, webhooks are endpoints, each under a public name of its own that leads
to the server behind the guard; what is said of robots.txt is met by a host that redirects there. Judged is:

* the outcome that the suite states, in terms of the database: read, or not; `DECIDED` names what we decided otherwise,
  and why;
* every request is over within 30 s, the daemon and its readers grow by 200 MB at most each;
* no version is stored but of what was edited; of `article-seq` each that the server's own log has is there;
* the feed of the healthy site, due every second, is never asked for more than 30 s late, and its edits are found;
* the canary of the server is not touched.

`--with-fault`: an answer may take an hour, and one that is cut short passes for whole. The short form meets every
fourth behaviour, and none that never ends.
"""

from __future__ import annotations

import json
import time
import urllib.request
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.badserver import address, redirecting, running
from tests.product import until
from tests.trials import truth
from tests.trials.kill import children
from tests.trials.locked import resident
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from tests.product import Product
    from tests.site import Site
    from tests.trials.trial import Trial

ALONE = True
PROMISE = "No answer of a hostile server holds us up, fills memory, or passes for an edit."
FAULT = """
from dataclasses import replace
from datetime import timedelta
from scraper import exchange, http
original = http.Door.__init__
def patient(self, settings, *args, **named):
    original(self, replace(settings, deadline=timedelta(hours=1)), *args, **named)
http.Door.__init__ = patient
fail = exchange.Exchange.fail
def believe(self, error):
    if isinstance(error, exchange.CutShort):
        self.is_done = True
        self._wake()
    else:
        fail(self, error)
exchange.Exchange.fail = believe
"""
_SECONDS, _MEGABYTES, _LATE = 31.0, 200.0, 30.0
# By the outcome that the suite states: whether anything is read. Not here: "unchanged" may be either.
_READ = {"ok": True, "changed": True} | dict.fromkeys(("error", "truncated", "blocked", "gone", "retry_later"), False)
# What we decided otherwise than the suite. Nothing is read
_NOT_READ = {
    # of a sentence that is no text of an article: what it is read as, tests/test_hostile_servers.py looks at;
    *(f"charset-codec-{number}" for number in range(18)), "charset-invalid", "charset-header-vs-meta", "bom-utf8",
    "charset-meta-only-latin1", "charset-none-utf8", "charset-meta-late", "utf16le-bom", "utf16be-bom", "utf16-nobom",
    "utf32", "mixed-encodings", "nul-bytes", "lone-surrogates", "unicode-normal-forms", "xss-page",
    # of what has more of everything than pages have, no headline, or no text: the suite wants no crash;
    "deep-nesting-10k", "attrs-20k", "deep-nesting", "deep-nesting-inline", "deep-formatting-p", "million-attrs",
    "million-elements", "one-long-line", "unclosed-comment", "entity-storm", "nested-tables", "nested-templates",
    # of a page that is cut before the end of its text, of feeds that declare entities, whatever for, and where
    # robots.txt has 24 MB, of which we fetch five, or redirects for ever: no answer is no leave.
    "truncated-html", "feed-xxe-file", "feed-xxe-http", "robots-huge", "robots-redirect-loop",
}  # fmt: skip
# A 200 has taken the event: we do not wait for what is said after that.
DECIDED = dict.fromkeys(_NOT_READ, False) | {"hook-endless-response": True}
# Versions of pages that are another at each look, whatever the suite states of them; and of two headlines that
# alternate: the second is an edit when it comes first, and after that each is an old copy.
_VERSIONS = {"diff-worst-case": 1_000, "ab-test": 2}


def run(trial: Trial) -> None:
    """The daemon among them for a while."""
    shared = trial.shared() / "hostile"
    cases = json.loads((shared / "badserver_expectations.json").read_text("utf-8"))
    if trial.size == "short":  # and none that has no end
        cases = [case for case in cases[::4] if case["group"] != "timing"] + [cases[2]]
    with running(shared, seconds=60, megabytes=512) as port, truth.newspaper(4) as site, redirecting(port) as robots:
        site.name = "healthy.example"
        product = _installed(trial, cases, (port, robots), site)
        with unmeasured():
            product.start()
        truth.at_work(product, site)
        grown = _watched(trial, product, site, trial.sized(20, 150, 1_200))
        until(lambda: truth.caught_up(product, site), truth.PATIENCE)
        trial.expect(product.stop() == 0, "the daemon did not end well")
        log = json.loads(urllib.request.urlopen(f"http://127.0.0.1:{port}/_log", timeout=60).read())
    trial.expect(not log["canary"], f"the canary was reached: {log['canary'][:3]}")
    _outcomes(trial, product, cases)
    _edits(trial, product, cases, log["requests"])
    _answers(trial, site)
    trial.expect(max(grown.values()) <= _MEGABYTES, f"grew by more than {_MEGABYTES:.0f} MB: {grown}")
    trial.done(", ".join(f"{who} grew by {megabytes:.0f} MB" for who, megabytes in grown.items()))


def _installed(trial: Trial, cases: list[dict[str, Any]], ports: tuple[int, int], site: Site) -> Product:
    inside: dict[str, object] = {"names": True, "answers": trial.folder / "answers"}
    product = trial.product("daemon", inside=inside, Healthy=site.feed)
    text = product.config.read_text("utf-8").replace('allow_private = ["127.0.0.0/8"]\n', "")
    pages, controls, (port, robots) = [], [], ports
    for case in cases:
        name, where = case["behaviour"], address(case["behaviour"], port)
        if case["group"] == "feed" or name == "feed-ok":
            text += f'[[sources]]\nname = "{name}"\nfeed = "{where}"\nevery = "1m"\nrevisit = "1d"\n'
        elif case["group"] == "webhook":
            text += f'[[endpoints]]\nname = "{name}"\nurl = "{where}"\nsecret_env = "NACHTRAG_TEST_DESK"\n'
            text += 'events = ["article.*"]\n'
        else:
            where = f"http://{name}.example:{robots}/" if case["group"] == "robots" else where
            (controls if case["group"] == "control" else pages).append(where)
    for name, addresses, revisit in (("pages", pages, "30s"), ("controls", controls, "5s")):
        (product.folder / f"{name}.txt").write_text("\n".join(addresses), "utf-8")
        text += f'[[sources]]\nname = "{name}"\nlist = "{name}.txt"\nrevisit = "{revisit}"\n'
    product.config.write_text(text, "utf-8")
    return product


def _watched(trial: Trial, product: Product, site: Site, seconds: float) -> dict[str, float]:
    """Let it work for so long, editing the healthy site; says by how many MB whom grew at most."""
    assert product.daemon is not None
    daemon, end, second = product.daemon.pid, time.monotonic() + seconds, 0
    idle = most = (resident(daemon), max(map(resident, children(daemon))))
    while time.monotonic() < end:
        now = resident(daemon), max(map(resident, children(daemon)))
        most = max(most[0], now[0]), max(most[1], now[1])
        if second != (second := int(end - time.monotonic())) and not second % 10:
            site.edit(1 + second // 10 % len(site.stories))
            trial.say(f"{second} s to go")
        time.sleep(0.2)
    return {"the daemon": most[0] - idle[0], "the largest of its children": most[1] - idle[1]}


def _outcomes(trial: Trial, product: Product, cases: list[dict[str, Any]]) -> None:
    """What became of every behaviour, in terms of the database."""
    found = {_named(url): (bool(versions), error) for url, versions, error in truth.rows(product, _ARTICLES)}
    found |= {name: (bool(read), error) for name, read, error in truth.rows(product, _SOURCES)}
    found |= {
        name: (state == "active" and bool(taken), error)
        for name, state, taken, error in truth.rows(product, _ENDPOINTS)
    }
    wrong = []
    for case in cases:
        name = case["behaviour"]
        read, error = found.get(name, (None, "never met"))
        wanted = DECIDED.get(name, _READ.get(case["outcome"], read))
        if read is None or read != wanted:
            wrong.append(f"{name}: read {read} ({error}), stated is {case['outcome']}")
    trial.wrong(*wrong)
    trial.done(f"{len(cases)} behaviours, {len(cases) - len(wrong)} with the outcome that is stated or decided")


def _named(url: str) -> str:
    return str(urlsplit(url).hostname).removesuffix(".example")


_ARTICLES = """SELECT url, (SELECT count(*) FROM revisions r WHERE r.article_id = a.id), error_code
               FROM articles a WHERE instr(url, '.example:') AND last_visited_at"""
_SOURCES = "SELECT name, last_ok_at IS NOT NULL, error_code FROM sources WHERE last_polled_at"
_ENDPOINTS = """SELECT name, state, (SELECT count(*) FROM deliveries d WHERE d.endpoint = name AND state = 'delivered'),
                error FROM endpoints"""


def _edits(trial: Trial, product: Product, cases: list[dict[str, Any]], requests: list[dict[str, Any]]) -> None:
    """No version but of what was edited, and all of those."""
    versions = {_named(url): count for url, count, _ in truth.rows(product, _ARTICLES)}
    changing = {case["behaviour"] for case in cases if case["outcome"] == "changed"} | {"healthy"}
    false = {name: count for name, count in versions.items() if count > _VERSIONS.get(name, 1) and name not in changing}
    trial.expect(not false, f"versions are stored of what was not edited: {false}")
    served = sum(request["path"] == "/article-seq" for request in requests)
    found, there = versions.get("article-seq", 0), (served + 1) // 2
    trial.expect(found == there, f"article-seq: {found} of {there} versions are stored")
    trial.done(f"{len(false)} false edits in {len(versions)} pages; {found} versions of article-seq in {served} looks")


def _answers(trial: Trial, site: Site) -> None:
    """How long requests took, and how far apart the polls of the healthy feed were."""
    answers = [json.loads(line) for line in (trial.folder / "answers").read_text("utf-8").splitlines()]
    slow = {answer["url"] for answer in answers if answer["seconds"] > _SECONDS}
    trial.expect(not slow, f"took longer than 30 s: {sorted(slow)[:5]}")
    polls = [answer["at"] for answer in answers if answer["url"] == site.feed]
    latest = max((later - earlier for earlier, later in pairwise(polls)), default=_LATE)
    trial.expect(latest < _LATE, f"the healthy feed, due every second, was once not asked for {latest:.0f} s")
    longest = max(answer["seconds"] for answer in answers)
    trial.done(
        f"{len(answers)} requests, the slowest {longest:.1f} s; the healthy feed, due every second, was asked "
        f"{len(polls)} times, never more than {latest:.1f} s apart"
    )
