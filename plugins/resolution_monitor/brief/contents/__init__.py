"""One module per report: scores in, Briefing out."""
