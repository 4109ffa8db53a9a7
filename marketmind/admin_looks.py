"""How the admin looks: what django-unfold is told. Its colours stand in static/css/admin.css, with the other tokens."""

from typing import Any

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "MarketMind",
    "SITE_HEADER": "MarketMind",
    "SITE_URL": "/calendar/",
    "DASHBOARD_CALLBACK": "marketmind.admin_index.fill",
    "GLOBAL_CALLBACK": "marketmind.admin_menu.context",
}
