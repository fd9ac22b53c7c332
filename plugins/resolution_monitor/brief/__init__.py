"""Fourth stage: scores become a briefing as PDF and as workbook."""
