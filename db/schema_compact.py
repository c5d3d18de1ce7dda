"""Tables in which a column is kept in a shorter form, and read as it was by a generated column (see db/schema.py).

A version has a row in them for each paragraph and clock, so that every byte counts a dozen times.
"""

from __future__ import annotations

# By their numbers. Only ever added to.
_KINDS = ("paragraph", "subhead", "quote", "list_item", "table", "note")
_NUMBERED = " ".join(f"WHEN '{name}' THEN {number}" for number, name in enumerate(_KINDS))
_NAMED = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(_KINDS))
# To be formatted with the kind, and with start and end of what a clock covers.
KEPT_KIND = f"CASE {{0}} {_NUMBERED} ELSE {{0}} END"
_LATER = "strftime('%Y-%m-%dT%H:%M:%S', {0}, ({1}) || ' seconds') || '.000000+00:00'"
_SPAN = "strftime('%s', {1}) - strftime('%s', {0})"
LASTS = f"iif({{1}} = {_LATER.format('{0}', _SPAN)}, {_SPAN}, {{1}})"
# Of clocks of the page and beside it, by their numbers. Only ever added to.
_CLOCK_KINDS = (
    "stand", "published", "published_ld", "modified_ld", "published_meta", "modified_meta", "published_microdata",
    "modified_microdata", "published_tracking", "editorial", "published_feed", "feed", "published_sitemap", "sitemap",
    "http", "api",
)  # fmt: skip
_NUMBERED_CLOCKS = " ".join(f"WHEN '{name}' THEN {number}" for number, name in enumerate(_CLOCK_KINDS))
_NAMED_CLOCKS = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(_CLOCK_KINDS))
KEPT_CLOCK = f"CASE {{0}} {_NUMBERED_CLOCKS} ELSE {{0}} END"
_AT = "strftime('%Y-%m-%dT%H:%M:%S', {0}, 'unixepoch') || '.000000+00:00'"
_SINCE_1970 = "strftime('%s', {0}) + 0"
STARTS = f"iif({{0}} = {_AT.format(_SINCE_1970)}, {_SINCE_1970}, {{0}})"

COMPACT = f"""
-- The text of a revision: an ordered list of blocks.
CREATE TABLE revision_blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kept_kind ANY NOT NULL,                 -- kind as it is kept: its number, or a text that has none
    kind TEXT AS (CASE kept_kind {_NAMED} ELSE kept_kind END) VIRTUAL NOT NULL, -- paragraph, subhead, quote, list_item, table, or note (editor's or correction note)
    block_id INTEGER NOT NULL REFERENCES blocks(id), -- the text
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- Every clock a revision offered when it was first seen.
CREATE TABLE revision_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kind TEXT NOT NULL,                     -- stand (visible "as of"), published, published_ld, modified_ld, …
    starts_at TEXT,                         -- start of what it covers; null if it cannot be read
    lasts ANY,                              -- ends_at as it is kept: whole seconds after starts_at, or the instant
    ends_at TEXT AS (iif(typeof(lasts) = 'integer', coalesce({_LATER.format("starts_at", "lasts")}, ''), lasts)) VIRTUAL, -- end of what it covers
    again_at TEXT,                          -- start of the second reading in a doubled hour
    raw TEXT NOT NULL,                      -- as the page wrote it
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
"""
# They take the place of the tables that were put aside.
COMPACTED = (
    f"""INSERT INTO revision_blocks (revision_id, position, kept_kind, block_id)
        SELECT revision_id, position, {KEPT_KIND.format("kind")}, block_id FROM old_revision_blocks""",
    f"""INSERT INTO revision_clocks (revision_id, position, kind, starts_at, lasts, again_at, raw)
        SELECT revision_id, position, kind, starts_at, {LASTS.format("starts_at", "ends_at")}, again_at, raw
        FROM old_revision_clocks""",
    "DROP TABLE old_revision_blocks",
    "DROP TABLE old_revision_clocks",
    "CREATE INDEX revision_blocks_block ON revision_blocks(block_id)",
)

