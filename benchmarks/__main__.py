"""Run the benchmarks: all, or those named on the command line. Expects a PostgreSQL database that it may fill."""

import sys

from django.core.management import call_command
from django.db import connection

from benchmarks import api, claiming, cluster, month, moving, pages, sending, sockets, ticking, topping_off

BENCHMARKS = {
    "topoff": topping_off.run,
    "tick": ticking.run,
    "send": sending.run,
    "claim": claiming.run,
    "cluster": cluster.throughput,
    "lateness": cluster.lateness,
    "month": month.run,
    "pages": pages.run,
    "moving": moving.run,
    "api": api.run,
    "sockets": sockets.run,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks and return 1 if one misses its bar."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark '{unknown[0]}'. Use some of: {', '.join(BENCHMARKS)}.")
        return 2
    if connection.vendor != "postgresql":
        print("The benchmarks need PostgreSQL: run them with `make bench`.")
        return 2
    call_command("migrate", verbosity=0)
    results = []
    for name in names or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        results += BENCHMARKS[name]()
    print("\n| figure | measured | to reach | |\n|---|---|---|---|")
    for result in results:
        print(result.row)
    return 0 if all(result.is_reached for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
