"""One small table in every format, and every spelling of a text file: the same team."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from packages import MAIN, RELATIONSHIPS, cells, parts, sheet, zipped

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Team
from workbooks import DrawnWorkbook, read, sentences

TABLE = """
    [Opportunities]
    Opportunity | Rep       | Value   | Kickoff    | Contract   | Notes
    Alpha       | Dana Ruiz | 50000   | 2026-11-03 | 2026-11-16 | first
    Beta        | Lee Wöng  | 40000.5 | 2026-11-04 |            | second
"""
CSV = (
    "Opportunity,Rep,Value,Kickoff,Contract,Notes\n"
    "Alpha,Dana Ruiz,50000,2026-11-03,2026-11-16,first\n"
    "Beta,Lee Wöng,40000.5,2026-11-04,,second\n"
)
EUROPEAN = CSV.replace(",", ";").replace("40000.5", "40.000,50")
QUOTED = CSV.replace("second", '"second,\nand ""last"""')


def team_of(path: Path) -> Team:
    """The team, but for what tells of the file itself."""
    team = read(path).team
    return replace(team, source=replace(team.source, name="", saved_at=None))


@pytest.fixture
def expected(workbook: DrawnWorkbook) -> Team:
    """The table's team as read from an .xlsx that openpyxl wrote."""
    team = team_of(workbook(TABLE, "Opportunities.xlsx"))
    assert [(o.name, o.rep, o.value) for o in team.opportunities] == [
        ("Alpha", "Dana Ruiz", 50000),
        ("Beta", "Lee Wöng", 40000.5),
    ]
    return team


@pytest.mark.system
@pytest.mark.parametrize(
    "file_format", ["xls", "ods", "xlsx:Calc MS Excel 2007 XML", "xlsx:Calc Office Open XML", "xlsm", "csv"]
)
def test_what_libreoffice_saves_is_read_as_the_same_team(
    workbook: DrawnWorkbook, tmp_path: Path, expected: Team, file_format: str
) -> None:
    folder = tmp_path / "saved"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/office",
            "--headless",
            "--convert-to",
            file_format,
            "--outdir",
            folder,
            workbook(TABLE, "Opportunities.xlsx"),
        ],
        check=True,
        capture_output=True,
    )
    (saved,) = folder.iterdir()
    assert team_of(saved) == expected


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.encode("utf-16-le"),
        CSV.encode("utf-16-be"),
        CSV.encode("latin-1"),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace("\n", "\r").encode(),
        CSV.replace(",", "\t").encode(),
        CSV.replace(",", "|").encode(),
        EUROPEAN.encode(),
        EUROPEAN.encode("cp1252"),
    ],
    ids=[
        "utf-8",
        "mark",
        "wide",
        "wide le",
        "wide be",
        "latin-1",
        "Windows",
        "old Mac",
        "tabs",
        "bars",
        "semicolons",
        "both",
    ],
)
def test_a_text_file_is_read_whatever_its_encoding_and_delimiter(
    tmp_path: Path, expected: Team, content: bytes
) -> None:
    path = tmp_path / "Opportunities.csv"
    path.write_bytes(content)
    assert team_of(path) == expected


def test_excels_own_line_names_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "Opportunities.csv"
    path.write_text("sep=|\n" + CSV.replace(",", "|").replace("first", "one, two; three, four"), encoding="utf-8")
    alpha, _ = read(path).team.opportunities
    assert (alpha.name, alpha.value, alpha.rep) == ("Alpha", 50000, "Dana Ruiz")


def test_a_quoted_cell_may_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "Opportunities.csv"
    path.write_text(QUOTED + CSV.splitlines()[1].replace("Alpha", "Gamma") + "\n", encoding="utf-8")
    assert [o.name for o in read(path).team.opportunities] == ["Alpha", "Beta", "Gamma"]


def test_rows_of_a_text_file_may_be_of_unlike_lengths(tmp_path: Path) -> None:
    path = tmp_path / "Opportunities.csv"
    path.write_text(CSV.replace(",,second", "").replace("first", "first,and,more"), encoding="utf-8")
    assert [o.name for o in read(path).team.opportunities] == ["Alpha", "Beta"]


def test_a_text_file_of_more_cells_than_can_be_held_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    path.write_text("," * 1000 + "\n" + "a\n" * 9000, encoding="utf-8")
    with pytest.raises(CannotGoOnError) as refused:
        read(path)
    assert str(refused.value) == (
        "team.csv: more than 8 million cells between its first and its last. "
        "Fix: delete the rows and columns beyond the table, then save it."
    )


# --- spellings of a sheet's XML ---

HEAD = ("Opportunity", "Rep", "Kickoff", "Contract")
LAST = '<c r="D2" t="inlineStr"><is><t>2026-11-16</t></is></c>'
SIMPLE = cells([HEAD, ("Alpha", "Dana Ruiz", "2026-11-03", "2026-11-16")])


def completed(opportunity: Opportunity) -> list[str]:
    return [str(entry.completed_on) for entry in opportunity.entries]


