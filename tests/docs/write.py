"""`make docs`: write docs/reference.md, or another file that is named, from the code that it describes."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "reference.md"

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    from docs.reference import reference

    Path(sys.argv[1] if sys.argv[1:] else TARGET).write_text(reference(), encoding="utf-8")
