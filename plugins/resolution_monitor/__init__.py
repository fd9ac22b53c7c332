"""Reports on the Politburo's strategic resolutions: collected, normalised, scored and rendered as briefings."""

__version__ = "0.1.0"
