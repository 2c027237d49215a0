"""One plain e-mail address, or none: what a message may be sent to, and nothing that a server could read as more.

A domain without a dot is refused, as in an office it is a slip for one with a dot; so is `.local`, where each machine
answers for itself. Whether anybody reads what is sent there is not asked: no name server is.
"""

from __future__ import annotations

LONGEST_ADDRESS = 254
"""RFC 5321: what fits between the angle brackets of a server's command."""

BLANKS = " \t\u00a0"
"""What is taken off at both ends; a line break is not."""

ROUTES = frozenset("%!|")
"""Legal before the @, but old servers read the first two as a way on to another domain, the third as a program."""


def plain_address(text: str) -> str | None:
    """The one address that the text is, its domain in lower case; None where it is anything else or anything more.

    A name beside the address, quotes, comments and letters outside ASCII are more; an international domain is taken in
    its form with xn--.
    """
    bare = text.strip(BLANKS)
    if len(bare) > LONGEST_ADDRESS or not bare.isascii() or not bare.isprintable():
        return None
    from email_validator import EmailNotValidError, validate_email  # slow to load; most commands need none of it

    try:
        # Said in full, as each of these has a default that any part of a program may change for all.
        valid = validate_email(
            bare,
            allow_smtputf8=False,
            allow_empty_local=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            strict=True,
            check_deliverability=False,
            test_environment=False,
            globally_deliverable=True,
        )
    except EmailNotValidError:
        return None
    local_part = bare.partition("@")[0]
    return None if ROUTES & set(local_part) else f"{local_part}@{valid.ascii_domain.lower()}"


def plain_domain(text: str) -> str | None:
    """The domain, in lower case, of which addresses could be; None where the text is none."""
    if "@" in text:
        return None
    address = plain_address(f"a@{text.strip(BLANKS)}")
    return domain_of(address) if address else None


def domain_of(address: str) -> str:
    """What stands behind the last @, in lower case."""
    return address.rpartition("@")[2].lower()


def mailbox_key(address: str) -> str:
    """What two spellings of one address have in common: servers that tell capitals apart are not met any more."""
    return address.strip(BLANKS).lower()
