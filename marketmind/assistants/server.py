"""The tools of an assistant, each with the scope that it needs."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations

from marketmind import __version__
from marketmind.assistants import looking, planning
from marketmind.assistants.visit import VISIT, Visit
from workspaces.errors import Refusal
from workspaces.outages import Outage, outage_of
from workspaces.roles import PUBLISH, READ, WRITE

INSTRUCTIONS = (
    "MarketMind plans and publishes the marketing posts of one workspace. See the gaps first, read the rules, "
    "draft into empty slots, and propose times. Scheduling promises that a post goes out: do it only when a person "
    "asked for it. Nothing here deletes or cancels. Times without an offset are in the account's time zone."
)


@dataclass(frozen=True)
class Deed:
    """A tool: a function whose first argument is the visit, the scope it needs, and what it may do."""

    act: Callable[..., Any]
    scope: str = READ
    overwrites: bool = False  # Whether something that stood there is another thing afterwards.

    @property
    def annotations(self) -> ToolAnnotations:
        """What a client tells the person before it calls the tool."""
        return ToolAnnotations(
            read_only_hint=self.scope == READ,
            destructive_hint=self.overwrites,
            idempotent_hint=self.scope == READ or self.overwrites,
            open_world_hint=False,
        )

    def perform(self, visit: Visit, given: dict[str, Any]) -> Any:
        """Do it, in a thread with a database connection.

        :raises ToolError: with a sentence that the assistant reads.
        """
        try:
            visit.caller.require(self.scope, visit.workspace)
            return self.act(visit, **given)
        except Refusal as error:
            raise ToolError(_sentence(error)) from error
        except DatabaseError as error:
            raise ToolError(outage_of(error) or Outage.AWAY) from error
        finally:
            close_old_connections()


DEEDS = (
    Deed(looking.see_calendar),
    Deed(looking.see_gaps),
    Deed(looking.read_rules),
    Deed(looking.propose_times),
    Deed(planning.draft_into_slot, WRITE),
    Deed(planning.move_post, WRITE, overwrites=True),
    Deed(planning.schedule_post, PUBLISH, overwrites=True),
)


def make_server() -> MCPServer:
    """Return the server with every tool."""
    server = MCPServer("MarketMind", version=__version__, instructions=INSTRUCTIONS, subscriptions=False)
    for deed in DEEDS:
        server.add_tool(_as_tool(deed), annotations=deed.annotations)
    return server


def _as_tool(deed: Deed) -> Callable[..., Any]:
    """Return the function that the SDK sees: the visit is not asked of the assistant, it comes with the request."""

    async def tool(ctx: Context, **given: Any) -> Any:
        visit = ctx.request_context.request.scope[VISIT]
        return await sync_to_async(deed.perform)(visit, given)

    asked = inspect.signature(deed.act)
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=Context)
    rest = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in list(asked.parameters.values())[1:]]
    tool.__signature__ = asked.replace(parameters=[context, *rest])
    tool.__annotations__ = {one.name: one.annotation for one in (context, *rest)}
    tool.__annotations__["return"] = asked.return_annotation
    tool.__name__, tool.__doc__ = deed.act.__name__, deed.act.__doc__
    return tool


def _sentence(error: Refusal) -> str:
    """Return a refusal with what it says of each field."""
    more = [said for one in error.errors.values() for said in one if said not in error.message]
    return " ".join([error.message, *more])


# Hosts and origins are checked at the door, by the installation's own settings.
application = make_server().streamable_http_app(
    streamable_http_path="/mcp",
    stateless_http=True,
    json_response=True,
    transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
)
