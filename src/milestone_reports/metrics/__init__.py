"""The method in numbers, one file a subject: pure functions of plain data and an as-of date.

No files, no clock, no formatting.
"""
