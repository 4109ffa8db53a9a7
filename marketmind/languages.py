"""In which language somebody is answered: pages in theirs, programs always in English."""

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation
from django.views.i18n import set_language

from marketmind.errors import is_api_path
from scheduling.rules.habits import AMERICA, habits_of
from workspaces.access import caller_of_user
from workspaces.outages import left_out_if_read_only
from workspaces.services.members import choose_language
from workspaces.tongues import AMERICAN, TONGUES

OF_PROGRAMS = "en"


class Languages(LocaleMiddleware):
    """Django's choice (cookie, then the browser's wish, then LANGUAGE_CODE); the API's words never change."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the answer."""
        if is_api_path(request):
            translation.activate(OF_PROGRAMS)
            request.LANGUAGE_CODE = OF_PROGRAMS
        else:
            super().process_request(request)


def choose(request: HttpRequest) -> HttpResponse:
    """`POST /language/`: answer in a language from now on, and write to the person in it too."""
    answer = set_language(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(TONGUES) and request.method == "POST" and request.user.is_authenticated:
        habits = habits_of(request.headers.get("Accept-Language", ""), language=chosen)
        tongue = AMERICAN if habits == AMERICA else chosen
        actor = caller_of_user(request.user).actor
        with left_out_if_read_only():
            choose_language(user=request.user, tongue=tongue, now=timezone.now(), actor=actor)
    return answer
