"""What the bell says on every page."""

from typing import Any

from django.http import HttpRequest

from publishing.services.notices import unread

MOST = 99


def notices(request: HttpRequest) -> dict[str, Any]:
    """Give templates how many notices are new to the person in the current workspace; asked only where it is shown."""
    page = getattr(request, "page", None)
    if page is None:
        return {}
    return {"unread_notices": lambda: _shown(unread(user=request.user, workspace=page.workspace))}


def _shown(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number or "")
