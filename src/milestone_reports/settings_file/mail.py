"""The table `[mail]`: by which server and as whom messages go out, and to whom they may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.settings_file.entries import Entries, Read, UnusableError, line_of
from milestone_reports.settings_file.mail_values import (
    ALL_PORTS,
    PORTS,
    Security,
    address_of,
    domain_in,
    host_of,
    port_of,
    security_of,
    sender_name_of,
    site_url_of,
    user_of,
)
from milestone_reports.settings_file.password import Password, password_in_file, password_in_variable

MAIL = (
    "host", "port", "security", "user", "password_file", "ca_file", "from", "from_name", "reply_to",
    "allowed_domains", "error_to", "site_url", "retry_after",
)  # fmt: skip

HOST = "MILESTONE_REPORTS_SMTP_HOST"
PORT = "MILESTONE_REPORTS_SMTP_PORT"
SECURITY = "MILESTONE_REPORTS_SMTP_SECURITY"
USER = "MILESTONE_REPORTS_SMTP_USER"
PASSWORD = "MILESTONE_REPORTS_SMTP_PASSWORD"  # noqa: S105  the name of a variable, not what is in it

LONGEST_WAIT = 3600.0
MOST_ATTEMPTS = 10


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What `[mail]` says, with what the environment says instead; a password is in none of it."""

    host: str = ""
    """Empty: nothing can be sent."""
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    """Empty: the server is not asked to let anybody in."""
    password_file: Path | None = None
    ca_file: Path | None = None
    """Certificates that are trusted beside the system's."""
    sender: str = ""
    """The plain address that messages come from."""
    sender_name: str = ""
    reply_to: str = ""
    """Where answers go, if not to the sender."""
    allowed_domains: tuple[str, ...] = ()
    """In lower case; nothing is sent to any other. Empty: nothing is sent."""
    error_to: str = ""
    """Who is told what could not be delivered."""
    site_url: str = ""
    """Where the site is served, with a slash at its end; messages then link to it."""
    retry_after: tuple[float, ...] = (5, 30, 120)
    """Seconds before each further attempt at what the server did not take for now."""


NO_MAIL = MailSettings()


def mail_in(entries: Entries) -> MailSettings:
    """The table `[mail]`.

    Raises: CannotGoOnError.
    """
    if "password" in entries.values:
        raise entries.fault(
            "password",
            "a password does not belong in this file, which others read",
            f"take it out, and name a file that only you may read as password_file, or set {PASSWORD}",
        )
    entries.known_only(MAIL)
    security: Security = entries.text_as("security", "the way of encrypting", security_of, NO_MAIL.security)
    one_address = "one plain address"
    return MailSettings(
        host=entries.text_as("host", "the name of the mail server", host_of, ""),
        port=entries.integer("port", "the server's port", ALL_PORTS) or PORTS[security],
        security=security,
        user=entries.text_as("user", "the user's name at the server", user_of, ""),
        password_file=entries.path("password_file", "a file with the password"),
        ca_file=entries.path("ca_file", "a file of certificates"),
        sender=entries.text_as("from", one_address, address_of, ""),
        sender_name=entries.text_as("from_name", "the sender's name", sender_name_of, ""),
        reply_to=entries.text_as("reply_to", one_address, address_of, ""),
        allowed_domains=entries.texts_as("allowed_domains", "a list of domains", domain_in),
        error_to=entries.text_as("error_to", one_address, address_of, ""),
        site_url=entries.text_as("site_url", "the address of the site", site_url_of, ""),
        retry_after=retries_in(entries),
    )


def retries_in(entries: Entries) -> tuple[float, ...]:
    """The seconds before each further attempt.

    Raises: CannotGoOnError.
    """
    seconds = entries.numbers("retry_after", "a list of seconds", LONGEST_WAIT)
    if seconds is None:
        return NO_MAIL.retry_after
    if len(seconds) > MOST_ATTEMPTS:
        raise entries.fault("retry_after", f"its {len(seconds)} entries are too many", f"write up to {MOST_ATTEMPTS}")
    return seconds


def with_environment(mail: MailSettings, environment: Mapping[str, str]) -> MailSettings:
    """The settings with what the environment says instead; a variable that is set to nothing says nothing.

    The port that is usual for the file's security gives way to that of the security that comes to hold.

    Raises: CannotGoOnError.
    """
    security = variable(environment, SECURITY, security_of, mail.security)
    port = PORTS[security] if mail.port == PORTS[mail.security] else mail.port
    return replace(
        mail,
        host=variable(environment, HOST, host_of, mail.host),
        port=variable(environment, PORT, port_of, port),
        security=security,
        user=variable(environment, USER, user_of, mail.user),
    )


def variable(environment: Mapping[str, str], name: str, read: Callable[[str], Read], otherwise: Read) -> Read:
    """What a variable of the environment says, read by this function; the last where it says nothing.

    Raises: CannotGoOnError.
    """
    text = environment.get(name, "").strip()
    if not text:
        return otherwise
    try:
        return read(line_of(text))
    except UnusableError as unusable:
        raise CannotGoOnError(f"{name}: {unusable.found}. Fix: {unusable.remedy}.") from unusable


def password_of(mail: MailSettings, environment: Mapping[str, str]) -> Password | None:
    """The password for the server: the environment's, else that in the file; None where there is no user either.

    Raises: CannotGoOnError, never with anything of the password.
    """
    password = None
    if PASSWORD in environment:
        password = password_in_variable(PASSWORD, environment[PASSWORD])
    elif mail.password_file:
        password = password_in_file(mail.password_file)
    if mail.user and not password:
        raise CannotGoOnError(
            f"[mail] in milestone-reports.toml: there is a user, but no password. Fix: set {PASSWORD}, or name a "
            "file as password_file; or take the user out, if the server asks for none."
        )
    if password and not mail.user:
        raise CannotGoOnError(
            f"[mail] in milestone-reports.toml: there is a password, but no user. Fix: write user or set {USER}; "
            "or take the password away, if the server asks for none."
        )
    return password
