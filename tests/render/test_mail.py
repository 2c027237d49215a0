"""Messages: their figures are the card's, and both parts say the same."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sample_mail import CARDS, LINK, MAILS, Read, every_message, figures_of, sent
from sample_site import new_rep_card, rep_card, rollup, team_site, team_track

from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.mail import WIDTH
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.template_folders import is_plain_text
from milestone_reports.scorecards.pages import RepScorecard

PAGES = Pages(templates_folder(), "0.1.0")
EVERY_CARD = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)


# --- the figures are those of the card ---


def on_the_web(card: RepScorecard) -> str:
    return PAGES.rep(card, SiteOptions()).decode()


def without_tags(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def week_on_the_web(card: RepScorecard) -> list[str]:
    """`3 done`, `1 claimed`, `3 of 5 planned`, `2 target`."""
    section = on_the_web(card).partition('aria-labelledby="h-this"')[2].partition("</section>")[0]
    return [without_tags(figure) for figure in re.findall(r'<p class="fig[^>]*>(.*?)</p>', section)]


def year_on_the_web(card: RepScorecard) -> list[list[str]]:
    """Of each track the sums: done, +claimed where any are, quota to date and gap where there is a quota."""
    rows = re.findall(r'<table class="pm">.*?<tfoot>(.*?)</tfoot>', on_the_web(card), re.DOTALL)
    return [without_tags(row).removeprefix("All ").split() for row in rows]


@EVERY_CARD
def test_the_week_in_the_message_is_the_week_on_the_card(card: RepScorecard) -> None:
    figures, web = figures_of(card), week_on_the_web(card)
    done, note = figures["Done this week"]
    assert f"{done} done" in web
    target = [figure.removesuffix(" target") for figure in web if figure.endswith(" target")]
    over = target and float(done) > float(target[0])
    says = f"above the target of {target[0]}" if over else f"target {target[0]}" if target else "no quota is set"
    assert note.startswith(says)
    claimed = [figure.removesuffix(" claimed") for figure in web if figure.endswith(" claimed")]
    assert (f"{claimed[0]} more not credited" in note) if claimed else ("not credited" not in note)
    planned = figures["Completed of planned"][0]
    assert "0 planned" in web if planned == "–" else f"{planned} planned" in web


@EVERY_CARD
def test_the_year_in_the_message_is_the_year_on_the_card(card: RepScorecard) -> None:
    lines = figures_of(card)["Done this year"]
    if card.stamp.nothing_recorded:
        assert lines == ["–", "not yet: no milestone has a completion date"]
        return
    if card.new_this_week:
        assert lines == ["–", "measured from next week"]
        return
    web = year_on_the_web(card)
    assert lines[::2] == [row[0] for row in web]
    for note, row, track in zip(lines[1::2], web, card.tracks, strict=True):
        if track.pace.gap is not None:
            quota = next(figure for figure in row[1:] if not figure.startswith("+"))
            assert f"{quota} needed by now" in note
        if row[-1].startswith("−"):
            assert f"{row[-1].removeprefix('−')} behind" in note
        assert note.startswith(f"{track.track}: ") == (len(card.tracks) > 1)


@EVERY_CARD
def test_what_is_open_in_the_message_is_what_is_open_on_the_card(card: RepScorecard) -> None:
    value, note = figures_of(card)["Open opportunities"]
    if not card.open:
        assert (value, note) == ("0", "none are open under this name")
        return
    head = without_tags(on_the_web(card).partition('id="h-open"')[2].partition("</div>")[0])
    assert f"{value}, together {note.partition(' together')[0]}" in head
    assert f"{card.attention.n_overdue} overdue" in note


def test_dashes_have_their_reasons() -> None:
    assert figures_of(new_rep_card())["Completed of planned"] == ["–", "the first week: nothing was planned"]
    assert figures_of(new_rep_card())["Done this year"] == ["–", "measured from next week"]
    card = rep_card()
    idle = replace(card.this_week, planned=0, completed_of_planned=0)
    assert figures_of(replace(card, this_week=idle))["Completed of planned"] == ["–", "nothing was planned"]


def test_the_figures_of_the_team_are_those_of_its_page() -> None:
    site = replace(team_site(), rollup=rollup(tracks=(team_track(),)))
    page = PAGES.team(site.rollup, SiteOptions()).decode()
    heads = re.findall(r'<dt>(.*?)</dt><dd class="v">(.*?)</dd><dd class="c">(.*?)</dd>', page)
    web = {without_tags(says): [without_tags(value), without_tags(note)] for says, value, note in heads}
    figures = Read(MAILS.team_report(site, (), "").html).figures
    for says, on_page in (
        ("Milestones this week",) * 2,
        ("Milestones this year",) * 2,
        ("Contracts this year", "Contracts"),
        ("Revenue signed",) * 2,
        ("Forecast to 31 December",) * 2,
    ):
        assert figures[says] == web[on_page]
    assert list(figures)[-1] == "Open opportunities"
    assert figures["Open opportunities"] == ["147", "$7.70m together; 12 overdue"]


@EVERY_CARD
def test_headline_and_lever_are_said_in_the_words_of_the_card(card: RepScorecard) -> None:
    text, web = Read(sent(card).html).text, without_tags(on_the_web(card))
    says = re.findall(r'<p class="(?:deck|say)">(.*?)</p>', on_the_web(card), re.DOTALL)
    assert says
    assert all(without_tags(part) in text for part in says)
    assert ("Your best lever" in text) == ("Your best lever" in web)


# --- both parts ---


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d.,:]*\d|\d", text.replace(LINK, ""))


def test_both_parts_say_the_same_figures_in_the_same_order() -> None:
    for message in every_message():
        assert numbers(Read(message.html).text) == numbers(message.text)


def test_the_plain_text_is_folded_and_has_no_markup() -> None:
    for message in every_message():
        assert max(map(len, message.text.replace(LINK, "").splitlines())) <= WIDTH
        assert not re.search(r"<\w|&\w+;|\n\n\n", message.text)


def test_plain_text_is_not_escaped_and_html_is() -> None:
    card = rep_card("Ann <Smith> & Sons")
    message = sent(card)
    assert "Hello Ann <Smith> & Sons," in message.text
    assert "Hello Ann &lt;Smith&gt; &amp; Sons," in message.html


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("mail/scorecard.txt.jinja", True),
        ("original/mail/scorecard.txt.jinja", True),
        ("mail/scorecard.html.jinja", False),
        ("rep.txt.jinja", False),
        ("parts/mail/x.txt.jinja", False),
        (None, False),
    ],
)
def test_only_the_plain_text_of_messages_is_left_unescaped(path: str | None, plain: bool) -> None:
    assert is_plain_text(path) is plain


def test_the_link_leads_to_the_web_and_nowhere_else() -> None:
    assert f'href="{LINK}"' in sent(rep_card()).html
    assert LINK in sent(rep_card()).text
    for link in ("", "javascript:alert(1)", "//elsewhere.example", "file:///etc/passwd"):
        message = sent(rep_card(), link)
        assert "<a " not in message.html
        assert "on the web" not in message.text


def test_what_is_beyond_the_lists_is_counted() -> None:
    text = sent(CARDS["on two tracks"]).text
    assert "and 5 more: 5 planned" in text
    assert text.partition("NEXT WEEK")[2].partition("YOUR BEST")[0].count("\n- ") == 8


def test_subjects_tell_no_figure_of_anybody() -> None:
    assert sent(rep_card()).subject == "Your scorecard, week 47 (16–22 November)"
    told = MAILS.team_report(team_site(), (), "")
    assert told.subject == "Northwind Industrial: team report, week 47 (16–22 November)"
