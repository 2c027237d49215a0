"""Sites for managers, for reps and for both: where each file lies, and where pages lead."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from audience_sites import (
    MADE_FOR,
    REPS,
    TODAY,
    WEEK,
    WHOLE_NAMES,
    files,
    leads_to,
    own_files,
    quiet,
    request_for,
    without_static,
    workbook_of,
)
from milestone_reports.build import Request, build
from milestone_reports.publish import AUDIENCES, manifest_of, week_of


@pytest.fixture(scope="module")
def north(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workbook_of(tmp_path_factory.mktemp("north"))


@pytest.fixture(scope="module")
def printed(north: Path) -> dict[str, dict[str, bytes]]:
    """The files of a site of one team for each audience, PDFs and archive with them."""
    for audience in AUDIENCES:
        build(Request((north,), north.parent / f"printed-{audience}", TODAY, archive=True, audience=audience), quiet)
    return {audience: files(north.parent / f"printed-{audience}") for audience in AUDIENCES}


@pytest.fixture(scope="module")
def two_teams(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The files of a site of two teams for each audience, web pages and data alone."""
    folder = tmp_path_factory.mktemp("two")
    teams = (workbook_of(folder, "North"), workbook_of(folder, "South"))
    for audience in AUDIENCES:
        build(request_for(audience, folder / audience, *teams), quiet)
    return {audience: files(folder / audience) for audience in AUDIENCES}


@pytest.fixture(scope="module")
def sites(north: Path) -> dict[str, Path]:
    """A site of each kind that there is."""
    for made_for in MADE_FOR:
        build(request_for(made_for, north.parent / made_for, north), quiet)
    return {made_for: north.parent / made_for for made_for in MADE_FOR}


def test_a_site_for_reps_is_their_own_folders_and_a_page_above_them(printed: dict[str, dict[str, bytes]]) -> None:
    at_the_root = {"index.html", *own_files("reps/", "dana-ruiz"), *own_files("reps/", "lee-wong")}
    in_its_week = {f"{WEEK}/{path}" for path in at_the_root}
    assert without_static({*printed["rep"]}) == {"manifest.json", *at_the_root, *in_its_week}


def test_a_site_for_all_is_the_managers_in_a_folder_beside_the_one_for_reps(
    printed: dict[str, dict[str, bytes]],
) -> None:
    def in_their_folder(path: str) -> str:
        week = week_of(path)
        return f"{week}/manager/{path.removeprefix(f'{week}/')}" if week else f"manager/{path}"

    managers = {in_their_folder(path) for path in without_static({*printed["manager"]}) if path != "manifest.json"}
    assert without_static({*printed["all"]}) == managers | without_static({*printed["rep"]})
    assert {path for path in printed["all"] if path.startswith("static/")} == {
        path for path in printed["rep"] if path.startswith("static/")
    }


def test_of_several_teams_each_has_its_folder_above_those_of_its_reps(two_teams: dict[str, dict[str, bytes]]) -> None:
    own = {
        path
        for team in ("north", "south")
        for slug in REPS
        for path in own_files(f"reps/{team}/", slug)
        if not path.endswith(".pdf")
    }
    at_the_root = {path for path in without_static({*two_teams["rep"]}) if not week_of(path)}
    assert at_the_root == {"index.html", "manifest.json", *own}
    assert own <= set(two_teams["all"])
    assert {"manager/index.html", "manager/weeks.html", "manager/north/reps/dana-ruiz.html"} <= set(two_teams["all"])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_weeks_folder_has_the_same_paths_as_the_root(printed: dict[str, dict[str, bytes]], audience: str) -> None:
    paths = [path for path in printed[audience] if path.rpartition("/")[2] not in {"weeks.html", "manifest.json"}]
    assert {path.removeprefix(f"{WEEK}/") for path in paths if week_of(path)} == {p for p in paths if not week_of(p)}


def test_no_file_of_the_whole_team_is_in_a_site_for_reps(
    printed: dict[str, dict[str, bytes]], two_teams: dict[str, dict[str, bytes]]
) -> None:
    for site in (printed["rep"], two_teams["rep"]):
        assert [path for path in site if path.endswith((*WHOLE_NAMES, ".csv", ".xlsx"))] == []


def test_without_data_there_is_none_in_an_own_folder_and_no_link_to_it(north: Path, tmp_path: Path) -> None:
    build(replace(request_for("rep", tmp_path / "site", north), data=False), quiet)
    site = files(tmp_path / "site")
    assert [path for path in site if path.endswith((".json", ".pdf"))] == ["manifest.json"]
    assert b"JSON" not in site["reps/dana-ruiz/index.html"]


def test_a_cards_pdf_is_laid_out_once_and_lies_in_both_places(north: Path, tmp_path: Path) -> None:
    told: Counter[str] = Counter()
    request = replace(request_for("all", tmp_path / "site", north), pdf=True, html=False, data=False)
    build(request, lambda what, _done, _total: told.update([what]))
    site = files(tmp_path / "site")
    for slug in REPS:
        assert site[f"manager/reps/{slug}.pdf"] == site[f"reps/{slug}/{slug}.pdf"]
        assert sum(times for what, times in told.items() if what.endswith(f"/{slug}.pdf")) == 1


