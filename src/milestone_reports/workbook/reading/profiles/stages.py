"""Stages of a pipeline as milestones: which of them is the sale, which a loss, and in which order they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from milestone_reports.domain.names import key, without_accents
from milestone_reports.domain.opportunity import Outcome

OUTCOMES_IN_NAMES = (
    (Outcome.WON, re.compile(r"\bclosed\W*won\b|\bwon$|^won\b|\bgewonnen$|^gagnee?$|^ganad[oa]$")),
    (Outcome.LOST, re.compile(r"\bclosed\W*lost\b|\blost$|^lost\b|\bverloren$|^perdue?$|^perdid[oa]$")),
    (Outcome.DISQUALIFIED, re.compile(r"\b(?:disqualified|unqualified|not qualified)\b")),
    (Outcome.NO_DECISION, re.compile(r"\bno decision\b")),
)
"""How a stage's name says that an opportunity standing there is decided."""

SALE = re.compile(
    r"\b(?:closing|closed|close|won|sold|sale|signed|signature|contract|order|purchase"
    r"|abschluss|abgeschlossen|gewonnen|verkauf|verkauft|unterschrift|unterschrieben|vertrag|auftrag|bestellung)\b"
)
"""Words of which a milestone's name has one when it is the sale."""

NUMBERED = re.compile(r"\D{0,2}(\d+)\b")

NO_NAME_FOR_THE_SALE = "Won"
"""What the sale is called where no stage is it."""


def outcome_of(stage: str) -> Outcome:
    """What a stage's name says became of an opportunity that stands there."""
    name = without_accents(stage).strip()
    return next((outcome for outcome, pattern in OUTCOMES_IN_NAMES if pattern.search(name)), Outcome.OPEN)


def milestones_among(stages: Iterable[str]) -> tuple[str, ...]:
    """The stages that are milestones, in the order given, the sale last; a loss is none."""
    named = {key(stage): stage for stage in reversed(list(stages))}
    spelt = dict.fromkeys(reversed(named.values()))
    won = [stage for stage in spelt if outcome_of(stage) is Outcome.WON]
    return *(stage for stage in spelt if outcome_of(stage) is Outcome.OPEN), *won[:1]


def reads_like_the_sale(stage: str) -> bool:
    """Whether a stage's name has a word that a sale's has."""
    return SALE.search(without_accents(stage)) is not None


def with_sale(stages: Sequence[str]) -> tuple[str, ...]:
    """The stages, and after them a sale where the last of them does not read like one: nobody may have sold yet."""
    return tuple(stages) if stages and reads_like_the_sale(stages[-1]) else (*stages, NO_NAME_FOR_THE_SALE)


def by_number(stages: Sequence[str]) -> tuple[str, ...] | None:
    """The stages by the numbers that their names begin with; None unless each has its own."""
    numbers = [int(match[1]) if (match := NUMBERED.match(stage)) else None for stage in stages]
    if not stages or None in numbers or len(set(numbers)) < len(numbers):
        return None
    return tuple(stage for _, stage in sorted(zip(numbers, stages, strict=True), key=lambda pair: pair[0] or 0))


def by_probability(stages: Sequence[str], seen: Mapping[str, Sequence[float]]) -> tuple[str, ...] | None:
    """The stages by the mean of the probabilities that stand beside them; None unless each has some."""
    means = {stage: sum(seen[key(stage)]) / len(seen[key(stage)]) for stage in stages if seen.get(key(stage))}
    if len(means) < len(stages) or len(set(means.values())) < len(stages):
        return None
    return tuple(sorted(stages, key=means.__getitem__))


def by_dates(stages: Sequence[str], entered: Iterable[Mapping[str, date]]) -> tuple[str, ...]:
    """The stages in the order in which most opportunities entered them; where none tells, as they stand."""
    ahead: defaultdict[tuple[str, str], int] = defaultdict(int)
    for days in entered:
        for earlier, day in days.items():
            for later, other in days.items():
                if day < other:
                    ahead[earlier, later] += 1
    before = {
        stage: sum(ahead[key(other), key(stage)] > ahead[key(stage), key(other)] for other in stages)
        for stage in stages
    }
    return tuple(sorted(stages, key=before.__getitem__))
