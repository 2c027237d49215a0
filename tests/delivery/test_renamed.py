"""Who was sent something under another name is not sent it once more by itself, and nobody else is kept from theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mail_servers import Authority, scripted_server
from offices import Office, names, team_workbook

from letters_to_send import AT, WEEK, kept_in, letter, outcomes, resend, sent
from milestone_reports.delivery.ledger import Ledger
from milestone_reports.delivery.letters import Letter, Post, Recipient, Withheld
from milestone_reports.delivery.parcels import Parcel
from milestone_reports.delivery.sending import Order, standing

CARD = letter(0)
REPORT = replace(CARD, to=Recipient("North", "team report", "Mo Moss", "", "mo@example.com"))


def post_of(*letters: Letter, known: tuple[Recipient, ...] = ()) -> Post:
    return Post(WEEK, letters, (), known=known)


def of(one: Letter, name: str = "", team: str = "", address: str = "") -> Letter:
    """The same for somebody else, or of another team."""
    to = one.to
    changed = replace(to, name=name or to.name, team=team or to.team, address=address or to.address)
    return replace(one, to=changed, figures=f"figures of {changed.name} in {changed.team}")


def test_a_renamed_rep_is_not_sent_the_card_again_unless_that_is_asked_for(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    renamed = post_of(of(CARD, "Rob Renamed"))
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, post_of(CARD), Order(mail))
        (told,) = sent(state, renamed, Order(mail))
        assert (told.outcome, told.at) == ("changed since", AT)
        assert told.said == (
            "Sent on 2026-11-24 at 07:30 as that of 'Rep 00' in the team 'North', which the week does not have any "
            "more. Fix: to send it under the new name too, add --rep 'Rob Renamed' --resend."
        )
        with Ledger.open(state) as ledger:
            assert standing(renamed, ledger) == [told]
        assert outcomes(sent(state, renamed, resend(Order(mail)))) == {"sent": 1}
        assert outcomes(sent(state, renamed, Order(mail))) == {"sent before": 1}
    assert len(kept_in(tmp_path / "kept")) == 2


def test_of_a_renamed_team_neither_cards_nor_the_report_go_out_again(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, post_of(CARD, REPORT), Order(mail))
        card, report = sent(state, post_of(of(CARD, team="North East"), of(REPORT, team="North East")), Order(mail))
    assert (card.outcome, report.outcome) == ("changed since", "changed since")
    assert report.said.startswith("Sent on 2026-11-24 at 07:30 as that of the team 'North', which the week does not")


def test_what_may_have_arrived_under_the_former_name_stays_in_doubt(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    with Ledger.open(state) as ledger:
        ledger.handing_over(ledger.begin(Parcel(CARD, CARD.to.address), "<1@example.com>", AT))
    with scripted_server(tmp_path / "kept", trust) as mail:
        (told,) = sent(state, post_of(of(CARD, "Rob Renamed")), Order(mail))
    assert told.outcome == "in doubt"
    assert told.said == (
        "A sending on 2026-11-24 at 07:30, as that of 'Rep 00' in the team 'North', was cut short when the server may "
        "have had it already. It is not sent again by itself. Fix: ask rep-00@example.com or look in the server's log "
        "for the Message-ID <1@example.com>; if it is not there, add --rep 'Rob Renamed' --resend."
    )
    assert not kept_in(tmp_path / "kept")


def test_a_trial_under_the_former_name_keeps_the_renamed_from_nothing_but_a_trial(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    renamed = post_of(of(CARD, "Rob Renamed"))
    with scripted_server(tmp_path / "kept", trust) as mail:
        trial = Order(mail, to="rep-09@example.com")
        sent(state, post_of(CARD), trial)
        assert outcomes(sent(state, renamed, trial)) == {"changed since": 1}
        assert outcomes(sent(state, renamed, Order(mail))) == {"sent": 1}


def test_who_is_in_two_teams_gets_something_of_each(tmp_path: Path, state: Path, trust: Authority) -> None:
    both = post_of(CARD, REPORT, of(CARD, team="South"), of(REPORT, team="South"))
    with scripted_server(tmp_path / "kept", trust) as mail:
        assert outcomes(sent(state, post_of(CARD, REPORT), Order(mail))) == {"sent": 2}
        assert outcomes(sent(state, both, Order(mail))) == {"sent before": 2, "sent": 2}


def test_addresses_that_were_taken_for_each_other_are_put_right_also_one_at_a_time(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    ann, bea = letter(0), letter(1)
    slip = post_of(of(ann, address="rep-01@example.com"), of(bea, address="rep-00@example.com"))
    with scripted_server(tmp_path / "kept", trust) as mail:
        assert outcomes(sent(state, slip, Order(mail))) == {"sent": 2}
        assert outcomes(sent(state, post_of(ann, known=(ann.to, bea.to)), Order(mail))) == {"sent": 1}
        assert outcomes(sent(state, post_of(ann, bea), Order(mail))) == {"sent before": 1, "sent": 1}


def test_a_former_name_that_is_left_without_an_address_does_not_count(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    withheld = Withheld(replace(CARD.to, address=" "), WEEK, "The rep has no address.")
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, post_of(CARD), Order(mail))
        found = sent(state, replace(post_of(of(CARD, "Rob Renamed")), withheld=(withheld,)), Order(mail))
    assert [one.outcome for one in found] == ["changed since", "withheld"]


def test_the_post_for_one_rep_knows_everyone_of_the_week(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.build(team_workbook(tmp_path / "north.xlsx"), team_workbook(tmp_path / "south.xlsx", team="South"))
    post = office.gather("Ann Archer")
    assert {one.to.name for one in post.withheld} | set(names(post.letters)) == {"Ann Archer"}
    assert [(one.team, one.name, one.kind) for one in post.known] == [
        (team, name, kind)
        for team in ("North", "South")
        for name, kind in (("Ann Archer", "scorecard"), ("Bea Baker", "scorecard"), ("Mo Moss", "team report"))
    ]
