"""A session with the mail server, and how a message changes hands.

A server answers for a message from the moment that it has read the final dot. Up to there nothing has happened,
whatever breaks; from there to its answer it is in doubt who has the message. So all is sent but the dot, then the
caller is told that it is now being handed over, then the dot is sent.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from milestone_reports.delivery.connecting import FOR_NOW, POSITIVE, Patience, connected, reply
from milestone_reports.settings_file.mail import MailSettings
from milestone_reports.settings_file.password import Password

SEND_DATA, CLOSING = 354, 421
REFUSED = range(500, 600)
AGAIN = "Fix: send again later; what was sent is not sent twice."


class NotHandedOverError(Exception):
    """The server does not have the message, or may not have it; and why, in a sentence with its remedy."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class PostponedError(NotHandedOverError):
    """The server does not have it; a later attempt may do better."""


class RefusedError(NotHandedOverError):
    """The server does not have it, and will not take it."""


class InDoubtError(NotHandedOverError):
    """The server may have it, or may not."""


@dataclass(frozen=True, slots=True)
class Route:
    """From whom to whom, as the server is told."""

    sender: str
    address: str


class Session:
    """A server that is ready to take messages, one after the other."""

    def __init__(self, mail: MailSettings, password: Password | None, patience: Patience | None = None) -> None:
        """Connect.

        Raises: NoConnectionError.
        """
        self._patience = patience or Patience()
        self._smtp = connected(mail, password, self._patience)

    @property
    def is_open(self) -> bool:
        """Whether another message can be handed over."""
        return self._smtp.sock is not None

    def hand_over(self, message: bytes, route: Route, handing_over: Callable[[], None]) -> str:
        """What the server says on taking the message; `handing_over` is called just before it can.

        Raises: PostponedError, RefusedError, InDoubtError.
        """
        self._say_from_whom_to_whom(message, route)
        try:
            self._smtp.send(dot_stuffed(message))
            handing_over()
            self._refuse_if_interrupted()
            self._smtp.send(b".\r\n")
        except smtplib.SMTPServerDisconnected:
            raise _lost() from None
        except BaseException:
            self._smtp.close()  # without the dot the server has nothing; anything more would be read as the message
            raise
        return self._taken()

    def leave(self) -> None:
        """End the session; what was taken stays taken."""
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(self._patience.leaving)
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.docmd("QUIT")
        self._smtp.close()

    def _say_from_whom_to_whom(self, message: bytes, route: Route) -> None:
        size = [f"size={len(message)}"] if self._smtp.has_extn("size") else []
        try:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(self._patience.answering)
            self._expect(POSITIVE, *self._smtp.mail(route.sender, size), "the sender", "correct mail.from")
            self._expect(POSITIVE, *self._smtp.rcpt(route.address), "this address", "correct it in the workbook")
            data = range(SEND_DATA, SEND_DATA + 1)
            self._expect(data, *self._smtp.docmd("DATA"), "the message", "ask who runs the server")
        except smtplib.SMTPServerDisconnected:
            raise _lost() from None
        except smtplib.SMTPResponseException as error:  # a line without end, after which smtplib closes
            raise _lost() from error

    def _expect(self, wanted: range, code: int, text: bytes, what: str, remedy: str) -> None:
        if code in wanted:
            return
        if code in REFUSED:
            self._start_over()
            raise RefusedError(f"The server refuses {what}: {reply(code, text)}. Fix: {remedy}, then send again.")
        if code in FOR_NOW and code != CLOSING and what != "the sender":
            self._start_over()
        else:  # a server that has had enough of this connection says so of the sender
            self._smtp.close()
        if code in FOR_NOW:
            raise PostponedError(f"The server does not take it for now: {reply(code, text)}. {AGAIN}")
        raise PostponedError(f"The server said something that is no answer: {reply(code, text)}. {AGAIN}")

    def _start_over(self) -> None:
        """Make the server forget the message that was begun."""
        try:
            code, _ = self._smtp.rset()
            if code not in POSITIVE:
                self._smtp.close()
        except (smtplib.SMTPException, OSError):
            self._smtp.close()

    def _refuse_if_interrupted(self) -> None:
        """Notice a server that hung up, or refused, in the middle of the message: it cannot take it any more.

        A server says nothing until it has the final dot.
        """
        connection, lines = self._smtp.sock, self._smtp.file
        if connection is None or lines is None:
            raise _lost()
        connection.settimeout(0)
        try:
            early = lines.peek(1)
        except (ssl.SSLWantReadError, BlockingIOError):
            connection.settimeout(self._patience.taking)
            return
        except OSError:
            early = b""
        if not early:
            raise _lost()
        connection.settimeout(self._patience.leaving)
        code, text = self._early_answer()
        kind = RefusedError if code in REFUSED else PostponedError
        raise kind(f"The server broke off in the middle of the message: {reply(code, text)}. {AGAIN}")

    def _early_answer(self) -> tuple[int, bytes]:
        try:
            return self._smtp.getreply()
        except smtplib.SMTPException:
            raise _lost() from None

    def _taken(self) -> str:
        """The server's answer to the whole message.

        Raises: PostponedError, RefusedError, InDoubtError.
        """
        try:
            code, text = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._smtp.close()
            raise InDoubtError("The connection was lost before the server said whether it took the message.") from error
        except BaseException:
            self._smtp.close()
            raise
        if code in POSITIVE:
            return reply(code, text)
        if code not in REFUSED and code not in FOR_NOW:
            self._smtp.close()
            raise InDoubtError(f"The server did not say whether it took the message: {reply(code, text)}.")
        self._expect(POSITIVE, code, text, "the message", "ask who runs the server")
        raise AssertionError("a refusal was expected")  # pragma: no cover


def dot_stuffed(message: bytes) -> bytes:
    """A message as it goes over the wire, without the final dot: a line that begins with a dot gets another."""
    return re.sub(rb"(?m)^\.", b"..", message if message.endswith(b"\r\n") else message + b"\r\n")


def _lost() -> PostponedError:
    return PostponedError(f"The connection was lost before the server had the whole message. {AGAIN}")
