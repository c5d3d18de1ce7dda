"""A news site that is harder than the simulator of the reference material, and speaks to the same harness.

`python -m benchmarks.cost.harder --port 8900 --articles 2000 --log truth.jsonl --certificate cert.pem --key key.pem`

Article i lives on host 127.0.0.(2 + i % 50), by TLS where that is odd. With noise, every page differs around the
article, and every other one also in it: a teaser between two paragraphs, a number of shares, "vor 12 Minuten", nonces.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import ssl
import time
from argparse import ArgumentParser
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from benchmarks.large.made import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

HOSTS = 50
# As often as the reference simulator makes them.
_KINDS = {"para": 50, "silent": 10, "headline": 8, "insert": 8, "delete": 4, "stand": 10, "comments": 10}
_MOVES_STAND = ("para", "headline", "insert", "delete", "stand")
_PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>
<meta name="csrf-token" content="{nonce}"><link rel="canonical" href="{url}">
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<script nonce="{nonce}">window.ads={{"request":"{nonce}"}};</script><script type="application/ld+json">
{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{title}",
"datePublished":"{born}","dateModified":"{modified}"}}</script></head><body><nav>{menu}</nav><main>
<article id="a-{nonce}"><p class="topline">{topline}</p><h1>{title}</h1><p class="meta">Stand: {stand} Uhr</p>{ago}
<p class="comments"><a href="#kommentare">{comments} Kommentare</a></p>{shares}
{paragraphs}</article><aside class="more" data-token="{nonce}"><h2>Mehr zum Thema</h2>{teasers}</aside></main>
<footer>{menu}</footer></body></html>"""


@dataclass
class _Article:
    number: int
    url: str
    random: Random
    title: str
    paragraphs: list[str]
    stand: datetime
    comments: int
    version: int = 0
    noise: int = 0
    written: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def edit(self, kind: str, language: Language) -> None:
        place = self.random.randrange(1, len(self.paragraphs) - 1)
        if kind in ("para", "silent"):
            words = self.paragraphs[place].split()
            words[3:5] = language.text(3).rstrip(".").lower().split()
            self.paragraphs[place] = " ".join(words)
        elif kind == "headline":
            self.title = language.text(7).rstrip(".")
        elif kind == "insert":
            self.paragraphs.insert(place, language.text(55))
        elif kind == "delete":
            del self.paragraphs[place]
        elif kind == "comments":
            self.comments += self.random.randrange(1, 30)
        if kind in _MOVES_STAND:
            self.stand += timedelta(minutes=self.random.randrange(1, 20))
        self.version += 1

    @property
    def tag(self) -> str:
        return f'"{self.number}-{self.version}-{self.noise}"'


