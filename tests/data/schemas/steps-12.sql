PRAGMA application_id = 1315005288;
PRAGMA auto_vacuum = 0;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'nachtrag','m001_tables','2026-11-27 04:03:13.047955+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'nachtrag','m002_pages_without_comments','2026-11-27 04:03:13.059408+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'nachtrag','m003_staleness_by_answer','2026-11-27 04:03:13.065019+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'nachtrag','m004_listed_by_hand','2026-11-27 04:03:13.085267+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'nachtrag','m005_addresses_that_cannot_be_shown','2026-11-27 04:03:13.087043+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'nachtrag','m006_answers_in_the_chain','2026-11-27 04:03:13.095334+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'nachtrag','m007_sites_that_drift','2026-11-27 04:03:13.112506+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'nachtrag','m008_kinds_of_sources','2026-11-27 04:03:13.152249+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'nachtrag','m009_subscriptions','2026-11-27 04:03:13.160733+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'nachtrag','m010_comments','2026-11-27 04:03:13.179669+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'nachtrag','m011_clocks_beside_the_page','2026-11-27 04:03:13.183098+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'nachtrag','m012_unread_pages','2026-11-27 04:03:13.194890+00:00');
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
, read_stale_seconds REAL NOT NULL DEFAULT 0, asked_again INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "articles" VALUES(1,'http://127.0.0.1:44747/artikel/1.html','http://127.0.0.1:44747/artikel/1.html','127.0.0.1:44747',1,'live',0,'2026-11-27T04:03:18.830541+00:00','2026-11-27T04:10:10.198427+00:00',NULL,'2026-11-27T04:05:10.198427+00:00','2026-11-27T04:05:10.198427+00:00','2026-11-27T04:05:10.198427+00:00',5,'[["stand","2026-11-01T07:02:00.000000+00:00","2026-11-01T07:03:00.000000+00:00",null,"Stand: 01.11.2026 08:02 Uhr"]]',NULL,'"1-2--2693438846528149482"','',0,'','',0,NULL,'','',0.0,0);
INSERT INTO "articles" VALUES(2,'http://127.0.0.1:44747/artikel/2.html','http://127.0.0.1:44747/artikel/2.html','127.0.0.1:44747',1,'live',0,'2026-11-27T04:03:18.830541+00:00','2026-11-27T04:10:08.970042+00:00',NULL,'2026-11-27T04:05:08.970042+00:00','2026-11-27T04:05:08.970042+00:00','2026-11-27T04:04:08.188323+00:00',4,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',NULL,'"2-2--2693438846528149482"','',0,'','',0,NULL,'','',0.0,0);
INSERT INTO "articles" VALUES(3,'http://127.0.0.1:44747/artikel/3.html','http://127.0.0.1:44747/artikel/3.html','127.0.0.1:44747',1,'gone',0,'2026-11-27T04:03:18.830541+00:00','2026-11-27T05:05:10.394300+00:00',NULL,'2026-11-27T04:05:10.394300+00:00','2026-11-27T04:04:07.065086+00:00',NULL,2,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',NULL,'"3-1--2693438846528149482"','',0,'','',2,'2026-11-27T04:05:09.345151+00:00','32930@2026-11-27T04:04:48.328627Z','',0.0,0);
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,                 -- number of the text
    sha256 BLOB NOT NULL UNIQUE,            -- of the text
    text TEXT NOT NULL                      -- as the page wrote it; empty after a takedown
) STRICT;
INSERT INTO "blocks" VALUES(1,X'EB781E63779395856D354F3F68058AB214502F784B512A975657274B1CB5DCA7','Der Gemeinderat von Oberwiesenbach hat am Abend über den Neubau der Brücke beraten und sich vertagt.');
INSERT INTO "blocks" VALUES(2,X'13EEBF043DA03C60F7E6BCE09D86A46592E03D85A6953EF2F4B136DA27E3EB9F','Dies ist die Fassung Nummer 1 dieses Artikels, und sie sagt es auch in einem vollständigen Satz.');
INSERT INTO "blocks" VALUES(3,X'D938255A5F9AA958626A069A09B7DB554041561CA08D70A94CCCCB63C4A6DAD1','Die Bürgermeisterin sagte, man werde die Pläne noch einmal in aller Ruhe prüfen und dann entscheiden.');
INSERT INTO "blocks" VALUES(4,X'0632998DF57BF9FD8511AAA57FF10F14DE3AAAF57EF74E0E3494B75458814112','Dies ist die Fassung Nummer 2 dieses Artikels, und sie sagt es auch in einem vollständigen Satz.');
CREATE VIRTUAL TABLE blocks_fts USING fts5(text, content='blocks', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE comment_counts (
    id INTEGER PRIMARY KEY,                 -- number of the row
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    at TEXT NOT NULL,                       -- first look that showed it
    count INTEGER                           -- comments; null: the page no longer offers any
) STRICT;
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
INSERT INTO "deliveries" VALUES(1,1,'desk',2,'pending',2,'2026-11-27T04:09:14.976902+00:00',NULL,'2026-11-27T04:04:07.072444+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(2,2,'desk',3,'pending',2,'2026-11-27T04:09:36.048128+00:00',NULL,'2026-11-27T04:04:07.071461+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(3,3,'desk',1,'pending',2,'2026-11-27T04:09:23.952036+00:00',NULL,'2026-11-27T04:04:07.069929+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(4,4,'desk',2,'pending',0,'2026-11-27T04:04:08.869591+00:00',NULL,NULL,0,'',NULL);
INSERT INTO "deliveries" VALUES(5,5,'desk',1,'pending',0,'2026-11-27T04:05:10.489003+00:00',NULL,NULL,0,'',NULL);
INSERT INTO "deliveries" VALUES(6,6,'desk',3,'pending',0,'2026-11-27T04:05:10.675407+00:00',NULL,NULL,0,'',NULL);
CREATE TABLE doubts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article
    host TEXT NOT NULL,                     -- the site
    since TEXT NOT NULL,                    -- first such look
    at TEXT NOT NULL,                       -- last such look
    lost TEXT NOT NULL,                     -- page, headline, stand, body, grown, text, comments, profile, with spaces between; empty: held, but read well
    held INTEGER NOT NULL,                  -- 1: a version is held
    cleared INTEGER NOT NULL DEFAULT 0      -- 1: the rest of the site reads well, so it is the article: the next look counts
) STRICT;
INSERT INTO "doubts" VALUES(3,'127.0.0.1:44747','2026-11-27T04:05:09.345151+00:00','2026-11-27T04:05:10.394300+00:00','page',0,0);
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
INSERT INTO "endpoints" VALUES('desk','webhook','http://127.0.0.1:9/hook','["article.*"]','active','2026-11-27T04:03:12.801944+00:00',6,'endpoint ''desk'' at 127.0.0.1: its host does not take connections','a94bb7e849462697b6ee9a325910ac55b9f17d1b07fc758dbd47e6065d1616c3');
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
INSERT INTO "events" VALUES(1,'evt_d26879b85bf7431c96c477b5b405ffd4','article.discovered','2026-11-27T04:03:20.437616+00:00',2,1,NULL,'http://127.0.0.1:44747/artikel/2.html','discovered','{"id":"evt_d26879b85bf7431c96c477b5b405ffd4","url":"http://127.0.0.1:44747/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:03:20.437616+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","supersedes":null,"link":"http://127.0.0.1:8001/-/article/2#r1"}','2026-11-27T04:03:20.774643+00:00');
INSERT INTO "events" VALUES(2,'evt_3266820c936e4dd789cedf5d8b5d8b62','article.discovered','2026-11-27T04:03:20.522522+00:00',3,2,NULL,'http://127.0.0.1:44747/artikel/3.html','discovered','{"id":"evt_3266820c936e4dd789cedf5d8b5d8b62","url":"http://127.0.0.1:44747/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:03:20.522522+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","supersedes":null,"link":"http://127.0.0.1:8001/-/article/3#r2"}','2026-11-27T04:03:20.774759+00:00');
INSERT INTO "events" VALUES(3,'evt_544c382e188e4e2fb611909a0f82e229','article.discovered','2026-11-27T04:03:20.686659+00:00',1,3,NULL,'http://127.0.0.1:44747/artikel/1.html','discovered','{"id":"evt_544c382e188e4e2fb611909a0f82e229","url":"http://127.0.0.1:44747/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:03:20.686659+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","supersedes":null,"link":"http://127.0.0.1:8001/-/article/1#r3"}','2026-11-27T04:03:20.774798+00:00');
INSERT INTO "events" VALUES(4,'evt_9bbd90a821c0473e928011fc89848a01','article.changed','2026-11-27T04:04:08.188323+00:00',2,4,1,'http://127.0.0.1:44747/artikel/2.html','unmarked','{"id":"evt_9bbd90a821c0473e928011fc89848a01","url":"http://127.0.0.1:44747/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"unmarked","not_before":"2026-11-27T04:03:20.437616+00:00","not_after":"2026-11-27T04:04:07.063575+00:00","stand_before":"Stand: 01.11.2026 08:01 Uhr","stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":1,"words_removed":1,"excerpt":"Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …","supersedes":null,"link":"http://127.0.0.1:8001/-/article/2#r4"}','2026-11-27T04:04:08.869591+00:00');
INSERT INTO "events" VALUES(5,'evt_f7ec37df2fac4f518c5fa3cdca4f73e2','article.changed','2026-11-27T04:05:10.198427+00:00',1,5,2,'http://127.0.0.1:44747/artikel/1.html','announced','{"id":"evt_f7ec37df2fac4f518c5fa3cdca4f73e2","url":"http://127.0.0.1:44747/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"announced","not_before":"2026-11-27T04:03:20.686659+00:00","not_after":"2026-11-27T04:04:48.653071+00:00","stand_before":"Stand: 01.11.2026 08:01 Uhr","stand_after":"Stand: 01.11.2026 08:02 Uhr","words_added":1,"words_removed":1,"excerpt":"Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …","supersedes":null,"link":"http://127.0.0.1:8001/-/article/1#r5"}','2026-11-27T04:05:10.489003+00:00');
INSERT INTO "events" VALUES(6,'evt_0002a9e7ffea479d8c6cdb3ec130fc56','article.gone','2026-11-27T04:05:10.394300+00:00',3,NULL,NULL,'http://127.0.0.1:44747/artikel/3.html','removed','{"id":"evt_0002a9e7ffea479d8c6cdb3ec130fc56","url":"http://127.0.0.1:44747/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"removed","not_before":"2026-11-27T04:04:07.065086+00:00","not_after":"2026-11-27T04:05:09.345151+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"http://127.0.0.1:44747/artikel/3.html: the server says 404","supersedes":null,"link":"http://127.0.0.1:8001/-/article/3"}','2026-11-27T04:05:10.675407+00:00');
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
INSERT INTO "hosts" VALUES('127.0.0.1:44747','2026-11-27T04:05:10.394300+00:00',200,'User-agent: *
Allow: /
','2026-11-27T04:03:13.692758+00:00',0.0,-0.393885,'2026-11-27T04:05:10.394300+00:00',NULL);
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
INSERT INTO "listings" VALUES(1,1,'Brücke 1',NULL,NULL,'2026-11-27T04:03:18.830541+00:00','2026-11-27T04:05:09.907022+00:00','[]');
INSERT INTO "listings" VALUES(1,2,'Brücke 2',NULL,NULL,'2026-11-27T04:03:18.830541+00:00','2026-11-27T04:05:09.907022+00:00','[]');
INSERT INTO "listings" VALUES(1,3,'Brücke 3',NULL,NULL,'2026-11-27T04:03:18.830541+00:00','2026-11-27T04:05:09.907022+00:00','[]');
CREATE TABLE meta (
    key TEXT PRIMARY KEY,                   -- "database_id": random, makes ids of events unique across databases
    value TEXT NOT NULL                     -- its value
) STRICT;
INSERT INTO "meta" VALUES('database_id','a0dd122d6e11c6d7');
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
INSERT INTO "observations" VALUES(1,2,1,'new','2026-11-27T04:03:20.437616+00:00','2026-11-27T04:03:20.437616+00:00',1,0.0,1,'38112@2026-11-27T04:03:19.327511Z',0,0,'{"date":"Fri, 27 Nov 2026 04:03:19 GMT","etag":"\"2-1--2693438846528149482\"","connection":"38112@2026-11-27T04:03:19.327511Z","clock_offset_seconds":-0.449662}','{"date":"Fri, 27 Nov 2026 04:03:19 GMT","etag":"\"2-1--2693438846528149482\"","connection":"38112@2026-11-27T04:03:19.327511Z","clock_offset_seconds":-0.449662}',200,'','');
INSERT INTO "observations" VALUES(2,3,2,'new','2026-11-27T04:03:20.522522+00:00','2026-11-27T04:03:20.522522+00:00',1,0.0,1,'38128@2026-11-27T04:03:19.328007Z',0,0,'{"date":"Fri, 27 Nov 2026 04:03:19 GMT","etag":"\"3-1--2693438846528149482\"","connection":"38128@2026-11-27T04:03:19.328007Z","clock_offset_seconds":-0.766606}','{"date":"Fri, 27 Nov 2026 04:03:19 GMT","etag":"\"3-1--2693438846528149482\"","connection":"38128@2026-11-27T04:03:19.328007Z","clock_offset_seconds":-0.766606}',200,'','');
INSERT INTO "observations" VALUES(3,1,3,'new','2026-11-27T04:03:20.686659+00:00','2026-11-27T04:03:20.686659+00:00',1,0.0,1,'38144@2026-11-27T04:03:19.329344Z',0,0,'{"date":"Fri, 27 Nov 2026 04:03:19 GMT","etag":"\"1-1--2693438846528149482\"","connection":"38144@2026-11-27T04:03:19.329344Z","clock_offset_seconds":-0.767121}','{"date":"Fri, 27 Nov 2026 04:03:19 GMT","etag":"\"1-1--2693438846528149482\"","connection":"38144@2026-11-27T04:03:19.329344Z","clock_offset_seconds":-0.767121}',200,'','');
INSERT INTO "observations" VALUES(4,3,2,'same','2026-11-27T04:04:07.065086+00:00','2026-11-27T04:04:07.065086+00:00',1,46.542564,1,'53844@2026-11-27T04:03:44.769703Z',0,0,'{"date":"Fri, 27 Nov 2026 04:03:44 GMT","etag":"\"3-1--2693438846528149482\"","connection":"53844@2026-11-27T04:03:44.769703Z","clock_offset_seconds":-23.060919}','{"date":"Fri, 27 Nov 2026 04:03:44 GMT","etag":"\"3-1--2693438846528149482\"","connection":"53844@2026-11-27T04:03:44.769703Z","clock_offset_seconds":-23.060919}',304,'','');
INSERT INTO "observations" VALUES(5,1,NULL,'failed','2026-11-27T04:04:07.066791+00:00','2026-11-27T04:04:07.066791+00:00',1,46.380132,1,'',0,0,'{}','{}',0,'timeout','http://127.0.0.1:44747/artikel/1.html: its host takes too long (ConnectTimeout)');
INSERT INTO "observations" VALUES(6,2,4,'changed','2026-11-27T04:04:08.188323+00:00','2026-11-27T04:04:08.188323+00:00',1,47.750707,1,'53832@2026-11-27T04:03:44.766583Z',0,0,'{"date":"Fri, 27 Nov 2026 04:03:44 GMT","etag":"\"2-2--2693438846528149482\"","connection":"53832@2026-11-27T04:03:44.766583Z","clock_offset_seconds":-23.063575}','{"date":"Fri, 27 Nov 2026 04:03:44 GMT","etag":"\"2-2--2693438846528149482\"","connection":"53832@2026-11-27T04:03:44.766583Z","clock_offset_seconds":-23.063575}',200,'','');
INSERT INTO "observations" VALUES(7,2,4,'same','2026-11-27T04:05:08.970042+00:00','2026-11-27T04:05:08.970042+00:00',1,60.781719,1,'32918@2026-11-27T04:04:48.327393Z',0,0,'{"date":"Fri, 27 Nov 2026 04:04:48 GMT","etag":"\"2-2--2693438846528149482\"","connection":"32918@2026-11-27T04:04:48.327393Z","clock_offset_seconds":-0.652446}','{"date":"Fri, 27 Nov 2026 04:04:48 GMT","etag":"\"2-2--2693438846528149482\"","connection":"32918@2026-11-27T04:04:48.327393Z","clock_offset_seconds":-0.652446}',304,'','');
INSERT INTO "observations" VALUES(8,3,NULL,'suspect','2026-11-27T04:05:09.345151+00:00','2026-11-27T04:05:09.345151+00:00',1,62.280065,1,'32930@2026-11-27T04:04:48.328627Z',0,0,'{"date":"Fri, 27 Nov 2026 04:04:48 GMT","connection":"32930@2026-11-27T04:04:48.328627Z","clock_offset_seconds":-21.344669}','{"date":"Fri, 27 Nov 2026 04:04:48 GMT","connection":"32930@2026-11-27T04:04:48.328627Z","clock_offset_seconds":-21.344669}',404,'missing','http://127.0.0.1:44747/artikel/3.html: the server says 404');
INSERT INTO "observations" VALUES(9,1,5,'changed','2026-11-27T04:05:10.198427+00:00','2026-11-27T04:05:10.198427+00:00',1,63.131636,1,'32914@2026-11-27T04:04:48.326932Z',0,0,'{"date":"Fri, 27 Nov 2026 04:04:48 GMT","etag":"\"1-2--2693438846528149482\"","connection":"32914@2026-11-27T04:04:48.326932Z","clock_offset_seconds":-0.653071}','{"date":"Fri, 27 Nov 2026 04:04:48 GMT","etag":"\"1-2--2693438846528149482\"","connection":"32914@2026-11-27T04:04:48.326932Z","clock_offset_seconds":-0.653071}',200,'','');
INSERT INTO "observations" VALUES(10,3,NULL,'gone','2026-11-27T04:05:10.394300+00:00','2026-11-27T04:05:10.394300+00:00',1,1.049149,1,'50304@2026-11-27T04:05:10.358465Z',1,0,'{"date":"Fri, 27 Nov 2026 04:05:10 GMT","connection":"50304@2026-11-27T04:05:10.358465Z","clock_offset_seconds":-0.393885}','{"date":"Fri, 27 Nov 2026 04:05:10 GMT","connection":"50304@2026-11-27T04:05:10.358465Z","clock_offset_seconds":-0.393885}',404,'missing','http://127.0.0.1:44747/artikel/3.html: the server says 404');
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
INSERT INTO "pages" VALUES(1,2,'http://127.0.0.1:44747/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:03:19 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"2-1--2693438846528149482\""]]','2026-11-27T04:03:19.449662+00:00','c247d9df8a9f65fd454d971cdb709b8d40c998dfaa92bc19f2de7ce69130229f',684,NULL,X'28B52FFD60AC010D0E00D69E5C2E6067D31C14C2B04310040FB0506CD9B7B550E3A56FB9491F1446C56776CE75EFFD12D483DF8D7A50691604228501500057004A004FB74B1A8E4BA7095CF6D8E16549035E2A841F54054939F6A6F6635BDE417B199491D04358249209EBB05FAB951C0470349434FA53AE63BAFDA856DB3BB592B7A4F1E085AA168CEDF40F4433A70150012A3F603D49498740998571B0A880C492501846611665344E9EB83D93C69C0B993EAA60318E716A1D3295544BE76950C8EB079D056DB9DDB01C96D582684E93D44A94448287BC969B168A8542C1609445599445824989111ACFEFCA4F1D8356E7A7DE6022E8FC64543E4648411F0CCDB904F4AF69CFA7F34F690C29BF51F9A6D036D01594DF54BE8944DAF80D82C6D55EA78E6DC39F7F0FF2CD016547BEF17B7C810BC67629A9A42234E7E5130D2CF9761C47E2B777C766F395799B2312C947EF2006958770E146C71CD673440417DEE41F9437AAC1F9C9F77C8FF20F19891234416F83F21FAF7144D41342C7211D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(2,3,'http://127.0.0.1:44747/artikel/3.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:03:19 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"3-1--2693438846528149482\""]]','2026-11-27T04:03:19.766606+00:00','8e54d0b6ebe0a428641d6c9b9f0ae99218632c2ff768c7f7699041599e97bd2a',684,NULL,X'28B52FFD60AC01150E00D6DE5C2E7037690E04FFB7ABAABA8F8250CBA6AD8534DDC45A6E92CF88C8382852ED991162F7355B64BB518F232D5513E00B500058004A004FB74B1A8E4BA7095CF6D8E16549035E2A841F54054939F6A6F6635B1E427B1D9471A087B0482417D661BF562B4908E0682869F4A75CC774FB51ADB6776A256F49E3C10B552D18DBE91F89664E03A0022A3F603D49498740998591B0A800C5A2501846611665344E9EB83D93C69C0B993EAA60318E716A1D3295544BE77950C8EB079D066DB9FDB02096D592684E93D44A9483040F792D37212C10160B06A32CCAA22028989418011ACFEFCA4F1D8356E7A7DE602AE8FC64543E4688411F0CCDB904F4AF69CFA7F34F690C29BF51F9A6D036D01994DF54BE8944DAF88D82C6D55EA78E6DC39F7F11F2CD016547BEF17B7C810BC67629A9A42234E7E5130D2CF9761C47E2B777C766F395799B2312C947EF2007958770E146C71CD6F344041BDEE4239437AAC1F9C9F77C8FF20F1989163441EF83F21FAFF144D4134207221D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(3,1,'http://127.0.0.1:44747/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:03:19 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"1-1--2693438846528149482\""]]','2026-11-27T04:03:19.767121+00:00','24728e9c407fdf9fada82ba8347a9cc5008f2f47f1c18ad174c72ddc8f7f9722',684,NULL,X'28B52FFD60AC01050E00D65E5C2E6067D31C14C2B04310040FB0506CD9B7B550E3A56FB9491F1446C56776CE75EFFD12D483DF8D7A506916042285014F0057004A004FB74B1A8E4BA7095CF6D8E16549035E2A841F54054939F6A6F6635BDE417B1994C1E8212C12C98475D8AFD54A0E02381A4A1AFD29D731DD7E54ABED9D5AC95BD278F042550BC676FA07A299D300A82A3F603D49498740998571B0A880C492501846611665344E9EB83D93C69C0B993EAA60318E716A1D3295544BE76950C8EB079D056DB9DDB01C96D582684E93D44A1426C1435ECB4D0BC542A16030CAA22CCA22C1A4C4081ACFEFCA4F1D8356E7A7DE6022E8FC64543E4648411F0CCDB904F4AF69CFA7F34F690C29BF51F9A6D036D01594DF54BE8944DAF80D82C6D55EA78E6DC39F7F0FF2CD016547BEF17B7C810BC67629A9A42234E7E5130D2CF9761C47E2B777C766F395799B2312C947EF2006958770E146C71CD673440417DEE41F9437AAC1F9C9F77C8FF20F19891234416F83F21FAF7144D41342C7211D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(4,2,'http://127.0.0.1:44747/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:03:44 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"2-2--2693438846528149482\""]]','2026-11-27T04:04:07.063575+00:00','70cbb6eb88e17f674d8a78fa3b1371652e8d8a6a5aa2088508fb0958bebd1677',684,1,X'28B52FFD60AC0165000008320200684049EF2B550001',NULL);
INSERT INTO "pages" VALUES(5,1,'http://127.0.0.1:44747/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:04:48 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"1-2--2693438846528149482\""]]','2026-11-27T04:04:48.653071+00:00','82d240e77f6a34a65a960534f4bf014de17df6e6a03ecdf7b90d2a873bcc4a8e',684,3,X'28B52FFD60AC017D000010323203006840C9045067F24A1541',NULL);
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
INSERT INTO "readings" VALUES(1,'generic/2','127.0.0.1:44747','2026-11-27T04:03:20.686659+00:00',1,1,0,297);
INSERT INTO "readings" VALUES(2,'generic/2','127.0.0.1:44747','2026-11-27T04:03:20.437616+00:00',1,1,0,297);
INSERT INTO "readings" VALUES(3,'generic/2','127.0.0.1:44747','2026-11-27T04:03:20.522522+00:00',1,1,0,297);
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
INSERT INTO "revision_clocks" VALUES(4,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO "revision_clocks" VALUES(5,0,'stand','2026-11-01T07:02:00.000000+00:00','2026-11-01T07:03:00.000000+00:00',NULL,'Stand: 01.11.2026 08:02 Uhr');
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
    stand_at TEXT,                          -- start of what the printed Stand covers; null if there is none or it cannot be read
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
    hash TEXT NOT NULL, url TEXT NOT NULL DEFAULT '', answer_sha256 TEXT NOT NULL DEFAULT '', before_id INTEGER REFERENCES revisions(id), reread_of INTEGER REFERENCES revisions(id),                     -- sha256 over previous_hash and the content: `nachtrag verify` walks the chain
    UNIQUE (article_id, number)
) STRICT;
INSERT INTO "revisions" VALUES(1,2,1,'first','2026-11-27T04:03:20.437616+00:00',NULL,'2026-11-27T04:03:20.437616+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/2','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','f733a52a1f4644e2852a88cf5605a234286cb5eccd3b11607d01154d12e1f6c1',1,'c247d9df8a9f65fd454d971cdb709b8d40c998dfaa92bc19f2de7ce69130229f',NULL,'0000000000000000000000000000000000000000000000000000000000000000','5a4d73fcb7d40b7e2f3e545be08e1d31db563da8afcabd0118e0b55812f5d9b1','http://127.0.0.1:44747/artikel/2.html','650d15aed8580cef55d2a3bb4a784dfb22da1048cae1b52a9a941750a7550884',NULL,NULL);
INSERT INTO "revisions" VALUES(2,3,1,'first','2026-11-27T04:03:20.522522+00:00',NULL,'2026-11-27T04:03:20.522522+00:00','','Brücke 3: Rat vertagt sich','','[]','[]','de','generic/2','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','d22d31166c1d5e2a7292518d6916d80cb4bd3a7ebda69ce04346b8895bf71d5e',2,'8e54d0b6ebe0a428641d6c9b9f0ae99218632c2ff768c7f7699041599e97bd2a',NULL,'5a4d73fcb7d40b7e2f3e545be08e1d31db563da8afcabd0118e0b55812f5d9b1','607f96801679b89d24c94b3aa9c72e0261d833e8dfe28f153b25d9ba86790968','http://127.0.0.1:44747/artikel/3.html','9ebf2e1dfbf3e9765b048e41bffeb849b13a93883f70addf0ec5e2e112c14f7d',NULL,NULL);
INSERT INTO "revisions" VALUES(3,1,1,'first','2026-11-27T04:03:20.686659+00:00',NULL,'2026-11-27T04:03:20.686659+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/2','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','87dca8252a433677f729b3801c5366080f2bf41edcd12d0f2f60049829d07017',3,'24728e9c407fdf9fada82ba8347a9cc5008f2f47f1c18ad174c72ddc8f7f9722',NULL,'607f96801679b89d24c94b3aa9c72e0261d833e8dfe28f153b25d9ba86790968','bc70b8c4772079376d4c31a39cf310e95d9143823a4bf47e2f78a5fd690c76b4','http://127.0.0.1:44747/artikel/1.html','f3c570dbdb76b4126fcaebfc3a74bc30bd2949d791842bbb771850ff87876c29',NULL,NULL);
INSERT INTO "revisions" VALUES(4,2,2,'changed','2026-11-27T04:04:08.188323+00:00','2026-11-27T04:03:20.437616+00:00','2026-11-27T04:04:07.063575+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/2','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','58255a3ee9d2115aa84f24d2479f8aa429cc006228ad2b802cec1f8f9a63db30',4,'70cbb6eb88e17f674d8a78fa3b1371652e8d8a6a5aa2088508fb0958bebd1677',NULL,'bc70b8c4772079376d4c31a39cf310e95d9143823a4bf47e2f78a5fd690c76b4','7883d82991c1885cc4d40f275cff942fb95a5a46499a6a3d62290801cd1e80ec','http://127.0.0.1:44747/artikel/2.html','2e97fe0f3792d5c2aeefb3fb27ab7bd5a905dee1a04417efc632191dcf860e4f',1,NULL);
INSERT INTO "revisions" VALUES(5,1,2,'changed','2026-11-27T04:05:10.198427+00:00','2026-11-27T04:03:20.686659+00:00','2026-11-27T04:04:48.653071+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/2','2026-11-01T07:02:00.000000+00:00','Stand: 01.11.2026 08:02 Uhr',NULL,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','d1fa84b66ac72186e92fefd456e2dc7a3bd673647d12de7c5f3562eed0794962',5,'82d240e77f6a34a65a960534f4bf014de17df6e6a03ecdf7b90d2a873bcc4a8e',NULL,'7883d82991c1885cc4d40f275cff942fb95a5a46499a6a3d62290801cd1e80ec','86780be22f1f1b0c7050bc05afccec9b07a5ec86a9fd64c5351e3c081c735a1d','http://127.0.0.1:44747/artikel/1.html','0cdcf061f2a7454283c1f9a1804f12d9a37064fdf0204b9fdf090a0dbde68acd',3,NULL);
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
INSERT INTO "rulings" VALUES(1,4,'2026-11-27T04:04:08.188323+00:00','unmarked',22,2,1,'2026-11-27T04:03:20.437616+00:00','2026-11-27T04:04:07.063575+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","not known yet"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'0000000000000000000000000000000000000000000000000000000000000000','4f78a2cb5c33903c25f6abf3c9e1ce83843e52b84255c3786da7f569d4cee4e1');
INSERT INTO "rulings" VALUES(2,5,'2026-11-27T04:05:10.198427+00:00','announced',16,2,1,'2026-11-27T04:03:20.686659+00:00','2026-11-27T04:04:48.653071+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:02 Uhr"],["other clocks","none moved"],["note","stamp earlier than window"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'4f78a2cb5c33903c25f6abf3c9e1ce83843e52b84255c3786da7f569d4cee4e1','204f52a03eeefabb77994ea931afaa8eda75f617713715a26ff545057b18072a');
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
INSERT INTO "sources" VALUES(1,'Tagblatt','feed','http://127.0.0.1:44747/feed.xml','127.0.0.1:44747',300.0,'active','2026-11-27T04:03:12.801944+00:00','2026-11-27T04:10:09.907022+00:00',NULL,'','','2026-11-27T04:05:09.907022+00:00','2026-11-27T04:05:09.907022+00:00','2026-11-27T04:05:09.907022+00:00',0,'','',0,2,1,'',604800.0,'[]',0,'http://127.0.0.1:44747/feed.xml','http://127.0.0.1:44747/feed.xml');
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
CREATE INDEX articles_source ON articles(source_id);
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
CREATE VIEW changes AS
SELECT
    r.id AS revision_id,                    -- the version after the edit
    r.seen_at AS seen_at,                   -- first look that showed it
    s.name AS source,                       -- source that named the article first
    r.headline AS headline,                 -- headline after the edit
    g.verdict AS verdict,                   -- what we say about it; docs/rulings.md explains the words
    g.settled AS settled,                   -- 1: more looks cannot change the ruling
    b.stand_raw AS stand_before,            -- Stand as printed before; empty if there was none
    r.stand_raw AS stand_after,             -- Stand as printed after
    r.words_added AS words_added,           -- words that came
    r.words_removed AS words_removed,       -- words that went
    r.excerpt AS excerpt,                   -- the changed words: [-gone-] {+new+}
    coalesce(g.not_before, r.not_before) AS not_before, -- the edit is later than that; null: unknown
    coalesce(g.not_after, r.not_after) AS not_after, -- … and not later than that
    b.id AS before_id,                      -- the version before the edit
    r.article_id AS article_id,             -- the article
    r.number AS number,                     -- number of the version within the article
    a.source_id AS source_id,               -- number of the source
    a.url AS url,                           -- address of the article
    g.at AS ruled_at                        -- when the ruling was made
FROM revisions r
JOIN articles a ON a.id = r.article_id
JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions b ON b.id = r.before_id
LEFT JOIN rulings g ON g.id = (SELECT max(n.id) FROM rulings n WHERE n.revision_id = r.id)
WHERE r.kind = 'changed';
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
WHERE r.kind = 'changed' AND json_extract(b.value, '$[4]') IS NOT c.raw;
CREATE VIEW comment_moves AS
SELECT
    c.article_id AS article_id,             -- the article
    c.at AS at,                             -- first look that showed the count
    c.count AS count,                       -- comments; null: the page no longer offers any
    c.count - lag(c.count) OVER (PARTITION BY c.article_id ORDER BY c.at, c.id) AS difference -- since the one before
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
        WHEN NOT EXISTS (SELECT 1 FROM listings l JOIN sources n ON n.id = l.source_id
            WHERE l.article_id = a.id AND n.state != 'removed') THEN 'source removed'
        WHEN a.paused THEN 'paused'
        WHEN EXISTS (SELECT 1 FROM listings l JOIN sources n ON n.id = l.source_id
            WHERE l.article_id = a.id AND n.state = 'active') THEN 'watched'
        ELSE 'source paused'
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',6);
INSERT INTO blocks_fts(blocks_fts) VALUES('rebuild');
INSERT INTO revisions_fts(revisions_fts) VALUES('rebuild');
COMMIT;
