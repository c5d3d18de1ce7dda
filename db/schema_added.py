"""Tables that came later, in the form of db/schema.py; each has its migration."""

from __future__ import annotations

DRIFT = """
-- How each reader last read an article: the fill rates of a site are made of it.
CREATE TABLE readings (
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    read_with TEXT NOT NULL,                -- reader and version
    host TEXT NOT NULL,                     -- the site: host of the article
    at TEXT NOT NULL,                       -- the look that gave these values first
    headline INTEGER NOT NULL,              -- 1: it has a headline
    stand INTEGER NOT NULL,                 -- 1: it has a Stand
    comments INTEGER NOT NULL,              -- 1: it states a number of comments
    length INTEGER NOT NULL,                -- characters of lead and text
    PRIMARY KEY (article_id, read_with)
) STRICT, WITHOUT ROWID;
CREATE INDEX readings_host ON readings(host);

-- Articles that lost something against their own past when last looked at. Nothing is told of them before it is known
-- whether it is they or the whole site.
CREATE TABLE doubts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article
    host TEXT NOT NULL,                     -- the site
    since TEXT NOT NULL,                    -- first such look
    at TEXT NOT NULL,                       -- last such look
    lost TEXT NOT NULL,                     -- page, headline, stand, body, grown, text, comments, profile, with spaces between; empty: held, but read well
    held INTEGER NOT NULL,                  -- 1: a version is held
    cleared INTEGER NOT NULL DEFAULT 0      -- 1: the rest of the site reads well, so it is the article: the next look counts
) STRICT;
CREATE INDEX doubts_host ON doubts(host);

-- Stretches in which a site could not be read as before: a redesign, or a wall.
CREATE TABLE drifts (
    id INTEGER PRIMARY KEY,                 -- number of the stretch
    host TEXT NOT NULL,                     -- the site
    from_at TEXT NOT NULL,                  -- first look that lost something
    at TEXT NOT NULL,                       -- when it was noticed
    to_at TEXT,                             -- when it was over; null: it lasts
    lost TEXT NOT NULL,                     -- what was lost, and on how many articles, in words
    odd INTEGER NOT NULL,                   -- articles that lost something, when it was noticed …
    looked INTEGER NOT NULL,                -- … of so many that had been looked at since
    holds INTEGER NOT NULL,                 -- 1: nothing is told of its articles; 0: only their comment counts are missing
    ended_by TEXT NOT NULL DEFAULT ''       -- readings (good again by themselves), reread, or person (accepted); empty: it lasts
) STRICT;
CREATE INDEX drifts_open ON drifts(host) WHERE to_at IS NULL;
"""

BESIDE = """
-- What sources and the server said of an article when a version of it was first seen: facts beside the clocks of the
-- page. They are never compared and make no version and no event; row 20 of docs/rulings.md looks at sitemaps and APIs.
CREATE TABLE outside_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    source_id INTEGER REFERENCES sources(id), -- the source that said so; null: the answer itself
    kind TEXT NOT NULL,                     -- published_feed, feed (last change), published_sitemap, sitemap, api (date in the API of the site), or http (Last-Modified)
    starts_at TEXT,                         -- start of what it covers; null if it cannot be read
    ends_at TEXT,                           -- end of what it covers
    again_at TEXT,                          -- start of the second reading in a doubled hour
    raw TEXT NOT NULL,                      -- as it was written
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
"""

UNREAD = """
-- Pages that came and could not be read, of each article the newest by failure: `nachtrag reread` tries them again.
CREATE TABLE unread_pages (
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    code TEXT NOT NULL,                     -- why, as in error_code of articles
    page_id INTEGER NOT NULL REFERENCES pages(id), -- the raw answer
    asked TEXT NOT NULL,                    -- address that was asked; the page may have come from another
    PRIMARY KEY (article_id, code)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX unread_pages_page ON unread_pages(page_id);
CREATE INDEX pages_base ON pages(base_id) WHERE base_id IS NOT NULL;
CREATE INDEX revisions_page ON revisions(page_id);
"""

COMMENTS = """
-- What readers wrote, of sources with comments = "texts" only: personal data, not shown by Datasette (docs/running.md).
CREATE TABLE comments (
    id INTEGER PRIMARY KEY,                 -- number of the comment
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    key TEXT NOT NULL,                      -- SHA-256 of author, time and text
    author TEXT NOT NULL,                   -- name as the page gives it
    posted_at TEXT,                         -- when it was posted, as the page says; null if that cannot be read
    text TEXT NOT NULL,                     -- the comment
    first_seen_at TEXT NOT NULL,            -- first look that showed it
    last_seen_at TEXT NOT NULL,             -- last look that showed it
    UNIQUE (article_id, key)
) STRICT;
"""

