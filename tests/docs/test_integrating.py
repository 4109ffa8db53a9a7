"""The page for integrators: its snippets run, one after the other, against a real server."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.installation import Installation, demo_database

pytestmark = pytest.mark.slow
PAGE = Path(__file__).resolve().parents[2] / "docs" / "integrating.md"
KEY = ("create_api_key", "--workspace", "demo", "--name", "Integration", "--scopes", "read,write,publish")


def snippets(language: str) -> list[str]:
    """Return the page's snippets of a language, in their order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> dict[str, str]:
    """Run the page on a demo workspace; return what each language printed."""
    folder = tmp_path_factory.mktemp("integrating")
    with django_db_blocker.unblock(), demo_database(folder) as url:
        here = Installation(url, folder)
        key = here.manage_json(*KEY)["key"]
        with here.web() as web:
            environ = {**os.environ, "KEY": key, "MARKETMIND": str(web.base_url).rstrip("/")}
            programs = {
                "bash": ["bash", "-e", "-c", "\n".join(snippets("bash"))],
                "python": [sys.executable, "-c", "\n".join(snippets("python"))],
            }
            return {name: _printed(command, environ) for name, command in programs.items()}


def _printed(command: list[str], environ: dict[str, str]) -> str:
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_curl_authenticates_fills_the_plan_and_sees_the_open_slots(ran):
    assert '"actor"' in ran["bash"]
    assert "new slots, skipped" in ran["bash"]
    assert '"status":"planned"' in ran["bash"]


def test_python_fills_a_slot_asks_for_a_batch_publishes_and_follows(ran):
    filled, batch, published, last, told = ran["python"].splitlines()

    assert filled.startswith("scheduled 20")
    assert batch.startswith("pending {'total': 1")
    assert published.startswith("scheduled 20")
    assert last.startswith("the last event is ")
    assert re.fullmatch(r"[a-z_]+", told)
