"""Twins that differ in the file: dialects of its XML, writers, text files, other programs' formats."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.table import Table

from milestone_reports.domain.problem import column_letters
from twins.cell_values import DATES
from twins.ooxml import Dialect
from twins.registry import Write, as_xlsx, twin
from twins.sample import Sample


@twin()
def epoch_of_1904(sample: Sample) -> None:
    sample.dialect = Dialect(from_1904=True)


@twin()
def strings_in_their_cells(sample: Sample) -> None:
    sample.dialect = Dialect(strings="inline")


@twin()
def strings_in_runs_with_phonetic_hints(sample: Sample) -> None:
    sample.dialect = Dialect(strings="rich")


@twin()
def elements_with_a_prefix(sample: Sample) -> None:
    sample.dialect = Dialect(prefix="x")


@twin({"hidden_rows": 1})
def elements_with_a_prefix_and_hidden_rows(sample: Sample) -> None:
    sample.dialect = Dialect(prefix="ss", strings="inline")
    sample.opportunities.hidden_rows = (3, 4)


@twin()
def strict_workbook(sample: Sample) -> None:
    sample.dialect = Dialect(is_strict=True)


@twin()
def strict_workbook_with_iso_dates(sample: Sample) -> None:
    sample.dialect = Dialect(is_strict=True, iso_dates=True)


@twin()
def cells_without_references(sample: Sample) -> None:
    sample.dialect = Dialect(has_references=False)


@twin()
def a_huge_dimension(sample: Sample) -> None:
    sample.opportunities.dimension = "A1:XFD1048576"


@twin()
def a_dimension_that_says_too_little(sample: Sample) -> None:
    sample.opportunities.dimension = "A1"


@twin()
def blank_cells_with_formats_far_below_and_beside(sample: Sample) -> None:
    sample.opportunities.blank_to = (1500, 40)


def by_openpyxl(folder: Path, made: Sample) -> Path:
    """Write with the library, the opportunities as an Excel table with a filter, frozen panes and a hidden column."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for page in made.pages:
        sheet = book.create_sheet(page.name)
        for row in page.grid:
            sheet.append(row)
        if page is made.opportunities:
            table = Table(displayName="Pipeline", ref=f"A1:{column_letters(len(page.grid[0]))}{len(page.grid)}")
            sheet.add_table(table)
            sheet.freeze_panes = "C2"
            sheet.column_dimensions["F"].hidden = True
    book.save(folder / "team.xlsx")
    return folder / "team.xlsx"


@twin({"hidden_columns": 1}, write=by_openpyxl)
def an_excel_table_with_a_filter_frozen_panes_and_a_hidden_column(sample: Sample) -> None:
    """Nothing changes but the writer."""


def as_text(delimiter: str, encoding: str, *, first_line: str = "") -> Write:
    """Write the opportunities as a text file, the other sheets as a companion."""

    def write(folder: Path, made: Sample) -> Path:
        text = io.StringIO()
        text.write(first_line)
        csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(made.grid)
        (folder / "team.csv").write_bytes(text.getvalue().encode(encoding))
        made.opportunities.name = "team"
        return folder / "team.csv"

    return write


def beside_a_companion(sample: Sample) -> None:
    sample.companion = [page for page in sample.pages if page is not sample.opportunities]


@twin(write=as_text(",", "utf-8"))
def text_with_commas(sample: Sample) -> None:
    beside_a_companion(sample)


@twin({"date_as_text": 1}, write=as_text(";", "utf-8-sig"))
def text_with_semicolons_and_german_dates(sample: Sample) -> None:
    beside_a_companion(sample)
    sample.change(DATES, lambda day: f"{day:%d.%m.%Y}")


@twin(write=as_text("\t", "utf-16"))
def text_with_tabs_as_excel_writes_unicode(sample: Sample) -> None:
    beside_a_companion(sample)


@twin(write=as_text(";", "cp1252", first_line="sep=;\r\n"))
def text_in_the_windows_encoding_that_names_its_delimiter(sample: Sample) -> None:
    beside_a_companion(sample)
    sample.change(["Value"], lambda value: f"{value},00")


def by_libreoffice(kind: str) -> Write:
    """Write through LibreOffice, which saves the workbook in its own way."""

    def write(folder: Path, made: Sample) -> Path:
        plain = as_xlsx(folder, made)
        office = folder / "office"
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(office), str(plain)], check=True, capture_output=True, timeout=120)
        return office / f"team.{kind}"

    return write


@twin(write=by_libreoffice("xlsx"), is_system=True)
def saved_by_libreoffice(sample: Sample) -> None:
    """Nothing changes but the writer."""


@twin(write=by_libreoffice("ods"), is_system=True)
def an_open_document(sample: Sample) -> None:
    """Nothing changes but the format."""


@twin(write=by_libreoffice("xls"), is_system=True)
def an_excel_workbook_of_before_2007(sample: Sample) -> None:
    """Nothing changes but the format."""
