"""One message tells whoever runs the program what was not delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from mail_servers import Act, Authority, at, scripted_server

from letters_to_send import kept_in, letter, means, post, sent
from milestone_reports.delivery.sending import Delivery, Order, report_failures
from milestone_reports.render.mail import Mails

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def mails() -> Mails:
    return Mails(TEMPLATES, "1.0")


def reported(order: Order, found: Sequence[Delivery], mails: Mails) -> str:
    return report_failures(letter(0).week, found, order, mails, means())


def test_one_message_tells_what_was_not_delivered(tmp_path: Path, state: Path, trust: Authority, mails: Mails) -> None:
    with scripted_server(tmp_path / "kept", trust, at("rcpt", "550 5.1.1 who", every=3)) as mail:
        order = Order(replace(mail, error_to="dana@example.com"))
        found = sent(state, post(3), order)
        assert reported(order, found, mails) == ""
        assert reported(order, found[:2], mails) == ""  # nothing to tell, and nothing sent
    *_, (address, message) = kept_in(tmp_path / "kept")
    text = message.get_body(("plain",))
    assert len(kept_in(tmp_path / "kept")) == 3
    assert address == message["To"] == "dana@example.com"
    assert text is not None
    assert "rep-02@example.com" in text.get_content()
    assert "rep-01@example.com" not in text.get_content()


@pytest.mark.parametrize(
    ("error_to", "act", "said"),
    [
        ("", "", ""),
        ("dana@example.org", "", "mail.error_to: 'dana@example.org' is outside the domains that messages may go to."),
        ("dana@example.com", "550 5.1.1 who", "The server refuses this address: '550 5.1.1 who'."),
        ("dana@example.com", "drop", "The connection was lost before the server had the whole message."),
    ],
)
def test_why_nobody_could_be_told_is_told(
    tmp_path: Path, trust: Authority, mails: Mails, error_to: str, act: Act, said: str
) -> None:
    failed = Delivery(letter(0).to, "rep-00@example.com", "refused", "No.")
    with scripted_server(tmp_path / "kept", trust, at("rcpt", act, every=1)) as mail:
        assert reported(Order(replace(mail, error_to=error_to)), [failed], mails).startswith(said)
    assert not kept_in(tmp_path / "kept")
