"""The drill: a bare machine, an ordinary user, and all that an operator does."""
