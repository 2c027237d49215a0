"""What a week has for reps and managers: each rule by which something is not sent, against sites that were built."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from offices import MONDAY, REPS, Office, names, reasons, team_workbook
from pikepdf import Pdf
from pypdf import PdfReader

from milestone_reports import __version__
from milestone_reports.build.rebuilding import rebuild
from milestone_reports.build.request import Request
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.history.store import Store
from milestone_reports.publish.layout import Audience

ANN, BEA = "Ann Archer", "Bea Baker"
EVERYONE = [ANN, BEA, "mo@north.example"]
LINK = "https://reports.north.example/"


@pytest.fixture(scope="module")
def two_weeks(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The team North, whose weeks 46 and 47 were built one after the other, as PDFs."""
    office = Office(tmp_path_factory.mktemp("two weeks"))
    for week in ("2026-W46", "2026-W47"):
        office.build(team_workbook(office.folder / "north.xlsx", week))
    return office


@pytest.fixture
def office(two_weeks: Office, tmp_path: Path) -> Office:
    return two_weeks.copy(tmp_path / "office")


def refused(office: Office, *reps: str, week: str = "", today: date = MONDAY) -> str:
    with pytest.raises(CannotGoOnError) as error:
        office.gather(*reps, week=week, today=today)
    return str(error.value)


# --- what is sent ---


def test_each_rep_gets_their_own_scorecard_and_the_manager_the_report(two_weeks: Office) -> None:
    post = two_weeks.gather()
    assert post.week == "2026-W47"
    assert names(post.letters) == EVERYONE
    assert post.withheld == ()
    for letter, path in zip(post.letters, ("reps/ann-archer.pdf", "reps/bea-baker.pdf", "team.pdf"), strict=True):
        assert letter.pdf == (two_weeks.site / path).read_bytes()
    ann, _, manager = post.letters
    assert (ann.to.team, ann.to.kind, ann.to.slug, ann.to.address) == (
        "North", "scorecard", "ann-archer", "ann@north.example",
    )  # fmt: skip
    assert (manager.to.kind, manager.to.name, manager.to.slug) == ("team report", "Mo Moss", "")
    assert [letter.pdf_name for letter in post.letters] == [
        "ann-archer-2026-W47.pdf", "bea-baker-2026-W47.pdf", "north-2026-W47.pdf",
    ]  # fmt: skip
    text = PdfReader(BytesIO(ann.pdf)).pages[0].extract_text()
    assert "Ann" in text
    assert "Bea" not in text + ann.text + ann.html + ann.subject


def test_of_an_older_week_the_pdfs_of_its_own_folder_are_sent(two_weeks: Office) -> None:
    post = two_weeks.gather(week="2026-W46", today=date(2027, 3, 1))
    assert names(post.letters) == EVERYONE
    old = (two_weeks.site / "2026-W46/reps/ann-archer.pdf").read_bytes()
    assert post.letters[0].pdf == old != (two_weeks.site / "reps/ann-archer.pdf").read_bytes()
    assert post.letters[0].pdf_name == "ann-archer-2026-W46.pdf"


def test_only_those_asked_for_get_theirs_and_no_manager(two_weeks: Office) -> None:
    assert names(two_weeks.gather("baker BEA").letters) == [BEA]
    assert names(two_weeks.gather(ANN, BEA, "ann archer").letters) == [ANN, BEA]


def test_a_rep_that_nobody_is_is_refused_as_by_build(two_weeks: Office) -> None:
    assert (
        refused(two_weeks, "Ann Archr")
        == "north.xlsx: 'Ann Archr' is no rep there. Fix: write 'Ann Archer' if that is meant."
    )


def test_the_same_history_and_site_give_the_same_post(two_weeks: Office) -> None:
    assert two_weeks.gather() == two_weeks.gather()


# --- links ---


@pytest.mark.parametrize(
    ("audience", "card", "team"),
    [
        ("manager", "", "index.html"),
        ("rep", "reps/ann-archer/index.html", ""),
        ("all", "reps/ann-archer/index.html", "manager/index.html"),
    ],
)
def test_a_message_links_to_what_its_reader_may_see(tmp_path: Path, audience: Audience, card: str, team: str) -> None:
    office = Office(tmp_path)
    for week in ("2026-W46", "2026-W47"):
        workbook = team_workbook(tmp_path / "north.xlsx", week, reps={ANN: REPS[ANN]})
        office.build(workbook, formats="html,pdf", audience=audience)
    for week, folder in (("", ""), ("2026-W46", "2026-W46/")):
        post = office.gather(week=week)
        pages = {"scorecard": card, "team report": team}
        for letter in post.letters:
            page = pages[letter.to.kind]
            if not page:
                assert LINK not in letter.text + letter.html
                continue
            assert f"{LINK}{folder}{page}" in letter.text
            assert f'href="{LINK}{folder}{page}"' in letter.html
            assert (office.site / folder / page).is_file()
        assert letter.pdf == (office.site / folder / pdf_of(audience, of_team=bool(team))).read_bytes()
        assert reasons(post) == ({} if team else {
            "mo@north.example": "there is no report of the team in a site for reps alone. "
            "Fix: build one with --audience all in another folder."
        })  # fmt: skip
    assert LINK not in replace(office, mail=replace(office.mail, site_url="")).gather().letters[0].text


