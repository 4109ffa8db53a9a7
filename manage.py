#!/usr/bin/env python
"""Run one of MarketMind's commands."""

import os
import sys

from marketmind.dotenv import WrongSetting  # The package chooses the pinned time-zone data before Django reads a zone.


def main() -> None:
    """Run the command; a wrong setting is a sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketmind.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  Django reads the line above.

    try:
        execute_from_command_line(sys.argv)
    except WrongSetting as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
