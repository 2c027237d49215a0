"""What three years of weekly copies cost: `python -m benchmarks.history`.

Fills a history with 156 weeks of 1,000 opportunities, prints what recording, loading and checking take and how large
the file is, then the time of a whole build with that history against one without.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.workbooks import write_workbook
from milestone_reports import __version__
from milestone_reports.build import Request, build
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.problem import CellRef
from milestone_reports.domain.team import Team
from milestone_reports.history.snapshots import PublishedFigure
from milestone_reports.history.store import FILE, Store, Taken
from milestone_reports.workbook.reading.assemble import read_team

N_WEEKS = 156
N_REPS = 12
"""Of a workbook that has a thousand opportunities."""

TODAY = date(2026, 11, 19)
NEVER = date(9999, 1, 1)
SLIPS = (timedelta(days=56), timedelta(days=35), timedelta(days=21))
"""So long before its day, each, a plan slipped by a week."""

FIRST_VALUE = 0.9
"""Of the value at the end: what was thought before the first milestone."""

FIGURES = ("done", "claimed", "planned", "quota", "attainment", "revenue")


# --- three years of copies ---


@dataclass(frozen=True, slots=True)
class Course:
    """An opportunity at its end, and the days on which its row changed until then."""

    at_end: Opportunity
    first_on: date
    turns: frozenset[date]

    def as_known(self, on: date) -> Opportunity:
        """What its row said on a day."""
        one = self.at_end
        entries = tuple(_as_known(entry, on) for entry in one.entries)
        ended = _ends_on(one) <= on
        value = one.value if one.value is None or entries[0].completed_on else round(one.value * FIRST_VALUE)
        if ended:
            return replace(one, entries=entries, value=value)
        return replace(one, entries=entries, value=value, outcome=Outcome.OPEN, closed_on=None, lost_reason="")


def _as_known(entry: MilestoneEntry, on: date) -> MilestoneEntry:
    planned_on = entry.planned_on
    if planned_on:
        planned_on -= timedelta(weeks=sum(on < planned_on - slip for slip in SLIPS))
    if entry.completed_on and entry.completed_on <= on:
        return entry._replace(planned_on=planned_on)
    return MilestoneEntry(planned_on=planned_on, waived=entry.waived)


def _ends_on(opportunity: Opportunity) -> date:
    if opportunity.outcome is Outcome.OPEN:
        return NEVER
    return opportunity.closed_on or opportunity.entries[-1].completed_on or NEVER


def course(opportunity: Opportunity) -> Course:
    """The course that led to an opportunity's row."""
    days = [day for entry in opportunity.entries for day in entry[:2] if day]
    done = [entry.completed_on for entry in opportunity.entries if entry.completed_on]
    slips = [entry.planned_on - slip for entry in opportunity.entries if entry.planned_on for slip in SLIPS]
    first_on = opportunity.created_on or min(days, default=TODAY) - timedelta(days=7)
    return Course(opportunity, first_on, frozenset([first_on, *done, *slips, _ends_on(opportunity)]))


def earlier(opportunity: Opportunity, times: int, span: timedelta) -> Opportunity:
    """Another opportunity that ran the same course so many spans before, and ended."""
    back = times * span

    def before(day: date | None) -> date | None:
        return day - back if day else None

    ended = opportunity.outcome is not Outcome.OPEN
    return replace(
        opportunity,
        id=f"{opportunity.id}-{times}",
        entries=tuple(
            entry._replace(planned_on=before(entry.planned_on), completed_on=before(entry.completed_on))
            for entry in opportunity.entries
        ),
        created_on=before(opportunity.created_on),
        closed_on=before(opportunity.closed_on) if ended else before(TODAY),
        outcome=opportunity.outcome if ended else Outcome.LOST,
    )


