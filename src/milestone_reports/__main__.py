"""`python -m milestone_reports` and the `milestone-reports` command."""

from milestone_reports.cli import main

if __name__ == "__main__":
    main(prog_name="milestone-reports")
