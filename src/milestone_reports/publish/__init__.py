"""Publishes a site all or nothing: stage beside the old one, check, exchange the two in one step.

It knows addresses and bytes; it must not know what a page says.
"""

from milestone_reports.publish.archive import archived_weeks, week_of
from milestone_reports.publish.folders import recover, site_folder
from milestone_reports.publish.manifest import Manifest, manifest_of
from milestone_reports.publish.site_check import is_page
from milestone_reports.publish.stage import Stage

__all__ = ["Manifest", "Stage", "archived_weeks", "is_page", "manifest_of", "recover", "site_folder", "week_of"]
