"""How the services are, as the api-server tells it."""

import json
import urllib.request
from collections.abc import Mapping
from typing import Any

# Airflow's parts, each of which its home page shows in green or red.
PARTS = ("metadatabase", "scheduler", "dag_processor", "triggerer")
_SECONDS = 5.0


def ask_health(address: str) -> dict[str, Any] | None:
    """The api-server's answer; None while it gives none."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{address}/api/v2/monitor/health", timeout=_SECONDS) as answer:
            told = json.load(answer)
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def ailing(health: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Which parts are not healthy; without an answer that is the api-server."""
    if health is None:
        return ("api-server",)
    return tuple(part for part in PARTS if (health.get(part) or {}).get("status") != "healthy")
