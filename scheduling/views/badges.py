"""What the navigation says on every page."""

from typing import Any

from django.http import HttpRequest

from scheduling.services.problems import problems_of

MOST = 99


def problems(request: HttpRequest) -> dict[str, Any]:
    """Give templates how many posts wait for a decision in the current workspace; asked only where it is shown."""
    page = getattr(request, "page", None)
    if page is None:
        return {}
    return {"problem_count": lambda: _shown(problems_of([page.workspace])[: MOST + 1].count())}


def _shown(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number or "")
