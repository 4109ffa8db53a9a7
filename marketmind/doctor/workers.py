"""Whether somebody does the work."""

from datetime import datetime, timedelta

from django.db import connection

from marketmind.doctor.findings import Finding, broken, listed, ok, warning
from marketmind.health import DUE_WAITS_AT_MOST
from publishing.rules.heartbeats import WORKERS_ARE_SILENT_AFTER
from publishing.services.status import crew, pulse
from publishing.tasks.schedules import missing_schedules

START = "Start `python manage.py workers`, and look at what it writes."
AHEAD = timedelta(seconds=2)


def heartbeat(*, now: datetime) -> Finding:
    """Look when a worker looked for due posts last."""
    seen = pulse(now=now).last_heartbeat
    if seen is None:
        return broken("workers", "None has ever run: nothing goes out.", START)
    ago = int((now - seen).total_seconds())
    if now - seen > WORKERS_ARE_SILENT_AFTER:
        return broken("workers", f"None has looked for due posts for {ago} s: nothing goes out.", START)
    return ok("workers", f"One looked for due posts {max(0, ago)} s ago.")


def lanes(*, now: datetime) -> Finding:
    """Look whether every lane runs."""
    found = crew(now=now)
    wanted, alive = found.lanes_wanted, found.lanes_alive
    if alive < wanted:
        said = f"{alive} of {wanted} run."
        remedy = "Wait a minute; if it stays so, restart `python manage.py workers` and look at what it writes."
        return warning("lanes", said, remedy)
    return ok("lanes", f"{alive} of {wanted} run, on {listed(found.workers) or 'no machine'}.")


def waiting(*, now: datetime) -> Finding:
    """Look how long a due post has waited that nothing holds."""
    waited = pulse(now=now).oldest_due_seconds(now)
    if waited > DUE_WAITS_AT_MOST.total_seconds():
        return broken("due posts", f"One has waited for {waited} s, and nothing holds it.", START)
    return ok("due posts", f"The oldest has waited for {waited} s." if waited else "None waits.")


def schedules(*, now: datetime) -> Finding:
    """Look whether the background work has its schedules."""
    missing = missing_schedules()
    if missing:
        said = f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        return broken("schedules", said, "Run `python manage.py migrate`: it makes them again.")
    return ok("schedules", "The background work has its schedules.")


def machines(*, now: datetime) -> Finding:
    """Look whether several machines can work on this database, and agree on the time."""
    workers = crew(now=now).workers
    hosts = sorted({one.name.rpartition(":")[0] for one in workers})
    if len(hosts) > 1 and connection.vendor == "sqlite":
        said = f"{len(hosts)} machines share one SQLite file: {listed(hosts)}."
        return broken("machines", said, "Put the data on PostgreSQL (DATABASE_URL), or run workers on one machine.")
    ahead = [one for one in workers if one.seen_at - now > AHEAD]
    if ahead:
        said = f"The clock of {listed(ahead)} is ahead of this machine's."
        return warning("machines", said, "Let all machines take their time from NTP.")
    return ok("machines", f"Workers run on {listed(hosts)}." if hosts else "No worker runs.")
