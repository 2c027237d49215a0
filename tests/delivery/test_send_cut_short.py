"""`send` where something comes between: a build while it runs, and a fault in a template of the company's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from mail_servers import Act, Authority, Phase, at, scripted_server
from sending_office import OPERATOR, Office, built, lines

from fifty_reps import WEEK
from letters_to_send import kept_in
from milestone_reports import __version__
from milestone_reports.history.store import Store


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "office").mkdir()
    return built(tmp_path / "office", 3)


def test_what_is_published_while_it_runs_ends_it_with_4_and_the_next_run_sends_the_rest(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    def publish(version: str) -> None:
        with Store.open(office.folder / ".milestone-reports") as store:
            now = store.published(WEEK)
            assert now
            store.publish(replace(now, version=version))

    def plan(phase: Phase, nth: int) -> Act:
        if (phase, nth) == ("rcpt", 2):
            publish("of another build")
        return ""

    with scripted_server(tmp_path / "kept", trust, plan) as mail:
        office.settings(mail)
        first = office.send("--really")
        publish(__version__)
        second = office.send("--really")
    assert first.exit_code == 4, first.output
    assert lines(first)[-4:] == [
        "Not tried (2)",
        "  Robin Dunwick, Mona Leader: The site was built anew meanwhile. Fix: run the command again.",
        "",
        "2 of 4 delivered: 2 sent, 2 not tried. Once that is mended the same command sends what is missing.",
    ]
    assert (second.exit_code, lines(second)[-1]) == (0, "4 of 4 delivered: 2 sent, 2 sent before.")
    assert len(kept_in(tmp_path / "kept")) == 4


def test_where_the_message_of_failures_cannot_be_written_the_table_is_shown_all_the_same(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    own = office.folder / "templates/mail"
    own.mkdir(parents=True)
    (own / "failures.txt.jinja").write_text("{{ nothing.of_this_kind }}", encoding="utf-8")
    with scripted_server(tmp_path / "kept", trust, at("rcpt", "550 no", every=3)) as mail:
        office.settings(mail, f'error_to = "{OPERATOR}"')
        done = office.send("--really", "--templates", str(own.parent))
    assert done.exit_code == 4, done.output
    assert lines(done)[-2].startswith("3 of 4 delivered: 3 sent, 1 refused.")
    told = lines(done)[-1]
    assert told.startswith("What was not delivered could not be reported to error_to either: ")
    assert "failures.txt.jinja" in told
    assert len(kept_in(tmp_path / "kept")) == 3
