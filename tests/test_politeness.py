"""robots.txt, crawl-delay and Retry-After."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.politeness import allowed, crawl_delay, parse, retry_wait, robots_url, rules_from

if TYPE_CHECKING:
    from pathlib import Path

AGENT = "Nachtrag/0.1 (+https://watcher.example/bot; mail@watcher.example)"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SITE = "https://zeitung.example"
FILE = """# robots.txt
User-agent: *
Disallow: /intern/
Allow: /intern/presse
Crawl-delay: 3

User-agent: bot
User-agent: watcher
Disallow: /

User-agent: nachtrag
Disallow: /suche
Disallow: /*.pdf$
Request-rate: 1/10s
"""


@pytest.mark.parametrize(
    ("agent", "path", "may"),
    [
        (AGENT, "/politik/a.html", True),
        (AGENT, "/suche?q=x", False),
        (AGENT, "/a.pdf", False),
        (AGENT, "/a.pdf?x", True),
        (AGENT, "/intern/x", True),
        ("Andere/1", "/intern/x", False),
        ("Andere/1", "/intern/presse/x", True),
        ("bot", "/", False),
        ("bot", "/robots.txt", True),
    ],
)
def test_rules(agent: str, path: str, may: bool) -> None:
    assert allowed(parse(FILE), SITE + path, agent) is may
    assert allowed(parse("\ufeff" + FILE.replace("\n", "\r\n")), SITE + path, agent) is may


def test_the_address_of_our_owner_is_not_our_name() -> None:
    assert allowed(parse("User-agent: bot\nDisallow: /"), SITE + "/a", AGENT)
    assert allowed(parse("User-agent: watcher\nDisallow: /"), SITE + "/a", AGENT)


def test_without_rules_all_is_allowed() -> None:
    for body in ("", "\0", "<!doctype html><p>User-agents are welcome</p>", "Disallow: /", "User-agent: *\nDisallow:"):
        assert allowed(parse(body), SITE + "/a", AGENT)
    assert allowed(None, SITE + "/a", AGENT)
    assert crawl_delay(None, AGENT) is None
    assert crawl_delay(parse(""), AGENT) is None


@pytest.mark.parametrize(
    ("status", "may"),
    [(200, False), (203, False), (301, True), (400, True), (401, True), (403, True), (404, True), (410, True),
     (429, False), (451, True), (500, False), (503, False), (599, False), (0, False), (999, False)],
)  # fmt: skip
def test_what_an_answer_means(status: int, may: bool) -> None:
    rules = rules_from(status, "User-agent: *\nDisallow: /")
    assert allowed(rules, SITE + "/a", AGENT) is may
    assert allowed(rules, SITE + "/robots.txt", AGENT)


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ("Crawl-delay: 3", 3),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 86400", 3600),
        ("Crawl-delay: 1e300", 3600),
        ("Request-rate: 1/10s", 10),
        ("Request-rate: 3/1m 0900-1700", 20),
        ("Request-rate: 1/1d", 3600),
        ("Request-rate: 1/" + "9" * 400, 3600),
        ("Crawl-delay: 3\nRequest-rate: 1/10", 10),
        ("Crawl-delay: 30\nRequest-rate: 1/10", 30),
        ("Crawl-delay: 0", None),
        ("Crawl-delay: -1", None),
        ("Crawl-delay: nan", None),
        ("Crawl-delay: inf", None),
        ("Crawl-delay: ²", None),
        ("Crawl-delay: bald", None),
        ("Request-rate: 0/10", None),
        ("Request-rate: " + "9" * 400 + "/1", 1e-9),
        ("Request-rate: 1/" + "9" * 5000, None),
        ("Request-rate: oft", None),
        ("Disallow: /x", None),
    ],
)
def test_crawl_delay(lines: str, seconds: float | None) -> None:
    rules = parse(f"User-agent: *\n{lines}\n")
    assert crawl_delay(rules, AGENT) == (None if seconds is None else timedelta(seconds=seconds))


def test_what_lies_beyond_500_kib_is_not_read() -> None:
    padding = "# filler\n" * 60_000
    assert allowed(parse(padding + FILE), SITE + "/suche", AGENT)
    assert not allowed(parse(FILE + padding), SITE + "/suche", AGENT)


# Files that cost their reader much more than their size; each must be over at once, which a hang would show.
EXPENSIVE = {
    "many agents, then many rules": "".join(f"useragent x{n}\n" for n in range(20_000)) + "allow:/\n" * 30_000,
    "the same, with comments between": "".join(f"User-agent: x{n}\n#\n" for n in range(9_000)) + "allow:/\n" * 30_000,
    "the same, with sitemaps between": "".join(f"user\tagent x{n}\nHost: y\n" for n in range(9_000))
    + "allow:/\n" * 9_999,
    "many stars": "User-agent: *\nDisallow: /" + "*a" * 200_000 + "$\n",
    "many rules with stars": "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*b$\n" * 18_000,
}


@pytest.mark.parametrize("body", EXPENSIVE.values(), ids=EXPENSIVE)
def test_expensive_files(body: str) -> None:
    assert allowed(parse(body), f"{SITE}/{'a' * 5_000}", AGENT) in (True, False)


def test_a_long_honest_file_is_read_to_its_end() -> None:
    groups = [f"User-agent: crawler{n}\nUser-agent: crawler-{n}\n" + "Disallow: /x\n" * 30 for n in range(400)]
    assert not allowed(parse("".join(groups) + FILE), SITE + "/suche", AGENT)


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://zeitung.example/a?b#c", "https://zeitung.example/robots.txt"),
        ("HTTP://Zeitung.Example:80", "http://zeitung.example/robots.txt"),
        ("http://zeitung.example:8080/a", "http://zeitung.example:8080/robots.txt"),
        ("http://[::1]/", "http://[::1]/robots.txt"),
    ],
)
def test_where_the_rules_lie(url: str, where: str) -> None:
    assert robots_url(url) == where


def test_what_is_no_web_address_has_no_rules() -> None:
    with pytest.raises(ValueError, match="'mailto:x' is no web address"):
        robots_url("mailto:x")


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 7 ", timedelta(seconds=7)),
        ("007", timedelta(seconds=7)),
        ("2592000", timedelta(days=30)),
        ("2592001", timedelta(days=30)),
        ("99999999999999", timedelta(days=30)),
        ("9" * 5_000, timedelta(days=30)),
        ("Mon, 02 Mar 2026 09:00:09 GMT", timedelta(seconds=9)),
        ("Monday, 02-Mar-26 09:00:09 GMT", timedelta(seconds=9)),
        ("Mon Mar  2 09:00:09 2026", timedelta(seconds=9)),
        ("Mon, 02 Mar 2026 10:00:09 +0100", timedelta(seconds=9)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", timedelta(days=30)),
        ("Mon, 01 Jan 2001 00:00:00 GMT", None),
        ("Mon, 02 Mar 2026 09:00:00 GMT", None),
        ("0", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("1e14", None),
        ("²", None),
        ("٣", None),
        ("soon", None),
        ("Mon, 99 Foo 2026 99:99:99 GMT", None),
        ("Mon, 02 Mar 99999 09:00:00 GMT", None),
        ("Mon, 02 Mar 2026 09:00:09 +9999999999", None),
        ("1, 2", None),
        ("\0", None),
    ],
)
def test_retry_after(header: str, wait: timedelta | None) -> None:
    assert retry_wait(header, NOW) == wait


@given(st.one_of(st.text(), st.text(alphabet="0123456789:-+, GMTonJan²٣"), st.datetimes().map(str)))
def test_retry_after_may_be_anything(header: str) -> None:
    wait = retry_wait(header, NOW)
    assert wait is None or timedelta() < wait <= timedelta(days=30)


@given(st.text(alphabet=st.sampled_from("user-agent:disalow/*$%#\r\n x²")), st.text(max_size=20))
def test_any_file_can_be_read(body: str, path: str) -> None:
    rules = parse(body)
    assert allowed(rules, f"{SITE}/{path}", AGENT) in (True, False)
    crawl_delay(rules, AGENT)


def truth(call: str, rules: Any, agent: str = "") -> bool:
    """Evaluate "[not ]x.can_fetch('/path', 'agent')" or "x.allowed('/path'[, 'agent'])"."""
    arguments = ast.literal_eval("(" + call[call.index("(") + 1 : call.rindex(")")] + ",)")
    may = allowed(rules, arguments[0], arguments[1] if len(arguments) > 1 else agent)
    return may != call.startswith("not ")


def test_the_cases_of_protego(shared: Path) -> None:
    suite = json.loads((shared / "hostile" / "robots-protego" / "manifest.json").read_text("utf-8"))
    wrong, tried = [], 0
    for case in suite["cases"]:
        given_ = case.get("params", {})
        if case["id"].startswith("test_path_matching"):
            ok = allowed(parse(f"User-Agent: *\ndisallow: {given_['pattern']}"), given_["path"], "x") != given_["match"]
        elif case["id"].startswith("test_record_precedence"):
            ok = allowed(parse(f"User-Agent: *\n{given_['rules']}"), given_["url"], "x") == given_["allowed"]
        elif case["id"].startswith("test_user_agent_precedence"):
            ok = allowed(
                parse(ast.literal_eval(case["context"].partition("= ")[2])), given_["path"], given_["user_agent"]
            )
        else:
            # Their assertions were gathered over several files of one test; the last file only must not crash.
            ok = parse(case["robots_txt"] or "") is not None
        tried += 1
        if not ok:
            wrong.append(case["id"])
    assert not wrong
    assert tried == 103


# RFC 9309 §2.2.1: rules before the first agent belong to nobody; Reppy gives them to everybody. And a Disallow without
# a colon is skipped there; that it was meant is clear enough.
NOT_AS_REPPY = {"test_robots.py/test_no_leading_user_agent", "test_robots.py/test_skip_malformed_line"}


def test_the_cases_of_reppy(shared: Path) -> None:
    suite = json.loads((shared / "hostile" / "robots-reppy" / "manifest.json").read_text("utf-8"))
    wrong, tried = [], 0
    for case in suite["cases"]:
        calls = [re.search(r"assert(True|False)\((not )?\w+\.(allowed\(.*\))\)$", text) for text in case["expected"]]
        if case["id"] in NOT_AS_REPPY or not case["robots_txt"] or "\n" not in case["robots_txt"][0]:
            continue
        rules = parse(case["robots_txt"][0])
        for call in filter(None, calls):
            tried += 1
            if truth(f"{call[2] or ''}{call[3]}", rules, "agent") != (call[1] == "True"):
                wrong.append((case["id"], call[0]))
    assert not wrong
    assert tried >= 60


def test_the_rules_of_a_host_are_parsed_once_unless_they_are_long() -> None:
    short, long = "User-agent: *\nDisallow: /a\n", f"User-agent: *\nDisallow: /a{'b' * 9_000}\n"
    assert parse(short) is parse(short)
    assert parse(long) is not parse(long)
