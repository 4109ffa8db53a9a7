"""Who uses the admin, and when: asked once a request."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from workspaces.access import Caller, caller_of_user


def caller_of(request: HttpRequest) -> Caller:
    """Return who uses the admin; asked once a request."""
    if not hasattr(request, "admin_caller"):
        request.admin_caller = caller_of_user(request.user)
    return request.admin_caller


def now_of(request: HttpRequest) -> datetime:
    """Return the instant of a request; the clock is read once."""
    if not hasattr(request, "admin_now"):
        request.admin_now = timezone.now()
    return request.admin_now
