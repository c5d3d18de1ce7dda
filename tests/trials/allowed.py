"""Nothing can be written through our pages, no secret is anywhere, and our files are ours alone.

The real daemon with a signed endpoint and a chat channel, both of which fail, so that there are errors to be shown.
Then `nachtrag browse` over what it wrote: every page that links lead to is asked for, with every method.

* Whatever they are asked with, the database is byte for byte what it was.
* SQL of strangers is refused.
* The secret of the endpoint and the address of the channel are in no file, log, verb or page.
* All files that were made can be read by their owner only, whatever the umask.

That pages obey Datasette's permissions is tried by tests/test_web_safety.py, at the pages themselves.

`--with-fault`: the daemon prints its environment, past what blanks secrets out of its log.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
from contextlib import contextmanager
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.product import NACHTRAG, SECRET, answers, until
from tests.trials import truth
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.product import Product
    from tests.trials.trial import Trial

PROMISE = "Our pages change nothing, no secret is ever shown or kept, and others can read no file of ours."
FAULT = """
import os, sys
print(dict(os.environ), file=sys.stderr)
"""
_CHANNEL = "T0SECRET/B0SECRET/geheimnis"
_WRITING = ("POST", "PUT", "PATCH", "DELETE")
_LINK = re.compile(r'(?:href|src|action)="([^"]+)"')
_SQL = (
    "/nachtrag?sql=select+1",
    "/nachtrag.json?sql=select+1",
    "/-/query?sql=select+1",
    "/nachtrag/-/query?sql=select+1",
)


def run(trial: Trial) -> None:
    """A daemon that fails to tell, then its pages."""
    os.umask(0o022)
    with truth.newspaper(4) as site, unmeasured():
        product = trial.product("daemon", Tagblatt=site.feed)
        product.tell("http://127.0.0.1:9/hook")
        with product.config.open("a") as config:
            config.write(f"[[endpoints]]\nname = 'chat'\nkind = 'slack'\nurl = 'http://127.0.0.1:9/{_CHANNEL}'\n")
        product.start()
        truth.at_work(product, site)
        for number in site.stories:
            site.edit(number, stamp=False)
        until(lambda: truth.caught_up(product, site), truth.PATIENCE)
        until(lambda: truth.rows(product, "SELECT 1 FROM deliveries WHERE attempts > 0"))
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
    command = [NACHTRAG, "browse", "--config", product.config]
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
    product.run("verify")  # puts the log into the file
    before, pages = (product.folder / "n.db").read_bytes(), dict[str, str]()
    with _browsing(product):
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
        queries = [path for path in _SQL if _ask(product, "GET", path)[0] == 200]
    trial.expect(not queries, f"SQL of strangers is run: {queries}")
    trial.expect(
        (product.folder / "n.db").read_bytes() == before, "the database is another after its pages were asked for"
    )
    trial.done(
        f"{len(pages)} pages asked for with {1 + len(_WRITING)} methods, nothing written; {len(_SQL)} queries refused"
    )
    return pages


def _secrets(trial: Trial, product: Product, pages: dict[str, str]) -> None:
    said = {f"page {path}": text for path, text in pages.items()}
    for verb in (("status", "--json"), ("status",), ("events", "--json", "--operations"), ("check-config",)):
        done = product.run(*verb, expect=None)
        said["nachtrag " + " ".join(verb)] = done.stdout + done.stderr
    for file in product.folder.iterdir():
        if file != product.config:
            said[file.name] = file.read_bytes().decode("latin-1")
    secrets = (SECRET, SECRET.removeprefix("whsec_"), _CHANNEL, "geheimnis")
    leaks = {where for where, text in said.items() for secret in secrets if secret in text}
    trial.expect(not leaks, f"a secret is in {sorted(leaks)[:10]}")
    trial.done(
        f"{len(said)} pages, files and verbs searched for the secret of an endpoint and the address of a channel"
    )
