"""Mail servers on loopback: aiosmtpd as it is, and one that does at any phase what it is told."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import ssl
import threading
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from letters_to_send import MAIL, SECRET, USER
from milestone_reports.settings_file.mail import MailSettings
from milestone_reports.settings_file.mail_values import Security

Phase = Literal["connect", "ehlo", "auth", "mail", "rcpt", "data", "middle", "dot", "kept", "answered"]
"""Where a server may do something else: `middle` is within the message, `dot` when it is whole, `kept` when it is on
the server's disk, `answered` when it has said so."""

PHASES: tuple[Phase, ...] = ("connect", "ehlo", "auth", "mail", "rcpt", "data", "middle", "dot", "kept", "answered")

Act = str
"""Empty to go on; "drop" the connection; "kill" the client; else a reply to give instead of a good one."""

Plan = Callable[[Phase, int], Act]
"""What is done at a phase that comes for the so manieth time, from 1."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Whom the client trusts, and the certificate of the server."""

    ca_file: Path
    context: ssl.SSLContext


def authority(folder: Path, name: str = "127.0.0.1", **options: Any) -> Authority:  # noqa: ANN401  trustme's own
    """A new one, with a certificate for a name."""
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name, **options).configure_cert(context)
    folder.mkdir(parents=True, exist_ok=True)
    ca.cert_pem.write_to_path(str(folder / "ca.pem"))
    return Authority(folder / "ca.pem", context)


# --- aiosmtpd ---


class Keeping:
    """What aiosmtpd does with a message: it is kept on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's
        (address,) = envelope.rcpt_tos
        content = envelope.original_content or b""
        number = len(list(self.folder.iterdir()))
        (self.folder / f"{number:05}.eml").write_bytes(f"{address}\n".encode() + content)
        return "250 2.0.0 OK: kept"


def lets_in(_server: object, _session: object, _envelope: object, _mechanism: str, login: LoginPassword) -> AuthResult:
    return AuthResult(success=(login.login, login.password) == (USER.encode(), SECRET.encode()))


@contextmanager
def real_server(folder: Path, trust: Authority, security: Security) -> Iterator[MailSettings]:
    """aiosmtpd, which asks for TLS and for a login; how to reach it."""
    folder.mkdir(parents=True)
    by_tls: dict[str, Any] = {"tls_context": trust.context, "require_starttls": True} if security == "starttls" else {}
    # Of a connection that is encrypted from its first byte aiosmtpd does not know that it is.
    make = partial(
        SMTP, Keeping(folder), authenticator=lets_in, auth_required=True, auth_require_tls=bool(by_tls), **by_tls
    )
    loop = asyncio.new_event_loop()
    at_once = trust.context if security == "tls" else None
    server = loop.run_until_complete(loop.create_server(make, "127.0.0.1", 0, ssl=at_once))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        port = server.sockets[0].getsockname()[1]
        yield replace(MAIL, port=port, security=security, ca_file=trust.ca_file)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()


# --- one that does as it is told ---


class HungUpError(Exception):
    """The connection is over."""


@dataclass(slots=True)
class Connection:
    """A client's connection, as the server sees it."""

    stream: socket.socket
    unread: bytearray = field(default_factory=bytearray)

    def line(self) -> bytes:
        return self.until(b"\r\n")

    def until(self, end: bytes) -> bytes:
        seen = 0
        while (place := self.unread.find(end, seen)) < 0:
            seen = max(len(self.unread) - len(end) + 1, 0)
            self.more()
        found = bytes(self.unread[:place])
        del self.unread[: place + len(end)]
        return found

    def more(self) -> None:
        try:
            got = self.stream.recv(65_536)
        except OSError as error:
            raise HungUpError from error
        if not got:
            raise HungUpError
        self.unread += got

    def say(self, *lines: str) -> None:
        try:
            self.stream.sendall("".join(f"{line}\r\n" for line in lines).encode())
        except OSError as error:
            raise HungUpError from error


