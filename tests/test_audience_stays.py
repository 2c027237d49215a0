"""No build, watch or rebuilding changes whom the site is for that is there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from audience_sites import MADE_FOR, REPS, TODAY, WEEK, files, leads_to, quiet, request_for, site_of, workbook_of
from milestone_reports.build import build
from milestone_reports.build.publishing import publish, publish_again
from milestone_reports.cli import main
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.publish import AUDIENCES, Audience, manifest_of
from milestone_reports.recall import read_told
from milestone_reports.watch.before import standing_of


@pytest.fixture(scope="module")
def north(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workbook_of(tmp_path_factory.mktemp("north"))


@pytest.fixture(scope="module")
def sites(north: Path) -> dict[str, Path]:
    """A site of each kind that there is."""
    for made_for in MADE_FOR:
        build(request_for(made_for, north.parent / made_for, north), quiet)
    return {made_for: north.parent / made_for for made_for in MADE_FOR}


@pytest.mark.parametrize("there", MADE_FOR)
@pytest.mark.parametrize("wanted", MADE_FOR)
def test_a_build_never_changes_whom_a_site_is_for(sites: dict[str, Path], north: Path, there: str, wanted: str) -> None:
    if there == wanted:
        return
    before = files(sites[there])
    with pytest.raises(CannotGoOnError, match=r"Fix: name another folder with -o") as refused:
        build(request_for(wanted, sites[there], north), quiet)
    assert refused.value.exit_code == 2
    assert files(sites[there]) == before


def test_the_refusal_says_what_is_there_what_was_asked_for_and_how_to_keep_it(
    sites: dict[str, Path], north: Path
) -> None:
    with pytest.raises(CannotGoOnError) as refused:
        build(request_for("manager", sites["rep"], north), quiet)
    assert str(refused.value) == (
        f"{sites['rep']}: the site there is one for reps, each in a folder of their own, and this would be one for "
        "managers, with everyone's figures. Fix: name another folder with -o, or build what is there with --audience "
        "rep."
    )


def test_a_site_that_came_while_a_build_was_at_work_is_not_changed_either(sites: dict[str, Path], north: Path) -> None:
    before = files(sites["rep"])
    with pytest.raises(CannotGoOnError, match="one for reps"):
        publish(request_for("all", sites["rep"], north), [site_of(north)], quiet)
    assert files(sites["rep"]) == before


def told_for(site: Path, made_for: str | None) -> None:
    """Have a site's manifest say that it is for others, or nothing of it, as those of earlier versions do."""
    manifest = site / "manifest.json"
    told = json.loads(manifest.read_bytes())
    del told["audience"]
    manifest.write_text(json.dumps(told | ({"audience": made_for} if made_for else {})), encoding="utf-8")


def test_a_site_that_does_not_say_whom_it_is_for_is_the_managers(
    sites: dict[str, Path], north: Path, tmp_path: Path
) -> None:
    site = Path(copytree(sites["manager"], tmp_path / "site"))
    told_for(site, None)
    with pytest.raises(CannotGoOnError, match="one for managers"):
        build(request_for("rep", site, north), quiet)
    build(request_for("manager", site, north), quiet)
    assert b'"audience": "manager"' in (site / "manifest.json").read_bytes()


def test_a_site_of_chosen_reps_that_does_not_say_so_never_passes_for_the_managers(
    sites: dict[str, Path], north: Path, tmp_path: Path
) -> None:
    site = Path(copytree(sites["chosen reps"], tmp_path / "site"))
    told_for(site, None)
    with pytest.raises(CannotGoOnError, match="the cards of chosen reps are there"):
        build(request_for("manager", site, north), quiet)


def test_a_site_for_people_that_a_later_version_knows_is_left_alone(
    sites: dict[str, Path], north: Path, tmp_path: Path
) -> None:
    site = Path(copytree(sites["manager"], tmp_path / "site"))
    told_for(site, "the board")
    for wanted in MADE_FOR:
        with pytest.raises(CannotGoOnError, match="which this version of the program does not know"):
            build(request_for(wanted, site, north), quiet)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_week_that_is_made_again_is_for_whom_the_site_is_that_is_there(
    sites: dict[str, Path], north: Path, tmp_path: Path, audience: str
) -> None:
    site = Path(copytree(sites[audience], tmp_path / "site"))
    before = files(site)
    again = publish_again(request_for("manager", site, north), [site_of(north)], quiet)
    assert (again.differing, again.was_there) == ((), True)
    assert files(site) == before


def test_in_an_empty_folder_a_week_is_made_again_for_whom_was_asked(north: Path, tmp_path: Path) -> None:
    publish_again(request_for("rep", tmp_path / "site", north), [site_of(north)], quiet)
    manifest = manifest_of(tmp_path / "site")
    assert manifest is not None
    assert manifest.made_for == "rep"


def test_a_week_is_never_made_again_beside_the_cards_of_chosen_reps(sites: dict[str, Path], north: Path) -> None:
    for made_for in ("chosen reps", "chosen reps apart"):
        with pytest.raises(CannotGoOnError, match="the cards of chosen reps are there"):
            publish_again(request_for("rep", sites[made_for], north), [site_of(north)], quiet)


