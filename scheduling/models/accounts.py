"""Where posts go, how often, and under which rules."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField

from campaigns.models import Brand, Campaign
from scheduling.rules import PLATFORMS, Cadence, Window, default_times, read_times
from workspaces.models import Pausable, Row, Workspace, pause_constraint

LONGEST_GAP_MINUTES = 7 * 24 * 60
LONGEST_LATENESS_MINUTES = 7 * 24 * 60


class Connection(models.TextChoices):
    """How posts leave an account; an account that is not connected delivers to the sandbox."""

    SANDBOX = "sandbox", _("Sandbox (nothing goes out)")
    WEBHOOK = "webhook", _("Webhook (your own system)")


class ChannelAccount(Pausable, Row):
    """One account of a brand on one platform, with its cadence and its rules."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="channel_accounts"
    )
    brand = models.ForeignKey(Brand, verbose_name=_("brand"), on_delete=models.PROTECT, related_name="channel_accounts")
    platform = models.CharField(
        _("platform"), max_length=20, choices=[(key, known.label) for key, known in PLATFORMS.items()]
    )
    name = models.CharField(_("name"), max_length=120)
    connection = models.CharField(_("connection"), max_length=20, choices=Connection, default=Connection.SANDBOX)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Only active accounts are planned and published.")
    )
    disconnected_at = models.DateTimeField(
        _("refused since"), null=True, blank=True, editable=False, help_text=_("Since when it needs reconnecting.")
    )
    disconnect_reason = models.CharField(_("disconnect reason"), max_length=300, blank=True, editable=False)
    external_ref = models.CharField(
        _("external ref"), max_length=200, blank=True, help_text=_("Its id in your other systems.")
    )
    campaigns = models.ManyToManyField(
        Campaign, verbose_name=_("campaigns"), related_name="channel_accounts", blank=True
    )

    posts_per_week = models.PositiveSmallIntegerField(
        _("posts per week"), default=0, help_text=_("0 to 70; how many slots the plan makes.")
    )
    schedule_times = models.JSONField(
        _("schedule times"),
        default=list,
        blank=True,
        help_text=_('Local times, such as ["09:00", "18:30"]. Empty: the platform\'s.'),
    )
    schedule_timezone = TimeZoneField(
        _("schedule timezone"), null=True, blank=True, use_pytz=False, help_text=_("Empty: the brand's.")
    )

    window_opens = models.PositiveSmallIntegerField(
        _("window opens"), null=True, blank=True, help_text=_("Local hour. Empty: the platform's.")
    )
    window_closes = models.PositiveSmallIntegerField(
        _("window closes"), null=True, blank=True, help_text=_("Local hour; 24 is midnight.")
    )
    gap_minutes = models.PositiveIntegerField(
        _("gap minutes"), null=True, blank=True, help_text=_("Empty: the platform's.")
    )
    daily_cap = models.PositiveSmallIntegerField(
        _("daily cap"), null=True, blank=True, help_text=_("Posts per local day. Empty: no limit.")
    )
    text_limit = models.PositiveIntegerField(
        _("text limit"),
        null=True,
        blank=True,
        help_text=_("How long its texts may be, as the platform counts. Empty: the platform's."),
    )
    lateness_minutes = models.PositiveIntegerField(
        _("lateness minutes"), default=60, help_text=_("Later than this, a post is missed, not sent.")
    )

    class Meta:
        db_table = "channel_accounts"
        ordering = ["brand__name", "platform", "name", "id"]
        verbose_name = _("channel account")
        verbose_name_plural = _("channel accounts")
        constraints = [
            models.CheckConstraint(
                name="posts_per_week_between_0_and_70",
                condition=Q(posts_per_week__lte=70),
                violation_error_message=_("Posts per week must be from 0 to 70."),
            ),
            models.CheckConstraint(
                name="platform_is_known",
                condition=Q(platform__in=list(PLATFORMS)),
                violation_error_message=f"A platform is one of {', '.join(PLATFORMS)}.",
            ),
            models.CheckConstraint(
                name="window_has_both_ends_or_none",
                condition=Q(window_opens=None, window_closes=None)
                | Q(window_opens__lte=23, window_closes__gte=1, window_closes__lte=24)
                & Q(window_opens__isnull=False, window_closes__isnull=False),
                violation_error_message=_("A window needs an opening hour (0–23) and a closing hour (1–24)."),
            ),
            models.CheckConstraint(
                name="daily_cap_is_positive",
                condition=Q(daily_cap=None) | Q(daily_cap__gte=1),
                violation_error_message=_("A daily cap is at least 1; leave it empty for no limit."),
            ),
            models.CheckConstraint(
                name="gap_is_at_most_a_week",
                condition=Q(gap_minutes=None) | Q(gap_minutes__lte=LONGEST_GAP_MINUTES),
                violation_error_message=_("A gap is at most a week: 10080 minutes."),
            ),
            models.CheckConstraint(
                name="text_limit_is_positive",
                condition=Q(text_limit=None) | Q(text_limit__gte=1),
                violation_error_message=_("A text limit is at least 1; leave it empty for the platform's."),
            ),
            models.CheckConstraint(
                name="lateness_is_between_a_minute_and_a_week",
                condition=Q(lateness_minutes__gte=1, lateness_minutes__lte=LONGEST_LATENESS_MINUTES),
                violation_error_message=_("A lateness limit is from 1 minute to a week: 10080 minutes."),
            ),
            models.UniqueConstraint(
                fields=["brand", "platform", "name"],
                name="one_account_of_a_name_on_a_platform",
                violation_error_message=_("The brand has an account of that name on that platform already."),
            ),
            models.UniqueConstraint(
                fields=["workspace", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_account_of_an_external_ref_in_a_workspace",
                violation_error_message=_("Another account has that external reference."),
            ),
            pause_constraint("channel_accounts"),
        ]

    def __str__(self) -> str:
        return f"{self.brand.name} · {self.get_platform_display()} · {self.name}"

    def get_platform_display(self) -> str:
        """Return what the platform is called; Django's own makes a table of all choices each time it is asked."""
        return PLATFORMS[self.platform].label if self.platform in PLATFORMS else self.platform

    @property
    def zone(self) -> ZoneInfo:
        """The zone that its local times are in: its own, else the brand's."""
        return self.schedule_timezone or self.brand.timezone

    @property
    def window(self) -> Window | None:
        """Its posting window: its own, else the platform's, else none."""
        if self.window_opens is not None:
            return Window(self.window_opens, self.window_closes)
        bounds = PLATFORMS[self.platform].window
        return Window(*bounds) if bounds else None

    @property
    def gap(self) -> timedelta:
        """The least time between two of its posts: its own, else the platform's."""
        own = self.gap_minutes
        return timedelta(minutes=PLATFORMS[self.platform].gap_minutes if own is None else own)

    @property
    def times(self) -> tuple[time, ...]:
        """The local times of its cadence: its own, else as many of the platform's as it needs."""
        if self.schedule_times:
            return read_times(self.schedule_times)
        return default_times(self.platform, self.posts_per_week)

    @property
    def cadence(self) -> Cadence:
        """Its weekly cadence."""
        return Cadence(self.posts_per_week, self.times, self.zone)
