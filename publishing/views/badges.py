"""What the bell says on every page, and whether anybody works, for pages on which something is late."""

from typing import Any

from django.http import HttpRequest

from publishing.services.notices import unread
from publishing.services.status import are_workers_silent

MOST = 99


def notices(request: HttpRequest) -> dict[str, Any]:
    """Give templates how many notices are new to the person, and whether workers are silent; asked only where shown."""
    page = getattr(request, "page", None)
    if page is None:
        return {}
    return {
        "unread_notices": lambda: _shown(unread(user=request.user, workspace=page.workspace)),
        "workers_are_silent": lambda: are_workers_silent(now=page.now),
    }


def _shown(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number or "")
