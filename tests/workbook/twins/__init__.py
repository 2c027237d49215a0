"""One sample in many spellings: each twin is the same team in a workbook that somebody might well keep."""
