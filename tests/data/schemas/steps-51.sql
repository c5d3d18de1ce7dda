PRAGMA application_id = 1315005288;
PRAGMA auto_vacuum = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO _sqlite_migrations VALUES(1,'nachtrag','m001_tables','2026-11-28 00:10:18.833676+00:00');
INSERT INTO _sqlite_migrations VALUES(2,'nachtrag','m002_pages_without_comments','2026-11-28 00:10:18.834858+00:00');
INSERT INTO _sqlite_migrations VALUES(3,'nachtrag','m003_staleness_by_answer','2026-11-28 00:10:18.836362+00:00');
INSERT INTO _sqlite_migrations VALUES(4,'nachtrag','m004_listed_by_hand','2026-11-28 00:10:18.836712+00:00');
INSERT INTO _sqlite_migrations VALUES(5,'nachtrag','m005_addresses_that_cannot_be_shown','2026-11-28 00:10:18.837482+00:00');
INSERT INTO _sqlite_migrations VALUES(6,'nachtrag','m006_answers_in_the_chain','2026-11-28 00:10:18.839020+00:00');
INSERT INTO _sqlite_migrations VALUES(7,'nachtrag','m007_sites_that_drift','2026-11-28 00:10:18.842333+00:00');
INSERT INTO _sqlite_migrations VALUES(8,'nachtrag','m008_kinds_of_sources','2026-11-28 00:10:18.844732+00:00');
INSERT INTO _sqlite_migrations VALUES(9,'nachtrag','m009_subscriptions','2026-11-28 00:10:18.847225+00:00');
INSERT INTO _sqlite_migrations VALUES(10,'nachtrag','m010_comments','2026-11-28 00:10:18.847640+00:00');
INSERT INTO _sqlite_migrations VALUES(11,'nachtrag','m011_clocks_beside_the_page','2026-11-28 00:10:18.848731+00:00');
INSERT INTO _sqlite_migrations VALUES(12,'nachtrag','m012_unread_pages','2026-11-28 00:10:18.849375+00:00');
INSERT INTO _sqlite_migrations VALUES(13,'nachtrag','m013_live_blogs','2026-11-28 00:10:18.850570+00:00');
INSERT INTO _sqlite_migrations VALUES(14,'nachtrag','m014_practice_with_machine_clocks','2026-11-28 00:10:18.850975+00:00');
INSERT INTO _sqlite_migrations VALUES(15,'nachtrag','m015_edits','2026-11-28 00:10:18.852630+00:00');
INSERT INTO _sqlite_migrations VALUES(16,'nachtrag','m016_outlets','2026-11-28 00:10:18.858228+00:00');
INSERT INTO _sqlite_migrations VALUES(17,'nachtrag','m017_takedowns','2026-11-28 00:10:18.860145+00:00');
INSERT INTO _sqlite_migrations VALUES(18,'nachtrag','m018_counts','2026-11-28 00:10:18.860603+00:00');
INSERT INTO _sqlite_migrations VALUES(19,'nachtrag','m019_departures','2026-11-28 00:10:18.861408+00:00');
INSERT INTO _sqlite_migrations VALUES(20,'nachtrag','m020_movements_of_comments','2026-11-28 00:10:18.865059+00:00');
INSERT INTO _sqlite_migrations VALUES(21,'nachtrag','m022_replies','2026-11-28 00:10:18.865768+00:00');
INSERT INTO _sqlite_migrations VALUES(22,'nachtrag','m023_lists_of_movements','2026-11-28 00:10:18.866212+00:00');
INSERT INTO _sqlite_migrations VALUES(23,'nachtrag','m024_articles_counted','2026-11-28 00:10:18.870881+00:00');
INSERT INTO _sqlite_migrations VALUES(24,'nachtrag','m025_late_stands','2026-11-28 00:10:18.871418+00:00');
INSERT INTO _sqlite_migrations VALUES(25,'nachtrag','m026_faults_without_words','2026-11-28 00:10:18.871762+00:00');
INSERT INTO _sqlite_migrations VALUES(26,'nachtrag','m027_list_of_paused_articles','2026-11-28 00:10:18.872182+00:00');
INSERT INTO _sqlite_migrations VALUES(27,'nachtrag','m028_planning','2026-11-28 00:10:18.883657+00:00');
INSERT INTO _sqlite_migrations VALUES(28,'nachtrag','m029_digests','2026-11-28 00:10:18.885769+00:00');
INSERT INTO _sqlite_migrations VALUES(29,'nachtrag','m030_imprints','2026-11-28 00:10:18.889897+00:00');
INSERT INTO _sqlite_migrations VALUES(30,'nachtrag','m031_manners','2026-11-28 00:10:18.903511+00:00');
INSERT INTO _sqlite_migrations VALUES(31,'nachtrag','m032_room','2026-11-28 00:10:18.905954+00:00');
INSERT INTO _sqlite_migrations VALUES(32,'nachtrag','m033_picking','2026-11-28 00:10:18.906659+00:00');
INSERT INTO _sqlite_migrations VALUES(33,'nachtrag','m036_digests_of_sources','2026-11-28 00:10:18.908858+00:00');
INSERT INTO _sqlite_migrations VALUES(34,'nachtrag','m036_pictures_kept_once','2026-11-28 00:10:18.911064+00:00');
INSERT INTO _sqlite_migrations VALUES(35,'nachtrag','m037_kinds_and_ends','2026-11-28 00:10:18.927557+00:00');
INSERT INTO _sqlite_migrations VALUES(36,'nachtrag','m038_validators_checked','2026-11-28 00:10:18.931808+00:00');
INSERT INTO _sqlite_migrations VALUES(37,'nachtrag','m039_last_deliveries','2026-11-28 00:10:18.954733+00:00');
INSERT INTO _sqlite_migrations VALUES(38,'nachtrag','m040_panel','2026-11-28 00:10:18.964604+00:00');
INSERT INTO _sqlite_migrations VALUES(39,'nachtrag','m040_fixed_looks','2026-11-28 00:10:18.981060+00:00');
INSERT INTO _sqlite_migrations VALUES(40,'nachtrag','m041_clocks_in_seconds','2026-11-28 00:10:19.017012+00:00');
INSERT INTO _sqlite_migrations VALUES(41,'nachtrag','m042_texts_by_article','2026-11-28 00:10:19.018028+00:00');
INSERT INTO _sqlite_migrations VALUES(42,'nachtrag','m043_titles_once','2026-11-28 00:10:19.032653+00:00');
INSERT INTO _sqlite_migrations VALUES(43,'nachtrag','m044_instants_as_numbers','2026-11-28 00:10:19.318878+00:00');
INSERT INTO _sqlite_migrations VALUES(44,'nachtrag','m045_pauses_cut','2026-11-28 00:10:19.350504+00:00');
INSERT INTO _sqlite_migrations VALUES(45,'nachtrag','m046_held_deliveries','2026-11-28 00:10:19.363013+00:00');
INSERT INTO _sqlite_migrations VALUES(46,'nachtrag','m047_endpoints_that_rest','2026-11-28 00:10:19.370336+00:00');
INSERT INTO _sqlite_migrations VALUES(47,'nachtrag','m048_troubles','2026-11-28 00:10:19.377704+00:00');
INSERT INTO _sqlite_migrations VALUES(48,'nachtrag','m049_taken_back_at_once','2026-11-28 00:10:19.389269+00:00');
INSERT INTO _sqlite_migrations VALUES(49,'nachtrag','m050_turns_of_endpoints','2026-11-28 00:10:19.392213+00:00');
INSERT INTO _sqlite_migrations VALUES(50,'nachtrag','m051_sources_told','2026-11-28 00:10:19.399123+00:00');
INSERT INTO _sqlite_migrations VALUES(51,'nachtrag','m052_early_attempts','2026-11-28 00:10:19.408613+00:00');
CREATE TABLE meta (
    key TEXT PRIMARY KEY,                   -- "database_id": random, makes ids of events unique across databases
    value TEXT NOT NULL                     -- its value
) STRICT;
INSERT INTO meta VALUES('database_id','fa5db587ade54c29');
INSERT INTO meta VALUES('base_url','http://127.0.0.1:28377');
INSERT INTO meta VALUES('user_agent','Nachtrag-test (+https://example.org/contact)');
INSERT INTO meta VALUES('gap','0');
INSERT INTO meta VALUES('per_host','4');
INSERT INTO meta VALUES('looks','30');
INSERT INTO meta VALUES('watch_days','30');
INSERT INTO meta VALUES('per_day','');
INSERT INTO meta VALUES('prefer','balanced');
INSERT INTO meta VALUES('quiet','');
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
, links TEXT NOT NULL DEFAULT '', newest_seconds REAL NOT NULL DEFAULT 604800, parts TEXT NOT NULL DEFAULT '[]', websub INTEGER NOT NULL DEFAULT 0, hub TEXT NOT NULL DEFAULT '', topic TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL DEFAULT '', revisit_seconds REAL, cron TEXT NOT NULL DEFAULT '', failing_told INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO sources VALUES(1,'Tagblatt','feed','http://127.0.0.1:37373/feed.xml','127.0.0.1:37373',1.0,'active','2026-11-28T00:10:18.787126+00:00','2026-11-28T00:11:05.961863+00:00',NULL,'','','2026-11-28T00:11:04.961863+00:00','2026-11-28T00:11:04.961863+00:00','2026-11-28T00:11:04.961863+00:00',0,'','',0,2,1,'',604800.0,'[]',0,'http://127.0.0.1:37373/feed.xml','http://127.0.0.1:37373/feed.xml','242a12f41c34da2503a5f4f2fa6f57ac',1.0,'',0);
INSERT INTO sources VALUES(2,'Ruhe','feed','http://127.0.0.1:37373/ruhe.xml','127.0.0.1:37373',1.0,'paused','2026-11-28T00:10:18.787126+00:00','2026-11-28T00:10:43.188410+00:00',NULL,'','','2026-11-28T00:10:39.188410+00:00',NULL,NULL,3,'http_404','http://127.0.0.1:37373/ruhe.xml: the server says 404',0,0,0,'',604800.0,'[]',0,'','','',1.0,'',1);
INSERT INTO sources VALUES(3,'by hand','hand','','',0.0,'active','2026-11-28T00:10:48.331750+00:00',NULL,NULL,'','',NULL,NULL,NULL,0,'','',0,0,0,'',604800.0,'[]',0,'','','',NULL,'',0);
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
, stale_proven_at TEXT, proofs_checked INTEGER NOT NULL DEFAULT 0, proofs_wrong INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, failing_since TEXT, rests INTEGER NOT NULL DEFAULT 0, rests_until TEXT, asked_until TEXT, gap_seconds REAL, quiet TEXT NOT NULL DEFAULT '', edits_validated INTEGER NOT NULL DEFAULT 0, edits_hidden INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO hosts VALUES('127.0.0.1:37373','2026-11-28T00:11:04.998345+00:00',200,replace('User-agent: *\nAllow: /\n','\n',char(10)),'2026-11-28T00:10:19.536098+00:00',0.0,-0.021877000000000000612,'2026-11-28T00:11:04.998345+00:00',NULL,0,0,0,NULL,0,NULL,NULL,NULL,'',4,0);
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
, read_stale_seconds REAL NOT NULL DEFAULT 0, asked_again INTEGER NOT NULL DEFAULT 0, taken_down_at TEXT, listed TEXT NOT NULL DEFAULT '', born_at TEXT, edits_known REAL NOT NULL DEFAULT 0, exposure REAL NOT NULL DEFAULT 0, last_edit REAL, hinted INTEGER NOT NULL DEFAULT 0, comments_moved INTEGER NOT NULL DEFAULT 0, digest TEXT NOT NULL DEFAULT '', panel INTEGER, panel_share REAL) STRICT;
INSERT INTO articles VALUES(1,'http://127.0.0.1:37373/artikel/1.html','http://127.0.0.1:37373/artikel/1.html','127.0.0.1:37373',1,'live',1,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:10:40.292353+00:00',NULL,'2026-11-28T00:10:39.292353+00:00','2026-11-28T00:10:39.292353+00:00','2026-11-28T00:10:35.678906+00:00',6,'[["stand","2026-11-01T07:02:00.000000+00:00","2026-11-01T07:03:00.000000+00:00",null,"Stand: 01.11.2026 08:02 Uhr"]]',2,'"1-2-6939513373204543722"','',0,'','',0,NULL,'','',0.0,0,NULL,'1','2026-11-28T00:10:23.290893+00:00',1.0006110056766763793,0.0030765731854994534527,498840.17489707260391,0,0,'ab048ee8fb848316d052726bdcb1ff9d',NULL,NULL);
INSERT INTO articles VALUES(2,'http://127.0.0.1:37373/artikel/2.html','http://127.0.0.1:37373/artikel/2.html','127.0.0.1:37373',1,'live',0,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:10:57.888427+00:00',NULL,'2026-11-28T00:10:56.888427+00:00','2026-11-28T00:10:56.888427+00:00','2026-11-28T00:10:43.107720+00:00',9,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"2-3-6939513373204543722"','',0,'','',0,NULL,'','',0.0,0,NULL,'1','2026-11-28T00:10:23.290893+00:00',2.0121321523651145568,0.025469199013248934593,498840.17762207705525,0,0,'3bbd95a2dbe37a020f09ab76731530ae',NULL,NULL);
INSERT INTO articles VALUES(3,'http://127.0.0.1:37373/artikel/3.html','http://127.0.0.1:37373/artikel/3.html','127.0.0.1:37373',1,'gone',0,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:10:57.926718+00:00',NULL,'2026-11-28T00:10:56.926718+00:00','2026-11-28T00:10:23.734502+00:00',NULL,4,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"3-1-6939513373204543722"','',0,'','',4,'2026-11-28T00:10:31.548709+00:00','44198@2026-11-28T00:10:31.400086Z','',0.0,0,NULL,'1','2026-11-28T00:10:23.290893+00:00',0.0,0.0,NULL,0,0,'7a7e7945b81e833341a25ecb72f2a644',NULL,NULL);
INSERT INTO articles VALUES(4,'http://127.0.0.1:37373/artikel/4.html','http://127.0.0.1:37373/artikel/4.html','127.0.0.1:37373',1,'live',0,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:10:57.889622+00:00',NULL,'2026-11-28T00:10:56.889622+00:00','2026-11-28T00:10:56.889622+00:00',NULL,2,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"4-1-6939513373204543722"','',0,'','',0,NULL,'','',0.0,0,NULL,'1','2026-11-28T00:10:23.290893+00:00',0.0,0.024808178458234575458,NULL,0,0,'93ec583825a08889a68094b287916191',NULL,NULL);
INSERT INTO articles VALUES(5,'http://127.0.0.1:37373/artikel/5.html','http://127.0.0.1:37373/artikel/5.html','127.0.0.1:37373',1,'live',0,'2026-11-28T00:10:23.290893+00:00',NULL,NULL,'2026-11-28T00:10:39.296161+00:00','2026-11-28T00:10:39.296161+00:00','2026-11-28T00:10:35.838639+00:00',8,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"5-2-6939513373204543722"','',0,'','',0,NULL,'','',0.0,0,'2026-11-28T00:10:46.144129+00:00','1','2026-11-28T00:10:23.290893+00:00',1.0006063232624227143,0.0029600779014091502076,498840.1749543212354,0,0,'045b6225ca2cdaabf7239c7a9a113bdd',NULL,NULL);
INSERT INTO articles VALUES(6,'http://127.0.0.1:37373/artikel/6.html','http://127.0.0.1:37373/artikel/6.html','127.0.0.1:37373',3,'live',0,'2026-11-28T00:10:48.331750+00:00','2026-11-28T00:16:36.248372+00:00',NULL,'2026-11-28T00:11:04.998345+00:00','2026-11-28T00:11:04.998345+00:00',NULL,10,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"6-1-6939513373204543722"','',0,'','',0,NULL,'','',0.0,0,NULL,'1,3','2026-11-28T00:10:48.331750+00:00',0.0,0.0,NULL,0,0,'021c7d93f79807311259dc23d38e907d',0,0.0);
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
INSERT INTO listings VALUES(1,1,'Brücke 1',NULL,NULL,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:11:04.961863+00:00','[]');
INSERT INTO listings VALUES(1,2,'Brücke 2',NULL,NULL,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:11:04.961863+00:00','[]');
INSERT INTO listings VALUES(1,3,'Brücke 3',NULL,NULL,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:11:04.961863+00:00','[]');
INSERT INTO listings VALUES(1,4,'Brücke 4',NULL,NULL,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:11:04.961863+00:00','[]');
INSERT INTO listings VALUES(1,5,'Brücke 5',NULL,NULL,'2026-11-28T00:10:23.290893+00:00','2026-11-28T00:11:04.961863+00:00','[]');
INSERT INTO listings VALUES(1,6,'Brücke 6',NULL,NULL,'2026-11-28T00:11:04.961863+00:00','2026-11-28T00:11:04.961863+00:00','[]');
INSERT INTO listings VALUES(3,6,'',NULL,NULL,'2026-11-28T00:10:48.331750+00:00','2026-11-28T00:10:48.331750+00:00','[]');
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
INSERT INTO pages VALUES(1,1,'http://127.0.0.1:37373/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:10:23 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"1-1-6939513373204543722\""]]','2026-11-28T00:10:23.353156+00:00','f4b83140d6f77abcfcf2162976ae912393837b8086dcb614ea67bbdb73adc95b',1023,NULL,X'28b52ffd60ff02fd130016ec8030506bd21c2831b3cecccc6ce5a1d8b2d3aeec99eedd4cf6ae7f26009cedcb12946942668e4044b61b3510da8e99440c0c760072006f00eec5096fa92da12e28278581c5062595280c7afb702d153d403c403c30186551160562c120c48074b7a4e158d99e3c5d8e23eb4a1a6fe51fec5e0280525b6ebe1d6db917de1a7106f37dac8a8844a0f6b5eba412020e8e7e9246ef94dad6b51726c5745b52c9b2a4e1b0be27f560b72f0443afc802a4df8679e0732773b9103e11eef033a72ef83af69eee739dc2f8396f73b9ec8f36cf46382fbbdca62272c6db1c38d4b7b6b7a50def5c3721b791708e7219bb85cbe0721328084ab25138b330082c1fb058160ac328cc7206e30402b567d29853df3a2401504c635a52fb5642a9658448fce13a4fef409754c2eb38513ae88c3269c89d8f83b6b2bf98d4a2a1b4529b17c2f8e00bb568497174bd76225ee6b6add9bc6756e6a88848c8b73d1197fb9e3e856d45fe7286c89bb04ceec459e11b969ddc9e6ea15c475644109ca255e2bc8e639c21d2f3bd78e170d9edd9bdad473f7706eac16e082594e033e74a0874a0e4768c0e94d48b2819a8e078f44dd16be16fa782bf218c8faf9b38630a8b00c6c2cc18219ca29d8c10dc7b28ed8cef14acce7b36721b1cba736c6b5eeac432f854f686b6dc63acc0318c02cb1b1e1665b12897ae1a94549354e23044414963c9f988eb8c1149a303302830428290951e11d02d836441edb1774553ac48a1c95978cc69110ae51a4da68254e373c2c58cc0c1790bdc8bfa12eabd48e7fd873c0d67a265054442a2aa85b95fb0ad32637b3e1152655e64fdd6c0583c9e3134581e17dde9040dca302f750065aaa63e6c025784fb119bebec60764b192c263c623930',NULL,NULL);
INSERT INTO pages VALUES(2,4,'http://127.0.0.1:37373/artikel/4.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:10:23 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"4-1-6939513373204543722\""]]','2026-11-28T00:10:23.406929+00:00','3154b9813441b6dca64a8c1681ca77cc10f18f3f42130d6f48b322afc68e504d',1023,NULL,X'28b52ffd60ff02051400162c8130506bd21c2831b3cecccc6ce541bf65a75dd9bdeedd4cf6ae7f26009cedcb12946942668e808f6c376a20b41d33891818770072006f00ee45096fa92da1289493b2c06283924a9407f476c2b554e400e100e1d060944559140806835003d2dd12c763657bf274398eac2b71bc959f60f7120094da72f3ed68cba5786bc41b0fdf8975119107d4be769d5432a0e1d14fe2e89d52dbbaf6c2a4986e4b2a5996381cd6f7a41eecf68558e8155980145f8669e0732773b9103e10eef033a72af83af69eee739dc2f8396f73b9ec8f36cf42382fbbdce62272c6db1838d4b7b6b7a50def5c5721b789708e7219bb85bbe0721128084ab24d38b334062c17c058180ac328ccf206e30402b567e29853df3a2401504c635a52fb5642a96584487cc2754fef409754c2eb385136e88c3271c89d4f83b6b2bf9814a3a1b4529b17c2e8e00cc568497174bd76225ee6b6add9bc6756f6b88848c8b73d1197fb9e3e856d45fef285c893b04c6ec559e119969ddc9e6ea15c475e440edca255e2bc8e637c21d2f3bd4871b8ecf6ecded6a39f3b03eac16e082594e033e74a086ca0e4768c0f94d48b2815a0f078f46dd15be16f6782bf218c135f5771c6139687c6c2cc181fdca29d8c0fdc7b28ed8cef16acce7b3672191cba736c6b5e6ac52ef8547686b6dc639cc0310d02cb191c1685b12897ae1a94549354e23044418963c9f988eb8c1189a303302830428290951e11d02d836441edb1774553ac48a1c95978cc69110ae51a4da68254e373c2c58cc0c1790bdc8bfa12eabd48e7fd873c0d67a265054442a2aa85b95fb0ad32637b3e1152655e64fdd6c0583c9e3134581e17dde9040dca302f750065aaa63e6c025784fb119bebec60764b192c263c623930',NULL,NULL);
INSERT INTO pages VALUES(3,2,'http://127.0.0.1:37373/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:10:23 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"2-1-6939513373204543722\""]]','2026-11-28T00:10:23.414640+00:00','a768cba6101bc982a75fc6d7b9865bbed98c5f177f9123d13d8df4a22d4a4881',1023,NULL,X'28b52ffd60ff02051400162c8130406bda1c3b8c61433a8661cc26385ab6edcadeeb6efbb2167cc400e16c9e269140efcd97ea14ad8dcce668a5a3bb0213770072006f00eec5096fa92db12e28ab8581c526a985244c7aeb702d353d403c403c2c96444994048259525a40dd0d613456b6234f1dc791d541186fe51dec9e02905473dc7c3fda722fbc35e20be6eb702a1e12c1dad7aed5420838343a4218bd536a73aebd502da6dbd44296218c87f55dad07bb7d210ced44164005df8679e073e772b9104611fe7034a72ef83af69eee735dc2383a6f73b9ec9136d146382fbbdca6e271c6db1c38d4b7b637471bdeb96e426e23e11ce532760b97c1e526585052b251f8a22c08281fc0284cb22cc9a27cc11881a0f6441873ea730e29006b694b536b9fa3926a1921893b5c074fff40a716c2fb3c513ae88c1261c89d9183b6b2bfa816d3925aa9cd0b617c7066314d2d8eae9d9d8997b96dce6cde332b6b543c24f46d51c4e5bea74f6173227f39c3e34d582677e2acf00dcb4e6e4fb750ee232b1e084ed12a71dec731cef0e8f95ebc70b8ecf6ecde9c483f7706ebc16e29a9a46034e74a083a58723bc64652ebc5a40c546844faa6e8b5f0b753c1df1046c7d74d9c310545c04259668c104ed14e4608eebda476c6770ad6e73d1bb90d0edd3936675eeac432f854f686e6b8c758815b160594373c2809a32ca7be9aa456a316f230942484e1c8f988eb8c1108a303302830428290951e11d02d836441edb1774553ac48a1c95978cc69110ae51a4da68254e373c2c58cc0c1790bdc8bfa12eabd48e7fd873c0d67a265054442a2aa85b95fb0ad32637b3e1152655e64fdd6c0583c9e3134581e17dde9040dca302f750065aaa63e6c025784fb119bebec60764b192c263c623930',NULL,NULL);
INSERT INTO pages VALUES(4,3,'http://127.0.0.1:37373/artikel/3.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:10:23 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"3-1-6939513373204543722\""]]','2026-11-28T00:10:23.415097+00:00','2d14ea296619e293c319c9a040bbb10a29428d354fbbce35b32c082c9569843a',1023,NULL,X'28b52ffd60ff02051400162c8131406bda1c3b8c61433a8661cc2610b56cdb95bdd7ddf6652df88801c2d93c4d2281de9b2fd5d1ff666b3f772b1d9d0b3001760072006f00ee45096fa91db12494d5b2c06293d44a14467a0b712d35311e180f8c06a32ccaa23c2c98941a50774b1c8f95edc953c771647512c75b7908bba718926a8e9bef475baec45b21de607c214e45441e58fbdab55ac90087474789a3774a6dceb517aac5749b5ac9b2c4f1b0beabf560b72f64a19dc800a8df8669e0732773b9104610fe7034a72af83af69eee739dc2383a6f73b9ec9136d142382fbbdca62272c6db1838d4b7b637471bdeb96e426e13e11ce532760b77c1e522585052b24d38b334062c17b058160ac328ccf206e30482da3371cca9cf39a41816d398a6d63e4725d532421187b80e4fff40a756c2fb3c513ae88c3271c89d9183b6b2bfa8d6a225b5529b17c2e8e08bb5686a7174edec4cbccc6d7366f39e59d9a32222a16f8b202ef73d7d0a9b13f9cb17224fc232b91367856f5876727bba85721f591139708ad688f33e8ef18548cff7a2c4e1b2dbb37b7322fddc19ebc16e29a9a46034e74a083658723bc64752ebc5a40a507844faa6e8adf0b733c1df1046c8d74d9cf18425406361668c0f4ed14ec607eebda476c6770ad6e73d1bb90c0edd3936675eeac42ef854f686e6b8c73881631a049637301665b12ca7be9aa456a356f230a4a4c4e1c87988eb8c1089a303302830428290951e11d02d836441edb1774553ac48a1c95978cc69110ae51a4da68254e373c2c58cc0c1790bdc8bfa12eabd48e7fd873c0d67a265054442a2aa85b95fb0ad32637b3e1152655e64fdd6c0583c9e3134581e17dde9040dca302f750065aaa63e6c025784fb119bebec60764b192c263c623930',NULL,NULL);
INSERT INTO pages VALUES(5,5,'http://127.0.0.1:37373/artikel/5.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:10:23 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"5-1-6939513373204543722\""]]','2026-11-28T00:10:23.759085+00:00','a1423f5738456b37d0a8d526aee9e2a60a444475c1dfa2c7e4a43b5058593a25',1023,NULL,NULL,NULL,NULL);
INSERT INTO pages VALUES(6,1,'',200,'[0,["date","Sat, 28 Nov 2026 00:10:31 GMT"],2,3,["etag","\"1-2-6939513373204543722\""]]','2026-11-28T00:10:31.405926+00:00','a782e3c7aaedd74bc59a7eb4dfa8d0f7910091886a90db7256359c30cfd9ff1e',1023,1,X'28b52ffd60ff0285000010323203003b402513409d89006a0e02',NULL,NULL);
INSERT INTO pages VALUES(7,2,'',200,'[0,["date","Sat, 28 Nov 2026 00:10:31 GMT"],2,3,["etag","\"2-2-6939513373204543722\""]]','2026-11-28T00:10:31.539150+00:00','fa0a6004af286048c0290212b73578c59b68b28d04eda4443ff4f2dcc817e1c3',1023,3,X'28b52ffd60ff02650000083202003b4025bd02a81908',NULL,NULL);
INSERT INTO pages VALUES(8,5,'',200,'[0,["date","Sat, 28 Nov 2026 00:10:31 GMT"],2,3,["etag","\"5-2-6939513373204543722\""]]','2026-11-28T00:10:31.542881+00:00','7ee0c3094b1c5ece7aba0d750c757724acc90002109c6b9428dce23e15f0cc9a',1023,5,NULL,NULL,NULL);
INSERT INTO pages VALUES(9,2,'',200,'[0,["date","Sat, 28 Nov 2026 00:10:39 GMT"],2,3,["etag","\"2-3-6939513373204543722\""]]','2026-11-28T00:10:39.295101+00:00','63e3e61ca0cefb7556f1918dde74c35c57b234abdae065793f83ec4c2e9c99dc',1023,3,X'28b52ffd60ff02650000083302003b4025bd02a81908',NULL,NULL);
INSERT INTO pages VALUES(10,6,'http://127.0.0.1:37373/artikel/6.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:10:57 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"6-1-6939513373204543722\""]]','2026-11-28T00:10:57.021877+00:00','6f5afce75af8107647c5ebafb2143f81c4b2ef7eb4a62d9b10d8e714895120e5',885,NULL,X'28b52ffd60750215110026a46e348039e93330172360cb45888c4ba0b53b9162ef241121252149ca190f01b1bd55801fd1cf179966d1cc23b2f7964508db61231a02650060005d008d864643e3691666619606a751ea91fe9de278b474aa4066cf2367a638604b8df883aba0d6b137f521fcb22ff4b9421f06ed08934c24c46af8ef77290e011e3f298eef29d931e5efb8ab71bb5d4a37c5017186ba0bc6775a80828102021311005642840901cd1b7ad0c8faecd43186bc673f0cd9d0847a24bbf9ebd8075476c492d44ab7401be6716094c1619ca5699686d1a7b92245fea938e664c8545a85d5b8c6ed6ac856edcb48b2d0c8fb07230a7dc96fb12ed8773d6811a476290b83821d792f5905d1b1c8b53d630229bac9c650e7a80bed4ff6cfd75136444a26100ae1d942bd21af79c6e42784d185c6f6d7ea4f1d9b58674fed85f9a0b367a3b2639c2414e2d39c6c40fb35fdf974f65b9a4fea0da9eca61343534ba87753d99064a2010bc6774aadda38cdd9528a0896ec8fa287da0523b58c8087691e54bba4d73c03185d68308bc3acb7ba20b50e588305ed82c4b70b46bb1ca7b625bf778c51027596e37679f49ef554deedb563f3bdd59ddb43329192b69b2a5436840c39272030428294b51eb832b02207e0177b51975b80942b8601ee75952c5ad91409e84124ed55d7d74c5eb0e52adbd8349fb8a50ac2223bbf35762cce7846468383c7953b4d41f39581bdd491a06ca1a6c6b0195cd1647f96cdafec08b35b6261316fce04ce0e','1f313a3532469ba4837845a3a330ba565d23c8fdf6d82719eaee52e45a65da8f',NULL);
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,                 -- number of the revision
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    number INTEGER NOT NULL,                -- 1, 2, 3 … within the article
    kind TEXT NOT NULL,                     -- first, changed, reread (another reader: nothing was edited), or held (the site or the article could not be read as before: does not count)
    seen_at TEXT NOT NULL,                  -- first look at it; of a kept page that was read again: the look that brought it
    topline TEXT NOT NULL,                  -- short line above the headline
    headline TEXT NOT NULL,                 -- headline
    standfirst TEXT NOT NULL,               -- lead
    authors TEXT NOT NULL,                  -- JSON list
    notes TEXT NOT NULL,                    -- JSON list of broadcast notes and the like: shown, not compared
    language TEXT,                          -- as the page states it
    read_with TEXT NOT NULL,                -- reader and version
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
    hash TEXT NOT NULL, url TEXT NOT NULL DEFAULT '', answer_sha256 TEXT NOT NULL DEFAULT '', before_id INTEGER REFERENCES revisions(id), reread_of INTEGER REFERENCES revisions(id), live INTEGER NOT NULL DEFAULT 0, images_of INTEGER REFERENCES revisions(id), kept_not_before ANY, kept_not_after ANY NOT NULL DEFAULT '', kept_stand_at ANY, not_before TEXT AS (iif(typeof(kept_not_before) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', kept_not_before / 1000000, 'unixepoch') || printf('.%06d+00:00', kept_not_before % 1000000), ''), kept_not_before)) VIRTUAL, not_after TEXT AS (iif(typeof(kept_not_after) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', kept_not_after / 1000000, 'unixepoch') || printf('.%06d+00:00', kept_not_after % 1000000), ''), kept_not_after)) VIRTUAL NOT NULL, stand_at TEXT AS (iif(typeof(kept_stand_at) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', kept_stand_at / 1000000, 'unixepoch') || printf('.%06d+00:00', kept_stand_at % 1000000), ''), kept_stand_at)) VIRTUAL,                     -- sha256 over previous_hash and the content: `nachtrag verify` walks the chain
    UNIQUE (article_id, number)
) STRICT;
INSERT INTO revisions VALUES(1,1,1,'first','2026-11-28T00:10:23.580017+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','87dca8252a433677f729b3801c5366080f2bf41edcd12d0f2f60049829d07017',1,'f4b83140d6f77abcfcf2162976ae912393837b8086dcb614ea67bbdb73adc95b',NULL,'0000000000000000000000000000000000000000000000000000000000000000','1fe29f677a27e37110b61b9d9830f908a6a00ef7044dc116dacb1dd26f29fdde','http://127.0.0.1:37373/artikel/1.html','5135918bfa06018ad3b25c890398518b59d1ea81743ca52646a0a0242795749a',NULL,NULL,0,NULL,NULL,1795824623580017,1793516460000000);
INSERT INTO revisions VALUES(2,4,1,'first','2026-11-28T00:10:23.661594+00:00','','Brücke 4: Rat vertagt sich','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','a6b2b418a08c9d1226c585ea6d27ed81d08ff8979a471fea9ecf783871960e07',2,'3154b9813441b6dca64a8c1681ca77cc10f18f3f42130d6f48b322afc68e504d',NULL,'1fe29f677a27e37110b61b9d9830f908a6a00ef7044dc116dacb1dd26f29fdde','46535bbe5e458044e5526c15544b0a55b4c4f044cdebdb0a9092aa7b410f2a5c','http://127.0.0.1:37373/artikel/4.html','ebec269bddb4e79250da57fea3d08039c312b7e1d3243ca4da819d4891fea34d',NULL,NULL,0,NULL,NULL,1795824623661594,1793516460000000);
INSERT INTO revisions VALUES(3,2,1,'first','2026-11-28T00:10:23.690855+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','f733a52a1f4644e2852a88cf5605a234286cb5eccd3b11607d01154d12e1f6c1',3,'a768cba6101bc982a75fc6d7b9865bbed98c5f177f9123d13d8df4a22d4a4881',NULL,'46535bbe5e458044e5526c15544b0a55b4c4f044cdebdb0a9092aa7b410f2a5c','4a8b5941b7d22b4974a51da6fc905506db213b2089ec8efb2a7217baa9171ff1','http://127.0.0.1:37373/artikel/2.html','19fe016bd7f116dddb5d1cefeba679cfdc505e8b73de04cbe551583405a9e200',NULL,NULL,0,NULL,NULL,1795824623690855,1793516460000000);
INSERT INTO revisions VALUES(4,3,1,'first','2026-11-28T00:10:23.734502+00:00','','Brücke 3: Rat vertagt sich','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','d22d31166c1d5e2a7292518d6916d80cb4bd3a7ebda69ce04346b8895bf71d5e',4,'2d14ea296619e293c319c9a040bbb10a29428d354fbbce35b32c082c9569843a',NULL,'4a8b5941b7d22b4974a51da6fc905506db213b2089ec8efb2a7217baa9171ff1','3c73a387ae4c690a7113205ef124c4ba46f02506afc58395f055607a72597ef2','http://127.0.0.1:37373/artikel/3.html','d5ee0ed094ef5806f2c9ebe8c5d21720a4dc7d74b687d6365cb273c0c23a4d94',NULL,NULL,0,NULL,NULL,1795824623734502,1793516460000000);
INSERT INTO revisions VALUES(5,5,1,'first','2026-11-28T00:10:23.832474+00:00','','','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','a8f46063fa14092aaa602d2371ebcc6e5e6d075cf5acc7a8ede4fa29dd4904cb',5,'a1423f5738456b37d0a8d526aee9e2a60a444475c1dfa2c7e4a43b5058593a25',NULL,'3c73a387ae4c690a7113205ef124c4ba46f02506afc58395f055607a72597ef2','5cdb3b13eda9146f29cc04e71d09c371f828578219b8dca7590847de5c315671','http://127.0.0.1:37373/artikel/5.html','c0ceade4990df4a1bfd9642b611428bdca81002b68838c4730facdb47fa27991',NULL,NULL,0,NULL,NULL,1795824623832474,1793516460000000);
INSERT INTO revisions VALUES(6,1,2,'changed','2026-11-28T00:10:35.678906+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/5','Stand: 01.11.2026 08:02 Uhr',2,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'','d1fa84b66ac72186e92fefd456e2dc7a3bd673647d12de7c5f3562eed0794962',6,'a782e3c7aaedd74bc59a7eb4dfa8d0f7910091886a90db7256359c30cfd9ff1e',NULL,'5cdb3b13eda9146f29cc04e71d09c371f828578219b8dca7590847de5c315671','e14ea4fc0203419f19ef227732972740fd30ae8814fd90c55ad81ea58cbf9292','http://127.0.0.1:37373/artikel/1.html','9f1a8da8dc63107d3398713bffc4b47e5d76c8a471b3b12011ec5e1bdacf99d4',1,NULL,0,NULL,1795824623580017,1795824631405926,1793516520000000);
INSERT INTO revisions VALUES(7,2,2,'changed','2026-11-28T00:10:35.771235+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'','58255a3ee9d2115aa84f24d2479f8aa429cc006228ad2b802cec1f8f9a63db30',7,'fa0a6004af286048c0290212b73578c59b68b28d04eda4443ff4f2dcc817e1c3',NULL,'e14ea4fc0203419f19ef227732972740fd30ae8814fd90c55ad81ea58cbf9292','6b9a7e27c8ac4a3375f0567d742bbc70cab6a345c9efd9705c05772b512978f5','http://127.0.0.1:37373/artikel/2.html','86cb2827d648237ba3ea0489556b7679dd2cbbcac2a9696060049e55b19c9ad0',3,NULL,0,NULL,1795824623690855,1795824631539150,1793516460000000);
INSERT INTO revisions VALUES(8,5,2,'changed','2026-11-28T00:10:35.838639+00:00','','','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,1,1,'',0,'','2522b35d8c923280f168d1cc97d14598701c648bf7b7fcc267c6d99b4c7c2da9',8,'7ee0c3094b1c5ece7aba0d750c757724acc90002109c6b9428dce23e15f0cc9a',NULL,'6b9a7e27c8ac4a3375f0567d742bbc70cab6a345c9efd9705c05772b512978f5','9ed0e9f155593ed1b526bc99a18c1b3fd03b9a01ff55b59d1840fccdce765c94','http://127.0.0.1:37373/artikel/5.html','f407deca48ef21b416f8349d4c147268c48e64400c9c5a0083113003488f77b3',5,NULL,0,NULL,1795824623832474,1795824631542881,1793516460000000);
INSERT INTO revisions VALUES(9,2,3,'changed','2026-11-28T00:10:43.107720+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,1,1,'Dies ist die Fassung Nummer [-2-] {+3+} dieses Artikels, und sie sagt …',0,'','f253ed059bdec91789c8229f8d5a81cce7016c9d5787de053039d37374faa13d',9,'63e3e61ca0cefb7556f1918dde74c35c57b234abdae065793f83ec4c2e9c99dc',NULL,'9ed0e9f155593ed1b526bc99a18c1b3fd03b9a01ff55b59d1840fccdce765c94','fe0856e2b48840ac62d1a5049c807a59bda581cedc33080a9211c8742703c281','http://127.0.0.1:37373/artikel/2.html','f55b331c9a1c177b04a4a7b635b0e66a4bae0c83ea93cbaa46d9069d49b1c75c',7,NULL,0,NULL,1795824635771235,1795824639295101,1793516460000000);
INSERT INTO revisions VALUES(10,6,1,'first','2026-11-28T00:11:04.998345+00:00','','Brücke 6: Rat vertagt sich','','[]','[]','de','generic/5','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','a6a4f6b71963ece41477d52be39c104b5c9d4147dab27681ac48fe933c32a642',10,'6f5afce75af8107647c5ebafb2143f81c4b2ef7eb4a62d9b10d8e714895120e5',NULL,'fe0856e2b48840ac62d1a5049c807a59bda581cedc33080a9211c8742703c281','5361b9ed853baf26e551aa5e38165c7831c0cf21b02172ba21d1f9a45b6d5a12','http://127.0.0.1:37373/artikel/6.html','58c93b19b87b1d8684b3dfc5e5754087dc422599a1494336b9ea174a4bf4a182',NULL,NULL,0,NULL,NULL,1795824664998345,1793516460000000);
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,                 -- number of the text
    sha256 BLOB NOT NULL UNIQUE,            -- of the text; a zero byte follows where the text is erased here and other articles have it
    text TEXT NOT NULL                      -- as the page wrote it; empty after a takedown
) STRICT;
INSERT INTO blocks VALUES(1,X'eb781e63779395856d354f3f68058ab214502f784b512a975657274b1cb5dca7','Der Gemeinderat von Oberwiesenbach hat am Abend über den Neubau der Brücke beraten und sich vertagt.');
INSERT INTO blocks VALUES(2,X'13eebf043da03c60f7e6bce09d86a46592e03d85a6953ef2f4b136da27e3eb9f','Dies ist die Fassung Nummer 1 dieses Artikels, und sie sagt es auch in einem vollständigen Satz.');
INSERT INTO blocks VALUES(3,X'd938255a5f9aa958626a069a09b7db554041561ca08d70a94ccccb63c4a6dad1','Die Bürgermeisterin sagte, man werde die Pläne noch einmal in aller Ruhe prüfen und dann entscheiden.');
INSERT INTO blocks VALUES(4,X'0632998df57bf9fd8511aaa57ff10f14de3aaaf57ef74e0e3494b75458814112','Dies ist die Fassung Nummer 2 dieses Artikels, und sie sagt es auch in einem vollständigen Satz.');
INSERT INTO blocks VALUES(5,X'39b7eaf9c5cfc96528d1744f194f1e82d0940e410c03a688a2ee7efd3047db91','Dies ist die Fassung Nummer 3 dieses Artikels, und sie sagt es auch in einem vollständigen Satz.');
INSERT INTO blocks VALUES(6,X'eb781e63779395856d354f3f68058ab214502f784b512a975657274b1cb5dca700','');
INSERT INTO blocks VALUES(7,X'13eebf043da03c60f7e6bce09d86a46592e03d85a6953ef2f4b136da27e3eb9f00','');
INSERT INTO blocks VALUES(8,X'd938255a5f9aa958626a069a09b7db554041561ca08d70a94ccccb63c4a6dad100','');
INSERT INTO blocks VALUES(9,X'0632998df57bf9fd8511aaa57ff10f14de3aaaf57ef74e0e3494b7545881411200','');
CREATE TABLE revision_images (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    url TEXT NOT NULL,                      -- address of the picture
    alt TEXT NOT NULL,                      -- text for those who do not see it
    caption TEXT NOT NULL,                  -- caption
    credit TEXT NOT NULL,                   -- credit
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE observations (
    id INTEGER PRIMARY KEY,                 -- number of the run
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    revision_id INTEGER REFERENCES revisions(id), -- the version that was seen; null if none was
    outcome TEXT NOT NULL,                  -- new, same, changed, reread, old_copy, suspect, gone, returned, unreadable, failed
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
, kept_first_at ANY NOT NULL DEFAULT '', kept_last_at ANY NOT NULL DEFAULT '', first_at TEXT AS (iif(typeof(kept_first_at) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', kept_first_at / 1000000, 'unixepoch') || printf('.%06d+00:00', kept_first_at % 1000000), ''), kept_first_at)) VIRTUAL NOT NULL, last_at TEXT AS (iif(typeof(kept_last_at) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', kept_last_at / 1000000, 'unixepoch') || printf('.%06d+00:00', kept_last_at % 1000000), ''), kept_last_at)) VIRTUAL NOT NULL) STRICT;
INSERT INTO observations VALUES(1,1,1,'new',1,0.0,1,'37772@2026-11-28T00:10:19.530021Z',0,0,'{"clock_offset_seconds":-0.353156}','',200,'','',1795824623580017,1795824623580017);
INSERT INTO observations VALUES(2,4,2,'new',1,0.0,1,'44140@2026-11-28T00:10:23.400736Z',0,0,'{"clock_offset_seconds":-0.406929}','',200,'','',1795824623661594,1795824623661594);
INSERT INTO observations VALUES(3,2,3,'new',1,0.0,1,'44124@2026-11-28T00:10:23.398372Z',0,0,'{"clock_offset_seconds":-0.41464}','',200,'','',1795824623690855,1795824623690855);
INSERT INTO observations VALUES(4,3,4,'new',1,0.0,1,'44130@2026-11-28T00:10:23.400603Z',0,0,'{"clock_offset_seconds":-0.415097}','',200,'','',1795824623734502,1795824623734502);
INSERT INTO observations VALUES(5,5,5,'new',1,0.0,1,'44130@2026-11-28T00:10:23.400603Z',0,0,'{"clock_offset_seconds":-0.759085}','',200,'','',1795824623832474,1795824623832474);
INSERT INTO observations VALUES(6,4,NULL,'suspect',1,7.7502009999999996736,1,'44222@2026-11-28T00:10:31.400344Z',0,0,'{"date":"Sat, 28 Nov 2026 00:10:31 GMT","connection":"44222@2026-11-28T00:10:31.400344Z","clock_offset_seconds":-0.401888}','',404,'missing','http://127.0.0.1:37373/artikel/4.html: the server says 404',1795824631411795,1795824631411795);
INSERT INTO observations VALUES(7,3,NULL,'suspect',1,7.8142069999999996809,1,'44198@2026-11-28T00:10:31.400086Z',0,0,'{"date":"Sat, 28 Nov 2026 00:10:31 GMT","connection":"44198@2026-11-28T00:10:31.400086Z","clock_offset_seconds":-0.543289}','',404,'missing','http://127.0.0.1:37373/artikel/3.html: the server says 404',1795824631548709,1795824631548709);
INSERT INTO observations VALUES(8,4,NULL,'gone',1,0.22055900000000000504,1,'44226@2026-11-28T00:10:31.622133Z',1,0,'{"date":"Sat, 28 Nov 2026 00:10:31 GMT","connection":"44226@2026-11-28T00:10:31.622133Z","clock_offset_seconds":-0.62908}','',404,'missing','http://127.0.0.1:37373/artikel/4.html: the server says 404',1795824631632354,1795824631632354);
INSERT INTO observations VALUES(9,3,NULL,'gone',3,17.726479999999998682,3,'57480@2026-11-28T00:10:56.882848Z',1,0,'{"date":"Sat, 28 Nov 2026 00:10:31 GMT","connection":"44236@2026-11-28T00:10:31.730373Z","clock_offset_seconds":-0.731726}','{"date":"Sat, 28 Nov 2026 00:10:56 GMT","clock_offset_seconds":-0.890038}',404,'missing','http://127.0.0.1:37373/artikel/3.html: the server says 404',1795824631750810,1795824656926718);
INSERT INTO observations VALUES(10,1,6,'changed',1,12.098888999999999783,1,'44212@2026-11-28T00:10:31.400229Z',0,0,'{"clock_offset_seconds":-0.405926}','',200,'','',1795824635678906,1795824635678906);
INSERT INTO observations VALUES(11,2,7,'changed',1,12.080379999999999896,1,'44146@2026-11-28T00:10:31.398562Z',0,0,'{"clock_offset_seconds":-0.53915}','',200,'','',1795824635771235,1795824635771235);
INSERT INTO observations VALUES(12,5,8,'changed',1,12.006164999999999309,1,'44212@2026-11-28T00:10:31.400229Z',0,0,'{"clock_offset_seconds":-0.542881}','',200,'','',1795824635838639,1795824635838639);
INSERT INTO observations VALUES(13,1,6,'same',1,3.6134469999999998535,1,'44260@2026-11-28T00:10:39.183539Z',0,0,'{"date":"Sat, 28 Nov 2026 00:10:39 GMT","etag":"\"1-2-6939513373204543722\"","connection":"44260@2026-11-28T00:10:39.183539Z","clock_offset_seconds":-0.29215}','',304,'','',1795824639292353,1795824639292353);
INSERT INTO observations VALUES(14,5,8,'same',1,3.4575219999999999842,1,'44252@2026-11-28T00:10:39.178779Z',0,0,'{"date":"Sat, 28 Nov 2026 00:10:39 GMT","etag":"\"5-2-6939513373204543722\"","connection":"44252@2026-11-28T00:10:39.178779Z","clock_offset_seconds":-0.295963}','',304,'','',1795824639296161,1795824639296161);
INSERT INTO observations VALUES(15,4,2,'returned',1,11.43502299999999927,1,'44270@2026-11-28T00:10:39.183680Z',0,0,'{"date":"Sat, 28 Nov 2026 00:10:39 GMT","etag":"\"4-1-6939513373204543722\"","connection":"44270@2026-11-28T00:10:39.183680Z","clock_offset_seconds":-0.185678}','',200,'','',1795824643067377,1795824643067377);
INSERT INTO observations VALUES(16,2,9,'changed',1,7.336484999999999701,1,'44284@2026-11-28T00:10:39.183757Z',0,0,'{"clock_offset_seconds":-0.295101}','',200,'','',1795824643107720,1795824643107720);
INSERT INTO observations VALUES(17,2,9,'same',1,13.780706999999999595,1,'57504@2026-11-28T00:10:56.883061Z',0,0,'{"date":"Sat, 28 Nov 2026 00:10:56 GMT","etag":"\"2-3-6939513373204543722\"","connection":"57504@2026-11-28T00:10:56.883061Z","clock_offset_seconds":-0.887949}','',304,'','',1795824656888427,1795824656888427);
INSERT INTO observations VALUES(18,4,2,'same',1,13.822245000000000558,1,'57496@2026-11-28T00:10:56.882995Z',0,0,'{"date":"Sat, 28 Nov 2026 00:10:56 GMT","etag":"\"4-1-6939513373204543722\"","connection":"57496@2026-11-28T00:10:56.882995Z","clock_offset_seconds":-0.889299}','',304,'','',1795824656889622,1795824656889622);
INSERT INTO observations VALUES(19,6,10,'new',1,0.0,1,'57480@2026-11-28T00:10:56.882848Z',0,0,'{"clock_offset_seconds":-0.021877}','',200,'','',1795824664998345,1795824664998345);
CREATE TABLE comment_counts (
    id INTEGER PRIMARY KEY,                 -- number of the row
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    at TEXT NOT NULL,                       -- first look that showed it
    count INTEGER                           -- comments; null: the page no longer offers any
, before_at TEXT, movement TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO comment_counts VALUES(1,1,'2026-11-28T00:10:23.580017+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(2,4,'2026-11-28T00:10:23.661594+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(3,2,'2026-11-28T00:10:23.690855+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(4,3,'2026-11-28T00:10:23.734502+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(5,5,'2026-11-28T00:10:23.832474+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(6,6,'2026-11-28T00:11:04.998345+00:00',2,NULL,'');
CREATE TABLE rulings (
    id INTEGER PRIMARY KEY,                 -- number of the ruling
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    verdict TEXT NOT NULL,                  -- docs/rulings.md lists them
    rule INTEGER NOT NULL,                  -- row of the table there
    rule_version INTEGER NOT NULL,          -- version of the table
    settled INTEGER NOT NULL,               -- 1: more looks cannot change it
    evidence TEXT NOT NULL,                 -- what it rests on, JSON pairs
    supersedes INTEGER REFERENCES rulings(id), -- the ruling that this one takes back
    previous_hash TEXT NOT NULL,            -- hash of the ruling recorded before
    hash TEXT NOT NULL                      -- sha256 over previous_hash and the content
, kept_at ANY NOT NULL DEFAULT '', kept_not_before ANY, kept_not_after ANY NOT NULL DEFAULT '', at TEXT AS (iif(typeof(kept_at) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', kept_at / 1000000, 'unixepoch') || printf('.%06d+00:00', kept_at % 1000000), ''), kept_at)) VIRTUAL NOT NULL, not_before TEXT AS (iif(typeof(kept_not_before) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', kept_not_before / 1000000, 'unixepoch') || printf('.%06d+00:00', kept_not_before % 1000000), ''), kept_not_before)) VIRTUAL, not_after TEXT AS (iif(typeof(kept_not_after) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', kept_not_after / 1000000, 'unixepoch') || printf('.%06d+00:00', kept_not_after % 1000000), ''), kept_not_after)) VIRTUAL NOT NULL) STRICT;
INSERT INTO rulings VALUES(1,6,'announced',16,9,1,'[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:02 Uhr"],["other clocks","none moved"],["note","stamp earlier than window"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'0000000000000000000000000000000000000000000000000000000000000000','77a3e1b937c75b6f3d9f7a5b2ba095510998c9ebabacda84586eb87031398581',1795824635678906,1795824623580017,1795824631405926);
INSERT INTO rulings VALUES(2,7,'site_text',13,9,1,'[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","not known yet"],["looks at the new version","1 on 1 connections, 0 past all caches"],["on other articles of the site","Dies ist die Fassung Nummer 2 dieses Artikels, und sie sagt es auch in einem vollständigen Satz."]]',NULL,'77a3e1b937c75b6f3d9f7a5b2ba095510998c9ebabacda84586eb87031398581','a92e529c7ba647a56f65dd1d9ef2b92b00c8a919e3d5877d013d8815e4fb26f7',1795824635771235,1795824623690855,1795824631539150);
INSERT INTO rulings VALUES(3,8,'site_text',13,9,1,'[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","not known yet"],["looks at the new version","1 on 1 connections, 0 past all caches"],["on other articles of the site","(erased by us)"]]',NULL,'a92e529c7ba647a56f65dd1d9ef2b92b00c8a919e3d5877d013d8815e4fb26f7','bffc44493c82d205060a33213c5050ee75074e866df50d19d5a54748ffbf5a60',1795824635838639,1795824623832474,1795824631542881);
INSERT INTO rulings VALUES(4,9,'unmarked',22,9,1,'[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","too few settled edits to tell (1)"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'bffc44493c82d205060a33213c5050ee75074e866df50d19d5a54748ffbf5a60','2f257d3b1ba34fd662b4745c592f695160400efa2068557d7c4d18d265a6725c',1795824643107720,1795824635771235,1795824639295101);
CREATE TABLE remarks (
    id INTEGER PRIMARY KEY,                 -- number of the remark
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    at TEXT NOT NULL,                       -- when it was made
    text TEXT NOT NULL                      -- the remark
) STRICT;
INSERT INTO remarks VALUES(1,6,'2026-11-28T00:11:07.678588+00:00','Die Pressestelle weiß davon nichts.');
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
INSERT INTO events VALUES(1,'evt_0b3efc79ed7a4a86bf21d0e22f8e089d','article.discovered','2026-11-28T00:10:23.580017+00:00',1,1,NULL,'http://127.0.0.1:37373/artikel/1.html','discovered','{"id":"evt_0b3efc79ed7a4a86bf21d0e22f8e089d","url":"http://127.0.0.1:37373/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:10:23.580017+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/1#r1"}','2026-11-28T00:10:23.761613+00:00');
INSERT INTO events VALUES(2,'evt_689c7f54688746c9b1ca4e39345cea8e','article.discovered','2026-11-28T00:10:23.661594+00:00',4,2,NULL,'http://127.0.0.1:37373/artikel/4.html','discovered','{"id":"evt_689c7f54688746c9b1ca4e39345cea8e","url":"http://127.0.0.1:37373/artikel/4.html","source":"Tagblatt","headline":"Brücke 4: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:10:23.661594+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/4#r2"}','2026-11-28T00:10:23.761876+00:00');
INSERT INTO events VALUES(3,'evt_8209d4b7bea543b2a21dcf70729f4090','article.discovered','2026-11-28T00:10:23.690855+00:00',2,3,NULL,'http://127.0.0.1:37373/artikel/2.html','discovered','{"id":"evt_8209d4b7bea543b2a21dcf70729f4090","url":"http://127.0.0.1:37373/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:10:23.690855+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/2#r3"}','2026-11-28T00:10:23.762064+00:00');
INSERT INTO events VALUES(4,'evt_eabf67df7c5646768ed2692606ae41bc','article.discovered','2026-11-28T00:10:23.734502+00:00',3,4,NULL,'http://127.0.0.1:37373/artikel/3.html','discovered','{"id":"evt_eabf67df7c5646768ed2692606ae41bc","url":"http://127.0.0.1:37373/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:10:23.734502+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/3#r4"}','2026-11-28T00:10:23.790439+00:00');
INSERT INTO events VALUES(5,'evt_b5b6ff01d15e455cb3d3cd1bde9d013e','article.discovered','2026-11-28T00:10:23.832474+00:00',5,5,NULL,'http://127.0.0.1:37373/artikel/5.html','discovered','{"id":"evt_b5b6ff01d15e455cb3d3cd1bde9d013e","url":"http://127.0.0.1:37373/artikel/5.html","source":"Tagblatt","headline":"","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:10:23.832474+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/5#r5","taken_down_at":"2026-11-28T00:10:46.144129+00:00"}','2026-11-28T00:10:23.887558+00:00');
INSERT INTO events VALUES(6,'evt_398ffda8c3a64bad87fab48776de557b','operations.endpoint_failing','2026-11-28T00:10:23.944890+00:00',NULL,NULL,NULL,'http://127.0.0.1:36969/hook','','{"id":"evt_398ffda8c3a64bad87fab48776de557b","url":"http://127.0.0.1:36969/hook","verdict":"","message":"endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml","values":{"name":"gone","host":"127.0.0.1","status":410,"reason":"it wants no more; set another url, or remove it from config.toml","failures":1,"since":"2026-11-28T00:10:23.944890+00:00"},"endpoint":"gone"}','2026-11-28T00:10:24.007319+00:00');
INSERT INTO events VALUES(7,'evt_9fedd343c9324558b088707478f2276a','article.gone','2026-11-28T00:10:31.632354+00:00',4,NULL,NULL,'http://127.0.0.1:37373/artikel/4.html','removed','{"id":"evt_9fedd343c9324558b088707478f2276a","url":"http://127.0.0.1:37373/artikel/4.html","source":"Tagblatt","headline":"Brücke 4: Rat vertagt sich","verdict":"removed","not_before":"2026-11-28T00:10:23.661594+00:00","not_after":"2026-11-28T00:10:31.411795+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"http://127.0.0.1:37373/artikel/4.html: the server says 404","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":"404","absent_seconds":null,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/4"}','2026-11-28T00:10:31.752584+00:00');
INSERT INTO events VALUES(8,'evt_b06fb856c5f54e9d8689d5e8889548cb','article.gone','2026-11-28T00:10:31.750810+00:00',3,NULL,NULL,'http://127.0.0.1:37373/artikel/3.html','removed','{"id":"evt_b06fb856c5f54e9d8689d5e8889548cb","url":"http://127.0.0.1:37373/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"removed","not_before":"2026-11-28T00:10:23.734502+00:00","not_after":"2026-11-28T00:10:31.548709+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"http://127.0.0.1:37373/artikel/3.html: the server says 404","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":"404","absent_seconds":null,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/3"}','2026-11-28T00:10:31.824788+00:00');
INSERT INTO events VALUES(9,'evt_26b561aa8b8b4268a95894c21b7ee77e','article.changed','2026-11-28T00:10:35.678906+00:00',1,6,1,'http://127.0.0.1:37373/artikel/1.html','announced','{"severity":"high","tags":["number"],"link":"http://127.0.0.1:28377/-/article/1#r6"}','2026-11-28T00:10:35.767664+00:00');
INSERT INTO events VALUES(10,'evt_8ea06435fbe740428ed7619c40921c4c','operations.site_text','2026-11-28T00:10:35.771235+00:00',NULL,NULL,NULL,'127.0.0.1:37373','','{"id":"evt_8ea06435fbe740428ed7619c40921c4c","url":"127.0.0.1:37373","verdict":"","message":"127.0.0.1:37373: several articles were changed alike or at the same time, which is no edit of them: ''(erased by us)''; a profile can leave it out (docs/sites.md)","values":{"host":"127.0.0.1:37373","excerpt":""}}','2026-11-28T00:10:35.823782+00:00');
INSERT INTO events VALUES(11,'evt_19e3373a00664beda825ccfbed173aba','operations.source_failing','2026-11-28T00:10:39.188410+00:00',NULL,NULL,NULL,'http://127.0.0.1:37373/ruhe.xml','','{"id":"evt_19e3373a00664beda825ccfbed173aba","url":"http://127.0.0.1:37373/ruhe.xml","verdict":"","message":"source Ruhe: http://127.0.0.1:37373/ruhe.xml: the server says 404 [http_404], 3 times in a row","values":{"name":"Ruhe","code":"http_404","detail":"http://127.0.0.1:37373/ruhe.xml: the server says 404","failures":3}}','2026-11-28T00:10:39.300626+00:00');
INSERT INTO events VALUES(12,'evt_d2ffe07a5115462d80f6b471563a0371','article.returned','2026-11-28T00:10:43.067377+00:00',4,NULL,NULL,'http://127.0.0.1:37373/artikel/4.html','returned','{"id":"evt_d2ffe07a5115462d80f6b471563a0371","url":"http://127.0.0.1:37373/artikel/4.html","source":"Tagblatt","headline":"Brücke 4: Rat vertagt sich","verdict":"returned","not_before":"2026-11-28T00:10:31.411795+00:00","not_after":"2026-11-28T00:10:43.067377+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":"404","absent_seconds":12,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/4"}','2026-11-28T00:10:43.149181+00:00');
INSERT INTO events VALUES(13,'evt_169f8f1b24884f04b16e8763d6e72307','article.changed','2026-11-28T00:10:43.107720+00:00',2,9,4,'http://127.0.0.1:37373/artikel/2.html','unmarked','{"severity":"high","tags":["number"],"link":"http://127.0.0.1:28377/-/article/2#r9"}','2026-11-28T00:10:43.149278+00:00');
INSERT INTO events VALUES(14,'evt_629b47aba0824bdd90b07cc57481d267','article.discovered','2026-11-28T00:11:04.998345+00:00',6,10,NULL,'http://127.0.0.1:37373/artikel/6.html','discovered','{"id":"evt_629b47aba0824bdd90b07cc57481d267","url":"http://127.0.0.1:37373/artikel/6.html","source":"by hand","headline":"Brücke 6: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:11:04.998345+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"replaces":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"published":null,"kept_until":null,"cite":null,"link":"http://127.0.0.1:28377/-/article/6#r10"}','2026-11-28T00:11:05.012771+00:00');
CREATE TABLE endpoints (
    name TEXT PRIMARY KEY,                  -- name in config.toml
    kind TEXT NOT NULL,                     -- webhook, slack or apprise
    url TEXT NOT NULL,                      -- without user name and password
    events TEXT NOT NULL,                   -- event types it wants, JSON list
    state TEXT NOT NULL,                    -- active, removed (from the configuration), or disabled (the receiver said 410)
    added_at TEXT NOT NULL,                 -- when it was first configured
    failures INTEGER NOT NULL DEFAULT 0,    -- failed attempts in a row
    error TEXT NOT NULL DEFAULT ''          -- why the last attempt failed; empty if it did not
, url_sha256 TEXT NOT NULL DEFAULT '', delivered_at TEXT, let_through TEXT NOT NULL DEFAULT '[]', rests_until TEXT, failing_since TEXT, failing_told INTEGER NOT NULL DEFAULT 0, attempted_at TEXT) STRICT;
INSERT INTO endpoints VALUES('desk','webhook','http://127.0.0.1:37095/hook','["article.*"]','active','2026-11-28T00:10:18.787126+00:00',0,'','977c69e0f982ab7d92c0358f6f6638b4ae9edb6bc8e596054846c0406d7c9949','2026-11-28T00:11:05.035097+00:00','[]',NULL,NULL,0,'2026-11-28T00:11:05.035097+00:00');
INSERT INTO endpoints VALUES('nobody','webhook','http://127.0.0.1:29474/hook','["article.*"]','active','2026-11-28T00:10:18.787126+00:00',6,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections','f41ed8e4d57788d124aa44d8b177e1bd1d82f330c043b9c951cc402c1dc58a79',NULL,'[]',NULL,'2026-11-28T00:10:23.916605+00:00',0,'2026-11-28T00:10:56.956252+00:00');
INSERT INTO endpoints VALUES('gone','webhook','http://127.0.0.1:36969/hook','["article.*"]','disabled','2026-11-28T00:10:18.787126+00:00',1,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml','cb670be646497f3a38fbe9322ea7d46a943d3e45aea705a15c5f99b80285634a',NULL,'[]',NULL,'2026-11-28T00:10:23.944890+00:00',1,'2026-11-28T00:10:23.944890+00:00');
INSERT INTO endpoints VALUES('yearly','webhook','http://127.0.0.1:37095/hook','["article.*"]','active','2026-11-28T00:10:18.787126+00:00',0,'','977c69e0f982ab7d92c0358f6f6638b4ae9edb6bc8e596054846c0406d7c9949','2026-11-28T00:10:56.960662+00:00','[1795824631.411345,1795824639.18811,1795824656.893638]',NULL,NULL,0,'2026-11-28T00:10:56.960662+00:00');
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
    error TEXT NOT NULL DEFAULT '', delivered_at TEXT AS (iif(state = 'delivered', last_attempt_at, NULL)) VIRTUAL, digest_uid TEXT, carried_by INTEGER REFERENCES deliveries(id), at_once INTEGER NOT NULL DEFAULT 0, scheduled_at TEXT, asked_until TEXT,                      -- when the receiver said 2xx
    UNIQUE (event_id, endpoint)
) STRICT;
INSERT INTO deliveries VALUES(1,1,'desk',1,'delivered',1,NULL,NULL,'2026-11-28T00:10:23.950508+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(2,1,'nobody',1,'pending',2,'2026-11-28T00:16:19.704540+00:00',NULL,'2026-11-28T00:10:56.956252+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(3,1,'gone',1,'dead',1,NULL,NULL,'2026-11-28T00:10:23.944890+00:00',410,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(4,1,'yearly',1,'delivered',1,NULL,NULL,'2026-11-28T00:10:31.499724+00:00',200,'','dig_1e24c1dd662d4926b69464d88db94a94',NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(5,2,'desk',4,'delivered',1,NULL,NULL,'2026-11-28T00:10:24.046859+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(6,2,'nobody',4,'pending',1,'2026-11-28T00:10:29.529592+00:00',NULL,'2026-11-28T00:10:24.032420+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(7,2,'gone',4,'dead',0,NULL,NULL,NULL,0,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(8,2,'yearly',4,'delivered',0,NULL,NULL,'2026-11-28T00:10:31.499724+00:00',200,'',NULL,4,0,NULL,NULL);
INSERT INTO deliveries VALUES(9,3,'desk',2,'delivered',1,NULL,NULL,'2026-11-28T00:10:24.059065+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(10,3,'nobody',2,'pending',1,'2026-11-28T00:10:29.494420+00:00',NULL,'2026-11-28T00:10:24.279673+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(11,3,'gone',2,'dead',0,NULL,NULL,NULL,0,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(12,3,'yearly',2,'delivered',0,NULL,NULL,'2026-11-28T00:10:31.499724+00:00',200,'',NULL,4,0,NULL,NULL);
INSERT INTO deliveries VALUES(13,4,'desk',3,'delivered',1,NULL,NULL,'2026-11-28T00:10:24.059861+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(14,4,'nobody',3,'pending',1,'2026-11-28T00:10:36.517435+00:00',NULL,'2026-11-28T00:10:31.471465+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(15,4,'gone',3,'dead',0,NULL,NULL,NULL,0,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(16,4,'yearly',3,'delivered',0,NULL,NULL,'2026-11-28T00:10:31.499724+00:00',200,'',NULL,4,0,NULL,NULL);
INSERT INTO deliveries VALUES(17,5,'desk',5,'delivered',1,NULL,NULL,'2026-11-28T00:10:24.059601+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(18,5,'nobody',5,'pending',1,'2026-11-28T00:10:44.405304+00:00',NULL,'2026-11-28T00:10:39.210609+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(19,5,'gone',5,'dead',0,NULL,NULL,NULL,0,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(20,5,'yearly',5,'delivered',0,NULL,NULL,'2026-11-28T00:10:31.499724+00:00',200,'',NULL,4,0,NULL,NULL);
INSERT INTO deliveries VALUES(21,7,'desk',4,'delivered',1,NULL,NULL,'2026-11-28T00:10:31.844657+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(22,7,'nobody',4,'pending',0,'2026-11-28T00:10:31.752584+00:00',NULL,NULL,0,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(23,7,'yearly',4,'delivered',1,NULL,NULL,'2026-11-28T00:10:39.222975+00:00',200,'','dig_e910d6c0696a435da426ee816e166966',NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(24,8,'desk',3,'delivered',1,NULL,NULL,'2026-11-28T00:10:31.899083+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(25,8,'nobody',3,'pending',0,'2026-11-28T00:10:31.824788+00:00',NULL,NULL,0,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(26,8,'yearly',3,'delivered',0,NULL,NULL,'2026-11-28T00:10:39.222975+00:00',200,'',NULL,23,0,NULL,NULL);
INSERT INTO deliveries VALUES(27,9,'desk',1,'delivered',1,NULL,NULL,'2026-11-28T00:10:35.839574+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(28,9,'nobody',1,'pending',0,'2026-11-28T00:10:35.767664+00:00',NULL,NULL,0,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(29,9,'yearly',1,'delivered',0,NULL,NULL,'2026-11-28T00:10:39.222975+00:00',200,'',NULL,23,0,NULL,NULL);
INSERT INTO deliveries VALUES(30,12,'desk',4,'delivered',1,NULL,NULL,'2026-11-28T00:10:43.186786+00:00',200,'',NULL,NULL,1,NULL,NULL);
INSERT INTO deliveries VALUES(31,12,'nobody',4,'pending',0,'2026-11-28T00:10:43.149181+00:00',NULL,NULL,0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO deliveries VALUES(32,12,'yearly',4,'delivered',1,NULL,NULL,'2026-11-28T00:10:43.183948+00:00',200,'',NULL,NULL,1,NULL,NULL);
INSERT INTO deliveries VALUES(33,13,'desk',2,'delivered',1,NULL,NULL,'2026-11-28T00:10:43.187199+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(34,13,'nobody',2,'pending',0,'2026-11-28T00:10:43.149278+00:00',NULL,NULL,0,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(35,13,'yearly',2,'delivered',1,NULL,NULL,'2026-11-28T00:10:56.960662+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(36,14,'desk',6,'delivered',1,NULL,NULL,'2026-11-28T00:11:05.035097+00:00',200,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(37,14,'nobody',6,'pending',0,'2026-11-28T00:11:05.012771+00:00',NULL,NULL,0,'',NULL,NULL,0,NULL,NULL);
INSERT INTO deliveries VALUES(38,14,'yearly',6,'held',0,'2027-01-01T00:00:00.000000+00:00',NULL,NULL,0,'',NULL,NULL,0,NULL,NULL);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','blocks_fts','blocks_fts',0,'CREATE VIRTUAL TABLE blocks_fts USING fts5(text, content=''blocks'', content_rowid=''id'', tokenize=''unicode61 remove_diacritics 2'')');
CREATE TABLE IF NOT EXISTS 'blocks_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO blocks_fts_data VALUES(1,X'0953');
INSERT INTO blocks_fts_data VALUES(10,X'0000000002010500000001060101');
INSERT INTO blocks_fts_data VALUES(824633720833,X'0000021302303102020701013204020701013305020701056162656e6401020802046c6c657203020c02016d01020702077274696b656c73020209020209010209020375636802020e02020e01020e01076265726174656e01020e02057275636b6501020d020e75726765726d656973746572696e030203010464616e6e0302100202656e01020a0301720104020c020269650202040104020701020401020404017302020202020201020205026573020208020208010208010565696e656d02021002021001021004036d616c03020a020a6e74736368656964656e03021102017302020d02020d01020d010766617373756e67020205020205010205010b67656d65696e646572617401020301036861740102060102696e02020f01020b01020f01020f0202737402020302020301020301036d616e03020501066e657562617501020b02036f63680302090205756d6d6572020206020206010206010e6f62657277696573656e626163680102050105706c616e650302080205727566656e03020e01047275686503020d01047361677402020c02020c01020c0501650302040302747a020212020212010212020369636801021003016502020b02020b01020b01047562657201020902026e6401020f01020a01020f01020a01020a010776657274616774010211020c6f6c6c7374616e646967656e02021102021101021103016e01020401057765726465030206040606060a0906120e0c0a13090707110c0d10080f0c121008100d080b0810130a0a090f060d080c09130c1706');
CREATE TABLE IF NOT EXISTS 'blocks_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO blocks_fts_idx VALUES(6,X'',2);
CREATE TABLE IF NOT EXISTS 'blocks_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO blocks_fts_docsize VALUES(1,X'10');
INSERT INTO blocks_fts_docsize VALUES(2,X'11');
INSERT INTO blocks_fts_docsize VALUES(3,X'10');
INSERT INTO blocks_fts_docsize VALUES(4,X'11');
INSERT INTO blocks_fts_docsize VALUES(5,X'11');
INSERT INTO blocks_fts_docsize VALUES(6,X'00');
INSERT INTO blocks_fts_docsize VALUES(7,X'00');
INSERT INTO blocks_fts_docsize VALUES(8,X'00');
INSERT INTO blocks_fts_docsize VALUES(9,X'00');
CREATE TABLE IF NOT EXISTS 'blocks_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO blocks_fts_config VALUES('version',4);
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','revisions_fts','revisions_fts',0,'CREATE VIRTUAL TABLE revisions_fts USING fts5(topline, headline, standfirst, content=''revisions'', content_rowid=''id'',
    tokenize=''unicode61 remove_diacritics 2'')');
CREATE TABLE IF NOT EXISTS 'revisions_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO revisions_fts_data VALUES(1,X'05001900');
INSERT INTO revisions_fts_data VALUES(10,X'0000000002020700020701010101010000');
INSERT INTO revisions_fts_data VALUES(137438953473,X'0000003c0230360a060101030106627275636b650a0601010201037261740a060101040104736963680a060101060107766572746167740a0601010504080d0a0b');
INSERT INTO revisions_fts_data VALUES(962072674305,X'0000009002303101060101030101320306010103010133040601010301013402060101030106627275636b650106010102010601010201060101020106010102010372617401060101040106010104010601010401060101040104736963680106010106010601010601060101060106010106010776657274616774010601010501060101050106010105010601010504080808081c191a');
CREATE TABLE IF NOT EXISTS 'revisions_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO revisions_fts_idx VALUES(1,X'',2);
INSERT INTO revisions_fts_idx VALUES(7,X'',2);
CREATE TABLE IF NOT EXISTS 'revisions_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO revisions_fts_docsize VALUES(1,X'000500');
INSERT INTO revisions_fts_docsize VALUES(2,X'000500');
INSERT INTO revisions_fts_docsize VALUES(3,X'000500');
INSERT INTO revisions_fts_docsize VALUES(4,X'000500');
INSERT INTO revisions_fts_docsize VALUES(10,X'000500');
CREATE TABLE IF NOT EXISTS 'revisions_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO revisions_fts_config VALUES('version',4);
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
INSERT INTO readings VALUES(1,'generic/5','127.0.0.1:37373','2026-11-28T00:10:23.580017+00:00',1,1,1,297);
INSERT INTO readings VALUES(2,'generic/5','127.0.0.1:37373','2026-11-28T00:10:23.690855+00:00',1,1,1,297);
INSERT INTO readings VALUES(3,'generic/5','127.0.0.1:37373','2026-11-28T00:10:23.734502+00:00',1,1,1,297);
INSERT INTO readings VALUES(4,'generic/5','127.0.0.1:37373','2026-11-28T00:10:23.661594+00:00',1,1,1,297);
INSERT INTO readings VALUES(5,'generic/5','127.0.0.1:37373','2026-11-28T00:10:23.832474+00:00',1,1,1,297);
INSERT INTO readings VALUES(6,'generic/5','127.0.0.1:37373','2026-11-28T00:11:04.998345+00:00',1,1,1,297);
CREATE TABLE doubts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article
    host TEXT NOT NULL,                     -- the site
    since TEXT NOT NULL,                    -- first such look
    at TEXT NOT NULL,                       -- last such look
    lost TEXT NOT NULL,                     -- page, headline, stand, body, grown, text, comments, profile, with spaces between; empty: held, but read well
    held INTEGER NOT NULL,                  -- 1: a version is held
    cleared INTEGER NOT NULL DEFAULT 0      -- 1: the rest of the site reads well, so it is the article: the next look counts
) STRICT;
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
INSERT INTO comments VALUES(1,1,'1aa1ca4bc08e415fb4ae39c3506d53c7d4ecc0ebecdd7b1d856d233ca3eac176','Rosa Roggen','2026-03-02T08:11:00.000000+00:00','Endlich, das Geländer war schon im Herbst ganz lose.','2026-11-28T00:10:23.580017+00:00','2026-11-28T00:10:35.678906+00:00');
INSERT INTO comments VALUES(2,1,'7d662e7a27c8b015dd420572c859e81ba285afa2873e916136c135b025e0b42c','Moritz Moos','2026-03-02T09:40:00.000000+00:00','Und wie kommt mein Esel jetzt auf die Weide?','2026-11-28T00:10:23.580017+00:00','2026-11-28T00:10:35.678906+00:00');
INSERT INTO comments VALUES(3,4,'1aa1ca4bc08e415fb4ae39c3506d53c7d4ecc0ebecdd7b1d856d233ca3eac176','Rosa Roggen','2026-03-02T08:11:00.000000+00:00','Endlich, das Geländer war schon im Herbst ganz lose.','2026-11-28T00:10:23.661594+00:00','2026-11-28T00:10:43.067377+00:00');
INSERT INTO comments VALUES(4,4,'7d662e7a27c8b015dd420572c859e81ba285afa2873e916136c135b025e0b42c','Moritz Moos','2026-03-02T09:40:00.000000+00:00','Und wie kommt mein Esel jetzt auf die Weide?','2026-11-28T00:10:23.661594+00:00','2026-11-28T00:10:43.067377+00:00');
INSERT INTO comments VALUES(5,2,'1aa1ca4bc08e415fb4ae39c3506d53c7d4ecc0ebecdd7b1d856d233ca3eac176','Rosa Roggen','2026-03-02T08:11:00.000000+00:00','Endlich, das Geländer war schon im Herbst ganz lose.','2026-11-28T00:10:23.690855+00:00','2026-11-28T00:10:43.107720+00:00');
INSERT INTO comments VALUES(6,2,'7d662e7a27c8b015dd420572c859e81ba285afa2873e916136c135b025e0b42c','Moritz Moos','2026-03-02T09:40:00.000000+00:00','Und wie kommt mein Esel jetzt auf die Weide?','2026-11-28T00:10:23.690855+00:00','2026-11-28T00:10:43.107720+00:00');
INSERT INTO comments VALUES(7,3,'1aa1ca4bc08e415fb4ae39c3506d53c7d4ecc0ebecdd7b1d856d233ca3eac176','Rosa Roggen','2026-03-02T08:11:00.000000+00:00','Endlich, das Geländer war schon im Herbst ganz lose.','2026-11-28T00:10:23.734502+00:00','2026-11-28T00:10:23.734502+00:00');
INSERT INTO comments VALUES(8,3,'7d662e7a27c8b015dd420572c859e81ba285afa2873e916136c135b025e0b42c','Moritz Moos','2026-03-02T09:40:00.000000+00:00','Und wie kommt mein Esel jetzt auf die Weide?','2026-11-28T00:10:23.734502+00:00','2026-11-28T00:10:23.734502+00:00');
CREATE TABLE unread_pages (
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    code TEXT NOT NULL,                     -- why, as in error_code of articles
    page_id INTEGER NOT NULL REFERENCES pages(id), -- the raw answer
    asked TEXT NOT NULL,                    -- address that was asked; the page may have come from another
    PRIMARY KEY (article_id, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE clock_practice (
    source_id INTEGER NOT NULL REFERENCES sources(id), -- the source
    kind TEXT NOT NULL,                     -- the clock, as in revision_clocks
    edits INTEGER NOT NULL,                 -- settled edits with that clock before and after
    moved INTEGER NOT NULL,                 -- of these, edits with which it moved
    PRIMARY KEY (source_id, kind)
) STRICT, WITHOUT ROWID;
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
INSERT INTO edits VALUES(6,1,1,'2026-11-28T00:10:35.678906+00:00',2,'announced',1,'high','number changed in a sentence that stood (1 → 2)',NULL,3,'');
INSERT INTO edits VALUES(7,2,1,'2026-11-28T00:10:35.771235+00:00',2,'site_text',2,'','',NULL,0,'');
INSERT INTO edits VALUES(8,5,1,'2026-11-28T00:10:35.838639+00:00',2,'site_text',3,'','',NULL,0,'');
INSERT INTO edits VALUES(9,2,1,'2026-11-28T00:10:43.107720+00:00',2,'unmarked',4,'high','number changed in a sentence that stood (2 → 3)',NULL,3,'');
CREATE TABLE edit_tags (
    kind TEXT NOT NULL,                     -- number, date, name, quotation, … (docs/meaning.md)
    seen_at TEXT NOT NULL,                  -- of the edit
    revision_id INTEGER NOT NULL REFERENCES edits(revision_id), -- the version after the edit
    words TEXT NOT NULL, source_id INTEGER NOT NULL DEFAULT 0,                    -- JSON pairs: the words before, the words after
    PRIMARY KEY (kind, seen_at, revision_id)
) STRICT, WITHOUT ROWID;
INSERT INTO edit_tags VALUES('number','2026-11-28T00:10:35.678906+00:00',6,'[["1","2"]]',1);
INSERT INTO edit_tags VALUES('number','2026-11-28T00:10:43.107720+00:00',9,'[["2","3"]]',1);
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
INSERT INTO edit_counts VALUES(1,'2026-11','announced','','',0,0);
INSERT INTO edit_counts VALUES(1,'2026-11','announced','high','',1,1);
INSERT INTO edit_counts VALUES(1,'2026-11','site_text','','',2,2);
INSERT INTO edit_counts VALUES(1,'2026-11','unmarked','','',0,0);
INSERT INTO edit_counts VALUES(1,'2026-11','unmarked','high','',1,1);
CREATE TABLE article_edits (
    source_id INTEGER NOT NULL,             -- source that named the article first
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    edits INTEGER NOT NULL,                 -- edits, as the view outlet_edits has them
    late INTEGER NOT NULL,                  -- of these, those later than 24 hours after we first heard of the article
    headlines INTEGER NOT NULL,             -- of these, those that wrote the headline anew
    first_seconds REAL NOT NULL,            -- from when we first heard of it until the first of them was seen
    PRIMARY KEY (source_id, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO article_edits VALUES(1,1,1,0,0,12.3879999999999999);
INSERT INTO article_edits VALUES(1,2,1,0,0,19.81700000000000017);
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
INSERT INTO departures VALUES(1,4,2,'2026-11-28T00:10:23.661594+00:00','2026-11-28T00:10:31.411795+00:00','2026-11-28T00:10:31.632354+00:00','404','2026-11-28T00:10:43.067377+00:00',2,NULL,NULL,0,0,'removed',NULL,'');
INSERT INTO departures VALUES(2,3,4,'2026-11-28T00:10:23.734502+00:00','2026-11-28T00:10:31.548709+00:00','2026-11-28T00:10:31.750810+00:00','404',NULL,NULL,NULL,NULL,0,0,'removed',NULL,'');
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
INSERT INTO replies VALUES(1,1,6,'2026-11-28T00:11:10.107884+00:00','Tagblatt, Redaktion','2026-11-28T00:11:10.088011+00:00','Ein Versehen.','',NULL,'0000000000000000000000000000000000000000000000000000000000000000','4994b08f7b83d4b2a4174897c599aa8de0ef9069bac0dea9e82577032a2e82ee');
INSERT INTO replies VALUES(2,2,7,'2026-11-28T00:11:14.234486+00:00','Tagblatt, Redaktion','2026-11-28T00:11:14.178589+00:00','Wir bleiben dabei.','',NULL,'4994b08f7b83d4b2a4174897c599aa8de0ef9069bac0dea9e82577032a2e82ee','9df10c0ef6d463401f3b1c00771a04ae27d9731eab8b0ee260cb541c5030fb2e');
INSERT INTO replies VALUES(3,1,6,'2026-11-28T00:11:19.331050+00:00','','2026-11-28T00:11:19.331050+00:00','auf Wunsch der Redaktion','',1,'9df10c0ef6d463401f3b1c00771a04ae27d9731eab8b0ee260cb541c5030fb2e','6fda59885a172ed067b12c1dd55498e91668d0d26ee69d1321aca50691c225dc');
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
INSERT INTO article_counts VALUES(1,'','live',0,0,1,0,'',0);
INSERT INTO article_counts VALUES(1,'1','gone',0,0,0,0,'',1);
INSERT INTO article_counts VALUES(1,'1','live',0,0,0,0,'',2);
INSERT INTO article_counts VALUES(1,'1','live',0,0,1,0,'',0);
INSERT INTO article_counts VALUES(1,'1','live',0,1,0,0,'',1);
INSERT INTO article_counts VALUES(1,'1','live',1,0,0,0,'',1);
INSERT INTO article_counts VALUES(1,'1','suspect',0,0,0,0,'',0);
INSERT INTO article_counts VALUES(3,'','live',0,0,1,0,'',0);
INSERT INTO article_counts VALUES(3,'1,3','live',0,0,0,0,'',1);
INSERT INTO article_counts VALUES(3,'1,3','live',0,0,1,0,'',0);
INSERT INTO article_counts VALUES(3,'3','live',0,0,1,0,'',0);
CREATE TABLE headline_counts (
    source_id INTEGER NOT NULL,             -- source that named them first
    headlines INTEGER NOT NULL,             -- edits that wrote the headline anew
    articles INTEGER NOT NULL,              -- articles with so many of these
    late INTEGER NOT NULL,                  -- their edits later than 24 hours after we first heard of the article
    PRIMARY KEY (source_id, headlines)
) STRICT, WITHOUT ROWID;
INSERT INTO headline_counts VALUES(1,0,2,0);
CREATE TABLE presence_counts (
    source_id INTEGER NOT NULL,             -- source that named the articles first
    verdict TEXT NOT NULL,                  -- removed or returned
    events INTEGER NOT NULL,                -- so often
    articles INTEGER NOT NULL,              -- so many articles
    PRIMARY KEY (source_id, verdict)
) STRICT, WITHOUT ROWID;
INSERT INTO presence_counts VALUES(1,'removed',2,2);
INSERT INTO presence_counts VALUES(1,'returned',1,1);
CREATE TABLE stamp_delays (
    revision_id INTEGER PRIMARY KEY REFERENCES revisions(id), -- the version after the edit
    source_id INTEGER NOT NULL REFERENCES sources(id), -- source that named the article first
    seconds REAL NOT NULL                   -- from the first look at the edit to the first that showed the Stand
) STRICT;
CREATE TABLE learned (
    name TEXT PRIMARY KEY,                  -- of what: price, gaps, hours, a source by its number, …
    value TEXT NOT NULL                     -- JSON
) STRICT, WITHOUT ROWID;
INSERT INTO learned VALUES('arrivals','[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1]');
INSERT INTO learned VALUES('dearer','{}');
INSERT INTO learned VALUES('filled','498840.18245780247');
INSERT INTO learned VALUES('gaps','[[6.011522081369927,5.0,5.0,5.0,5.0,5.0,5.0,8.001827399934287],[5.1257509817752265,5.0,5.0,5.0,5.0,5.0,5.0,5.0258434910298]]');
INSERT INTO learned VALUES('granted','[2.065580799824981]');
INSERT INTO learned VALUES('hour','498840');
INSERT INTO learned VALUES('hours','[[24.013349481304218,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0],[20.14506870524472,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0]]');
INSERT INTO learned VALUES('likelihoods','[-26.637800561203736,-26.946235058344573,-27.23278943942602,-27.46471475259784,-27.67123312435075,-27.859894272853737,-28.011312239143955,-28.126284955003626]');
INSERT INTO learned VALUES('price','0.01');
INSERT INTO learned VALUES('saved','1.0759496822705996');
INSERT INTO learned VALUES('source 1','[[4.013349481304213,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[0.06269169094923657,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[2.0,1.0,0.5,6.0,0.942905665648]]');
INSERT INTO learned VALUES('source 2','[[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[2.0,1.0,0.5,2.0,1.0]]');
INSERT INTO learned VALUES('source 3','[[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[2.0,1.0,0.5,2.0,1.0]]');
INSERT INTO learned VALUES('spent','[1.0]');
INSERT INTO learned VALUES('spent_until','""');
CREATE TABLE imprints (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article; made of the page that last showed the version that stands
    imprint BLOB NOT NULL                   -- which bytes may not change, zlib
) STRICT;
INSERT INTO imprints VALUES(1,X'789c631150955f62df24efb67be5fc3dc91a7b27f44a16bd970c4a2c51284b2d2a494c2f5128ce4cce000017fe0ee5');
INSERT INTO imprints VALUES(2,X'789c631148baecbcd0627bdb8157875ec42688d71a76b3ffa90b4a2c51284b2d2a494c2f5128ce4cce00004e941090');
INSERT INTO imprints VALUES(3,X'789c631198d7f8a5526a7ac81a050da7ef17b41af8d7cbc4ce0e4a2c51284b2d2a494c2f5128ce4cce00002b0b0f2a');
INSERT INTO imprints VALUES(4,X'789c631148cada7df3d026214b3e6bf3b4943e3913d91bbbcd83124b14ca528b4a12d34b148a3393330014850e50');
INSERT INTO imprints VALUES(6,X'789c6311d8136fb2f795d0913b472ee979464e9ca65f3771765750628942596a5149627a8942716672060051e110b8');
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
    cut INTEGER NOT NULL,                   -- of these pauses: not over when we asked again
    rests INTEGER NOT NULL DEFAULT 0,       -- rests that we gave it as it failed
    closest REAL,                           -- least seconds between the beginnings of two requests; null: no two
    busiest INTEGER NOT NULL,               -- requests that began in the 60 seconds that had most
    PRIMARY KEY (day, host)
) STRICT, WITHOUT ROWID;
INSERT INTO host_days VALUES('127.0.0.1:37373','2026-11-28',18,4,9,0,19271,2,0,0,0.0,0,0,0.00032367400126531720161,10);
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
CREATE TABLE revision_blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kept_kind ANY NOT NULL,                 -- kind as it is kept: its number, or a text that has none
    kind TEXT AS (CASE kept_kind WHEN 0 THEN 'paragraph' WHEN 1 THEN 'subhead' WHEN 2 THEN 'quote' WHEN 3 THEN 'list_item' WHEN 4 THEN 'table' WHEN 5 THEN 'note' ELSE kept_kind END) VIRTUAL NOT NULL, -- paragraph, subhead, quote, list_item, table, or note (editor's or correction note)
    block_id INTEGER NOT NULL REFERENCES blocks(id), -- the text
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO revision_blocks VALUES(1,0,0,1);
INSERT INTO revision_blocks VALUES(1,1,0,2);
INSERT INTO revision_blocks VALUES(1,2,0,3);
INSERT INTO revision_blocks VALUES(2,0,0,1);
INSERT INTO revision_blocks VALUES(2,1,0,2);
INSERT INTO revision_blocks VALUES(2,2,0,3);
INSERT INTO revision_blocks VALUES(3,0,0,1);
INSERT INTO revision_blocks VALUES(3,1,0,2);
INSERT INTO revision_blocks VALUES(3,2,0,3);
INSERT INTO revision_blocks VALUES(4,0,0,1);
INSERT INTO revision_blocks VALUES(4,1,0,2);
INSERT INTO revision_blocks VALUES(4,2,0,3);
INSERT INTO revision_blocks VALUES(5,0,0,6);
INSERT INTO revision_blocks VALUES(5,1,0,7);
INSERT INTO revision_blocks VALUES(5,2,0,8);
INSERT INTO revision_blocks VALUES(6,0,0,1);
INSERT INTO revision_blocks VALUES(6,1,0,4);
INSERT INTO revision_blocks VALUES(6,2,0,3);
INSERT INTO revision_blocks VALUES(7,0,0,1);
INSERT INTO revision_blocks VALUES(7,1,0,4);
INSERT INTO revision_blocks VALUES(7,2,0,3);
INSERT INTO revision_blocks VALUES(8,0,0,6);
INSERT INTO revision_blocks VALUES(8,1,0,9);
INSERT INTO revision_blocks VALUES(8,2,0,8);
INSERT INTO revision_blocks VALUES(9,0,0,1);
INSERT INTO revision_blocks VALUES(9,1,0,5);
INSERT INTO revision_blocks VALUES(9,2,0,3);
INSERT INTO revision_blocks VALUES(10,0,0,1);
INSERT INTO revision_blocks VALUES(10,1,0,2);
INSERT INTO revision_blocks VALUES(10,2,0,3);
CREATE TABLE revision_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kept_kind ANY NOT NULL,                 -- kind as it is kept: its number, or a text that has none
    kind TEXT AS (CASE kept_kind WHEN 0 THEN 'stand' WHEN 1 THEN 'published' WHEN 2 THEN 'published_ld' WHEN 3 THEN 'modified_ld' WHEN 4 THEN 'published_meta' WHEN 5 THEN 'modified_meta' WHEN 6 THEN 'published_microdata' WHEN 7 THEN 'modified_microdata' WHEN 8 THEN 'published_tracking' WHEN 9 THEN 'editorial' WHEN 10 THEN 'published_feed' WHEN 11 THEN 'feed' WHEN 12 THEN 'published_sitemap' WHEN 13 THEN 'sitemap' WHEN 14 THEN 'http' WHEN 15 THEN 'api' ELSE kept_kind END) VIRTUAL NOT NULL, -- stand (visible "as of"), published, published_ld, modified_ld, …
    starts ANY,                             -- starts_at as it is kept: whole seconds since 1970, or the instant
    starts_at TEXT AS (iif(typeof(starts) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', starts, 'unixepoch') || '.000000+00:00', ''), starts)) VIRTUAL, -- start of what it covers; null if it cannot be read
    lasts ANY,                              -- ends_at as it is kept: whole seconds after starts_at, or the instant
    ends_at TEXT AS (iif(typeof(lasts) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', starts_at, (lasts) || ' seconds') || '.000000+00:00', ''), lasts)) VIRTUAL, -- end of what it covers
    again_at TEXT,                          -- start of the second reading in a doubled hour
    raw TEXT NOT NULL,                      -- as the page wrote it
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO revision_clocks VALUES(1,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(2,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(3,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(4,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(5,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(6,0,0,1793516520,60,NULL,'Stand: 01.11.2026 08:02 Uhr');
INSERT INTO revision_clocks VALUES(7,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(8,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(9,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(10,0,0,1793516460,60,NULL,'Stand: 01.11.2026 08:01 Uhr');
CREATE TABLE outside_clocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    source_id INTEGER REFERENCES sources(id), -- the source that said so; null: the answer itself
    kept_kind ANY NOT NULL,                 -- kind as it is kept: its number, or a text that has none
    kind TEXT AS (CASE kept_kind WHEN 0 THEN 'stand' WHEN 1 THEN 'published' WHEN 2 THEN 'published_ld' WHEN 3 THEN 'modified_ld' WHEN 4 THEN 'published_meta' WHEN 5 THEN 'modified_meta' WHEN 6 THEN 'published_microdata' WHEN 7 THEN 'modified_microdata' WHEN 8 THEN 'published_tracking' WHEN 9 THEN 'editorial' WHEN 10 THEN 'published_feed' WHEN 11 THEN 'feed' WHEN 12 THEN 'published_sitemap' WHEN 13 THEN 'sitemap' WHEN 14 THEN 'http' WHEN 15 THEN 'api' ELSE kept_kind END) VIRTUAL NOT NULL, -- published_feed, feed (last change), published_sitemap, sitemap, api (date in the API of the site), or http (Last-Modified)
    starts ANY,                             -- starts_at as it is kept: whole seconds since 1970, or the instant
    starts_at TEXT AS (iif(typeof(starts) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', starts, 'unixepoch') || '.000000+00:00', ''), starts)) VIRTUAL, -- start of what it covers; null if it cannot be read
    lasts ANY,                              -- ends_at as it is kept: whole seconds after starts_at, or the instant
    ends_at TEXT AS (iif(typeof(lasts) = 'integer', coalesce(strftime('%Y-%m-%dT%H:%M:%S', starts_at, (lasts) || ' seconds') || '.000000+00:00', ''), lasts)) VIRTUAL, -- end of what it covers
    again_at TEXT,                          -- start of the second reading in a doubled hour
    raw TEXT NOT NULL,                      -- as it was written
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE block_articles (
    block_id INTEGER NOT NULL REFERENCES blocks(id), -- the text
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    first_id INTEGER NOT NULL REFERENCES revisions(id), -- its first version that showed it
    last_id INTEGER NOT NULL REFERENCES revisions(id), -- … and the last one so far
    PRIMARY KEY (block_id, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO block_articles VALUES(1,1,1,6);
INSERT INTO block_articles VALUES(1,2,3,9);
INSERT INTO block_articles VALUES(1,3,4,4);
INSERT INTO block_articles VALUES(1,4,2,2);
INSERT INTO block_articles VALUES(1,6,10,10);
INSERT INTO block_articles VALUES(2,1,1,1);
INSERT INTO block_articles VALUES(2,2,3,3);
INSERT INTO block_articles VALUES(2,3,4,4);
INSERT INTO block_articles VALUES(2,4,2,2);
INSERT INTO block_articles VALUES(2,6,10,10);
INSERT INTO block_articles VALUES(3,1,1,6);
INSERT INTO block_articles VALUES(3,2,3,9);
INSERT INTO block_articles VALUES(3,3,4,4);
INSERT INTO block_articles VALUES(3,4,2,2);
INSERT INTO block_articles VALUES(3,6,10,10);
INSERT INTO block_articles VALUES(4,1,6,6);
INSERT INTO block_articles VALUES(4,2,7,7);
INSERT INTO block_articles VALUES(5,2,9,9);
INSERT INTO block_articles VALUES(6,5,5,8);
INSERT INTO block_articles VALUES(7,5,5,5);
INSERT INTO block_articles VALUES(8,5,5,8);
INSERT INTO block_articles VALUES(9,5,8,8);
CREATE TABLE troubles (
    kind TEXT PRIMARY KEY,                  -- disk_low or clock_odd
    since TEXT NOT NULL,                    -- when it was found first
    found INTEGER NOT NULL,                 -- how often in a row
    told INTEGER NOT NULL                   -- 1: it was told
) STRICT, WITHOUT ROWID;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('events',14);
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
CREATE TRIGGER blocks_ai AFTER INSERT ON blocks BEGIN
    INSERT INTO blocks_fts(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER blocks_au AFTER UPDATE ON blocks BEGIN
    INSERT INTO blocks_fts(blocks_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO blocks_fts(rowid, text) VALUES (new.id, new.text);
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
CREATE INDEX hosts_hiding ON hosts(host, edits_hidden, edits_validated) WHERE edits_hidden > 0;
CREATE INDEX articles_panel ON articles(source_id, panel_share, panel) WHERE panel_share > 0;
CREATE TRIGGER revision_blocks_ai AFTER INSERT ON revision_blocks BEGIN
    INSERT INTO block_articles (block_id, article_id, first_id, last_id)
        SELECT new.block_id, article_id, id, id FROM revisions WHERE id = new.revision_id
        ON CONFLICT DO UPDATE SET first_id = min(first_id, excluded.first_id), last_id = max(last_id, excluded.last_id);
END;
CREATE TRIGGER revision_blocks_au AFTER UPDATE OF block_id ON revision_blocks BEGIN
    DELETE FROM block_articles WHERE block_id = old.block_id
        AND article_id = (SELECT article_id FROM revisions WHERE id = old.revision_id);
    INSERT INTO block_articles (block_id, article_id, first_id, last_id)
        SELECT new.block_id, article_id, id, id FROM revisions WHERE id = new.revision_id
        ON CONFLICT DO UPDATE SET first_id = min(first_id, excluded.first_id), last_id = max(last_id, excluded.last_id);
END;
CREATE TRIGGER revisions_ai AFTER INSERT ON revisions WHEN NOT EXISTS (SELECT 1 FROM revisions b WHERE b.id = new.before_id
    AND (b.topline, b.headline, b.standfirst) = (new.topline, new.headline, new.standfirst)) BEGIN
    INSERT INTO revisions_fts(rowid, topline, headline, standfirst)
    VALUES (new.id, new.topline, new.headline, new.standfirst);
END;
CREATE INDEX deliveries_order ON deliveries(endpoint, article_id, id) WHERE state IN ('pending', 'held');
CREATE INDEX deliveries_held ON deliveries(endpoint, next_attempt_at) WHERE state = 'held' AND carried_by IS NULL;
CREATE INDEX deliveries_carried ON deliveries(carried_by) WHERE carried_by IS NOT NULL;
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
LEFT JOIN revisions b ON b.id = r.before_id
;
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
LEFT JOIN revisions r ON r.id = a.revision_id
;
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
FROM revisions r
;
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
WHERE g.id = (SELECT max(n.id) FROM rulings n WHERE n.revision_id = g.revision_id)
;
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
GROUP BY o.revision_id
;
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
        OR c.ends_at <= json_extract(b.value, '$[1]'))
;
CREATE VIEW comment_moves AS
SELECT
    c.article_id AS article_id,             -- the article
    c.at AS at,                             -- first look that showed the count
    c.count AS count,                       -- comments; null: the page no longer offers any
    c.count - lag(c.count) OVER (PARTITION BY c.article_id ORDER BY c.at, c.id) AS difference, -- since the one before
    c.movement AS movement                  -- what it comes to, as in comment_counts; mostly empty
FROM comment_counts c
;
CREATE VIEW outlets AS
SELECT
    s.name AS source,                       -- the source
    (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles, -- articles that it named first
    (SELECT count(*) FROM articles a WHERE a.source_id = s.id AND a.state = 'gone') AS gone, -- of these, those gone
    s.edits AS edits,                       -- settled edits of the text
    s.edits_stand_moved AS edits_stand_moved, -- how many of them the Stand moved with
    round(100.0 * s.edits_stand_moved / nullif(s.edits, 0)) AS percent -- the same in per cent; null before the first
FROM sources s
;
CREATE VIEW verdicts AS
SELECT
    c.source AS source,                     -- the source
    c.verdict AS verdict,                   -- what we say
    count(*) AS edits                       -- how many edits
FROM changes c
GROUP BY c.source, c.verdict
;
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
FROM articles a
;
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
WHERE a.failures > 0 AND w.watch = 'watched'
;
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
WHERE a.state IN ('suspect', 'gone') AND w.watch = 'watched'
;
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
WHERE w.watch NOT IN ('watched', 'moved')
;
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
FROM readings r GROUP BY r.host, r.read_with
;
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
FROM drifts d WHERE d.to_at IS NULL
;
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
WHERE d.state != 'delivered'
;
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
WHERE e.words > 0 AND e.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live')
;
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
WHERE t.kind = 'correction notice' AND t.source_id = e.source_id
;
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
FROM article_counts c WHERE c.articles > 0
;
CREATE VIEW panel_rates AS
SELECT
    p.source AS source,                     -- source that named the articles first
    p.panel_share AS panel_share,           -- the share of articles that was to be of the panel when they were first read
    p.panel AS panel,                       -- 1: of the panel, 0: the others
    count(*) AS articles,                   -- how many
    sum(p.edits) AS edits,                  -- edits of their texts, as outlet_edits counts them
    sum(p.looks) AS looks,                  -- how often we looked
    round(1.0 * sum(p.edits) / count(*), 3) AS edits_per_article, -- the rate
    round(1.0 * sum(p.looks) / count(*), 1) AS looks_per_article -- what it was found with
FROM (
    SELECT
        s.name AS source, a.panel_share, a.panel, a.source_id,
        (SELECT count(*) FROM edits e WHERE e.article_id = a.id AND e.words > 0 AND e.verdict NOT IN ('misread', 'reread', 'partial', 'site_text', 'site_wide', 'automatic', 'variant', 'live')) AS edits,
        (SELECT coalesce(sum(o.count), 0) FROM observations o WHERE o.article_id = a.id) AS looks
    FROM articles a
    JOIN sources s ON s.id = a.source_id
    WHERE a.panel_share > 0
) p
GROUP BY p.source_id, p.panel_share, p.panel
;
PRAGMA writable_schema=OFF;
COMMIT;
