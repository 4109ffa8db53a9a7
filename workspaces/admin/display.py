"""How the admin shows instants and links."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from workspaces.tongues import day_words

NOTHING = "–"


def spoken(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as text, in the local time of a zone that is named."""
    return f"{day_words(instant.astimezone(zone), 'D j M Y, H:i')} ({zone.key})"


def shown(instant: datetime | None, zone: ZoneInfo) -> str:
    """Return an instant for a page, in the local time of a zone that is named; a dash if there is none."""
    if instant is None:
        return NOTHING
    local = day_words(instant.astimezone(zone), "D j M Y, H:i")
    return format_html('<span class="instant">{} <small>{}</small></span>', local, zone.key)


def admin_url(model: type[Model] | Model, page: str, *args: Any) -> str:
    """Return the address of an admin page of a model, such as its `changelist`."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def admin_list_url(model: type[Model] | str, **lookups: Any) -> str:
    """Return the address of a model's list, narrowed; a model of an app further up is named as `app_model`."""
    name = model if isinstance(model, str) else f"{model._meta.app_label}_{model._meta.model_name}"
    return f"{page_url(f'admin:{name}_changelist')}?{urlencode(lookups)}"


def linked(row: Model | None, text: str | None = None) -> SafeString | str:
    """Return a link to a row's own admin page; a dash if there is no row."""
    if row is None:
        return NOTHING
    return format_html('<a href="{}">{}</a>', admin_url(row, "change", row.pk), text or str(row))


def page_url(name: str, *args: Any) -> str:
    """Return the address of one of the application's pages, or nothing where it is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
