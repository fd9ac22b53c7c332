"""A rule of the method each: numbers in, numbers out, over arrays; knows no catalogue entry, no month and no table."""