def pdf_of(audience: Audience, *, of_team: bool) -> str:
    if of_team:
        return "manager/team.pdf" if audience == "all" else "team.pdf"
    return "reps/ann-archer/ann-archer.pdf"


def test_without_web_pages_no_message_has_a_link(two_weeks: Office) -> None:
    assert not any(LINK in letter.text + letter.html for letter in two_weeks.gather().letters)


# --- what is not the newest ---


def test_a_newer_week_that_is_known_and_not_built_refuses_all_unless_the_week_is_named(office: Office) -> None:
    office.bring(week="2026-W48")
    assert refused(office) == (
        "Team 'North': a newer copy of the workbook is known than the one of 2026-W47, 'north.xlsx', that was "
        "published. Fix: build the newest first, then send."
    )
    assert names(office.gather(week="2026-W47").letters) == EVERYONE


def test_a_corrected_copy_that_is_known_and_not_built_refuses_its_week(office: Office) -> None:
    office.bring(kickoff="2026-11-04")
    for week in ("", "2026-W47"):
        assert refused(office, week=week).startswith("Team 'North': a newer copy of the workbook is known")
    assert names(office.gather(week="2026-W46").letters) == EVERYONE


def test_what_another_version_published_is_refused_until_it_is_built_again(office: Office) -> None:
    office.say_published(replace(office.published(), version="0.0.9"))
    assert refused(office) == (
        f"Week 2026-W47: version 0.0.9 of the program published it, and this is {__version__}. Fix: build it once "
        "more; a past week with milestone-reports history rebuild 2026-W47."
    )
    office.say_published(replace(office.published(), version=""))
    assert refused(office).startswith("Week 2026-W47: an earlier version of the program published it, and this is ")
    office.build(office.folder / "north.xlsx")
    assert names(office.gather().letters) == EVERYONE


def test_a_past_week_of_another_version_can_be_sent_once_it_is_rebuilt(office: Office) -> None:
    before = office.published("2026-W46")
    office.say_published(replace(before, version="", pdfs=()))
    assert "an earlier version" in refused(office, week="2026-W46")
    with Store.open(office.state) as store:
        request = Request((), office.site, MONDAY, state=office.state)
        rebuild(store, "2026-W46", request, lambda _what, _done, _total: None)
    assert office.published("2026-W46") == before
    assert names(office.gather(week="2026-W46").letters) == EVERYONE


def test_a_week_that_ended_more_than_seven_days_ago_is_sent_by_its_name_alone(two_weeks: Office) -> None:
    assert names(two_weeks.gather(today=date(2026, 11, 29)).letters) == EVERYONE
    assert refused(two_weeks, today=date(2026, 11, 30)) == (
        "Week 2026-W47: it is the newest that was published, and it ended on 2026-11-22, more than 7 days ago. "
        "Fix: build the newest workbook, or name the week with --week 2026-W47 if it is the one that you mean."
    )
    assert names(two_weeks.gather(week="2026-W47", today=date(2026, 11, 30)).letters) == EVERYONE


def test_a_week_that_was_not_published_is_refused(office: Office, tmp_path: Path) -> None:
    assert refused(office, week="2026-W30") == (
        "Week 2026-W30: it was never published (published: 2026-W47, 2026-W46). Fix: send one that was, or build the "
        "newest first."
    )
    assert refused(office, week="W47") == (
        "Week 'W47': it is no week, written like that. Fix: write one such as 2026-W47."
    )
    assert refused(Office(tmp_path), week="2026-W30") == (
        "Week 2026-W30: it was never published, nor was any other. Fix: build the site, or name --state."
    )
    assert refused(Office(tmp_path)) == (
        "Nothing was published yet, by the history. Fix: build the site, without --no-history, or name --state."
    )


def test_a_week_that_was_built_without_pdfs_is_refused(office: Office) -> None:
    office.build(office.folder / "north.xlsx", formats="data")
    assert refused(office) == (
        "Week 2026-W47: it was published without PDFs, and they are what is sent. Fix: build it once more, with pdf "
        "among the --formats."
    )


# --- a site that is another ---

ANOTHER = (
    "{site}: what is there of 2026-W47 is not what was published of it last. Fix: build it once more, with the "
    "history, or name the folder of the site that was."
)


def test_a_site_that_was_built_without_the_history_since_is_refused(office: Office) -> None:
    corrected = team_workbook(office.folder / "corrected.xlsx", kickoff="2026-11-04")
    office.build(corrected, kept=False)
    assert refused(office) == ANOTHER.format(site=office.site)
    office.build(corrected)
    assert names(office.gather().letters) == EVERYONE


def test_another_folder_than_the_one_that_was_built_last_is_refused(office: Office) -> None:
    (office.site).rename(office.folder / "older")
    office.build(team_workbook(office.folder / "corrected.xlsx", kickoff="2026-11-04"))
    older = office.folder / "older"
    (office.site).rename(office.folder / "newest")
    older.rename(office.site)
    assert refused(office) == ANOTHER.format(site=office.site)


