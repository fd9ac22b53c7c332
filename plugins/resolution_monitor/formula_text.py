"""Text that a spreadsheet would take for a formula stays text: one rule for every writer, and for who reads it back."""

# Written before such a text in CSV; a cell of a workbook has a mark of its own (quotePrefix).
TEXT_MARK = "'"
# What begins a formula, or a line that begins one; the wide letters do so where East Asian letters are typed.
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What is skipped, or not shown, before it.
_UNSEEN = " \x00\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet may reckon with a text that somebody opens, edits or imports."""
    return text.lstrip(_UNSEEN).startswith(_BEGINS)


def marked_text(text: str) -> str:
    """A text as CSV holds it; one that begins with the mark gets another, so that both come back as they were."""
    return TEXT_MARK + text if begins_formula(text) or text.startswith(TEXT_MARK) else text


def unmarked_text(cell: str) -> str:
    """The text that a cell of CSV stands for."""
    bare = cell.removeprefix(TEXT_MARK)
    return bare if bare != cell and (begins_formula(bare) or bare.startswith(TEXT_MARK)) else cell
