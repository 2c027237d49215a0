"""Files opened: what kind they are, whether they are safe to open, and their sheets as grids of values."""
