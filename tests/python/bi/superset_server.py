"""A real Superset on loopback, from the environment that SEMAFORO_SUPERSET_VENV names."""

import os
import secrets
import subprocess
import time
from pathlib import Path

import requests

ADMIN = ("admin", "admin")
CONFIG = """\
SECRET_KEY = {secret!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{home}/superset.db"
TALISMAN_ENABLED = False
"""


class Superset:
    """One server with an empty store of its own; `stop` ends it by its own process."""

    def __init__(self, venv: Path, home: Path, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._program = str(venv / "bin" / "superset")
        config = home / "superset_config.py"
        config.write_text(CONFIG.format(secret=secrets.token_hex(24), home=home), encoding="utf-8")
        self._surroundings = os.environ | {
            "SUPERSET_CONFIG_PATH": str(config),
            "SUPERSET_HOME": str(home),
        }
        user, password = ADMIN
        self._call("db", "upgrade")
        self._call(
            "fab", "create-admin", "--username", user, "--password", password,
            "--firstname", "Ana", "--lastname", "Lista", "--email", "ana@muni.example",
        )  # fmt: skip
        self._call("init")
        with (home / "log").open("w") as log:
            self._process = subprocess.Popen(
                [self._program, "run", "-p", str(port), "--with-threads"],
                env=self._surroundings, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            self.session = self._logged_in()
        except BaseException:
            self.stop()
            raise

    def _call(self, *arguments: str) -> None:
        done = subprocess.run(
            [self._program, *arguments],
            env=self._surroundings, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]

    def _logged_in(self) -> requests.Session:
        session = requests.Session()
        until = time.monotonic() + 120
        while True:
            try:
                session.get(f"{self.address}/health", timeout=5).raise_for_status()
                break
            except requests.RequestException:
                assert time.monotonic() < until, "Superset did not start"
                time.sleep(1)
        user, password = ADMIN
        answer = session.post(
            f"{self.address}/api/v1/security/login",
            json={"username": user, "password": password, "provider": "db", "refresh": True},
            timeout=60,
        )
        session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        token = self._json(session.get(self._url("security/csrf_token/"), timeout=60))["result"]
        session.headers.update({"X-CSRFToken": token, "Referer": self.address})
        return session

    def _url(self, path: str) -> str:
        return f"{self.address}/api/v1/{path}"

    @staticmethod
    def _json(answer: requests.Response) -> dict:
        assert answer.ok, answer.text[:2000]
        return answer.json()

    def import_bundle(self, bundle: Path, passwords: str = "{}") -> None:
        """Import as its page does."""
        with bundle.open("rb") as file:
            answer = self.session.post(
                self._url("dashboard/import/"),
                files={"formData": (bundle.name, file, "application/zip")},
                data={"overwrite": "true", "passwords": passwords},
                timeout=300,
            )
        self._json(answer)

    def all(self, kind: str) -> list[dict]:
        """List what there is of a kind: database, dataset, chart, dashboard."""
        answer = self.session.get(self._url(f"{kind}/?q=(page_size:100)"), timeout=60)
        return self._json(answer)["result"]

    def rows(self, dataset: int, columns: list[str]) -> list[tuple]:
        """Give the rows of a dataset as a chart gets them."""
        answer = self.session.post(
            self._url("chart/data"),
            json={
                "datasource": {"id": dataset, "type": "table"},
                "queries": [{"columns": columns, "metrics": [], "row_limit": 10000}],
                "result_format": "json",
                "result_type": "full",
            },
            timeout=120,
        )
        found = self._json(answer)["result"][0]["data"]
        return [tuple(row[column] for column in columns) for row in found]

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait(60)
