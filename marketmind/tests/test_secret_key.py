"""The secret key: made once, for its owner's eyes, and the same for processes that start together."""

import multiprocessing
import stat

import pytest

from marketmind import env
from marketmind.dotenv import WrongSetting

PROCESSES = 6


@pytest.fixture(autouse=True)
def _not_set(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "")


def made_in(path, start, found):
    start.wait()
    found.put(env.secret_key("SECRET_KEY", path))


def test_it_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "secret_key"

    first, second = (env.secret_key("SECRET_KEY", path) for _ in range(2))

    assert first == second == path.read_text()
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_processes_that_start_together_have_one_key(tmp_path):
    path = tmp_path / "secret_key"
    context = multiprocessing.get_context("fork")
    start, found = context.Barrier(PROCESSES), context.Queue()
    processes = [context.Process(target=made_in, args=(path, start, found)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()

    keys = {found.get(timeout=60) for _ in processes}

    for process in processes:
        process.join(60)
    assert keys == {path.read_text()}
    assert list(tmp_path.iterdir()) == [path]


def test_one_that_is_given_is_used_and_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "of our own")

    assert env.secret_key("SECRET_KEY", tmp_path / "secret_key") == "of our own"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(WrongSetting, match=r"SECRET_KEY is not set, and .*file/secret_key cannot be used"):
        env.secret_key("SECRET_KEY", tmp_path / "file" / "secret_key")
    with pytest.raises(WrongSetting, match=r"The folder .* cannot be made"):
        env.folder(tmp_path / "file" / "var")
