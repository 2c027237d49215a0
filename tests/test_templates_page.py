from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from runpy import run_path
from typing import Any, get_args, get_origin

import pytest
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.runtime import Context

from milestone_reports.build import Request, build
from milestone_reports.recall import read_told
from milestone_reports.render.html import Pages
from milestone_reports.render.mail import Mails
from milestone_reports.render.rejected import Rejected, RejectedLine
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.template_folders import name_of
from milestone_reports.render.templating import Templating
from milestone_reports.scorecards.compose import team_site
from milestone_reports.workbook.example.kinds import AS_OF
from workbooks import write_workbook

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
SCRIPT = run_path(str(ROOT / "scripts/make_templates_page.py"))

TEAM = """
    [Opportunities]
    Opportunity | Account    | Rep       | Value | Kickoff    | Contract
    Alpha       | Acme       | Dana Ruiz | 50000 | 2026-11-09 | 2026-11-16
    Beta        | Brightwell | Lee Wong  | 40000 | 2026-11-10 |
    Gamma       | Cole       | Lee Wong  | 30000 | 2026-08-10 | 2026-09-01
    [Milestones]
    Milestone
    Kickoff
    Contract
    [Reps]
    Rep       | Annual target | Average contract
    Dana Ruiz | 600000        | 50000
    [Settings]
    Setting | Value
    Team    | {}
"""

Used = Mapping[str, Mapping[str, object]]
"""By page: the names that its templates take from what they are given, each with its value."""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Used:
    """What the templates of a whole site with two teams look up while it is built."""
    folder = tmp_path_factory.mktemp("used")
    workbooks = (folder / "north.xlsx", folder / "south.xlsx")
    for workbook in workbooks:
        write_workbook(workbook, TEAM.format(workbook.stem))
    found: dict[str, dict[str, object]] = {}
    with pytest.MonkeyPatch.context() as patch:
        record(patch, found)
        request = Request(workbooks, folder / "site", AS_OF, data=False, archive=True, audience="all")
        build(request, lambda _what, _done, _total: None)
        wrong = RejectedLine("Reps!B2", "Dana Ruiz", "a text", "a number was expected", "type a number")
        note = Rejected(
            "north.xlsx", datetime(2026, 11, 24, 6, tzinfo=UTC), (wrong,), 1, "north marked.xlsx", "north%20marked.xlsx"
        )
        Pages(templates_folder(), "1.0").rejected(note)
        send_all(workbooks[0])
    return found


def send_all(workbook: Path) -> None:
    """Fill every message, each once."""
    reading, _ = read_told(workbook, None, AS_OF, AS_OF)
    site, mails = team_site(reading.team, reading.as_of), Mails(templates_folder(), "1.0")
    mails.scorecard(site.reps[0], "https://reports.example.com/")
    mails.team_report(site, [("Lee Wong", "No address.")], "https://reports.example.com/")
    mails.failures("2026-W47", [("Lee Wong", "lee@example.com", "The server refused the address.")])


def record(patch: pytest.MonkeyPatch, found: dict[str, dict[str, object]]) -> None:
    """Keep what is looked up from now on, by the page that is being filled."""
    fill, resolve = Templating.filled, Context.resolve_or_missing
    filling, given = "", frozenset[str]()

    def filled(self: Templating, path: str, said: Mapping[str, object]) -> str:
        nonlocal filling, given
        filling, given = name_of(path), frozenset(said) | frozenset(self.environment.globals)
        return fill(self, path, said)

    def resolved(self: Context, name: str) -> Any:  # noqa: ANN401  a context holds anything
        value = resolve(self, name)
        if name in given and name not in self.vars:
            found.setdefault(filling, {})[name] = value
        return value

    patch.setattr(Templating, "filled", filled)
    patch.setattr(Context, "resolve_or_missing", resolved)


def test_the_page_is_made_from_the_templates_and_dataclasses_as_they_are() -> None:
    made: str = SCRIPT["page"]()
    assert made == PAGE


def test_every_field_that_a_template_can_come_to_has_a_meaning() -> None:
    without = [
        f"{kind.__name__}.{field}"
        for kind in SCRIPT["reachable"]()
        for field, meaning in SCRIPT["meanings_of"](kind).items()
        if not meaning
    ]
    assert without == []


def test_every_page_has_its_variables_listed(used: Used) -> None:
    assert set(used) == set(SCRIPT["PAGES"])


def test_templates_use_no_name_that_is_not_listed(used: Used) -> None:
    functions = {*SCRIPT["FUNCTIONS"], *DEFAULT_NAMESPACE}
    unlisted = {
        f"{page}: {name}"
        for page, names in used.items()
        for name in names
        if name not in functions | set(SCRIPT["variables_of"](page))
    }
    assert unlisted == set()


def test_each_name_has_a_value_of_the_type_that_is_listed(used: Used) -> None:
    others = {
        f"{page}: {name} is {type(value).__name__}"
        for page, names in used.items()
        for name, value in names.items()
        if name in SCRIPT["variables_of"](page) and not is_a(value, SCRIPT["variables_of"](page)[name][0])
    }
    assert others == set()


def is_a(value: object, hint: object) -> bool:
    """Whether a value is of the listed type; of a list, each of its entries."""
    origin = get_origin(hint)
    if origin is Mapping:
        return isinstance(value, Mapping) and all(is_a(entry, get_args(hint)[1]) for entry in value.values())
    if origin is tuple:
        return isinstance(value, tuple | list) and all(is_a(entry, get_args(hint)[0]) for entry in value)
    if origin is not None:
        return any(is_a(value, one) for one in get_args(hint))
    return isinstance(value, hint) if isinstance(hint, type) else False


@pytest.mark.parametrize("name", sorted(SCRIPT["FUNCTIONS"]))
def test_every_function_is_named_in_the_text(name: str) -> None:
    assert f"`{name}" in PAGE.partition("## The templates of whole pages")[0]
