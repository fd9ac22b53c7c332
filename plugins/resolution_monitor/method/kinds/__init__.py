"""Kinds of indicators: one module a kind, whose KIND says all that is said of it."""
