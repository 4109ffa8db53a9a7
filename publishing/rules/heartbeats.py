"""How long workers may say nothing."""

from datetime import timedelta

WORKERS_ARE_SILENT_AFTER = timedelta(minutes=3)