def prefixed(xml: str) -> str:
    """The sheet with a prefix before each of its names."""
    return re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")


@pytest.mark.parametrize(
    "text",
    [
        sheet(SIMPLE),
        prefixed(sheet(SIMPLE)),
        sheet(SIMPLE.replace('"', "'")),
        sheet(SIMPLE).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        sheet(SIMPLE.replace("Alpha", "<![CDATA[Alpha]]>")),
        sheet(SIMPLE.replace("<row", "<!-- a note --><row")),
        sheet(SIMPLE, before='<dimension ref="A1:XFD1048576"/>'),
        sheet(SIMPLE, after='<mergeCells count="1"><mergeCell ref="F1:XFD1048576"/></mergeCells>'),
        sheet(SIMPLE, after="<mergeCells>" + '<mergeCell ref="F1:F1048576"/>' * 100_000 + "</mergeCells>"),
        sheet(SIMPLE, before='<cols><col min="6" max="16384" hidden="true"/></cols>'),
        sheet(SIMPLE, before="<cols>" + '<col min="6" max="16384" hidden="1"/>' * 100_000 + "</cols>"),
        sheet(SIMPLE + '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'),
        sheet(SIMPLE.replace(' r="A1"', "").replace(' r="B1"', "").replace(' r="C1"', "").replace(' r="D1"', "")),
        sheet(SIMPLE.replace(LAST, '<c r="D2" t="str"><f>A1</f><v>2026-11-16</v></c>')),
        sheet(SIMPLE.replace(LAST, '<c r="D2" t="str"><f t="shared" ref="D2:D9" si="0">A1</f><v>2026-11-16</v></c>')),
    ],
    ids=[
        "plain",
        "prefixed",
        "single quotes",
        "strict",
        "literal text",
        "comments",
        "huge dimension",
        "merged to the end",
        "merged over each other",
        "hidden to the end",
        "hidden over each other",
        "formatted to the end",
        "no references",
        "formula",
        "shared formula",
    ],
)
def test_a_sheet_is_read_however_its_xml_is_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "team.xlsx"
    path.write_bytes(zipped(parts(text)))
    (alpha,) = read(path).team.opportunities
    assert (alpha.name, alpha.rep, completed(alpha)) == ("Alpha", "Dana Ruiz", ["2026-11-03", "2026-11-16"])


def test_cells_at_the_far_end_of_a_sheet_are_read_where_they_stand(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Omega</t></is></c><c r="XFD1048576"><v>1</v></c></row>'
    path = tmp_path / "team.xlsx"
    path.write_bytes(zipped(parts(sheet(SIMPLE + far))))
    reading = read(path)
    assert [o.name for o in reading.team.opportunities] == ["Alpha"]
    assert any("Opportunities!B1048576 (Omega): no name in Rep" in told for told in sentences(reading))


def test_a_part_that_the_list_of_sheets_names_outside_the_package_is_not_read(tmp_path: Path) -> None:
    contents = parts(sheet(SIMPLE))
    contents["xl/_rels/workbook.xml.rels"] = str(contents["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/sheet1.xml", "../../../../etc/passwd"
    )
    path = tmp_path / "team.xlsx"
    path.write_bytes(zipped(contents))
    with pytest.raises(CannotGoOnError, match="a workbook that is damaged"):
        read(path)


def test_relations_that_lead_back_to_themselves_do_not_hold_up_the_reading(tmp_path: Path) -> None:
    related = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIPS}/worksheet" Target="sheet1.xml"/></Relationships>'
    )
    path = tmp_path / "team.xlsx"
    path.write_bytes(zipped(parts(sheet(SIMPLE)) | {"xl/worksheets/_rels/sheet1.xml.rels": related}))
    assert [o.name for o in read(path).team.opportunities] == ["Alpha"]


def test_the_epoch_of_1904_is_read(tmp_path: Path) -> None:
    """46,329 days after 1904-01-01 less the 1,462 days between the epochs: 44,867 is 2026-11-03."""
    rows = cells([HEAD, ("Alpha", "Dana Ruiz", 44867, 44880)])
    contents = parts(sheet(rows.replace('<c r="C2"', '<c r="C2" s="1"').replace('<c r="D2"', '<c r="D2" s="1"')))
    contents["xl/workbook.xml"] = str(contents["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    contents["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    path = tmp_path / "team.xlsx"
    path.write_bytes(zipped(contents))
    (alpha,) = read(path).team.opportunities
    assert completed(alpha) == ["2026-11-03", "2026-11-16"]


def test_an_error_cell_among_the_headers_names_no_milestone(workbook: DrawnWorkbook) -> None:
    path = workbook("""
        [Opportunities]
        Opportunity | Rep       | Kickoff    | #REF!
        Alpha       | Dana Ruiz | 2026-11-03 | 2026-11-16
        [Milestones]
        Milestone
        Kickoff
    """)
    (alpha,) = read(path).team.opportunities
    assert completed(alpha) == ["2026-11-03"]
