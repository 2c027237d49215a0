"""One build's stage: pages are written to it, checked, and promoted to be the site. It must not know what they say."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Self

from milestone_reports.domain.failure import PublishingFailedError
from milestone_reports.publish.folders import (
    SITE,
    flush,
    only_build,
    replace_site,
    site_folder,
    told_plainly,
    workplace,
)
from milestone_reports.publish.layout import MadeFor
from milestone_reports.publish.manifest import (
    MANIFEST,
    Manifest,
    folders_of,
    foreign_paths,
    is_folder,
    manifest_of,
)
from milestone_reports.publish.site_check import check_site


class Stage:
    """A site in the making, beside the one it will replace.

    Leaving it without `promote()`, by an error too, leaves the old site as it was.
    """

    def __init__(self, site: Path, staging: Path, version: str, made_for: MadeFor) -> None:
        self._site = site
        self._staging = staging
        self._new = staging / SITE
        self._version = version
        self._made_for = made_for
        old = manifest_of(site)
        self._old = old.files if old else {}
        self._old_is_for = old.made_for if old else ""
        self._digests: dict[str, str] = {}
        self._kept: dict[str, str] = {}

    @classmethod
    @contextmanager
    def beside(
        cls,
        output: Path,
        *,
        version: str,
        made_for: MadeFor = "manager",
        workbooks: Sequence[Path] = (),
        wait: float = 10,
    ) -> Iterator[Self]:
        """A stage for a site in `output`, alone at work there; `workbooks` are those the site may not swallow.

        Raises: CannotGoOnError where a site cannot live there; PublishingFailedError when another build is at work
        there for longer than `wait` seconds, or the file system refuses.
        """
        site = site_folder(output, workbooks)
        with only_build(site, wait), workplace(site) as staging:
            yield cls(site, staging, version, made_for)

    @property
    def written(self) -> Mapping[str, str]:
        """The paths written so far, each with the SHA-256 of its bytes."""
        return self._digests

    @property
    def old(self) -> Mapping[str, str]:
        """The files of ours in the site that is there, each with the SHA-256 that it was published with."""
        return self._old

    @property
    def old_is_for(self) -> str:
        """Whom the site that is there is for, as its manifest says; empty where there is none."""
        return self._old_is_for

    @property
    def kept(self) -> Mapping[str, str]:
        """The files kept so far, as in `old`."""
        return self._kept

    def write(self, path: str, content: bytes) -> None:
        """Writes one file of the site; its path is relative, with forward slashes, and stays inside."""
        file = self._new_file(path)
        with told_plainly(self._site):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        self._digests[path] = sha256(content).hexdigest()

    def write_also(self, path: str, of: str) -> None:
        """Gives a file that is written already a second path in the site; on most disks that takes no room."""
        file = self._new_file(path)
        with told_plainly(self._site):
            file.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(self._new / of, file)
        self._digests[path] = self._digests[of]

    def keep(self, paths: Iterable[str]) -> None:
        """Takes files of the old site into this one as they are; those that the user took away stay away.

        They were checked when they were published, and are neither read nor checked again.
        """
        with told_plainly(self._site):
            kept = {path: self._old[path] for path in paths if (self._site / path).is_file()}
            for folder in folders_of(kept):
                (self._new / folder).mkdir(parents=True, exist_ok=True)
            for path in kept:
                link_or_copy(self._site / path, self._new_file(path))
        self._kept.update(kept)

    def _new_file(self, path: str) -> Path:
        if path in self._digests or path in self._kept or not is_inside(path):
            message = f"not a new path inside the site: {path!r}"
            raise ValueError(message)
        return self._new / path

    def check(self, expected: Iterable[str] = ()) -> None:
        """Checks all that was written, as it stands on disk.

        Raises: PublishingFailedError for the first page that is missing or empty, or link or id that does not resolve.
        """
        with told_plainly(self._site):
            check_site(self._new, self._digests, expected=expected, known=[*self._kept, *self._foreign()])

    def promote(self, *, in_one_step: bool = True) -> None:
        """Makes this the site, and carries over what the user keeps in its folder.

        Raises: PublishingFailedError where one of the user's files would be overwritten, or the file system refuses.
        """
        with told_plainly(self._site):
            (self._new / MANIFEST).write_bytes(Manifest(self._version, self._ours, self._made_for).as_bytes)
            flush(self._new)
            # From here on it goes fast: what the user saves into the old site meanwhile would be lost with it.
            if self._site.is_dir():
                carry_over(self._foreign(), self._site, self._new)
                shutil.copymode(self._site, self._new)
            replace_site(self._staging, self._site, in_one_step=in_one_step)

    @property
    def _ours(self) -> dict[str, str]:
        return {**self._kept, **self._digests}

    def _foreign(self) -> list[str]:
        """The user's own files in the old site's folder, none of which is in our way."""
        foreign = foreign_paths(self._site)
        if path := in_the_way(self._site, foreign, {MANIFEST, *self._ours}):
            raise PublishingFailedError(
                f"Output folder '{self._site}': '{path}' there was not made by this program, and the new site has "
                "something of that name; nothing was changed. Fix: name another folder with -o, or move that away."
            )
        return foreign


def is_inside(path: str) -> bool:
    """Whether a path is relative, posix, plain, within the site, and not the manifest's."""
    posix = PurePosixPath(path)
    plain = str(posix) == path and "\\" not in path and ":" not in path
    return plain and not posix.is_absolute() and ".." not in posix.parts and path not in {".", MANIFEST}


def in_the_way(site: Path, foreign: Sequence[str], ours: set[str]) -> str:
    """The first of the user's paths where the new site has a file, or a folder and the user none; empty for none."""
    our_folders = folders_of(ours) if foreign else set()
    for path in foreign:
        if path in ours or not ours.isdisjoint(folders_of([path])):
            return path
        if path in our_folders and not is_folder(site / path):
            return path
    return ""


def carry_over(paths: Sequence[str], old: Path, new: Path) -> None:
    """Gives the new site the user's own files and folders, with their times and rights."""
    for path in paths:
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        if is_folder(old / path):
            (new / path).mkdir(exist_ok=True)
        else:
            link_or_copy(old / path, new / path)
    # Deepest first and after the files: a folder's time changes with what is put into it, and it may forbid that.
    for folder in sorted({*paths} | folders_of(paths), reverse=True):
        if is_folder(old / folder):
            shutil.copystat(old / folder, new / folder)


def link_or_copy(old: Path, new: Path) -> None:
    """The same file under a second name; a copy where the file system or the file's owner forbids that."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)
