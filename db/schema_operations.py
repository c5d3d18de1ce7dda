"""What those who run it are told of (see db/schema.py)."""

from __future__ import annotations

ENDPOINTS_FAILING = (
    "ALTER TABLE endpoints ADD COLUMN failing_since TEXT; -- the first of the failed attempts in a row; null: it answers",
    (
        "ALTER TABLE endpoints ADD COLUMN failing_told INTEGER NOT NULL DEFAULT 0;"
        " -- 1: those who run it were told that it fails; 2: that it did at its earlier address"
    ),
)
TROUBLES = """
-- What is wrong with the machine that watches, while it is. It is told when it was found several times in a row, and
-- once more when it is over.
CREATE TABLE troubles (
    kind TEXT PRIMARY KEY,                  -- disk_low or clock_odd
    since TEXT NOT NULL,                    -- when it was found first
    found INTEGER NOT NULL,                 -- how often in a row
    told INTEGER NOT NULL                   -- 1: it was told
) STRICT, WITHOUT ROWID;
"""
