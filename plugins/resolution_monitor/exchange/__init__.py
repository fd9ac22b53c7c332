"""Workbooks that people fill in outside and bring back."""
