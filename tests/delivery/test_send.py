"""`send` as a user meets it: a site that was built, drafts on the disk, and a real mail server."""

from __future__ import annotations

import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import Result
from mail_servers import Act, Authority, Phase, Plan, real_server, scripted_server
from pypdf import PdfReader
from sending_office import OPERATOR, Office, built, lines

from fifty_reps import DOMAIN, MANAGER, WEEK
from letters_to_send import SECRET, kept_in
from milestone_reports.settings_file.mail import PASSWORD

TRIER = f"tara.trial@{DOMAIN}"

NOT_SENT = (
    "Nothing was sent. The same command with --really sends these. Before that, write under [mail] in "
    "milestone-reports.toml: host, from, allowed_domains."
)
CHANGED = "is not the one that was built; it was changed since. Fix: build it once more."


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return built(tmp_path_factory.mktemp("office"), 3)


@pytest.fixture
def office(first: Office, tmp_path: Path) -> Office:
    """An office of three, for one test alone."""
    return Office(Path(copytree(first.folder, tmp_path / "office")), first.people)


def attached(message: EmailMessage) -> str:
    """The text of the only PDF that a message brings."""
    (pdf,) = message.iter_attachments()
    assert pdf.get_content_type() == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.get_content())).pages)


def words_in(message: EmailMessage) -> str:
    """All that a message says: its headers, both its texts, and its PDF."""
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    texts = (message.get_body((kind,)) for kind in ("plain", "html"))
    return "\n".join([headers, *(text.get_content() for text in texts if text), attached(message)])


def refused(answer: str) -> str:
    """What is said of an address that the server refuses."""
    return f"The server refuses this address: '{answer}'. Fix: correct it in the workbook, then send again."


def refusing(phase: Phase, act: Act, nth: int) -> Plan:
    return lambda now, count: act if (now, count) == (phase, nth) else ""


# --- without --really ---


def test_a_dry_run_writes_a_draft_to_each_with_their_own_card_and_says_what_it_did(office: Office) -> None:
    done = office.send()
    assert done.exit_code == 0
    assert lines(done) == [
        f"Week {WEEK}",
        "Who  Address  Status",
        f"Robin Baxwick  robin.baxwick@{DOMAIN}  would be sent",
        f"Robin Corwick  robin.corwick@{DOMAIN}  would be sent",
        f"Robin Dunwick  robin.dunwick@{DOMAIN}  would be sent",
        f"Mona Leader, team report  {MANAGER}  would be sent",
        "",
        f"4 drafts in {office.folder}/drafts/{WEEK}, 0 withheld. " + NOT_SENT,
    ]
    drafts = office.drafts()
    assert len(drafts) == 4
    assert {message["X-Unsent"] for message in drafts.values()} == {"1"}
    for one in office.people:
        (draft,) = (message for message in drafts.values() if message["To"] == one.address)
        assert one.name in attached(draft)


def test_a_dry_run_has_nothing_left_to_tell_where_it_is_to_be_quiet(office: Office) -> None:
    assert office.send("--quiet").output == ""


def test_a_dry_run_makes_no_ledger(office: Office) -> None:
    office.send()
    assert not (office.folder / ".milestone-reports/deliveries.sqlite").exists()


# --- with --really ---


