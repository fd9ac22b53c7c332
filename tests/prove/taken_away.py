"""Every mend that the proof takes away, point by point."""

from taken import Taken
from taken_history import HISTORY
from taken_pages import PAGES
from taken_scores import SCORES
from taken_seeing import SEEING
from taken_slips import SLIPPED

ALL: tuple[Taken, ...] = (*HISTORY, *SEEING, *SLIPPED, *SCORES, *PAGES)
