"""Letters as drafts on the disk, and what else lies there left alone."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from milestone_reports.delivery.drafts import write_drafts
from milestone_reports.delivery.letters import Kind, Letter, Post, Recipient
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.settings_file.mail import NO_MAIL, MailSettings

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
WEEK = "2026-W47"
NOBODY = 65_534
MAIL = MailSettings(sender="office@north.example", sender_name="Sales office")


def letter(rep: str, *, team: str = "North", address: str = "") -> Letter:
    """A scorecard; for nobody a team's report."""
    kind: Kind = "scorecard" if rep else "team report"
    slug = rep.lower().replace(" ", "-")
    to = Recipient(team, kind, rep, slug, address or f"{slug or 'mo'}@north.example")
    return Letter(
        to, WEEK, f"{rep or team}, week 47", f"Dear {rep}\n", f"<p>Dear {rep}</p>", b"%PDF", "card.pdf", "figures"
    )


def post(*letters: Letter) -> Post:
    return Post(WEEK, letters, ())


def opened(file: Path) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(file.read_bytes())


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(CannotGoOnError) as error:
        work()
    return str(error.value)


def test_each_letter_is_a_draft_that_a_mail_program_opens_for_sending(tmp_path: Path) -> None:
    written = write_drafts(tmp_path / "drafts", post(letter("Ann Archer"), letter("")), MAIL, AT)
    in_week = tmp_path / "drafts/2026-W47"
    assert written == [in_week / "north-ann-archer.eml", in_week / "north-manager.eml"]
    draft = opened(written[0])
    assert (draft["From"], draft["To"]) == ("Sales office <office@north.example>", "ann-archer@north.example")
    assert draft["Subject"] == "Ann Archer, week 47"
    assert (draft["X-Unsent"], draft["X-Mailer"], draft["Date"]) == ("1", "milestone_reports", None)
    (attached,) = draft.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("card.pdf", b"%PDF")


def test_without_a_sender_the_mail_program_puts_its_own_user_there(tmp_path: Path) -> None:
    (draft,) = write_drafts(tmp_path, post(letter("Ann")), NO_MAIL, AT)
    assert opened(draft)["From"] is None
    assert opened(draft)["To"] == "ann@north.example"


def test_for_a_trial_all_go_to_one_and_say_for_whom_they_would_be(tmp_path: Path) -> None:
    written = write_drafts(tmp_path, post(letter("Ann"), letter("Bea")), MAIL, AT, to="me@north.example")
    assert [opened(file)["To"] for file in written] == ["me@north.example"] * 2
    assert [opened(file)["Subject"] for file in written] == [
        "[Trial, for ann@north.example] Ann, week 47", "[Trial, for bea@north.example] Bea, week 47",
    ]  # fmt: skip


def test_every_draft_has_a_file_of_its_own_whatever_the_names(tmp_path: Path) -> None:
    letters = [
        letter(""),
        letter("", address="second@north.example"),
        letter("Manager"),
        letter("East Ann"),
        letter("Ann", team="North East"),
    ]
    written = write_drafts(tmp_path, post(*letters), MAIL, AT)
    assert [file.name for file in written] == [
        "north-manager.eml", "north-manager-2.eml", "north-manager-3.eml", "north-east-ann.eml", "north-east-ann-2.eml",
    ]  # fmt: skip
    assert [opened(file)["To"] for file in written] == [one.to.address for one in letters]


def test_a_team_named_like_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    (draft,) = write_drafts(tmp_path / "drafts", post(letter("Ann", team="../../x\n/etc")), MAIL, AT)
    assert draft.parent == tmp_path / "drafts" / WEEK
    assert files_in(tmp_path) == [f"drafts/{WEEK}/x-etc-ann.eml"]


