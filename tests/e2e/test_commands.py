"""Every command as a process: its exit code, JSON on stdout alone, and sentences instead of tracebacks."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from subprocess import CompletedProcess

import pytest

from tests.e2e.installation import Installation, looking_into
from workspaces.models import Workspace

pytestmark = pytest.mark.slow

KEY = ("create_api_key", "--name", "Screen", "--scopes", "read")
CALLS = {
    "topoff": (("topoff", "--json"), 0, ""),
    "topoff, no workspace": (("topoff", "--workspace", "h2o", "--json"), 1, "There is no workspace 'h2o'."),
    "topoff, days": (("topoff", "--days", "91"), 1, "days has to be from 1 to 90; 91 is not."),
    "topoff, no days": (("topoff", "--days", "abc", "--json"), 2, "argument --days: 'abc' is not a whole number"),
    "tick": (("tick", "--json"), 0, ""),
    "tick, an unknown option": (("tick", "--dry", "--json"), 2, "unrecognized arguments: --dry"),
    "publish_pending": (("publish_pending", "--json"), 0, ""),
    "publish_pending, limit": (("publish_pending", "--limit", "0", "--json"), 2, "argument --limit: 0 is too small"),
    "import_posts": (("import_posts", "a.csv", "--workspace", "h2o", "--json"), 1, "There is no workspace 'h2o'."),
    "create_api_key": ((*KEY, "--workspace", "h2o", "--json"), 1, "There is no workspace 'h2o'."),
    "create_api_key, bytes": (
        (*KEY, "--workspace", b"\xff", "--json"),
        1,
        "What stands after --workspace is not UTF-8",
    ),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Return an installation whose database is made, and empty."""
    folder = tmp_path_factory.mktemp("commands")
    here = Installation(f"sqlite:///{folder / 'empty.sqlite3'}", folder)
    here.manage("migrate", "--noinput", "--verbosity=0")
    return here


@pytest.fixture(scope="module")
def done(empty: Installation) -> Iterator[dict[str, CompletedProcess[str]]]:
    """Run all calls, two at a time; each takes a second to start."""
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda call: empty.call(*call[0]), CALLS.values())
        yield dict(zip(CALLS, answers, strict=True))


@pytest.mark.parametrize("name", CALLS)
def test_a_command_ends_with_the_right_code_and_a_sentence(done, name):
    arguments, code, sentence = CALLS[name]

    assert done[name].returncode == code, done[name].stderr
    assert sentence in done[name].stderr
    assert "Traceback" not in done[name].stderr
    if "--json" in arguments:
        document = json.loads(done[name].stdout)
        assert document.get("error_message", "").startswith(sentence)
        assert bool(sentence) == ("error_code" in document)


def test_a_database_that_is_not_made_yet_is_a_sentence(tmp_path):
    here = Installation(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path)

    said = here.call("seed_demo", "--json")

    assert said.returncode == 1
    assert json.loads(said.stdout)["error_message"] == (
        "The database is not ready: run `python manage.py migrate` first."
    )
    assert "Traceback" not in said.stderr


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path):
    said = Installation("postgres://nobody:secret-word@127.0.0.1:1/none", tmp_path).call("topoff")

    assert said.returncode == 1
    assert said.stderr.startswith("CommandError: The database cannot be reached, check DATABASE_URL:")
    assert "secret-word" not in said.stderr


def test_letters_that_a_terminal_cannot_show_do_not_stop_a_command(empty, monkeypatch, django_db_blocker):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with django_db_blocker.unblock(), looking_into(empty.url) as alias:
        Workspace.objects.using(alias).create(name="Café Lumen", slug="lumen")

    said = empty.manage(*KEY, "--workspace", "lumen")

    assert "The key 'Screen' opens Caf\\xe9 Lumen (read):" in said
