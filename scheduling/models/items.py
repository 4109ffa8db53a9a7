"""What a batch was asked to place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import ContentItem
from scheduling.models.accounts import ChannelAccount
from scheduling.models.instances import PostInstance
from scheduling.models.schedules import Schedule
from workspaces.models import Row


class ItemState(models.TextChoices):
    """What became of an item so far."""

    WAITING = "waiting", _("Waiting")
    PLACED = "placed", _("Placed")
    REFUSED = "refused", _("Refused")
    CANCELED = "canceled", _("Canceled")


class Placing(models.TextChoices):
    """How the time of an item is found."""

    STATED = "stated", _("As stated, with warnings")
    ADJUSTED = "adjusted", _("From the wanted time on, by the rules")
    SLOT = "slot", _("In the next open slot of the cadence")
    BEST = "best", _("At a recommended time")


class ScheduleItem(Row):
    """One content item for one account, with the time that is wanted, until it is a post instance or refused."""

    schedule = models.ForeignKey(Schedule, verbose_name=_("schedule"), on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    content_item = models.ForeignKey(
        ContentItem, verbose_name=_("content item"), on_delete=models.CASCADE, related_name="+"
    )
    channel_account = models.ForeignKey(
        ChannelAccount, verbose_name=_("channel account"), on_delete=models.CASCADE, related_name="+"
    )
    placing = models.CharField(_("placing"), max_length=10, choices=Placing, default=Placing.STATED)
    wanted = models.DateTimeField(_("wanted"), null=True, blank=True)
    window_end = models.DateTimeField(_("window end"), null=True, blank=True)
    priority = models.SmallIntegerField(_("priority"), default=0)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ItemState, default=ItemState.WAITING)
    rule = models.CharField(
        _("rule"), max_length=40, blank=True, help_text=_("The rule that binds, where it was refused.")
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it was refused, in a person's words."))
    post_instance = models.OneToOneField(
        PostInstance,
        verbose_name=_("post instance"),
        on_delete=models.SET_NULL,
        related_name="schedule_item",
        null=True,
        blank=True,
    )

    class Meta:
        db_table = "schedule_items"
        ordering = ["schedule", "position"]
        verbose_name = _("schedule item")
        verbose_name_plural = _("schedule items")
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "position"],
                name="one_item_at_a_position_of_a_schedule",
                violation_error_message=_("There is an item at that position already."),
            ),
            models.CheckConstraint(
                name="item_state_is_known",
                condition=Q(state__in=ItemState.values),
                violation_error_message=f"An item is one of {', '.join(ItemState.values)}.",
            ),
            models.CheckConstraint(
                name="item_placing_is_known",
                condition=Q(placing__in=Placing.values),
                violation_error_message=f"An item is placed as one of {', '.join(Placing.values)}.",
            ),
            models.CheckConstraint(
                name="only_a_placed_item_has_a_post",
                condition=Q(post_instance=None) | Q(state=ItemState.PLACED),
                violation_error_message=_("Only an item that was placed has a post."),
            ),
            models.CheckConstraint(
                name="a_refused_item_says_why",
                condition=~Q(state=ItemState.REFUSED) | ~Q(reason=""),
                violation_error_message=_("An item that was refused says why."),
            ),
        ]
        indexes = [
            # The workers: what of a batch is still to be placed.
            models.Index(fields=["schedule", "position"], condition=Q(state="waiting"), name="items_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.content_item_id}"
