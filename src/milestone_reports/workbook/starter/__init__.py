"""The starter workbook: its sheets as data, their look, their words, and the writing of the file."""
