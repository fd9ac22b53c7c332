"""Whoever asked and was killed leaves no question behind that the server goes on working at."""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import psycopg2

from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded

ASK = "import psycopg2, sys; psycopg2.connect(sys.argv[1]).cursor().execute('select pg_sleep(60) as of_the_killed')"
RUNNING = "select count(*) from pg_stat_activity where state = 'active' and query like '%%pg_sleep(60)%%' and pid <> %s"
_LONGEST_SECONDS = 15


def test_a_killed_question_ends(settings: Settings):
    """
    A process asks for a minute and is killed: the embedded server sees within seconds that nobody waits.
    """
    asking = subprocess.Popen([sys.executable, "-c", ASK, str(settings.database_url)])
    connection = psycopg2.connect(str(settings.database_url))
    connection.autocommit = True  # a transaction would see the same activity all the time
    with contextlib.closing(connection), connection.cursor() as cursor:

        def becomes(running: int) -> bool:
            deadline = time.monotonic() + _LONGEST_SECONDS
            while time.monotonic() < deadline:
                cursor.execute(RUNNING, (connection.info.backend_pid,))
                if cursor.fetchone() == (running,):
                    return True
                time.sleep(0.1)
            return False

        was_asked = becomes(1)
        asking.kill()
        asking.wait()

        assert was_asked
        assert becomes(0)


def test_the_server_is_set_for_years(tmp_path: Path):
    """
    Sorting over years stays in memory, and the server looks every second whether anybody still waits.
    """
    with embedded.serving(tmp_path / "state") as place:
        connection = psycopg2.connect(embedded.url_of(place, embedded.DATABASE))
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("select current_setting('work_mem'), current_setting('client_connection_check_interval')")
            told = cursor.fetchone()
    embedded.remove(tmp_path / "state")

    assert ("32MB", "1s") == told
