"""Batches of posts placed together, and times in which nothing may go out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Brand, Campaign
from scheduling.models.accounts import ChannelAccount
from workspaces.models import Row, Workspace


class ScheduleStatus(models.TextChoices):
    """The states of a batch; the legal moves stand in `scheduling.rules.moves`."""

    PENDING = "pending", _("Pending")
    RUNNING = "running", _("Running")
    OPTIMIZING = "optimizing", _("Optimizing")
    COMPLETING = "completing", _("Completing")
    COMPLETED = "completed", _("Completed")
    CANCELING = "canceling", _("Canceling")
    CANCELED = "canceled", _("Canceled")
    FAILED = "failed", _("Failed")


class Schedule(Row):
    """A batch of post instances placed together."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="schedules"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="schedules", null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=12, choices=ScheduleStatus, default=ScheduleStatus.PENDING)
    timezone = models.CharField(_("timezone"), max_length=64)
    strategy = models.CharField(_("strategy"), max_length=20)
    refused = models.JSONField(
        _("refused"), default=list, blank=True, help_text=_("What could not be placed, and why.")
    )
    bulk_job_id = models.CharField(_("bulk job id"), max_length=200, blank=True)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    actor = models.CharField(_("actor"), max_length=120, blank=True, editable=False, help_text=_("Who asked for it."))
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it failed, in a person's words."))
    queued_at = models.DateTimeField(_("queued at"), null=True, blank=True, editable=False)
    lease_ends_at = models.DateTimeField(_("lease ends at"), null=True, blank=True, editable=False)

    class Meta:
        db_table = "schedules"
        ordering = ["-created_at", "id"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        indexes = [
            # The workers: batches that wait for somebody to place them.
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=["pending", "running", "optimizing", "completing", "canceling"]),
                name="schedules_at_work",
            ),
            # The lists: a workspace's batches, newest first.
            models.Index(fields=["workspace", "-created_at"], name="schedules_of_a_workspace"),
        ]
        constraints = [
            models.CheckConstraint(
                name="schedule_status_is_known",
                condition=Q(status__in=ScheduleStatus.values),
                violation_error_message=f"A status is one of {', '.join(ScheduleStatus.values)}.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Blackout(Row):
    """A range of time in which no post of a workspace, brand, campaign or account goes out."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="blackouts"
    )
    brand = models.ForeignKey(Brand, verbose_name=_("brand"), on_delete=models.CASCADE, null=True, blank=True)
    campaign = models.ForeignKey(Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, null=True, blank=True)
    channel_account = models.ForeignKey(
        ChannelAccount, verbose_name=_("channel account"), on_delete=models.CASCADE, null=True, blank=True
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
    )

    class Meta:
        db_table = "blackouts"
        ordering = ["starts_at", "id"]
        verbose_name = _("blackout")
        verbose_name_plural = _("blackouts")
        constraints = [
            models.CheckConstraint(
                name="blackout_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A blackout has to end after it starts."),
            ),
            models.CheckConstraint(
                name="blackout_names_one_level_at_most",
                condition=Q(brand=None, campaign=None)
                | Q(brand=None, channel_account=None)
                | Q(campaign=None, channel_account=None),
                violation_error_message=_(
                    "Name a brand, a campaign or an account, not several; none is the workspace."
                ),
            ),
        ]
        indexes = [
            # Which blackouts touch a range of time.
            models.Index(fields=["workspace", "ends_at"], name="blackouts_not_over"),
        ]

    def __str__(self) -> str:
        return self.reason
