"""manage.py doctor: what is wrong with this installation and how to mend it."""

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime
from typing import Any

from marketmind.doctor import Finding, Mark, examine
from workspaces.management.base import Answer, ServiceCommand

SIGNS = {Mark.OK: "ok", Mark.WARNING: "warning", Mark.BROKEN: "BROKEN"}


class Command(ServiceCommand):
    """Examines everything; exit code 1 when something is broken, 0 with warnings."""

    help = "Say what is wrong with this installation and how to mend it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the network."""
        parser.add_argument("--network", action="store_true", help="also try the mail server")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Examine."""
        found = examine(now=now, network=options["network"])
        counts = {mark: sum(one.mark is mark for one in found) for mark in Mark}
        number = counts[Mark.BROKEN]
        failure = f"{number} thing{'' if number == 1 else 's'} broken." if number else ""
        document = {"healthy": not number, "checks": [asdict(one) for one in found]}
        return Answer(document, _table(found), failure)


def _table(found: list[Finding]) -> str:
    """Return a line for each check, and under it what mends it."""
    wide = max(len(one.check) for one in found)
    lines = []
    for one in found:
        lines.append(f"{SIGNS[one.mark]:<8} {one.check:<{wide}}  {one.said}")
        if one.remedy:
            lines.append(f"{'':<8} {'':<{wide}}  → {one.remedy}")
    return "\n".join(lines)
