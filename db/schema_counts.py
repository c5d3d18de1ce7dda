"""What pages say the number of, counted by triggers as it comes, and the indexes of their short lists (see db/schema.py).

No page counts articles, events or deliveries one by one: there may be millions.
"""

from __future__ import annotations

LISTED = (
    "ALTER TABLE articles ADD COLUMN listed TEXT NOT NULL DEFAULT '';"
    " -- numbers of the sources that list it, with commas between; kept by triggers with the listings"
)
COUNTS_ADDED = (LISTED,)

ARTICLE_COUNTS = """
-- How many articles there are of each kind. Kept by triggers with the articles.
CREATE TABLE article_counts (
    source_id INTEGER NOT NULL,             -- source that named them first
    listed TEXT NOT NULL,                   -- sources that list them, as in articles
    state TEXT NOT NULL,                    -- live, suspect, gone or moved
    paused INTEGER NOT NULL,                -- 1: not visited, by hand
    removed INTEGER NOT NULL,               -- 1: never visited again
    unread INTEGER NOT NULL,                -- 1: never read
    failing INTEGER NOT NULL,               -- 1: the last look failed or could not be read
    code TEXT NOT NULL,                     -- why; empty if it did not fail
    articles INTEGER NOT NULL,              -- so many
    PRIMARY KEY (source_id, listed, state, paused, removed, unread, failing, code)
) STRICT, WITHOUT ROWID;

-- How many edited articles there are by how often their headlines were written anew. Kept by triggers with article_edits.
CREATE TABLE headline_counts (
    source_id INTEGER NOT NULL,             -- source that named them first
    headlines INTEGER NOT NULL,             -- edits that wrote the headline anew
    articles INTEGER NOT NULL,              -- articles with so many of these
    late INTEGER NOT NULL,                  -- their edits later than 24 hours after we first heard of the article
    PRIMARY KEY (source_id, headlines)
) STRICT, WITHOUT ROWID;

-- How often articles were removed and returned. Kept by a trigger with the events.
CREATE TABLE presence_counts (
    source_id INTEGER NOT NULL,             -- source that named the articles first
    verdict TEXT NOT NULL,                  -- removed or returned
    events INTEGER NOT NULL,                -- so often
    articles INTEGER NOT NULL,              -- so many articles
    PRIMARY KEY (source_id, verdict)
) STRICT, WITHOUT ROWID;
"""

_KIND = (
    "{0}.source_id, {0}.listed, {0}.state, {0}.paused, {0}.next_visit_at IS NULL, {0}.revision_id IS NULL,"
    " {0}.failures > 0, iif({0}.failures > 0, {0}.error_code, '')"
)
_NAMES = "source_id, listed, state, paused, removed, unread, failing, code"
_ADD = f"""
    INSERT INTO article_counts ({_NAMES}, articles) VALUES ({_KIND.format("new")}, 1)
    ON CONFLICT DO UPDATE SET articles = articles + 1;"""
_TAKE = f"""
    UPDATE article_counts SET articles = articles - 1 WHERE ({_NAMES}) = ({_KIND.format("old")});"""
_LISTED = """
    UPDATE articles SET listed = coalesce((SELECT group_concat(source_id) FROM (
        SELECT source_id FROM listings WHERE article_id = articles.id ORDER BY source_id)), ''){where};"""
_OF_LISTING = _LISTED.format(where=" WHERE id = {0}.article_id")
_ADD_EDITED = """
    INSERT INTO headline_counts (source_id, headlines, articles, late)
    VALUES (new.source_id, new.headlines, 1, new.late)
    ON CONFLICT DO UPDATE SET articles = articles + 1, late = late + excluded.late;"""
_TAKE_EDITED = """
    UPDATE headline_counts SET articles = articles - 1, late = late - old.late
    WHERE (source_id, headlines) = (old.source_id, old.headlines);"""
_PRESENCE = "verdict IN ('removed', 'returned')"
# A list knows its index by these very words.
OPERATIONS = "type >= 'operations.' AND type < 'operations/'"

