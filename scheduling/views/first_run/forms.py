"""Shapes of what somebody types on their way to the first post."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scheduling.admin.fields import ZoneField
from scheduling.forms import PageForm, TextField

MOST_A_WEEK = 21


class WorkspaceForm(PageForm):
    """A workspace: a name and a zone."""

    name = forms.CharField(max_length=120, label=_("Name"), help_text=_("Your team or your company."))
    timezone = ZoneField(label=_("Time zone"), help_text=_("Each brand may have its own."))


class BrandStep(PageForm):
    """A brand: a name and a zone."""

    name = forms.CharField(max_length=120, label=_("Name of the brand"))
    timezone = ZoneField(label=_("Time zone"), help_text=_("09:00 will be 09:00 there, also when the clocks change."))


class ChannelStep(PageForm):
    """A channel account: where it is, and what it is called there."""

    platform = forms.ChoiceField(label=_("Platform"), widget=forms.RadioSelect)
    name = forms.CharField(max_length=120, label=_("What it is called there"), help_text=_("Such as @cafelumen."))

    def __init__(self, *args: object, platforms: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = platforms


class RhythmStep(PageForm):
    """A cadence: how often, and perhaps when."""

    posts_per_week = forms.IntegerField(
        label=_("Posts a week"), min_value=1, max_value=MOST_A_WEEK, initial=3, help_text=_("Three is a good start.")
    )
    times = forms.CharField(
        required=False,
        max_length=200,
        label=_("Times of day"),
        help_text=_("Such as 09:00, 18:30. Empty: the platform's usual times."),
    )


class PostStep(PageForm):
    """The first words."""

    title = forms.CharField(max_length=200, label=_("Title"), help_text=_("For your team: the calendar shows it."))
    body = TextField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 5}))
