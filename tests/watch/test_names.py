from __future__ import annotations

import pytest

from milestone_reports.watch.names import is_left_alone


@pytest.mark.parametrize(
    "name",
    [
        "~$pipeline.xlsx",
        ".~lock.pipeline.xlsx#",
        "~WRL0001.tmp",
        "pipeline.xlsx.tmp",
        "pipeline.TMP",
        "Unconfirmed 12345.crdownload",
        "pipeline.xlsx.part",
        "pipeline.xlsx.filepart",
        "pipeline.xlsx.download",
        "0F5A1B00",
        "0f5a1b00",
        ".DS_Store",
        ".849C9593-D756-4E56-8D6E-42412F2A707B",
        "desktop.ini",
        "Thumbs.db",
        "pipeline (Dana's conflicted copy 2026-11-24).xlsx",
        "pipeline (In Konflikt stehende Kopie von Dana 2026-11-24).xlsx",
    ],
)
def test_locks_temporary_files_and_what_programs_keep_for_themselves_are_left_alone(name: str) -> None:
    assert is_left_alone(name)


@pytest.mark.parametrize(
    "name",
    [
        "pipeline.xlsx",
        "pipeline (2).xlsx",
        "Temp.xlsx",
        "2026-W47.xlsx",
        "0F5A1B00.xlsx",
        "part.csv",
        "a conflicted copy.ods",
        "letter.docx",
        "no suffix",
    ],
)
def test_whatever_somebody_can_have_dropped_is_taken(name: str) -> None:
    assert not is_left_alone(name)