class Site:
    """All articles, what was asked, and what was edited when."""

    def __init__(self, articles: int, port: int, log: Path) -> None:
        self.language, self.port, self.log = Language(Random(1)), port, log
        self.menu = "".join(f'<a href="/{place}">{self.language.text(2)}</a>' for place in range(400))
        self.teasers = [f'<a class="teaser" href="/t/{place}">{self.language.text(9)}</a>' for place in range(300)]
        self.articles = [self._article(number) for number in range(articles)]
        self.validators, self.ticks = True, 0
        self.reset()

    def reset(self) -> None:
        self.counts = dict.fromkeys(
            ("requests", "articles", "r200", "r304", "inm", "ims", "gzip_ok", "conns", "bytes_out", "feed"), 0
        )
        self.seen: set[int] = set()

    def _article(self, number: int) -> _Article:
        random, odd = Random(number), number % HOSTS % 2
        address = f"127.0.0.{2 + number % HOSTS}:{self.port + odd}"
        paragraphs = [self.language.text(55) for _ in range(13)]
        stand = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=1, minutes=number % 1440)
        url = f"{'https' if odd else 'http'}://{address}/artikel/{number}.html"
        return _Article(
            number, url, random, self.language.text(7).rstrip("."), paragraphs, stand, random.randrange(400)
        )

    def page(self, article: _Article) -> bytes:
        """As it is served, packed."""
        key = (article.version, article.noise)
        if key not in article.written:
            article.written = {key: gzip.compress(self._text(article).encode(), 6, mtime=0)}
        return article.written[key]

    def _text(self, article: _Article) -> str:
        chance = Random(article.number * 1_000_003 + article.noise)
        within = article.number // HOSTS % 2
        paragraphs = [f"<p>{text}</p>" for text in article.paragraphs]
        if within:
            box = f'<div class="teaser-inline" id="box-{chance.random()}">{chance.choice(self.teasers)}</div>'
            paragraphs.insert(chance.randrange(1, len(paragraphs) - 1), box)
        berlin = article.stand + timedelta(hours=1)
        return _PAGE.format(
            title=article.title,
            nonce=f"{chance.getrandbits(96):024x}",
            url=article.url,
            menu=self.menu,
            topline="Inland",
            born="2026-01-05T08:00:00+01:00",
            modified=f"{berlin:%Y-%m-%dT%H:%M:%S}+01:00",
            stand=f"{berlin:%d.%m.%Y %H:%M}",
            ago=f'<div class="ago">vor {chance.randrange(2, 59)} Minuten</div>' if within else "",
            shares=f'<p class="shares">{chance.randrange(900)} mal geteilt</p>' if within else "",
            comments=article.comments,
            paragraphs="\n".join(paragraphs),
            teasers="".join(chance.sample(self.teasers, 40)),
        )

    def answer(self, target: str, asked: Mapping[str, str]) -> tuple[str, dict[str, str], bytes]:
        """Status line, headers and body of an answer."""
        self.counts["requests"] += 1
        parts = urlsplit(target)
        said = dict(parse_qsl(parts.query))
        if parts.path.startswith("/artikel/"):
            return self._serve(self.articles[int(parts.path[9:].removesuffix(".html"))], asked)
        if parts.path == "/urls.txt":
            listed = self.articles[: int(said.get("n", len(self.articles)))]
            return "200 OK", {"Content-Type": "text/plain"}, "".join(f"{item.url}\n" for item in listed).encode()
        control = {
            "/__tick": self._tick,
            "/__config": self._configure,
            "/__stats": self._stats,
            "/__reset": self._reset,
        }
        if parts.path not in (*control, "/__hook"):
            return "404 Not Found", {}, b""
        found = control[parts.path](said) if parts.path in control else {}
        return "200 OK", {"Content-Type": "application/json"}, json.dumps(found).encode()

    def _serve(self, article: _Article, asked: Mapping[str, str]) -> tuple[str, dict[str, str], bytes]:
        self.counts["articles"] += 1
        self.counts["inm"] += "if-none-match" in asked
        self.seen.add(article.number)
        headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "max-age=60"}
        if self.validators:
            headers["ETag"] = article.tag
            if asked.get("if-none-match") == article.tag:
                self.counts["r304"] += 1
                return "304 Not Modified", headers, b""
        self.counts["r200"] += 1
        return "200 OK", headers | {"Content-Encoding": "gzip"}, self.page(article)

    def _tick(self, said: Mapping[str, str]) -> dict[str, object]:
        """One round of edits, and of noise."""
        self.ticks += 1
        random, number = Random(self.ticks), int(said["n"])
        edited = random.sample(range(number), round(number * float(said.get("pct", 0)) / 100))
        kinds, now = random.choices([*_KINDS], [*_KINDS.values()], k=len(edited)), time.time()
        with self.log.open("a") as log:
            for place, kind in zip(edited, kinds, strict=True):
                article = self.articles[place]
                article.edit(kind, self.language)
                print(json.dumps({"t": now, "tick": self.ticks, "url": article.url, "kind": kind}), file=log)
        for article in self.articles[:number]:
            article.noise += said.get("noise", "off") != "off"
            self.page(article)
        return {"tick": self.ticks, "t": now, "urls": [self.articles[place].url for place in edited]}

    def _configure(self, said: Mapping[str, str]) -> dict[str, object]:
        self.validators = said.get("etag", "1") == "1"
        return {}

    def _stats(self, _said: Mapping[str, str]) -> dict[str, object]:
        used = os.times()
        return {**self.counts, "distinct_articles": len(self.seen), "server_cpu_s": used.user + used.system, "ua": {}}

    def _reset(self, _said: Mapping[str, str]) -> dict[str, object]:
        self.reset()
        return {}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first request to its last."""
        self.counts["conns"] += 1
        try:
            while True:
                first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[:-2]
                asked = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                await reader.readexactly(int(asked.get("content-length", 0)))
                status, headers, body = self.answer(first.split()[1], asked)
                headers |= {"Date": format_datetime(datetime.now(UTC), usegmt=True)}
                headers |= {} if status.startswith("304") else {"Content-Length": str(len(body))}
                head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
                answer = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
                self.counts["bytes_out"] += len(answer)
                writer.write(answer)
                await writer.drain()
                if asked.get("connection", "").lower() == "close":
                    break
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()


async def _serve(site: Site, tls: ssl.SSLContext) -> None:
    addresses = [f"127.0.0.{2 + host}" for host in range(HOSTS)]
    await asyncio.start_server(site.talk, ["127.0.0.1", *addresses], site.port, backlog=1024)
    await asyncio.start_server(site.talk, addresses, site.port + 1, ssl=tls, backlog=1024)
    print("ready", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    options = ArgumentParser(prog="python -m benchmarks.cost.harder", description=(__doc__ or "").split("\n")[0])
    options.add_argument("--port", type=int, required=True, help="the one after it speaks TLS")
    options.add_argument("--articles", type=int, required=True)
    for name in ("log", "certificate", "key"):
        options.add_argument(f"--{name}", type=Path, required=True)
    given = options.parse_args()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(given.certificate, given.key)
    site = Site(given.articles, given.port, given.log)
    for article in site.articles:
        site.page(article)
    asyncio.run(_serve(site, tls))


if __name__ == "__main__":
    main()
