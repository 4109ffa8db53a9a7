"""Calling a command as `manage.py` does, in this process."""

import json
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command


@dataclass(frozen=True)
class Said:
    """What a command wrote, the sentence with which it failed, and its exit code."""

    out: str
    error: str
    code: int

    @property
    def document(self) -> dict[str, Any]:
        """Its answer, which has to be one JSON document."""
        return json.loads(self.out)


def run(name: str, *arguments: str) -> Said:
    """Run a command; a wrong call is a failure like any other here."""
    out = StringIO()
    try:
        call_command(name, *arguments, stdout=out)
    except CommandError as error:
        return Said(out.getvalue(), str(error), error.returncode)
    return Said(out.getvalue(), "", 0)
