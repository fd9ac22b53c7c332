"""Worked cases of the method, run through the very rules that production runs through."""
