"""Writes docs/templates.md, what every template is given and which blocks it has, from the templates and dataclasses.

Run it after a template's blocks, a page's data or its docstrings changed; a test holds the page to them.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import sys
import typing
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

from milestone_reports.render.formats import Formats
from milestone_reports.render.html import SiteOptions
from milestone_reports.render.look import Brand
from milestone_reports.render.opening import Opener
from milestone_reports.render.pictures import (
    CardPictures,
    Picture,
    PlanPictures,
    TeamPictures,
)
from milestone_reports.render.rejected import Rejected
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.room import CardSetting, TeamSetting
from milestone_reports.render.template_folders import MAIL, TemplateFolders, name_of
from milestone_reports.render.templating import TemplateEntry, catalogue
from milestone_reports.render.theme import Colour, Paint
from milestone_reports.scorecards.pages import DataChecks, Definitions, RepScorecard, Stamp, TeamRollup
from milestone_reports.scorecards.provenance.opened import RepFigures, TeamFigure
from milestone_reports.scorecards.provenance.opportunities import OpportunityBehind
from milestone_reports.scorecards.published_weeks import PublishedWeeks

PAGE = Path(__file__).parents[1] / "docs/templates.md"
OF_A_LINE = re.compile(r"^ {4}(?P<field>\w+):.*?#: (?P<meaning>.+)$", re.MULTILINE)

Variables = Mapping[str, tuple[object, str]]
"""Each with its type and its meaning."""

EVERYWHERE: Variables = {
    "version": (str, "of the program"),
    "brand": (Brand, "the company's name, logo, accent and footer, from `milestone-reports.toml`"),
    "sheets": (tuple[str, ...], "the style sheets to link, under `static/css/`"),
    "most_overdue": (int, "how many overdue opportunities the team's web page lists"),
    "fewest_to_filter": (int, "rows from which on a table can be filtered"),
}
WEB: Variables = {
    "page": (str, "the template's name"),
    "stamp": (Stamp, "whose page it is, of which week, from which file"),
    "site": (SiteOptions, "what else was built, so that a page links only to what is there"),
    "f": (Formats, "text for figures, in the team's locale and currency"),
    "home": (str, "the way to the team's folder, or to the rep's own: empty, or `../`"),
    "top": (str, "the way to the folder of the front page of all teams"),
    "root": (str, "the way to the site's folder, where `static/` lies"),
}
PRINTED: Variables = {
    "stamp": (Stamp, "as on the web"),
    "f": (Formats, "as on the web"),
    "running_left": (str, "the page's title, at the head of each page but the first"),
    "running_right": (str, "the week, there too"),
    "source": (str, "the line at the foot of each page"),
    "opens": (type(None), "nothing: paper has no links"),
}
MARKS: Variables = {
    "paint": (Paint, "gives marks in cells their colours; for `marks`"),
    "paper": (bool, "whether it is printed"),
    **dict.fromkeys(
        ("mark_height", "bar_width", "axis_width", "funnel_width", "funnel_axis_width"),
        (int, "a mark's size: pixels on the screen, points in print"),
    ),
}
MESSAGES: Variables = {
    "version": EVERYWHERE["version"],
    "brand": EVERYWHERE["brand"],
    "colours": (Mapping[str, Colour], "the colours of the look, to write into styles"),
    "subject": (str, "the message's"),
    "f": (Formats, "as on the web"),
}
OF_A_TEAM: Variables = {
    "stamp": (Stamp, "as on the web"),
    "link": (str, "where its page is served; empty where that is not known"),
}
CARD_MESSAGE: Variables = {**OF_A_TEAM, "card": (RepScorecard, "all that is said of the rep")}
TEAM_MESSAGE: Variables = {
    **OF_A_TEAM,
    "rollup": (TeamRollup, "all that is said of the team"),
    "checks": (DataChecks, "every problem"),
    "withheld": (tuple[tuple[str, str], ...], "whose scorecard was not sent, and why"),
}
FAILURES_MESSAGE: Variables = {
    "week": (str, "such as 2026-W47"),
    "failures": (tuple[tuple[str, str, str], ...], "what was not delivered: the name, the address, what happened"),
    "n_more": (int, "how many more there are"),
}
ROLLUP: Variables = {
    "rollup": (TeamRollup, "all that is said of the team"),
    "opens": (Opener, "where a figure's opportunities are shown"),
}
PAGES: Mapping[str, Variables] = {
    "team": {**ROLLUP, "charts": (TeamPictures, "one for each track")},
    "reps": ROLLUP,
    "rep": {
        "card": (RepScorecard, "all that is said of the rep"),
        "charts": (CardPictures, "the card's"),
        "opens": (Opener, "where a figure's opportunities are shown"),
    },
    "changes": ROLLUP,
    "conversion": ROLLUP,
    "pipeline": {**ROLLUP, "charts": (tuple[Picture | None, ...], "one for each track: the backtest")},
    "planning": {**ROLLUP, "charts": (tuple[PlanPictures, ...], "one pair for each track")},
    "marketing": ROLLUP,
    "checks": {"checks": (DataChecks, "every problem")},
    "definitions": {"definitions": (Definitions, "every milestone and figure")},
    "opportunities": {"opportunities": (tuple[OpportunityBehind, ...], "all that was read, in the workbook's order")},
    "rep_figures": {"opened_page": (RepFigures, "the figures of one rep, each with what is behind it")},
    "team_figure": {"opened_page": (TeamFigure, "one figure of the team, with what is behind it")},
    "front": {"rollups": (tuple[TeamRollup, ...], "one for each team")},
    "landing": {},
    "weeks": {"weeks": (PublishedWeeks, "every week that is kept as it was published")},
    "rejected": {
        "rejected": (Rejected, "the file that was not published, and why"),
        "colours": (str, "the style rules of the colours, as the note has no style sheet beside it"),
    },
    "rep_print": {
        "card": (RepScorecard, "all that is said of the rep"),
        "charts": (CardPictures, "the card's, as images"),
        "setting": (CardSetting, "how it is set, so that two pages hold it"),
    },
    "team_print": {
        "rollup": (TeamRollup, "all that is said of the team"),
        "charts": (TeamPictures, "one for each track, as images"),
        "setting": (TeamSetting, "how it is set"),
    },
    "mail/scorecard": CARD_MESSAGE,
    "mail/scorecard.txt": CARD_MESSAGE,
    "mail/team_report": TEAM_MESSAGE,
    "mail/team_report.txt": TEAM_MESSAGE,
    "mail/failures": FAILURES_MESSAGE,
    "mail/failures.txt": FAILURES_MESSAGE,
}
FUNCTIONS = (
    "_", "ngettext", "pgettext", "npgettext", "said", "spoken", "formats_of", "css", "words", "captions",
)  # fmt: skip
OF_NO_TEAM: Mapping[str, Sequence[str]] = {
    "front": ("site", "f", "top", "root"),
    "landing": ("stamp", "site", "f", "root"),
    "rejected": ("f",),
}
"""Pages that are no team's, and which of the web pages' variables they have."""

OPENING = """\
# Templates of your own

