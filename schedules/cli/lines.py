"""Status and versions as lines for people. Pure: what the store says comes in, text goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changes.wording import verdict_words
from schedules.harmless import quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Row = Mapping[str, Any]

_STATES = {"suspect": "missing, seen once", "gone": "gone"}
# What of a figure its name does not say.
_NOTES = {"proofs_checked": "  of pages of which only noise differed; answers 304 and same bytes are not among them"}
# More paused articles than that are counted only.
_NAMED = 20


def status_lines(found: Mapping[str, Any], tables: str) -> Iterator[str]:
    """What `nachtrag status` says. `tables` is the address of the tables in Datasette."""
    for key, value in found.items():
        if isinstance(value, int):
            yield f"{key.replace('_', ' '):<28} {value:>8}{_NOTES.get(key, '')}"
    sections: tuple[tuple[str, str, Callable[[Row], str], str], ...] = (
        ("failing_sources", "sources that fail", _source, ""),
        ("partial_sources", "sources of which a part fails; the rest is read", _partial_source, ""),
        ("failing_articles", "articles that cannot be read", _failing, f"{tables}/failing"),
        ("missing_articles", "articles that are missing", _missing, f"{tables}/missing"),
        ("drifting_sites", "sites that are not read as before (docs/sites.md says how to mend it)", _drifting, ""),
        ("failing_hosts", "hosts that fail, so that they rest as a whole", _failing_host, ""),
        (
            "misproven_hosts",
            "hosts whose pages are all read, as bytes once proved one wrongly unchanged",
            _misproven,
            "",
        ),
        (
            "hiding_hosts",
            "hosts asked for whole pages always, as they said 304, not modified, of pages that had been edited",
            _hiding,
            "",
        ),
        ("failing_hubs", "hubs that do not tell of news, so that the feed is only polled", _hub, ""),
        ("failing_endpoints", "endpoints that fail", _endpoint, ""),
        ("left_endpoints", "endpoints that config.toml no longer names, for which alerts wait", _left, ""),
        ("paused_sources", "paused sources", _paused_source, ""),
        ("paused_articles", "paused articles", _paused_article, ""),
    )
    for key, heading, words, all_of_them in sections:
        yield from _section(heading, found[key], words, all_of_them)
    if found["budget_spent_until"]:
        yield "\nthe budget for looks is spent:"
        yield f"  until about {_minute(found['budget_spent_until'])} UTC; what is due waits for it, but first looks"
    yield from size_lines(found["sizes"])


def version_text(version: Row) -> str:
    """A version, as `nachtrag history` says it."""
    lines = [
        f"revision {version['id']} (no. {version['number']})  {version['stand_raw'] or 'no Stand'}",
        f"  {version['headline'] or ('(erased by us)' if version['taken_down_at'] else '(no headline)')}",
        f"  {_first(version) if version['kind'] == 'first' else _edit(version)}",
        *_read_again(version),
        *map(_replied, version["replies"]),
        *(f"  remark of {_minute(remark['at'])} UTC: {remark['text']}" for remark in version["remarks"]),
    ]
    return "\n".join(map(quiet, lines))


def failing_text(article: Row) -> str:
    """Why the last look at an article brought no version."""
    return quiet(f"last look: {_why(article, article['fetch_url'], 'error')} [{article['error_code']}]")


def tally(number: int, one: str) -> str:
    """ "1 version", "2 versions"."""
    return f"{number} {one if number == 1 else one + 's'}"


def megabytes(size: int) -> str:
    """ "12.3 MB"."""
    return f"{size / 1e6:,.1f} MB"


def size_lines(found: Mapping[str, int | None]) -> Iterator[str]:
    """How large the database is, and of what."""
    sizes = {name: megabytes(size) for name, size in found.items() if size is not None}
    growth = f"{sizes['growth_a_day']} a day" if "growth_a_day" in sizes else "not known for a day yet"
    yield "\ndisk:"
    yield f"  database {sizes['database']}, of which {sizes['free']} hold nothing; write-ahead log {sizes['log']}"
    yield f"  raw pages {sizes['pages']}, texts {sizes['texts']}, events {sizes['events']}, all else {sizes['rest']}"
    yield f"  growth: {growth}; the disk has {sizes['disk_free']} left"


def _section(heading: str, rows: Sequence[Row], words: Callable[[Row], str], all_of_them: str) -> Iterator[str]:
    if not rows:
        return
    yield f"\n{heading}:"
    yield from (quiet(f"  {words(row)}") for row in rows[:_NAMED])
    if len(rows) > _NAMED:
        yield f"  and {len(rows) - _NAMED} more"
    if all_of_them and any(row["articles"] > 1 for row in rows):
        yield f"  all of them: {all_of_them}"


def _source(row: Row) -> str:
    last = f", last answer {_minute(row['last_ok_at'])} UTC" if row["last_ok_at"] else ", never answered"
    return f"{row['name']}: {row['code']}, {tally(row['failures'], 'time')} in a row{last}; {_why(row, row['url'])}"


def _partial_source(row: Row) -> str:
    return f"{row['name']}: {row['code']}; {_why(row, row['url'])}"


def _failing(row: Row) -> str:
    return f"{tally(row['articles'], 'article')}: {row['code'] or 'unknown'}; {_example(row)}"


def _missing(row: Row) -> str:
    state = _STATES[row["state"]]
    return f"{tally(row['articles'], 'article')}: {state}, since {_minute(row['since'])} UTC; {_example(row)}"


def _example(row: Row) -> str:
    return f"{'for example ' if row['articles'] > 1 else ''}{_why(row, row['example'])}"


def _drifting(row: Row) -> str:
    effect = f"{tally(row['held'], 'article')} held, {row['unread']} not readable; nothing is told"
    effect = effect if row["holds"] else "edits are still told"
    since = f"since {_minute(row['since'])} UTC"
    return f"{row['host']}: {row['odd']} of {row['looked']} articles, {since}: {row['lost']}; {effect}"


def _failing_host(row: Row) -> str:
    since = f"{tally(row['failures'], 'time')} in a row since {_minute(row['since'])} UTC"
    return f"{row['host']}: {since}; is asked once after {_minute(row['until'])} UTC"


def _misproven(row: Row) -> str:
    return f"{row['host']}: {row['wrong']} of {tally(row['checked'], 'proof')} that were checked"


def _hiding(row: Row) -> str:
    return f"{row['host']}: {row['hidden']} of {tally(row['edits'], 'edit')}"


def _hub(row: Row) -> str:
    last = f"last confirmed {_minute(row['verified_at'])} UTC" if row["verified_at"] else "never confirmed"
    refused = f", refused {tally(row['failures'], 'time')} in a row" if row["failures"] else ""
    asked = f"asked {_minute(row['asked_at'])} UTC{refused}, {last}"
    return f"{row['source']}: {asked}; {_why(row, row['hub'])}"


def _left(row: Row) -> str:
    what = f"{tally(row['alerts'], 'alert')} {'waits' if row['alerts'] == 1 else 'wait'}"
    return f"{row['name']}: {what} until an endpoint of that name is there again"


def _endpoint(row: Row) -> str:
    return f"{row['name']}: {row['state']}, failed {tally(row['failures'], 'time')} in a row; {row['message']}"


def _paused_source(row: Row) -> str:
    return f"{row['name']}, with {tally(row['articles'], 'article')}"


def _paused_article(row: Row) -> str:
    return f"{row['url']} ({row['source']})"


def _why(row: Row, url: str, key: str = "message") -> str:
    """The message; most of them name the address already."""
    message = row[key] or ""
    return message if url in message else f"{url}: {message}" if message else url


def _first(version: Row) -> str:
    return f"first seen {_minute(version['seen_at'])} UTC, {tally(version['words'], 'word')}"


def _edit(version: Row) -> str:
    verdict = version["verdict"]
    said = f"{verdict} ({verdict_words(verdict)})" if verdict else version["kind"]
    words = f"+{version['words_added']} -{version['words_removed']} words, {said}"
    if version["kind"] == "reread" and not version["read_alike"]:
        words = "read in another way than before"
    before = version["not_before"]
    window = f"between {_minute(before)} and" if before else "not later than"
    return f"{words}, {window} {_minute(version['not_after'])} UTC"


def _read_again(version: Row) -> Iterator[str]:
    again = dict(version["evidence"]).get("read again")
    if again:
        yield f"  read again with {version['read_with']}: {again}; nobody was told"
    if version["superseded_by"]:
        yield f"  superseded by revision {version['superseded_by']}: the same page, read again"


def _replied(reply: Row) -> str:
    withdrawn = f", withdrawn {_minute(reply['withdrawn_at'])} UTC" if reply["withdrawn_at"] else ""
    who = f"of {_minute(reply['received_at'])} UTC, {reply['author']}{withdrawn}"
    return f"  reply {reply['id']} to ruling {reply['ruling_id']} {who}: {reply['text']}"


def _minute(instant: str) -> str:
    return instant[:16].replace("T", " ")
