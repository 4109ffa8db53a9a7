"""What every command does: read the clock once, answer for people or as one JSON document, say no in a sentence."""

import json
import sys
from abc import ABC, abstractmethod
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Never

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from workspaces.api.errors import body
from workspaces.errors import Invalid, NotFound, Refusal
from workspaces.models import Workspace
from workspaces.outages import Outage, first_line, outage_of

ACTOR = "command"
NAMED = 10  # Workspaces that a refusal lists.


@dataclass(frozen=True)
class Answer:
    """What a command did: as one JSON document, and for people; `failure` says in a sentence that it did not."""

    document: dict[str, Any]
    text: str
    failure: str = ""


class ServiceCommand(BaseCommand, ABC):
    """A command that makes one service call; exit code 0 means done, 1 refused, 2 wrongly called."""

    requires_system_checks = ()
    _wants_json = False

    @abstractmethod
    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Do the work and return what to say.

        :raises Refusal: if it cannot be done.
        """

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> ArgumentParser:
        """Add `--json`, also to the answer of a wrong call."""
        parser = super().create_parser(prog_name, subcommand, allow_abbrev=False, **kwargs)
        parser.add_argument("--json", action="store_true", help="answer with one JSON document")
        parser.error = partial(self._refuse_call, parser.error)
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Note early whether JSON is asked for, and let no title break a terminal that cannot show it."""
        self._wants_json = "--json" in argv
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="backslashreplace")
        super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the call and phrase what came of it."""
        self._wants_json = options["json"]
        try:
            _require_readable(options)
            answer = self.answer(options, now=timezone.now())
        except Refusal as refusal:
            self._fail(body(refusal.code, refusal.message, type(refusal).__name__, refusal.errors), refusal)
        except (DatabaseError, InterfaceError) as error:
            said = _explain(error)
            self._fail(body("database_unavailable", said, type(error).__name__), CommandError(said))
        if self._wants_json:
            failed = body("validation_error", answer.failure, "Invalid") if answer.failure else {}
            self.stdout.write(json.dumps(failed | answer.document))
        elif answer.text:
            self.stdout.write(answer.text)
        if answer.failure:
            raise CommandError(answer.failure)

    def _fail(self, document: dict[str, Any], reason: Exception) -> Never:
        if self._wants_json:
            self.stdout.write(json.dumps(document))
        raise CommandError(str(reason)) from reason

    def _refuse_call(self, refuse: Callable[[str], Never], message: str) -> Never:
        if self._wants_json:
            self.stdout.write(json.dumps(body("malformed", message, "UsageError")))
        refuse(message)


def find_workspace(slug: str) -> Workspace:
    """Return the workspace of a slug.

    :raises NotFound: naming those that exist.
    """
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        slugs = list(Workspace.objects.order_by("slug").values_list("slug", flat=True))
        known = f"Known: {', '.join(slugs[:NAMED])}" if slugs else "None exists yet: `manage.py seed_demo` makes one"
        more = f" and {len(slugs) - NAMED} more" if len(slugs) > NAMED else ""
        raise NotFound(f"There is no workspace '{slug}'. {known}{more}.")
    return found


def whole(least: int | None = None) -> Callable[[str], int]:
    """Return a reader of whole numbers for an argument."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise ArgumentTypeError(f"'{text[:50]}' is not a whole number") from None
        if least is not None and number < least:
            raise ArgumentTypeError(f"{number} is too small: use a whole number from {least} on")
        return number

    return read


def _require_readable(options: dict[str, Any]) -> None:
    for name, value in options.items():
        if isinstance(value, str) and not value.isascii() and value != value.encode(errors="replace").decode():
            raise Invalid(f"What stands after --{name.replace('_', '-')} is not UTF-8.")


def _explain(error: DatabaseError | InterfaceError) -> str:
    """Return what a person can do about a database that refuses; what is our mistake is raised again."""
    said, outage = first_line(error), outage_of(error)
    if outage in (Outage.READ_ONLY, Outage.FULL):
        return f"{outage} It said: {said}"
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return f"The database cannot be reached, check DATABASE_URL: {said}"
    if missing:
        return "The database is not ready: run `python manage.py migrate` first."
    if outage is None:
        raise error
    return f"The database could not do this now; nothing was changed, try again: {said}"
