"""`kill -9` of every process of `make up`, one after the other."""

from functools import partial

from drill.airflow_acts import PASSWORD, make_again
from drill.service import LAUNCHER, PARTS, POSTGRESQL, SUPERVISOR
from drill.stage import ADMIN, Stage, require
from drill.table import Act


def acts(stage: Stage) -> list[Act]:
    comes_back = [Act(f"`kill -9` of {part}", partial(_comes_back, stage, part)) for part in (*PARTS, POSTGRESQL)]
    ends = [Act(f"`kill -9` of the {part}", partial(_ends_all, stage, part)) for part in (SUPERVISOR, LAUNCHER)]
    return [*comes_back, *ends, Act("Ctrl-C", lambda: stage.serving.stop())]


def _comes_back(stage: Stage, part: str) -> str:
    """It is told, another takes its place, and a run goes through."""
    service = stage.serving
    before = service.kill(part)
    service.wait_until_back(part, before)
    line = service.said(rf"({part} ended [^;\n]*)")
    require(line, "nothing was said on the terminal")
    make_again(service)
    return f"“{line}”; all healthy, and the next run is a success"


def _ends_all(stage: Stage, part: str) -> str:
    """With either of the two everything ends; `make up` is then all that is needed."""
    stage.serving.kill(part)
    code = stage.serving.wait_for_end(30)
    service = stage.serve(**{name: value for name, value in stage.serving.settings.items() if "PORT" not in name})
    ready = service.wait_until_ready()
    require(not service.said(PASSWORD), "a second first account was made")
    require(service.browser.sign_in(ADMIN, stage.kept["password"]), "the account is gone")
    make_again(service)
    return f"everything ended (make: {code}); `make up` again: {ready}, the same account, the next run is a success"
