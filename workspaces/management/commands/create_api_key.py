"""manage.py create_api_key: give another system a key to one workspace."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from workspaces.management.base import ACTOR, Answer, ServiceCommand, find_workspace
from workspaces.services.api_keys import create_key

LAST_YEAR = 9998  # A day is added to it.


class Command(ServiceCommand):
    """Makes a key and shows it once."""

    help = "Make an API key for one workspace. It is shown only once: every run makes another one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what a key is."""
        parser.add_argument("--workspace", required=True, metavar="SLUG", help="the workspace that it opens")
        parser.add_argument("--name", required=True, help="what uses it, for the people who see it in the list")
        parser.add_argument("--scopes", required=True, help="some of read, write, publish, admin, with commas between")
        parser.add_argument("--expires", type=_read_day, metavar="DATE", help="the last day on which it works")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Make the key."""
        workspace = find_workspace(options["workspace"])
        ends = _end_of(options["expires"], workspace.timezone) if options["expires"] else None
        scopes = options["scopes"].split(",")
        key, token = create_key(
            workspace=workspace, name=options["name"], scopes=scopes, actor=ACTOR, now=now, expires_at=ends
        )
        document = {
            "key": token,
            "id": str(key.pk),
            "name": key.name,
            "prefix": key.prefix,
            "scopes": key.scopes,
            "workspace": workspace.slug,
            "expires_at": _iso(ends) if ends else None,
        }
        until = f" until the end of {options['expires']}" if ends else ""
        text = f"The key '{key.name}' opens {workspace.name} ({', '.join(key.scopes)}){until}:\n\n{token}\n\n"
        return Answer(document, text + "Keep it now: nobody can read it again.")


def _read_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text[:50]}' is not a date: write it like 2027-01-31") from None
    if day.year > LAST_YEAR:
        raise ArgumentTypeError(f"{text} is too far away: leave it out for a key that does not expire")
    return day


def _end_of(day: date, zone: Any) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
