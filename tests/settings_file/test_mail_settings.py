"""The table [mail] and the environment that is stronger."""

from __future__ import annotations

from pathlib import Path

import pytest

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.settings_file.mail import NO_MAIL, MailSettings, with_environment
from milestone_reports.settings_file.reading import NAME, settings_in


def written(folder: Path, *lines: str) -> Path:
    file = folder / NAME
    file.write_text("\n".join(["[mail]", *lines]), encoding="utf-8")
    return file


def mail(folder: Path, *lines: str) -> MailSettings:
    return settings_in(written(folder, *lines)).mail


def complaint(folder: Path, *lines: str) -> str:
    """What is said of a table, without the file."""
    file = written(folder, *lines)
    with pytest.raises(CannotGoOnError) as refused:
        settings_in(file)
    return str(refused.value).removeprefix(f"{file}, ")


def test_everything_that_can_be_set_is_read_with_paths_relative_to_the_file(tmp_path: Path) -> None:
    assert mail(
        tmp_path,
        'host = "Mail.example.com"',
        "port = 2465",
        'security = "tls"',
        'user = "reports"',
        'password_file = "secret/mail"',
        'ca_file = "office.pem"',
        'from = "reports@Example.com"',
        'from_name = "Müller, Sales Office"',
        'reply_to = "office@example.com"',
        'allowed_domains = ["Example.com", "example.org"]',
        'error_to = "admin@example.com"',
        'site_url = "https://reports.example.com/team"',
        "retry_after = [0, 1.5]",
    ) == MailSettings(
        host="mail.example.com",
        port=2465,
        security="tls",
        user="reports",
        password_file=tmp_path / "secret/mail",
        ca_file=tmp_path / "office.pem",
        sender="reports@example.com",
        sender_name="Müller, Sales Office",
        reply_to="office@example.com",
        allowed_domains=("example.com", "example.org"),
        error_to="admin@example.com",
        site_url="https://reports.example.com/team/",
        retry_after=(0, 1.5),
    )


def test_a_table_that_sets_nothing_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    assert mail(tmp_path) == mail(tmp_path, 'host = ""', 'from = ""', 'security = ""') == NO_MAIL


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("TLS", 465)])
def test_the_port_follows_the_way_of_encrypting_where_none_is_set(tmp_path: Path, security: str, port: int) -> None:
    found = mail(tmp_path, f'security = "{security}"')
    assert (found.security, found.port) == (security.lower(), port)


@pytest.mark.parametrize(
    "host", ["localhost", "mail", "10.0.0.7", "::1", "2001:db8::7", "xn--mller-kva.de", "a-b.example.co.uk"]
)
def test_a_server_is_named_or_numbered(tmp_path: Path, host: str) -> None:
    assert mail(tmp_path, f'host = "{host}"').host == host


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://example.com", "https://example.com/"),
        ("http://localhost:8080/reports//", "http://localhost:8080/reports/"),
        ("https://[::1]:8443/a/b/", "https://[::1]:8443/a/b/"),
        ("HTTPS://Example.com/Team%20North", "https://Example.com/Team%20North/"),
    ],
)
def test_the_address_of_the_site_ends_with_a_slash(tmp_path: Path, url: str, taken: str) -> None:
    assert mail(tmp_path, f'site_url = "{url}"').site_url == taken


def test_no_further_attempt_can_be_wanted(tmp_path: Path) -> None:
    assert mail(tmp_path, "retry_after = []").retry_after == ()


SERVER = 'write one such as "mail.example.com", in plain letters'
FOLDER = 'write the address of its folder, such as "https://reports.example.com/team/"'
PORT_NUMBER = "write a number from 1 to 65535, without quotes"
ADDRESS = 'write one such as "name@example.com", and no name beside it'


