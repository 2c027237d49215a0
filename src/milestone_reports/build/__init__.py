"""From a request to a published site: the recipe, the files of a site, what is refused."""

from milestone_reports.build.recipe import build
from milestone_reports.build.request import Built, Progress, Request

__all__ = ["Built", "Progress", "Request", "build"]
