"""`.env`: read beside the environment, which wins."""

import os
from unittest import mock

import pytest

from marketmind.dotenv import WrongSetting, load_dotenv


@pytest.fixture
def load(tmp_path):
    """Return a way to load a file's bytes into an environment of its own, and to read that."""

    def load(text, **environ):
        path = tmp_path / ".env"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with mock.patch.dict(os.environ, environ, clear=True):
            load_dotenv(path)
            return dict(os.environ)

    return load


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=value", "value"),
        ("  NAME = value  ", "value"),
        ("export NAME=value", "value"),
        ("NAME=", ""),
        ("NAME=   # nothing yet", ""),
        ("NAME=value # why", "value"),
        ("NAME=pass#word", "pass#word"),
        ("NAME=two words", "two words"),
        ('NAME="two # words"', "two # words"),
        ("NAME='two \"# words'  # why", 'two "# words'),
        ("NAME=a=b", "a=b"),
        ("NAME=postgres://ana:p%23w@db/plan", "postgres://ana:p%23w@db/plan"),
        ("NAME=año ☕", "año ☕"),
        ("# NAME=other\n\nNAME=value\r\n", "value"),
        ("\ufeffNAME=value", "value"),
    ],
)
def test_a_line_names_a_value(load, line, value):
    assert load(line) == {"NAME": value}


def test_the_environment_wins_also_with_a_blank(load):
    found = load("ONE=file\nTWO=file\nTHREE=file", ONE="environment", TWO="")

    assert found == {"ONE": "environment", "TWO": "", "THREE": "file"}


@pytest.mark.parametrize(
    "text",
    [
        "NAME",
        "two words=1",
        "1NAME=1",
        'NAME="open',
        "NAME='open",
        'NAME="one" two',
        "NAME=a\x00b",
        "=value",
        "NAME=#value",
    ],
)
def test_a_line_that_cannot_be_read_is_named(load, text):
    with pytest.raises(WrongSetting, match=r"Line 2 of .*\.env cannot be read: write it like NAME=value\."):
        load(f"GOOD=1\n{text}")


def test_a_file_in_another_encoding_is_named(load):
    with pytest.raises(WrongSetting, match=r"\.env cannot be read"):
        load("NAME=año".encode("latin-1"))


def test_no_file_is_no_settings(tmp_path):
    with mock.patch.dict(os.environ, {}, clear=True):
        load_dotenv(tmp_path / ".env")
        assert dict(os.environ) == {}
