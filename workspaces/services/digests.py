"""What is stored of a secret that somebody holds."""

import hashlib


def digest_of(token: str) -> str:
    """Return what is stored of a token; whatever is sent as one has a digest, also what is no text of UTF-8.

    A token holds 256 random bits: a plain hash cannot be guessed back, and it can be looked up by index.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