def test_everything_arrives_once_and_a_second_run_sends_nothing(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    with real_server(tmp_path / "kept", trust, "starttls") as mail:
        office.settings(mail)
        first, second = office.send("--really"), office.send("--really")
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert lines(first)[2] == f"Robin Baxwick  robin.baxwick@{DOMAIN}  sent"
    assert lines(first)[-1] == "4 of 4 delivered: 4 sent."
    assert re.fullmatch(r"Robin Baxwick  .*  sent \d+ \w{3} \d\d:\d\d", lines(second)[2])
    assert lines(second)[-1] == "4 of 4 delivered: 4 sent before."
    arrived = dict(kept_in(tmp_path / "kept"))
    assert set(arrived) == {MANAGER, *(one.address for one in office.people)}
    assert all(arrived[one.address]["To"] == one.address for one in office.people)


def test_nothing_is_printed_where_all_went_well_and_it_is_to_be_quiet(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        office.settings(mail)
        done = office.send("--really", "--quiet")
    assert (done.exit_code, done.output) == (0, "")


def test_what_the_server_refuses_is_told_ends_with_4_and_is_tried_again_by_the_next_run(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    plan = refusing("rcpt", "550 5.1.1 no such person", 2)
    with scripted_server(tmp_path / "kept", trust, plan) as mail:
        office.settings(mail)
        first, second = office.send("--really", "--quiet"), office.send("--really")
    assert first.exit_code == 4
    assert lines(first) == [
        "",
        "Refused by the mail server (1)",
        "  Robin Corwick: " + refused("550 5.1.1 no such person"),
    ]
    assert (second.exit_code, lines(second)[-1]) == (0, "4 of 4 delivered: 1 sent, 3 sent before.")


def test_error_to_gets_one_message_a_run_of_what_was_not_delivered(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    with scripted_server(tmp_path / "kept", trust, refusing("rcpt", "550 no", 2)) as mail:
        office.settings(mail, f'error_to = "{OPERATOR}"')
        assert office.send("--really").exit_code == 4
    *_, (address, report) = kept_in(tmp_path / "kept")
    body = report.get_body(("plain",))
    assert (address, report["To"]) == (OPERATOR, OPERATOR)
    assert body
    assert "Robin Corwick" in body.get_content()
    assert "Robin Dunwick" not in body.get_content()


def test_where_even_that_message_fails_it_is_said(office: Office, trust: Authority, tmp_path: Path) -> None:
    def plan(phase: Phase, nth: int) -> Act:
        return "550 no" if phase == "rcpt" and nth in {2, 5} else ""

    with scripted_server(tmp_path / "kept", trust, plan) as mail:
        office.settings(mail, f'error_to = "{OPERATOR}"')
        done = office.send("--really", "--quiet")
    assert done.exit_code == 4
    could_not = "What was not delivered could not be reported to error_to either: "
    assert lines(done)[-1] == could_not + refused("550 no")


def test_what_is_withheld_is_told_and_ends_with_4(office: Office, trust: Authority, tmp_path: Path) -> None:
    (office.folder / "output/reps/robin-corwick.pdf").write_bytes(b"%PDF-1.7 of another week")
    with scripted_server(tmp_path / "kept", trust) as mail:
        office.settings(mail)
        done = office.send("--really")
    assert done.exit_code == 4
    assert lines(done)[-4:] == [
        "Withheld (1)",
        "  Robin Corwick: its PDF, reps/robin-corwick.pdf, " + CHANGED,
        "",
        "3 of 4 delivered: 3 sent, 1 withheld. Once that is mended the same command sends what is missing.",
    ]
    assert office.people[1].address not in dict(kept_in(tmp_path / "kept"))


def test_a_server_that_is_not_there_ends_with_4_and_the_next_run_sends_all(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        office.settings(replace(mail, port=9))  # where nobody answers
        first = office.send("--really")
        office.settings(mail)
        second = office.send("--really")
    assert (first.exit_code, second.exit_code) == (4, 0)
    assert lines(first)[-1].startswith("0 of 4 delivered: 4 not tried.")
    # The same reason is told once.
    everyone = "  Robin Baxwick, Robin Corwick, Robin Dunwick, Mona Leader: "
    assert [line.startswith(everyone) for line in lines(first)[-4:]] == [False, True, False, False]
    assert len(kept_in(tmp_path / "kept")) == 4


# --- trials, and once more ---


def test_a_trial_goes_to_one_address_alone_and_keeps_nobody_from_getting_theirs(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        office.settings(mail)
        trial, real = office.send("--really", "--to", TRIER), office.send("--really")
    assert lines(trial)[0] == f"Week {WEEK}: a trial, all of it to {TRIER}"
    assert lines(trial)[2] == f"Robin Baxwick  {TRIER}  sent"
    assert (trial.exit_code, lines(real)[-1]) == (0, "4 of 4 delivered: 4 sent.")
    arrived = kept_in(tmp_path / "kept")
    assert [address for address, _ in arrived[:4]] == [TRIER] * 4
    assert arrived[0][1]["Subject"].startswith(f"[Trial, for {office.people[0].address}] ")
    assert {address for address, _ in arrived[4:]} == {MANAGER, *(one.address for one in office.people)}


def test_the_drafts_of_a_trial_are_to_that_address(office: Office) -> None:
    office.send("--to", TRIER)
    assert {message["To"] for message in office.drafts().values()} == {TRIER}


def test_one_rep_is_sent_theirs_again_where_that_is_asked_for(office: Office, trust: Authority, tmp_path: Path) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        office.settings(mail)
        office.send("--really")
        without = office.send("--really", "--rep", "corwick, robin")
        planned = office.send("--rep", "Robin Corwick", "--resend")
        again = office.send("--really", "--rep", "Robin Corwick", "--resend")
    assert lines(without)[-1] == "1 of 1 delivered: 1 sent before."
    assert lines(planned)[2] == f"Robin Corwick  {office.people[1].address}  would be sent again"
    assert lines(again)[-1] == "1 of 1 delivered: 1 sent."
    assert [address for address, _ in kept_in(tmp_path / "kept")[4:]] == [office.people[1].address]


# --- what cannot go on ---


def sentence_of(done: Result) -> str:
    """What was printed where nothing was sent."""
    assert done.exit_code == 2, done.output
    return done.output.strip().splitlines()[-1]


def test_what_the_settings_lack_is_said_with_what_to_write(office: Office, trust: Authority, tmp_path: Path) -> None:
    assert sentence_of(office.send("--really")) == (
        "Nothing was sent: the settings do not say host, from and allowed_domains. Fix: write under [mail] in "
        'milestone-reports.toml host = "the name of your mail server", from = "the address that sends", '
        f'allowed_domains = ["{DOMAIN}"].'
    )
    with scripted_server(tmp_path / "kept", trust) as mail:
        office.settings(mail)
    file = office.folder / "milestone-reports.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("allowed_domains", "# allowed_domains"), encoding="utf-8")
    assert sentence_of(office.send("--really")) == (
        "Nothing was sent: the settings do not say allowed_domains. Fix: write under [mail] in milestone-reports.toml "
        f'allowed_domains = ["{DOMAIN}"].'
    )


def test_a_trial_to_what_is_no_plain_address_is_refused(office: Office) -> None:
    told = "is not one plain address. Fix: write one such as name@example.com."
    assert sentence_of(office.send("--to", "Me <me@x.example>")) == f"Error: --to: 'Me <me@x.example>' {told}"


def test_an_unknown_rep_is_named(office: Office) -> None:
    assert sentence_of(office.send("--rep", "Robin Baxwik")) == (
        "team.xlsx: 'Robin Baxwik' is no rep there. Fix: write 'Robin Baxwick' if that is meant."
    )


def test_without_a_history_nothing_is_sent_and_no_folder_is_made(office: Office) -> None:
    state = office.folder / "elsewhere"
    assert sentence_of(office.send("--state", str(state))) == (
        f"{state}/history.sqlite: there is no history, so nothing is known of what was published. Fix: build first, or "
        "name the state folder with --state; it is .milestone-reports beside the workbook, or in the inbox."
    )
    assert not state.exists()


def test_neither_drafts_nor_the_history_lie_in_the_site(office: Office) -> None:
    drafts = office.folder / "output/drafts"
    assert sentence_of(office.send("--drafts", str(drafts))) == (
        f"Drafts folder '{drafts}/{WEEK}': it lies in the site '{office.folder}/output', where others would see "
        "everybody's cards. Fix: name another with --drafts."
    )
    assert not drafts.exists()
    beside = office.folder / "beside"
    beside.mkdir()
    (beside / WEEK).symlink_to(office.folder / "output", target_is_directory=True)
    assert "lies in the site" in sentence_of(office.send("--drafts", str(beside)))
    state = copytree(office.folder / ".milestone-reports", office.folder / "output/state")
    assert sentence_of(office.send("--state", str(state))) == (
        f"State folder '{state}': it lies in the site '{office.folder}/output', which others may see. Fix: move it "
        "elsewhere, and name it with --state."
    )


def test_a_password_is_told_to_nobody(office: Office, trust: Authority, tmp_path: Path) -> None:
    with scripted_server(tmp_path / "kept", trust) as mail:
        office.settings(mail, f'error_to = "{OPERATOR}"')
        wrong = office.send("--really", password="hunter2-Wrong")  # noqa: S106  of nobody
    assert wrong.exit_code == 4
    assert "it refuses the login of 'reports' (535 5.7.8); nothing was sent" in wrong.output
    assert "hunter2" not in wrong.output
    written = [file.read_bytes() for file in office.folder.rglob("*") if file.is_file()]
    assert not any(b"hunter2" in content for content in written)


def test_stopped_from_the_keyboard_it_says_what_was_sent_and_the_next_run_goes_on(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    client = tmp_path / "client"

    def plan(phase: Phase, nth: int) -> Act:
        if (phase, nth) == ("rcpt", 3):
            os.kill(int(client.read_text()), signal.SIGINT)
            time.sleep(0.5)
        return ""

    environment = {**os.environ, PASSWORD: SECRET}
    del environment["MILESTONE_REPORTS_STATE"]
    with scripted_server(tmp_path / "kept", trust, plan) as mail:
        office.settings(mail)
        command = [sys.executable, "-m", "milestone_reports", *office.arguments("--really")]

        def heeds_the_keyboard() -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are deaf to it

        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, encoding="utf-8",
            preexec_fn=heeds_the_keyboard,  # noqa: PLW1509  this process has no lock that the child would wait for
        ) as running:  # fmt: skip
            client.write_text(str(running.pid))
            told = running.communicate()[0]
        assert running.returncode == 130
        second = office.send("--really")
    assert told.splitlines() == [
        "Stopped. Sent in this run: Robin Baxwick, Robin Corwick.",
        "Nothing is sent twice: the same command goes on where this one stopped.",
    ]
    assert lines(second)[-1] == "4 of 4 delivered: 2 sent, 2 sent before."


def test_where_the_ledger_fails_meanwhile_it_says_what_was_sent_and_then_why_it_ended(
    office: Office, trust: Authority, tmp_path: Path
) -> None:
    def plan(phase: Phase, nth: int) -> Act:
        if (phase, nth) == ("rcpt", 3):
            with closing(sqlite3.connect(office.folder / ".milestone-reports/deliveries.sqlite")) as ledger:
                for (table,) in ledger.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%figures%'").fetchall():
                    ledger.execute(f"DROP TABLE {table}")
                ledger.commit()
        return ""

    with scripted_server(tmp_path / "kept", trust, plan) as mail:
        office.settings(mail)
        done = office.send("--really")
    assert done.exit_code == 2, done.output
    assert done.output.splitlines()[:2] == [
        "Stopped. Sent in this run: Robin Baxwick, Robin Corwick.",
        "Nothing is sent twice: the same command goes on where this one stopped.",
    ]
    assert "deliveries.sqlite" in done.output.splitlines()[-1]


def test_where_all_is_withheld_there_are_no_drafts_and_nothing_is_said_to_be_left(office: Office) -> None:
    for file in (office.folder / "output").rglob("*.pdf"):
        file.write_bytes(b"%PDF-1.7 of another week")
    assert lines(office.send())[-1] == "No drafts: all 4 are withheld; see above."


def test_of_several_teams_it_says_whose_each_is_and_how_many_are_left(trust: Authority, tmp_path: Path) -> None:
    office = built(tmp_path, 1, "North", "South")
    with scripted_server(tmp_path / "kept", trust, refusing("rcpt", "550 no", 2)) as mail:
        office.settings(mail)
        office.send("--really")
    done = office.send()
    assert lines(done)[1] == "Who  Team  Address  Status"
    assert [line.split("  ")[:2] for line in lines(done)[2:6]] == [
        ["Robin Baxwick", "North"],
        ["Mona Leader, team report", "North"],
        ["Robin Corwick", "South"],
        ["Mona Leader, team report", "South"],
    ]
    assert lines(done)[-1].endswith("Nothing was sent. The same command with --really sends 1 of them.")


# --- the whole of it ---


def test_fifty_cards_arrive_each_at_its_rep_and_name_no_other(trust: Authority, tmp_path: Path) -> None:
    office = built(tmp_path, 50)
    with real_server(tmp_path / "kept", trust, "starttls") as mail:
        office.settings(mail)
        done = office.send("--really", "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    arrived = kept_in(tmp_path / "kept")
    assert len(arrived) == 51
    by_address = dict(arrived)
    planted = [(one.address, word) for one in office.people for word in one.planted]
    for one in office.people:
        said = words_in(by_address[one.address])
        assert all(word in said for word in one.planted)
        assert [word for address, word in planted if address != one.address and word.lower() in said.lower()] == []
