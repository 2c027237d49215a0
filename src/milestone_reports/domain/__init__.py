"""What is talked about: reps, tracks, milestones, opportunities, weeks, problems. No files, no clock."""
