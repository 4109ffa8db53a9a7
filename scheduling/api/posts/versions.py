"""Doing something with the version of a post that the caller looked at, and with no other."""

from collections.abc import Callable

from scheduling.models import PostInstance
from scheduling.services.changing import CHANGED, require_version
from workspaces.errors import Conflict, Stale


def on_version(instance: PostInstance, version: int | None, act: Callable[[], PostInstance]) -> PostInstance:
    """Call a service; None takes the post as it stands.

    :raises Stale: if the post is, or becomes meanwhile, another version.
    """
    require_version(instance, version)
    try:
        return act()
    except Conflict as error:
        if version is None:
            raise
        by_now = PostInstance.objects.filter(pk=instance.pk).values_list("version", flat=True).first()
        if by_now in (None, version):
            raise
        raise Stale(CHANGED, version=by_now) from error
