"""The table of what outlets reply, in the form of db/schema.py."""

from __future__ import annotations

REPLIES = """
-- What outlets reply to what we say of an edit; only added to. A reply that was withdrawn stays, with the row that
-- withdraws it.
CREATE TABLE replies (
    id INTEGER PRIMARY KEY,                 -- number of the reply
    ruling_id INTEGER NOT NULL REFERENCES rulings(id), -- the ruling that it answers; those that take its place show it, too
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the version that the ruling is about
    at TEXT NOT NULL,                       -- when it was attached
    author TEXT NOT NULL,                   -- who replied; empty where the row withdraws
    received_at TEXT NOT NULL,              -- when it reached us
    text TEXT NOT NULL,                     -- the reply, to the letter; where the row withdraws: why
    link TEXT NOT NULL,                     -- where the outlet published it; empty: nowhere that we know
    withdraws INTEGER REFERENCES replies(id), -- the reply that this row withdraws; null: it is a reply
    previous_hash TEXT NOT NULL,            -- hash of the row recorded before
    hash TEXT NOT NULL                      -- sha256 over previous_hash and the content: `nachtrag verify` walks the chain
) STRICT;
CREATE INDEX replies_revision ON replies(revision_id);
CREATE INDEX replies_ruling ON replies(ruling_id);
CREATE UNIQUE INDEX replies_withdraws ON replies(withdraws) WHERE withdraws IS NOT NULL;
"""
