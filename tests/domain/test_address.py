"""One plain address, or none, whatever stands in the cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.domain.address import domain_of, mailbox_key, plain_address, plain_domain


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("dana@example.com", "dana@example.com"),
        (" \u00a0dana@example.com\t", "dana@example.com"),
        ("Dana.Ruiz@Example.COM", "Dana.Ruiz@example.com"),
        ("Info@example.com", "Info@example.com"),
        ("o'brien+north@a-b.example.co.uk", "o'brien+north@a-b.example.co.uk"),
        ("dana@firma.internal", "dana@firma.internal"),
        ("dana@XN--MLLER-KVA.de", "dana@xn--mller-kva.de"),
        (f"{'a' * 64}@example.com", f"{'a' * 64}@example.com"),
    ],
)
def test_an_address_is_taken_with_its_domain_in_lower_case(text: str, address: str) -> None:
    assert plain_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "dana",
        "dana@",
        "@example.com",
        "dana example.com",
        "dana @example.com",
        "dana@ example.com",
        "dana..ruiz@example.com",
        "dana.@example.com",
        "dana@example.com.",
        "dana@.example.com",
        "dana@example..com",
        "dana@a_b.com",
        "dana@xn--a.com",
        "mailto:dana@example.com",
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert plain_address(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Dana <other@evil.example>",
        "<dana@example.com>",
        '"dana@example.com" <other@evil.example>',
        "dana@example.com <other@evil.example>",
        '"dana"@example.com',
        '"dana@example.com\\"@evil.example',
        "(Dana)dana@example.com",
        "dana@example.com (Dana)",
        "dana(@evil.example)@example.com",
        "a@example.com, b@example.org",
        "a@example.com,b@example.org",
        "a@example.com;b@example.org",
        "a@example.com b@example.org",
        "team: a@example.com, b@example.org;",
        "@evil.example:dana@example.com",
        "dana@example.com@evil.example",
        "dana@evil.example#@example.com",
        "dana@evil.example?@example.com",
        "dana@evil.example\\@example.com",
        "dana%evil.example@example.com",
        "evil.example!dana@example.com",
        "|dana@example.com",
        "dana@example.com?bcc=other@evil.example",
    ],
)
def test_an_address_with_anything_beside_it_is_none(text: str) -> None:
    assert plain_address(text) is None


@pytest.mark.parametrize(
    "end", ["\n", "\r", "\r\n", "\r\nBcc: other@evil.example", "\0", "\x0b", "\x7f", "\x85", "\u2028"]
)
def test_a_line_break_or_a_control_character_is_never_taken_off(end: str) -> None:
    assert plain_address(f"dana@example.com{end}") is None
    assert plain_address(f"{end}dana@example.com") is None
    assert plain_address(f"da{end}na@example.com") is None


@pytest.mark.parametrize(
    "text",
    [
        "d\u0430na@example.com",  # a Cyrillic letter that looks like ours
        "dana@ex\u0430mple.com",
        "dana@m\u00fcller.example",
        "d\u00e4na@example.com",
        "dana@example\u3002com",  # a dot that is one after normalisation
        "dana@\uff45xample.com",
        "dana\uff20example.com",
        "dana@example.com\u200b",
        "\u202emoc.elpmaxe@anad",
        "dana@exa\u00admple.com",
    ],
)
def test_letters_that_only_look_like_others_are_none(text: str) -> None:
    assert plain_address(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "dana@[127.0.0.1]",
        "dana@127.0.0.1",
        "dana@[IPv6:::1]",
        "dana@localhost",
        "dana@nordwind",
        "dana@nordwind.local",
        "dana@nordwind.invalid",
    ],
)
def test_a_machine_is_no_domain_for_mail(text: str) -> None:
    assert plain_address(text) is None


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, f"{'a' * 65}@example.com", f"a@{'b' * 64}.com", f"{'a@example.com,' * 70_000}"]
)
def test_what_is_too_long_is_none(text: str) -> None:
    assert plain_address(text) is None


@given(st.text(max_size=30).map(lambda text: f"{text}@example.com") | st.emails() | st.text(max_size=60))
def test_what_is_taken_is_plain_and_stays_what_it_is(text: str) -> None:
    address = plain_address(text)
    if address is not None:
        assert plain_address(address) == address
        assert address.count("@") == 1
        assert address.isascii()
        assert not set(address) & set(' \t\r\n,;:<>()[]"\\%!|')
        assert domain_of(address) == domain_of(address).lower()


def test_the_domain_is_what_stands_behind_the_at_sign() -> None:
    assert domain_of("dana@Example.COM") == "example.com"


@pytest.mark.parametrize(("text", "domain"), [("Example.com ", "example.com"), ("a.example.co.uk", "a.example.co.uk")])
def test_a_domain_is_taken_in_lower_case(text: str, domain: str) -> None:
    assert plain_domain(text) == domain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@example.com",
        "dana@example.com",
        "*.example.com",
        ".example.com",
        "example.com, example.org",
        "m\u00fcller.example",
        "localhost",
        "https://example.com",
        "example.com\n",
    ],
)
def test_anything_else_is_no_domain(text: str) -> None:
    assert plain_domain(text) is None


def test_two_spellings_of_one_address_are_one_mailbox() -> None:
    assert mailbox_key(" Dana.Ruiz@example.com ") == mailbox_key("dana.ruiz@EXAMPLE.com")
