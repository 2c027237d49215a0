"""A past week's pages once more, from the snapshots that were current then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from milestone_reports import __version__
from milestone_reports.build.publishing import PublishedAgain, publish_again
from milestone_reports.build.refusals import with_own_folders
from milestone_reports.build.request import Progress, Request
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.history.store import Member, Publication, Store
from milestone_reports.recall import as_published, figures_of_weeks
from milestone_reports.scorecards.compose import team_site

MOST_NAMED = 3
"""Files that differ which the sentence names."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A past week that was made again."""

    week: str
    again: PublishedAgain

    @property
    def sentence(self) -> str:
        """What was written, and whether it is what was there."""
        n_files, differing = self.again.n_files, self.again.differing
        wrote = f"Week {self.week}: {n_files:,} files"
        if not self.again.was_there:
            return f"{wrote} made; the site had none of that week."
        if not differing:
            return f"{wrote} made again, each the same as it was published."
        named = ", ".join(differing[:MOST_NAMED])
        more = f" and {len(differing) - MOST_NAMED:,} more" if len(differing) > MOST_NAMED else ""
        return f"{wrote} made again; {len(differing):,} of them differ from what was there: {named}{more}."


def rebuild(store: Store, week: str, request: Request, tell: Progress) -> Rebuilt:
    """Make the folder of a past week again, as it was last published; of a week never published, from its snapshots.

    What was published is kept as it is published now: another version of the program may have made other bytes.

    Raises: CannotGoOnError where the history has no snapshot of the week; PublishingFailedError.
    """
    published = store.published(week)
    made_from = published or _never_published(store, week, request.today)
    told = [as_published(store, one, made_from.known) for one in made_from.members]
    formats = made_from.formats
    request = replace(request, html="html" in formats, pdf="pdf" in formats, data="data" in formats)
    sites = with_own_folders([team_site(one.team, one.as_of, one.past) for one in told])
    again = publish_again(request, sites, tell, figures_of_weeks(told, sites))
    if published:
        store.publish(replace(published, version=__version__, pdfs=again.pdfs))
    return Rebuilt(week, again)


def _never_published(store: Store, week: str, today: date) -> Publication:
    """The current snapshots of a week, as if they had been published when the last of them was taken."""
    own = [entry for entry in store.entries() if entry.week.name == week and entry.is_current]
    if not own:
        raise CannotGoOnError(
            f"Week '{week}': the history has no snapshot of it. Fix: write it like 2026-W47; history list has them all."
        )
    members: Sequence[Member] = [
        Member(entry.number, entry.as_of, store.team_at(entry.number)[0].problems) for entry in own
    ]
    return Publication(week, today, max(one.number for one in members), tuple(members))
