"""Who is calling the API: a key, a person's token, or a person's browser session."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.authentication import SessionAuthentication as DjangoSessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from workspaces.access import Caller, caller_of_key, caller_of_user
from workspaces.services.api_keys import KEY_PREFIX, find_key
from workspaces.services.tokens import person_of

REALM = 'Bearer realm="MarketMind"'


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer mm_…`: a key of one workspace."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Caller] | None:
        """Return the key's caller, or None if there is no key.

        :raises AuthenticationFailed: if it is unknown, expired or revoked.
        """
        token = bearer_token(request)
        if token is None or not token.startswith(KEY_PREFIX):
            return None
        key = find_key(token=token, now=timezone.now())
        if key is None:
            raise AuthenticationFailed("The API key is unknown, expired or revoked.")
        return AnonymousUser(), caller_of_key(key)

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return REALM


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer eyJ…`: a person's token from `POST /api/v1/auth/token`."""

    def authenticate(self, request: Request) -> tuple[AbstractBaseUser, Caller] | None:
        """Return the person, or None if there is no bearer token.

        :raises AuthenticationFailed: if it is not (or no longer) good.
        """
        token = bearer_token(request)
        if token is None:
            return None
        person = person_of(token=token)
        if person is None:
            raise AuthenticationFailed("The token is neither an API key nor a person's token that is still good.")
        return person, caller_of_user(person)

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return REALM


class SessionAuthentication(DjangoSessionAuthentication):
    """A browser session, with CSRF."""

    def authenticate(self, request: Request) -> tuple[object, Caller] | None:
        """Return the signed-in person, or None."""
        found = super().authenticate(request)
        return (found[0], caller_of_user(found[0])) if found else None


class HasCaller(BasePermission):
    """Somebody has to be calling; what they may do is checked against the workspace by the view."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Return whether there are credentials."""
        return isinstance(request.auth, Caller)


def bearer_token(request: Request) -> str | None:
    """Return the token of the `Authorization` header: None without one, nothing where it cannot be read."""
    parts = get_authorization_header(request).split()
    if not parts or parts[0].lower() != b"bearer":
        return None
    return parts[1].decode("ascii", "replace") if len(parts) == 2 else ""
