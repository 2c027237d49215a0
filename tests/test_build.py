"""A whole build, from a workbook file to the site on disk."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from milestone_reports.build import Request, build
from milestone_reports.domain.failure import CannotGoOnError, DataErrorsFoundError, PublishingFailedError
from milestone_reports.render.html import Pages
from milestone_reports.workbook.example.write import ExampleKind, write_example
from milestone_reports.workbook.starter.write import write_starter

TODAY = date(2026, 11, 24)
SMALL = ExampleKind.PARTNER_RECRUITMENT


def quiet(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def site_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "partners.xlsx"
    write_example(path, SMALL)
    return path


@pytest.fixture(scope="module")
def site(sample: Path) -> Path:
    output = sample.parent / "site"
    build(Request((sample,), output, TODAY), quiet)
    return output


def pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_articles_example_gives_its_seven_figures_in_the_json_on_the_page_and_in_the_pdf(tmp_path: Path) -> None:
    workbook = tmp_path / "starter.xlsx"
    write_starter(workbook)
    build(Request((workbook,), tmp_path / "site", TODAY), quiet)

    told = json.loads((tmp_path / "site/data/scorecards.json").read_text(encoding="utf-8"))
    quota = told["reps"][0]["tracks"][0]["quota"]
    # 600,000 / 50,000 = 12; 12 * 4 = 48, / 12 = 4, / 48 weeks = 1; 48 * 2 = 96, / 12 = 8, / 48 weeks = 2
    figures = (
        "contracts_a_year", "ideal_milestones_a_year", "ideal_milestones_a_month", "ideal_milestones_a_week",
        "required_milestones_a_year", "milestones_a_month", "milestones_a_week",
    )  # fmt: skip
    assert [quota[figure] for figure in figures] == [12, 48, 4, 1, 96, 8, 2]

    page = next((tmp_path / "site/reps").glob("*.html")).read_text(encoding="utf-8")
    seen = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    printed = " ".join(pdf_text(next((tmp_path / "site/reps").glob("*.pdf"))).split())
    equation = "÷ $50,000 average contract = 12 contracts × 4 milestones = 48 a year ideal: 4 a month, 1 a week"
    assert equation in seen
    assert "= 96 a year → 8 a month → 2 a week" in seen
    assert re.sub(r"[÷×=→] ", "", equation) in printed
    assert "96 a year 8 a month 2 a week" in printed


def test_building_twice_gives_the_same_bytes_in_another_process_and_on_another_day(sample: Path, site: Path) -> None:
    again = sample.parent / "again"
    script = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from milestone_reports.build import Request, build;"
        "build(Request((Path(sys.argv[1]),), Path(sys.argv[2]), date(2027, 3, 9), as_of=date(2026, 11, 22)),"
        " lambda *told: None)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run([sys.executable, "-c", script, sample, again], check=True, env=environment)

    first, second = site_of(site), site_of(again)
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_a_site_holds_every_page_and_the_json_fits_its_schema(site: Path) -> None:
    files = site_of(site)
    told = json.loads(files["data/scorecards.json"])
    jsonschema.validate(told, json.loads(files["data/scorecards.schema.json"]))
    slugs = [card["slug"] for card in told["reps"]]
    expected = {"index.html", "checks.html", "definitions.html", "team.pdf", "manifest.json"}
    expected |= {f"reps/{slug}.{suffix}" for slug in slugs for suffix in ("html", "pdf")}
    assert expected <= set(files)


def test_every_scorecard_has_at_most_two_pages_of_the_papers_size(site: Path) -> None:
    for path in (site / "reps").glob("*.pdf"):
        pages = PdfReader(path).pages
        assert 1 <= len(pages) <= 2
        # The partner sample asks for Letter: 8.5 x 11 inches of 72 points.
        assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(612, 792)}


def test_an_earlier_day_comes_from_the_same_workbook(sample: Path) -> None:
    output = sample.parent / "earlier"
    build(Request((sample,), output, TODAY, as_of=date(2026, 6, 30), pdf=False), quiet)
    told = json.loads((output / "data/scorecards.json").read_text(encoding="utf-8"))
    newest = max(point["on"] for track in told["rollup"]["tracks"] for point in track["card"]["pace"]["done_path"])
    assert told["stamp"]["as_of"] == "2026-06-30"
    assert newest <= "2026-06-30"


def test_without_pdf_and_data_no_page_links_to_them(sample: Path) -> None:
    output = sample.parent / "html-only"
    build(Request((sample,), output, TODAY, pdf=False, data=False), quiet)
    files = site_of(output)
    assert not [path for path in files if path.endswith((".pdf", ".csv")) or path.startswith("data/")]
    assert all(b".pdf" not in content for path, content in files.items() if path.endswith(".html"))


def test_one_reps_card_makes_a_site_of_its_own(sample: Path, site: Path) -> None:
    told = json.loads((site / "data/scorecards.json").read_text(encoding="utf-8"))
    name, slug = told["reps"][0]["rep"], told["reps"][0]["slug"]
    output = sample.parent / "one"
    build(Request((sample,), output, TODAY, reps=(name.upper(),), pdf=False), quiet)
    files = site_of(output)
    pages = sorted(path for path in files if path.endswith(".html"))
    assert pages == sorted((f"reps/{slug}.html", f"reps/figures/{slug}.html"))
    assert json.loads(files[f"data/{slug}.json"])["rep"] == name


def test_a_rep_asked_for_in_two_spellings_is_there_once(sample: Path, site: Path) -> None:
    told = json.loads((site / "data/scorecards.json").read_text(encoding="utf-8"))
    names = [rep["rep"] for rep in told["reps"][:2]]
    output = sample.parent / "two"
    asked = (names[1], names[0].lower(), names[0], names[1].upper())
    assert build(Request((sample,), output, TODAY, reps=asked, html=False, pdf=False), quiet).n_reps == 2
    assert {json.loads(content).get("rep") for path, content in site_of(output).items() if "data/" in path} == {*names}


def test_one_reps_card_never_goes_onto_a_whole_site(sample: Path, site: Path) -> None:
    told = json.loads((site / "data/scorecards.json").read_text(encoding="utf-8"))
    before = site_of(site)
    with pytest.raises(CannotGoOnError) as refused:
        build(Request((sample,), site, TODAY, reps=(told["reps"][0]["rep"],)), quiet)
    assert str(refused.value) == (
        f"{site}: a whole site is there, and --rep would take its other pages away. Fix: name another folder with -o."
    )
    assert site_of(site) == before


def test_strict_publishes_nothing_when_the_data_has_errors(tmp_path: Path) -> None:
    workbook = tmp_path / "new business.xlsx"
    write_example(workbook, ExampleKind.NEW_BUSINESS)
    with pytest.raises(
        DataErrorsFoundError, match=r"^2 errors in the data; nothing was published, as --strict asks\. "
    ):
        build(Request((workbook,), tmp_path / "site", TODAY, strict=True, pdf=False), quiet)
    assert not (tmp_path / "site").exists()


def test_a_page_that_fails_leaves_the_old_site_whole(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    build(Request((sample,), output, TODAY, pdf=False), quiet)
    before = site_of(output)

    def fails(*_said: object) -> bytes:
        raise OSError("no space left")

    monkeypatch.setattr(Pages, "team", fails)
    with pytest.raises(PublishingFailedError, match=r"^index\.html: this page could not be made "):
        build(Request((sample,), output, TODAY, pdf=False), quiet)
    assert site_of(output) == before


def test_several_teams_share_a_front_page(tmp_path: Path) -> None:
    workbooks = []
    for kind in (ExampleKind.EXISTING_CLIENTS, ExampleKind.PARTNER_RECRUITMENT):
        workbooks.append(tmp_path / f"{kind.value}.xlsx")
        write_example(workbooks[-1], kind)
    output = tmp_path / "site"
    done = build(Request(tuple(workbooks), output, TODAY, pdf=False), quiet)
    front = (output / "index.html").read_text(encoding="utf-8")
    teams = sorted(path.parent.name for path in output.glob("*/index.html"))
    assert len(teams) == 2
    assert all(f'href="{team}/index.html"' in front for team in teams)
    assert done.front == output / "index.html"
