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
