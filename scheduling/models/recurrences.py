"""Content that goes out again and again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import ContentItem
from scheduling.models.accounts import ChannelAccount
from scheduling.models.instances import PostInstance
from workspaces.models import Row, Workspace


class Recurrence(Row):
    """A rule (RFC 5545) by which a content item is posted on an account, in the account's wall time."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="recurrences"
    )
    content_item = models.ForeignKey(
        ContentItem, verbose_name=_("content item"), on_delete=models.PROTECT, related_name="recurrences"
    )
    channel_account = models.ForeignKey(
        ChannelAccount, verbose_name=_("channel account"), on_delete=models.PROTECT, related_name="recurrences"
    )
    rule = models.CharField(_("rule"), max_length=500, help_text=_("Such as FREQ=WEEKLY;BYDAY=MO,TH."))
    starts_at = models.CharField(
        _("starts at"), max_length=19, help_text=_("The first local time: 2026-11-23T09:00:00.")
    )
    excluded = models.JSONField(
        _("excluded"),
        default=list,
        blank=True,
        help_text=_("Local times, or whole days (2026-12-25), that are left out."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    last_refusal = models.TextField(
        _("last refusal"), blank=True, editable=False, help_text=_("Which time could not be had last, and why.")
    )

    class Meta:
        db_table = "recurrences"
        ordering = ["-created_at", "id"]
        verbose_name = _("recurrence")
        verbose_name_plural = _("recurrences")
        constraints = [
            models.CheckConstraint(
                name="a_recurrence_has_a_rule_and_a_start",
                condition=~Q(rule="") & ~Q(starts_at=""),
                violation_error_message=_("A recurrence needs a rule and a first time."),
            ),
        ]

    def __str__(self) -> str:
        return self.rule


class Occurrence(Row):
    """One time of a recurrence: the post that was made for it once, whatever became of that, or why there is none.

    What was refused is tried again until its time is over; what was made is not made again. `post_version` is the
    version that the post was made with: as long as it has that one, nobody has touched it.
    """

    recurrence = models.ForeignKey(
        Recurrence, verbose_name=_("recurrence"), on_delete=models.CASCADE, related_name="occurrences", db_index=False
    )
    local_time = models.CharField(
        _("local time"), max_length=19, help_text=_("The wall time of the rule: 2026-11-23T09:00:00.")
    )
    post_instance = models.OneToOneField(
        PostInstance,
        verbose_name=_("post instance"),
        on_delete=models.SET_NULL,
        related_name="occurrence",
        null=True,
        blank=True,
    )
    post_version = models.PositiveIntegerField(_("post version"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it has no post, in a person's words."))

    class Meta:
        db_table = "recurrence_occurrences"
        ordering = ["recurrence", "local_time"]
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        constraints = [
            models.UniqueConstraint(
                fields=["recurrence", "local_time"],
                name="an_occurrence_is_made_once",
                violation_error_message=_("This time of the recurrence is there already."),
            ),
            models.CheckConstraint(
                name="an_occurrence_was_made_or_says_why_not",
                condition=Q(post_version__isnull=False, reason="")
                | (Q(post_version=None, post_instance=None) & ~Q(reason="")),
                violation_error_message=_("An occurrence has a post, or a reason why it has none."),
            ),
        ]

    def __str__(self) -> str:
        return self.local_time.replace("T", " ")[:16]
