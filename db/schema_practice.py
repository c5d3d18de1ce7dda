"""How late an outlet's Stand comes after an edit, in the form of db/schema.py."""

from __future__ import annotations

STAMP_DELAYS = """
-- Edits that the Stand showed later than they came: what is waited for before a ruling accuses (docs/rulings.md).
CREATE TABLE stamp_delays (
    revision_id INTEGER PRIMARY KEY REFERENCES revisions(id), -- the version after the edit
    source_id INTEGER NOT NULL REFERENCES sources(id), -- source that named the article first
    seconds REAL NOT NULL                   -- from the first look at the edit to the first that showed the Stand
) STRICT;
CREATE INDEX stamp_delays_source ON stamp_delays(source_id, seconds);
"""
