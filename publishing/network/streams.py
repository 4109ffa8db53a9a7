"""Connections to checked addresses, with one deadline for everything that happens on them."""

import socket
import ssl
from functools import cache
from time import monotonic
from typing import Any

import certifi
import httpcore

from publishing.network.addresses import Target, resolve
from publishing.network.failures import NotReached
from workspaces.rules.sentences import sentence

PIECE = 16 * 1024  # Bytes of one write: between two pieces the deadline is looked at.
SHORTEST = 0.001  # Seconds: 0 would mean to a socket not to wait at all, and less is an error.


class Deadline:
    """A moment at which a call is over."""

    def __init__(self, limit: float) -> None:
        self._end = monotonic() + limit

    @property
    def left(self) -> float:
        """The seconds that are left; below 0 when it is over."""
        return self._end - monotonic()


class Stream(httpcore.NetworkStream):
    """A connected socket as httpcore wants it; what it says of timeouts is ignored for the deadline's sake."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return some bytes, or none at the end.

        :raises httpcore.ReadTimeout: when the deadline is over.
        :raises httpcore.ReadError: when the connection breaks.
        """
        try:
            self._wait_no_longer()
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error
        except OSError as error:
            raise httpcore.ReadError from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of the bytes.

        :raises httpcore.WriteTimeout: when the deadline is over.
        :raises httpcore.WriteError: when the connection breaks.
        """
        rest = memoryview(buffer)
        try:
            while rest:
                self._wait_no_longer()
                rest = rest[self._socket.send(rest[:PIECE]) :]
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except OSError as error:
            raise httpcore.WriteError from error

    def close(self) -> None:
        """Close the socket without waiting."""
        self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        """Return nothing: what httpcore may ask is for keeping connections, and none is kept."""
        return None

    def _wait_no_longer(self) -> None:
        left = self._deadline.left
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)


def connect(target: Target, deadline: Deadline) -> Stream:
    """Connect to one of a target's addresses, which are looked up once, checked, and used as they are.

    :raises NotReached: if none answers in time, or TLS fails.
    :raises Refused: if one of them is private.
    """
    connected = _first_that_answers(target, deadline)
    if target.scheme == "https":
        connected = _secured(connected, target, deadline)
    return Stream(connected, deadline)


def _first_that_answers(target: Target, deadline: Deadline) -> socket.socket:
    found = resolve(target.host, target.port, limit=deadline.left)
    why: OSError | None = None
    for rest, (family, kind, protocol, _, address) in zip(range(len(found), 0, -1), found, strict=True):
        if deadline.left <= 0:
            break
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(max(deadline.left, SHORTEST) / rest)
            made.connect(address)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            made.close()
            why = error
        else:
            return made
    raise NotReached(_why_not(target, why)) from why


def _why_not(target: Target, why: OSError | None) -> str:
    if why is None or isinstance(why, TimeoutError):
        return sentence(f"{target.host} did not accept the connection in time.")
    if isinstance(why, ConnectionRefusedError):
        return sentence(f"{target.host} refused the connection: nobody listens there.")
    return sentence(f"{target.host} could not be reached: {why.strerror or why}.")


def _secured(connected: socket.socket, target: Target, deadline: Deadline) -> socket.socket:
    try:
        connected.settimeout(max(deadline.left, SHORTEST))
        return _tls().wrap_socket(connected, server_hostname=target.host)
    except ssl.SSLCertVerificationError as error:
        why, text = error, sentence(f"The certificate of {target.host} is not valid: {error.verify_message}.")
    except TimeoutError as error:
        why, text = error, sentence(f"{target.host} did not agree on encryption in time.")
    except (OSError, ValueError) as error:
        why, text = error, sentence(f"{target.host} did not agree on encryption: is there no https?")
    connected.close()
    raise NotReached(text) from why


@cache
def _tls() -> ssl.SSLContext:
    """Return the settings of TLS: made once, and then left alone, because threads share them."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