def test_drafts_that_are_no_longer_written_go_and_nothing_else_does(tmp_path: Path) -> None:
    write_drafts(tmp_path, post(letter("Ann"), letter("Bea")), MAIL, AT)
    in_week = tmp_path / WEEK
    others = {
        "kept by someone.eml": b"From: me@north.example\nSubject: own\nX-Unsent: 1\n\nmine\n",
        "notes.txt": b"X-Mailer: milestone_reports\n",
        "sub/north-ann.eml": (in_week / "north-ann.eml").read_bytes(),
    }
    (in_week / "sub").mkdir()
    for name, content in others.items():
        (in_week / name).write_bytes(content)
    (in_week / "linked.eml").symlink_to(in_week / "sub/north-ann.eml")
    other_week = write_drafts(tmp_path, replace(post(letter("Zed")), week="2026-W46"), MAIL, AT)
    written = write_drafts(tmp_path, post(letter("Bea"), letter("Cy")), MAIL, AT)
    assert files_in(in_week) == sorted([*others, "linked.eml", *(file.name for file in written)])
    assert all((in_week / name).read_bytes() == content for name, content in others.items())
    assert all(file.is_file() for file in other_week)
    write_drafts(tmp_path, post(), MAIL, AT)
    assert files_in(in_week) == sorted([*others, "linked.eml"])


def test_the_same_letters_make_the_same_bytes(tmp_path: Path) -> None:
    first = [file.read_bytes() for file in write_drafts(tmp_path / "1", post(letter("Ann"), letter("")), MAIL, AT)]
    later = AT.replace(hour=12)
    assert first == [
        file.read_bytes() for file in write_drafts(tmp_path / "2", post(letter("Ann"), letter("")), MAIL, later)
    ]


def test_only_the_owner_may_read_a_draft(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        written = write_drafts(tmp_path, post(letter("Ann")), MAIL, AT)
    finally:
        os.umask(before)
    assert [file.stat().st_mode & 0o777 for file in written] == [0o600]


def test_what_is_no_draft_of_ours_is_not_written_over(tmp_path: Path) -> None:
    own = tmp_path / WEEK / "north-bea.eml"
    own.parent.mkdir()
    own.write_text("Subject: mine\n\n")
    assert refusal(lambda: write_drafts(tmp_path, post(letter("Ann"), letter("Bea")), MAIL, AT)) == (
        f"{own}: this is no draft of this program as it wrote it, and a draft would be written there. "
        "Fix: move it away, or name another folder with --drafts."
    )
    assert files_in(tmp_path) == [f"{WEEK}/north-bea.eml"]
    assert own.read_text() == "Subject: mine\n\n"
    own.unlink()
    own.symlink_to(tmp_path / "elsewhere")
    assert "this is no draft of this program" in refusal(lambda: write_drafts(tmp_path, post(letter("Bea")), MAIL, AT))
    assert not (tmp_path / "elsewhere").exists()


def test_what_a_killed_run_has_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / WEEK).mkdir()
    (tmp_path / WEEK / ".north-ann.eml.new").write_bytes(b"half of it")
    (draft,) = write_drafts(tmp_path, post(letter("Ann")), MAIL, AT)
    assert opened(draft)["X-Unsent"] == "1"
    assert files_in(tmp_path) == [f"{WEEK}/north-ann.eml"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    folder.write_text("a note")
    assert refusal(lambda: write_drafts(folder, post(letter("Ann")), MAIL, AT)) == (
        f"Drafts folder '{folder}': there is a file in its place. Fix: name another with --drafts."
    )
    assert folder.read_text() == "a note"


def test_a_draft_that_cannot_be_written_whole_leaves_the_one_that_was_there(tmp_path: Path) -> None:
    (draft,) = write_drafts(tmp_path, post(letter("Ann")), MAIL, AT)
    before = draft.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
    try:
        said = refusal(lambda: write_drafts(tmp_path, post(replace(letter("Ann"), pdf=b"another")), MAIL, AT))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert said == (
        f"Drafts folder '{tmp_path}': the disk or the network failed (File too large). "
        "Fix: see that it can be reached and has space, then start again."
    )
    assert draft.read_bytes() == before
    assert files_in(tmp_path) == [f"{WEEK}/north-ann.eml"]


def test_a_folder_that_may_not_be_written_is_refused() -> None:
    # Not in pytest's own folder, which nobody else may enter.
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with without_rights():
            said = refusal(lambda: write_drafts(folder, post(letter("Ann")), MAIL, AT))
        assert said == (f"Drafts folder '{folder}': you may not write there. Fix: name another with --drafts.")


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody who owns nothing here, if it is an administrator who runs the tests."""
    user = os.geteuid()
    if not user:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
