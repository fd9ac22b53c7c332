"""A person at Airflow's pages: signs in by the form and goes on with its cookies, as a browser does."""

import http.cookiejar
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from installation import wait_for

from drill.room import NotSeenError

_SECONDS = 30.0
_RUN_SECONDS = 240.0


class Browser:
    """One person's window."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._cookies = http.cookiejar.CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self._cookies)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def sign_in(self, user: str, password: str) -> bool:
        """Fill in the form; whether the pages opened."""
        page = self._read("/auth/login/")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if token is None:
            raise NotSeenError(f"no sign-in form: {page[:200]}")
        form = urlencode({"username": user, "password": password, "csrf_token": token[1]}).encode()
        self._read("/auth/login/", form)
        return any(cookie.name == "_token" for cookie in self._cookies)

    def _read(self, path: str, content: bytes | None = None, headers: Mapping[str, str] | None = None) -> str:
        request = urllib.request.Request(f"{self._address}{path}", content, dict(headers or {}))
        with self._opener.open(request, timeout=_SECONDS) as answer:
            return str(answer.read().decode())

    def ask(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What a page asks of the server behind it: GET, or POST where there is a body."""
        content = None if body is None else json.dumps(body).encode()
        told: dict[str, Any] = json.loads(self._read(path, content, {"Content-Type": "application/json"}))
        return told

    def fill_in(self, dag_id: str, **filled: Any) -> str:
        """Begin a run by the form: every field as it stands there, but those filled in; the run's id."""
        fields = self.ask(f"/api/v2/dags/{dag_id}/details")["params"]
        conf = {name: field["value"] for name, field in fields.items()} | filled
        run = self.ask(f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None, "conf": conf})
        return str(run["dag_run_id"])

    def run(self, dag_id: str, run_id: str) -> dict[str, Any]:
        """A run that has ended."""
        path = f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id)}"
        return dict(wait_for(f"the end of {run_id}", lambda: self._ended(path), _RUN_SECONDS))

    def _ended(self, path: str) -> dict[str, Any] | None:
        try:
            run = self.ask(path)
        except (OSError, urllib.error.URLError):
            return None  # it is starting again
        return run if run["state"] in ("success", "failed") else None

    def succeeded(self, dag_id: str, run_id: str) -> dict[str, Any]:
        """
        A run that has ended well.

        Raises:
            NotSeenError: It did not.
        """
        run = self.run(dag_id, run_id)
        if run["state"] != "success":
            raise NotSeenError(f"{run_id} ended as {run['state']}: {run.get('note')}")
        return run
