"""The marked copy: what is added, what is kept, what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.workbook.marking.cells import FILLS
from milestone_reports.workbook.marking.copy import Marked, write_marked_copy
from workbooks import DrawnWorkbook, read

TEAM = """
    [Opportunities]
    Opportunity | Account    | Rep       | Value | Kickoff    | Contract
    Alpha       | Acme       | Dana Ruiz | 50000 | '31.2.2026 | 2026-11-16
    Beta        | Brightwell | Lee Wong  | lots  | 2026-11-10 |
    [Milestones]
    Milestone
    Kickoff
    Contract
    [Settings]
    Setting | Value
    Colour  | green
    As of   | 2026-11-18
"""
HEADER_ROW = 4


def problem(level: Level, sheet: str = "Opportunities", row: int = 2, column: int = 5, found: str = "'x'") -> Problem:
    return Problem(level, "rule", CellRef(sheet, row, column), found, "a date was expected", "Left out", "type it")


def mark(path: Path, *problems: Problem, name: str = "copy.xlsx") -> tuple[Path, Marked]:
    """The marked copy of a workbook; of these problems, or else of its own."""
    copy = path.parent / name
    return copy, write_marked_copy(path, copy, problems or read(path).team.problems)


def rows_of(page: Worksheet) -> list[tuple[object, ...]]:
    return [row for row in page.iter_rows(min_row=HEADER_ROW, values_only=True) if any(row)]


def colour(path: Path, sheet: str, cell: str) -> str | None:
    fill = load_workbook(path)[sheet][cell].fill
    return str(fill.start_color.rgb)[2:] if fill.fill_type else None


def shade(level: Level) -> str:
    return str(FILLS[level].start_color.rgb)[2:]


# --- what is added ---


def test_each_cell_with_a_problem_is_coloured_by_its_level(workbook: DrawnWorkbook) -> None:
    copy, _ = mark(workbook(TEAM))
    assert colour(copy, "Opportunities", "E2") == shade(Level.ERROR)
    assert colour(copy, "Settings", "A2") == shade(Level.WARNING)
    assert colour(copy, "Opportunities", "A2") is None
    assert len({shade(level) for level in Level}) == 3


def test_the_worst_problem_of_a_cell_gives_its_colour(workbook: DrawnWorkbook) -> None:
    copy, _ = mark(workbook(TEAM), problem(Level.NOTE), problem(Level.ERROR), problem(Level.WARNING))
    assert colour(copy, "Opportunities", "E2") == shade(Level.ERROR)


def test_a_comment_says_what_was_found_expected_and_done_and_how_to_mend_it(workbook: DrawnWorkbook) -> None:
    copy, _ = mark(workbook(TEAM))
    comment = load_workbook(copy)["Opportunities"]["E2"].comment
    assert comment is not None
    assert comment.author == "milestone-reports"
    assert comment.text == (
        "Error: '31.2.2026' in Kickoff; a date was expected.\n"
        "Left out; Kickoff counts as not completed.\n"
        "Fix: type a date such as 2026-11-16."
    )


def test_a_comment_that_is_there_is_kept_and_the_problem_stands_below_it(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    book = load_workbook(path)
    book["Opportunities"]["E2"].comment = Comment("Ask Dana.", "Kim")
    book.save(path)
    copy, _ = mark(path, problem(Level.NOTE))
    comment = load_workbook(copy)["Opportunities"]["E2"].comment
    assert comment is not None
    assert (comment.author, comment.text) == (
        "Kim",
        "Ask Dana.\n\nmilestone-reports:\nNote: 'x'; a date was expected.\nLeft out.\nFix: type it.",
    )


def test_a_problem_of_a_row_marks_its_first_filled_cell_and_one_of_a_sheet_its_first_cell(
    workbook: DrawnWorkbook,
) -> None:
    path = workbook("[Opportunities]\nOpportunity | Rep | Kickoff\n | Dana Ruiz | 2026-11-09")
    copy, marked = mark(path, problem(Level.NOTE, column=0), problem(Level.ERROR, row=0, column=0))
    assert colour(copy, "Opportunities", "B2") == shade(Level.NOTE)
    assert colour(copy, "Opportunities", "A1") == shade(Level.ERROR)
    assert marked.n_cells == 2


def test_a_problem_under_a_merged_cell_marks_the_one_that_shows(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    book = load_workbook(path)
    book["Opportunities"].merge_cells("B2:B3")
    book.save(path)
    copy, _ = mark(path, problem(Level.ERROR, row=3, column=2))
    assert colour(copy, "Opportunities", "B2") == shade(Level.ERROR)


def test_letters_on_a_ground_of_their_own_stay_legible(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    book = load_workbook(path)
    header = book["Opportunities"]["A1"]
    header.fill, header.font = PatternFill("solid", "1A4D7B"), Font(color="FFFFFF", bold=True)
    book.save(path)
    copy, _ = mark(path, problem(Level.NOTE, row=1, column=1))
    font = load_workbook(copy)["Opportunities"]["A1"].font
    assert font.color is not None
    assert (font.color.rgb, font.bold) == ("FF161B20", True)


def test_the_problems_sheet_stands_in_front_and_lists_every_problem_errors_first(workbook: DrawnWorkbook) -> None:
    copy, marked = mark(workbook(TEAM))
    book = load_workbook(copy)
    assert book.sheetnames == ["Problems", "Opportunities", "Milestones", "Settings"]
    assert book.active is book["Problems"]
    page = book["Problems"]
    header, *rows = rows_of(page)
    assert header == (
        "Level", "Cell", "Row", "What was found", "What was expected", "What was done", "How to mend it", "Concerns",
    )  # fmt: skip
    assert rows[1] == (
        "Error", "Opportunities!D3", "Brightwell, Beta", "'lots' in Value", "A number was expected",
        "Left out; the value is unknown", "Type the number alone", "Lee Wong",
    )  # fmt: skip
    assert [row[0] for row in rows] == ["Error", "Error", "Warning", "Warning"]
    assert len(rows) == marked.n_problems
    assert page["A1"].value == "Problems in team.xlsx: 2 errors, 2 warnings"
    assert page.auto_filter.ref == f"A4:H{4 + len(rows)}"
    assert page.freeze_panes == "A5"


def test_a_row_of_the_problems_sheet_links_to_its_cell(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM.replace("[Settings]", "[Time off]"))
    copy, _ = mark(path, problem(Level.ERROR), problem(Level.NOTE, sheet="Time off", row=3, column=2))
    page = load_workbook(copy)["Problems"]
    links = [page.cell(row, 2).hyperlink for row in (HEADER_ROW + 1, HEADER_ROW + 2)]
    assert [link.location for link in links if link] == ["'Opportunities'!E2", "'Time off'!B3"]


def test_a_problem_of_the_companion_or_of_the_whole_workbook_is_listed_without_a_mark(workbook: DrawnWorkbook) -> None:
    whole = Problem(Level.WARNING, "rule", None, "nothing new", "", "Used", "look")
    copy, marked = mark(workbook(TEAM), problem(Level.NOTE, sheet="rules.xlsx › Reps"), whole)
    rows = rows_of(load_workbook(copy)["Problems"])[1:]
    assert [row[1] for row in rows] == ["The workbook", "Rules.xlsx › Reps!E2"]
    assert (marked.n_cells, marked.n_without_cell) == (0, 2)


def test_a_sheet_named_problems_keeps_its_name_and_ours_takes_another(workbook: DrawnWorkbook) -> None:
    copy, _ = mark(workbook(TEAM + "[problems]\nmine"))
    assert load_workbook(copy).sheetnames[0] == "Problems 2"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")'])
def test_nothing_from_the_workbook_becomes_a_formula(workbook: DrawnWorkbook, text: str) -> None:
    copy, _ = mark(workbook(TEAM), problem(Level.ERROR, found=text))
    cell = load_workbook(copy)["Problems"].cell(HEADER_ROW + 1, 4)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


# --- what is kept ---


def rich_workbook(path: Path) -> Path:
    """A workbook with most of what a manager may have put into one."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Opportunities"
    for row in (("Opportunity", "Rep", "Value", "Kickoff", "Twice"), ("Alpha", "Dana", 50, date(2026, 11, 9), "=C2*2")):
        page.append(row)
    page["C2"].number_format, page["A2"].fill = '"£"#,##0', PatternFill("solid", "FFEE00")
    page["B2"].hyperlink, page["A1"].comment = "https://example.org/dana", Comment("Ours", "Kim")
    page.column_dimensions["A"].width, page.column_dimensions["C"].hidden = 33, True
    page.merge_cells("G1:H1")
    page.freeze_panes = "B2"
    choice = DataValidation("list", formula1='"Dana,Lee"')
    choice.add("B2:B9")
    page.add_data_validation(choice)
    page.conditional_formatting.add("C2:C9", Rule("duplicateValues", dxf=DifferentialStyle(font=Font(bold=True))))
    page.add_table(Table(displayName="Deals", ref="A1:E2"))
    chart = BarChart()
    chart.add_data(Reference(page, 3, 2, 3, 2))
    page.add_chart(chart, "J2")
    picture = BytesIO()
    Picture.new("RGB", (4, 4), "red").save(picture, "PNG")
    page.add_image(Image(picture), "J20")
    book.defined_names["Reps"] = DefinedName("Reps", attr_text="Opportunities!$B$2:$B$9")
    book.create_sheet("Secret").sheet_state = "hidden"
    book.save(path)
    return path


