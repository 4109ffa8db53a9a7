"""In which language somebody is answered: pages in theirs, programs always in English."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from marketmind.errors import is_api_path

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