def weekly_copies(team: Team, as_of: date, n_weeks: int) -> Iterator[tuple[Team, date]]:
    """What a team's workbook said in the weeks before, oldest first: as many rows each week, old ones taken off."""
    courses = [course(one) for one in team.opportunities]
    span = max(one.first_on for one in courses) - min(one.first_on for one in courses) + timedelta(days=7)
    n_spans = -(-timedelta(weeks=n_weeks) // span) + 1
    courses += [course(earlier(one, times, span)) for times in range(1, n_spans + 1) for one in team.opportunities]
    courses.sort(key=lambda one: one.first_on)
    known: dict[str, Opportunity] = {}
    for week in range(n_weeks, 0, -1):
        on = as_of - timedelta(weeks=week)
        started = [one for one in courses if one.first_on <= on][-len(team.opportunities) :]
        since = on - timedelta(weeks=1)
        for one in started:
            if one.at_end.id not in known or any(since < turn <= on for turn in one.turns):
                known[one.at_end.id] = one.as_known(on)
        yield replace(team, opportunities=tuple(_in_rows(known, started))), on


def _in_rows(known: dict[str, Opportunity], started: Sequence[Course]) -> Iterator[Opportunity]:
    for row, one in enumerate(started, start=2):
        yield replace(known[one.at_end.id], row=CellRef("Opportunities", row))


def fill(folder: Path, team: Team, as_of: date, n_weeks: int = N_WEEKS) -> list[float]:
    """Record the copies of the weeks before; the seconds that each took."""
    figures = tuple(
        PublishedFigure(rep, track.name, name, 1.0)
        for rep in ("", *(one.name for one in team.reps))
        for track in team.tracks
        for name in FIGURES
    )
    seconds = []
    with Store.open(folder) as store:
        for copy, on in weekly_copies(team, as_of, n_weeks):
            began = perf_counter()
            store.record(copy, on, Taken(str(on), on, __version__, figures))
            seconds.append(perf_counter() - began)
    return seconds


# --- what it costs ---


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill a history, measure it, and build with it and without."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="builds of each kind, in turn (default: 5)")
    rounds = parser.parse_args(arguments).rounds
    with TemporaryDirectory() as name:
        folder = Path(name)
        workbook = folder / "team.xlsx"
        write_workbook(workbook, N_REPS)
        reading = read_team(workbook, None, None, TODAY)
        team = reading.team
        print(f"{N_WEEKS} weeks of {len(team.opportunities):,} opportunities, {len(team.reps)} reps; medians")
        say("recording a week", median(fill(folder / "state", team, reading.as_of)))
        measure_store(folder / "state", team, reading.as_of, rounds)
        for pdf in (False, True):
            what = "a build, PDFs and all" if pdf else "a build without PDFs"
            measure_build(what, Request((workbook,), folder / "site", TODAY, pdf=pdf), folder / "state", rounds)


def say(what: str, seconds: float) -> None:
    print(f"{what:44}{seconds:10.3f} s", flush=True)


def measure_store(folder: Path, team: Team, as_of: date, rounds: int) -> None:
    """Loading, checking and the file's size."""
    with Store.open(folder) as store:
        say("loading all of it", median(seconds_of(lambda: store.past(team, as_of)) for _ in range(rounds)))
        say("history verify", seconds_of(store.verify))
        states = {id(one): one.id for week in store.past(team, as_of).taken for one in week.opportunities.values()}
    print(f"{'states an opportunity':44}{len(states) / len(set(states.values())):10.1f}")
    print(f"{'size of the file':44}{(folder / FILE).stat().st_size / 1e6:10.1f} MB")


def measure_build(what: str, request: Request, state: Path, rounds: int) -> None:
    """Builds without and with the history, in turn; each of these takes its snapshot anew."""
    without: list[float] = []
    with_it: list[float] = []
    own = state.with_name("own-state")
    for number in range(rounds + 1):
        alone = seconds_of(lambda: build(request, lambda *_told: None))
        shutil.rmtree(own, ignore_errors=True)
        shutil.copytree(state, own)
        remembering = seconds_of(lambda: build(replace(request, state=own), lambda *_told: None))
        if number:  # the first of each has everything still to load
            without.append(alone)
            with_it.append(remembering)
    say(f"{what}, without a history", median(without))
    say(f"{what}, with it", median(with_it))
    print(f"{'ratio':44}{median(with_it) / median(without):10.2f}", flush=True)


def seconds_of(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