class ScriptedServer:
    """A server in a process of its own, which follows a plan and takes one client at a time."""

    def __init__(self, folder: Path, trust: Authority, security: Security, plan: Plan) -> None:
        self.folder, self.trust, self.security, self.plan = folder, trust, security, plan
        self.n_seen: Counter[Phase] = Counter()
        self.n_kept = 0
        self.capabilities = ["SIZE 50000000", "AUTH PLAIN LOGIN"]

    def serve(self, listening: socket.socket) -> None:
        while True:
            stream, _ = listening.accept()
            stream.settimeout(20)
            connection = Connection(stream)
            try:
                self.converse(connection)
            except HungUpError:
                pass
            finally:
                connection.stream.close()

    def converse(self, connection: Connection) -> None:
        if self.security == "tls":
            self.encrypt(connection)
        if self.does_otherwise("connect", connection):
            raise HungUpError
        connection.say("220 mail.example.com ready")
        while True:
            command, _, rest = connection.line().decode("ascii").partition(" ")
            if command.upper() == "QUIT":
                connection.say("221 bye")
                return
            getattr(self, f"on_{command.lower()}")(connection, rest)

    def encrypt(self, connection: Connection) -> None:
        try:
            connection.stream = self.trust.context.wrap_socket(connection.stream, server_side=True)
        except OSError as error:
            raise HungUpError from error

    def does_otherwise(self, phase: Phase, connection: Connection) -> bool:
        """Whether something else was said than what a good server says."""
        self.n_seen[phase] += 1
        act = self.plan(phase, self.n_seen[phase])
        if act == "kill":
            with suppress(ProcessLookupError):
                os.kill(int((self.folder.parent / "client").read_text()), signal.SIGKILL)
            return False
        if act == "drop":
            raise HungUpError
        if act:
            connection.say(act)
        return bool(act)

    def on_ehlo(self, connection: Connection, _name: str) -> None:
        if not self.does_otherwise("ehlo", connection):
            is_plain = not isinstance(connection.stream, ssl.SSLSocket)
            lines = ["mail.example.com", *self.capabilities, *["STARTTLS"] * is_plain]
            connection.say(*(f"250-{line}" for line in lines), "250 HELP")

    def on_starttls(self, connection: Connection, _: str) -> None:
        connection.say("220 go ahead")
        self.encrypt(connection)

    def on_auth(self, connection: Connection, said: str) -> None:
        if said.startswith("PLAIN"):
            user, password = b64decode(said.split()[1]).decode().split("\0")[1:]
        else:
            connection.say("334 VXNlcm5hbWU6")
            user = b64decode(connection.line()).decode()
            connection.say("334 UGFzc3dvcmQ6")
            password = b64decode(connection.line()).decode()
        if not self.does_otherwise("auth", connection):
            is_known = isinstance(connection.stream, ssl.SSLSocket) and (user, password) == (USER, SECRET)
            connection.say("235 2.7.0 welcome" if is_known else f"535 5.7.8 no, {user} {password} is not known")

    def on_mail(self, connection: Connection, _said: str) -> None:
        if not self.does_otherwise("mail", connection):
            connection.say("250 2.1.0 OK")

    def on_rcpt(self, connection: Connection, said: str) -> None:
        self.address = said.removeprefix("TO:<").removesuffix(">")
        if not self.does_otherwise("rcpt", connection):
            connection.say("250 2.1.5 OK")

    def on_rset(self, connection: Connection, _: str) -> None:
        connection.say("250 2.0.0 OK")

    def on_data(self, connection: Connection, _: str) -> None:
        if self.does_otherwise("data", connection):
            return
        connection.say("354 go on")
        connection.more()
        if self.does_otherwise("middle", connection):
            raise HungUpError
        message = re.sub(rb"(?m)^\.\.", b".", connection.until(b"\r\n.\r\n") + b"\r\n")
        if self.does_otherwise("dot", connection):
            return
        self.n_kept += 1
        (self.folder / f"{self.n_kept:05}.eml").write_bytes(f"{self.address}\n".encode() + message)
        if not self.does_otherwise("kept", connection):
            connection.say(f"250 2.0.0 OK: kept as {self.n_kept}")
            self.does_otherwise("answered", connection)


def always_good(_phase: Phase, _nth: int) -> Act:
    """A plan without trouble."""
    return ""


def at(phase: Phase, act: Act, every: int = 3) -> Plan:
    """A plan that goes wrong at a phase every so many times."""
    return lambda now, nth: act if now == phase and nth % every == 0 else ""


@contextmanager
def scripted_server(
    folder: Path, trust: Authority, plan: Plan = always_good, security: Security = "tls"
) -> Iterator[MailSettings]:
    """A server that follows a plan, in a process of its own; how to reach it."""
    with served(ScriptedServer(folder, trust, security, plan)) as port:
        yield replace(MAIL, port=port, security=security, ca_file=trust.ca_file)


@contextmanager
def served(server: ScriptedServer) -> Iterator[int]:
    """The port of a server that runs in a process of its own until this ends."""
    server.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)  # a large message does not fit into it
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        process = forked(lambda: server.serve(listening))
        try:
            yield listening.getsockname()[1]
        finally:
            os.kill(process, signal.SIGKILL)
            assert ended(process) == -signal.SIGKILL, "the server had ended by itself"


# --- processes ---


def forked(work: Callable[[], object]) -> int:
    """The number of a process that does some work; it ends with 1 where that fails."""
    process = os.fork()
    if not process:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  the other process judges it
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
        os._exit(0)
    return process


def ended(process: int) -> int:
    """How a process ended, as `subprocess` says it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
