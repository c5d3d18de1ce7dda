"""What looks are planned by (see db/schema.py)."""

from __future__ import annotations

PLANNED = (
    "ALTER TABLE articles ADD COLUMN born_at TEXT; -- when it was published, as it said when first read",
    "ALTER TABLE articles ADD COLUMN edits_known REAL NOT NULL DEFAULT 0; -- edits that are known, unseen ones by expectation",
    (
        "ALTER TABLE articles ADD COLUMN exposure REAL NOT NULL DEFAULT 0;"
        " -- edits that an article of middling liveliness would have had under our eyes"
    ),
    "ALTER TABLE articles ADD COLUMN last_edit REAL; -- when the last known edit was made, in hours since 1970",
    (
        "ALTER TABLE articles ADD COLUMN hinted INTEGER NOT NULL DEFAULT 0;"
        " -- 1: its source said since the last look that it was edited"
    ),
    (
        "ALTER TABLE articles ADD COLUMN comments_moved INTEGER NOT NULL DEFAULT 0;"
        " -- 1: the last look found another number of comments than the one before"
    ),
)

DIGEST = (
    "ALTER TABLE articles ADD COLUMN digest TEXT NOT NULL DEFAULT '';"
    " -- of the answer that last showed the version that stands; empty: the same bytes may be read otherwise by now"
)

LEARNED = """
-- What was learned about when articles are edited, and what a look must be worth (schedules/planner.py).
CREATE TABLE learned (
    name TEXT PRIMARY KEY,                  -- of what: price, gaps, hours, a source by its number, …
    value TEXT NOT NULL                     -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_new ON articles(host, next_visit_at) WHERE revision_id IS NULL AND next_visit_at IS NOT NULL;
CREATE INDEX articles_planned ON articles(first_seen_at, id) WHERE next_visit_at IS NOT NULL;
"""

# So that what is due is found without asking every article and every host.
PICKING = """
CREATE INDEX articles_next ON articles(next_visit_at, host) WHERE next_visit_at IS NOT NULL;
CREATE INDEX sources_leased ON sources(host, leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX hosts_free ON hosts(free_at, host);
"""
