"""The way to the mail server: encrypted, with a certificate that was verified, then logged in. Never in plain text.

Nothing that goes wrong here has anything of the password in it: of what a server answers to it the numbers are told.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from milestone_reports.domain.visible import visible
from milestone_reports.settings_file.mail import MailSettings
from milestone_reports.settings_file.password import Password

LONGEST_REPLY = 200
READY, LOGGED_IN, GO_ON, POSITIVE = 220, 235, 334, range(200, 300)
FOR_NOW = range(400, 500)

WRONG_NAME = {62, 64}
"""What OpenSSL says of a certificate that is another name's, or another address's."""
NOT_IN_TIME = {9, 10}
"""Of one that is valid later, or no more."""


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds the server is waited for; the last two are those of RFC 5321."""

    connecting: float = 30
    answering: float = 300
    taking: float = 600
    """Once it has the whole message: given up too early, it would be in doubt whether the server took it."""
    leaving: float = 5


class NoConnectionError(Exception):
    """There is no session with the server, and why."""

    def __init__(self, said: str, *, for_now: bool = False, answered: bool = False) -> None:
        super().__init__(said)
        self.said = said
        self.for_now = for_now
        """Whether a later attempt may do better."""
        self.answered = answered
        """Whether there is a server at all that said so."""


def reply(code: int, text: bytes) -> str:
    """A server's answer on one line, in quotes."""
    words = text.decode("utf-8", "replace")
    return f"'{visible(f'{code} {words}', LONGEST_REPLY)}'"


def place(mail: MailSettings) -> str:
    """How a sentence about the server begins."""
    return f"Mail server '{mail.host}:{mail.port}'"


def connected(mail: MailSettings, password: Password | None, patience: Patience) -> smtplib.SMTP:
    """A connection on which messages can be handed over.

    Raises: NoConnectionError.
    """
    context = _trust(mail.ca_file)
    smtp = _greeted(mail, context, patience)
    try:
        if mail.security == "starttls":
            _encrypt(smtp, mail, context)
        if mail.user:
            _log_in(smtp, mail, password)
    except smtplib.SMTPServerDisconnected:
        smtp.close()
        raise _hung_up(mail) from None
    except smtplib.SMTPException as error:
        smtp.close()
        raise _not_understood(mail) from error
    except BaseException:
        smtp.close()
        raise
    return smtp


