"""What is built while a sending runs, or waits for the server, ends it: the rest may have been corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from mail_servers import Authority, at, scripted_server
from offices import Office, team_workbook

from letters_to_send import kept_in, means, outcomes, post, sent
from milestone_reports.delivery.published import what_was_published
from milestone_reports.delivery.sending import BUILT_ANEW, Order
from milestone_reports.history.store import Store


def test_after_a_pause_nothing_is_sent_of_what_was_built_anew_meanwhile(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    pauses: list[float] = []
    with scripted_server(tmp_path / "kept", trust, at("rcpt", "451 4.7.1 later", every=1)) as mail:
        found = sent(state, post(2), Order(mail), means(pauses.append, is_current=lambda: not pauses))
    assert [(one.outcome, one.said) for one in found] == [("not tried", BUILT_ANEW)] * 2
    assert pauses == [5]
    assert not kept_in(tmp_path / "kept")


def test_between_two_letters_too_and_what_was_sent_before_is_told_as_such(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    answers = iter([True, False])
    with scripted_server(tmp_path / "kept", trust) as mail:
        sent(state, post(1), Order(mail))
        found = sent(state, post(4), Order(mail), means(is_current=lambda: next(answers)))
        assert [one.outcome for one in found] == ["sent before", "sent", "not tried", "not tried"]
        assert outcomes(sent(state, post(4), Order(mail))) == {"sent before": 2, "sent": 2}


@pytest.mark.parametrize("week", ["", "2026-W47"])
def test_the_same_built_once_more_is_nothing_new_and_a_corrected_copy_is_before_it_is_built(
    tmp_path: Path, week: str
) -> None:
    office = Office(tmp_path)
    workbook = team_workbook(tmp_path / "north.xlsx")
    office.build(workbook)
    with Store.open(office.state) as store:
        first = what_was_published(store, week)
        office.build(workbook)
        assert what_was_published(store, week) == first
        office.bring(kickoff="2026-11-04")
        assert what_was_published(store, week) != first
        newer = what_was_published(store, week)
        office.build(team_workbook(tmp_path / "north.xlsx", kickoff="2026-11-05"))
        assert what_was_published(store, week) not in (first, newer)