CLOCK_PRACTICE = """
-- How often the machine clocks of an outlet move with a settled edit of the text (row 21 of docs/rulings.md).
CREATE TABLE clock_practice (
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the source
    kind TEXT NOT NULL,                     -- the clock, as in revision_clocks
    edits INTEGER NOT NULL,                 -- settled edits with that clock before and after
    moved INTEGER NOT NULL,                 -- of these, edits with which it moved
    PRIMARY KEY (source_id, kind)
) STRICT, WITHOUT ROWID;
"""

EDITS = """
-- Edits as the lists show them: what stands of each, one row by edit, so that every filter has its index. Kept by a
-- trigger with the rulings; all of it can be made again from revisions and rulings.
CREATE TABLE edits (
    revision_id INTEGER PRIMARY KEY REFERENCES revisions(id), -- the version after the edit
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    source_id INTEGER NOT NULL REFERENCES sources(id), -- source that named the article first
    seen_at TEXT NOT NULL,                  -- first look that showed it
    words INTEGER NOT NULL,                 -- words that came and words that went
    verdict TEXT NOT NULL,                  -- what we say of it now
    ruling_id INTEGER NOT NULL REFERENCES rulings(id), -- the ruling that says so
    severity TEXT NOT NULL DEFAULT '',      -- trivial, low, medium or high (docs/meaning.md); empty: not weighed
    because TEXT NOT NULL DEFAULT '',       -- why, in words
    explains_id INTEGER REFERENCES revisions(id), -- a correction notice came with it, on the edit that made that version; a later one: the newsroom saved twice
    meaning_version INTEGER NOT NULL DEFAULT 0 -- version of the rules that weighed it; 0: none has
) STRICT;
CREATE INDEX edits_seen ON edits(seen_at, revision_id);
CREATE INDEX edits_verdict ON edits(verdict, seen_at, revision_id);
CREATE INDEX edits_source ON edits(source_id, seen_at, revision_id);
CREATE INDEX edits_source_verdict ON edits(source_id, verdict, seen_at, revision_id);
CREATE INDEX edits_severity ON edits(severity, seen_at, revision_id);
CREATE INDEX edits_article ON edits(article_id);
CREATE INDEX edits_explains ON edits(explains_id) WHERE explains_id IS NOT NULL;

-- What an edit changed, by kind (docs/meaning.md), with the words.
CREATE TABLE edit_tags (
    kind TEXT NOT NULL,                     -- number, date, name, quotation, … (docs/meaning.md)
    seen_at TEXT NOT NULL,                  -- of the edit
    revision_id INTEGER NOT NULL REFERENCES edits(revision_id), -- the version after the edit
    words TEXT NOT NULL,                    -- JSON pairs: the words before, the words after
    PRIMARY KEY (kind, seen_at, revision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_tags_revision ON edit_tags(revision_id);
"""

# As changes.meaning has them: a trigger cannot ask there.
_NOT_WEIGHED = "('misread', 'reread', 'partial', 'site_text', 'site_wide')"
# Rulings are added in many places; none of them can forget the list.
_EDIT_OF_RULING = """
    INSERT INTO edits (revision_id, article_id, source_id, seen_at, words, verdict, ruling_id)
    SELECT r.id, r.article_id, a.source_id, r.seen_at, r.words_added + r.words_removed, g.verdict, g.id
    FROM rulings g JOIN revisions r ON r.id = g.revision_id JOIN articles a ON a.id = r.article_id
    WHERE r.kind = 'changed' AND {which} ORDER BY g.id
    ON CONFLICT (revision_id) DO UPDATE SET verdict = excluded.verdict, ruling_id = excluded.ruling_id;
"""
_UNWEIGHED = f"new.revision_id AND new.verdict IN {_NOT_WEIGHED}"
EDITS_RULED = f"""
CREATE TRIGGER rulings_ai AFTER INSERT ON rulings BEGIN
{_EDIT_OF_RULING.format(which="g.id = new.id").strip()}
    UPDATE edits SET severity = '', because = '', explains_id = NULL, meaning_version = 0
        WHERE revision_id = {_UNWEIGHED};
    DELETE FROM edit_tags WHERE revision_id = {_UNWEIGHED};
END;
"""
EDITS_SO_FAR = _EDIT_OF_RULING.format(which="g.id > 0")

# What the front page counts, without reading all articles.
COUNTED = """
CREATE INDEX articles_visited ON articles(last_visited_at);
CREATE INDEX articles_unread ON articles(next_visit_at) WHERE revision_id IS NULL AND next_visit_at IS NOT NULL;
"""
