"""From any older file to the newest schema: steps that are only ever added to."""

from __future__ import annotations

import secrets

from sqlite_utils import Database, Migrations

from db.migrations_later import STEPS, without_views
from db.schema import (
    ANSWER_SHA256,
    APPLICATION_ID,
    ASKED_AGAIN,
    BEFORE_ID,
    KEPT_SHA256,
    LISTING_CLOCKS,
    LIVE,
    READ_STALE,
    REREAD_OF,
    REVISION_URL,
    SEARCH,
    STALE_PROVEN,
    TABLES,
    TAKEN_DOWN,
    URL_SHA256,
    statements,
)
from db.schema_added import (
    BESIDE,
    CLOCK_PRACTICE,
    COMMENTS,
    COUNTED,
    DRIFT,
    EDITS,
    EDITS_RULED,
    EDITS_SO_FAR,
    UNREAD,
)
from db.schema_compact import COMPACT, COMPACTED, DELIVERED, LAST_DELIVERY
from db.schema_counts import ARTICLE_COUNTS, ARTICLES_SO_FAR, COUNTING_ARTICLES, LISTED, PAUSED, SHORT_LISTS
from db.schema_history import ERASED, IMAGES_OF, SIZES
from db.schema_hosts import HOST_DAYS, HOSTS_ADDED, VALIDATORS_CHECKED
from db.schema_imprints import IMPRINTS, PROOFS_ADDED
from db.schema_life import (
    COUNT_BEFORE,
    COUNT_MOVEMENT,
    COUNTS_UNCONFIRMED,
    DEPARTURES,
    DEPARTURES_SO_FAR,
    EVENTS_MOVEMENT,
)
from db.schema_outlets import (
    COUNTED_SO_FAR,
    COUNTING,
    COUNTS,
    EDITS_RULED_WITH_MACHINES,
    INDEXES,
    MACHINES,
    MACHINES_SO_FAR,
    TAG_SOURCE,
    TAG_SOURCE_SO_FAR,
)
from db.schema_planning import DIGEST, IN_PANEL, LEARNED, PANEL, PICKING, PLANNED
from db.schema_practice import STAMP_DELAYS
from db.schema_replies import REPLIES
from db.schema_sources import (
    FIXED_LOOKS,
    SOURCE_DIGEST,
    SOURCE_HUB,
    SOURCE_LINKS,
    SOURCE_NEWEST,
    SOURCE_PARTS,
    SOURCE_TOPIC,
    SOURCE_WEBSUB,
    SUBSCRIPTIONS,
)

migrations = Migrations("nachtrag")


@migrations()
def m001_tables(db: Database) -> None:
    """The first schema."""
    for statement in statements(TABLES) + statements(SEARCH):
        db.execute(statement)
    db.execute("INSERT INTO meta (key, value) VALUES ('database_id', ?)", [secrets.token_hex(8)])


@migrations()
def m002_pages_without_comments(db: Database) -> None:
    """Pages are kept without what readers wrote."""
    db.execute(KEPT_SHA256)


@migrations()
def m003_staleness_by_answer(db: Database) -> None:
    """What an answer declares is kept with the look; what is proven is kept with the host, and ages."""
    db.execute(READ_STALE)
    db.execute(STALE_PROVEN)


@migrations()
def m004_listed_by_hand(db: Database) -> None:
    """What was added by hand is listed by "by hand"."""
    db.execute(
        """INSERT INTO listings (source_id, article_id, title, first_listed_at, last_listed_at)
           SELECT a.source_id, a.id, '', a.first_seen_at, a.first_seen_at FROM articles a JOIN sources s
           ON s.id = a.source_id WHERE s.kind = 'hand' AND a.next_visit_at IS NOT NULL ON CONFLICT DO NOTHING"""
    )


@migrations()
def m005_addresses_that_cannot_be_shown(db: Database) -> None:
    """Addresses of which only a part is shown can be told apart."""
    db.execute(URL_SHA256)


@migrations()
def m006_answers_in_the_chain(db: Database) -> None:
    """Where and when a version was read, and with what headers, can no longer be changed unnoticed."""
    db.execute(REVISION_URL)
    db.execute(ANSWER_SHA256)


