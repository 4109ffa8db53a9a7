"""The forms of a post instance: one that schedules content, one that decides about a post."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from scheduling.admin.deeds import DEEDS, WHEN, WHERE, Deed, Wish
from scheduling.admin.fields import LocalTimeField, as_typed, read_stated
from scheduling.models import PostInstance
from scheduling.services.stated import StatedTime

DO = "do"
NO_BUTTON = _("Say what to do with it: press one of the buttons.")


class NewPostForm(forms.ModelForm):
    """Content, an account, and a time in the account's zone."""

    when = LocalTimeField(
        label=_("Time"),
        help_text=_("Local time of the account: its zone stands in brackets behind the account's name."),
    )
    as_draft = forms.BooleanField(
        required=False,
        label=_("As a draft"),
        help_text=_("It keeps its place, but does not go out until it is scheduled."),
    )

    class Meta:
        model = PostInstance
        fields = ("channel_account", "content_item")
        labels = {"content_item": _("Content"), "channel_account": _("Account")}

    stated: StatedTime | None = None

    def clean(self) -> dict[str, Any]:
        """Read the time in the account's zone."""
        found = super().clean() or self.cleaned_data
        if account := found.get("channel_account"):
            self.stated = read_stated(self, "when", account.zone)
        return found

    def _post_clean(self) -> None:
        """Leave the rest to the service: it is the one place that judges a post."""


class DeedForm(forms.ModelForm):
    """What a person wants with a post: which button, and what it needs. `version` is the one they look at."""

    version = forms.IntegerField(label=_("Version"), widget=forms.HiddenInput)
    when = LocalTimeField(required=False, label=_("Time"))
    skip_reason = forms.CharField(
        required=False, max_length=200, label=_("Reason"), help_text=_("For your team; optional.")
    )
    url = forms.CharField(
        required=False, label=_("Its address"), help_text=_("Where somebody has seen it, with https://.")
    )

    class Meta:
        model = PostInstance
        fields = ("content_item",)
        labels = {"content_item": _("Content")}

    after_refusal = False
    stated: StatedTime | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account = self.instance.channel_account
        own = {"version": self.instance.version, "when": as_typed(self.instance.scheduled_for, account.zone)}
        self.initial = {**self.initial, **own, "content_item": None}
        if "when" in self.fields:
            self.fields["when"].help_text = _("Local time of the account, in %(key)s.") % {"key": account.zone.key}
        if "content_item" in self.fields:
            self.fields["content_item"].required = False
            self.fields["content_item"].widget.widget.brand_id = account.brand_id
        if self.after_refusal and self.is_bound:
            # The page shows by now what the post has become: the next press of a button is about that.
            self.data = self.data.copy()
            self.data["version"] = str(self.instance.version)

    @property
    def deed(self) -> Deed | None:
        """The button that was pressed."""
        return DEEDS.get(self.data.get(DO, ""))

    @property
    def wish(self) -> Wish:
        """What was typed; a time that was left as it stands is the post's own."""
        typed = self.cleaned_data
        at = self.stated.at if self.stated and WHEN in self.changed_data else None
        return Wish(
            at=at, content=typed.get("content_item"), reason=typed.get("skip_reason", ""), url=typed.get(WHERE, "")
        )

    def clean(self) -> dict[str, Any]:
        """Read the time, and check that nothing that was typed would be forgotten.

        :raises ValidationError: if no button was pressed.
        """
        found = super().clean() or self.cleaned_data
        if self.deed is None:
            raise ValidationError(NO_BUTTON)
        self.stated = read_stated(self, WHEN, self.instance.channel_account.zone) if found.get(WHEN) else None
        typed = {name for name in self.changed_data if name in self.data}
        for name in typed - {*self.deed.uses, "version", "skip_reason"}:
            self.add_error(
                name, _("“%(label)s” does not use this. Do one after the other.") % {"label": self.deed.label}
            )
        return found

    def _post_clean(self) -> None:
        """Leave the rest to the service: it is the one place that judges a post."""
