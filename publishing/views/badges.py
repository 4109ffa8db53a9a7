"""What the bell says on every page, and whether anybody works, for pages on which something is late."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from publishing.services.notices import unread

MOST = 99


def notices(request: HttpRequest) -> dict[str, Any]:
    """Give templates how many notices are new to the person, and whether workers are silent; asked only where shown."""
    page = getattr(request, "page", None)
    if page is None:
        return {}
    known = cache(lambda: unread(user=request.user, workspace=page.workspace, now=page.now))
    return {"unread_notices": lambda: _shown(known()[0]), "workers_are_silent": lambda: not known()[1]}


def _shown(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number or "")
