"""Pages from page data: what they say, what they must never say, and that they stay within the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from sample_site import (
    checks,
    definitions,
    new_rep_card,
    opportunity,
    problem,
    rep_card,
    rollup,
    stamp,
    team_track,
    track_card,
)

from milestone_reports.render.html import Pages, SiteOptions, css_string, static_files
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.pages import Headline, RepScorecard

PAGES = Pages(templates_folder(), "0.1.0")
SITE = SiteOptions()
HOSTILE = """<script>alert(1)</script>"'&{{ 7 * 7 }}"""


class Seen(HTMLParser):
    """The text that a person sees, the tags and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def every(self, name: str) -> Iterator[str]:
        return (value for _, attributes in self.tags if (value := attributes.get(name)) is not None)


def card_page(card: RepScorecard, site: SiteOptions = SITE) -> Seen:
    return Seen(PAGES.rep(card, site).decode())


def every_page() -> list[bytes]:
    return [
        PAGES.rep(rep_card(), SITE),
        PAGES.rep(new_rep_card(), SITE),
        PAGES.rep(rep_card(tracks=(track_card(), track_card("Existing clients"))), SITE),
        PAGES.rep(rep_card(tracks=(track_card(with_quota=False),)), SITE),
        PAGES.team(rollup(), SITE),
        PAGES.team(rollup(tracks=(team_track(), team_track(3, "Existing clients"))), SITE),
        PAGES.checks(checks(), SITE),
        PAGES.definitions(definitions(), SITE),
        PAGES.front([rollup()], SiteOptions(several_teams=True)),
    ]


def test_the_articles_example_stands_on_the_card_as_an_equation() -> None:
    text = card_page(rep_card()).text
    assert (
        "$600,000 target ÷ $50,000 average contract = 12 contracts × 4 milestones = 48 a year "
        "ideal: 4 a month, 1 a week × 2.0 assumed until history = 96 a year → 8 a month → 2 a week"
    ) in text


def test_a_count_target_is_an_equation_without_money() -> None:
    card = track_card()
    assert card.quota
    counted = replace(card, quota=replace(card.quota, target_is="count", average_contract_value=None))
    text = card_page(rep_card(tracks=(counted,))).text
    assert "12 sales a year × 4 milestones = 48 a year" in text
    assert "average contract" not in text


def test_a_rep_without_a_quota_sees_no_target_at_all() -> None:
    page = card_page(rep_card(n_open=0, tracks=(track_card(with_quota=False),)))
    for word in ("target", "quota", "pace", "a week", "To finish", "Gap", "behind"):
        assert word not in page.text, word


def test_a_claimed_milestone_stands_beside_done_with_its_reason() -> None:
    text = card_page(rep_card()).text
    assert "3 done 1 claimed 3 of 5 planned 2 target" in text
    assert "completed, not credited: Discovery undated" in text


def test_a_new_rep_sees_empty_boxes_and_no_strip_of_weeks() -> None:
    page = card_page(new_rep_card())
    assert "First week. Nothing to measure yet; the first plan is for next week." in page.text
    assert "choose an account, a milestone and a day" in page.text
    assert "Counted from 16 Nov: 12 milestones of this year’s quota." in page.text
    assert "Thirteen weeks" not in page.text
    assert "2 behind" not in page.text


def test_a_rep_on_two_tracks_has_quota_year_and_conversion_once_for_each() -> None:
    page = card_page(rep_card(tracks=(track_card(), track_card("Existing clients"))))
    for words, times in (
        ("average contract", 2),
        ("The year against pace", 2),
        ("Conversion against", 2),
        ("Next week", 1),
    ):
        assert page.text.count(words) == times, words


def test_a_team_of_several_tracks_keeps_them_apart() -> None:
    page = Seen(PAGES.team(rollup(tracks=(team_track(), team_track(3, "Existing clients"))), SITE).decode())
    assert page.text.count("Planned next week") == 2
    assert "#track-2" in set(page.every("href"))


@pytest.mark.parametrize("n_reps", [1, 1200])
def test_a_team_of_any_size_has_a_row_for_each_rep(n_reps: int) -> None:
    page = Seen(PAGES.team(rollup(n_reps), SITE).decode())
    links = [link for link in page.every("href") if link.startswith("reps/")]
    assert len(set(links)) >= n_reps


def test_of_a_large_team_those_with_nothing_this_year_are_named_in_a_list_of_their_own() -> None:
    made = team_track(50)
    idle = tuple(
        replace(row, credited_to_date=0, n_claimed=0, contracts_to_date=0, revenue_to_date=0.0, planned=0)
        for row in made.reps[10:]
    )
    page = Seen(PAGES.team(rollup(tracks=(replace(made, reps=(*made.reps[:10], *idle)),)), SITE).decode())
    assert "and 40 with nothing this year" in page.text
    assert page.text.count("Thirteen weeks") == 1


def test_next_week_lists_those_who_plan_and_adds_them_up() -> None:
    made = team_track()
    idle = replace(made.next_week[2], planned=(0, 0, 0, 0), n_planned=0, carried_over=0)
    rows = (*made.next_week[:2], idle, *made.next_week[3:])
    page = Seen(PAGES.team(rollup(tracks=(replace(made, next_week=rows),)), SITE).decode())
    assert "Team 9 9 8 4 30 4 16 $576k" in page.text
    assert f"Nothing planned: {idle.rep}." in page.text


def test_the_figures_behind_a_teams_weeks_name_the_target_of_each() -> None:
    made = team_track()
    weekly = (replace(made.weekly[0], target=None, met=None), *made.weekly[1:])
    text = Seen(PAGES.team(rollup(tracks=(replace(made, weekly=weekly),)), SITE).decode()).text
    assert "Week Qualification Discovery Proof Contract All Target W1 4 1 1 1 7 – none W2 5 2 2 2 11 16 W3" in text


def test_a_team_without_targets_has_no_columns_for_them() -> None:
    made = team_track()
    bare = replace(
        made,
        card=track_card(credited=627, scale=8, with_quota=False),
        weekly=tuple(replace(week, target=None, met=None) for week in made.weekly),
        weekly_target=None,
        reps=tuple(replace(row, target=None, gap=None, milestones_this_year=None) for row in made.reps),
        next_week=tuple(replace(row, target=None) for row in made.next_week),
        next_week_team=replace(made.next_week_team, target=None),
    )
    text = Seen(PAGES.team(rollup(tracks=(bare,)), SITE).decode()).text
    assert "Rep Done Planned This week 13 weeks Year Contracts" in text
    assert "Week Qualification Discovery Proof Contract All W1 4 1 1 1 7 W2" in text
    assert "tick: pace" not in text


def test_before_anything_is_recorded_no_page_judges_or_draws() -> None:
    fresh = stamp(nothing_recorded=True)
    team = replace(rollup(made=fresh), headline=Headline("nothing_recorded", {}))
    card = replace(rep_card(made=fresh), headline=Headline("nothing_recorded", {}))
    for page in (PAGES.team(team, SITE), PAGES.rep(card, SITE)):
        text = Seen(page.decode()).text
        judged = ("2 behind", "The year against pace", "Conversion against", "Completed each week", "Revenue signed")
        for word in judged:
            assert word not in text, word


def test_a_skipped_gate_is_hollow_and_says_what_is_claimed() -> None:
    skipped = replace(
        opportunity(3), passed=(True, False, True, False), claimed=("Proof",), claimed_because="Discovery undated"
    )
    page = PAGES.rep(replace(rep_card(), open=(skipped,)), SITE).decode()
    assert '<i class="on"></i><i></i><i class="on"></i><i></i>' in page
    assert "Proof claimed: Discovery undated" in page


def test_too_few_decided_cases_are_counted_and_not_made_a_percentage() -> None:
    made = track_card()
    first = made.conversion[0]
    assert first.to_next
    few = replace(first, to_next=replace(first.to_next, passed=3, decided=4, enough=False))
    page = card_page(rep_card(tracks=(replace(made, conversion=(few, *made.conversion[1:])),)))
    assert "too early, 3 of 4" in page.text
    assert "75%" not in page.text


def test_a_card_with_few_colleagues_shows_no_team_figure() -> None:
    made = track_card()
    alone = tuple(replace(row, rest_to_next=None, rest_to_sale=None) for row in made.conversion)
    page = card_page(rep_card(tracks=(replace(made, conversion=alone),)))
    assert "Conversion against the team" not in page.text


def test_every_problem_is_listed_with_cell_finding_deed_remedy_and_whom_it_concerns() -> None:
    text = Seen(PAGES.checks(checks(), SITE).decode()).text
    assert "2 left out, 4 corrected, 24 to note" in text
    assert "Opportunities! D301 ‘18 Nov 2062’ is more than a year away. A date." in text
    assert "The date was left out. Type the day it was completed. everyone" in text
    assert "Also G18, G19: three in all." in text


def test_a_clean_workbook_says_that_nothing_was_found() -> None:
    none = replace(checks(stamp(n_errors=0, n_warnings=0, n_notes=0)), lines=())
    text = Seen(PAGES.checks(none, SITE).decode()).text
    assert "Nothing to correct" in text
    assert "Everything could be read as it is written." in text


def test_definitions_open_with_the_tracks_and_can_be_linked_to() -> None:
    page = Seen(PAGES.definitions(definitions(), SITE).decode())
    assert page.text.index("The buyer names the problem") < page.text.index("expected_to_date")
    assert {"expected-to-date", "attainment"} <= set(page.every("id"))


def test_only_what_was_built_is_linked() -> None:
    bare = SiteOptions(pdf=False, data=False)
    for page in (PAGES.rep(rep_card(), bare), PAGES.team(rollup(), bare), PAGES.front([rollup()], bare)):
        assert b".pdf" not in page
        assert b".json" not in page
    alone = card_page(rep_card(), SiteOptions(team_pages=False))
    assert {link.partition("#")[0] for link in alone.every("href") if ".html" in link} <= {"figures/priya-raman.html"}


def test_shared_files_lie_above_the_folders_of_several_teams() -> None:
    several = SiteOptions(several_teams=True)
    assert "../../static/css/core.css" in set(card_page(rep_card(), several).every("href"))
    assert "../static/css/core.css" in set(card_page(rep_card()).every("href"))


def test_what_comes_from_a_workbook_is_text_everywhere() -> None:
    made = stamp(team=HOSTILE, workbook=HOSTILE)
    card = rep_card(HOSTILE, made=made, tracks=(replace(track_card(), track=HOSTILE),))
    opportunities = tuple(replace(one, account=HOSTILE, opportunity=HOSTILE, stage=HOSTILE) for one in card.open)
    hostile_line = problem("error", HOSTILE, HOSTILE, found=HOSTILE, label=HOSTILE, fix=HOSTILE, rep=HOSTILE)
    team = rollup(made=made, tracks=(team_track(track=HOSTILE), team_track(track=HOSTILE)))
    pages = [
        PAGES.rep(replace(card, open=opportunities), SITE).decode(),
        PAGES.team(replace(team, overdue=opportunities), SITE).decode(),
        PAGES.checks(replace(checks(made), lines=(hostile_line,)), SITE).decode(),
        PAGES.rep_print(card),
        PAGES.team_print(team),
    ]
    for page in pages:
        assert not re.findall(r"<script(?! (?:defer )?src=)", page)
        assert "49" not in re.findall(r"alert\(1\)[^<]{0,40}", page)[0]


def test_pages_need_no_inline_style_script_or_request() -> None:
    for made in every_page():
        page = Seen(made.decode())
        assert not [tag for tag, _ in page.tags if tag in {"style", "iframe"}]
        assert not re.findall(r"<script(?! (?:defer )?src=)|<script[^>]*>[^<]", made.decode())
        assert not list(page.every("action"))
        assert not list(page.every("style"))
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        assert not [link for name in ("href", "src") for link in page.every(name) if "//" in link]


def test_every_id_is_there_once_and_every_anchor_leads_somewhere() -> None:
    for made in every_page():
        page = Seen(made.decode())
        ids = Counter(page.every("id"))
        assert not [name for name, times in ids.items() if times > 1]
        anchors = {link.removeprefix("#") for link in page.every("href") if link.startswith("#")}
        labels = {name for value in page.every("aria-labelledby") for name in value.split()}
        assert anchors | labels <= set(ids)


def test_the_same_page_data_gives_the_same_bytes() -> None:
    again = Pages(templates_folder(), "0.1.0")
    assert PAGES.rep(rep_card(), SITE) == again.rep(rep_card(), SITE)
    assert PAGES.team_print(rollup()) == again.team_print(rollup())


def test_no_page_carries_the_time_it_was_made() -> None:
    text = card_page(rep_card()).text
    assert "From northwind-pipeline-2026.xlsx , last saved 23 Nov 2026, 06:40; as of 22 November 2026" in text


def test_an_undefined_name_in_a_template_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "checks.html.jinja").write_text("{{ stamp.nothing_of_this_name }}", encoding="utf-8")
    with pytest.raises(UndefinedError):
        Pages(tmp_path, "0.1.0").checks(checks(), SITE)


@pytest.mark.parametrize("text", ['a "b" c', "</style><b>", "back\\slash", "line\nbreak", "Zoë’s pipeline, 2026.xlsx"])
def test_text_in_a_page_margin_cannot_end_its_string(text: str) -> None:
    inside = css_string(text)[1:-1]
    assert not set(inside) & set('"<>\n&')
    assert re.sub(r"\\([0-9a-f]{6}) ", lambda found: chr(int(found[1], 16)), inside) == text


def test_the_static_files_are_the_sheets_and_scripts_that_pages_link_and_the_typeface() -> None:
    files = static_files(templates_folder())
    linked = {link.partition("static/")[2] for link in card_page(rep_card()).every("href") if "static/" in link}
    assert linked <= set(files)
    assert {source.partition("static/")[2] for source in card_page(rep_card()).every("src") if source} <= set(files)
    assert "js/tables.js" in files
    assert "fonts/OFL.md" in files
    assert b".f-m5-of-6" in files["css/colours.css"]
