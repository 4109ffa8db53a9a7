"""The admin of what goes out: the connections, the evidence, and the workers."""

from publishing.admin import connections, evidence, workers

__all__ = ["connections", "evidence", "workers"]
