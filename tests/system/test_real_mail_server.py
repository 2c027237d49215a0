"""Fifty scorecards through Debian's Postfix, with TLS and a login, into a mailbox for each rep.

It needs no service manager and touches nothing of a Postfix that the system may have: the configuration, the queue, the
logins and the mailboxes are in a folder of the test, and the ports are free ones.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import policy
from email.parser import BytesParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import trustme

from letters_to_send import MAIL, SECRET, USER, letter, means, outcomes, post, sent
from milestone_reports.delivery.sending import Order
from milestone_reports.settings_file.mail import MailSettings
from milestone_reports.settings_file.mail_values import Security

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
POSTFIX, NEW_LOGIN = shutil.which("postfix", path=PATH), shutil.which("saslpasswd2", path=PATH)

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not (POSTFIX and NEW_LOGIN), reason="this system has no Postfix, or none that knows logins"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="Postfix wants to be started by root"),
]

N_LETTERS = 50
ANOTHER = SECRET[::-1]

SETTINGS = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.example.com
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = example.com
virtual_mailbox_maps = texthash:{folder}/reps
virtual_mailbox_base = {folder}/mailboxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_tls_chain_files = {folder}/key-and-certificate.pem
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_local_domain = example.com
cyrus_sasl_config_path = {folder}/sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
"""

SERVICES = """
127.0.0.1:{starttls} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt
127.0.0.1:{tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""

LOGINS = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/logins
mech_list: PLAIN LOGIN
"""


@dataclass(frozen=True, slots=True)
class Office:
    """A mail server that runs, and where it keeps what it delivers."""

    mailboxes: Path
    ports: dict[Security, int]
    ca_file: Path

    def mail(self, security: Security) -> MailSettings:
        return replace(MAIL, port=self.ports[security], security=security, ca_file=self.ca_file)

    def delivered(self, n_wanted: int) -> list[tuple[str, bytes]]:
        """Whose mailbox has which message, once there are as many, or 30 seconds have passed."""
        until = time.monotonic() + 30
        while len(files := list(self.mailboxes.glob("*/new/*"))) < n_wanted and time.monotonic() < until:
            time.sleep(0.1)
        return [(file.parents[1].name, file.read_bytes()) for file in files]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def configured(folder: Path) -> Office:
    """What the server reads, in a folder, and how it will be reached."""
    ports: dict[Security, int] = {"starttls": free_port(), "tls": free_port()}
    for name, owner in {"queue": "root", "data": "postfix", "mailboxes": "nobody", "sasl": "root"}.items():
        (folder / name).mkdir(mode=0o755)
        shutil.chown(folder / name, owner)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(folder / "key-and-certificate.pem")
    )
    (folder / "reps").write_text("".join(f"{one.to.address} {one.to.slug}/\n" for one in post(N_LETTERS).letters))
    (folder / "main.cf").write_text(SETTINGS.format(folder=folder))
    (folder / "master.cf").write_text(SERVICES.format(**ports))
    (folder / "sasl/smtpd.conf").write_text(LOGINS.format(folder=folder))
    new_login = [str(NEW_LOGIN), "-p", "-c", "-f", str(folder / "logins"), "-u", "example.com", USER]
    subprocess.run(new_login, input=SECRET.encode(), capture_output=True, check=True)
    shutil.chown(folder / "logins", "postfix")
    return Office(folder / "mailboxes", ports, folder / "ca.pem")


def is_listening(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(folder: Path, ports: dict[Security, int]) -> Iterator[None]:
    """The server, until this ends."""
    command = [str(POSTFIX), "-c", str(folder)]
    started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False)
    log = folder / "log"
    try:
        until = time.monotonic() + 20
        while not all(map(is_listening, ports.values())):
            assert time.monotonic() < until, started.stderr + (log.read_text() if log.exists() else "")
            time.sleep(0.1)
        yield
    finally:
        subprocess.run([*command, "stop"], capture_output=True, check=False)


@pytest.fixture
def office() -> Iterator[Office]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # the mailboxes' owner has to get to them
        found = configured(folder)
        with running(folder, found.ports):
            yield found


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_fifty_scorecards_arrive_once_each_in_the_right_mailbox(
    tmp_path: Path, office: Office, security: Security
) -> None:
    order, cards = Order(office.mail(security)), post(N_LETTERS, size=30_000)
    assert outcomes(sent(tmp_path, cards, order)) == {"sent": N_LETTERS}
    assert outcomes(sent(tmp_path, cards, order)) == {"sent before": N_LETTERS}
    delivered = office.delivered(N_LETTERS)
    assert Counter(mailbox for mailbox, _ in delivered) == Counter(one.to.slug for one in cards.letters)
    pdfs = {one.to.slug: one.pdf for one in cards.letters}
    for mailbox, content in delivered:
        (attachment,) = BytesParser(policy=policy.default).parsebytes(content).iter_attachments()
        assert attachment.get_content() == pdfs[mailbox]


def test_an_address_that_the_server_does_not_know_is_refused_and_the_others_get_theirs(
    tmp_path: Path, office: Office
) -> None:
    found = sent(tmp_path, replace(post(0), letters=tuple(map(letter, (1, N_LETTERS, 2)))), Order(office.mail("tls")))
    assert [one.outcome for one in found] == ["sent", "refused", "sent"]
    assert found[1].said.startswith("The server refuses this address: '550 5.1.1 <rep-50@example.com>")
    assert Counter(mailbox for mailbox, _ in office.delivered(2)) == {"rep-01": 1, "rep-02": 1}


def test_a_wrong_password_delivers_nothing(tmp_path: Path, office: Office) -> None:
    (found,) = sent(tmp_path, post(1), Order(office.mail("tls")), means(password=ANOTHER))
    assert found.outcome == "not tried"
    assert "it refuses the login of 'reports' (535" in found.said
    assert not office.delivered(0)
