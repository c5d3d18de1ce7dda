"""Lists as CSV (RFC 4180) that no spreadsheet takes for formulas: what a page shows in, text out. Pure.

Text of others may begin like a formula, or begin one behind a semicolon, where spreadsheets in some languages cut the
line. Before such a beginning an apostrophe is put; OWASP, "CSV injection". Cells have one line each.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from changes.wording import verdict_words
from db.web.feed import page_of
from db.web.weights import Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from changes.render import Span
    from db.publish import Publish
    from db.web.article import ArticlePage, Version
    from db.web.entries import Entry
    from db.web.finding import Found
    from db.web.front import Front

Row = tuple[object, ...]

# Spreadsheets also begin a formula at the full-width signs, and behind quotation marks and blanks.
_FORMULA = re.compile(r"""(^|;)(?=[\s"']*[=+\-@＝＋－＠])""")
# Whatever ends a line, or may not stand in a text at all.
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")

_CHANGES = (
    "kind", "at", "source", "headline", "verdict", "said", "not_before", "not_after", "stand_before", "stand_after",
    "words_added", "words_removed", "severity", "because", "tags", "removed", "added", "article_id", "revision_id",
    "url", "link",
)  # fmt: skip
_VERSIONS = (
    "version", "kind", "seen_at", "not_before", "not_after", "headline", "stand", "verdict", "said", "row", "settled",
    "words_added", "words_removed", "comment_count", "looks", "last_seen_at", "page_sha256", "hash", "revision_id",
    "link",
)  # fmt: skip
_FOUND = (
    "where", "source", "headline", "text", "first_version", "last_version", "first_seen_at", "still_there",
    "article_id", "revision_id", "link",
)  # fmt: skip


def front_csv(front: Front, home: str) -> str:
    """The list of changes."""
    return _written(_CHANGES, (_change(entry, home) for entry in front.page.entries))


def versions_csv(page: ArticlePage, publish: Publish, home: str) -> str:
    """The versions of an article, newest first."""
    return _written(_VERSIONS, (_version(version, publish, home) for version in page.versions))


def found_csv(found: Found, home: str) -> str:
    """What a search found: headlines, then passages of texts."""
    return _written(_FOUND, _hits(found, home))


def cell(value: object) -> object:
    """What stands in a cell: numbers of ours as they are, text harmless and on one line."""
    if value is None or isinstance(value, int):
        return value
    return _FORMULA.sub(r"\1'", _BREAKS.sub(" ", str(value)))


def _written(names: Sequence[str], rows: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def _change(entry: Entry, home: str) -> Row:
    weight = entry.weight or Weight("", "")
    tags = ", ".join(kind for kind, _words in weight.tags)
    revision = entry.id if entry.kind == "change" else None
    return (
        entry.kind, entry.at, entry.source, entry.headline, entry.verdict, verdict_words(entry.verdict),
        entry.not_before, entry.not_after, entry.stand_before, entry.stand_after, entry.words_added,
        entry.words_removed, weight.severity, weight.because, tags, _marked(entry.excerpt, "removed"),
        _marked(entry.excerpt, "added"), entry.article_id, revision, entry.url, home + page_of(entry),
    )  # fmt: skip


def _version(version: Version, publish: Publish, home: str) -> Row:
    row, ruling = version.row, version.ruling
    said = (ruling.row["verdict"], verdict_words(ruling.row["verdict"])) if ruling else ("", "")
    before = row["before_id"]
    way = f"-/compare/{before}/{row['id']}" if before else f"-/article/{row['article_id']}#r{row['id']}"
    return (
        row["number"], row["kind"], row["seen_at"], row["not_before"], row["not_after"],
        row["headline"] if publish != "metrics" else "", row["stand_raw"], *said,
        ruling.row["rule"] if ruling else None, ruling.row["settled"] if ruling else None, row["words_added"],
        row["words_removed"], row["comment_count"], row["looks"], row["last_at"], row["page_sha256"], row["hash"],
        row["id"], home + way,
    )  # fmt: skip


def _hits(found: Found, home: str) -> Iterator[Row]:
    for headline in found.headlines:
        row = headline.row
        link = f"{home}-/article/{row['article_id']}#r{row['id']}"
        yield (
            "headline", row["source"], row["headline"], "", row["number"], row["number"], row["seen_at"], None,
            row["article_id"], row["id"], link,
        )  # fmt: skip
    for passage in found.passages:
        row = passage.row
        link = f"{home}-/article/{row['article_id']}#r{row['last_id']}"
        yield (
            "text", row["source"], row["headline"], "".join(span.text for span in passage.spans), row["first"],
            row["last"], row["seen_at"], row["stands"], row["article_id"], row["last_id"], link,
        )  # fmt: skip


def _marked(spans: Iterable[Span], mark: str) -> str:
    return " … ".join(span.text for span in spans if span.mark == mark)
