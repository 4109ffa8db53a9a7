"""How the admin looks: what django-unfold is told. Its colours stand in static/css/admin.css, with the other tokens."""

from typing import Any

from django.utils.translation import gettext_noop

# What django-unfold says, and has no Spanish for; the last is its own way to say what Django says.
SAID_BY_UNFOLD = (
    gettext_noop("This page yielded into no results. Create a new item or reset your filters."),
    gettext_noop(
        "Raw passwords are not stored, so there is no way to see this user’s password, but you can change the password "
        'using <a href="{}" class="text-primary-600 dark:text-primary-500">this form</a>.'
    ),
)
UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "MarketMind",
    "SITE_HEADER": "MarketMind",
    "SITE_URL": "/calendar/",
    "DASHBOARD_CALLBACK": "marketmind.admin_index.fill",
    "GLOBAL_CALLBACK": "marketmind.admin_menu.context",
}
