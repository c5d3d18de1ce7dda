"""What came to the table of sources with their kinds, and the table of what was asked of hubs (see db/schema.py)."""

from __future__ import annotations

SOURCE_LINKS = "ALTER TABLE sources ADD COLUMN links TEXT NOT NULL DEFAULT ''; -- of a page: the selector of its links"
SOURCE_NEWEST = (
    "ALTER TABLE sources ADD COLUMN newest_seconds REAL NOT NULL DEFAULT 604800;"
    " -- of a sitemap: entries that are older are left out"
)
SOURCE_PARTS = (
    "ALTER TABLE sources ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';"
    " -- of an index of sitemaps: its parts, JSON list of [address, ETag, Last-Modified, last read, 1 if it held news]"
)
SOURCE_WEBSUB = "ALTER TABLE sources ADD COLUMN websub INTEGER NOT NULL DEFAULT 0; -- 1: subscribe to its hub"
SOURCE_HUB = "ALTER TABLE sources ADD COLUMN hub TEXT NOT NULL DEFAULT ''; -- the hub that the feed names (WebSub)"
SOURCE_TOPIC = "ALTER TABLE sources ADD COLUMN topic TEXT NOT NULL DEFAULT ''; -- the feed's own name for itself there"
FIXED_LOOKS = (
    "ALTER TABLE sources ADD COLUMN revisit_seconds REAL; -- its articles are looked at so often; null: no fixed interval",
    "ALTER TABLE sources ADD COLUMN cron TEXT NOT NULL DEFAULT ''; -- … or at these times; empty: not at fixed times",
)
SOURCE_DIGEST = (
    "ALTER TABLE sources ADD COLUMN digest TEXT NOT NULL DEFAULT '';"
    " -- of the last answer, if it was read to the end: the same bytes are not read again"
)
SUBSCRIPTIONS = """
-- What was asked of the hubs of feeds (WebSub). Their secrets are derived from one in the environment.
CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY REFERENCES sources(id), -- the source
    hub TEXT NOT NULL,                      -- the hub that was asked
    topic TEXT NOT NULL,                    -- what it was asked for
    asked_at TEXT NOT NULL,                 -- when it was last asked
    verified_at TEXT,                       -- when it last confirmed
    expires_at TEXT,                        -- until when it pushes; null: it does not
    renew_at TEXT NOT NULL,                 -- when it is to be asked again
    leased_until TEXT,                      -- somebody asks it until then at most
    pushed_at TEXT,                         -- last push that was signed as agreed
    failures INTEGER NOT NULL DEFAULT 0,    -- refusals in a row
    error TEXT NOT NULL DEFAULT ''          -- why it refused; empty if it did not
) STRICT;
"""
SOURCES_ADDED = (SOURCE_LINKS, SOURCE_NEWEST, SOURCE_PARTS, SOURCE_WEBSUB, SOURCE_HUB, SOURCE_TOPIC)
