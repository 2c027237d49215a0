"""Nothing goes to a server that is not known for the right one, or lets nobody in; no password is seen anywhere."""

from __future__ import annotations

import socket
import ssl
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mail_servers import Act, Authority, Phase, ScriptedServer, always_good, authority, scripted_server, served

from letters_to_send import MAIL, SECRET, means, post, sent
from milestone_reports.delivery.connecting import NoConnectionError, Patience, connected
from milestone_reports.delivery.ledger import FILE
from milestone_reports.delivery.sending import Order
from milestone_reports.settings_file.mail import MailSettings
from milestone_reports.settings_file.mail_values import Security
from milestone_reports.settings_file.password import Password

BOTH = pytest.mark.parametrize("security", ["starttls", "tls"])
WRONG = "wrong-Pässwort"
HUNG_UP = (
    "it ended the connection before it could take anything. Fix: try again later; where that does not help, check "
    "mail.port and mail.security."
)


def said_of(mail: MailSettings, password: str = SECRET, patience: Patience = Patience()) -> str:  # noqa: B008  frozen
    """Why there is no connection, without the place that it begins with."""
    with pytest.raises(NoConnectionError) as refused:
        connected(mail, Password(password), patience).close()
    place, _, said = refused.value.said.partition(": ")
    assert place == f"Mail server '{mail.host}:{mail.port}'"
    return said


