"""Where the reference material is that is measured against; it is no part of the project."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def shared() -> Path:
    """The folder that NACHTRAG_SHARED names. Where there is none, the command ends with a sentence and exit code 2."""
    named = os.environ.get("NACHTRAG_SHARED", "")
    if named and Path(named).is_dir():
        return Path(named)
    why = f"NACHTRAG_SHARED is {named!r}, which is no folder" if named else "NACHTRAG_SHARED is not set"
    print(f"{why}: set it to the folder with the reference material (corpus/, hostile/, revisions/)", file=sys.stderr)
    sys.exit(2)
