"""Are the catalogue, the databases and the schedule of an installation in order? One verdict a check."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from resolution_monitor.ask.installation import Verdict, verdict
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.store.embedded_condition import Condition

# PostgreSQL 15 is the oldest on which every statement is tested.
OLDEST_SERVER = 150000
# received_at decides lateness by the hour at most; a minute's difference changes nothing a person would argue about.
CLOCK_TOLERANCE = timedelta(minutes=1)


def catalogue_verdict(error: str, sha256: str) -> Verdict:
    return verdict("catalogue", error, "correct that entry", f"the catalogue loads (sha256 {sha256[:8]})")


def map_verdict(error: str, place: str) -> Verdict:
    action = "restore report_templates/_shared/map, or correct RESOLUTION_MONITOR_MAP"
    return verdict("map", error, action, f"{place} loads, with Hoàng Sa and Trường Sa")


def server_verdict(condition: Condition, *, is_served: bool) -> Verdict:
    """
    Whether the embedded server is as it should be.

    Args:
        is_served: Whether `make up` serves this installation, which needs it at every moment.
    """
    check = "embedded server"
    if not condition.is_made and not condition.has_password:
        return Verdict(check, True, "it is not there yet; the first start makes it")
    if condition.is_made != condition.has_password:
        lost = "its data are" if condition.has_password else "its password is"
        return Verdict(check, False, f"{lost} lost", "restore the state folder: ./monitor restore")
    killed = "it was killed, or the machine stopped" if condition.is_cut_short else ""
    why = condition.complaint or killed
    if not condition.is_running and (is_served or condition.complaint):
        action = f"look into {condition.log}; a full disk and taken memory are the common causes"
        return Verdict(check, False, f"it does not run: {why or 'somebody stopped it'}", action)
    well = "it runs" if condition.is_running else "it does not run; whoever needs it starts it"
    return Verdict(check, True, well)


def database_verdict(error: str, server_version: int, missing_migrations: Sequence[str]) -> Verdict:
    """
    Whether our database answers and is up to date.

    Args:
        error: Why it does not answer; empty when it does.
        server_version: As the server counts: 150004 is 15.4; 0 when it does not answer.
    """
    name = f"PostgreSQL {server_version // 10000}"
    if error:
        return Verdict("database", False, error, "start the server, or correct DATABASE_URL")
    if server_version < OLDEST_SERVER:
        return Verdict("database", False, f"{name} answers; 15 to 18 are supported", "take a newer server")
    trouble = f"{name} answers, but lacks {', '.join(missing_migrations)}" if missing_migrations else ""
    return verdict("database", trouble, "./monitor migrate", f"{name} answers, and our schema is up to date")


def roles_verdict(missing: Sequence[str]) -> Verdict:
    """Whether the service may only read and append, or works as whoever owns the tables."""
    action = (
        "as an administrator of the server: create role monitor_service nologin; create role monitor_reader nologin; "
        "grant monitor_service, monitor_reader to the login of DATABASE_URL; then ./monitor migrate"
    )
    trouble = f"the service works as the owner of the tables, held by triggers alone: {', '.join(missing)} is missing"
    return verdict("roles", trouble if missing else "", action, "the service may read and append, and nothing else")


def clock_verdict(now: datetime, server_now: datetime) -> Verdict:
    """Whether this machine and its database agree on the time."""
    seconds = abs((now - server_now).total_seconds())
    is_off = seconds > CLOCK_TOLERANCE.total_seconds()
    trouble = f"this machine and the database differ by {seconds:.0f} s" if is_off else ""
    action = "set both by a time server (timedatectl set-ntp true): lateness is judged by these clocks"
    return verdict("clock", trouble, action, f"it differs from the database's by {seconds:.1f} s")


def metadata_verdict(error: str, *, is_current: bool) -> Verdict:
    """Whether Airflow's own database answers and has the version of the installed Airflow."""
    if error:
        return Verdict("Airflow's database", False, error, "start the server, or correct the address Airflow is given")
    trouble = "" if is_current else "it is older than the installed Airflow, or was never filled"
    return verdict("Airflow's database", trouble, "make up brings it up to date", "it fits the installed Airflow")


def dags_verdict(import_errors: Mapping[str, str], dag_ids: Sequence[str]) -> Verdict:
    """
    Whether all DAG files load.

    Args:
        import_errors: File -> what Airflow said.
    """
    told = [f"{file}: {_last_line(words)}" for file, words in sorted(import_errors.items())]
    trouble = "; ".join(told) or ("" if dag_ids else "there is no DAG at all")
    return verdict("DAGs", trouble, "correct these files in dags/, or restore them", f"{len(dag_ids)} load")


def _last_line(words: str) -> str:
    lines = words.strip().splitlines()
    return lines[-1] if lines else "no words"


def schedule_verdict(ticks: Mapping[str, Sequence[datetime]]) -> Verdict:
    """
    When each DAG runs next.

    Args:
        ticks: DAG -> its next ticks, soonest first; empty where it never runs by itself.
    """
    never = sorted(dag_id for dag_id, moments in ticks.items() if not moments)
    coming = sorted((moments[0], dag_id) for dag_id, moments in ticks.items() if moments)
    told = "; ".join(f"{dag_id} {moment.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}" for moment, dag_id in coming)
    trouble = f"never run by themselves: {', '.join(never)}" if never else ""
    return verdict("schedule", trouble, "give them a schedule in catalogue/calendars.yaml", f"next: {told}")


def airflow_verdict(error: str) -> Verdict:
    """Of an Airflow that gives no answer at all."""
    return Verdict("Airflow", False, error, "look there for its last words; packages above must be as locked")
