"""Raw pages that were erased to make room, and how large the file is (see db/schema.py)."""

from __future__ import annotations

ERASED = "ALTER TABLE pages ADD COLUMN erased_at TEXT; -- when `nachtrag vacuum` erased its body; null: it did not"
IMAGES_OF = (
    "ALTER TABLE revisions ADD COLUMN images_of INTEGER REFERENCES revisions(id);"
    " -- the version in whose rows its pictures are kept, as they are the same; null: in its own"
)
SIZES = """
-- How large the database was at the end of each day (UTC); within it, how far its rows were counted and what they hold.
CREATE TABLE sizes (
    day TEXT PRIMARY KEY,                   -- the day
    at TEXT NOT NULL,                       -- when that was measured last
    database INTEGER NOT NULL,              -- bytes of the file …
    free INTEGER NOT NULL,                  -- … of which so many hold nothing, and are used again
    pages INTEGER NOT NULL,                 -- bytes of raw pages, as they are kept …
    page_id INTEGER NOT NULL,               -- … up to this one
    texts INTEGER NOT NULL,                 -- bytes of paragraphs …
    block_id INTEGER NOT NULL,              -- … up to this one
    events INTEGER NOT NULL,                -- bytes of events …
    event_id INTEGER NOT NULL,              -- … up to this one
    articles INTEGER NOT NULL,              -- articles
    revisions INTEGER NOT NULL              -- versions
) STRICT, WITHOUT ROWID;
"""
