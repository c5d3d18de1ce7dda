"""Nothing can be written through our pages, no secret is anywhere, and our files are ours alone.

The real daemon with a signed endpoint and a chat channel, both of which fail, so that there are errors to be shown.
Then `nachtrag browse` over what it wrote: every page that links lead to is asked for, with every method.

* Whatever they are asked with, nothing is committed to the database: SQLite itself counts that (`PRAGMA data_version`),
  wherever it lies, and what it holds is dumped before and after.
* SQL of strangers is refused.
* The secret of the endpoint, the key in its address and the address of the channel are in no file, log, verb or page.
* All files that were made can be read by their owner only, whatever the umask.

That pages obey Datasette's permissions is tried by tests/test_web_safety.py, at the pages themselves.

`--with-fault`: the daemon prints its environment, past what blanks secrets out of its log; errors name the whole
address of who was to be told; every page writes down that it was asked for; SQL is open to all.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import signal
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.product import SECRET, answers, until
from tests.trials import truth
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.product import Product
    from tests.trials.trial import Trial

PROMISE = "Our pages change nothing, no secret is ever shown or kept, and others can read no file of ours."
# A page of `nachtrag browse` is made by a process that takes the place of it, so what breaks it goes along.
FAULT = {
    "it prints its environment": """
import os, sys
print(dict(os.environ), file=sys.stderr)
""",
    "errors name whole addresses": """
from schedules import deliver
deliver._host = lambda url: url
""",
    "SQL is open to all": """
from db import datasette
datasette._SETTINGS["default_allow_sql"] = "on"
""",
    "its pages write": """
