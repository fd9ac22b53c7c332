"""The three children that meet foreign bytes, each let to attack: what holds is seen, not believed."""

import contextlib
from dataclasses import dataclass

from resolution_monitor.brief.render_pdf import pdf_maker
from resolution_monitor.collect.read import FileReader
from resolution_monitor.pipeline.answer_process import AnswerProcess
from resolution_monitor.sandbox.bait import laid_bait
from resolution_monitor.sandbox.confine import Protections
from resolution_monitor.settings import Settings


@dataclass(frozen=True, slots=True)
class Attacked:
    """
    One kind of child after its attacks.

    Attributes:
        protections: What the kernel gave it.
        attacks: Each attack and how it ended: "done", or the kernel's word against it.
    """

    protections: Protections
    attacks: dict[str, str]

    @property
    def succeeded(self) -> list[str]:
        return [name for name, outcome in self.attacks.items() if outcome == "done"]


def attacked_children(settings: Settings) -> dict[str, Attacked]:
    """
    Kind of child -> what came of its attacks on bait: the reader, the one that marks answers, the renderer.

    Raises:
        SettingsError: The machine protects from nothing, and no setting allows that.
        ReaderError: A child does not start.
        RenderError: The renderer does not start.
    """
    with laid_bait() as bait, contextlib.closing(FileReader(settings)) as reader:
        child = reader.start()
        found = {"reader": Attacked(child.protections, child.attacked(bait))}
    with laid_bait() as bait, AnswerProcess(settings) as answers:
        child = answers.start()
        found["answers"] = Attacked(child.protections, child.attacked(bait))
    with laid_bait() as bait, pdf_maker() as maker:
        found["renderer"] = Attacked(*maker.attacked(bait, settings.root / "report_templates" / "_shared"))
    return found