# What both tables of clocks say of one. Of a number that nobody can have written there is no instant: empty.
_CLOCK = f"""
    kept_kind ANY NOT NULL,                 -- kind as it is kept: its number, or a text that has none
    kind TEXT AS (CASE kept_kind {_NAMED_CLOCKS} ELSE kept_kind END) VIRTUAL NOT NULL, -- {{kinds}}
    starts ANY,                             -- starts_at as it is kept: whole seconds since 1970, or the instant
    starts_at TEXT AS (iif(typeof(starts) = 'integer', coalesce({_AT.format("starts")}, ''), starts)) VIRTUAL, -- start of what it covers; null if it cannot be read
    lasts ANY,                              -- ends_at as it is kept: whole seconds after starts_at, or the instant
    ends_at TEXT AS (iif(typeof(lasts) = 'integer', coalesce({_LATER.format("starts_at", "lasts")}, ''), lasts)) VIRTUAL, -- end of what it covers
    again_at TEXT,                          -- start of the second reading in a doubled hour
"""
CLOCKS = f"""
-- Every clock a revision offered when it was first seen.
CREATE TABLE revision_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
{_CLOCK.format(kinds='stand (visible "as of"), published, published_ld, modified_ld, …').strip(chr(10))}
    raw TEXT NOT NULL,                      -- as the page wrote it
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- What sources and the server said of an article when a version of it was first seen: facts beside the clocks of the
-- page. They are never compared and make no version and no event; row 20 of docs/rulings.md looks at sitemaps and APIs.
CREATE TABLE outside_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    source_id INTEGER REFERENCES sources(id), -- the source that said so; null: the answer itself
{_CLOCK.format(kinds="published_feed, feed (last change), published_sitemap, sitemap, api (date in the API of the site), or http (Last-Modified)").strip(chr(10))}
    raw TEXT NOT NULL,                      -- as it was written
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
"""
# They take the place of the tables that were put aside.
CLOCKS_COMPACTED = (
    f"""INSERT INTO revision_clocks (revision_id, position, kept_kind, starts, lasts, again_at, raw)
        SELECT revision_id, position, {KEPT_CLOCK.format("kind")}, {STARTS.format("starts_at")}, lasts, again_at, raw
        FROM old_revision_clocks""",
    f"""INSERT INTO outside_clocks (revision_id, position, source_id, kept_kind, starts, lasts, again_at, raw)
        SELECT revision_id, position, source_id, {KEPT_CLOCK.format("kind")}, {STARTS.format("starts_at")},
            {LASTS.format("starts_at", "ends_at")}, again_at, raw FROM old_outside_clocks""",
    "DROP TABLE old_revision_clocks",
    "DROP TABLE old_outside_clocks",
)

BLOCK_ARTICLES = """
-- Which articles show a text, or did. Kept by triggers with revision_blocks.
CREATE TABLE block_articles (
    block_id INTEGER NOT NULL REFERENCES blocks(id), -- the text
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    first_id INTEGER NOT NULL REFERENCES revisions(id), -- its first version that showed it
    last_id INTEGER NOT NULL REFERENCES revisions(id), -- … and the last one so far
    PRIMARY KEY (block_id, article_id)
) STRICT, WITHOUT ROWID;
"""
# An article has a text many times, once a version: an index of revision_blocks would take as much room as the table.
BLOCK_ARTICLES_SO_FAR = (
    """INSERT INTO block_articles (block_id, article_id, first_id, last_id)
       SELECT rb.block_id, r.article_id, min(r.id), max(r.id) FROM revision_blocks rb
       JOIN revisions r ON r.id = rb.revision_id GROUP BY rb.block_id, r.article_id""",
    "DROP INDEX revision_blocks_block",
)
_SHOWN = """
    INSERT INTO block_articles (block_id, article_id, first_id, last_id)
        SELECT new.block_id, article_id, id, id FROM revisions WHERE id = new.revision_id
        ON CONFLICT DO UPDATE SET first_id = min(first_id, excluded.first_id), last_id = max(last_id, excluded.last_id);
"""
# Where one text takes the place of another, it does so in all versions of an article.
BLOCKS_SHOWN = f"""
CREATE TRIGGER revision_blocks_ai AFTER INSERT ON revision_blocks BEGIN{_SHOWN}END;
CREATE TRIGGER revision_blocks_au AFTER UPDATE OF block_id ON revision_blocks BEGIN
    DELETE FROM block_articles WHERE block_id = old.block_id
        AND article_id = (SELECT article_id FROM revisions WHERE id = old.revision_id);{_SHOWN}END;
"""

