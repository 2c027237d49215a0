"""Where templates and shared files are looked for: a company's own folder first, then the one that ships.

Must not know what is in them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import nearest, quoted

SUFFIX = ".html.jinja"
TEXT_SUFFIX = ".txt.jinja"
"""Of the plain text of messages, in which nothing is escaped: under `mail/` alone."""

MAIL = "mail/"
"""The folder of the messages."""

ORIGINAL = "original/"
"""Before the name of one of ours that an own template extends."""

CUSTOM_SHEET = "css/custom.css"
"""A style sheet of the own folder that pages link last."""


def name_of(path: str) -> str:
    """A template's name, as commands take it: `rep` of `rep.html.jinja`, `mail/scorecard.txt` of the plain text."""
    return path.removesuffix(SUFFIX) if path.endswith(SUFFIX) else path.removesuffix(".jinja")


def is_plain_text(path: str | None) -> bool:
    """Whether what a template makes is no HTML: one of a message's text, ours or of the own folder."""
    return path is not None and path.endswith(TEXT_SUFFIX) and path.removeprefix(ORIGINAL).startswith(MAIL)


@dataclass(frozen=True, slots=True)
class TemplateFolders:
    """The folder of templates that ships, and the one that is looked in before it."""

    shipped: Path
    own: Path | None = None

    def template_paths(self) -> list[str]:
        """The templates that ship, by their paths, those of whole pages first."""
        found = (path for suffix in (SUFFIX, TEXT_SUFFIX) for path in self.shipped.rglob(f"*{suffix}"))
        return sorted((path.relative_to(self.shipped).as_posix() for path in found), key=lambda p: ("/" in p, p))

    def own_paths(self) -> list[str]:
        """The files of the own folder, by their paths; hidden ones are nobody's."""
        if self.own is None:
            return []
        paths = (path.relative_to(self.own) for path in self.own.rglob("*") if path.is_file())
        return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))

    def static(self, path: str) -> bytes:
        """A file under `static/`, the own one where there is one."""
        own = self.own / "static" / path if self.own else None
        return (own if own and own.is_file() else self.shipped / "static" / path).read_bytes()

    def own_static(self) -> Mapping[str, bytes]:
        """All files under the own folder's `static/`, by their paths there."""
        paths = (path.removeprefix("static/") for path in self.own_paths() if path.startswith("static/"))
        return {path: self.static(path) for path in paths}

    def path_of(self, name: str) -> str:
        """The path of a template that ships, by its name with or without the suffix.

        Raises: CannotGoOnError where there is none of that name.
        """
        paths = {name_of(path): path for path in self.template_paths()}
        wanted = name_of(name.replace("\\", "/"))
        if wanted not in paths:
            near = nearest(wanted, paths)
            remedy = f"write {near}" if near else "see their names with milestone-reports templates list"
            raise CannotGoOnError(f"{quoted(name)}: there is no template of this name. Fix: {remedy}.")
        return paths[wanted]

    def export(self, paths: Sequence[str], output: Path, *, overwrite: bool) -> int:
        """Write copies of templates that ship, all or none of them, and return how many.

        Raises: CannotGoOnError where a file is there already or cannot be written.
        """
        targets = {path: output / path for path in dict.fromkeys(paths)}
        taken = next((target for target in targets.values() if target.exists()), None)
        if taken and not overwrite:
            raise CannotGoOnError(
                f"{taken}: this file is there already; nothing was written. Fix: name another folder, or add --force."
            )
        try:
            for path, target in targets.items():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes((self.shipped / path).read_bytes())
        except OSError as error:
            reason = (error.strerror or "it could not be written").lower()
            raise CannotGoOnError(f"{error.filename or output}: {reason}. Fix: name a folder to write to.") from error
        return len(targets)

    def refuse_links_outward(self) -> None:
        """The own folder gives nothing that lies elsewhere: it may have come along with a workbook.

        Raises: CannotGoOnError where a symbolic link in it leads out of it.
        """
        if self.own is None:
            return
        for path in sorted(path for path in self.own.rglob("*") if path.is_symlink()):
            # Path.resolve fails at a link that leads to itself.
            if not Path(os.path.realpath(path)).is_relative_to(self.own.resolve()):
                raise CannotGoOnError(
                    f"{path}: this link leads out of the folder of your templates. Fix: put the file itself there."
                )

    def refuse_files_for_folders(self) -> None:
        """The own folder has no file where ours has a folder: both could not be in one site.

        Raises: CannotGoOnError for the first such file.
        """
        for path in self.own_paths():
            if (self.shipped / path).is_dir():
                raise CannotGoOnError(
                    f"{path}, in {self.own}: this is a file, and ours of this name is a folder. "
                    "Fix: rename it, or put it into a folder of that name."
                )

    def refuse_useless(self) -> None:
        """An own folder has something that is used.

        Raises: CannotGoOnError where nothing in it has the name of a template or lies under `static/`.
        """
        known, own = self.template_paths(), self.own_paths()
        if self.own is None or any(path in known or path.startswith("static/") for path in own):
            return
        raise CannotGoOnError(
            f"{self.own}: no file in this folder has the name of a template. Fix: {_remedy(known, own)}."
        )


def _remedy(known: Iterable[str], own: Iterable[str]) -> str:
    near = next(((path, name) for path in own if (name := nearest(path, known))), None)
    if near:
        return f"rename {near[0]} to {near[1]}"
    return "see their names with milestone-reports templates list, and begin with templates export"