@pytest.mark.parametrize("audience", ["rep", "all"])
def test_an_own_folder_leads_to_itself_and_to_the_shared_files_alone(
    printed: dict[str, dict[str, bytes]], two_teams: dict[str, dict[str, bytes]], audience: str
) -> None:
    pages = 0
    for site in (printed[audience], two_teams[audience]):
        for path, content in site.items():
            own = re.match(rf"(?P<week>{WEEK}/)?(?P<folder>reps/(north/|south/)?(dana-ruiz|lee-wong)/).*\.html$", path)
            if not own:
                continue
            week, folder = own["week"] or "", own["folder"]
            newest = {f"{folder}index.html"} if week else set()
            led = {one for one in leads_to(path, content) if not one.startswith(f"{week}static/")}
            assert [one for one in led - newest if not one.startswith(f"{week}{folder}")] == []
            assert newest <= led
            assert led <= set(site)
            pages += 1
    assert pages == 2 * 2 * (2 + 4)


@pytest.mark.parametrize("audience", ["rep", "all"])
def test_an_own_folder_holds_no_name_of_another_rep(two_teams: dict[str, dict[str, bytes]], audience: str) -> None:
    for path, content in two_teams[audience].items():
        for slug, name in REPS.items():
            if f"/{slug}/" in path:
                others = {*REPS.values()} - {name}
                assert [other for other in others if other.encode() in content] == []


def test_the_card_in_an_own_folder_is_the_managers_but_for_where_it_leads(printed: dict[str, dict[str, bytes]]) -> None:
    def said(page: bytes) -> bytes:
        return re.sub(rb'href="[^"]*"', b"", page.partition(b"<main")[2].partition(b"<footer")[0])

    for slug in REPS:
        assert said(printed["all"][f"reps/{slug}/index.html"]) == said(printed["manager"][f"reps/{slug}.html"])


@pytest.mark.parametrize("audience", ["rep", "all"])
@pytest.mark.parametrize("week", ["", f"{WEEK}/"])
def test_the_page_at_the_root_names_nobody(
    printed: dict[str, dict[str, bytes]], two_teams: dict[str, dict[str, bytes]], audience: str, week: str
) -> None:
    one, several = printed[audience][f"{week}index.html"], two_teams[audience][f"{week}index.html"]
    for name in (*REPS.values(), *REPS, "Acme", "Brightwell", ".xlsx"):
        assert name.encode() not in one + several
    assert b"North" in one
    assert b"North" not in several
    assert b"South" not in several
    managers = {f"{week}manager/index.html"} if audience == "all" else set()
    led = {path for path in leads_to(f"{week}index.html", several) if not path.startswith(f"{week}static/")}
    assert led == managers | ({"index.html"} if week else set())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_leads_to_files_that_are_there(
    printed: dict[str, dict[str, bytes]], two_teams: dict[str, dict[str, bytes]], audience: str
) -> None:
    for site in (printed[audience], two_teams[audience]):
        pages = {path: content for path, content in site.items() if path.endswith(".html")}
        assert {to for path, content in pages.items() for to in leads_to(path, content)} <= set(site)


def test_the_managers_pages_never_lead_into_the_reps_own_folders(printed: dict[str, dict[str, bytes]]) -> None:
    managers = {p: content for p, content in printed["all"].items() if p.startswith("manager/") and p.endswith(".html")}
    led = {to for path, content in managers.items() for to in leads_to(path, content)}
    assert {one for one in led if one.startswith("reps/")} == set()
    assert f"{WEEK}/manager/index.html" in led


@pytest.mark.parametrize(
    ("made_for", "front"),
    [
        ("manager", "index.html"),
        ("rep", "index.html"),
        ("all", "manager/index.html"),
        ("chosen reps", "reps/dana-ruiz.html"),
        ("chosen reps apart", "reps/dana-ruiz/index.html"),
    ],
)
def test_a_build_says_for_whom_it_was_and_where_to_begin(
    north: Path, tmp_path: Path, made_for: str, front: str
) -> None:
    built = build(request_for(made_for, tmp_path / "site", north), quiet)
    manifest = manifest_of(tmp_path / "site")
    assert manifest is not None
    assert (built.made_for, manifest.made_for) == (made_for, made_for)
    assert built.front == tmp_path / "site" / front
    assert built.n_files == len([path for path in files(tmp_path / "site") if not week_of(path)])


def test_a_chosen_reps_own_folder_comes_without_those_of_others(sites: dict[str, Path]) -> None:
    paths = without_static({*files(sites["chosen reps apart"])})
    own = {path for path in own_files("reps/", "dana-ruiz") if not path.endswith(".pdf")}
    assert paths == {"index.html", "manifest.json", *own}
