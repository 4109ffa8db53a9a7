"""The admin of what goes out: the connections, the evidence, the notices, and the workers."""

from publishing.admin import connections, evidence, notices, webhooks, workers

__all__ = ["connections", "evidence", "notices", "webhooks", "workers"]
