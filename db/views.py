"""The reading interface for people and Datasette: SQL views, made anew whenever their text here changes.

Their comments are documentation as those of the tables are: docs/data-model.md and Datasette show them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.schema import statements
from db.schema_counts import COUNTED_ARTICLES
from db.schema_outlets import OUTLET_EDITS
from db.schema_planning import PANEL_RATES

if TYPE_CHECKING:
    from sqlite_utils import Database

VIEWS = """
-- Edits that we saw, each with the ruling that stands. The front page and the feed are made of it.
CREATE VIEW changes AS
SELECT
    e.revision_id AS revision_id,           -- the version after the edit
    e.seen_at AS seen_at,                   -- first look that showed it
    s.name AS source,                       -- source that named the article first
    r.headline AS headline,                 -- headline after the edit
    e.verdict AS verdict,                   -- what we say about it; docs/rulings.md explains the words
    g.settled AS settled,                   -- 1: more looks cannot change the ruling
    b.stand_raw AS stand_before,            -- Stand as printed before; empty if there was none
    r.stand_raw AS stand_after,             -- Stand as printed after
    r.words_added AS words_added,           -- words that came
    r.words_removed AS words_removed,       -- words that went
    r.excerpt AS excerpt,                   -- the changed words: [-gone-] {+new+}
    coalesce(g.not_before, r.not_before) AS not_before, -- the edit is later than that; null: unknown
    coalesce(g.not_after, r.not_after) AS not_after, -- … and not later than that
    b.id AS before_id,                      -- the version before the edit
    e.article_id AS article_id,             -- the article
    r.number AS number,                     -- number of the version within the article
    e.source_id AS source_id,               -- number of the source
    a.url AS url,                           -- address of the article
    g.at AS ruled_at,                       -- when the ruling was made
    e.severity AS severity,                 -- trivial, low, medium or high (docs/meaning.md); empty: not weighed
    e.because AS because,                   -- why, in words
    e.words AS words,                       -- words that came and words that went
    a.state AS state                        -- of the article: live, suspect (missing once), gone, or moved
FROM edits e
JOIN revisions r ON r.id = e.revision_id
JOIN articles a ON a.id = e.article_id
JOIN sources s ON s.id = e.source_id
JOIN rulings g ON g.id = e.ruling_id
LEFT JOIN revisions b ON b.id = r.before_id;

-- Articles as they stand now.
CREATE VIEW articles_now AS
SELECT
    a.id AS article_id,                     -- the article
    s.name AS source,                       -- source that named it first
    r.headline AS headline,                 -- headline that stands; null before the first reading
    r.stand_raw AS stand,                   -- Stand as printed
    a.state AS state,                       -- live, suspect (missing once), gone, or moved
    (SELECT count(*) FROM revisions n WHERE n.article_id = a.id) AS versions, -- how many versions are kept
    (SELECT sum(o.count) FROM observations o WHERE o.article_id = a.id) AS looks, -- how often we looked
    a.comment_count AS comment_count,       -- comments as last seen; null where there are none
    a.last_changed_at AS last_changed_at,   -- when the last edit was seen
    a.last_visited_at AS last_visited_at,   -- last look
    a.next_visit_at AS next_visit_at,       -- next look
    a.first_seen_at AS first_seen_at,       -- when we first heard of it
    a.error_code AS error_code,             -- why the last look failed; empty if it did not
    a.url AS url,                           -- its address
    a.panel AS panel,                       -- 1: of the panel, 0: not; null: not asked when it was first read
    a.panel_share AS panel_share            -- the share of articles that was to be of the panel then
FROM articles a
JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions r ON r.id = a.revision_id;

