"""Tokens of people: what a password is exchanged for, so that a program need not keep it.

They are signed, not stored. A changed password or a person who was switched off ends them all.
"""

from dataclasses import dataclass

from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import AbstractBaseUser
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token
from rest_framework_simplejwt.utils import get_md5_hash_password


@dataclass(frozen=True)
class Tokens:
    """What opens the API for a quarter of an hour, and what is exchanged for the next for a week."""

    access: str
    refresh: str

    @property
    def lifetime(self) -> int:
        """For how many seconds `access` is good."""
        return int(AccessToken.lifetime.total_seconds())


def sign_in(*, username: str, password: str) -> Tokens | None:
    """Return tokens for a person's name and password; None if the two do not fit, whichever of them is wrong."""
    person = authenticate(username=username, password=password)
    if person is None:
        return None
    refresh = RefreshToken.for_user(person)
    return Tokens(str(refresh.access_token), str(refresh))


def refreshed(*, token: str) -> Tokens | None:
    """Return a new access token for a refresh token; None if that is no good (any more)."""
    found = _read(RefreshToken, token)
    return Tokens(str(found.access_token), token) if found and _person(found) else None


def person_of(*, token: str) -> AbstractBaseUser | None:
    """Return whose access token it is; None if it is no good (any more)."""
    found = _read(AccessToken, token)
    return _person(found) if found else None


def _read(kind: type[Token], token: str) -> Token | None:
    try:
        return kind(token)
    except TokenError:
        return None


def _person(token: Token) -> AbstractBaseUser | None:
    key = str(token.get(api_settings.USER_ID_CLAIM, ""))
    person = get_user_model().objects.filter(pk=int(key), is_active=True).first() if key.isdecimal() else None
    if person is None or token.get(api_settings.REVOKE_TOKEN_CLAIM) != get_md5_hash_password(person.password):
        return None
    return person
