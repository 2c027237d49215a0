"""The password: where it comes from, who may read it, and that nothing ever shows it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.settings_file.mail import PASSWORD, MailSettings, password_of
from milestone_reports.settings_file.password import Password

SECRET = "hunter2-ü§"  # noqa: S105  nobody's
WITH_USER = MailSettings(user="reports")


def in_file(file: Path, content: bytes, mode: int = 0o600) -> MailSettings:
    file.write_bytes(content)
    file.chmod(mode)
    return MailSettings(user="reports", password_file=file)


def complaint(mail: MailSettings, environment: dict[str, str]) -> str:
    with pytest.raises(CannotGoOnError) as refused:
        password_of(mail, environment)
    assert refused.value.__cause__ is None
    return str(refused.value)


def revealed(password: Password | None) -> str:
    assert password
    return password.reveal()


def test_the_environment_is_asked_before_the_file(tmp_path: Path) -> None:
    mail = in_file(tmp_path / "secret", b"another")
    assert revealed(password_of(mail, {PASSWORD: SECRET})) == SECRET
    assert revealed(password_of(mail, {})) == "another"


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nmore\n", "\n" + "x" * 10_000])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_it_is_the_first_line_of_its_file_without_the_line_end(tmp_path: Path, start: str, end: str) -> None:
    mail = in_file(tmp_path / "secret", f"{start}{SECRET}{end}".encode())
    assert revealed(password_of(mail, {})) == SECRET


def test_blanks_at_its_ends_are_its_own(tmp_path: Path) -> None:
    assert revealed(password_of(in_file(tmp_path / "secret", b" a b \n"), {})) == " a b "


def test_the_longest_one_is_taken_in_letters_of_any_width(tmp_path: Path) -> None:
    longest = "\U0001f511" * 1000
    assert revealed(password_of(in_file(tmp_path / "secret", f"{longest}\r\n".encode()), {})) == longest


def test_it_is_shown_by_nothing() -> None:
    password = Password(SECRET)
    shown = f"{password} {password!r} {password:>20} {password!s} %s {[password]}" % password
    assert shown == "*** *** *** *** *** [***]"


def test_without_user_and_password_there_is_none() -> None:
    assert password_of(MailSettings(), {}) is None


def test_a_user_needs_a_password_and_a_password_a_user(tmp_path: Path) -> None:
    assert complaint(WITH_USER, {}) == (
        "[mail] in milestone-reports.toml: there is a user, but no password. Fix: set MILESTONE_REPORTS_SMTP_PASSWORD, "
        "or name a file as password_file; or take the user out, if the server asks for none."
    )
    expected = (
        "[mail] in milestone-reports.toml: there is a password, but no user. Fix: write user or set "
        "MILESTONE_REPORTS_SMTP_USER; or take the password away, if the server asks for none."
    )
    assert complaint(MailSettings(), {PASSWORD: SECRET}) == expected
    in_file(tmp_path / "secret", SECRET.encode())
    assert complaint(MailSettings(password_file=tmp_path / "secret"), {}) == expected


FAULTS = [
    ("", "there is no password in it"),
    ("x" * 1001, "more than 1,000 characters are too many for a password"),
    ("\U0001f511" * 1001, "more than 1,000 characters are too many for a password"),
    ("hun\0ter", "there is a line break or a NUL in the password"),
    ("hun\rter", "there is a line break or a NUL in the password"),
    ("hun\udcffter", "it is not in UTF-8"),
]


@pytest.mark.parametrize(("text", "found"), [*FAULTS, ("hunter\n", "there is a line break or a NUL in the password")])
def test_what_can_be_no_password_in_the_environment_is_told_without_it(text: str, found: str) -> None:
    assert complaint(WITH_USER, {PASSWORD: text}) == (
        f"MILESTONE_REPORTS_SMTP_PASSWORD: {found}. Fix: set it to the password alone, or take it away."
    )


@pytest.mark.parametrize(("text", "found"), [*FAULTS, ("\nhunter", "there is no password in it")])
def test_what_can_be_no_password_in_a_file_is_told_without_it(tmp_path: Path, text: str, found: str) -> None:
    mail = in_file(tmp_path / "secret", text.encode("utf-8", errors="surrogateescape"))
    assert complaint(mail, {}) == (
        f"{tmp_path / 'secret'}: {found}. Fix: write the password on its first line, and nothing else."
    )


posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o666, 0o777])
def test_a_file_to_which_others_have_any_right_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "my secret"
    assert complaint(in_file(file, SECRET.encode(), mode), {}) == (
        f"{file}: others than its owner have rights to it. Fix: chmod 600 '{file}'"
    )


@posix
@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_file_of_its_owner_alone_is_taken(tmp_path: Path, mode: int) -> None:
    assert revealed(password_of(in_file(tmp_path / "secret", SECRET.encode(), mode), {})) == SECRET


@posix
def test_what_a_link_leads_to_is_what_counts(tmp_path: Path) -> None:
    in_file(tmp_path / "open", SECRET.encode(), 0o644)
    in_file(tmp_path / "closed", SECRET.encode())
    for name in ("open", "closed"):
        (tmp_path / f"to {name}").symlink_to(tmp_path / name)
    assert revealed(password_of(MailSettings(user="a", password_file=tmp_path / "to closed"), {})) == SECRET
    assert "chmod 600" in complaint(MailSettings(user="a", password_file=tmp_path / "to open"), {})


@posix
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    mail = in_file(tmp_path / "secret", SECRET.encode())
    os.chown(tmp_path / "secret", 12_345, -1)
    assert complaint(mail, {}) == (
        f"{tmp_path / 'secret'}: it belongs to somebody else, who can change it. Fix: name a file of your own."
    )


@posix
def test_a_folder_or_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("folder", "pipe"):
        assert complaint(MailSettings(user="a", password_file=tmp_path / name), {}) == (
            f"{tmp_path / name}: this is no file. Fix: name the file with the password as mail.password_file."
        )


def test_a_file_that_is_not_there_is_told_without_its_name_which_may_be_the_password() -> None:
    assert complaint(MailSettings(user="a", password_file=Path(SECRET)), {}) == (
        "mail.password_file: there is no such file. Fix: name one that is there, relative to the file of settings."
    )
    assert SECRET not in complaint(MailSettings(user="a", password_file=Path(SECRET * 100)), {})
