"""Values of the table `[mail]`, each by itself, from the file or from the environment.

Every function raises UnusableError with what was found and what to write; none knows where the value stands.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from milestone_reports.domain.address import domain_of, plain_address, plain_domain
from milestone_reports.settings_file.entries import UnusableError, shown

Security = Literal["starttls", "tls"]
"""How the connection is encrypted: asked for once it stands, or from its first byte. In plain text it never is."""

PORTS: dict[Security, int] = {"starttls": 587, "tls": 465}
"""The usual one of each."""

ALL_PORTS = range(1, 65_536)
LONGEST_HOST = 253
LONGEST_NAME = 100
"""Of a user, and of the name beside the sender's address."""
LONGEST_URL = 500

LABEL = r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*")
IN_URL = re.compile(r"[A-Za-z0-9\-._~:/\[\]!$&'()*+,;=%?#]+")


def host_of(text: str) -> str:
    """The name or the address of a mail server, with nothing before or behind it."""
    if "://" in text:
        found = "a scheme and a port" if re.search(r":\d+/?$", text) else "a scheme"
        raise UnusableError(f"it has {found}", 'write the server\'s name alone, such as "mail.example.com"')
    if "@" in text:  # there may be a password in it
        raise UnusableError(
            "it has an @, as an address of a person has", 'write the server\'s name, such as "mail.example.com"'
        )
    if is_ip(text) or (len(text) <= LONGEST_HOST and HOST.fullmatch(text) and not text.rpartition(".")[2].isdigit()):
        return text.lower()
    host, _, port = text.rpartition(":")
    if port.isdecimal() and (HOST.fullmatch(host) or host.startswith("[")):
        raise UnusableError(
            f"there is a port in {shown(text)}", "write the server's name alone, and the port as the port"
        )
    raise UnusableError(
        f"{shown(text)} is no name of a server", 'write one such as "mail.example.com", in plain letters'
    )


def is_ip(text: str) -> bool:
    """Whether this is the address of a machine."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text  # an interface of this machine, which no certificate names


def port_of(text: str) -> int:
    """A port as digits."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len("65535") and int(text) in ALL_PORTS):
        raise UnusableError(f"{shown(text)} is no port", "write a number from 1 to 65535")
    return int(text)


def security_of(text: str) -> Security:
    """How the connection is encrypted."""
    for security in PORTS:
        if text.lower() == security:
            return security
    raise UnusableError(
        f"{shown(text)} is no way of encrypting", 'write "starttls" or "tls"; in plain text nothing is sent'
    )


def user_of(text: str) -> str:
    """The name by which the server lets somebody in; what was found is told without it."""
    if len(text) > LONGEST_NAME:
        raise UnusableError(f"its {len(text):,} characters are too many for a user", "write the user's name alone")
    return text


def sender_name_of(text: str) -> str:
    """The name beside the sender's address."""
    if len(text) > LONGEST_NAME:
        raise UnusableError(f"its {len(text):,} characters are too many", f"write up to {LONGEST_NAME}")
    return text


def address_of(text: str) -> str:
    """One plain address."""
    if address := plain_address(text):
        return address
    raise UnusableError(
        f"{shown(text)} is not one plain address", 'write one such as "name@example.com", and no name beside it'
    )


def domain_in(text: str) -> str:
    """A domain that messages may go to."""
    if domain := plain_domain(text):
        return domain
    behind = plain_domain(domain_of(text).removeprefix("*."))
    remedy = (
        f'write "{behind}"' if behind else 'write one such as "example.com"; an international one in its form with xn--'
    )
    raise UnusableError(f"{shown(text)} is no domain", remedy)


def site_url_of(text: str) -> str:
    """Where the site is served, with a slash at its end."""
    remedy = 'write the address of its folder, such as "https://reports.example.com/team/"'
    if len(text) > LONGEST_URL:
        raise UnusableError(f"its {len(text):,} characters are too many for an address", remedy)
    if "@" in text:  # told without the text, as a password may stand there
        raise UnusableError("there is an @ in this address", "leave out the user and the password")
    parts = split_url(text)
    if parts is None or not parts.hostname or parts.scheme not in {"http", "https"}:
        raise UnusableError(f"{shown(text)} is no address of the web", remedy)
    if "?" in text or "#" in text:
        raise UnusableError(
            f"there is more than a folder in {shown(text)}", "leave out what stands behind the ? or the #"
        )
    if parts.path.rpartition("/")[2].endswith((".html", ".htm")):
        raise UnusableError(f"{shown(text)} is the address of a page", remedy)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def split_url(text: str) -> SplitResult | None:
    """The parts of an address of the web; None where it has none, or a character that no address has."""
    try:
        parts = urlsplit(text)
        port = parts.port  # looked at only now: Python tells a wrong one no earlier
        host = parts.hostname or ""
    except ValueError:
        return None
    fits = IN_URL.fullmatch(text) and (is_ip(host) or HOST.fullmatch(host)) and port != 0
    return parts if fits else None
