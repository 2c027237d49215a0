from __future__ import annotations

from pathlib import Path

import pytest
from logos import svg

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.render.accent import accent_of
from milestone_reports.render.look import HOUSE_LOOK
from milestone_reports.settings_file.reading import NAME, settings_file, settings_in

STACKED = "e" + "\u0301" * 300
"""As wide as one letter."""


def written(folder: Path, text: str) -> Path:
    file = folder / NAME
    file.write_text(text, encoding="utf-8")
    return file


def complaint(folder: Path, text: str) -> str:
    """What is said of a file, without its place."""
    file = written(folder, text)
    with pytest.raises(CannotGoOnError) as refused:
        settings_in(file)
    return str(refused.value).removeprefix(str(file))


def test_everything_that_can_be_set_is_read_with_paths_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(svg())
    (tmp_path / "own").mkdir()
    text = """
        templates = "own"
        [brand]
        company = "Nordwind & Co"
        logo = "logo.svg"
        accent = "#1f4e9e"
        footer = "Confidential"
    """
    look = settings_in(written(tmp_path, text)).look
    assert look.own_templates == tmp_path / "own"
    assert (look.brand.company, look.brand.footer) == ("Nordwind & Co", "Confidential")
    assert look.brand.logo is not None
    assert look.brand.logo.content == svg()
    assert look.brand.accent == accent_of("#1F4E9E")


@pytest.mark.parametrize("text", ["", "[brand]", '[brand]\ncompany = ""\nlogo = ""\naccent = ""'])
def test_a_file_that_sets_nothing_leaves_the_look_as_it_is(tmp_path: Path, text: str) -> None:
    assert settings_in(written(tmp_path, text)).look == HOUSE_LOOK


def test_the_file_named_is_taken_before_those_in_the_folders(tmp_path: Path) -> None:
    beside, here = tmp_path / "beside", tmp_path / "here"
    for folder in (beside, here):
        folder.mkdir()
    assert settings_file(None, (beside, here)) is None
    written(here, "")
    assert settings_file(None, (beside, here)) == here / NAME
    written(beside, "")
    assert settings_file(None, (beside, here)) == beside / NAME
    assert settings_file(tmp_path / "other.toml", (beside, here)) == tmp_path / "other.toml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[brnad]\ncompany = "North"', ", brnad: there is no table of this name. Fix: write brand."),
        ('colour = "#006375"', (", colour: there is no key of this name. "
         "Fix: use templates, brand or mail, or take it out.")),
        ('[brand]\nacent = "#006375"', ", brand.acent: there is no key of this name. Fix: write accent."),
        (
            "[brand]\ncompany = 7",
            ", brand.company: '7' is no text; the company's name was expected. Fix: write company = \"...\".",
        ),
        ('brand = "North"', ", brand: 'North' is no table. Fix: write [brand] on a line of its own."),
        ("templates = true", (", templates: 'true' is no text; the folder of your templates was expected. "
         'Fix: write templates = "...".')),
        (
            '[brand]\naccent = "teal"',
            ", brand.accent: 'teal' is no colour. Fix: write six digits, such as \"#006375\".",
        ),
        (
            '[brand]\naccent = "#F0B400"',
            (", brand.accent: the contrast of '#F0B400' with the paper is 1.8 to 1; text needs 4.5 to 1. "
            'Fix: write "#4A3500", the nearest of the same hue that will do.'),
        ),
        (
            '[brand]\naccent = "#C8102E"',
            (", brand.accent: '#C8102E' cannot be told by all eyes from the red of what needs attention. "
            'Fix: write "#810018", the nearest of the same hue that will do.'),
        ),
        (
            f'[brand]\nfooter = "{"x" * 161}"',
            (", brand.footer: its 161 characters do not fit on one line of a printed page. "
            "Fix: write about 112 characters or fewer."),
        ),
        (
            f'[brand]\ncompany = "{STACKED}"',
            (", brand.company: its 301 characters do not fit on one line of a printed page. "
            "Fix: write about 300 characters or fewer."),
        ),
        (
            '[brand]\n"x\\ny\\u001b[2J" = 1',
            (", brand.'x y\\u001b[2J': there is no key of this name. "
            "Fix: use company, logo, accent or footer, or take it out."),
        ),
        (
            f"[brand]\ncompany = 0x{'f' * 5000}",
            (f", brand.company: '0x{'f' * 57}…' is no text; the company's name was expected. "
            'Fix: write company = "...".'),
        ),
        (
            f"[brand]\ncompany.{'.'.join('a' * 3000)} = 1",
            ", brand.company: '{...}' is no text; the company's name was expected. Fix: write company = \"...\".",
        ),
        (f"x = {'9' * 5000}", (": there is a number of thousands of digits in it. "
         "Fix: take it out; no setting is that large.")),
        ("x = 2026-02-31", (": it is no TOML: Invalid date or datetime (at line 1, column 5). "
         'Fix: mend that place; a text stands in quotes, as in company = "North".')),
        (f"x = {'[' * 3000}{']' * 3000}", ": arrays or tables lie too deep in one another. Fix: take them out."),
        ('templates = "a\\u0000b"', (", templates: there is a character in it that cannot be shown (U+0000). "
         "Fix: take it out.")),
        (f'templates = "{"x" * 5000}"', (", templates: 5,000 characters are too many for a path. "
         "Fix: name a shorter one.")),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_place_and_the_remedy(tmp_path: Path, text: str, found: str) -> None:
    assert complaint(tmp_path, text) == found


