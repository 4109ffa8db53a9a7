"""The admin of what goes out: the evidence, and the workers."""

from publishing.admin import evidence, workers

__all__ = ["evidence", "workers"]
