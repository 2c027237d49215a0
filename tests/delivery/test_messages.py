"""Messages on the wire: one address, no header that a workbook wrote, short lines of ASCII, the same bytes always."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters_to_send import AT, letter
from milestone_reports.delivery.letters import Letter
from milestone_reports.delivery.messages import (
    LONGEST_SUBJECT,
    Envelope,
    message_id_of,
    message_of,
    notice_of,
    safe_file_name,
)
from milestone_reports.render.mail import MailText

ADDRESS = "rep-00@example.com"
ID = "<0123456789abcdef@example.com>"
ENVELOPE = Envelope("reports@example.com", "Weekly scorecards", "dana@example.com", ADDRESS, AT, ID)
HEADERS = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "MIME-Version", "Content-Type",
]  # fmt: skip


def on_the_wire(what: Letter, envelope: Envelope = ENVELOPE) -> bytes:
    return message_of(what, envelope).as_bytes()


def read(content: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(content)


def test_a_letter_is_a_message_with_two_texts_and_the_pdf() -> None:
    message = read(on_the_wire(letter(0)))
    assert {name: message[name] for name in HEADERS[:-2]} == {
        "From": "Weekly scorecards <reports@example.com>",
        "To": ADDRESS,
        "Reply-To": "dana@example.com",
        "Subject": "Your scorecard, rep-00",
        "Date": "Tue, 24 Nov 2026 07:30:00 +0000",
        "Message-ID": ID,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
    (attachment,) = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("rep-00.pdf", letter(0).pdf)


def test_the_same_letter_has_the_same_bytes() -> None:
    assert on_the_wire(letter(0)) == on_the_wire(letter(0))
    assert on_the_wire(letter(0)) != on_the_wire(letter(1))


def test_a_draft_opens_for_writing_and_has_neither_date_nor_number() -> None:
    message = read(on_the_wire(letter(0), replace(ENVELOPE, unsent=True)))
    assert message["X-Unsent"] == "1"
    assert not {"Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"} & set(message.keys())


def test_a_trial_says_for_whom_it_would_be() -> None:
    message = read(on_the_wire(letter(0), replace(ENVELOPE, address="me@example.com", trial_for=ADDRESS)))
    assert (message["To"], message["Subject"]) == (
        "me@example.com",
        "[Trial, for rep-00@example.com] Your scorecard, rep-00",
    )


def test_a_notice_brings_nothing_but_its_text() -> None:
    message = notice_of(MailText("Not delivered", "One\n", "<p>One</p>\n"), replace(ENVELOPE, reply_to=""))
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert "Reply-To" not in message


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("Card\r\nBcc: eve@example.org", "Card Bcc: eve@example.org"),
        ("Card\n\n<script>", "Card <script>"),
        ("Card\x00\x1b[31m\u202efdp.exe", "Card[31mfdp.exe"),
        ("=?utf-8?q?a=0D=0ABcc:_eve@example.org?=", "= ?utf-8?q?a=0D=0ABcc:_eve@example.org?="),
        ("Karte für Jürgen, 80\u00a0% 漢字", "Karte für Jürgen, 80 % 漢字"),
        ("x" * 500, "x" * (LONGEST_SUBJECT - 1) + "…"),
    ],
)
def test_a_subject_is_one_line_that_hides_nothing(subject: str, shown: str) -> None:
    message = read(on_the_wire(replace(letter(0), subject=subject)))
    assert message["Subject"] == shown
    assert list(message.keys()) == HEADERS


@pytest.mark.parametrize(
    "address", ["a@example.com\r\nBcc: eve@example.org", "a@example.com, b@example.com", "Eve <a@b.c>"]
)
def test_what_is_no_plain_address_is_no_header(address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        message_of(letter(0), replace(ENVELOPE, address=address))


def test_long_addresses_stay_whole() -> None:
    address = "a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".com"
    sender = replace(ENVELOPE, sender=address, address=address, reply_to=address)
    message = read(on_the_wire(letter(0), replace(sender, message_id=message_id_of(letter(0), address, address, 0))))
    assert message["To"] == address
    assert message["From"].addresses[0].addr_spec == address
    assert message["Reply-To"] == address
    assert message["Message-ID"] == message_id_of(letter(0), address, address, 0)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("jürgen-müller.pdf", "jurgen-muller.pdf"),
        ("../../x.pdf", "x.pdf"),
        ('a"; filename="b.exe', "a-filename-b-exe.pdf"),
        ("漢字.pdf", "scorecard.pdf"),
        ("x" * 300, "x" * 60 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_one_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe
    (attachment,) = read(on_the_wire(replace(letter(0), pdf_name=name))).iter_attachments()
    assert attachment.get_filename() == safe


def test_a_message_id_is_another_for_whatever_is_another() -> None:
    of = letter(0)
    others = [
        replace(of, week="2026-W48"),
        replace(of, pdf=b"%PDF-1.7 other"),
        replace(of, to=replace(of.to, team="x")),
        replace(of, to=replace(of.to, slug="x")),
        replace(of, to=replace(of.to, address="x")),
        replace(of, to=replace(of.to, kind="team report")),
    ]
    ids = {message_id_of(one, ADDRESS, "reports@example.com", 0) for one in [of, *others]}
    ids |= {message_id_of(of, "b@example.com", "reports@example.com", 0), message_id_of(of, ADDRESS, "a@b.example", 0)}
    ids |= {message_id_of(of, ADDRESS, "reports@example.com", 1)}
    assert len(ids) == 10
    assert message_id_of(of, ADDRESS, "reports@example.com", 0) in ids


CHARACTERS = st.characters(exclude_categories=["Cs"])
TRICKS = st.sampled_from(
    ["\r\n", "\nBcc: eve@example.org\n", "=?utf-8?q?=0D=0A?=", "=?", "?=", ">, <", '"', "\n.\n", "--="]
)
ANY_TEXT = st.lists(st.text(CHARACTERS, max_size=100) | TRICKS, max_size=6).map("".join)


@settings(max_examples=150, deadline=None)
@given(subject=ANY_TEXT, text=ANY_TEXT, html=ANY_TEXT, name=ANY_TEXT, sender_name=ANY_TEXT)
def test_whatever_is_written_the_headers_are_ours_and_every_server_can_read_the_lines(
    subject: str, text: str, html: str, name: str, sender_name: str
) -> None:
    written = replace(letter(0), subject=subject, text=text, html=html, pdf_name=name)
    content = on_the_wire(written, replace(ENVELOPE, sender_name=sender_name))
    lines = content.split(b"\r\n")
    assert content.isascii()
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line or b"\r" in line or b"\x00" in line for line in lines)
    message = read(content)
    assert list(message.keys()) == HEADERS
    assert message["To"] == ADDRESS
    assert message["From"].addresses[0].addr_spec == "reports@example.com"
    assert len(message["From"].addresses) == 1
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
