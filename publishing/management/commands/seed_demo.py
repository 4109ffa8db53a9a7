"""manage.py seed_demo: a workspace to look around in, with a login."""

import os
import secrets
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from publishing.services.past import publish_as_of
from scheduling.services.demo import USERNAME, Demo, seed_demo
from workspaces.management.base import ACTOR, Answer, ServiceCommand

GIVEN = "DEMO_PASSWORD"


class Command(ServiceCommand):
    """Makes the demo once, and says the login once."""

    help = "Make the workspace `demo` with two invented brands and a login; a second time changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the condition under which `make run` calls it."""
        parser.add_argument("--if-empty", action="store_true", help="only where there is no workspace at all")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Make the demo."""
        given = os.environ.get(GIVEN, "")
        password = given or secrets.token_urlsafe(9)
        made = seed_demo(
            now=now,
            actor=ACTOR,
            password=password,
            deliver=lambda workspace, at: publish_as_of(workspace=workspace, at=at),
            only_if_empty=options["if_empty"],
        )
        if made is None:
            there = (
                f"The demo is there already: nothing was changed. `manage.py changepassword {USERNAME}` helps back in."
            )
            return Answer({"created": False}, "" if options["if_empty"] else there)
        # A password that somebody set is known to them, and need not stand in a log.
        shown = password if made.has_new_login and not given else None
        return Answer(_document(made, shown), _text(made, shown))


def _document(made: Demo, password: str | None) -> dict[str, Any]:
    return {
        "created": True,
        "workspace": made.workspace.slug,
        "username": USERNAME,
        "password": password,
        "accounts": made.accounts,
        "published": made.published,
        "scheduled": made.scheduled,
        "slots": made.slots,
    }


def _text(made: Demo, password: str | None) -> str:
    known = f"the password in {GIVEN}" if made.has_new_login else "the password that this person has already"
    return (
        f"Made the workspace '{made.workspace.slug}': {made.accounts} accounts, {made.published} posts published, "
        f"{made.scheduled} scheduled, {made.slots} open slots.\nLogin: {USERNAME} / {password or known}"
    )