@contextmanager
def one_that_says(greeting: bytes) -> Iterator[MailSettings]:
    """A server of another kind: it says something, or nothing, to whoever comes, and waits for them to go."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            stream, _ = listening.accept()
            with stream:
                stream.sendall(greeting)
                stream.settimeout(5)
                with suppress(OSError):
                    while stream.recv(1_000):
                        pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield replace(MAIL, port=listening.getsockname()[1])
        thread.join()


# --- certificates ---


@BOTH
def test_a_certificate_of_an_unknown_authority_is_not_trusted(
    tmp_path: Path, trust: Authority, security: Security
) -> None:
    other = authority(tmp_path / "other")
    with scripted_server(tmp_path / "kept", trust, always_good, security) as mail:
        for ca_file in (None, other.ca_file):
            assert said_of(replace(mail, ca_file=ca_file)) == (
                "its certificate could not be verified (unable to get local issuer certificate); nothing was sent. "
                "Fix: where the server is your company's own, name its authority's certificate as mail.ca_file."
            )
    assert not list((tmp_path / "kept").iterdir())


@BOTH
def test_a_certificate_of_another_name_is_not_trusted(tmp_path: Path, security: Security) -> None:
    other = authority(tmp_path / "other", "mail.example.com")
    with scripted_server(tmp_path / "kept", other, always_good, security) as mail:
        assert said_of(mail) == (
            "its certificate could not be verified (IP address mismatch, certificate is not valid for '127.0.0.1'); "
            "nothing was sent. Fix: write as mail.host the name that the server's certificate is for."
        )
        assert "Hostname mismatch, certificate is not valid for 'localhost'" in said_of(replace(mail, host="localhost"))


@BOTH
def test_a_certificate_that_has_expired_is_not_trusted(tmp_path: Path, security: Security) -> None:
    old = authority(tmp_path / "old", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    with scripted_server(tmp_path / "kept", old, always_good, security) as mail:
        assert said_of(mail) == (
            "its certificate could not be verified (certificate has expired); nothing was sent. "
            "Fix: ask who runs the server to renew it, and see that this machine's clock is right."
        )


def test_a_file_without_certificates_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "ca.pem"
    for content in ("", "no certificate\n"):
        empty.write_text(content)
        with pytest.raises(NoConnectionError) as refused:
            connected(replace(MAIL, ca_file=empty), None, Patience())
        assert refused.value.said == (
            f"mail.ca_file: '{empty}' has no certificate that can be read; nothing was sent. "
            "Fix: name a file in PEM form."
        )


# --- encryption ---


class WithoutEncryption(ScriptedServer):
    """It offers a login, but no STARTTLS."""

    def on_ehlo(self, connection: object, _name: str) -> None:
        connection.say("250-mail.example.com", "250 AUTH PLAIN LOGIN")  # type: ignore[attr-defined]


def test_a_server_without_starttls_gets_neither_password_nor_letter(tmp_path: Path, trust: Authority) -> None:
    with served(WithoutEncryption(tmp_path / "kept", trust, "starttls", always_good)) as port:
        assert said_of(replace(MAIL, port=port)) == (
            "it offers no encryption (STARTTLS), and nothing is sent in plain text. "
            'Fix: set the port of mail.port that does, usually 587, or security = "tls" with port 465.'
        )
    assert not list((tmp_path / "kept").iterdir())


def test_a_plain_server_is_not_spoken_to_where_tls_is_wanted_from_the_first_byte() -> None:
    with one_that_says(b"220 mail.example.com\r\n") as mail:
        assert said_of(replace(mail, security="tls")) == (
            'no encryption could be agreed on with it; nothing was sent. Fix: try security = "starttls", usually with '
            "port 587; the server has to know TLS 1.2 or newer."
        )


def test_a_server_that_waits_for_tls_says_nothing(tmp_path: Path, trust: Authority) -> None:
    with scripted_server(tmp_path / "kept", trust, always_good, "tls") as mail:
        assert said_of(replace(mail, security="starttls"), patience=Patience(connecting=0.3)) == (
            'it said nothing within 0.3 seconds. Fix: check mail.host, mail.port and, where the port is 465, '
            'security = "tls", and the network.'
        )  # fmt: skip


def test_old_encryption_is_none(tmp_path: Path) -> None:
    old = authority(tmp_path / "old")
    old.context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.context.minimum_version = old.context.maximum_version = ssl.TLSVersion.TLSv1_1
    with scripted_server(tmp_path / "kept", old, always_good) as mail:
        assert said_of(mail).startswith("no encryption could be agreed on with it; nothing was sent.")


# --- other servers, and none ---


def test_what_is_no_mail_server_is_said() -> None:
    with one_that_says(b"SSH-2.0-OpenSSH_9.2\r\n") as mail:
        assert said_of(mail) == "what answers there is no mail server. Fix: check mail.host and mail.port."


def test_a_line_without_end_is_no_mail_server() -> None:
    with one_that_says(b"2" * 20_000) as mail:
        assert said_of(mail) == "what answers there is no mail server. Fix: check mail.host and mail.port."


def test_a_name_that_no_machine_can_have_is_said() -> None:
    said = said_of(replace(MAIL, host="x" * 70 + ".example.com"))
    assert said == "there is no machine of this name. Fix: correct mail.host."


@pytest.mark.parametrize(
    ("phase", "act", "said"),
    [
        ("connect", "554 5.7.1 no", "it turns us away ('554 5.7.1 no'). Fix: ask who runs the server."),
        ("connect", "421 4.3.2 busy", "it turns us away ('421 4.3.2 busy'). Fix: try again later."),
        ("ehlo", "502 5.5.1 what", "it turns us away ('502 5.5.1 what'). Fix: ask who runs the server."),
        ("connect", "drop", HUNG_UP),
        ("ehlo", "drop", HUNG_UP),
        ("auth", "drop", HUNG_UP),
        ("auth", "454 4.7.0 later", "it lets nobody log in for now (454 4.7.0). Fix: try again later."),
    ],
)
def test_why_there_is_no_session_is_one_sentence(
    tmp_path: Path, trust: Authority, phase: Phase, act: Act, said: str
) -> None:
    with scripted_server(tmp_path / "kept", trust, lambda now, _: act if now == phase else "") as mail:
        assert said_of(mail) == said


def test_a_reply_turns_no_line_round_and_steers_no_terminal(tmp_path: Path, trust: Authority) -> None:
    with scripted_server(tmp_path / "kept", trust, lambda *_: "554 \x1b[31m\u202egnihtyna" + "x" * 3_000) as mail:
        said = said_of(mail)
    assert said.isprintable()
    assert "[31mgnihtyna" in said
    assert len(said) < 300


# --- passwords ---


class AskingInTwoSteps(ScriptedServer):
    """It knows the older way to log in alone."""

    def __init__(self, folder: Path, trust: Authority) -> None:
        super().__init__(folder, trust, "tls", always_good)
        self.capabilities = ["AUTH LOGIN"]


def test_the_older_way_to_log_in_works_too(tmp_path: Path, trust: Authority) -> None:
    with served(AskingInTwoSteps(tmp_path / "kept", trust)) as port:
        mail = replace(MAIL, port=port, security="tls", ca_file=trust.ca_file)
        connected(mail, Password(SECRET), Patience()).close()
        assert said_of(mail, WRONG).startswith("it refuses the login of 'reports' (535 5.7.8)")


def test_a_server_that_knows_no_way_to_log_in_of_ours_is_said(tmp_path: Path, trust: Authority) -> None:
    server = AskingInTwoSteps(tmp_path / "kept", trust)
    server.capabilities = ["AUTH XOAUTH2"]
    with served(server) as port:
        assert said_of(replace(MAIL, port=port, security="tls", ca_file=trust.ca_file)) == (
            "of the ways to log in it offers XOAUTH2; this program knows PLAIN and LOGIN. "
            "Fix: ask who runs the server for one of these, or take out mail.user where none is needed."
        )


@BOTH
def test_a_refused_login_shows_nothing_of_the_password_even_where_the_server_does(
    tmp_path: Path, state: Path, trust: Authority, security: Security, capfd: pytest.CaptureFixture[str]
) -> None:
    with scripted_server(tmp_path / "kept", trust, always_good, security) as mail:
        with pytest.raises(NoConnectionError) as refused:
            connected(mail, Password(WRONG), Patience())
        found = sent(state, post(2), Order(mail), means(password=WRONG))
    assert [one.outcome for one in found] == ["not tried", "not tried"]
    assert found[0].said == (
        f"Mail server '127.0.0.1:{mail.port}': it refuses the login of 'reports' (535 5.7.8); nothing was sent. "
        "Fix: correct mail.user or the password, or ask who runs the server whether programs may log in."
    )
    error: BaseException | None = refused.value
    told = [repr(found), "".join(traceback.format_exception(refused.value)), *capfd.readouterr()]
    while error is not None:
        told.append(repr((error, error.args, vars(error))))
        error = error.__context__
    assert not any("wrong" in text for text in told)
    assert b"wrong" not in (state / FILE).read_bytes()
    assert not list((tmp_path / "kept").iterdir())


def test_the_password_is_not_in_a_message(tmp_path: Path, state: Path, trust: Authority) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, post(1), Order(mail))
    (file,) = (tmp_path / "kept").iterdir()
    for content in (file.read_bytes(), (state / FILE).read_bytes()):
        assert b"s3cret" not in content


def test_a_user_without_a_password_is_said(tmp_path: Path, trust: Authority) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail, pytest.raises(NoConnectionError) as refused:
        connected(mail, None, Patience())
    assert refused.value.said == (
        "mail.user: there is no password for 'reports'. Fix: set the environment's password, or name a file "
        "as mail.password_file."
    )
