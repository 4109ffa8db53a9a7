"""What is made and kept in English, in the language of who reads it: the one place that turns it.

Rules, and whatever writes a reason into a row, speak English alone: what is stored says the same whoever asked. A page
recognises such a text by the sentences of the catalog, which were collected where the code makes them.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, trans_real
from django.utils.translation import gettext as translated

CONTEXT = "sentence"  # Under which the catalog keeps what is marked by `rules.sentences.sentence`.
BLANK = re.compile(r"%\((\w+)\)s")
WORDS, REASON = "words", "reason"
APART = re.compile(r'(, | and )(?=(?:[^"]*"[^"]*")*[^"]*$)')  # Not within what somebody named.
MOST_IN_A_ROW = 6
ENDS = re.compile(r"(?<=[.!?]) (?=\S)")


def phrased(text: str) -> str:
    """Return an English text of the system in the language that is active; what is no sentence of it stays."""
    language = get_language() or "en"
    if not text or language.startswith("en"):
        return text
    return _turned(str(text), language) or text


@dataclass(frozen=True, slots=True)
class _Book:
    """The sentences of a language: whole ones, and those with blanks, the most telling first."""

    whole: dict[str, str]
    patterns: list[tuple[re.Pattern[str], str]]


@lru_cache(maxsize=8192)
def _turned(text: str, language: str) -> str | None:
    """Return a sentence, or several in a row, in a language; None if one of them is not known."""
    if whole := _book(language).whole.get(text):
        return whole
    parts = ENDS.split(text, maxsplit=MOST_IN_A_ROW)
    for number in range(1, len(parts)):  # First, or a blank would swallow the sentence that follows.
        head, rest = _one(" ".join(parts[:number]), language), _turned(" ".join(parts[number:]), language)
        if head and rest:
            return f"{head} {rest}"
    return _one(text, language)


def _one(text: str, language: str) -> str | None:
    book = _book(language)
    if text in book.whole:
        return book.whole[text]
    for pattern, said in book.patterns:
        if found := pattern.fullmatch(text):
            blanks = {name: _blank(name, value, language) for name, value in found.groupdict().items()}
            if None not in blanks.values():
                return said % blanks
    return None


def _blank(name: str, value: str, language: str) -> str | None:
    if name.startswith(WORDS):
        return _listed(value, language)
    return _turned(value, language) or value if name.startswith(REASON) else value


def _listed(text: str, language: str) -> str | None:
    """Return a list in words, as in `a, b and c`, in a language."""
    pieces = [translated(one) if number % 2 else _one(one, language) for number, one in enumerate(APART.split(text))]
    return "".join(pieces) if None not in pieces else _one(text, language)


@lru_cache(maxsize=16)
def _book(language: str) -> _Book:
    # The catalog that Django has merged for the language: its keys are messages behind their context.
    entries = [
        (key.removeprefix(f"{CONTEXT}\x04"), said)
        for key, said in trans_real.translation(language)._catalog.items()
        if isinstance(key, str) and key.startswith(f"{CONTEXT}\x04") and said
    ]
    whole = {english: said for english, said in entries if not BLANK.search(english)}
    blanks = sorted((one for one in entries if BLANK.search(one[0])), key=lambda one: -len(BLANK.sub("", one[0])))
    return _Book(whole, [(_pattern(english), said) for english, said in blanks])


def _pattern(english: str) -> re.Pattern[str]:
    pieces = BLANK.split(english)
    seen: set[str] = set()
    made = []
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            made.append(re.escape(piece.replace("%%", "%")))
        else:
            made.append(f"(?P={piece})" if piece in seen else f"(?P<{piece}>.+?)")
            seen.add(piece)
    return re.compile("".join(made), re.DOTALL)
