"""Files that somebody names."""

from __future__ import annotations

import errno
import math
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def plain(path: Path, most: float = math.inf) -> Path:
    """Return the path of a file to read; raise `OSError` for a device or pipe, which may have no end, and a folder.

    One of more than *most* bytes is refused too.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise _unusable(path, errno.EINVAL)
    if found.st_size > most:
        raise _unusable(path, errno.EFBIG)
    return path


def _unusable(path: Path, why: int) -> OSError:
    return OSError(why, os.strerror(why), str(path))
