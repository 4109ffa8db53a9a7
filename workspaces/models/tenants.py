"""Who owns everything, and who may do what in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField

from workspaces.models.base import Pausable, Row, pause_constraint
from workspaces.roles import Role
from workspaces.tongues import TONGUES


class Workspace(Pausable, Row):
    """A tenant; owns every other row. Its `slug` is the public `tenant_id`."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("slug"), max_length=60, unique=True, help_text=_("The public tenant_id; scripts hold on to it.")
    )
    timezone = TimeZoneField(_("timezone"), default="UTC", use_pytz=False)
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=TONGUES,
        blank=True,
        help_text=_("Of notices and mails. Empty: the server's."),
    )
    warn_days = models.PositiveSmallIntegerField(
        _("warn when content is short"),
        default=5,
        help_text=_("Tell us when an account has posts for fewer days than this. 0: never."),
    )

    class Meta:
        db_table = "workspaces"
        ordering = ["name", "id"]
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")
        constraints = [pause_constraint("workspaces")]

    def __str__(self) -> str:
        return self.name


class Membership(Row):
    """A person's role in a workspace, and their own time zone there."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    timezone = TimeZoneField(
        _("timezone"), null=True, blank=True, use_pytz=False, help_text=_("Empty: the workspace's.")
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=TONGUES,
        blank=True,
        help_text=_("Of their mails. Empty: the workspace's."),
    )
    notices_seen_at = models.DateTimeField(_("notices seen at"), null=True, blank=True, editable=False)

    class Meta:
        db_table = "memberships"
        ordering = ["created_at", "id"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "workspace"],
                name="one_membership_per_person_and_workspace",
                violation_error_message=_("This person is a member of the workspace already."),
            ),
            models.CheckConstraint(
                name="membership_role_is_known",
                condition=models.Q(role__in=Role.values),
                violation_error_message=f"A role is one of {', '.join(Role.values)}.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class ApiKey(Row):
    """Credentials of another system for one workspace; only a digest of the key is stored."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="api_keys"
    )
    name = models.CharField(_("name"), max_length=120)
    prefix = models.CharField(
        _("prefix"), max_length=16, editable=False, help_text=_("The first characters, to recognise it by.")
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)

    class Meta:
        db_table = "api_keys"
        ordering = ["-created_at", "id"]
        verbose_name = _("api key")
        verbose_name_plural = _("api keys")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
