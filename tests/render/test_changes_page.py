"""The What changed page and its parts on other pages: what they say, and what they leave unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from sample_changes import CHANGES, RESTATED, SLIPS, THEN, WEEKS, change, changed, flow, full, team_page, trend
from sample_site import AS_OF, rep_card, rollup, stamp, team_site

from milestone_reports.history.changes import Change
from milestone_reports.render.downloads import csv_bytes, tables
from milestone_reports.render.formats import Formats
from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.language import speaking
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.words import changes as words
from milestone_reports.render.words import flows, rewritten, trends
from milestone_reports.render.words.rep_changes import change_says, change_word
from milestone_reports.scorecards.pages import TeamRollup
from milestone_reports.scorecards.since import ChangesOfRep, ChangesOfTeam

PAGES = Pages(templates_folder(), "0.1.0")
F = Formats(as_of=AS_OF)


def text_of(page: bytes | str) -> str:
    """What a person reads or hears."""
    html = page.decode() if isinstance(page, bytes) else page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))).split())


def page_text(page: TeamRollup) -> str:
    return text_of(PAGES.changes(page, SiteOptions()))


# --- the team's page ---


def test_the_flow_adds_up_before_ones_eyes_and_leaves_out_what_is_nothing() -> None:
    lines = flows.flow_lines(flow(), THEN.as_of, AS_OF, F)
    assert [(line.says, line.n, line.value) for line in lines] == [
        ("open on 15 Nov", 147, 7_700_000), ("new", 12, 480_000), ("won", -3, -150_000), ("lost", -2, -60_000),
        ("change in value", None, -20_000), ("open on 22 Nov", 154, 7_950_000),
    ]  # fmt: skip
    *parts, end = lines
    assert sum(line.n or 0 for line in parts) == end.n
    assert sum(line.value for line in parts) == end.value
    assert "open on 15 Nov 147 $7,700,000 new +12 +$480,000 won −3 −$150,000 lost −2 −$60,000" in page_text(full())


def test_both_copies_are_named_and_the_weeks_in_between_that_have_none() -> None:
    assert (
        "Compared: the copy of 15 November 2026 (week-46.xlsx) and this one of 22 November 2026 "
        "(northwind-pipeline-2026.xlsx). There is no copy of the two weeks in between." in page_text(full())
    )
    assert "in between" not in words.compared(changed(), "now.xlsx", AS_OF, F)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (CHANGES, "One won, one lost and one new since 15 November"),
        (SLIPS, "Two changes since 15 November; nothing won, lost or new"),
        ((), "Nothing changed since 15 November"),
    ],
)
def test_the_headline_says_what_was_decided_and_what_is_new(changes: tuple[Change, ...], says: str) -> None:
    page = team_page(ChangesOfTeam(since=changed(changes=changes)))
    assert words.changes_headline(page, F) == says


def test_each_kind_has_a_list_of_its_own_with_what_it_was_and_is() -> None:
    text = page_text(full())
    assert "Talbeck Steel 4, Pumps Priya Raman Discovery Proof $40,000" in text
    assert "Talbeck Steel 5, Pumps Claire Dubois Priya Raman $40,000" in text
    assert "Talbeck Steel 6, Pumps Priya Raman $30,000 +$10,000 $40,000" in text
    assert "Talbeck Steel 2, Pumps Priya Raman no decision $40,000" in text


def test_what_slipped_furthest_comes_first() -> None:
    assert [words.days_moved(one) for one in words.changes_of(CHANGES, "slipped")] == [30, 7]
    assert "Talbeck Steel 8, Pumps Priya Raman Proof 20 Nov 20 Dec 30 1 $40,000" in page_text(full())


def test_what_is_no_longer_in_the_workbook_is_no_link() -> None:
    page = PAGES.changes(full(), SiteOptions()).decode()
    assert 'href="opportunities.html#opp-A-4"' in page
    assert "#opp-A-9" not in page
    assert "Talbeck Steel 9, Pumps" in page


def test_a_long_list_is_cut_with_a_word_where_the_rest_is() -> None:
    many = tuple(change("advanced", number, was="Discovery", now="Proof") for number in range(200))
    page = team_page(ChangesOfTeam(since=changed(changes=many)))
    text = page_text(page)
    assert text.count("Discovery Proof") == 25
    assert "And 175 more. All of them are in the CSV table ." in text
    assert "CSV" not in text_of(PAGES.changes(page, SiteOptions(data=False)))


def test_rewritten_dates_stand_with_both_copies_and_the_days_of_grace() -> None:
    text = page_text(full())
    assert "One completion entered late. Entered late: still missing seven days after the end of its own week." in text
    assert "no date copy of 15 Nov, week-46.xlsx 5 Aug copy of 22 Nov, week-47.xlsx" in text


def test_a_past_week_that_reads_otherwise_says_what_it_was_and_why() -> None:
    assert "W32: 9 done by the copy of that week, 11 now: 2 entered late" in page_text(full())
    assert rewritten.restated_in_short((RESTATED,), F) == "W32: 9, now 11 (2 entered late)"


def test_where_nothing_was_rewritten_one_sentence_says_so() -> None:
    text = page_text(team_page(ChangesOfTeam(since=changed())))
    assert "No completion date was entered late, changed or taken back since the copy before." in text
    assert "Every past week reads as it was published." in text


def test_a_first_copy_says_what_will_stand_here_and_how_it_comes_about() -> None:
    text = page_text(rollup())
    assert "What changed from week to week will stand here" in text
    assert "milestone-reports import FOLDER" in text
    assert "From open then" not in text


def test_a_quota_that_is_another_is_told_with_what_it_was() -> None:
    assert "The quota of Priya Raman on New business was 96 milestones this year and is 84." in page_text(full())


def test_in_german_the_page_has_no_english_left_of_its_own() -> None:
    german = replace(full(), stamp=stamp(locale="de_DE"))
    text = page_text(german)
    assert "Was sich geändert hat" in text
    assert not re.search(r"\b(copy|week|since|entered|slipped)\b", text.replace("week-4", ""))


# --- week by week ---


def test_a_week_without_a_copy_is_a_gap_in_the_strip_and_said_so() -> None:
    page = PAGES.changes(full(), SiteOptions()).decode()
    strip = next(mark for mark in re.findall(r"<svg.*?</svg>", page, re.DOTALL) if 'viewBox="0 0 156 24"' in mark)
    assert strip.count("z") == 11
    assert "W39: 3, W40: no copy, W41: 3" in text_of(page)
    assert "2 of 13 weeks have no copy and stay empty" in text_of(page)


def test_a_change_that_cannot_be_said_is_a_dash_with_its_reason() -> None:
    assert trends.trend_change(trend(), F) == ""
    assert "– no change to say: no copy of last week." in page_text(full())


@pytest.mark.parametrize(
    ("name", "was", "now", "says"),
    [
        ("n_open", 12.0, 15.0, "+3"), ("n_open", 15.0, 12.0, "−3"), ("n_open", 3.0, 3.0, "±0"),
        ("open_value", 500_000.0, 562_500.0, "+$63k"), ("gap", -25.3, -24.0, "+1"),
    ],
)  # fmt: skip
def test_a_change_carries_its_sign(name: str, was: float, now: float, says: str) -> None:
    found = trend(name=name, was=was, now=now, change=now - was, no_change="")
    assert trends.trend_change(found, F) == says


# --- other pages ---


def test_the_front_page_has_one_line_that_leads_there() -> None:
    page = PAGES.team(full(), SiteOptions()).decode()
    line = "Since 15 Nov: 1 won, 1 lost, 1 new, 1 advanced, 2 slipped, 1 reassigned, 1 revalued, 1 removed"
    assert f'<a href="changes.html">{line}</a>' in page
    assert "Since 15 Nov" not in PAGES.team(rollup(), SiteOptions()).decode()


def test_a_card_tells_its_rep_what_changed_without_a_colleague() -> None:
    taken = change("reassigned", 5, was="", now="Priya Raman")
    handed = change("reassigned", 6, was="Priya Raman", now="", anchor="")
    card = replace(rep_card(), changes=ChangesOfRep(since=changed(changes=(*CHANGES[:4], taken, handed)), weeks=WEEKS))
    text = text_of(PAGES.rep(card, SiteOptions()))
    assert "Since last week beside the copy of 15 November 2026, week-46.xlsx" in text
    assert "Advanced Talbeck Steel 4, Pumps from Discovery to Proof" in text
    assert "Taken over Talbeck Steel 5, Pumps Handed on Talbeck Steel 6, Pumps" in text
    assert "Claire" not in text
    assert "Since last week" not in text_of(PAGES.rep(rep_card(), SiteOptions()))


def test_a_plan_that_slipped_again_says_how_often() -> None:
    assert change_word(SLIPS[0]) == "Slipped"
    assert change_says(SLIPS[0], F) == "Proof from 20 Nov to 27 Nov; slipped three times so far"
    assert change_says(SLIPS[1], F) == "Proof from 20 Nov to 20 Dec"
    assert change_says(change("advanced", was=None, now="Qualification"), F) == "to Qualification"


def test_the_printed_report_has_the_flow_and_the_weeks_that_read_otherwise() -> None:
    text = text_of(PAGES.team_print(full()))
    assert "open on 22 Nov 154 $7,950,000" in text
    assert "Past weeks that read otherwise now: W32: 9, now 11 (2 entered late)." in text


def test_every_kind_of_change_has_a_word_a_title_and_a_meaning_in_both_languages() -> None:
    for language in ("en", "de"):
        with speaking(language):
            for kind in words.ORDER:
                assert words.kind_count(kind, "3").startswith("3 ")
                assert words.kind_title(kind)
                assert words.kind_says(kind)
    assert set(words.ORDER) == set(words.counts_by_kind(()))


# --- tables ---


def test_the_tables_have_every_change_both_copies_and_the_gaps() -> None:
    site = replace(team_site(), rollup=full())
    found = tables(site)
    assert len(found["changes"].rows) == len(CHANGES)
    assert found["restated"].rows[0][:6] == ("2026-W32", date(2026, 8, 3), THEN.as_of, "week-46.xlsx", 9, 11)
    assert found["rewritten"].rows[0][-4:] == (THEN.as_of, "week-46.xlsx", AS_OF, "week-47.xlsx")
    assert csv_bytes(found["trends"]).decode("utf-8-sig").splitlines()[6] == (
        "(team),New business,n_open,2026-W40,2026-09-28,no,"
    )
    assert [row[0] for row in found["flow"].rows] == ["(team)", "Priya Raman", "Claire Dubois"]


def test_a_list_longer_than_its_line_of_the_sum_is_explained_and_a_change_of_hands_is_none() -> None:
    note = "What was open neither then nor now is listed below and in no line of this sum."
    handed = changed(changes=(change("reassigned", 5, was="Claire Dubois", now="Priya Raman"),))
    decided = changed(changes=(change("removed", 9, anchor="", was="won"),))
    assert note not in page_text(team_page(ChangesOfTeam(since=handed)))
    assert note in page_text(team_page(ChangesOfTeam(since=decided)))
