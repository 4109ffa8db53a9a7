"""How HTTP goes over the wire."""

import asyncio
import socket

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Prompt(HttpToolsProtocol):
    """uvicorn's HTTP, without waiting for an acknowledgement between an answer's head and its body.

    uvicorn binds its socket without naming TCP, and asyncio then leaves Nagle's algorithm on: each answer on a
    connection that is kept waits for the caller's delayed acknowledgement, 40 ms on Linux.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take a connection."""
        line = transport.get_extra_info("socket")
        if line is not None and line.family in (socket.AF_INET, socket.AF_INET6):
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)
