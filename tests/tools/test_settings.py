import re
from pathlib import Path

from marketmind import env
from tools import settings

ROOT = Path(__file__).resolve().parents[2]
MADE_IN_VAR = {"DATABASE_URL", "STORAGE_URL"}  # their default is a place in this checkout


def test_the_example_lists_every_setting_that_is_read_and_no_other():
    assert set(settings.blank()) == set(env.asked)


def test_the_example_shows_each_default():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")

    shown = dict(re.findall(r"^([A-Z][A-Z0-9_]*)=(.*)$", text, re.MULTILINE))

    for name in set(shown) - MADE_IN_VAR:
        assert (name, shown[name]) == (name, env.asked[name])
