"""Reports on the Politburo's strategic resolutions: collected, normalised, scored and rendered as briefings."""

import os

# openpyxl takes lxml where it is installed, and lxml is here for signatures alone: with it a full disk is no OSError,
# and the XML of others would meet another parser.
os.environ.setdefault("OPENPYXL_LXML", "False")

__version__ = "0.1.0"
