"""A real HTTP receiver on 127.0.0.1: it verifies signatures as receivers do, and misbehaves as a test tells it to."""

import json
import socket
import ssl
import struct
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

PATIENCE = 60  # Seconds after which a test that hangs gives up.


@dataclass(frozen=True)
class Got:
    """A request that came in whole."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Its webhook id."""
        return self.headers.get("webhook-id", "")

    @property
    def message(self) -> dict[str, Any]:
        """What it says."""
        return json.loads(self.body)


class Receiver:
    """Serves until it is closed; `replies` are used up in turn, then it accepts.

    `got` has every whole request, `taken` counts by webhook id those that it carried out, `wrong` says which signatures
    were none. With `drops_repeats` it carries an id out once, and answers a repeat as the first.
    """

    def __init__(self, *, secret: str = "", drops_repeats: bool = False, tls: ssl.SSLContext | None = None) -> None:
        self.secret = secret
        self.drops_repeats = drops_repeats
        self.replies: list[Callable[[Call], None]] = []
        self.got: list[Got] = []
        self.taken: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.connections = 0
        self.closing = Event()
        self._tls = tls
        self._lock = Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/hooks"
        Thread(target=self._serve, name="receiver", daemon=True).start()

    def close(self) -> None:
        """Stop, and let go whoever hangs."""
        if self.closing.is_set():
            return
        self.closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def take(self, got: Got) -> None:
        """Carry a request out, if its signature is one."""
        if self.secret:
            try:
                Webhook(self.secret).verify(got.body, got.headers)
            except WebhookVerificationError as error:
                self.wrong.append(str(error))
                return
        with self._lock:
            if not (self.drops_repeats and self.taken[got.id]):
                self.taken[got.id] += 1

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                reply = self.replies.pop(0) if self.replies else accept
            Thread(target=self._handle, args=(connection, reply), name="receiver", daemon=True).start()

    def _handle(self, connection: socket.socket, reply: Callable[["Call"], None]) -> None:
        try:
            connection.settimeout(PATIENCE)
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            reply(Call(self, connection))
        except OSError:  # The other side has hung up, or did not like the certificate.
            pass
        finally:
            connection.close()


class Call:
    """One connection, in the hands of a reply."""

    def __init__(self, receiver: Receiver, connection: socket.socket) -> None:
        self.receiver = receiver
        self.connection = connection

    def read(self) -> Got:
        """Read the request."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._some()
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        while len(body) < int(headers["content-length"]):
            body += self._some()
        got = Got(first.split(" ")[1], headers, body)
        self.receiver.got.append(got)
        return got

    def take(self) -> Got:
        """Read the request and carry it out."""
        got = self.read()
        self.receiver.take(got)
        return got

    def say(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        """Answer."""
        own = {"Content-Length": str(len(body)), **(headers or {})}
        lines = "".join(f"{name}: {value}\r\n" for name, value in own.items())
        self.connection.sendall(f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode() + body)

    def reset(self) -> None:
        """Break the connection off, so that the other side's next write or read fails."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _some(self) -> bytes:
        data = self.connection.recv(64 * 1024)
        if not data:
            raise ConnectionResetError
        return data


def accept(call: Call) -> None:
    """Carry it out, and say so."""
    got = call.take()
    call.say(200, json.dumps({"id": f"remote-{got.id}", "url": f"https://example.com/{got.id}"}).encode())


def hang(call: Call) -> None:
    """Carry it out, and never say so."""
    call.take()
    call.receiver.closing.wait(PATIENCE)


def close_unread(call: Call) -> None:
    """Break off before the request is read."""
    call.reset()


def close_after_reading(call: Call) -> None:
    """Carry it out, and close without a word."""
    call.take()


def reset_after_reading(call: Call) -> None:
    """Carry it out, and break off."""
    call.take()
    call.reset()


def answer(status: int, body: bytes = b"", headers: dict[str, str] | None = None, *, takes: bool = False) -> Callable:
    """Return a reply with a status, of a receiver that has carried it out (`takes`) or not."""

    def reply(call: Call) -> None:
        if takes:
            call.take()
        else:
            call.read()
        call.say(status, body, headers)

    return reply


def garbage(call: Call) -> None:
    """Carry it out, and say something that is not HTTP."""
    call.take()
    call.connection.sendall(b"\x00\xff what? \r\n\r\n" * 20)


def half_an_answer(call: Call) -> None:
    """Carry it out, and close in the middle of a success."""
    call.take()
    call.say(200, b'{"id": "4', {"Content-Length": "500"})


def ten_megabytes(call: Call) -> None:
    """Carry it out, and say so in 10 MB."""
    call.take()
    call.say(200, b"x" * 10_000_000)


def drip(call: Call) -> None:
    """Carry it out, and answer a byte at a time, without an end."""
    call.take()
    call.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
    while not call.receiver.closing.wait(0.05):
        call.connection.sendall(b"x")
