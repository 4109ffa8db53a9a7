"""All checks, in the order in which somebody would mend what they find."""

from datetime import datetime

from django.db import DatabaseError

from marketmind.doctor import configuration, connections, database, machine, workers
from marketmind.doctor.findings import Finding, Mark, broken

OF_SETTINGS = (
    configuration.secret_key,
    configuration.debug,
    configuration.addresses,
    configuration.mail,
    machine.time_zones,
    machine.static_files,
    machine.disk,
)
OF_ROWS = (
    database.clock,
    workers.heartbeat,
    workers.lanes,
    workers.waiting,
    workers.schedules,
    workers.machines,
    connections.secrets,
    connections.accounts,
    connections.credentials,
    connections.webhooks,
    connections.notices,
)
TRY_AGAIN = "Look at the database's log, and run this again."


def examine(*, now: datetime, network: bool = False) -> list[Finding]:
    """Return what every check found; the rows are only asked where the database is there and migrated.

    :param network: also try what needs the network: the mail server.
    """
    found = [database.server(), *(check() for check in OF_SETTINGS)]
    if network:
        found.append(configuration.mail_server())
    if found[0].mark is Mark.BROKEN:
        return found
    migrated = database.migrations()
    found.insert(1, migrated)
    if migrated.mark is Mark.BROKEN:
        return found
    try:
        found.insert(2, database.writing())
        return [*found, *(check(now=now) for check in OF_ROWS)]
    except DatabaseError as error:
        first_line = str(error).strip().partition("\n")[0]
        return [*found, broken("rows", f"The database broke off: {first_line}.", TRY_AGAIN)]
