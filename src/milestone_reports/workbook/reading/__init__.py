"""A workbook read: sheets and headers found, values taken, the team assembled with its problems."""