COUNTING_ARTICLES = f"""
CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN{_ADD}
END;
CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN{_TAKE}
END;
CREATE TRIGGER articles_au AFTER UPDATE OF source_id, listed, state, paused, next_visit_at, revision_id, failures,
    error_code ON articles
WHEN ({_KIND.format("new")}) IS NOT ({_KIND.format("old")}) BEGIN{_TAKE}{_ADD}
END;
CREATE TRIGGER listings_ai AFTER INSERT ON listings BEGIN{_OF_LISTING.format("new")}
END;
CREATE TRIGGER listings_ad AFTER DELETE ON listings BEGIN{_OF_LISTING.format("old")}
END;
CREATE TRIGGER article_edits_ai AFTER INSERT ON article_edits BEGIN{_ADD_EDITED}
END;
CREATE TRIGGER article_edits_ad AFTER DELETE ON article_edits BEGIN{_TAKE_EDITED}
END;
CREATE TRIGGER events_ai AFTER INSERT ON events WHEN new.{_PRESENCE} BEGIN
    INSERT INTO presence_counts (source_id, verdict, events, articles)
    SELECT a.source_id, new.verdict, 1, NOT EXISTS (SELECT 1 FROM events o WHERE o.article_id = new.article_id
        AND o.verdict = new.verdict AND o.{_PRESENCE} AND o.id != new.id)
    FROM articles a WHERE a.id = new.article_id
    ON CONFLICT DO UPDATE SET events = events + 1, articles = articles + excluded.articles;
END;
"""
ARTICLES_SO_FAR = (
    _LISTED.format(where=""),
    f"""INSERT INTO article_counts ({_NAMES}, articles) SELECT {_KIND.format("a")}, count(*) FROM articles a
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8""",
    "INSERT INTO headline_counts SELECT source_id, headlines, count(*), sum(late) FROM article_edits GROUP BY 1, 2",
    f"""INSERT INTO presence_counts SELECT a.source_id, e.verdict, count(*), count(DISTINCT e.article_id)
        FROM events e JOIN articles a ON a.id = e.article_id WHERE e.{_PRESENCE} GROUP BY 1, 2""",
)
SHORT_LISTS = f"""
CREATE INDEX articles_failing ON articles(error_code, last_visited_at) WHERE failures > 0;
CREATE INDEX articles_missing ON articles(state, missing_since) WHERE state IN ('suspect', 'gone');
CREATE INDEX article_edits_first ON article_edits(source_id, first_seconds);
CREATE INDEX events_operations ON events(id) WHERE {OPERATIONS};
CREATE INDEX deliveries_dead ON deliveries(id, endpoint) WHERE state = 'dead';
CREATE INDEX deliveries_delivered ON deliveries(endpoint, delivered_at) WHERE delivered_at IS NOT NULL;
DROP INDEX articles_not_read;
"""

PAUSED = "CREATE INDEX articles_paused ON articles(source_id) WHERE paused = 1"

# As `watching` has it for one article.
COUNTED_ARTICLES = """
-- How many articles there are of each kind, and whether they are watched.
CREATE VIEW counted_articles AS
SELECT
    c.source_id AS source_id,               -- source that named them first
    c.state AS state,                       -- live, suspect (missing once), gone, or moved
    CASE
        WHEN c.state = 'moved' THEN 'moved'
        WHEN c.removed THEN 'removed'
        WHEN EXISTS (SELECT 1 FROM json_each('[' || c.listed || ']') l JOIN sources n ON n.id = l.value
            WHERE n.state = 'active') THEN iif(c.paused, 'paused', 'watched')
        WHEN EXISTS (SELECT 1 FROM json_each('[' || c.listed || ']') l JOIN sources n ON n.id = l.value
            WHERE n.state != 'removed') THEN iif(c.paused, 'paused', 'source paused')
        ELSE 'source removed'
    END AS watch,                           -- as in watching
    c.unread AS unread,                     -- 1: never read
    c.failing AS failing,                   -- 1: the last look failed or could not be read
    c.code AS code,                         -- why; empty if it did not fail
    c.articles AS articles                  -- so many
FROM article_counts c WHERE c.articles > 0;
"""
