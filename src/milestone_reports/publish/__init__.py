"""Publishes a site all or nothing: stage beside the old one, check, exchange the two in one step.

It knows addresses and bytes; it must not know what a page says.
"""

from milestone_reports.publish.folders import recover
from milestone_reports.publish.manifest import Manifest, manifest_of
from milestone_reports.publish.stage import Stage

__all__ = ["Manifest", "Stage", "manifest_of", "recover"]
