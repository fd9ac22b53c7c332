"""Random numbers that depend on the seed and on what they are for, never on the order in which they are drawn."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Choice = TypeVar("Choice")


def draws(seed: int, *names: str) -> np.random.Generator:
    """
    A generator of its own for what the names name, such as a body and an item.

    One body's numbers are therefore the same whichever other bodies are made, and in whichever process.
    """
    written = "\x1f".join((str(seed), *names))
    return np.random.default_rng(int.from_bytes(hashlib.sha256(written.encode()).digest()[:16]))


def chosen(generator: np.random.Generator, choices: Sequence[Choice]) -> Choice:
    return choices[int(generator.integers(len(choices)))]
