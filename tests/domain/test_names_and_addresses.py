"""Names as people type them, page addresses, and problems in the wording of the house."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.domain.names import key, nearest, one_line, person_key, quoted
from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.domain.slug import RESERVED, digest, opportunity_anchor, slug, slugs


def test_two_spellings_of_a_header_are_one() -> None:
    assert key("Évidence  required?") == key("evidence_Required") == "evidencerequired"


def test_a_person_is_one_in_any_order_case_and_accent() -> None:
    assert person_key("Kovač, Ines") == person_key("ines  KOVAC") == "ines kovac"


def test_the_nearest_known_name_is_offered_and_nothing_far() -> None:
    assert nearest("Multipler", ["Multiplier", "Currency"]) == "Multiplier"
    assert nearest("Weather", ["Multiplier", "Currency"]) is None


def test_the_users_text_is_quoted_on_one_line_and_cut() -> None:
    assert one_line(" a \n b ") == "a b"
    assert quoted("soon\nmaybe") == "'soon maybe'"
    assert quoted("x" * 70, longest=5) == "'xxxx…'"


@pytest.mark.parametrize(
    ("name", "address"),
    [("Ines Kovač", "ines-kovac"), ("  Tomás  Ferreira ", "tomas-ferreira"), ("Strauß", "strauss")],
)
def test_an_address_is_the_name_in_plain_letters(name: str, address: str) -> None:
    assert slug(name) == address


def test_names_that_clash_are_told_apart() -> None:
    found = slugs(["Ann Lee", "ann-lee", "Bo"])
    assert len(set(found.values())) == 3
    assert found["Bo"] == "bo"
    assert all(address.startswith("ann-lee-") for name, address in found.items() if name != "Bo")


@given(st.text(max_size=90))
def test_every_name_has_an_address_that_is_safe_on_every_file_system(name: str) -> None:
    address = slug(name)
    assert address.isascii()
    assert address == address.lower()
    assert 0 < len(address) <= 60
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert address not in RESERVED
    assert slug(name) == address


@given(st.lists(st.text(max_size=12), unique=True, max_size=8))
def test_addresses_of_a_team_never_clash(names: list[str]) -> None:
    found = slugs(names)
    assert len(set(found.values())) == len(names)


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (CellRef("Opportunities", 255, 10), "Opportunities!J255"),
        (CellRef("Opportunities", 2, 27), "Opportunities!AA2"),
        (CellRef("Opportunities", 255), "Opportunities, row 255"),
        (CellRef("Reps"), "sheet Reps"),
    ],
)
def test_a_place_is_written_as_a_person_would_look_it_up(place: CellRef, address: str) -> None:
    assert place.address == address


def test_a_problem_says_place_finding_expectation_and_remedy() -> None:
    problem = Problem(
        level=Level.ERROR,
        rule="date_not_read",
        place=CellRef("Opportunities", 255, 10),
        found="'next week' in Proof",
        expected="a date was expected",
        done="Left out; Proof counts as not completed",
        fix="type the date",
        label="Talbeck Steel, Gearbox",
    )
    assert problem.sentence == (
        "Opportunities!J255 (Talbeck Steel, Gearbox): 'next week' in Proof; a date was expected. "
        "Left out; Proof counts as not completed. Fix: type the date."
    )


def test_every_id_of_an_opportunity_has_an_address_of_its_own_that_a_page_may_use() -> None:
    ids = ["1043", "TB-1001", "tb-1001", "A 7", "A_7", "A_20_7", "Ü/7", '"><b>', "x" * 500, "x" * 501]
    anchors = [opportunity_anchor(one) for one in ids]
    assert anchors[:3] == ["opp-1043", "opp-TB-1001", "opp-tb-1001"]
    assert len(set(anchors)) == len(ids)
    assert all(re.fullmatch(r"opp-[\w.-]{1,100}", one, re.ASCII) for one in anchors)


@pytest.mark.parametrize("name", ["Index", "Static", "manager", "Reps", "2026-W47", "CON", "../..", "", "\u202e"])
def test_no_name_gets_the_address_of_something_that_a_site_has_of_its_own_or_that_is_none(name: str) -> None:
    address = slug(name)
    assert address not in {"index", "static", "manager", "reps", "2026-w47", "con", ""}
    assert address.endswith(digest(name))
