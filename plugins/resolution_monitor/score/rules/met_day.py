"""The day that counts as the one on which a product was delivered.

Source: docs/method.md, clause 2.5. Day numbers as float64; NaN is null.
"""

import numpy as np

from resolution_monitor.method.arrays import Floats


def met_day(told_day: Floats, claimed_from: Floats, verified_day: Floats) -> Floats:
    """
    The legal day of a document once somebody verified it; until then the told day, and never before it was claimed.

    Args:
        told_day: The legal day as told; NaN where nothing is told.
        claimed_from: First day of the first period whose report says done, in the unbroken run of reports that do.
        verified_day: The legal day as verified; NaN where nobody did.
    """
    unverified = np.fmax(told_day, claimed_from)
    return np.where(np.isnan(told_day), np.nan, np.where(np.isnan(verified_day), unverified, verified_day))
