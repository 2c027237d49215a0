"""Watches a folder into which managers drop workbooks: builds and publishes each, or says why not.

It must not know what is on a page, nor read the clock or the terminal: both are given.
"""

from milestone_reports.watch.alone import only_watcher
from milestone_reports.watch.bell import Bell
from milestone_reports.watch.inbox import Inbox
from milestone_reports.watch.watcher import Clock, Line, Tally, Watcher

__all__ = ["Bell", "Clock", "Inbox", "Line", "Tally", "Watcher", "only_watcher"]
