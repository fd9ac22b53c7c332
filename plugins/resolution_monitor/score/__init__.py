"""Third stage: targets and observations become attainment, lag and status."""
