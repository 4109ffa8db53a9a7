"""Channel accounts: connection, cadence, rules and pause; saved, topped off and cleared through their services."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from scheduling.admin.account_form import AccountForm
from scheduling.admin.base import PausableAdmin
from scheduling.models import ChannelAccount, Connection
from scheduling.services.accounts import delete_account, off_grid_slots, save_account
from scheduling.services.topoff import top_off
from scheduling.services.unplanned import without_plan
from workspaces.admin.display import admin_url, page_url, shown, spoken
from workspaces.admin.filters import Named
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of
from workspaces.phrases import phrased
from workspaces.roles import ADMIN, WRITE

CADENCE = {"posts_per_week", "schedule_times", "schedule_timezone"}
SLOTS_SHOWN = 50


class Plan(Named):
    """Whether anything is planned for an account."""

    title = _("plan")
    parameter_name = "plan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [("none", _("Without a plan"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ChannelAccount]) -> QuerySet[ChannelAccount]:
        """Return the accounts that nothing goes out of by itself."""
        return without_plan(queryset, now=now_of(request)) if self.value() == "none" else queryset


@admin.register(ChannelAccount)
class ChannelAccountAdmin(PausableAdmin):
    """Where posts go, how often, and under which rules."""

    form = AccountForm
    scope_to_change = ADMIN
    fixed = ("brand", "platform")
    autocomplete_fields = ("brand",)
    list_display = ("name", "platform", "brand", "leaves_by", "is_active", "per_week", "times", "zone", "pause")
    list_filter = (Plan, ("brand", ScopedRelatedFilter), "platform", "is_active", "connection")
    search_fields = ("name", "brand__name", "platform", "external_ref")
    actions = ("top_off_28_days", *PausableAdmin.actions)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChannelAccount]:
        """Return accounts with their brand."""
        return super().get_queryset(request).select_related("brand", "workspace")

    def label_of(self, account: ChannelAccount) -> str:
        """Return what a choice says: with the zone, because times are typed in it."""
        return f"{account} ({account.zone.key})"

    def get_fieldsets(self, request: HttpRequest, obj: ChannelAccount | None = None) -> list[tuple]:
        """Return connection, cadence, rules and pause."""
        may = obj is None or self.has_change_permission(request, obj)
        times = "schedule_times" if may else "times"
        how = ("connected_by" if may else "connection",) if obj else ()  # A new one is in the sandbox.
        rules = (("window_opens", "window_closes"), "gap_minutes", "daily_cap", "lateness_minutes", "text_limit")
        return [
            (_("Connection"), {"fields": ("brand", "platform", "name", *how, "is_active", "external_ref")}),
            (_("Cadence"), {"fields": ("posts_per_week", times, "schedule_timezone")}),
            (_("Rules"), {"fields": rules}),
            self.pause_fields(request, obj),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: ChannelAccount | None = None) -> tuple[str, ...]:
        """Return what is only shown."""
        return (*super().get_readonly_fields(request, obj), "times", "connected_by")

    def delete_model(self, request: HttpRequest, obj: ChannelAccount) -> None:
        """Delete through the service."""
        delete_account(account=obj, now=now_of(request), actor=caller_of(request).actor)

    def save_row(self, request: HttpRequest, obj: ChannelAccount, form: AccountForm, change: bool) -> None:
        """Save through the service, and remember to ask when the cadence left slots behind."""
        saved = save_account(account=obj, now=now_of(request), actor=caller_of(request).actor)
        request.ask_about_slots = bool(saved.off_grid and CADENCE & set(form.changed_data))

    def response_change(self, request: HttpRequest, obj: ChannelAccount) -> HttpResponse:
        """Go on; to the question first, if there is one."""
        answer = super().response_change(request, obj)
        return HttpResponseRedirect(admin_url(obj, "off_grid", obj.pk)) if request.ask_about_slots else answer

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None):
        """Show the form; say how many slots are off the grid."""
        account = self.get_object(request, object_id)
        stray = len(off_grid_slots(account, now=now_of(request))) if request.method == "GET" else 0
        asking = {"off_grid": stray, "off_grid_url": admin_url(account, "off_grid", account.pk)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **asking})

    def get_urls(self) -> list[URLPattern]:
        """Return the pages, with the one that asks about slots off the grid."""
        view = self.admin_site.admin_view(self.off_grid_view)
        own = path("<uuid:account_id>/off-grid/", view, name="scheduling_channelaccount_off_grid")
        return [own, *super().get_urls()]

    def off_grid_view(self, request: HttpRequest, account_id: UUID) -> HttpResponse:
        """Show the empty slots off the grid; remove them if the person says so."""
        account = self.get_object(request, str(account_id))
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        if request.method == "POST":
            actor = caller_of(request).actor
            saved = save_account(account=account, now=now_of(request), actor=actor, remove_off_grid=True)
            said = ngettext(
                "Removed %(number)s empty slot that was off the grid.",
                "Removed %(number)s empty slots that were off the grid.",
                saved.removed,
            )
            self.message_user(request, said % {"number": saved.removed}, messages.SUCCESS)
            return HttpResponseRedirect(admin_url(account, "change", account.pk))
        slots = off_grid_slots(account, now=now_of(request))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Empty slots off the new grid"),
            "opts": self.opts,
            "account": account,
            "number": len(slots),
            "times": [shown(slot.scheduled_for, account.zone) for slot in slots[:SLOTS_SHOWN]],
            "more": max(0, len(slots) - SLOTS_SHOWN),
        }
        return TemplateResponse(request, "admin/scheduling/channelaccount/off_grid.html", context)

    @admin.display(description=_("connection"), ordering="connection")
    def leaves_by(self, account: ChannelAccount) -> str:
        """Show how posts leave it, in a word."""
        return _("sandbox") if account.connection == Connection.SANDBOX else account.connection

    @admin.display(description=_("connection"))
    def connected_by(self, account: ChannelAccount) -> str:
        """Show how posts leave it, since when it is refused, and where it is connected."""
        how = account.get_connection_display()
        if account.disconnected_at:
            how = _("%(how)s. Refused since %(since)s: %(reason)s") % {
                "how": how,
                "since": spoken(account.disconnected_at, account.zone),
                "reason": phrased(account.disconnect_reason),
            }
        url = page_url("admin:publishing_credentials_add")
        said = _("Connect by webhook") if account.connection == Connection.SANDBOX else _("Change the connection")
        return format_html('{} <a href="{}?channel_account={}">{}</a>', how, url, account.pk, said) if url else how

    @admin.display(description=_("a week"), ordering="posts_per_week")
    def per_week(self, account: ChannelAccount) -> int:
        """Show how many slots its plan has."""
        return account.posts_per_week

    @admin.display(description=_("local times"))
    def times(self, account: ChannelAccount) -> str:
        """Show the times of its cadence; those of the platform, if it names none."""
        said = ", ".join(f"{at:%H:%M}" for at in account.times)
        return said if account.schedule_times else _("%(said)s (the platform's)") % {"said": said}

    @admin.display(description=_("zone"))
    def zone(self, account: ChannelAccount) -> ZoneInfo:
        """Show the zone of its local times."""
        return account.zone

    @admin.action(description=_("Top off 28 days"), permissions=["write"])
    def top_off_28_days(self, request: HttpRequest, queryset: QuerySet[ChannelAccount]) -> None:
        """Make the missing slots of the chosen accounts."""
        caller, accounts = caller_of(request), list(queryset)
        mine = [account for account in accounts if caller.may(WRITE, account.workspace_id)]
        done = top_off(now=now_of(request), actor=caller.actor, only=[account.pk for account in mine])
        self.message_user(request, f"{done.message}.", messages.SUCCESS)
        for account in accounts:
            if account not in mine:
                self.message_user(
                    request, _("%(account)s: your role may not plan for it.") % {"account": account}, messages.ERROR
                )
            elif not account.is_active:
                self.message_user(
                    request,
                    _("%(account)s is switched off: nothing is planned for it.") % {"account": account},
                    messages.WARNING,
                )