@migrations()
def m007_sites_that_drift(db: Database) -> None:
    """Fill rates by site and reader, versions that are held, and versions read again from their kept pages."""
    for statement in [*statements(DRIFT), BEFORE_ID, REREAD_OF, ASKED_AGAIN]:
        db.execute(statement)
    db.execute(
        """UPDATE revisions SET before_id = (SELECT b.id FROM revisions b
           WHERE b.article_id = revisions.article_id AND b.number = revisions.number - 1)"""
    )


@migrations()
def m008_kinds_of_sources(db: Database) -> None:
    """Sitemaps, index pages, lists and the news API are sources beside feeds."""
    for statement in (SOURCE_LINKS, SOURCE_NEWEST, SOURCE_PARTS):
        db.execute(statement)


@migrations()
def m009_subscriptions(db: Database) -> None:
    """Hubs are asked to tell of news in feeds."""
    for statement in (SOURCE_WEBSUB, SOURCE_HUB, SOURCE_TOPIC, *statements(SUBSCRIPTIONS)):
        db.execute(statement)


@migrations()
def m010_comments(db: Database) -> None:
    """What readers wrote, where a source asks for it."""
    for statement in statements(COMMENTS):
        db.execute(statement)


@migrations()
def m011_clocks_beside_the_page(db: Database) -> None:
    """What feeds, sitemaps and HTTP say of when an article changed is kept beside its versions."""
    for statement in (LISTING_CLOCKS, *statements(BESIDE)):
        db.execute(statement)


@migrations()
def m012_unread_pages(db: Database) -> None:
    """Pages that could not be read are kept, for a profile or reader that can."""
    for statement in statements(UNREAD):
        db.execute(statement)


@migrations()
def m013_live_blogs(db: Database) -> None:
    """Versions of live blogs and tickers are marked."""
    db.execute(LIVE)


@migrations()
def m014_practice_with_machine_clocks(db: Database) -> None:
    """How often each machine clock of an outlet moves with an edit; counted from now on."""
    for statement in statements(CLOCK_PRACTICE):
        db.execute(statement)


@migrations()
def m015_edits(db: Database) -> None:
    """What stands of each edit is kept in one row, with what it means; earlier edits are weighed by `rejudge`."""
    for statement in (*statements(EDITS), *statements(EDITS_RULED), EDITS_SO_FAR):
        db.execute(statement)


@migrations()
def m016_outlets(db: Database) -> None:
    """The figures of an outlet are counted as its edits come, so that no page has to walk through them."""
    for statement in (MACHINES, MACHINES_SO_FAR, TAG_SOURCE, TAG_SOURCE_SO_FAR, *statements(INDEXES)):
        db.execute(statement)
    db.execute("DROP TRIGGER rulings_ai")
    for statement in (*statements(EDITS_RULED_WITH_MACHINES), *statements(COUNTS), *COUNTED_SO_FAR):
        db.execute(statement)
    for statement in statements(COUNTING):
        db.execute(statement)


@migrations()
def m017_takedowns(db: Database) -> None:
    """Articles whose words were erased are marked."""
    db.execute(TAKEN_DOWN)


@migrations()
def m018_counts(db: Database) -> None:
    """What the front page counts has its index."""
    for statement in statements(COUNTED):
        db.execute(statement)


@migrations()
def m019_departures(db: Database) -> None:
    """Every time that an article was gone has its row."""
    for statement in (*statements(DEPARTURES), DEPARTURES_SO_FAR):
        db.execute(statement)


@migrations()
def m020_movements_of_comments(db: Database) -> None:
    """What the numbers of comments come to is kept beside them."""
    for statement in (COUNT_BEFORE, COUNT_MOVEMENT, *statements(COUNTS_UNCONFIRMED)):
        db.execute(statement)


@migrations()
def m022_replies(db: Database) -> None:
    """What outlets reply is kept beside what we say."""
    for statement in statements(REPLIES):
        db.execute(statement)


@migrations()
def m023_lists_of_movements(db: Database) -> None:
    """A list of what the numbers of comments came to has its index."""
    db.execute(EVENTS_MOVEMENT)


@migrations()
def m024_articles_counted(db: Database) -> None:
    """What the pages say the number of is counted as it comes."""
    for statement in (LISTED, *statements(ARTICLE_COUNTS), *ARTICLES_SO_FAR, *statements(COUNTING_ARTICLES)):
        db.execute(statement)
    for statement in statements(SHORT_LISTS):
        db.execute(statement)