def test_formats_formulas_and_the_rest_of_the_workbook_are_kept(tmp_path: Path) -> None:
    copy, marked = mark(rich_workbook(tmp_path / "team.xlsx"), problem(Level.ERROR, row=2, column=4))
    book = load_workbook(copy)
    page = book["Opportunities"]
    assert (page["E2"].value, page["C2"].number_format, page["D2"].number_format) == ("=C2*2", '"£"#,##0', "yyyy-mm-dd")
    assert page["A2"].fill.start_color.rgb == "00FFEE00"
    assert page["B2"].hyperlink is not None
    assert page["B2"].hyperlink.target == "https://example.org/dana"
    assert page["A1"].comment is not None
    assert page["A1"].comment.text == "Ours"
    assert (page.column_dimensions["A"].width, page.column_dimensions["C"].hidden) == (33, True)
    assert [str(merged) for merged in page.merged_cells.ranges] == ["G1:H1"]
    assert page.freeze_panes == "B2"
    assert [rule.formula1 for rule in page.data_validations.dataValidation] == ['"Dana,Lee"']
    assert [str(cells.sqref) for cells in page.conditional_formatting] == ["C2:C9"]
    assert list(page.tables) == ["Deals"]
    assert "Reps" in book.defined_names
    assert book["Secret"].sheet_state == "hidden"
    parts = zipfile.ZipFile(copy).namelist()
    assert [name for name in parts if "chart1" in name or "image1" in name] == [
        "xl/media/image1.png",
        "xl/charts/chart1.xml",
    ]
    assert marked.not_copied == ()


