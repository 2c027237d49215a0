"""A team without its opportunities and tracks, packed: nothing that later weeks ask for, all that a rebuild needs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.problem import CellRef, Problem
from milestone_reports.domain.team import Assignment, Rep, Settings, Source, Team
from milestone_reports.domain.track import Track
from milestone_reports.history.store.codec import decoded, encoded


@dataclass(frozen=True, slots=True)
class Layout:
    """Where opportunities stood in the workbook, but for their rows."""

    place: CellRef | None
    """Its row is 0."""
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a workbook says beside its tracks and opportunities."""

    name: str
    slug: str
    settings: Settings
    reps: tuple[Rep, ...]
    assignments: tuple[Assignment, ...]
    time_off: tuple[TimeOff, ...]
    source: Source
    problems: tuple[Problem, ...]
    layouts: tuple[Layout, ...] = ()

    def team(self, tracks: tuple[Track, ...], opportunities: tuple[Opportunity, ...]) -> Team:
        """The team with them."""
        return Team(
            name=self.name,
            slug=self.slug,
            settings=self.settings,
            tracks=tracks,
            reps=self.reps,
            assignments=self.assignments,
            time_off=self.time_off,
            opportunities=opportunities,
            source=self.source,
            problems=self.problems,
        )

    def placed(self, opportunity: Opportunity, row: int, layout: int) -> Opportunity:
        """An opportunity where it stood."""
        place, columns = self.layouts[layout].place, self.layouts[layout].columns
        return replace(opportunity, row=place._replace(row=row) if place else None, columns=columns)


def layout_of(opportunity: Opportunity) -> Layout:
    """Where it stood, but for the row."""
    return Layout(opportunity.row._replace(row=0) if opportunity.row else None, opportunity.columns)


def frame_of(team: Team, layouts: Sequence[Layout]) -> Frame:
    """All of a team but its tracks and opportunities."""
    return Frame(
        name=team.name,
        slug=team.slug,
        settings=team.settings,
        reps=team.reps,
        assignments=team.assignments,
        time_off=team.time_off,
        source=team.source,
        problems=team.problems,
        layouts=tuple(layouts),
    )


def packed(frame: Frame) -> bytes:
    """A frame's bytes."""
    return zlib.compress(_json(frame).encode(), level=9)


def unpacked(content: bytes) -> Frame:
    """The frame of `packed` bytes."""
    return decoded(Frame, json.loads(zlib.decompress(content)))


def tracks_text(tracks: tuple[Track, ...]) -> str:
    """Tracks as JSON."""
    return _json(tracks)


def tracks_of(text: str) -> tuple[Track, ...]:
    """The tracks of that JSON."""
    return tuple(decoded(Track, one) for one in json.loads(text))


def problems_text(problems: tuple[Problem, ...]) -> str:
    """Problems as JSON."""
    return _json(problems)


def problems_of(text: str) -> tuple[Problem, ...]:
    """The problems of that JSON."""
    return tuple(decoded(Problem, one) for one in json.loads(text))


def _json(value: object) -> str:
    return json.dumps(encoded(value), ensure_ascii=False, separators=(",", ":"))
