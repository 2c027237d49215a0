"""New files: written only under a name that is free, and with nothing of the clock in them.

Must not know what the files say.
"""

from __future__ import annotations

from io import BytesIO
from itertools import count
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from milestone_reports.domain.failure import CannotGoOnError

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file: the earliest a zip can hold, so that the same contents give the same bytes."""

PROPERTIES = "docProps/core.xml"


def refuse_existing(path: Path) -> None:
    """Refuse a name that is taken, with the first one that is free.

    Raises: CannotGoOnError.
    """
    if path.exists():
        raise _taken(path)


def write_new(path: Path, content: bytes) -> None:
    """Write a new file.

    Raises: CannotGoOnError when the file is there already or cannot be written.
    """
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        reason = (error.strerror or "it could not be written").lower()
        raise CannotGoOnError(
            f"{path}: {reason}; nothing was written. Fix: name a file in a folder that is there and may be written to."
        ) from error


def reproducible(saved: bytes, properties: str | bytes) -> bytes:
    """A saved workbook with every trace of the clock replaced; `properties` are its own account of itself."""
    result = BytesIO()
    with ZipFile(BytesIO(saved)) as source, ZipFile(result, "w") as target:
        for part in source.infolist():
            content = properties if part.filename == PROPERTIES else source.read(part)
            target.writestr(_entry(part.filename), content)
    return result.getvalue()


def _taken(path: Path) -> CannotGoOnError:
    names = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    free = next(name for name in names if not name.exists())
    return CannotGoOnError(
        f"{path}: a file of this name is there already; nothing was written. "
        f"Fix: name another file, for example {free}."
    )


def _entry(name: str) -> ZipInfo:
    """A part of the file that looks the same on every system."""
    entry = ZipInfo(name, EARLIEST)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
