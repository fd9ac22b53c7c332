"""What a body reports for a period, as values: the template writes them, the reader reads them, nobody guesses."""
