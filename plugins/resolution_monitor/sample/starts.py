"""Where made-up indicators begin, for want of a known baseline; orders of magnitude, not facts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Start:
    """
    Attributes:
        value: On the day the path begins, in the indicator's unit.
        denominator: What a ratio is counted over, in whole units; None where it is no ratio.
    """

    value: float
    denominator: int | None = None


STARTS: dict[str, Start] = {
    "57.04": Start(42),
    "57.05": Start(1.7),
    "57.07": Start(11),
    "57.08": Start(6),
    "57.09": Start(9),
    "57.10": Start(3.5, 4_120),
    "57.11": Start(38, 39_400),
    "57.12": Start(52, 18_650_000),
    "57.13": Start(61, 1_730_000_000),
    "57.14": Start(27),
    "57.16": Start(1),
    "57.17": Start(0),
    "57.19": Start(61),
    "57.20": Start(6),
    "57.22": Start(8),
    "57.23": Start(17, 5_230),
    "59.01": Start(12, 216),
    "59.02": Start(84, 438),
    "59.03": Start(36, 17_900),
    "66.01": Start(18, 834),
    "66.02": Start(11, 1_352),
    "66.03": Start(6),
    "66.04": Start(0.3),
    "66.05": Start(71, 187),
    "68.03": Start(6),
    "68.04": Start(7.4),
    "68.08": Start(6.1),
    "68.09": Start(5),
    "68.10": Start(12),
    "68.11": Start(8),
    "68.12": Start(6),
    "68.13": Start(9),
    "68.14": Start(0),
    "70.01": Start(112),
    "70.04": Start(18),
    "70.05": Start(78),
    "70.06": Start(64, 2_310),
    "70.07": Start(45),
    "70.08": Start(3),
    "70.09": Start(5),
    "70.10": Start(4),
    "70.11": Start(4),
    "70.12": Start(0),
    "71.01": Start(44, 34),
    "71.02": Start(68),
    "71.03": Start(41),
    "71.04": Start(0.69),
    "71.05": Start(17),
    "71.06": Start(62, 38_700),
    "71.07": Start(33),
    "71.08": Start(16),
    "71.09": Start(27, 2_240_000),
    "71.10": Start(2_350),
    "71.11": Start(6_400),
    "71.12": Start(58, 243),
    "71.13": Start(49, 1_163),
    "71.14": Start(4, 412),
    "71.15": Start(5),
    "71.16": Start(0),
    "71.17": Start(8),
    "71.18": Start(10),
    "71.19": Start(0),
    "71.20": Start(17),
    "71.21": Start(3.1),
    "71.22": Start(1.2),
    "71.23": Start(35),
    "71.24": Start(59),
    "72.01": Start(0),
    "72.04": Start(87, 1_486_000),
    "72.05": Start(0),
    "72.07": Start(9, 102_300_000),
    "72.08": Start(22, 102_300_000),
    "72.09": Start(1.4),
    "72.10": Start(300),
    "72.11": Start(57, 3_321),
    "72.12": Start(21),
    "72.13": Start(40),
    "79.01": Start(17.1),
    "79.02": Start(3.8),
    "79.03": Start(37),
    "79.04": Start(31),
    "79.05": Start(58),
    "79.06": Start(0.3),
    "79.07": Start(32),
    "79.08": Start(0),
    "79.09": Start(1),
    "80.02": Start(1.3),
    "80.03": Start(66, 68),
    "80.04": Start(59, 69_070),
    "80.05": Start(24, 3_755),
    "80.06": Start(38, 23_400_000),
    "80.07": Start(1),
    "80.08": Start(1),
    "80.09": Start(0),
    "80.10": Start(0),
}


def start_of(indicator_id: str, target: float) -> Start:
    """Where it begins; an indicator added to the catalogue later begins at half its target, counted over 1,000."""
    return STARTS.get(indicator_id, Start(target / 2, 1_000))
