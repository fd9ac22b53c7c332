"""Looks at the catalogue, the databases and the DAGs, and has what it sees judged."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from resolution_monitor.airflow_host.answers import ask_airflow
from resolution_monitor.airflow_host.environment import needs_embedded_metadata, services_environment
from resolution_monitor.airflow_host.launcher import served_by
from resolution_monitor.ask import installation_stores as judge
from resolution_monitor.ask.installation import Verdict
from resolution_monitor.ask.server import server_state
from resolution_monitor.brief.maps import MapWords, province_map
from resolution_monitor.brief.reports import require_whole
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import CatalogueError, RenderError, ResolutionMonitorError
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import database_as_it_is
from resolution_monitor.store.embedded_condition import Condition, condition_of
from resolution_monitor.store.embedded_place import find_place
from resolution_monitor.store.migrate import read_migrations

_NO_WORDS = MapWords(title="", east_sea="", hoang_sa=("", ""), truong_sa=("", ""))
# Airflow asks for an address even where its database is not there yet; nothing is read from this one.
_NOWHERE = "postgresql+psycopg2://nobody@127.0.0.1:1/none"


def examine_stores(
    settings: Settings, environment: Mapping[str, str], clock: Callable[[], datetime]
) -> Iterator[Verdict]:
    """
    One verdict after the other; nothing is started, waited for or written.

    Args:
        clock: Tells the time of this machine.
    """
    yield _catalogue(settings)
    yield _map(settings)
    condition = condition_of(settings.home)
    if settings.database_url is None:
        yield judge.server_verdict(condition, is_served=served_by(settings) is not None)
    if settings.database_url is not None or condition.is_running:
        yield from _database(settings, clock)
    yield from _airflow(settings, environment, condition)


def _catalogue(settings: Settings) -> Verdict:
    try:
        catalogue = load_catalogue(settings.root / "catalogue")
        require_whole(catalogue.calendars, settings.root / "report_templates")
    except CatalogueError as error:
        return judge.catalogue_verdict(str(error), "")
    return judge.catalogue_verdict("", catalogue.sha256)


def _map(settings: Settings) -> Verdict:
    try:
        province_map(settings.map_path, {}, [], _NO_WORDS, width=100.0)
    except RenderError as error:
        return judge.map_verdict(str(error), "")
    return judge.map_verdict("", str(settings.map_path))


def _database(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Verdict]:
    try:
        with database_as_it_is(settings) as opened:
            state = server_state(opened)
            now = clock()
        wanted = read_migrations(settings.root / "sql" / "migrations")
    except ResolutionMonitorError as error:
        yield judge.database_verdict(str(error), 0, [])
        return
    missing = [one.name for one in wanted if state.migrations.get(one.number) != one.sha256]
    yield judge.database_verdict("", state.version, missing)
    yield judge.roles_verdict(state.missing_roles)
    yield judge.clock_verdict(now, state.now)


def _airflow(settings: Settings, environment: Mapping[str, str], condition: Condition) -> Iterator[Verdict]:
    is_ours = needs_embedded_metadata(environment)
    is_there = condition.is_running if is_ours else True
    with tempfile.TemporaryDirectory() as folder:
        # In a home of its own: looking at an installation makes nothing in it.
        place = replace(settings, home=Path(folder))
        url = (
            embedded.url_of(find_place(settings.home), embedded.AIRFLOW_DATABASE) if is_ours and is_there else _NOWHERE
        )
        request = {"question": "examine", "purpose": "tell how it is", "dags_folder": str(settings.root / "dags")}
        words = place.logs_folder / "doctor.log"
        own = {**environment, **services_environment(place, environment, url if is_ours else None)}
        try:
            told = ask_airflow({**request, "with_metadata": is_there}, own, words)
        except ResolutionMonitorError:
            said = words.read_text(errors="replace").strip().splitlines()[-1:] if words.exists() else []
            yield judge.airflow_verdict(" - ".join(["Airflow could not tell how it is", *said]))
            return
    if is_there:
        yield judge.metadata_verdict(told["metadata_error"], is_current=told["is_current"])
    ticks = {dag_id: [datetime.fromisoformat(tick) for tick in moments] for dag_id, moments in told["ticks"].items()}
    yield judge.dags_verdict(told["import_errors"], list(ticks))
    yield judge.schedule_verdict(ticks)
