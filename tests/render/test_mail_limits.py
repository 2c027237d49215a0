"""Messages: what mail programs can show, nothing that runs, loads or tells on others, and templates of one's own."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sample_mail import LINK, MAILS, Read, every_message, sent
from sample_site import REPS, checks, ledger_item, problem, rep_card, rollup, stamp, team_site, team_track

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.recall import read_told
from milestone_reports.render.accent import accent_of, contrast
from milestone_reports.render.look import Brand, Look
from milestone_reports.render.mail import Mails
from milestone_reports.render.mail_asks import FORBIDDEN, asks_of
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.theme import tokens
from milestone_reports.scorecards.compose import team_site as composed
from milestone_reports.scorecards.pages import RepScorecard, TeamSite
from milestone_reports.workbook.example.kinds import AS_OF
from milestone_reports.workbook.example.write import ExampleKind, write_example

CLIPPED = 60_000
"""Bytes; Gmail cuts a message off at 102 kB."""


# --- built for Outlook and phones ---


def test_nothing_runs_and_nothing_is_loaded() -> None:
    for message in every_message():
        assert asks_of(message.html) == []
        assert not {tag for tag, _ in Read(message.html).tags} & FORBIDDEN
        assert not re.search(r"\b(position|float|flex|grid|background-image|url\(|@font-face)", message.html)


def test_styles_stand_on_the_elements_and_only_those_for_dark_screens_do_not() -> None:
    for message in every_message():
        sheets = re.findall(r"<style>(.*?)</style>", message.html, re.DOTALL)
        assert [sheet.partition("{")[0].strip() for sheet in sheets] == ["@media (prefers-color-scheme: dark)"]
        told = [attributes for tag, attributes in Read(message.html).tags if tag in {"p", "h1", "h2", "th"}]
        assert told
        assert all("Segoe UI" in one["style"] and "color:#" in one["style"] for one in told)


def test_tables_that_set_the_page_are_none_to_a_screen_reader() -> None:
    for message in every_message():
        for tag, attributes in Read(message.html).tags:
            assert tag != "table" or attributes.get("role") == "presentation" or "<th" in message.html


@pytest.mark.parametrize("accent", ["#006375", "#1F4E9E"])
def test_text_is_legible_on_light_and_on_dark(accent: str) -> None:
    mails = Mails(templates_folder(), "0.1.0", Look(Brand("Nordwind & Co", None, accent_of(accent), "Not for others")))
    html, paper = mails.scorecard(rep_card(), LINK).html, tokens()["paper"]
    dark, _, light = html.partition("</style>")
    on_light, on_dark = (set(re.findall(r"[;{\"]\s*color:\s*(#\w{6})", part)) for part in (light, dark))
    assert accent in on_light
    assert min(contrast(colour, paper.light) for colour in on_light) >= 4.5
    assert min(contrast(colour, paper.dark) for colour in on_dark) >= 4.5
    assert f'bgcolor="{paper.light}"' in light
    assert "Nordwind &amp; Co" in light
    assert "Not for others" in light


def test_no_message_is_so_long_that_mail_programs_cut_it_off() -> None:
    long = "An expectation that goes on " * 60
    lines = [
        problem("error", "row_twice", f"Opportunities!A{n}", found=f"{n} {long}", label=long, rep="")
        for n in range(400)
    ]
    tracks = tuple(team_track(300, f"Track {n}") for n in range(6))
    site = replace(team_site(), rollup=rollup(tracks=tracks), checks=replace(checks(), lines=tuple(lines)))
    message = MAILS.team_report(site, [(name * 20, long) for name in REPS * 40], LINK)
    assert len(message.html.encode()) < CLIPPED
    assert "And 380 more. The page Data checks lists them all." in " ".join(message.text.split())
    failed = MAILS.failures("2026-W47", [(name, "a@example.com", long) for name in REPS * 40])
    assert len(failed.html.encode()) < CLIPPED


# --- what comes from a workbook is text ---

HOSTILE = "<script>alert(1)</script>\r\nBcc: all@example.com\n\nYOUR BEST LEVER\u202e\x07"


def hostile_card() -> RepScorecard:
    card = rep_card(HOSTILE)
    items = tuple(
        replace(ledger_item(n, "planned", AS_OF), account=account, opportunity=HOSTILE, milestone=HOSTILE)
        for n, account in enumerate((HOSTILE, "x" * 1_000_000, "javascript:alert(1)", "=cmd|' /C calc'!A0"))
    )
    return replace(
        card, next_week=replace(card.next_week, items=items), stamp=stamp(team=HOSTILE, workbook=HOSTILE, as_of=AS_OF)
    )


def test_hostile_text_is_shown_as_text_on_its_line() -> None:
    message = sent(hostile_card())
    assert asks_of(message.html) == []
    assert [line for line in message.text.splitlines() if line.startswith(("Bcc:", "YOUR BEST"))] == ["YOUR BEST LEVER"]
    for part in (message.subject, message.text, message.html):
        assert not re.search("[\u202a-\u202e\x00-\x09\x0b-\x1f]", part)
    assert "javascript:alert(1)" in Read(message.html).text
    assert len(message.html) < 20_000
    assert f"{'x' * 79}…" in message.text


def test_a_hostile_name_of_the_team_stays_in_the_managers_subject_as_one_short_line() -> None:
    site = replace(team_site(), stamp=stamp(team=HOSTILE + "y" * 500))
    subject = MAILS.team_report(site, [(HOSTILE, HOSTILE)], LINK).subject
    assert subject.splitlines() == [subject]
    assert len(subject) < 140


# --- each tells of its reader alone ---


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> TeamSite:
    workbook = tmp_path_factory.mktemp("real") / "team.xlsx"
    write_example(workbook, ExampleKind.EXISTING_CLIENTS)
    reading, _ = read_told(workbook, None, AS_OF, AS_OF)
    return composed(reading.team, reading.as_of)


def test_a_reps_message_names_no_other_rep_and_nothing_of_theirs(real: TeamSite) -> None:
    for card in real.reps:
        message = sent(card)
        said = f"{message.subject} {message.text} {message.html}"
        others = [one.rep for one in real.reps if one.rep != card.rep]
        own = {one.account for one in card.open} | {one.label for one in real.opportunities if one.is_of(card.rep)}
        foreign = {one.account for of in real.reps for one in of.open} - own
        assert foreign
        assert not [name for name in (*others, *foreign) if name in said]


def test_the_manager_reads_of_every_rep_and_why_cards_are_withheld(real: TeamSite) -> None:
    message = MAILS.team_report(real, [(real.reps[0].rep, "The workbook has no address. Fix: type one.")], LINK)
    for part in (message.text, Read(message.html).text):
        said = " ".join(part.split())
        assert all(card.rep in said for card in real.reps)
        assert "The workbook has no address. Fix: type one." in said
        assert f"as of {AS_OF.day} November 2026" in said


# --- German ---


def test_a_german_teams_messages_are_german() -> None:
    german = stamp(locale="de_DE", currency="EUR")
    site = replace(team_site(), stamp=german, rollup=rollup(made=german), checks=checks(german))
    message = sent(rep_card(made=german))
    told = MAILS.team_report(site, (), LINK)
    assert message.subject == "Ihre Wochenkarte, KW 47 (16.–22. November)"
    assert '<html lang="de">' in message.html
    assert "Guten Tag Priya Raman," in message.text
    for one in (message, told):
        assert not re.search(r"\b(the|of|week|planned|done|and|your|is|by)\b", without_links(one.text), re.IGNORECASE)


def without_links(text: str) -> str:
    """Nor what the sample's workbook and its made-up findings say in English."""
    return text.replace(LINK, "").partition("DATENPRÜFUNG")[0]


