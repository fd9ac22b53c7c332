"""What reports print, a part each: scores in, the words and drawings of one place on a page out."""
