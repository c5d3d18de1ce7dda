"""What endpoints want to be told, and what is held for them (see db/schema.py)."""

from __future__ import annotations

HELD = (
    (
        "ALTER TABLE endpoints ADD COLUMN let_through TEXT NOT NULL DEFAULT '[]';"
        " -- when it was told something within the last hour, in seconds since 1970: JSON"
    ),
    (
        "ALTER TABLE deliveries ADD COLUMN digest_uid TEXT;"
        " -- the id of the digest in which it carries others; null: it is told alone, or carried"
    ),
    (
        "ALTER TABLE deliveries ADD COLUMN carried_by INTEGER REFERENCES deliveries(id);"
        " -- the delivery that carries it in its digest; null: none"
    ),
)

RESTING = (
    "ALTER TABLE endpoints ADD COLUMN rests_until TEXT; -- it is too busy, and is told nothing before; null: it is not"
)

ATTEMPTED_AT = "ALTER TABLE endpoints ADD COLUMN attempted_at TEXT; -- the last attempt; null: not known"

EARLY = (
    (
        "ALTER TABLE deliveries ADD COLUMN scheduled_at TEXT;"
        " -- when its next attempt is by the retry schedule, where it is tried before; null: it is not"
    ),
    (
        "ALTER TABLE deliveries ADD COLUMN asked_until TEXT;"
        " -- its receiver asked not to be sent it before (Retry-After); null: it did not"
    ),
)

RELEASED_AT = (
    "ALTER TABLE deliveries ADD COLUMN released_at TEXT; -- since when it is on its way; null: it is not, or not known"
)

HANDED_OUT = (
    "ALTER TABLE deliveries ADD COLUMN handed_out INTEGER NOT NULL DEFAULT 0;"
    " -- 1: it was sent, or was about to be: it may have arrived, whatever became of it"
)

HOSTS_TOLD = "ALTER TABLE hosts ADD COLUMN failing_told INTEGER NOT NULL DEFAULT 0; -- 1: those who run it were told"

SOURCES_TOLD = (
    "ALTER TABLE sources ADD COLUMN failing_told INTEGER NOT NULL DEFAULT 0; -- 1: those who run it were told"
)

AT_ONCE = (
    "ALTER TABLE deliveries ADD COLUMN at_once INTEGER NOT NULL DEFAULT 0;"
    " -- 1: it takes back what was told, and does not wait for what is held of its article"
)

HOLDING = """
DROP INDEX deliveries_order;
CREATE INDEX deliveries_order ON deliveries(endpoint, article_id, id) WHERE state IN ('pending', 'held');
CREATE INDEX deliveries_held ON deliveries(endpoint, next_attempt_at) WHERE state = 'held' AND carried_by IS NULL;
CREATE INDEX deliveries_carried ON deliveries(carried_by) WHERE carried_by IS NOT NULL;
"""
