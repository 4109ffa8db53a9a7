"""Texts that are encrypted in the database: tokens, secrets, addresses with passwords in them."""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.models.expressions import BaseExpression

LOST = "A stored secret cannot be read: FIELD_ENCRYPTION_KEYS (or SECRET_KEY) lacks the key that it was encrypted with."


class SecretLost(Exception):
    """No key decrypts a stored secret; the text says which setting to mend."""


class EncryptedText(models.TextField):
    """A text that is encrypted by the first of FIELD_ENCRYPTION_KEYS and read by any; one by SECRET_KEY stands behind.

    It cannot be searched for: the same text is another one each time it is encrypted.
    """

    def from_db_value(self, value: str | None, expression: BaseExpression, connection: Any) -> str | None:
        """Return what was stored, decrypted.

        :raises SecretLost: if no key decrypts it.
        """
        if not value:
            return value
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken:
            raise SecretLost(LOST) from None

    def get_prep_value(self, value: Any) -> str | None:
        """Return what to store."""
        plain = super().get_prep_value(value)
        return _cipher().encrypt(plain.encode()).decode() if plain else plain


def _cipher() -> MultiFernet:
    own = base64.urlsafe_b64encode(hashlib.sha256(b"marketmind fields " + settings.SECRET_KEY.encode()).digest())
    return MultiFernet([Fernet(key) for key in (*settings.FIELD_ENCRYPTION_KEYS, own.decode())])
