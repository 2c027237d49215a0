"""Where a table of opportunities has its milestones: in columns, in stages, in a history, in a log beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import key, quoted
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.workbook.cells import Book
from milestone_reports.workbook.reading import milestones as gates
from milestone_reports.workbook.reading.columns_at_once import placeholders, take_texts
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.profiles.arrange import arranged, history_beside, stages_alone
from milestone_reports.workbook.reading.profiles.layout import Layout, listed_tracks
from milestone_reports.workbook.reading.profiles.milestone_log import listed_in_log, with_log
from milestone_reports.workbook.reading.profiles.sale import say_sale_before_the_last
from milestone_reports.workbook.reading.table import Table


def layout_of(
    file: str,
    book: Book,
    table: Table,
    listed: Sequence[gates.Listed],
    log: Table | None,
    findings: Findings,
) -> tuple[Table, Layout]:
    """The table as it is to be read, with its tracks and the columns of their milestones.

    Raises: CannotGoOnError where nothing says which milestones there are.
    """
    history = history_beside(book, table)
    named = listed or (listed_in_log(history, table, findings) if history else ())
    beside = log or history
    laid_out = arranged(table, named, findings) or _by_columns(table, named, beside, findings)
    laid_out = laid_out or stages_alone(table, named, findings)
    if laid_out is None:
        raise CannotGoOnError(
            f"{file}, sheet {quoted(table.sheet.name)}: no column of milestone dates; one for each milestone, with the "
            "dates on which it was completed, was expected. Fix: add them, or list the milestones on a sheet named "
            "'Milestones'."
        )
    table, layout = laid_out
    for track in () if listed else dict.fromkeys(track.milestones for track in layout.shown or layout.tracks):
        first = next(own for own in layout.shown or layout.tracks if own.milestones == track)
        gates.check_length(first, table.header[0].ref, findings)
    return with_log(beside, table, layout, findings) if beside else (table, layout)


def _by_columns(
    table: Table, listed: Sequence[gates.Listed], log: Table | None, findings: Findings
) -> tuple[Table, Layout] | None:
    """Milestones in columns of their own, or nowhere but in the log; None where the table has only stages."""
    gates.say_without_header(table, findings)
    if listed:
        return _by_list(table, listed, log, findings)
    names, columns = gates.found_columns(table, findings)
    if names:
        say_sale_before_the_last(table, names, columns, findings)
        return table, Layout(_tracks(table, map(Milestone, names)), columns)
    if log:
        return table, Layout(listed_tracks(listed_in_log(log, table, findings), _track_names(table)), {})
    return None


def _by_list(
    table: Table, listed: Sequence[gates.Listed], log: Table | None, findings: Findings
) -> tuple[Table, Layout] | None:
    """The milestones of the Milestones sheet; with a log, those without a column stand there."""
    found = gates.with_columns(table, listed)
    if not found and not log and (stages := stages_alone(table, listed, findings)):
        return stages
    names = {key(one.milestone.name): one.milestone.name for one in (found if log else listed)}
    return table, Layout(gates.tracks_of(listed, findings), gates.named_columns(table, names.values(), findings))


def _tracks(table: Table, milestones: Iterable[Milestone]) -> tuple[Track, ...]:
    shared = tuple(milestones)
    return tuple(Track(name, shared) for name in _track_names(table))


def _track_names(table: Table) -> Sequence[str]:
    """Without a Milestones sheet: the tracks of the rows as first spelt; a row that names none is on the only one."""
    spelt: dict[str, str] = {}
    position = table.fields.get("Track")
    named = take_texts(table.values(position)).values if position is not None else [""]
    empty = placeholders(named)
    for name in dict.fromkeys(gates.ONLY_TRACK if name in empty else name for name in named):
        spelt.setdefault(key(name), name)
    return list(spelt.values()) or [gates.ONLY_TRACK]
