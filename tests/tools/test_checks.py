from contextlib import nullcontext
from types import SimpleNamespace

from tools import checks

SKIPPED = '<testcase classname="{0}" name="{1}"><skipped message="{2}"/></testcase>'
RAN = '<testcase classname="{0}" name="{1}"/>'


def report(path, *cases):
    path.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>", encoding="utf-8")
    return path


def test_a_test_that_ran_on_one_database_is_not_reported_as_skipped(tmp_path):
    sqlite = report(tmp_path / "a.xml", RAN.format("t", "plain"), SKIPPED.format("t", "race", "needs PostgreSQL"))
    postgres = report(tmp_path / "b.xml", RAN.format("t", "plain"), RAN.format("t", "race"))

    assert checks.never_ran([sqlite, postgres]) == {}


def test_what_ran_nowhere_is_counted_by_reason(tmp_path):
    cases = [SKIPPED.format("t", name, "no Chromium found") for name in ("page", "drag")]
    reports = [report(tmp_path / "a.xml", *cases), report(tmp_path / "b.xml", *cases)]

    assert checks.never_ran(reports) == {"no Chromium found": 2}


def test_the_first_failure_ends_the_run_and_the_rest_is_named(capsys):
    lines, passed = checks.run((("one", lambda: None), ("two", lambda: "exit code 1"), ("three", lambda: None)))

    assert not passed
    assert [line.split(" (")[0].split() for line in lines] == [
        ["passed", "one"],
        ["FAILED", "two"],
        ["not", "run", "three"],
    ]


def test_a_server_that_does_not_start_is_a_failure_that_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path / "nothing"))

    assert checks.run_part("postgres-processes").startswith("NOT RUN. No PostgreSQL 14 or newer could be started")


def test_each_part_that_fails_or_ends_without_a_word_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "REPORTS", tmp_path)
    for part, outcome in zip(checks.PARTS, ("", "exit code 1", ""), strict=False):
        (tmp_path / f"{part}.outcome").write_text(outcome)
    monkeypatch.setattr(checks.children, "beside", lambda *_, **__: nullcontext(SimpleNamespace(wait=lambda: 3)))

    assert checks.run_parts() == "sqlite-processes: exit code 1; postgres-processes: exit code 3"
