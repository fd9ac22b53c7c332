"""The embedded server among the services: it is started again on the port that all of them were told."""

from resolution_monitor.airflow_host.restarts import DEATHS_ALLOWED, pause_seconds
from resolution_monitor.airflow_host.terminal import say
from resolution_monitor.errors import DatabaseError, ServicesError, StorageError
from resolution_monitor.store import embedded
from resolution_monitor.store.embedded_place import ServerPlace
from resolution_monitor.store.embedded_process import last_words, running_server

_NAME = "PostgreSQL"


class DatabaseWatch:
    """One server and what became of it."""

    def __init__(self, place: ServerPlace) -> None:
        self._place = place
        self._port = self._port_now()
        self._deaths: tuple[float, ...] = ()
        self._start_at: float | None = None

    def _port_now(self) -> int | None:
        running = running_server(self._place)
        return running.port if running else None

    def look(self, now: float) -> None:
        """
        Start it again if it ended; at once the first time, then after pauses.

        Raises:
            ServicesError: It ended again and again, or its port is another program's by now.
        """
        if embedded.server_pid(self._place) is not None:
            self._start_at = None
        elif self._start_at is None:
            self._note_death(now, last_words(self._place))
        elif now >= self._start_at:
            self._start(now)

    def _note_death(self, now: float, why: str) -> None:
        self._deaths = (*self._deaths, now)[-DEATHS_ALLOWED:]
        pause = pause_seconds(self._deaths, now)
        if pause is None:
            raise ServicesError(
                f"{_NAME} ended {DEATHS_ALLOWED} times within a minute ({why}); see {self._place.log}, mend it, "
                "start again"
            )
        pause = pause if len(self._deaths) > 1 else 0.0
        self._start_at = now + pause
        soon = f"in {pause:.0f} s" if pause else "at once"
        say(f"{_NAME} ended and starts again {soon} on port {self._port}; its words: {self._place.log}")

    def _start(self, now: float) -> None:
        try:
            embedded.serve_again(self._place)
        except (DatabaseError, StorageError) as error:
            self._note_death(now, str(error))
            return
        self._start_at = None
        if self._port_now() != self._port:
            raise ServicesError(f"port {self._port} of {_NAME} is another program's by now; start again")
