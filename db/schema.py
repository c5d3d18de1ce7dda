"""The tables; db/migrations.py makes them. The comments are the documentation: docs/data-model.md is made from them.

Instants are UTC text with microseconds, "2022-01-10T21:53:00.000000+00:00"; spans are seconds. History
(revisions, rulings, events, observations) is only ever added to.
"""

from __future__ import annotations

from db.schema_life import LIFE_ADDED
from db.schema_sources import SOURCES_ADDED

# "Nach" in ASCII: lets `file` and us tell our databases from other SQLite files.
APPLICATION_ID = 0x4E616368

TABLES = """
-- Facts about this file itself.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,                   -- "database_id": random, makes ids of events unique across databases
    value TEXT NOT NULL                     -- its value
) STRICT;

-- Where addresses of articles come from.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,                 -- number of the source
    name TEXT NOT NULL UNIQUE,              -- name in config.toml; "by hand" for `nachtrag add`
    kind TEXT NOT NULL,                     -- feed, sitemap, api, page, list, or hand
    url TEXT NOT NULL,                      -- its address; the path of a list; empty for hand
    host TEXT NOT NULL,                     -- host that serves it; empty for list and hand
    every_seconds REAL NOT NULL,            -- how often it is polled
    state TEXT NOT NULL DEFAULT 'active',   -- active, paused, or removed (from the configuration)
    added_at TEXT NOT NULL,                 -- when it was first configured
    next_poll_at TEXT,                      -- when it is due; null for hand
    leased_until TEXT,                      -- somebody polls it until then at most
    etag TEXT NOT NULL DEFAULT '',          -- validator of the last answer
    last_modified TEXT NOT NULL DEFAULT '', -- validator of the last answer
    last_polled_at TEXT,                    -- last attempt
    last_ok_at TEXT,                        -- last poll that worked
    last_listed_at TEXT,                    -- last poll that listed entries
    failures INTEGER NOT NULL DEFAULT 0,    -- failed polls in a row
    error_code TEXT NOT NULL DEFAULT '',    -- why the last poll failed; empty if it did not
    error TEXT NOT NULL DEFAULT '',         -- the same in words
    skipped INTEGER NOT NULL DEFAULT 0,     -- entries of the last list without an address that can be used
    edits INTEGER NOT NULL DEFAULT 0,       -- practice of the outlet: settled edits of the text …
    edits_stand_moved INTEGER NOT NULL DEFAULT 0 -- … and how many of them the Stand moved with
) STRICT;

-- Stretches in which entries of a feed may have been missed: a poll shared no entry with the one before.
CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,                 -- number of the gap
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the feed
    from_at TEXT NOT NULL,                  -- the last poll before the gap
    to_at TEXT NOT NULL                     -- the first poll after it
) STRICT;

-- The hosts we talk to, and how.
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,                  -- name, with the port if it is not the usual one
    free_at TEXT,                           -- no request before that
    robots_status INTEGER,                  -- status of robots.txt when last fetched; 0 unreachable, null never asked
    robots_body TEXT NOT NULL DEFAULT '',   -- robots.txt as text
    robots_fetched_at TEXT,                 -- when it was fetched
    stale_seconds REAL NOT NULL DEFAULT 0,  -- longest staleness that an old copy proved
    clock_offset_seconds REAL,              -- the host's Date minus our clock at the last fresh answer
    clock_checked_at TEXT                   -- when that was
) STRICT;

-- The articles we watch.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,                 -- number of the article
    url TEXT NOT NULL UNIQUE,               -- its identity: the canonical address
    fetch_url TEXT NOT NULL,                -- the address we ask
    host TEXT NOT NULL,                     -- host of fetch_url
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the source that named it first
    state TEXT NOT NULL DEFAULT 'live',     -- live, suspect (missing once), gone, or moved (another row follows it)
    paused INTEGER NOT NULL DEFAULT 0,      -- 1: not visited, by hand
    first_seen_at TEXT NOT NULL,            -- when we first heard of it
    next_visit_at TEXT,                     -- when it is due; null: never again
    leased_until TEXT,                      -- somebody visits it until then at most
    last_visited_at TEXT,                   -- last look, whatever came of it
    last_read_at TEXT,                      -- last look that showed the version that stands
    last_changed_at TEXT,                   -- when the last edit was seen
    revision_id INTEGER REFERENCES revisions(id), -- the revision that stands; null before the first reading
    clocks TEXT NOT NULL DEFAULT '[]',      -- its clocks as last seen, JSON: machine clocks move without the text
    comment_count INTEGER,                  -- as last seen; null where the page offers no comments
    etag TEXT NOT NULL DEFAULT '',          -- validator of the last full answer
    last_modified TEXT NOT NULL DEFAULT '', -- validator of the last full answer
    failures INTEGER NOT NULL DEFAULT 0,    -- looks in a row that failed or could not be read
    error_code TEXT NOT NULL DEFAULT '',    -- why the last look failed; empty if it did not
    error TEXT NOT NULL DEFAULT '',         -- the same in words
    missing INTEGER NOT NULL DEFAULT 0,     -- sightings of its absence in a row
    missing_since TEXT,                     -- the first of them
    missing_connection TEXT NOT NULL DEFAULT '', -- the connection that the first of them used
    warning TEXT NOT NULL DEFAULT ''        -- why the reading is suspect; empty if it is not
) STRICT;
CREATE INDEX articles_due ON articles(host, next_visit_at) WHERE next_visit_at IS NOT NULL;
CREATE INDEX articles_leased ON articles(host, leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX articles_fetch_url ON articles(fetch_url);
CREATE INDEX articles_source ON articles(source_id);

-- Which source lists which article, and since when; "by hand" lists what was added. An article is followed as long
-- as any active source lists it.
CREATE TABLE listings (
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the source
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    title TEXT NOT NULL,                    -- title in the feed when last listed; empty by hand
    published_at TEXT,                      -- publication date in the feed
    updated_at TEXT,                        -- update date in the feed when last listed
    first_listed_at TEXT NOT NULL,          -- first poll that listed it
    last_listed_at TEXT NOT NULL,           -- last poll that listed it
    PRIMARY KEY (source_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX listings_article ON listings(article_id);

-- Raw answers, as evidence. Never shown as HTML.
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,                 -- number of the page
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    url TEXT NOT NULL,                      -- address that answered; empty: as that of the page it is kept against
    status INTEGER NOT NULL,                -- HTTP status
    headers TEXT NOT NULL,                  -- headers as served, JSON pairs; a number: as the header of that place, from 0, of the page it is kept against
    fetched_at TEXT NOT NULL,               -- our clock
    sha256 TEXT NOT NULL,                   -- of the body as served
    size INTEGER NOT NULL,                  -- of the body as kept, uncompressed
    base_id INTEGER REFERENCES pages(id),   -- the page this one is kept against; null: stands alone
    body BLOB                               -- zstandard; null after a takedown
) STRICT;
CREATE INDEX pages_article ON pages(article_id);

-- The versions of an article, one row each; never changed.
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,                 -- number of the revision
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    number INTEGER NOT NULL,                -- 1, 2, 3 … within the article
    kind TEXT NOT NULL,                     -- first, changed, reread (another reader: nothing was edited), or held (the site or the article could not be read as before: does not count)
    seen_at TEXT NOT NULL,                  -- first look at it; of a kept page that was read again: the look that brought it
    not_before TEXT,                        -- the edit is later than that: last look at the old text, less what caches may delay
    not_after TEXT NOT NULL,                -- the edit is not later than that
    topline TEXT NOT NULL,                  -- short line above the headline
    headline TEXT NOT NULL,                 -- headline
    standfirst TEXT NOT NULL,               -- lead
    authors TEXT NOT NULL,                  -- JSON list
    notes TEXT NOT NULL,                    -- JSON list of broadcast notes and the like: shown, not compared
    language TEXT,                          -- as the page states it
    read_with TEXT NOT NULL,                -- reader and version
    stand_at TEXT,                          -- start of what the printed Stand covers; null if there is none, it cannot be read, or leaves open when ("2 hours ago")
    stand_raw TEXT NOT NULL DEFAULT '',     -- the Stand as printed
    comment_count INTEGER,                  -- when first seen; null where the page offers none
    words INTEGER NOT NULL,                 -- words in headline, topline, standfirst and blocks
    words_added INTEGER NOT NULL,           -- against the revision before
    words_removed INTEGER NOT NULL,         -- against the revision before
    excerpt TEXT NOT NULL,                  -- the changed words in plain text
    stand_only INTEGER NOT NULL,            -- 1: only the Stand differs from the revision before
    clocks_before TEXT NOT NULL,            -- the clocks beside the old text when it was last seen, JSON; empty: as when it was first seen
    fingerprint TEXT NOT NULL,              -- of all that we compare
    page_id INTEGER REFERENCES pages(id),   -- the raw answer
    page_sha256 TEXT NOT NULL,              -- its SHA-256
    rule_at TEXT,                           -- when to rule again; null: the ruling has settled
    previous_hash TEXT NOT NULL,            -- hash of the revision recorded before this one, of whatever article
    hash TEXT NOT NULL,                     -- sha256 over previous_hash and the content: `nachtrag verify` walks the chain
    UNIQUE (article_id, number)
) STRICT;
CREATE INDEX revisions_open ON revisions(rule_at) WHERE rule_at IS NOT NULL;
CREATE INDEX revisions_seen ON revisions(seen_at);

-- Distinct texts of blocks, each stored and indexed once.
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,                 -- number of the text
    sha256 BLOB NOT NULL UNIQUE,            -- of the text; a zero byte follows where the text is erased here and other articles have it
    text TEXT NOT NULL                      -- as the page wrote it; empty after a takedown
) STRICT;

-- The text of a revision: an ordered list of blocks.
CREATE TABLE revision_blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kind TEXT NOT NULL,                     -- paragraph, subhead, quote, list_item, table, or note (editor's or correction note)
    block_id INTEGER NOT NULL REFERENCES blocks(id), -- the text
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_blocks_block ON revision_blocks(block_id);

-- The pictures of a revision.
CREATE TABLE revision_images (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    url TEXT NOT NULL,                      -- address of the picture
    alt TEXT NOT NULL,                      -- text for those who do not see it
    caption TEXT NOT NULL,                  -- caption
    credit TEXT NOT NULL,                   -- credit
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- Every clock a revision offered when it was first seen.
CREATE TABLE revision_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kind TEXT NOT NULL,                     -- stand (visible "as of"), published, published_ld, modified_ld, …
    starts_at TEXT,                         -- start of what it covers; null if it cannot be read
    ends_at TEXT,                           -- end of what it covers
    again_at TEXT,                          -- start of the second reading in a doubled hour
    raw TEXT NOT NULL,                      -- as the page wrote it
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- Looks, run-length: equal outcomes in a row are one row.
CREATE TABLE observations (
    id INTEGER PRIMARY KEY,                 -- number of the run
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    revision_id INTEGER REFERENCES revisions(id), -- the version that was seen; null if none was
    outcome TEXT NOT NULL,                  -- new, same, changed, reread, old_copy, suspect, gone, returned, unreadable, failed
    first_at TEXT NOT NULL,                 -- first look
    last_at TEXT NOT NULL,                  -- last look
    count INTEGER NOT NULL,                 -- looks
    longest_gap_seconds REAL NOT NULL,      -- longest time without a look, the time before the first included
    connections INTEGER NOT NULL,           -- different connections used
    last_connection TEXT NOT NULL,          -- the last of them
    uncached INTEGER NOT NULL,              -- looks that asked every cache to be passed over
    clock_bad INTEGER NOT NULL,             -- looks at which the server's Date and our clock were more than 60 s apart, or no Date came
    first_headers TEXT NOT NULL,            -- Date, Age, ETag, Last-Modified and peer of the first look, JSON; of a look that brought a version only how far the clocks were apart: its page has its headers, and last_connection the peer
    last_headers TEXT NOT NULL,             -- … and of the last, as far as they differ: null is a header that was gone; with a connection among them: all of them; empty: there was one look
    status INTEGER NOT NULL,                -- HTTP status of the last look; 0 if none came
    error_code TEXT NOT NULL,               -- why it failed; empty if it did not
    error TEXT NOT NULL                     -- the same in words
) STRICT;
CREATE INDEX observations_article ON observations(article_id, id);
CREATE INDEX observations_revision ON observations(revision_id);

-- The comment count as a series: a row whenever it moved.
CREATE TABLE comment_counts (
    id INTEGER PRIMARY KEY,                 -- number of the row
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    at TEXT NOT NULL,                       -- first look that showed it
    count INTEGER                           -- comments; null: the page no longer offers any
) STRICT;
CREATE INDEX comment_counts_article ON comment_counts(article_id, at);

-- What we say about a revision; only added to, the newest counts.
CREATE TABLE rulings (
    id INTEGER PRIMARY KEY,                 -- number of the ruling
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    at TEXT NOT NULL,                       -- when it was made
    verdict TEXT NOT NULL,                  -- docs/rulings.md lists them
    rule INTEGER NOT NULL,                  -- row of the table there
    rule_version INTEGER NOT NULL,          -- version of the table
    settled INTEGER NOT NULL,               -- 1: more looks cannot change it
    not_before TEXT,                        -- window of the edit
    not_after TEXT NOT NULL,                -- window of the edit
    evidence TEXT NOT NULL,                 -- what it rests on, JSON pairs
    supersedes INTEGER REFERENCES rulings(id), -- the ruling that this one takes back
    previous_hash TEXT NOT NULL,            -- hash of the ruling recorded before
    hash TEXT NOT NULL                      -- sha256 over previous_hash and the content
) STRICT;
CREATE INDEX rulings_revision ON rulings(revision_id, id);

-- Remarks by people, shown beside a revision.
CREATE TABLE remarks (
    id INTEGER PRIMARY KEY,                 -- number of the remark
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    at TEXT NOT NULL,                       -- when it was made
    text TEXT NOT NULL                      -- the remark
) STRICT;

-- What there is to tell, in order of recording; only added to.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- order of recording
    uid TEXT NOT NULL UNIQUE,               -- the id that receivers see, unique across databases
    type TEXT NOT NULL,                     -- article.changed, article.ruled, …; operations.* for those who run it
    at TEXT NOT NULL,                       -- when it was recorded
    article_id INTEGER REFERENCES articles(id), -- the article; null for operations
    revision_id INTEGER REFERENCES revisions(id), -- the revision; null where there is none
    ruling_id INTEGER REFERENCES rulings(id), -- the ruling; null where there is none
    url TEXT NOT NULL,                      -- address of the article
    verdict TEXT NOT NULL,                  -- what we say
    data TEXT NOT NULL,                     -- the rest of what is sent, JSON; of a ruling without what its row and that of its revision say, too
    routed_at TEXT                          -- when deliveries were made of it; null: still to do
) STRICT;
CREATE INDEX events_unrouted ON events(id) WHERE routed_at IS NULL;
CREATE INDEX events_article ON events(article_id);
CREATE INDEX events_at ON events(at);

-- Who is told. Secrets are not here: they stay in the environment.
CREATE TABLE endpoints (
    name TEXT PRIMARY KEY,                  -- name in config.toml
    kind TEXT NOT NULL,                     -- webhook, slack or apprise
    url TEXT NOT NULL,                      -- without user name and password
    events TEXT NOT NULL,                   -- event types it wants, JSON list
    state TEXT NOT NULL,                    -- active, removed (from the configuration), or disabled (the receiver said 410)
    added_at TEXT NOT NULL,                 -- when it was first configured
    failures INTEGER NOT NULL DEFAULT 0,    -- failed attempts in a row
    error TEXT NOT NULL DEFAULT ''          -- why the last attempt failed; empty if it did not
) STRICT;

-- One event on its way to one endpoint.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,                 -- number of the delivery
    event_id INTEGER NOT NULL REFERENCES events(id), -- the event
    endpoint TEXT NOT NULL REFERENCES endpoints(name), -- to whom
    article_id INTEGER,                     -- of the event: deliveries keep its order per article
    state TEXT NOT NULL,                    -- pending, held (until it is told with others), delivered, dead (all attempts failed), or withheld (`error` says why)
    attempts INTEGER NOT NULL DEFAULT 0,    -- made so far, but for those before their time
    next_attempt_at TEXT,                   -- when it is due, or held until; null: done or dead
    leased_until TEXT,                      -- somebody sends it until then at most
    last_attempt_at TEXT,                   -- last attempt
    status INTEGER NOT NULL DEFAULT 0,      -- HTTP status of the last attempt; 0 if none came
    error TEXT NOT NULL DEFAULT '',         -- why the last attempt failed
    delivered_at TEXT,                      -- when the receiver said 2xx
    UNIQUE (event_id, endpoint)
) STRICT;
CREATE INDEX deliveries_due ON deliveries(next_attempt_at) WHERE state = 'pending';
CREATE INDEX deliveries_order ON deliveries(endpoint, article_id, id) WHERE state = 'pending';
"""

