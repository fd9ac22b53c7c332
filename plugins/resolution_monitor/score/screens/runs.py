"""Every screen on a month: what it found, before anything is asked."""

import importlib
import pkgutil
import string
from collections.abc import Iterator, Mapping
from functools import cache

from resolution_monitor.catalogue.entries import Screen
from resolution_monitor.errors import CatalogueError
from resolution_monitor.score import screens as room
from resolution_monitor.score.screens.screen import Found, MonthSeen, ScreenRule

# Modules of the room that hold rules.
_HOLDS_RULES = "of_"
_ALWAYS_KNOWN = {"statistic", "body", "period", "green_points"}


def run_screens(month: MonthSeen, screens: Mapping[str, Screen]) -> list[Found]:
    """
    Every screen of the catalogue that can look at something in this month.

    Raises:
        CatalogueError: An entry has no rule, or not that rule's limits; see require_screens.
    """
    require_screens(screens)
    pairs = [(screen_rules()[name], screen) for name, screen in screens.items()]
    return [
        rule.about.found(month, rule.name, rule.look(month, rule.settings(screen)))
        for rule, screen in pairs
        if rule.look is not None and rule.about.is_there(month)
    ]


@cache
def screen_rules() -> Mapping[str, ScreenRule]:
    """The record of every screen by its name, wherever in this room its module lies."""
    names = [module.name for module in pkgutil.iter_modules(room.__path__) if module.name.startswith(_HOLDS_RULES)]
    modules = [importlib.import_module(f"{room.__name__}.{name}") for name in names]
    return {rule.name: rule for module in modules for rule in module.SCREENS}


def require_screens(screens: Mapping[str, Screen]) -> None:
    """
    Hold entries of screens.yaml against the rules.

    Raises:
        CatalogueError: Each entry without a rule, with other limits than its rule's, or with words nobody fills.
    """
    problems = [problem for screen in screens.values() for problem in _problems(screen)]
    if problems:
        raise CatalogueError(*problems)


def require_every_screen(screens: Mapping[str, Screen]) -> None:
    """
    The same, and no rule without an entry.

    Raises:
        CatalogueError: As require_screens, and each rule that is in no entry.
    """
    require_screens(screens)
    lacking = sorted(screen_rules().keys() - screens.keys())
    if lacking:
        raise CatalogueError(f"catalogue/screens.yaml: no entry of {', '.join(lacking)}; write its limits and question")


def _problems(screen: Screen) -> Iterator[str]:
    entry = f"catalogue/screens.yaml: entry {screen.screen!r}"
    rule = screen_rules().get(screen.screen)
    if rule is None:
        yield f"{entry}: no rule bears this name; known are {', '.join(sorted(screen_rules()))}"
        return
    limits = rule.parameters - {"rate"}
    if limits != screen.limits.keys():
        yield f"{entry}: limits are {', '.join(sorted(screen.limits))}; its rule reads {', '.join(sorted(limits))}"
    named = {name for _, name, _, _ in string.Formatter().parse(screen.question) if name}
    unfilled = sorted(named - rule.about.words - _ALWAYS_KNOWN - {f"limit_{name}" for name in screen.limits})
    if unfilled:
        yield f"{entry}: its question names {', '.join(unfilled)}, which nothing fills; correct it"
