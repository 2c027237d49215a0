"""Weekly scorecards for milestone selling, from a team's Excel workbook to web pages and PDFs."""

__version__ = "0.1.0"
