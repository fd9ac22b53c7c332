"""Every mend that the proof takes away, point by point of the issues; the tables stand in the taken_ files beside."""

from taken import Taken
from taken_answers import ANSWERS
from taken_arrivals import ARRIVED, CLOSED
from taken_facts import FACTS, REVISED
from taken_files import REFUSED
from taken_pages import HOUSE, STATEMENTS
from taken_scores import GAMING
from taken_seeing import LOOKS, WHOLE
from taken_slips import SLIPS
from taken_warning import WARNING

_HISTORY = (*FACTS, *REVISED, *CLOSED, *ARRIVED)
_READING = (*WHOLE, *LOOKS, *SLIPS, *REFUSED, *ANSWERS)
ALL: tuple[Taken, ...] = (*_HISTORY, *_READING, *GAMING, *WARNING, *STATEMENTS, *HOUSE)
