"""`make run`: prepares the database, then keeps the web and the workers together until one ends or Ctrl-C."""

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Never

HOST = "127.0.0.1"
PREPARATION = (
    ("migrate", "--noinput", "--verbosity=0"),
    ("collectstatic", "--noinput", "--verbosity=0"),
    ("seed_demo", "--if-empty"),
)
GRACE = 15  # seconds between SIGTERM and SIGKILL
LOOK = 0.2  # seconds between two looks at the processes
# A socket tells and does not listen; compressing each event for each of them would cost more than it saves.
WIRE = ("--http=marketmind.wire:Prompt", "--ws-max-size=65536", "--ws-per-message-deflate=false")
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Children = dict[str, subprocess.Popen[bytes]]


class Refused(Exception):
    """Cannot start; the text is for the person at the terminal."""


class Stopped(BaseException):
    """Somebody asked for the end: Ctrl-C, SIGTERM or a closed terminal."""


def port_from(text: str) -> int:
    """Return the port that PORT names.

    :raises Refused: if it is not a port.
    """
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Refused(f"PORT must be a number from 1 to 65535, not {text!r}.")


def check_free(port: int) -> None:
    """Make sure that the web can listen on this port.

    :raises Refused: if it cannot, with what to do instead.
    """
    other = f"choose another one, for instance: make run PORT={port + 1 if 1024 <= port < 65535 else 8000}"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Refused(f"Port {port} needs more rights than you have; {other}") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Refused(f"Port {port} is already in use by another program; {other}") from None


def commands(port: int) -> dict[str, list[str]]:
    # Open sockets must not hold the web longer than GRACE; a line per request would bury the login printed before.
    options = (f"--host={HOST}", f"--port={port}", "--timeout-graceful-shutdown=5", "--log-level=warning", *WIRE)
    return {
        "web": [sys.executable, "-m", "uvicorn", "marketmind.asgi:application", *options],
        "workers": [sys.executable, "manage.py", "workers"],
    }


def start(commands: dict[str, list[str]], children: Children) -> None:
    """Start each command in its own session: Ctrl-C reaches this process alone, which stops them in good order.

    :raises Stopped: if somebody asked for the end meanwhile; asked in mid-start, a child could be left unknown.
    """
    asked: list[int] = []
    before = {number: signal.signal(number, lambda number, _: asked.append(number)) for number in ENDING}
    for name, command in commands.items():
        children[name] = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    for number, handler in before.items():
        signal.signal(number, handler)
    if asked:
        raise Stopped


def answers(port: int) -> bool:
    """Tell whether the web serves; a refused host name is an answer too."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/livez", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def watch(children: Children, port: int) -> int:
    """Announce the address once the web answers, then wait for a child to end: that is always a failure."""
    announced = False
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                print(
                    f"\nThe {name} ended (exit code {child.returncode}); stopping everything.",
                    file=sys.stderr,
                    flush=True,
                )
                return 1
        if not announced and answers(port):
            announced = True
            print(
                f"\nMarketMind is ready: http://localhost:{port}/   (Ctrl-C ends it)\n",
                flush=True,
            )
        time.sleep(LOOK)


def stop(children: Children, grace: float = GRACE) -> None:
    """End the children: SIGTERM to each main process, later SIGKILL to what is left of its group.

    SIGTERM to the whole group would hang django-q2.
    """
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + grace
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0, deadline - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def on_signal(*_: object) -> Never:
    raise Stopped


def main(environ: dict[str, str], preparation: Sequence[Sequence[str]] = PREPARATION) -> int | str:
    for number in ENDING:
        signal.signal(number, on_signal)
    children: Children = {}
    try:
        port = port_from(environ.get("PORT", "8000"))
        check_free(port)
        print("Preparing the database and the pages …", flush=True)
        for command in preparation:
            subprocess.run([sys.executable, "manage.py", *command], check=True)
        start(commands(port), children)
        return watch(children, port)
    except Refused as refusal:
        return str(refusal)
    except subprocess.CalledProcessError as error:
        return f"Not started: `manage.py {error.cmd[2]}` failed; see the lines above."
    except Stopped:
        print("\nStopping …", flush=True)
        return 0
    finally:
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)
        stop(children)


if __name__ == "__main__":
    sys.exit(main(dict(os.environ)))
