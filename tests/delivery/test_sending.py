"""Each letter arrives exactly once, whatever the server does, over as many runs as it takes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from mail_servers import Act, Authority, Phase, Plan, always_good, at, real_server, scripted_server

from letters_to_send import arrivals, everybody, kept_in, letter, means, outcomes, post, resend, sent
from milestone_reports.delivery.ledger import Ledger
from milestone_reports.delivery.letters import Post, Withheld
from milestone_reports.delivery.sending import Delivery, Order, deliver, standing
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.settings_file.mail_values import Security

# --- a server without trouble ---


@pytest.mark.filterwarnings(
    "ignore:Requiring AUTH while not requiring TLS:UserWarning"
)  # it is not told that it has it
@pytest.mark.filterwarnings("ignore:Session.login_data is deprecated")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_fifty_letters_arrive_once_each_at_a_real_server(
    tmp_path: Path, state: Path, trust: Authority, security: Security
) -> None:
    with real_server(tmp_path / "kept", trust, security) as mail:
        assert outcomes(sent(state, post(50), Order(mail))) == {"sent": 50}
        assert outcomes(sent(state, post(50), Order(mail))) == {"sent before": 50}
    assert arrivals(tmp_path / "kept") == everybody(50)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_ways_to_log_in_work_under_both_kinds_of_encryption(
    tmp_path: Path, state: Path, trust: Authority, security: Security
) -> None:
    with scripted_server(tmp_path / "kept", trust, always_good, security) as mail:
        (delivery,) = sent(state, post(1), Order(mail))
    assert (delivery.outcome, delivery.said) == ("sent", "The server took it: '250 2.0.0 OK: kept as 1'.")


def test_an_address_in_other_capitals_is_the_same_mailbox(tmp_path: Path, state: Path, trust: Authority) -> None:
    first = letter(0)
    again = replace(first, to=replace(first.to, address="Rep-00@example.com", name="00, Rep"))
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, Post(first.week, (first,), ()), Order(mail))
        assert outcomes(sent(state, Post(first.week, (again, again), ()), Order(mail))) == {"sent before": 2}


def test_a_corrected_address_gets_the_letter(tmp_path: Path, state: Path, trust: Authority) -> None:
    first = letter(0)
    corrected = replace(first, to=replace(first.to, address="rep-99@example.com"))
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, Post(first.week, (first,), ()), Order(mail))
        assert outcomes(sent(state, Post(first.week, (corrected,), ()), Order(mail))) == {"sent": 1}


def test_a_letter_that_stands_twice_in_a_post_goes_out_once(tmp_path: Path, state: Path, trust: Authority) -> None:
    twice = Post(letter(0).week, (letter(0), letter(0)), ())
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, twice, Order(mail))
        sent(state, twice, resend(Order(mail)))
    assert arrivals(tmp_path / "kept") == {"rep-00@example.com": 2}  # once a run


def test_a_report_for_two_managers_goes_to_both_and_to_a_renamed_one_once(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    def report(name: str, address: str) -> Post:
        card = letter(0)
        return Post(
            card.week,
            (replace(card, to=replace(card.to, kind="team report", name=name, slug="", address=address)),),
            (),
        )

    with scripted_server(tmp_path / "kept", trust) as mail:
        assert outcomes(sent(state, report("Dana", "dana@example.com"), Order(mail))) == {"sent": 1}
        assert outcomes(sent(state, report("Eli", "eli@example.com"), Order(mail))) == {"sent": 1}
        assert outcomes(sent(state, report("Dana Roe", "dana@example.com"), Order(mail))) == {"sent before": 1}


def test_a_card_that_changed_is_not_sent_again_by_itself(tmp_path: Path, state: Path, trust: Authority) -> None:
    saved_again = replace(letter(0), pdf=letter(0).pdf + b"more")
    changed = Post(letter(0).week, (replace(saved_again, figures="others"),), ())
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, post(1), Order(mail))
        same = Post(letter(0).week, (saved_again,), ())
        assert outcomes(sent(state, same, Order(mail))) == {"sent before": 1}
        (told,) = sent(state, changed, Order(mail))
        assert told.outcome == "changed since"
        assert told.said == (
            "Sent on 2026-11-24 at 07:30; its figures are others since. Fix: to send the new ones too, add "
            "--rep 'Rep 00' --resend."
        )
        assert outcomes(sent(state, changed, resend(Order(mail)))) == {"sent": 1}
        assert outcomes(sent(state, changed, Order(mail))) == {"sent before": 1}


def test_what_is_sent_once_more_has_another_message_id(tmp_path: Path, state: Path, trust: Authority) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, post(1), Order(mail))
        sent(state, post(1), resend(Order(mail)))
    assert len({message["Message-ID"] for _, message in kept_in(tmp_path / "kept")}) == 2


def test_a_trial_goes_to_one_address_and_the_real_sending_is_unaffected(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        trial = Order(mail, to="rep-01@example.com")  # who is among those that get something
        assert outcomes(sent(state, post(3), trial)) == {"sent": 3}
        subjects = [message["Subject"] for _, message in kept_in(tmp_path / "kept")]
        assert subjects == [f"[Trial, for rep-0{i}@example.com] Your scorecard, rep-0{i}" for i in range(3)]
        assert outcomes(sent(state, post(3), trial)) == {"sent before": 3}
        assert outcomes(sent(state, post(3), Order(mail))) == {"sent": 3}
    addresses = Counter(address for address, _ in kept_in(tmp_path / "kept"))
    assert addresses == {"rep-00@example.com": 1, "rep-01@example.com": 4, "rep-02@example.com": 1}


def test_what_is_withheld_is_told_after_the_letters(tmp_path: Path, state: Path, trust: Authority) -> None:
    withheld = Withheld(letter(9).to, letter(9).week, "There is no address. Fix: write one.")
    with scripted_server(tmp_path / "kept", trust) as mail:
        found = sent(state, replace(post(1), withheld=(withheld,)), Order(mail))
    assert [one.outcome for one in found] == ["sent", "withheld"]
    assert found[1].said == "There is no address. Fix: write one."


@pytest.mark.parametrize(
    "address",
    [
        "rep-00@example.org",
        "Rep <rep-00@example.com>",
        "rep-00@example.com\nBcc: eve@example.com",
        "a@example.com,b@example.com",
    ],
)
def test_nothing_goes_to_a_doubtful_address_whoever_let_it_through(
    tmp_path: Path, state: Path, trust: Authority, address: str
) -> None:
    astray = Post(letter(0).week, (replace(letter(0), to=replace(letter(0).to, address=address)),), ())
    with scripted_server(tmp_path / "kept", trust) as mail:
        assert outcomes(sent(state, astray, Order(mail))) == {"withheld": 1}
    assert not kept_in(tmp_path / "kept")


# --- a server with trouble ---


@pytest.mark.parametrize(
    ("phase", "act"),
    [
        *[(phase, "drop") for phase in ("connect", "ehlo", "auth", "mail", "rcpt", "data", "middle")],
        ("connect", "421 4.3.2 too busy"),
        ("auth", "454 4.7.0 not now"),
        ("mail", "451 4.3.0 too much"),
        ("mail", "421 4.7.0 closing"),
        ("rcpt", "450 4.2.0 greylisted"),
        ("data", "451 4.3.0 not now"),
        ("middle", "421 4.3.0 going down"),
        ("dot", "451 4.3.0 disk full"),
        ("mail", "what"),
        ("answered", "drop"),
    ],
)
def test_what_is_not_taken_for_now_arrives_once_in_the_same_run(
    tmp_path: Path, state: Path, trust: Authority, phase: Phase, act: Act
) -> None:
    waited: list[float] = []
    plan = at(phase, act, every=2 if phase in {"connect", "ehlo", "auth"} else 3)
    # The first connection always stands: without it there would be no server worth waiting for.
    first_breaks = at("rcpt", "421 4.0.0 enough", every=7)
    both: Plan = lambda now, nth: plan(now, nth) or first_breaks(now, nth)  # noqa: E731
    # In the middle of a message is only where not all of it fits between here and there: that takes a few megabytes.
    n, size = (8, 4_000_000) if phase == "middle" else (50, 1_000)
    with scripted_server(tmp_path / "kept", trust, both) as mail:
        patient = replace(mail, retry_after=(5.0,) * 12)
        found = sent(state, post(n, size=size), Order(patient), means(waited.append))
    assert outcomes(found) == {"sent": n}
    assert arrivals(tmp_path / "kept") == everybody(n)
    assert set(waited) == {5.0}


@pytest.mark.parametrize(
    ("phase", "act", "said"),
    [
        ("mail", "553 5.7.1 not you", "the sender: '553 5.7.1 not you'. Fix: correct mail.from"),
        ("rcpt", "550 5.1.1 who", "this address: '550 5.1.1 who'. Fix: correct it in the workbook"),
        ("data", "554 5.7.0 no", "the message: '554 5.7.0 no'. Fix: ask who runs the server"),
        ("dot", "554 5.6.0 spam", "the message: '554 5.6.0 spam'. Fix: ask who runs the server"),
    ],
)
def test_what_is_refused_is_told_and_tried_again_by_the_next_run_alone(
    tmp_path: Path, state: Path, trust: Authority, phase: Phase, act: Act, said: str
) -> None:
    with scripted_server(tmp_path / "kept", trust, at(phase, act)) as mail:
        found = sent(state, post(50), Order(mail))
        assert outcomes(found) == {"sent": 34, "refused": 16}
        assert {one.said for one in found if one.outcome == "refused"} == {
            f"The server refuses {said}, then send again."
        }
        for _ in range(4):
            found = sent(state, post(50), Order(mail))
    assert outcomes(found)["refused"] == 0
    assert arrivals(tmp_path / "kept") == everybody(50)


@pytest.mark.parametrize("phase", ["dot", "kept"])
def test_what_the_server_does_not_answer_for_is_in_doubt_and_not_sent_again(
    tmp_path: Path, state: Path, trust: Authority, phase: Phase
) -> None:
    with scripted_server(tmp_path / "kept", trust, at(phase, "drop", every=10)) as mail:
        first = sent(state, post(50), Order(mail))
        later = sent(state, post(50), Order(mail))
    assert outcomes(first) == {"sent": 45, "in doubt": 5}
    assert outcomes(later) == {"sent before": 45, "in doubt": 5}
    arrived = arrivals(tmp_path / "kept")
    in_doubt = {one.address for one in first if one.outcome == "in doubt"}
    assert arrived == (everybody(50) if phase == "kept" else everybody(50) - Counter(in_doubt))


def test_of_what_is_in_doubt_the_message_id_and_the_remedy_are_told(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    with scripted_server(tmp_path / "kept", trust, at("kept", "drop", every=1)) as mail:
        (now,) = sent(state, post(1), Order(mail))
        (later,) = sent(state, post(1), Order(mail))
    ((_, message),) = kept_in(tmp_path / "kept")
    remedy = (
        "It is not sent again by itself. Fix: ask rep-00@example.com or look in the server's log for the Message-ID "
        f"{message['Message-ID']}; if it is not there, add --rep 'Rep 00' --resend."
    )
    assert now.said == f"The connection was lost before the server said whether it took the message. {remedy}"
    assert later.said == (
        f"A sending on 2026-11-24 at 07:30 was cut short when the server may have had it already. {remedy}"
    )


def test_an_answer_that_is_none_leaves_the_letter_in_doubt(tmp_path: Path, state: Path, trust: Authority) -> None:
    with scripted_server(tmp_path / "kept", trust, at("kept", "hello", every=1)) as mail:
        assert outcomes(sent(state, post(1), Order(mail))) == {"in doubt": 1}


def test_a_doubtful_letter_that_is_sent_once_more_keeps_its_message_id(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    with scripted_server(tmp_path / "kept", trust, lambda now, nth: "drop" * (now == "kept" and nth == 1)) as mail:
        sent(state, post(1), Order(mail))
        assert outcomes(sent(state, post(1), resend(Order(mail)))) == {"sent": 1}
    one, other = kept_in(tmp_path / "kept")
    assert one[1]["Message-ID"] == other[1]["Message-ID"]  # so that the server can tell that it has it


def test_the_pauses_are_those_of_the_settings_and_then_it_is_not_now(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    waited: list[float] = []
    told: list[Delivery] = []
    with scripted_server(tmp_path / "kept", trust, at("rcpt", "450 4.2.0 greylisted", every=1)) as mail:
        found = sent(state, post(2), Order(mail), means(waited.append, told.append))
    assert waited == [5, 30, 120]
    assert told == found
    assert outcomes(found) == {"not now": 2}
    assert found[0].said == (
        "The server does not take it for now: '450 4.2.0 greylisted'. "
        "Fix: send again later; what was sent is not sent twice."
    )
    with Ledger.open(state) as ledger:
        assert Counter(entry.state for entry in ledger.entries()) == {"postponed": 8}


def test_without_a_server_nothing_is_tried_and_nothing_is_waited_for(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    waited: list[float] = []
    with scripted_server(tmp_path / "kept", trust) as mail:
        pass
    found = sent(state, post(3), Order(mail), means(waited.append))
    assert outcomes(found) == {"not tried": 3}
    assert found[0].said == (
        f"Mail server '127.0.0.1:{mail.port}': it cannot be reached (connection refused). "
        "Fix: check mail.host and mail.port, and the network."
    )
    assert not waited


def test_a_login_refused_in_between_ends_the_run(tmp_path: Path, state: Path, trust: Authority) -> None:
    waited: list[float] = []

    def after_five_nobody_may_log_in(now: Phase, nth: int) -> Act:
        return {("rcpt", 6): "421 4.0.0 down", ("auth", 2): "535 5.7.8 no"}.get((now, nth), "")

    with scripted_server(tmp_path / "kept", trust, after_five_nobody_may_log_in) as mail:
        found = sent(state, post(8), Order(mail), means(waited.append))
    assert [one.outcome for one in found] == ["sent"] * 5 + ["not now"] + ["not tried"] * 2
    assert not waited


def test_dots_and_long_lines_come_through_as_they_were(tmp_path: Path, state: Path, trust: Authority) -> None:
    odd = replace(letter(0), text=".\n..\n.hidden\n" + "x" * 3_000 + "\nend\n", html="<p>\n.\n</p>" + "ä" * 3_000)
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, Post(odd.week, (odd,), ()), Order(mail))
    ((_, message),) = kept_in(tmp_path / "kept")
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == odd.text.splitlines()
    assert html.get_content().splitlines() == odd.html.splitlines()
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == odd.pdf


# --- before the sending ---


def test_standing_tells_what_was_sent_and_what_would_be(tmp_path: Path, state: Path, trust: Authority) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, post(2), Order(mail))
    with Ledger.open(state, create=False) as ledger:
        assert [one.outcome for one in standing(post(3), ledger)] == ["sent before", "sent before", "not tried"]
        assert [one.outcome for one in standing(post(2), ledger, "rep-00@example.com")] == ["not tried", "not tried"]


@pytest.mark.parametrize(
    ("field", "name"), [("host", "host"), ("sender", "from"), ("allowed_domains", "allowed_domains")]
)
def test_without_settings_it_is_told_what_to_write(
    tmp_path: Path, state: Path, trust: Authority, field: str, name: str
) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail, pytest.raises(CannotGoOnError) as refused:
        sent(state, post(1), Order(replace(mail, **{field: type(getattr(mail, field))()})))
    assert re.match(rf"mail\.{name}: it is not set, so nothing is sent\. Fix: write {name} = ", str(refused.value))


def test_a_trial_outside_the_allowed_domains_is_refused(tmp_path: Path, state: Path, trust: Authority) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail, pytest.raises(CannotGoOnError) as refused:
        sent(state, post(1), Order(mail, to="me@example.org"))
    assert str(refused.value) == (
        "Trial address: 'me@example.org' is outside the domains that messages may go to. "
        "Fix: correct it, or add 'example.org' to mail.allowed_domains."
    )


# --- cut short ---


def test_a_sending_that_is_stopped_goes_on_where_it_stopped(tmp_path: Path, state: Path, trust: Authority) -> None:
    told: list[Delivery] = []

    def stop_after_three(one: Delivery) -> None:
        told.append(one)
        if len(told) == 3:
            raise KeyboardInterrupt

    with scripted_server(tmp_path / "kept", trust) as mail:
        with pytest.raises(KeyboardInterrupt):
            sent(state, post(8), Order(mail), means(tell=stop_after_three))
        assert outcomes(sent(state, post(8), Order(mail))) == {"sent before": 3, "sent": 5}
    assert arrivals(tmp_path / "kept") == everybody(8)


def test_where_the_ledger_cannot_be_written_the_server_gets_no_whole_letter(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail, Ledger.open(state) as ledger:
        # The attempt can be begun, but not be noted as being handed over.
        ledger.database.connection.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON attempt BEGIN SELECT RAISE(FAIL, 'no room'); END"
        )
        with pytest.raises(CannotGoOnError, match="no room"):
            deliver(post(2), Order(mail), ledger, means())
        ledger.database.connection.execute("DROP TRIGGER full")
        assert not kept_in(tmp_path / "kept")
        assert outcomes(deliver(post(2), Order(mail), ledger, means())) == {"sent": 2}
    assert arrivals(tmp_path / "kept") == everybody(2)
