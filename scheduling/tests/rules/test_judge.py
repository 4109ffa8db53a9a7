import ast
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduling import rules as package
from scheduling.rules import read_instant, violations
from scheduling.tests.rules.accounts import madrid, rules

FOLDER = Path(package.__file__).parent
STRIKE = (madrid("2026-11-21T00:00"), madrid("2026-11-23T00:00"), "Strike")

# As pure as the rest: RFC 5545, and where Unicode says that a character ends.
BY_LIBRARY = {"recurrence": {"dateutil"}, "lengths": {"regex"}, "previews": {"regex"}}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize(
    ("at", "account", "posts", "broken"),
    [
        ("2026-11-20T20:00", rules(window=(18, 23), gap=60, cap=1, blackouts=[STRIKE]), [], []),
        ("2026-11-20T17:59", rules(window=(18, 23)), [], ["window"]),
        ("2026-11-20T18:00", rules(window=(18, 23)), [], []),
        ("2026-11-20T22:59:59", rules(window=(18, 23)), [], []),
        ("2026-11-20T23:00", rules(window=(18, 23)), [], ["window"]),
        ("2026-11-20T23:59", rules(window=(16, 24)), [], []),
        ("2026-11-21T00:00", rules(window=(16, 24)), [], ["window"]),
        ("2026-11-21T01:59", rules(window=(20, 2)), [], []),
        ("2026-11-21T02:00", rules(window=(20, 2)), [], ["window"]),
        ("2026-11-20T08:00", rules(window=(9, 9)), [], []),
        ("2026-11-20T00:00", rules(window=(0, 24)), [], []),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T19:00", "2026-11-20T21:00"], []),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T19:01"], ["gap"]),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T20:59"], ["gap"]),
        ("2026-11-20T20:00", rules(), ["2026-11-20T20:00:01"], []),
        ("2026-11-20T20:00", rules(), ["2026-11-20T20:00"], ["taken"]),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T20:00"], ["gap", "taken"]),
        ("2026-11-20T20:00", rules(cap=1), ["2026-11-20T00:00"], ["daily_cap"]),
        ("2026-11-20T20:00", rules(cap=1), ["2026-11-20T23:59"], ["daily_cap"]),
        ("2026-11-20T20:00", rules(cap=1), ["2026-11-19T23:59", "2026-11-21T00:00"], []),
        ("2026-11-20T20:00", rules(cap=2), ["2026-11-20T08:00"], []),
        ("2026-11-20T23:59", rules(blackouts=[STRIKE]), [], []),
        ("2026-11-21T00:00", rules(blackouts=[STRIKE]), [], ["blackout"]),
        ("2026-11-23T00:00", rules(blackouts=[STRIKE]), [], []),
    ],
)
def test_the_judge_names_every_rule_that_is_broken(at, account, posts, broken):
    assert violations(madrid(at), rules=account, posts=[madrid(post) for post in posts]) == broken


@pytest.mark.parametrize(
    ("key", "at", "hours", "broken"),
    [
        ("Europe/Madrid", "2026-03-29T03:00", (2, 4), []),
        ("Europe/Madrid", "2026-03-29T03:00", (2, 3), ["window"]),
        ("Antarctica/Troll", "2026-03-29T03:00", (1, 2), []),
        ("Australia/Lord_Howe", "2026-10-04T02:59", (2, 3), []),
        ("Pacific/Apia", "2011-12-31T18:00", (18, 23), []),
        ("Pacific/Apia", "2011-12-31T01:00", (20, 2), []),
    ],
)
def test_the_judge_reads_a_window_as_its_instants_on_a_day_of_a_clock_change(key, at, hours, broken):
    zone = ZoneInfo(key)

    assert violations(read_instant(at, zone), rules=rules(hours, zone=zone), posts=[]) == broken


def test_the_judge_shares_no_code_with_those_it_judges():
    ours = {name for name in imports(FOLDER / "judge.py") if name.startswith("scheduling")}

    assert ours == {"scheduling.rules.account"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_the_rules_know_the_standard_library_and_one_another_only(path):
    known = ("scheduling.rules", "workspaces.rules.sentences")  # The latter marks what they say, and does nothing.
    outside = {name for name in imports(path) if not name.startswith(known)}

    assert {name.partition(".")[0] for name in outside} <= sys.stdlib_module_names | BY_LIBRARY.get(path.stem, set())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_the_rules_never_read_the_clock(path):
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not called & {"now", "utcnow", "today", "monotonic", "perf_counter"}
