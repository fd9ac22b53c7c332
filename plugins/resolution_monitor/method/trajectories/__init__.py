"""Shapes of the path from baseline to target: one module a shape, whose TRAJECTORY says all that is said of it."""
