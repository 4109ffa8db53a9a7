"""Shapes of what people type on the pages; the rules of it are the services'."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from campaigns.models import Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import BadTime, read_instant, to_local
from scheduling.services.stated import StatedTime, stated_time
from workspaces.errors import Refusal

TITLE, BODY, LINK = (ContentItem._meta.get_field(name) for name in ("title", "body", "link"))
THEN = ((Status.SCHEDULED, "Schedule"), (Status.DRAFT, "Keep as draft"))


class DayField(forms.DateField):
    """A date, as browsers' date boxes send it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": "Write the date like 2026-11-20.", "required": "Choose a date."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class ClockField(forms.TimeField):
    """A time of day, as browsers' time boxes send it."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    default_error_messages = {"invalid": "Write the time of day like 18:30.", "required": "Choose a time of day."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S"], **kwargs)


class TextField(forms.CharField):
    """A longer text; a browser sends line breaks as two characters, a post has one."""

    widget = forms.Textarea(attrs={"rows": 8})

    def to_python(self, value: Any) -> str:
        """Return the text with plain line breaks."""
        return super().to_python(value).replace("\r\n", "\n")


class PageForm(forms.Form):
    """A form whose refusals stand beside what was typed; `version` is that of the post that the person looked at."""

    required_css_class = "required"
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, name: str = "id", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{name}-%s")
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal: beside the fields that it names, else above the form."""
        named = {field: texts for field, texts in refusal.errors.items() if field in self.fields}
        for field, texts in named.items():
            for text in texts:
                self.add_error(field, text)
        if not named:
            self.add_error(None, refusal.message)


class WordsForm(PageForm):
    """What is said."""

    title = forms.CharField(
        max_length=TITLE.max_length, help_text="For your team: this is what the calendar shows.", strip=True
    )
    body = TextField(
        label="Text", max_length=BODY.max_length, required=False, help_text="A post needs a text, a link, or both."
    )
    link = forms.URLField(
        max_length=LINK.max_length,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class NewWordsForm(WordsForm):
    """What is said for the first time, and perhaps for which campaign."""

    campaign = forms.ModelChoiceField(Campaign.objects.none(), required=False, empty_label="No campaign")

    def __init__(self, *args: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns

    def words(self) -> dict[str, Any]:
        """Return what was typed, as the columns of a content item."""
        return {name: self.cleaned_data[name] for name in ("title", "body", "link", "campaign")}


class ThenForm(forms.Form):
    """Whether the words are a promise or not yet: the button that was pressed."""

    then = forms.ChoiceField(choices=THEN, required=False, widget=forms.HiddenInput)

    def clean_then(self) -> str:
        """Return the state that the post gets; Enter in a field schedules."""
        return self.cleaned_data["then"] or Status.SCHEDULED


class FillForm(NewWordsForm, ThenForm):
    """New words for an empty slot."""


class EditForm(WordsForm):
    """Changed words; `seen` is when the writer's version was saved."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> datetime | None:
        """Return when the writer's version was saved."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None


class TrayForm(PageForm, ThenForm):
    """Words that wait in the tray, for an empty slot."""

    content = forms.ModelChoiceField(ContentItem.objects.none(), label="Unscheduled content", empty_label="Choose …")

    def __init__(self, *args: Any, contents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content"].queryset = contents


class WhenForm(PageForm):
    """A date and a time of day in the account's zone."""

    date = DayField()
    time = ClockField()

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

    reason = forms.CharField(max_length=200, required=False, label="Reason (for your team)")


class RequeueForm(PageForm):
    """Sending again; where nobody knows whether it went out, only after a look."""

    looked = forms.BooleanField(
        label="I looked: it is not there", error_messages={"required": "Look first: it may go out twice."}
    )

    def __init__(self, *args: Any, instance: PostInstance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instance.status != Status.UNCONFIRMED:
            del self.fields["looked"]


class ConfirmForm(PageForm):
    """Where somebody has seen a post."""

    url = forms.CharField(
        required=False,
        label="Its address",
        help_text="Where you have seen it.",
        widget=forms.URLInput(attrs={"placeholder": "https://", "required": True}),
    )


class PauseForm(PageForm):
    """What is paused, why, and until when: a date and a time of day, or neither."""

    thing = forms.ChoiceField(label="What", error_messages={"invalid_choice": "That is not yours to pause."})
    reason = forms.CharField(max_length=200, required=False, label="Why (for your team)")
    date = DayField(required=False, label="Until")
    time = ClockField(required=False, label="at")

    def __init__(self, *args: Any, things: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = things

    def clean(self) -> dict[str, Any]:
        """Check that the end is whole."""
        found = super().clean()
        if not self.errors and bool(found.get("date")) != bool(found.get("time")):
            raise forms.ValidationError("An end needs a date and a time; leave both empty for none.")
        return found

    def until(self, zone: ZoneInfo) -> StatedTime | None:
        """Return the end that is meant."""
        day, at = self.cleaned_data["date"], self.cleaned_data["time"]
        return stated_time(day, at, zone) if day else None


class NewPostForm(NewWordsForm, ThenForm):
    """New words for a time on an account."""

    account = forms.ModelChoiceField(ChannelAccount.objects.none(), empty_label="Choose …")
    date = DayField()
    time = ClockField()

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = accounts
        self.fields["account"].label_from_instance = lambda one: f"{one} ({one.zone.key})"

    def stated(self) -> StatedTime:
        """Return the instant that is meant, in the account's zone."""
        given = self.cleaned_data
        return stated_time(given["date"], given["time"], given["account"].zone)
