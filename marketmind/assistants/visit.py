"""Somebody who came in: what every tool is called with."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import BadTime, read_instant
from workspaces.access import Caller
from workspaces.errors import Invalid, NotFound
from workspaces.lookup import by_reference
from workspaces.models import Workspace

VISIT = "marketmind.visit"  # The name in the ASGI scope.


@dataclass(frozen=True)
class Visit:
    """A caller in a workspace, and when they came."""

    caller: Caller
    workspace: Workspace
    now: datetime = field(default_factory=timezone.now)

    def who(self) -> dict[str, Any]:
        """Return who asks, and when, as services take it."""
        return {"now": self.now, "actor": self.caller.actor}

    def account(self, reference: str) -> ChannelAccount:
        """Return an account of the workspace.

        :raises NotFound: if there is none.
        """
        accounts = ChannelAccount.objects.filter(workspace=self.workspace).select_related("brand")
        found = by_reference(accounts, reference)
        if found is None:
            raise NotFound(f"There is no channel account '{reference[:100]}'. read_rules lists the accounts.")
        return found

    def post(self, key: str) -> PostInstance:
        """Return a post instance of the workspace, also an empty slot.

        :raises NotFound: if there is none.
        """
        try:
            found = PostInstance.objects.filter(workspace=self.workspace, pk=UUID(key)).with_everything().first()
        except ValueError:
            found = None
        if found is None:
            raise NotFound(f"There is no post or slot '{key[:100]}'. see_calendar and see_gaps list them.")
        return found


def instant(text: str, account: ChannelAccount) -> datetime:
    """Return a time; one without an offset is read in the account's zone.

    :raises Invalid: if it cannot be read.
    """
    try:
        return read_instant(text, account.zone)
    except BadTime as error:
        raise Invalid(str(error)) from error
