"""Which files of a site are ours, and whom it is for. It reads folders; it must not change any."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.json"

IN_EVERY_WHOLE_SITE = {"checks.html", "scorecards.json", "team.pdf"}
"""One of these is in every site of a whole team that does not say whom it is for, and none in one of chosen reps."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that are ours in a site, each with the SHA-256 of its bytes, and the version that wrote them."""

    version: str
    files: Mapping[str, str]
    made_for: str = "manager"
    """A `MadeFor`, or what a later version of the program has written."""

    @property
    def as_bytes(self) -> bytes:
        """The text of `manifest.json`: sorted and without a time, so that the same site gives the same bytes."""
        content = {"version": self.version, "audience": self.made_for, "files": dict(sorted(self.files.items()))}
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def manifest_of(site: Path) -> Manifest | None:
    """The manifest in a site's folder; None where the folder was not published by us."""
    try:
        content = json.loads((site / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    match content:
        case {"version": str(version), "files": dict(files)} if all(is_digest(entry) for entry in files.values()):
            return Manifest(version, files, str(content.get("audience") or audience_by(files)))
    return None


def audience_by(files: Iterable[str]) -> str:
    """Whom a site is for that does not say so, by its files: those of chosen reps never pass for everyone's."""
    names = {path.rpartition("/")[2] for path in files}
    return "chosen reps" if names and names.isdisjoint(IN_EVERY_WHOLE_SITE) else "manager"


def is_digest(entry: object) -> bool:
    """Whether this is a SHA-256 in hexadecimal, by which our manifest is told from another program's."""
    return isinstance(entry, str) and re.fullmatch("[0-9a-f]{64}", entry) is not None


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder in which one of these paths lies, at any depth."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def foreign_paths(site: Path) -> list[str]:
    """What a user keeps in the site's folder: every file, and every empty folder, that our manifest does not name."""
    if not site.is_dir():
        return []
    manifest = manifest_of(site)
    files = {MANIFEST, *manifest.files} if manifest else set()
    folders = folders_of(files)
    # A folder of ours that was emptied is ours still; a file that stands in its place is the user's.
    return [
        path for path in paths_below(site) if path not in files and not (path in folders and is_folder(site / path))
    ]


def is_folder(path: Path) -> bool:
    """Whether this is a folder itself, not a link to one."""
    return path.is_dir() and not path.is_symlink()


def paths_below(folder: Path, above: str = "") -> Iterator[str]:
    """Every file and every empty folder below a folder, by its posix path; a link is not followed."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    if above and not found:
        yield above.removesuffix("/")
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from paths_below(Path(entry.path), f"{above}{entry.name}/")
        else:
            yield above + entry.name
