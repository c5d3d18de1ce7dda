"""What we ask of hosts, by day, and how they fare with us (see db/schema.py)."""

from __future__ import annotations

HOSTS_ADDED = (
    "ALTER TABLE hosts ADD COLUMN failures INTEGER NOT NULL DEFAULT 0; -- requests in a row that failed",
    "ALTER TABLE hosts ADD COLUMN failing_since TEXT; -- the first of them; null: it answers",
    "ALTER TABLE hosts ADD COLUMN rests INTEGER NOT NULL DEFAULT 0; -- rests in a row that we gave it as it failed",
    "ALTER TABLE hosts ADD COLUMN rests_until TEXT; -- until when it rests as it failed; then one request probes it",
    "ALTER TABLE hosts ADD COLUMN asked_until TEXT; -- until when it asked to be left alone, the last time that it did",
    "ALTER TABLE hosts ADD COLUMN gap_seconds REAL; -- least pause between two requests, as configured for it alone",
    "ALTER TABLE hosts ADD COLUMN quiet TEXT NOT NULL DEFAULT ''; -- hours in which it is not asked, as configured",
)

HOST_DAYS = """
-- What was asked of each host on each day (UTC), webhooks apart.
CREATE TABLE host_days (
    host TEXT NOT NULL,                     -- the host
    day TEXT NOT NULL,                      -- the day, 2026-11-26
    full INTEGER NOT NULL,                  -- answers with a body (200, 203)
    unchanged INTEGER NOT NULL,             -- answers that nothing is new (304)
    other INTEGER NOT NULL,                 -- other answers: redirects, 404, …
    failed INTEGER NOT NULL,                -- no complete answer, or a refusal: 401, 403, 429, 5xx, …
    received INTEGER NOT NULL,              -- bytes that came, heads and bodies, as they came
    robots INTEGER NOT NULL,                -- of all these the requests for robots.txt
    refused INTEGER NOT NULL,               -- addresses that were not asked as robots.txt says so
    pauses INTEGER NOT NULL,                -- how often it asked to be left alone for a time (Retry-After)
    paused REAL NOT NULL,                   -- for how many seconds on the whole
    kept INTEGER NOT NULL,                  -- of these pauses: over when we asked again
    cut INTEGER NOT NULL,                   -- of these pauses: not over when we asked again
    rests INTEGER NOT NULL DEFAULT 0,       -- rests that we gave it as it failed
    closest REAL,                           -- least seconds between the beginnings of two requests; null: no two
    busiest INTEGER NOT NULL,               -- requests that began in the 60 seconds that had most
    PRIMARY KEY (day, host)
) STRICT, WITHOUT ROWID;
CREATE INDEX host_days_of ON host_days(host, day);
"""

# It was counted with the next request, and not at all where a restart lay between: what was not cut was kept.
NOT_CUT = "ALTER TABLE host_days DROP COLUMN kept"

VALIDATORS_CHECKED = (
    (
        "ALTER TABLE hosts ADD COLUMN edits_validated INTEGER NOT NULL DEFAULT 0;"
        " -- edits of which the server told, asked with the validators (ETag, Last-Modified) from before"
    ),
    (
        "ALTER TABLE hosts ADD COLUMN edits_hidden INTEGER NOT NULL DEFAULT 0;"
        " -- … and did not: it said 304; where these are more than a tenth, whole pages are asked for"
    ),
    "CREATE INDEX hosts_hiding ON hosts(host, edits_hidden, edits_validated) WHERE edits_hidden > 0;",
)
