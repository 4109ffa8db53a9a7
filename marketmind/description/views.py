"""`/api/v1/schema/`, and the pages that show it."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

COMMITTED = settings.BASE_DIR / "docs" / "openapi.json"

# Both programs write their styles into the page while they run; no script may stand in it all the same.
STYLED = csp_update({"style-src": [SELF, UNSAFE_INLINE]})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Answer the description in OpenAPI 3.1: the committed file, which a test compares with the views.

    To make it anew would cost the web process seconds once, and memory for good.
    """
    return HttpResponse(COMMITTED.read_bytes(), content_type="application/json")


@require_safe
@STYLED
def swagger(request: HttpRequest) -> HttpResponse:
    """Show the description with forms to try it."""
    return render(request, "description/swagger.html")


@require_safe
@STYLED
def redoc(request: HttpRequest) -> HttpResponse:
    """Show the description to read."""
    return render(request, "description/redoc.html")
