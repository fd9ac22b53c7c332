"""The rules of one assignment once more, as spreadsheet formulas: what explain prints and its workbook computes with.

Nothing is scored by them; tests hold each against the rule itself. Names are those of docs/method.md: of what is given
in GIVEN, of what follows in order, each formula from names above it; thresholds bear the names of limits.Limits.
"""

from resolution_monitor.method.formula import Formula, replaced
from resolution_monitor.method.trajectory import Trajectory
from resolution_monitor.score.formulas.form import Form


def formulas_of(form: Form) -> dict[str, Formula]:
    """
    All formulas of an assignment in the order in which they follow from each other.

    Those that end in `_then` are of the day of the last report: by them HIGH is what it was.
    """
    now = _of_a_day(form)
    renamed = {name: f"{name}_then" for name in now} | {"t": "t_then", "m": "0"}
    then = {
        f"{name}_then": Formula(
            replaced(one.text, lambda part: renamed.get(part, part)),
            tuple(renamed.get(part, part) for part in one.needs),
        )
        for name, one in now.items()
    }
    last = {
        "t_then": Formula('IF(t_last="",t,t_last)'),
        **then,
        "P_last": Formula('IF(OR(t_last="",outside_then=1,silent_then=1),0,P_then)'),
        "S_last": Formula('IF(OR(t_last="",outside_then=1,silent_then=1),0,S_then)'),
    }
    return {**_start(form), **_points_of(form), **now, **_planned(form), **last, **_ends(form)}


def _start(form: Form) -> dict[str, Formula]:
    """
    D, e0 and a, as the kind gives them.

    Source: docs/method.md, clause 2.3.
    """
    return dict(form.rules.formulas)


def _points_of(form: Form) -> dict[str, Formula]:
    """What the path is given beside days and values, and days and fractions of the dated targets before the last."""
    formulas = dict(form.shape.given) if form.shape else {}
    for number in range(1, form.points + 1):
        formulas[f"x_{number}"] = Formula(f"day_{number}-t0", ("t0",))
        formulas[f"f_{number}"] = Formula(f"(value_{number}-V0)/(VT-V0)", ("V0", "VT"))
    return formulas


def _planned(form: Form) -> dict[str, Formula]:
    """What should have been reached by the day, in the unit of the figure; a band and a product have no such value."""
    return {"VE": form.rules.planned} if form.rules.planned else {}


def _of_a_day(form: Form) -> dict[str, Formula]:
    """
    Everything that moves with the day: expected, lag, status, points.

    Source: docs/method.md, clauses 2.4 to 2.7.
    """
    shape = form.shape
    return {
        "el": Formula("t-t0", ("t0",)),
        **(_delivery(form) if shape is None else _on_path(shape, form.points)),
        **_closing(form),
        **({} if shape is None else {"SPI": Formula('IF(OR(closed=1,el<=0),"",(el-lag)/el)', ("el", "lag"))}),
        **_points(form),
        **_status(form),
        "outside": Formula('IF(OR(status="UNRATED",status="NOT_STARTED"),1,0)'),
        "silent": Formula('IF(AND(closed=0,OR(m>=1,a="")),1,0)'),
    }


def _on_path(shape: Trajectory, points: int) -> dict[str, Formula]:
    """E above the floor of what is only to be kept; the day that corresponds to what is attained; the lag behind it."""
    return {
        "N": Formula("tT-t0", ("tT", "t0")),
        "u": Formula("MAX(0,MIN(1,el/N))", ("el", "N")),
        "E_path": Formula(shape.expected_formula(points), ("u",)),
        "E": Formula("e0+(1-e0)*E_path", ("E_path",)),
        "w": Formula("IF(a>=1-1E-9,1,IF(a<=1E-9,0,a))", ("a",)),
        **shape.earned_formulas(points),
    }


def _delivery(form: Form) -> dict[str, Formula]:
    """A product is one step: met on the date of its document, due from the day after its deadline."""
    reached = 'IF(met_on="",el,MAX(el,met_on-t0))'
    is_met = {"a": Formula('IF(met_on="",0,IF(met_on<=t,1,0))')}
    if form.is_assumed:
        # A deadline nobody verified lies beyond whatever happens: nothing is expected by any day.
        return is_met | {"N": Formula(f"{reached}+1"), "E": Formula('""'), "lag_open": Formula("0")}
    return is_met | {
        "N": Formula("tT-t0", ("tT", "t0")),
        "E": Formula("IF(tT<t,1,0)"),
        "a_due": Formula("E*a"),
        "lag_open": Formula("IF(el<=0,0,IF(AND(E=1,a=0),t-tT,IF(a=1,MIN(0,t-tT),0)))"),
    }


