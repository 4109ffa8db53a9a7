import subprocess

import pytest

from tools import environment


@pytest.fixture
def installs(monkeypatch):
    """Record what pip would install instead of installing it."""
    calls = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: calls.append(command[-1].name))
    return calls


@pytest.fixture
def venv(tmp_path):
    (tmp_path / ".venv").mkdir()
    return tmp_path / ".venv"


@pytest.fixture
def run_file(tmp_path):
    (tmp_path / "requirements.txt").write_text("one==1\n", encoding="utf-8")
    return tmp_path / "requirements.txt"


@pytest.fixture
def dev_file(tmp_path, run_file):
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\ntwo==2\n", encoding="utf-8")
    return tmp_path / "requirements-dev.txt"


def test_a_second_run_installs_nothing(installs, venv, run_file):
    environment.install(venv, run_file)
    environment.install(venv, run_file)

    assert installs == ["requirements.txt"]


def test_a_changed_requirement_is_installed_also_when_the_file_looks_older(installs, venv, run_file, dev_file):
    environment.install(venv, dev_file)
    run_file.write_text("one==1.1\n", encoding="utf-8")
    environment.install(venv, dev_file)

    assert installs == ["requirements-dev.txt", "requirements-dev.txt"]


def test_development_packages_cover_what_a_run_needs(installs, venv, run_file, dev_file):
    environment.install(venv, dev_file)
    environment.install(venv, run_file)

    assert installs == ["requirements-dev.txt"]


def test_an_installation_that_failed_is_tried_again(installs, venv, run_file, monkeypatch):
    def fail(command, **_):
        raise subprocess.CalledProcessError(1, command)

    with monkeypatch.context() as broken:
        broken.setattr(subprocess, "run", fail)
        with pytest.raises(subprocess.CalledProcessError):
            environment.install(venv, run_file)
    environment.install(venv, run_file)

    assert installs == ["requirements.txt"]


def test_an_environment_whose_python_is_gone_is_not_usable(tmp_path):
    (tmp_path / "python").symlink_to(tmp_path / "removed")

    assert not environment.is_usable(tmp_path / "python")
