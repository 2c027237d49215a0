"""Letters as files that a mail program opens as drafts, in a folder for each week.

Of what lies there nothing is touched but earlier drafts of ours. It must not know why a letter is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.parser import BytesHeaderParser
from itertools import count
from pathlib import Path

from milestone_reports.delivery.letters import Letter, Post
from milestone_reports.delivery.messages import Envelope, message_of
from milestone_reports.delivery.parcels import Parcel, parcels
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.slug import slug
from milestone_reports.settings_file.mail import MailSettings

MAILER, OURS = "X-Mailer", "milestone_reports"
"""The header by which a draft is known for ours."""

SUFFIX = ".eml"
LONGEST_HEADERS = 64 * 1024
OWNER_ONLY = 0o600


def write_drafts(folder: Path, post: Post, mail: MailSettings, at: datetime, to: str = "") -> list[Path]:
    """Write each letter as a draft into the folder of its week, and remove those that are no longer among them.

    `to` is whom they all go to for a trial.

    Raises: CannotGoOnError where the folder cannot be used, or a file that is not ours has the name of a draft.
    """
    in_week = folder / post.week
    drafts = {in_week / name: draft_of(parcel, mail, at) for name, parcel in named(parcels(post, to)).items()}
    with told_plainly(folder):
        in_week.mkdir(parents=True, exist_ok=True)
        refuse_files_of_others(drafts)
        for path, content in drafts.items():
            write_whole(path, content)
        for path in sorted(in_week.glob(f"*{SUFFIX}")):
            if path not in drafts and is_ours(path):
                path.unlink()
    return list(drafts)


def draft_of(parcel: Parcel, mail: MailSettings, at: datetime) -> bytes:
    """The bytes of a draft, with neither date nor number: the mail program gives it both when it is sent."""
    envelope = Envelope(
        mail.sender, mail.sender_name, mail.reply_to or parcel.letter.reply_to, parcel.address, at, message_id="",
        trial_for=parcel.trial_for, unsent=True,
    )  # fmt: skip
    message = message_of(parcel.letter, envelope)
    message[MAILER] = OURS
    return message.as_bytes()


def named(all_parcels: Iterable[Parcel]) -> Mapping[str, Parcel]:
    """The parcels by the names of their files, each of which is there once."""
    files: dict[str, Parcel] = {}
    for parcel in all_parcels:
        stem = stem_of(parcel.letter)
        names = (f"{stem}{SUFFIX}" if number == 1 else f"{stem}-{number}{SUFFIX}" for number in count(1))
        files[next(name for name in names if name not in files)] = parcel
    return files


def stem_of(letter: Letter) -> str:
    """What the name of a letter's file begins with: the team, and the rep or that it is for a manager."""
    return f"{slug(letter.to.team)}-{letter.to.slug or 'manager'}"


def refuse_files_of_others(paths: Iterable[Path]) -> None:
    """A file that is not known for a draft of ours is not written over.

    Raises: CannotGoOnError for the first.
    """
    for path in paths:
        if os.path.lexists(path) and not is_ours(path):
            raise CannotGoOnError(
                f"{path}: this is no draft of this program as it wrote it, and a draft would be written there. "
                "Fix: move it away, or name another folder with --drafts."
            )


def is_ours(path: Path) -> bool:
    """Whether a file is a draft that this program wrote."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        headers = BytesHeaderParser().parsebytes(file.read(LONGEST_HEADERS))
    return headers.get(MAILER) == OURS


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)  # of a run that was killed
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:  # noqa: PTH123  a descriptor
            file.write(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Whatever the file system refuses is one sentence.

    Raises: CannotGoOnError.
    """
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise CannotGoOnError(
            f"Drafts folder '{folder}': there is a file in its place. Fix: name another with --drafts."
        ) from error
    except PermissionError as error:
        raise CannotGoOnError(
            f"Drafts folder '{folder}': you may not write there. Fix: name another with --drafts."
        ) from error
    except OSError as error:
        raise CannotGoOnError(
            f"Drafts folder '{folder}': the disk or the network failed ({error.strerror or error}). "
            "Fix: see that it can be reached and has space, then start again."
        ) from error
