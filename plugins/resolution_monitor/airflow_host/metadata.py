"""Airflow's own metadata database: made or upgraded by Airflow's own means."""


def migrate_metadata() -> None:
    """Bring the metadata database to the version of the installed Airflow; costs little when it is there."""
    from airflow.utils.db import check_migrations, initdb

    try:
        check_migrations(0)  # type: ignore[no-untyped-call]
    except TimeoutError:
        initdb()


def leave_metadata() -> None:
    """Give back every connection: Airflow would do it when the process ends, and find that the server is gone."""
    from airflow import settings

    if settings.Session is not None:
        settings.Session.remove()
    if settings.engine is not None:
        settings.engine.dispose()
