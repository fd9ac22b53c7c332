"""The rules of one leaf once more as spreadsheet formulas: what explain prints, and what its workbook computes with.

Nothing is scored by them; tests hold each against the rule itself. Names are those of docs/method.md: of what is given
in GIVEN, of what follows in order, each formula from names above it; thresholds bear the names of limits.Limits.
"""

from resolution_monitor.score.formulas.paths import earned_formulas, expected_formulas, point_formulas
from resolution_monitor.score.formulas.text import Form, Formula, replaced

_BAND, _CUMULATIVE, _DISBURSEMENT, _STEPS = "band", "cumulative", "disbursement", "steps"


def formulas_of(form: Form) -> dict[str, Formula]:
    """
    All formulas of a leaf in the order in which they follow from each other.

    Those that end in `_then` are of the day of the last report: by them HIGH is what it was.
    """
    start = _delivery_scale() if form.kind == _STEPS else _scale(form)
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
    return {**start, **point_formulas(form), **now, **_planned(form), **last, **_ends(form)}


def _scale(form: Form) -> dict[str, Formula]:
    """
    D, e0 and a of a measured kind.

    Source: docs/method.md, clause 2.3.
    """
    if form.kind in (_CUMULATIVE, _DISBURSEMENT):
        return _total(is_disbursement=form.kind == _DISBURSEMENT)
    is_band = form.kind == _BAND
    ends = ("lo", "hi") if is_band else ("VT",)
    gap = "MAX(lo-V0,V0-hi,0)" if is_band else "MAX(0,s*(VT-V0))"
    keep = "MAX((hi-lo)/2,st)" if is_band else "MAX(maintain_share*ABS(VT),st)"
    raw = "1-MAX(lo-V,V-hi,0)/D" if is_band else "1-s*(VT-V)/D"
    highest = "1" if is_band else "IF(far=1,2,1)"
    return {
        "g": Formula(gap, (*ends, "V0")),
        "Dm": Formula(keep, ends),
        "far": Formula("IF(g>=st-1E-9,1,0)", ("g", "st")),
        "D": Formula("IF(far=1,g,Dm+(st-Dm)*g/st)", ("far",)),
        "e0": Formula('IF(far="",0,IF(far=1,0,1-g/D))'),
        "delta": Formula('IF(D="",0,st/D)'),
        "nolag": Formula('IF(far="",0,1)' if is_band else 'IF(far="",0,IF(far=1,0,1))'),
        "a_raw": Formula(raw, ("V", "D")),
        "a": Formula(f"MAX(IF(far=1,-1,0),MIN({highest},a_raw))", ("a_raw",)),
        **_spending(is_disbursement=False),
    }


def _planned(form: Form) -> dict[str, Formula]:
    """What should have been reached by the day, in the unit of the figure; a band and a product have no such value."""
    if form.kind in (_BAND, _STEPS):
        return {}
    rising = {_CUMULATIVE: "V0+E*D", _DISBURSEMENT: "E*D"}.get(form.kind, "VT-s*D*(1-E)")
    return {"VE": Formula(rising, ("E", "D"))}


def _total(*, is_disbursement: bool) -> dict[str, Formula]:
    if is_disbursement:
        parts = {"D": Formula("VT", ("VT",)), "a_raw": Formula("V/D", ("V", "D"))}
        highest, step = "1", "0"
    else:
        parts = {"D": Formula("VT-V0", ("VT", "V0")), "a_raw": Formula("(V-V0)/D", ("V", "D", "st"))}
        highest, step = "2", 'IF(D="",0,st/D)'
    return {
        **parts,
        "e0": Formula("0"),
        "delta": Formula(step),
        "nolag": Formula("0"),
        "a": Formula(f"MAX(-1,MIN({highest},a_raw))", ("a_raw",)),
        **_spending(is_disbursement=is_disbursement),
    }


def _spending(*, is_disbursement: bool) -> dict[str, Formula]:
    """A, μ and whether too much was spent."""
    over = 'IF(a_raw="",0,IF(a_raw>1+overspend_tolerance+1E-9,1,0))' if is_disbursement else "0"
    return {
        "A": Formula("100*MAX(0,MIN(1.2,a))", ("a",)),
        "over": Formula(over),
        "mu": Formula("IF(over=1,MAX(0,2-a_raw),1)"),
    }


def _delivery_scale() -> dict[str, Formula]:
    return {"nolag": Formula("0"), "e0": Formula("0"), "over": Formula("0"), "mu": Formula("1")}


def _of_a_day(form: Form) -> dict[str, Formula]:
    """
    Everything that moves with the day: expected, lag, status, points.

    Source: docs/method.md, clauses 2.4 to 2.7.
    """
    is_steps = form.kind == _STEPS
    return {
        "el": Formula("t-t0", ("t0",)),
        **(_delivery(form) if is_steps else {"N": Formula("tT-t0", ("tT", "t0"))}),
        **({} if is_steps else expected_formulas(form)),
        **({} if is_steps else earned_formulas(form)),
        **_closing(form),
        **({} if is_steps else {"SPI": Formula('IF(OR(closed=1,el<=0),"",(el-lag)/el)', ("el", "lag"))}),
        **_points(form),
        **_status(form),
        "outside": Formula('IF(OR(status="UNRATED",status="NOT_STARTED"),1,0)'),
        "silent": Formula('IF(AND(closed=0,OR(m>=1,a="")),1,0)'),
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
    is_steps = form.kind == _STEPS
    met = "IF(a>=1-1E-9,1,0)" if is_steps else 'IF(a="",0,IF(AND(a>=1-1E-9,m=0),1,0))'
    closed = "met" if is_steps else 'IF(AND(met=1,over=0,N<>""),IF(el>=N,1,0),0)'
    achieved = 'IF(a=1,met_on-t0,"")' if is_steps else 'IF(achieved="",el,achieved-t0)'
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
    is_steps = form.kind == _STEPS
    by_share = 'IF({0}>=green_from-1E-9,"GREEN",IF({0}>=amber_from-1E-9,"AMBER","RED"))'
    by_days = 'IF(lag_open="","RED",IF(lag_open>1E-9,IF(lag_open<=step_amber_days+1E-9,"AMBER","RED"),"GREEN"))'
    by_pace = f'IF(OR(E<start_up_fraction-1E-9,el=0),"GREEN",IF(SPI="","RED",{by_share.format("SPI")}))'
    judged = by_days if form.path == "step" else by_pace
    moving = f'IF(a<-delta-1E-9,"RED",{judged})'
    colour = by_days if is_steps else f"IF(nolag=1,{by_share.format('P0/100')},{moving})"
    on_target = "" if is_steps else 'IF(AND(met=1,over=0),"ON_TARGET",'
    return {
        "colour": Formula(colour, ("a",) if is_steps else ("a", "E")),
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
    counted = "a_due" if form.kind == _STEPS else "a"
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
