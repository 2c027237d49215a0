"""`milestone-reports.toml`: what is set once for all builds. Must not know of workbooks or of pages' contents."""