def test_an_older_week_that_is_not_there_as_it_was_published_last_is_refused(office: Office) -> None:
    office.say_published(replace(office.published("2026-W46"), pdfs=office.published().pdfs))
    assert refused(office, week="2026-W46") == (
        f"{office.site}: what is there of 2026-W46 is not what was published of it last. Fix: make it again there "
        "with milestone-reports history rebuild 2026-W46, or name the folder of the site that was."
    )


def test_a_folder_without_a_site_or_with_one_for_others_is_refused(office: Office) -> None:
    manifest = office.site / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace('"audience": "manager"', '"audience": "chosen reps"'))
    assert refused(office) == (
        f"{office.site}: the site there is for 'chosen reps', and one of the whole team is needed. "
        "Fix: name the folder of that, or build it in another."
    )
    # With another audience the PDFs belong to other places.
    manifest.write_text(text.replace('"audience": "manager"', '"audience": "all"'))
    assert refused(office) == ANOTHER.format(site=office.site)
    manifest.unlink()
    assert refused(office) == (
        f"{office.site}: there is no site. Fix: name the folder of the site, or build it there first."
    )


def test_a_history_that_has_a_pdf_at_another_place_refuses_all(office: Office) -> None:
    now = office.published()
    office.say_published(replace(now, pdfs=tuple(replace(pdf, path=f"old/{pdf.path}") for pdf in now.pdfs)))
    assert refused(office) == ANOTHER.format(site=office.site)


def test_a_pdf_that_the_manifest_alone_knows_otherwise_refuses_all(office: Office) -> None:
    office.put("reps/ann-archer.pdf", (office.site / "reps/bea-baker.pdf").read_bytes(), in_manifest=True)
    assert refused(office) == ANOTHER.format(site=office.site)


# --- a PDF that is another ---

CHANGED = "its PDF, reps/ann-archer.pdf, is not the one that was built; it was changed since. Fix: build it once more."


@pytest.mark.parametrize("of", ["reps/bea-baker.pdf", "2026-W46/reps/ann-archer.pdf", "team.pdf"])
def test_a_pdf_in_the_place_of_another_is_withheld(office: Office, of: str) -> None:
    office.put("reps/ann-archer.pdf", (office.site / of).read_bytes())
    post = office.gather()
    assert reasons(post) == {ANN: CHANGED}
    assert names(post.letters) == EVERYONE[1:]
    assert post.withheld[0].to.address == "ann@north.example"
    # The manager is told whose is missing.
    assert "Ann Archer: its PDF" in " ".join(post.letters[-1].text.split())


def test_a_pdf_cut_short_or_gone_or_no_file_is_withheld(office: Office) -> None:
    file = office.site / "reps/ann-archer.pdf"
    whole = file.read_bytes()
    for content in (whole[:-1], whole[: len(whole) // 2], b""):
        office.put("reps/ann-archer.pdf", content)
        assert reasons(office.gather()) == {ANN: CHANGED}
    file.unlink()
    gone = "its PDF, reps/ann-archer.pdf, is not there. Fix: build it once more."
    assert reasons(office.gather()) == {ANN: gone}
    file.mkdir()
    assert reasons(office.gather()) == {ANN: gone}


def test_the_teams_report_is_held_to_the_same(office: Office) -> None:
    office.put("team.pdf", b"%PDF-1.7\n")
    assert reasons(office.gather()) == {
        "mo@north.example": CHANGED.replace("reps/ann-archer.pdf", "team.pdf"),
    }


def test_a_pdf_without_pages_or_text_is_withheld_though_it_was_built_so(office: Office) -> None:
    for n_pages, fault in ((0, "has no page"), (1, "has no text on page 1")):
        pdf, written = Pdf.new(), BytesIO()
        for _ in range(n_pages):
            pdf.add_blank_page()
        pdf.save(written)
        office.put("reps/ann-archer.pdf", written.getvalue(), in_manifest=True, in_history=True)
        assert reasons(office.gather()) == {
            ANN: f"its PDF, reps/ann-archer.pdf, {fault}. Fix: build it once more.",
        }


def test_a_scorecard_that_the_history_does_not_know_is_withheld(office: Office) -> None:
    now = office.published()
    office.say_published(replace(now, pdfs=tuple(pdf for pdf in now.pdfs if pdf.slug != "ann-archer")))
    assert reasons(office.gather()) == {ANN: "there is no PDF of it. Fix: build it once more."}


def test_the_history_knows_the_digest_of_every_pdf_that_can_be_sent(two_weeks: Office) -> None:
    known = {pdf.path: (pdf.place, pdf.slug, pdf.digest) for pdf in two_weeks.published().pdfs}
    slugs = {"team.pdf": "", "reps/ann-archer.pdf": "ann-archer", "reps/bea-baker.pdf": "bea-baker"}
    assert known == {
        path: (0, slug, sha256((two_weeks.site / path).read_bytes()).hexdigest()) for path, slug in slugs.items()
    }
    assert two_weeks.published().version == __version__
