"""The front door, what browsers ask for by themselves, and the way out."""

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.generic import RedirectView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketmind import __version__
from workspaces.api.pace import address, headers
from workspaces.services.pace import turn_outside

ENDPOINTS = {
    "GET /health": "Whether this installation does its work",
    "POST /schedule/campaign/{campaign_id}": "Schedule all posts of a campaign",
    "GET /schedule/campaign/{campaign_id}": "The schedules of a campaign",
    "POST /schedule/post/{post_id}": "Schedule a post at a time, or move it",
    "GET /schedule/post/{post_id}": "The schedule of a post",
    "POST /publishing/schedule": "Schedule a clip under the rules of its account",
    "GET /publishing/schedule/{clip_id}": "Every post of a clip",
    "POST /publishing/scheduler/tick": "Hand what is due to the workers",
    "POST /api/v1/marketing/scheduler/topoff": "Make the missing slots of the plan",
    "GET /api/v1/marketing/calendar": "Post instances by date",
    "GET /api/v1/post-instances": "Post instances, a page at a time",
    "POST /api/v1/auth/token": "Sign in",
}


class Front(APIView):
    """`GET /`: what this service is, for programs; a browser, which asks for HTML, is sent to the calendar."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> HttpResponse:
        """Answer who wants what."""
        wants_html = any((one.main_type, one.sub_type) == ("text", "html") for one in request.accepted_types)
        answer = redirect("calendar") if wants_html else Response(self.document())
        patch_vary_headers(answer, ["Accept"])
        return answer

    @staticmethod
    def document() -> dict[str, Any]:
        """Return service information and the endpoints that a program starts from."""
        return {
            "service": "MarketMind",
            "description": "Plans and publishes marketing posts.",
            "version": __version__,
            "documentation": {"openapi": "/api/v1/schema/", "swagger": "/docs", "redoc": "/redoc"},
            "endpoints": ENDPOINTS,
        }


class SignIn(LoginView):
    """The sign-in page: an address takes a turn for each password, of the same ones as at `POST /api/v1/auth/token`."""

    template_name = "workspaces/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add whether a script of a page was sent here, whose session had ended."""
        return super().get_context_data(has_ended="ended" in self.request.GET, **more)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign in, or say how long to wait without looking at the password."""
        turn = turn_outside("sign_in", name=address(request), now=timezone.now())
        if turn.is_allowed:
            return super().post(request, *args, **kwargs)
        said = _("Too many tries from here. Try again in %(seconds)d s.") % {"seconds": turn.wait}
        form = self.form_class(request, initial={"username": request.POST.get("username", "")})
        context = self.get_context_data(form=form, refusal=said)
        more = {**headers(turn), "Retry-After": str(turn.wait)}
        return self.response_class(request, self.get_template_names(), context, status=429, headers=more)


class SignOut(LogoutView):
    """Signs a person out; who follows an old link to it is asked first, for a page elsewhere could hold that link."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return render(request, "workspaces/logout.html") if request.user.is_authenticated else redirect("login")


class Favicon(RedirectView):
    """The icon, for pages that do not name it."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        """Return where it is."""
        return static("img/favicon.svg")
