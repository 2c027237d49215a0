"""A build stages beside the site and promotes; whatever goes wrong, the old site stays whole."""

import hashlib
import json
import multiprocessing
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from milestone_reports.domain.failure import CannotGoOnError, PublishingFailedError
from milestone_reports.publish import Stage, manifest_of, recover

OLD = {"index.html": "old front", "reps/ann.html": "old Ann", "reps/bo.html": "old Bo"}
NEW = {"index.html": "new front", "reps/ann.html": "new Ann", "team/north.html": "new North"}
NOBODY = 65534


def publish(output: Path, pages: Mapping[str, str], *, in_one_step: bool = True) -> None:
    with Stage.beside(output, version="1.2.3") as stage:
        for path, text in pages.items():
            stage.write(path, text.encode())
        stage.check(expected=pages)
        stage.promote(in_one_step=in_one_step)


def texts(folder: Path) -> dict[str, str]:
    """What a folder holds, without our manifest."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != "manifest.json")
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


def beside(output: Path) -> set[str]:
    """What lies in the same folder as the site, but the site and its lock."""
    return {path.name for path in output.parent.iterdir()} - {output.name, f".{output.name}.lock"}


def left_by_a_kill(output: Path, **trees: Mapping[str, str]) -> Path:
    """A workplace as a killed build leaves it, with its folders by name."""
    staging = output.parent / f".{output.name}.staging-abcd1234"
    staging.mkdir()
    (staging / "made-by-milestone-reports.txt").touch()
    for name, pages in trees.items():
        for path, text in pages.items():
            (staging / name / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / name / path).write_text(text)
    return staging


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def test_the_first_build_makes_the_site_and_leaves_nothing_beside_it(output: Path) -> None:
    publish(output, NEW)
    assert texts(output) == NEW
    assert beside(output) == set()


def test_folders_above_the_site_are_made(tmp_path: Path) -> None:
    publish(tmp_path / "reports" / "weekly" / "output", NEW)
    assert texts(tmp_path / "reports" / "weekly" / "output") == NEW


@pytest.mark.parametrize("in_one_step", [True, False])
def test_pages_of_ours_that_are_no_longer_made_are_removed_with_their_folders(
    output: Path, *, in_one_step: bool
) -> None:
    publish(output, NEW)
    publish(output, OLD, in_one_step=in_one_step)
    assert texts(output) == OLD
    assert not (output / "team").exists()
    assert beside(output) == set()


def test_the_manifest_names_every_file_of_ours_and_is_the_same_for_the_same_site(output: Path) -> None:
    publish(output, {"b.html": "b", "a.html": "a"})
    first = (output / "manifest.json").read_bytes()
    digests = {f"{name}.html": hashlib.sha256(name.encode()).hexdigest() for name in "ab"}
    assert json.loads(first) == {"version": "1.2.3", "audience": "manager", "files": digests}
    publish(output, {"a.html": "a", "b.html": "b"})
    assert (output / "manifest.json").read_bytes() == first


def test_an_error_in_the_middle_leaves_the_old_site(output: Path) -> None:
    def build_that_fails() -> None:
        with Stage.beside(output, version="2") as stage:
            stage.write("index.html", b"new front")
            raise ZeroDivisionError

    publish(output, OLD)
    with pytest.raises(ZeroDivisionError):
        build_that_fails()
    assert texts(output) == OLD
    assert beside(output) == set()


def test_a_failed_check_leaves_the_old_site(output: Path) -> None:
    publish(output, OLD)
    with pytest.raises(PublishingFailedError, match=r"^index\.html: the link 'gone\.html' leads to no file"):
        publish(output, {"index.html": '<a href="gone.html">x</a>'})
    assert texts(output) == OLD
    assert beside(output) == set()


def test_a_stage_that_is_not_promoted_changes_nothing(output: Path) -> None:
    publish(output, OLD)
    with Stage.beside(output, version="2") as stage:
        stage.write("index.html", b"new front")
        assert list(stage.written) == ["index.html"]
    assert texts(output) == OLD


@pytest.mark.parametrize("path", ["", ".", "/a.html", "../a.html", "a/../b.html", "a//b.html", "a\\b", "C:a", "a/"])
def test_a_path_that_is_not_plainly_inside_the_site_is_refused(output: Path, path: str) -> None:
    with Stage.beside(output, version="1") as stage, pytest.raises(ValueError, match="not a new path inside the site"):
        stage.write(path, b"x")


@pytest.mark.parametrize("path", ["manifest.json", "index.html"])
def test_a_path_that_is_taken_is_refused(output: Path, path: str) -> None:
    with Stage.beside(output, version="1") as stage:
        stage.write("index.html", b"x")
        with pytest.raises(ValueError, match="not a new path inside the site"):
            stage.write(path, b"x")


def test_what_the_file_system_refuses_is_told_in_one_sentence(output: Path) -> None:
    name = "a" * 300 + ".html"  # file systems take 255 bytes
    publish(output, OLD)
    with pytest.raises(PublishingFailedError) as refused:
        publish(output, {name: "x"})
    told, _, fix = str(refused.value).partition(f"/site/{name}'); the old site is as it was. ")
    assert told.startswith(f"Output folder '{output}': the site could not be written (File name too long at '")
    assert fix == "Fix: see that the disk has room and that you may write there, or name another with -o."
    assert texts(output) == OLD


# --- what a user keeps in the folder ---


@pytest.mark.parametrize("in_one_step", [True, False])
def test_files_of_the_user_are_kept_with_their_links_times_and_rights(output: Path, *, in_one_step: bool) -> None:
    publish(output, OLD)
    (output / "notes.txt").write_text("call Ann")
    os.utime(output / "notes.txt", (1_000_000, 1_000_000))
    (output / "reps" / "photo.png").write_text("a photo")
    (output / "private").mkdir()
    (output / "private" / "pay.txt").write_text("pay")
    (output / "private").chmod(0o700)
    (output / "empty").mkdir()
    (output / "latest").symlink_to("reps", target_is_directory=True)
    publish(output, NEW, in_one_step=in_one_step)
    kept = {"notes.txt": "call Ann", "reps/photo.png": "a photo", "private/pay.txt": "pay"}
    assert texts(output) == NEW | kept
    assert (output / "notes.txt").stat().st_mtime == 1_000_000
    assert stat.S_IMODE((output / "private").stat().st_mode) == 0o700
    assert (output / "empty").is_dir()
    assert (output / "latest").readlink() == Path("reps")
    publish(output, OLD)
    assert texts(output) == OLD | kept


def test_a_folder_with_only_files_of_the_user_becomes_a_site_around_them(output: Path) -> None:
    output.mkdir()
    (output / "notes.txt").write_text("call Ann")
    publish(output, NEW)
    assert texts(output) == NEW | {"notes.txt": "call Ann"}


def test_a_page_of_ours_that_somebody_changed_is_still_ours(output: Path) -> None:
    publish(output, OLD)
    (output / "index.html").write_text("edited by hand")
    (output / "reps" / "bo.html").write_text("edited by hand")
    publish(output, NEW)
    assert texts(output) == NEW


@pytest.mark.parametrize("path", ["index.html", "manifest.json", "reps", "index.html/x.txt"])
def test_a_file_of_the_user_is_never_overwritten(output: Path, path: str) -> None:
    (output / path).parent.mkdir(parents=True)
    (output / path).write_text('{"name": "my own"}')
    with pytest.raises(PublishingFailedError) as refused:
        publish(output, NEW)
    assert str(refused.value) == (
        f"Output folder '{output}': '{path}' there was not made by this program, and the new site has "
        "something of that name; nothing was changed. Fix: name another folder with -o, or move that away."
    )
    assert texts(output) == ({} if path == "manifest.json" else {path: '{"name": "my own"}'})
    assert (output / path).read_text() == '{"name": "my own"}'


def test_empty_folders_where_ours_will_be_are_not_in_the_way(output: Path) -> None:
    (output / "reps").mkdir(parents=True)
    publish(output, NEW)
    assert texts(output) == NEW


def test_a_file_of_the_users_in_place_of_a_folder_of_ours_is_not_overwritten(output: Path) -> None:
    publish(output, OLD)
    shutil.rmtree(output / "reps")
    (output / "reps").write_text("my own")
    with pytest.raises(PublishingFailedError, match=r"'reps' there was not made by this program.*move that away\."):
        publish(output, NEW)
    assert (output / "reps").read_text() == "my own"


def test_a_folder_of_ours_that_somebody_emptied_is_not_taken_for_the_users(output: Path) -> None:
    publish(output, OLD)
    (output / "reps" / "ann.html").unlink()
    (output / "reps" / "bo.html").unlink()
    publish(output, {"index.html": "new front"})
    assert not (output / "reps").exists()


def test_a_site_keeps_the_rights_of_its_folder(output: Path) -> None:
    publish(output, OLD)
    output.chmod(0o751)
    publish(output, NEW)
    assert stat.S_IMODE(output.stat().st_mode) == 0o751


def test_only_a_manifest_of_ours_is_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"version": "1", "files": {"a.html": "not a digest"}}')
    assert manifest_of(tmp_path) is None
    (tmp_path / "manifest.json").write_text('{"version": "1", "files')
    assert manifest_of(tmp_path) is None


# --- after a kill ---


def test_a_site_that_a_kill_left_aside_is_put_back(output: Path) -> None:
    left_by_a_kill(output, aside=OLD, site=NEW)
    recover(output)
    assert texts(output) == OLD
    assert beside(output) == set()


def test_the_next_build_puts_back_what_a_kill_left_aside_even_if_it_fails_itself(output: Path) -> None:
    left_by_a_kill(output, aside=OLD, site=NEW)
    with pytest.raises(PublishingFailedError, match="missing"), Stage.beside(output, version="2") as stage:
        stage.check(expected=["index.html"])
    assert texts(output) == OLD


def test_a_kill_after_the_second_rename_leaves_the_new_site(output: Path) -> None:
    publish(output, NEW)
    left_by_a_kill(output, aside=OLD)
    recover(output)
    assert texts(output) == NEW
    assert beside(output) == set()


@pytest.mark.parametrize("trees", [{}, {"site": NEW}, {"discarded": NEW}])
def test_what_a_kill_left_of_a_stage_or_of_an_old_site_is_removed(
    output: Path, trees: Mapping[str, Mapping[str, str]]
) -> None:
    publish(output, OLD)
    left_by_a_kill(output, **trees)
    recover(output)
    assert texts(output) == OLD
    assert beside(output) == set()


def test_a_half_removed_old_site_is_not_taken_for_a_site(output: Path) -> None:
    left_by_a_kill(output, discarded={"index.html": "old front"})
    recover(output)
    assert not output.exists()


def test_folders_that_only_look_like_ours_are_left_alone(output: Path) -> None:
    unmarked = output.parent / ".output.staging-holidays"
    (unmarked / "site").mkdir(parents=True)
    (unmarked / "site" / "photo.png").touch()
    other_site = left_by_a_kill(output.parent / "output.staging-x")
    publish(output, NEW)
    assert beside(output) == {unmarked.name, other_site.name}
    assert (unmarked / "site" / "photo.png").exists()


def test_there_is_nothing_to_recover_where_there_never_was_a_site(tmp_path: Path) -> None:
    recover(tmp_path / "reports" / "output")
    assert list(tmp_path.iterdir()) == []


# --- where a site cannot live ---


def refusal(output: Path, *workbooks: Path) -> str:
    with pytest.raises(CannotGoOnError) as refused, Stage.beside(output, version="1", workbooks=workbooks):
        pytest.fail("a stage was opened")
    assert refused.value.exit_code == CannotGoOnError.exit_code
    return str(refused.value).removesuffix("; a site needs a folder of its own. Fix: name another with -o.")


def test_the_root_of_the_file_system_is_no_place_for_a_site() -> None:
    assert refusal(Path("/")) == "Output folder '/': this is the root of the file system"


def test_a_file_is_no_place_for_a_site(output: Path) -> None:
    output.touch()
    assert refusal(output) == f"Output folder '{output}': there is a file of this name"


def test_the_folder_of_the_workbook_is_no_place_for_a_site(output: Path) -> None:
    output.mkdir()
    assert refusal(output, output / "team.xlsx") == f"Output folder '{output}': the workbook 'team.xlsx' lies in it"


def test_the_folder_one_stands_in_is_no_place_for_a_site(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (output / "deeper").mkdir(parents=True)
    monkeypatch.chdir(output / "deeper")
    assert refusal(Path("..")) == "Output folder '..': this is the folder you are in, or one above it"


def test_a_second_build_into_the_same_folder_is_refused_after_its_wait(output: Path) -> None:
    with (
        Stage.beside(output, version="1"),
        pytest.raises(PublishingFailedError) as refused,
        Stage.beside(output, version="1", wait=0.05),
    ):
        pytest.fail("two stages at once")
    assert str(refused.value) == (
        f"Output folder '{output}': another build is writing to it and was not done within 0.05 seconds. "
        "Fix: wait for that build to end, then start yours again."
    )


def test_builds_into_two_folders_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with Stage.beside(tmp_path / "one", version="1", wait=0):
        publish(tmp_path / "two", NEW)
    assert texts(tmp_path / "two") == NEW


def stage_as_nobody(output: Path, results: "multiprocessing.Queue[str]") -> None:
    """Tries to publish without the rights of an administrator, and tells what it was told."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        publish(output, NEW)
    except PublishingFailedError as refused:
        results.put(str(refused))


def test_a_folder_beside_which_one_may_not_write_is_refused() -> None:
    parent = Path(tempfile.mkdtemp())  # not under tmp_path, which other users may not even enter
    parent.chmod(0o555)
    try:
        context = multiprocessing.get_context("spawn")
        results: multiprocessing.Queue[str] = context.Queue()
        process = context.Process(target=stage_as_nobody, args=(parent / "output", results))
        process.start()
        assert results.get(timeout=60) == (
            f"Output folder '{parent / 'output'}': you may not write to '{parent}', where the new site is made beside "
            "the old one. Fix: name another folder with -o, or have that right given to you."
        )
        process.join()
    finally:
        parent.chmod(0o755)
        shutil.rmtree(parent)


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="needs a file system that nobody may write to: Linux's /proc"
)
def test_a_place_that_nobody_can_write_to_is_not_taken_for_a_busy_one() -> None:
    said = r"^Output folder '/proc/site': the site could not be written \("
    with pytest.raises(PublishingFailedError, match=said), Stage.beside(Path("/proc/site"), version="1"):
        pass
