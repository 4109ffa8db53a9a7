"""What people are told: in the application, and where else they want it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models.dispatches import Dispatch, DispatchStatus, waits_exactly_with_a_time
from publishing.models.fields import EncryptedText
from scheduling.models import PostInstance
from workspaces.models import Membership, Row, Workspace


class NoticeKind(models.TextChoices):
    """What a notice tells."""

    FAILED = "failed", _("Posts failed")
    UNCONFIRMED = "unconfirmed", _("Posts are unconfirmed")
    MISSED = "missed", _("Posts were missed")
    RECONNECT = "reconnect", _("An account needs reconnecting")
    RUNS_DRY = "runs_dry", _("The plan runs dry")


class Notice(Row):
    """One thing that people are told. It gathers what is alike until it is sent: one for an outage, not one a post."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind)
    count = models.PositiveIntegerField(_("count"), default=0, help_text=_("How many posts or accounts it is about."))
    reasons = models.JSONField(_("reasons"), default=dict, blank=True, help_text=_("How often each reason was given."))
    lines = models.JSONField(_("lines"), default=list, blank=True, help_text=_("What it says beside its posts."))
    posts = models.ManyToManyField(PostInstance, verbose_name=_("posts"), related_name="+", blank=True)
    send_at = models.DateTimeField(_("send at"), help_text=_("Until then it gathers."))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        db_table = "notices"
        ordering = ["-created_at", "-id"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind"], condition=Q(sent_at=None), name="one_notice_of_a_kind_gathers_at_a_time"
            ),
            models.CheckConstraint(name="notice_kind_is_known", condition=Q(kind__in=NoticeKind.values)),
        ]
        indexes = [
            # The list of a workspace, newest first.
            models.Index(fields=["workspace", "-created_at"], name="notices_of_a_workspace"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class NoticeTarget(Row):
    """Where a workspace's notices go beside the application: an address that `apprise` understands, or a person's mail.

    The rows of people make themselves: one for each, so that what one mail server refuses is not sent twice to others.
    """

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="notice_targets"
    )
    name = models.CharField(_("name"), max_length=120)
    url = EncryptedText(
        _("address"), blank=True, help_text=_("Such as mailto://…, slack://…, discord://…; it may hold a password.")
    )
    membership = models.OneToOneField(
        Membership,
        verbose_name=_("membership"),
        on_delete=models.CASCADE,
        related_name="notice_target",
        null=True,
        blank=True,
        editable=False,
    )
    kinds = models.JSONField(
        _("kinds"), default=list, blank=True, help_text=_('Such as ["failed", "missed"]. Empty: all.')
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        db_table = "notice_targets"
        ordering = ["name", "id"]
        verbose_name = _("notice target")
        verbose_name_plural = _("notice targets")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="one_notice_target_of_a_name_in_a_workspace",
                violation_error_message=_("The workspace has a target of that name already."),
            ),
            models.CheckConstraint(
                name="a_notice_target_is_an_address_or_a_person",
                condition=(Q(membership=None) & ~Q(url="")) | Q(membership__isnull=False, url=""),
                violation_error_message=_("A target needs an address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NoticeDelivery(Dispatch):
    """A notice on its way to one target."""

    notice = models.ForeignKey(Notice, verbose_name=_("notice"), on_delete=models.CASCADE, related_name="deliveries")
    target = models.ForeignKey(
        NoticeTarget, verbose_name=_("target"), on_delete=models.CASCADE, related_name="deliveries"
    )

    class Meta:
        db_table = "notice_deliveries"
        ordering = ["-id"]
        verbose_name = _("notice delivery")
        verbose_name_plural = _("notice deliveries")
        constraints = [
            models.UniqueConstraint(fields=["notice", "target"], name="a_notice_goes_to_a_target_once"),
            waits_exactly_with_a_time("notice_deliveries"),
        ]
        indexes = [
            # What the courier asks: who is next.
            models.Index(
                fields=["next_attempt_at"], condition=Q(status=DispatchStatus.WAITING), name="notices_that_wait"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} to {self.target}"


class LedgerCursor(models.Model):
    """How far a reader of the ledger has come."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    last_event_id = models.BigIntegerField(_("last event id"), default=0)

    class Meta:
        db_table = "ledger_cursors"
        ordering = ["name"]
        verbose_name = _("ledger cursor")
        verbose_name_plural = _("ledger cursors")

    def __str__(self) -> str:
        return self.name
