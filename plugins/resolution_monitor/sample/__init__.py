"""The demonstration: made-up reports of every body, plausible and marked, with faults planted and written down."""
