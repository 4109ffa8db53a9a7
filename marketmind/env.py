"""Readers for settings in the environment: a wrong value is refused by name, with what would be right."""

import base64
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from marketmind.dotenv import WrongSetting
from scheduling.rules import read_zone

T = TypeVar("T")
HOST = re.compile(r"\*|\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|\[[0-9A-Fa-f:.]+\]")
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465, "consolemail": 0, "dummymail": 0}
FERNET_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}

asked: dict[str, str] = {}
"""Every setting that was read, with its default: what `.env.example` and the README are compared with."""


def read(name: str, default: str, convert: Callable[[str], T], right: str, *, is_secret: bool = False) -> T:
    """Return a setting, converted.

    :param right: what a right value looks like, for the refusal.
    :param is_secret: whether the value is kept out of the refusal.
    :raises WrongSetting: naming the setting, its value and what would be right.
    """
    asked[name] = default
    raw = os.environ.get(name, "").strip() or default
    try:
        return convert(raw)
    except (ValueError, LookupError, OSError, ImproperlyConfigured) as error:
        given = name if is_secret else f"{name}={raw!r}"
        raise WrongSetting(f"{given} cannot be used: {right}.") from error


def text(name: str, default: str = "") -> str:
    """Return a setting as it stands."""
    return read(name, default, str, "a text")


def token(name: str, least: int = 16) -> str:
    """Return a secret that other programs send, or nothing; a short one could be guessed."""

    def convert(raw: str) -> str:
        if raw and not (len(raw) >= least and raw.isascii() and raw.isprintable() and " " not in raw):
            raise ValueError(raw)
        return raw

    return read(name, "", convert, f"use {least} characters or more, without spaces", is_secret=True)


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


def hosts(name: str, default: str) -> list[str]:
    """Return host names, as Django matches them: without a scheme, a port or a path."""

    def convert(raw: str) -> list[str]:
        found = _parts(raw)
        if not all(HOST.fullmatch(part) for part in found):
            raise ValueError(raw)
        return found

    return read(name, default, convert, "use host names with commas between, such as plan.example.com,localhost")


def url(name: str, schemes: tuple[str, ...], default: str = "", also: str = "", *, is_secret: bool = False) -> str:
    """Return a URL with one of the schemes, or nothing.

    :param also: what else the refusal says.
    """

    def convert(raw: str) -> str:
        found = urlsplit(raw)
        place = (found.path and not found.netloc) if found.scheme in ("file", "unix") else found.hostname
        if raw and (found.scheme not in schemes or not place or found.port == 0):
            raise ValueError(raw)
        return raw

    right = f"use a URL that starts with {' or '.join(f'{scheme}://' for scheme in schemes)}{also}"
    return read(name, default, convert, right, is_secret=is_secret)


def origins(name: str) -> list[str]:
    """Return a list of origins such as https://plan.example.com."""

    def convert(raw: str) -> list[str]:
        found = _parts(raw)
        if not all(_is_origin(part) for part in found):
            raise ValueError(raw)
        return found

    return read(name, "", convert, "use origins with their scheme and no path, such as https://plan.example.com")


def zone(name: str, default: str) -> str:
    """Return the name of a time zone that exists."""
    return read(name, default, lambda raw: read_zone(raw).key, "use a time zone such as Europe/Madrid")


def language(name: str, default: str, known: tuple[str, ...]) -> str:
    """Return one of the languages that the pages speak."""
    return read(name, default, lambda raw: known[known.index(raw.lower())], f"use one of {', '.join(known)}")


def database(name: str, default: Path) -> dict:
    """Return Django's description of a database from its URL."""
    schemes = {"sqlite", "postgres", "postgresql"}
    usual = f"sqlite:///{default}"

    def convert(raw: str) -> dict:
        if raw == usual:  # The checkout's path may hold what means something else in a URL.
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
        if urlsplit(raw).scheme not in schemes:
            raise ValueError(raw)
        found = environ.Env.db_url_config(raw)
        if not found["NAME"]:
            raise ValueError(raw)
        return found

    right = "use sqlite:////path/to/file or postgres://user:password@host:5432/name"
    return read(name, usual, convert, right, is_secret=True)


def email(name: str, default: str) -> dict:
    """Return Django's description of a mail server from its URL."""

    def convert(raw: str) -> dict:
        scheme = urlsplit(raw).scheme
        found = {"EMAIL_PORT": None, **environ.Env.email_url_config(raw)}
        if scheme not in MAIL_PORTS or (MAIL_PORTS[scheme] and not found["EMAIL_HOST"]):
            raise ValueError(raw)
        return {**found, "EMAIL_PORT": found["EMAIL_PORT"] or MAIL_PORTS[scheme]}

    right = "use smtp+tls://user:password@host:587, or consolemail:// to print mails"
    return read(name, default, convert, right, is_secret=True)


def fernet_keys(name: str) -> list[str]:
    """Return encryption keys: 32 bytes each in URL-safe base64; the first encrypts, all decrypt."""

    def convert(raw: str) -> list[str]:
        keys = _parts(raw)
        if not all(FERNET_KEY.fullmatch(key) and len(base64.urlsafe_b64decode(key)) == 32 for key in keys):
            raise ValueError(raw)
        return keys

    return read(name, "", convert, "use keys of 32 bytes in URL-safe base64, separated by commas", is_secret=True)


def folder(path: Path) -> Path:
    """Return a folder of this installation, made if it is not there.

    :raises WrongSetting: if it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"The folder {path} cannot be made: {error.strerror}.") from error
    return path


def secret_key(name: str, kept_in: Path) -> str:
    """Return the secret key, made once and kept in a file that only its owner reads.

    :raises WrongSetting: if that file can be neither read nor made.
    """
    given = text(name)
    if given:
        return given
    try:
        return _kept(kept_in) or _keep_new_secret(kept_in)
    except OSError as error:
        raise WrongSetting(f"{name} is not set, and {kept_in} cannot be used: {error.strerror}.") from error


def _kept(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _keep_new_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)  # Web and workers start together: the first one's key is everybody's.
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _parts(raw: str) -> list[str]:
    return [part.strip() for part in raw.split(",") if part.strip()]


def _is_origin(text: str) -> bool:
    found = urlsplit(text)
    is_whole = not (found.path or found.query or found.fragment or found.username) and found.port != 0
    return found.scheme in {"http", "https"} and bool(found.hostname) and is_whole


def _flag(raw: str) -> bool:
    if raw.lower() in YES | NO:
        return raw.lower() in YES
    raise ValueError(raw)