def test_a_folder_of_templates_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert complaint(tmp_path, 'templates = "own"') == (
        f", templates: {tmp_path / 'own'} is no folder. Fix: name the folder of your templates, relative to this file."
    )


def test_a_name_that_is_too_long_for_a_folder_is_told_as_none(tmp_path: Path) -> None:
    assert " is no folder. Fix: " in complaint(tmp_path, f'templates = "{"x" * 400}"')


@pytest.mark.parametrize("key", ["company", "footer"])
@pytest.mark.parametrize("code", ["0000", "0001", "007F", "202E", "2066", "FFFE", "0001FFFF"])
def test_a_character_that_no_page_shows_is_refused(tmp_path: Path, key: str, code: str) -> None:
    written_code = f"\\U{code:0>8}"
    assert complaint(tmp_path, f'[brand]\n{key} = "Nord{written_code}wind"') == (
        f", brand.{key}: there is a character in it that cannot be shown (U+{int(code, 16):04X}). Fix: take it out."
    )


@pytest.mark.parametrize("line_break", ["\\n", "\\r", "\\u0085", "\\u2028"])
def test_a_text_of_several_lines_is_refused(tmp_path: Path, line_break: str) -> None:
    assert complaint(tmp_path, f'[brand]\nfooter = "Nord{line_break}wind"') == (
        ", brand.footer: there is a line break in it. Fix: write it on one line."
    )


def test_a_footer_may_be_as_long_as_its_letters_are_narrow(tmp_path: Path) -> None:
    assert settings_in(written(tmp_path, f'[brand]\nfooter = "{"il" * 100}"')).look.brand.footer == "il" * 100
    assert "Fix: write about 72 characters" in complaint(tmp_path, f'[brand]\nfooter = "{"W" * 80}"')


def test_a_logo_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, '[brand]\nlogo = "nowhere.svg"')
    with pytest.raises(CannotGoOnError) as refused:
        settings_in(file)
    assert str(refused.value) == (
        f"{tmp_path / 'nowhere.svg'}: this logo is not there. "
        "Fix: correct logo; it is relative to the file of settings."
    )


def test_a_file_that_is_no_toml_is_told_with_the_line(tmp_path: Path) -> None:
    assert complaint(tmp_path, "[brand]\ncompany = North") == (
        ": it is no TOML: Invalid value (at line 2, column 11). "
        'Fix: mend that place; a text stands in quotes, as in company = "North".'
    )


def test_a_key_that_goes_on_and_on_is_cut_in_the_telling(tmp_path: Path) -> None:
    twice = f"[{'a' * 5000}]\n" * 2
    found = complaint(tmp_path, twice)
    assert found.startswith(": it is no TOML: Cannot declare ('aaaa")
    assert "aaaa',) twice (at line 2, column 5002). Fix: " in found
    assert len(found) < 300


def test_a_file_that_is_not_in_utf_8_is_told(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes('[brand]\ncompany = "Müller"'.encode("latin-1"))
    with pytest.raises(CannotGoOnError) as refused:
        settings_in(file)
    assert str(refused.value) == f"{file}: it is not in UTF-8. Fix: save it as UTF-8."


def test_a_file_that_was_named_and_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotGoOnError) as refused:
        settings_in(tmp_path / "nowhere.toml")
    assert str(refused.value) == (
        f"{tmp_path / 'nowhere.toml'}: this file of settings is not there. "
        "Fix: name one that is, or leave --config out."
    )