-- Versions with their whole text.
CREATE VIEW revision_texts AS
SELECT
    r.id AS revision_id,                    -- the version
    r.article_id AS article_id,             -- the article
    r.number AS number,                     -- number within the article
    r.kind AS kind,                         -- first, changed, reread, or held (could not be read as before)
    r.seen_at AS seen_at,                   -- first look at it
    r.stand_raw AS stand,                   -- Stand as printed
    r.topline AS topline,                   -- short line above the headline
    r.headline AS headline,                 -- headline
    r.standfirst AS standfirst,             -- lead
    (SELECT group_concat(t.text, char(10, 10)) FROM (
        SELECT b.text FROM revision_blocks rb JOIN blocks b ON b.id = rb.block_id
        WHERE rb.revision_id = r.id ORDER BY rb.position) t
    ) AS text,                              -- its paragraphs in order, an empty line between them
    r.words AS words,                       -- how many words
    r.read_with AS read_with,               -- reader and version
    (SELECT max(n.id) FROM revisions n WHERE n.page_id = r.page_id AND n.id > r.id
    ) AS superseded_by                      -- the version that the same page is when it is read again; null: none
FROM revisions r;

-- The ruling that stands on each version.
CREATE VIEW rulings_now AS
SELECT
    g.id AS ruling_id,                      -- the ruling
    g.revision_id AS revision_id,           -- the version
    g.verdict AS verdict,                   -- what we say
    g.rule AS rule,                         -- row of the table in docs/rulings.md
    g.settled AS settled,                   -- 1: more looks cannot change it
    g.at AS at,                             -- when it was made
    g.not_before AS not_before,             -- window of the edit
    g.not_after AS not_after,               -- window of the edit
    g.evidence AS evidence                  -- what it rests on, JSON pairs
FROM rulings g
WHERE g.id = (SELECT max(n.id) FROM rulings n WHERE n.revision_id = g.revision_id);

-- How often each version was seen. "412 looks, longest gap 31 minutes" is evidence; 412 alone is not.
CREATE VIEW revision_looks AS
SELECT
    o.revision_id AS revision_id,           -- the version
    sum(o.count) AS looks,                  -- looks that showed it
    min(o.first_at) AS first_at,            -- the first of them
    max(o.last_at) AS last_at,              -- the last of them
    max(o.longest_gap_seconds) AS longest_gap_seconds, -- longest time without a look
    sum(o.connections) AS connections,      -- different connections used
    sum(o.uncached) AS uncached             -- looks that asked every cache to be passed over
FROM observations o
WHERE o.revision_id IS NOT NULL AND o.outcome IN ('new', 'same', 'changed', 'reread', 'returned')
GROUP BY o.revision_id;

-- Which clock moved with which edit: the Stand that readers see beside the stamps for machines.
CREATE VIEW clock_moves AS
SELECT
    r.id AS revision_id,                    -- the version after the edit
    r.article_id AS article_id,             -- the article
    r.seen_at AS seen_at,                   -- first look at it
    c.kind AS clock,                        -- which clock
    json_extract(b.value, '$[4]') AS before, -- as the page wrote it beside the old text; null: there was none
    c.raw AS after,                         -- as the page wrote it beside the new text
    json_extract(b.value, '$[1]') AS before_at, -- the same as an instant
    c.starts_at AS after_at                 -- the same as an instant
FROM revisions r
JOIN revision_clocks c ON c.revision_id = r.id
LEFT JOIN json_each(CASE r.clocks_before WHEN '' THEN (
    SELECT json_group_array(json_array(o.kind, o.starts_at, o.ends_at, o.again_at, o.raw)) FROM revision_clocks o
    WHERE o.revision_id = r.before_id) ELSE r.clocks_before END) b ON json_extract(b.value, '$[0]') = c.kind
WHERE r.kind = 'changed' AND json_extract(b.value, '$[4]') IS NOT c.raw
    -- What "2 hours ago" and "3 hours ago" mean may be the same: they moved if no moment fits both.
    AND (c.starts_at IS NULL OR json_extract(b.value, '$[1]') IS NULL OR c.starts_at >= json_extract(b.value, '$[2]')
        OR c.ends_at <= json_extract(b.value, '$[1]'));

-- Comment counts as a series, with what came or went since the count before.
CREATE VIEW comment_moves AS
SELECT
    c.article_id AS article_id,             -- the article
    c.at AS at,                             -- first look that showed the count
    c.count AS count,                       -- comments; null: the page no longer offers any
    c.count - lag(c.count) OVER (PARTITION BY c.article_id ORDER BY c.at, c.id) AS difference, -- since the one before
    c.movement AS movement                  -- what it comes to, as in comment_counts; mostly empty
