"""What this machine has: zone data, collected static files, room on its disk."""

import json
import os
import re
import shutil
import zoneinfo
from pathlib import Path

import tzdata
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from marketmind.doctor.findings import Finding, broken, listed, ok, warning

SYSTEM_ZONES = Path("/usr/share/zoneinfo/tzdata.zi")
MEGABYTE = 1024 * 1024
LITTLE, TOO_LITTLE = 1024, 100  # Megabytes.
COLLECT = "Run `python manage.py collectstatic --noinput`."


def time_zones() -> Finding:
    """Look which zone rules hold, and whether the machine knows newer ones."""
    own, system = tzdata.IANA_VERSION, _system_version()
    said = f"tzdata {tzdata.__version__} ({own}); the machine's own is {system or 'unknown'} and not used."
    if zoneinfo.TZPATH:
        remedy = "Start everything through manage.py or marketmind.asgi."
        return broken("time zones", "The machine's zone files win over the pinned tzdata package.", remedy)
    if system > own:
        return warning("time zones", said, "Upgrade to a release with newer tzdata: some zones may be an hour off.")
    return ok("time zones", said)


def static_files() -> Finding:
    """Look whether the pages' files were collected since the last upgrade."""
    if settings.WHITENOISE_USE_FINDERS:
        return ok("static files", "They are served from where they are.")
    try:
        known = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    except (OSError, ValueError, KeyError):
        return broken("static files", "They have not been collected: pages cannot be shown.", COLLECT)
    missing = [path for finder in get_finders() for path, _ in finder.list([]) if path not in known]
    if missing:
        return broken("static files", f"Some are not collected: {listed(missing, 3)}.", COLLECT)
    return ok("static files", f"{len(known)} are collected.")


def disk() -> Finding:
    """Look whether there is room where the data is kept."""
    folder = settings.VAR_DIR
    if not os.access(folder, os.W_OK):
        return broken("disk", f"{folder} cannot be written to.", f"Give {folder} to the user that runs this.")
    free = shutil.disk_usage(folder).free // MEGABYTE
    said = f"{free:,} MB are free at {folder}."
    if free < TOO_LITTLE:
        return broken("disk", said, "Make room: the database and uploads need it.")
    if free < LITTLE:
        return warning("disk", said, "Make room soon.")
    return ok("disk", said)


def _system_version() -> str:
    """Return the version of the machine's own zone files, such as 2025b; nothing where it is not told."""
    try:
        with SYSTEM_ZONES.open(encoding="utf-8") as file:
            found = re.match(r"# version (\d{4}[a-z]+)", file.readline())
    except OSError:
        return ""
    return found[1] if found else ""
