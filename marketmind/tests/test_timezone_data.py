"""The zone data is the pinned package's, wherever the code starts: Alberta stays on UTC-6 from 2026 on."""

from importlib import resources

import pytest

from marketmind.tests.running import python

SHOW = "import datetime as d; print(to_instant(d.date(2026, 12, 15), d.time(9), ZoneInfo('America/Edmonton')))"
IMPORTS = "from zoneinfo import ZoneInfo; from scheduling.rules import to_instant; "
READ_BEFORE = "from zoneinfo import ZoneInfo; ZoneInfo('America/Edmonton'); "


@pytest.fixture
def machine(tmp_path):
    """Return the setting of a machine whose own zone files are wrong: London's clocks in Alberta."""
    wrong = tmp_path / "America" / "Edmonton"
    wrong.parent.mkdir()
    wrong.write_bytes(resources.files("tzdata").joinpath("zoneinfo", "Europe", "London").read_bytes())
    return {"PYTHONTZPATH": str(tmp_path)}


def test_a_machines_own_files_would_win(machine):
    show = "import datetime as d; print(d.datetime(2026, 12, 15, tzinfo=ZoneInfo('America/Edmonton')))"

    done = python("-c", READ_BEFORE + show, **machine)

    assert done.stdout.strip() == "2026-12-15 00:00:00+00:00"


@pytest.mark.parametrize(
    "arguments",
    [
        ("manage.py", "shell", "--verbosity=0", "-c", IMPORTS + SHOW),
        ("-c", IMPORTS + SHOW),
        ("-c", READ_BEFORE + IMPORTS + SHOW),
        ("-c", "import marketmind.asgi; " + IMPORTS + SHOW),
    ],
    ids=["manage.py shell", "the rules alone", "after somebody read a zone", "the web"],
)
def test_the_pinned_data_wins_over_the_machines(machine, arguments):
    done = python(*arguments, **machine)

    assert (done.stdout.strip(), done.stderr) == ("2026-12-15 15:00:00+00:00", "")


def test_django_converts_with_the_pinned_data_too(machine):
    code = "from django.utils import timezone as t; import datetime as d; "
    code += "print(d.datetime(2026, 12, 15, 15, tzinfo=d.UTC).astimezone(t.get_default_timezone()))"

    done = python("manage.py", "shell", "--verbosity=0", "-c", code, TIME_ZONE="America/Edmonton", **machine)

    assert (done.stdout.strip(), done.stderr) == ("2026-12-15 09:00:00-06:00", "")
