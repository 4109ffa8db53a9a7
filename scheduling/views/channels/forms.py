"""Shapes of what people type about brands, accounts and blackouts; what is wrong with it the services say."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import construct_instance
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Brand
from scheduling.admin.fields import TimesField, ZoneField
from scheduling.forms import ClockField, DayField, PageForm
from scheduling.models import ChannelAccount
from scheduling.rules import PLATFORMS
from scheduling.services.accounts import account_problems
from scheduling.services.brands import brand_problems
from scheduling.services.stated import StatedTime, stated_time
from workspaces.errors import Refusal
from workspaces.forms.seen import SeenField, see_overtaker

Problems = Callable[[Any], dict[str, list[str]]]


class RowForm(forms.ModelForm):
    """A form of a row: each field says what the row's own service would refuse, then what its table would."""

    problems_of: Problems
    known: tuple[str, ...] = ("workspace",)
    """Columns that are decided elsewhere, and that the table's constraints look at."""
    is_whole = False
    """Whether the row stands already, so that its rules can be asked though a field could not be read."""

    seen = SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        if not self.instance._state.adding:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def _post_clean(self) -> None:
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        wrong = set(self.errors)
        problems = {} if wrong and not self.is_whole else type(self).problems_of(self.instance)
        for name, sentences in problems.items():
            if name not in wrong:
                self.add_error(name if name in self.fields else None, sentences)
        super()._post_clean()

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - set(self.known)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal of the service: beside the fields that it names, else above the form."""
        for name, texts in (refusal.errors or {"": [refusal.message]}).items():
            self.add_error(name if name in self.fields else None, texts)
        see_overtaker(self, refusal)


class BrandForm(RowForm):
    """A brand: its name, its zone, its voice."""

    problems_of = staticmethod(brand_problems)
    timezone = ZoneField(
        label=gettext_lazy("Time zone"), help_text=gettext_lazy("Its accounts post in it, unless they name their own.")
    )

    class Meta:
        model = Brand
        fields = ("name", "timezone", "voice")
        labels = {"name": gettext_lazy("Name"), "voice": gettext_lazy("Voice")}
        help_texts = {"voice": gettext_lazy("How the brand speaks: for writers and for the AI.")}
        widgets = {"voice": forms.Textarea(attrs={"rows": 4})}


class NewAccountForm(RowForm):
    """A new account: what it is; its rules come after, on its own page."""

    problems_of = staticmethod(account_problems)

    class Meta:
        model = ChannelAccount
        fields = ("brand", "platform", "name")
        labels = {
            "brand": gettext_lazy("Brand"),
            "platform": gettext_lazy("Platform"),
            "name": gettext_lazy("Name"),
        }

    def __init__(self, *args: Any, brands: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = brands
        self.fields["platform"].choices = [("", _("Choose …")), *((one.key, one.label) for one in PLATFORMS.values())]
        self.fields["name"].help_text = _("What it is called there, such as @cafelumen.")


class RulesForm(RowForm):
    """The cadence and the rules of an account."""

    problems_of = staticmethod(account_problems)
    known = ("workspace", "brand", "platform")
    is_whole = True
    schedule_times = TimesField(
        required=False,
        label=gettext_lazy("Local times"),
        help_text=gettext_lazy("As in 09:00, 18:30. Empty: the platform's usual times."),
    )
    schedule_timezone = ZoneField(required=False, label=gettext_lazy("Time zone"))
    remove_off_grid = forms.BooleanField(required=False)

    class Meta:
        model = ChannelAccount
        fields = (
            *("name", "is_active", "external_ref"),
            *("posts_per_week", "schedule_times", "schedule_timezone"),
            *("window_opens", "window_closes", "gap_minutes", "daily_cap", "lateness_minutes"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = PLATFORMS[self.instance.platform]
        hours = "{:02}:00–{:02}:00".format(*known.window) if known.window else _("none")
        brand_zone = self.instance.brand.timezone.key
        said = {
            "posts_per_week": (_("Posts a week"), _("0 to 70; 0 makes no slots.")),
            "schedule_timezone": (_("Time zone"), _("Empty: the brand's, %(zone)s.") % {"zone": brand_zone}),
            "window_opens": (_("Opens at"), _("Local hour, 0 to 23. Empty: %(hours)s.") % {"hours": hours}),
            "window_closes": (_("Closes at"), _("1 to 24; before the opening hour: on the next day.")),
            "gap_minutes": (_("Gap"), _("Minutes between posts. Empty: %(gap)s.") % {"gap": known.gap_minutes}),
            "daily_cap": (_("Posts a day"), _("At most. Empty: no limit.")),
            "lateness_minutes": (_("Lateness limit"), _("Minutes; later than this, a post is missed, not sent.")),
            "is_active": (_("In use"), _("Only accounts in use are planned and published.")),
            "external_ref": (_("Its id elsewhere"), _("In your other systems.")),
        }
        for name, (label, help_text) in said.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text


class BlackoutForm(PageForm):
    """A range of local time in which nothing goes out, and why."""

    from_date = DayField(label=gettext_lazy("From"))
    from_time = ClockField(label=gettext_lazy("at"), initial="00:00")
    until_date = DayField(label=gettext_lazy("Until"))
    until_time = ClockField(label=gettext_lazy("at"), initial="00:00")
    reason = forms.CharField(max_length=200, label=gettext_lazy("Why"))

    def range(self, account: Model) -> tuple[StatedTime, StatedTime]:
        """Return both ends, in the account's zone."""
        given, zone = self.cleaned_data, account.zone
        return (
            stated_time(given["from_date"], given["from_time"], zone),
            stated_time(given["until_date"], given["until_time"], zone),
        )
