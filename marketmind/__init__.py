"""The composition root: settings, URLs, health. Only it knows all the apps."""

import gc
import zoneinfo

__version__ = "0.1.0"

# Hardly anything that is made while everything is loaded is garbage: to look for it after each 700 objects, as Python
# does, takes a tenth of the start of each process.
gc.set_threshold(20_000, *gc.get_threshold()[1:])

# The machine's own zone files are often years old and win over the pinned `tzdata` package:
# an hour off for nine zones in late 2026. This runs before anything of ours reads a zone.
if zoneinfo.TZPATH:
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
