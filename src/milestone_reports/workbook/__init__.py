"""Excel in and out: cells, sheets, headers, values, the team with its problems; the starter workbook.

The only part that knows the spreadsheet library.
"""
