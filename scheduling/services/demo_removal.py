"""Taking the demo away again, with all that it made."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Brand, Campaign, ContentItem, Media
from scheduling.models import ChannelAccount, PostInstance, Recurrence, Schedule, Status
from workspaces.errors import Conflict
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace
from workspaces.services.founding import found_workspace

SLUG = "demo"
FIRST = "My team"
# What stands on others goes first: these refuse to be deleted under something else.
IN_TURN = (PostInstance, Schedule, Recurrence, ContentItem, Media, ChannelAccount, Campaign, Brand)


def is_demo(workspace: Workspace) -> bool:
    """Return whether a workspace is the one that `seed_demo` makes."""
    return workspace.slug == SLUG


def remove_demo(*, workspace: Workspace, now: datetime, actor: str, heir: AbstractBaseUser | None = None) -> int:
    """Delete the demo workspace with everything in it, its history too; return how many posts it had.

    People and their logins stay.

    :param heir: somebody who has no other workspace, and gets an empty one in its place.
    :raises Conflict: if it is not the demo, or something of it is being published.
    """
    if not is_demo(workspace):
        raise Conflict(
            _("%(workspace)s is not the demo. Only the demo can be removed as a whole.") % {"workspace": workspace.name}
        )
    with unit_of_work():
        if heir:
            found_workspace(name=FIRST, timezone=workspace.timezone, owner=heir, now=now, actor=actor)
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        posts = PostInstance.objects.filter(workspace=workspace)
        # Locked: no worker claims one between this look and the deletion.
        states = list(posts.select_for_update().order_by("pk").values_list("status", flat=True))
        if Status.PUBLISHING in states:
            raise Conflict(_("Something of the demo is being published right now. Try again in a minute."))
        files = [one.file.name for one in Media.objects.filter(workspace=workspace)]
        for model in IN_TURN:
            model.objects.filter(workspace=workspace).delete()
        workspace.delete()
        transaction.on_commit(lambda: [default_storage.delete(name) for name in files])
    return len(states)
