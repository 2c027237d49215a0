from __future__ import annotations

import re
from fnmatch import fnmatch
from itertools import takewhile
from pathlib import Path

import click
import pytest

from milestone_reports.build import Request, build
from milestone_reports.cli import EXIT_CODES, main
from milestone_reports.scorecards.compose import team_site
from milestone_reports.workbook.example.kinds import AS_OF
from milestone_reports.workbook.example.write import ExampleKind, write_example
from milestone_reports.workbook.reading.assemble import read_team

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LARGEST_PICTURE = 250_000


def section(heading: str) -> str:
    """What stands below a heading, up to the next one of any level."""
    after = README.partition(f"\n{heading}\n")[2].splitlines()
    return "\n".join(takewhile(lambda line: not line.startswith("#"), after))


def options_of(command: click.Command) -> dict[str, click.Option]:
    """Every spelling of every option of a command."""
    options = [param for param in command.params if isinstance(param, click.Option)]
    return {spelling: option for option in options for spelling in option.opts}


def commands_of(group: click.Group) -> dict[str, click.Command]:
    """Every command by its words; those of a group within it too, in place of the group."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        inner = commands_of(command) if isinstance(command, click.Group) else {"": command}
        found |= {f"{name} {words}".strip(): each for words, each in inner.items()}
    return found


COMMANDS = commands_of(main)


def test_the_first_commands_are_make_demo_and_make_test() -> None:
    assert README.partition("```sh\n")[2].startswith("make demo\nmake test\n```")


def test_the_readme_has_a_section_for_every_command_and_for_no_other() -> None:
    assert set(re.findall(r"^### `([\w ]+)`$", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_commands_table_has_every_option_it_takes_and_no_other(name: str) -> None:
    rows = re.findall(r"^\| (`-.+?`) \|", section(f"### `{name}`"), re.MULTILINE)
    listed = {spelling for row in rows for spelling in re.findall(r"`(-[^`]+)`", row)}
    assert listed == set(options_of(COMMANDS[name]))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_commands_section_names_its_arguments(name: str) -> None:
    context = click.Context(COMMANDS[name])
    arguments = [param for param in COMMANDS[name].params if isinstance(param, click.Argument)]
    shown = " ".join([name, *(argument.make_metavar(context) for argument in arguments)])
    assert f"`milestone-reports {shown.replace('[REP]...', '[REP]')}`" in section(f"### `{name}`")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_an_option_that_takes_one_of_a_few_words_has_them_all_in_its_row(name: str) -> None:
    rows = section(f"### `{name}`").splitlines()
    for spelling, option in options_of(COMMANDS[name]).items():
        if isinstance(option.type, click.Choice):
            row = next(line for line in rows if f"`{spelling}`" in line)
            assert [word for word in option.type.choices if f"`{word}`" not in row] == []


@pytest.mark.parametrize("spelling", ["-h", "--help", "--version"])
def test_the_readme_names_the_options_that_all_commands_share(spelling: str) -> None:
    assert spelling in section("## Commands")


def test_the_exit_codes_are_those_that_help_gives() -> None:
    in_help = dict(re.findall(r"^  (\d)  (.+)$", EXIT_CODES, re.MULTILINE))
    in_readme = dict(re.findall(r"^\| (\d) \| (.+) \|$", section("## Exit codes"), re.MULTILINE))
    assert in_readme == in_help
    assert set(in_help) == {"0", "1", "2", "3", "4"}


def test_what_the_readme_links_to_within_the_project_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    headings = {
        "#" + heading.replace("`", "").lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    }
    assert [target for target in targets if target not in headings and not (ROOT / target).exists()] == []


def test_the_examples_multiplier_is_the_one_in_the_readme(tmp_path: Path) -> None:
    write_example(tmp_path / "team.xlsx", ExampleKind.NEW_BUSINESS)
    reading = read_team(tmp_path / "team.xlsx", None, None, AS_OF)
    multiplier = team_site(reading.team, reading.as_of).rollup.tracks[0].card.multiplier
    words = " ".join(section("## What it is for").split())
    assert f"had {multiplier.sales} sales by the end of {multiplier.counted_to.year}" in words
    assert f"multiplier for {AS_OF.year} is {multiplier.value:.2f}" in words


@pytest.mark.parametrize("name", ["front_page.png", "scorecard.png"])
def test_the_pictures_are_small_pngs(name: str) -> None:
    picture = (ROOT / "docs/images" / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < LARGEST_PICTURE


def test_every_make_target_in_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert named <= targets


def test_the_files_of_a_build_are_those_in_the_readme(tmp_path: Path) -> None:
    workbook, site = tmp_path / "team.xlsx", tmp_path / "output"
    write_example(workbook, ExampleKind.EXISTING_CLIENTS)
    build(Request((workbook,), site, AS_OF, pdf=False, archive=True), lambda _what, _done, _total: None)
    written = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]

    named = re.findall(r"`([^`]+)`", section("## What a build writes").partition("\n\n")[0])
    patterns = [name.replace("<name>", "*") + "*" * name.endswith("/") for name in named]
    assert [path for path in written if not any(fnmatch(path, pattern) for pattern in patterns)] == []
    without_pdfs = [pattern for pattern in patterns if not pattern.endswith(".pdf")]
    assert [pattern for pattern in without_pdfs if not any(fnmatch(path, pattern) for path in written)] == []
