"""Exports of CRMs as they come: recognised by their headers, turned into the table that the reader understands."""
