"""Whether the settings fit together."""

import os
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.http.request import validate_host

from marketmind.doctor.findings import Finding, broken, ok, warning
from publishing.network.mail import mail_goes_out

SHORTEST_KEY = 40
LOCAL = ("localhost", "127.0.0.1", "::1")
MAIL_LIMIT = 10  # Seconds.
IN_FILE = "It is kept in var/secret_key."


def secret_key() -> Finding:
    """Look at the key that signs sessions and encrypts what has no key of its own."""
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        said = f"It has {len(settings.SECRET_KEY)} characters, which can be guessed."
        return broken("SECRET_KEY", said, "Set a random one of 50 characters; stored secrets then need entering again.")
    if os.environ.get("SECRET_KEY"):
        return ok("SECRET_KEY", "It is set.")
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        remedy = "Set SECRET_KEY, the same on every machine, and keep a copy: stored secrets cannot be read without."
        return warning("SECRET_KEY", IN_FILE, remedy)
    return ok("SECRET_KEY", f"{IN_FILE} Keep a copy: stored secrets cannot be read without.")


def debug() -> Finding:
    """Look whether strangers would see tracebacks."""
    if not settings.DEBUG:
        return ok("DEBUG", "It is off.")
    if _host() in LOCAL:
        return warning("DEBUG", "It is on: pages show tracebacks and settings.", "Set DEBUG=0 outside of development.")
    return broken("DEBUG", f"It is on, and {settings.PUBLIC_URL} shows strangers tracebacks.", "Set DEBUG=0.")


def addresses() -> Finding:
    """Look whether the web answers at its own address, and safely."""
    host = _host()
    if not validate_host(host, settings.ALLOWED_HOSTS):
        said = f"PUBLIC_URL is {settings.PUBLIC_URL}, but ALLOWED_HOSTS does not name {host}."
        return broken("addresses", said, f"Add {host} to ALLOWED_HOSTS.")
    if "*" in settings.ALLOWED_HOSTS:
        return warning("addresses", "ALLOWED_HOSTS takes any name (*).", f"Set ALLOWED_HOSTS={host}.")
    if host not in LOCAL and settings.PUBLIC_URL.startswith("http://"):
        said = f"People reach {settings.PUBLIC_URL} without TLS: passwords can be read on the way."
        return warning("addresses", said, "Put a proxy that ends TLS in front, and set PUBLIC_URL=https://….")
    return ok("addresses", f"People reach it at {settings.PUBLIC_URL}.")


def mail() -> Finding:
    """Look whether notices can be mailed."""
    if mail_goes_out():
        return ok("mail", f"It goes out through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}.")
    return warning("mail", "It is only printed: nobody is told by mail.", "Set EMAIL_URL, or tell people otherwise.")


def mail_server() -> Finding:
    """Sign in at the mail server."""
    if not mail_goes_out():
        return ok("mail server", "None is set.")
    server = get_connection(timeout=MAIL_LIMIT)
    try:
        server.open()
        server.close()
    except OSError as error:  # What smtplib raises is one, too.
        said = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not let us in: {type(error).__name__}."
        return broken("mail server", said, "Check EMAIL_URL: host, port, user, password, and whether it wants TLS.")
    return ok("mail server", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} lets us in.")


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or ""
