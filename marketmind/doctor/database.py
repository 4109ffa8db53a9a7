"""Whether the database is there, ready, and of the same time."""

from datetime import datetime

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from marketmind.doctor.findings import Finding, broken, ok, warning
from marketmind.health import missing_migrations
from publishing.models import LedgerCursor
from workspaces.outages import Outage, first_line, outage_of

OLDEST_POSTGRESQL = 14
SKEW_SEEN, SKEW_HARMS = 1.0, 30.0  # Seconds; a lease has 30 to spare.

TRIAL = "doctor"
HOW_TO_WRITE = {
    Outage.READ_ONLY: "Make it writable: the file and its folder for this user, or the server (a standby, a default).",
    Outage.FULL: "Make room on the database's disk.",
    Outage.AWAY: "Look what locks it, and run this again.",
}


def server() -> Finding:
    """Ask the database for its version."""
    try:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            version = ".".join(map(str, connection.get_database_version()))
            return ok("database", f"SQLite {version}, in {connection.settings_dict['NAME']}.")
        major, *_ = connection.get_database_version()
    except DatabaseError as error:
        said = f"It cannot be reached: {str(error).strip().partition(chr(10))[0]}."
        return broken("database", said, "Check DATABASE_URL, and that the server runs.")
    if major < OLDEST_POSTGRESQL:
        said = f"PostgreSQL {major} is older than what is supported."
        return broken("database", said, f"Use PostgreSQL {OLDEST_POSTGRESQL} or newer.")
    return ok("database", f"PostgreSQL {major} answers.")


def migrations() -> Finding:
    """Look whether the tables are those of this version."""
    missing = missing_migrations()
    if missing:
        said = f"{missing} {'is' if missing == 1 else 'are'} missing."
        return broken("migrations", said, "Run `python manage.py migrate`.")
    return ok("migrations", "All are there.")


def writing() -> Finding:
    """Try to write, and take it back."""
    try:
        with transaction.atomic():
            LedgerCursor.objects.create(name=TRIAL)
            transaction.set_rollback(True)
    except DatabaseError as error:
        outage = outage_of(error)
        if outage is None:
            raise
        return broken("writing", f"Nothing can be saved: {first_line(error)}.", HOW_TO_WRITE[outage])
    return ok("writing", "The database takes changes.")


def clock(*, now: datetime) -> Finding:
    """Compare this machine's clock with the database's."""
    if connection.vendor == "sqlite":
        return ok("clock", "The database has this machine's clock.")
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    middle = before + (timezone.now() - before) / 2
    skew = abs((theirs - middle).total_seconds())
    said = f"This machine's and the database's differ by {skew:.1f} s."
    if skew >= SKEW_HARMS:
        return broken("clock", said, "Let both take their time from NTP: workers may take posts from each other.")
    if skew >= SKEW_SEEN:
        return warning("clock", said, "Let both take their time from NTP: posts go out by this machine's clock.")
    return ok("clock", said)
