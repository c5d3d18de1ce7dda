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
INSERT INTO _sqlite_migrations VALUES(1,'nachtrag','m001_tables','2026-11-28 00:05:17.648462+00:00');
INSERT INTO _sqlite_migrations VALUES(2,'nachtrag','m002_pages_without_comments','2026-11-28 00:05:17.649547+00:00');
INSERT INTO _sqlite_migrations VALUES(3,'nachtrag','m003_staleness_by_answer','2026-11-28 00:05:17.650737+00:00');
INSERT INTO _sqlite_migrations VALUES(4,'nachtrag','m004_listed_by_hand','2026-11-28 00:05:17.651102+00:00');
INSERT INTO _sqlite_migrations VALUES(5,'nachtrag','m005_addresses_that_cannot_be_shown','2026-11-28 00:05:17.651875+00:00');
INSERT INTO _sqlite_migrations VALUES(6,'nachtrag','m006_answers_in_the_chain','2026-11-28 00:05:17.652913+00:00');
INSERT INTO _sqlite_migrations VALUES(7,'nachtrag','m007_sites_that_drift','2026-11-28 00:05:17.655369+00:00');
INSERT INTO _sqlite_migrations VALUES(8,'nachtrag','m008_kinds_of_sources','2026-11-28 00:05:17.656923+00:00');
INSERT INTO _sqlite_migrations VALUES(9,'nachtrag','m009_subscriptions','2026-11-28 00:05:17.658872+00:00');
INSERT INTO _sqlite_migrations VALUES(10,'nachtrag','m010_comments','2026-11-28 00:05:17.659229+00:00');
INSERT INTO _sqlite_migrations VALUES(11,'nachtrag','m011_clocks_beside_the_page','2026-11-28 00:05:17.660124+00:00');
INSERT INTO _sqlite_migrations VALUES(12,'nachtrag','m012_unread_pages','2026-11-28 00:05:17.660664+00:00');
INSERT INTO _sqlite_migrations VALUES(13,'nachtrag','m013_live_blogs','2026-11-28 00:05:17.661524+00:00');
INSERT INTO _sqlite_migrations VALUES(14,'nachtrag','m014_practice_with_machine_clocks','2026-11-28 00:05:17.661843+00:00');
INSERT INTO _sqlite_migrations VALUES(15,'nachtrag','m015_edits','2026-11-28 00:05:17.663443+00:00');
INSERT INTO _sqlite_migrations VALUES(16,'nachtrag','m016_outlets','2026-11-28 00:05:17.669318+00:00');
INSERT INTO _sqlite_migrations VALUES(17,'nachtrag','m017_takedowns','2026-11-28 00:05:17.689828+00:00');
INSERT INTO _sqlite_migrations VALUES(18,'nachtrag','m018_counts','2026-11-28 00:05:17.690739+00:00');
INSERT INTO _sqlite_migrations VALUES(19,'nachtrag','m019_departures','2026-11-28 00:05:17.691617+00:00');
INSERT INTO _sqlite_migrations VALUES(20,'nachtrag','m020_movements_of_comments','2026-11-28 00:05:17.703599+00:00');
INSERT INTO _sqlite_migrations VALUES(21,'nachtrag','m022_replies','2026-11-28 00:05:17.704311+00:00');
INSERT INTO _sqlite_migrations VALUES(22,'nachtrag','m023_lists_of_movements','2026-11-28 00:05:17.704651+00:00');
INSERT INTO _sqlite_migrations VALUES(23,'nachtrag','m024_articles_counted','2026-11-28 00:05:17.708346+00:00');
INSERT INTO _sqlite_migrations VALUES(24,'nachtrag','m025_late_stands','2026-11-28 00:05:17.708824+00:00');
INSERT INTO _sqlite_migrations VALUES(25,'nachtrag','m026_faults_without_words','2026-11-28 00:05:17.709108+00:00');
INSERT INTO _sqlite_migrations VALUES(26,'nachtrag','m027_list_of_paused_articles','2026-11-28 00:05:17.709367+00:00');
INSERT INTO _sqlite_migrations VALUES(27,'nachtrag','m028_planning','2026-11-28 00:05:17.795791+00:00');
INSERT INTO _sqlite_migrations VALUES(28,'nachtrag','m029_digests','2026-11-28 00:05:17.799235+00:00');
INSERT INTO _sqlite_migrations VALUES(29,'nachtrag','m030_imprints','2026-11-28 00:05:17.815749+00:00');
INSERT INTO _sqlite_migrations VALUES(30,'nachtrag','m031_manners','2026-11-28 00:05:17.926618+00:00');
INSERT INTO _sqlite_migrations VALUES(31,'nachtrag','m032_room','2026-11-28 00:05:17.933394+00:00');
INSERT INTO _sqlite_migrations VALUES(32,'nachtrag','m033_picking','2026-11-28 00:05:17.934344+00:00');
INSERT INTO _sqlite_migrations VALUES(33,'nachtrag','m036_digests_of_sources','2026-11-28 00:05:17.936425+00:00');
INSERT INTO _sqlite_migrations VALUES(34,'nachtrag','m036_pictures_kept_once','2026-11-28 00:05:17.942660+00:00');
CREATE TABLE meta (
    key TEXT PRIMARY KEY,                   -- "database_id": random, makes ids of events unique across databases
    value TEXT NOT NULL                     -- its value
) STRICT;
INSERT INTO meta VALUES('database_id','4a93e5c7460af43d');
INSERT INTO meta VALUES('base_url','http://127.0.0.1:27717');
INSERT INTO meta VALUES('user_agent','Nachtrag-test (+https://example.org/contact)');
INSERT INTO meta VALUES('gap','0');
INSERT INTO meta VALUES('per_host','4');
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
INSERT INTO sources VALUES(1,'Tagblatt','feed','http://127.0.0.1:39125/feed.xml','127.0.0.1:39125',1.0,'active','2026-11-28T00:05:17.489908+00:00','2026-11-28T00:09:56.501691+00:00',NULL,'','','2026-11-28T00:09:55.501691+00:00','2026-11-28T00:09:55.501691+00:00','2026-11-28T00:09:55.501691+00:00',0,'','',0,2,1,'',604800.0,'[]',0,'http://127.0.0.1:39125/feed.xml','http://127.0.0.1:39125/feed.xml','9102d7deaa8a53f5c8de91b3f29a8b32');
INSERT INTO sources VALUES(2,'Ruhe','feed','http://127.0.0.1:39125/ruhe.xml','127.0.0.1:39125',1.0,'paused','2026-11-28T00:05:17.489908+00:00','2026-11-28T00:07:52.242780+00:00',NULL,'','','2026-11-28T00:07:48.242780+00:00',NULL,NULL,3,'http_404','http://127.0.0.1:39125/ruhe.xml: the server says 404',0,0,0,'',604800.0,'[]',0,'','','');
INSERT INTO sources VALUES(3,'by hand','hand','','',0.0,'active','2026-11-28T00:08:42.336296+00:00',NULL,NULL,'','',NULL,NULL,NULL,0,'','',0,0,0,'',604800.0,'[]',0,'','','');
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
, stale_proven_at TEXT, proofs_checked INTEGER NOT NULL DEFAULT 0, proofs_wrong INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, failing_since TEXT, rests INTEGER NOT NULL DEFAULT 0, rests_until TEXT, asked_until TEXT, gap_seconds REAL, quiet TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO hosts VALUES('127.0.0.1:39125','2026-11-28T00:09:55.543191+00:00',200,replace('User-agent: *\nAllow: /\n','\n',char(10)),'2026-11-28T00:05:18.798726+00:00',0.0,-0.1187249999999999972,'2026-11-28T00:09:55.543191+00:00',NULL,0,0,0,NULL,0,NULL,NULL,NULL,'');
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
INSERT INTO articles VALUES(1,'http://127.0.0.1:39125/artikel/1.html','http://127.0.0.1:39125/artikel/1.html','127.0.0.1:39125',1,'live',1,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:08:03.319848+00:00',NULL,'2026-11-28T00:08:02.319848+00:00','2026-11-28T00:08:02.319848+00:00','2026-11-28T00:06:53.575305+00:00',7,'[["stand","2026-11-01T07:02:00.000000+00:00","2026-11-01T07:03:00.000000+00:00",null,"Stand: 01.11.2026 08:02 Uhr"]]',2,'"1-2-3079242772877084850"','',0,'','',0,NULL,'','',0.0,0,NULL,'1','2026-11-28T00:05:31.994532+00:00',1.0040544947825560395,0.051165573895921627467,498840.1037280757446,0,0,'b28761b9ba327d67433944799898cbba');
INSERT INTO articles VALUES(2,'http://127.0.0.1:39125/artikel/2.html','http://127.0.0.1:39125/artikel/2.html','127.0.0.1:39125',1,'live',0,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:09:56.103004+00:00',NULL,'2026-11-28T00:09:55.103004+00:00','2026-11-28T00:09:55.103004+00:00','2026-11-28T00:08:15.271963+00:00',9,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"2-3-3079242772877084850"','',0,'','',0,NULL,'','',0.0,0,NULL,'1','2026-11-28T00:05:31.994532+00:00',2.1294672169730133326,0.17521943182151561435,498840.12615467706926,0,0,'10b629749c4d3b039107ee1baa0f7aab');
INSERT INTO articles VALUES(3,'http://127.0.0.1:39125/artikel/3.html','http://127.0.0.1:39125/artikel/3.html','127.0.0.1:39125',1,'gone',0,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:09:56.103506+00:00',NULL,'2026-11-28T00:09:55.103506+00:00','2026-11-28T00:05:32.957609+00:00',NULL,1,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"3-1-3079242772877084850"','',0,'','',4,'2026-11-28T00:06:43.668619+00:00','59852@2026-11-28T00:06:17.438289Z','',0.0,0,NULL,'1','2026-11-28T00:05:31.994532+00:00',0.0,0.0,NULL,0,0,'18d0f8821ea7c52ea0213f54131b7524');
INSERT INTO articles VALUES(4,'http://127.0.0.1:39125/artikel/4.html','http://127.0.0.1:39125/artikel/4.html','127.0.0.1:39125',1,'live',0,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:09:54.638814+00:00',NULL,'2026-11-28T00:09:53.638814+00:00','2026-11-28T00:09:53.638814+00:00',NULL,4,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"4-1-3079242772877084850"','',0,'','',0,NULL,'','',0.0,0,NULL,'1','2026-11-28T00:05:31.994532+00:00',0.0,0.16111684374478230097,NULL,0,0,'3bf244f167b86d887968a9578d2c697a');
INSERT INTO articles VALUES(5,'http://127.0.0.1:39125/artikel/5.html','http://127.0.0.1:39125/artikel/5.html','127.0.0.1:39125',1,'live',0,'2026-11-28T00:05:31.994532+00:00',NULL,NULL,'2026-11-28T00:08:02.320520+00:00','2026-11-28T00:08:02.320520+00:00','2026-11-28T00:06:53.898895+00:00',8,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"5-2-3079242772877084850"','',0,'','',0,NULL,'','',0.0,0,'2026-11-28T00:08:29.200916+00:00','1','2026-11-28T00:05:31.994532+00:00',1.0040483909005044615,0.050934938513197101916,498840.10383475926937,0,0,'13a492c38bef3e807eb3abc12a731f6a');
INSERT INTO articles VALUES(6,'http://127.0.0.1:39125/artikel/6.html','http://127.0.0.1:39125/artikel/6.html','127.0.0.1:39125',3,'live',0,'2026-11-28T00:08:42.336296+00:00','2026-11-28T00:15:05.590605+00:00',NULL,'2026-11-28T00:09:55.543191+00:00','2026-11-28T00:09:55.543191+00:00',NULL,10,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]',2,'"6-1-3079242772877084850"','',0,'','',0,NULL,'','',0.0,0,NULL,'1,3','2026-11-28T00:08:42.336296+00:00',0.0,0.0,NULL,0,0,'b10f689c2881be0781bcc0a52860a035');
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
INSERT INTO listings VALUES(1,1,'Brücke 1',NULL,NULL,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:09:55.501691+00:00','[]');
INSERT INTO listings VALUES(1,2,'Brücke 2',NULL,NULL,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:09:55.501691+00:00','[]');
INSERT INTO listings VALUES(1,3,'Brücke 3',NULL,NULL,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:09:55.501691+00:00','[]');
INSERT INTO listings VALUES(1,4,'Brücke 4',NULL,NULL,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:09:55.501691+00:00','[]');
INSERT INTO listings VALUES(1,5,'Brücke 5',NULL,NULL,'2026-11-28T00:05:31.994532+00:00','2026-11-28T00:09:55.501691+00:00','[]');
INSERT INTO listings VALUES(1,6,'Brücke 6',NULL,NULL,'2026-11-28T00:09:55.501691+00:00','2026-11-28T00:09:55.501691+00:00','[]');
INSERT INTO listings VALUES(3,6,'',NULL,NULL,'2026-11-28T00:08:42.336296+00:00','2026-11-28T00:08:42.336296+00:00','[]');
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
INSERT INTO pages VALUES(1,3,'http://127.0.0.1:39125/artikel/3.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:05:32 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"3-1-3079242772877084850\""]]','2026-11-28T00:05:32.859763+00:00','c7b8b2a035efd28b9198cccbce02660cc3ebddd7fe45a36ab84d38814a7694c4',1023,NULL,X'28b52ffd60ff02051400162c8130504dd21c2867e6195555d5e8d8472d3bedca9ef126cd64effac2c28f588c4f28646bcf23a3f86d37d29ef3669869853d770072006f00eec50a6fa92da1322827a581c50625952810e8edc3b5543460c11c806030caa22c4a8105831003d2dd928663657bf274398eac2b69bc957fb07b09004a6db9f976b4e566786bc41910dfc7aa8848056a5fbb4e2a31f0e0e82769f44ea96d5d7b61524cb725952c4b1a0eeb7b520f76fb4234f48a2c400a5f8799e0732773b9103e13eef033a736f83af69eee739dc2f8396f73b9ec8f36cf4e382fbbdca62272c6db2438d4b7b6b7a50def5c3721b7a1708e7219bb85ebe0721728084ab25938b3300c2c27b058160ac328cc7206e30402b567d29853df3a2401504c635a52fb5642a9658448fce13a4fef409754c2eb38513ee88c3269c89dcf83b6b2bf98d4a2a1b4529b17c218e10bb568497174bd76225ee6b6add9bc6756e6a88848c8b73d1197fb9e3e856d45fef286c8abb04ceec459e11d969ddc9e6ea15c475644149ca255e2bc8e63bc21d2f3bd98e170d9edd9bdad473f7706eac16e082594e033e74a0884a0e4768c0e94d48b2821b8e078f44dd18be16f2783bf218c8faf9b38630b8b00c6c2cc18259ca29d8c12dc7b28ed8cef14acce7b36721f1cba736c6b5eeac43af8547687b6dc63ccc0318c03cb1d201665b12897ae1a94549354e23044414963c9f988eb8c1149a303302830428290951e11d02d836441edb1774553ac48a1c95978cc69110ae51a4da68254e373c2c58cc0c1790bdc8bfa12eabd48e7fd873c0d67a265054442a2aa85b95fb0ad32637b3e1152655e64fdd6c0583c9e3134581e17dde9040dca302f750065aaa63e6c025784fb119bebec60764b192c263c623930',NULL,NULL);
INSERT INTO pages VALUES(2,2,'http://127.0.0.1:39125/artikel/2.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:05:32 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"2-1-3079242772877084850\""]]','2026-11-28T00:05:32.863295+00:00','5d1b241ceb679835381a8e9ab70e5696a889289e94ac25375f99221a5a426770',1023,NULL,X'28b52ffd60ff02051400162c8130404dda1c3b18c3c6388aa200e980a865dbaeec7decb62f6bc1b70aa09bb725e72ca384676687bb9b3498d1ee0c0f7622770072006f00ee450b6fa91db12494d5d2c06293d4421226bd75b8969a08300b02018b2551122531c02c292da0ee86301a2bdb91a78ee3c8ea208cb7f20e764f0148aa396ebe1f6db9126f85f882f93a9c8a875cb0f6b56bb590030f8d8e1046ef94da9c6b2f548be936b5906508e3617d57ebc16e5f48433b910550015f87a9e073e772b9104614fe7034a73af83af69eee735dc2383a6f73b9ec9136d152382fbbdca6e271c6db2838d4b7b637471bdeb96e426e53e11ce532760bf7c1e532585052b25df8a22c0e282fc0284cb22cc9a27cc11881a0f6441873ea730e29006b694b536b9fa3926a19a1883b5c074fff40a716c2fb3c513ee88c1261c89dd183b6b2bfa816d3925aa9cd0b61947066314d2d8eae9d9d8997b96dce6cde332b6b543c24f46d11c4e5bea74f6173227f79c3e359582677e2acf00ecb4e6e4fb750ee232b1e0b4ed11a71dec731def0e8f95e94385c767b766f4ea49f3b03ebc16e29a9a46034e74a084658723bc64652ebc5a412606844faa6e8cdf0b7b3c1df1046c7d74d9cf10565c04259668c134ed14ec609eebda476c6770ad6e73d1bb9100edd3936675eeac43ef8547687e6b8c7b8815b1608943b08501246594e7d3549ad462de461284908c391f310d71921104607302830428290951e11d02d836441edb1774553ac48a1c95978cc69110ae51a4da68254e373c2c58cc0c1790bdc8bfa12eabd48e7fd873c0d67a265054442a2aa85b95fb0ad32637b3e1152655e64fdd6c0583c9e3134581e17dde9040dca302f750065aaa63e6c025784fb119bebec60764b192c263c623930',NULL,NULL);
INSERT INTO pages VALUES(3,1,'http://127.0.0.1:39125/artikel/1.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:05:32 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"1-1-3079242772877084850\""]]','2026-11-28T00:05:32.863680+00:00','5173960627cd29fba8e36cfb435b0ce142bfdc93aca03ba1da6eed66feafa6c3',1023,NULL,X'28b52ffd60ff02fd130016ec8030504dd21c2867e6195555d5e898ffb7ecb42b7bc69b3493bdeb0b0b3f62313ea190ad3d8f8c386c37d29ef3669869853d760072006f00ee450b6fa91da1249493d2c06283924a1406bd7db8968a082c180402188cb2288b6260c120c48074b7a4e158d99e3c5d8e23eb4a1a6fe51fec5e0280525b6ebe1d6db9126f853883f93e5645442e50fbda7552c98107473f49a3774a6debda0b9362ba2da96459d27058df937ab0db17a2a1576401525f87a9e0732773b9103e14eef033a73af83af69eee739dc2f8396f73b9ec8f36cf52382fbbdca62272c6db2838d4b7b6b7a50def5c3721b7a9708e7219bb85fbe0721928084ab25d38b3300e2c2fb058160ac328cc7206e30402b567d29853df3a2401504c635a52fb5642a9658444fce13a4fef409754c2eb38513ee88c3269c89dcf83b6b2bf98d4a2a1b4529b17c228e10bb568497174bd76225ee6b6add9bc6756e6a88848c8b73d1097fb9e3e856d45fef286c8b3b04ceec459e11d969ddc9e6ea15c475644169ca235e2bc8e63bc21d2f3bd2871b8ecf6ecded6a39f3b03eac16e082594e033e74a088ca0e4768c0e94d48b2825c0e078f44dd19be16f6783bf218c8faf9b38e30bcb00c6c2cc18279ca29d8c13dc7b28ed8cef14acce7b3672211cba736c6b5eeac43ef8547687b6dc63dcc0310c04cb1d042cca62512e5d3528a926a9c461888292c692f310d71921924607302830428290951e11d02d836441edb1774553ac48a1c95978cc69110ae51a4da68254e373c2c58cc0c1790bdc8bfa12eabd48e7fd873c0d67a265054442a2aa85b95fb0ad32637b3e1152655e64fdd6c0583c9e3134581e17dde9040dca302f750065aaa63e6c025784fb119bebec60764b192c263c623930',NULL,NULL);
INSERT INTO pages VALUES(4,4,'http://127.0.0.1:39125/artikel/4.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:05:32 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"4-1-3079242772877084850\""]]','2026-11-28T00:05:32.907796+00:00','d00e6863e9abfb54dff34d1dbea9da30d0a40b2e19215aecd991e093c3405cf3',1023,NULL,X'28b52ffd60ff02051400162c8130504dd21c2867e6195555d5e8d8472d3bedca9ef126cd64effac2c28f588c4f28646bcf23037fd86ea43de7cd30d30a7b770072006f00eec50a6fa92da1322827a581c50625952810e8edc3b5543460c11c10c06094455994020b062106a4bb250dc7caf6e4e9721c5957d2782bff60f7120094da72f3ed68cbcdf0d6883320be8f5511910ad4be769d5462e0c1d14fd2e89d52dbbaf6c2a4986e4b2a5996341cd6f7a41eecf68568e8155980145f8799e0732773b9103e13eef033a736f83af69eee739dc2f8396f73b9ec8f36cf4e382fbbdca62272c6db2438d4b7b6b7a50def5c3721b7a1708e7219bb85ebe0721728084ab25938b3300c2c27b058160ac328cc7206e30402b567d29853df3a2401504c635a52fb5642a9658448fce13a4fef409754c2eb38513ee88c3269c89dcf83b6b2bf98d4a2a1b4529b17c218e10bb568497174bd76225ee6b6add9bc6756e6a88848c8b73d1197fb9e3e856d45fef286c8abb04ceec459e11d969ddc9e6ea15c475644149ca255e2bc8e63bc21d2f3bd98e170d9edd9bdad473f7706eac16e082594e033e74a0884a0e4768c0e94d48b2821b8e078f44dd18be16f2783bf218c8faf9b38630b0b046361668c124ed14e4609ee3d9476c6770a56e73d1bb90f0edd39b6352f75621d7c2abb435bee3166e018c681e50e021665b12897ae1a94549354e23044414963c9f988eb8c1149a303302830428290951e11d02d836441edb1774553ac48a1c95978cc69110ae51a4da68254e373c2c58cc0c1790bdc8bfa12eabd48e7fd873c0d67a265054442a2aa85b95fb0ad32637b3e1152655e64fdd6c0583c9e3134581e17dde9040dca302f750065aaa63e6c025784fb119bebec60764b192c263c623930',NULL,NULL);
INSERT INTO pages VALUES(5,5,'http://127.0.0.1:39125/artikel/5.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:05:33 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"5-1-3079242772877084850\""]]','2026-11-28T00:05:33.438528+00:00','12e9b09df4c44b184d85346a6aa328db1eb4ad9cfac77e765adf5af3c7aa0f3a',1023,NULL,NULL,NULL,NULL);
INSERT INTO pages VALUES(6,2,'',200,'[0,["date","Sat, 28 Nov 2026 00:06:17 GMT"],2,3,["etag","\"2-2-3079242772877084850\""]]','2026-11-28T00:06:17.511740+00:00','94395ec31f244339fa8f0754486e42265851c0a6f3daf54a168bcf8705038cfd',1023,2,X'28b52ffd60ff02650000083202003b4025bd02a81908',NULL,NULL);
INSERT INTO pages VALUES(7,1,'',200,'[0,["date","Sat, 28 Nov 2026 00:06:44 GMT"],2,3,["etag","\"1-2-3079242772877084850\""]]','2026-11-28T00:06:45.046436+00:00','0899df378f53d91117937fd8ccceaa957549fec25460377dda8c5cb78c4eaf1e',1023,3,X'28b52ffd60ff0285000010323203003b402513409d89006a0e02',NULL,NULL);
INSERT INTO pages VALUES(8,5,'',200,'[0,["date","Sat, 28 Nov 2026 00:06:45 GMT"],2,3,["etag","\"5-2-3079242772877084850\""]]','2026-11-28T00:06:45.436173+00:00','65eb38f7e80484543e50f670a4d21c5cd5032c6238e45f3d4306181d2fc079d2',1023,5,NULL,NULL,NULL);
INSERT INTO pages VALUES(9,2,'',200,'[0,["date","Sat, 28 Nov 2026 00:08:02 GMT"],2,3,["etag","\"2-3-3079242772877084850\""]]','2026-11-28T00:08:02.319444+00:00','57ab74d2acf0751abfbcbbe0760babd5b4f1c745c6e27d2bba72fdb3d152a99e',1023,2,X'28b52ffd60ff02650000083302003b4025bd02a81908',NULL,NULL);
INSERT INTO pages VALUES(10,6,'http://127.0.0.1:39125/artikel/6.html',200,'[["server","BaseHTTP/0.6 Python/3.11.7"],["date","Sat, 28 Nov 2026 00:09:55 GMT"],["content-type","text/html; charset=utf-8"],["content-length","1023"],["etag","\"6-1-3079242772877084850\""]]','2026-11-28T00:09:55.118725+00:00','336875aab44085364024d3b2b3c1fb009b14243f57836bc9d0909e032a102138',885,NULL,X'28b52ffd60750215110026a46e348039e93330172360cb4d519426d0da9d48b177928890929024e58c8780d8de2ac08fe8e78b4cb366b04776ef2ddb016c878d6808650060005d00039ce681e16916666116024ea3d423fd3bc5f168e95481cc9e47ce4c71c0961af1077741ad636fea43f86563e8b3853e0dda112699c888d5f0dfef521c023c7e521cdf53b263cadf7157e376bb946e8a03e20c75178cefd440458305052824002c85091502cd1b82d0c8faecd43186bc67bf0cd910857a24bbf9ebd80854b6c492d44ac7401be67160b4c1619ca5699686d1a7b92245fea938e664c854da85d5b8c6ed6ac856edcb48bad0c8fb07a30a7dc97fb130d877416811a476294b83821d792f5905d1b1c8b55dc2045674939da1ce511bed4ff6cfd75136444a26111ae1f942bd21afb984c94f08230c8dedafd59f3a36b1ce9eda8d09a1b367a3b2639c2614e2d39c7c40fb35fdf974f65b9a4fea0da9eca61343534fa87753d99064a2010bc6774aadda38cdd9528a0996ec8fa287da0523b58c8087691e54bba4d73c0f8c361898c561d65b5d90da07ccc1827641e2db05a35d8e53db92df3bc648813acb71bb3c7acf7a2aeff6dab1f9deeaceed21994849db4d162a1b42861c272030428294b51eb832b02207e0177b51975b80942b8601ee75952c5ad91409e84124ed55d7d74c5eb0e52adbd8349fb8a50ac2223bbf35762cce7846468383c7953b4d41f39581bdd491a06ca1a6c6b0195cd1647f96cdafec08b35b6261316fce04ce0e','10013be590f00f05cb5255ecf02028555f1111de9dbd55f05fb6cb0bd1314ffc',NULL);
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
INSERT INTO revisions VALUES(1,3,1,'first','2026-11-28T00:05:32.957609+00:00',NULL,'2026-11-28T00:05:32.957609+00:00','','Brücke 3: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','d22d31166c1d5e2a7292518d6916d80cb4bd3a7ebda69ce04346b8895bf71d5e',1,'c7b8b2a035efd28b9198cccbce02660cc3ebddd7fe45a36ab84d38814a7694c4',NULL,'0000000000000000000000000000000000000000000000000000000000000000','11cca22da7f25c1e2dcab181ddb8268ec5eeece1bc6674911e55a55dab75159b','http://127.0.0.1:39125/artikel/3.html','d5ea376e8247924a3930afee377b00648f1fe16185f61f30dbd9743416f50a8c',NULL,NULL,0,NULL);
INSERT INTO revisions VALUES(2,2,1,'first','2026-11-28T00:05:33.049343+00:00',NULL,'2026-11-28T00:05:33.049343+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','f733a52a1f4644e2852a88cf5605a234286cb5eccd3b11607d01154d12e1f6c1',2,'5d1b241ceb679835381a8e9ab70e5696a889289e94ac25375f99221a5a426770',NULL,'11cca22da7f25c1e2dcab181ddb8268ec5eeece1bc6674911e55a55dab75159b','8460af1b63088d03c9860b26e129a7433a6907f5075074c45dd4816ab71d9b38','http://127.0.0.1:39125/artikel/2.html','07ba546b811e14d15af1b7057b1f94b1ecdde41905c2f10d6253586ee3ef4590',NULL,NULL,0,NULL);
INSERT INTO revisions VALUES(3,1,1,'first','2026-11-28T00:05:33.266840+00:00',NULL,'2026-11-28T00:05:33.266840+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','87dca8252a433677f729b3801c5366080f2bf41edcd12d0f2f60049829d07017',3,'5173960627cd29fba8e36cfb435b0ce142bfdc93aca03ba1da6eed66feafa6c3',NULL,'8460af1b63088d03c9860b26e129a7433a6907f5075074c45dd4816ab71d9b38','6157f30b643be33d5192cef599b6001f8d1ed52feae44ebebad2b3af27782cac','http://127.0.0.1:39125/artikel/1.html','1a4ddc7748b53aca54e249f9947850ac65f6816d5ce5b58083993f473e55608c',NULL,NULL,0,NULL);
INSERT INTO revisions VALUES(4,4,1,'first','2026-11-28T00:05:33.267021+00:00',NULL,'2026-11-28T00:05:33.267021+00:00','','Brücke 4: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','a6b2b418a08c9d1226c585ea6d27ed81d08ff8979a471fea9ecf783871960e07',4,'d00e6863e9abfb54dff34d1dbea9da30d0a40b2e19215aecd991e093c3405cf3',NULL,'6157f30b643be33d5192cef599b6001f8d1ed52feae44ebebad2b3af27782cac','b97a451b81691d6b272319e19c82a4298aac792b411db4ca133b16252f24e4cc','http://127.0.0.1:39125/artikel/4.html','d30edd9d229bbe6eb9c5b2a07c10392f9dfe61d26a4e41487daf1bf696b2e2f6',NULL,NULL,0,NULL);
INSERT INTO revisions VALUES(5,5,1,'first','2026-11-28T00:05:33.711372+00:00',NULL,'2026-11-28T00:05:33.711372+00:00','','','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','a8f46063fa14092aaa602d2371ebcc6e5e6d075cf5acc7a8ede4fa29dd4904cb',5,'12e9b09df4c44b184d85346a6aa328db1eb4ad9cfac77e765adf5af3c7aa0f3a',NULL,'b97a451b81691d6b272319e19c82a4298aac792b411db4ca133b16252f24e4cc','e977779c3341806e5d91b043f4d427319acef75d5776692ffd6c0ab5082db69c','http://127.0.0.1:39125/artikel/5.html','2dc21cd6bbb6ebe555c732919c34513215f6975b52c231d10fe520a286e2cf39',NULL,NULL,0,NULL);
INSERT INTO revisions VALUES(6,2,2,'changed','2026-11-28T00:06:53.041712+00:00','2026-11-28T00:05:33.049343+00:00','2026-11-28T00:06:17.511740+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'','58255a3ee9d2115aa84f24d2479f8aa429cc006228ad2b802cec1f8f9a63db30',6,'94395ec31f244339fa8f0754486e42265851c0a6f3daf54a168bcf8705038cfd',NULL,'e977779c3341806e5d91b043f4d427319acef75d5776692ffd6c0ab5082db69c','9cd28c749dcc69267a954df056650bef79dd139bc365e6aee70c01bad9086c1e','http://127.0.0.1:39125/artikel/2.html','0b77fa2900099718fb02eaadc62dcfbe8ec983e8b1e5d65452d7e407c73002e8',2,NULL,0,NULL);
INSERT INTO revisions VALUES(7,1,2,'changed','2026-11-28T00:06:53.575305+00:00','2026-11-28T00:05:33.266840+00:00','2026-11-28T00:06:45.046436+00:00','','Brücke 1: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:02:00.000000+00:00','Stand: 01.11.2026 08:02 Uhr',2,54,1,1,'Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …',0,'','d1fa84b66ac72186e92fefd456e2dc7a3bd673647d12de7c5f3562eed0794962',7,'0899df378f53d91117937fd8ccceaa957549fec25460377dda8c5cb78c4eaf1e',NULL,'9cd28c749dcc69267a954df056650bef79dd139bc365e6aee70c01bad9086c1e','91ca14c9deb690b536e7ab728a1f6c104b670d90fead692e41cd988d903fb5fc','http://127.0.0.1:39125/artikel/1.html','55a4a5355e770b2a2ac0cbf0b2a984c542ee7c3facd9e32dc608be7d4af00bad',3,NULL,0,NULL);
INSERT INTO revisions VALUES(8,5,2,'changed','2026-11-28T00:06:53.898895+00:00','2026-11-28T00:05:33.711372+00:00','2026-11-28T00:06:45.436173+00:00','','','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,1,1,'',0,'','2522b35d8c923280f168d1cc97d14598701c648bf7b7fcc267c6d99b4c7c2da9',8,'65eb38f7e80484543e50f670a4d21c5cd5032c6238e45f3d4306181d2fc079d2',NULL,'91ca14c9deb690b536e7ab728a1f6c104b670d90fead692e41cd988d903fb5fc','e74cc6c0453a315e718d425681a58e1007a1d011420e2e1f18842fcd2c3cef3a','http://127.0.0.1:39125/artikel/5.html','60aeccb58fcb480b1f54825356c9c73f11830de8a5f17156616eb9a8d0047f46',5,NULL,0,NULL);
INSERT INTO revisions VALUES(9,2,3,'changed','2026-11-28T00:08:15.271963+00:00','2026-11-28T00:06:53.041712+00:00','2026-11-28T00:08:02.319444+00:00','','Brücke 2: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,1,1,'Dies ist die Fassung Nummer [-2-] {+3+} dieses Artikels, und sie sagt …',0,'','f253ed059bdec91789c8229f8d5a81cce7016c9d5787de053039d37374faa13d',9,'57ab74d2acf0751abfbcbbe0760babd5b4f1c745c6e27d2bba72fdb3d152a99e',NULL,'e74cc6c0453a315e718d425681a58e1007a1d011420e2e1f18842fcd2c3cef3a','4da3fea62bf78d718e3e02b0dda48bd15f3e816cf970b0e8ce33b14bdb1b07e7','http://127.0.0.1:39125/artikel/2.html','031c867e61880ede073d78985d07693e013ed46785ed78e8aca0cd82164d6397',6,NULL,0,NULL);
INSERT INTO revisions VALUES(10,6,1,'first','2026-11-28T00:09:55.543191+00:00',NULL,'2026-11-28T00:09:55.543191+00:00','','Brücke 6: Rat vertagt sich','','[]','[]','de','generic/5','2026-11-01T07:01:00.000000+00:00','Stand: 01.11.2026 08:01 Uhr',2,54,0,0,'',0,'[["stand","2026-11-01T07:01:00.000000+00:00","2026-11-01T07:02:00.000000+00:00",null,"Stand: 01.11.2026 08:01 Uhr"]]','a6a4f6b71963ece41477d52be39c104b5c9d4147dab27681ac48fe933c32a642',10,'336875aab44085364024d3b2b3c1fb009b14243f57836bc9d0909e032a102138',NULL,'4da3fea62bf78d718e3e02b0dda48bd15f3e816cf970b0e8ce33b14bdb1b07e7','c71381bfd78f1ffb5d83cd5b96efff1a089c0b33048945f1551eeebc0221f00e','http://127.0.0.1:39125/artikel/6.html','2c6b6c6ec651c341cce2d550ed45f3a10272bff6d0fc420f7e1003e107f6e928',NULL,NULL,0,NULL);
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
CREATE TABLE revision_blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    kind TEXT NOT NULL,                     -- paragraph, subhead, quote, list_item, table, or note (editor's or correction note)
    block_id INTEGER NOT NULL REFERENCES blocks(id), -- the text
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO revision_blocks VALUES(1,0,'paragraph',1);
INSERT INTO revision_blocks VALUES(1,1,'paragraph',2);
INSERT INTO revision_blocks VALUES(1,2,'paragraph',3);
INSERT INTO revision_blocks VALUES(2,0,'paragraph',1);
INSERT INTO revision_blocks VALUES(2,1,'paragraph',2);
INSERT INTO revision_blocks VALUES(2,2,'paragraph',3);
INSERT INTO revision_blocks VALUES(3,0,'paragraph',1);
INSERT INTO revision_blocks VALUES(3,1,'paragraph',2);
INSERT INTO revision_blocks VALUES(3,2,'paragraph',3);
INSERT INTO revision_blocks VALUES(4,0,'paragraph',1);
INSERT INTO revision_blocks VALUES(4,1,'paragraph',2);
INSERT INTO revision_blocks VALUES(4,2,'paragraph',3);
INSERT INTO revision_blocks VALUES(5,0,'paragraph',6);
INSERT INTO revision_blocks VALUES(5,1,'paragraph',7);
INSERT INTO revision_blocks VALUES(5,2,'paragraph',8);
INSERT INTO revision_blocks VALUES(6,0,'paragraph',1);
INSERT INTO revision_blocks VALUES(6,1,'paragraph',4);
INSERT INTO revision_blocks VALUES(6,2,'paragraph',3);
INSERT INTO revision_blocks VALUES(7,0,'paragraph',1);
INSERT INTO revision_blocks VALUES(7,1,'paragraph',4);
INSERT INTO revision_blocks VALUES(7,2,'paragraph',3);
INSERT INTO revision_blocks VALUES(8,0,'paragraph',6);
INSERT INTO revision_blocks VALUES(8,1,'paragraph',9);
INSERT INTO revision_blocks VALUES(8,2,'paragraph',8);
INSERT INTO revision_blocks VALUES(9,0,'paragraph',1);
INSERT INTO revision_blocks VALUES(9,1,'paragraph',5);
INSERT INTO revision_blocks VALUES(9,2,'paragraph',3);
INSERT INTO revision_blocks VALUES(10,0,'paragraph',1);
INSERT INTO revision_blocks VALUES(10,1,'paragraph',2);
INSERT INTO revision_blocks VALUES(10,2,'paragraph',3);
CREATE TABLE revision_images (
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    position INTEGER NOT NULL,              -- 0, 1, 2 …
    url TEXT NOT NULL,                      -- address of the picture
    alt TEXT NOT NULL,                      -- text for those who do not see it
    caption TEXT NOT NULL,                  -- caption
    credit TEXT NOT NULL,                   -- credit
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
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
INSERT INTO revision_clocks VALUES(1,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(2,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(3,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(4,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(5,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(6,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(7,0,'stand','2026-11-01T07:02:00.000000+00:00','2026-11-01T07:03:00.000000+00:00',NULL,'Stand: 01.11.2026 08:02 Uhr');
INSERT INTO revision_clocks VALUES(8,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(9,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
INSERT INTO revision_clocks VALUES(10,0,'stand','2026-11-01T07:01:00.000000+00:00','2026-11-01T07:02:00.000000+00:00',NULL,'Stand: 01.11.2026 08:01 Uhr');
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
    last_headers TEXT NOT NULL,             -- … and of the last, as far as they differ: null is a header that was gone; with a connection among them: all of them; empty: there was one look
    status INTEGER NOT NULL,                -- HTTP status of the last look; 0 if none came
    error_code TEXT NOT NULL,               -- why it failed; empty if it did not
    error TEXT NOT NULL                     -- the same in words
) STRICT;
INSERT INTO observations VALUES(1,3,1,'new','2026-11-28T00:05:32.957609+00:00','2026-11-28T00:05:32.957609+00:00',1,0.0,1,'39254@2026-11-28T00:05:32.683787Z',0,0,'{"date":"Sat, 28 Nov 2026 00:05:32 GMT","etag":"\"3-1-3079242772877084850\"","connection":"39254@2026-11-28T00:05:32.683787Z","clock_offset_seconds":-0.859763}','',200,'','');
INSERT INTO observations VALUES(2,2,2,'new','2026-11-28T00:05:33.049343+00:00','2026-11-28T00:05:33.049343+00:00',1,0.0,1,'39244@2026-11-28T00:05:32.683642Z',0,0,'{"date":"Sat, 28 Nov 2026 00:05:32 GMT","etag":"\"2-1-3079242772877084850\"","connection":"39244@2026-11-28T00:05:32.683642Z","clock_offset_seconds":-0.863295}','',200,'','');
INSERT INTO observations VALUES(3,1,3,'new','2026-11-28T00:05:33.266840+00:00','2026-11-28T00:05:33.266840+00:00',1,0.0,1,'39228@2026-11-28T00:05:32.683410Z',0,0,'{"date":"Sat, 28 Nov 2026 00:05:32 GMT","etag":"\"1-1-3079242772877084850\"","connection":"39228@2026-11-28T00:05:32.683410Z","clock_offset_seconds":-0.86368}','',200,'','');
INSERT INTO observations VALUES(4,4,4,'new','2026-11-28T00:05:33.267021+00:00','2026-11-28T00:05:33.267021+00:00',1,0.0,1,'39260@2026-11-28T00:05:32.717852Z',0,0,'{"date":"Sat, 28 Nov 2026 00:05:32 GMT","etag":"\"4-1-3079242772877084850\"","connection":"39260@2026-11-28T00:05:32.717852Z","clock_offset_seconds":-0.907796}','',200,'','');
INSERT INTO observations VALUES(5,5,5,'new','2026-11-28T00:05:33.711372+00:00','2026-11-28T00:05:33.711372+00:00',1,0.0,1,'39260@2026-11-28T00:05:32.717852Z',0,0,'{"date":"Sat, 28 Nov 2026 00:05:33 GMT","etag":"\"5-1-3079242772877084850\"","connection":"39260@2026-11-28T00:05:32.717852Z","clock_offset_seconds":-0.438528}','',200,'','');
INSERT INTO observations VALUES(6,3,NULL,'suspect','2026-11-28T00:06:43.668619+00:00','2026-11-28T00:06:43.668619+00:00',1,70.711010000000001697,1,'59852@2026-11-28T00:06:17.438289Z',0,0,'{"date":"Sat, 28 Nov 2026 00:06:17 GMT","connection":"59852@2026-11-28T00:06:17.438289Z","clock_offset_seconds":-0.512029}','',404,'missing','http://127.0.0.1:39125/artikel/3.html: the server says 404');
INSERT INTO observations VALUES(7,4,NULL,'suspect','2026-11-28T00:06:46.026354+00:00','2026-11-28T00:06:46.026354+00:00',1,72.759332999999998038,1,'33738@2026-11-28T00:06:45.046990Z',0,0,'{"date":"Sat, 28 Nov 2026 00:06:45 GMT","connection":"33738@2026-11-28T00:06:45.046990Z","clock_offset_seconds":-0.469162}','',404,'missing','http://127.0.0.1:39125/artikel/4.html: the server says 404');
INSERT INTO observations VALUES(8,3,NULL,'gone','2026-11-28T00:06:46.958663+00:00','2026-11-28T00:09:55.103506+00:00',3,113.4479469999999992,3,'36454@2026-11-28T00:09:53.633948Z',1,0,'{"date":"Sat, 28 Nov 2026 00:06:46 GMT","connection":"33754@2026-11-28T00:06:46.847203Z","clock_offset_seconds":-0.863842}','{"date":"Sat, 28 Nov 2026 00:09:53 GMT","clock_offset_seconds":-0.63792}',404,'missing','http://127.0.0.1:39125/artikel/3.html: the server says 404');
INSERT INTO observations VALUES(9,4,NULL,'gone','2026-11-28T00:06:47.654011+00:00','2026-11-28T00:06:47.654011+00:00',1,1.6276569999999999094,1,'33760@2026-11-28T00:06:47.522940Z',1,0,'{"date":"Sat, 28 Nov 2026 00:06:47 GMT","connection":"33760@2026-11-28T00:06:47.522940Z","clock_offset_seconds":-0.541783}','',404,'missing','http://127.0.0.1:39125/artikel/4.html: the server says 404');
INSERT INTO observations VALUES(10,2,6,'changed','2026-11-28T00:06:53.041712+00:00','2026-11-28T00:06:53.041712+00:00',1,79.992368999999996503,1,'59858@2026-11-28T00:06:17.438485Z',0,0,'{"date":"Sat, 28 Nov 2026 00:06:17 GMT","etag":"\"2-2-3079242772877084850\"","connection":"59858@2026-11-28T00:06:17.438485Z","clock_offset_seconds":-0.51174}','',200,'','');
INSERT INTO observations VALUES(11,1,7,'changed','2026-11-28T00:06:53.575305+00:00','2026-11-28T00:06:53.575305+00:00',1,80.308464999999998211,1,'33728@2026-11-28T00:06:44.321715Z',0,0,'{"date":"Sat, 28 Nov 2026 00:06:44 GMT","etag":"\"1-2-3079242772877084850\"","connection":"33728@2026-11-28T00:06:44.321715Z","clock_offset_seconds":-1.046436}','',200,'','');
INSERT INTO observations VALUES(12,5,8,'changed','2026-11-28T00:06:53.898895+00:00','2026-11-28T00:06:53.898895+00:00',1,80.187522999999998772,1,'33740@2026-11-28T00:06:45.047225Z',0,0,'{"date":"Sat, 28 Nov 2026 00:06:45 GMT","etag":"\"5-2-3079242772877084850\"","connection":"33740@2026-11-28T00:06:45.047225Z","clock_offset_seconds":-0.436173}','',200,'','');
INSERT INTO observations VALUES(13,1,7,'same','2026-11-28T00:08:02.319848+00:00','2026-11-28T00:08:02.319848+00:00',1,68.744542999999993073,1,'46252@2026-11-28T00:08:02.279053Z',0,0,'{"date":"Sat, 28 Nov 2026 00:08:02 GMT","etag":"\"1-2-3079242772877084850\"","connection":"46252@2026-11-28T00:08:02.279053Z","clock_offset_seconds":-0.319661}','',304,'','');
INSERT INTO observations VALUES(14,5,8,'same','2026-11-28T00:08:02.320520+00:00','2026-11-28T00:08:02.320520+00:00',1,68.421625000000005911,1,'46262@2026-11-28T00:08:02.279110Z',0,0,'{"date":"Sat, 28 Nov 2026 00:08:02 GMT","etag":"\"5-2-3079242772877084850\"","connection":"46262@2026-11-28T00:08:02.279110Z","clock_offset_seconds":-0.320371}','',304,'','');
INSERT INTO observations VALUES(15,4,4,'returned','2026-11-28T00:08:15.095042+00:00','2026-11-28T00:08:15.095042+00:00',1,87.441030999999995289,1,'59476@2026-11-28T00:07:48.239439Z',0,0,'{"date":"Sat, 28 Nov 2026 00:07:48 GMT","etag":"\"4-1-3079242772877084850\"","connection":"59476@2026-11-28T00:07:48.239439Z","clock_offset_seconds":-0.243835}','',200,'','');
INSERT INTO observations VALUES(16,2,9,'changed','2026-11-28T00:08:15.271963+00:00','2026-11-28T00:08:15.271963+00:00',1,82.230250999999995546,1,'46246@2026-11-28T00:08:02.278913Z',0,0,'{"date":"Sat, 28 Nov 2026 00:08:02 GMT","etag":"\"2-3-3079242772877084850\"","connection":"46246@2026-11-28T00:08:02.278913Z","clock_offset_seconds":-0.319444}','',200,'','');
INSERT INTO observations VALUES(17,4,4,'same','2026-11-28T00:09:53.638814+00:00','2026-11-28T00:09:53.638814+00:00',1,98.543772000000004144,1,'36456@2026-11-28T00:09:53.634268Z',0,0,'{"date":"Sat, 28 Nov 2026 00:09:53 GMT","etag":"\"4-1-3079242772877084850\"","connection":"36456@2026-11-28T00:09:53.634268Z","clock_offset_seconds":-0.638373}','',304,'','');
INSERT INTO observations VALUES(18,2,9,'same','2026-11-28T00:09:55.103004+00:00','2026-11-28T00:09:55.103004+00:00',1,99.831040999999999027,1,'36480@2026-11-28T00:09:53.634590Z',0,0,'{"date":"Sat, 28 Nov 2026 00:09:53 GMT","etag":"\"2-3-3079242772877084850\"","connection":"36480@2026-11-28T00:09:53.634590Z","clock_offset_seconds":-2.102705}','',304,'','');
INSERT INTO observations VALUES(19,6,10,'new','2026-11-28T00:09:55.543191+00:00','2026-11-28T00:09:55.543191+00:00',1,0.0,1,'36480@2026-11-28T00:09:53.634590Z',0,0,'{"date":"Sat, 28 Nov 2026 00:09:55 GMT","etag":"\"6-1-3079242772877084850\"","connection":"36480@2026-11-28T00:09:53.634590Z","clock_offset_seconds":-0.118725}','',200,'','');
CREATE TABLE comment_counts (
    id INTEGER PRIMARY KEY,                 -- number of the row
    article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
    at TEXT NOT NULL,                       -- first look that showed it
    count INTEGER                           -- comments; null: the page no longer offers any
, before_at TEXT, movement TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO comment_counts VALUES(1,3,'2026-11-28T00:05:32.957609+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(2,2,'2026-11-28T00:05:33.049343+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(3,1,'2026-11-28T00:05:33.266840+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(4,4,'2026-11-28T00:05:33.267021+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(5,5,'2026-11-28T00:05:33.711372+00:00',2,NULL,'');
INSERT INTO comment_counts VALUES(6,6,'2026-11-28T00:09:55.543191+00:00',2,NULL,'');
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
INSERT INTO rulings VALUES(1,6,'2026-11-28T00:06:53.041712+00:00','unmarked',22,8,1,'2026-11-28T00:05:33.049343+00:00','2026-11-28T00:06:17.511740+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","not known yet"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'0000000000000000000000000000000000000000000000000000000000000000','03623179cd263ff564e17e52ecf7ecc8e241048073c4ea862d2a3977df08c7dd');
INSERT INTO rulings VALUES(2,7,'2026-11-28T00:06:53.575305+00:00','announced',16,8,1,'2026-11-28T00:05:33.266840+00:00','2026-11-28T00:06:45.046436+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:02 Uhr"],["other clocks","none moved"],["note","stamp earlier than window"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'03623179cd263ff564e17e52ecf7ecc8e241048073c4ea862d2a3977df08c7dd','7bdd7e9d6743d5b72d84d3eb84bedf1ae76be845cae39c63fce86a547d6778ad');
INSERT INTO rulings VALUES(3,8,'2026-11-28T00:06:53.898895+00:00','site_text',13,8,1,'2026-11-28T00:05:33.711372+00:00','2026-11-28T00:06:45.436173+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","not known yet"],["looks at the new version","1 on 1 connections, 0 past all caches"],["on other articles of the site","(taken down)"]]',NULL,'7bdd7e9d6743d5b72d84d3eb84bedf1ae76be845cae39c63fce86a547d6778ad','de830e81650f00951ca8ea6ea0af68b44fc35d01e1650e35a7695f0309b3ae9a');
INSERT INTO rulings VALUES(4,6,'2026-11-28T00:06:55.338673+00:00','site_text',13,8,1,'2026-11-28T00:05:33.049343+00:00','2026-11-28T00:06:17.511740+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["on other articles of the site","Dies ist die Fassung Nummer 2 dieses Artikels, und sie sagt es auch in einem vollständigen Satz."],["looks at the new version","1 on 1 connections, 0 past all caches"]]',1,'de830e81650f00951ca8ea6ea0af68b44fc35d01e1650e35a7695f0309b3ae9a','ff95bb6d0cf60b3032ebe21d854056386e004684cc03d167e23c001654612c0d');
INSERT INTO rulings VALUES(5,9,'2026-11-28T00:08:15.271963+00:00','unmarked',22,8,1,'2026-11-28T00:06:53.041712+00:00','2026-11-28T00:08:02.319444+00:00','[["Stand before","Stand: 01.11.2026 08:01 Uhr"],["Stand after","Stand: 01.11.2026 08:01 Uhr"],["other clocks","none moved"],["practice of the outlet","too few settled edits to tell (1)"],["looks at the new version","1 on 1 connections, 0 past all caches"]]',NULL,'ff95bb6d0cf60b3032ebe21d854056386e004684cc03d167e23c001654612c0d','eba6b853e5ee89abbaf5ac5a1230426e5e4ba05676947c3b9e1d0c2ee88a35f5');
CREATE TABLE remarks (
    id INTEGER PRIMARY KEY,                 -- number of the remark
    revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the revision
    at TEXT NOT NULL,                       -- when it was made
    text TEXT NOT NULL                      -- the remark
) STRICT;
INSERT INTO remarks VALUES(1,6,'2026-11-28T00:09:58.496587+00:00','Die Pressestelle weiß davon nichts.');
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
INSERT INTO events VALUES(1,'evt_3348ea9284394ad99cbce56236995377','article.discovered','2026-11-28T00:05:32.957609+00:00',3,1,NULL,'http://127.0.0.1:39125/artikel/3.html','discovered','{"id":"evt_3348ea9284394ad99cbce56236995377","url":"http://127.0.0.1:39125/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:05:32.957609+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/3#r1"}','2026-11-28T00:05:33.451530+00:00');
INSERT INTO events VALUES(2,'evt_5b09941cd3c2451c8c44b07b9339356b','article.discovered','2026-11-28T00:05:33.049343+00:00',2,2,NULL,'http://127.0.0.1:39125/artikel/2.html','discovered','{"id":"evt_5b09941cd3c2451c8c44b07b9339356b","url":"http://127.0.0.1:39125/artikel/2.html","source":"Tagblatt","headline":"Brücke 2: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:05:33.049343+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/2#r2"}','2026-11-28T00:05:33.451678+00:00');
INSERT INTO events VALUES(3,'evt_080ef2b349ab4e81a1405561c01dbc45','article.discovered','2026-11-28T00:05:33.266840+00:00',1,3,NULL,'http://127.0.0.1:39125/artikel/1.html','discovered','{"id":"evt_080ef2b349ab4e81a1405561c01dbc45","url":"http://127.0.0.1:39125/artikel/1.html","source":"Tagblatt","headline":"Brücke 1: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:05:33.266840+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/1#r3"}','2026-11-28T00:05:33.451738+00:00');
INSERT INTO events VALUES(4,'evt_fc682a6fc0b0479c87ee8bfebf878843','article.discovered','2026-11-28T00:05:33.267021+00:00',4,4,NULL,'http://127.0.0.1:39125/artikel/4.html','discovered','{"id":"evt_fc682a6fc0b0479c87ee8bfebf878843","url":"http://127.0.0.1:39125/artikel/4.html","source":"Tagblatt","headline":"Brücke 4: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:05:33.267021+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/4#r4"}','2026-11-28T00:05:33.451771+00:00');
INSERT INTO events VALUES(5,'evt_eacb21b718c64ceb8a8796670f5c0816','article.discovered','2026-11-28T00:05:33.711372+00:00',5,5,NULL,'http://127.0.0.1:39125/artikel/5.html','discovered','{"id":"evt_eacb21b718c64ceb8a8796670f5c0816","url":"http://127.0.0.1:39125/artikel/5.html","source":"Tagblatt","headline":"","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:05:33.711372+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/5#r5"}','2026-11-28T00:05:33.798882+00:00');
INSERT INTO events VALUES(6,'evt_3ace6c56be9b4ddfbd26229afb63d0a9','article.gone','2026-11-28T00:06:46.958663+00:00',3,NULL,NULL,'http://127.0.0.1:39125/artikel/3.html','removed','{"id":"evt_3ace6c56be9b4ddfbd26229afb63d0a9","url":"http://127.0.0.1:39125/artikel/3.html","source":"Tagblatt","headline":"Brücke 3: Rat vertagt sich","verdict":"removed","not_before":"2026-11-28T00:05:32.957609+00:00","not_after":"2026-11-28T00:06:43.668619+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"http://127.0.0.1:39125/artikel/3.html: the server says 404","severity":null,"tags":[],"supersedes":null,"absence":"404","absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/3"}','2026-11-28T00:06:48.236160+00:00');
INSERT INTO events VALUES(7,'evt_fe733c5474bb4af99e1fa30adf6a1e6e','article.gone','2026-11-28T00:06:47.654011+00:00',4,NULL,NULL,'http://127.0.0.1:39125/artikel/4.html','removed','{"id":"evt_fe733c5474bb4af99e1fa30adf6a1e6e","url":"http://127.0.0.1:39125/artikel/4.html","source":"Tagblatt","headline":"Brücke 4: Rat vertagt sich","verdict":"removed","not_before":"2026-11-28T00:05:33.267021+00:00","not_after":"2026-11-28T00:06:46.026354+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"http://127.0.0.1:39125/artikel/4.html: the server says 404","severity":null,"tags":[],"supersedes":null,"absence":"404","absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/4"}','2026-11-28T00:06:49.823357+00:00');
INSERT INTO events VALUES(8,'evt_621535ddf6f54e3dbbbe22feeece96f7','article.changed','2026-11-28T00:06:53.041712+00:00',2,6,1,'http://127.0.0.1:39125/artikel/2.html','unmarked','{"source":"Tagblatt","severity":"high","tags":["number"],"link":"http://127.0.0.1:27717/-/article/2#r6"}','2026-11-28T00:06:55.503450+00:00');
INSERT INTO events VALUES(9,'evt_ff44a6c760f74620aac72c36f05bc27b','article.changed','2026-11-28T00:06:53.575305+00:00',1,7,2,'http://127.0.0.1:39125/artikel/1.html','announced','{"source":"Tagblatt","severity":"high","tags":["number"],"link":"http://127.0.0.1:27717/-/article/1#r7"}','2026-11-28T00:06:55.503546+00:00');
INSERT INTO events VALUES(10,'evt_359d999577384575a7edd59fe5366540','operations.site_text','2026-11-28T00:06:53.898895+00:00',NULL,NULL,NULL,'127.0.0.1:39125','','{"id":"evt_359d999577384575a7edd59fe5366540","url":"127.0.0.1:39125","verdict":"","message":"127.0.0.1:39125: several articles were changed alike or at the same time, which is no edit of them: ''Dies ist die Fassung Nummer [-1-] {+2+} dieses Artikels, und sie sagt …''; a profile can leave it out (docs/sites.md)"}','2026-11-28T00:06:55.503575+00:00');
INSERT INTO events VALUES(11,'evt_8ae70d2a0dcc4db3ad3abb8b6c73394f','article.ruled','2026-11-28T00:06:55.338673+00:00',2,6,4,'http://127.0.0.1:39125/artikel/2.html','site_text','{"source":"Tagblatt","supersedes":"evt_621535ddf6f54e3dbbbe22feeece96f7","link":"http://127.0.0.1:27717/-/article/2#r6"}','2026-11-28T00:06:55.556178+00:00');
INSERT INTO events VALUES(12,'evt_2b6482cac8584fff94e955fd99669b00','operations.source_failing','2026-11-28T00:07:48.242780+00:00',NULL,NULL,NULL,'http://127.0.0.1:39125/ruhe.xml','','{"id":"evt_2b6482cac8584fff94e955fd99669b00","url":"http://127.0.0.1:39125/ruhe.xml","verdict":"","message":"source Ruhe: http://127.0.0.1:39125/ruhe.xml: the server says 404 [http_404], 3 times in a row"}','2026-11-28T00:08:02.320712+00:00');
INSERT INTO events VALUES(13,'evt_75fcb2b237584708a9ca1f10b4b65a36','article.returned','2026-11-28T00:08:15.095042+00:00',4,NULL,NULL,'http://127.0.0.1:39125/artikel/4.html','returned','{"id":"evt_75fcb2b237584708a9ca1f10b4b65a36","url":"http://127.0.0.1:39125/artikel/4.html","source":"Tagblatt","headline":"Brücke 4: Rat vertagt sich","verdict":"returned","not_before":"2026-11-28T00:06:46.026354+00:00","not_after":"2026-11-28T00:08:15.095042+00:00","stand_before":null,"stand_after":null,"words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":"404","absent_seconds":89,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/4"}','2026-11-28T00:08:15.422875+00:00');
INSERT INTO events VALUES(14,'evt_9ae68db123874576a4e56193dfca05e2','article.changed','2026-11-28T00:08:15.271963+00:00',2,9,5,'http://127.0.0.1:39125/artikel/2.html','unmarked','{"source":"Tagblatt","severity":"high","tags":["number"],"link":"http://127.0.0.1:27717/-/article/2#r9"}','2026-11-28T00:08:15.422962+00:00');
INSERT INTO events VALUES(15,'evt_ea2dbfbce09741499ac568002e449e2c','article.discovered','2026-11-28T00:09:55.543191+00:00',6,10,NULL,'http://127.0.0.1:39125/artikel/6.html','discovered','{"id":"evt_ea2dbfbce09741499ac568002e449e2c","url":"http://127.0.0.1:39125/artikel/6.html","source":"by hand","headline":"Brücke 6: Rat vertagt sich","verdict":"discovered","not_before":null,"not_after":"2026-11-28T00:09:55.543191+00:00","stand_before":null,"stand_after":"Stand: 01.11.2026 08:01 Uhr","words_added":0,"words_removed":0,"excerpt":"","severity":null,"tags":[],"supersedes":null,"absence":null,"absent_seconds":null,"successor":null,"in_common":null,"movement":null,"link":"http://127.0.0.1:27717/-/article/6#r10"}','2026-11-28T00:09:55.555050+00:00');
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
INSERT INTO endpoints VALUES('desk','webhook','http://127.0.0.1:36029/hook','["article.*"]','active','2026-11-28T00:05:17.489908+00:00',0,'','436e0b18fe0b760834f3ccb2d7aabdd0d9adb4b63acd7216a68c187eb54c6a40');
INSERT INTO endpoints VALUES('nobody','webhook','http://127.0.0.1:24088/hook','["article.*"]','active','2026-11-28T00:05:17.489908+00:00',11,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections','00de37a5e43e70097f33468d6c7c39e7087ec7f995d87927d4bbaf46f1e76d70');
INSERT INTO endpoints VALUES('gone','webhook','http://127.0.0.1:39035/hook','["article.*"]','disabled','2026-11-28T00:05:17.489908+00:00',4,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml','399b434d93e51a4e44a026b5e82e2b8a61cdd69545a1e599904abcf96910e814');
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
INSERT INTO deliveries VALUES(1,1,'desk',3,'delivered',1,NULL,NULL,'2026-11-28T00:05:34.059972+00:00',200,'','2026-11-28T00:05:34.059972+00:00');
INSERT INTO deliveries VALUES(2,1,'nobody',3,'pending',2,'2026-11-28T00:11:19.041183+00:00',NULL,'2026-11-28T00:06:17.561781+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO deliveries VALUES(3,1,'gone',3,'dead',1,NULL,NULL,'2026-11-28T00:05:34.059529+00:00',410,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL);
INSERT INTO deliveries VALUES(4,2,'desk',2,'delivered',1,NULL,NULL,'2026-11-28T00:05:34.060175+00:00',200,'','2026-11-28T00:05:34.060175+00:00');
INSERT INTO deliveries VALUES(5,2,'nobody',2,'pending',2,'2026-11-28T00:11:31.671353+00:00',NULL,'2026-11-28T00:06:17.565910+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO deliveries VALUES(6,2,'gone',2,'dead',1,NULL,NULL,'2026-11-28T00:05:34.060701+00:00',410,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL);
INSERT INTO deliveries VALUES(7,3,'desk',1,'delivered',1,NULL,NULL,'2026-11-28T00:05:34.061217+00:00',200,'','2026-11-28T00:05:34.061217+00:00');
INSERT INTO deliveries VALUES(8,3,'nobody',1,'pending',2,'2026-11-28T00:11:36.795241+00:00',NULL,'2026-11-28T00:06:17.562103+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO deliveries VALUES(9,3,'gone',1,'dead',1,NULL,NULL,'2026-11-28T00:05:34.061384+00:00',410,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL);
INSERT INTO deliveries VALUES(10,4,'desk',4,'delivered',1,NULL,NULL,'2026-11-28T00:05:34.084245+00:00',200,'','2026-11-28T00:05:34.084245+00:00');
INSERT INTO deliveries VALUES(11,4,'nobody',4,'pending',2,'2026-11-28T00:11:44.274301+00:00',NULL,'2026-11-28T00:06:17.565714+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO deliveries VALUES(12,4,'gone',4,'dead',1,NULL,NULL,'2026-11-28T00:05:34.060361+00:00',410,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL);
INSERT INTO deliveries VALUES(13,5,'desk',5,'delivered',1,NULL,NULL,'2026-11-28T00:05:34.238907+00:00',200,'','2026-11-28T00:05:34.238907+00:00');
INSERT INTO deliveries VALUES(14,5,'nobody',5,'pending',2,'2026-11-28T00:11:50.593298+00:00',NULL,'2026-11-28T00:06:45.476006+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL);
INSERT INTO deliveries VALUES(15,5,'gone',5,'dead',0,NULL,NULL,NULL,0,'endpoint ''gone'' at 127.0.0.1: HTTP 410: it wants no more; set another url, or remove it from config.toml',NULL);
INSERT INTO deliveries VALUES(16,6,'desk',3,'delivered',1,NULL,NULL,'2026-11-28T00:06:50.380591+00:00',200,'','2026-11-28T00:06:50.380591+00:00');
INSERT INTO deliveries VALUES(17,6,'nobody',3,'pending',0,'2026-11-28T00:06:48.236160+00:00',NULL,NULL,0,'',NULL);
INSERT INTO deliveries VALUES(18,7,'desk',4,'delivered',1,NULL,NULL,'2026-11-28T00:06:52.419246+00:00',200,'','2026-11-28T00:06:52.419246+00:00');
INSERT INTO deliveries VALUES(19,7,'nobody',4,'pending',0,'2026-11-28T00:06:49.823357+00:00',NULL,NULL,0,'',NULL);
INSERT INTO deliveries VALUES(20,8,'desk',2,'delivered',1,NULL,NULL,'2026-11-28T00:06:55.724281+00:00',200,'','2026-11-28T00:06:55.724281+00:00');
INSERT INTO deliveries VALUES(21,8,'nobody',2,'pending',0,'2026-11-28T00:06:55.503450+00:00',NULL,NULL,0,'',NULL);
INSERT INTO deliveries VALUES(22,9,'desk',1,'delivered',1,NULL,NULL,'2026-11-28T00:06:55.730977+00:00',200,'','2026-11-28T00:06:55.730977+00:00');
INSERT INTO deliveries VALUES(23,9,'nobody',1,'pending',0,'2026-11-28T00:06:55.503546+00:00',NULL,NULL,0,'',NULL);
INSERT INTO deliveries VALUES(24,11,'desk',2,'delivered',1,NULL,NULL,'2026-11-28T00:06:55.914573+00:00',200,'','2026-11-28T00:06:55.914573+00:00');
INSERT INTO deliveries VALUES(25,11,'nobody',2,'pending',0,'2026-11-28T00:06:55.556178+00:00',NULL,NULL,0,'',NULL);
INSERT INTO deliveries VALUES(26,13,'desk',4,'delivered',1,NULL,NULL,'2026-11-28T00:08:15.537494+00:00',200,'','2026-11-28T00:08:15.537494+00:00');
INSERT INTO deliveries VALUES(27,13,'nobody',4,'pending',0,'2026-11-28T00:08:15.422875+00:00',NULL,NULL,0,'',NULL);
INSERT INTO deliveries VALUES(28,14,'desk',2,'delivered',1,NULL,NULL,'2026-11-28T00:08:15.543109+00:00',200,'','2026-11-28T00:08:15.543109+00:00');
INSERT INTO deliveries VALUES(29,14,'nobody',2,'pending',0,'2026-11-28T00:08:15.422962+00:00',NULL,NULL,0,'',NULL);
INSERT INTO deliveries VALUES(30,15,'desk',6,'delivered',1,NULL,NULL,'2026-11-28T00:09:55.566716+00:00',200,'','2026-11-28T00:09:55.566716+00:00');
INSERT INTO deliveries VALUES(31,15,'nobody',6,'pending',1,'2026-11-28T00:10:00.693762+00:00',NULL,'2026-11-28T00:09:55.563494+00:00',0,'endpoint ''nobody'' at 127.0.0.1: its host does not take connections',NULL);
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
INSERT INTO revisions_fts_data VALUES(1,X'08002800');
INSERT INTO revisions_fts_data VALUES(10,X'0000000002020b00020b01010101010000');
INSERT INTO revisions_fts_data VALUES(137438953473,X'0000003c0230360a060101030106627275636b650a0601010201037261740a060101040104736963680a060101060107766572746167740a0601010504080d0a0b');
INSERT INTO revisions_fts_data VALUES(1511828488193,X'000000db02303103060101030406010103010132020601010304060101030306010103010133010601010301013404060101030106627275636b6501060101020106010102010601010201060101020206010102010601010202060101020103726174010601010401060101040106010104010601010402060101040106010104020601010401047369636801060101060106010106010601010601060101060206010106010601010602060101060107766572746167740106010105010601010501060101050106010105020601010501060101050206010105040d1208082b2829');
CREATE TABLE IF NOT EXISTS 'revisions_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO revisions_fts_idx VALUES(1,X'',2);
INSERT INTO revisions_fts_idx VALUES(11,X'',2);
CREATE TABLE IF NOT EXISTS 'revisions_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO revisions_fts_docsize VALUES(1,X'000500');
INSERT INTO revisions_fts_docsize VALUES(2,X'000500');
INSERT INTO revisions_fts_docsize VALUES(3,X'000500');
INSERT INTO revisions_fts_docsize VALUES(4,X'000500');
INSERT INTO revisions_fts_docsize VALUES(6,X'000500');
INSERT INTO revisions_fts_docsize VALUES(7,X'000500');
INSERT INTO revisions_fts_docsize VALUES(9,X'000500');
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
INSERT INTO readings VALUES(1,'generic/5','127.0.0.1:39125','2026-11-28T00:05:33.266840+00:00',1,1,1,297);
INSERT INTO readings VALUES(2,'generic/5','127.0.0.1:39125','2026-11-28T00:05:33.049343+00:00',1,1,1,297);
INSERT INTO readings VALUES(3,'generic/5','127.0.0.1:39125','2026-11-28T00:05:32.957609+00:00',1,1,1,297);
INSERT INTO readings VALUES(4,'generic/5','127.0.0.1:39125','2026-11-28T00:05:33.267021+00:00',1,1,1,297);
INSERT INTO readings VALUES(5,'generic/5','127.0.0.1:39125','2026-11-28T00:05:33.711372+00:00',1,1,1,297);
INSERT INTO readings VALUES(6,'generic/5','127.0.0.1:39125','2026-11-28T00:09:55.543191+00:00',1,1,1,297);
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
INSERT INTO comments VALUES(1,3,'1aa1ca4bc08e415fb4ae39c3506d53c7d4ecc0ebecdd7b1d856d233ca3eac176','Rosa Roggen','2026-03-02T08:11:00.000000+00:00','Endlich, das Geländer war schon im Herbst ganz lose.','2026-11-28T00:05:32.957609+00:00','2026-11-28T00:05:32.957609+00:00');
INSERT INTO comments VALUES(2,3,'7d662e7a27c8b015dd420572c859e81ba285afa2873e916136c135b025e0b42c','Moritz Moos','2026-03-02T09:40:00.000000+00:00','Und wie kommt mein Esel jetzt auf die Weide?','2026-11-28T00:05:32.957609+00:00','2026-11-28T00:05:32.957609+00:00');
INSERT INTO comments VALUES(3,2,'1aa1ca4bc08e415fb4ae39c3506d53c7d4ecc0ebecdd7b1d856d233ca3eac176','Rosa Roggen','2026-03-02T08:11:00.000000+00:00','Endlich, das Geländer war schon im Herbst ganz lose.','2026-11-28T00:05:33.049343+00:00','2026-11-28T00:08:15.271963+00:00');
INSERT INTO comments VALUES(4,2,'7d662e7a27c8b015dd420572c859e81ba285afa2873e916136c135b025e0b42c','Moritz Moos','2026-03-02T09:40:00.000000+00:00','Und wie kommt mein Esel jetzt auf die Weide?','2026-11-28T00:05:33.049343+00:00','2026-11-28T00:08:15.271963+00:00');
INSERT INTO comments VALUES(5,1,'1aa1ca4bc08e415fb4ae39c3506d53c7d4ecc0ebecdd7b1d856d233ca3eac176','Rosa Roggen','2026-03-02T08:11:00.000000+00:00','Endlich, das Geländer war schon im Herbst ganz lose.','2026-11-28T00:05:33.266840+00:00','2026-11-28T00:06:53.575305+00:00');
INSERT INTO comments VALUES(6,1,'7d662e7a27c8b015dd420572c859e81ba285afa2873e916136c135b025e0b42c','Moritz Moos','2026-03-02T09:40:00.000000+00:00','Und wie kommt mein Esel jetzt auf die Weide?','2026-11-28T00:05:33.266840+00:00','2026-11-28T00:06:53.575305+00:00');
INSERT INTO comments VALUES(7,4,'1aa1ca4bc08e415fb4ae39c3506d53c7d4ecc0ebecdd7b1d856d233ca3eac176','Rosa Roggen','2026-03-02T08:11:00.000000+00:00','Endlich, das Geländer war schon im Herbst ganz lose.','2026-11-28T00:05:33.267021+00:00','2026-11-28T00:08:15.095042+00:00');
INSERT INTO comments VALUES(8,4,'7d662e7a27c8b015dd420572c859e81ba285afa2873e916136c135b025e0b42c','Moritz Moos','2026-03-02T09:40:00.000000+00:00','Und wie kommt mein Esel jetzt auf die Weide?','2026-11-28T00:05:33.267021+00:00','2026-11-28T00:08:15.095042+00:00');
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
INSERT INTO edits VALUES(6,2,1,'2026-11-28T00:06:53.041712+00:00',2,'site_text',4,'','',NULL,0,'');
INSERT INTO edits VALUES(7,1,1,'2026-11-28T00:06:53.575305+00:00',2,'announced',2,'high','number changed in a sentence that stood (1 → 2)',NULL,3,'');
INSERT INTO edits VALUES(8,5,1,'2026-11-28T00:06:53.898895+00:00',2,'site_text',3,'','',NULL,0,'');
INSERT INTO edits VALUES(9,2,1,'2026-11-28T00:08:15.271963+00:00',2,'unmarked',5,'high','number changed in a sentence that stood (2 → 3)',NULL,3,'');
CREATE TABLE edit_tags (
    kind TEXT NOT NULL,                     -- number, date, name, quotation, … (docs/meaning.md)
    seen_at TEXT NOT NULL,                  -- of the edit
    revision_id INTEGER NOT NULL REFERENCES edits(revision_id), -- the version after the edit
    words TEXT NOT NULL, source_id INTEGER NOT NULL DEFAULT 0,                    -- JSON pairs: the words before, the words after
    PRIMARY KEY (kind, seen_at, revision_id)
) STRICT, WITHOUT ROWID;
INSERT INTO edit_tags VALUES('number','2026-11-28T00:06:53.575305+00:00',7,'[["1","2"]]',1);
INSERT INTO edit_tags VALUES('number','2026-11-28T00:08:15.271963+00:00',9,'[["2","3"]]',1);
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
INSERT INTO edit_counts VALUES(1,'2026-11','site_text','high','',0,0);
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
INSERT INTO article_edits VALUES(1,1,1,0,0,81.579999999999998298);
INSERT INTO article_edits VALUES(1,2,1,0,0,163.27699999999998681);
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
INSERT INTO departures VALUES(1,3,1,'2026-11-28T00:05:32.957609+00:00','2026-11-28T00:06:43.668619+00:00','2026-11-28T00:06:46.958663+00:00','404',NULL,NULL,NULL,NULL,0,0,'removed',NULL,'');
INSERT INTO departures VALUES(2,4,4,'2026-11-28T00:05:33.267021+00:00','2026-11-28T00:06:46.026354+00:00','2026-11-28T00:06:47.654011+00:00','404','2026-11-28T00:08:15.095042+00:00',4,NULL,NULL,0,0,'removed',NULL,'');
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
INSERT INTO replies VALUES(1,4,6,'2026-11-28T00:10:01.350594+00:00','Tagblatt, Redaktion','2026-11-28T00:10:01.334260+00:00','Ein Versehen.','',NULL,'0000000000000000000000000000000000000000000000000000000000000000','0c215baee24826ca1d2a2fbfbc8d834808bb0ac55aecd2fd47b3c15ab28f4c18');
INSERT INTO replies VALUES(2,2,7,'2026-11-28T00:10:03.961969+00:00','Tagblatt, Redaktion','2026-11-28T00:10:03.946638+00:00','Wir bleiben dabei.','',NULL,'0c215baee24826ca1d2a2fbfbc8d834808bb0ac55aecd2fd47b3c15ab28f4c18','cacbb86e67864d17251d809c9fead2f21eb9e487feaf7f2d265950ee0fcdc4f6');
INSERT INTO replies VALUES(3,4,6,'2026-11-28T00:10:07.251349+00:00','','2026-11-28T00:10:07.251349+00:00','auf Wunsch der Redaktion','',1,'cacbb86e67864d17251d809c9fead2f21eb9e487feaf7f2d265950ee0fcdc4f6','9e3a09c8249be482b96aa38e394b85a2d2674fb3c597a9abd604e7bc0ac958c4');
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
INSERT INTO learned VALUES('filled','498840.0885358611');
INSERT INTO learned VALUES('gaps','[[6.125428675430931,5.0,5.0,5.0,5.0,5.0,5.0,8.012141427225142],[5.964349837580578,5.0,5.0,5.0,5.0,5.0,5.0,5.156966626651408]]');
INSERT INTO learned VALUES('granted','[2.065580799824981]');
INSERT INTO learned VALUES('hour','498840');
INSERT INTO learned VALUES('hours','[[24.137570102656074,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0],[21.030545973074304,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0,20.0]]');
INSERT INTO learned VALUES('likelihoods','[-20.332638958967213,-20.205702348501763,-20.187229322784656,-20.22329648119078,-20.286044307683163,-20.36445893274415,-20.43991814545362,-20.50378840791462]');
INSERT INTO learned VALUES('price','0.01');
INSERT INTO learned VALUES('saved','1.065580799824981');
INSERT INTO learned VALUES('source 1','[[4.137570102656074,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[0.510033143163293,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[2.0,1.0,0.5,6.0,0.942905665648]]');
INSERT INTO learned VALUES('source 2','[[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[2.0,1.0,0.5,2.0,1.0]]');
INSERT INTO learned VALUES('source 3','[[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],[2.0,1.0,0.5,2.0,1.0]]');
INSERT INTO learned VALUES('spent','[1.0]');
CREATE TABLE imprints (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article; made of the page that last showed the version that stands
    imprint BLOB NOT NULL                   -- which bytes may not change, zlib
) STRICT;
INSERT INTO imprints VALUES(1,X'789c631290d5ba95a7f2917bb3e4ee7aff098557660625962894a5169524a69728146726670000e4f40d90');
INSERT INTO imprints VALUES(2,X'789c6312b051e30bfbff36cc2f2f778277a26bab6350628942596a5149627a89427166720600d2c30c96');
INSERT INTO imprints VALUES(3,X'789c63125095f66aafbb29fecfde25f5d095ec89424189250a65a9452589e9250ac599c91900dd360d27');
INSERT INTO imprints VALUES(4,X'789c6312b89f11b5e9bf9e94575d53ffcdaf6f7e9f0a4a2c51284b2d2a494c2f5128ce4cce000020301010');
INSERT INTO imprints VALUES(6,X'789c6312e057ba7fd060ab6d906a90d0ce3c87fc554189250a65a9452589e9250ac599c91900cd910c6c');
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
INSERT INTO host_days VALUES('127.0.0.1:39125','2026-11-28',17,4,6,3,18080,2,0,0,0.0,0,0,0,0.0,9);
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
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('events',15);
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
CREATE INDEX deliveries_delivered ON deliveries(endpoint, delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX stamp_delays_source ON stamp_delays(source_id, seconds);
CREATE INDEX articles_paused ON articles(source_id) WHERE paused = 1;
CREATE INDEX articles_new ON articles(host, next_visit_at) WHERE revision_id IS NULL AND next_visit_at IS NOT NULL;
CREATE INDEX articles_planned ON articles(first_seen_at, id) WHERE next_visit_at IS NOT NULL;
CREATE INDEX hosts_proven ON hosts(host, proofs_wrong, proofs_checked) WHERE proofs_checked > 0;
CREATE INDEX host_days_of ON host_days(host, day);
CREATE INDEX articles_next ON articles(next_visit_at, host) WHERE next_visit_at IS NOT NULL;
CREATE INDEX sources_leased ON sources(host, leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX hosts_free ON hosts(free_at, host);
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
    a.url AS url                            -- its address
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
PRAGMA writable_schema=OFF;
COMMIT;