@cache
def _trust(ca_file: Path | None) -> ssl.SSLContext:
    """Whose certificates are believed: those the system trusts, and those of the file in the settings.

    Kept for further connections, as to load them takes longer than to connect.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ValueError) as error:
            raise NoConnectionError(
                f"mail.ca_file: '{ca_file}' has no certificate that can be read; nothing was sent. "
                "Fix: name a file in PEM form."
            ) from error
    return context


def _greeted(mail: MailSettings, context: ssl.SSLContext, patience: Patience) -> smtplib.SMTP:
    """A connection on which the server has said hello, and what it can do."""
    literal = "[127.0.0.1]"  # only until the machine's own address is known
    try:
        if mail.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.host, mail.port, literal, timeout=patience.connecting, context=context
            )
        else:
            smtp = smtplib.SMTP(mail.host, mail.port, literal, timeout=patience.connecting)
        _introduce(smtp, mail)
    except smtplib.SMTPConnectError as error:
        raise _turned_away(mail, error.smtp_code, _bytes(error.smtp_error)) from error
    except smtplib.SMTPServerDisconnected as error:
        raise _silent(mail, patience) if isinstance(error.__context__, TimeoutError) else _hung_up(mail) from error
    except smtplib.SMTPException as error:
        raise _not_understood(mail) from error
    except ssl.SSLCertVerificationError as error:
        raise _not_verified(mail, error) from error
    except ssl.SSLError as error:
        raise _no_tls(mail) from error
    except TimeoutError as error:
        raise _silent(mail, patience) from error
    except (OSError, UnicodeError) as error:
        raise _not_reached(mail, error) from error
    return smtp


def _introduce(smtp: smtplib.SMTP, mail: MailSettings) -> None:
    """Say hello by the machine's own address, which needs no name server and gives nobody's name away."""
    connection = smtp.sock
    if connection is None:
        raise _hung_up(mail)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else the final dot waits for the rest's receipt
    own = connection.getsockname()[0]
    smtp.local_hostname = f"[IPv6:{own.partition('%')[0]}]" if ":" in own else f"[{own}]"
    code, text = smtp.ehlo()
    if code not in POSITIVE:
        smtp.close()
        raise _turned_away(mail, code, text)


def _encrypt(smtp: smtplib.SMTP, mail: MailSettings, context: ssl.SSLContext) -> None:
    """Go over to TLS, or no further."""
    if not smtp.has_extn("starttls"):
        raise NoConnectionError(
            f"{place(mail)}: it offers no encryption (STARTTLS), and nothing is sent in plain text. "
            'Fix: set the port of mail.port that does, usually 587, or security = "tls" with port 465.'
        )
    try:
        code, text = smtp.starttls(context=context)
    except ssl.SSLCertVerificationError as error:
        raise _not_verified(mail, error) from error
    except ssl.SSLError as error:
        raise _no_tls(mail) from error
    except OSError as error:
        raise _hung_up(mail) from error
    if code != READY:
        raise NoConnectionError(
            f"{place(mail)}: it refuses encryption now ({reply(code, text)}), and nothing is sent in plain text. "
            "Fix: try again later, or ask who runs the server.",
            for_now=code in FOR_NOW,
            answered=True,
        )
    _introduce(smtp, mail)


def _log_in(smtp: smtplib.SMTP, mail: MailSettings, password: Password | None) -> None:
    """Prove who we are, by what the server offers of PLAIN and LOGIN; both are safe in TLS alone, where we are."""
    if not isinstance(smtp.sock, ssl.SSLSocket):
        raise _no_tls(mail)
    if password is None:
        raise NoConnectionError(
            f"mail.user: there is no password for '{mail.user}'. Fix: set the environment's password, or name a file "
            "as mail.password_file."
        )
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, text = smtp.docmd("AUTH", "PLAIN " + _encoded(f"\x00{mail.user}\x00{password.reveal()}"))
    elif "LOGIN" in offered:
        code, text = smtp.docmd("AUTH", "LOGIN")
        for answer in (mail.user, password.reveal()):
            if code == GO_ON:
                code, text = smtp.docmd(_encoded(answer))
    else:
        ways = visible(", ".join(offered), LONGEST_REPLY) or "none"
        raise NoConnectionError(
            f"{place(mail)}: of the ways to log in it offers {ways}; this program knows PLAIN and LOGIN. "
            "Fix: ask who runs the server for one of these, or take out mail.user where none is needed."
        )
    if code != LOGGED_IN:
        raise _login_refused(mail, code, text)


def _encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


def _bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else text


# --- what went wrong, each as one sentence ---


def _login_refused(mail: MailSettings, code: int, text: bytes) -> NoConnectionError:
    detail = re.match(rb"[245]\.\d{1,3}\.\d{1,3}\b", text)  # the rest may repeat what was said to the server
    numbers = f"{code} {detail[0].decode()}" if detail else str(code)
    if code in FOR_NOW:
        return NoConnectionError(
            f"{place(mail)}: it lets nobody log in for now ({numbers}). Fix: try again later.",
            for_now=True,
            answered=True,
        )
    return NoConnectionError(
        f"{place(mail)}: it refuses the login of '{visible(mail.user)}' ({numbers}); nothing was sent. "
        "Fix: correct mail.user or the password, or ask who runs the server whether programs may log in."
    )


def _turned_away(mail: MailSettings, code: int, text: bytes) -> NoConnectionError:
    if code not in range(100, 600):
        return _not_understood(mail)
    return NoConnectionError(
        f"{place(mail)}: it turns us away ({reply(code, text)}). "
        f"Fix: {'try again later' if code in FOR_NOW else 'ask who runs the server'}.",
        for_now=code in FOR_NOW,
        answered=True,
    )


def _not_verified(mail: MailSettings, error: ssl.SSLCertVerificationError) -> NoConnectionError:
    if error.verify_code in WRONG_NAME:
        remedy = "write as mail.host the name that the server's certificate is for"
    elif error.verify_code in NOT_IN_TIME:
        remedy = "ask who runs the server to renew it, and see that this machine's clock is right"
    else:
        remedy = "where the server is your company's own, name its authority's certificate as mail.ca_file"
    reason = visible(error.verify_message, LONGEST_REPLY).rstrip(".")
    return NoConnectionError(
        f"{place(mail)}: its certificate could not be verified ({reason}); nothing was sent. Fix: {remedy}."
    )


def _no_tls(mail: MailSettings) -> NoConnectionError:
    other = (
        'security = "starttls", usually with port 587'
        if mail.security == "tls"
        else 'security = "tls", usually with port 465'
    )
    return NoConnectionError(
        f"{place(mail)}: no encryption could be agreed on with it; nothing was sent. Fix: try {other}; "
        "the server has to know TLS 1.2 or newer."
    )


def _not_reached(mail: MailSettings, error: Exception) -> NoConnectionError:
    if isinstance(error, UnicodeError) or getattr(error, "errno", None) == socket.EAI_NONAME:
        return NoConnectionError(f"{place(mail)}: there is no machine of this name. Fix: correct mail.host.")
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return NoConnectionError(
        f"{place(mail)}: it cannot be reached ({reason}). Fix: check mail.host and mail.port, and the network.",
        for_now=True,
    )


def _silent(mail: MailSettings, patience: Patience) -> NoConnectionError:
    other = ' and, where the port is 465, security = "tls"' if mail.security == "starttls" else ""
    return NoConnectionError(
        f"{place(mail)}: it said nothing within {patience.connecting:g} seconds. "
        f"Fix: check mail.host, mail.port{other}, and the network.",
        for_now=True,
    )


def _hung_up(mail: MailSettings) -> NoConnectionError:
    return NoConnectionError(
        f"{place(mail)}: it ended the connection before it could take anything. Fix: try again later; where that does "
        "not help, check mail.port and mail.security.",
        for_now=True,
        answered=True,
    )


def _not_understood(mail: MailSettings) -> NoConnectionError:
    return NoConnectionError(
        f"{place(mail)}: what answers there is no mail server. Fix: check mail.host and mail.port."
    )
