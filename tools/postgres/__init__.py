"""A throwaway PostgreSQL for tests and benchmarks: `python -m tools.postgres run [--fast] -- COMMAND …`.

The server listens on 127.0.0.1 alone, on a free port, and everything of it lies in one temporary directory. The role in
the URL may create databases and is no superuser, as in a careful installation.
"""

from tools.postgres.binaries import NotStarted
from tools.postgres.cluster import halt, server, start

__all__ = ["NotStarted", "halt", "server", "start"]
