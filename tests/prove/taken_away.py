"""Every mend that the proof takes away, point by point of the issues; the tables stand in the taken_ files beside."""

from prove.taken import Taken
from prove.taken_airflow import FORMS, RUNS
from prove.taken_answers import ANSWERS
from prove.taken_arrivals import ARRIVED, CLOSED
from prove.taken_begin import BEGIN, SERVER
from prove.taken_editions import EDITIONS
from prove.taken_facts import FACTS, REVISED
from prove.taken_files import REFUSED
from prove.taken_growth import GROWTH
from prove.taken_marks import CARRIERS, WRITINGS
from prove.taken_pages import HOUSE, STATEMENTS
from prove.taken_scores import GAMING
from prove.taken_security import CLOSED_IN, READINGS, ROLES
from prove.taken_seeing import LOOKS, WHOLE
from prove.taken_senders import SENDERS
from prove.taken_slips import SLIPS
from prove.taken_standards import STANDARDS
from prove.taken_state import FOLDERS
from prove.taken_warning import WARNING

_HISTORY = (*FACTS, *REVISED, *CLOSED, *ARRIVED)
_READING = (*WHOLE, *LOOKS, *SLIPS, *REFUSED, *ANSWERS)
_STAND = (*FOLDERS, *SERVER, *BEGIN, *RUNS, *FORMS, *SENDERS)
_GUARD = (*CLOSED_IN, *CARRIERS, *WRITINGS, *ROLES, *READINGS, *GROWTH, *STANDARDS)
_PAGES = (*STATEMENTS, *HOUSE, *EDITIONS)
ALL: tuple[Taken, ...] = (*_HISTORY, *_READING, *GAMING, *WARNING, *_PAGES, *_STAND, *_GUARD)
