"""The log: for people or as JSON, and never with a secret in it."""

from __future__ import annotations

import io
import json
import logging
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from schedules.config import Config
from schedules.logs import log_as, log_to_stderr
from tests.product import SECRET, Product, answers, free_port, until
from tests.site import Site
from tests.trials.kill import children

if TYPE_CHECKING:
    from collections.abc import Iterator

CHAT = "http://chat.example/services/T00/B11/verygeheim"
HOOK = "https://hook.example/in?key=verygeheim"
FORMATS = ("text", "json")


def config(form: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setenv("DESK_SECRET", "bmFjaHRyYWcgaXN0IGdlaGVpbQ")
    endpoints = [
        {"name": "chat", "kind": "slack", "url": CHAT},
        {"name": "hook", "url": HOOK, "secret_env": "DESK_SECRET"},
    ]
    return Config.model_validate({"log": {"format": form}, "endpoints": endpoints})


@pytest.fixture(autouse=True)
def what_was_set_up_ends() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def logging_to(form: str, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is logged from now on, as nobody else listens."""
    logging.getLogger().handlers.clear()
    with redirect_stderr(io.StringIO()) as written:
        log_to_stderr(config(form, monkeypatch))
    return written


def die(of: str) -> None:
    raise ValueError(of)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "secret",
    [
        CHAT, "path /services/T00/B11/verygeheim of it", HOOK, SECRET, "whsec_bmFjaHRyYWcgaXN0IGdlaGVpbQ",
        "bmFjaHRyYWcgaXN0IGdlaGVpbQ", "https://user:verygeheim@site.example/a", "http://verygeheim@site.example",
    ],
)  # fmt: skip
def test_no_secret_is_logged(form: str, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = logging_to(form, monkeypatch)
    log = logging.getLogger("nachtrag.test")
    log.warning("found %s there", secret, extra={"url": secret})
    try:
        die(secret)
    except ValueError:
        log.exception("it died of %r", [secret])
    said = stderr.getvalue()
    for hidden in ("verygeheim", "bmFjaHRyYWcgaXN0IGdlaGVpbQ", "bmFjaHRyYWc" * 4):
        assert hidden not in said
    assert said.count("…") >= 3
    assert "Traceback" in said


def test_what_answers_strangers_knows_no_secret(tmp_path: Path) -> None:
    product = Product(tmp_path)
    product.tell(f"http://127.0.0.1:{free_port()}/")
    product.start()
    until(answers(product))
    assert product.daemon is not None
    served = [pid for pid in children(product.daemon.pid) if b"datasette" in command_line(pid)]
    assert served
    for pid in served:
        assert SECRET.encode() not in Path(f"/proc/{pid}/environ").read_bytes()
    assert SECRET.encode() in Path(f"/proc/{product.daemon.pid}/environ").read_bytes()
    assert product.stop() == 0


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it ended meanwhile
        return b""


@pytest.mark.parametrize("form", FORMATS)
def test_what_a_site_says_parts_no_lines_and_steers_no_terminal(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = logging_to(form, monkeypatch)
    odd = "\x9b2J\x85\u2028\u2029\u202e\x1b[2J\r\n{}"
    logging.getLogger("nachtrag").warning("found %s", odd, extra={"url": f"https://a.example/{odd}"})
    said = stderr.getvalue()
    assert len(said.splitlines()) == 1
    assert not set(odd) - set("2J[{}\n") & set(said)


def test_an_object_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = logging_to("json", monkeypatch)
    log = logging.getLogger("nachtrag.test")
    log.info("zwei\nZeilen", extra={"source": "Tagblatt", "status": 503})
    try:
        die("kaputt")
    except ValueError:
        log.exception("died")
    first, second = map(json.loads, stderr.getvalue().splitlines())
    at = first.pop("time")
    assert at.endswith("+00:00")
    assert first == {
        "level": "info", "logger": "nachtrag.test", "message": "zwei\nZeilen", "source": "Tagblatt", "status": 503,
    }  # fmt: skip
    assert second["exception"].startswith("Traceback")
    assert second["exception"].endswith("ValueError: kaputt")


FORGED = "kaputt\n2026-11-27 07:00:00,000 INFO all is well\r\x1b[2J\u2028\x85\u202e"


def test_what_others_wrote_begins_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = logging_to("text", monkeypatch)
    log = logging.getLogger("nachtrag.test")
    log.warning("source %s fails", FORGED)
    try:
        die(FORGED)
    except ValueError:
        log.exception("it died of %s", FORGED)
    said = stderr.getvalue()
    assert not set(said) & set("\r\x1b\u2028\x85\u202e")
    first, second, *traceback = said.splitlines()
    assert first.endswith(" WARNING source kaputt 2026-11-27 07:00:00,000 INFO all is well  [2J   fails")
    assert second.endswith(" ERROR it died of kaputt 2026-11-27 07:00:00,000 INFO all is well  [2J  ")
    assert len(traceback) > 3
    assert all(line.startswith("  ") for line in traceback)


def test_what_is_not_a_secret_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = logging_to("text", monkeypatch)
    line = "article https://site.example/a?b=c@d: 503, mail an redaktion@site.example"
    logging.getLogger("nachtrag.test").warning("%s", line)
    assert stderr.getvalue().endswith(f" WARNING {line}\n")


def test_another_configuration_is_another_format(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = logging_to("text", monkeypatch)
    log_as(config("json", monkeypatch))
    logging.getLogger("nachtrag.test").info("neu")
    assert json.loads(stderr.getvalue())["message"] == "neu"


def test_a_pass_logs_objects_only(tmp_path: Path) -> None:
    with Site(1) as site:
        dead = free_port()
        product = Product(tmp_path, Tagblatt=site.feed, Courier=f"http://127.0.0.1:{dead}/feed.xml")
        product.tell(f"http://127.0.0.1:{dead}/hook?key=verygeheim")
        text = product.config.read_text().replace("[web]", '[log]\nformat = "json"\n[web]')
        product.config.write_text(text)
        said = product.once()
        lines = [json.loads(line) for line in said.splitlines()]
        assert {line["source"]: line.get("code") for line in lines if "source" in line and "url" not in line} == {
            "Tagblatt": None, "Courier": "connect",
        }  # fmt: skip
        assert [line["outcome"] for line in lines if "outcome" in line] == ["new"]
        assert [line["endpoint"] for line in lines if "endpoint" in line] == ["desk"]
        assert any(line["message"].startswith("2 sources polled") for line in lines)
        assert SECRET not in said
        assert "verygeheim" not in said
