"""Campaigns: what they are, where they go, and spreading their posts over their days."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, ContentItem
from scheduling.admin.base import OfABrandForm, PausableAdmin, PausableForm
from scheduling.models import Blackout, ChannelAccount, PostInstance
from scheduling.services.campaign_rows import campaign_problems, delete_campaign, save_campaign
from scheduling.services.campaigns import Spread, spread_campaign
from workspaces.admin.display import admin_list_url, linked
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of
from workspaces.admin.suggestions import ManySuggestions
from workspaces.errors import Refusal
from workspaces.phrases import phrased
from workspaces.roles import WRITE

SPREAD = "_spread"
JUDGED = {"brand", "name", "starts_on", "ends_on", "number_of_posts"}


class CampaignForm(PausableForm, OfABrandForm):
    """A campaign and its accounts."""

    channel_accounts = forms.ModelMultipleChoiceField(
        label=_("Channel accounts"),
        queryset=ChannelAccount.objects.none(),
        required=False,
        widget=ManySuggestions(Blackout._meta.get_field("channel_account"), admin.site),
        help_text=_("Every post goes to every one of them. None: to all active accounts of the brand."),
    )

    class Meta:
        model = Campaign
        fields = "__all__"
        widgets = {name: forms.DateInput({"type": "date"}, format="%Y-%m-%d") for name in ("starts_on", "ends_on")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "channel_accounts" in self.fields:
            self.fields["channel_accounts"].widget.brand_id = self.instance.brand_id
            if not self.instance._state.adding:
                self.initial["channel_accounts"] = list(self.instance.channel_accounts.all())

    def zone_before(self) -> ZoneInfo | None:
        """Return the brand's zone."""
        return self.brand.timezone if self.brand else None

    def zone_after(self) -> ZoneInfo | None:
        """Return the zone of the brand that was chosen."""
        brand = self.cleaned_data.get("brand")
        return brand.timezone if brand else None

    def clean(self) -> dict[str, Any]:
        """Check that the accounts are the brand's."""
        found = super().clean()
        for account in found.get("channel_accounts", ()):
            self.check_brand("channel_accounts", account)
        return found

    def judge(self) -> None:
        """Say at each field what the service would refuse."""
        if not JUDGED & set(self.errors):
            for name, sentences in campaign_problems(self.instance).items():
                self.add_error(name if name in self.fields else None, sentences)

    def _save_m2m(self) -> None:
        super()._save_m2m()
        self.instance.channel_accounts.set(self.cleaned_data["channel_accounts"])


@admin.register(Campaign)
class CampaignAdmin(PausableAdmin):
    """Posts of one brand between two dates."""

    form = CampaignForm
    fixed = ("brand",)
    autocomplete_fields = ("brand",)
    list_display = ("name", "brand", "starts_on", "ends_on", "number_of_posts", "written", "pause")
    list_filter = (("brand", ScopedRelatedFilter),)
    search_fields = ("name", "external_ref", "brand__name")
    date_hierarchy = "starts_on"
    actions = ("spread", *PausableAdmin.actions)
    readonly_fields = ("written", "placed", "accounts")

    def delete_model(self, request: HttpRequest, obj: Campaign) -> None:
        """Delete through the service."""
        delete_campaign(campaign=obj, now=now_of(request), actor=caller_of(request).actor)

    def save_row(self, request: HttpRequest, obj: Campaign, form: Any, change: bool) -> None:
        """Save through the service; the form writes the accounts."""
        save_campaign(campaign=obj, now=now_of(request), actor=caller_of(request).actor)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        """Return the campaigns with their brand and the number of their content items."""
        rows = super().get_queryset(request).select_related("brand")
        return rows.annotate(content_count=Count("content_items"))

    def get_fieldsets(self, request: HttpRequest, obj: Campaign | None = None) -> list[tuple]:
        """Return what a campaign is, where it stands, and the pause."""
        may = obj is None or self.has_change_permission(request, obj)
        accounts = "channel_accounts" if may else "accounts"
        what = ("brand", "name", ("starts_on", "ends_on"), "number_of_posts", accounts, "external_ref")
        stands = [(_("Where it stands"), {"fields": ("written", "placed")})] if obj else []
        return [(None, {"fields": what}), *stands, self.pause_fields(request, obj)]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field:
        """Return a form field; dates are picked with the browser's own picker."""
        if db_field.name in ("starts_on", "ends_on"):
            return db_field.formfield(widget=CampaignForm.Meta.widgets[db_field.name])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Campaign | None = None, change: bool = False, **kwargs: Any) -> type:
        """Return the form; accounts are those of workspaces in which the person plans."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if "channel_accounts" in form.base_fields:
            remote = self.admin_site.get_model_admin(ChannelAccount)
            field = form.base_fields["channel_accounts"]
            field.queryset = remote.within(request, WRITE, remote.get_queryset(request))
            field.label_from_instance = remote.label_of
        return form

    @admin.display(description=_("content"), ordering="content_count")
    def written(self, campaign: Campaign) -> str:
        """Show how many posts are written, with a link to them."""
        url = admin_list_url(ContentItem, campaign__id__exact=campaign.pk)
        return format_html('<a href="{}">{} of {}</a>', url, campaign.content_count, campaign.number_of_posts)

    @admin.display(description=_("posts"))
    def placed(self, campaign: Campaign) -> str:
        """Show how many posts have a time, with a link to them."""
        url = admin_list_url(PostInstance, campaign__id__exact=campaign.pk)
        number = campaign.post_instances.count()
        return format_html('<a href="{}">{} post{}</a>', url, number, "" if number == 1 else "s")

    @admin.display(description=_("channel accounts"))
    def accounts(self, campaign: Campaign) -> str:
        """Show where it goes."""
        chosen = campaign.channel_accounts.select_related("brand")
        return format_html_join(", ", "{}", ((linked(account),) for account in chosen)) or _("all active ones")

    @admin.action(description=_("Spread the posts over its days"), permissions=["write"])
    def spread(self, request: HttpRequest, queryset: QuerySet[Campaign]) -> None:
        """Spread each chosen campaign."""
        for campaign in queryset.select_related("workspace"):
            self._spread_one(request, campaign)

    def response_change(self, request: HttpRequest, obj: Campaign) -> HttpResponse:
        """Spread a saved campaign if that was the button."""
        if SPREAD in request.POST:
            self._spread_one(request, obj)
            request.POST = request.POST | {"_continue": "1"}
        return super().response_change(request, obj)

    def _spread_one(self, request: HttpRequest, campaign: Campaign) -> None:
        caller = caller_of(request)
        try:
            caller.require(WRITE, campaign.workspace)
            done = spread_campaign(campaign=campaign, now=now_of(request), actor=caller.actor)
        except Refusal as refusal:
            self.message_user(request, f"{campaign}: {refusal.message}", messages.ERROR)
        else:
            level = messages.WARNING if done.refused else messages.SUCCESS
            self.message_user(request, _told(campaign, done), level)


def _told(campaign: Campaign, done: Spread) -> str:
    """Return what a spread did: what is placed, and each that is refused with its reason."""
    number = len(done.instances)
    words = ngettext("%(campaign)s: %(number)s post placed", "%(campaign)s: %(number)s posts placed", number)
    said = words % {"campaign": campaign, "number": number}
    if not done.refused:
        return f"{said}."
    told = ((one["title"], phrased(one["reason"])) for one in done.refused)
    heading = _("%(said)s, %(number)s refused:") % {"said": said, "number": len(done.refused)}
    return format_html("{}<ul>{}</ul>", heading, format_html_join("", "<li>{}: {}</li>", told))
