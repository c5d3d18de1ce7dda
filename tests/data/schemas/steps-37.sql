PRAGMA application_id = 1315005288;
PRAGMA auto_vacuum = 2;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'nachtrag','m001_tables','2026-11-27 04:21:31.088505+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'nachtrag','m002_pages_without_comments','2026-11-27 04:21:31.089967+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'nachtrag','m003_staleness_by_answer','2026-11-27 04:21:31.091955+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'nachtrag','m004_listed_by_hand','2026-11-27 04:21:31.092549+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'nachtrag','m005_addresses_that_cannot_be_shown','2026-11-27 04:21:31.093479+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'nachtrag','m006_answers_in_the_chain','2026-11-27 04:21:31.095231+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'nachtrag','m007_sites_that_drift','2026-11-27 04:21:31.099204+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'nachtrag','m008_kinds_of_sources','2026-11-27 04:21:31.101709+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'nachtrag','m009_subscriptions','2026-11-27 04:21:31.104636+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'nachtrag','m010_comments','2026-11-27 04:21:31.105174+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'nachtrag','m011_clocks_beside_the_page','2026-11-27 04:21:31.106485+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'nachtrag','m012_unread_pages','2026-11-27 04:21:31.107330+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'nachtrag','m013_live_blogs','2026-11-27 04:21:31.108526+00:00');
INSERT INTO "_sqlite_migrations" VALUES(14,'nachtrag','m014_practice_with_machine_clocks','2026-11-27 04:21:31.109030+00:00');
INSERT INTO "_sqlite_migrations" VALUES(15,'nachtrag','m015_edits','2026-11-27 04:21:31.110885+00:00');
INSERT INTO "_sqlite_migrations" VALUES(16,'nachtrag','m016_outlets','2026-11-27 04:21:31.118258+00:00');
INSERT INTO "_sqlite_migrations" VALUES(17,'nachtrag','m017_takedowns','2026-11-27 04:21:31.120555+00:00');
INSERT INTO "_sqlite_migrations" VALUES(18,'nachtrag','m018_counts','2026-11-27 04:21:31.121229+00:00');
INSERT INTO "_sqlite_migrations" VALUES(19,'nachtrag','m019_departures','2026-11-27 04:21:31.122359+00:00');
INSERT INTO "_sqlite_migrations" VALUES(20,'nachtrag','m020_movements_of_comments','2026-11-27 04:21:31.126356+00:00');
INSERT INTO "_sqlite_migrations" VALUES(21,'nachtrag','m022_replies','2026-11-27 04:21:31.127462+00:00');
INSERT INTO "_sqlite_migrations" VALUES(22,'nachtrag','m023_lists_of_movements','2026-11-27 04:21:31.128004+00:00');
INSERT INTO "_sqlite_migrations" VALUES(23,'nachtrag','m024_articles_counted','2026-11-27 04:21:31.133482+00:00');
INSERT INTO "_sqlite_migrations" VALUES(24,'nachtrag','m025_late_stands','2026-11-27 04:21:31.134506+00:00');
INSERT INTO "_sqlite_migrations" VALUES(25,'nachtrag','m026_faults_without_words','2026-11-27 04:21:31.134978+00:00');
INSERT INTO "_sqlite_migrations" VALUES(26,'nachtrag','m027_list_of_paused_articles','2026-11-27 04:21:31.135439+00:00');
INSERT INTO "_sqlite_migrations" VALUES(27,'nachtrag','m028_planning','2026-11-27 04:21:31.155523+00:00');
INSERT INTO "_sqlite_migrations" VALUES(28,'nachtrag','m029_digests','2026-11-27 04:21:31.158445+00:00');
INSERT INTO "_sqlite_migrations" VALUES(29,'nachtrag','m030_imprints','2026-11-27 04:21:31.163350+00:00');
INSERT INTO "_sqlite_migrations" VALUES(30,'nachtrag','m031_manners','2026-11-27 04:21:31.180835+00:00');
INSERT INTO "_sqlite_migrations" VALUES(31,'nachtrag','m032_room','2026-11-27 04:21:31.200533+00:00');
INSERT INTO "_sqlite_migrations" VALUES(32,'nachtrag','m033_picking','2026-11-27 04:21:31.201535+00:00');
INSERT INTO "_sqlite_migrations" VALUES(33,'nachtrag','m036_digests_of_sources','2026-11-27 04:21:31.220911+00:00');
INSERT INTO "_sqlite_migrations" VALUES(34,'nachtrag','m036_pictures_kept_once','2026-11-27 04:21:31.276156+00:00');
INSERT INTO "_sqlite_migrations" VALUES(35,'nachtrag','m037_kinds_and_ends','2026-11-27 04:21:31.539809+00:00');
INSERT INTO "_sqlite_migrations" VALUES(36,'nachtrag','m038_validators_checked','2026-11-27 04:21:31.579058+00:00');
INSERT INTO "_sqlite_migrations" VALUES(37,'nachtrag','m039_last_deliveries','2026-11-27 04:21:31.699873+00:00');
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
INSERT INTO "article_counts" VALUES(1,'','live',0,0,1,0,'',0);
INSERT INTO "article_counts" VALUES(1,'1','gone',0,0,0,0,'',1);
INSERT INTO "article_counts" VALUES(1,'1','live',0,0,0,0,'',2);
INSERT INTO "article_counts" VALUES(1,'1','live',0,0,1,0,'',0);
INSERT INTO "article_counts" VALUES(1,'1','suspect',0,0,0,0,'',0);
CREATE TABLE article_edits (
    source_id INTEGER NOT NULL,             -- source that named the article first
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    edits INTEGER NOT NULL,                 -- edits, as the view outlet_edits has them
    late INTEGER NOT NULL,                  -- of these, those later than 24 hours after we first heard of the article
    headlines INTEGER NOT NULL,             -- of these, those that wrote the headline anew
    first_seconds REAL NOT NULL,            -- from when we first heard of it until the first of them was seen
    PRIMARY KEY (source_id, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_edits" VALUES(1,1,1,0,0,60.312);
INSERT INTO "article_edits" VALUES(1,2,1,0,0,60.206);
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
, read_stale_seconds REAL NOT NULL DEFAULT 0, asked_again INTEGER NOT NULL DEFAULT 0, taken_down_at TEXT, listed TEXT NOT NULL DEFAULT '', born_at TEXT, edits_known REAL NOT NULL DEFAULT 0, exposure REAL NOT NULL DEFAULT 0, last_edit REAL, hinted INTEGER NOT NULL DEFAULT 0, comments_moved INTEGER NOT NULL DEFAULT 0, digest TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "articles" VALUES(1,'http://127.0.0.1:34813/artikel/1.html','http://127.0.0.1:34813/artikel/1.html','127.0.0.1:34813',1,'live',0,'2026-11-27T04:22:09.558736+00:00','2026-11-27T04:28:11.237400+00:00',NULL,'2026-11-27T04:25:11.237400+00:00','2026-11-27T04:25:11.237400+00:00','2026-11-27T04:23:09.870833+00:00',5,'[["stand","2026-11-01T07:02:00.000000+00:00","2026-11-01T07:03:00.000000+00:00",null,"Stand: 01.11.2026 08:02 Uhr"]]',NULL,'"1-2--7027288551062095906"','',0,'','',0,NULL,'','',0.0,0,NULL,'1','2026-11-27T04:22:09.558736+00:00',1.00292736336889620751e+00,4.84212056620457256816e-02,4.9882037802278081655e+05,0,0,'14436ab29dc832b72beeb309cd88a725');
INSERT INTO "articles" VALUES(2,'http://127.0.0.1:34813/artikel/2.html','http://127.0.0.1:34813/artikel/2.html','127.0.0.1:34813',1,'live',0,'2026-11-27T04:22:09.558736+00:00','2026-11-27T04:28:11.263973+00:00',NULL,'2026-11-27T04:25:11.263973+00:00','2026-11-27T04:25:11.263973+00:00','2026-11-27T04:23:09.764796+00:00',4,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',NULL,'"2-2--7027288551062095906"','',0,'','',0,NULL,'','',0.0,0,NULL,'1','2026-11-27T04:22:09.558736+00:00',1.00292152839627379812e+00,4.84673347198381551659e-02,4.98820378009380539872e+05,0,0,'207bd55ed1b2aab53df10ad9713ff338');
INSERT INTO "articles" VALUES(3,'http://127.0.0.1:34813/artikel/3.html','http://127.0.0.1:34813/artikel/3.html','127.0.0.1:34813',1,'gone',0,'2026-11-27T04:22:09.558736+00:00','2026-11-27T05:25:12.066687+00:00',NULL,'2026-11-27T04:25:12.066687+00:00','2026-11-27T04:22:55.428822+00:00',NULL,3,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',NULL,'"3-1--7027288551062095906"','',0,'','',2,'2026-11-27T04:25:11.433933+00:00','40376@2026-11-27T04:25:11.264586Z','',0.0,0,NULL,'1','2026-11-27T04:22:09.558736+00:00',0.0,1.63880171421684739906e-03,NULL,0,0,'1c9c81b160cd817767dbf1c80afd44b6');
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,                 -- number of the text
    sha256 BLOB NOT NULL UNIQUE,            -- of the text; a zero byte follows where the text is erased here and other articles have it
    text TEXT NOT NULL                      -- as the page wrote it; empty after a takedown
) STRICT;
INSERT INTO "blocks" VALUES(1,X'EB781E63779395856D354F3F68058AB214502F784B512A975657274B1CB5DCA7','Der Gemeinderat von Oberwiesenbach hat am Abend über den Neubau der Brücke beraten und sich vertagt.');
INSERT INTO "blocks" VALUES(2,X'13EEBF043DA03C60F7E6BCE09D86A46592E03D85A6953EF2F4B136DA27E3EB9F','Dies ist die Fassung Nummer 1 dieses Artikels, und sie sagt es auch in einem vollständigen Satz.');
INSERT INTO "blocks" VALUES(3,X'D938255A5F9AA958626A069A09B7DB554041561CA08D70A94CCCCB63C4A6DAD1','Die Bürgermeisterin sagte, man werde die Pläne noch einmal in aller Ruhe prüfen und dann entscheiden.');
INSERT INTO "blocks" VALUES(4,X'0632998DF57BF9FD8511AAA57FF10F14DE3AAAF57EF74E0E3494B75458814112','Dies ist die Fassung Nummer 2 dieses Artikels, und sie sagt es auch in einem vollständigen Satz.');
CREATE VIRTUAL TABLE blocks_fts USING fts5(text, content='blocks', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE clock_practice (
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the source
    kind TEXT NOT NULL,                     -- the clock, as in revision_clocks
    edits INTEGER NOT NULL,                 -- settled edits with that clock before and after
    moved INTEGER NOT NULL,                 -- of these, edits with which it moved
    PRIMARY KEY (source_id, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE comment_counts (
    id INTEGER PRIMARY KEY,                 -- number of the row
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    at TEXT NOT NULL,                       -- first look that showed it
    count INTEGER                           -- comments; null: the page no longer offers any
, before_at TEXT, movement TEXT NOT NULL DEFAULT '') STRICT;
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
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,                 -- number of the delivery
    event_id INTEGER NOT NULL REFERENCES events(id), -- the event
    endpoint TEXT NOT NULL REFERENCES endpoints(name), -- to whom
    article_id INTEGER,                     -- of the event: deliveries keep its order per article
    state TEXT NOT NULL,                    -- pending, delivered, or dead (all attempts failed)
    attempts INTEGER NOT NULL DEFAULT 0,    -- made so far
    next_attempt_at TEXT,                   -- when it is due; null: done or dead
    leased_until TEXT,                      -- somebody sends it until then at most
    last_attempt_at TEXT,                   -- last attempt
    status INTEGER NOT NULL DEFAULT 0,      -- HTTP status of the last attempt; 0 if none came
    error TEXT NOT NULL DEFAULT '', delivered_at TEXT AS (iif(state = 'delivered', last_attempt_at, NULL)) VIRTUAL,                      -- when the receiver said 2xx
    UNIQUE (event_id, endpoint)
) STRICT;
INSERT INTO "deliveries" VALUES(1,1,'desk',1,'pending',2,'2026-11-27T04:28:21.778863+00:00',NULL,'2026-11-27T04:23:08.220794+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections');
INSERT INTO "deliveries" VALUES(2,2,'desk',2,'pending',2,'2026-11-27T04:28:14.443730+00:00',NULL,'2026-11-27T04:23:08.263276+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections');
INSERT INTO "deliveries" VALUES(3,3,'desk',3,'pending',2,'2026-11-27T04:28:31.562936+00:00',NULL,'2026-11-27T04:23:08.262828+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections');
INSERT INTO "deliveries" VALUES(4,4,'desk',2,'pending',0,'2026-11-27T04:23:10.550536+00:00',NULL,NULL,0,'');
INSERT INTO "deliveries" VALUES(5,5,'desk',1,'pending',0,'2026-11-27T04:23:10.550776+00:00',NULL,NULL,0,'');
INSERT INTO "deliveries" VALUES(6,6,'desk',3,'pending',0,'2026-11-27T04:26:20.900089+00:00',NULL,NULL,0,'');
CREATE TABLE departures (
    id INTEGER PRIMARY KEY,                 -- number of the row
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the last good copy
    last_read_at TEXT NOT NULL,             -- last look that found it
    missing_since TEXT NOT NULL,            -- first look that did not
    at TEXT NOT NULL,                       -- the look that confirmed it
    absence TEXT NOT NULL,                  -- what stood in its place then: 404, 410, 451 (HTTP), front_page (a redirect there), elsewhere (a redirect to a page that is not the article), or soft_404 (an error page with the status of a page)
    returned_at TEXT,                       -- first look that found it again; null: still gone
    returned_as INTEGER REFERENCES revisions(id), -- the version that it came back as; null: still gone
    check_at TEXT,                          -- when to look again for where its story goes on; null: no longer
    successor_id INTEGER REFERENCES articles(id), -- the article at which its story seems to go on; null: none is known
    shared INTEGER NOT NULL DEFAULT 0,      -- sentences that both have in common …
    sentences INTEGER NOT NULL DEFAULT 0,   -- … of so many of the article that is gone
    verdict TEXT NOT NULL DEFAULT 'removed', -- removed, or removed_before_expected
    kept_until TEXT,                        -- when the retention rule of the outlet would have let it go; null: no rule holds
    cite TEXT NOT NULL DEFAULT ''           -- where that rule stands
) STRICT;
INSERT INTO "departures" VALUES(1,3,3,'2026-11-27T04:22:55.428822+00:00','2026-11-27T04:25:11.433933+00:00','2026-11-27T04:25:12.066687+00:00','404',NULL,NULL,NULL,NULL,0,0,'removed',NULL,'');
CREATE TABLE doubts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article
    host TEXT NOT NULL,                     -- the site
    since TEXT NOT NULL,                    -- first such look
    at TEXT NOT NULL,                       -- last such look
    lost TEXT NOT NULL,                     -- page, headline, stand, body, grown, text, comments, profile, with spaces between; empty: held, but read well
    held INTEGER NOT NULL,                  -- 1: a version is held
    cleared INTEGER NOT NULL DEFAULT 0      -- 1: the rest of the site reads well, so it is the article: the next look counts
) STRICT;
INSERT INTO "doubts" VALUES(3,'127.0.0.1:34813','2026-11-27T04:25:11.433933+00:00','2026-11-27T04:25:12.066687+00:00','page',0,0);
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
INSERT INTO "edit_counts" VALUES(1,'2026-11','announced','','',0,0);
INSERT INTO "edit_counts" VALUES(1,'2026-11','announced','high','',1,1);
INSERT INTO "edit_counts" VALUES(1,'2026-11','unmarked','','',0,0);
INSERT INTO "edit_counts" VALUES(1,'2026-11','unmarked','high','',1,1);
CREATE TABLE edit_tags (
    kind TEXT NOT NULL,                     -- number, date, name, quotation, … (docs/meaning.md)
    seen_at TEXT NOT NULL,                  -- of the edit
    revision_id INTEGER NOT NULL REFERENCES edits(revision_id), -- the version after the edit
    words TEXT NOT NULL, source_id INTEGER NOT NULL DEFAULT 0,                    -- JSON pairs: the words before, the words after
    PRIMARY KEY (kind, seen_at, revision_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "edit_tags" VALUES('number','2026-11-27T04:23:09.764796+00:00',4,'[["1","2"]]',1);
INSERT INTO "edit_tags" VALUES('number','2026-11-27T04:23:09.870833+00:00',5,'[["1","2"]]',1);
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
, machines TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "edits" VALUES(4,2,1,'2026-11-27T04:23:09.764796+00:00',2,'unmarked',1,'high','number changed in a sentence that stood (1 → 2)',NULL,3,'');
INSERT INTO "edits" VALUES(5,1,1,'2026-11-27T04:23:09.870833+00:00',2,'announced',2,'high','number changed in a sentence that stood (1 → 2)',NULL,3,'');
CREATE TABLE endpoints (
    name TEXT PRIMARY KEY,                  -- name in config.toml
    kind TEXT NOT NULL,                     -- webhook or slack
    url TEXT NOT NULL,                      -- without user name and password
    events TEXT NOT NULL,                   -- event types it wants, JSON list
    state TEXT NOT NULL,                    -- active, removed (from the configuration), or disabled (the receiver said 410)
    added_at TEXT NOT NULL,                 -- when it was first configured
    failures INTEGER NOT NULL DEFAULT 0,    -- failed attempts in a row
    error TEXT NOT NULL DEFAULT ''          -- why the last attempt failed; empty if it did not
, url_sha256 TEXT NOT NULL DEFAULT '', delivered_at TEXT) STRICT;
INSERT INTO "endpoints" VALUES('desk','webhook','http://127.0.0.1:9/hook','["article.*"]','active','2026-11-27T04:21:30.730397+00:00',6,'endpoint ''desk'' at 127.0.0.1: its host does not take connections','a94bb7e849462697b6ee9a325910ac55b9f17d1b07fc758dbd47e6065d1616c3',NULL);
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
INSERT INTO "events" VALUES(1,'evt_1160fcbdad23403bbc0d107083c312ca','article.discovered','2026-11-27T04:22:11.893189+00:00',1,1,NULL,'http://127.0.0.1:34813/artikel/1.html','discovered','{"id":"evt_1160fcbdad23403bbc0d107083c312ca","url":"http://127.0.0.1:34813/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:22:11.893189+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/1#r1"}','2026-11-27T04:22:12.590681+00:00');
INSERT INTO "events" VALUES(2,'evt_32c6acab2ff245f8990be9236c2770cd','article.discovered','2026-11-27T04:22:11.902744+00:00',2,2,NULL,'http://127.0.0.1:34813/artikel/2.html','discovered','{"id":"evt_32c6acab2ff245f8990be9236c2770cd","url":"http://127.0.0.1:34813/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:22:11.902744+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/2#r2"}','2026-11-27T04:22:12.933697+00:00');
INSERT INTO "events" VALUES(3,'evt_970501c6623b4a8eb4be638d152f0674','article.discovered','2026-11-27T04:22:12.163167+00:00',3,3,NULL,'http://127.0.0.1:34813/artikel/3.html','discovered','{"id":"evt_970501c6623b4a8eb4be638d152f0674","url":"http://127.0.0.1:34813/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:22:12.163167+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/3#r3"}','2026-11-27T04:22:12.933797+00:00');
INSERT INTO "events" VALUES(4,'evt_c9a7af8e1bd24952996a61a72d746c19','article.changed','2026-11-27T04:23:09.764796+00:00',2,4,1,'http://127.0.0.1:34813/artikel/2.html','unmarked','{"severity":"high","tags":["number"],"link":"http://127.0.0.1:8001/-/article/2#r4"}','2026-11-27T04:23:10.550536+00:00');
INSERT INTO "events" VALUES(5,'evt_4ffae3ec3e824bbab2bec279c83006f4','article.changed','2026-11-27T04:23:09.870833+00:00',1,5,2,'http://127.0.0.1:34813/artikel/1.html','announced','{"severity":"high","tags":["number"],"link":"http://127.0.0.1:8001/-/article/1#r5"}','2026-11-27T04:23:10.550776+00:00');
INSERT INTO "events" VALUES(6,'evt_0ea41f2cfd234f5ebdb6483a049fa413','article.gone','2026-11-27T04:25:12.066687+00:00',3,NULL,NULL,'http://127.0.0.1:34813/artikel/3.html','removed','{"id":"evt_0ea41f2cfd234f5ebdb6483a049fa413","url":"http://127.0.0.1:34813/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"removed","not_before":"2026-11-27T04:22:55.428822+00:00","not_after":"2026-11-27T04:25:11.433933+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"http://127.0.0.1:34813/artikel/3.html: the server says 404","severity":null,"tags":[],"supersedes":null,"absence":"404","absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/3"}','2026-11-27T04:26:20.900089+00:00');
CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,                 -- number of the gap
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the feed
    from_at TEXT NOT NULL,                  -- the last poll before the gap
    to_at TEXT NOT NULL                     -- the first poll after it
) STRICT;
CREATE TABLE headline_counts (
    source_id INTEGER NOT NULL,             -- source that named them first
    headlines INTEGER NOT NULL,             -- edits that wrote the headline anew
    articles INTEGER NOT NULL,              -- articles with so many of these
    late INTEGER NOT NULL,                  -- their edits later than 24 hours after we first heard of the article
    PRIMARY KEY (source_id, headlines)
) STRICT, WITHOUT ROWID;
INSERT INTO "headline_counts" VALUES(1,0,2,0);
CREATE TABLE host_days (
    host TEXT NOT NULL,                     -- the host
    day TEXT NOT NULL,                      -- the day, 2026-11-26
    full INTEGER NOT NULL,                  -- answers with a body (200, 203)
    unchanged INTEGER NOT NULL,             -- answers that nothing is new (304)
    other INTEGER NOT NULL,                 -- other answers: redirects, 404, …
    failed INTEGER NOT NULL,                -- no complete answer, or a refusal: 401, 403, 429, 5xx, …
    received INTEGER NOT NULL,              -- bytes that came, heads and bodies, as they came
    robots INTEGER NOT NULL,                -- of all these the requests for robots.txt
    refused INTEGER NOT NULL,               -- addresses that were not asked as robots.txt says so
    pauses INTEGER NOT NULL,                -- how often it asked to be left alone for a time (Retry-After)
    paused REAL NOT NULL,                   -- for how many seconds on the whole
    kept INTEGER NOT NULL,                  -- of these pauses: over when we asked again
    cut INTEGER NOT NULL,                   -- of these pauses: not over when we asked again
    rests INTEGER NOT NULL DEFAULT 0,       -- rests that we gave it as it failed
    closest REAL,                           -- least seconds between the beginnings of two requests; null: no two
    busiest INTEGER NOT NULL,               -- requests in the minute that had most
    PRIMARY KEY (day, host)
) STRICT, WITHOUT ROWID;
INSERT INTO "host_days" VALUES('127.0.0.1:34813','2026-11-27',9,3,2,0,6726,1,0,0,0.0,0,0,0,0.0,5);
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,                  -- name, with the port if it is not the usual one
    free_at TEXT,                           -- no request before that
    robots_status INTEGER,                  -- status of robots.txt when last fetched; 0 unreachable, null never asked
    robots_body TEXT NOT NULL DEFAULT '',   -- robots.txt as text
    robots_fetched_at TEXT,                 -- when it was fetched
    stale_seconds REAL NOT NULL DEFAULT 0,  -- longest staleness that an old copy proved
    clock_offset_seconds REAL,              -- the host's Date minus our clock at the last fresh answer
    clock_checked_at TEXT                   -- when that was
, stale_proven_at TEXT, proofs_checked INTEGER NOT NULL DEFAULT 0, proofs_wrong INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, failing_since TEXT, rests INTEGER NOT NULL DEFAULT 0, rests_until TEXT, asked_until TEXT, gap_seconds REAL, quiet TEXT NOT NULL DEFAULT '', edits_validated INTEGER NOT NULL DEFAULT 0, edits_hidden INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "hosts" VALUES('127.0.0.1:34813','2026-11-27T04:25:12.066687+00:00',200,'User-agent: *
Allow: /
','2026-11-27T04:21:32.531277+00:00',0.0,-0.942978,'2026-11-27T04:25:12.066687+00:00',NULL,0,0,0,NULL,0,NULL,NULL,NULL,'',2,0);
CREATE TABLE imprints (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article; made of the page that last showed the version that stands
    imprint BLOB NOT NULL                   -- which bytes may not change, zlib
) STRICT;
INSERT INTO "imprints" VALUES(1,X'789C6312104E52E6FCBBE5AD6CD2E2F26D991D13B70625962894A5169524A69728146726670000EB760DE3');
INSERT INTO "imprints" VALUES(2,X'789C631248AD3A78D0AFC64AD6A09CB77EB2E1B5D8A0C41285B2D4A292C4F41285E2CCE40C00DA520CCA');
INSERT INTO "imprints" VALUES(3,X'789C6312987C98F92EFBC68EAF05710A0BDC4F7F60084A2C51284B2D2A494C2F5128CE4CCE0000F9E50E19');
CREATE TABLE learned (
    name TEXT PRIMARY KEY,                  -- of what: price, gaps, hours, a source by its number, …
    value TEXT NOT NULL                     -- JSON
) STRICT, WITHOUT ROWID;
INSERT INTO "learned" VALUES('arrivals','[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3]');
INSERT INTO "learned" VALUES('dearer','{}');
INSERT INTO "learned" VALUES('filled','498820.359014493');
INSERT INTO "learned" VALUES('gaps','[[5.0,5.0,5.0,5.0,5.0,5.0,5.0,7.0058488917651704],[5.24621937862704,5.0,5.0,5.0,5.0,5.0,5.0,5.006026538156554]]');
INSERT INTO "learned" VALUES('granted','[6.196742399474943]');
INSERT INTO "learned" VALUES('hour','498820');
INSERT INTO "learned" VALUES('hours','[[20.0,20.0,20.0,20.0,22.005848891765172,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0],[20.0,20.0,20.0,20.0,20.230802592210114,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0]]');
INSERT INTO "learned" VALUES('likelihoods','[-12.874388138562159,-12.67868749091598,-12.558891230414746,-12.488877895548331,-12.440710328260534,-12.405534009826486,-12.382148468430822,-12.36679068823474]');
INSERT INTO "learned" VALUES('price','0.01');
INSERT INTO "learned" VALUES('saved','-1.5532576005250567');
INSERT INTO "learned" VALUES('source 1','[[2.00584889176517,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[0.24089969640446612,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[2.0,1.0,0.5,4.0,0.9564644776]]');
INSERT INTO "learned" VALUES('spent','[7.75]');
CREATE TABLE listings (
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the source
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    title TEXT NOT NULL,                    -- title in the feed when last listed; empty by hand
    published_at TEXT,                      -- publication date in the feed
    updated_at TEXT,                        -- update date in the feed when last listed
    first_listed_at TEXT NOT NULL,          -- first poll that listed it
    last_listed_at TEXT NOT NULL, clocks TEXT NOT NULL DEFAULT '[]',           -- last poll that listed it
    PRIMARY KEY (source_id, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "listings" VALUES(1,1,'Brücke 1',NULL,NULL,'2026-11-27T04:22:09.558736+00:00','2026-11-27T04:22:09.558736+00:00','[]');
INSERT INTO "listings" VALUES(1,2,'Brücke 2',NULL,NULL,'2026-11-27T04:22:09.558736+00:00','2026-11-27T04:22:09.558736+00:00','[]');
INSERT INTO "listings" VALUES(1,3,'Brücke 3',NULL,NULL,'2026-11-27T04:22:09.558736+00:00','2026-11-27T04:22:09.558736+00:00','[]');
CREATE TABLE meta (
    key TEXT PRIMARY KEY,                   -- "database_id": random, makes ids of events unique across databases
    value TEXT NOT NULL                     -- its value
) STRICT;
INSERT INTO "meta" VALUES('database_id','8262adf9e305d7f0');
INSERT INTO "meta" VALUES('base_url','http://127.0.0.1:8001');
INSERT INTO "meta" VALUES('user_agent','Nachtrag-test (+https://example.org/contact)');
INSERT INTO "meta" VALUES('gap','0');
INSERT INTO "meta" VALUES('per_host','4');
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
INSERT INTO "observations" VALUES(1,1,1,'new','2026-11-27T04:22:11.893189+00:00','2026-11-27T04:22:11.893189+00:00',1,0.0,1,'60318@2026-11-27T04:22:10.274927Z',0,0,'{"clock_offset_seconds":-0.538883}','',200,'','');
INSERT INTO "observations" VALUES(2,2,2,'new','2026-11-27T04:22:11.902744+00:00','2026-11-27T04:22:11.902744+00:00',1,0.0,1,'60320@2026-11-27T04:22:10.275364Z',0,0,'{"clock_offset_seconds":-0.461059}','',200,'','');
INSERT INTO "observations" VALUES(3,3,3,'new','2026-11-27T04:22:12.163167+00:00','2026-11-27T04:22:12.163167+00:00',1,0.0,1,'60332@2026-11-27T04:22:10.337436Z',0,0,'{"clock_offset_seconds":-0.578503}','',200,'','');
INSERT INTO "observations" VALUES(4,3,3,'same','2026-11-27T04:22:55.428822+00:00','2026-11-27T04:22:55.428822+00:00',1,43.265655,1,'38942@2026-11-27T04:22:55.348438Z',0,0,'{"date":"Fri, 27 Nov 2026 04:22:55 GMT","etag":"\"3-1--7027288551062095906\"","connection":"38942@2026-11-27T04:22:55.348438Z","clock_offset_seconds":-0.428323}','',304,'','');
INSERT INTO "observations" VALUES(5,2,4,'changed','2026-11-27T04:23:09.764796+00:00','2026-11-27T04:23:09.764796+00:00',1,57.862052,1,'38932@2026-11-27T04:22:55.348231Z',0,0,'{"clock_offset_seconds":-0.363155}','',200,'','');
INSERT INTO "observations" VALUES(6,1,5,'changed','2026-11-27T04:23:09.870833+00:00','2026-11-27T04:23:09.870833+00:00',1,57.977644,1,'38926@2026-11-27T04:22:55.200538Z',0,0,'{"clock_offset_seconds":-0.427681}','',200,'','');
INSERT INTO "observations" VALUES(7,1,5,'same','2026-11-27T04:25:11.237400+00:00','2026-11-27T04:25:11.237400+00:00',1,121.366567,1,'40366@2026-11-27T04:25:11.208652Z',0,0,'{"date":"Fri, 27 Nov 2026 04:25:11 GMT","etag":"\"1-2--7027288551062095906\"","connection":"40366@2026-11-27T04:25:11.208652Z","clock_offset_seconds":-0.237055}','',304,'','');
INSERT INTO "observations" VALUES(8,2,4,'same','2026-11-27T04:25:11.263973+00:00','2026-11-27T04:25:11.263973+00:00',1,121.499177,1,'40374@2026-11-27T04:25:11.208762Z',0,0,'{"date":"Fri, 27 Nov 2026 04:25:11 GMT","etag":"\"2-2--7027288551062095906\"","connection":"40374@2026-11-27T04:25:11.208762Z","clock_offset_seconds":-0.238044}','',304,'','');
INSERT INTO "observations" VALUES(9,3,NULL,'suspect','2026-11-27T04:25:11.433933+00:00','2026-11-27T04:25:11.433933+00:00',1,136.005111,1,'40376@2026-11-27T04:25:11.264586Z',0,0,'{"date":"Fri, 27 Nov 2026 04:25:11 GMT","connection":"40376@2026-11-27T04:25:11.264586Z","clock_offset_seconds":-0.376207}','',404,'missing','http://127.0.0.1:34813/artikel/3.html: the server says 404');
INSERT INTO "observations" VALUES(10,3,NULL,'gone','2026-11-27T04:25:12.066687+00:00','2026-11-27T04:25:12.066687+00:00',1,0.632754,1,'47992@2026-11-27T04:25:11.742477Z',1,0,'{"date":"Fri, 27 Nov 2026 04:25:11 GMT","connection":"47992@2026-11-27T04:25:11.742477Z","clock_offset_seconds":-0.942978}','',404,'missing','http://127.0.0.1:34813/artikel/3.html: the server says 404');
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
, kept_sha256 TEXT, erased_at TEXT) STRICT;
INSERT INTO "pages" VALUES(1,1,'http://127.0.0.1:34813/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:22:10 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"1-1--7027288551062095906\""]]','2026-11-27T04:22:10.538883+00:00','b35f5ae8762437b2c62e5c4fabeba481d6e5f662b81c266bbbd744879fe2ce1f',684,NULL,X'28B52FFD60AC01050E00D65E5C2E7037690E04FFB7ABAABA8F8250CBA6AD8534DDC45A6E92CF88C8382852ED991162F754355A6AD4E3484BD504F8024F0056004A004EB74B188D4BA7095CF6B8E16509035EEA831F54064839F6A6B6635B1E427B1D7491F40F0689C88575D8AFD54A120234FA4918FD29D731DD7E54ABED9D5AC95BC270F042550BC6767A47A259D300A82A5F60394849A740D3B248587480625128292969D145E3C489DB3361CCB990A9A30C5672C9A975C814522D1BE7411FAF1F6C1AB4E5F6C38258564BA2350C522B5112827FBC968B10528200844552166551082812428B1ACFEFCA4F1D7B56E7A7FE602AE8FC4C2A1FE3C3A00E7EE65C03FAD7B4E7D3F9A7347E94CFA87CD36799E70CCA6F2ACF4022DAF88C82C6D55EA78E2DC39F7F11F24C02E546BEF17BFC810BC6760829A4E233E7A513112CF96E9A06E2B777C766F395795B0312918EDE3D0E2A0FE1C28D8E35ACE789086C78938F50DEA807E727DFF33DCA3B2424B2A00B7A1F94EF788D27223D216C20021D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL,NULL);
INSERT INTO "pages" VALUES(2,2,'http://127.0.0.1:34813/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:22:10 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"2-1--7027288551062095906\""]]','2026-11-27T04:22:10.461059+00:00','1c9cc98f3b3dba58c2d6b13567f681b2b6719636772251d87c52346e06afe6bf',684,NULL,X'28B52FFD60AC01050E00D65E5C2E6067D31C14C2B04310040FB0506CD9B7B550E3A56FB9491F14C6C76776CE75EFFDF25A1A7F37EA41A559108814064F0057004A004FB74B188E4BA7095CF6D8E16509035E2A841F54064939F6A6F6635BDE417B1B7491D0435824920AEBB05FAB952802381A4A18FD29D731DD7E54ABED9D5AC95BC278F042550BC676FA07A299D300A82A5F603D4949A7409965A15874406249280CA3308B2E1A274FDC9E0963CE854C1F65B018C738B50E994AAAA5F33414F2FA4187415B6E3796C3B25A10CD69925A899248F090D7721302A31080B06094455914020926A5451ACFEFCA4F1D8356E7A7FE6026E8FC64543E4668411F0CCDB906F4AF69CFA7F34F690C29BF51F9A6D036D01794DF54BE8944DAF84D82C6D55EA78E6DC39F7F0FF24D026547BEF17BFC810BC67629A9A42234E7E513112CF9761C47E2B777C766F395799B2312C947EFA006958770E146C71CD673440419DEE41F9437EAC1F9C9F77C8FF20F19891474416F43F98FD73822EA09A1E3101D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL,NULL);
INSERT INTO "pages" VALUES(3,3,'http://127.0.0.1:34813/artikel/3.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:22:10 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"3-1--7027288551062095906\""]]','2026-11-27T04:22:10.578503+00:00','f8e51b2286739f995f1e7a4564fa7701217060a552e554efac89b33f21e2958f',684,NULL,X'28B52FFD60AC01050E00D65E5C2E6067D31C14C2B04310040FB0506CD9B7B550E3A56FB9491F1446C56776CE75EFFDF25AFA7F37EA41A559108814064F0057004A004FB74B1A8E4BA7095CF6D8E16549035E2A841F54064939F6A6F6635BDE417B1994A1D04358249209EBB05FAB952C02381A4A1AFD29D731DD7E54ABED9D5AC95BD278F042550BC676FA07A299D300A82A5F603D4949A7409985B15874406249280CA3308B321A274FDC9E4963CE854C1F65B018C738B50E994AAAA5F33428E4F583CE82B6DC6E580ECB6A4134A7496A258A22C1435ECB4D0A662140C1609445591402092625461ACFEFCA4F1D8356E7A7FE6022E8FC64543E4648411F0CCDB906F4AF69CFA7F34F690C29BF51F9A6D036D01594DF54BE8944DAF80D82C6D55EA78E6DC39F7F0FF24D026547BEF17BFC810BC67629A9A42234E7E513112CF9761C47E2B777C766F395799B2312C947EF2006958770E146C71CD673440417DEE41F9437EAC1F9C9F77C8FF20F19891274416F83F21FAF7144D41342C7211D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL,NULL);
INSERT INTO "pages" VALUES(4,2,'',200,'[0,["date","Fri, 27 Nov 2026 04:22:55 GMT"],2,3,["etag","\"2-2--7027288551062095906\""]]','2026-11-27T04:22:55.363155+00:00','70b98b88a33514f8e21754400de742d7454aab8b05781e7477629d74853ddbe1',684,2,X'28B52FFD60AC0165000008320200684049EF2B550001',NULL,NULL);
INSERT INTO "pages" VALUES(5,1,'',200,'[0,["date","Fri, 27 Nov 2026 04:22:55 GMT"],2,3,["etag","\"1-2--7027288551062095906\""]]','2026-11-27T04:22:55.427681+00:00','d2b614bdf7cd886e1efbfdeae03d452163ed660b6ffaf8d9615225c9e8738de6',684,1,X'28B52FFD60AC017D000010323203006840C9045067F24A1541',NULL,NULL);
CREATE TABLE presence_counts (
    source_id INTEGER NOT NULL,             -- source that named the articles first
    verdict TEXT NOT NULL,                  -- removed or returned
    events INTEGER NOT NULL,                -- so often
    articles INTEGER NOT NULL,              -- so many articles
    PRIMARY KEY (source_id, verdict)
) STRICT, WITHOUT ROWID;
INSERT INTO "presence_counts" VALUES(1,'removed',1,1);
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
INSERT INTO "readings" VALUES(1,'generic/5','127.0.0.1:34813','2026-11-27T04:22:11.893189+00:00',1,1,0,297);
INSERT INTO "readings" VALUES(2,'generic/5','127.0.0.1:34813','2026-11-27T04:22:11.902744+00:00',1,1,0,297);
INSERT INTO "readings" VALUES(3,'generic/5','127.0.0.1:34813','2026-11-27T04:22:12.163167+00:00',1,1,0,297);
CREATE TABLE remarks (
    id INTEGER PRIMARY KEY,                 -- number of the remark
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    at TEXT NOT NULL,                       -- when it was made
    text TEXT NOT NULL                      -- the remark
) STRICT;
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
CREATE TABLE revision_blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kept_kind ANY NOT NULL,                 -- kind as it is kept: its number, or a text that has none
    kind TEXT AS (CASE kept_kind WHEN 0 THEN 'paragraph' WHEN 1 THEN 'subhead' WHEN 2 THEN 'quote' WHEN 3 THEN 'list_item' WHEN 4 THEN 'table' WHEN 5 THEN 'note' ELSE kept_kind END) VIRTUAL NOT NULL, -- paragraph, subhead, quote, list_item, table, or note (editor's or correction note)
    block_id INTEGER NOT NULL REFERENCES blocks(id), -- the text
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "revision_blocks" VALUES(1,0,0,1);
INSERT INTO "revision_blocks" VALUES(1,1,0,2);
INSERT INTO "revision_blocks" VALUES(1,2,0,3);
INSERT INTO "revision_blocks" VALUES(2,0,0,1);
INSERT INTO "revision_blocks" VALUES(2,1,0,2);
INSERT INTO "revision_blocks" VALUES(2,2,0,3);
INSERT INTO "revision_blocks" VALUES(3,0,0,1);
INSERT INTO "revision_blocks" VALUES(3,1,0,2);
INSERT INTO "revision_blocks" VALUES(3,2,0,3);
INSERT INTO "revision_blocks" VALUES(4,0,0,1);
INSERT INTO "revision_blocks" VALUES(4,1,0,4);
INSERT INTO "revision_blocks" VALUES(4,2,0,3);
INSERT INTO "revision_blocks" VALUES(5,0,0,1);
INSERT INTO "revision_blocks" VALUES(5,1,0,4);
INSERT INTO "revision_blocks" VALUES(5,2,0,3);
CREATE TABLE revision_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kind TEXT NOT NULL,                     -- stand (visible "as of"), published, published_ld, modified_ld, …
    starts_at TEXT,                         -- start of what it covers; null if it cannot be read
    lasts ANY,                              -- ends_at as it is kept: whole seconds after starts_at, or the instant
    ends_at TEXT AS (iif(typeof(lasts) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', starts_at, (lasts) || ' seconds') || '.000000+00:00', ''), lasts)) VIRTUAL, -- end of what it covers
    again_at TEXT,                          -- start of the second reading in a doubled hour
    raw TEXT NOT NULL,                      -- as the page wrote it
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "revision_clocks" VALUES(1,0,'stand','2026-11-01T07:01:00.000000+00:00',60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO "revision_clocks" VALUES(2,0,'stand','2026-11-01T07:01:00.000000+00:00',60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO "revision_clocks" VALUES(3,0,'stand','2026-11-01T07:01:00.000000+00:00',60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO "revision_clocks" VALUES(4,0,'stand','2026-11-01T07:01:00.000000+00:00',60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO "revision_clocks" VALUES(5,0,'stand','2026-11-01T07:02:00.000000+00:00',60,NULL,'Stand: 01.11.2026 08:02 Uhr');
CREATE TABLE revision_images (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    url TEXT NOT NULL,                      -- address of the picture
    alt TEXT NOT NULL,                      -- text for those who do not see it
    caption TEXT NOT NULL,                  -- caption
    credit TEXT NOT NULL,                   -- credit
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
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
    hash TEXT NOT NULL, url TEXT NOT NULL DEFAULT '', answer_sha256 TEXT NOT NULL DEFAULT '', before_id INTEGER REFERENCES revisions(id), reread_of INTEGER REFERENCES revisions(id), live INTEGER NOT NULL DEFAULT 0, images_of INTEGER REFERENCES revisions(id),                     -- sha256 over previous_hash and the content: `nachtrag verify` walks the chain
    UNIQUE (article_id, number)
) STRICT;
INSERT INTO "revisions" VALUES(1,1,1,'first','2026-11-27T04:22:11.893189+00:00',NULL,'2026-11-27T04:22:11.893189+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','87dca8252a433677f729b3801c5366080f2bf41edcd12d0f2f60049829d07017',1,'b35f5ae8762437b2c62e5c4fabeba481d6e5f662b81c266bbbd744879fe2ce1f',NULL,'0000000000000000000000000000000000000000000000000000000000000000','10051bf33df3b123f465cc5657b00dbbb49a240054822bb161b9004678bcdef5','http://127.0.0.1:34813/artikel/1.html','211e497614e975a696fc47af08044dbfde4c5a75cd7d21e623aa3cd5f52f433b',NULL,NULL,0,NULL);
INSERT INTO "revisions" VALUES(2,2,1,'first','2026-11-27T04:22:11.902744+00:00',NULL,'2026-11-27T04:22:11.902744+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','f733a52a1f4644e2852a88cf5605a234286cb5eccd3b11607d01154d12e1f6c1',2,'1c9cc98f3b3dba58c2d6b13567f681b2b6719636772251d87c52346e06afe6bf',NULL,'10051bf33df3b123f465cc5657b00dbbb49a240054822bb161b9004678bcdef5','93a4419cbbcab8ecc2d4a20cd655323e4f9abea2c0f0afd12926cd04da13bb39','http://127.0.0.1:34813/artikel/2.html','3d3084ceb8dcb28e7c96579897b5e4e65444da31c4e997f702ee7b4df69181ee',NULL,NULL,0,NULL);
INSERT INTO "revisions" VALUES(3,3,1,'first','2026-11-27T04:22:12.163167+00:00',NULL,'2026-11-27T04:22:12.163167+00:00','','Brücke 3: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','d22d31166c1d5e2a7292518d6916d80cb4bd3a7ebda69ce04346b8895bf71d5e',3,'f8e51b2286739f995f1e7a4564fa7701217060a552e554efac89b33f21e2958f',NULL,'93a4419cbbcab8ecc2d4a20cd655323e4f9abea2c0f0afd12926cd04da13bb39','6fd5a6f26c9e63b62a51dbfc47d0008660ba991db4373be68c9d1dc60d0efcb2','http://127.0.0.1:34813/artikel/3.html','2a02676ea87d4739195831279c9bc0a8cc986a33ba3975fd653a88e4204a5a6c',NULL,NULL,0,NULL);
INSERT INTO "revisions" VALUES(4,2,2,'changed','2026-11-27T04:23:09.764796+00:00','2026-11-27T04:22:11.902744+00:00','2026-11-27T04:22:55.363155+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'','58255a3ee9d2115aa84f24d2479f8aa429cc006228ad2b802cec1f8f9a63db30',4,'70b98b88a33514f8e21754400de742d7454aab8b05781e7477629d74853ddbe1',NULL,'6fd5a6f26c9e63b62a51dbfc47d0008660ba991db4373be68c9d1dc60d0efcb2','45f13ee3b528aa78bf6a04c8460896df69220d616b31e4c7ebd34e299eeb477d','http://127.0.0.1:34813/artikel/2.html','676f2aaa5e730a3f05b5e5e48a3452f35d867c7d256856b5011a9467adf90913',2,NULL,0,NULL);
INSERT INTO "revisions" VALUES(5,1,2,'changed','2026-11-27T04:23:09.870833+00:00','2026-11-27T04:22:11.893189+00:00','2026-11-27T04:22:55.427681+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:02:00.000000+00:00','Stand: 01.11.2026 08:02 Uhr',NULL,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'','d1fa84b66ac72186e92fefd456e2dc7a3bd673647d12de7c5f3562eed0794962',5,'d2b614bdf7cd886e1efbfdeae03d452163ed660b6ffaf8d9615225c9e8738de6',NULL,'45f13ee3b528aa78bf6a04c8460896df69220d616b31e4c7ebd34e299eeb477d','d7265d91a4942d0c03a5f6a8dcdb095fcc48020191e0c4c03ca0aa7d21e01e38','http://127.0.0.1:34813/artikel/1.html','85a85c0b4301a3fdd0c828da33e85f9b8c4bd2a855c5d42208cea93e428cad76',1,NULL,0,NULL);
CREATE VIRTUAL TABLE revisions_fts USING fts5(topline, headline, standfirst, content='revisions', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2');
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
INSERT INTO "rulings" VALUES(1,4,'2026-11-27T04:23:09.764796+00:00','unmarked',22,9,1,'2026-11-27T04:22:11.902744+00:00','2026-11-27T04:22:55.363155+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","not known yet"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'0000000000000000000000000000000000000000000000000000000000000000','7891ee62fe64e7859b4c3ea055b3b3de516d04920b11693f56a79d0c72dd99aa');
INSERT INTO "rulings" VALUES(2,5,'2026-11-27T04:23:09.870833+00:00','announced',16,9,1,'2026-11-27T04:22:11.893189+00:00','2026-11-27T04:22:55.427681+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:02 Uhr"],["other clocks","none moved"],["note","stamp earlier than window"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'7891ee62fe64e7859b4c3ea055b3b3de516d04920b11693f56a79d0c72dd99aa','35539750f09d96ad5e6b00ec84cad1a5f7e07080a6ebae7a078b4195b305e4c0');
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
, links TEXT NOT NULL DEFAULT '', newest_seconds REAL NOT NULL DEFAULT 604800, parts TEXT NOT NULL DEFAULT '[]', websub INTEGER NOT NULL DEFAULT 0, hub TEXT NOT NULL DEFAULT '', topic TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "sources" VALUES(1,'Tagblatt','feed','http://127.0.0.1:34813/feed.xml','127.0.0.1:34813',300.0,'active','2026-11-27T04:21:30.730397+00:00','2026-11-27T04:30:11.208450+00:00',NULL,'','','2026-11-27T04:25:11.208450+00:00','2026-11-27T04:25:11.208450+00:00','2026-11-27T04:22:09.558736+00:00',0,'','',0,2,1,'',604800.0,'[]',0,'http://127.0.0.1:34813/feed.xml','http://127.0.0.1:34813/feed.xml','c5d0cf608643503690d843a79843b6e5');
CREATE TABLE stamp_delays (
    revision_id INTEGER PRIMARY KEY REFERENCES revisions(id), -- the version after the edit
    source_id INTEGER NOT NULL REFERENCES sources(id), -- source that named the article first
    seconds REAL NOT NULL                   -- from the first look at the edit to the first that showed the Stand
) STRICT;
CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY REFERENCES sources(id), -- the source
    hub TEXT NOT NULL,                      -- the hub that was asked
    topic TEXT NOT NULL,                    -- what it was asked for
    asked_at TEXT NOT NULL,                 -- when it was last asked
    verified_at TEXT,                       -- when it last confirmed
    expires_at TEXT,                        -- until when it pushes; null: it does not
    renew_at TEXT NOT NULL,                 -- when it is to be asked again
    leased_until TEXT,                      -- somebody asks it until then at most
    pushed_at TEXT,                         -- last push that was signed as agreed
    failures INTEGER NOT NULL DEFAULT 0,    -- refusals in a row
    error TEXT NOT NULL DEFAULT ''          -- why it refused; empty if it did not
) STRICT;
CREATE TABLE unread_pages (
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    code TEXT NOT NULL,                     -- why, as in error_code of articles
    page_id INTEGER NOT NULL REFERENCES pages(id), -- the raw answer
    asked TEXT NOT NULL,                    -- address that was asked; the page may have come from another
    PRIMARY KEY (article_id, code)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX articles_due ON articles(host, next_visit_at) WHERE next_visit_at IS NOT NULL;
CREATE INDEX articles_leased ON articles(host, leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX articles_fetch_url ON articles(fetch_url);
CREATE INDEX listings_article ON listings(article_id);
CREATE INDEX pages_article ON pages(article_id);
CREATE INDEX revisions_open ON revisions(rule_at) WHERE rule_at IS NOT NULL;
CREATE INDEX revisions_seen ON revisions(seen_at);
CREATE INDEX observations_article ON observations(article_id, id);
CREATE INDEX observations_revision ON observations(revision_id);
CREATE INDEX comment_counts_article ON comment_counts(article_id, at);
CREATE INDEX rulings_revision ON rulings(revision_id, id);
CREATE INDEX events_unrouted ON events(id) WHERE routed_at IS NULL;
CREATE INDEX events_article ON events(article_id);
CREATE INDEX events_at ON events(at);
CREATE INDEX deliveries_due ON deliveries(next_attempt_at) WHERE state = 'pending';
CREATE INDEX deliveries_order ON deliveries(endpoint, article_id, id) WHERE state = 'pending';
CREATE TRIGGER blocks_ai AFTER INSERT ON blocks BEGIN
    INSERT INTO blocks_fts(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER blocks_au AFTER UPDATE ON blocks BEGIN
    INSERT INTO blocks_fts(blocks_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO blocks_fts(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER revisions_ai AFTER INSERT ON revisions BEGIN
    INSERT INTO revisions_fts(rowid, topline, headline, standfirst)
    VALUES (new.id, new.topline, new.headline, new.standfirst);
END;
CREATE INDEX readings_host ON readings(host);
CREATE INDEX doubts_host ON doubts(host);
CREATE INDEX drifts_open ON drifts(host) WHERE to_at IS NULL;
CREATE UNIQUE INDEX unread_pages_page ON unread_pages(page_id);
CREATE INDEX pages_base ON pages(base_id) WHERE base_id IS NOT NULL;
CREATE INDEX revisions_page ON revisions(page_id);
CREATE INDEX edits_seen ON edits(seen_at, revision_id);
CREATE INDEX edits_verdict ON edits(verdict, seen_at, revision_id);
CREATE INDEX edits_source ON edits(source_id, seen_at, revision_id);
CREATE INDEX edits_source_verdict ON edits(source_id, verdict, seen_at, revision_id);
CREATE INDEX edits_severity ON edits(severity, seen_at, revision_id);
CREATE INDEX edits_article ON edits(article_id);
CREATE INDEX edits_explains ON edits(explains_id) WHERE explains_id IS NOT NULL;
CREATE INDEX edit_tags_revision ON edit_tags(revision_id);
CREATE INDEX edit_tags_source ON edit_tags(source_id, kind, seen_at, revision_id);
CREATE INDEX edits_explaining ON edits(source_id, explains_id, revision_id, seen_at) WHERE explains_id IS NOT NULL;
CREATE INDEX events_presence ON events(article_id, verdict) WHERE verdict IN ('removed', 'returned');
CREATE INDEX articles_source ON articles(source_id, first_seen_at);
CREATE INDEX articles_gone ON articles(source_id, state) WHERE state = 'gone';
CREATE TRIGGER rulings_ai AFTER INSERT ON rulings BEGIN
INSERT INTO edits (revision_id, article_id, source_id, seen_at, words, verdict, ruling_id)
    SELECT r.id, r.article_id, a.source_id, r.seen_at, r.words_added + r.words_removed, g.verdict, g.id
    FROM rulings g JOIN revisions r ON r.id = g.revision_id JOIN articles a ON a.id = r.article_id
    WHERE r.kind = 'changed' AND g.id = new.id ORDER BY g.id
    ON CONFLICT (revision_id) DO UPDATE SET verdict = excluded.verdict, ruling_id = excluded.ruling_id;
    UPDATE edits SET severity = '', because = '', explains_id = NULL, meaning_version = 0
        WHERE revision_id = new.revision_id AND new.verdict IN ('misread', 'reread', 'partial', 'site_text', 'site_wide');
    DELETE FROM edit_tags WHERE revision_id = new.revision_id AND new.verdict IN ('misread', 'reread', 'partial', 'site_text', 'site_wide');
    UPDATE edits SET machines = coalesce((
        SELECT group_concat(k.value, ' ') FROM json_each(iif(json_valid(new.evidence), new.evidence, '[]')) p
        JOIN json_each('["modified_ld", "modified_meta", "modified_microdata", "editorial"]') k
            ON instr('; ' || json_extract(p.value, '$[1]'), '; ' || k.value || ' ')
        WHERE json_extract(p.value, '$[0]') = 'machines were told'), '') WHERE revision_id = new.revision_id;
END;
CREATE TRIGGER edits_ai AFTER INSERT ON edits BEGIN
    INSERT INTO edit_counts (source_id, month, verdict, severity, machines, edits, worded)
    VALUES (new.source_id, substr(new.seen_at, 1, 7), new.verdict, new.severity, new.machines, 1, new.words > 0)
    ON CONFLICT DO UPDATE SET edits = edits + 1, worded = worded + excluded.worded;
    DELETE FROM article_edits WHERE source_id = new.source_id AND article_id = new.article_id;
    INSERT INTO article_edits (source_id, article_id, edits, late, headlines, first_seconds)
    SELECT e.source_id, e.article_id, count(*), sum(e.seen_at > date(substr(a.first_seen_at, 1, 10), '+1 day') || substr(a.first_seen_at, 11)),
        sum(EXISTS (SELECT 1 FROM edit_tags t
            WHERE t.kind = 'headline' AND t.seen_at = e.seen_at AND t.revision_id = e.revision_id)),
        round((julianday(min(e.seen_at)) - julianday(a.first_seen_at)) * 86400, 3)
    FROM edits e JOIN articles a ON a.id = e.article_id WHERE e.article_id = new.article_id AND e.words > 0 AND e.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live')
    GROUP BY e.source_id, e.article_id;
END;
CREATE TRIGGER edits_ad AFTER DELETE ON edits BEGIN
    UPDATE edit_counts SET edits = edits - 1, worded = worded - (old.words > 0)
    WHERE source_id = old.source_id AND month = substr(old.seen_at, 1, 7) AND verdict = old.verdict
        AND severity = old.severity AND machines = old.machines;
    DELETE FROM article_edits WHERE source_id = old.source_id AND article_id = old.article_id;
    INSERT INTO article_edits (source_id, article_id, edits, late, headlines, first_seconds)
    SELECT e.source_id, e.article_id, count(*), sum(e.seen_at > date(substr(a.first_seen_at, 1, 10), '+1 day') || substr(a.first_seen_at, 11)),
        sum(EXISTS (SELECT 1 FROM edit_tags t
            WHERE t.kind = 'headline' AND t.seen_at = e.seen_at AND t.revision_id = e.revision_id)),
        round((julianday(min(e.seen_at)) - julianday(a.first_seen_at)) * 86400, 3)
    FROM edits e JOIN articles a ON a.id = e.article_id WHERE e.article_id = old.article_id AND e.words > 0 AND e.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live')
    GROUP BY e.source_id, e.article_id;
END;
CREATE TRIGGER edits_au AFTER UPDATE OF seen_at, words, verdict, severity, machines ON edits BEGIN
    UPDATE edit_counts SET edits = edits - 1, worded = worded - (old.words > 0)
    WHERE source_id = old.source_id AND month = substr(old.seen_at, 1, 7) AND verdict = old.verdict
        AND severity = old.severity AND machines = old.machines;
    INSERT INTO edit_counts (source_id, month, verdict, severity, machines, edits, worded)
    VALUES (new.source_id, substr(new.seen_at, 1, 7), new.verdict, new.severity, new.machines, 1, new.words > 0)
    ON CONFLICT DO UPDATE SET edits = edits + 1, worded = worded + excluded.worded;
END;
CREATE TRIGGER edits_au_of_article AFTER UPDATE OF seen_at, words, verdict ON edits
WHEN (new.seen_at, new.words, new.verdict) IS NOT (old.seen_at, old.words, old.verdict) BEGIN
    DELETE FROM article_edits WHERE source_id = new.source_id AND article_id = new.article_id;
    INSERT INTO article_edits (source_id, article_id, edits, late, headlines, first_seconds)
    SELECT e.source_id, e.article_id, count(*), sum(e.seen_at > date(substr(a.first_seen_at, 1, 10), '+1 day') || substr(a.first_seen_at, 11)),
        sum(EXISTS (SELECT 1 FROM edit_tags t
            WHERE t.kind = 'headline' AND t.seen_at = e.seen_at AND t.revision_id = e.revision_id)),
        round((julianday(min(e.seen_at)) - julianday(a.first_seen_at)) * 86400, 3)
    FROM edits e JOIN articles a ON a.id = e.article_id WHERE e.article_id = new.article_id AND e.words > 0 AND e.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live')
    GROUP BY e.source_id, e.article_id;
END;
CREATE TRIGGER edit_tags_ai AFTER INSERT ON edit_tags WHEN new.kind = 'headline' BEGIN
    DELETE FROM article_edits WHERE source_id = new.source_id AND article_id = (SELECT article_id FROM edits WHERE revision_id = new.revision_id);
    INSERT INTO article_edits (source_id, article_id, edits, late, headlines, first_seconds)
    SELECT e.source_id, e.article_id, count(*), sum(e.seen_at > date(substr(a.first_seen_at, 1, 10), '+1 day') || substr(a.first_seen_at, 11)),
        sum(EXISTS (SELECT 1 FROM edit_tags t
            WHERE t.kind = 'headline' AND t.seen_at = e.seen_at AND t.revision_id = e.revision_id)),
        round((julianday(min(e.seen_at)) - julianday(a.first_seen_at)) * 86400, 3)
    FROM edits e JOIN articles a ON a.id = e.article_id WHERE e.article_id = (SELECT article_id FROM edits WHERE revision_id = new.revision_id) AND e.words > 0 AND e.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live')
    GROUP BY e.source_id, e.article_id;
END;
CREATE TRIGGER edit_tags_ad AFTER DELETE ON edit_tags WHEN old.kind = 'headline' BEGIN
    DELETE FROM article_edits WHERE source_id = old.source_id AND article_id = (SELECT article_id FROM edits WHERE revision_id = old.revision_id);
    INSERT INTO article_edits (source_id, article_id, edits, late, headlines, first_seconds)
    SELECT e.source_id, e.article_id, count(*), sum(e.seen_at > date(substr(a.first_seen_at, 1, 10), '+1 day') || substr(a.first_seen_at, 11)),
        sum(EXISTS (SELECT 1 FROM edit_tags t
            WHERE t.kind = 'headline' AND t.seen_at = e.seen_at AND t.revision_id = e.revision_id)),
        round((julianday(min(e.seen_at)) - julianday(a.first_seen_at)) * 86400, 3)
    FROM edits e JOIN articles a ON a.id = e.article_id WHERE e.article_id = (SELECT article_id FROM edits WHERE revision_id = old.revision_id) AND e.words > 0 AND e.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live')
    GROUP BY e.source_id, e.article_id;
END;
CREATE INDEX articles_visited ON articles(last_visited_at);
CREATE INDEX articles_unread ON articles(next_visit_at) WHERE revision_id IS NULL AND next_visit_at IS NOT NULL;
CREATE INDEX departures_article ON departures(article_id, id);
CREATE INDEX departures_due ON departures(check_at) WHERE check_at IS NOT NULL;
CREATE INDEX departures_successor ON departures(successor_id) WHERE successor_id IS NOT NULL;
CREATE INDEX comment_counts_open ON comment_counts(article_id) WHERE movement = 'unconfirmed';
CREATE INDEX comment_counts_movement ON comment_counts(movement, at);
CREATE INDEX replies_revision ON replies(revision_id);
CREATE INDEX replies_ruling ON replies(ruling_id);
CREATE UNIQUE INDEX replies_withdraws ON replies(withdraws) WHERE withdraws IS NOT NULL;
CREATE INDEX events_movement ON events(CASE WHEN json_valid(data) THEN json_extract(data, '$.movement') END, at, id) WHERE verdict = 'comments'
;
CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN
    INSERT INTO article_counts (source_id, listed, state, paused, removed, unread, failing, code, articles) VALUES (new.source_id, new.listed, new.state, new.paused, new.next_visit_at IS NULL, new.revision_id IS NULL, new.failures > 0, iif(new.failures > 0, new.error_code, ''), 1)
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN
    UPDATE article_counts SET articles = articles - 1 WHERE (source_id, listed, state, paused, removed, unread, failing, code) = (old.source_id, old.listed, old.state, old.paused, old.next_visit_at IS NULL, old.revision_id IS NULL, old.failures > 0, iif(old.failures > 0, old.error_code, ''));
END;
CREATE TRIGGER articles_au AFTER UPDATE OF source_id, listed, state, paused, next_visit_at, revision_id, failures,
    error_code ON articles
WHEN (new.source_id, new.listed, new.state, new.paused, new.next_visit_at IS NULL, new.revision_id IS NULL, new.failures > 0, iif(new.failures > 0, new.error_code, '')) IS NOT (old.source_id, old.listed, old.state, old.paused, old.next_visit_at IS NULL, old.revision_id IS NULL, old.failures > 0, iif(old.failures > 0, old.error_code, '')) BEGIN
    UPDATE article_counts SET articles = articles - 1 WHERE (source_id, listed, state, paused, removed, unread, failing, code) = (old.source_id, old.listed, old.state, old.paused, old.next_visit_at IS NULL, old.revision_id IS NULL, old.failures > 0, iif(old.failures > 0, old.error_code, ''));
    INSERT INTO article_counts (source_id, listed, state, paused, removed, unread, failing, code, articles) VALUES (new.source_id, new.listed, new.state, new.paused, new.next_visit_at IS NULL, new.revision_id IS NULL, new.failures > 0, iif(new.failures > 0, new.error_code, ''), 1)
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER listings_ai AFTER INSERT ON listings BEGIN
    UPDATE articles SET listed = coalesce((SELECT group_concat(source_id) FROM (
        SELECT source_id FROM listings WHERE article_id = articles.id ORDER BY source_id)), '') WHERE id = new.article_id;
END;
CREATE TRIGGER listings_ad AFTER DELETE ON listings BEGIN
    UPDATE articles SET listed = coalesce((SELECT group_concat(source_id) FROM (
        SELECT source_id FROM listings WHERE article_id = articles.id ORDER BY source_id)), '') WHERE id = old.article_id;
END;
CREATE TRIGGER article_edits_ai AFTER INSERT ON article_edits BEGIN
    INSERT INTO headline_counts (source_id, headlines, articles, late)
    VALUES (new.source_id, new.headlines, 1, new.late)
    ON CONFLICT DO UPDATE SET articles = articles + 1, late = late + excluded.late;
END;
CREATE TRIGGER article_edits_ad AFTER DELETE ON article_edits BEGIN
    UPDATE headline_counts SET articles = articles - 1, late = late - old.late
    WHERE (source_id, headlines) = (old.source_id, old.headlines);
END;
CREATE TRIGGER events_ai AFTER INSERT ON events WHEN new.verdict IN ('removed', 'returned') BEGIN
    INSERT INTO presence_counts (source_id, verdict, events, articles)
    SELECT a.source_id, new.verdict, 1, NOT EXISTS (SELECT 1 FROM events o WHERE o.article_id = new.article_id
        AND o.verdict = new.verdict AND o.verdict IN ('removed', 'returned') AND o.id != new.id)
    FROM articles a WHERE a.id = new.article_id
    ON CONFLICT DO UPDATE SET events = events + 1, articles = articles + excluded.articles;
END;
CREATE INDEX articles_failing ON articles(error_code, last_visited_at) WHERE failures > 0;
CREATE INDEX articles_missing ON articles(state, missing_since) WHERE state IN ('suspect', 'gone');
CREATE INDEX article_edits_first ON article_edits(source_id, first_seconds);
CREATE INDEX events_operations ON events(id) WHERE type >= 'operations.' AND type < 'operations/';
CREATE INDEX deliveries_dead ON deliveries(id, endpoint) WHERE state = 'dead';
CREATE INDEX stamp_delays_source ON stamp_delays(source_id, seconds);
CREATE INDEX articles_paused ON articles(source_id) WHERE paused = 1;
CREATE INDEX articles_new ON articles(host, next_visit_at) WHERE revision_id IS NULL AND next_visit_at IS NOT NULL;
CREATE INDEX articles_planned ON articles(first_seen_at, id) WHERE next_visit_at IS NOT NULL;
CREATE INDEX hosts_proven ON hosts(host, proofs_wrong, proofs_checked) WHERE proofs_checked > 0;
CREATE INDEX host_days_of ON host_days(host, day);
CREATE INDEX articles_next ON articles(next_visit_at, host) WHERE next_visit_at IS NOT NULL;
CREATE INDEX sources_leased ON sources(host, leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX hosts_free ON hosts(free_at, host);
CREATE INDEX revision_blocks_block ON revision_blocks(block_id);
CREATE INDEX hosts_hiding ON hosts(host, edits_hidden, edits_validated) WHERE edits_hidden > 0;
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
    a.url AS url                            -- its address
FROM articles a
JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions r ON r.id = a.revision_id;
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
CREATE VIEW comment_moves AS
SELECT
    c.article_id AS article_id,             -- the article
    c.at AS at,                             -- first look that showed the count
    c.count AS count,                       -- comments; null: the page no longer offers any
    c.count - lag(c.count) OVER (PARTITION BY c.article_id ORDER BY c.at, c.id) AS difference, -- since the one before
    c.movement AS movement                  -- what it comes to, as in comment_counts; mostly empty
FROM comment_counts c;
CREATE VIEW outlets AS
SELECT
    s.name AS source,                       -- the source
    (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles, -- articles that it named first
    (SELECT count(*) FROM articles a WHERE a.source_id = s.id AND a.state = 'gone') AS gone, -- of these, those gone
    s.edits AS edits,                       -- settled edits of the text
    s.edits_stand_moved AS edits_stand_moved, -- how many of them the Stand moved with
    round(100.0 * s.edits_stand_moved / nullif(s.edits, 0)) AS percent -- the same in per cent; null before the first
FROM sources s;
CREATE VIEW verdicts AS
SELECT
    c.source AS source,                     -- the source
    c.verdict AS verdict,                   -- what we say
    count(*) AS edits                       -- how many edits
FROM changes c
GROUP BY c.source, c.verdict;
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
CREATE VIEW undelivered AS
SELECT
    d.id AS delivery_id,                    -- the delivery
    d.endpoint AS endpoint,                 -- to whom
    d.state AS state,                       -- pending or dead
    e.type AS type,                         -- type of the event
    e.verdict AS verdict,                   -- what it says
    e.at AS event_at,                       -- when it was recorded
    d.attempts AS attempts,                 -- made so far
    d.next_attempt_at AS next_attempt_at,   -- when it is tried again; null: never
    d.status AS status,                     -- HTTP status of the last attempt; 0 if none came
    d.error AS error,                       -- why the last attempt failed
    d.article_id AS article_id              -- the article; null for operations
FROM deliveries d
JOIN events e ON e.id = d.event_id
WHERE d.state != 'delivered';
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
    CAST(e.seen_at > date(substr(a.first_seen_at, 1, 10), '+1 day') || substr(a.first_seen_at, 11) AS INTEGER) AS late, -- 1: more than 24 hours
    CAST(NOT EXISTS (SELECT 1 FROM edits o WHERE o.source_id = e.source_id AND o.article_id = e.article_id
        AND (o.seen_at, o.revision_id) < (e.seen_at, e.revision_id) AND o.words > 0 AND o.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live')
    ) AS INTEGER) AS first,                 -- 1: the first such edit of the article
    CAST(EXISTS (SELECT 1 FROM edit_tags t WHERE t.kind = 'headline' AND t.seen_at = e.seen_at
        AND t.revision_id = e.revision_id) AS INTEGER) AS headline -- 1: the headline was written anew
FROM edits e
JOIN articles a ON a.id = e.article_id
JOIN sources s ON s.id = e.source_id
WHERE e.words > 0 AND e.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',6);
INSERT INTO blocks_fts(blocks_fts) VALUES('rebuild');
INSERT INTO revisions_fts(revisions_fts) VALUES('rebuild');
COMMIT;
