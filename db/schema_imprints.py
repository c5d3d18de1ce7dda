"""What proves pages unchanged by their bytes, and how often that was looked into (see db/schema.py)."""

from __future__ import annotations

PROOFS_ADDED = (
    (
        "ALTER TABLE hosts ADD COLUMN proofs_checked INTEGER NOT NULL DEFAULT 0;"
        " -- pages of which only noise differed, proven unchanged and read all the same; no answers 304, no same bytes"
    ),
    (
        "ALTER TABLE hosts ADD COLUMN proofs_wrong INTEGER NOT NULL DEFAULT 0;"
        " -- of these: read otherwise; from the first one on every page of the host is read"
    ),
)

IMPRINTS = """
-- By what the bytes of a page prove that it would be read as before (scraper/imprint.py).
CREATE TABLE imprints (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article; made of the page that last showed the version that stands
    imprint BLOB NOT NULL                   -- which bytes may not change, zlib
) STRICT;
CREATE INDEX hosts_proven ON hosts(host, proofs_wrong, proofs_checked) WHERE proofs_checked > 0;
"""
