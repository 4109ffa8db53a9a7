"""Readers for settings in the environment or in `.env`: a wrong value is refused by name, with what would be right."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}

asked: dict[str, str] = {}
"""Every setting that was read, with its default: what `.env.example` and the README are compared with."""


def load_dotenv(path: Path) -> None:
    """Read `.env` into the environment; what the environment already says wins."""
    if path.exists():
        environ.Env.read_env(path, parse_comments=True)


def read(name: str, default: str, convert: Callable[[str], T], right: str) -> T:
    """Return a setting, converted.

    :param right: what a right value looks like, for the refusal.
    :raises ImproperlyConfigured: naming the setting, its value and what would be right.
    """
    asked[name] = default
    raw = os.environ.get(name, "").strip() or default
    try:
        return convert(raw)
    except (ValueError, LookupError, OSError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name}={raw!r} cannot be used: {right}") from error


def text(name: str, default: str = "") -> str:
    """Return a setting as it stands."""
    return read(name, default, str, "a text")


def flag(name: str, default: str = "0") -> bool:
    """Return a switch: 1 or 0."""
    return read(name, default, _flag, "use 1 or 0")


def whole(name: str, default: int, least: int, most: int) -> int:
    """Return a whole number between two bounds, both allowed."""

    def convert(raw: str) -> int:
        number = int(raw)
        if not least <= number <= most:
            raise ValueError(raw)
        return number

    return read(name, str(default), convert, f"use a whole number from {least} to {most}")


def names(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list."""
    return read(name, default, lambda raw: [part.strip() for part in raw.split(",") if part.strip()], "a,b,c")


def url(name: str, schemes: tuple[str, ...], default: str = "") -> str:
    """Return a URL with one of the schemes, or nothing."""

    def convert(raw: str) -> str:
        if raw and (urlsplit(raw).scheme not in schemes or not (urlsplit(raw).netloc or urlsplit(raw).path)):
            raise ValueError(raw)
        return raw

    return read(name, default, convert, f"use a URL that starts with {' or '.join(f'{s}://' for s in schemes)}")


def origins(name: str) -> list[str]:
    """Return a list of origins such as https://plan.example.com."""

    def convert(raw: str) -> list[str]:
        found = [part.strip() for part in raw.split(",") if part.strip()]
        if any(urlsplit(part).scheme not in {"http", "https"} or not urlsplit(part).netloc for part in found):
            raise ValueError(raw)
        return found

    return read(name, "", convert, "use origins with their scheme, such as https://plan.example.com")


def zone(name: str, default: str) -> str:
    """Return the name of a time zone that exists."""
    return read(name, default, lambda raw: ZoneInfo(raw).key, "use a time zone such as Europe/Madrid")


def language(name: str, default: str, known: tuple[str, ...]) -> str:
    """Return one of the languages that the pages speak."""
    return read(name, default, lambda raw: known[known.index(raw.lower())], f"use one of {', '.join(known)}")


def database(name: str, default: Path) -> dict:
    """Return Django's description of a database from its URL."""
    schemes = {"sqlite", "postgres", "postgresql"}

    def convert(raw: str) -> dict:
        if urlsplit(raw).scheme not in schemes:
            raise ValueError(raw)
        found = environ.Env.db_url_config(raw)
        if not found["NAME"]:
            raise ValueError(raw)
        return found

    return read(name, f"sqlite:///{default}", convert, "use sqlite:////path/to/file or postgres://user:word@host/name")


def email(name: str, default: str) -> dict:
    """Return Django's description of a mail server from its URL."""

    def convert(raw: str) -> dict:
        return environ.Env.email_url_config(raw)

    return read(name, default, convert, "use smtp+tls://user:word@host:587 or consolemail://")


def fernet_keys(name: str) -> list[str]:
    """Return encryption keys: 32 bytes each in URL-safe base64; the first encrypts, all decrypt."""

    def convert(raw: str) -> list[str]:
        keys = [part.strip() for part in raw.split(",") if part.strip()]
        if any(len(base64.urlsafe_b64decode(key)) != 32 for key in keys):
            raise ValueError(raw)
        return keys

    return read(name, "", convert, "use keys of 32 bytes in URL-safe base64, separated by commas")


def secret_key(name: str, kept_in: Path) -> str:
    """Return the secret key, made once and kept in a file that only its owner reads."""
    given = text(name)
    if given:
        return given
    try:
        return kept_in.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _keep_new_secret(kept_in)


def _keep_new_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
    draft.chmod(0o600)
    try:
        os.link(draft, path)  # Web and workers start together: the first one's key is everybody's.
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _flag(raw: str) -> bool:
    if raw.lower() in YES | NO:
        return raw.lower() in YES
    raise ValueError(raw)
