"""What the acts share: the room, the checkout in it, the one service that runs, and what one act leaves for another."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smtp_server import MailServer

from drill.room import NotSeenError, Room
from drill.service import Service

ADMIN = "admin"
BUDGET, MONTHLY = "briefing_state_budget", "briefing_resolutions_month"


@dataclass(slots=True)
class Stage:
    """
    Where the drill stands.

    Attributes:
        folder: The script's own, for what the services say.
        kept: What an act leaves for a later one, by name.
    """

    room: Room
    folder: Path
    mail: MailServer
    service: Service | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def checkout(self) -> Path:
        return self.room.home / "giám sát nghị quyết"

    @property
    def demonstration(self) -> Path:
        return self.checkout / "var" / "demo"

    @property
    def serving(self) -> Service:
        if self.service is None:
            raise NotSeenError("nothing is served")
        return self.service

    def serve(self, **settings: str) -> Service:
        """`make up`, with its words in a file of its own."""
        number = self.kept["starts"] = self.kept.get("starts", 0) + 1
        self.service = Service(self.room, self.checkout, self.folder / f"up-{number}.log", **settings)
        return self.service

    def monitor(self, *words: str, **settings: str) -> str:
        """A command of ours that must end well."""
        return self.room.must(self.checkout, "./monitor", *words, **settings)

    def airflow(self, *words: str) -> str:
        """A command of Airflow's on what is served."""
        return self.monitor("airflow", *words, **self.serving.settings)

    def outside(self, path: Path) -> Path:
        return self.room.outside(path)

    def hashes(self, home: Path, *folders: str) -> dict[str, str]:
        """Files below folders of a state folder, by name, with the hash of each."""
        base = self.outside(home)
        paths = [path for folder in folders for path in (base / folder).rglob("*") if path.is_file()]
        return {str(path.relative_to(base)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def rows(self, home: Path, *words: str) -> list[dict[str, Any]]:
        """What a question answers of a state folder."""
        told = self.monitor(*words, "--format", "json", RESOLUTION_MONITOR_HOME=str(home))
        found = json.loads(told)
        return list(found if isinstance(found, list) else found["rows"])


def require(is_so: object, otherwise: str) -> None:
    """
    Pass where it is so.

    Raises:
        NotSeenError: It is not.
    """
    if not is_so:
        raise NotSeenError(otherwise)
