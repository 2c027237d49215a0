"""The list of templates as a terminal shows it. Makes what rich prints; prints nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from milestone_reports.render.template_folders import name_of
from milestone_reports.render.templating import TemplateEntry
from milestone_reports.terminal.tables import table_of


def template_table(entries: Sequence[TemplateEntry]) -> Table:
    """One row a template: its name, what it is, and its own blocks, with the template whose blocks it has as well."""
    table = table_of("name", "what it is", "blocks")
    for entry in entries:
        also = f"and those of {name_of(entry.extends)}" if entry.extends else ""
        blocks = " ".join(filter(None, (", ".join(entry.blocks), also)))
        table.add_row(Text(entry.name), Text(entry.says), Text(blocks))
    return table
