"""Reading questions, one module each; nothing here changes a row."""