# --- templates of one's own ---


def put(folder: Path, name: str, text: str) -> Mails:
    (folder / "mail").mkdir()
    (folder / "mail" / name).write_text(text, encoding="utf-8")
    return Mails(templates_folder(), "0.1.0", Look(own_templates=folder))


def test_ones_own_template_changes_a_block_of_either_part(tmp_path: Path) -> None:
    own = '{% extends "original/mail/scorecard.txt.jinja" %}{% block lever %}\nSales & office\n{% endblock %}'
    message = put(tmp_path, "scorecard.txt.jinja", own).scorecard(rep_card(), LINK)
    assert "Sales & office" in message.text
    assert message.html == sent(rep_card()).html


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<img src="https://elsewhere.example/seen.gif">', "<img>"),
        ("<script>1</script>", "<script>"),
        ('<!--[if mso]><img src="https://elsewhere.example/seen.gif"><![endif]-->', "<img>"),
        ("<style>@media screen { p { background: URL(x.png) } }</style>", "url( in a style"),
        ('<meta http-equiv="refresh" content="0;url=https://elsewhere.example">', "a refresh"),
        ('<p style="background: url(https://elsewhere.example)">x</p>', "url( in a style"),
        ('<p onclick="x()">x</p>', "the attribute onclick of <p>"),
        ('<a href="javascript:x()">x</a>', "the link 'javascript:x()'"),
        ('<table background="https://elsewhere.example/x.png"><tr><td></td></tr></table>', "the attribute background"),
    ],
)
def test_ones_own_template_that_runs_or_loads_something_sends_nothing(tmp_path: Path, markup: str, found: str) -> None:
    mails = put(tmp_path, "scorecard.html.jinja", f"<!doctype html><html><body>{markup}</body></html>")
    with pytest.raises(CannotGoOnError, match=re.escape(f"mail/scorecard.html.jinja: {found}")):
        mails.scorecard(rep_card(), LINK)


def test_a_fault_in_ones_own_template_is_said_with_its_line(tmp_path: Path) -> None:
    mails = put(tmp_path, "scorecard.txt.jinja", "{{ card.repp }}")
    with pytest.raises(CannotGoOnError) as failed:
        mails.scorecard(rep_card(), LINK)
    assert (failed.value.exit_code, str(failed.value)) == (
        2,
        (
            f"{tmp_path / 'mail/scorecard.txt.jinja'}, line 1: RepScorecard has no 'repp'; no message was sent. "
            "Fix: mend that line; docs/templates.md lists what each template is given, and milestone-reports templates "
            "export writes ours to compare it with."
        ),
    )