def test_the_week_of_a_rep_who_has_left_is_made_again_without_a_way_to_a_newest_card(tmp_path: Path) -> None:
    before, site = workbook_of(tmp_path, as_of="2026-11-15"), tmp_path / "site"
    build(request_for("rep", site, before), quiet)
    build(request_for("rep", site, workbook_of(tmp_path, without="Lee Wong")), quiet)
    assert not (site / "reps/lee-wong").exists()

    publish_again(request_for("rep", site, before), [site_of(before)], quiet)
    led = {
        slug: leads_to(f"2026-W46/reps/{slug}/index.html", (site / f"2026-W46/reps/{slug}/index.html").read_bytes())
        for slug in REPS
    }
    assert "reps/dana-ruiz/index.html" in led["dana-ruiz"]
    assert [path for path in led["lee-wong"] if not path.startswith("2026-W46/")] == []


def test_what_was_published_for_others_is_not_taken_for_published(north: Path, tmp_path: Path) -> None:
    request = replace(request_for("manager", tmp_path / "site", north), state=tmp_path / "state")
    build(request, quiet)
    reading, file_hash = read_told(north, None, None, TODAY)
    assert standing_of(reading, file_hash, request).is_published
    assert not standing_of(reading, file_hash, replace(request, audience="rep")).is_published


def ran(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_the_command_lays_reps_apart_and_says_so(north: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    code, said = ran("build", north, "-o", output, "--audience", "rep", "--no-history", "--formats", "html")
    assert code == 0
    assert f"files to {output} (each rep apart); " in said
    assert (output / "reps/dana-ruiz/index.html").is_file()


@pytest.mark.parametrize("audience", ["manager", "all"])
def test_chosen_reps_are_for_themselves_alone(north: Path, tmp_path: Path, audience: str) -> None:
    output = tmp_path / "site"
    code, said = ran("build", north, "-o", output, "--audience", audience, "--rep", "Dana Ruiz")
    assert code == 2
    assert f"--rep makes a site of chosen reps, and --audience {audience} one of all. Fix: " in said
    assert not output.exists()


def test_chosen_reps_can_have_folders_of_their_own(north: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    named = ("--audience", "rep", "--rep", "Dana Ruiz", "--no-history", "--formats", "html")
    code, said = ran("build", north, "-o", output, *named)
    assert code == 0
    assert (output / "reps/dana-ruiz/index.html").as_uri() in said


def test_a_watch_over_a_site_for_others_does_not_begin(sites: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    code, said = ran("watch", tmp_path / "inbox", "-o", sites["rep"], "--once")
    assert code == 2
    assert "the site there is one for reps" in said
    code, _ = ran("watch", tmp_path / "inbox", "-o", sites["rep"], "--once", "--audience", "rep")
    assert code == 0


def test_history_rebuild_takes_the_audience_for_a_folder_without_a_site(north: Path, tmp_path: Path) -> None:
    state, first, second = tmp_path / "state", tmp_path / "first", tmp_path / "second"
    code, _ = ran("build", north, "-o", first, "--audience", "all", "--state", state, "--formats", "html")
    assert code == 0
    code, said = ran("history", "rebuild", WEEK, "-o", first, "--audience", "rep", "--state", state)
    assert code == 0
    assert "each the same as it was published" in said
    code, _ = ran("history", "rebuild", WEEK, "-o", second, "--audience", "rep", "--state", state)
    assert code == 0
    assert not (second / "manager").exists()
    assert (second / WEEK / "reps/dana-ruiz/index.html").is_file()


@pytest.mark.parametrize("audience", ["manager", "rep"])
@pytest.mark.parametrize("form", ["html", "pdf", "data"])
def test_a_folder_with_the_cards_of_chosen_reps_never_gets_another_rep_s(
    north: Path, tmp_path: Path, audience: Audience, form: str
) -> None:
    first, second = REPS.values()
    chosen = replace(
        request_for("manager", tmp_path / "card", north), audience=audience, reps=(first,),
        html=form == "html", pdf=form == "pdf", data=form == "data",
    )  # fmt: skip
    build(chosen, quiet)
    build(chosen, quiet)
    before = files(chosen.output)
    for others in ((second,), (first, second)):
        with pytest.raises(CannotGoOnError, match=f"'{second}' is none of them"):
            build(replace(chosen, reps=others), quiet)
    assert files(chosen.output) == before


@pytest.mark.parametrize("form", ["pdf", "data"])
def test_a_site_for_reps_never_gets_among_the_files_of_one_for_managers_that_lost_its_manifest(
    north: Path, tmp_path: Path, form: str
) -> None:
    request = request_for("manager", tmp_path / "site", north)
    request = replace(request, html=False, pdf=form == "pdf", data=form == "data")
    build(request, quiet)
    (request.output / "manifest.json").unlink()
    before = files(request.output)
    with pytest.raises(CannotGoOnError, match="as in a site for managers"):
        build(replace(request, audience="rep"), quiet)
    assert files(request.output) == before
