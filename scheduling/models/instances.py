"""The row of the calendar: the only place that holds a post's status and time."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, ContentItem
from scheduling.models.accounts import ChannelAccount
from scheduling.models.sandbox import is_sandboxed
from scheduling.models.schedules import Schedule
from scheduling.rules import BUSY, OCCUPYING
from workspaces.models import Row, Workspace


class Status(models.TextChoices):
    """The states of a post instance; the legal moves stand in `scheduling.rules.moves`."""

    PLANNED = "planned", _("Planned")
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SCHEDULED = "scheduled", _("Scheduled")
    PENDING = "pending", _("Pending")
    PUBLISHING = "publishing", _("Publishing")
    PUBLISHED = "published", _("Published")
    FAILED = "failed", _("Failed")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    MISSED = "missed", _("Missed")
    SKIPPED = "skipped", _("Skipped")
    CANCELED = "canceled", _("Canceled")


class ScheduledBy(models.TextChoices):
    """Who chose the time."""

    MANUAL = "manual", _("A person")
    RULE_ENGINE = "rule_engine", _("The rules")
    CAMPAIGN = "campaign_orchestrator", _("A campaign")
    CADENCE = "cadence", _("The cadence")
    BULK = "bulk", _("A bulk action")
    AGENT = "agent", _("The agent")


class ScheduleType(models.TextChoices):
    """Whether a time was chosen or the post goes out at once."""

    IMMEDIATE = "immediate", _("Immediate")
    SCHEDULED = "scheduled", _("Scheduled")


# What workers need of an instance, and nobody else.


class PostInstances(models.QuerySet):
    """Reads of post instances; no write hides among them."""

    def with_everything(self) -> Self:
        """Join what a chip, a page or the API shows of an instance."""
        return self.select_related("channel_account__brand", "content_item", "campaign")

    def occupying(self) -> Self:
        """Those whose instant is taken."""
        return self.filter(status__in=sorted(OCCUPYING))

    def busy(self) -> Self:
        """Those that count for gap and cap: everything that occupies time but empty slots."""
        return self.filter(status__in=sorted(BUSY))

    def empty_slots(self) -> Self:
        """Slots of the plan without content."""
        return self.filter(status=Status.PLANNED)

    def between(self, start: datetime, end: datetime) -> Self:
        """Those that stand in [start, end)."""
        return self.filter(scheduled_for__gte=start, scheduled_for__lt=end)


class PostInstance(Row):
    """One content item on one channel account at one instant.

    `scheduled_for` is what a person or the cadence chose; `due_at` is when the workers look at it (a retry moves only
    this one). The wall time and its zone stay beside the instant, so that a future instant can be worked out again when
    a country changes its clocks. `cadence_slot` is the grid slot it came from, as local date and wall time: a slot that
    was moved, filled or skipped is not made again.
    """

    workspace = models.ForeignKey(
        Workspace,
        verbose_name=_("workspace"),
        on_delete=models.CASCADE,
        related_name="post_instances",
        db_index=False,
        db_column="tenant_id",
    )
    channel_account = models.ForeignKey(
        ChannelAccount,
        verbose_name=_("channel account"),
        on_delete=models.PROTECT,
        related_name="post_instances",
        db_index=False,
    )
    content_item = models.ForeignKey(
        ContentItem,
        verbose_name=_("content item"),
        on_delete=models.PROTECT,
        related_name="post_instances",
        db_index=False,
    )
    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("campaign"),
        on_delete=models.PROTECT,
        related_name="post_instances",
        null=True,
        blank=True,
        db_index=False,
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("schedule"),
        on_delete=models.PROTECT,
        related_name="post_instances",
        null=True,
        blank=True,
        db_index=False,
    )

    status = models.CharField(_("status"), max_length=12, choices=Status)
    schedule_type = models.CharField(
        _("schedule type"), max_length=10, choices=ScheduleType, default=ScheduleType.SCHEDULED
    )
    scheduled_for = models.DateTimeField(_("scheduled for"))
    scheduled_window_end = models.DateTimeField(_("scheduled window end"), null=True, blank=True)
    scheduled_by = models.CharField(_("scheduled by"), max_length=24, choices=ScheduledBy, default=ScheduledBy.MANUAL)
    local_time = models.CharField(
        _("local time"), max_length=19, help_text=_("The wall time as it was chosen: 2026-11-20T18:00:00.")
    )
    timezone = models.CharField(_("timezone"), max_length=64)
    cadence_slot = models.CharField(_("cadence slot"), max_length=16, null=True, blank=True)
    priority = models.SmallIntegerField(_("priority"), default=0, help_text=_("Higher goes out first."))

    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    retry_count = models.PositiveSmallIntegerField(_("retry count"), default=0)
    first_attempt_at = models.DateTimeField(_("first attempt at"), null=True, blank=True)
    claimed_by = models.CharField(_("claimed by"), max_length=80, blank=True)
    claim = models.UUIDField(_("claim"), null=True, blank=True)
    lease_ends_at = models.DateTimeField(_("lease ends at"), null=True, blank=True)

    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    remote_id = models.CharField(_("remote id"), max_length=200, blank=True)
    remote_url = models.CharField(
        _("remote url"), max_length=2000, blank=True, help_text=_("The sandbox's is a path on this site.")
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it stands as it does, in a person's words."))
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = PostInstances.as_manager()

    class Meta:
        db_table = "post_instances"
        ordering = ["scheduled_for", "id"]
        verbose_name = _("post instance")
        verbose_name_plural = _("post instances")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "channel_account", "scheduled_for"],
                condition=Q(status__in=sorted(OCCUPYING)),
                name="uq_post_instances_tenant_account_scheduled",
                violation_error_message=_("Another post stands at that time on this account."),
            ),
            models.UniqueConstraint(
                fields=["channel_account", "cadence_slot"],
                condition=Q(cadence_slot__isnull=False),
                name="a_cadence_slot_is_made_once",
                violation_error_message=_("This slot of the cadence is there already."),
            ),
            models.CheckConstraint(
                name="status_is_known",
                condition=Q(status__in=Status.values),
                violation_error_message=f"A status is one of {', '.join(Status.values)}.",
            ),
            models.CheckConstraint(
                name="schedule_type_is_known",
                condition=Q(schedule_type__in=ScheduleType.values),
                violation_error_message=f"A schedule type is one of {', '.join(ScheduleType.values)}.",
            ),
            models.CheckConstraint(
                name="scheduled_by_is_known",
                condition=Q(scheduled_by__in=ScheduledBy.values),
                violation_error_message=f"A post is scheduled by one of {', '.join(ScheduledBy.values)}.",
            ),
            models.CheckConstraint(
                name="leased_exactly_while_publishing",
                condition=Q(status=Status.PUBLISHING, claim__isnull=False, lease_ends_at__isnull=False)
                | (~Q(status=Status.PUBLISHING) & Q(claim=None, lease_ends_at=None)),
                violation_error_message=_("A post is held by a worker exactly while it is being published."),
            ),
            models.CheckConstraint(
                name="due_exactly_while_it_is_to_go_out",
                condition=Q(status__in=["scheduled", "pending", "publishing"], due_at__isnull=False)
                | (~Q(status__in=["scheduled", "pending", "publishing"]) & Q(due_at=None)),
                violation_error_message=_("A post is due exactly while it is to go out."),
            ),
            models.CheckConstraint(
                name="published_exactly_with_its_time_and_its_place",
                condition=(
                    Q(status=Status.PUBLISHED, published_at__isnull=False) & (~Q(remote_id="") | ~Q(remote_url=""))
                )
                | (~Q(status=Status.PUBLISHED) & Q(published_at=None, remote_id="", remote_url="")),
                violation_error_message=_("A published post, and no other, has a time and a place of publication."),
            ),
            models.CheckConstraint(
                name="wanted_no_later_than_its_window_ends",
                condition=Q(scheduled_window_end=None) | Q(scheduled_window_end__gte=F("scheduled_for")),
                violation_error_message=_("A post stands no later than the end of its window."),
            ),
            models.CheckConstraint(
                name="wall_time_is_kept",
                condition=~Q(local_time="") & ~Q(timezone=""),
                violation_error_message=_("A post keeps its wall time and the zone of it."),
            ),
            models.CheckConstraint(
                name="attempts_cover_retries",
                condition=Q(attempts__gte=F("retry_count")),
                violation_error_message=_("A retry is an attempt: there cannot be more retries than attempts."),
            ),
            models.CheckConstraint(
                name="version_starts_at_one",
                condition=Q(version__gte=1),
                violation_error_message=_("Versions count from 1."),
            ),
        ]
        indexes = [
            # The calendar and the lists: a workspace's instances by time.
            models.Index(fields=["workspace", "scheduled_for"], name="instances_of_a_workspace"),
            # tick: what is due.
            models.Index(fields=["due_at"], condition=Q(status="scheduled"), name="instances_scheduled"),
            # claim: what waits for a worker, in the order in which it is taken.
            models.Index(
                F("priority").desc(), F("due_at"), F("id"), condition=Q(status="pending"), name="instances_pending"
            ),
            # tick: leases that lapsed.
            models.Index(fields=["lease_ends_at"], condition=Q(status="publishing"), name="instances_leased"),
            # The Problems page, and the counts beside it.
            models.Index(
                fields=["workspace", "scheduled_for"],
                condition=Q(status__in=["failed", "unconfirmed", "missed"]),
                name="instances_with_a_problem",
            ),
            # claim: whether an account has just published, before a post that is late follows.
            models.Index(
                fields=["channel_account", "published_at"],
                condition=Q(status="published"),
                name="instances_just_published",
            ),
            # tick: slots and drafts whose time is over.
            models.Index(
                fields=["scheduled_for"],
                condition=Q(status__in=["draft", "in_review", "planned"]),
                name="instances_without_a_promise",
            ),
            # The posts of a content item; empty slots all share the placeholder and would only swell it.
            models.Index(fields=["content_item"], condition=~Q(status="planned"), name="instances_of_a_content_item"),
            # The posts of a campaign, and of a batch.
            models.Index(fields=["campaign"], condition=Q(campaign__isnull=False), name="instances_of_a_campaign"),
            models.Index(fields=["schedule"], condition=Q(schedule__isnull=False), name="instances_of_a_schedule"),
        ]

    @property
    def is_sandboxed(self) -> bool:
        """Whether it went, or would go, into the sandbox's outbox."""
        connection = self.channel_account.connection
        return is_sandboxed(status=self.status, connection=connection, remote_url=self.remote_url)

    def __str__(self) -> str:
        return f"{self.content_item.title} · {self.local_time.replace('T', ' ')[:16]}"
