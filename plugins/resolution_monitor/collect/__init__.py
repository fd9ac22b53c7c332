"""First stage: a file in the inbox becomes a kept raw file and, through a limited child, sheets of cells."""
