"""`make test`: every check in turn, then every test on both databases side by side; says what failed or did not run."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from xml.etree import ElementTree

from tools import children, settings
from tools.postgres import NotStarted, server

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "reports"
# Not `lint-imports`: a script in .venv/bin does not survive a moved checkout.
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as main; main(sys.argv[1:])"
JOBS = os.environ.get("JOBS", "0")
# What cares little which database it is runs on one: rules, pages, the admin, browsers, and what doors answer alike on
# SQLite, doors of programs on PostgreSQL. The services under both run on both; walks ask each page and each table of
# the admin on both, and each route of the API on SQLite.
ON_SQLITE_ALONE = (
    "*/tests/admin",
    "*/tests/rules",
    "*/tests/test_settings_*.py",
    "marketmind/tests/test_*.py",
    "publishing/tests/test_*admin*.py",
    "publishing/tests/test_*page*.py",
    "publishing/tests/test_*_rules.py",
    "publishing/tests/test_command_seed_demo.py",
    "publishing/tests/test_problem_decisions.py",
    "publishing/tests/test_problem_parity.py",
    "scheduling/tests/pages",
    "scheduling/tests/test_*_parity.py",
    "tests/assistants",
    "tests/browser",
    "tests/docs",
    "tests/e2e/test_commands.py",
    "tests/live/test_two_browsers.py",
    "tests/sources",
    "tests/test_pages_*.py",
    "tests/tools/test_[!p]*.py",
    "tests/workers/test_supervisor.py",
    "workspaces/tests/test_admin*.py",
)
ON_POSTGRES_ALONE = (
    "publishing/tests/test_api_*.py",
    "publishing/tests/test_channel_webhook*.py",
    "publishing/tests/test_clock_changes.py",
    "publishing/tests/test_courier.py",
    "publishing/tests/test_hanging.py",
    "publishing/tests/test_network*.py",
    "publishing/tests/test_node*.py",
    "publishing/tests/test_notice_*.py",
    "publishing/tests/test_webhook*.py",
    "scheduling/tests/api",
    "scheduling/tests/batches",
    "scheduling/tests/planning/test_choosing_nearby.py",
    "scheduling/tests/recurring",
    "scheduling/tests/test_export*.py",
    "scheduling/tests/test_import*.py",
    "tests/e2e/test_calendar_stream.py",
    "tests/tools/test_postgres.py",
    "tests/workers/test_ending.py",
    "tests/workers/test_publish_pending_stops.py",
    "workspaces/tests/test_api_*.py",
)
ON_BOTH = (
    "marketmind/tests/test_doctor.py",
    "marketmind/tests/test_health.py",
    "marketmind/tests/test_instants.py",
    "marketmind/tests/test_metrics.py",
    "marketmind/tests/test_outages.py",
    "marketmind/tests/test_status_page.py",
)
"""What asks the database how it is, among much that does not."""


def without(alone: tuple[str, ...], *, but: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options that leave out what runs on the other database alone."""
    kept = {path for part in but for path in ROOT.glob(part)}
    found = (path for part in alone for path in sorted(ROOT.glob(part)) if path not in kept)
    return tuple(f"--ignore={path.relative_to(ROOT)}" for path in found)


NOT_ON_POSTGRES = without(ON_SQLITE_ALONE, but=ON_BOTH)
NOT_ON_SQLITE = without(ON_POSTGRES_ALONE, but=ON_SQLITE_ALONE)
APPLICATIONS = ("workspaces", "campaigns", "scheduling", "publishing", "marketmind")
SQLITE, POSTGRES = "sqlite", "postgres"
# All at once: what starts processes of its own, in tests/, waits for these most of its time.
PARTS = {
    f"{SQLITE}-applications": (*APPLICATIONS, *NOT_ON_SQLITE),
    f"{SQLITE}-processes": ("tests", *NOT_ON_SQLITE),
    f"{POSTGRES}-applications": (*APPLICATIONS, *NOT_ON_POSTGRES),
    f"{POSTGRES}-processes": ("tests", *NOT_ON_POSTGRES),
}

Outcome = str | None
"""What is wrong, in words, or nothing."""


def python(*arguments: str, **environ: str) -> Outcome:
    """Run Python in the checkout, on SQLite unless told otherwise; a terminal's input stays out of it."""
    settled = {**settings.blank(), **os.environ, "DATABASE_URL": "sqlite:///var/checks.sqlite3", **environ}
    # Tests start a hundred processes; without bytecode each compiles MarketMind anew, which takes seconds.
    settled.pop("PYTHONDONTWRITEBYTECODE", None)
    code = children.run([sys.executable, *arguments], cwd=ROOT, env=settled, stdin=subprocess.DEVNULL)
    return f"exit code {code}" if code else None


def pytest(part: str, url: str) -> Outcome:
    return python("-m", "pytest", "-q", "-n", JOBS, f"--junitxml={REPORTS / part}.xml", *PARTS[part], DATABASE_URL=url)


def run_part(part: str) -> Outcome:
    """Run a part of the tests on its database; PostgreSQL's is a server of its own."""
    if part.startswith(SQLITE):
        return pytest(part, "sqlite:///var/checks.sqlite3")
    try:
        with server(fast=True) as url:
            return pytest(part, url)
    except NotStarted as error:
        return f"NOT RUN. {error}"


def run_parts() -> Outcome:
    """Run all parts of the tests at once, each in a process whose output is shown when it has ended."""
    found = {}
    with ExitStack() as stack:
        for part, process in {part: stack.enter_context(_beside(part)) for part in PARTS}.items():
            code = process.wait()
            text = (REPORTS / f"{part}.log").read_text(encoding="utf-8", errors="replace")
            print(f"\n--- {part} ---", text, sep="\n", flush=True)
            outcome = REPORTS / f"{part}.outcome"
            found[part] = outcome.read_text(encoding="utf-8") if outcome.exists() else f"exit code {code}"
    return "; ".join(f"{part}: {wrong}" for part, wrong in found.items() if wrong) or None


@contextmanager
def _beside(part: str) -> Iterator[subprocess.Popen]:
    """Run a part of the tests beside a block; its output goes to a file."""
    with (REPORTS / f"{part}.log").open("wb") as output:
        command = [sys.executable, "-m", "tools.checks", part]
        with children.beside(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output) as process:
            yield process


CHECKS: tuple[tuple[str, Callable[[], Outcome]], ...] = (
    ("ruff check", lambda: python("-m", "ruff", "check", "--quiet", ".")),
    ("ruff format", lambda: python("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("import contracts", lambda: python("-c", LINT_IMPORTS, "--no-logo")),
    ("migrations are complete", lambda: python("manage.py", "makemigrations", "--check", "--dry-run")),
    ("system check", lambda: python("manage.py", "check")),
    ("tests on SQLite and on PostgreSQL", run_parts),
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
    if part := next((name for name in sys.argv[1:] if name in PARTS), None):
        wrong = run_part(part)
        (REPORTS / f"{part}.outcome").write_text(wrong or "", encoding="utf-8")
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
