"""What the navigation says on every page."""

from typing import Any

from django.http import HttpRequest

from scheduling.services.problems import MOST_COUNTED, count_problems


def problems(request: HttpRequest) -> dict[str, Any]:
    """Give templates how many posts wait for a decision in the current workspace; asked only where it is shown."""
    page = getattr(request, "page", None)
    if page is None:
        return {}
    return {"problem_count": lambda: _shown(count_problems(page.workspace))}


def _shown(number: int) -> str:
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number or "")
