"""Which formulas an assignment follows."""

from dataclasses import dataclass

from resolution_monitor.method.kind import Kind
from resolution_monitor.method.registry import kinds, trajectories
from resolution_monitor.method.trajectory import Trajectory

# A task is a product like an indicator of this kind.
TASK = "binary"


@dataclass(frozen=True, slots=True)
class Form:
    """
    Which formulas an assignment follows.

    Attributes:
        kind: A name of registry.kinds; of a task TASK.
        path: A name of registry.trajectories; of a product nothing.
        points: Dated targets before the last that lie within the path.
        is_assumed: A task whose deadline nobody verified.
    """

    kind: str
    path: str = "linear"
    points: int = 0
    is_assumed: bool = False

    @property
    def rules(self) -> Kind:
        return kinds()[self.kind]

    @property
    def shape(self) -> Trajectory | None:
        """None of a product, which has no path."""
        return None if self.rules.is_product else trajectories()[self.path]

    @property
    def is_by_days(self) -> bool:
        """The colour follows the days behind."""
        return self.shape is None or self.shape.is_stepwise