@pytest.mark.parametrize(
    ("line", "found", "remedy"),
    [
        ('hots = "a"', "hots: there is no key of this name", "write host"),
        (
            'host = "smtps://mail.example.com"',
            "host: it has a scheme",
            'write the server\'s name alone, such as "mail.example.com"',
        ),
        (
            'host = "mail.example.com:587"',
            "host: there is a port in 'mail.example.com:587'",
            "write the server's name alone, and the port as the port",
        ),
        (
            'host = "[::1]:587"',
            "host: there is a port in '[::1]:587'",
            "write the server's name alone, and the port as the port",
        ),
        (
            'host = "dana@example.com"',
            "host: it has an @, as an address of a person has",
            'write the server\'s name, such as "mail.example.com"',
        ),
        ('host = "mail example"', "host: 'mail example' is no name of a server", SERVER),
        ('host = "mail.example.com."', "host: 'mail.example.com.' is no name of a server", SERVER),
        ('host = "-oProxy"', "host: '-oProxy' is no name of a server", SERVER),
        ('host = "10.0.0.256"', "host: '10.0.0.256' is no name of a server", SERVER),
        ('host = "fe80::1%eth0"', "host: 'fe80::1%eth0' is no name of a server", SERVER),
        ('host = "müller.example"', "host: 'müller.example' is no name of a server", SERVER),
        ('host = "' + "a" * 64 + '.com"', "host: '" + "a" * 59 + "…' is no name of a server", SERVER),
        ('host = "mail\\r\\nRCPT"', "host: there is a line break in it", "write it on one line"),
        (
            'port = "587"',
            "port: '587' is no whole number; the server's port was expected",
            PORT_NUMBER,
        ),
        (
            "port = true",
            "port: 'true' is no whole number; the server's port was expected",
            PORT_NUMBER,
        ),
        ("port = 0", "port: '0' is out of range", PORT_NUMBER),
        ("port = 65_536", "port: '65536' is out of range", PORT_NUMBER),
        (
            'security = "none"',
            "security: 'none' is no way of encrypting",
            'write "starttls" or "tls"; in plain text nothing is sent',
        ),
        (
            "security = false",
            "security: 'false' is no text; the way of encrypting was expected",
            'write security = "..."',
        ),
        (
            'from = "Office <office@example.com>"',
            "from: 'Office <office@example.com>' is not one plain address",
            ADDRESS,
        ),
        (
            'reply_to = "a@example.com, b@example.com"',
            "reply_to: 'a@example.com, b@example.com' is not one plain address",
            ADDRESS,
        ),
        ('error_to = "admin"', "error_to: 'admin' is not one plain address", ADDRESS),
        (
            'from_name = "Office\\nBcc: other@evil.example"',
            "from_name: there is a line break in it",
            "write it on one line",
        ),
        (
            'from_name = "Office\\u202e"',
            "from_name: there is a character in it that cannot be shown (U+202E)",
            "take it out",
        ),
        ('from_name = "' + "x" * 101 + '"', "from_name: its 101 characters are too many", "write up to 100"),
        (
            'user = "' + "x" * 101 + '"',
            "user: its 101 characters are too many for a user",
            "write the user's name alone",
        ),
        (
            'allowed_domains = "example.com"',
            "allowed_domains: 'example.com' is no list; a list of domains was expected",
            'write allowed_domains = ["..."]',
        ),
        (
            "allowed_domains = [7]",
            "allowed_domains: '7' in it is no text; a list of domains was expected",
            "write it in quotes",
        ),
        ('allowed_domains = ["@example.com"]', "allowed_domains: '@example.com' is no domain", 'write "example.com"'),
        (
            'allowed_domains = ["dana@Example.com"]',
            "allowed_domains: 'dana@Example.com' is no domain",
            'write "example.com"',
        ),
        ('allowed_domains = ["*.example.com"]', "allowed_domains: '*.example.com' is no domain", 'write "example.com"'),
        (
            'allowed_domains = ["*"]',
            "allowed_domains: '*' is no domain",
            'write one such as "example.com"; an international one in its form with xn--',
        ),
        (
            'allowed_domains = ["müller.example"]',
            "allowed_domains: 'müller.example' is no domain",
            'write one such as "example.com"; an international one in its form with xn--',
        ),
        (
            "allowed_domains = [" + '"a.example", ' * 101 + "]",
            "allowed_domains: its 101 entries are too many",
            "write up to 100",
        ),
        ('site_url = "reports.example.com"', "site_url: 'reports.example.com' is no address of the web", FOLDER),
        ('site_url = "file:///srv/site"', "site_url: 'file:///srv/site' is no address of the web", FOLDER),
        ('site_url = "javascript:alert(1)"', "site_url: 'javascript:alert(1)' is no address of the web", FOLDER),
        ('site_url = "https://"', "site_url: 'https://' is no address of the web", FOLDER),
        ('site_url = "https://a.com:99999"', "site_url: 'https://a.com:99999' is no address of the web", FOLDER),
        ('site_url = "https://[a"', "site_url: 'https://[a' is no address of the web", FOLDER),
        ("site_url = 'https://a.com/\"><b>'", "site_url: 'https://a.com/\"><b>' is no address of the web", FOLDER),
        (
            'site_url = "https://dana:hunter2@example.com/"',
            "site_url: there is an @ in this address",
            "leave out the user and the password",
        ),
        (
            'site_url = "https://example.com/?team=1"',
            "site_url: there is more than a folder in 'https://example.com/?team=1'",
            "leave out what stands behind the ? or the #",
        ),
        (
            'site_url = "https://example.com/#"',
            "site_url: there is more than a folder in 'https://example.com/#'",
            "leave out what stands behind the ? or the #",
        ),
        (
            'site_url = "https://example.com/index.html"',
            "site_url: 'https://example.com/index.html' is the address of a page",
            FOLDER,
        ),
        (
            'site_url = "https://example.com/' + "a" * 500 + '"',
            "site_url: its 520 characters are too many for an address",
            FOLDER,
        ),
        (
            "retry_after = 5",
            "retry_after: '5' is no list; a list of seconds was expected",
            "write retry_after = [5, 30] or the like",
        ),
        ("retry_after = [true]", "retry_after: 'true' in it is no number", "write numbers alone, without quotes"),
        ("retry_after = [-1]", "retry_after: '-1' in it is out of range", "write numbers from 0 to 3600"),
        ("retry_after = [3600.5]", "retry_after: '3600.5' in it is out of range", "write numbers from 0 to 3600"),
        ("retry_after = [nan]", "retry_after: 'nan' in it is out of range", "write numbers from 0 to 3600"),
        ("retry_after = [inf]", "retry_after: 'inf' in it is out of range", "write numbers from 0 to 3600"),
        ("retry_after = [" + "1," * 11 + "]", "retry_after: its 11 entries are too many", "write up to 10"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place_and_the_remedy(
    tmp_path: Path, line: str, found: str, remedy: str
) -> None:
    assert complaint(tmp_path, line) == f"mail.{found}. Fix: {remedy}."


@pytest.mark.parametrize("value", ['"hunter2"', "7777", '["hunter2"]'])
def test_a_password_has_no_place_in_the_file_and_is_not_shown(tmp_path: Path, value: str) -> None:
    assert complaint(tmp_path, f"password = {value}") == (
        "mail.password: a password does not belong in this file, which others read. Fix: take it out, and name a file "
        "that only you may read as password_file, or set MILESTONE_REPORTS_SMTP_PASSWORD."
    )


FROM_FILE = MailSettings(host="mail.example.com", port=2587, user="reports")


def test_the_environment_is_stronger_than_the_file() -> None:
    environment = {
        "MILESTONE_REPORTS_SMTP_HOST": "other.example.com",
        "MILESTONE_REPORTS_SMTP_PORT": "2525",
        "MILESTONE_REPORTS_SMTP_SECURITY": "tls",
        "MILESTONE_REPORTS_SMTP_USER": "other",
    }
    assert with_environment(FROM_FILE, environment) == MailSettings(
        host="other.example.com", port=2525, security="tls", user="other"
    )


def test_without_a_variable_or_with_an_empty_one_the_file_holds() -> None:
    assert with_environment(FROM_FILE, {}) == FROM_FILE
    assert with_environment(FROM_FILE, {"MILESTONE_REPORTS_SMTP_HOST": "", "HOST": "evil.example"}) == FROM_FILE


def test_the_usual_port_follows_the_environment_s_way_of_encrypting_and_a_port_of_one_s_own_stays() -> None:
    tls = {"MILESTONE_REPORTS_SMTP_SECURITY": "tls"}
    assert with_environment(NO_MAIL, tls).port == 465
    assert with_environment(FROM_FILE, tls).port == 2587


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("HOST", "a b", f"'a b' is no name of a server. Fix: {SERVER}."),
        ("PORT", "smtp", "'smtp' is no port. Fix: write a number from 1 to 65535."),
        ("PORT", "70000", "'70000' is no port. Fix: write a number from 1 to 65535."),
        ("PORT", "-5", "'-5' is no port. Fix: write a number from 1 to 65535."),
        ("PORT", "٥٨٧", "'٥٨٧' is no port. Fix: write a number from 1 to 65535."),
        ("PORT", "9" * 5000, f"'{'9' * 59}…' is no port. Fix: write a number from 1 to 65535."),
        (
            "SECURITY",
            "off",
            '\'off\' is no way of encrypting. Fix: write "starttls" or "tls"; in plain text nothing is sent.',
        ),
        ("USER", "dana\nhunter2", "there is a line break in it. Fix: write it on one line."),
        ("USER", "d" * 101, "its 101 characters are too many for a user. Fix: write the user's name alone."),
    ],
)
def test_a_bad_value_in_the_environment_is_told_with_the_name_of_its_variable(
    name: str, value: str, found: str
) -> None:
    with pytest.raises(CannotGoOnError) as refused:
        with_environment(FROM_FILE, {f"MILESTONE_REPORTS_SMTP_{name}": value})
    assert str(refused.value) == f"MILESTONE_REPORTS_SMTP_{name}: {found}"