@migrations()
def m025_late_stands(db: Database) -> None:
    """How late the Stands of an outlet come; counted from now on."""
    for statement in statements(STAMP_DELAYS):
        db.execute(statement)


@migrations()
def m026_faults_without_words(db: Database) -> None:
    """Faults no longer quote the headings of pages; those of old did. Their codes say what it was."""
    codes = ("soft_404", "error_page", "paywall", "bot_wall", "consent_wall", "login_wall", "no_text", "not_html")
    for table in ("articles", "observations"):
        db.execute(
            f"""UPDATE {table} SET error = '' WHERE error_code IN ({", ".join("?" * len(codes))})
                AND (instr(error, char(32, 39)) OR instr(error, char(32, 34)))""",
            codes,
        )


@migrations()
def m027_list_of_paused_articles(db: Database) -> None:
    """What somebody paused is found without reading all articles."""
    db.execute(PAUSED)


@migrations()
def m028_planning(db: Database) -> None:
    """What looks are planned by is learned, and survives."""
    for statement in (*PLANNED, *statements(LEARNED)):
        db.execute(statement)


@migrations()
def m029_digests(db: Database) -> None:
    """A page whose bytes are those that were read before need not be read."""
    db.execute(DIGEST)


@migrations()
def m030_imprints(db: Database) -> None:
    """A page of which nothing but noise differs need not be read either."""
    for statement in (*PROOFS_ADDED, *statements(IMPRINTS)):
        db.execute(statement)


@migrations()
def m031_manners(db: Database) -> None:
    """What is asked of hosts is counted by day; hosts that fail rest as a whole."""
    for statement in (*HOSTS_ADDED, *statements(HOST_DAYS)):
        db.execute(statement)
    db.execute("UPDATE hosts SET asked_until = free_at")  # it may have asked for that


@migrations()
def m032_room(db: Database) -> None:
    """Raw pages can be erased to make room; how large the file is gets measured."""
    for statement in (ERASED, *statements(SIZES)):
        db.execute(statement)


@migrations()
def m033_picking(db: Database) -> None:
    """What is due is found at once, however many articles and hosts there are."""
    for statement in statements(PICKING):
        db.execute(statement)


@migrations()
def m036_digests_of_sources(db: Database) -> None:
    """A feed whose bytes are those that were read before need not be read."""
    db.execute(SOURCE_DIGEST)


@migrations()
def m036_pictures_kept_once(db: Database) -> None:
    """Pictures that stay the same from version to version are kept once."""
    db.execute(IMAGES_OF)


@migrations()
def m037_kinds_and_ends(db: Database) -> None:
    """The kinds of paragraphs and the ends of what clocks cover are kept in fewer bytes, and read as before."""
    without_views(db)
    for table in ("revision_blocks", "revision_clocks"):
        db.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for statement in (*statements(COMPACT), *COMPACTED):
        db.execute(statement)


@migrations()
def m038_validators_checked(db: Database) -> None:
    """Whether hosts give an edited page other validators."""
    for statement in VALIDATORS_CHECKED:
        db.execute(statement)


@migrations()
def m039_last_deliveries(db: Database) -> None:
    """When an endpoint was last told is kept with it, and when a delivery arrived follows from its last attempt."""
    without_views(db)
    for statement in (LAST_DELIVERY, *statements(DELIVERED)):
        db.execute(statement)


@migrations()
def m040_panel(db: Database) -> None:
    """Which articles were of the panel from the start, so that rates can be compared without bias."""
    for statement in (*PANEL, IN_PANEL):
        db.execute(statement)


@migrations()
def m040_fixed_looks(db: Database) -> None:
    """How often articles are looked at can be said to whoever runs their host."""
    for statement in FIXED_LOOKS:
        db.execute(statement)


for step in STEPS:
    migrations()(step)


def unknown_steps(db: Database) -> list[str]:
    """Steps that the file took and that this version does not know: a newer one wrote it."""
    known = {step.name for step in migrations.pending(Database(memory=True))}
    return [step.name for step in migrations.applied(db) if step.name not in known]


def is_migrated(db: Database) -> bool:
    """Nothing is left to do."""
    return not migrations.pending(db)


def migrate(db: Database) -> None:
    """Bring the file to the newest schema; each step is one transaction, or one part of the caller's."""
    migrations.apply(db)
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
