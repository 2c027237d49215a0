"""The list of twins: how each is made, and what the reader says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from twins.ooxml import Value, write_xlsx
from twins.sample import Sample, sample

Write = Callable[[Path, Sample], Path]


def as_xlsx(folder: Path, made: Sample) -> Path:
    """Write the sample as a workbook."""
    return write_xlsx(folder / "team.xlsx", made.pages, made.dialect)


@dataclass(frozen=True, slots=True)
class Twin:
    """One spelling of the sample."""

    name: str
    spell: Callable[[Sample], None]
    problems: Mapping[str, int]
    """What the reader says of it: rule to how often."""
    write: Write
    settings: Mapping[str, Value] = field(default_factory=dict)
    """Settings that differ from the sample's, in the plain twin that it is compared with too."""
    is_system: bool = False
    """Whether it needs a program that not every machine has."""

    def made(self) -> Sample:
        """The sample in this spelling."""
        made = sample()
        made.set_up(self.settings)
        self.spell(made)
        return made


TWINS: list[Twin] = []


def twin(
    problems: Mapping[str, int] | None = None,
    *,
    write: Write = as_xlsx,
    settings: Mapping[str, Value] | None = None,
    is_system: bool = False,
) -> Callable[[Callable[[Sample], None]], Callable[[Sample], None]]:
    """Add the twin that the function spells to the list."""

    def add(spell: Callable[[Sample], None]) -> Callable[[Sample], None]:
        name = spell.__name__.replace("_", " ")
        TWINS.append(Twin(name, spell, problems or {}, write, settings or {}, is_system))
        return spell

    return add
