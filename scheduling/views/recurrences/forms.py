"""Choosing how content repeats: days and a time, rather than a rule; the rule is for who knows it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import ContentItem
from scheduling.admin.fields import LinesField
from scheduling.forms import ClockField, DayField, PageForm
from scheduling.models import ChannelAccount, Recurrence
from scheduling.rules.plain_repeats import MONTHLY, WEEKLY, Plain, read_plain
from scheduling.rules.recurrence import DAYS
from scheduling.views.recurrences.wording import ORDINALS, day_of_month, weekday_of
from workspaces.errors import Refusal
from workspaces.forms.seen import SeenField

WEEKS, MONTHS = _("Some days of each week"), _("One day of each month")


class RecurrenceForm(PageForm):
    """What is posted, where, on which days and at what time."""

    seen = SeenField()
    content = forms.ModelChoiceField(ContentItem.objects.none(), label=_("Content"), empty_label=_("Choose …"))
    account = forms.ModelChoiceField(ChannelAccount.objects.none(), label=_("Account"), empty_label=_("Choose …"))
    every = forms.ChoiceField(
        label=_("It goes out on"), choices=[(WEEKLY, WEEKS), (MONTHLY, MONTHS)], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(label=_("Days"), required=False, widget=forms.CheckboxSelectMultiple)
    month_day = forms.ChoiceField(
        label=_("Day"), required=False, help_text=_("A month without this day is left out; “the last day” never is.")
    )
    interval = forms.IntegerField(
        label=_("Every how many weeks or months"), min_value=1, max_value=52, help_text=_("1 is each one.")
    )
    time = ClockField(label=_("Time of day"), help_text=_("On the clock of the account."))
    date = DayField(label=_("From"), help_text=_("The first post is on the first chosen day from then on."))
    until = DayField(label=_("Until"), required=False, help_text=_("This day counts. Empty: it goes on."))
    count = forms.IntegerField(
        label=_("Or so many times"), required=False, min_value=1, max_value=1_000, help_text=_("Empty: no limit.")
    )
    excluded = LinesField(
        label=_("Left out"),
        required=False,
        help_text=_("Days (2026-12-25) or times (2026-12-25T09:00), one to a line."),
    )
    rule = forms.CharField(
        label=_("A rule (RRULE)"),
        required=False,
        max_length=500,
        help_text=_(
            "For who knows RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,TH. What stands here counts, in place of the days "
            "and the end that are chosen."
        ),
    )

    def __init__(self, *args: Any, contents: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content"].queryset = contents
        self.fields["content"].label_from_instance = lambda one: f"{one.title} ({one.brand.name})"
        self.fields["account"].queryset = accounts
        self.fields["account"].label_from_instance = lambda one: f"{one} ({one.zone.key})"
        self.fields["days"].choices = [(code, weekday_of(code)) for code in DAYS]
        numbered = [(day, day_of_month(day)) for day in (*map(str, range(1, 32)), "-1")]
        named = [(f"{place}{code}", day_of_month(f"{place}{code}")) for place in ORDINALS for code in DAYS]
        self.fields["month_day"].choices = [("", _("Choose …")), (_("By number"), numbered), (_("By name"), named)]

    def clean(self) -> dict[str, Any]:
        """Check that the days of what was chosen are there, unless a rule says them."""
        given = super().clean()
        if given.get("rule"):
            return given
        if given.get("every") == WEEKLY and not given.get("days") and "days" not in self.errors:
            self.add_error("days", _("Choose a day, or several."))
        if given.get("every") == MONTHLY and not given.get("month_day") and "month_day" not in self.errors:
            self.add_error("month_day", _("Choose a day."))
        if given.get("until") and given.get("count"):
            self.add_error("count", _("It ends on a day or after so many times, not both."))
        return given

    def write_into(self, recurrence: Recurrence) -> Recurrence:
        """Put what was chosen into a recurrence."""
        given = self.cleaned_data
        recurrence.content_item, recurrence.channel_account = given["content"], given["account"]
        recurrence.rule = given["rule"] or self._plain().rule()
        at, before = f"{given['time']:%H:%M:%S}", recurrence.starts_at[11:]
        is_same = before[:5] == at[:5]  # A box for the time of day does not show seconds.
        recurrence.starts_at = f"{given['date'].isoformat()}T{before if is_same else at}"
        recurrence.excluded = given["excluded"]
        return recurrence

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field that says it, by the names of this form."""
        ours = {"content_item": "content", "channel_account": "account", "starts_at": "date"}
        if not self.cleaned_data.get("rule"):
            ours["rule"] = "days" if self.cleaned_data["every"] == WEEKLY else "month_day"
        refusal.errors = {ours.get(name, name): said for name, said in refusal.errors.items()}
        super().refuse(refusal)

    def _plain(self) -> Plain:
        given = self.cleaned_data
        days = tuple(given["days"]) if given["every"] == WEEKLY else (given["month_day"],)
        return Plain(given["every"], days, given["interval"], given["count"], given["until"])


def initial_of(recurrence: Recurrence) -> dict[str, Any]:
    """Return a recurrence as its form shows it: by its days if they can be chosen, else by its rule."""
    starts = datetime.fromisoformat(recurrence.starts_at)
    found = {
        "seen": recurrence.updated_at.isoformat(),
        "content": recurrence.content_item_id,
        "account": recurrence.channel_account_id,
        "date": starts.date(),
        "time": starts.time(),
        "excluded": recurrence.excluded,
        "every": WEEKLY,
        "interval": 1,
    }
    plain = read_plain(recurrence.rule, starts)
    if plain is None or plain.every not in (WEEKLY, MONTHLY) or (plain.every == MONTHLY and len(plain.days) > 1):
        return {**found, "rule": recurrence.rule}
    days = {"days": plain.days} if plain.every == WEEKLY else {"month_day": plain.days[0]}
    return {**found, **days, "every": plain.every, "interval": plain.interval} | {
        "count": plain.count,
        "until": plain.until,
    }
