"""What the list and the page show of a post."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from scheduling.admin.status import status_word
from scheduling.models import PostInstance, Status
from workspaces.admin.display import NOTHING, linked, shown, spoken
from workspaces.admin.display import admin_list_url as list_url
from workspaces.models import LedgerEvent
from workspaces.phrases import phrased


class PostShown:
    """Columns and lines; each needs no query beyond the row with its account, brand, content and campaign."""

    @admin.display(description=_("time"), ordering="scheduled_for")
    def local(self, post: PostInstance) -> str:
        """Show its time, in the account's zone."""
        return shown(post.scheduled_for, post.channel_account.zone)

    @admin.display(description=_("account"), ordering="channel_account__name")
    def account(self, post: PostInstance) -> str:
        """Show its account and brand."""
        account = post.channel_account
        return format_html("{} <small>{}</small>", linked(account, account.name), account.brand)

    @admin.display(description=_("platform"), ordering="channel_account__platform")
    def platform(self, post: PostInstance) -> str:
        """Show its platform; what is in the sandbox did not go out, and will not."""
        name = post.channel_account.get_platform_display()
        return format_html('{} <span class="sandbox">{}</span>', name, _("sandbox")) if post.is_sandboxed else name

    @admin.display(description=_("title"), ordering="content_item__title")
    def title(self, post: PostInstance) -> str:
        """Show what it says, in a few words."""
        return _("Empty slot") if post.content_item.is_placeholder else post.content_item.title

    @admin.display(description=_("status"), ordering="status")
    def state(self, post: PostInstance) -> str:
        """Show its state, and why it is so."""
        word = status_word(post.status)
        return format_html("{} <small>{}</small>", word, phrased(post.reason)) if post.reason else word

    @admin.display(description=_("campaign"), ordering="campaign__name")
    def campaign_link(self, post: PostInstance) -> str:
        """Show its campaign."""
        return linked(post.campaign)

    @admin.display(description=_("content"))
    def content(self, post: PostInstance) -> str:
        """Show its content, with a link to change it."""
        return _("Empty slot") if post.content_item.is_placeholder else linked(post.content_item)

    @admin.display(description=_("text"))
    def text(self, post: PostInstance) -> str:
        """Show what goes out on this platform."""
        said = post.content_item.text_for(post.channel_account.platform)
        link = post.content_item.link
        if post.content_item.is_placeholder or not (said or link):
            return NOTHING
        return format_html('<div class="said">{}</div>', "\n\n".join(part for part in (said, link) if part))

    @admin.display(description=_("warnings"))
    def standing_warnings(self, post: PostInstance) -> str:
        """Show what its time breaks."""
        lines = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in warning_sentences(post)))
        return format_html('<ul class="places">{}</ul>', lines) if lines else NOTHING

    @admin.display(description=_("time chosen by"))
    def made_by(self, post: PostInstance) -> str:
        """Show who chose its time."""
        return post.get_scheduled_by_display()

    @admin.display(description=_("cadence slot"))
    def slot(self, post: PostInstance) -> str:
        """Show the place in the cadence that it came from."""
        return post.cadence_slot.replace("T", " ") if post.cadence_slot else NOTHING

    @admin.display(description=_("workers look at it"))
    def due(self, post: PostInstance) -> str:
        """Show when it is due."""
        return shown(post.due_at, post.channel_account.zone)

    @admin.display(description=_("published"))
    def published(self, post: PostInstance) -> str:
        """Show when it went out."""
        return shown(post.published_at, post.channel_account.zone)

    @admin.display(description=_("where it is"))
    def remote(self, post: PostInstance) -> str:
        """Show its id and address on the platform."""
        if not (post.remote_id or post.remote_url):
            return NOTHING
        if not post.remote_url:
            return post.remote_id
        return format_html('<a href="{}">{}</a>', post.remote_url, post.remote_id or post.remote_url)

    @admin.display(description=_("version"))
    def versions(self, post: PostInstance) -> str:
        """Show how often it was changed, and when last."""
        return format_html(_("{}, changed {}"), post.version, shown(post.updated_at, post.channel_account.zone))

    @admin.display(description=_("records"))
    def records(self, post: PostInstance) -> str:
        """Show the ways to its attempts and its ledger events."""
        attempts = list_url("publishing_publishlog", post_instance__id__exact=post.pk)
        events = list_url(LedgerEvent, entity_id=post.pk)
        ways = (attempts, _("Attempts"), events, _("Ledger"))
        return format_html('<a href="{}">{}</a> · <a href="{}">{}</a>', *ways)


def warning_sentences(post: PostInstance) -> list[str]:
    """Return a post's warnings as sentences, each with the nearest time that keeps every rule."""
    return [_sentence(one, post) for one in post.warnings] if post.status != Status.PLANNED else []


def _sentence(warning: dict[str, Any], post: PostInstance) -> str:
    nearest = warning.get("nearest")
    if not nearest:
        return phrased(warning["message"])
    when = spoken(datetime.fromisoformat(nearest), post.channel_account.zone)
    told = {"warning": phrased(warning["message"]), "when": when}
    return _("%(warning)s The nearest time that keeps every rule: %(when)s.") % told
