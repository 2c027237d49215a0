"""A certificate authority for all tests of sending, and a state folder for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from mail_servers import Authority, authority


@pytest.fixture(scope="session")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Whom the client trusts, with a certificate for 127.0.0.1."""
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder, in memory where there is such a file system, as each commit of the ledger waits for the disk.

    A killed program, unlike a machine that loses its power, loses nothing there.
    """
    memory = Path("/dev/shm")  # noqa: S108  a folder of its own is made in it
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder) / "state"
