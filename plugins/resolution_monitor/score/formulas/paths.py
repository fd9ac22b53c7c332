"""Trajectories as spreadsheet formulas: what is expected by a day, and the day on which something was expected.

Source: docs/method.md, clauses 2.4 and 2.5. A table of dated targets is written out point by point; its fractions rise.
"""

from resolution_monitor.score.formulas.text import Form, Formula
from resolution_monitor.score.rules.trajectory import CAGR, LINEAR, SCURVE, STEP, TABLE


def point_formulas(form: Form) -> dict[str, Formula]:
    """Days and fractions of the dated targets before the last."""
    formulas = {"bent": Formula('IF(OR(V0="",VT=""),0,IF(AND(V0>0,VT>0,ABS(VT-V0)>1E-9),1,0))')}
    formulas = formulas if form.path == CAGR else {}
    for number in range(1, form.points + 1):
        formulas[f"x_{number}"] = Formula(f"day_{number}-t0", ("t0",))
        formulas[f"f_{number}"] = Formula(f"(value_{number}-V0)/(VT-V0)", ("V0", "VT"))
    return formulas


def expected_formulas(form: Form) -> dict[str, Formula]:
    """E, above the floor of what is only to be kept."""
    share = {
        LINEAR: "u",
        SCURVE: "u*u*(3-2*u)",
        CAGR: "IF(bent=1,(V0*(VT/V0)^u-V0)/(VT-V0),u)",
        TABLE: _on_table(form.points),
        STEP: _on_steps(form.points),
    }[form.path]
    return {
        "u": Formula("MAX(0,MIN(1,el/N))", ("el", "N")),
        "E_path": Formula(share, ("u",)),
        "E": Formula("e0+(1-e0)*E_path", ("E_path",)),
    }


def earned_formulas(form: Form) -> dict[str, Formula]:
    """The day that corresponds to what is attained, and the lag behind it."""
    whole = {"w": Formula("IF(a>=1-1E-9,1,IF(a<=1E-9,0,a))", ("a",))}
    if form.path == STEP:
        return whole | {"lag_open": Formula(_lag_on_steps(form.points), ("w", "N"))}
    lag = {"lag_open": Formula('IF(nolag=1,"",IF(el<=0,0,el-ES))', ("ES",))}
    if form.path == TABLE:
        days = {
            "ES_first": Formula(_first_day(form.points), ("w", "N")),
            "ES_last": Formula(_last_day(form.points), ("w", "N")),
            "ES": Formula("MAX(ES_first,MIN(ES_last,el))", ("ES_first",)),
        }
        return whole | days | lag
    inverse = {
        LINEAR: "w*N",
        SCURVE: "N*(0.5-SIN(ASIN(1-2*w)/3))",
        CAGR: "IF(bent=1,N*LN((V0+w*(VT-V0))/V0)/LN(VT/V0),w*N)",
    }[form.path]
    return whole | {"ES": Formula(f"IF(w>=1,MAX(N,el),IF(w<=0,0,{inverse}))", ("w", "N"))} | lag


def _point(number: int, points: int) -> tuple[str, str]:
    """Day and fraction of a point; before the first stands the start, after the last the deadline."""
    if number == 0:
        return "0", "0"
    return (f"x_{number}", f"f_{number}") if number <= points else ("N", "1")


def _on_table(points: int) -> str:
    text = "1"
    for number in range(points + 1, 0, -1):
        (first, low), (last, high) = _point(number - 1, points), _point(number, points)
        text = f"IF(el<{last},{low}+(el-{first})/({last}-{first})*({high}-{low}),{text})"
    return f"IF(el<=0,0,{text})"


def _crossing(number: int, points: int) -> str:
    (first, low), (last, high) = _point(number - 1, points), _point(number, points)
    return f"{first}+(w-{low})/({high}-{low})*({last}-{first})"


def _first_day(points: int) -> str:
    text = _crossing(points + 1, points)
    for number in range(points, 0, -1):
        text = f"IF(w<=f_{number}+1E-9,{_crossing(number, points)},{text})"
    return f"IF(w<=0,0,{text})"


def _last_day(points: int) -> str:
    text = _crossing(1, points)
    for number in range(1, points + 1):
        text = f"IF(w>=f_{number}-1E-9,{_crossing(number + 1, points)},{text})"
    return f"IF(w>=1,MAX(N,el),{text})"


def _on_steps(points: int) -> str:
    text = "0"
    for number in range(1, points + 2):
        day, fraction = _point(number, points)
        text = f"IF({day}<el,{fraction},{text})"
    return text


def _lag_on_steps(points: int) -> str:
    """The oldest due step above what is attained; else the latest coming step that is reached; else 0."""
    ahead = "0"
    for number in range(1, points + 2):
        day, fraction = _point(number, points)
        ahead = f"IF(AND({day}>el,{fraction}<=w+1E-9),el-{day},{ahead})"
    text = ahead
    for number in range(points + 1, 0, -1):
        day, fraction = _point(number, points)
        text = f"IF(AND({day}<el,{fraction}>w+1E-9),el-{day},{text})"
    return f"IF(el<=0,0,{text})"
