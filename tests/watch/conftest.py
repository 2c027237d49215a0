"""An inbox for each test of the watch."""

from __future__ import annotations

from pathlib import Path

import pytest
from inboxes import Desk, desk_in


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty inbox, and no site yet."""
    return desk_in(tmp_path)