# Instants that no index has, by table: whether it may be null, and what it is. Not of pages: to take a column from that
# table is to write all that was ever read anew.
_MOMENTS = {
    "revisions": (
        ("not_before", True, "the edit is later than that: last look at the old text, less what caches may delay"),
        ("not_after", False, "the edit is not later than that"),
        ("stand_at", True, "start of what the printed Stand covers; null if there is none, it cannot be read, or leaves open when (\"2 hours ago\")"),
    ),
    "rulings": (
        ("at", False, "when it was made"),
        ("not_before", True, "window of the edit"),
        ("not_after", False, "window of the edit"),
    ),
    "observations": (("first_at", False, "first look"), ("last_at", False, "last look")),
}  # fmt: skip
_MOMENT = "strftime('%Y-%m-%dT%H:%M:%S', {0} / 1000000, 'unixepoch') || printf('.%06d+00:00', {0} % 1000000)"
_MICROSECONDS = "(strftime('%s', substr({0}, 1, 19)) * 1000000 + substr({0}, 21, 6))"
KEPT_MOMENT = f"iif({_MICROSECONDS} >= 0 AND {{0}} = {_MOMENT.format(_MICROSECONDS)}, {_MICROSECONDS}, {{0}})"
_MAY_BE_NULL = {True: "", False: " NOT NULL DEFAULT ''"}
_COLUMNS = [(table, *column) for table, columns in _MOMENTS.items() for column in columns]
# Of a number that nobody can have written there is no instant: empty.
MOMENTS_KEPT = tuple(
    f"ALTER TABLE {table} ADD COLUMN kept_{name} ANY{_MAY_BE_NULL[null]};"
    f" -- {name} as it is kept: microseconds since 1970, or the instant"
    for table, name, null, _ in _COLUMNS
)
MOMENTS_READ = tuple(
    f"ALTER TABLE {table} ADD COLUMN {name} TEXT AS (iif(typeof(kept_{name}) = 'integer',"
    f" coalesce({_MOMENT.format(f'kept_{name}')}, ''), kept_{name})) VIRTUAL{'' if null else ' NOT NULL'}; -- {said}"
    for table, name, null, said in _COLUMNS
)
MOMENTS_COMPACTED = (
    *MOMENTS_KEPT,
    *(
        f"UPDATE {table} SET {', '.join(f'kept_{name} = {KEPT_MOMENT.format(name)}' for name, *_ in columns)}"
        for table, columns in _MOMENTS.items()
    ),
    *(f"ALTER TABLE {table} DROP COLUMN {name}" for table, name, *_ in _COLUMNS),
    *MOMENTS_READ,
)

# Most edits leave the titles as they were: they are found by the version that brought them.
NEW_TITLES = """
CREATE TRIGGER revisions_ai AFTER INSERT ON revisions WHEN NOT EXISTS (SELECT 1 FROM revisions b WHERE b.id = new.before_id
    AND (b.topline, b.headline, b.standfirst) = (new.topline, new.headline, new.standfirst)) BEGIN
    INSERT INTO revisions_fts(rowid, topline, headline, standfirst)
    VALUES (new.id, new.topline, new.headline, new.standfirst);
END;
"""

LAST_DELIVERY = "ALTER TABLE endpoints ADD COLUMN delivered_at TEXT; -- when it last said 2xx; null: it never did"
# A delivery that arrived is not attempted again: its last attempt is the one that arrived.
DELIVERED = """
UPDATE endpoints SET delivered_at = (SELECT max(d.delivered_at) FROM deliveries d
    WHERE d.endpoint = endpoints.name AND d.delivered_at IS NOT NULL);
DROP INDEX deliveries_delivered;
UPDATE deliveries SET last_attempt_at = delivered_at WHERE delivered_at IS NOT last_attempt_at AND state = 'delivered';
ALTER TABLE deliveries DROP COLUMN delivered_at;
ALTER TABLE deliveries ADD COLUMN delivered_at TEXT AS (iif(state = 'delivered', last_attempt_at, NULL)) VIRTUAL;
"""
