#!/usr/bin/env python
"""Run one of MarketMind's commands."""

import os
import sys

import marketmind  # noqa: F401  The pinned time-zone data has to be in force before Django reads a zone.


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketmind.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  Django reads the line above.

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
