"""What the figures of outlets are read along: columns and indexes that came to the tables of edits, and a view.

With them a page of figures reads the outlet's own entries of an index, and no table of all outlets.
"""

from __future__ import annotations

from db.schema_added import EDITS_RULED

MACHINES = (
    "ALTER TABLE edits ADD COLUMN machines TEXT NOT NULL DEFAULT '';"
    " -- clocks for machines that moved and the Stand did not (row 20 of docs/rulings.md), with spaces between"
)
TAG_SOURCE = "ALTER TABLE edit_tags ADD COLUMN source_id INTEGER NOT NULL DEFAULT 0; -- source of the edit"
OUTLETS_ADDED = (MACHINES, TAG_SOURCE)

# Which clocks the evidence of a ruling names as told; as changes.ruling has them, a trigger cannot ask there.
_TOLD = """coalesce((
        SELECT group_concat(k.value, ' ') FROM json_each(iif(json_valid({0}.evidence), {0}.evidence, '[]')) p
        JOIN json_each('["modified_ld", "modified_meta", "modified_microdata", "editorial"]') k
            ON instr('; ' || json_extract(p.value, '$[1]'), '; ' || k.value || ' ')
        WHERE json_extract(p.value, '$[0]') = 'machines were told'), '')"""
_SET_MACHINES = f"    UPDATE edits SET machines = {_TOLD.format('new')} WHERE revision_id = new.revision_id;\nEND;"
EDITS_RULED_WITH_MACHINES = EDITS_RULED.rstrip().removesuffix("END;") + _SET_MACHINES
MACHINES_SO_FAR = f"""
UPDATE edits SET machines = (SELECT {_TOLD.format("g")} FROM rulings g WHERE g.id = edits.ruling_id)
WHERE verdict = 'unmarked'
"""
TAG_SOURCE_SO_FAR = """
UPDATE edit_tags SET source_id = (SELECT e.source_id FROM edits e WHERE e.revision_id = edit_tags.revision_id)
"""

# What we say that makes it no edit of the text, or one that is counted apart: headline tests and live blogs.
NOT_EDITED = ("misread", "reread", "partial", "site_text", "site_wide", "automatic", "variant", "live")
# Otherwise it is one if a word came or went.
EDITED = f"{{0}}.words > 0 AND {{0}}.verdict NOT IN ({', '.join(map(repr, NOT_EDITED))})"
# A day after an instant, as text: the time of day stays as it is.
DAY_AFTER = "date(substr({0}, 1, 10), '+1 day') || substr({0}, 11)"

COUNTS = """
-- How many edits there are of each kind, by outlet and month. Kept by triggers with the edits.
CREATE TABLE edit_counts (
    source_id INTEGER NOT NULL,             -- source that named the articles first
    month TEXT NOT NULL,                    -- UTC month in which they were seen, as "2026-11"
    verdict TEXT NOT NULL,                  -- what we say of them
    severity TEXT NOT NULL,                 -- their weight; empty: not weighed
    machines TEXT NOT NULL,                 -- clocks for machines that moved and the Stand did not
    edits INTEGER NOT NULL,                 -- so many
    worded INTEGER NOT NULL,                -- of these, edits with which a word came or went
    PRIMARY KEY (source_id, month, verdict, severity, machines)
) STRICT, WITHOUT ROWID;

-- How often and how soon the text of an article was edited, of articles that were. Kept by triggers with the edits.
CREATE TABLE article_edits (
    source_id INTEGER NOT NULL,             -- source that named the article first
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    edits INTEGER NOT NULL,                 -- edits, as the view outlet_edits has them
    late INTEGER NOT NULL,                  -- of these, those later than 24 hours after we first heard of the article
    headlines INTEGER NOT NULL,             -- of these, those that wrote the headline anew
    first_seconds REAL NOT NULL,            -- from when we first heard of it until the first of them was seen
    PRIMARY KEY (source_id, article_id)
) STRICT, WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX edit_tags_source ON edit_tags(source_id, kind, seen_at, revision_id);
CREATE INDEX edits_explaining ON edits(source_id, explains_id, revision_id, seen_at) WHERE explains_id IS NOT NULL;
CREATE INDEX events_presence ON events(article_id, verdict) WHERE verdict IN ('removed', 'returned');
DROP INDEX articles_source;
CREATE INDEX articles_source ON articles(source_id, first_seen_at);
CREATE INDEX articles_gone ON articles(source_id, state) WHERE state = 'gone';
CREATE INDEX articles_not_read ON articles(source_id, revision_id) WHERE revision_id IS NULL;
"""
_ADD = """
    INSERT INTO edit_counts (source_id, month, verdict, severity, machines, edits, worded)
    VALUES (new.source_id, substr(new.seen_at, 1, 7), new.verdict, new.severity, new.machines, 1, new.words > 0)
    ON CONFLICT DO UPDATE SET edits = edits + 1, worded = worded + excluded.worded;"""
_TAKE = """
    UPDATE edit_counts SET edits = edits - 1, worded = worded - (old.words > 0)
    WHERE source_id = old.source_id AND month = substr(old.seen_at, 1, 7) AND verdict = old.verdict
        AND severity = old.severity AND machines = old.machines;"""