from schedules.cli import checking
writing = '''
import sqlite3
from datasette.cli import cli  # before our pages, or it does not find them
from db.web import door
whole = door._at_one_moment
def at_one_moment(con, *more):
    file = con.execute("PRAGMA database_list").fetchone()[2]
    with sqlite3.connect(file) as writer:
        writer.execute("UPDATE articles SET error = 'a visitor was here'")
    return whole(con, *more)
door._at_one_moment = at_one_moment
cli()
'''
command = checking.command
checking.command = lambda *wish: [*command(*wish)[:2], "-c", writing, *command(*wish)[4:]]
""",
}
_KEY = "streng-geheim"
_CHANNEL = "T0SECRET/B0SECRET/geheimnis"
_WRITING = ("POST", "PUT", "PATCH", "DELETE")
_FAILED = "SELECT count(DISTINCT endpoint) FROM deliveries WHERE attempts > 0 AND error != ''"
_LINK = re.compile(r'(?:href|src|action)="([^"]+)"')
_SQL = ("/n?sql=select+1", "/n.json?sql=select+1", "/n.csv?sql=select+1", "/n/articles.json?_where=1=1")


def run(trial: Trial) -> None:
    """A daemon that fails to tell, then its pages."""
    os.umask(0o022)
    with truth.newspaper(4) as site, unmeasured():
        product = trial.product("daemon", Tagblatt=site.feed)
        product.tell(f"http://127.0.0.1:9/hook?key={_KEY}")
        with product.config.open("a") as config:
            config.write(f"[[endpoints]]\nname = 'chat'\nkind = 'slack'\nurl = 'http://127.0.0.1:9/{_CHANNEL}'\n")
        product.start()
        truth.at_work(product, site)
        for number in site.stories:
            site.edit(number, stamp=False)
        until(lambda: truth.caught_up(product, site), truth.PATIENCE)
        until(lambda: truth.rows(product, _FAILED) == [(2,)], truth.PATIENCE)
        until(answers(product), truth.PATIENCE)
        product.run("backup", str(product.folder / "copy.db"))
        _files(trial, product)
        trial.expect(product.stop() == 0, "the daemon did not end well")
        pages = _pages(trial, product)
        _secrets(trial, product, pages)


def _files(trial: Trial, product: Product) -> None:
    """Those that the program made, while it runs."""
    made = [file for file in product.folder.iterdir() if file.name not in ("config.toml", "daemon.log")]
    open_ = [f"{file.name} {file.stat().st_mode & 0o777:o}" for file in made if file.stat().st_mode & 0o077]
    trial.expect(not open_, f"others may read: {open_[:10]}")
    trial.done(f"{len(made)} files made, {len(open_)} of them readable by others")


@contextmanager
def _browsing(product: Product) -> Iterator[None]:
    command = [*product.program, "browse", "--config", str(product.config)]
    with subprocess.Popen(
        command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=product.environment()
    ) as web:
        try:
            until(answers(product), truth.PATIENCE)
            yield
        finally:
            web.send_signal(signal.SIGTERM)


def _ask(product: Product, method: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", product.port, timeout=60)
    try:
        connection.request(method, path, body=b"" if method in _WRITING else None)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def _pages(trial: Trial, product: Product) -> dict[str, str]:
    """Every page that links lead to, by path; tried with every method."""
    pages = dict[str, str]()
    with _nothing_committed(trial, product), _browsing(product):
        waiting = ["/"]
        while waiting and len(pages) < trial.sized(20, 150, 2_000):
            path = waiting.pop(0)
            status, pages[path] = _ask(product, "GET", path)
            trial.expect(status in (200, 403, 404), f"{path} answers {status}")
            for link in map(unescape, _LINK.findall(pages[path])):
                there = urlsplit(link)
                local = there.path + (f"?{there.query}" if there.query else "")
                if not there.netloc and local.startswith("/") and local not in pages and local not in waiting:
                    waiting.append(local)
        for path in pages:
            for method in _WRITING:
                _ask(product, method, path)
        queries = {path: status for path in _SQL if (status := _ask(product, "GET", path)[0]) != 403}
    trial.expect(any(path.startswith("/-/article/") for path in pages), "no page of an article was asked for: blind")
    trial.expect(not queries, f"SQL of strangers is not refused with 403: {queries}")
    trial.done(f"{len(pages)} pages asked for with {1 + len(_WRITING)} methods; {len(_SQL)} queries of strangers tried")
    return pages


@contextmanager
def _nothing_committed(trial: Trial, product: Product) -> Iterator[None]:
    """Whatever is done meanwhile, by whom and to which of the files."""
    with closing(sqlite3.connect(f"file:{product.folder / 'n.db'}?mode=ro", uri=True, isolation_level=None)) as con:
        before = _state(con)
        yield
        after = _state(con)
    trial.expect(after == before, f"asking for pages changed the database: {before} before, {after} after")
    trial.done(f"nothing committed: data_version {before[0]} before, {after[0]} after; dumps alike")


def _state(con: sqlite3.Connection) -> tuple[int, str]:
    """A number that every commit of another connection changes, and a hash of all that is in it."""
    dump = hashlib.sha256("\n".join(con.iterdump()).encode("utf-8", "surrogatepass")).hexdigest()
    return con.execute("PRAGMA data_version").fetchone()[0], dump


def _secrets(trial: Trial, product: Product, pages: dict[str, str]) -> None:
    said = {f"page {path}": text for path, text in pages.items()}
    for verb in (("status", "--json"), ("status",), ("events", "--json", "--operations"), ("check-config",)):
        done = product.run(*verb, expect=None)
        said["nachtrag " + " ".join(verb)] = done.stdout + done.stderr
    for file in product.folder.iterdir():
        if file != product.config:
            said[file.name] = file.read_bytes().decode("latin-1")
    secrets = (SECRET, SECRET.removeprefix("whsec_"), _KEY, _CHANNEL, "geheimnis")
    leaks = {where for where, text in said.items() for secret in secrets if secret in text}
    trial.expect(not leaks, f"a secret is in {sorted(leaks)[:10]}")
    trial.done(
        f"{len(said)} pages, files and verbs searched for the secret and the key of an endpoint and a channel's address"
    )
