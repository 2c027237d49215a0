"""The marked copy of a workbook: its cells coloured and commented, and a sheet that lists the problems."""
