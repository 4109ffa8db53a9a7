"""The form of a channel account: what is wrong with it is said by the account's own check."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scheduling.admin.base import OfABrandForm, PausableForm
from scheduling.admin.fields import TimesField
from scheduling.models import ChannelAccount
from scheduling.rules import PLATFORMS
from scheduling.services.accounts import account_problems

JUDGED = {"brand", "platform", "posts_per_week", "schedule_times", "window_opens", "window_closes"}


class AccountForm(PausableForm, OfABrandForm):
    """An account, with its times of day typed as `09:00, 18:30`."""

    schedule_times = TimesField(
        required=False, label=_("Local times"), help_text=_("As in 09:00, 18:30. Empty: the platform's usual times.")
    )

    class Meta:
        model = ChannelAccount
        exclude = ("campaigns", "connection")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        platform = PLATFORMS.get(self.instance.platform)
        if platform and "gap_minutes" in self.fields:
            hours = "{:02}:00–{:02}:00".format(*platform.window) if platform.window else gettext("none")
            self.fields["window_opens"].help_text = _("Local hour, 0 to 23. Empty: %(label)s's window (%(hours)s).") % {
                "label": platform.label,
                "hours": hours,
            }
            self.fields["gap_minutes"].help_text = _("Empty: %(platform)s's (%(minutes)s).") % {
                "platform": platform.label,
                "minutes": platform.gap_minutes,
            }

    def zone_before(self) -> ZoneInfo | None:
        """Return the account's zone."""
        return None if self.instance._state.adding else self.instance.zone

    def zone_after(self) -> ZoneInfo | None:
        """Return the zone that was typed, else the brand's."""
        brand = self.cleaned_data.get("brand") or self.brand
        return self.cleaned_data.get("schedule_timezone") or (brand.timezone if brand else None)

    def judge(self) -> None:
        """Say at each field what the service would refuse."""
        if JUDGED & set(self.errors):
            return
        for name, sentences in account_problems(self.instance).items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)
