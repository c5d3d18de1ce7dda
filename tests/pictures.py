"""The pictures of the README and docs/pages.md, of invented articles: `python -m tests.pictures` makes them anew."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from db.datasette import command, told
from tests.browser import Browser
from tests.web_sample import build

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
# Name → address, width, height, dark.
PICTURES = {
    "changes": ("/?severity=high", 1180, 900, False),
    "article": ("/-/article/1", 1180, 860, False),
    "article-german": ("/-/article/1?lang=de", 1180, 860, False),
    "compare": ("/-/compare/3/4", 1280, 860, False),
    "outlet": ("/-/outlet/2", 1180, 900, False),
    "host": ("/-/host/harbourpost.example", 1180, 900, False),
    "coverage": ("/-/coverage", 1180, 700, False),
    "article-phone-dark": ("/-/article/1", 390, 900, True),
}


def main() -> None:
    """Serve the sample, and take a picture of each page as it opens."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        database = Path(folder) / "nachtrag.db"
        build(database)
        argv, metadata = command(database, "127.0.0.1:0", "http://127.0.0.1/"), told(database)
        server = subprocess.Popen(
            argv, stdin=metadata, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=folder
        )
        assert server.stderr is not None
        running = next(found for line in server.stderr if (found := re.search(r"running on (http://\S+)", line)))
        for name, (address, width, height, dark) in PICTURES.items():
            browser.open(running[1].rstrip("/") + address, width, height, dark=dark)
            browser.picture(FOLDER / f"{name}.png", whole=False)
        server.terminate()
        server.communicate()


if __name__ == "__main__":
    main()
