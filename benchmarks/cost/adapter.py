"""What `nachtrag.sh` asks of Python: a configuration for the simulator, what was told, and how much is kept."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import urllib.request
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from db.rows import text_of

# The settings that the simulator's README names: every edit is ruled on at once.
_CONFIG = """
database = "data/nachtrag.db"

[fetch]
user_agent = "Nachtrag/0.1 (+http://127.0.0.1/benchmark)"
gap = "0s"
per_host = {per_host}
allow_private = ["127.0.0.0/8"]
workers = {workers}

[judge]
settle = "0s"
cache_allowance = "0s"
looks = 1

[[sources]]
name = "simulator"
{source}

[[endpoints]]
name = "sink"
url = "{simulator}/__hook"
secret_env = "NACHTRAG_BENCH_SECRET"
events = ["article.changed", "article.ruled", "article.gone", "article.returned", "article.comments"]
"""
# What is no change of an article that was there before.
_NO_CHANGE = "article.discovered"


def setup(folder: Path, articles: int) -> None:
    """Write the configuration: the simulator's addresses as a list, or as its feed (`NACHTRAG_BENCH_FEED=1`)."""
    simulator = os.environ["SIM"]
    (folder / "data").mkdir(parents=True, exist_ok=True)
    with urllib.request.urlopen(f"{simulator}/urls.txt?n={articles}", timeout=60) as answer:
        (folder / "urls.txt").write_bytes(answer.read())
    of_feed = os.environ.get("NACHTRAG_BENCH_FEED") == "1"
    source = f'feed = "{simulator}/feed.xml?n={articles}"' if of_feed else 'list = "urls.txt"'
    per_host, workers = os.environ.get("NACHTRAG_BENCH_PER_HOST", "4"), os.environ.get("NACHTRAG_BENCH_WORKERS", "2")
    text = _CONFIG.format(simulator=simulator, source=source, per_host=per_host, workers=workers)
    (folder / "config.toml").write_text(text)


def changes(folder: Path, since: float) -> None:
    """Print the address of every article of which anything was told since, but that it was found."""
    with closing(_database(folder)) as con:
        rows = con.execute(
            "SELECT DISTINCT url FROM events WHERE at >= ? AND article_id IS NOT NULL AND type != ?",
            [text_of(datetime.fromtimestamp(since, UTC)), _NO_CHANGE],
        )
        print("\n".join(row[0] for row in rows))


def revs(folder: Path) -> None:
    """Print how many versions are kept, and note beside the database how many bytes each table and index takes."""
    with closing(_database(folder)) as con:
        sizes = dict(con.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        kept = con.execute("SELECT count(*) FROM revisions").fetchone()[0]
    with (folder / "sizes.jsonl").open("a") as file:
        print(json.dumps({"revisions": kept, "bytes": sizes}), file=file)
    print(kept)


def _database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder / 'data/nachtrag.db'}?mode=ro", uri=True)


def main(command: str, folder: str, value: str = "0") -> None:
    """One of the harness's sub-commands."""
    if command == "setup":
        setup(Path(folder), int(value))
    elif command == "changes":
        changes(Path(folder), float(value))
    elif command == "revs":
        revs(Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
