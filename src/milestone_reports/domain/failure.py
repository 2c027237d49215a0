"""What cannot go on: one small family, each with its exit code and its remedy in the sentence."""

from __future__ import annotations

from milestone_reports.domain.visible import without_hidden


class CannotGoOnError(Exception):
    """The command cannot do what was asked: usage, an unreadable workbook, settings that contradict."""

    exit_code = 2

    def __str__(self) -> str:
        """The sentence; a name of a file in it cannot steer the terminal that shows it."""
        return without_hidden(super().__str__())


class DataErrorsFoundError(CannotGoOnError):
    """`--strict` was asked for and the workbook has errors."""

    exit_code = 1


class PublishingFailedError(CannotGoOnError):
    """Rendering or publishing failed; the old site is untouched."""

    exit_code = 3
