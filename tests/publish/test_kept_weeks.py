"""Weeks that were published stay in a site, each in its folder, while the rest of it is replaced."""

import os
from pathlib import Path

import pytest

from milestone_reports.domain.failure import PublishingFailedError
from milestone_reports.publish import Stage, archived_weeks, manifest_of, week_of

FRONT = '<a href="weeks.html">All weeks</a>'
IN_ITS_WEEK = '<a href="../weeks.html">All weeks</a><a href="../index.html">Newest</a>'


def publish(output: Path, week: str, *, says: str = "", in_one_step: bool = True) -> None:
    """A site of a week, with its copy in the week's folder and all other weeks that are there."""
    with Stage.beside(output, version="1") as stage:
        stage.keep(path for path in stage.old if week_of(path) not in {"", week})
        stage.write("index.html", (FRONT + says).encode())
        stage.write("weeks.html", b"All weeks")
        stage.write("data/team.csv", f"{week}{says}".encode())
        stage.write(f"{week}/index.html", (IN_ITS_WEEK + says).encode())
        stage.write_also(f"{week}/data/team.csv", "data/team.csv")
        stage.check()
        stage.promote(in_one_step=in_one_step)


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.mark.parametrize(
    ("path", "week"),
    [
        ("2026-W47/index.html", "2026-W47"),
        ("2026-W47/reps/ann.html", "2026-W47"),
        ("2026-W47", ""),
        ("2026-W7/index.html", ""),
        ("reps/2026-W47/index.html", ""),
        ("2026-w47/index.html", ""),
        ("index.html", ""),
    ],
)
def test_a_week_is_a_folder_at_the_top_of_the_site(path: str, week: str) -> None:
    assert week_of(path) == week


def test_weeks_are_told_newest_first_and_once() -> None:
    paths = ["2026-W09/index.html", "2026-W47/a", "index.html", "2025-W52/a", "2026-W47/b"]
    assert archived_weeks(paths) == ["2026-W47", "2026-W09", "2025-W52"]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_week_stays_as_it_was_published_through_all_later_weeks(output: Path, *, in_one_step: bool) -> None:
    publish(output, "2026-W45")
    first = files(output / "2026-W45")
    for week in ("2026-W46", "2026-W47", "2026-W48"):
        publish(output, week, says="more", in_one_step=in_one_step)
    assert files(output / "2026-W45") == first
    manifest = manifest_of(output)
    assert manifest
    assert archived_weeks(manifest.files) == ["2026-W48", "2026-W47", "2026-W46", "2026-W45"]
    assert {*files(output)} == {*manifest.files, "manifest.json"}


def test_a_week_that_is_published_again_replaces_its_own_folder_alone(output: Path) -> None:
    publish(output, "2026-W45")
    publish(output, "2026-W46")
    before = files(output / "2026-W45")
    publish(output, "2026-W46", says="corrected")
    assert files(output / "2026-W46")["index.html"] == IN_ITS_WEEK + "corrected"
    assert files(output / "2026-W45") == before


def test_a_week_that_the_user_took_away_stays_away(output: Path) -> None:
    for week in ("2026-W44", "2026-W45", "2026-W46"):
        publish(output, week)
    for path in ("index.html", "data/team.csv"):
        (output / "2026-W44" / path).unlink()
    (output / "2026-W45/data/team.csv").unlink()
    publish(output, "2026-W47")
    assert not (output / "2026-W44").exists()
    assert [*files(output / "2026-W45")] == ["index.html"]
    manifest = manifest_of(output)
    assert manifest
    assert archived_weeks(manifest.files) == ["2026-W47", "2026-W46", "2026-W45"]


def test_a_folder_of_the_users_that_looks_like_a_week_is_the_users(output: Path) -> None:
    publish(output, "2026-W45")
    (output / "2026-W40").mkdir()
    (output / "2026-W40/notes.txt").write_text("call Ann")
    (output / "2026-W45/notes.txt").write_text("call Bo")
    publish(output, "2026-W46")
    assert files(output / "2026-W40") == {"notes.txt": "call Ann"}
    assert files(output / "2026-W45")["notes.txt"] == "call Bo"
    manifest = manifest_of(output)
    assert manifest
    assert archived_weeks(manifest.files) == ["2026-W46", "2026-W45"]


def test_a_folder_that_the_user_put_in_the_place_of_an_archived_file_is_the_users(output: Path) -> None:
    publish(output, "2026-W45")
    (output / "2026-W45/index.html").unlink()
    (output / "2026-W45/index.html").mkdir()
    (output / "2026-W45/index.html/notes.txt").write_text("call Ann")
    publish(output, "2026-W46")
    assert (output / "2026-W45/index.html/notes.txt").read_text() == "call Ann"


def test_the_copy_in_the_weeks_folder_and_what_is_kept_take_no_room_of_their_own(output: Path) -> None:
    publish(output, "2026-W45")
    kept = (output / "2026-W45/data/team.csv").stat()
    assert os.path.samestat(kept, (output / "data/team.csv").stat())
    publish(output, "2026-W46")
    assert os.path.samestat(kept, (output / "2026-W45/data/team.csv").stat())


def test_where_files_cannot_be_linked_they_are_copied(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: Path, **_options: bool) -> None:
        raise PermissionError

    publish(output, "2026-W45")
    before = files(output / "2026-W45")
    monkeypatch.setattr(os, "link", refuse)
    publish(output, "2026-W46")
    assert files(output / "2026-W45") == before
    assert files(output / "2026-W46")["data/team.csv"] == "2026-W46"


def test_a_link_from_a_weeks_folder_that_leads_nowhere_is_not_published(output: Path) -> None:
    with Stage.beside(output, version="1") as stage:
        stage.write("index.html", b"front")
        stage.write("2026-W46/index.html", IN_ITS_WEEK.encode())
        with pytest.raises(PublishingFailedError, match=r"^2026-W46/index\.html: the link '\.\./weeks\.html' leads to"):
            stage.check()


def test_what_is_kept_can_be_linked_to_and_not_be_written_over(output: Path) -> None:
    publish(output, "2026-W45")
    with Stage.beside(output, version="1") as stage:
        stage.keep(["2026-W45/index.html"])
        with pytest.raises(ValueError, match="not a new path"):
            stage.write("2026-W45/index.html", b"x")
        stage.write("weeks.html", b'<a href="2026-W45/index.html">Week 45</a>')
        stage.check()