# Columns that came later, each with its migration in db/migrations.py.
KEPT_SHA256 = "ALTER TABLE pages ADD COLUMN kept_sha256 TEXT; -- of the body as kept, without comments; null: as served"
READ_STALE = (
    "ALTER TABLE articles ADD COLUMN read_stale_seconds REAL NOT NULL DEFAULT 0;"
    " -- how old a copy the last look at the version that stands may have been, by its own headers"
)
STALE_PROVEN = "ALTER TABLE hosts ADD COLUMN stale_proven_at TEXT; -- when stale_seconds was last proven"
URL_SHA256 = (
    "ALTER TABLE endpoints ADD COLUMN url_sha256 TEXT NOT NULL DEFAULT '';"
    " -- of the whole address: another one enables it again; empty: not known"
)
REVISION_URL = (
    "ALTER TABLE revisions ADD COLUMN url TEXT NOT NULL DEFAULT ''; -- address of the article when it was recorded"
)
ANSWER_SHA256 = (
    "ALTER TABLE revisions ADD COLUMN answer_sha256 TEXT NOT NULL DEFAULT '';"
    " -- of the raw answer's address, time, status and headers; the chain covers it"
)
BEFORE_ID = (
    "ALTER TABLE revisions ADD COLUMN before_id INTEGER REFERENCES revisions(id);"
    " -- the version that it was compared with; null: none"
)
REREAD_OF = (
    "ALTER TABLE revisions ADD COLUMN reread_of INTEGER REFERENCES revisions(id);"
    " -- the reading before of a kept page that `nachtrag reread` read again; null: none, or it was read from the wire"
)
ASKED_AGAIN = (
    "ALTER TABLE articles ADD COLUMN asked_again INTEGER NOT NULL DEFAULT 0;"
    " -- 1: to be looked at again soon, to learn whether the site or one article of it is read otherwise"
)
LISTING_CLOCKS = (
    "ALTER TABLE listings ADD COLUMN clocks TEXT NOT NULL DEFAULT '[]';"
    " -- the dates as the source wrote them when it last listed it, JSON: kind, start, end, second start, text"
)
LIVE = "ALTER TABLE revisions ADD COLUMN live INTEGER NOT NULL DEFAULT 0; -- 1: a live blog or ticker"
TAKEN_DOWN = "ALTER TABLE articles ADD COLUMN taken_down_at TEXT; -- when its words were erased; null: they were not"
ADDED = (
    KEPT_SHA256, READ_STALE, STALE_PROVEN, URL_SHA256, REVISION_URL, ANSWER_SHA256, BEFORE_ID,
    REREAD_OF, ASKED_AGAIN, LISTING_CLOCKS, LIVE, TAKEN_DOWN,
    *SOURCES_ADDED, *LIFE_ADDED,
)  # fmt: skip

SEARCH = """
CREATE VIRTUAL TABLE blocks_fts USING fts5(text, content='blocks', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER blocks_ai AFTER INSERT ON blocks BEGIN
    INSERT INTO blocks_fts(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER blocks_au AFTER UPDATE ON blocks BEGIN
    INSERT INTO blocks_fts(blocks_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO blocks_fts(rowid, text) VALUES (new.id, new.text);
END;
CREATE VIRTUAL TABLE revisions_fts USING fts5(topline, headline, standfirst, content='revisions', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER revisions_ai AFTER INSERT ON revisions BEGIN
    INSERT INTO revisions_fts(rowid, topline, headline, standfirst)
    VALUES (new.id, new.topline, new.headline, new.standfirst);
END;
"""


def statements(script: str) -> list[str]:
    """A script as single statements: `executescript` would commit the migration's transaction."""
    found, open_statement = [], ""
    for line in script.strip().splitlines():
        open_statement += line + "\n"
        in_trigger = "CREATE TRIGGER" in open_statement
        if line.rstrip().endswith("END;" if in_trigger else ";") or (not in_trigger and ");" in line.split("--")[0]):
            found.append(open_statement.strip())
            open_statement = ""
    return found
