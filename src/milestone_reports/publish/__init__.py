"""Publishes a site all or nothing: stage beside the old one, check, exchange the two in one step.

It knows addresses and bytes; it must not know what a page says.
"""

from milestone_reports.publish.archive import archived_weeks, week_of
from milestone_reports.publish.folders import recover, site_folder
from milestone_reports.publish.layout import AUDIENCES, Audience, MadeFor, SiteLayout, TeamLayout
from milestone_reports.publish.manifest import Manifest, foreign_paths, manifest_of
from milestone_reports.publish.site_check import is_page
from milestone_reports.publish.stage import Stage

__all__ = [
    "AUDIENCES",
    "Audience",
    "MadeFor",
    "Manifest",
    "SiteLayout",
    "Stage",
    "TeamLayout",
    "archived_weeks",
    "foreign_paths",
    "is_page",
    "manifest_of",
    "recover",
    "site_folder",
    "week_of",
]
