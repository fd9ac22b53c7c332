"""One way of gaming, played through the inbox beside the same body reporting honestly."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Play:
    """
    A way of gaming.

    Attributes:
        name: What is done, in a few words.
        clause: Of docs/method.md that is to keep it from paying.
        gain_before: Points of the body's score that it gained under the rules before.
        play: Of a road (a context on a migrated database without reports): the score of who reports honestly, and of
            who games and otherwise reports the same.
    """

    name: str
    clause: str
    gain_before: float
    play: Callable[..., tuple[float, float]]
