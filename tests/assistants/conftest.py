"""A web process of its own, and an assistant's client: the official SDK's."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

from tests.e2e.installation import Installation, demo_database, looking_into


@dataclass(frozen=True)
class Assistant:
    """A client at `/mcp` with a key."""

    address: str
    key: str

    def call(self, tool: str, **given: Any) -> Any:
        """Call a tool, and return its structured answer.

        :raises AssertionError: with the sentence, if it refused.
        """
        found = self.ask(tool, **given)
        assert not found.is_error, found.content
        return found.structured_content

    def refused(self, tool: str, **given: Any) -> str:
        """Call a tool that has to refuse, and return its sentence."""
        found = self.ask(tool, **given)
        assert found.is_error, found.structured_content
        return found.content[0].text

    def ask(self, tool: str, **given: Any) -> Any:
        """Call a tool."""
        return asyncio.run(self._with(lambda client: client.call_tool(tool, given)))

    def tools(self) -> dict[str, Any]:
        """Return the tools by name."""
        return {one.name: one for one in asyncio.run(self._with(lambda client: client.list_tools())).tools}

    async def _with(self, act: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as http,
            Client(streamable_http_client(f"{self.address}/mcp", http_client=http)) as client,
        ):
            return await act(client)


@dataclass(frozen=True)
class World:
    """An installation with the demo, its web, and the alias of its database in this process."""

    installation: Installation
    web: httpx.Client
    alias: str

    def assistant(self, *scopes: str, workspace: str = "demo") -> Assistant:
        """Return an assistant with a new key."""
        made = ("create_api_key", "--workspace", workspace, "--name", "Assistant", "--scopes", ",".join(scopes))
        return Assistant(str(self.web.base_url).rstrip("/"), self.installation.manage_json(*made)["key"])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[World]:
    """Lend an installation with the demo, and its web process."""
    folder = tmp_path_factory.mktemp("assistants")
    with django_db_blocker.unblock(), demo_database(folder) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("API_RATE_PER_SECOND", "1000")
        patch.setenv("API_RATE_BURST", "1000")
        found = Installation(url, folder)
        with looking_into(url) as alias, found.web() as web:
            yield World(found, web, alias)


@pytest.fixture(scope="module")
def reader(world: World) -> Assistant:
    """Return an assistant that may only look."""
    return world.assistant("read")


@pytest.fixture(scope="module")
def writer(world: World) -> Assistant:
    """Return an assistant that may look and plan."""
    return world.assistant("read", "write")


@pytest.fixture(scope="module")
def publisher(world: World) -> Assistant:
    """Return an assistant that may promise posts as well."""
    return world.assistant("read", "write", "publish")
