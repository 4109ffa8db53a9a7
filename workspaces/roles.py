"""Which role may do what: the one table of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A person's role in a workspace, from the widest to the narrowest."""

    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    APPROVER = "approver", _("Approver")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")


READ, WRITE, PUBLISH, ADMIN = "read", "write", "publish", "admin"
SCOPES = (READ, WRITE, PUBLISH, ADMIN)

SCOPES_OF_ROLE: dict[str, frozenset[str]] = {
    Role.OWNER: frozenset(SCOPES),
    Role.ADMIN: frozenset(SCOPES),
    Role.APPROVER: frozenset({READ, WRITE, PUBLISH}),
    Role.EDITOR: frozenset({READ, WRITE}),
    Role.VIEWER: frozenset({READ}),
}
