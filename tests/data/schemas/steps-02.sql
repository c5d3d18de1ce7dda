PRAGMA application_id = 1315005288;
PRAGMA auto_vacuum = 0;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'nachtrag','m001_tables','2026-11-27 04:01:16.525564+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'nachtrag','m002_pages_without_comments','2026-11-27 04:01:16.549208+00:00');
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
INSERT INTO "articles" VALUES(1,'http://127.0.0.1:36853/artikel/1.html','http://127.0.0.1:36853/artikel/1.html','127.0.0.1:36853',1,'live',0,'2026-11-27T04:01:24.160286+00:00','2026-11-27T04:07:38.699599+00:00',NULL,'2026-11-27T04:02:38.699599+00:00','2026-11-27T04:02:38.699599+00:00','2026-11-27T04:02:00.842808+00:00',4,'[["stand","2026-11-01T07:02:00.000000+00:00","2026-11-01T07:03:00.000000+00:00",null,"Stand: 01.11.2026 08:02 Uhr"]]',NULL,'"1-2-6127476745999505438"','',0,'','',0,NULL,'','');
INSERT INTO "articles" VALUES(2,'http://127.0.0.1:36853/artikel/2.html','http://127.0.0.1:36853/artikel/2.html','127.0.0.1:36853',1,'live',0,'2026-11-27T04:01:24.160286+00:00','2026-11-27T04:07:38.977800+00:00',NULL,'2026-11-27T04:02:38.977800+00:00','2026-11-27T04:02:38.977800+00:00','2026-11-27T04:02:00.843280+00:00',5,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',NULL,'"2-2-6127476745999505438"','',0,'','',0,NULL,'','');
INSERT INTO "articles" VALUES(3,'http://127.0.0.1:36853/artikel/3.html','http://127.0.0.1:36853/artikel/3.html','127.0.0.1:36853',1,'gone',0,'2026-11-27T04:01:24.160286+00:00','2026-11-27T05:02:40.285054+00:00',NULL,'2026-11-27T04:02:40.285054+00:00','2026-11-27T04:01:45.416177+00:00',NULL,1,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',NULL,'"3-1-6127476745999505438"','',0,'','',2,'2026-11-27T04:02:38.976749+00:00','54386@2026-11-27T04:02:37.439753Z','');
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
INSERT INTO "deliveries" VALUES(1,1,'desk',3,'pending',2,'2026-11-27T04:06:56.369289+00:00',NULL,'2026-11-27T04:01:45.544429+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(2,2,'desk',1,'pending',2,'2026-11-27T04:06:51.111721+00:00',NULL,'2026-11-27T04:01:45.633794+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(3,3,'desk',2,'pending',2,'2026-11-27T04:06:45.950937+00:00',NULL,'2026-11-27T04:01:45.632872+00:00',0,'endpoint ''desk'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO "deliveries" VALUES(4,4,'desk',1,'pending',0,'2026-11-27T04:02:02.183176+00:00',NULL,NULL,0,'',NULL);
INSERT INTO "deliveries" VALUES(5,5,'desk',2,'pending',0,'2026-11-27T04:02:02.183244+00:00',NULL,NULL,0,'',NULL);
INSERT INTO "deliveries" VALUES(6,6,'desk',3,'pending',0,'2026-11-27T04:02:41.151062+00:00',NULL,NULL,0,'',NULL);
CREATE TABLE endpoints (
    name TEXT PRIMARY KEY,                  -- name in config.toml
    kind TEXT NOT NULL,                     -- webhook or slack
    url TEXT NOT NULL,                      -- without user name and password
    events TEXT NOT NULL,                   -- event types it wants, JSON list
    state TEXT NOT NULL,                    -- active, removed (from the configuration), or disabled (the receiver said 410)
    added_at TEXT NOT NULL,                 -- when it was first configured
    failures INTEGER NOT NULL DEFAULT 0,    -- failed attempts in a row
    error TEXT NOT NULL DEFAULT ''          -- why the last attempt failed; empty if it did not
) STRICT;
INSERT INTO "endpoints" VALUES('desk','webhook','http://127.0.0.1:9/hook','["article.*"]','active','2026-11-27T04:01:16.441862+00:00',6,'endpoint ''desk'' at 127.0.0.1: its host does not take connections');
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
INSERT INTO "events" VALUES(1,'evt_2a09b4c728bb41c7ab040cddbce71b93','article.discovered','2026-11-27T04:01:25.314019+00:00',3,1,NULL,'http://127.0.0.1:36853/artikel/3.html','discovered','{"id":"evt_2a09b4c728bb41c7ab040cddbce71b93","url":"http://127.0.0.1:36853/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:01:25.314019+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","supersedes":null,"link":"http://127.0.0.1:8001/-/article/3#r1"}','2026-11-27T04:01:25.425091+00:00');
INSERT INTO "events" VALUES(2,'evt_9779f60eb86a4cd288e43570187203af','article.discovered','2026-11-27T04:01:25.314560+00:00',1,2,NULL,'http://127.0.0.1:36853/artikel/1.html','discovered','{"id":"evt_9779f60eb86a4cd288e43570187203af","url":"http://127.0.0.1:36853/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:01:25.314560+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","supersedes":null,"link":"http://127.0.0.1:8001/-/article/1#r2"}','2026-11-27T04:01:25.491108+00:00');
INSERT INTO "events" VALUES(3,'evt_9f9c64e29412460aa70640539a237bbf','article.discovered','2026-11-27T04:01:25.420043+00:00',2,3,NULL,'http://127.0.0.1:36853/artikel/2.html','discovered','{"id":"evt_9f9c64e29412460aa70640539a237bbf","url":"http://127.0.0.1:36853/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-27T04:01:25.420043+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","supersedes":null,"link":"http://127.0.0.1:8001/-/article/2#r3"}','2026-11-27T04:01:25.491152+00:00');
INSERT INTO "events" VALUES(4,'evt_7294eb944b5849a498466a110de3b1fb','article.changed','2026-11-27T04:02:00.842808+00:00',1,4,1,'http://127.0.0.1:36853/artikel/1.html','announced','{"id":"evt_7294eb944b5849a498466a110de3b1fb","url":"http://127.0.0.1:36853/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"announced","not_before":"2026-11-27T04:01:25.314560+00:00","not_after":"2026-11-27T04:01:45.203462+00:00","stand_before":"Stand: 01.11.2026 08:01 Uhr","stand_after":"Stand: 01.11.2026 08:02 Uhr","words_added":1,"words_removed":1,"excerpt":"Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …","supersedes":null,"link":"http://127.0.0.1:8001/-/article/1#r4"}','2026-11-27T04:02:02.183176+00:00');
INSERT INTO "events" VALUES(5,'evt_dfc8825474e34b4da3f1cc40ef6c0807','article.changed','2026-11-27T04:02:00.843280+00:00',2,5,2,'http://127.0.0.1:36853/artikel/2.html','unmarked','{"id":"evt_dfc8825474e34b4da3f1cc40ef6c0807","url":"http://127.0.0.1:36853/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"unmarked","not_before":"2026-11-27T04:01:25.420043+00:00","not_after":"2026-11-27T04:01:45.301876+00:00","stand_before":"Stand: 01.11.2026 08:01 Uhr","stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":1,"words_removed":1,"excerpt":"Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …","supersedes":null,"link":"http://127.0.0.1:8001/-/article/2#r5"}','2026-11-27T04:02:02.183244+00:00');
INSERT INTO "events" VALUES(6,'evt_f51055a570f942c783dc8e84f52789b2','article.gone','2026-11-27T04:02:40.285054+00:00',3,NULL,NULL,'http://127.0.0.1:36853/artikel/3.html','removed','{"id":"evt_f51055a570f942c783dc8e84f52789b2","url":"http://127.0.0.1:36853/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"removed","not_before":"2026-11-27T04:01:45.416177+00:00","not_after":"2026-11-27T04:02:38.976749+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"http://127.0.0.1:36853/artikel/3.html: the server says 404","supersedes":null,"link":"http://127.0.0.1:8001/-/article/3"}','2026-11-27T04:02:41.151062+00:00');
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
    stale_seconds REAL NOT NULL DEFAULT 0,  -- longest staleness that an old copy proved or headers declared
    clock_offset_seconds REAL,              -- the host's Date minus our clock at the last fresh answer
    clock_checked_at TEXT                   -- when that was
) STRICT;
INSERT INTO "hosts" VALUES('127.0.0.1:36853','2026-11-27T04:02:49.246416+00:00',200,'User-agent: *
Allow: /
','2026-11-27T04:01:17.095898+00:00',0.0,-0.284782,'2026-11-27T04:02:40.285054+00:00');
CREATE TABLE listings (
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the feed
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    title TEXT NOT NULL,                    -- title in the feed when last listed
    published_at TEXT,                      -- publication date in the feed
    updated_at TEXT,                        -- update date in the feed when last listed
    first_listed_at TEXT NOT NULL,          -- first poll that listed it
    last_listed_at TEXT NOT NULL,           -- last poll that listed it
    PRIMARY KEY (source_id, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "listings" VALUES(1,1,'Brücke 1',NULL,NULL,'2026-11-27T04:01:24.160286+00:00','2026-11-27T04:02:49.246416+00:00');
INSERT INTO "listings" VALUES(1,2,'Brücke 2',NULL,NULL,'2026-11-27T04:01:24.160286+00:00','2026-11-27T04:02:49.246416+00:00');
INSERT INTO "listings" VALUES(1,3,'Brücke 3',NULL,NULL,'2026-11-27T04:01:24.160286+00:00','2026-11-27T04:02:49.246416+00:00');
CREATE TABLE meta (
    key TEXT PRIMARY KEY,                   -- "database_id": random, makes ids of events unique across databases
    value TEXT NOT NULL                     -- its value
) STRICT;
INSERT INTO "meta" VALUES('database_id','f1e5f741f66c1d6c');
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
INSERT INTO "observations" VALUES(1,3,1,'new','2026-11-27T04:01:25.314019+00:00','2026-11-27T04:01:25.314019+00:00',1,0.0,1,'33012@2026-11-27T04:01:25.002039Z',0,0,'{"date":"Fri, 27 Nov 2026 04:01:25 GMT","etag":"\"3-1-6127476745999505438\"","connection":"33012@2026-11-27T04:01:25.002039Z","clock_offset_seconds":-0.052084}','{"date":"Fri, 27 Nov 2026 04:01:25 GMT","etag":"\"3-1-6127476745999505438\"","connection":"33012@2026-11-27T04:01:25.002039Z","clock_offset_seconds":-0.052084}',200,'','');
INSERT INTO "observations" VALUES(2,1,2,'new','2026-11-27T04:01:25.314560+00:00','2026-11-27T04:01:25.314560+00:00',1,0.0,1,'33028@2026-11-27T04:01:25.038914Z',0,0,'{"date":"Fri, 27 Nov 2026 04:01:25 GMT","etag":"\"1-1-6127476745999505438\"","connection":"33028@2026-11-27T04:01:25.038914Z","clock_offset_seconds":-0.057477}','{"date":"Fri, 27 Nov 2026 04:01:25 GMT","etag":"\"1-1-6127476745999505438\"","connection":"33028@2026-11-27T04:01:25.038914Z","clock_offset_seconds":-0.057477}',200,'','');
INSERT INTO "observations" VALUES(3,2,3,'new','2026-11-27T04:01:25.420043+00:00','2026-11-27T04:01:25.420043+00:00',1,0.0,1,'33026@2026-11-27T04:01:25.038355Z',0,0,'{"date":"Fri, 27 Nov 2026 04:01:25 GMT","etag":"\"2-1-6127476745999505438\"","connection":"33026@2026-11-27T04:01:25.038355Z","clock_offset_seconds":-0.295028}','{"date":"Fri, 27 Nov 2026 04:01:25 GMT","etag":"\"2-1-6127476745999505438\"","connection":"33026@2026-11-27T04:01:25.038355Z","clock_offset_seconds":-0.295028}',200,'','');
INSERT INTO "observations" VALUES(4,3,1,'same','2026-11-27T04:01:45.416177+00:00','2026-11-27T04:01:45.416177+00:00',1,20.102158,1,'57320@2026-11-27T04:01:42.236598Z',0,0,'{"date":"Fri, 27 Nov 2026 04:01:42 GMT","etag":"\"3-1-6127476745999505438\"","connection":"57320@2026-11-27T04:01:42.236598Z","clock_offset_seconds":-3.02819}','{"date":"Fri, 27 Nov 2026 04:01:42 GMT","etag":"\"3-1-6127476745999505438\"","connection":"57320@2026-11-27T04:01:42.236598Z","clock_offset_seconds":-3.02819}',304,'','');
INSERT INTO "observations" VALUES(5,1,4,'changed','2026-11-27T04:02:00.842808+00:00','2026-11-27T04:02:00.842808+00:00',1,35.528248,1,'57302@2026-11-27T04:01:42.235587Z',0,0,'{"date":"Fri, 27 Nov 2026 04:01:42 GMT","etag":"\"1-2-6127476745999505438\"","connection":"57302@2026-11-27T04:01:42.235587Z","clock_offset_seconds":-3.203462}','{"date":"Fri, 27 Nov 2026 04:01:42 GMT","etag":"\"1-2-6127476745999505438\"","connection":"57302@2026-11-27T04:01:42.235587Z","clock_offset_seconds":-3.203462}',200,'','');
INSERT INTO "observations" VALUES(6,2,5,'changed','2026-11-27T04:02:00.843280+00:00','2026-11-27T04:02:00.843280+00:00',1,35.423237,1,'57310@2026-11-27T04:01:42.236168Z',0,0,'{"date":"Fri, 27 Nov 2026 04:01:42 GMT","etag":"\"2-2-6127476745999505438\"","connection":"57310@2026-11-27T04:01:42.236168Z","clock_offset_seconds":-3.301876}','{"date":"Fri, 27 Nov 2026 04:01:42 GMT","etag":"\"2-2-6127476745999505438\"","connection":"57310@2026-11-27T04:01:42.236168Z","clock_offset_seconds":-3.301876}',200,'','');
INSERT INTO "observations" VALUES(7,1,4,'same','2026-11-27T04:02:38.699599+00:00','2026-11-27T04:02:38.699599+00:00',1,37.856791,1,'54362@2026-11-27T04:02:37.438646Z',0,0,'{"date":"Fri, 27 Nov 2026 04:02:37 GMT","etag":"\"1-2-6127476745999505438\"","connection":"54362@2026-11-27T04:02:37.438646Z","clock_offset_seconds":-1.630789}','{"date":"Fri, 27 Nov 2026 04:02:37 GMT","etag":"\"1-2-6127476745999505438\"","connection":"54362@2026-11-27T04:02:37.438646Z","clock_offset_seconds":-1.630789}',304,'','');
INSERT INTO "observations" VALUES(8,3,NULL,'suspect','2026-11-27T04:02:38.976749+00:00','2026-11-27T04:02:38.976749+00:00',1,53.560572,1,'54386@2026-11-27T04:02:37.439753Z',0,0,'{"date":"Fri, 27 Nov 2026 04:02:37 GMT","connection":"54386@2026-11-27T04:02:37.439753Z","clock_offset_seconds":-1.976455}','{"date":"Fri, 27 Nov 2026 04:02:37 GMT","connection":"54386@2026-11-27T04:02:37.439753Z","clock_offset_seconds":-1.976455}',404,'missing','http://127.0.0.1:36853/artikel/3.html: the server says 404');
INSERT INTO "observations" VALUES(9,2,5,'same','2026-11-27T04:02:38.977800+00:00','2026-11-27T04:02:38.977800+00:00',1,38.13452,1,'54370@2026-11-27T04:02:37.439337Z',0,0,'{"date":"Fri, 27 Nov 2026 04:02:37 GMT","etag":"\"2-2-6127476745999505438\"","connection":"54370@2026-11-27T04:02:37.439337Z","clock_offset_seconds":-1.701623}','{"date":"Fri, 27 Nov 2026 04:02:37 GMT","etag":"\"2-2-6127476745999505438\"","connection":"54370@2026-11-27T04:02:37.439337Z","clock_offset_seconds":-1.701623}',304,'','');
INSERT INTO "observations" VALUES(10,3,NULL,'gone','2026-11-27T04:02:40.285054+00:00','2026-11-27T04:02:40.285054+00:00',1,1.308305,1,'54388@2026-11-27T04:02:40.191119Z',1,0,'{"date":"Fri, 27 Nov 2026 04:02:40 GMT","connection":"54388@2026-11-27T04:02:40.191119Z","clock_offset_seconds":-0.284782}','{"date":"Fri, 27 Nov 2026 04:02:40 GMT","connection":"54388@2026-11-27T04:02:40.191119Z","clock_offset_seconds":-0.284782}',404,'missing','http://127.0.0.1:36853/artikel/3.html: the server says 404');
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
INSERT INTO "pages" VALUES(1,3,'http://127.0.0.1:36853/artikel/3.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:01:25 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"3-1-6127476745999505438\""]]','2026-11-27T04:01:25.052084+00:00','de956023d0e54851ec565cf0829fe13ecbeacad43713f5d193515c9579d090d9',684,NULL,X'28B52FFD60AC01050E00D65E5C2E6067D31C14C2B043100405B0506CD9B7B550E3A56FB9491F1446C56776CE75EFFDF273CADA6ED4834AB32010290C4F0057004A004FB74B1A8E4BA7095CF6D8E16549035E2A841F54064939F6A6F6635BFE417B1B94A1D0435824920AEBB05FAB952C02381A4A1AFD29D731DD7E54ABED9D5AC95BD278F042550BC676FA27A299D300A82A4F603D494997409985B1581421B1241486519845198D93276ECFA431E742A68F32588C639C5A874C25D5D2791C14F2FA4187415B6E3BAC8765B5229AD324B5124591E021AFE5268580058282C1288BB22803124C4A8C1ACFEFCA4F1D8356E7A7FE6026E8FC64543E4668411F0CCDB905F4AF69CFA7F34F690C29BF51F9A6D036D01794DF54BE8944DAF84D82C6D55EA78E6DC39F7F10F20D026547BEF17BBC810BC67629A9A42234E7E5130F2CF9761C47E2B777C766F395799B2312C947EFA006958770E146C71CD6F3820832BCC943286FD483F393EFF91EE51F321229A8825E07E53F5EE305514F089D871D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(2,1,'http://127.0.0.1:36853/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:01:25 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"1-1-6127476745999505438\""]]','2026-11-27T04:01:25.057477+00:00','6e9474a5e33915d6335e88ea43c5542b50d8352d8693804843ad03aca1ef99ff',684,NULL,X'28B52FFD60AC01050E00D65E5C2E6067D31C14C2B043100405B0506CD9B7B550E3A56FB9491F14C6C76776CE75EFFDF2730AD96ED4834AB32010290C4F0057004A004FB74B188E4BA7095CF6D8E16509035E2A841F54064939F6A6F6635BFE417B1D74C1E8212C12C98575D8AFD54A14011C0D258CFE94EB986E3FAAD5F64EADE42D613C78A1AA05633BFD13D1CC6900542A4F603D494997409965A1583421B1241486519845178D93276ECF8431E742A68F32588C639C5A874C25D5D2791A0A79FDA0D3A02DB71BEB6159AD88E63449AD4461123CE4B5DC8420409180B06094455994010926A5451ACFEFCA4F1D8356E7A7FE602AE8FC64543E4688411F0CCDB905F4AF69CFA7F34F690C29BF51F9A6D036D01994DF54BE8944DAF88D82C6D55EA78E6DC39F7F10F20D026547BEF17BBC810BC67629A9A42234E7E5130F2CF9761C47E2B777C766F395799B2312C947EF2007958770E146C71CD6F3820836BCC943286FD483F393EFF91EE51F32122DA882DE86F21FAFF182A82784CE431D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(3,2,'http://127.0.0.1:36853/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:01:25 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"2-1-6127476745999505438\""]]','2026-11-27T04:01:25.295028+00:00','ea4530cad233d0afa8506f60d0e34adb91033703021dd602a75cd0edb6a09fc0',684,NULL,X'28B52FFD60AC01050E00D65E5C2E6067D31C14C2B043100405B0506CD9B7B550E3A56FB9491F14C6C76776CE75EFFDF2730AD96ED4834AB32010290C4F0057004A004FB74B188E4BA7095CF6D8E16509035E2A841F54064939F6A6F6635BFE417B1D7491D0435824920BEBB05FAB952802381A4A18FD29D731DD7E54ABED9D5AC95BC278F042550BC676FA27A299D300A82A4F603D494997409965A1583421B1241486519845178D93276ECF8431E742A68F32588C639C5A874C25D5D2791A0A79FDA0D3A02DB71BEB6159AD88E63449AD44492478C86BB9094180220161C1288BB22803124C4A8B1ACFEFCA4F1D8356E7A7FE602AE8FC64543E4688411F0CCDB905F4AF69CFA7F34F690C29BF51F9A6D036D01994DF54BE8944DAF88D82C6D55EA78E6DC39F7F10F20D026547BEF17BBC810BC67629A9A42234E7E5130F2CF9761C47E2B777C766F395799B2312C947EF2007958770E146C71CD6F3820836BCC943286FD483F393EFF91EE51F32122DA882DE86F21FAFF182A82784CE431D28101484B81E108044B695FDDFF22156374115C2EC17ECABECD8904FFC54011759BC358E858067440D068FA73B69D0BC0C7CA923281335CDB009AE28EE1736BFECC0EC160216331FB9000C',NULL);
INSERT INTO "pages" VALUES(4,1,'http://127.0.0.1:36853/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:01:42 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"1-2-6127476745999505438\""]]','2026-11-27T04:01:45.203462+00:00','183e5e20cbec790fddcd2aa0024d49ec18291c8817b70ccec93dc23ae7c18f7f',684,2,X'28B52FFD60AC017D000010323203006840C9045067F24A1541',NULL);
INSERT INTO "pages" VALUES(5,2,'http://127.0.0.1:36853/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Fri, 27 Nov 2026 04:01:42 GMT"],["content-type","text/html; charset=utf-8"],["content-length","684"],["etag","\"2-2-6127476745999505438\""]]','2026-11-27T04:01:45.301876+00:00','cecaee22060caebd51d410a7af4da78d231aeff3e4659a17cfc3c52fcad4f3a9',684,3,X'28B52FFD60AC0165000008320200684049EF2B550001',NULL);
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
    kind TEXT NOT NULL,                     -- first, changed, or reread (another reader: nothing was edited)
    seen_at TEXT NOT NULL,                  -- first look at it
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
    hash TEXT NOT NULL,                     -- sha256 over previous_hash and the content: `nachtrag verify` walks the chain
    UNIQUE (article_id, number)
) STRICT;
INSERT INTO "revisions" VALUES(1,3,1,'first','2026-11-27T04:01:25.314019+00:00',NULL,'2026-11-27T04:01:25.314019+00:00','','Brücke 3: Rat vertagt sich','','[]','[]','de','generic/1','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','3c6ac3087e4e84470a751cdabd14cb4f9f4070939bacda859bdeabd52564f443',1,'de956023d0e54851ec565cf0829fe13ecbeacad43713f5d193515c9579d090d9',NULL,'0000000000000000000000000000000000000000000000000000000000000000','060e1a66ff2ba48b88e80f6487308b6800dfa8e3f20d06df8839b9564615a749');
INSERT INTO "revisions" VALUES(2,1,1,'first','2026-11-27T04:01:25.314560+00:00',NULL,'2026-11-27T04:01:25.314560+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/1','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','e03173e398b30b250501026c8855b14ff63829513bfe76e660f6dd783c4bf8ec',2,'6e9474a5e33915d6335e88ea43c5542b50d8352d8693804843ad03aca1ef99ff',NULL,'060e1a66ff2ba48b88e80f6487308b6800dfa8e3f20d06df8839b9564615a749','f47f26352c866298f7824d4edb8efb92192d802b85beb98a734dab3c1a292c08');
INSERT INTO "revisions" VALUES(3,2,1,'first','2026-11-27T04:01:25.420043+00:00',NULL,'2026-11-27T04:01:25.420043+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/1','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','6a0aebace96e4b626d8cf6329d3b4d37e09781f733f0cc82217049d33b3ac9ce',3,'ea4530cad233d0afa8506f60d0e34adb91033703021dd602a75cd0edb6a09fc0',NULL,'f47f26352c866298f7824d4edb8efb92192d802b85beb98a734dab3c1a292c08','353a38a0b0c1cd51744bf3735abc3475f7f88e5f11c81ffbd9a71c5cddaa1386');
INSERT INTO "revisions" VALUES(4,1,2,'changed','2026-11-27T04:02:00.842808+00:00','2026-11-27T04:01:25.314560+00:00','2026-11-27T04:01:45.203462+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/1','2026-11-01T07:02:00.000000+00:00','Stand: 01.11.2026 08:02 Uhr',NULL,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','6a2999f4837b8bbc397685e8e9ed4da11ccbeee3c254fe03ab1d23ded33545f4',4,'183e5e20cbec790fddcd2aa0024d49ec18291c8817b70ccec93dc23ae7c18f7f',NULL,'353a38a0b0c1cd51744bf3735abc3475f7f88e5f11c81ffbd9a71c5cddaa1386','00c68b946ef748817be2137c853c276172d06b16db26321f3f7800f961afd928');
INSERT INTO "revisions" VALUES(5,2,2,'changed','2026-11-27T04:02:00.843280+00:00','2026-11-27T04:01:25.420043+00:00','2026-11-27T04:01:45.301876+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/1','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',NULL,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','5342ddfe98d658c1f0ea5af1b6793394a00b84d166a8ea767894781c2ffb18d5',5,'cecaee22060caebd51d410a7af4da78d231aeff3e4659a17cfc3c52fcad4f3a9',NULL,'00c68b946ef748817be2137c853c276172d06b16db26321f3f7800f961afd928','f028096ba231132ff10178e760ba4193176d3d09c217a69661f48d96152a9419');
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
INSERT INTO "rulings" VALUES(1,4,'2026-11-27T04:02:00.842808+00:00','announced',16,1,1,'2026-11-27T04:01:25.314560+00:00','2026-11-27T04:01:45.203462+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:02 Uhr"],["other clocks","none moved"],["note","stamp earlier than window"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'0000000000000000000000000000000000000000000000000000000000000000','ad1c2188e34a6b39e93fe56939426a8934a76b8d37c3c0fa19720c1a4e59a69b');
INSERT INTO "rulings" VALUES(2,5,'2026-11-27T04:02:00.843280+00:00','unmarked',22,1,1,'2026-11-27T04:01:25.420043+00:00','2026-11-27T04:01:45.301876+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","not known yet"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'ad1c2188e34a6b39e93fe56939426a8934a76b8d37c3c0fa19720c1a4e59a69b','4cb4ee0dc74ff52cb170f1b06d94ec457e30f207866a80d6eefe22ae841165e9');
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,                 -- number of the source
    name TEXT NOT NULL UNIQUE,              -- name in config.toml; "by hand" for `nachtrag add`
    kind TEXT NOT NULL,                     -- feed, or hand
    url TEXT NOT NULL,                      -- address of the feed; empty for hand
    host TEXT NOT NULL,                     -- host that serves it
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
INSERT INTO "sources" VALUES(1,'Tagblatt','feed','http://127.0.0.1:36853/feed.xml','127.0.0.1:36853',300.0,'active','2026-11-27T04:01:16.441862+00:00','2026-11-27T04:07:49.246416+00:00',NULL,'','','2026-11-27T04:02:49.246416+00:00','2026-11-27T04:02:49.246416+00:00','2026-11-27T04:02:49.246416+00:00',0,'','',0,2,1);
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
LEFT JOIN revisions b ON b.article_id = r.article_id AND b.number = r.number - 1
LEFT JOIN rulings g ON g.id = (SELECT max(n.id) FROM rulings n WHERE n.revision_id = r.id)
WHERE r.kind = 'changed';
CREATE VIEW articles_now AS
SELECT
    a.id AS article_id,                     -- the article
    s.name AS source,                       -- source that named it first
    r.headline AS headline,                 -- headline that stands; null before the first reading
    r.stand_raw AS stand,                   -- Stand as printed
    a.state AS state,                       -- live, suspect (missing once), gone, or moved
    r.number AS versions,                   -- how many versions we saw
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
    r.kind AS kind,                         -- first, changed, or reread
    r.seen_at AS seen_at,                   -- first look at it
    r.stand_raw AS stand,                   -- Stand as printed
    r.topline AS topline,                   -- short line above the headline
    r.headline AS headline,                 -- headline
    r.standfirst AS standfirst,             -- lead
    (SELECT group_concat(t.text, char(10, 10)) FROM (
        SELECT b.text FROM revision_blocks rb JOIN blocks b ON b.id = rb.block_id
        WHERE rb.revision_id = r.id ORDER BY rb.position) t
    ) AS text,                              -- its paragraphs in order, an empty line between them
    r.words AS words                        -- how many words
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
WHERE a.failures > 0;
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
