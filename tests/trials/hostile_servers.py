"""Every behaviour of a server that does everything wrong, met by the real daemon, and a healthy site beside it.

Pages are articles of a list, feeds are sources, webhooks are endpoints, each under a public name of its own that leads
to the server behind the guard. Each article is asked for several times. What is judged:

* the outcome that the suite states, in terms of the database: read, not read, edited, not edited; `DECIDED` names what
  we decided otherwise, and why;
* every request is over within 30 s, the daemon and its readers grow by 200 MB at most each;
* no edit is told but those that were made; of `article-seq` every version that was served twice is there;
* the feed of the healthy site is asked on time, and its edits are found;
* nothing but public addresses was connected to: the canary of the server was not touched.

`--with-fault`: an answer may take an hour.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.product import free_port
from tests.trials import truth
from tests.trials.kill import children
from tests.trials.locked import resident
from tests.trials.trial import named
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.product import Product
    from tests.site import Site
    from tests.trials.trial import Trial

ALONE = True
PROMISE = "No answer of a hostile server holds us up, fills memory, or passes for an edit."
FAULT = """
from dataclasses import replace
from datetime import timedelta
from scraper import http
original = http.Door.__init__
def patient(self, settings, *args, **named):
    original(self, replace(settings, deadline=timedelta(hours=1)), *args, **named)
