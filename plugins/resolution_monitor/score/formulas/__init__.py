"""The rules of one assignment as spreadsheet formulas, and the values that went through them."""