Made by `scripts/make_templates_page.py` from the templates and from the dataclasses that they are given.

Pages and PDFs are filled in by [Jinja](https://jinja.palletsprojects.com/en/stable/templates/) templates. A folder of
your own, named by `templates` in `milestone-reports.toml` or by `build --templates`, is looked in first:

- A file of the same name as one of ours takes its place. To change a part only, extend ours under the name
  `original/` and fill the blocks that you want otherwise; what you leave out stays as it is, in later versions too:

  ```jinja
  {% extends "original/rep.html.jinja" %}
  {% block headline %}
  {{ super() }}
  <p class="note-text">Questions: sales-office@example.com</p>
  {% endblock %}
  ```

- `milestone-reports templates list` names all templates and their blocks; `templates export rep -o my-templates` writes
  a copy of one to begin with.
- Files under `static/` are laid over ours: one of the same name takes its place, others are added.
  `static/css/custom.css` is linked last on every web page. The PDFs use `static/css/tokens.css`, `core.css` and
  `page.css`.
- Templates run in Jinja's sandbox: they see what is listed here, and nothing else of the program or the machine; a
  symbolic link that leads out of the folder is refused. What comes from a workbook is escaped. Pages have a content
  security policy: no inline style or script, and nothing is loaded from elsewhere.
- A name that is not there, or a fault in the syntax, ends the build with the file and the line; the old site stays.
- The messages of `send` are under `mail/`, each twice: as HTML, and as plain text in a file that ends in `.txt.jinja`.
  What stands in the style element is put on the elements; [mail.md](mail.md) says what mail programs can show. In the
  plain text nothing is escaped: it is no markup. Each of its lines is folded at 72 characters, and what comes from a
  workbook is one line there.

## What stays and what may change

Until the next major version, the names of templates and blocks, the variables listed here, and the fields of their
dataclasses stay, with the meaning given. New ones may be added. What a block has in it, the macros under `parts/` and
in `marks`, the functions of `words` and `captions`, and the classes in the style sheets may change with any version: a
template that uses them should be looked at after an update. `_` and its like look up the program's own texts; a text of
yours stands as it is.

"""


def page() -> str:
    """The text of the page."""
    parts = [OPENING, *_everywhere(), *_templates(), *_formats(), *_dataclasses()]
    return "\n".join(parts).rstrip() + "\n"


def variables_of(name: str) -> Variables:
    """All variables of the template of a whole page, but for the functions."""
    if name.startswith(MAIL):
        return {**MESSAGES, **PAGES[name]}
    shared = PRINTED if name.endswith("_print") else WEB
    if name in OF_NO_TEAM:
        shared = {variable: WEB[variable] for variable in OF_NO_TEAM[name]}
    marks = {"front": {"paper": MARKS["paper"]}, "rejected": {}}.get(name, MARKS)
    return {**EVERYWHERE, **shared, **marks, **PAGES[name]}


def _everywhere() -> Iterator[str]:
    yield "## What every template is given\n"
    yield from _table("variable", EVERYWHERE)
    yield (
        "Functions: `_`, `ngettext`, `pgettext` and `npgettext` look a text up in the language of the page, "
        'with values by name: `_("{n} of {all}", n=3, all=4)`; `said` does so for a text from the reader; `spoken()` '
        "is the language; `formats_of(stamp)` gives another team's formats; `css` (in print) makes a text a CSS "
        "string. `words` and `captions` hold the functions that word figures. Jinja's own filters are all there are.\n"
    )
    yield "Web pages of a team:\n"
    yield from _table("variable", WEB)
    yield "Printed pages:\n"
    yield from _table("variable", PRINTED)
    yield "Both, for marks in cells:\n"
    yield from _table("variable", MARKS)
    yield "Messages have these, and none of the others:\n"
    yield from _table("variable", MESSAGES)


def _templates() -> Iterator[str]:
    yield "## The templates of whole pages\n"
    entries = {entry.name: entry for entry in catalogue(TemplateFolders(templates_folder()))}
    for name in ("base", "print_base", "mail/base", "mail/base.txt"):
        yield from _template(entries[name], {})
    for name, variables in PAGES.items():
        yield from _template(entries[name], variables)


def _template(entry: TemplateEntry, variables: Variables) -> Iterator[str]:
    also = f", and those of `{name_of(entry.extends)}`" if entry.extends else ""
    yield f"### `{entry.name}`\n"
    yield f"{entry.says}.\n"
    yield f"Blocks: {', '.join(f'`{block}`' for block in entry.blocks)}{also}.\n"
    if variables:
        yield from _table("variable", variables)


def _formats() -> Iterator[str]:
    yield "## `f`, the formats\n"
    yield "| function | what it makes |"
    yield "| --- | --- |"
    for name, function in inspect.getmembers(Formats, inspect.isfunction):
        if not name.startswith("_"):
            names = ", ".join(list(inspect.signature(function).parameters)[1:])
            yield f"| `f.{name}({names})` | {_cell(str(function.__doc__))} |"
    yield ""


def _dataclasses() -> Iterator[str]:
    yield "## The dataclasses\n"
    for kind in sorted(reachable(), key=lambda kind: kind.__name__):
        yield f"### {kind.__name__}\n"
        yield f"{' '.join(str(kind.__doc__).split())}\n"
        meanings = meanings_of(kind)
        yield "| field | type | meaning |"
        yield "| --- | --- | --- |"
        for field, hint in hints_of(kind).items():
            if field in meanings:
                yield f"| `{field}` | {_type(hint)} | {_cell(meanings[field])} |"
        for name, member in inspect.getmembers(kind, lambda member: isinstance(member, property)):
            yield f"| `{name}` | {_type(hints_of(member.fget)['return'])} | {_cell(str(member.__doc__))} |"
        yield ""


@cache
def reachable() -> frozenset[type]:
    """Every dataclass that a template can come to."""
    found: set[type] = set()
    groups = (EVERYWHERE, WEB, PRINTED, MESSAGES, *PAGES.values())
    waiting = [kind for group in groups for kind, _ in group.values()]
    while waiting:
        hint = waiting.pop()
        waiting.extend(typing.get_args(hint))
        if isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint not in found | {Formats}:
            found.add(hint)
            waiting.extend(hints_of(hint).values())
    return frozenset(found)


def hints_of(owner: object) -> dict[str, object]:
    """The types of fields; some modules import theirs for the type checker alone."""
    return typing.get_type_hints(owner, localns={"Mapping": Mapping, "Sequence": Sequence, "date": date})


def meanings_of(kind: type) -> dict[str, str]:
    """What each field of a dataclass means: the docstring below it, or the `#:` comment behind it; empty for none."""
    module = sys.modules[kind.__module__]
    found = _written_meanings(module, kind.__name__)
    return {
        field.name: found.get(field.name, "") for field in dataclasses.fields(kind) if not field.name.startswith("_")
    }


def _written_meanings(module: ModuleType, name: str) -> dict[str, str]:
    source = inspect.getsource(module)
    tree = next(node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == name)
    lines = source.splitlines()[tree.lineno - 1 : tree.end_lineno]
    found = {match["field"]: match["meaning"] for match in OF_A_LINE.finditer("\n".join(lines))}
    for field, after in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(field.target)] = str(after.value.value)
    return found


def _table(kind: str, variables: Variables) -> Iterator[str]:
    yield f"| {kind} | type | meaning |"
    yield "| --- | --- | --- |"
    yield from (f"| `{name}` | {_type(hint)} | {_cell(meaning)} |" for name, (hint, meaning) in variables.items())
    yield ""


def _type(hint: object) -> str:
    """A type as a reader of the page takes it: dataclasses lead to their section."""
    arguments = [argument for argument in typing.get_args(hint) if argument is not Ellipsis]
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        return ", ".join(f"`{argument}`" for argument in arguments)
    if hint is type(None):
        return "none"
    if not arguments:
        name = getattr(hint, "__name__", str(hint))
        return f"[{name}](#{name.lower()})" if hint in reachable() else name
    if origin in {tuple, Sequence}:
        return f"list of {' and '.join(map(_type, arguments))}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"{_type(arguments[1])} by name"
    return " or ".join(map(_type, arguments))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
