"""Times, and what people decide about a post."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from scheduling.forms.fields import ClockField, DayField, PageForm
from scheduling.forms.words import NewWordsForm, ThenForm
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import BadTime, read_instant, to_local
from scheduling.services.stated import StatedTime, stated_time


class WhenForm(PageForm):
    """A date and a time of day in the account's zone."""

    date = DayField(label=_("Date"))
    time = ClockField(label=_("Time"))

    def __init__(self, *args: Any, instance: PostInstance, **kwargs: Any) -> None:
        self.instance = instance
        self.zone = instance.channel_account.zone
        own = to_local(instance.scheduled_for, self.zone)
        super().__init__(*args, initial={"date": own.date(), "time": own.time()}, **kwargs)

    def stated(self) -> StatedTime:
        """Return the instant that is meant; what shows the post's own minute means the post's own instant."""
        day, at = self.cleaned_data["date"], self.cleaned_data["time"]
        own = to_local(self.instance.scheduled_for, self.zone)
        if (day, at.hour, at.minute) == (own.date(), own.hour, own.minute):
            return StatedTime(self.instance.scheduled_for)
        return stated_time(day, at, self.zone)


class NearestForm(PageForm):
    """The instant of a nearest better time, as a warning names it."""

    at = forms.CharField(widget=forms.HiddenInput)

    def clean_at(self) -> datetime:
        """Return the instant."""
        try:
            return read_instant(self.cleaned_data["at"], ZoneInfo("UTC"))
        except BadTime as error:
            raise forms.ValidationError(str(error)) from error


class SkipForm(PageForm):
    """Why a post is left out, if somebody wants to say."""

    reason = forms.CharField(max_length=200, required=False, label=_("Reason (for your team)"))


class RequeueForm(PageForm):
    """Sending again; where nobody knows whether it went out, only after a look."""

    looked = forms.BooleanField(
        label=_("I looked: it is not there"), error_messages={"required": _("Look first: it may go out twice.")}
    )

    def __init__(self, *args: Any, instance: PostInstance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instance.status != Status.UNCONFIRMED:
            del self.fields["looked"]


class ConfirmForm(PageForm):
    """Where somebody has seen a post."""

    url = forms.CharField(
        required=False,
        label=_("Its address"),
        help_text=_("Where you have seen it."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "required": True}),
    )


class PauseForm(PageForm):
    """What is paused, why, and until when: a date and a time of day, or neither."""

    thing = forms.ChoiceField(label=_("What"), error_messages={"invalid_choice": _("That is not yours to pause.")})
    reason = forms.CharField(max_length=200, required=False, label=_("Why (for your team)"))
    date = DayField(required=False, label=_("Until"))
    time = ClockField(required=False, label=_("at"))

    def __init__(self, *args: Any, things: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = things

    def clean(self) -> dict[str, Any]:
        """Check that the end is whole."""
        found = super().clean()
        if not self.errors and bool(found.get("date")) != bool(found.get("time")):
            raise forms.ValidationError(said("An end needs a date and a time; leave both empty for none."))
        return found

    def until(self, zone: ZoneInfo) -> StatedTime | None:
        """Return the end that is meant."""
        day, at = self.cleaned_data["date"], self.cleaned_data["time"]
        return stated_time(day, at, zone) if day else None


class NewPostForm(NewWordsForm, ThenForm):
    """New words for a time on an account."""

    at = forms.CharField(required=False, widget=forms.HiddenInput)
    account = forms.ModelChoiceField(ChannelAccount.objects.none(), label=_("Account"), empty_label=_("Choose …"))
    date = DayField(label=_("Date"))
    time = ClockField(label=_("Time"))

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("at"):
            self.fields["date"].required = self.fields["time"].required = False
        self.fields["account"].queryset = accounts
        self.fields["account"].label_from_instance = lambda one: f"{one} ({one.zone.key})"

    def clean_at(self) -> datetime | None:
        """Return the instant of the button that was pressed; a date and a time are not needed then."""
        if not self.cleaned_data["at"]:
            return None
        try:
            return read_instant(self.cleaned_data["at"], ZoneInfo("UTC"))
        except BadTime as error:
            raise forms.ValidationError(str(error)) from error

    def stated(self) -> StatedTime:
        """Return the instant that is meant, in the account's zone."""
        given = self.cleaned_data
        if given["at"]:
            return StatedTime(given["at"])
        return stated_time(given["date"], given["time"], given["account"].zone)
