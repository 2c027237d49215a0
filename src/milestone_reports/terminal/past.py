"""The history as a terminal shows it: the snapshots, one of them, what an import took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from milestone_reports.history.changes import Change
from milestone_reports.history.snapshots import PublishedFigure
from milestone_reports.history.store import Entry
from milestone_reports.history.taking import Imported
from milestone_reports.terminal.tables import head, paragraph, table_of


def snapshots(entries: Sequence[Entry], state: Path) -> Iterator[RenderableType]:
    """Every snapshot, by team and week; those that a later copy of their week replaced are marked."""
    if not entries:
        yield Text(f"No snapshots in {state}. The next build, or import, takes the first.")
        return
    table = table_of("No.", "Team", "Week", "As of", "Workbook", "Opportunities", "", numbers=("No.", "Opportunities"))
    for one in sorted(entries, key=lambda entry: (entry.team, entry.as_of, entry.number)):
        table.add_row(
            str(one.number), one.team, one.week.name, one.as_of.isoformat(), one.file, f"{one.n_opportunities:,}",
            _marks(one), style="" if one.is_current else "dim",
        )  # fmt: skip
    yield table
    weeks = {(one.team, one.week) for one in entries}
    yield Text(f"\n{_many(len(entries), 'snapshot')} of {_many(len(weeks), 'week')} in {state}.")


def _marks(one: Entry) -> str:
    return ", ".join(
        [*(["published"] if one.published_on else []), *([] if one.is_current else ["replaced by a later copy"])]
    )


def snapshot(
    one: Entry, figures: Sequence[PublishedFigure], changes: Sequence[Change] | None
) -> Iterator[RenderableType]:
    """One snapshot: where it is from, the figures that it said, and how many changes it brought."""
    yield Text(f"{one.team}, week {one.week.name}", style="bold")
    yield Text(
        f"From {one.file}, as of {one.as_of}; {_many(one.n_opportunities, 'opportunity')}; taken on "
        f"{one.recorded_on} by version {one.version}; SHA-256 {one.file_hash[:16]}…"
    )
    yield head("The team's figures as they were said")
    table = table_of("Track", "Figure", "", numbers=("",))
    for figure in figures:
        if not figure.rep:
            table.add_row(figure.track, figure.name.replace("_", " "), _number(figure.value))
    yield table
    yield Text("history export writes those of each rep too.", style="dim")
    yield head("Changes since the copy before")
    yield from _counts(changes)


def _counts(changes: Sequence[Change] | None) -> Iterator[RenderableType]:
    if changes is None:
        yield Text("There is no earlier copy.")
        return
    counts = Counter(change.kind for change in changes)
    yield Text(", ".join(f"{count:,} {kind}" for kind, count in counts.most_common()) or "None.")


def imported(found: Sequence[Imported], state: Path, *, dry_run: bool) -> Iterator[RenderableType]:
    """What became of each file of a folder, and the sentences of those that were left out."""
    table = table_of("Workbook", "Team", "Week", "As of", "By its", "Opportunities", "", numbers=("Opportunities",))
    for one in found:
        if one.outcome != "left out":
            table.add_row(
                one.file, one.team, one.week, str(one.as_of), one.day_from, f"{one.n_opportunities:,}", one.outcome
            )
    if table.row_count:
        yield table
    left_out = [one for one in found if one.outcome == "left out"]
    if left_out:
        yield head("Left out")
        yield from (Text(one.reason) for one in left_out)
    taken = sum(one.outcome not in {"left out", "already there"} for one in found)
    verb = "would be taken" if dry_run else "taken"
    yield from paragraph(f"\n{_many(taken, 'snapshot')} {verb} into {state}; {len(left_out):,} left out.")


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _many(count: int, thing: str) -> str:
    if count == 1:
        return f"1 {thing}"
    return f"{count:,} {thing.removesuffix('y') + 'ies' if thing.endswith('ty') else thing + 's'}"
