"""What cannot go on: one small family, each with its exit code and its remedy in the sentence."""

from __future__ import annotations


class CannotGoOnError(Exception):
    """The command cannot do what was asked: usage, an unreadable workbook, settings that contradict."""

    exit_code = 2


class DataErrorsFoundError(CannotGoOnError):
    """`--strict` was asked for and the workbook has errors."""

    exit_code = 1


class PublishingFailedError(CannotGoOnError):
    """Rendering or publishing failed; the old site is untouched."""

    exit_code = 3
