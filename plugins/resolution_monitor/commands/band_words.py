"""A forecast's band in words, never without what it had meant: low is no comfort by itself."""


def band_words(band: str, things: int | None, short: int | None) -> str:
    """
    The band and, of the things of its kind that were told it, how many fell short or were late.

    Args:
        things, short: None where that is not known; then nothing is said that could reassure.
    """
    if things is None or short is None:
        return f"{band} (what {band} means for this kind is not yet known)"
    return f"{band} (of {things} of this kind told {band}, {short} fell short or came late)"