http.Door.__init__ = patient
"""
_SECONDS, _MEGABYTES = 31.0, 200.0
# Not met as pages, feeds or endpoints.
_ROBOTS = "robots"
_SMALLER = {"gzip-bomb", "deflate-bomb", "br-bomb", "zstd-bomb", "double-gzip-bomb"}
# In these groups nothing may be read.
_NOT_READ = {"error", "truncated", "blocked", "gone", "retry_later"}
# behaviour → (what we have of it, why): "read", "not read", "edited".
DECIDED: dict[str, tuple[str, str]] = {}


def run(trial: Trial) -> None:
    """The daemon among them for a while."""
    shared = trial.shared() / "hostile"
    cases = {
        case["behaviour"]: case for case in json.loads((shared / "badserver_expectations.json").read_text("utf-8"))
    }
    with server(shared) as port, truth.newspaper(4) as site, unmeasured():
        site.name = "healthy.example"
        product = _installed(trial, cases, port, site)
        product.start()
        truth.at_work(product, site)
        grown = _watched(trial, product, site, trial.sized(60, 240, 1_200))
        trial.expect(product.stop() == 0, "the daemon did not end well")
        log = json.loads(urllib.request.urlopen(f"http://127.0.0.1:{port}/_log", timeout=60).read())
        _outcomes(trial, product, cases)
        _edits(trial, product, cases, log["requests"])
        healthy = {number: versions for number, versions in truth.stored(product).items() if number in site.stories}
        trial.expect(healthy, "the healthy site was not read: the trial is blind")
    trial.expect(not log["canary"], f"the canary was reached: {log['canary'][:3]}")
    _answers(trial, site)
    for who, megabytes in grown.items():
        trial.expect(megabytes <= _MEGABYTES, f"{who} grew by {megabytes:.0f} MB")
    trial.done(", ".join(f"{who} grew by {megabytes:.0f} MB" for who, megabytes in grown.items()))
    trial.skip("robots.txt behaviours in the daemon: tests/test_politeness.py tries them at the door")


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """The reference server; gives the first of its three ports."""
    port = free_port(3)
    command = [
        sys.executable,
        str(folder / "badserver.py"),
        "--port",
        str(port),
        "--cap-seconds",
        "60",
        "--cap-mb",
        "512",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline(), "the server did not start"
            yield port
        finally:
            process.terminate()


def address(case: dict[str, Any], port: int) -> str:
    """Where a behaviour is met."""
    name = case["behaviour"]
    if case["group"] == "tls":
        return f"https://{name}.example:{port + 2}/ok"
    return f"http://{name}.example:{port}/{name}" + ("?mb=64" if name in _SMALLER else "")


def _installed(trial: Trial, cases: dict[str, dict[str, Any]], port: int, site: Site) -> Product:
    inside: dict[str, object] = {"names": True, "answers": trial.folder / "answers"}
    product = trial.product("daemon", inside=inside, Healthy=site.feed)
    text = product.config.read_text("utf-8").replace('allow_private = ["127.0.0.0/8"]\n', "")
    pages = [case for case in cases.values() if case["group"] not in (_ROBOTS, "feed", "webhook")]
    (product.folder / "pages.txt").write_text("".join(f"{address(case, port)}\n" for case in pages), "utf-8")
    text += '[[sources]]\nname = "Pages"\nlist = "pages.txt"\nrevisit = "12s"\n'
    for name, case in cases.items():
        if case["group"] == "feed":
            text += f'[[sources]]\nname = "{name}"\nfeed = "{address(case, port)}"\nevery = "15s"\nrevisit = "1d"\n'
        if case["group"] == "webhook":
            text += (
                f'[[endpoints]]\nname = "{name}"\nurl = "{address(case, port)}"\nsecret_env = "NACHTRAG_TEST_DESK"\n'
            )
            text += 'events = ["article.*"]\n'
    product.config.write_text(text, "utf-8")
    return product


def _watched(trial: Trial, product: Product, site: Site, seconds: float) -> dict[str, float]:
    """Let it work for so long, editing the healthy site; says by how many MB whom grew at most."""
    assert product.daemon is not None
    least: dict[int, float] = {}
    most: dict[int, float] = {}
    end, edited = time.monotonic() + seconds, time.monotonic()
    while time.monotonic() < end:
        for pid in (product.daemon.pid, *children(product.daemon.pid)):
            megabytes = resident(pid)
            if megabytes > 30:  # not one that is still starting
                least.setdefault(pid, megabytes)
                most[pid] = max(most.get(pid, 0.0), megabytes)
        if time.monotonic() > edited + 10:
            edited = time.monotonic()
            site.edit(1 + int(edited) % len(site.stories))
            trial.say(f"{seconds - (end - edited):.0f} of {seconds:.0f} s")
        time.sleep(0.2)
    grown = {pid: most[pid] - least[pid] for pid in most}
    own = grown.pop(product.daemon.pid)
    return {"the daemon": own, "the one of its children that grew most": max(grown.values(), default=0.0)}


def _outcomes(trial: Trial, product: Product, cases: dict[str, dict[str, Any]]) -> None:
    """What became of every behaviour, in terms of the database."""
    read = {
        str(url).partition("://")[2].partition(".example")[0]: (int(versions), str(code))
        for url, versions, code in truth.rows(product, _ARTICLES)
    }
    sources = {str(name): (int(listed), str(code)) for name, listed, code in truth.rows(product, _SOURCES)}
    wrong, met = [], 0
    for name, case in cases.items():
        group = case["group"]
        if group in (_ROBOTS, "webhook") or name in ("article-seq",):
            continue
        versions, code = sources[name] if group == "feed" else read.get(name, (0, "never asked"))
        met += code != "never asked"
        wanted = DECIDED[name][0] if name in DECIDED else "not read" if case["outcome"] in _NOT_READ else "read"
        found = "not read" if not versions else "read"
        if wanted != found and not (case["outcome"] == "unchanged" and name not in DECIDED):
            wrong.append(f"{name}: {found} ({code or 'no failure'}) instead of {wanted}")
    trial.wrong(*wrong)
    trial.done(
        f"{met} behaviours met as pages and feeds, {met - len(wrong)} with the outcome that is stated or decided"
    )


_ARTICLES = """SELECT fetch_url, (SELECT count(*) FROM revisions r WHERE r.article_id = a.id), error_code
               FROM articles a WHERE instr(fetch_url, '.example:')"""
_SOURCES = """SELECT s.name, (SELECT count(*) FROM listings l WHERE l.source_id = s.id) + (s.last_ok_at IS NOT NULL),
              s.error_code FROM sources s"""


def _edits(trial: Trial, product: Product, cases: dict[str, dict[str, Any]], requests: list[dict[str, Any]]) -> None:
    """No edit but those that were made, and all of those."""
    changing = {name for name, case in cases.items() if case["outcome"] == "changed"}
    told = [event["url"] for event in product.events() if event["type"] == "article.changed"]
    names = [url.partition("://")[2].partition(".example")[0] for url in told]
    false = [
        name for name in names if name != "healthy" and name not in changing and DECIDED.get(name, ("",))[0] != "edited"
    ]
    trial.expect(not false, f"edits are told of what was not edited: {named(set(false))}")
    served = sum(request["path"] == "/article-seq" for request in requests)
    (stored,) = truth.rows(product, _SEQUENCE) or [(0,)]
    trial.expect(
        int(stored[0]) == (served + 1) // 2, f"article-seq: {stored[0]} of {(served + 1) // 2} versions are stored"
    )
    trial.done(
        f"{len(false)} false edits among {len(cases)} behaviours; {stored[0]} versions of article-seq in {served} looks"
    )


_SEQUENCE = """SELECT count(*) FROM revisions r JOIN articles a ON a.id = r.article_id
               WHERE instr(a.fetch_url, 'article-seq.example')"""


def _answers(trial: Trial, site: Site) -> None:
    """How long requests took, and how far apart the polls of the healthy feed were."""
    answers = [json.loads(line) for line in (trial.folder / "answers").read_text("utf-8").splitlines()]
    slow = {answer["url"] for answer in answers if answer["seconds"] > _SECONDS}
    trial.expect(not slow, f"took longer than 30 s: {named(slow)}")
    polls = [answer["at"] for answer in answers if answer["url"] == site.feed]
    gaps = sorted(later - earlier for earlier, later in pairwise(polls))
    trial.expect(gaps and gaps[-1] < 10, f"the healthy feed, due every second, was once not asked for {gaps[-1]:.0f} s")
    trial.done(
        f"{len(answers)} requests, the slowest {max(answer['seconds'] for answer in answers):.1f} s; the healthy feed, "
        f"due every second, was asked {len(polls)} times, {gaps[len(gaps) // 2]:.1f} s apart in the median, "
        f"{gaps[-1]:.1f} at most"
    )
