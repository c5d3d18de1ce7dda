"""What looks are planned by (see db/schema.py)."""

from __future__ import annotations

from db.schema_outlets import EDITED

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

PANEL = (
    (
        "ALTER TABLE articles ADD COLUMN panel INTEGER;"
        " -- 1: of the panel, looked at at fixed times whatever is expected of it; 0: not; null: not asked when it was first read"
    ),
    "ALTER TABLE articles ADD COLUMN panel_share REAL; -- the share of articles that was to be of the panel then",
)

DIGEST = (
    "ALTER TABLE articles ADD COLUMN digest TEXT NOT NULL DEFAULT '';"
    " -- of the answer that last showed the version that stands; empty: the same bytes may be read otherwise by now"
)

# So that what is compared is found without reading all articles.
IN_PANEL = "CREATE INDEX articles_panel ON articles(source_id, panel_share, panel) WHERE panel_share > 0"

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

PANEL_RATES = f"""
-- Edits an article of the panel, which is looked at at fixed times, beside those of all others that were first read while
-- there was one: what planned looks find follows what was expected, so that only the panel's rates compare without bias.
CREATE VIEW panel_rates AS
SELECT
    p.source AS source,                     -- source that named the articles first
    p.panel_share AS panel_share,           -- the share of articles that was to be of the panel when they were first read
    p.panel AS panel,                       -- 1: of the panel, 0: the others
    count(*) AS articles,                   -- how many
    sum(p.edits) AS edits,                  -- edits of their texts, as outlet_edits counts them
    sum(p.looks) AS looks,                  -- how often we looked
    round(1.0 * sum(p.edits) / count(*), 3) AS edits_per_article, -- the rate
    round(1.0 * sum(p.looks) / count(*), 1) AS looks_per_article -- what it was found with
FROM (
    SELECT
        s.name AS source, a.panel_share, a.panel, a.source_id,
        (SELECT count(*) FROM edits e WHERE e.article_id = a.id AND {EDITED.format("e")}) AS edits,
        (SELECT coalesce(sum(o.count), 0) FROM observations o WHERE o.article_id = a.id) AS looks
    FROM articles a
    JOIN sources s ON s.id = a.source_id
    WHERE a.panel_share > 0
) p
GROUP BY p.source_id, p.panel_share, p.panel;
"""
