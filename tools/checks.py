"""`make test`: every check in turn, then every test on both databases side by side; says what failed or did not run."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from tools import children, settings
from tools.postgres import NotStarted, server

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "reports"
# Not `lint-imports`: a script in .venv/bin does not survive a moved checkout.
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as main; main(sys.argv[1:])"
JOBS = os.environ.get("JOBS", "0")
ON_POSTGRES = "on-postgres"
OUTCOME, OUTPUT = REPORTS / "postgres.outcome", REPORTS / "postgres.log"

# Nothing in them touches a database: once is enough.
WITHOUT_DATABASE = ("scheduling/tests/rules", "tests/tools/test_serve.py", "tests/workers/test_supervisor.py")

Outcome = str | None
"""What is wrong, in words, or nothing."""


def python(*arguments: str, **environ: str) -> Outcome:
    """Run Python in the checkout, on SQLite unless told otherwise; a terminal's input stays out of it."""
    settled = {**settings.blank(), **os.environ, "DATABASE_URL": "sqlite:///var/checks.sqlite3", **environ}
    code = children.run([sys.executable, *arguments], cwd=ROOT, env=settled, stdin=subprocess.DEVNULL)
    return f"exit code {code}" if code else None


def pytest(database: str, url: str, *options: str) -> Outcome:
    report = f"--junitxml={REPORTS / database}.xml"
    return python("-m", "pytest", "-q", "-n", JOBS, report, *options, DATABASE_URL=url)


def pytest_on_postgres() -> Outcome:
    try:
        with server(fast=True) as url:
            return pytest("postgres", url, *(f"--ignore={part}" for part in WITHOUT_DATABASE))
    except NotStarted as error:
        return f"NOT RUN. {error}"


def pytest_on_both() -> Outcome:
    """Run the tests on both databases at once: many wait for real processes (on 2 cores 83 s instead of 145 s)."""
    with OUTPUT.open("wb") as output:
        command = [sys.executable, "-m", "tools.checks", ON_POSTGRES]
        with children.beside(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output) as other:
            print("--- on SQLite ---", flush=True)
            sqlite = pytest("sqlite", "sqlite:///var/checks.sqlite3")
            code = other.wait()
    print("\n--- on PostgreSQL ---", OUTPUT.read_text(encoding="utf-8", errors="replace"), sep="\n", flush=True)
    postgres = OUTCOME.read_text(encoding="utf-8") if OUTCOME.exists() else f"exit code {code}"
    found = [f"on {name}: {wrong}" for name, wrong in (("SQLite", sqlite), ("PostgreSQL", postgres)) if wrong]
    return "; ".join(found) or None


CHECKS: tuple[tuple[str, Callable[[], Outcome]], ...] = (
    ("ruff check", lambda: python("-m", "ruff", "check", "--quiet", ".")),
    ("ruff format", lambda: python("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("import contracts", lambda: python("-c", LINT_IMPORTS, "--no-logo")),
    ("migrations are complete", lambda: python("manage.py", "makemigrations", "--check", "--dry-run")),
    ("system check", lambda: python("manage.py", "check")),
    ("tests on SQLite and on PostgreSQL", pytest_on_both),
)


def never_ran(reports: list[Path]) -> Counter[str]:
    """Count the tests that were skipped in each of the runs, by reason: a skip on one database alone is no loss."""
    reasons: dict[tuple[str, str], str] = {}
    ran = set()
    for report in reports:
        for case in ElementTree.parse(report).iter("testcase"):
            test = case.get("classname", ""), case.get("name", "")
            skipped = case.find("skipped")
            if skipped is None:
                ran.add(test)
            else:
                reasons[test] = skipped.get("message", "no reason given")
    return Counter(reason for test, reason in reasons.items() if test not in ran)


def run(checks: tuple[tuple[str, Callable[[], Outcome]], ...]) -> tuple[list[str], bool]:
    """Run the checks up to the first that fails; return a line for each, and whether all passed."""
    lines, broken = [], False
    for name, check in checks:
        if broken:
            lines.append(f"  not run  {name}")
            continue
        print(f"\n=== {name} ===", flush=True)
        began = time.monotonic()
        wrong = check()
        broken = wrong is not None
        lines.append(
            f"  {'FAILED ' if wrong else 'passed '}  {name} ({time.monotonic() - began:.0f} s) {wrong or ''}".rstrip()
        )
    return lines, not broken


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    if ON_POSTGRES in sys.argv:
        wrong = pytest_on_postgres()
        OUTCOME.write_text(wrong or "", encoding="utf-8")
        return 1 if wrong else 0
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    try:
        lines, passed = run(CHECKS)
    except KeyboardInterrupt:
        return 130
    print("\n=== Summary ===", *lines, sep="\n")
    if skipped := never_ran(sorted(REPORTS.glob("*.xml"))):
        print("\n*** NOT TESTED on this machine:")
        print(*(f"***   {count} x {reason}" for reason, count in skipped.most_common()), sep="\n")
    print("\nAll checks passed." if passed else "\n*** A CHECK FAILED: see above.")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