FROM comment_counts c;

-- What the outlets do with their Stand, by source.
CREATE VIEW outlets AS
SELECT
    s.name AS source,                       -- the source
    (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles, -- articles that it named first
    (SELECT count(*) FROM articles a WHERE a.source_id = s.id AND a.state = 'gone') AS gone, -- of these, those gone
    s.edits AS edits,                       -- settled edits of the text
    s.edits_stand_moved AS edits_stand_moved, -- how many of them the Stand moved with
    round(100.0 * s.edits_stand_moved / nullif(s.edits, 0)) AS percent -- the same in per cent; null before the first
FROM sources s;

-- How often which ruling stands, by source.
CREATE VIEW verdicts AS
SELECT
    c.source AS source,                     -- the source
    c.verdict AS verdict,                   -- what we say
    count(*) AS edits                       -- how many edits
FROM changes c
GROUP BY c.source, c.verdict;

-- Whether an article is looked at, and if not, why not.
CREATE VIEW watching AS
SELECT
    a.id AS article_id,                     -- the article
    CASE
        WHEN a.state = 'moved' THEN 'moved'
        WHEN a.next_visit_at IS NULL THEN 'removed'
        WHEN EXISTS (SELECT 1 FROM listings l JOIN sources n ON n.id = l.source_id
            WHERE l.article_id = a.id AND n.state = 'active') THEN iif(a.paused, 'paused', 'watched')
        WHEN EXISTS (SELECT 1 FROM listings l JOIN sources n ON n.id = l.source_id
            WHERE l.article_id = a.id AND n.state != 'removed') THEN iif(a.paused, 'paused', 'source paused')
        ELSE 'source removed'
    END AS watch                            -- watched, paused, removed, source paused, source removed, or moved
FROM articles a;

-- Articles that are watched and whose last look failed or could not be read.
CREATE VIEW failing AS
SELECT
    a.id AS article_id,                     -- the article
    a.error_code AS error_code,             -- why, as a code
    a.error AS error,                       -- why, in words
    a.failures AS failures,                 -- looks in a row
    a.last_visited_at AS last_visited_at,   -- last look
    a.next_visit_at AS next_visit_at,       -- next look
    a.host AS host,                         -- host that we ask
    a.fetch_url AS fetch_url                -- address that we ask
FROM articles a
JOIN watching w ON w.article_id = a.id
WHERE a.failures > 0 AND w.watch = 'watched';

-- Articles that are watched and whose page is not there: missing once, or gone.
CREATE VIEW missing AS
SELECT
    a.id AS article_id,                     -- the article
    s.name AS source,                       -- source that named it first
    r.headline AS headline,                 -- headline when last seen; null if it was never read
    a.state AS state,                       -- suspect (missing once; another look has to confirm it) or gone
    (SELECT d.absence FROM departures d WHERE d.article_id = a.id AND d.returned_at IS NULL ORDER BY d.id DESC LIMIT 1
    ) AS absence,                           -- what stands in its place, as in departures; null: not confirmed
    a.missing_since AS missing_since,       -- first look that did not find it
    a.last_read_at AS last_read_at,         -- last look that found it
    a.last_visited_at AS last_visited_at,   -- last look
    a.next_visit_at AS next_visit_at,       -- next look
    a.url AS url                            -- its address
FROM articles a
JOIN watching w ON w.article_id = a.id
JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions r ON r.id = a.revision_id
WHERE a.state IN ('suspect', 'gone') AND w.watch = 'watched';

-- Articles at which nobody looks at present: paused or removed, themselves or with all sources that list them.
CREATE VIEW resting AS
SELECT
    a.id AS article_id,                     -- the article
    s.name AS source,                       -- source that named it first
    r.headline AS headline,                 -- headline when last seen; null if it was never read
    w.watch AS why,                         -- paused, removed, source paused, or source removed
    a.last_visited_at AS last_visited_at,   -- last look
    a.url AS url                            -- its address
FROM articles a
JOIN watching w ON w.article_id = a.id
JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions r ON r.id = a.revision_id
WHERE w.watch NOT IN ('watched', 'moved');

-- How well each site is read, by reader: a sudden drop means a redesign or a wall.
CREATE VIEW site_readings AS
SELECT
    r.host AS host,                         -- the site
    r.read_with AS read_with,               -- reader and version
    count(*) AS articles,                   -- articles that it read
    round(100.0 * avg(r.headline)) AS headline, -- per cent of them with a headline
    round(100.0 * avg(r.stand)) AS stand,   -- … with a Stand
    round(100.0 * avg(r.length > 0)) AS body, -- … with a text
    round(100.0 * avg(r.comments)) AS comments, -- … with a number of comments
    (SELECT avg(m.length) FROM (
        SELECT i.length, row_number() OVER (ORDER BY i.length) AS place, count(*) OVER () AS number FROM readings i
        WHERE i.host = r.host AND i.read_with = r.read_with) m
     WHERE m.place IN ((m.number + 1) / 2, (m.number + 2) / 2)
    ) AS median_length,                     -- median of the characters of lead and text
    max(r.at) AS last_at                    -- when that last moved
FROM readings r GROUP BY r.host, r.read_with;

-- Sites that cannot be read as before: nothing is told of their articles until they are.
CREATE VIEW drifting AS
SELECT
    d.host AS host,                         -- the site
    d.from_at AS from_at,                   -- first look that lost something
    d.at AS at,                             -- when it was noticed
    d.odd AS odd,                           -- articles that had lost something by then …
    d.looked AS looked,                     -- … of so many that had been looked at since
    d.lost AS lost,                         -- what was lost
    d.holds AS holds,                       -- 1: nothing is told of its articles
    (SELECT count(*) FROM doubts o WHERE o.host = d.host AND o.held = 1) AS held, -- articles with a held version
    (SELECT count(*) FROM doubts o WHERE o.host = d.host AND o.lost = 'page') AS unread -- … and that cannot be read
FROM drifts d WHERE d.to_at IS NULL;

-- What did not arrive: deliveries that wait, were given up or are withheld.
CREATE VIEW undelivered AS
SELECT
    d.id AS delivery_id,                    -- the delivery
    d.endpoint AS endpoint,                 -- to whom
    d.state AS state,                       -- pending, held, dead or withheld
    e.type AS type,                         -- type of the event
    e.verdict AS verdict,                   -- what it says
    e.at AS event_at,                       -- when it was recorded
    d.attempts AS attempts,                 -- made so far
    d.next_attempt_at AS next_attempt_at,   -- when it is tried, or held until; null: never
    d.status AS status,                     -- HTTP status of the last attempt; 0 if none came
    d.error AS error,                       -- why the last attempt failed, or it is withheld
    d.article_id AS article_id              -- the article; null for operations
FROM deliveries d
JOIN events e ON e.id = d.event_id
WHERE d.state != 'delivered';
"""
VIEWS += OUTLET_EDITS + COUNTED_ARTICLES + PANEL_RATES

_NAME = re.compile(r"CREATE VIEW (\w+)")
_LEADING_COMMENT = re.compile(r"\A(--[^\n]*\n)+")


def has_views(db: Database) -> bool:
    """The file has them as they stand here."""
    there = {row[0]: row[1] for row in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'")}
    return all(there.get(name_of(statement)) == _as_kept(statement) for statement in statements(VIEWS))


def create_views(db: Database) -> None:
    """Drop and re-create the views in one transaction; a file that has them as they stand here is not written to."""
    if has_views(db):
        return
    with db.atomic():
        for statement in statements(VIEWS):
            db.execute(f"DROP VIEW IF EXISTS {name_of(statement)}")
            db.execute(statement)


def name_of(statement: str) -> str:
    """The name of the view that a statement creates."""
    found = _NAME.search(statement)
    if found is None:
        raise ValueError(f"db/views.py: this statement creates no view: {statement[:80]}")
    return found[1]


def _as_kept(statement: str) -> str:
    """The statement as SQLite keeps it: without the comment before it and the semicolon after it."""
    return _LEADING_COMMENT.sub("", statement).removesuffix(";")
