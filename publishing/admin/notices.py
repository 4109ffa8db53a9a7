"""Notices: what people were told, and where a workspace's notices go beside the application."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from publishing.admin.workers import MachineAdmin
from publishing.models import LedgerCursor, Notice, NoticeDelivery, NoticeKind, NoticeTarget
from publishing.services.notices import delete_target, save_target, send_test
from publishing.services.notices.reading import with_last
from publishing.services.notices.targets import shown_address
from workspaces.admin.display import NOTHING, linked, shown
from workspaces.admin.scope import ReadOnlyAdmin, ScopedAdmin, ScopedRelatedFilter, caller_of, now_of
from workspaces.errors import Refusal
from workspaces.roles import ADMIN

ADDRESS = _(
    "Such as mailto://user:password@mail.example.com?from=plan@example.com&to=ana@example.com, jsons://example.com/in "
    "or the address of a webhook that Slack or Discord made for you; appriseit.com/services lists them all."
)


class TargetForm(forms.ModelForm):
    """A target: its name, its address, and what it is told. The address is never shown again in full."""

    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "vLargeTextField", "autocomplete": "off", "spellcheck": "false"}),
        help_text=ADDRESS,
    )
    kinds = forms.MultipleChoiceField(
        choices=NoticeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Tell it of"),
        help_text=_("None: everything."),
    )
    test = forms.BooleanField(required=False, label=_("Send a test notice"), help_text=_("At once, when it is saved."))

    class Meta:
        model = NoticeTarget
        fields = ("workspace", "name", "kinds", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        if "address" in self.fields and not is_new:
            self.fields["address"].help_text = format_lazy("{} {}", _("Empty: it stays as it is."), ADDRESS)
        if "test" in self.fields:
            self.initial["test"] = is_new


@admin.register(NoticeTarget)
class NoticeTargetAdmin(ScopedAdmin):
    """Where notices go. The rows of people make themselves, with the first notice that is mailed to them."""

    form = TargetForm
    scope_to_change = ADMIN
    fixed = ("workspace",)
    list_display = ("name", "workspace", "told_of", "is_active", "last")
    list_filter = (("workspace", ScopedRelatedFilter), "is_active")
    search_fields = ("name",)
    actions = ("test",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the targets of workspaces that the person administers, each with what came of its last notice."""
        return with_last(self.within(request, ADMIN, super().get_queryset(request)))

    def has_view_permission(self, request: HttpRequest, obj: NoticeTarget | None = None) -> bool:
        """Return whether the person administers the target's workspace: an address may be as good as a password."""
        return self.may(request, ADMIN, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether notices of any workspace can be read."""
        return self.may(request, ADMIN)

    def has_delete_permission(self, request: HttpRequest, obj: NoticeTarget | None = None) -> bool:
        """Return whether the person deletes a target; a person's would come back, and is turned off instead."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.membership_id is None)

    def get_fields(self, request: HttpRequest, obj: NoticeTarget | None = None) -> tuple[str, ...]:
        """Return what is typed, and the address as it may be shown."""
        if obj is None:
            return ("workspace", "name", "address", "kinds", "is_active", "test")
        address = ("present_address",) if obj.membership_id else ("present_address", "address")
        return ("workspace", "name", *address, "kinds", "is_active", "last", "test")

    def get_readonly_fields(self, request: HttpRequest, obj: NoticeTarget | None = None) -> tuple[str, ...]:
        """Return what is only shown; a person's row keeps the person's name."""
        shown_only = ("present_address", "last", *(("name",) if obj and obj.membership_id else ())) if obj else ()
        return (*super().get_readonly_fields(request, obj), *shown_only)

    def save_model(self, request: HttpRequest, obj: NoticeTarget, form: TargetForm, change: bool) -> None:
        """Save it through its service; a test follows once that is committed."""
        typed = form.cleaned_data
        save_target(
            target=obj,
            address=typed.get("address") or "",
            kinds=typed["kinds"],
            actor=caller_of(request).actor,
            now=now_of(request),
        )
        request.to_test = [obj] if typed["test"] else []

    def delete_model(self, request: HttpRequest, obj: NoticeTarget) -> None:
        """Delete it through its service."""
        delete_target(target=obj, actor=caller_of(request).actor, now=now_of(request))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save the form, and then test what was saved: no network is used inside of the transaction."""
        response = super().changeform_view(request, *args, **kwargs)
        self.test_all(request, getattr(request, "to_test", []))
        return response

    @admin.action(description=_("Send a test notice"), permissions=["admin"])
    def test(self, request: HttpRequest, targets: QuerySet[NoticeTarget]) -> None:
        """Send a test notice to each chosen target, and say what came of it."""
        self.test_all(request, targets)

    def test_all(self, request: HttpRequest, targets: Any) -> None:
        """Send a test notice to each target at once, and say what came of each."""
        for target in targets:
            try:
                send_test(target=target)
            except Refusal as refusal:
                messages.error(request, refusal.message)
            else:
                messages.success(request, _("The test notice to %(name)s was taken.") % {"name": target.name})

    @admin.display(description=_("address"))
    def present_address(self, target: NoticeTarget) -> str:
        """Show where it goes, without what is secret in it."""
        return shown_address(target)

    @admin.display(description=_("told of"))
    def told_of(self, target: NoticeTarget) -> str:
        """Show what it is told."""
        return ", ".join(str(NoticeKind(kind).label) for kind in target.kinds) or "everything"

    @admin.display(description=_("last notice"))
    def last(self, target: NoticeTarget) -> str:
        """Show what came of its last notice."""
        if not target.last_status:
            return NOTHING
        if target.last_status == "delivered":
            return shown(target.last_finished_at, target.workspace.timezone)
        what = _("Not delivered") if target.last_status == "failed" else _("On its way")
        return f"{what}. {target.last_error}".strip()


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """What people were told, newest first."""

    list_display = ("kind", "workspace", "count", "began", "sent")
    list_select_related = ("workspace",)
    list_filter = ("kind", ("workspace", ScopedRelatedFilter))
    date_hierarchy = "created_at"
    fields = ("workspace", "kind", "count", "lines", "reasons", "began", "sent")

    @admin.display(description=_("began"), ordering="created_at")
    def began(self, notice: Notice) -> str:
        """Show when the first of it happened."""
        return shown(notice.created_at, notice.workspace.timezone)

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, notice: Notice) -> str:
        """Show when it was sent."""
        return shown(notice.sent_at, notice.workspace.timezone)


@admin.register(NoticeDelivery)
class NoticeDeliveryAdmin(ReadOnlyAdmin):
    """Notices on their way to targets."""

    workspace_path = "notice__workspace"
    list_display = ("notice", "target", "status", "attempts", "next_try", "finished", "error")
    list_filter = ("status", ("notice__workspace", ScopedRelatedFilter))
    search_fields = ("target__name", "error")
    fields = ("told", "target", "status", "attempts", "next_try", "finished", "error")

    def workspace_id(self, row: NoticeDelivery) -> Any:
        """Return the notice's workspace."""
        return row.notice.workspace_id

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the deliveries with their notices and targets, without the targets' addresses."""
        return super().get_queryset(request).select_related("notice__workspace", "target").defer("target__url")

    @admin.display(description=_("notice"))
    def told(self, row: NoticeDelivery) -> str:
        """Show what it tells."""
        return linked(row.notice)

    @admin.display(description=_("next try"), ordering="next_attempt_at")
    def next_try(self, row: NoticeDelivery) -> str:
        """Show when it is tried next."""
        return shown(row.next_attempt_at, row.notice.workspace.timezone)

    @admin.display(description=_("finished"), ordering="finished_at")
    def finished(self, row: NoticeDelivery) -> str:
        """Show when it was taken or given up."""
        return shown(row.finished_at, row.notice.workspace.timezone)


@admin.register(LedgerCursor)
class LedgerCursorAdmin(MachineAdmin):
    """How far the readers of the ledger have come."""

    list_display = ("name", "last_event_id")
