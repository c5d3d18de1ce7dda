"""Tables and columns of the life of a page, in the form of db/schema.py; each has its migration."""

from __future__ import annotations

DEPARTURES = """
-- Every time that an article was gone, and what came of it: one row each, which its return completes.
CREATE TABLE departures (
    id INTEGER PRIMARY KEY,                 -- number of the row
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the last good copy
    last_read_at TEXT NOT NULL,             -- last look that found it
    missing_since TEXT NOT NULL,            -- first look that did not
    at TEXT NOT NULL,                       -- the look that confirmed it
    absence TEXT NOT NULL,                  -- what stood in its place then: 404, 410, 451 (HTTP), front_page (a redirect there), elsewhere (a redirect to a page that is not the article), or soft_404 (an error page with the status of a page)
    returned_at TEXT,                       -- first look that found it again; null: still gone
    returned_as INTEGER REFERENCES revisions(id), -- the version that it came back as; null: still gone
    check_at TEXT,                          -- when to look again for where its story goes on; null: no longer
    successor_id INTEGER REFERENCES articles(id), -- the article at which its story seems to go on; null: none is known
    shared INTEGER NOT NULL DEFAULT 0,      -- sentences that both have in common …
    sentences INTEGER NOT NULL DEFAULT 0,   -- … of so many of the article that is gone
    verdict TEXT NOT NULL DEFAULT 'removed', -- removed, or removed_before_expected
    kept_until TEXT,                        -- when the retention rule of the outlet would have let it go; null: no rule holds
    cite TEXT NOT NULL DEFAULT ''           -- where that rule stands
) STRICT;
CREATE INDEX departures_article ON departures(article_id, id);
CREATE INDEX departures_due ON departures(check_at) WHERE check_at IS NOT NULL;
CREATE INDEX departures_successor ON departures(successor_id) WHERE successor_id IS NOT NULL;
"""

COUNT_BEFORE = (
    "ALTER TABLE comment_counts ADD COLUMN before_at TEXT; -- last look that showed the count before; null: not known"
)
COUNT_MOVEMENT = (
    "ALTER TABLE comment_counts ADD COLUMN movement TEXT NOT NULL DEFAULT '';"
    " -- closed, reopened, dropped or surged (docs/events.md), unconfirmed (it fell or went; another look has to confirm it), or empty"
)
COUNTS_UNCONFIRMED = """
CREATE INDEX comment_counts_open ON comment_counts(article_id) WHERE movement = 'unconfirmed';
CREATE INDEX comment_counts_movement ON comment_counts(movement, at);
"""
# What the numbers of comments come to, of an event; null where they only moved. An index knows it by these very words.
MOVEMENT = "CASE WHEN json_valid({0}data) THEN json_extract({0}data, '$.movement') END"
EVENTS_MOVEMENT = f"""
CREATE INDEX events_movement ON events({MOVEMENT.format("")}, at, id) WHERE verdict = 'comments'
"""
LIFE_ADDED = (COUNT_BEFORE, COUNT_MOVEMENT)

# What is gone when the table comes. Where its story goes on was not looked for, and is not any more.
DEPARTURES_SO_FAR = """
INSERT INTO departures (article_id, revision_id, last_read_at, missing_since, at, absence)
SELECT a.id, a.revision_id, a.last_read_at, a.missing_since, a.missing_since,
    CASE WHEN o.status IN (404, 410, 451) THEN CAST(o.status AS TEXT) ELSE 'front_page' END
FROM articles a JOIN observations o ON o.id = (SELECT max(id) FROM observations WHERE article_id = a.id
    AND outcome = 'gone')
WHERE a.state = 'gone' AND a.revision_id IS NOT NULL AND a.missing_since IS NOT NULL AND a.last_read_at IS NOT NULL
"""
