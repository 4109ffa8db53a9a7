"""Post instances: the list, the form that schedules content, and the page on which a person decides about a post."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from scheduling.admin.base import PlanAdmin, as_uuid
from scheduling.admin.deeds import DEEDS, Deed, do, do_each, offered
from scheduling.admin.exchanging import Exchanging
from scheduling.admin.post_filters import Attention, Time
from scheduling.admin.post_forms import DeedForm, NewPostForm
from scheduling.admin.post_shown import PostShown, warning_sentences
from scheduling.models import PostInstance, Status
from scheduling.services.schedule import Terms, schedule_as_stated
from scheduling.services.story import story_of
from workspaces.admin.display import admin_url, page_url, shown, spoken
from workspaces.admin.filters import ByChoice, LocalDays
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of

MOST_AT_ONCE = 500
MOST_TOLD = 50
FACTS = ("state", "local", "account", "platform", "content")
EVIDENCE = ("made_by", "slot", "attempts", "due", "published", "remote", "versions", "records")


@admin.register(PostInstance)
class PostInstanceAdmin(Exchanging, PostShown, PlanAdmin):
    """The rows of the calendar. Status and time change through the services alone."""

    list_display = ("local", "title", "state", "account", "platform", "campaign_link", "attempts")
    list_display_links = ("local",)
    list_filter = (
        Time,
        ("scheduled_for", LocalDays),
        "status",
        Attention,
        ("channel_account__platform", ByChoice),
        ("channel_account__brand", ScopedRelatedFilter),
        ("channel_account", ScopedRelatedFilter),
        ("campaign", ScopedRelatedFilter),
    )
    search_fields = ("content_item__title", "content_item__body", "remote_id")
    search_help_text = _("By title, text, or the id that the platform gave it. Days in the bar above are the server's.")
    date_hierarchy = "scheduled_for"
    autocomplete_fields = ("channel_account", "content_item")
    readonly_fields = (*FACTS, "text", "campaign_link", "standing_warnings", *EVIDENCE)
    actions = ("requeue_many", "schedule_many", "publish_many", "skip_many", "cancel_many", "undo_many")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostInstance]:
        """Return posts with what the list and the page show of them."""
        return super().get_queryset(request).with_everything().select_related("workspace", "campaign__brand")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return what is next first, then what is over, the latest first."""
        ahead = Case(When(scheduled_for__gte=now_of(request), then=F("scheduled_for")))
        return (ahead.asc(nulls_last=True), "-scheduled_for", "id")

    def has_delete_permission(self, request: HttpRequest, obj: PostInstance | None = None) -> bool:
        """Refuse: a post is skipped or canceled, so that its slot does not come back."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: PostInstance | None = None) -> list[tuple]:
        """Return the form for a new post; else what it is, what can be done with it, and the evidence."""
        if obj is None:
            return [(None, {"fields": ("channel_account", "content_item", "when", "as_draft")})]
        deeds = list(offered(obj, caller=caller_of(request), now=now_of(request)).values())
        facts = FACTS if obj.content_item.is_placeholder else (*FACTS, "text", "campaign_link")
        facts = (*facts, "standing_warnings") if obj.warnings else facts
        return [
            (None, {"fields": (*facts, "version") if deeds else facts}),
            *(_group(name, deeds) for name in dict.fromkeys(deed.group for deed in deeds)),
            (_("Evidence"), {"fields": EVIDENCE, "classes": ("collapse",)}),
        ]

    def get_form(self, request: HttpRequest, obj: PostInstance | None = None, change: bool = False, **kwargs: Any):
        """Return the form of a new post, or of a decision."""
        kwargs["form"] = DeedForm if obj else NewPostForm
        form = super().get_form(request, obj, change=change, **kwargs)
        form.after_refusal = hasattr(request, "refusal")
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.ModelChoiceField:
        """Return a choice; the only account there is is chosen already."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "channel_account":
            only = list(field.queryset[:2])
            field.initial = only[0].pk if len(only) == 1 else None
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the address says beforehand, as far as it can be used."""
        given = request.GET
        ids = {name: found for name in self.autocomplete_fields if (found := as_uuid(given.get(name)))}
        return {**ids, **{name: given[name] for name in ("when", "as_draft") if name in given}}

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> PostInstance:
        """Make the one service call."""
        caller, now = caller_of(request), now_of(request)
        if change:
            form.instance.version = form.cleaned_data["version"]
            post = do(form.deed, form.instance, form.wish, caller=caller, now=now)
        else:
            typed, status = form.cleaned_data, Status.DRAFT if form.cleaned_data["as_draft"] else Status.SCHEDULED
            post = schedule_as_stated(
                account=typed["channel_account"],
                content=typed["content_item"],
                at=form.stated.at,
                terms=Terms(status=status),
                now=now,
                actor=caller.actor,
            )
        if form.stated and form.stated.notice:
            self.message_user(request, form.stated.notice, messages.INFO)
        return post

    def save_model(self, request: HttpRequest, obj: PostInstance, form: Any, change: bool) -> None:
        """Do nothing: the service saved it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Do nothing: a post has no rows of its own here."""

    def response_add(self, request: HttpRequest, obj: PostInstance, post_url_continue: str | None = None):
        """Say where it stands, and show it."""
        return self._answer(request, obj, _("Placed"))

    def response_change(self, request: HttpRequest, obj: PostInstance) -> HttpResponse:
        """Say what was done, and show the post as it is by now."""
        return self._answer(request, obj, DEEDS[request.POST["do"]].done)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page with the buttons that this person has."""
        post = kwargs.get("obj")
        if post:
            deeds = offered(post, caller=caller_of(request), now=now_of(request))
            context |= {"deeds": deeds.items(), "post_page": page_url("post", post.pk), **_told(post)}
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description=_("Send again (unconfirmed: look first, it may go out twice)"), permissions=["publish"])
    def requeue_many(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> None:
        """Send each again, spread by the rules."""
        self._do_many(request, queryset, "requeue")

    @admin.action(description=_("Schedule, each at its own time"), permissions=["write"])
    def schedule_many(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> None:
        """Schedule each."""
        self._do_many(request, queryset, "schedule")

    @admin.action(description=_("Publish now"), permissions=["publish"])
    def publish_many(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> None:
        """Publish each now."""
        self._do_many(request, queryset, "publish_now")

    @admin.action(description=_("Skip for good"), permissions=["write"])
    def skip_many(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> None:
        """Skip each."""
        self._do_many(request, queryset, "skip")

    @admin.action(description=_("Cancel"), permissions=["write"])
    def cancel_many(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> None:
        """Cancel each."""
        self._do_many(request, queryset, "cancel")

    @admin.action(description=_("Undo: bring skipped and canceled ones back"), permissions=["write"])
    def undo_many(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> None:
        """Bring each back."""
        self._do_many(request, queryset, "undo")

    def _do_many(self, request: HttpRequest, queryset: QuerySet[PostInstance], name: str) -> None:
        """Do a deed with each row by itself; say how many worked, and why the others did not."""
        rows = list(queryset.order_by("scheduled_for", "id")[: MOST_AT_ONCE + 1])
        if len(rows) > MOST_AT_ONCE:
            self.message_user(
                request,
                _("Choose at most %(most_at_once)s at once; nothing was done.") % {"most_at_once": MOST_AT_ONCE},
                messages.ERROR,
            )
            return
        deed, done, refused, warned = DEEDS[name], 0, [], []
        for answer in do_each(deed, rows, caller=caller_of(request), now=now_of(request)):
            post, told = answer.instance, (str(answer.instance), str(answer.instance.channel_account))
            if answer.refusal:
                refused.append((*told, answer.refusal.message))
            else:
                done += 1
                warned += [(*told, sentence) for sentence in warning_sentences(post)]
        if done:
            self.message_user(
                request,
                _("%(deed)s: %(number)s of %(all)s.") % {"deed": deed.done, "number": done, "all": len(rows)},
                messages.SUCCESS,
            )
        for lines, level in ((refused, messages.ERROR), (warned, messages.WARNING)):
            if lines:
                said = format_html_join("", "<li>{}, {}: {}</li>", lines)
                heading = _("Kept, but:")
                if level == messages.ERROR:
                    heading = _("%(number)s refused:") % {"number": len(refused)}
                self.message_user(request, format_html_join("", "{}<ul>{}</ul>", [(heading, said)]), level)

    def _answer(self, request: HttpRequest, post: PostInstance, done: str) -> HttpResponse:
        when = spoken(post.scheduled_for, post.channel_account.zone)
        told = {"done": done, "status": post.get_status_display().lower(), "when": when}
        self.message_user(request, _("%(done)s. Now: %(status)s, %(when)s.") % told, messages.SUCCESS)
        for sentence in warning_sentences(post):
            self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(admin_url(post, "change", post.pk))


def _told(post: PostInstance) -> dict[str, Any]:
    """Return the attempts and the history of a post, the latest first, in its account's local time."""
    zone = post.channel_account.zone
    attempts = post.publish_logs.order_by("-number")[:MOST_TOLD]
    return {
        "attempts": [(one, shown(one.started_at, zone), shown(one.finished_at, zone)) for one in attempts],
        "story": [(shown(one.at, zone), one) for one in story_of(post, zone)[:MOST_TOLD]],
    }


def _group(name: str, deeds: list[Deed]) -> tuple[str, dict[str, Any]]:
    """Return the fieldset of some buttons: the fields that they read, and what they mean."""
    mine = [deed for deed in deeds if deed.group == name]
    fields = tuple(dict.fromkeys(field for deed in mine for field in deed.uses))
    return name, {"fields": fields, "description": " ".join(str(deed.hint) for deed in mine if deed.hint)}