def test_the_workbook_itself_is_not_touched(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    before = path.read_bytes()
    mark(path)
    assert path.read_bytes() == before


def test_the_same_workbook_gives_the_same_copy_to_the_byte(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path / "team.xlsx")
    first, _ = mark(path, problem(Level.ERROR))
    second, _ = mark(path, problem(Level.ERROR), name="again.xlsx")
    assert first.read_bytes() == second.read_bytes()


def with_part(path: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> Path:
    """The workbook with its parts changed and others added (`_` in a name stands for `/`)."""
    with zipfile.ZipFile(path) as source:
        parts = {name: change(name, source.read(name)) for name in source.namelist()}
    with zipfile.ZipFile(path, "w") as target:
        for name, content in (parts | added).items():
            target.writestr(name, content)
    return path


def test_what_the_copy_lacks_is_said_in_it_and_to_whoever_asked(workbook: DrawnWorkbook) -> None:
    sparkline = b'<extLst><ext uri="x"><x14:sparkline xmlns:x14="urn:x"/></ext></extLst></worksheet>'
    path = with_part(
        workbook(TEAM),
        lambda name, content: content.replace(b"</worksheet>", sparkline) if name.endswith("sheet1.xml") else content,
        **{"xl/slicers/slicer1.xml": b"<slicers/>"},
    )
    copy, marked = mark(path)
    assert marked.not_copied == ("sparklines", "slicers")
    said = load_workbook(copy)["Problems"]["A3"].value
    assert said == "Not in this copy, but still in team.xlsx: sparklines, slicers."


def macro_workbook(path: Path) -> Path:
    """The workbook with macros in it; what they do is nobody's business here."""
    plain, with_macros = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"

    def change(name: str, content: bytes) -> bytes:
        if name != "[Content_Types].xml":
            return content
        content = content.replace(
            b"application/vnd.openxmlformats-officedocument." + plain, b"application/vnd." + with_macros
        )
        part = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
        return content.replace(b"</Types>", part)

    return with_part(path, change, **{"xl/vbaProject.bin": b"macros"})


def test_macros_are_kept_in_a_copy_with_the_ending_that_lets_them_run(workbook: DrawnWorkbook) -> None:
    path = macro_workbook(workbook(TEAM, "team.xlsm"))
    copy, marked = mark(path, problem(Level.ERROR), name="copy.xlsm")
    with zipfile.ZipFile(copy) as package:
        assert package.read("xl/vbaProject.bin") == b"macros"
        assert b"macroEnabled" in package.read("[Content_Types].xml")
    assert marked.not_copied == ()
    assert colour(copy, "Opportunities", "E2") == shade(Level.ERROR)


# --- what is refused ---


def refusal(path: Path, name: str = "copy.xlsx") -> str:
    with pytest.raises(CannotGoOnError) as raised:
        mark(path, problem(Level.ERROR), name=name)
    return str(raised.value)


def test_a_file_that_is_there_is_never_overwritten(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    taken = path.with_name("copy.xlsx")
    taken.write_bytes(b"mine")
    assert refusal(path) == (
        f"{taken}: a file of this name is there already; nothing was written. "
        f"Fix: name another file, for example {taken.with_name('copy-2.xlsx')}."
    )
    assert taken.read_bytes() == b"mine"


def test_the_workbook_is_never_written_onto_itself(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    before = path.read_bytes()
    assert "a file of this name is there already; nothing was written" in refusal(path, "team.xlsx")
    assert path.read_bytes() == before


def test_a_name_that_excel_would_not_open_is_refused(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    copy = path.with_name("copy.txt")
    assert refusal(path, "copy.txt") == (
        f"{copy}: the name does not end in .xlsx; nothing was written. Fix: name it {copy.with_suffix('.xlsx')}."
    )


def test_a_workbook_with_macros_asks_for_the_ending_of_one(workbook: DrawnWorkbook) -> None:
    path = macro_workbook(workbook(TEAM, "team.xlsm"))
    copy = path.with_name("copy.xlsx")
    assert refusal(path) == (
        f"{copy}: the name does not end in .xlsm, since the workbook has macros; nothing was written. "
        f"Fix: name it {copy.with_suffix('.xlsm')}."
    )


REMEDY = (
    ", of which no marked copy can be made; an Excel workbook (.xlsx or .xlsm) was expected. "
    "Fix: open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx) and mark that."
)


def test_a_table_in_a_text_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    path.write_text("Opportunity,Rep,Kickoff\nAlpha,Dana,2026-11-09\n", encoding="utf-8")
    assert refusal(path) == f"team.csv: a table in a text file{REMEDY}"


def test_a_strict_workbook_is_refused_with_what_to_do(workbook: DrawnWorkbook) -> None:
    main, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    path = with_part(workbook(TEAM), lambda _name, content: content.replace(main, strict))
    assert refusal(path) == f"team.xlsx: a Strict Open XML workbook{REMEDY}"


def test_a_workbook_with_something_unknown_in_it_is_refused_with_what_to_do(workbook: DrawnWorkbook) -> None:
    path = with_part(
        workbook(TEAM), lambda name, content: content.replace(b"<fills", b"<fillz") if "styles" in name else content
    )
    assert refusal(path) == f"team.xlsx: a workbook with something in it that is not known{REMEDY}"
    assert not path.with_name("copy.xlsx").exists()


def test_a_folder_that_is_not_there_is_said(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    copy = path.parent / "nowhere" / "copy.xlsx"
    assert refusal(path, "nowhere/copy.xlsx") == (
        f"{copy}: no such file or directory; nothing was written. "
        "Fix: name a file in a folder that is there and may be written to."
    )
