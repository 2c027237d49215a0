"""The words around a company's own name and logo."""

from __future__ import annotations

from milestone_reports.render.language import gettext
from milestone_reports.render.look import Brand


def logo_alt(brand: Brand) -> str:
    """What a logo shows, for those who cannot see it."""
    return gettext("Logo of {company}", company=brand.company) if brand.company else gettext("Logo")