_OF_ARTICLES = f"""
    INSERT INTO article_edits (source_id, article_id, edits, late, headlines, first_seconds)
    SELECT e.source_id, e.article_id, count(*), sum(e.seen_at > {DAY_AFTER.format("a.first_seen_at")}),
        sum(EXISTS (SELECT 1 FROM edit_tags t
            WHERE t.kind = 'headline' AND t.seen_at = e.seen_at AND t.revision_id = e.revision_id)),
        round((julianday(min(e.seen_at)) - julianday(a.first_seen_at)) * 86400, 3)
    FROM edits e JOIN articles a ON a.id = e.article_id WHERE {{which}} AND {EDITED.format("e")}
    GROUP BY e.source_id, e.article_id;"""
_OF_ARTICLE = (
    "\n    DELETE FROM article_edits WHERE source_id = {0}.source_id AND article_id = {1};"
    + _OF_ARTICLES.format(which="e.article_id = {1}")
)
_OF_NEW, _OF_OLD = (_OF_ARTICLE.format(row, f"{row}.article_id") for row in ("new", "old"))
_OF_NEW_TAG, _OF_OLD_TAG = (
    _OF_ARTICLE.format(row, f"(SELECT article_id FROM edits WHERE revision_id = {row}.revision_id)")
    for row in ("new", "old")
)
COUNTING = f"""
CREATE TRIGGER edits_ai AFTER INSERT ON edits BEGIN{_ADD}{_OF_NEW}
END;
CREATE TRIGGER edits_ad AFTER DELETE ON edits BEGIN{_TAKE}{_OF_OLD}
END;
CREATE TRIGGER edits_au AFTER UPDATE OF seen_at, words, verdict, severity, machines ON edits BEGIN{_TAKE}{_ADD}
END;
CREATE TRIGGER edits_au_of_article AFTER UPDATE OF seen_at, words, verdict ON edits
WHEN (new.seen_at, new.words, new.verdict) IS NOT (old.seen_at, old.words, old.verdict) BEGIN{_OF_NEW}
END;
CREATE TRIGGER edit_tags_ai AFTER INSERT ON edit_tags WHEN new.kind = 'headline' BEGIN{_OF_NEW_TAG}
END;
CREATE TRIGGER edit_tags_ad AFTER DELETE ON edit_tags WHEN old.kind = 'headline' BEGIN{_OF_OLD_TAG}
END;
"""
COUNTED_SO_FAR = (
    """INSERT INTO edit_counts SELECT source_id, substr(seen_at, 1, 7), verdict, severity, machines, count(*),
        sum(words > 0) FROM edits GROUP BY 1, 2, 3, 4, 5""",
    _OF_ARTICLES.format(which="e.revision_id > 0"),
)

# Datasette asks for "1" as text: what a view computes has to be cast to be compared with it.
OUTLET_EDITS = f"""
-- Edits of articles' texts as the outlet pages count them: a word came or went; without headline tests, live blogs, and
-- what the ruling says was no edit of the article.
CREATE VIEW outlet_edits AS
SELECT
    e.revision_id AS revision_id,           -- the version after the edit
    e.source_id AS source_id,               -- number of the source that named the article first
    s.name AS source,                       -- its name
    e.article_id AS article_id,             -- the article
    e.seen_at AS seen_at,                   -- first look that showed the edit
    e.verdict AS verdict,                   -- what we say about it; docs/rulings.md explains the words
    e.words AS words,                       -- words that came and words that went
    e.severity AS severity,                 -- trivial, low, medium or high (docs/meaning.md); empty: not weighed
    e.machines AS machines,                 -- clocks for machines that moved and the Stand did not
    round((julianday(e.seen_at) - julianday(a.first_seen_at)) * 24, 2) AS hours, -- hours since we first heard of the article
    CAST(e.seen_at > {DAY_AFTER.format("a.first_seen_at")} AS INTEGER) AS late, -- 1: more than 24 hours
    CAST(NOT EXISTS (SELECT 1 FROM edits o WHERE o.source_id = e.source_id AND o.article_id = e.article_id
        AND (o.seen_at, o.revision_id) < (e.seen_at, e.revision_id) AND {EDITED.format("o")}
    ) AS INTEGER) AS first,                 -- 1: the first such edit of the article
    CAST(EXISTS (SELECT 1 FROM edit_tags t WHERE t.kind = 'headline' AND t.seen_at = e.seen_at
        AND t.revision_id = e.revision_id) AS INTEGER) AS headline -- 1: the headline was written anew
FROM edits e
JOIN articles a ON a.id = e.article_id
JOIN sources s ON s.id = e.source_id
WHERE {EDITED.format("e")};

-- Edits with which a correction notice came, changed or went, and the edits that they explain.
CREATE VIEW corrections AS
SELECT
    e.revision_id AS revision_id,           -- the version after the edit
    e.source_id AS source_id,               -- number of the source that named the article first
    e.article_id AS article_id,             -- the article
    e.seen_at AS seen_at,                   -- first look that showed the notice
    e.verdict AS verdict,                   -- what we say about it
    e.explains_id AS explains_id,           -- the version that the edit made whose words it names; null: none that we saw
    x.seen_at AS explained_at,              -- when that was seen first
    CAST(e.explains_id >= e.revision_id AS INTEGER) AS at_once -- 1: it came with that very edit, or before it
FROM edit_tags t
CROSS JOIN edits e ON e.revision_id = t.revision_id
LEFT JOIN edits x ON x.revision_id = e.explains_id
WHERE t.kind = 'correction notice' AND t.source_id = e.source_id;
"""
