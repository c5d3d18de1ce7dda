PRAGMA application_id = 1315005288;
PRAGMA auto_vacuum = 0;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'nachtrag','m001_tables','2026-11-27 04:06:06.292700+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'nachtrag','m002_pages_without_comments','2026-11-27 04:06:06.293942+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'nachtrag','m003_staleness_by_answer','2026-11-27 04:06:06.315384+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'nachtrag','m004_listed_by_hand','2026-11-27 04:06:06.315856+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'nachtrag','m005_addresses_that_cannot_be_shown','2026-11-27 04:06:06.316493+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'nachtrag','m006_answers_in_the_chain','2026-11-27 04:06:06.318025+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'nachtrag','m007_sites_that_drift','2026-11-27 04:06:06.324745+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'nachtrag','m008_kinds_of_sources','2026-11-27 04:06:06.334939+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'nachtrag','m009_subscriptions','2026-11-27 04:06:06.337126+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'nachtrag','m010_comments','2026-11-27 04:06:06.337460+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'nachtrag','m011_clocks_beside_the_page','2026-11-27 04:06:06.345265+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'nachtrag','m012_unread_pages','2026-11-27 04:06:06.346242+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'nachtrag','m013_live_blogs','2026-11-27 04:06:06.354027+00:00');
INSERT INTO "_sqlite_migrations" VALUES(14,'nachtrag','m014_practice_with_machine_clocks','2026-11-27 04:06:06.382471+00:00');
INSERT INTO "_sqlite_migrations" VALUES(15,'nachtrag','m015_edits','2026-11-27 04:06:06.400038+00:00');
INSERT INTO "_sqlite_migrations" VALUES(16,'nachtrag','m016_outlets','2026-11-27 04:06:06.664148+00:00');
INSERT INTO "_sqlite_migrations" VALUES(17,'nachtrag','m017_takedowns','2026-11-27 04:06:06.922304+00:00');
INSERT INTO "_sqlite_migrations" VALUES(18,'nachtrag','m018_counts','2026-11-27 04:06:06.923171+00:00');
INSERT INTO "_sqlite_migrations" VALUES(19,'nachtrag','m019_departures','2026-11-27 04:06:06.924302+00:00');
INSERT INTO "_sqlite_migrations" VALUES(20,'nachtrag','m020_movements_of_comments','2026-11-27 04:06:07.177001+00:00');
CREATE TABLE article_edits (
    source_id INTEGER NOT NULL,             -- source that named the article first
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    edits INTEGER NOT NULL,                 -- edits, as the view outlet_edits has them
    late INTEGER NOT NULL,                  -- of these, those later than 24 hours after we first heard of the article
    headlines INTEGER NOT NULL,             -- of these, those that wrote the headline anew
    first_seconds REAL NOT NULL,            -- from when we first heard of it until the first of them was seen
    PRIMARY KEY (source_id, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_edits" VALUES(1,1,1,0,0,6.455);
INSERT INTO "article_edits" VALUES(1,2,1,0,0,6.465);
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
, read_stale_seconds REAL NOT NULL DEFAULT 0, asked_again INTEGER NOT NULL DEFAULT 0, taken_down_at TEXT) STRICT;
INSERT INTO "articles" VALUES(1,'http://127.0.0.1:46423/artikel/1.html','http://127.0.0.1:46423/artikel/1.html','127.0.0.1:46423',1,'live',0,'2026-11-27T04:06:24.054138+00:00','2026-11-27T04:11:46.900494+00:00',NULL,'2026-11-27T04:06:46.900494+00:00','2026-11-27T04:06:46.900494+00:00','2026-11-27T04:06:30.509220+00:00',4,'[["stand","2026-11-01T07:02:00.000000+00:00","2026-11-01T07:03:00.000000+00:00",null,"Stand: 01.11.2026 08:02 Uhr"]]',NULL,'"1-2--1685816189122724873"','',0,'','',0,NULL,'','',0.0,0,NULL);
INSERT INTO "articles" VALUES(2,'http://127.0.0.1:46423/artikel/2.html','http://127.0.0.1:46423/artikel/2.html','127.0.0.1:46423',1,'live',0,'2026-11-27T04:06:24.054138+00:00','2026-11-27T04:11:46.901107+00:00',NULL,'2026-11-27T04:06:46.901107+00:00','2026-11-27T04:06:46.901107+00:00','2026-11-27T04:06:30.519404+00:00',5,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',NULL,'"2-2--1685816189122724873"','',0,'','',0,NULL,'','',0.0,0,NULL);
INSERT INTO "articles" VALUES(3,'http://127.0.0.1:46423/artikel/3.html','http://127.0.0.1:46423/artikel/3.html','127.0.0.1:46423',1,'gone',0,'2026-11-27T04:06:24.054138+00:00','2026-11-27T05:06:48.549774+00:00',NULL,'2026-11-27T04:06:48.549774+00:00','2026-11-27T04:06:30.417922+00:00',NULL,2,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',NULL,'"3-1--1685816189122724873"','',0,'','',2,'2026-11-27T04:06:46.901670+00:00','45982@2026-11-27T04:06:38.157750Z','',0.0,0,NULL);
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
    error TEXT NOT NULL DEFAULT '',         -- why the last attempt failed
    delivered_at TEXT,                      -- when the receiver said 2xx
    UNIQUE (event_id, endpoint)
) STRICT;
INSERT INTO "deliveries" VALUES(1,1,'desk',2,'pending',2,'2026-11-27T04:11:50.604799+00:00',NULL,'2026-11-27T04:06:30.473585+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(2,2,'desk',3,'pending',2,'2026-11-27T04:11:37.260297+00:00',NULL,'2026-11-27T04:06:30.468511+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(3,3,'desk',1,'pending',2,'2026-11-27T04:11:42.396754+00:00',NULL,'2026-11-27T04:06:30.475617+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(4,4,'desk',1,'pending',0,'2026-11-27T04:06:30.541040+00:00',NULL,NULL,0,'',NULL);
INSERT INTO "deliveries" VALUES(5,5,'desk',2,'pending',0,'2026-11-27T04:06:30.541120+00:00',NULL,NULL,0,'',NULL);
INSERT INTO "deliveries" VALUES(6,6,'desk',3,'pending',0,'2026-11-27T04:06:48.563522+00:00',NULL,NULL,0,'',NULL);
CREATE TABLE departures (
    id INTEGER PRIMARY KEY,                 -- number of the row
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the last good copy
    last_read_at TEXT NOT NULL,             -- last look that found it
    missing_since TEXT NOT NULL,            -- first look that did not
    at TEXT NOT NULL,                       -- the look that confirmed it
    absence TEXT NOT NULL,                  -- what stood in its place then: 404, 410, 451 (HTTP), front_page (a redirect there), or soft_404 (an error page with the status of a page)
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
INSERT INTO "departures" VALUES(1,3,2,'2026-11-27T04:06:30.417922+00:00','2026-11-27T04:06:46.901670+00:00','2026-11-27T04:06:48.549774+00:00','404',NULL,NULL,NULL,NULL,0,0,'removed',NULL,'');
CREATE TABLE doubts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article
    host TEXT NOT NULL,                     -- the site
    since TEXT NOT NULL,                    -- first such look
    at TEXT NOT NULL,                       -- last such look
    lost TEXT NOT NULL,                     -- page, headline, stand, body, grown, text, comments, profile, with spaces between; empty: held, but read well
    held INTEGER NOT NULL,                  -- 1: a version is held
    cleared INTEGER NOT NULL DEFAULT 0      -- 1: the rest of the site reads well, so it is the article: the next look counts
) STRICT;
INSERT INTO "doubts" VALUES(3,'127.0.0.1:46423','2026-11-27T04:06:46.901670+00:00','2026-11-27T04:06:48.549774+00:00','page',0,0);
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
INSERT INTO "edit_tags" VALUES('number','2026-11-27T04:06:30.509220+00:00',4,'[["1","2"]]',1);
INSERT INTO "edit_tags" VALUES('number','2026-11-27T04:06:30.519404+00:00',5,'[["1","2"]]',1);
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
    explains_id INTEGER REFERENCES revisions(id), -- a correction notice came with it, on the edit that made that version
    meaning_version INTEGER NOT NULL DEFAULT 0 -- version of the rules that weighed it; 0: none has
, machines TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "edits" VALUES(4,1,1,'2026-11-27T04:06:30.509220+00:00',2,'announced',1,'high','number changed in a sentence that stood (1 → 2)',NULL,1,'');
INSERT INTO "edits" VALUES(5,2,1,'2026-11-27T04:06:30.519404+00:00',2,'unmarked',2,'high','number changed in a sentence that stood (1 → 2)',NULL,1,'');
CREATE TABLE endpoints (
    name TEXT PRIMARY KEY,                  -- name in config.toml
    kind TEXT NOT NULL,                     -- webhook or slack
    url TEXT NOT NULL,                      -- without user name and password
    events TEXT NOT NULL,                   -- event types it wants, JSON list
    state TEXT NOT NULL,                    -- active, removed (from the configuration), or disabled (the receiver said 410)
    added_at TEXT NOT NULL,                 -- when it was first configured
    failures INTEGER NOT NULL DEFAULT 0,    -- failed attempts in a row
    error TEXT NOT NULL DEFAULT ''          -- why the last attempt failed; empty if it did not
, url_sha256 TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "endpoints" VALUES('desk','webhook','http://127.0.0.1:9/hook','["article.*"]','active','2026-11-27T04:06:06.062798+00:00',6,'endpoint ''desk'' at 127.0.0.1: its host does not take connections','a94bb7e849462697b6ee9a325910ac55b9f17d1b07fc758dbd47e6065d1616c3');
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
    data TEXT NOT NULL,                     -- the rest of what is sent, JSON
    routed_at TEXT                          -- when deliveries were made of it; null: still to do
) STRICT;
INSERT INTO "events" VALUES(1,'evt_aadfc06ea8a1434388c8bfe3051641ce','article.discovered','2026-11-27T04:06:24.372250+00:00',2,1,NULL,'http://127.0.0.1:46423/artikel/2.html','discovered','{"id":"evt_aadfc06ea8a1434388c8bfe3051641ce","url":"http://127.0.0.1:46423/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:06:24.372250+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/2#r1"}','2026-11-27T04:06:24.401461+00:00');
INSERT INTO "events" VALUES(2,'evt_7a001626f43248dba4ddfa80442019a1','article.discovered','2026-11-27T04:06:24.378650+00:00',3,2,NULL,'http://127.0.0.1:46423/artikel/3.html','discovered','{"id":"evt_7a001626f43248dba4ddfa80442019a1","url":"http://127.0.0.1:46423/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:06:24.378650+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/3#r2"}','2026-11-27T04:06:24.401516+00:00');
INSERT INTO "events" VALUES(3,'evt_cb45711125ab44bdac191e75a901129f','article.discovered','2026-11-27T04:06:24.378830+00:00',1,3,NULL,'http://127.0.0.1:46423/artikel/1.html','discovered','{"id":"evt_cb45711125ab44bdac191e75a901129f","url":"http://127.0.0.1:46423/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:06:24.378830+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/1#r3"}','2026-11-27T04:06:24.401537+00:00');
INSERT INTO "events" VALUES(4,'evt_749fd4383a9a43ba9793696e2e2fd42b','article.changed','2026-11-27T04:06:30.509220+00:00',1,4,1,'http://127.0.0.1:46423/artikel/1.html','announced','{"id":"evt_749fd4383a9a43ba9793696e2e2fd42b","url":"http://127.0.0.1:46423/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"announced","not_before":"2026-11-27T04:06:24.378830+00:00","not_after":"2026-11-27T04:06:30.410916+00:00","stand_before":"Stand: 01.11.2026 08:01 Uhr","stand_after":"Stand: 01.11.2026 08:02 Uhr","words_added":1,"words_removed":1,"excerpt":"Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …","severity":"high","tags":["number"],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/1#r4"}','2026-11-27T04:06:30.541040+00:00');
INSERT INTO "events" VALUES(5,'evt_26d6b060f6604da98e59a9c183e5423c','article.changed','2026-11-27T04:06:30.519404+00:00',2,5,2,'http://127.0.0.1:46423/artikel/2.html','unmarked','{"id":"evt_26d6b060f6604da98e59a9c183e5423c","url":"http://127.0.0.1:46423/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"unmarked","not_before":"2026-11-27T04:06:24.372250+00:00","not_after":"2026-11-27T04:06:30.416586+00:00","stand_before":"Stand: 01.11.2026 08:01 Uhr","stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":1,"words_removed":1,"excerpt":"Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …","severity":"high","tags":["number"],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/2#r5"}','2026-11-27T04:06:30.541120+00:00');
INSERT INTO "events" VALUES(6,'evt_5cf4899036aa43e8a8f2d0878ca878d6','article.gone','2026-11-27T04:06:48.549774+00:00',3,NULL,NULL,'http://127.0.0.1:46423/artikel/3.html','removed','{"id":"evt_5cf4899036aa43e8a8f2d0878ca878d6","url":"http://127.0.0.1:46423/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"removed","not_before":"2026-11-27T04:06:30.417922+00:00","not_after":"2026-11-27T04:06:46.901670+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"http://127.0.0.1:46423/artikel/3.html: the server says 404","severity":null,"tags":[],"supersedes":null,"absence":"404","absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:8001/-/article/3"}','2026-11-27T04:06:48.563522+00:00');
CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,                 -- number of the gap
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the feed
    from_at TEXT NOT NULL,                  -- the last poll before the gap
    to_at TEXT NOT NULL                     -- the first poll after it
) STRICT;
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,                  -- name, with the port if it is not the usual one
    free_at TEXT,                           -- no request before that
    robots_status INTEGER,                  -- status of robots.txt when last fetched; 0 unreachable, null never asked
    robots_body TEXT NOT NULL DEFAULT '',   -- robots.txt as text
    robots_fetched_at TEXT,                 -- when it was fetched
    stale_seconds REAL NOT NULL DEFAULT 0,  -- longest staleness that an old copy proved
    clock_offset_seconds REAL,              -- the host's Date minus our clock at the last fresh answer
    clock_checked_at TEXT                   -- when that was
, stale_proven_at TEXT) STRICT;
INSERT INTO "hosts" VALUES('127.0.0.1:46423','2026-11-27T04:06:48.549774+00:00',200,'User-agent: *
Allow: /
','2026-11-27T04:06:09.925146+00:00',0.0,-0.549509,'2026-11-27T04:06:48.549774+00:00',NULL);
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
INSERT INTO "listings" VALUES(1,1,'Brücke 1',NULL,NULL,'2026-11-27T04:06:24.054138+00:00','2026-11-27T04:06:47.090994+00:00','[]');
INSERT INTO "listings" VALUES(1,2,'Brücke 2',NULL,NULL,'2026-11-27T04:06:24.054138+00:00','2026-11-27T04:06:47.090994+00:00','[]');
INSERT INTO "listings" VALUES(1,3,'Brücke 3',NULL,NULL,'2026-11-27T04:06:24.054138+00:00','2026-11-27T04:06:47.090994+00:00','[]');
CREATE TABLE meta (
    key TEXT PRIMARY KEY,                   -- "database_id": random, makes ids of events unique across databases
    value TEXT NOT NULL                     -- its value
) STRICT;
INSERT INTO "meta" VALUES('database_id','1cc112ce668858f1');
INSERT INTO "meta" VALUES('base_url','http://127.0.0.1:8001');
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
    first_headers TEXT NOT NULL,            -- Date, Age, ETag, Last-Modified and peer of the first look, JSON
    last_headers TEXT NOT NULL,             -- … and of the last
    status INTEGER NOT NULL,                -- HTTP status of the last look; 0 if none came
    error_code TEXT NOT NULL,               -- why it failed; empty if it did not
    error TEXT NOT NULL                     -- the same in words
) STRICT;
INSERT INTO "observations" VALUES(1,2,1,'new','2026-11-27T04:06:24.372250+00:00','2026-11-27T04:06:24.372250+00:00',1,0.0,1,'53006@2026-11-27T04:06:24.157179Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:24 GMT","etag":"\"2-1--1685816189122724873\"","connection":"53006@2026-11-27T04:06:24.157179Z","clock_offset_seconds":-0.18424}','{"date":"Fri, 27 Nov 2026 04:06:24 GMT","etag":"\"2-1--1685816189122724873\"","connection":"53006@2026-11-27T04:06:24.157179Z","clock_offset_seconds":-0.18424}',200,'','');
INSERT INTO "observations" VALUES(2,3,2,'new','2026-11-27T04:06:24.378650+00:00','2026-11-27T04:06:24.378650+00:00',1,0.0,1,'53016@2026-11-27T04:06:24.157735Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:24 GMT","etag":"\"3-1--1685816189122724873\"","connection":"53016@2026-11-27T04:06:24.157735Z","clock_offset_seconds":-0.26555}','{"date":"Fri, 27 Nov 2026 04:06:24 GMT","etag":"\"3-1--1685816189122724873\"","connection":"53016@2026-11-27T04:06:24.157735Z","clock_offset_seconds":-0.26555}',200,'','');
INSERT INTO "observations" VALUES(3,1,3,'new','2026-11-27T04:06:24.378830+00:00','2026-11-27T04:06:24.378830+00:00',1,0.0,1,'53024@2026-11-27T04:06:24.161658Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:24 GMT","etag":"\"1-1--1685816189122724873\"","connection":"53024@2026-11-27T04:06:24.161658Z","clock_offset_seconds":-0.271723}','{"date":"Fri, 27 Nov 2026 04:06:24 GMT","etag":"\"1-1--1685816189122724873\"","connection":"53024@2026-11-27T04:06:24.161658Z","clock_offset_seconds":-0.271723}',200,'','');
INSERT INTO "observations" VALUES(4,3,2,'same','2026-11-27T04:06:30.417922+00:00','2026-11-27T04:06:30.417922+00:00',1,6.039272,1,'53064@2026-11-27T04:06:29.240129Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:29 GMT","etag":"\"3-1--1685816189122724873\"","connection":"53064@2026-11-27T04:06:29.240129Z","clock_offset_seconds":-1.412482}','{"date":"Fri, 27 Nov 2026 04:06:29 GMT","etag":"\"3-1--1685816189122724873\"","connection":"53064@2026-11-27T04:06:29.240129Z","clock_offset_seconds":-1.412482}',304,'','');
INSERT INTO "observations" VALUES(5,1,4,'changed','2026-11-27T04:06:30.509220+00:00','2026-11-27T04:06:30.509220+00:00',1,6.13039,1,'53046@2026-11-27T04:06:29.237641Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:29 GMT","etag":"\"1-2--1685816189122724873\"","connection":"53046@2026-11-27T04:06:29.237641Z","clock_offset_seconds":-1.410916}','{"date":"Fri, 27 Nov 2026 04:06:29 GMT","etag":"\"1-2--1685816189122724873\"","connection":"53046@2026-11-27T04:06:29.237641Z","clock_offset_seconds":-1.410916}',200,'','');
INSERT INTO "observations" VALUES(6,2,5,'changed','2026-11-27T04:06:30.519404+00:00','2026-11-27T04:06:30.519404+00:00',1,6.147154,1,'53048@2026-11-27T04:06:29.238025Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:29 GMT","etag":"\"2-2--1685816189122724873\"","connection":"53048@2026-11-27T04:06:29.238025Z","clock_offset_seconds":-1.416586}','{"date":"Fri, 27 Nov 2026 04:06:29 GMT","etag":"\"2-2--1685816189122724873\"","connection":"53048@2026-11-27T04:06:29.238025Z","clock_offset_seconds":-1.416586}',200,'','');
INSERT INTO "observations" VALUES(7,1,4,'same','2026-11-27T04:06:46.900494+00:00','2026-11-27T04:06:46.900494+00:00',1,16.391274,1,'45958@2026-11-27T04:06:38.157031Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:38 GMT","etag":"\"1-2--1685816189122724873\"","connection":"45958@2026-11-27T04:06:38.157031Z","clock_offset_seconds":-8.892489}','{"date":"Fri, 27 Nov 2026 04:06:38 GMT","etag":"\"1-2--1685816189122724873\"","connection":"45958@2026-11-27T04:06:38.157031Z","clock_offset_seconds":-8.892489}',304,'','');
INSERT INTO "observations" VALUES(8,2,5,'same','2026-11-27T04:06:46.901107+00:00','2026-11-27T04:06:46.901107+00:00',1,16.381703,1,'45966@2026-11-27T04:06:38.157430Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:38 GMT","etag":"\"2-2--1685816189122724873\"","connection":"45966@2026-11-27T04:06:38.157430Z","clock_offset_seconds":-8.892965}','{"date":"Fri, 27 Nov 2026 04:06:38 GMT","etag":"\"2-2--1685816189122724873\"","connection":"45966@2026-11-27T04:06:38.157430Z","clock_offset_seconds":-8.892965}',304,'','');
INSERT INTO "observations" VALUES(9,3,NULL,'suspect','2026-11-27T04:06:46.901670+00:00','2026-11-27T04:06:46.901670+00:00',1,16.483748,1,'45982@2026-11-27T04:06:38.157750Z',0,0,'{"date":"Fri, 27 Nov 2026 04:06:38 GMT","connection":"45982@2026-11-27T04:06:38.157750Z","clock_offset_seconds":-8.901412}','{"date":"Fri, 27 Nov 2026 04:06:38 GMT","connection":"45982@2026-11-27T04:06:38.157750Z","clock_offset_seconds":-8.901412}',404,'missing','http://127.0.0.1:46423/artikel/3.html: the server says 404');
INSERT INTO "observations" VALUES(10,3,NULL,'gone','2026-11-27T04:06:48.549774+00:00','2026-11-27T04:06:48.549774+00:00',1,1.648104,1,'41016@2026-11-27T04:06:48.496042Z',1,0,'{"date":"Fri, 27 Nov 2026 04:06:48 GMT","connection":"41016@2026-11-27T04:06:48.496042Z","clock_offset_seconds":-0.549509}','{"date":"Fri, 27 Nov 2026 04:06:48 GMT","connection":"41016@2026-11-27T04:06:48.496042Z","clock_offset_seconds":-0.549509}',404,'missing','http://127.0.0.1:46423/artikel/3.html: the server says 404');
CREATE TABLE outside_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    source_id INTEGER REFERENCES sources(id), -- the source that said so; null: the answer itself
    kind TEXT NOT NULL,                     -- published_feed, feed (last change), published_sitemap, sitemap, or http (Last-Modified)
    starts_at TEXT,                         -- start of what it covers; null if it cannot be read
    ends_at TEXT,                           -- end of what it covers
    again_at TEXT,                          -- start of the second reading in a doubled hour
    raw TEXT NOT NULL,                      -- as it was written
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,                 -- number of the page
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    url TEXT NOT NULL,                      -- address that answered
    status INTEGER NOT NULL,                -- HTTP status
    headers TEXT NOT NULL,                  -- headers as served, JSON pairs
    fetched_at TEXT NOT NULL,               -- our clock
    sha256 TEXT NOT NULL,                   -- of the body as served
    size INTEGER NOT NULL,                  -- of the body as kept, uncompressed
    base_id INTEGER REFERENCES pages(id),   -- the page this one is compressed against; null: stands alone
    body BLOB                               -- zstandard; null after a takedown
, kept_sha256 TEXT) STRICT;
INSERT INTO "pages" VALUES(1,2,'http://127.0.0.1:46423/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:06:24 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"2-1--1685816189122724873\""]]','2026-11-27T04:06:24.184240+00:00','f3fb8c282c430e50660d15ccfc1da0206aa01025e5638fb71d9e01af4091c370',684,NULL,X'28B52FFD60AC01050E00D65E5C2E6067DA1C9406C18720080A60616CD9B326FBF326FF73090A2AC4C2CFC89CEBBEF797880A35B33519B2E12598160C4F0057004A004FB743168C4BA7085CF6D8E165C8025EAA831F54064939F6A676635B3E427B1F54C1E81DEC11498675D8AFD5421402301A4216FD29D731DD7E54ABED9D5AC81BB268F042550BC676FA67A299D300A82A4F603D494997401745A1A06802A330C9B2248BA28AC6C813B727B2987321D34719ACC52D4EAD43A6926AE93C10EA78FDA0E3A02DB72156C4B25A13CD69925A48C22478C76BB94900839080A0581225519201CC9292221ACFEFCA4F1D8356E7A7FE602EE8FC5C543E46A8411B0CCDB905F4AF69CFA7F32F690C29BF51F9A6D036D01B94DF54BE7944DAF8CD82C6D55EA78E6DC39F7F12F20D026547BEF17BBC810BC67629A9A42234E7E5130F2CF9761C46E2B777C766F395791BE311C947EFA007958770E146C71CD6F382083ABCC94B286FD483F393EFF91EE51BF21131A8825E08E5375EE305514F089D881D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(2,3,'http://127.0.0.1:46423/artikel/3.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:06:24 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"3-1--1685816189122724873\""]]','2026-11-27T04:06:24.265550+00:00','8a6e8d5c629d271fbc483a55cebcbb4f9b346d44fcb6d0a3825b8effb19b0441',684,NULL,X'28B52FFD60AC01150E00D6DE5C2E7037690E04FFB7ABAABA8F8250CBA6AD8534DDC45A6E92CF88C8382852ED991162F75E7D6BBB518F232D5513E00B500058004A004FB74B1A8E4BA7095CF6D8E16549035E2A841F54054939F6A6F6635B1E427B1D94B1D0435824920BEBB05FAB95240470349434FA53AE63BAFDA856DB3BB592B7A4F1E085AA168CEDF48F4433A70150012A3F603D49498740998591B028826251280CA3308B321A274FDC9E4963CE854C1F55B018C738B50E994AAAA5F33C28E4F5834E83B6DC7E5810CB6A4934A7496A25CA22C1435ECB4D0BC501C20183511665510428989418011ACFEFCA4F1D8356E7A7DE602AE8FC64543E4688411F0CCDB904F4AF69CFA7F34F690C29BF51F9A6D036D01994DF54BE8944DAF88D82C6D55EA78E6DC39F7F11F2CD016547BEF17B7C810BC67629A9A42234E7E5130D2CF9761C47E2B777C766F395799B2312C947EF2007958770E146C71CD6F344041BDEE4239437AAC1F9C9F77C8FF20F1989163441EF83F21FAFF144D4134207221D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(3,1,'http://127.0.0.1:46423/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:06:24 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"1-1--1685816189122724873\""]]','2026-11-27T04:06:24.271723+00:00','bf71fb5c9da02fb1e700b4639a915f82c35ee263aa9cbc75fbadf3fa019cfd7d',684,NULL,X'28B52FFD60AC01050E00D65E5C2E6067D31C14C2B043100405B0D06FD9B7B550E3A56FB9491F14C6C76776CE75EFFD1251A17F37EA41A559108814064F0057004A004FB74B168D4BA7095CF6D8E165C9025EEA831F54064939F6A6B6635B1EA2BD0FAA60F40F168924C33AECD76A250A011A0D258BFE94EB986E3FAAD5F64EADE42D593878A1AA05633BFD13D1CC6900542A4F603D494997409945A1B068426249280CA3308B2A1A274FDC9EC962CE854C1F65B018C738B50E994AAAA5F330F4F1FA41C7415B6E33166459AD88E63449AD446112FCE3B5DC2420819080A0609445599401092625451ACFEFCA4F1D8356E7A7FE602EE8FC64543E46A8411D0CCDB905F4AF69CFA7F34F690C29BF51F9A6D036D01B94DF54BE8944DAF8CD82C6D55EA78E6DC39F7F10F20D026547BEF17BBC810BC67629A9A42234E7E5130F2CF9769C46E2B777C766F395795B2312C947EFA007958770E146C71CD6F382083ABCC943286FD483F393EFF91EE51D321231A8825E86F21DAFF182A827840E241D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(4,1,'http://127.0.0.1:46423/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:06:29 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"1-2--1685816189122724873\""]]','2026-11-27T04:06:30.410916+00:00','d4340f1e59e6939d3ef31b4909a747f0ef9a17d803f28eeb6f52c3afe647275b',684,3,X'28B52FFD60AC017D000010323203006840C9045067F24A1541',NULL);
INSERT INTO "pages" VALUES(5,2,'http://127.0.0.1:46423/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:06:29 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"2-2--1685816189122724873\""]]','2026-11-27T04:06:30.416586+00:00','3179548b71aaedcd648d7b1f39a290904dd008ef3a952480d806e37acb6a37d6',684,1,X'28B52FFD60AC0165000008320200684049EF2B550001',NULL);
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
INSERT INTO "readings" VALUES(1,'generic/4','127.0.0.1:46423','2026-11-27T04:06:24.378830+00:00',1,1,0,297);
INSERT INTO "readings" VALUES(2,'generic/4','127.0.0.1:46423','2026-11-27T04:06:24.372250+00:00',1,1,0,297);
INSERT INTO "readings" VALUES(3,'generic/4','127.0.0.1:46423','2026-11-27T04:06:24.378650+00:00',1,1,0,297);
CREATE TABLE remarks (
    id INTEGER PRIMARY KEY,                 -- number of the remark
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    at TEXT NOT NULL,                       -- when it was made
    text TEXT NOT NULL                      -- the remark
) STRICT;
CREATE TABLE revision_blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kind TEXT NOT NULL,                     -- paragraph, subhead, quote, list_item, table, or note (editor's or correction note)
    block_id INTEGER NOT NULL REFERENCES blocks(id), -- the text
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "revision_blocks" VALUES(1,0,'paragraph',1);
INSERT INTO "revision_blocks" VALUES(1,1,'paragraph',2);
INSERT INTO "revision_blocks" VALUES(1,2,'paragraph',3);
INSERT INTO "revision_blocks" VALUES(2,0,'paragraph',1);
INSERT INTO "revision_blocks" VALUES(2,1,'paragraph',2);
INSERT INTO "revision_blocks" VALUES(2,2,'paragraph',3);
INSERT INTO "revision_blocks" VALUES(3,0,'paragraph',1);
INSERT INTO "revision_blocks" VALUES(3,1,'paragraph',2);
INSERT INTO "revision_blocks" VALUES(3,2,'paragraph',3);
INSERT INTO "revision_blocks" VALUES(4,0,'paragraph',1);
INSERT INTO "revision_blocks" VALUES(4,1,'paragraph',4);
INSERT INTO "revision_blocks" VALUES(4,2,'paragraph',3);
INSERT INTO "revision_blocks" VALUES(5,0,'paragraph',1);
INSERT INTO "revision_blocks" VALUES(5,1,'paragraph',4);
INSERT INTO "revision_blocks" VALUES(5,2,'paragraph',3);
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
INSERT INTO "revision_clocks" VALUES(1,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO "revision_clocks" VALUES(2,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO "revision_clocks" VALUES(3,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO "revision_clocks" VALUES(4,0,'stand','2026-11-01T07:02:00.000000+00:00','2026-11-01T07:03:00.000000+00:00',NULL,'Stand: 01.11.2026 08:02 Uhr');
INSERT INTO "revision_clocks" VALUES(5,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
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
    clocks_before TEXT NOT NULL,            -- the clocks beside the old text when it was last seen, JSON
    fingerprint TEXT NOT NULL,              -- of all that we compare
    page_id INTEGER REFERENCES pages(id),   -- the raw answer
    page_sha256 TEXT NOT NULL,              -- its SHA-256
    rule_at TEXT,                           -- when to rule again; null: the ruling has settled
    previous_hash TEXT NOT NULL,            -- hash of the revision recorded before this one, of whatever article
    hash TEXT NOT NULL, url TEXT NOT NULL DEFAULT '', answer_sha256 TEXT NOT NULL DEFAULT '', before_id INTEGER REFERENCES revisions(id), reread_of INTEGER REFERENCES revisions(id), live INTEGER NOT NULL DEFAULT 0,                     -- sha256 over previous_hash and the content: `nachtrag verify` walks the chain
    UNIQUE (article_id, number)
) STRICT;
INSERT INTO "revisions" VALUES(1,2,1,'first','2026-11-27T04:06:24.372250+00:00',NULL,'2026-11-27T04:06:24.372250+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/4','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','f733a52a1f4644e2852a88cf5605a234286cb5eccd3b11607d01154d12e1f6c1',1,'f3fb8c282c430e50660d15ccfc1da0206aa01025e5638fb71d9e01af4091c370',NULL,'0000000000000000000000000000000000000000000000000000000000000000','922fe7db50b1680c56e17390a1201b2c06c4e67c224aad37de4ad236dbfbcc50','http://127.0.0.1:46423/artikel/2.html','007b09aaa6f3dd8b4ca04886aa9f1f1458dcafbff7c37f8a5c4d86da34aa28e8',NULL,NULL,0);
INSERT INTO "revisions" VALUES(2,3,1,'first','2026-11-27T04:06:24.378650+00:00',NULL,'2026-11-27T04:06:24.378650+00:00','','Brücke 3: Rat vertagt sich','','[]','[]','de','generic/4','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','d22d31166c1d5e2a7292518d6916d80cb4bd3a7ebda69ce04346b8895bf71d5e',2,'8a6e8d5c629d271fbc483a55cebcbb4f9b346d44fcb6d0a3825b8effb19b0441',NULL,'922fe7db50b1680c56e17390a1201b2c06c4e67c224aad37de4ad236dbfbcc50','59fd84907973a5ac3d86789cccd9a9aee32cdc33f081411292d11201079a7348','http://127.0.0.1:46423/artikel/3.html','1f1c1998e174bbdeb7c372021932102543a67c659f811dab28deb674484155f6',NULL,NULL,0);
INSERT INTO "revisions" VALUES(3,1,1,'first','2026-11-27T04:06:24.378830+00:00',NULL,'2026-11-27T04:06:24.378830+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/4','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','87dca8252a433677f729b3801c5366080f2bf41edcd12d0f2f60049829d07017',3,'bf71fb5c9da02fb1e700b4639a915f82c35ee263aa9cbc75fbadf3fa019cfd7d',NULL,'59fd84907973a5ac3d86789cccd9a9aee32cdc33f081411292d11201079a7348','fe1437cb3a5b38866c01260a8b597906aeb16eb77112a9cc76ee515ca0c5ffb3','http://127.0.0.1:46423/artikel/1.html','5d7710955fc09cd4e44532c2f0d8c8494ef2f6df701649ca97629eb5b6c1afa9',NULL,NULL,0);
INSERT INTO "revisions" VALUES(4,1,2,'changed','2026-11-27T04:06:30.509220+00:00','2026-11-27T04:06:24.378830+00:00','2026-11-27T04:06:30.410916+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/4','2026-11-01T07:02:00.000000+00:00','Stand: 01.11.2026 08:02 Uhr',NULL,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','d1fa84b66ac72186e92fefd456e2dc7a3bd673647d12de7c5f3562eed0794962',4,'d4340f1e59e6939d3ef31b4909a747f0ef9a17d803f28eeb6f52c3afe647275b',NULL,'fe1437cb3a5b38866c01260a8b597906aeb16eb77112a9cc76ee515ca0c5ffb3','15aeed00955440d233f858171af80f33b35a0be6f4ae2f742fead6966ee603d9','http://127.0.0.1:46423/artikel/1.html','bd342fb0ebea3f6fac441841600270e97c60620914f6026de289d18fb0a3a8c2',3,NULL,0);
INSERT INTO "revisions" VALUES(5,2,2,'changed','2026-11-27T04:06:30.519404+00:00','2026-11-27T04:06:24.372250+00:00','2026-11-27T04:06:30.416586+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/4','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','58255a3ee9d2115aa84f24d2479f8aa429cc006228ad2b802cec1f8f9a63db30',5,'3179548b71aaedcd648d7b1f39a290904dd008ef3a952480d806e37acb6a37d6',NULL,'15aeed00955440d233f858171af80f33b35a0be6f4ae2f742fead6966ee603d9','6b10d73584e476c09ca0fd3bb58a396586feb49c4508eef3813e84d46b7cccae','http://127.0.0.1:46423/artikel/2.html','80bcb2cda391eb89aa423db1143e4770a9ed93f8ecdc3a41c9aeb89104eec472',1,NULL,0);
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
INSERT INTO "rulings" VALUES(1,4,'2026-11-27T04:06:30.509220+00:00','announced',16,3,1,'2026-11-27T04:06:24.378830+00:00','2026-11-27T04:06:30.410916+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:02 Uhr"],["other clocks","none moved"],["note","stamp earlier than window"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'0000000000000000000000000000000000000000000000000000000000000000','6a4ec433f0d9b2c621c6ed30e73346575dabb96d88bada8b94b93a1f4f6a2dde');
INSERT INTO "rulings" VALUES(2,5,'2026-11-27T04:06:30.519404+00:00','unmarked',22,3,1,'2026-11-27T04:06:24.372250+00:00','2026-11-27T04:06:30.416586+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","not known yet"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'6a4ec433f0d9b2c621c6ed30e73346575dabb96d88bada8b94b93a1f4f6a2dde','713e3ee2bbaba405a22352e37c13bd0eb4a82e18a79e87f3a54df13f1c314231');
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
, links TEXT NOT NULL DEFAULT '', newest_seconds REAL NOT NULL DEFAULT 604800, parts TEXT NOT NULL DEFAULT '[]', websub INTEGER NOT NULL DEFAULT 0, hub TEXT NOT NULL DEFAULT '', topic TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "sources" VALUES(1,'Tagblatt','feed','http://127.0.0.1:46423/feed.xml','127.0.0.1:46423',300.0,'active','2026-11-27T04:06:06.062798+00:00','2026-11-27T04:11:47.090994+00:00',NULL,'','','2026-11-27T04:06:47.090994+00:00','2026-11-27T04:06:47.090994+00:00','2026-11-27T04:06:47.090994+00:00',0,'','',0,2,1,'',604800.0,'[]',0,'http://127.0.0.1:46423/feed.xml','http://127.0.0.1:46423/feed.xml');
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
CREATE INDEX revision_blocks_block ON revision_blocks(block_id);
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
CREATE INDEX articles_not_read ON articles(source_id, revision_id) WHERE revision_id IS NULL;
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
LEFT JOIN json_each(r.clocks_before) b ON json_extract(b.value, '$[0]') = c.kind
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
    CAST(e.explains_id = e.revision_id AS INTEGER) AS at_once -- 1: it came with that very edit
FROM edit_tags t
CROSS JOIN edits e ON e.revision_id = t.revision_id
LEFT JOIN edits x ON x.revision_id = e.explains_id
WHERE t.kind = 'correction notice' AND t.source_id = e.source_id;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',6);
INSERT INTO blocks_fts(blocks_fts) VALUES('rebuild');
INSERT INTO revisions_fts(revisions_fts) VALUES('rebuild');
COMMIT;