def _closing(form: Form) -> dict[str, Formula]:
    """Met, closed, the lag, days overdue."""
    is_product = form.rules.is_product
    met = "IF(a>=1-1E-9,1,0)" if is_product else 'IF(a="",0,IF(AND(a>=1-1E-9,m=0),1,0))'
    closed = "met" if is_product else 'IF(AND(met=1,over=0,N<>""),IF(el>=N,1,0),0)'
    achieved = 'IF(a=1,met_on-t0,"")' if is_product else 'IF(achieved="",el,achieved-t0)'
    return {
        "met": Formula(met),
        "closed": Formula(closed),
        "ach_el": Formula(achieved, ("el",)),
        "lag": Formula('""' if form.is_assumed else "IF(closed=1,ach_el-N,lag_open)"),
        "late": Formula('IF(N="",0,IF(el>N,1,0))'),
        "overdue": Formula("IF(closed=1,MAX(0,ach_el-N),IF(met=1,0,MAX(0,el-N)))", ("N",)),
    }


def _status(form: Form) -> dict[str, Formula]:
    """The colour, and the first line of the status table that holds."""
    is_product = form.rules.is_product
    by_share = 'IF({0}>=green_from-1E-9,"GREEN",IF({0}>=amber_from-1E-9,"AMBER","RED"))'
    by_days = 'IF(lag_open="","RED",IF(lag_open>1E-9,IF(lag_open<=step_amber_days+1E-9,"AMBER","RED"),"GREEN"))'
    by_pace = f'IF(OR(E<start_up_fraction-1E-9,el=0),"GREEN",IF(SPI="","RED",{by_share.format("SPI")}))'
    judged = by_days if form.is_by_days else by_pace
    moving = f'IF(a<-delta-1E-9,"RED",{judged})'
    colour = by_days if is_product else f"IF(nolag=1,{by_share.format('P0/100')},{moving})"
    on_target = "" if is_product else 'IF(AND(met=1,over=0),"ON_TARGET",'
    return {
        "colour": Formula(colour, ("a",) if is_product else ("a", "E")),
        "status": Formula(
            'IF(closed=1,IF(ach_el<=N,"DONE","DONE_LATE"),IF(AND(late=1,met=0,unrated=0),"OVERDUE",'
            'IF(el<0,"NOT_STARTED",IF(unrated=1,"UNRATED",IF(OR(m>=2,a=""),"NO_DATA",'
            f'{on_target}IF(AND(colour="GREEN",OR(m=1,over=1,warned=1)),"AMBER",colour){")" if on_target else ""})))))'
        ),
    }


def _points(form: Form) -> dict[str, Formula]:
    """P0, P and S; of a task without a verified deadline all of them, for nothing is expected of it."""
    if form.is_assumed:
        return {"P0": Formula("100"), "P": Formula("100"), "S": Formula("100")}
    counted = "a_due" if form.rules.is_product else "a"
    scale = "MAX(timeliness_scale_days,timeliness_scale_share*IF(closed=1,ach_el,el))"
    by_lag = f"100*(1-MAX(0,MIN(1,lag/{scale})))"
    kept = f"MIN(P0,100*(1-MAX(0,MIN(1,overdue/{scale}))))"
    return {
        "P0": Formula(f"100*MAX(0,MIN(1,1-MAX(0,E-{counted})/MAX(E,expected_floor)))", ("a", "E")),
        "P": Formula(
            "IF(closed=1,MAX(late_floor,100-MAX(0,ach_el-N)*overdue_points_per_day),"
            "mu*MAX(0,P0-overdue*overdue_points_per_day))",
            ("P0",),
        ),
        "S": Formula(f'IF(AND(nolag=1,closed=0),{kept},IF(lag="","",{by_lag}))', ("P0", "overdue")),
    }


def _ends(form: Form) -> dict[str, Formula]:
    """
    LOW counts 0 while a report is missing, HIGH the last points.

    Of a task without a verified deadline nothing is expected: no points while it is open and told of.
    """
    test = "OR(outside=1,AND(closed=0,silent=0))" if form.is_assumed else "outside=1"
    return {
        f"{part}_{end}": Formula(f'IF({test},"",IF(silent=1,{silent},{part}))')
        for part in ("P", "S")
        for end, silent in (("low", "0"), ("high", f"{part}_last"))
    }
