"""`python -m tools.postgres`: run a command beside a server of its own, or start and stop one by hand."""

import argparse
import os
import signal
import sys
from pathlib import Path

from tools import children
from tools.postgres.binaries import NotStarted
from tools.postgres.cluster import PREFIX, new_directory, remove, server, start

NO_SERVER = 3


def run(command: list[str], *, fast: bool) -> int:
    """Run a command with DATABASE_URL naming a new server and return its exit code."""
    with server(fast=fast) as url:
        try:
            return children.run(command, env={**os.environ, "DATABASE_URL": url})
        except OSError as error:
            print(f"{command[0]} cannot be run: {error.strerror}", file=sys.stderr)
            return 127


def keep(*, fast: bool) -> int:
    """Start a server that stays, and say how to reach and how to stop it."""
    directory = new_directory()
    try:
        url = start(directory, fast=fast)
    except BaseException:
        remove(directory)
        raise
    print(f"DATABASE_URL={url}\nStop it with: python -m tools.postgres stop {directory}")
    return 0


def stop(directory: Path) -> int:
    if not directory.name.startswith(PREFIX):
        print(f"{directory} is not a directory that `start` made.", file=sys.stderr)
        return 2
    remove(directory)
    return 0


def guard(directory: Path) -> int:
    """Wait for the end of the input, then remove the server."""
    sys.stdin.read()
    return stop(directory)


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.postgres", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    for name, text in (("run", "run a command beside a new server"), ("start", "start a server that stays")):
        action = actions.add_parser(name, help=text)
        action.add_argument("--fast", action="store_true", help="without durability, for tests")
        if name == "run":
            action.add_argument("command", nargs="+", help="after --")
    for name, text in (("stop", "stop one that was started"), ("guard", "remove one when the input ends")):
        actions.add_parser(name, help=text).add_argument("directory", type=Path)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = vars(parsed(arguments))
    action = {"run": run, "start": keep, "stop": stop, "guard": guard}[options.pop("action")]
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        return action(**options)
    except NotStarted as error:
        print(f"\n*** {error}\n", file=sys.stderr)
        return NO_SERVER
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
